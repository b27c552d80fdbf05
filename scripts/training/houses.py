"""Organisations and sites that write pages: the known ones, and names built as such names are built.

A name belongs to one part (training, development, held-back), like every other fact; but what is shipped is
trained on all names: the great organisations are few, and each is cited over and over.
"""

from __future__ import annotations

import random

from training import gold

_REGIONS = (
    "American", "British", "Canadian", "European", "International", "Royal", "National", "World", "Australian",
    "Irish", "Scottish", "Indian", "Japanese", "Asian", "African", "Nordic", "Global", "US", "U.S.", "UK", "Dutch",
    "Swiss", "Mexican", "Brazilian", "Pan American", "Latin American", "New Zealand", "German", "French", "Italian",
)  # fmt: skip
_BODIES = (
    "Academy of", "Association of", "Association for", "College of", "Society of", "Society for", "Federation of",
    "Foundation for", "Board of", "Council on", "Council for", "Institute of", "Institute for", "League Against",
    "Union of", "Alliance for", "Network for", "Center for", "Centre for", "Agency for", "Commission on",
    "Office of", "Bureau of", "Committee on", "Forum on", "Institutes of", "Library of", "Coalition for",
    "Registry of", "Organization for", "Organisation for", "Service for", "Museum of", "Observatory on",
)  # fmt: skip
_FIELDS = (
    "Dermatology", "Family Physicians", "Sports Medicine", "Cardiology", "Pain Medicine", "Spine Surgery",
    "Radiology", "Physical Therapy", "Rheumatology", "Neurology", "Psychiatry", "Public Health", "Allergy",
    "Clinical Oncology", "Stem Cell Research", "Diabetes", "Digestive Diseases", "Aging", "Mental Health",
    "Occupational Therapy", "Nutrition and Dietetics", "Obstetricians and Gynecologists", "Nursing", "Dentistry",
    "Food Safety", "Environmental Health", "Infectious Diseases", "Blood and Marrow Transplantation", "Cancer",
    "Arthritis", "Epilepsy", "Osteoporosis", "Multiple Sclerosis", "Drug Abuse", "Health Statistics", "Genetics",
    "Child Health", "Women's Health", "Sleep Medicine", "Regenerative Medicine", "Labor Statistics", "Education",
    "Economic Research", "Climate Change", "Wildlife", "Transport", "Energy", "Statistics", "Human Rights",
    "Medical Education", "Emergency Physicians", "Chest Physicians", "Cell Therapy", "Sciences", "Heritage",
)  # fmt: skip
_PLACES = (
    "Michigan", "Washington", "Utah", "Toronto", "Sydney", "Edinburgh", "Leeds", "Boston", "Chicago", "Texas",
    "Pittsburgh", "Rochester", "California", "Minnesota", "Queensland", "Manchester", "Oslo", "Zurich", "Kyoto",
    "New Mexico", "North Carolina", "Cape Town", "Dublin", "Lyon", "Vienna", "Florida", "Ohio", "New York State",
    "Victoria", "Ontario", "Kansas", "Nebraska", "Wisconsin", "Melbourne", "Birmingham", "Bristol", "Miami",
)  # fmt: skip
_SAINTS = (
    "Mount Sinai", "St. Mary's", "St Thomas", "Cedars-Sinai", "Mercy", "Lakeside", "Northwestern", "Sutter", "Kaiser",
    "Riverside", "Baylor", "Duke", "Emory", "Penn", "Vanderbilt", "Cornell", "Tufts", "Ochsner", "Scripps", "Summit",
    "Providence", "Valley", "Good Samaritan", "St. Jude", "Holy Cross", "Intermountain", "Nuffield", "Guy's",
)  # fmt: skip
_CARE = (
    "Hospital", "Medical Center", "Clinic", "Health", "Children's Hospital", "General Hospital", "Health System",
    "Healthcare", "Orthopaedics", "Spine Institute", "School of Medicine", "University", "Cancer Center", "Medicine",
    "Memorial Hospital", "Institute", "Heart Institute", "College", "University Hospital", "Pain Center",
)  # fmt: skip
_SUBJECTS = (
    "Health", "Spine", "Pain", "Arthritis", "Cancer", "Diabetes", "Heart", "Stem Cell", "Medical", "Science", "Brain",
    "Bone", "Back Pain", "Knee", "Parkinson's", "Fertility", "Nutrition", "Fitness", "Business", "Tech", "Psychology",
    "Patient", "Lupus", "Asthma", "Skin", "Thyroid", "Kidney", "Sleep", "Wellness", "Medicare", "Doctor", "Nurse",
)  # fmt: skip
_OUTLETS = (
    "Today", "News", "Online", "Daily", "Weekly", "Foundation", "Research Foundation", "Society", "UK", "Canada",
    "Insider", "Central", "Magazine", "Network", "Advice", "Info", "Hub", "Alliance", "Trust", "Association",
    "Institute", "Report", "Review", "World", "Now", "Monitor", "Post", "Times", "Blog", "Connection", "Matters",
)  # fmt: skip
_HEADS = ("Health", "Med", "Spine", "Pain", "Bio", "Patient", "Doc", "Cure", "Ortho", "Care", "Fit", "Sci", "Cell", "Vita", "Derm", "My", "Very", "Drug", "Kids", "Eat", "Live", "Med", "Inside", "Every")  # fmt: skip
_TAILS = ("Net", "Hub", "Wise", "Grades", "Guide", "Page", "Scape", "Line", "Well", "Source", "Base", "Wiki", "Portal", "Direct", "Spot", "Tap", "Watch", "Facts", "Central", "Search", "Place", "Bytes", "strong", "info")  # fmt: skip
_ABROAD = (
    ("Société française de ", ("cardiologie", "rhumatologie", "dermatologie", "pédiatrie", "chirurgie", "neurologie")),
    ("Deutsche Gesellschaft für ", ("Kardiologie", "Rheumatologie", "Orthopädie", "Chirurgie", "Ernährung", "Soziologie")),
    ("Sociedad Española de ", ("Cardiología", "Reumatología", "Cirugía", "Pediatría", "Neurología")),
    ("Instituto Nacional de ", ("Salud", "Cancerología", "Cardiología", "Salud Pública", "Migración")),
    ("Bundesinstitut für ", ("Arzneimittel und Medizinprodukte", "Risikobewertung", "Berufsbildung")),
    ("Ministère de ", ("la Santé", "la Culture", "l'Éducation nationale")),
    ("Ministerio de ", ("Salud", "Cultura", "Educación", "Ciencia e Innovación")),
    ("Sociedade Brasileira de ", ("Cardiologia", "Ortopedia", "Pediatria", "Reumatologia")),
    ("Istituto Superiore di ", ("Sanità", "Statistica")),
    ("Nederlandse Vereniging voor ", ("Cardiologie", "Reumatologie", "Heelkunde")),
)  # fmt: skip


