"""Journal articles printed in the styles of the world, with labels."""

from __future__ import annotations

import random
from collections.abc import Callable

from training.humanities import humanities
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
    short,
)
from training.variety import GROUPS

Printer = Callable[[random.Random, Article], Sheet]


def date_words(rng: random.Random, work: Article, form: str = "en") -> str:
    """Return month and day as far as they are known, abbreviated or not."""
    if not work.month:
        return ""
    months = OTHER_MONTHS.get(form, MONTHS)
    month = months[work.month - 1]
    return month if form != "en" or rng.random() < 0.4 else month[:3] + rng.choice(["", "."])


def dotted(rng: random.Random, work: Article) -> str:
    """Return the journal, in full or abbreviated, with or without full stops."""
    pick = rng.random()
    if pick < 0.4:
        return work.journal
    if pick < 0.65 or work.short == work.journal:
        return work.short
    words = zip_words(work.journal, work.short)
    return " ".join(f"{w}." if cut else w for w, cut in words) if words else work.short


def zip_words(journal: str, shorted: str) -> list[tuple[str, bool]]:
    """Tell which words of an abbreviation are cut."""
    whole = {w.casefold() for w in journal.split()}
    return [(w, w.casefold() not in whole and w.isalpha()) for w in shorted.split()]


def title_in(rng: random.Random, work: Article) -> str:
    """Return the title, now and then in capitals, headline case or brackets."""
    title = work.title.rstrip(". ")
    if rng.random() < 0.05:  # an editorial, a letter, a review in two words
        title = " ".join(title.split()[: rng.randint(1, 3)]).rstrip(",;:.-(")
        title += rng.choice(["", "", "!", "?"])
    pick = rng.random()
    if pick < 0.06:
        title = " ".join(w[:1].upper() + w[1:] if len(w) > 3 else w for w in title.split())
    elif pick < 0.08:
        title = title.upper()
    elif pick < 0.1:
        title = f"[{title}]"
    return title


def ends(rng: random.Random, sheet: Sheet, work: Article) -> Sheet:
    """Add what stands behind the locator: identifiers, Epub, language, type of publication."""
    pick = rng.random()
    if pick < 0.3:
        sheet.raw(
            rng.choice(
                [" doi: ", " doi:", " DOI: ", " https://doi.org/", " DOI ", ", doi:", " http://dx.doi.org/"]
            )
        )
        sheet.raw(work.doi, "id").raw(rng.choice([".", "", "."]))
        if rng.random() < 0.25:
            sheet.raw(f" Epub {work.year} {rng.choice(MONTHS)[:3]} {rng.randint(1, 28)}.")
    if 0.2 < pick < 0.36:
        sheet.raw(f" PMID: {rng.randint(10**6, 39 * 10**6)}", "id")
        sheet.raw(rng.choice([".", "", f"; PMCID: PMC{rng.randint(10**6, 10**7)}."]))
    if rng.random() < 0.12:
        tail = rng.choice(
            ["Review.", "Review.", "Review. ", "Clinical Trial.", "Comment.", "Case Reports.", "Review. Erratum in: "
             f"{work.short}. {work.year + 1};{rng.randint(1, 99)}:{rng.randint(1, 999)}.", "[Article in German]", "Print.",
             "Abstract", "English.", "PubMed"]
        )  # fmt: skip
        sheet.raw(" ").raw(tail, "note")
    elif rng.random() < 0.08:
        sheet.raw(rng.choice([" Available at: ", " Available from: ", " Retrieved from "]))
        sheet.raw(f"https://www.example.org/{rng.randint(1, 999)}/{work.doi[-5:]}", "id")
        if rng.random() < 0.5:
            sheet.raw(f" Accessed {rng.choice(MONTHS)} {rng.randint(1, 28)}, {work.year + 1}.")
    return sheet


