"""What the grammar knows better than the model, run by run: names end where names end, books have editors.

The model labels each word by its neighbours; what it cannot see is a whole. Each step here looks for
one thing that cannot be (authors without a name among them, a title on both sides of the editors) and
gives the words their only other reading.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from evidence.names import is_organisation
from evidence.parsing.authors import author_block
from evidence.parsing.draft import TAKEN, Draft
from evidence.parsing.judging import is_site
from evidence.parsing.marked import read_marks
from evidence.parsing.sentences import sentences
from evidence.parsing.vancouver import Run, read_compact

_PATTERNS = {
    "editors": r"[\s,.(\[]+(?:eds?|editors?|edited|hrsg|hgg?|éds?|éditeurs?|dirs?|coords?|coordinadore?s?"
    r"|comps?|orgs?|red|ред|herausgegeben|organizadore?s?|volume editors?|series editors?)\b\.?[\s,.)\]:]*$",
    "in": r"[\s\"'(\[]*(?:in|dans|em|en|w|v|в)\s?:?\s(?:the\s(?=proc))?",
    "tail": r"[A-Z]\.?,?\s+[A-Z][a-zß-ÿ]{1,9}\.\s*$",
    "prose": r"(?<=\s)(?!(?:and|und|van|von|der|den|del|dos)\s)[^\W\d_A-Z]{3,}(?=\s)|[?!]",
    "wordy": r"[^\W\d_][^\d]{3,}",
    # undotted initials and a full stop end a list of people, and words that are no name follow
    "compact": r"(?P<people>[\s\x01]*(?:[^\W\d_][\w'-]*\s(?:[A-Z]{2,3}|[A-Z](?=,))(?:,\s|(?=\.)))+\.\s)"
    r"[A-Z][a-z]{3,}(?:\s[a-z]+)*[.\s]*$",
    "named": r",|(?<!\w)[A-Z]\.[\s-]?[A-Z]",
    "apa": r"\((?:1[5-9]|20)\d\d[^()]{0,16}\)[.,]\s*$",
    "two": r"[^.]{2,90}[.?!]\s(?P<second>[A-Z][^.]{2,90}[,\s]*)",
    "roman": r"[ivxl]{1,7}[.,\s]*",
    "led": r"(?:eds?|editors?)\b[.,]?\s",
    "bar": r"\s(?:[|·/]|::|-{1,2})\s",
    "office": r"[\s\x01]*(?P<who>(?:the\s)?(?:editors?|editorial\s(?:board|team|office|staff))\sof\s"
    r"(?:the\s)?[a-z][\w&' -]{2,60}?)(?=\.\s|,?\s\(?\d{4}\b|:\s)",
    "dated": r"[\s,.]*(\((?:19|20)\d\d\))[\s.,:]*",
    "locator": r"[\s(]*[^\s(),]{1,12}\)(?:[,:]?\s?(?=[A-Z]?\d+\s?-)|:\s?)"
    r"(?P<pages>[A-Za-z]{0,2}\d{1,9}(?:\s?-{1,2}\s?[A-Z]?\d{1,7})?)[\s.,]*",
    "month": r"(?:(?<=[.,)])\s|\s(?=\S{3,9}\s\d))(?P<date>(?:\d{1,2}\s)?"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"[a-z]{0,6}\.?(?:[-/][A-Z][a-z]{2,8}\.?)?(?:\s\d{1,2}(?:-\d{1,2})?)?|\d{4}/\d{1,2}(?:/\d{1,2})?)[\s,.]*$",
    "figures": r"[\s,]+(?P<volume>\d{1,4})(?:[.:/](?P<issue>\d{1,3}(?:-\d{1,3})?))?[\s,]*$",
}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Compile one of this room's patterns when it is first needed."""
    return re.compile(
        _PATTERNS[name], 0 if name in ("compact", "named", "month", "prose", "tail") else re.IGNORECASE
    )


