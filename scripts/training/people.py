"""Lists of people in the forms of families of styles."""

from __future__ import annotations

import random

from evidence.model import Name
from training.pools import Pools
from training.sheet import family, full, full_inverted, inverted, joined, natural, short
from training.variety import varied


def people_of(rng: random.Random, pools: Pools, most: int = 4) -> tuple[Name, ...]:
    return varied(rng, rng.choice(pools.people)[: rng.randint(1, most)])


#: Authors who are known by one name.
_ONE_NAME = (
    "Herodotus", "Plato", "Aristotle", "Augustine", "Homer", "Virgil", "Ovid", "Thucydides", "Cicero", "Josephus",
    "Tacitus", "Plutarch", "Voltaire", "Molière", "Novalis", "Stendhal", "Origen", "Eusebius", "Pliny the Elder",
    "Thomas Aquinas", "Augustine of Hippo", "Gregory of Nyssa", "John Paul II", "Colette", "Galen", "Hippocrates",
)  # fmt: skip


def one_name(rng: random.Random) -> str:
    """Return an author who is known by one name."""
    return rng.choice(_ONE_NAME)


def names_in(rng: random.Random, people: tuple[Name, ...], form: str) -> str:
    """Return a list of authors in the form of a family of styles."""
    if form == "medical":
        return joined([short(n) for n in people], ", ", ", ", 6, 3, "et al")
    if form == "apa":
        return joined([inverted(n) for n in people], ", ", rng.choice([", & ", ", & ", " & ", " and "]))
    if form == "harvard":
        return joined([inverted(n, ".") for n in people], ", ", rng.choice([" and ", " & "]), 3, 1)
    if form == "full":
        shown = [full_inverted(n) if not i else full(n) for i, n in enumerate(people)]
        return joined(shown, ", ", rng.choice([", and ", " and "]), 3, 1)
    if form == "notes":
        return joined([full(n) for n in people], ", ", rng.choice([" and ", ", and "]), 3, 1)
    if form == "capital":
        if rng.random() < 0.12:  # Nora (Pierre)
            shown = [n.literal or f"{family(n)} ({n.given})" for n in people]
            return joined(shown, ", ", rng.choice([", ", " et "]))
        shown = [full_inverted(n) for n in people]
        shown = [s.partition(",")[0].upper() + s[len(s.partition(",")[0]) :] for s in shown]
        return joined(shown, rng.choice([", ", "; "]), rng.choice([" et ", "; ", ", ", " e "]))
    if form == "german":
        return joined(
            [full_inverted(n) for n in people],
            rng.choice(["; ", ", ", " / "]),
            rng.choice([" und ", "; ", "/"]),
        )
    return joined([natural(n) for n in people], ", ", rng.choice([" and ", ", and ", ", "]))


FORMS = ("medical", "apa", "harvard", "full", "notes", "capital", "german", "natural")
