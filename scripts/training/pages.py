"""Web pages printed with labels: title, site, organisation, person, dates, address, in the orders of styles."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from training.headlines import headline
from training.people import names_in, people_of
from training.pools import IMPRINTS, Pools
from training.sheet import MONTHS, Sheet

_LEADS = (
    "Available at: ", "Available from: ", "Available at ", "Retrieved from ", "Available online: ", "URL: ", "URL ",
    "Available: ", "Disponible en: ", "Disponible sur : ", "Available at: ", "Available from: ",
)  # fmt: skip
_PATHS = (
    "health", "news", "about", "topics", "conditions", "pain", "knee", "research", "article", "en", "diseases",
    "publications", "2015", "factsheets", "diseases-conditions/knee-pain/symptoms-causes/syc-20350849", "blog",
    "arthritis/basics/osteoarthritis.htm", "news-room/fact-sheets/detail/back-pain", "content/view", "index.php",
)  # fmt: skip


def _accessed(rng: random.Random) -> str:
    month, day, year = rng.choice(MONTHS), rng.randint(1, 28), rng.randint(2001, 2026)
    date = rng.choice(
        [
            f"{month} {day}, {year}",
            f"{day} {month} {year}",
            f"{month[:3]} {day}, {year}",
            f"{year}-{rng.randint(1, 12):02d}-{day:02d}",
            f"{month} {year}",
        ]
    )
    return rng.choice(
        [
            f"Accessed {date}",
            f"Accessed {date}",
            f"Accessed: {date}",
            f"(accessed {date})",
            f"Last accessed {date}",
            f"[cited {year} {month[:3]} {day}]",
            f"[Accessed {date}]",
            f"Retrieved {date}",
            f"(Accessed on {date})",
            f"Accessed on {date}",
        ]
    )


def _url(rng: random.Random, host: str) -> str:
    path = "/".join(rng.choice(_PATHS) for _ in range(rng.randint(0, 3)))
    tail = rng.choice(
        ["", "/", ".html", ".pdf", f"?id={rng.randint(1, 9999)}", f"-{rng.randint(1000, 99999)}"]
    )
    return (
        rng.choice(["https://", "https://", "http://", ""])
        + host
        + ("/" + path if path else "")
        + (tail if path else "")
    )


def address(rng: random.Random, sheet: Sheet, host: str) -> None:
    """Add an address, its lead and when it was looked at, in one of the usual orders."""
    url = _url(rng, host)
    sheet.raw(" " if not sheet.text.endswith(" ") else "")
    pick = rng.random()
    if pick < 0.3:
        sheet.raw(rng.choice(_LEADS)).raw(url, "id").raw(rng.choice([".", ""]))
        if rng.random() < 0.6:
            sheet.raw(f" {_accessed(rng)}{rng.choice(['.', ''])}")
    elif pick < 0.52:
        sheet.raw(f"{_accessed(rng)}. ").raw(url, "id").raw(rng.choice([".", ""]))
    elif pick < 0.6:
        sheet.raw(
            f"Retrieved {rng.choice(MONTHS)} {rng.randint(1, 28)}, {rng.randint(2001, 2025)}, from "
        ).raw(url, "id")
    elif pick < 0.72:
        sheet.raw("Available at:" if rng.random() < 0.7 else "Available at")
    else:
        sheet.raw(url, "id").raw(rng.choice([".", "", f" ({_accessed(rng).strip('()')})"]))


class _Facts:
    """What one page says of itself."""

    def __init__(self, rng: random.Random, pools: Pools) -> None:
        self.house, self.host = rng.choice(pools.houses)
        self.other = rng.choice(pools.houses)[0]
        self.title = headline(rng, pools)
        self.year = str(rng.randint(1998, 2026))
        self.month, self.day = rng.choice(MONTHS), rng.randint(1, 28)

    def date(self, rng: random.Random) -> str:
        """Return a date in one of the forms in which pages give it."""
        return rng.choice(
            [
                self.year,
                self.long,
                self.long,
                f"{self.month} {self.year}",
                f"{self.day} {self.month} {self.year}",
                f"{self.month[:3]} {self.day}, {self.year}",
                f"{rng.choice(['Published', 'Updated', 'Last updated', 'Reviewed', 'Posted', 'Last reviewed'])} "
                f"{rng.choice([self.long, self.long, self.year, f'{self.month} {self.year}'])}",
            ]
        )

    @property
    def long(self) -> str:
        """Month, day and year."""
        return f"{self.month} {self.day}, {self.year}"


def _dated(rng: random.Random, sheet: Sheet, page_: _Facts, share: float) -> None:
    """Add the date that stands behind the site, now and then with a second one."""
    if rng.random() >= share:
        return
    date = page_.date(rng)
    sheet.add("date", date, ". ")
    if date.startswith("Published") and rng.random() < 0.4:
        month = rng.choice(MONTHS)
        sheet.raw(f"Updated {month} {rng.randint(1, 28)}, {int(page_.year) + rng.randint(0, 3)}", "note").raw(
            ". "
        )


def _site_last(rng: random.Random, sheet: Sheet, one: _Facts, pools: Pools) -> None:
    """Title. Site. Date."""
    sheet.add("title", one.title).stop().add("book", one.house).raw(". ")
    _dated(rng, sheet, one, 0.4)


def _organisation_and_site(rng: random.Random, sheet: Sheet, one: _Facts, pools: Pools) -> None:
    """Organisation. Title. Site. Date."""
    sheet.add("author", one.other, ". ").add("title", one.title).stop().add("book", one.house, ". ")
    _dated(rng, sheet, one, 0.5)


def _organisation_alone(rng: random.Random, sheet: Sheet, one: _Facts, pools: Pools) -> None:
    """Organisation. Title. Date."""
    sheet.add("author", one.house, rng.choice([". ", ". ", ". ", ": "])).add("title", one.title).stop()
    _dated(rng, sheet, one, 0.6)


def _medical(rng: random.Random, sheet: Sheet, one: _Facts, pools: Pools) -> None:
    """Organisation. Title [Internet]. Place: Organisation; year [cited …]. (NLM)."""
    internet = rng.choice([" [Internet]", " [Internet]", "", " [Online]", " [Web page]", " [homepage on the Internet]"])  # fmt: skip
    if rng.random() < 0.75:
        author = one.house if rng.random() < 0.75 else names_in(rng, people_of(rng, pools, 3), "medical")
        sheet.add("author", author).stop()
    sheet.add("title", one.title).raw(internet).stop()
    publisher = one.house if rng.random() < 0.7 else one.other
    date = rng.choice([one.year, f"{one.year} {one.month[:3]} {one.day}", f"c{one.year}", f"{one.year} {one.month[:3]}"])  # fmt: skip
    imprints: tuple[Sequence[tuple[str, ...]], ...] = (IMPRINTS, pools.imprints)
    sheet.add("place", rng.choice(rng.choice(imprints))[1], ": ")
    sheet.add("publisher", publisher, "; ").add("date", date)
    cited = f"{one.year} {rng.choice(MONTHS)[:3]} {rng.randint(1, 28)}"
    sheet.raw(rng.choice([". ", ". ", f" [updated {cited}; cited {cited}]. ", f" [cited {cited}]. "]))


def _apa(rng: random.Random, sheet: Sheet, one: _Facts, pools: Pools) -> None:
    """Author. (Year, month day). Title. Site."""
    date = rng.choice([one.year, f"{one.year}, {one.month} {one.day}", f"{one.year}, {one.month}", "n.d."])
    person = rng.random() < 0.45
    sheet.add("author", names_in(rng, people_of(rng, pools, 2), "apa") if person else one.house)
    sheet.raw(" " if sheet.text.endswith(".") or rng.random() < 0.6 else ". ")
    sheet.raw("(").add("" if date == "n.d." else "date", date).raw(rng.choice(["). ", "). ", ") "]))
    sheet.add("title", one.title).stop()
    if rng.random() < (0.85 if person else 0.5):
        sheet.add("book", one.house if person else one.other, ". ")


def _quoted(rng: random.Random, sheet: Sheet, one: _Facts, pools: Pools) -> None:
    """Author. “Title.” Site, date. (MLA, Chicago)."""
    pick = rng.random()
    if pick < 0.3:
        sheet.add("author", names_in(rng, people_of(rng, pools, 1), "full")).stop()
    elif pick < 0.5:
        sheet.add("author", one.other).stop()
    open_, close = rng.choice([("“", ".” "), ('"', '." '), ("“", ",” ")])
    sheet.raw(open_).add("title", one.title).raw(
        close if one.title[-1] not in "?!" else close.strip(".,") + " "
    )
    sheet.add("book", one.house, rng.choice([", ", ". "]))
    dated = rng.choice([f"{one.day} {one.month[:3]}. {one.year}", one.long, one.year, f"Last modified {one.long}"])  # fmt: skip
    sheet.add("date", dated if rng.random() < 0.85 else "", rng.choice([", ", ". "]))


def _person(rng: random.Random, sheet: Sheet, one: _Facts, pools: Pools) -> None:
    """Person. Title. Site. Date. (AMA)."""
    form = rng.choice(["medical", "medical", "full", "notes", "natural"])
    sheet.add("author", names_in(rng, people_of(rng, pools, 3), form)).stop()
    sheet.add("title", one.title).stop().add("book", one.house, ". ")
    _dated(rng, sheet, one, 0.7)


def _barred(rng: random.Random, sheet: Sheet, one: _Facts, pools: Pools) -> None:
    """Title | Site."""
    bar = rng.choice([" | ", " | ", " - ", " – ", " · ", " :: ", " — "])
    sheet.add("title", one.title).raw(bar).add("book", one.house, rng.choice([". ", " ", ", "]))


def _bare(rng: random.Random, sheet: Sheet, one: _Facts, pools: Pools) -> None:
    """Title. Address."""
    sheet.add("title", one.title).stop()


def _comma_chain(rng: random.Random, sheet: Sheet, one: _Facts, pools: Pools) -> None:
    """Organisation or person, “Title,” site, date."""
    open_, close = rng.choice([("“", ",” "), ("“", ",” "), ('"', '," '), ("", ", "), ("‘", "’, ")])
    author = one.other if rng.random() < 0.5 else names_in(rng, people_of(rng, pools, 2), "notes")
    sheet.add("author", author, ", ").raw(open_).add("title", one.title).raw(close)
    if rng.random() < 0.6:
        sheet.add("book", one.house, ", ")
    sheet.add("date", one.date(rng) if rng.random() < 0.85 else "", rng.choice([", ", ". "]))


def _harvard(rng: random.Random, sheet: Sheet, one: _Facts, pools: Pools) -> None:
    """Organisation (year) Title [Online]."""
    sheet.add("author", one.house, " ").add("date", one.year, rng.choice([") ", "). "]), "(")
    sheet.add("title", one.title).raw(rng.choice([". ", ", ", " [Online]. ", " [online]. "]))


def _site_first(rng: random.Random, sheet: Sheet, one: _Facts, pools: Pools) -> None:
    """Title. Organisation as author behind it: By X. Site. / Title. (date). Site."""
    sheet.add("title", one.title).stop()
    if rng.random() < 0.5:
        people = names_in(rng, people_of(rng, pools, 2), "notes")
        sheet.raw("By ").add("author", people, ". ").add("book", one.house, ". ")
        _dated(rng, sheet, one, 0.6)
    else:
        sheet.raw("(").add("date", rng.choice([f"{one.year}, {one.month} {one.day}", one.year, one.long])).raw("). ")  # fmt: skip
        sheet.add("book", one.house, ". ")


def _encyclopedia(rng: random.Random, sheet: Sheet, one: _Facts, pools: Pools) -> None:
    """Wikipedia contributors. Title. In Wikipedia, The Free Encyclopedia. Retrieved 10:22, March 3, 2022, from."""
    name = rng.choice(["Wikipedia, The Free Encyclopedia", "Wikipedia, The Free Encyclopedia", "Wikipedia", "Encyclopædia Britannica", one.house])  # fmt: skip
    author = rng.choice(["Wikipedia contributors", "Wikipedia contributors", "Wikipedia", "The Editors of Encyclopaedia Britannica", ""])  # fmt: skip
    sheet.add("author", author, ". ").raw(open_ := rng.choice(["", "", "“", '"'])).add("title", one.title)
    sheet.raw("" if one.title[-1] in "?!" else ".").raw({"": "", "“": "”", '"': '"'}[open_] + " ")
    sheet.raw(rng.choice(["In ", "In ", "In: ", ""])).add("book", name, rng.choice([". ", ". ", ", "]))
    if rng.random() < 0.5:
        sheet.raw(f"Retrieved {rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}, ").add(
            "date", one.long, ", from "
        )
    else:
        _dated(rng, sheet, one, 0.5)


_Form = Callable[[random.Random, Sheet, _Facts, Pools], None]
_FORMS: tuple[tuple[_Form, int], ...] = (
    (_site_last, 16), (_organisation_and_site, 13), (_organisation_alone, 10), (_medical, 12), (_apa, 13),
    (_quoted, 10), (_person, 14), (_barred, 6), (_bare, 4), (_comma_chain, 7), (_harvard, 5), (_site_first, 4), (_encyclopedia, 3),
)  # fmt: skip


def page(rng: random.Random, pools: Pools) -> Sheet:
    """A web page: title, site, organisation, person, address, with or without dates."""
    sheet = Sheet()
    one = _Facts(rng, pools)
    forms, weights = zip(*_FORMS, strict=True)
    rng.choices(forms, weights)[0](rng, sheet, one, pools)
    if rng.random() < 0.93:
        address(rng, sheet, one.host)
    elif not sheet.text.endswith((" ", ".")):
        sheet.raw(".")
    return sheet