def _name(rng: random.Random) -> str:
    """Build the name of one organisation or site."""
    pick = rng.random()
    if pick < 0.36:
        name = f"{rng.choice(_REGIONS)} {rng.choice(_BODIES)} {rng.choice(_FIELDS)}"
        if rng.random() < 0.2:
            name += f" ({acronym(name)})"
        elif rng.random() < 0.25:
            name = acronym(name)
        return name
    if pick < 0.52:
        return f"{rng.choice(_SAINTS + _PLACES)} {rng.choice(_CARE)}"
    if pick < 0.6:
        return f"University of {rng.choice(_PLACES)}" + rng.choice(["", "", " Health", " Medical Center", " Hospitals", " School of Medicine"])  # fmt: skip
    if pick < 0.76:
        return f"{rng.choice(_SUBJECTS)} {rng.choice(_OUTLETS)}"
    if pick < 0.88:
        brand = rng.choice(_HEADS) + rng.choice(_TAILS)
        return brand + rng.choice(["", "", "", ".com", ".org", " News", ".net"])
    if pick < 0.94:
        office = rng.choice(["Department of", "Ministry of", "Department for", "Office for", "Board of"])
        field = rng.choice(["Health", "Health Services", "Labour", "Education", "Justice", "Agriculture", "Public Health", "Social Care"])  # fmt: skip
        return rng.choice([f"{rng.choice(_PLACES)} {office} {field}", f"{office} {field} and {rng.choice(_FIELDS)}", f"{office} {field}"])  # fmt: skip
    lead, fields = rng.choice(_ABROAD)
    return lead + rng.choice(fields)


def acronym(name: str) -> str:
    """Return the first letters of a name: "American Academy of Dermatology" → "AAD"."""
    return "".join(word[0] for word in name.split() if word[0].isupper() and word[:1].isalpha())


def houses(part: str, known: list[tuple[str, ...]], count: int = 3_000) -> list[tuple[str, str]]:
    """Return the organisations of one part, or of all for "", each with a host: half of them the known ones."""
    rng = random.Random(11)
    built = []
    for name in dict.fromkeys(_name(rng) for _ in range(count)):
        if part in ("", gold.part_of(name)) and len(name) > 2:
            bare = "".join(c for c in (name if len(name) < 22 else acronym(name)).lower() if c.isascii() and c.isalnum())  # fmt: skip
            built.append((name, f"www.{bare or 'site'}.{rng.choice(['org', 'com', 'org', 'gov', 'edu'])}"))
    mine = [(name, host) for name, host in known if part in ("", gold.part_of(name))]
    return built + mine * max(1, len(built) // max(1, len(mine)))
