"""Facts more various than those of the sources: people, volumes, pages, titles that cite, bodies as authors."""

from __future__ import annotations

import random
from dataclasses import replace

from evidence.model import Name
from training.pools import IMPRINTS, Article, Pools

#: Groups that stand behind the people or alone.
GROUPS = (
    "ABC Study Group", "PROMISE Investigators", "Spine Trial Group", "American Heart Association",
    "GBD 2019 Collaborators", "OLYMPUS Collaboration", "CONSORT Group", "Task Force on Pain", "SPORT Investigators",
    "DCCT/EDIC Research Group", "German Back Pain Network", "Committee on Infectious Diseases", "ATLAS Collaboration",
    "Members of the Working Party", "PRISMA Group", "European Society of Cardiology",
)  # fmt: skip


def mixed(
    rng: random.Random,
    pools: Pools,
) -> Article:
    """Return the facts of one article, now and then with people, title or journal of others."""
    work = rng.choice(pools.articles)
    if rng.random() < 0.5:
        work = replace(work, people=rng.choice(pools.people))
    if rng.random() < 0.5:
        work = replace(work, title=rng.choice(pools.titles))
    if rng.random() < 0.5:
        name, shorted = rng.choice(pools.journals)
        work = replace(work, journal=name, short=shorted)
    if rng.random() < 0.5 and not work.month:
        work = replace(work, month=rng.randint(1, 12), day=rng.randint(1, 28))
    if rng.random() < 0.5 or not work.pages:
        first = rng.randint(1, 2500)
        work = replace(
            work,
            pages=f"{first}-{first + rng.randint(1, 24)}"
            if rng.random() < 0.8
            else rng.choice(
                [
                    str(first),
                    f"e{first}",
                    f"S{first % 99}-{first % 99 + 6}",
                    str(rng.randint(10**4, 10**7)),
                    f"CD{rng.randint(10**4, 10**5):06d}",
                    f"E{first}-{first + 9}",
                    "iv-vi",
                    f"{first}.e1-{first}.e9",
                    f"l{first}",
                ]
            ),
        )
    if rng.random() < 0.25 or not work.volume:
        work = replace(
            work, volume=str(rng.choice([rng.randint(1, 60), rng.randint(1, 400), rng.randint(2000, 2022)]))
        )
    if rng.random() < 0.15:
        work = replace(
            work,
            issue=rng.choice(
                [
                    str(rng.randint(1, 52)),
                    "1-2",
                    "3-4",
                    "Suppl 1",
                    "9A",
                    "2 Suppl",
                    "6 Pt 1",
                    str(rng.randint(1000, 9000)),
                ]
            ),
        )
    if rng.random() < 0.05:
        work = replace(work, volume="")
    elif rng.random() < 0.03:
        work = replace(work, volume=rng.choice(["XLII", "LXV", "XII", "IV", "XXVIII", "CXX", "VII", "III"]))
    if rng.random() < 0.15:
        work = replace(work, year=rng.randint(1900, 2026))
    pick = rng.random()
    if pick < 0.05:
        work = replace(work, volume=str(work.year))
    elif pick < 0.07:
        first = rng.randint(10, 1200)
        work = replace(work, volume=f"{first}-{first + rng.randint(1, 3)}")
    if rng.random() < 0.02:
        work = replace(work, title=review_title(rng, pools))
    if rng.random() < 0.04:
        return replace(work, people=(Name(literal=body(rng, pools, work.journal)),))
    if not work.people and rng.random() < 0.8:
        work = replace(work, people=rng.choice(pools.people))
    return replace(work, people=varied(rng, work.people))


def varied(rng: random.Random, people: tuple[Name, ...]) -> tuple[Name, ...]:
    """Return a list of people with particles, suffixes, two family names or a group now and then."""
    result = list(people[: rng.choice([1, 2, 3, 5, 8, 15, 30])])
    for at, name in enumerate(result):
        pick = rng.random()
        if name.literal:
            continue
        if pick < 0.02:
            result[at] = replace(
                name,
                particle=rng.choice(
                    ["van", "van der", "de", "von", "de la", "van den", "del", "di", "du", "el", "ten"]
                ),
            )
        elif pick < 0.03:
            result[at] = replace(name, suffix=rng.choice(["Jr", "Jr.", "III", "2nd", "Sr"]))
        elif pick < 0.04:
            result[at] = replace(name, family=name.family.upper())
        elif pick < 0.055:
            result[at] = replace(
                name,
                family=f"{rng.choice(['Al', 'Di', 'De', 'Van', 'El', 'Le', 'La', 'Van der', 'Del', 'Mc', 'St.', 'Abu', 'Ben'])} {name.family}",
            )
        elif pick < 0.07:
            result[at] = replace(
                name,
                family=f"{name.family}{rng.choice([' ', '-'])}{rng.choice(['García', 'Smith', 'Lopez', 'Jones', 'Silva'])}",
            )
    if rng.random() < 0.03:
        result.append(Name(literal=rng.choice(GROUPS)))
    return tuple(result)


def body(rng: random.Random, pools: Pools, journal: str) -> str:
    """Return an organisation that signs an article."""
    pick = rng.random()
    if pick < 0.2:
        form = rng.choice(
            ["The Editors of {}", "The {} Editors", "Editorial Board of {}", "The Editors of {}"]
        )
        return form.format(journal.removeprefix("The ") if pick > 0.05 else journal)
    if pick < 0.5:
        return rng.choice(GROUPS)
    return ("The " if pick > 0.95 else "") + rng.choice(pools.houses)[0]


def review_title(rng: random.Random, pools: Pools) -> str:
    """Return the title of a review, which holds the whole citation of a book."""
    name = rng.choice(rng.choice(pools.people))
    person = name.literal or f"{name.given} {name.family}".strip()
    book = rng.choice(pools.book_titles or pools.titles).rstrip(". ")
    publisher, place = rng.choice(IMPRINTS)
    year, pages = rng.randint(1900, 2022), rng.randint(90, 900)
    return rng.choice(
        [
            f"{book}. By {person}. Pp. {pages}. ({place}: {publisher}, {year}.) £{rng.randint(5, 90)}.50",
            f"{person}, {book}. {place}: {publisher}, {year}. Pp. xii + {pages}. ${rng.randint(9, 99)}.95",
            f"{book}. {person}. {publisher}, {place}, {year}. xvi, {pages} pp., illus. ${rng.randint(9, 99)}",
            f"Review of {book}, by {person}",
            f"{person} (ed.), {book}. {place}: {publisher}, {year}. {pages} pp",
            f"Book Review: {book}. {person}. {publisher}, {year}",
            f"{person} {book}. {year}. {publisher}, {place}, {pages} p",
            f"Review: {person}, {book} ({place}: {publisher}, {year})",
            f"Comments on “{book}” by {person}",
            f"Erratum to: {book}",
            f"Re: {person} et al. {book}",
        ]
    )