def compact(rng: random.Random, sheet: Sheet, work: Article, colon: str) -> None:
    """Add "2015 Jan;33(1):146-56" in its variants."""
    date = str(work.year)
    if work.month and rng.random() < 0.55:
        date += f" {MONTHS[work.month - 1][:3]}"
        if work.day and rng.random() < 0.6:
            date += f" {work.day}"
            if rng.random() < 0.06:  # EndNote's "Jan 20 2010;28(3)"
                month = MONTHS[work.month - 1][:3]
                date = rng.choice([f"{month} {work.day} {work.year}", f"{work.day} {month} {work.year}", f"{month} {work.year}"])  # fmt: skip
        elif rng.random() < 0.15:
            date += f"-{MONTHS[work.month % 12][:3]}"
    elif rng.random() < 0.03:
        date += " " + rng.choice(["Spring", "Summer", "Fall", "Winter"])
    sheet.add("date", date)
    gap = rng.choice(["", "", "", " "])
    if work.volume or work.issue:
        sheet.raw(";" + gap if rng.random() < 0.93 else ", ")
    issue = work.issue
    sheet.add("volume", work.volume)
    if rng.random() < 0.05 and work.volume:
        part = rng.choice(["Suppl 1", "Suppl", "Suppl 2", "Supplement", "Pt 2", "Spec No"])
        if rng.random() < 0.5:
            sheet.raw(" ").raw(part, "issue")
        else:
            sheet.raw("(").raw(f"{issue + ' ' if issue and rng.random() < 0.5 else ''}{part}", "issue").raw(
                ")"
            )
    elif issue and (rng.random() < 0.85 or not work.volume):
        sheet.add("issue", issue, ")", " (" if gap and rng.random() < 0.5 else "(")
    sheet.add("pages", pages_in(rng, work.pages), "", colon + gap)
    sheet.raw(".")


def medical(rng: random.Random, work: Article) -> Sheet:
    """Vancouver, NLM, PubMed, AMA and their relatives."""
    sheet = Sheet()
    most, keep = rng.choice([(6, 6), (6, 3), (99, 6), (99, 6), (3, 3), (5, 5), (1, 1)])
    names = [short(n) for n in work.people]
    last = ", " if rng.random() < 0.93 else rng.choice([" and ", ", and ", " & "])
    authors = joined(names, ", ", last, most, keep, rng.choice(["et al", "et al", "et al."]))
    if authors and rng.random() < 0.03:
        authors += rng.choice(["; ", ", ", " for the ", "; for the ", " on behalf of the "]) + rng.choice(
            GROUPS
        )
    title = title_in(rng, work)
    journal = work.short if rng.random() < 0.75 else work.journal
    if rng.random() < 0.08:
        journal = dotted(rng, work)
    form = rng.random()
    if form < 0.64:
        sheet.add("author", authors)
        if authors:
            sheet.stop(":" if rng.random() < 0.07 else ".")
        sheet.add("title", title).stop()
        sheet.add("journal", journal).raw(". " if rng.random() < 0.8 else " ")
        compact(rng, sheet, work, ":")
    elif form < 0.87:
        sheet.add("title", title).stop().add("author", authors)
        if authors:
            sheet.stop()
        sheet.add("journal", journal).raw(". ")
        compact(rng, sheet, work, ":")
    elif form < 0.9:
        sheet.add("journal", journal).raw(". ")
        compact(rng, sheet, work, ":")
        sheet.raw(" ").add("author", authors)
        if authors:
            sheet.stop()
        sheet.add("title", title).raw(".")
    elif form < 0.92:
        sheet.add("journal", journal).raw(rng.choice([". ", " ", ", "]))
        compact(rng, sheet, work, ":")
    elif form < 0.96:
        sheet.add("author", authors)
        if authors:
            sheet.stop()
        sheet.add("title", title).stop().add("journal", journal).raw(". ").add("date", str(work.year)).raw(
            "."
        )
    else:  # BMC: "Smith JA: Title. J Abbr 2015, 33:1-9."
        sheet.add("author", authors, ": ").add("title", title).stop()
        sheet.add("journal", journal, " ").add("date", str(work.year), ", ")
        sheet.add("volume", work.volume).add("issue", work.issue, ")", "(")
        sheet.add("pages", pages_in(rng, work.pages), "", ":").raw(".")
    return ends(rng, sheet, work)


