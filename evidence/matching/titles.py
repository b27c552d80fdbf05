"""Titles compared word by word: what was changed, added or left out, apart from how it is written.

Near-misses, titles with a word or two changed, are what a threshold on likeness lets pass; so
likeness only chooses which two forms of the titles are compared, and words decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from evidence.matching import misread
from evidence.matching.languages import may_translate, same_script
from evidence.matching.scans import is_scan_of
from evidence.matching.twins import kinds, unlabelled
from evidence.matching.wording import LONGEST, compare_words, entries, fold, letters, words
from evidence.model import Severity, Work

_ELLIPSIS = re.compile(r"(?:…|\.\.\.|\[\.\.\.\])\s*\.?$")
_BREAKS = re.compile(r"[.?!:;,\"“”„»«\n()\[\]{}|]+")
_PIECE = re.compile(r"[^\W_]+")
_SEPARATED = re.compile(r"[:.?!;–—]|\s-\s")

#: Labels of a journal's section that some registries print before or behind the title.
_LABELS = """
original article|original articles|original research|original contribution|research article|research paper
review article|review|clinical research|clinical study|case report|brief report|short communication
technical note|full length article|regular article|special article|invited review|mini review|minireview
article|articles|research|original paper|original investigation|full paper|clinical trial
"""

#: Titles that registries give to what has none.
_ARTEFACTS = """
untitled|no title|title not available|title unavailable|no title available|not available|unknown
front matter|back matter|frontmatter|backmatter|issue information|contents|table of contents|originalpaper
article|masthead|editorial board|ohne titel|sans titre|n a|na|none|title|untitled document|abstracts
poster session|poster presentations|oral presentations|posters|book reviews|correspondence|letters
letters to the editor
"""

State = Literal["agrees", "differs", "absent"]


@dataclass(frozen=True, slots=True)
class TitleCheck:
    """How a written title stands to a registered one.

    `weight` and `detail` are set where there is something to say; a spelling that is most likely a
    slip agrees with a note. `similarity` is 0…1 between the letters of the nearest two forms.
    """

    state: State
    similarity: float = 0.0
    weight: Severity | None = None
    detail: str = ""


def is_artefact(title: str) -> bool:
    """Whether a registered title says nothing about the work ("Untitled", "Front matter")."""
    return fold(title) in entries(_ARTEFACTS)


def _titles(work: Work) -> list[str]:
    """Return the forms in which a work gives its title, the fullest first."""
    forms = [f"{work.title}: {work.subtitle}", work.title] if work.subtitle else [work.title]
    forms += [work.extra.get("original_title", ""), work.extra.get("short_title", "")]
    forms += [unlabelled(form) for form in forms[:2]]
    return list(dict.fromkeys(form for form in forms if letters(form)))


def check(written: Work, registered: Work, text: str = "") -> TitleCheck:
    """Compare the title of a work as written with the registered one.

    `text` is the whole reference as written: a title that stands in it word for word agrees, even
    where reading the reference cut it in the wrong place. Registered titles that say nothing, are
    missing or are in another script than the written one are `absent`.
    """
    ours, known = _titles(written), _titles(registered)
    if ours and known and letters(ours[0]) == letters(known[0]):
        return TitleCheck("agrees", 1.0)
    if text and any(stands_in(text, t) or misread.is_sentence_in(text, t, registered) for t in known):
        return TitleCheck("agrees", 0.97 if _goes_on(ours, known, registered) else 1.0)
    theirs = [t for t in known if not is_artefact(t)]
    if not ours or not theirs or not any(same_script(ours[0], t) for t in theirs):
        return TitleCheck("absent")
    if _is_acronym(ours[0]) and all(len(words(t)) > 2 for t in theirs):
        return _check_acronym(ours[0], theirs)
    best: TitleCheck | None = None
    for w in ours:
        for r in theirs:
            found = _check_forms(w, r, best.similarity if best else -1.0)
            if found and found.state == "agrees" and found.weight is None:
                return found
            if found and (best is None or found.similarity > best.similarity):
                best = found
    assert best is not None  # the first pair always gives one
    plain = [t.rpartition(":")[0] for t in theirs if kinds(t) == {"abstract"} and ":" in t]
    if best.state == "differs" and _behind_authors(ours[0], [*theirs, *plain], registered):
        return TitleCheck("agrees", 1.0)
    if text and best.state == "differs":
        best = _doubted(best, written, registered)
        if best.weight == "error" and best.similarity >= 0.75 and any(is_scan_of(ours[0], t) for t in theirs):
            best = replace(best, weight="warning")
    if best.state == "differs" and may_translate(written, registered, ours[0], theirs[0]):
        return TitleCheck("absent", best.similarity)
    return best


def _is_acronym(title: str) -> bool:
    """Whether a title is one word in capitals, as a study or a substance is called: "IL-6", "SPORT"."""
    bare = title.strip(" .")
    return len(bare) <= 12 and " " not in bare and bare.isupper()


def _check_acronym(acronym: str, registered: list[str]) -> TitleCheck:
    """Compare a name in capitals with longer titles: it may stand in them in capitals, and need not."""
    target = "".join(_PIECE.findall(acronym))
    for title in registered:
        said = _PIECE.findall(title[:LONGEST]) if not title.isupper() else []
        if any("".join(said[at : at + n]) == target for at in range(len(said)) for n in (1, 2, 3)):
            return TitleCheck("agrees", 0.97, "note", "only its short name is written")
    return TitleCheck("absent")


def _goes_on(ours: list[str], known: list[str], registered: Work) -> bool:
    """Whether a title goes on where the registered one ends: "Quiz case 2" is not "Quiz case 2. A lump"."""
    full = letters(ours[0]) if ours else ""
    theirs = next((letters(t) for t in known if full.startswith(letters(t))), "")
    rest = full[len(theirs) :] if theirs else ""
    return (
        bool(rest) and rest not in letters(registered.container) and letters(registered.container) not in rest
    )


def _doubted(found: TitleCheck, written: Work, registered: Work) -> TitleCheck:
    """Withhold or weaken a difference where what was read as a title may be none: styles may omit it."""
    alone = not any(c.isalpha() for c in written.container)
    piece = misread.is_container(written.title, registered)
    if piece and (alone or letters(written.title) != letters(written.container)):
        return TitleCheck("absent", found.similarity)
    if found.similarity >= 0.6:
        return found
    if misread.is_explained(written.title, registered):
        return TitleCheck("absent", found.similarity)
    # of a chapter the registry may know the series only, and a style may name the book only
    book = registered.type == "chapter" and letters(written.container) != letters(registered.container)
    return replace(found, weight="warning") if alone or book else found


def _behind_authors(written: str, forms: list[str], registered: Work) -> bool:
    """Whether a title was read with names of its authors in front ("C. Fire-proof flooring")."""
    people = {w for name in registered.authors for w in words(f"{name.family} {name.given} {name.literal}")}
    people |= {w[0] for w in people}
    ours = words(written)
    front = next((i for i, w in enumerate(ours) if w not in people), 0)
    return any("".join(ours[i:]) == letters(form) for i in range(1, front + 1) for form in forms)


def _check_forms(written: str, registered: str, floor: float) -> TitleCheck | None:
    """Compare one form of the title with one other; None if it is less like than `floor`."""
    ours, theirs = letters(written), letters(registered)
    if ours == theirs or _bare(words(written)) == _bare(words(registered)):
        return TitleCheck("agrees", 1.0)
    from rapidfuzz import fuzz

    similarity = fuzz.ratio(ours, theirs) / 100
    part = _is_part(written, registered)
    if part:
        return TitleCheck("agrees", max(similarity, 0.97), "note" if part != "cut" else None, part)
    if similarity <= floor:
        return None
    if similarity < 0.5:  # another title altogether: which words differ is of no use
        return TitleCheck("differs", similarity, "error")
    weight, detail = compare_words(words(written), words(registered))
    return TitleCheck("agrees" if weight in (None, "note") else "differs", similarity, weight, detail)


def _bare(title: tuple[str, ...]) -> str:
    """Return the letters of a title without the label of a section before or behind it."""
    for count in (3, 2, 1):
        if len(title) > count + 2:
            if " ".join(title[:count]) in entries(_LABELS):
                return "".join(title[count:])
            if count > 1 and " ".join(title[-count:]) in entries(_LABELS):
                return "".join(title[:-count])
    return "".join(title)


def _is_part(written: str, registered: str) -> str:
    """Say whether one title is the other without its subtitle, or cut short by an ellipsis; else ""."""
    ours, theirs = letters(written), letters(registered)
    if _ELLIPSIS.search(written) and len(ours) >= 20 and theirs.startswith(ours):
        return "cut"
    if min(len(words(written)), len(words(registered))) < 3 or min(len(ours), len(theirs)) < 15:
        return ""
    # "X" is not "X: a reply"; what a title says it is in front of its subtitle it says with it too
    added, lacking = kinds(written) - kinds(registered), kinds(registered) - kinds(written)
    if lacking <= {"abstract"} and theirs.startswith(ours) and ours in _heads(registered):
        return "its subtitle is left out"
    if added <= {"abstract"} and ours.startswith(theirs) and theirs in _heads(written):
        return "a subtitle is added that is not registered"
    return ""


def _heads(title: str) -> set[str]:
    """Return what stands before each mark that can begin a subtitle, as letters."""
    return {letters(title[: found.start()]) for found in list(_SEPARATED.finditer(title[:LONGEST]))[:12]}


def stands_in(text: str, title: str) -> bool:
    """Whether a title of four words or more stands whole in a text, from one punctuation mark to another."""
    target = letters(title)
    if len(words(title)) < 4 or len(target) < 20 or target not in letters(text):
        return False
    parts = [letters(part) for part in _BREAKS.split(text[:LONGEST])]
    for start in range(len(parts)):
        joined = ""
        for part in parts[start:]:
            joined += part
            if len(joined) >= len(target):
                break
        if joined == target:
            return True
    return False