def mend(draft: Draft, runs: list[Run]) -> list[Run]:
    """Return the runs with what cannot be read as labelled read otherwise."""
    runs = _unended(draft, _signed_by_editors(draft, read_marks(draft, runs)))
    runs = _join_people(draft, _signed_as_editors(draft, runs))
    runs = read_compact(draft, runs) or _cut_authors(draft, _whole_organisation(draft, runs))
    labels = [run.label for run in runs]
    if not {"journal", "book"} & set(labels):
        runs = _second_title(runs) if labels.count("title") > 1 else _site(draft, runs)
        runs = _named_publisher(draft, _paged_publisher(draft, runs))
    if "title" not in labels:
        runs = _short_title(draft, runs)
    return _close_brackets(draft, _dated_journal(draft, _issue_and_pages(draft, runs)))


def _signed_by_editors(draft: Draft, runs: list[Run]) -> list[Run]:
    """Take "The Editors of The Lancet" at the beginning for the author: an office, and no person's part."""
    found = pattern("office").match(draft.rest)
    if not found:
        return runs
    start, end = found.span("who")
    rest = [run for run in runs if run.end > end]
    if rest and rest[0].start < end:
        rest[0] = rest[0]._replace(start=end, low=end)
    if rest and rest[0].label in ("author", "editor"):
        rest[0] = rest[0]._replace(label="title")
    dated = pattern("dated").match(draft.rest, end) if rest and rest[0].label == "title" else None
    if dated and dated.end() < rest[0].end:
        rest = [
            Run("date", *dated.span(), *dated.span(1)),
            rest[0]._replace(start=dated.end(), low=dated.end()),
            *rest[1:],
        ]
    return [Run("author", start, end, start, end), *rest]


def _signed_as_editors(draft: Draft, runs: list[Run]) -> list[Run]:
    """Make editors of people with the mark behind them: "Lopez AD, editors.", "Jessell TM, | eds. Cells"."""
    for at, (run, following) in enumerate(pairwise((*runs, Run("", 0, 0, 0, 0)))):
        if run.label != "author":
            continue
        lead = pattern("led").match(draft.rest, following.start, following.end)
        if following.label == "title" and lead and draft.rest[: run.end].rstrip().endswith((",", "(")):
            people, title = run._replace(label="editor", end=lead.end()), following
            return [*runs[:at], people, title._replace(start=lead.end(), low=lead.end()), *runs[at + 2 :]]
        mark = pattern("editors").search(draft.rest, max(run.start + 1, run.end - 12), run.end)
        if mark and not re.fullmatch(r"\s[A-Z]{2,4}\.?\s*", mark.group()):  # "Loeffel ED": initials
            return [*runs[:at], run._replace(label="editor"), *runs[at + 1 :]]
    return runs


def _issue_and_pages(draft: Draft, runs: list[Run]) -> list[Run]:
    """Part an issue from pages that were labelled with it, "(6), 465-472", and read "(2), vi" as pages."""
    if any(run.label == "pages" for run in runs):
        return runs
    result: list[Run] = []
    for run in runs:
        found = pattern("locator").fullmatch(draft.rest, run.start, run.end) if run.label == "issue" else None
        behind = run.label == "other" and result and result[-1].label in ("volume", "issue")
        if behind and pattern("roman").fullmatch(draft.rest, run.start, run.end):
            result.append(run._replace(label="pages"))
        else:
            result += _split(run, found.start("pages"), "issue", "pages") if found else [run]
    return result


def _dated_journal(draft: Draft, runs: list[Run]) -> list[Run]:
    """Give month and day to the year behind them: "Lancet. Mar 2008;371", "Blood. 2010/06/01 2010;3"."""
    for at, (run, following) in enumerate(pairwise(runs)):
        if (run.label, following.label) == ("journal", "date"):
            found = pattern("month").search(draft.rest, run.start + 3, run.end)
            if found:
                cut = found.start("date")
                dated = following._replace(start=cut, low=cut)
                return [
                    *runs[:at],
                    run._replace(end=found.start(), high=found.start()),
                    dated,
                    *runs[at + 2 :],
                ]
    return runs


def _join_people(draft: Draft, runs: list[Run]) -> list[Run]:
    """Make one run of people that stand side by side: editors if a mark behind them says so."""
    result: list[Run] = []
    for run in runs:
        last = result[-1] if result else None
        if last and {last.label, run.label} == {"author", "editor"}:
            named = pattern("editors").search(draft.rest, max(run.start, run.end - 24), run.end)
            if not (run.label == "editor" and pattern("in").match(draft.rest, run.start)):
                longer = max((last, run), key=lambda one: one.end - one.start)
                label = "editor" if named else longer.label
                result[-1] = Run(label, last.start, run.end, last.low, run.high)
                continue
        result.append(run)
    return result