def year_first(rng: random.Random, sheet: Sheet, work: Article) -> None:
    """Add the date behind the authors: (2012), (2012a), (2012, March 3), 2012."""
    year = str(work.year) + (rng.choice("abc") if rng.random() < 0.05 else "")
    if work.month and rng.random() < 0.08:
        year += f", {MONTHS[work.month - 1]}" + (f" {work.day}" if work.day and rng.random() < 0.6 else "")
    sheet.add("date", year, ")", "(")


def apa(rng: random.Random, work: Article) -> Sheet:
    """APA 6 and 7, and what other languages make of it."""
    sheet = Sheet()
    names = [inverted(n, rng.choice([". ", ". ", "."])) for n in work.people]
    last = rng.choice(
        [", & ", ", & ", ", & ", " & ", ", and ", " and ", " y ", ", y ", " et ", " und ", " e "]
    )
    if len(names) > 8 and rng.random() < 0.6:
        names = [*names[:6], "... " + names[-1]] if rng.random() < 0.5 else names
        authors = ", ".join(names) if names[-1].startswith("...") else joined(names, ", ", last, 7, 6)
    else:
        authors = joined(names, ", ", last, rng.choice([99, 99, 20, 6]), 6)
    title = title_in(rng, work)
    if authors:
        sheet.add("author", authors, " ")
        year_first(rng, sheet, work)
        sheet.raw(rng.choice([". ", ". ", ". ", " ", ", "])).add("title", title)
    else:
        sheet.add("title", title).stop()
        year_first(rng, sheet, work)
    sheet.stop()
    sheet.add("journal", work.journal if rng.random() < 0.9 else dotted(rng, work), ", ")
    sheet.add("volume", work.volume)
    if rng.random() < 0.75:
        sheet.add("issue", work.issue, ")", rng.choice(["(", " ("]))
    if work.pages:
        mark = rng.choice([", ", ", ", ", ", ", pp. ", ": ", ":"])
        if not work.pages[0].isdigit() or (len(work.pages) > 4 and "-" not in work.pages):
            mark = rng.choice([", ", ", Article ", ", "])
        sheet.add("pages", pages_in(rng, work.pages), "", mark)
    sheet.raw(".")
    return ends(rng, sheet, work)


