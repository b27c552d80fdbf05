"""A guideline with 200 references of made-up studies, five of them wrong, and what Crossref would say."""

from __future__ import annotations

from typing import Any, NamedTuple

FAMILIES = ("Abelson", "Brandt", "Chen", "Duarte", "Eriksen", "Fontaine", "Garg", "Hughes", "Ivanov", "Joshi")
TREATMENTS = ("exercise", "manual therapy", "spinal fusion", "cell therapy", "oral steroids", "acupuncture")
PEOPLE = (
    "older adults",
    "nurses",
    "athletes",
    "pregnant women",
    "drivers",
    "people after surgery",
    "veterans",
)
ENDS = ("a randomised trial", "a cohort study", "a systematic review", "a survey", "two-year results")
JOURNALS = (
    "Journal of Imaginary Medicine",
    "Annals of Invented Pain",
    "Fictional Spine",
    "Back Studies Quarterly",
)


class Study(NamedTuple):
    """A made-up study."""

    number: int
    people: tuple[tuple[str, str], ...]
    title: str
    journal: str
    year: int
    volume: int
    issue: int
    page: int

    @property
    def doi(self) -> str:
        return f"10.99999/guideline.{self.number}"

    def message(self) -> dict[str, Any]:
        """What Crossref would say."""
        return {
            "DOI": self.doi,
            "type": "journal-article",
            "title": [self.title],
            "author": [{"family": family, "given": given} for family, given in self.people],
            "container-title": [self.journal],
            "issued": {"date-parts": [[self.year]]},
            "published-print": {"date-parts": [[self.year]]},
            "volume": str(self.volume),
            "issue": str(self.issue),
            "page": f"{self.page}-{self.page + 7}",
            "publisher": "Imaginary Press",
            "source": "Crossref",
        }

    def line(self, **changed: Any) -> str:
        """The study as it stands in the list; every fourth with its DOI."""
        shown = self._replace(**changed)
        names = ", ".join(f"{family} {given[0]}" for family, given in shown.people)
        numbers = f"{shown.year};{shown.volume}({shown.issue}):{shown.page}-{shown.page + 7}"
        doi = f" doi:{self.doi}" if self.number % 4 == 0 else ""
        return f"{self.number}. {names}. {shown.title}. {shown.journal}. {numbers}.{doi}"


def study(n: int) -> Study:
    """The n-th study."""
    people = tuple(
        (FAMILIES[(n * 3 + k) % 10], ["Anna", "Bert", "Carla", "Dirk"][k]) for k in range(1 + n % 4)
    )
    title = f"{TREATMENTS[n % 6].capitalize()} for back pain in {PEOPLE[n % 7]}: {ENDS[n % 5]}, part {n}"
    return Study(n, people, title, JOURNALS[n % 4], 1985 + n % 40, n % 50 + 1, n % 12 + 1, n * 11)


STUDIES = tuple(study(n) for n in range(1, 201))
#: Number of the reference, and what is written wrongly there.
WRONG: dict[int, dict[str, Any]] = {
    20: {"year": 1971},
    63: {"title": "Magnets for back pain in sailors: a case report"},
    100: {"people": (("Wrongman", "Zoe"),)},
    120: {"journal": "The Lancet"},
    180: {"volume": 99, "page": 4},
}


def page() -> str:
    """The guideline in Markdown."""
    prose = "\n\n".join(
        f"Recommendation {n}. This may be offered to some people [{n}]." for n in range(1, len(STUDIES) + 1)
    )
    lines = "\n".join(one.line(**WRONG.get(one.number, {})) for one in STUDIES)
    return f"# Back pain: a guideline\n\n{prose}\n\n## References\n\n{lines}\n"
