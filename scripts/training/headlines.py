"""Titles of pages: what health pages, fact sheets and news are called."""

from __future__ import annotations

import random
import re

from training.pools import Pools

_SUBJECTS = (
    "Knee Pain", "Low back pain", "Osteoarthritis", "Diabetes", "Asthma", "Stem Cells", "Breast Cancer", "Influenza",
    "Sciatica", "Degenerative disc disease", "Hypertension", "Sore Throat", "Herniated disk", "Rheumatoid arthritis",
    "Plantar fasciitis", "Migraine", "COVID-19", "Type 2 diabetes", "High blood pressure", "Heart failure", "Lupus",
    "Depression", "Anxiety disorders", "Carpal tunnel syndrome", "Vitamin D", "Hip replacement", "Spinal stenosis",
    "Rotator cuff tears", "Gout", "Fibromyalgia", "Multiple sclerosis", "Parkinson's disease", "HIV/AIDS", "Measles",
    "Stem cell therapy", "Platelet-rich plasma", "Bone marrow", "Opioids", "Antibiotic resistance", "Obesity", "Stroke",
    "Chronic kidney disease", "Epidural steroid injections", "Ibuprofen", "Cholesterol", "Sleep apnea", "Epilepsy",
    "Celiac disease", "Eczema", "Psoriasis", "Menopause", "Lyme disease", "Hepatitis C", "Tuberculosis", "Dementia",
    "Autism spectrum disorder", "Cystic fibrosis", "Sickle cell disease", "Acupuncture", "Physical therapy", "MRI",
    "Knees", "Sore knees", "Back surgery", "Cartilage repair", "Physical activity", "Smoking", "Tobacco use", "Vaccines",
)  # fmt: skip
_FORMS = (
    "{0}: Symptoms and causes", "What Is {0}?", "{0} Fact Sheet", "Facts About {0}", "{0} overview", "{0} Treatment",
    "What {0} Tells You", "{0}", "{0}", "{0}", "Understanding {0}", "Living With {0}", "{0}: diagnosis and treatment",
    "{0} in adults", "How {0} Works", "{0} and exercise", "{0} FAQs", "About {0}", "Key facts about {0}",
    "{0}: what you need to know", "{0} - symptoms, causes and treatment", "Treating {0} at home", "Can {0} be cured?",
    "{1} Things to Know About {0}", "{0}, {2}", "Data & statistics on {0}", "{0} and {3}: is there a link?",
    "{0} (beyond the basics)", "{0} Information Page", "Do I need surgery for {0}?", "Patient education: {0}",
    "{0}: Overview", "{0} Clinical Presentation", "{0} guidelines", "Guideline for the management of {0}",
    "FDA warns about {0} products", "Study finds no benefit in {0}", "Experts: {0} Rates Are Rising",
    "New Therapy Eases {0}, Trial Shows", "{0} deaths rise in {2}", "When to see a doctor for {0}", "{0} statistics",
    "Questions and answers on {0}", "{0} vs {3}", "Is {0} Safe?", "Why Your {0} Matters", "Managing {0}",
)  # fmt: skip
_CITES = re.compile(r"\b[Pp]p?\.\s?\d|ISBN|\bPress\b|\d\s?pp?\b|University|Publish|illus|[£$]\s?\d|https?:")
_TRAILING = re.compile(
    r"(?:[\s,;:.\-–—(]+(?:a|an|the|of|and|or|in|on|for|to|with|by|from|at|as|de|la|der|die|und|its|their|vs|i|e)?)+$",
    re.IGNORECASE,
)


def headline(rng: random.Random, pools: Pools) -> str:
    """Return the title of a page: of health pages more often than of studies."""
    if rng.random() < 0.55:
        subject, other = rng.choice(_SUBJECTS), rng.choice(_SUBJECTS)
        if rng.random() < 0.3:
            subject = subject.lower() if not subject.isupper() else subject
        title = rng.choice(_FORMS).format(subject, rng.randint(3, 12), rng.randint(2000, 2025), other)
        title = title[:1].upper() + title[1:]
        if rng.random() < 0.2:
            title = " ".join(w[:1].upper() + w[1:] if len(w) > 3 else w for w in title.split())
        return title
    title = "".join(rng.choice(pools.titles if rng.random() < 0.6 else pools.book_titles)).rstrip(". ")
    while _CITES.search(title):
        title = rng.choice(pools.titles).rstrip(". ")
    if rng.random() < 0.5:
        words = title.split()
        title = _TRAILING.sub("", " ".join(words[: rng.randint(3, 12)]) + " ") or title
    return title.rstrip(",;:.- ")