def harvard(rng: random.Random, work: Article) -> Sheet:
    """Harvard, Elsevier's author-date, Cell, and author-date styles without brackets."""
    sheet = Sheet()
    form = rng.randrange(6)
    dots = rng.choice([".", ". "])
    names = [inverted(n, dots) if form != 4 else short(n) for n in work.people]
    last = rng.choice([" and ", ", and ", " & ", ", ", ", & "])
    sheet.add("author", joined(names, ", ", last, rng.choice([99, 99, 3]), rng.choice([1, 3])))
    title = title_in(rng, work)
    if form == 0:  # Smith, J.A. and Brown, C. (2012) 'Title', Journal, 33(1), pp. 1-9.
        quotes = rng.choice(["''", "‘’", "‘’", "“”"])
        sheet.add("date", str(work.year), ") ", " (" if work.people else "(")
        sheet.raw(quotes[0]).add("title", title).raw(
            rng.choice([f"{quotes[1]}, ", f",{quotes[1]} ", f"{quotes[1]} "])
        )
        sheet.add("journal", work.journal, ", ")
        sheet.add("volume", work.volume, "", rng.choice(["", "vol. ", "Vol. "]))
        sheet.add("issue", work.issue, *((")", "(") if rng.random() < 0.5 else ("", ", no. ")))
        sheet.add("pages", pages_in(rng, work.pages), "", rng.choice([", pp. ", ", pp.", ", "])).raw(".")
    elif form == 1:  # Smith, J.A., Brown, C., 2012. Title. Journal 33, 1–9.
        sheet.add("date", str(work.year), rng.choice([". ", ". ", ", "]), ", " if work.people else "")
        sheet.add("title", title).stop().add("journal", dotted(rng, work), rng.choice([" ", ", "]))
        sheet.add("volume", work.volume).add(
            "issue", work.issue if rng.random() < 0.5 else "", ")", rng.choice([" (", "("])
        )
        sheet.add(
            "pages", pages_in(rng, work.pages), "", rng.choice([", ", ", pp. ", ": ", ":", ", pp."])
        ).raw(".")
    elif form == 2:  # Smith, J.A., and Brown, C. (2012). Title. J. Abbr. 33, 1–9.
        sheet.add("date", str(work.year), rng.choice([") ", "). "]), " (")
        sheet.add("title", title).stop().add("journal", dotted(rng, work), rng.choice([" ", ", "]))
        sheet.add("volume", work.volume).add(
            "issue", work.issue if rng.random() < 0.4 else "", ")", rng.choice([" (", "("])
        )
        sheet.add("pages", pages_in(rng, work.pages), "", rng.choice([", ", ": ", ":"])).raw(".")
    elif form == 3:  # Smith, J.A. 2012. Title. Journal 33: 1-9
        sheet.add("date", str(work.year), ". ", " " if sheet.text.endswith(".") else ". ")
        sheet.add("title", title).stop().add("journal", dotted(rng, work), rng.choice([" ", ", ", ". "]))
        sheet.add("volume", work.volume).add(
            "issue", work.issue if rng.random() < 0.4 else "", ")", rng.choice([" (", "("])
        )
        sheet.add("pages", pages_in(rng, work.pages), "", rng.choice([": ", ":", ", "])).raw(
            rng.choice([".", ""])
        )
    elif form == 5:  # Smith, J.A., and Brown, C., Title. Journal, v. 33, no. 1, p. 1-9. 2012.
        sheet.raw(", ").add("title", title + rng.choice(["", "", " (in Russian)", " (abstract)"])).raw(
            rng.choice([". ", ", ", ": "])
        )
        sheet.add("journal", work.journal, ", ").add(
            "volume", work.volume, "", rng.choice(["v. ", "v.", "vol. ", "V. "])
        )
        sheet.add("issue", work.issue, "", rng.choice([", no. ", ", n. ", ", no."]))
        sheet.add("pages", pages_in(rng, work.pages), "", rng.choice([", p. ", ", pp. ", ", "]))
        sheet.add("date", str(work.year), rng.choice([".", ""]), rng.choice([". ", ", "]))
    else:  # Smith JA, Brown C (2012) Title. J Abbr 33(1):1–9
        sheet.add("date", str(work.year), rng.choice([") ", ") ", "): ", ").  "]), " (")
        sheet.add("title", title).stop().add("journal", dotted(rng, work), rng.choice([" ", ". "]))
        sheet.add("volume", work.volume).add(
            "issue", work.issue if rng.random() < 0.6 else "", ")", rng.choice([" (", "("])
        )
        sheet.add("pages", pages_in(rng, work.pages), "", rng.choice([":", ": ", ", "])).raw(
            rng.choice([".", ""])
        )
    return ends(rng, sheet, work)


