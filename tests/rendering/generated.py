"""Hand-made pages of many makes, from a seed, with what each marker is meant to cite."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from evidence.bibliography import entry
from evidence.model import Date, Id, Name, Work
from evidence.rendering import render

WORDS = [
    "marrow", "disc", "spine", "nerve", "pain", "cell", "graft", "trial", "rest", "walk", "cohort", "outcome",
    "dose", "muscle", "bone", "tendon", "sleep", "stress", "heat", "load", "growth", "repair", "injury",
]  # fmt: skip
FAMILIES = [
    "Smith", "Jones", "Ray", "Li", "Okafor", "Novak", "García", "Müller", "Sato", "Haddad", "Berg", "Costa",
]  # fmt: skip
JOURNALS = ["J Imag Med", "Spine Walk", "Ann Rest", "Disc Res", "Imaginary Cell Ther"]


@dataclass
class Made:
    """A page, the .bib beside it, and the titles that each paragraph with markers cites."""

    name: str
    page: str
    book: str
    cited: list[set[str]] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)


def works_of(draw: random.Random, count: int) -> dict[str, Work]:
    """Different works, keyed as `import` keys them."""
    made: dict[str, Work] = {}
    for number in range(count):
        title = " ".join(draw.sample(WORDS, 6)).capitalize() + draw.choice(["", "", "?", ": a review"])
        family = FAMILIES[number % len(FAMILIES)]
        more = [Name(draw.choice(FAMILIES), draw.choice(["A", "BC"])) for _ in range(draw.randrange(4))]
        volume = str(draw.randrange(2, 90))
        first = draw.randrange(1, 900)
        made[f"{family.lower().replace('í', 'i').replace('ü', 'u')}{2000 + number}"] = Work(
            type="article-journal",
            title=title,
            authors=(Name(family, draw.choice(["JA", "K", "L M"])), *more),
            issued=Date(2000 + number, draw.choice([None, 3, 11])),
            container=draw.choice(JOURNALS),
            volume=volume,
            issue=draw.choice(["", "2"]),
            pages=f"{first}-{first + 8}",
            ids=(Id("doi", f"10.1000/{family.lower()[0]}.{number}"),) if draw.random() < 0.7 else (),
        )
    return made


def marker(draw: random.Random, numbers: list[int], kind: str) -> str:
    """One marker that cites `numbers` (ascending), in one of the makes that people use."""
    runs = len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1))
    comma = draw.choice([",", ", "])
    text = f"{numbers[0]}{draw.choice(['-', '–'])}{numbers[-1]}" if runs else comma.join(map(str, numbers))
    make = draw.choice(
        ["bracket", "bracket", "apart", "raised"] + (["sup", "linked"] if kind == "html" else [])
    )
    if make == "linked":
        return "[" + ",".join(f'<a href="#ref-{n}">{n}</a>' for n in numbers) + "]"
    if make == "raised" and len(numbers) == 1:
        return "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(c)] for c in str(numbers[0]))
    if make == "sup":
        return f"<sup>{text}</sup>" if draw.random() < 0.5 else f"<sup>[{text}]</sup>"
    if make == "apart" and not runs:
        return "".join(f"[{n}]" for n in numbers) if len(numbers) > 1 else f"[{numbers[0]}]"
    return f"[{text}]"


def page(seed: int) -> Made:
    """A page from a seed: Markdown or HTML, one list or two, with duplicates, CRLF, gaps."""
    draw = random.Random(seed)
    kind = draw.choice(["markdown", "html"])
    works = works_of(draw, draw.randrange(3, 9))
    keys = list(works)
    listed = keys[: draw.randrange(2, len(keys))]
    reading = [key for key in keys if key not in listed] if draw.random() < 0.5 else []
    twice = draw.random() < 0.4
    if twice:
        listed.append(draw.choice(listed[:-1]))
    paragraphs, cited = _prose(draw, listed, works, kind)
    lines = dict(zip(keys, render([works[k] for k in keys], draw.choice(["pubmed", "nlm"])), strict=True))
    newline = "\r\n" if draw.random() < 0.3 else "\n"
    text = _markdown(draw, paragraphs, lines, listed, reading)
    if kind == "html":
        text = _html(draw, paragraphs, lines, listed, reading)
    book = "\n".join(entry(work, key) for key, work in works.items())
    name = "page.md" if kind == "markdown" else "page.html"
    return Made(name, text.replace("\n", newline), book, cited, paragraphs)


def _prose(
    draw: random.Random, listed: list[str], works: dict[str, Work], kind: str
) -> tuple[list[str], list[set[str]]]:
    paragraphs, cited = [], []
    for _ in range(draw.randrange(3, 7)):
        sentences = []
        titles: set[str] = set()
        for _ in range(draw.randrange(1, 4)):
            words = " ".join(draw.sample(WORDS, 7)).capitalize()
            if draw.random() < 0.8:
                count = draw.choice([1, 1, 1, 2, 3])
                start = draw.randrange(len(listed))
                numbers = sorted({start + 1, *(draw.randrange(len(listed)) + 1 for _ in range(count - 1))})
                words += " " + marker(draw, numbers, kind)
                titles.update(works[listed[n - 1]].title for n in numbers)
            sentences.append(words + ".")
        paragraphs.append(" ".join(sentences))
        cited += [titles] if titles else []
    return paragraphs, cited


def _markdown(
    draw: random.Random, paragraphs: list[str], lines: dict[str, str], listed: list[str], reading: list[str]
) -> str:
    point = draw.choice(["{}. ", "{}) ", "[{}] "])
    between = "\n\n" if point == "[{}] " else draw.choice(["\n", "\n\n"])
    items = between.join(point.format(n) + lines[key] for n, key in enumerate(listed, 1))
    text = (
        "---\ntitle: A page\n---\n\n# Backs\n\n" + "\n\n".join(paragraphs) + f"\n\n## References\n\n{items}\n"
    )
    if reading:
        bullet = draw.choice(["- ", "* ", ""])
        joint = "\n\n" if not bullet else "\n"
        text += "\n## Further reading\n\n" + joint.join(bullet + lines[key] for key in reading) + "\n"
    return text + draw.choice(["", "\n## Contact\n\nWrite to us, *soon*.\n"])


def _html(
    draw: random.Random, paragraphs: list[str], lines: dict[str, str], listed: list[str], reading: list[str]
) -> str:
    forms = [
        "<li{0}>{1}</li>",
        '<li class="r"{0}>{1}</li>',
        "<li{0}><p>{1}</p></li>",
        "<li><a{0}></a>{1}</li>",
    ]

    def item(key: str, id_: str = "") -> str:
        text = lines[key].replace("&", "&amp;")
        return draw.choice(forms).format(f' id="{id_}"' if id_ else "", text)

    items = "\n".join(item(key, f"ref-{n}") for n, key in enumerate(listed, 1))
    tag = draw.choice(["<ol>", '<ol class="refs">', '<ol id="references">'])
    body = "\n".join(f"<p>{p}</p>" for p in paragraphs)
    text = f"<html><body><main>\n<h1>Backs</h1>\n{body}\n<h2>References</h2>\n{tag}\n{items}\n</ol>\n"
    if reading:
        rest = "\n".join(f"<p>{lines[key]}</p>" for key in reading)
        if draw.random() < 0.5:
            rest = "<ul>\n" + "\n".join(item(key) for key in reading) + "\n</ul>"
        text += f"<h2>Further reading</h2>\n{rest}\n"
    return text + "<h2>Contact</h2>\n<p>Write to us.</p>\n</main></body></html>\n"
