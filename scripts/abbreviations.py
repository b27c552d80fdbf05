"""Journal titles as the NLM abbreviates them, for benchmarks that print references as people do."""

from __future__ import annotations

import html
import re

_SMALL = frozenset(
    re.findall(
        r"\S+",
        """the a an of and in for on to at by with from de la le les el los las del des du der die das den dem
        und et y e i di da do dos della delle degli dei van voor och og für fur zur zum l d au aux sur ed""",
    )
)
_DESCRIBES = frozenset(
    re.findall(
        r"\S+",
        """official publication journal international organ society association academy college federation
        proceedings incorporating including devoted published sponsored quarterly monthly bulletin
        offizielles organe revue research reviews multidisciplinary interdisciplinary""",
    )
)

#: Words of medical journal titles in their ISO 4 abbreviations (NLM List of Title Word Abbreviations).
_ABBREVIATIONS = """
abstracts=Abstr academy=Acad addiction=Addict advanced=Adv advances=Adv american=Am anaesthesia=Anaesth
analysis=Anal anatomy=Anat anesthesia=Anesth annals=Ann annual=Annu applied=Appl archives=Arch
association=Assoc australian=Aust behavior=Behav behavioral=Behav behavioural=Behav biochemical=Biochem
biochemistry=Biochem bioengineering=Bioeng biological=Biol biology=Biol biomaterials=Biomater
biomechanics=Biomech biomedical=Biomed biophysical=Biophys biotechnology=Biotechnol british=Br bulletin=Bull
canadian=Can cardiology=Cardiol cardiovascular=Cardiovasc cellular=Cell chemical=Chem chemistry=Chem
childhood=Child chinese=Chin circulation=Circ clinical=Clin clinics=Clin cognitive=Cogn college=Coll
communications=Commun complementary=Complement computational=Comput computer=Comput contemporary=Contemp
critical=Crit current=Curr cytology=Cytol dental=Dent dentistry=Dent dermatology=Dermatol development=Dev
developmental=Dev diagnosis=Diagn diagnostic=Diagn digestive=Dig disability=Disabil disease=Dis diseases=Dis
disorders=Disord economics=Econ education=Educ emergency=Emerg endocrinology=Endocrinol engineering=Eng
england=Engl environmental=Environ epidemiology=Epidemiol european=Eur evidence=Evid experimental=Exp
family=Fam frontiers=Front gastroenterology=Gastroenterol general=Gen genetics=Genet geriatric=Geriatr
geriatrics=Geriatr gerontology=Gerontol global=Glob gynecology=Gynecol haematology=Haematol
hematology=Hematol hepatology=Hepatol histology=Histol history=Hist hospital=Hosp human=Hum hygiene=Hyg
immunity=Immun immunology=Immunol infection=Infect infectious=Infect inflammation=Inflamm informatics=Inform
injury=Inj institute=Inst integrative=Integr internal=Intern international=Int investigation=Invest
japanese=Jpn journal=J laboratory=Lab letters=Lett library=Libr management=Manag manual=Man materials=Mater
maternal=Matern mathematical=Math mathematics=Math mechanisms=Mech medical=Med medicinal=Med medicine=Med
mental=Ment metabolic=Metab metabolism=Metab microbiology=Microbiol molecular=Mol
musculoskeletal=Musculoskelet national=Natl nature=Nat nephrology=Nephrol nervous=Nerv
neurobiology=Neurobiol neurological=Neurol neurology=Neurol neuroscience=Neurosci neurosciences=Neurosci
neurosurgery=Neurosurg new=N nuclear=Nucl nursing=Nurs nutrition=Nutr obesity=Obes obstetrics=Obstet
occupational=Occup oncology=Oncol ophthalmology=Ophthalmol opinion=Opin orthopaedic=Orthop
orthopaedics=Orthop orthopedic=Orthop orthopedics=Orthop osteopathic=Osteopath otolaryngology=Otolaryngol
palliative=Palliat pathology=Pathol pediatric=Pediatr pediatrics=Pediatr perspectives=Perspect
pharmaceutical=Pharm pharmacology=Pharmacol pharmacy=Pharm physical=Phys physics=Phys physiological=Physiol
physiology=Physiol physiotherapy=Physiother plastic=Plast practice=Pract preventive=Prev primary=Prim
proceedings=Proc psychiatric=Psychiatr psychological=Psychol psychology=Psychol pulmonary=Pulm quality=Qual
quantitative=Quant quarterly=Q radiology=Radiol reconstructive=Reconstr record=Rec regenerative=Regen
rehabilitation=Rehabil report=Rep reports=Rep reproduction=Reprod reproductive=Reprod research=Res
respiratory=Respir review=Rev reviews=Rev rheumatic=Rheum rheumatism=Rheum rheumatology=Rheumatol royal=R
safety=Saf scandinavian=Scand science=Sci sciences=Sci scientific=Sci social=Soc society=Soc states=S
statistical=Stat statistics=Stat structural=Struct studies=Stud surgeon=Surg surgeons=Surg surgery=Surg
surgical=Surg systematic=Syst systems=Syst technology=Technol theoretical=Theor therapeutic=Ther
therapeutics=Ther therapies=Ther therapy=Ther thoracic=Thorac topics=Top toxicology=Toxicol
translational=Transl transplantation=Transplant traumatology=Traumatol treatment=Treat treatments=Treat
tropical=Trop united=U university=Univ urology=Urol vascular=Vasc veterinary=Vet virology=Virol vision=Vis
volume=Vol weekly=Wkly yearbook=Yearb
"""


def abbreviate(title: str) -> str:
    """Return a journal title as the NLM prints it: "Curr Stem Cell Res Ther".

    Words come from a table of the commonest; another word stays whole, as ISO 4 does with words
    that its list lacks. A title of one word is never abbreviated (ISO 4, 4.1).
    """
    text = re.sub(r"</?[A-Za-z][^<>]{0,80}>", "", html.unescape(title)).replace("&", " and ")
    text = re.sub(r"(?<![^\W_])(?:[^\W\d_]\.){2,6}", lambda found: found.group().replace(".", "") + " ", text)
    head, _, tail = text.partition(":")
    if len(re.findall(r"[^\W_]+", head)) > 1 and any(w in _DESCRIBES for w in tail.casefold().split()):
        text = head
    words = [w for w in re.split(r"[\s,;:./\-–—]+", text) if w]
    kept = [w for i, w in enumerate(words) if w.casefold() not in _SMALL or (w.isupper() and i)] or words
    if len(kept) == 1:
        return kept[0]
    table = dict(pair.split("=", 1) for pair in _ABBREVIATIONS.split())
    return " ".join(table.get(re.sub(r"['’]", "", w).casefold()) or _truncate(w) for w in kept)


def _truncate(word: str) -> str:
    """Return a word without an ending that ISO 4 always cuts: "immunopathology" → "immunopathol"."""
    for ending, left in (
        ("ological", "ol"),
        ("ologies", "ol"),
        ("ology", "ol"),
        ("ometry", "om"),
        ("ography", "ogr"),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + left
    return word