def quoted(rng: random.Random, work: Article) -> Sheet:
    """Chicago, MLA and IEEE: the title in quotation marks."""
    sheet = Sheet()
    open_, close = rng.choice([("“", "”"), ("“", "”"), ('"', '"'), ("‘", "’")])
    title = " ".join(w[:1].upper() + w[1:] if len(w) > 3 else w for w in work.title.rstrip(". ").split())
    title = title if rng.random() < 0.6 else work.title.rstrip(". ")
    form = rng.randrange(6)
    if form == 0:  # IEEE
        names = [natural(n, rng.choice([". ", "."])) for n in work.people]
        sheet.add(
            "author",
            joined(names, ", ", rng.choice([" and ", ", and "]), rng.choice([6, 99]), rng.choice([1, 3])),
            ", ",
        )
        sheet.raw(open_).add("title", title).raw(f",{close} ").add("journal", dotted(rng, work), ", ")
        sheet.add("volume", work.volume, ", ", "vol. ").add("issue", work.issue, ", ", "no. ")
        month = date_words(rng, work)
        if rng.random() < 0.7:
            sheet.add("pages", pages_in(rng, work.pages), ", ", "pp. " if "-" in work.pages else "p. ")
            sheet.add("date", f"{month} {work.year}".strip()).raw(".")
        else:
            sheet.add("date", f"{month} {work.year}".strip(), ", ").add(
                "pages", pages_in(rng, work.pages), "", "pp. "
            ).raw(".")
    elif form in (1, 2):  # Chicago's bibliography and MLA
        names = [full_inverted(n) if not i else full(n) for i, n in enumerate(work.people)]
        authors = joined(
            names, ", ", rng.choice([", and ", " and "]), rng.choice([10, 3, 2]), rng.choice([1, 3])
        )
        sheet.add("author", authors)
        if authors:
            sheet.stop()
        sheet.raw(open_).add("title", title).raw("" if title[-1] in "?!" else ".").raw(f"{close} ")
        sheet.add("journal", work.journal)
        month = date_words(rng, work)
        date = f"{month} {work.year}".strip()
        if form == 1:
            sheet.add("volume", work.volume, "", " ").add("issue", work.issue, "", ", no. ")
            sheet.add("date", date, ")", " (").add("pages", pages_in(rng, work.pages), "", ": ").raw(".")
        elif rng.random() < 0.6:
            sheet.add("volume", work.volume, "", ", vol. ").add("issue", work.issue, "", ", no. ")
            sheet.add("date", date, "", ", ").add("pages", pages_in(rng, work.pages), "", ", pp. ").raw(".")
        else:
            if work.volume and work.issue.isdigit():
                sheet.raw(" ").raw(f"{work.volume}", "volume").raw(".").raw(work.issue, "issue")
            else:
                sheet.add("volume", work.volume, "", " ")
            sheet.add("date", date, ")", " (").add("pages", pages_in(rng, work.pages), "", ": ").raw(".")
            sheet.raw(
                rng.choice(
                    [
                        "",
                        " Print.",
                        " Web.",
                        f" Web. {rng.randint(1, 28)} {rng.choice(MONTHS)[:3]}. {work.year + 1}.",
                    ]
                )
            )
    elif form == 3:  # Chicago's author-date
        names = [full_inverted(n) if not i else full(n) for i, n in enumerate(work.people)]
        authors = joined(names, ", ", ", and ", 10, 7)
        sheet.add("author", authors)
        if authors:
            sheet.stop().add("date", str(work.year), ". ")
        sheet.raw(open_).add("title", title).raw("" if title[-1] in "?!" else ".").raw(f"{close} ")
        if not authors:
            sheet.add("date", str(work.year), ". ")
        sheet.add("journal", work.journal).add("volume", work.volume, "", " ")
        sheet.add("issue", work.issue if rng.random() < 0.6 else "", ")", " (")
        sheet.add("pages", pages_in(rng, work.pages), "", rng.choice([": ", ":", ", "])).raw(".")
    elif form == 4:  # Chicago's notes
        names = [full(n) for n in work.people]
        sheet.add("author", joined(names, ", ", rng.choice([" and ", ", and "]), 3, 1), ", ")
        sheet.raw(open_).add("title", title).raw(f",{close} ").add("journal", work.journal)
        sheet.add("volume", work.volume, "", " ").add("issue", work.issue, "", ", no. ")
        sheet.add("date", f"{date_words(rng, work)} {work.year}".strip(), ")", " (")
        sheet.add("pages", pages_in(rng, work.pages), "", rng.choice([": ", ", "])).raw(".")
    else:  # author-date with quotation marks, humanities
        names = [inverted(n) for n in work.people]
        sheet.add("author", joined(names, ", ", rng.choice([" and ", " & ", ", and "])), " ")
        sheet.add("date", str(work.year), rng.choice([") ", "), ", "): "]), "(")
        sheet.raw(open_).add("title", title).raw(rng.choice([f"{close}, ", f",{close} ", f".{close} "]))
        sheet.raw(rng.choice(["", "", "in "])).add("journal", work.journal, rng.choice([", ", " "]))
        sheet.add("volume", work.volume, "", rng.choice(["", "Vol. ", "vol. "]))
        sheet.add("issue", work.issue, *rng.choice([(")", "("), ("", ", No. "), ("", "/"), (")", " (")]))
        sheet.add("pages", pages_in(rng, work.pages), "", rng.choice([", pp. ", ", ", ": "])).raw(".")
    return ends(rng, sheet, work) if form in (0, 1, 3, 5) else sheet


