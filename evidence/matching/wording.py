"""The words of a title in one form, and what it means when two words differ.

Case, accents, markup, dashes, quotes, Greek letters, British or American spelling and spaces inside
compounds are ways to write one title. A changed, added or dropped word is another title.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from evidence.model import Severity

#: Longest title that is compared, in characters; the longest registered titles have about 2,000.
LONGEST = 3_000

#: Words of both titles that are aligned; the alignment costs the product of both numbers.
MOST_WORDS = 250

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_BREAK = re.compile(r"<(?:br|p|/p|title|/title|jats:p)\b[^<>]{0,20}>", re.IGNORECASE)
_TEX_WORD = re.compile(r"\\([A-Za-z]{1,20})\s?")
_TEX_ACCENT = re.compile(r"\\[^A-Za-z\s]")
_PREFIX = re.compile(
    r"^\W*(?:(?:retracted|withdrawn|removed)(?:\s+(?:article|chapter|paper|:))?|temporary removal)"
    r"\s*[:\]\-–—.]\s*",
    re.IGNORECASE,
)
_LANGUAGES = (
    "chinese|japanese|german|french|spanish|russian|italian|polish|portuguese|dutch|czech|danish|swedish|norwegian"
    "|hungarian|korean|turkish|hebrew|ukrainian|serbian|croatian|finnish|romanian|persian|arabic|english"
)
TAIL = re.compile(
    rf"[\[(](?:article )?in (?:{_LANGUAGES})[^\[\]()]{{0,120}}[\])]"
    r"|\[(?:author'?s? transl|proceedings|letter|editorial|review|abstract|comment|see comments?"
    r"|erratum appears|published erratum|published correction|corrected|retracted|withdrawn)[^\[\]]{0,200}\]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S{1,400}|\b(?:doi|pmid|pmcid|arxiv)\s?:\s?\S{1,200}|\b10\.\d{4,9}/\S{1,200}",
    re.IGNORECASE,
)
_APOSTROPHE = re.compile(r"['’‘ʼ`´′]")
_SOFT = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffd*†‡§¶☆★®™©"))
#: Signs that are words, and letters that NFKD does not take apart.
MARKS = str.maketrans(
    {"%": " percent ", "&": " and ", "±": " ", "~": " ", "×": " x ", "µ": "μ", "ø": "o", "Ø": "o", "ß": "ss",
     "ł": "l", "Ł": "l", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)  # fmt: skip

#: Greek letters by name, as titles spell them out (Unicode 16.0, Greek and Coptic).
_GREEK_NAMES = """
α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi ο omicron
π pi ρ rho σ sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega ς sigma ϕ phi ϵ epsilon ϑ theta
"""
_NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_ROMAN_NUMBERS = "i ii iii iv v vi vii viii ix x xi xii"

#: Pairs that one letter tells apart and that mean different things: never taken for a typing error.
_CONFUSABLE_PAIRS = """
abduction/adduction causal/casual perineal/peroneal prostate/prostrate cytosine/cytokine
complement/compliment discreet/discrete martial/marital immunity/impunity ablation/ablution
dilation/dilution nitrate/nitrite sulfate/sulfite phosphate/phosphite proton/photon infection/injection
infection/inflection genetic/generic planar/plantar optical/optimal contact/contract context/contest
content/consent content/context detect/defect detection/defection hearing/healing feeling/feeding
leaning/learning walking/waking patent/patient trails/trials public/pubic medial/medical neutral/neural
neutron/neuron adaption/adoption inhibit/inhabit cystine/cysteine chlorine/chloride fluorine/fluoride
bromine/bromide iodine/iodide stationary/stationery morality/mortality infarct/infract
horizontal/horizonal testing/texting mussels/muscles
"""

#: Words without content of their own; articles may be missing, the others change what is said.
_ARTICLES = frozenset({"a", "an", "the"})


@cache
def entries(table: str) -> frozenset[str]:
    """Return the entries of a table of words or titles, separated by bars and line ends."""
    return frozenset(entry.strip() for entry in table.replace("\n", "|").split("|") if entry.strip())


@cache
def _greek() -> dict[str, str]:
    names = _GREEK_NAMES.split()
    return dict(zip(names[::2], names[1::2], strict=True))


@cache
def _numbers() -> tuple[dict[str, str], dict[str, str]]:
    """Return number words and Roman numbers with their digits."""
    words_, roman = _NUMBER_WORDS.split(), _ROMAN_NUMBERS.split()
    return {w: str(n) for n, w in enumerate(words_, 1)}, {r: str(n) for n, r in enumerate(roman, 1)}


@cache
def _confusable() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split("/")) for pair in _CONFUSABLE_PAIRS.split())


@lru_cache(maxsize=8_192)
def words(title: str) -> tuple[str, ...]:
    """Return the words of a title for comparing: folded, without markup, marks and accents."""
    text = title[:LONGEST]
    if "&" in text:
        from html import unescape  # its table of entities is large, and titles rarely hold one

        text = unescape(unescape(text))
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if "\\" in text or "$" in text:
        text = _TEX_ACCENT.sub("", _TEX_WORD.sub(_tex_word, text))
    text = text.replace("{", "").replace("}", "")
    text = TAIL.sub(" ", _PREFIX.sub("", text)).translate(_SOFT).translate(MARKS)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", _spell_greek(unicodedata.normalize("NFKC", text)))
        text = "".join(c for c in text if not unicodedata.combining(c))
    return tuple(_WORD.findall(_APOSTROPHE.sub("", text.casefold())))


def _tex_word(found: re.Match[str]) -> str:
    """Return the letter that a TeX command stands for: alpha is a word, textit is nothing."""
    name = found.group(1)
    if name.lower() in _greek().values():
        return name
    return (
        name
        if name in ("ss", "ae", "oe", "o", "l", "i", "AE", "OE", "O", "L")
        else " "
        if len(name) > 2
        else ""
    )


def _spell_greek(text: str) -> str:
    """Spell Greek letters out where they stand among Latin text; a Greek title stays Greek."""
    names = _greek()
    greek = sum("\u0370" <= c <= "\u03ff" for c in text)
    if not greek or greek > len(text) / 3:
        return text
    return "".join(names.get(c.lower(), c) for c in text)


def without_addresses(text: str) -> str:
    """Return a text of the same length in which addresses and identifiers are blank.

    Their figures are no volume and no page, though a DOI may be made of them, and "j.bbrc" in one is
    not the name of a journal that was written.
    """
    return _ADDRESS.sub(lambda found: " " * len(found.group()), text)


def fold(title: str) -> str:
    """Return the words of a title joined by spaces (see `words`)."""
    return " ".join(words(title))


@lru_cache(maxsize=8_192)
def letters(title: str) -> str:
    """Return the words of a title run together, so that splits and hyphens do not count."""
    return "".join(words(title))


@lru_cache(maxsize=32_768)
def _spelling(word: str) -> str:
    """Return a word in one spelling of English: anaemia, tumour, randomised, centre, labelled."""
    if len(word) < 5:
        return word
    word = word.replace("ae", "e").replace("oe", "e").replace("sulph", "sulf").replace("mould", "mold")
    if "our" in word[1:]:
        word = word.replace("our", "or")
    word = word.replace("isation", "ization").replace("grey", "gray").replace("ll", "l")
    for pair in (
        "ise ize",
        "ising izing",
        "yse yze",
        "ysing yzing",
        "tre ter",
        "bre ber",
        "ogue og",
        "mme m",
        "ence ense",
    ):
        british, american = pair.split()
        word = _ending(word, british, american)
    return word


def _ending(word: str, british: str, american: str) -> str:
    for inflection in ("", "s", "d", "r"):
        if word.endswith(british + inflection):
            return word[: len(word) - len(british + inflection)] + american + inflection
    return word


def _same_spelling(a: str, b: str) -> bool:
    """Whether two words are one in another spelling: number words, Roman numbers, possessive s."""
    if a == b or _spelling(a) == _spelling(b):
        return True
    numbers, roman = _numbers()
    if numbers.get(a, a) == numbers.get(b, b):
        return True
    return (a.isdigit() or b.isdigit()) and roman.get(a, a) == roman.get(b, b)


def _one_edit(a: str, b: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes `a` into `b`."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    if a[start + 1 :] == b[start + 1 :] or a[start + 1 :] == b[start:] or a[start:] == b[start + 1 :]:
        return True
    return a[start : start + 2] == b[start : start + 2][::-1] and a[start + 2 :] == b[start + 2 :]


def is_slip(a: str, b: str) -> bool:
    """Whether two words differ as a typing error does: one letter inside a long word.

    Not a first letter (typical, atypical), not a plural, not a number, and not a pair of words
    that one letter tells apart.
    """
    if min(len(a), len(b)) < 6 or a[0] != b[0] or not (a.isalpha() and b.isalpha()) or not _one_edit(a, b):
        return False
    return not _is_plural(a, b) and frozenset((a, b)) not in _confusable() and a[-1] == b[-1]


def is_confusable(a: str, b: str) -> bool:
    """Whether a letter or two tell words apart that mean different things ("macro…", "micro…")."""
    if frozenset((a, b)) in _confusable() or _is_plural(a, b):
        return True
    return {a[:5], b[:5]} in ({"macro", "micro"}, {"intra", "infra"}) or {a[:3], b[:3]} == {"pre", "pro"}


def _is_plural(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return long in (short + "s", short + "es") or (short.endswith("y") and long == short[:-1] + "ies")


def _align(a: tuple[str, ...], b: tuple[str, ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the stretches in which two titles differ, by a longest common subsequence of words."""
    width = len(b) + 1
    table = [[0] * width for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        row, below = table[i], table[i + 1]
        for j in range(len(b) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if a[i] == b[j] else max(below[j], row[j + 1])
    gaps: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    i = j = start_i = start_j = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            if i > start_i or j > start_j:
                gaps.append((a[start_i:i], b[start_j:j]))
            i, j = i + 1, j + 1
            start_i, start_j = i, j
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    if start_i < len(a) or start_j < len(b):
        gaps.append((a[start_i:], b[start_j:]))
    return gaps


def changes(a: tuple[str, ...], b: tuple[str, ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the stretches of words in which two titles differ, other spellings of one word aside."""
    gaps = _align(a[:MOST_WORDS], b[:MOST_WORDS])
    return [(w, r) for w, r in gaps if _classify(w, r)[0] is not None]


def _classify(written: tuple[str, ...], registered: tuple[str, ...]) -> tuple[Severity | None, str]:
    """Weigh one stretch in which two titles differ, and say what it is."""
    if "".join(written) == "".join(registered):
        return None, ""
    if len(written) == len(registered):
        pairs = [(w, r) for w, r in zip(written, registered, strict=True) if not _same_spelling(w, r)]
        if not pairs:
            return None, ""
        if all(is_slip(w, r) for w, r in pairs):
            return "note", _changed(pairs)
        if all(_is_plural(w, r) for w, r in pairs):
            return ("note" if _possessive(pairs) else "warning"), _changed(pairs)
        return "error", _changed(pairs)
    if _spelling("".join(written)) == _spelling("".join(registered)):
        return None, ""
    content_w = tuple(w for w in written if w not in _ARTICLES)
    content_r = tuple(w for w in registered if w not in _ARTICLES)
    if content_w == content_r or is_slip("".join(written), "".join(registered)):
        return "note", _said(written, registered)
    return "error", _said(written, registered)


def _possessive(pairs: list[tuple[str, str]]) -> bool:
    """Whether the plural is that of an eponym: Alzheimer's and Alzheimer disease are one."""
    return all(min(w, r, key=len) in _EPONYMS.split() for w, r in pairs)


#: Eponyms that are written with and without a possessive s (AMA Manual of Style, 11th ed., 15.2).
_EPONYMS = """
alzheimer parkinson crohn hodgkin down huntington barrett behcet cushing graves addison wilson raynaud
tourette bell bowen paget hansen chagas kaposi burkitt ewing wilms dupuytren achilles bechterew
scheuermann
"""


def _changed(pairs: list[tuple[str, str]]) -> str:
    return ", ".join(f"'{w}' for '{r}'" for w, r in pairs[:3])


def _said(written: tuple[str, ...], registered: tuple[str, ...]) -> str:
    """Say what a stretch has in place of another."""
    ours, theirs = " ".join(written[:8]), " ".join(registered[:8])
    if not theirs:
        return f"'{ours}' added"
    return f"'{theirs}' left out" if not ours else f"'{ours}' for '{theirs}'"


def compare_words(written: tuple[str, ...], registered: tuple[str, ...]) -> tuple[Severity | None, str]:
    """Compare two titles word by word: the heaviest weight, and what differs."""
    if "".join(written) == "".join(registered):
        return None, ""
    found = [_classify(w, r) for w, r in _align(written[:MOST_WORDS], registered[:MOST_WORDS])]
    weights = [w for w, _ in found if w]
    for weight in ("error", "warning", "note"):
        if weight in weights:
            return weight, "; ".join(d for w, d in found if w == weight)[:200]
    return None, ""
