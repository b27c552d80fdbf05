"""Books, chapters, papers of conferences, theses, reports, pages, news, patents, laws … printed with labels."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from training.pages import address, page
from training.people import FORMS, names_in, one_name, people_of
from training.plain_pages import plain_page
from training.pools import IMPRINTS, PAPERS, UNIVERSITIES, Pools
from training.sheet import (
    MONTHS,
    OTHER_MONTHS,
    Sheet,
    full,
    joined,
    natural,
    pages_in,
)

Printer = Callable[[random.Random, Pools], Sheet]
EDITIONS = ("2nd ed.", "3rd ed.", "2nd edn", "4th edition", "5th ed", "Rev. ed.", "10th ed.", "1st edn.", "2. Aufl.", "3e éd.", "2nd rev. ed.", "6th ed.", "Second edition", "2ª ed.", "3. ed.", "International ed.", "new ed.")  # fmt: skip


def book_title(rng: random.Random, pools: Pools) -> str:
    pool = (
        pools.book_titles if rng.random() < 0.6 else pools.containers if rng.random() < 0.6 else pools.titles
    )
    return rng.choice(pool).rstrip(". ")


def imprint_of(rng: random.Random, pools: Pools) -> tuple[str, str]:
    """Return a publisher and its place."""
    pick = rng.random()
    if pick < 0.4:
        name, place = rng.choice(IMPRINTS)
    elif pick < 0.9:
        name, place = rng.choice(pools.imprints)
    else:
        name, place = rng.choice(pools.houses)[0], rng.choice(IMPRINTS)[1]
    if rng.random() < 0.08:  # MLA: "Cambridge UP", "U of Illinois P"
        name = re.sub(r"University of (.+) Press", r"U of \1 P", name).replace("University Press", "UP")
    return name, place


def put_imprint(rng: random.Random, sheet: Sheet, place: str, publisher: str, year: str, form: str) -> None:
    """Add place, publisher and, where `year` is given, the date behind them."""
    if form == "medical":
        sheet.add("place", place, ": ").add("publisher", publisher).raw("; " if year else "").add(
            "date", year
        )
    elif form == "notes":
        sheet.raw("(").add("place", place, ": ").add("publisher", publisher, ", " if year else "").add(
            "date", year
        ).raw(")")
    elif form == "capital":
        pick = rng.random()
        if pick < 0.5:
            sheet.add("place", place, ", ").add("publisher", publisher, ", " if year else "").add(
                "date", year
            )
        elif pick < 0.75:
            sheet.add("publisher", publisher, ", ").add("place", place, ", " if year else "").add(
                "date", year
            )
        else:
            sheet.add("place", place, rng.choice([" : ", ": "])).add(
                "publisher", publisher, ", " if year else ""
            ).add("date", year)
    elif form == "german" and rng.random() < 0.5:
        sheet.add("place", place if place else publisher, " " if year else "").add("date", year)
    elif rng.random() < 0.25 and not year:
        sheet.add("publisher", publisher)
    elif rng.random() < 0.2:
        sheet.add("publisher", publisher, ", " if place or year else "").add(
            "place", place, ", " if year else ""
        ).add("date", year)
    else:
        sheet.add("place", place, ": ").add("publisher", publisher, ", " if year else "").add("date", year)


def book(rng: random.Random, pools: Pools) -> Sheet:
    """A book, in all families of styles."""
    sheet = Sheet()
    form = rng.choice(FORMS)
    people = people_of(rng, pools)
    publisher, place = imprint_of(rng, pools)
    year = str(rng.randint(1880, 2025))
    editors = rng.random() < (0.3 if form == "medical" else 0.13)
    names = names_in(rng, people, form)
    if not editors and rng.random() < 0.14:
        names = rng.choice(pools.houses)[0] if rng.random() < 0.8 else one_name(rng)
    mark = (
        rng.choice(
            [
                ", editors",
                ", eds",
                " (Eds.)",
                " (ed.)",
                ", ed.",
                " (Hrsg.)",
                ", eds.",
                ", editors",
                ", editor",
            ]
        )
        if editors
        else ""
    )
    early = form in ("apa", "harvard") or (form in ("german", "natural", "full") and rng.random() < 0.4)
    if rng.random() > 0.05:
        sheet.add("editor" if editors else "author", names + mark)
        if early:
            sheet.raw(" ").add(
                "date", year, rng.choice(["). ", ") ", "), ", "): "]), "("
            ) if rng.random() < 0.75 else sheet.stop().add("date", year, ". ")
        elif form in ("notes", "natural", "capital"):
            sheet.raw(", " if rng.random() < 0.8 else ". ")
        else:
            sheet.stop(":" if form == "german" else ".")
    else:
        early = False
    title = book_title(rng, pools)
    quote = rng.choice([("", "")] * 8 + [("“", "”"), ("« ", " »")])
    sheet.raw(quote[0]).add("title", title).raw(quote[1])
    if rng.random() < 0.06:
        sheet.raw(rng.choice([". ", ", "])).raw(
            f"{rng.choice(['Trans.', 'Translated by', 'trans.', 'trad.'])} {names_in(rng, people_of(rng, pools, 1), 'notes')}",
            "translator",
        )
    elif rng.random() < 0.08 and not editors:
        lead = rng.choice(["Edited by ", "Ed. ", "ed. ", "edited by ", "Eds. ", "ed. by "])
        sheet.raw(". " if lead[0] == "E" else ", ").raw(
            lead + joined([full(n) for n in people_of(rng, pools, 3)], ", ", " and "), "editor"
        )
    if rng.random() < 0.25:
        edition = rng.choice(EDITIONS)
        if form == "apa" or rng.random() < 0.2:
            sheet.raw(" (").raw(edition, "edition").raw(")")
        else:
            sheet.raw(", " if form in ("notes", "natural", "capital") else ". ").raw(edition, "edition")
    if rng.random() < 0.06:
        sheet.raw(rng.choice([" (", ", "])).raw(
            rng.choice(["Vol. 2", "vol. 3", "2 vols.", "Bd. 1", "tome II"]), "volume"
        ).raw(")" if sheet.pieces[-2][1] == " (" else "")
    if form == "notes":
        sheet.raw(" ")
    elif form in ("capital", "natural") and rng.random() < 0.75:
        sheet.raw(", ")
    else:
        sheet.stop()
    if rng.random() < 0.04 and pools.series:
        sheet.add("series", rng.choice(pools.series), rng.choice([". ", ", "]))
    put_imprint(rng, sheet, place if rng.random() < 0.85 else "", publisher, "" if early else year, form)
    if rng.random() < 0.1:
        sheet.raw(rng.choice([". ", ", "])).raw(
            rng.choice(
                [
                    f"{rng.randint(80, 900)} p",
                    f"{rng.randint(80, 900)} pages",
                    f"p. {rng.randint(1, 300)}-{rng.randint(301, 400)}",
                    f"{rng.randint(3, 300)}",
                ]
            ),
            "pages",
        )
    sheet.raw(rng.choice([".", ".", "", ". Print."]))
    if rng.random() < 0.05:
        sheet.raw(
            f" ISBN 978-0-{rng.randint(10, 99)}-{rng.randint(10**5, 10**6 - 1)}-{rng.randint(0, 9)}", "id"
        )
    return sheet


def chapter(rng: random.Random, pools: Pools) -> Sheet:
    """A chapter of a book with editors."""
    sheet = Sheet()
    form = rng.choice(FORMS)
    publisher, place = imprint_of(rng, pools)
    place = place if rng.random() < 0.85 else ""
    year = str(rng.randint(1900, 2025))
    names = names_in(rng, people_of(rng, pools), form)
    title = rng.choice(pools.titles).rstrip(". ")
    host = rng.choice(pools.containers if rng.random() < 0.7 else pools.book_titles).rstrip(". ")
    editors = people_of(rng, pools, 3) if rng.random() < 0.8 else ()
    first = rng.randint(1, 700)
    pages = pages_in(rng, f"{first}-{first + rng.randint(3, 40)}")
    sheet.add("author", names)
    many = len(editors) > 1
    if form == "medical":
        sheet.stop().add("title", title).stop().raw("In: ")
        sheet.add(
            "editor", names_in(rng, editors, form) + rng.choice([", editors", ", eds", ", editor"])
        ) if editors else None
        sheet.stop() if editors else None
        sheet.add("book", host)
        sheet.stop().add("edition", rng.choice(EDITIONS) if rng.random() < 0.3 else "", " ")
        sheet.add("volume", str(rng.randint(1, 9)) if rng.random() < 0.05 else "", ". ", "Vol ")
        put_imprint(rng, sheet, place, publisher, year, form)
        sheet.raw(rng.choice([". p. ", ":", ". pp. ", ". p ", ". "])).add("pages", pages, ".")
    elif form in ("apa", "harvard"):
        sheet.raw(" ").add("date", year, rng.choice(["). ", ") ", "), "]), "(")
        quote = rng.choice([("", "")] * 4 + [("‘", "’"), ("'", "'"), ("“", "”")])
        sheet.raw(quote[0]).add("title", title).raw(quote[1])
        sheet.raw(
            ", in " if quote[0] and rng.random() < 0.6 else ". In " if title[-1] not in "?!" else " In "
        ).raw(rng.choice(["", "", "", ": "]) if False else "")
        if editors:
            shown = (
                joined([natural(n) for n in editors], ", ", rng.choice([", & ", " & ", " and "]))
                if rng.random() < 0.7
                else names_in(rng, editors, form)
            )
            sheet.add(
                "editor",
                f"{shown} {'(Eds.)' if many else '(Ed.)'}"
                if rng.random() < 0.85
                else f"{shown} {rng.choice(['(eds)', '(eds.)', 'eds.', '(ed.)', '(Coords.)', '(Hrsg.)', '(dir.)'])}",
            )
            sheet.raw(rng.choice([", ", ", ", " "]))
        sheet.add("book", host)
        if rng.random() < 0.75:
            sheet.raw(" (").add("edition", rng.choice(EDITIONS) if rng.random() < 0.2 else "", ", ")
            sheet.add("volume", str(rng.randint(1, 30)) if rng.random() < 0.1 else "", ", ", "Vol. ").add(
                "pages", pages, "", "pp. "
            ).raw("). ")
            put_imprint(rng, sheet, place, publisher, "", form)
        else:
            sheet.raw(rng.choice([". ", ", "]))
            put_imprint(rng, sheet, place, publisher, "", form)
            sheet.add("pages", pages, "", rng.choice([", pp. ", ": ", ", "]))
        sheet.raw(".")
    elif form in ("full", "notes", "natural"):
        sheet.raw(", " if form != "full" else "").stop() if form == "full" else sheet.raw(", ")
        early = form == "full" and rng.random() < 0.35
        if early:
            sheet.add("date", year, ". ")
        open_, close = rng.choice([("“", "”"), ('"', '"'), ("‘", "’"), ("", "")])
        sheet.raw(open_).add("title", title).raw(
            "" if title[-1] in "?!" else "." if form == "full" else ","
        ).raw(f"{close} ")
        sheet.raw("In " if form == "full" else "in ").add("book", host, ", ")
        if editors:
            lead = rng.choice(["edited by ", "ed. ", "Ed. ", "eds. ", "Edited by "])
            sheet.add("editor", lead + joined([full(n) for n in editors], ", ", " and "))
            sheet.raw(rng.choice([", ", ". "]) if form != "notes" else " ")
        late = rng.random() < 0.5
        if not late and form != "notes":
            sheet.add("pages", pages, rng.choice([". ", ", "]))
        put_imprint(
            rng, sheet, place, publisher, "" if early else year, "notes" if form == "notes" else "full"
        )
        if late or form == "notes":
            sheet.add("pages", pages, "", rng.choice([", ", ". ", ": ", ", pp. "]))
        sheet.raw(".")
    else:
        early = rng.random() < 0.3
        if early:
            sheet.add("date", year, rng.choice(["): ", "). ", "), "]), " (")
        else:
            sheet.raw(": " if form == "german" else ", ")
        open_, close = rng.choice([("« ", " »"), ("", ""), ("„", "“"), ("“", "”"), ("«", "»")])
        sheet.raw(open_).add("title", title).raw(close)
        sheet.raw(rng.choice([". In: ", ", in: ", ", in ", ". In ", ", dans "]))
        if editors:
            mark = rng.choice([" (Hrsg.)", " (Hg.)", " (dir.)", " (éd.)", " (eds.)", " (org.)", " (Ed.)"])
            sheet.add("editor", names_in(rng, editors, form) + mark, rng.choice([": ", ", ", " "]))
        sheet.add("book", host, rng.choice([". ", ", "]))
        put_imprint(rng, sheet, place, publisher, "" if early else year, form)
        sheet.add("pages", pages, "", rng.choice([", S. ", ", p. ", ", pp. ", ", "])).raw(".")
    return sheet


def paper(rng: random.Random, pools: Pools) -> Sheet:
    """A paper of a conference."""
    sheet = Sheet()
    form = rng.choice(FORMS)
    names = names_in(rng, people_of(rng, pools, 5), form)
    year = str(rng.randint(1975, 2025))
    title = rng.choice(pools.titles).rstrip(". ")
    host = rng.choice(pools.conferences).rstrip(". ")
    if rng.random() < 0.35:
        host = f"{rng.choice(['Proceedings of the', 'Proc. of the', 'Proc.', 'Proceedings of'])} {rng.choice(['', '12th ', '3rd ', 'Fifth ', 'Annual ', year + ' '])}{rng.choice(['IEEE', 'ACM', 'International', 'European', 'IFIP', 'National'])} {rng.choice(['Conference on', 'Symposium on', 'Workshop on'])} {rng.choice(['Computer Vision', 'Machine Learning', 'Software Engineering', 'Robotics and Automation', 'Biomechanics', 'Artificial Intelligence', 'Human Factors'])}"
    first = rng.randint(1, 2000)
    pages = pages_in(rng, f"{first}-{first + rng.randint(3, 12)}") if rng.random() < 0.75 else ""
    place = rng.choice(IMPRINTS)[1] if rng.random() < 0.4 else ""
    publisher = (
        rng.choice(
            [
                "IEEE",
                "ACM",
                "Springer",
                "AAAI Press",
                "Morgan Kaufmann",
                "IEEE Computer Society",
                "ACM Press",
                "USENIX",
            ]
        )
        if rng.random() < 0.35
        else ""
    )
    sheet.add("author", names)
    early = form in ("apa", "harvard") or rng.random() < 0.15
    if early:
        sheet.add("date", year, rng.choice(["). ", ") ", "). "]), " (")
    elif form in ("notes", "natural"):
        sheet.raw(", " if rng.random() < 0.7 else ". ")
    else:
        sheet.stop()
    quote = ("“", ",” ") if form in ("natural", "notes") and rng.random() < 0.6 else ("", "")
    sheet.raw(quote[0]).add("title", title).raw(quote[1])
    if not quote[0]:
        sheet.stop()
    sheet.raw(rng.choice(["In ", "In: ", "in ", "", "In "])).add("book", host)
    if rng.random() < 0.1:
        sheet.add("volume", str(rng.randint(1, 12)), "", rng.choice([", volume ", ", vol. "]))
    rest: list[tuple[str, str, str]] = [("place", place, ", ")]
    if publisher and rng.random() < 0.5:
        rest = [("publisher", publisher, ", "), *rest]
        publisher = ""
    if pages and rng.random() < 0.6:
        rest.insert(0, ("pages", pages, rng.choice([", pp. ", ", pages ", " (pp. ", ", p. ", ", "])))
        pages = ""
    for label, text, before in rest:
        sheet.add(label, text, ")" if before.startswith(" (") else "", before)
    if not early:
        date = f"{rng.choice(MONTHS)} {year}" if rng.random() < 0.35 else year
        if publisher:
            sheet.add("publisher", publisher, "", ". ")
        sheet.add("date", date, "", ", ")
    elif publisher:
        sheet.add("publisher", publisher, "", ". ")
    sheet.add("pages", pages, "", rng.choice([", pp. ", ": ", ", "])).raw(".")
    return sheet


def presentation(rng: random.Random, pools: Pools) -> Sheet:
    """A talk or poster at a meeting."""
    sheet = Sheet().add("author", names_in(rng, people_of(rng, pools), "apa"), " ")
    sheet.add(
        "date",
        f"{rng.randint(1980, 2025)}, {rng.choice(MONTHS)}"
        if rng.random() < 0.6
        else str(rng.randint(1980, 2025)),
        "). ",
        "(",
    )
    sheet.add("title", rng.choice(pools.titles).rstrip(". ")).stop()
    lead = rng.choice(
        [
            "Paper presented at the ",
            "Poster session presented at the ",
            "Presented at the ",
            "Poster presented at ",
            "Paper presented at ",
        ]
    )
    sheet.add("book", lead + rng.choice(pools.conferences).rstrip(". "), ", ")
    return sheet.add("place", rng.choice(IMPRINTS)[1], ".")


def thesis(rng: random.Random, pools: Pools) -> Sheet:
    """A thesis or dissertation."""
    sheet = Sheet()
    form = rng.choice(FORMS)
    person = people_of(rng, pools, 1)[:1]
    school, place = rng.choice(UNIVERSITIES)
    year = str(rng.randint(1930, 2025))
    title = rng.choice(pools.titles + pools.book_titles).rstrip(". ")
    sheet.add("author", names_in(rng, person, form))
    kind = rng.choice(["Doctoral dissertation", "PhD thesis", "Ph.D. thesis", "Ph.D. dissertation", "Master's thesis", "MSc thesis", "Unpublished doctoral dissertation", "Thèse de doctorat", "Dissertation", "Diss.", "M.A. thesis", "Tesis doctoral", "Dissertação de Mestrado", "Tese de Doutorado", "Unpublished master's thesis", "Phil. Diss."])  # fmt: skip
    if form == "medical":
        sheet.stop().add("title", title, " ").raw(
            rng.choice(["[dissertation]", "[PhD thesis]", "[master's thesis]", "[thesis]"]), "genre"
        ).raw(". ")
        sheet.add("place", place, ": ").add("publisher", school, "; ").add("date", year, ".")
    elif form in ("apa", "harvard"):
        sheet.raw(" ").add("date", year, rng.choice(["). ", ") "]), "(").add("title", title)
        if rng.random() < 0.6:
            sheet.raw(" (").add("genre", kind)
            sheet.raw(", ").add("publisher", school).raw(")")
        elif rng.random() < 0.5:
            sheet.raw(" [").add("genre", kind).raw(", ").add("publisher", school).raw("]")
        else:
            sheet.raw(". ").add("genre", kind).raw(", ").add("publisher", school)
        sheet.add("place", place if rng.random() < 0.4 else "", "", ", ").raw(".")
    else:
        sheet.raw(", ") if form in ("notes", "natural", "capital") else sheet.stop()
        quote = rng.choice([("“", ",” "), ("", ". "), ("", ", "), ("“", ".” ")])
        sheet.raw(quote[0]).add("title", title).raw(quote[1])
        if form == "notes" and rng.random() < 0.5:
            sheet.raw("(").add("genre", kind, ", ").add("publisher", school, ", ").add("date", year, ")").raw(
                "."
            )
        else:
            sheet.add("genre", kind, ", ").add("publisher", school, ", ")
            sheet.add("place", place if rng.random() < 0.4 else "", ", ").add("date", year, ".")
    return sheet


def report(rng: random.Random, pools: Pools) -> Sheet:
    """A report, a working paper, a guideline of an organisation."""
    sheet = Sheet()
    house, _ = rng.choice(pools.houses)
    publisher, place = (
        rng.choice([rng.choice(pools.houses)[0], rng.choice(UNIVERSITIES)[0], house]),
        rng.choice(IMPRINTS)[1],
    )
    year = str(rng.randint(1970, 2025))
    title = book_title(rng, pools)
    number = rng.choice(["", "", f"Technical Report {rng.randint(1, 999)}", f"Tech. Rep. {rng.choice(['CS', 'TR', 'UCB', 'NISTIR'])}-{rng.randint(10, 9999)}", f"Working Paper No. {rng.randint(10, 30000)}", f"(Report No. {rng.randint(10, 999)})", f"NBER Working Paper {rng.randint(1000, 30000)}", f"Publication No. {rng.randint(10, 99)}-{rng.randint(10, 999)}", "Technical report", f"Discussion Paper {rng.randint(1, 999)}", f"NCHS data brief, no {rng.randint(10, 400)}"])  # fmt: skip
    author = house if rng.random() < 0.5 else ""
    form = rng.choice(["medical", "apa", "natural", "full"])
    sheet.add("author", author or names_in(rng, people_of(rng, pools), form))
    if form == "apa":
        date = (
            year
            if rng.random() < 0.7
            else f"{year}, {rng.choice(MONTHS)}" + (f" {rng.randint(1, 28)}" if rng.random() < 0.5 else "")
        )
        sheet.add("date", date, "). ", " (").add("title", title)
        sheet.add("genre", number, "", " ") if number.startswith("(") else sheet.add(
            "genre", number, "", ". "
        )
        sheet.stop()
        if rng.random() < 0.7:
            sheet.add("place", place if rng.random() < 0.5 else "", ": ").add("publisher", publisher, ".")
    else:
        sheet.raw(", ") if form == "natural" else sheet.stop()
        sheet.add("title", title).stop().add("genre", number, ". " if form != "natural" else ", ")
        if form == "natural":
            sheet.add("publisher", publisher, ", ").add(
                "place", place if rng.random() < 0.4 else "", ", "
            ).add("date", year, ".")
        else:
            sheet.add("place", place, ": ").add(
                "publisher", publisher, "; " if form == "medical" else ", "
            ).add("date", year, ".")
    if rng.random() < 0.25:
        address(rng, sheet, rng.choice(pools.houses)[1])
    return sheet


def news(rng: random.Random, pools: Pools) -> Sheet:
    """An article of a newspaper or magazine."""
    sheet = Sheet()
    name, host = rng.choice(PAPERS)
    title = rng.choice(pools.titles).rstrip(". ")
    title = " ".join(title.split()[: rng.randint(3, 14)]).rstrip(",;:.-")
    year, month, day = str(rng.randint(1930, 2026)), rng.choice(MONTHS), rng.randint(1, 28)
    people = people_of(rng, pools, 2) if rng.random() < 0.85 else ()
    form = rng.randrange(5)
    page_ = rng.choice(
        [
            "",
            "",
            f"p. {rng.choice('ABCD')}{rng.randint(1, 30)}",
            f"pp. {rng.randint(1, 40)}",
            f"{rng.choice('ABC')}{rng.randint(1, 30)}",
            f"p. {rng.randint(1, 60)}",
        ]
    )
    if form == 0:
        sheet.add("author", names_in(rng, people, "apa"), " ")
        if people:
            sheet.add("date", f"{year}, {month} {day}", "). ", "(").add("title", title).stop()
        else:
            sheet.add("title", title).stop().add("date", f"{year}, {month} {day}", "). ", "(")
        sheet.add("journal", name).add("pages", page_, "", ", ").raw(".")
    elif form == 1:
        sheet.add("author", names_in(rng, people, "full"))
        if people:
            sheet.stop()
        sheet.raw("“").add("title", title).raw(".” ").add(
            "journal", name, ", " if rng.random() < 0.7 else " "
        )
        sheet.add(
            "date",
            rng.choice([f"{month} {day}, {year}", f"{day} {month[:3]}. {year}", f"{day} {month} {year}"]),
        ).add("pages", page_, "", rng.choice([", ", ": "])).raw(".")
    elif form == 2:
        sheet.add("author", names_in(rng, people, "medical"))
        if people:
            sheet.stop()
        sheet.add("title", title).stop().add("journal", name, ". ").add(
            "date", rng.choice([f"{year} {month[:3]} {day}", f"{month} {day}, {year}"])
        )
        sheet.add("pages", page_, "", rng.choice([";", ":", ", "])).raw(".")
    elif form == 3:
        sheet.add("author", names_in(rng, people, "notes"), ", ").raw("“").add("title", title).raw(",” ")
        sheet.add("journal", name, ", ").add("date", f"{month} {day}, {year}").add(
            "pages", page_, "", ", "
        ).raw(".")
    else:
        language = rng.choice(["fr", "de", "es"])
        sheet.add("author", names_in(rng, people, "capital"), ", ").raw("« ").add("title", title).raw(
            " », "
        ).add("journal", name, ", ")
        sheet.add("date", f"{day} {OTHER_MONTHS[language][MONTHS.index(month)]} {year}").add(
            "pages", page_, "", ", "
        ).raw(".")
    if rng.random() < 0.45:
        address(rng, sheet, host)
    return sheet


def preprint(rng: random.Random, pools: Pools) -> Sheet:
    """A preprint."""
    sheet = Sheet()
    server = rng.choice(
        [
            "bioRxiv",
            "medRxiv",
            "arXiv",
            "SSRN",
            "PsyArXiv",
            "Research Square",
            "ChemRxiv",
            "SSRN Electronic Journal",
            "arXiv preprint",
        ]
    )
    year = str(rng.randint(2005, 2026))
    form = rng.choice(["medical", "apa", "natural", "full"])
    title = rng.choice(pools.titles).rstrip(". ")
    sheet.add("author", names_in(rng, people_of(rng, pools, 6), form))
    number = rng.choice(
        [
            "",
            f" arXiv:{rng.randint(10, 25):02d}{rng.randint(1, 12):02d}.{rng.randint(10000, 19999)}",
            f" https://doi.org/10.1101/20{rng.randint(19, 25)}.{rng.randint(1, 12):02d}.{rng.randint(1, 28):02d}.{rng.randint(10**5, 10**6)}",
        ]
    )
    if form == "apa":
        sheet.add("date", year, "). ", " (").add("title", title).stop().add("journal", server, ".")
    elif form == "natural":
        sheet.raw(", “").add("title", title).raw(",” ").add("journal", server, ", ").add("date", year, ".")
    else:
        sheet.stop().add("title", title).stop().add("journal", server, ". ").add(
            "date", year, rng.choice([".", " [preprint].", ". Preprint."])
        )
    return sheet.raw(number, "id")


def data_set(rng: random.Random, pools: Pools) -> Sheet:
    """A data set or a piece of software."""
    sheet = Sheet()
    year = str(rng.randint(2000, 2026))
    sheet.add(
        "author",
        names_in(rng, people_of(rng, pools), "apa") if rng.random() < 0.6 else rng.choice(pools.houses)[0],
    )
    sheet.add("date", year, "). ", " (").add("title", rng.choice(pools.titles).rstrip(". "))
    sheet.add("edition", rng.choice(["", "Version 2", "V1", "Version 1.3"]), ")", " (")
    sheet.raw(" [").raw(
        rng.choice(["Data set", "Dataset", "Computer software", "Software", "Data file"]), "genre"
    ).raw("]. ")
    sheet.add(
        "publisher",
        rng.choice(
            [
                "Zenodo",
                "Dryad",
                "figshare",
                "Harvard Dataverse",
                "GitHub",
                "PANGAEA",
                "ICPSR",
                "Mendeley Data",
                "UK Data Service",
            ]
        ),
        ".",
    )
    return sheet.raw(
        f" https://doi.org/10.5281/zenodo.{rng.randint(10**5, 10**7)}" if rng.random() < 0.7 else "", "id"
    )


def standard(rng: random.Random, pools: Pools) -> Sheet:
    """A standard, a patent, a law."""
    sheet = Sheet()
    year = str(rng.randint(1950, 2026))
    title = rng.choice(pools.titles).rstrip(". ")
    kind = rng.randrange(3)
    if kind == 0:
        body, place = rng.choice(
            [
                ("International Organization for Standardization", "Geneva"),
                ("ISO", "Geneva"),
                ("ASTM International", "West Conshohocken, PA"),
                ("IEEE", "New York"),
                ("British Standards Institution", "London"),
                ("DIN", "Berlin"),
            ]
        )
        number = f"{rng.choice(['ISO', 'ASTM', 'IEEE Std', 'BS EN', 'DIN', 'ISO/IEC'])} {rng.randint(100, 99999)}{rng.choice(['', '-1', ':' + year])}"
        if rng.random() < 0.5:
            sheet.add("author", body, ". ").add("title", f"{number}: {title}").stop().add(
                "place", place, ": "
            ).add("publisher", body, rng.choice(["; ", ", "])).add("date", year, ".")
        else:
            sheet.add("author", body, " ").add("date", year, "). ", "(").add("title", title, " ").raw(
                "("
            ).add("genre", f"Standard No. {number}").raw("). ").add("publisher", body, ".")
    elif kind == 1:
        number = f"{rng.choice(['U.S. Patent No.', 'US Patent', 'U.S. Patent', 'European Patent', 'Patent US', 'German Patent'])} {rng.randint(1, 11)},{rng.randint(100, 999)},{rng.randint(100, 999)}"
        if rng.random() < 0.5:
            sheet.add("author", names_in(rng, people_of(rng, pools, 3), "apa"), " ").add(
                "date", year, "). ", "("
            ).add("title", title).raw(". ").add("genre", number, ".")
        else:
            sheet.add("author", names_in(rng, people_of(rng, pools, 3), "natural"), ", ").raw("“").add(
                "title", title
            ).raw(",” ").add("genre", number, ", ").add(
                "date", f"{rng.choice(MONTHS)[:3]}. {rng.randint(1, 28)}, {year}", "."
            )
    else:
        name = rng.choice(
            [
                "Patient Protection and Affordable Care Act",
                "Health Insurance Portability and Accountability Act",
                "Clean Air Act",
                "Data Protection Act",
                "Civil Rights Act",
                "Americans with Disabilities Act",
                "Human Tissue Act",
            ]
        )
        tail = rng.choice(
            [
                f"Pub. L. No. {rng.randint(80, 117)}-{rng.randint(1, 400)}, {rng.randint(60, 135)} Stat. {rng.randint(1, 4000)}",
                f"{rng.randint(1, 50)} U.S.C. § {rng.randint(1, 20000)}",
                f"c. {rng.randint(1, 60)}",
            ]
        )
        sheet.add("title", f"{name} of {year}" if rng.random() < 0.5 else name, ", ").raw(tail, "note").raw(
            " "
        ).add("date", year, ").", "(")
    return sheet


#: Printers of everything else and how often each is used.
OTHERS: tuple[tuple[Printer, int], ...] = (
    (book, 28), (chapter, 26), (paper, 14), (presentation, 2), (thesis, 7), (report, 8), (page, 20), (plain_page, 18), (news, 8), (preprint, 4), (data_set, 2), (standard, 3),
)  # fmt: skip