def physical(rng: random.Random, work: Article) -> Sheet:
    """ACS, AIP, Elsevier's numbers, Nature, Science, Springer's computer science, RSC."""
    sheet = Sheet()
    form = rng.randrange(7)
    titled = rng.random() < 0.55
    title = title_in(rng, work) if titled else ""
    journal = dotted(rng, work) if rng.random() < 0.85 else work.journal
    dash = pages_in(rng, work.pages) if rng.random() < 0.75 else work.pages.split("-")[0]
    year = str(work.year)
    dots = rng.choice([". ", "."])
    if form == 0:  # ACS
        names = [inverted(n, dots) for n in work.people]
        sheet.add("author", joined(names, "; ", "; ", rng.choice([10, 99]), 10))
        sheet.raw(" " if sheet.text.endswith(".") else ". " if sheet.text else "")
        if title:
            sheet.add("title", title).stop()
        sheet.add("journal", journal, rng.choice([" ", ", "])).add("date", year, ", ")
        sheet.add("volume", work.volume).add("issue", work.issue if rng.random() < 0.6 else "", ")", " (")
        sheet.add("pages", dash, "", ", ").raw(".")
    elif form == 1:  # AIP
        names = [natural(n, dots) for n in work.people]
        sheet.add("author", joined(names, ", ", rng.choice([" and ", ", and ", ", "]), 10, 1), ", ")
        if title:
            quote = rng.choice([("“", ",” "), ("", ", ")])
            sheet.raw(quote[0]).add("title", title).raw(quote[1])
        sheet.add("journal", journal, " ")
        sheet.add("volume", work.volume).add("issue", work.issue if rng.random() < 0.2 else "", ")", "(")
        sheet.add("pages", dash, "", ", " if work.volume else "").add("date", year, ")", " (").raw(".")
    elif form == 2:  # Elsevier's numbers
        names = [natural(n, dots) for n in work.people]
        sheet.add("author", joined(names, ", ", ", ", rng.choice([6, 99]), 6), ", ").add("title", title, ", ")
        sheet.add("journal", journal, " ").add("volume", work.volume, " ").add("date", year, ")", "(")
        sheet.add("pages", dash, "", " ").raw(".")
    elif form == 3:  # Nature
        names = [inverted(n, dots) for n in work.people]
        sheet.add("author", joined(names, ", ", " & ", 5, 1))
        if names:
            sheet.stop()
        if title:
            sheet.add("title", title).stop()
        sheet.add("journal", journal, " ").add("volume", work.volume, ", ").add("pages", dash, " ")
        sheet.add("date", year, ")", "(").raw(".")
    elif form == 4:  # Science
        names = [natural(n, dots) for n in work.people]
        sheet.add("author", joined(names, ", ", ", ", 5, 1), ", ")
        if title:
            sheet.add("title", title).stop()
        sheet.add("journal", journal, " ").add("volume", work.volume, ", ").add("pages", dash, " ")
        sheet.add("date", year, ")", "(").raw(".")
    elif form == 5:  # Springer's computer science
        names = [inverted(n, "." if dots == "." else ". ") for n in work.people]
        sheet.add("author", joined(names, ", ", rng.choice([", ", ", ", " and "])), ": ")
        if title:
            sheet.add("title", title).stop()
        sheet.add("journal", journal, " ").add("volume", work.volume).add("issue", work.issue, ")", "(")
        sheet.add("pages", dash, " ", ", ").add("date", year, ")", "(").raw(rng.choice([".", ""]))
    else:  # RSC
        names = [natural(n, dots) for n in work.people]
        sheet.add("author", joined(names, ", ", rng.choice([" and ", ", "])), ", ")
        sheet.add("title", title, ", ")
        sheet.add("journal", journal, ", ").add("date", year, ", ").add("volume", work.volume, ", ").add(
            "pages", dash
        ).raw(".")
    return ends(rng, sheet, work)


