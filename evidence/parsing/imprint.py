"""Books and their parts: place and publisher, edition, editors, "In: …", theses and reports."""

from __future__ import annotations

import re
from functools import cache

from evidence.names.words import ORGANISATIONS
from evidence.parsing.authors import author_block
from evidence.parsing.draft import TAKEN, Draft
from evidence.parsing.sentences import sentences
from evidence.parsing.vocabulary import CITIES, PUBLISHERS

_PATTERNS = {
    "place": r"(?:^|[.,;(?!\])\x01]\s{0,2})(?P<place>[A-Z][^\W\d_][\w.' -]{0,28}(?:,\s(?:[A-Z]{2}"
    r"|[A-Z][\w. ]{1,20}))?"
    r"(?:(?:[,;/]|\sand|\s&)\s[A-Z][\w.' ]{2,25}){0,2})\s?:\s(?P<publisher>[A-Z][^:;\x01\"]{1,90})$",
    "edition": r"[(\[]?(?<!\w)(\d{1,2}(?:st|nd|rd|th|e|ème|a|ª|\.)?\s?(?:rev(?:ised"
    r"|\.)?\s)?(?:international\s)?"
    r"(?:ed(?:n|ition|ición|ição|\.)?|Aufl(?:age|\.)?|éd(?:ition|\.)?)"
    r"|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|revised|rev\.|new|1re"
    r"|2e)\s(?:rev\.?\s)?"
    r"(?:ed(?:n|ition|\.)|éd(?:ition|\.))|(?:Editio)\s\w{2,12}|rev\.\s?ed)\b\.?[)\]]?",
    "in": r"(?:^|(?<=[.,;?!)\"'\x01])\s{0,2})In:?\s{1,2}(?=[\"'(]?[^\W_])|(?:^"
    r"|(?<=[.,?!\"'\x01])\s)in:?\s{1,2}(?=the\sProc|[\"']?[A-Z])|"
    r"(?<=\s)In:\s{0,2}(?=[^\W_])|(?<=[.,?!\"']\s)(?=(?:\d{4}\s)?(?:Proceedings|Proc\.\s(?:of|IEEE|ACM"
    r"|SPIE)|(?:Paper|Poster)\s(?:session\s)?presented|Presented\sat))",
    "editors": r"[\s,(\[]{0,3}(?<!\w)(?:eds?\.?|editors?|Hrsg\.?|Hg\.?|éds?\.?"
    r"|dirs?\.)(?![\w])[)\]]?[\s.,:]{0,3}",
    "edited": r"(?<!\w)(?:edited\sby|eds?\.\s(?:by\s)?|éd(?:ité)?\.?\spar|hrsg\.\svon"
    r"|herausgegeben\svon)\s{0,2}(?=[A-Z])",
    "translated": r"[(\[]?(?<!\w)(?:trans(?:l|lated)?\.?(?:\sby)?|trad(?:uit|\.)(?:\s(?:de|par"
    r"|from)[^.,;]{0,30})?)\s[A-Z][^.,;:()\x01]{2,40}[)\]]?",
    "thesis": r"[(\[]?(?<!\w)(?:unpublished\s)?(?:Ph\.?\s?D\.?|doctoral|master'?s?|M\.?\s?Sc\.?|MA|M\.A\."
    r"|bachelor'?s?|diploma|habilitation|honors)"
    r"[\s,]{0,2}(?:degree\s)?(?:thesis|dissertation|diss\.)[)\]]?|[(\[]?(?<!\w)(?:thesis|dissertation"
    r"|thèse(?:\sde\sdoctorat)?|dissertation)"
    r"(?=[\s.,:;)\]\x01]|$)[)\]]?",
    "report": r"[(\[]?(?<!\w)(?:technical\sreport|tech\.\srep(?:ort|\.)?|research\sreport|working\spaper"
    r"|discussion\spaper|"
    r"report\sno\.?|publication\sno\.?|white\spaper|policy\sbrief"
    r"|PEER\sreport)[\s#]{0,2}[A-Z]{0,6}[\w/-]{0,20}[)\]]?",
    "conference": r"(?<!\w)(?:proceedings|proc\.|conference|symposium|workshop|congress|colloquium"
    r"|annual\smeeting|meeting\sof|conf\.|symp\.|kongress|tagung)(?!\w)",
}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Compile one of this room's patterns when it is first needed."""
    return re.compile(_PATTERNS[name], 0 if name in ("place", "in") else re.IGNORECASE)