def _cut_authors(draft: Draft, runs: list[Run]) -> list[Run]:
    """End the authors where their names end; authors without a name among them are a title."""
    at = next((n for n, run in enumerate(runs) if run.label == "author"), None)
    if at is None:
        return runs
    run = runs[at]
    first = all(one.label in ("id", "number") for one in runs[:at])
    following = runs[at + 1] if at + 1 < len(runs) else None
    titled = any(one.label == "title" for one in runs)
    text = draft.rest[run.start : run.end]
    doubtful = not titled or pattern("tail").search(draft.rest, max(run.start, run.end - 40), run.end)
    block = author_block(draft.rest[: run.end + 80], run.start) if doubtful else None
    if block and block.strength == 2 and run.start < block.after < run.end - 1:
        left = draft.rest[block.after : run.end].strip(" .,;:")
        if following and following.label in ("title", "journal") and len(left.split()) <= 2:
            if "," not in left and left[:1].isupper():
                cut = run._replace(end=block.after, high=block.after)
                return [*runs[:at], cut, following._replace(start=block.after), *runs[at + 2 :]]
        elif not titled and pattern("prose").search(draft.rest, block.after, run.end):
            people, rest = _split(run, block.after, "author", "title")
            return [*runs[:at], people, *_title_and_journal(draft, rest, runs), *runs[at + 1 :]]
    if following and following.label == "title" and text.rstrip()[-1:] in ",;":
        low, high = next(iter(sentences(draft.rest, following.start, following.end)), (0, 0))
        word = draft.rest[low:high].strip(" .")
        agency = is_organisation(text.strip(" ,;")) and re.fullmatch(r"[A-Z]\w{2,30}", word)
        if high < following.end and (agency or (text.rstrip()[-1] == ";" and is_organisation(word))):
            return [
                *runs[:at],
                run._replace(end=high, high=high),
                following._replace(start=high),
                *runs[at + 2 :],
            ]
    if not titled and (block is None or block.strength < 2) and not is_organisation(text.strip(" .,")):
        dated = following is None or following.label in ("journal", "book", "date")
        if dated and "," not in text and text.count(".") < 2 and len(text.split()) < 9 and first:
            return [run._replace(label="title"), *runs[at + 1 :]]
    return runs


def _paged_publisher(draft: Draft, runs: list[Run]) -> list[Run]:
    """Take a "publisher" with pages right behind it for what holds the work (APA: "Container, 175-187")."""
    labels = [run.label for run in runs]
    if "title" not in labels or "place" in labels or labels.count("publisher") != 1:
        return runs
    at = labels.index("publisher")
    if labels[at + 1 : at + 2] != ["pages"] or labels.index("title") > at:
        return runs
    pages = draft.rest[runs[at + 1].start : runs[at + 1].end]
    between = draft.rest[runs[at].high : runs[at + 1].low]
    if not re.fullmatch(r"\W*\d{1,6}\s?-{1,3}\s?\d{1,6}\W*", pages) or between.strip(" ,:"):
        return runs
    return [*runs[:at], runs[at]._replace(label="journal"), *runs[at + 1 :]]


def _split(run: Run, at: int, first: str, second: str) -> tuple[Run, Run]:
    return Run(first, run.start, at, run.low, at), Run(second, at, run.end, at, run.high)


def _title_and_journal(draft: Draft, run: Run, runs: list[Run]) -> list[Run]:
    """Read words behind the authors as title and, where a second sentence and no journal is, journal."""
    parts = sentences(draft.rest, run.start, run.end)
    if len(parts) < 2 or any(one.label in ("journal", "book") for one in runs):
        return [run]
    first, second = _split(run, parts[-1][0], "title", "journal")
    return [first, second]


def _second_title(runs: list[Run]) -> list[Run]:
    """Read a title behind the editors of a book as the book's."""
    first = next(n for n, run in enumerate(runs) if run.label == "title")
    edited = next((n for n, run in enumerate(runs) if n > first and run.label == "editor"), None)
    if edited is None:
        return runs
    return [
        run._replace(label="book") if n > edited and run.label == "title" else run
        for n, run in enumerate(runs)
    ]