def of_other_languages(rng: random.Random, work: Article) -> Sheet:
    """French, German, Brazilian, Russian and Spanish forms."""
    sheet = Sheet()
    title = work.title.rstrip(". ")
    form = rng.randrange(5)
    pages = pages_in(rng, work.pages)
    if form == 0:
        big = rng.random() < 0.5
        names = [full_inverted(n) if rng.random() < 0.5 else short(n, ".") for n in work.people]
        names = [
            n.partition(",")[0].upper() + "," + n.partition(",")[2] if big and "," in n else n for n in names
        ]
        sheet.add("author", joined(names, ", ", rng.choice([" et ", ", "])), rng.choice([", ", ". ", " "]))
        year = rng.random() < 0.4
        if year:
            sheet.add("date", str(work.year), rng.choice(["). ", "), ", ") : "]), "(")
        marks = rng.choice(
            [("« ", " », "), ("« ", " » "), ("", ", "), ("", ". "), ("“", "”, "), ("«", "». ")]
        )
        sheet.raw(marks[0]).add("title", title).raw(marks[1]).raw(rng.choice(["", "", "in "]))
        sheet.add("journal", work.journal, ", ").add(
            "volume", work.volume, "", rng.choice(["vol. ", "vol.", "t. ", "", "tome "])
        )
        sheet.add("issue", work.issue, "", rng.choice([", n° ", ", no ", ", no. ", ", n°", "(", ", nº "]))
        if sheet.pieces[-2][1] == work.issue and sheet.pieces[-3][1] == "(":
            sheet.raw(")")
        if not year:
            sheet.add(
                "date",
                f"{date_words(rng, work, 'fr') if rng.random() < 0.4 else ''} {work.year}".strip(),
                "",
                ", ",
            )
        sheet.add("pages", pages, "", rng.choice([", p. ", ", pp. ", ", p."])).raw(".")
    elif form == 1:
        names = [full_inverted(n) if rng.random() < 0.7 else inverted(n, ".") for n in work.people]
        sheet.add(
            "author", joined(names, rng.choice([", ", " / ", "; "]), rng.choice([" und ", ", ", " & "]))
        )
        year = rng.random() < 0.5
        if year:
            sheet.add("date", str(work.year), "): ", " (").add("title", title).stop()
        else:
            sheet.raw(": ").add("title", title).stop()
        sheet.raw(rng.choice(["In: ", "", "in: "])).add(
            "journal", work.journal, rng.choice([", ", " ", ", "])
        )
        sheet.add("volume", work.volume, "", rng.choice(["", "Jg. ", "Bd. "]))
        if not year:
            sheet.add("date", str(work.year), ")", " (")
        sheet.add(
            "issue", work.issue, *rng.choice([("", ", H. "), ("", ", Nr. "), ("", ", Heft "), (")", " (")])
        )
        sheet.add("pages", pages, "", rng.choice([", S. ", ": ", ", S."])).raw(".")
    elif form == 2:
        names = [inverted(n, ". ") for n in work.people]
        names = [n.partition(",")[0].upper() + "," + n.partition(",")[2] if "," in n else n for n in names]
        sheet.add(
            "author", joined(names, "; ", "; ", 3, 1), " " if names and names[-1].endswith(".") else ". "
        )
        sheet.add("title", title, ". ").add("journal", work.journal, ", ")
        sheet.add("volume", work.volume, ", ", "v. ").add("issue", work.issue, ", ", "n. ").add(
            "pages", pages, ", ", "p. "
        )
        sheet.add("date", f"{date_words(rng, work, 'pt')[:4]} {work.year}".strip()).raw(".")
    elif form == 3:
        names = [short(n, rng.choice([".", ". "])) for n in work.people]
        sheet.add("author", joined(names, ", ", ", "), " ").add("title", title).raw(
            rng.choice([" // ", ". // "])
        )
        sheet.add("journal", work.journal, ". ").add("date", str(work.year), ". ")
        lang = rng.choice([("Т. ", "№ ", "С. "), ("Vol. ", "№ ", "P. "), ("Вып. ", "№", "С. ")])
        sheet.add("volume", work.volume, ". ", lang[0]).add("issue", work.issue, ". ", lang[1]).add(
            "pages", pages, ".", lang[2]
        )
    else:
        names = [inverted(n, ". ") for n in work.people]
        sheet.add("author", joined(names, ", ", rng.choice([" y ", " e ", " i ", " a "])), " ")
        sheet.add("date", str(work.year), rng.choice(["). ", "): "]), "(").add("title", title).stop()
        sheet.add("journal", work.journal, ", ").add("volume", work.volume)
        sheet.add("issue", work.issue, *rng.choice([(")", "("), ("", ", núm. "), ("", ", nº ")]))
        sheet.add("pages", pages, "", rng.choice([", ", ", pp. ", ": "])).raw(".")
    return sheet