def take_edition(draft: Draft, start: int) -> None:
    """Take "2nd ed." out of what is left."""
    found = pattern("edition").search(draft.rest, start)
    if found and TAKEN not in found.group():
        low, high = found.span(1)
        draft.take(*found.span(), "edition", (low, high))


def take_people(draft: Draft, start: int) -> None:
    """Take "edited by A. Name" and "translated by …" out of what is left (no field holds translators)."""
    lowered = draft.rest.lower()
    if "trans" in lowered or "trad" in lowered:
        found = pattern("translated").search(draft.rest, start)
        if found and found.start() > start:
            draft.take(*found.span())
    if "ed" in lowered and not pattern("in").search(draft.rest, start):
        found = pattern("edited").search(draft.rest, start + 3)
        block = author_block(draft.rest, found.end()) if found else None
        if found and block and draft.rest[: found.start()].rstrip()[-1:] in ".,;(\x01":
            draft.set("editor", block.start, block.end)
            draft.take(found.start(), block.end)


def publisher_like(text: str) -> bool:
    """Tell whether a few words name a publisher."""
    words = [w.strip(".,;()").casefold() for w in text.split()]
    return 0 < len(words) <= 9 and not PUBLISHERS.isdisjoint(words)


def take_imprint(draft: Draft, start: int, end: int) -> int:
    """Set place and publisher from the end of a range; return where what is before them ends.

    Forms: "Place: Publisher", "Publisher, Place", "Place, Publisher", "Publisher".
    """
    found = pattern("place").search(draft.rest, max(start, end - 220), end)
    if found and found.start("place") > start + 2:
        low, high = found.span("place")
        for stop in re.finditer(r"[^\W\d_]{3}[.?!]\s|[,;]\s(?=\S+\s\S+\.\s)", draft.rest[low:high]):
            low = found.start("place") + stop.end()  # "Modernity, Japan. Chicago"
        draft.set("place", *draft.trim(low, high))
        draft.set("publisher", *_unbracket(draft, *draft.trim(*found.span("publisher"))))
        return low
    parts = sentences(draft.rest, start, end)
    if len(parts) > 1:
        low, high = draft.trim(*parts[-1])
        if publisher_like(draft.rest[low:high]) and high - low < 100:
            _split_imprint(draft, low, high)
            return parts[-1][0]
    comma = _comma_imprint(draft, start, end)
    if comma is not None:
        return comma
    city = draft.rest.rfind(",", start, end)
    low, high = draft.trim(city + 1, end) if city > start + 3 else (end, end)
    if draft.rest[low:high].casefold() in CITIES:
        draft.set("place", low, high)
        return city
    return end


def _unbracket(draft: Draft, start: int, end: int) -> tuple[int, int]:
    text = draft.rest[start:end]
    if text.endswith(")") and text.count(")") > text.count("("):
        end -= 1
    if text.startswith("(") and text.count("(") > text.count(")"):
        start += 1
    return draft.trim(start, end)


def _split_imprint(draft: Draft, start: int, end: int) -> None:
    """Split "Publisher, Place" or "Place, Publisher" at a comma."""
    start, end = _unbracket(draft, start, end)
    text = draft.rest[start:end]
    head, comma, tail = text.partition(",")
    if not comma:
        draft.set("publisher", start, end)
        return
    middle = start + len(head)
    if publisher_like(head) or not publisher_like(tail):
        draft.set("publisher", *draft.trim(start, middle))
        draft.set("place", *draft.trim(middle + 1, end))
    else:
        cut = text.rfind(",")
        draft.set("place", *draft.trim(start, start + cut))
        draft.set("publisher", *draft.trim(start + cut + 1, end))


