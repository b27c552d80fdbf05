"""What kind of work a reference is of, as a CSL type, from the fields that were found and a few words."""

from __future__ import annotations

import re
from functools import cache

from evidence.parsing.draft import Draft
from evidence.parsing.vocabulary import NEWSPAPERS

_CONFERENCE = (
    r"(?<!\w)(?:proceedings|proc\.|conference|symposium|workshop|congress|colloquium|annual\smeeting"
    r"|meeting\sof|conf\.|symp\.|kongress|tagung|actes|congreso|conférence|presented\sat)(?!\w)"
)
_GENRES = (
    ("thesis", r"thesis|dissertation|thèse|tesis|tese|diss\.|diplomarbeit|habilitation|mémoire|tesi\b"),
    ("patent", r"patent|brevet"),
    ("standard", r"\bstandard\b|\bnorm\b"),
    ("dataset", r"data\s?set|data file|database"),
    ("report", r"report|working paper|discussion paper|white paper|policy brief|rapport|bericht"),
    ("motion_picture", r"film|motion picture|dvd|video|videocassette"),
    ("software", r"software|computer program"),
)


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


@cache
def pubtype() -> re.Pattern[str]:
    """Return the pattern of PubMed's types of publication, which stand behind everything else."""
    one = (
        r"(?:(?:Systematic\s|Scoping\s|Narrative\s)?Review|Meta-Analysis"
        r"|(?:Randomized\s)?(?:Controlled\s)?(?:Clinical\s)?Trial(?:,\sPhase\sI{1,3}V?)?"
        r"|Comparative\sStudy|Case\sReports?|Editorial|Letter|Comment|Multicenter\sStudy|Observational\sStudy"
        r"|(?:Practice\s)?Guideline|News|Evaluation\sStudy|Validation\sStudy|Historical\sArticle"
        r"|Retracted\sPublication|Published\sErratum|Clinical\sConference|Biography|Interview|Lecture)"
    )
    return re.compile(rf"{one}(?:[.;]\s{one})*")


def type_of(draft: Draft, labels: set[str], genre: str) -> str:
    """Return the CSL 1.0.2 type of the work that a draft holds."""
    container = draft.value("container")
    kinds = {i.kind for i in draft.ids}
    online = bool(draft.url or "available_at" in draft.extra or draft.accessed)
    if "genre" in draft.extra:
        return draft.extra.pop("genre")
    if genre:
        for kind, words in _GENRES:
            if _pattern(words).search(genre):
                return kind
    if draft.preprint and (
        not container or _pattern(r"rxiv|ssrn|preprint|research square").search(container)
    ):
        return "article"
    if container.casefold() in NEWSPAPERS:
        return "article-newspaper"
    if "journal" in labels and container:
        if _pattern(_CONFERENCE).search(container) and not _pattern(
            r"natl|national acad|roy|soc\b|mayo|biol|inst"
        ).search(container):
            return "paper-conference"
        return "article-journal"
    if "book" in labels and container:
        if _pattern(_CONFERENCE).search(container):
            return "paper-conference"
        if online and not draft.fields.keys() & {"editor", "pages"} and "isbn" not in kinds:
            return "webpage"
        return "chapter"
    if online and not labels & {"pages", "edition", "volume"} and "isbn" not in kinds and "doi" not in kinds:
        return "webpage"
    if labels & {"publisher", "place", "edition"} or "isbn" in kinds:
        return "book"
    if online:
        return "webpage"
    if labels & {"volume"} or "pmid" in kinds:
        return "article-journal"
    return "document"