def without_locator(rng: random.Random, work: Article) -> Sheet:
    """In press, ahead of print, or only title, journal and year, as on a web page's list."""
    sheet = Sheet()
    form = rng.randrange(5)
    names = [short(n) for n in work.people]
    title = title_in(rng, work)
    journal = work.journal if rng.random() < 0.6 else work.short
    if form == 0:
        sheet.add("author", joined(names, ", ", ", ", 6, 3, "et al")).stop().add("title", title).stop()
        sheet.add("journal", journal, ". ").add(
            "date", str(work.year), rng.choice([" [Epub ahead of print].", ".", "; in press."])
        )
    elif form == 1:
        names = [inverted(n) for n in work.people]
        sheet.add("author", joined(names, ", ", ", & "), " ").raw(
            "(in press). " if rng.random() < 0.5 else ""
        )
        if not sheet.text.endswith("press). "):
            sheet.add("date", str(work.year), "). ", "(")
        sheet.add("title", title).stop().add(
            "journal", journal, rng.choice([".", ", in press.", ", Advance online publication."])
        )
    elif form == 2:
        sheet.add("title", title).stop().add("journal", journal, ". ")
        date = f"{date_words(rng, work)} {work.year}".strip() if rng.random() < 0.5 else str(work.year)
        sheet.add("date", date, ".")
    elif form == 3:
        sheet.add("title", title).stop().add("author", joined(names, ", ", ", ")).stop().add(
            "journal", journal, ", "
        )
        sheet.add("date", str(work.year), ".")
    else:
        names = [full(n) for n in work.people]
        sheet.add("author", joined(names, ", ", " and "), ". ").add("title", title).stop()
        sheet.add("journal", journal, ", ").add("date", f"{date_words(rng, work)} {work.year}".strip(), ".")
    return ends(rng, sheet, work)


#: Printers of articles and how often each is used.
ARTICLES: tuple[tuple[Printer, int], ...] = (
    (medical, 40), (apa, 16), (harvard, 13), (quoted, 17), (physical, 17), (of_other_languages, 9), (without_locator, 5),
    (humanities, 12),
)  # fmt: skip