def _comma_imprint(draft: Draft, start: int, end: int) -> int | None:
    """Find "…, Publisher, Place" or "… (Publisher" behind commas of one sentence."""
    cuts = [m.start() for m in re.finditer(r"[,(]\s?(?=[^\W_])", draft.rest[start:end])][-4:]
    for cut in cuts:
        low, high = draft.trim(start + cut + 1, end)
        text = draft.rest[low:high]
        if start + cut > start + 3 and publisher_like(text) and text[:1].isupper() and len(text) < 80:
            _split_imprint(draft, low, high)
            return start + cut
    return None


def take_chapter(draft: Draft, start: int) -> tuple[int, int] | None:
    """Read "In: editors. Book. Place: Publisher"; return the range of the chapter's title or None."""
    found = pattern("in").search(draft.rest, start + 4)
    if not found:
        return None
    head = draft.trim(start, found.start())
    if head[1] - head[0] < 3 and "title" not in draft.fields:
        return None
    body = found.end()
    stop = len(draft.rest)
    after = _take_editors(draft, body, stop)
    chunks = draft.chunks(after)
    if chunks:
        low, high = chunks[0]
        cut = take_imprint(draft, low, high)
        low, high = draft.trim(low, cut)
        _set_book(draft, low, high)
        for more in chunks[1:]:
            _take_more(draft, *more)
    return head


def _set_book(draft: Draft, low: int, high: int) -> None:
    """Set the book's title; a second sentence behind it is the publisher or the place."""
    parts = sentences(draft.rest, low, high)
    if (
        len(parts) > 1
        and "publisher" not in draft.fields
        and len(parts[0])
        and parts[0][1] - parts[0][0] > 12
    ):
        draft.set("publisher", *draft.trim(*parts[-1]))
        high = parts[-2][1]
    draft.set("container", *_unbracket(draft, *draft.trim(low, high)))


def _take_more(draft: Draft, low: int, high: int) -> None:
    """Read a later chunk of a book's or chapter's data: place and publisher, or one of them."""
    text = draft.rest[low:high]
    found = re.match(r"\(?([A-Z][^:\x01]{1,60}?)\s?:\s{0,2}([A-Z][^:\x01]{1,90})$", text)
    if found and "publisher" not in draft.fields:
        draft.set("place", *draft.trim(low + found.start(1), low + found.end(1)))
        draft.set("publisher", *_unbracket(draft, low + found.start(2), low + found.end(2)))
    elif "publisher" not in draft.fields and text[:1].isupper() and len(text) < 90:
        if publisher_like(text) or not ORGANISATIONS.isdisjoint(
            w.strip(".,").casefold() for w in text.split()
        ):
            _split_imprint(draft, low, high)
        elif "place" not in draft.fields and len(text.split()) <= 4:
            draft.set("place", low, high)


def take_publisher(draft: Draft, low: int, high: int) -> None:
    """Read a chunk that stands alone behind the title of a book."""
    _take_more(draft, low, high)


def _take_editors(draft: Draft, start: int, stop: int) -> int:
    """Set the editors of a book that a chapter stands in; return where its title begins."""
    block = author_block(draft.rest, start)
    if block and block.editors:
        draft.set("editor", block.start, block.end)
        return block.after
    mark = pattern("editors").search(draft.rest, start, min(stop, start + 300))
    edited = pattern("edited").search(draft.rest, start, min(stop, start + 400))
    if edited and (not mark or edited.start() <= mark.start() + 2):
        names = author_block(draft.rest, edited.end())
        if names:
            draft.set("editor", names.start, names.end)
            draft.take(edited.start(), names.end)
        return start
    if mark and TAKEN not in draft.rest[start : mark.start()] and mark.start() - start < 200:
        low, high = draft.trim(start, mark.start())
        if block and block.end <= mark.start() + 1:
            draft.set("editor", low, high)
            return mark.end()
    if block and block.strength == 2 and block.mark in ".:" and block.count:
        draft.set("editor", block.start, block.end)
        return block.after
    return start