def _whole_organisation(draft: Draft, runs: list[Run]) -> list[Run]:
    """Give an organisation all its words: "National Institute of | Health. Back pain." ends at its stop."""
    for at, (run, following) in enumerate(pairwise(runs)):
        if (run.label, following.label) != ("author", "title"):
            continue
        low, high = next(iter(sentences(draft.rest, run.start, following.end)), (0, 0))
        inside = run.end < high < following.end - 1 and TAKEN not in draft.rest[low:high]
        if inside and is_organisation(draft.rest[low:high].strip(" .")):
            whole = run._replace(end=high, high=high)
            return [*runs[:at], whole, following._replace(start=high), *runs[at + 2 :]]
        break
    return runs


def _short_title(draft: Draft, runs: list[Run]) -> list[Run]:
    """Read as the title a word or two that were taken for figures or for a name: "Brown AB. Cells."."""
    for at, run in enumerate(runs):
        words = draft.rest[run.start : run.end]
        wordy = run.label in ("date", "pages", "volume", "issue") and pattern("wordy").fullmatch(words)
        if wordy and at and runs[at - 1].label == "author":
            return [*runs[:at], run._replace(label="title"), *runs[at + 1 :]]
        parts = sentences(draft.rest, run.start, run.end) if run.label == "author" and draft.url else []
        if len(parts) == 2:  # "Wikipedia contributors. Bone marrow."
            return [*runs[:at], *_split(run, parts[1][0], "author", "title"), *runs[at + 1 :]]
        if (
            run.label in ("journal", "book")
            and at
            and pattern("apa").search(draft.rest, runs[at - 1].start, run.start)
        ):
            found = pattern("two").fullmatch(draft.rest, run.start, run.end)
            if found:  # "(2002). COPD. Chest, 121"
                return [*runs[:at], *_split(run, found.start("second"), "title", "journal"), *runs[at + 1 :]]
        if run.label == "book" and not pattern("in").match(draft.rest, run.start):
            return [*runs[:at], run._replace(label="title"), *runs[at + 1 :]]
        found = pattern("compact").match(draft.rest, run.start, run.end) if run.label == "author" else None
        if found:
            return [*runs[:at], *_split(run, found.end("people"), "author", "title"), *runs[at + 1 :]]
    return runs


def _unended(draft: Draft, runs: list[Run]) -> list[Run]:
    """Let words go on that no mark ends: "Bewertungen | der FBW.", "Mayo | Clinic.", "(Cook, | Trans.)"."""
    result: list[Run] = []
    for run in runs:
        last = result[-1] if result else None
        if last is None:
            result.append(run)
            continue
        before, words = draft.rest[last.start : last.end], draft.rest[run.start : run.end]
        ended = before.rstrip()[-1:] in ".?!,;:)]\"'" + TAKEN
        if last.label == "date" and run.label == "title" and pattern("wordy").fullmatch(before) and not ended:
            result[-1] = run._replace(start=last.start, low=last.low)
        elif (
            (last.label, run.label) == ("title", "author")
            and not ended
            and not pattern("named").search(words)
        ):
            ends = (end for _, end in sentences(draft.rest, last.start, run.end) if end >= last.end)
            stop = next(ends, run.end)
            result[-1] = last._replace(end=stop, high=stop)
            if any(c.isalnum() for c in draft.rest[stop : run.end]):
                result.append(run._replace(label="journal", start=stop, low=stop))
        elif run.label == "translator" and last.label == "title" and before.count("(") > before.count(")"):
            cut = last.start + before.rindex("(")
            result[-1] = last._replace(end=cut, high=cut)
            result.append(run._replace(start=cut, low=cut))
        else:
            result.append(run)
    return result


def _named_publisher(draft: Draft, runs: list[Run]) -> list[Run]:
    """Read an organisation between a title and a place as publisher: "Synthesis Report. IPCC, | Geneva"."""
    for at, (run, following) in enumerate(pairwise(runs)):
        if (run.label, following.label) != ("title", "place") or any(r.label == "publisher" for r in runs):
            continue
        parts = sentences(draft.rest, run.start, run.end)
        words = draft.rest[slice(*parts[-1])].strip() if len(parts) > 1 else ""
        if words.endswith(",") and is_organisation(words.rstrip(",")):
            return [*runs[:at], *_split(run, parts[-1][0], "title", "publisher"), *runs[at + 1 :]]
    return runs


