"""Articles in the forms of theology, history, philology and law: marks of every kind around volume and year."""

from __future__ import annotations

import random

from training.pools import Article
from training.sheet import (
    MONTHS,
    OTHER_MONTHS,
    Sheet,
    full,
    full_inverted,
    inverted,
    joined,
    natural,
    pages_in,
)

_QUOTES = (("‘", "’"), ("“", "”"), ('"', '"'), ("« ", " »"), ("„", "“"), ("«", "»"), ("ʻʻ", "ʼʼ"), ("'", "'"))
_ROMANS = ("XLII", "LXV", "XII", "IV", "XXVIII", "CXX", "VII", "III", "X", "XL", "XIX")


def humanities(rng: random.Random, work: Article) -> Sheet:
    """Family, Given, ‘Title’, Journal 83: 330 (1994), 417-428, and its many relatives."""
    sheet = Sheet()
    people = work.people[: rng.randint(1, 4)]
    form = rng.choice([full, full, natural, full_inverted, full_inverted, inverted])
    shown = [form(n) for n in people]
    if form is full_inverted and rng.random() < 0.6:
        shown = [full_inverted(n) if not i else full(n) for i, n in enumerate(people)]
    if form is full_inverted and rng.random() < 0.2:
        shown = [s.partition(",")[0].upper() + "".join(s.partition(",")[1:]) for s in shown]
    sheet.add("author", joined(shown, ", ", rng.choice([" and ", ", and ", ", ", " & ", " und ", " et "])))
    early = rng.random() < 0.2
    if early:
        open_, close = rng.choice([("(", ") "), ("", " "), ("", ". "), ("", ", "), ("(", "), "), ("", ": ")])
        sheet.raw(" ").add("date", str(work.year), close, open_)
    else:
        sheet.raw(rng.choice([", ", ", ", ": "])) if rng.random() < 0.7 else sheet.stop()
    open_, close = rng.choice(_QUOTES) if rng.random() < 0.7 else ("", "")
    title = work.title.rstrip(". ")
    if not open_:
        sheet.add("title", title).raw(rng.choice([", ", ", ", ". ", ": "]) if title[-1] not in "?!" else " ")
    elif rng.random() < 0.4:
        sheet.raw(open_).add("title", title).raw(rng.choice([",", "."]) + close + " ")
    else:
        sheet.raw(open_).add("title", title).raw(close + rng.choice([", ", ", ", " ", ". "]))
    journal = work.short if rng.random() < 0.2 else work.journal
    sheet.raw(rng.choice(["", "", "", "", "", "in ", "In: "])).add("journal", journal)
    _locator(rng, sheet, work, early)
    return sheet.raw(rng.choice([".", ".", ""]))


def _locator(rng: random.Random, sheet: Sheet, work: Article, early: bool) -> None:
    """Add volume, issue, date and pages in one of the orders of the field."""
    year = str(work.year)
    if rng.random() < 0.12:
        year = rng.choice([f"{year}-{work.year + 1}", f"{year}/{(work.year + 1) % 100:02d}"])
    pages = pages_in(rng, work.pages)
    volume = work.volume if rng.random() < 0.85 else rng.choice(_ROMANS)
    issue = work.issue or str(rng.randint(1, 12))
    pick = rng.random()
    if pick < 0.25:  # 83: 330 (1994), 417-428; 7.2 (1955): 140–145; XLII/248 (2012) 133-145
        sheet.raw(rng.choice([" ", " ", ", "])).add("volume", volume)
        if rng.random() < 0.75:
            sheet.add("issue", issue, "", rng.choice([": ", ".", "/", ":", ", ", ". ", ", no. ", ", Heft "]))
        if not early:
            sheet.add("date", year, ")", " (")
        sheet.add("pages", pages, "", rng.choice([", ", ": ", " ", ", pp. ", ", S. ", " : "]))
    elif pick < 0.4:  # , vol. 61, no. 2 (Summer, 1984), 295-301
        season = rng.choice(["Spring", "Summer", "Fall", "Winter", "Autumn", *MONTHS])
        sheet.add("volume", volume, "", rng.choice([", vol. ", ", Vol. ", " vol. ", ", ", ", t. ", ", v. "]))
        sheet.add("issue", issue, "", rng.choice([", no. ", ", No. ", ", n° ", ", nr. ", ", H. "]))
        if not early:
            sheet.add("date", rng.choice([f"{season}, {year}", f"{season} {year}", year]), ")", " (")
        sheet.add("pages", pages, "", rng.choice([", ", ": ", ", pp. ", ", p. "]))
    elif pick < 0.52:  # , mai-juin 2009; , July-September 2010, 52-58
        months = rng.choice([MONTHS, MONTHS, *OTHER_MONTHS.values()])
        at = rng.randint(0, 9)
        date = rng.choice([f"{months[at]}-{months[at + 2]} {year}", f"{months[at]} {year}", f"{rng.randint(1, 28)} {months[at]} {year}"])  # fmt: skip
        sheet.add("date", date, "", ", ")
        if rng.random() < 0.6:
            sheet.add("pages", pages, "", rng.choice([", ", ", p. ", ": ", ", pp. ", ", S. "]))
    elif pick < 0.64:  # , 21, 1958, 138-145
        sheet.add("volume", volume, "", rng.choice([", ", " ", ", vol. ", ", Bd. "]))
        if rng.random() < 0.4:
            sheet.add("issue", issue, "", rng.choice([", ", "/", ".", ", nº "]))
        sheet.add("date", year, "", rng.choice([", ", " (", ", "]))
        sheet.raw(")" if sheet.pieces[-3][1] == " (" else "")
        sheet.add("pages", pages, "", rng.choice([", ", ", p. ", ", S. ", ", pp. "]))
    elif pick < 0.76:  # 44:15: 5679
        sheet.raw(", " if rng.random() < 0.6 else " ").add("volume", volume)
        sheet.add("issue", issue, "", rng.choice([":", ": ", ", "]))
        sheet.add("pages", pages, "", rng.choice([": ", ":", ", "]))
        if not early:
            sheet.add("date", year, rng.choice([")", ""]), rng.choice([" (", ", "]))
    elif pick < 0.88:  # , 2007/3, n°95, p. 3-14
        sheet.add("date", year, "", ", ")
        sheet.add("issue", issue, "", rng.choice([", n° ", ", n°", ", no. ", ", nr ", ", №", ", H. "]))
        sheet.add("pages", pages, "", rng.choice([", p. ", ", p.", ", pp. ", ", s. ", ", S. "]))
    else:  # (38): 284-311; 3 145-159
        sheet.add("volume", volume, *rng.choice([(")", " ("), ("", " ")]))
        sheet.add("pages", pages, "", rng.choice([": ", " ", ", "]))
        if not early and rng.random() < 0.8:
            sheet.add("date", year, ")", " (")
