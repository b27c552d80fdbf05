"""Measure how well reference strings are parsed: precision, recall and F1 for each field.

Two sets, each only where its file is present: labelled strings (../shared/data/parsing) and
strings printed here from registry records (../shared/data/crossref) in Vancouver, AMA and APA.
Half of each set, chosen by the digest of the string, is the development half that the grammar was
tuned on; the other half is held out, and its figures are the ones to quote.

    python scripts/benchmark_parse.py [--half held-out|development|all] [--wrong FIELD] [--limit N]
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein

from evidence.model import Name, Work
from evidence.names import fold, initials, read_list
from evidence.parsing import parse

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"
FIELDS = ("title", "family", "authors", "year", "container", "volume", "issue", "pages", "publisher")
#: Share of letters that must agree for the soft score.
SOFT = 0.9


class Example(NamedTuple):
    """A string, what stands in it, and what kind of work it is."""

    text: str
    truth: dict[str, str]
    kind: str


def half_of(text: str) -> str:
    """Return the half that a string belongs to, the same on every machine."""
    return "development" if hashlib.sha256(text.encode()).digest()[0] % 2 else "held-out"


def labelled(path: Path) -> Iterator[Example]:
    """Read tagged strings: volume and issue are one label there and are told apart here."""
    for sequence in ElementTree.parse(path).getroot():
        parts: dict[str, list[str]] = defaultdict(list)
        for element in sequence:
            parts[element.tag].append(" ".join((element.text or "").split()))
        text = " ".join(" ".join((e.text or "").split()) for e in sequence)
        truth: dict[str, str] = {}
        if parts["title"]:
            truth["title"] = parts["title"][0]
        if parts["author"]:
            names, _ = read_list(parts["author"][0].rstrip(",:"))
            truth |= people(names)
        dates = " ".join(parts["date"] + parts["volume"])
        if year := re.search(r"(?<!\d)(1[5-9]\d\d|20\d\d)", " ".join(parts["date"]) or dates):
            truth["year"] = year.group(1)
        if container := (parts["journal"] or parts["container-title"]):
            truth["container"] = container[0]
        if parts["journal"] and parts["volume"]:
            truth |= volume_of(parts["volume"][0])
        if parts["pages"]:
            truth["pages"] = pages_of(parts["pages"][0])
        if parts["publisher"]:
            truth["publisher"] = parts["publisher"][0]
        kind = "journal" if parts["journal"] and (parts["volume"] or parts["pages"]) else "other"
        yield Example(text, {k: v for k, v in truth.items() if v}, kind)


def people(names: tuple[Name, ...]) -> dict[str, str]:
    if not names:
        return {}
    return {
        "family": names[0].literal or names[0].family,
        "authors": " ".join(n.literal or n.family for n in names),
    }


def volume_of(text: str) -> dict[str, str]:
    """Tell volume and issue apart in a label such as "2013;122(2):" or "Vol. 9, No. 2,"."""
    text = re.sub(r"(?:19|20)\d\d[^;]*;", "", text)
    figures = re.findall(r"[A-Z]{0,2}\d+[A-Za-z]?(?:[-–]\d+)?", text)
    if not figures:
        return {}
    if len(figures) == 1 and re.search(r"\b(?:no|nr|issue)\b", text, re.IGNORECASE):
        return {"issue": figures[0]}
    return {"volume": figures[0]} | ({"issue": figures[1]} if len(figures) == 2 else {})


def pages_of(text: str) -> str:
    found = re.search(r"[A-Za-z]{0,3}\d+[A-Za-z]?(?:\s?[-–—]+\s?[A-Za-z]{0,3}\d+)?", text)
    return found.group() if found else ""


def printed(path: Path, most: int) -> Iterator[Example]:
    """Print registry records as people would: Vancouver, AMA, APA by turns."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % 3 or number // 3 >= most:
                continue
            record: dict[str, Any] = json.loads(line)
            example = print_record(record, ("vancouver", "ama", "apa")[number // 3 % 3])
            if example:
                yield example


def print_record(record: dict[str, Any], style: str) -> Example | None:
    """Print one journal article; None for records that lack what a reference needs."""
    title = " ".join((record.get("title") or [""])[0].split()).rstrip(".")
    container = " ".join((record.get("container-title") or [""])[0].split())
    names = [
        Name(family=a["family"], given=a.get("given", ""))
        for a in record.get("author", [])
        if a.get("family")
    ]
    year = ((record.get("issued") or {}).get("date-parts") or [[None]])[0][0]
    if (
        record.get("type") != "journal-article"
        or not (title and container and names and year)
        or "<" in title
    ):
        return None
    volume, issue, pages = (str(record.get(k) or "") for k in ("volume", "issue", "page"))
    if not volume or not pages:
        return None
    short = [f"{n.family} {initials(n.given)}".strip() for n in names]
    part = f"({issue})" if issue else ""
    end = "" if title[-1] in "?!" else "."
    if style == "apa":
        dotted = [f"{n.family}, {' '.join(i + '.' for i in initials(n.given))}".rstrip(", ") for n in names]
        people_text = dotted[0] if len(dotted) == 1 else ", ".join(dotted[:-1]) + ", & " + dotted[-1]
        text = f"{people_text} ({year}). {title}{end} {container}, {volume}{part}, {pages.replace('-', '–')}."
    elif style == "ama":
        listed = [*short[:3], "et al"] if len(short) > 6 else short
        source = f"{container}. {year};{volume}{part}:{pages}. doi:{record['DOI']}"
        text = f"{', '.join(listed)}. {title}{end} {source}"
        names = names[:3] if len(short) > 6 else names
    else:
        text = f"{', '.join(short)}. {title}{end} {container}. {year} Jan;{volume}{part}:{pages}."
    truth = {
        "title": title,
        "year": str(year),
        "container": container,
        "volume": volume,
        "issue": issue,
        "pages": pages,
    }
    return Example(text, {k: v for k, v in (truth | people(tuple(names))).items() if v}, "journal")


def answers(work: Work) -> dict[str, str]:
    found = {
        "title": work.title,
        "year": str(work.year or ""),
        "container": work.container,
        "volume": work.volume,
        "issue": work.issue,
        "pages": work.pages,
        "publisher": work.publisher,
    }
    return {k: v for k, v in (found | people(work.authors)).items() if v}


def agree(field: str, truth: str, answer: str) -> tuple[bool, bool]:
    """Return whether an answer is right strictly (folded text equal) and softly (nine letters in ten)."""
    left, right = fold(re.sub(r"</?\w{1,10}>", " ", truth)), fold(answer)
    if field == "pages":
        return pages_of(truth).replace("–", "-").replace(" ", "") == pages_of(answer).replace(
            " ", ""
        ), left == right
    if field in ("container", "publisher"):
        left, right = (t.removeprefix("in ").removeprefix("the ") for t in (left, right))
    return left == right, left == right or bool(Levenshtein.normalized_similarity(left, right) >= SOFT)


def measure(examples: list[Example], wrong: str) -> None:
    """Parse every string and print a line for each field."""
    counts: dict[str, list[int]] = {f: [0, 0, 0, 0] for f in FIELDS}  # right, soft, given, true
    began = time.process_time()
    parsed = [parse(e.text).work for e in examples]
    spent = time.process_time() - began
    for example, work in zip(examples, parsed, strict=True):
        given = answers(work)
        for field, count in counts.items():
            strict = soft = False
            if field in example.truth and field in given:
                strict, soft = agree(field, example.truth[field], given[field])
            count[0] += strict
            count[1] += soft or strict
            count[2] += field in given
            count[3] += field in example.truth
            if field == wrong and not (strict or soft) and (field in given or field in example.truth):
                sys.stdout.write(
                    f"  {example.text}\n    true  {example.truth.get(field)}\n    given {given.get(field)}\n"
                )
    print(f"  {'field':<10} {'true':>6} {'P':>6} {'R':>6} {'F1':>6} {'soft F1':>8}")
    for field, (right, close, given_n, true_n) in counts.items():
        if not true_n:
            continue
        precision, recall = right / max(1, given_n), right / true_n
        f1, soft_f1 = (2 * n / max(1, given_n + true_n) for n in (right, close))
        print(f"  {field:<10} {true_n:>6} {precision:>6.3f} {recall:>6.3f} {f1:>6.3f} {soft_f1:>8.3f}")
    if spent:
        print(f"  {len(examples)} strings, {len(examples) / spent:.0f} a second")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--half", choices=("held-out", "development", "all"), default="held-out")
    parser.add_argument(
        "--wrong", default="", metavar="FIELD", help="print the strings whose FIELD was read wrongly"
    )
    parser.add_argument("--limit", type=int, default=1_500, metavar="N", help="strings printed from records")
    parser.add_argument("--only", default="", metavar="NAME", help="one set: core, good, printed")
    options = parser.parse_args()
    sets: dict[str, list[Example]] = {}
    for name in ("core", "good"):
        path = SHARED / "parsing" / f"{name}.xml"
        if path.exists():
            sets[name] = list(labelled(path))
    records = SHARED / "crossref" / "works.jsonl.gz"
    if records.exists():
        sets["printed"] = list(printed(records, options.limit))
    if not sets:
        print(f"nothing to measure on: no data in {SHARED}", file=sys.stderr)
        return 0
    for name, examples in sets.items():
        if options.only and name != options.only:
            continue
        chosen = [e for e in examples if options.half in ("all", half_of(e.text))]
        for kind in ("journal", "other", "all"):
            part = [e for e in chosen if kind in (e.kind, "all")]
            if not part or (kind == "other" and name == "printed") or (name == "printed" and kind == "all"):
                continue
            print(f"{name}, {kind} references, {options.half} part")
            measure(part, options.wrong)
    return 0


if __name__ == "__main__":
    sys.exit(main())
