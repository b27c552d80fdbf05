"""Web pages in eleven forms, with titles of works rather than of pages: the commonest, without much variety."""

from __future__ import annotations

import random

from training.pages import address
from training.people import names_in, people_of
from training.pools import IMPRINTS, Pools
from training.sheet import MONTHS, Sheet


def plain_page(rng: random.Random, pools: Pools) -> Sheet:
    """A web page in one of the forms that lists of health pages use most."""
    sheet = Sheet()
    house, host = rng.choice(pools.houses)
    title = rng.choice(pools.titles if rng.random() < 0.5 else pools.book_titles).rstrip(". ")
    title = " ".join(title.split()[: rng.randint(2, 12)]).rstrip(",;:.-") if rng.random() < 0.5 else title
    if rng.random() < 0.25:
        title = rng.choice(
            [
                "{0}: Symptoms and causes",
                "What Is {0}?",
                "{0} Fact Sheet",
                "Facts About {0}",
                "{0} overview",
                "{0} Treatment",
                "What {0} Tells You",
                "{0}",
                "Understanding {0}",
                "Living With {0}",
            ]
        ).format(
            rng.choice(
                [
                    "Knee Pain",
                    "Low back pain",
                    "Osteoarthritis",
                    "Diabetes",
                    "Asthma",
                    "Stem Cells",
                    "Breast Cancer",
                    "Influenza",
                    "Sciatica",
                    "Degenerative disc disease",
                    "Hypertension",
                    "Sore Throat",
                    "Herniated disk",
                ]
            )
        )
    year = str(rng.randint(1998, 2026))
    month, day = rng.choice(MONTHS), rng.randint(1, 28)
    form = rng.randrange(11)
    internet = rng.choice([" [Internet]", " [Internet]", "", " [Online]", " [Web page]"])
    if form == 0:  # Title. Site. Available at: …
        sheet.add("title", title).stop().add("book", house).raw(". ")
        if rng.random() < 0.3:
            sheet.add("date", rng.choice([year, f"{month} {day}, {year}"]), ". ")
    elif form == 1:  # Organisation. Title. Site.
        other = rng.choice(pools.houses)[0]
        sheet.add("author", other, ". ").add("title", title).stop().add("book", house, ". ")
        if rng.random() < 0.4:
            sheet.add("date", rng.choice([year, f"{month} {day}, {year}", f"Published {year}"]), ". ")
    elif form == 2:  # Organisation. Title [Internet]. Place: Organisation; year [cited …]. Available from: …
        sheet.add("author", house, ". ").add("title", title).raw(internet).stop()
        sheet.add("place", rng.choice(IMPRINTS)[1], ": ").add(
            "publisher", house if rng.random() < 0.7 else rng.choice(pools.houses)[0], "; "
        ).add("date", rng.choice([year, f"{year} {month[:3]} {day}"]))
        sheet.raw(
            rng.choice(
                [
                    " ",
                    ". ",
                    f" [updated {year} {month[:3]} {day}; cited {year} {month[:3]} {day}]. ",
                    f" [cited {year} {month[:3]} {day}]. ",
                ]
            )
        )
    elif form == 3:  # APA
        date = rng.choice([year, f"{year}, {month} {day}", f"{year}, {month}", "n.d."])
        sheet.add(
            "author", house if rng.random() < 0.6 else names_in(rng, people_of(rng, pools, 2), "apa"), " "
        )
        sheet.raw("(").add("" if date == "n.d." else "date", date).raw("). ").add("title", title).stop()
        if rng.random() < 0.5:
            sheet.add("book", rng.choice(pools.houses)[0], ". ")
    elif form == 4:  # MLA
        if rng.random() < 0.4:
            sheet.add("author", names_in(rng, people_of(rng, pools, 1), "full")).stop()
        open_, close = rng.choice([("“", ".” "), ('"', '." ')])
        sheet.raw(open_).add("title", title).raw(close).add("book", house, ", ").add(
            "date", f"{day} {month[:3]}. {year}" if rng.random() < 0.7 else year, rng.choice([", ", ". "])
        )
    elif form == 5:  # person. Title. Site. Date.
        sheet.add(
            "author", names_in(rng, people_of(rng, pools, 2), rng.choice(["medical", "full", "notes"]))
        ).stop()
        sheet.add("title", title).stop().add("book", house, ". ")
        if rng.random() < 0.7:
            sheet.add("date", f"{month} {day}, {year}" if rng.random() < 0.7 else year, ". ")
    elif form == 6:  # Title | Site
        sheet.add("title", title).raw(rng.choice([" | ", " - ", " – ", " · ", " :: "])).add(
            "book", house, rng.choice([". ", " "])
        )
    elif form == 7:  # Title. URL
        sheet.add("title", title).stop()
    elif form == 8:  # Organisation, "Title," date, URL
        open_, close = rng.choice([("“", ",” "), ('"', '," ')])
        sheet.add(
            "author", house if rng.random() < 0.5 else names_in(rng, people_of(rng, pools, 2), "notes"), ", "
        ).raw(open_).add("title", title).raw(close)
        if rng.random() < 0.5:
            sheet.add("book", rng.choice(pools.houses)[0], ", ")
        sheet.add("date", rng.choice([year, f"{month} {day}, {year}"]), ", ")
    elif form == 9:  # Organisation. Title. Year.
        sheet.add("author", house, ". ").add("title", title).stop()
        if rng.random() < 0.6:
            sheet.add("date", rng.choice([year, f"{month} {year}"]), ". ")
    else:  # Harvard
        sheet.add("author", house, " ").add("date", year, rng.choice([") ", "). "]), "(").add(
            "title", title
        ).raw(rng.choice([". ", ", ", " [Online]. "]))
    if rng.random() < 0.9:
        address(rng, sheet, host)
    elif not sheet.text.endswith((" ", ".")):
        sheet.raw(".")
    return sheet