def _site(draft: Draft, runs: list[Run]) -> list[Run]:
    """Read the last sentence of a page's title as its site: "Sore Knees. WebMD. Available at:"."""
    if not (draft.url or "available_at" in draft.extra or draft.accessed):
        return runs
    at = next((n for n, run in enumerate(runs) if run.label == "title"), None)
    if at is None:
        return _titles_site(draft, runs)
    if at and runs[at - 1].label == "author" and _is_heading(draft, runs[at - 1], runs[at]):
        return [
            *runs[: at - 1],
            runs[at - 1]._replace(label="title"),
            runs[at]._replace(label="book"),
            *runs[at + 1 :],
        ]
    parts = sentences(draft.rest, runs[at].start, runs[at].end)
    bar = pattern("bar").search(draft.rest, runs[at].start, runs[at].end)
    if len(parts) > 1 and is_site(draft.rest[slice(*parts[-1])].strip(" ." + TAKEN)):
        return [*runs[:at], *_split(runs[at], parts[-1][0], "title", "book"), *runs[at + 1 :]]
    if bar and is_site(draft.rest[bar.end() : runs[at].end].strip(" ." + TAKEN)):
        book = Run("book", bar.end(), runs[at].end, bar.end(), runs[at].high)
        return [*runs[:at], runs[at]._replace(end=bar.start(), high=bar.start()), book, *runs[at + 1 :]]
    if not any(run.label == "place" for run in runs):
        return [
            run._replace(label="book")
            if run.label == "publisher" and is_site(draft.rest[run.start : run.end].strip(" .," + TAKEN))
            else run
            for run in runs
        ]
    return runs


def _is_heading(draft: Draft, first: Run, second: Run) -> bool:
    """Whether "Sciatica. | Mayo Clinic." are a heading and its site rather than an author and a title."""
    words, site = (draft.rest[run.start : run.end].strip(" ." + TAKEN) for run in (first, second))
    alone = words.isalpha() and not words.isupper() and not is_organisation(words)
    return alone and not is_site(words) and " " in site and is_site(site)


def _titles_site(draft: Draft, runs: list[Run]) -> list[Run]:
    """Read two sentences that were taken for people as title and site, or as author and title."""
    at = next((n for n, run in enumerate(runs) if run.label == "author"), None)
    if at is None:
        return runs
    parts = sentences(draft.rest, runs[at].start, runs[at].end)
    if len(parts) != 2:
        return runs
    named = is_site(draft.rest[slice(*parts[1])].strip(" ." + TAKEN))
    first, second = ("title", "book") if named else ("author", "title")
    return [*runs[:at], *_split(runs[at], parts[1][0], first, second), *runs[at + 1 :]]


def _close_brackets(draft: Draft, runs: list[Run]) -> list[Run]:
    """Give a journal the end of its bracket, "Spine (Phila Pa 1976)", and a volume its figures, "J 33.1"."""
    for at, run in enumerate(runs):
        if run.label != "journal":
            continue
        text = draft.rest[run.start : run.end]
        if text.count("(") > text.count(")") and at + 1 < len(runs):
            stop = draft.rest.find(")", run.end, run.end + 12)
            following = runs[at + 1]
            if (
                stop >= 0
                and following.start <= stop < following.end
                and "(" not in draft.rest[run.end : stop]
            ):
                end = stop + 1
                rest = [following._replace(start=end)] if following.end > end + 1 else []
                return [*runs[:at], run._replace(end=end, high=end), *rest, *runs[at + 2 :]]
        figures = pattern("figures").search(text)
        if figures and figures.start() > 2 and not any(one.label == "volume" for one in runs):
            cut = run.start + figures.start()
            found = [run._replace(end=cut, high=cut)]
            for name in ("volume", "issue"):
                if figures.group(name):
                    low, high = (run.start + n for n in figures.span(name))
                    found.append(Run(name, low, high, low, high))
            return [*runs[:at], *found, *runs[at + 1 :]]
    return runs
