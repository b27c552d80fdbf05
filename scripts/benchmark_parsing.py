"""Measure the parser on what it was not trained on: labelled strings, printed strings, pasted lists, speed.

Every string goes through the fields of `evidence parse`. A field is right if it is the same after
letter case, accents, marks and white space are made one (soft match); people are right if family names
and initials are the same, in order; "146-56" and "146-156" are the same pages. A reference is wholly
right if all its fields are and none was made up.

    python scripts/benchmark_parsing.py [--part PART] [--only NAME] [--fields] [--wrong [FIELD]]
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from training import articles, gold, lists, noise, others, pools, printed

from evidence.model import Name
from evidence.names import fold, initials, read_list
from evidence.parsing import parse, segment
from evidence.parsing.dates import read_date
from evidence.report.works import work_fields

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"
FIELDS = (
    "authors", "editors", "title", "container", "year", "volume", "issue", "pages", "publisher", "place",
    "edition", "doi", "url",
)  # fmt: skip


def bare(text: str) -> str:
    """Return text in one letter case, without accents and marks."""
    return " ".join(
        re.sub(r"[^\w]+", " ", fold(re.sub(r"</?\w{1,10}>", "", text.replace("\u00ad", "")))).split()
    )


def people(names: Iterable[Name]) -> str:
    """Return a list of people by family name and initials, in order."""
    return "; ".join(
        bare(n.literal or f"{n.particle} {n.family}") + " " + initials(n.given).lower() for n in names
    )


def page_range(text: str) -> str:
    """Return pages without their label, the last number in full."""
    found = re.search(r"([A-Za-z]{0,3}\d[\w.]*)(?:\s?[-–—]{1,3}\s?([A-Za-z]{0,3}\d[\w.]*))?", text)
    if not found:
        return bare(text)
    first, last = (part.strip(".") for part in (found.group(1), found.group(2) or ""))
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}-{last}".lower().strip("-.")


def truth_of(one: gold.Labelled) -> dict[str, str]:
    """Return the fields that a labelled string holds."""
    parts: dict[str, str] = {}
    for start, end, label in one.spans:
        if label == "date" and "date" in parts and not read_date(parts["date"]):
            parts["date"] = one.text[start:end]
        parts.setdefault(label, one.text[start:end])
    truth = {
        "authors": people(read_list(parts.get("author", "").strip(" ,:"))[0]),
        "editors": people(read_list(_editors(parts.get("editor", "")))[0]),
        "title": bare(parts.get("title", "")),
        "container": bare(
            re.sub(
                r"^\W*(?:In|in|dans|Dans|em|Em|en|En)\b\s?:?\s",
                "",
                parts.get("journal") or parts.get("book", ""),
            )
        ),
        "volume": _figure(bare(re.sub(r"(?<=[a-z.])(?=\d)", " ", parts.get("volume", "")))),
        "issue": _figure(bare(parts.get("issue", ""))),
        "pages": page_range(parts["pages"]) if "pages" in parts else "",
        "publisher": bare(parts.get("publisher", "")),
        "place": bare(parts.get("place", "")),
        "edition": bare(parts.get("edition", "")),
        "doi": _doi(parts.get("doi", "")),
        "url": _url(parts.get("url", "")),
    }
    if "doi.org/" in truth["url"]:  # the address of a DOI is labelled as an address in one of the sets
        truth["doi"] = truth["doi"] or _doi(truth["url"])
        truth["url"] = ""
    date = read_date(parts.get("date", ""))
    truth["year"] = str(date.year) if date and date.year else ""
    if joint := re.fullmatch(r"(\d+)[./](\d+)", parts.get("volume", "").strip(" ,;:()")):
        truth["volume"], truth["issue"] = joint.groups()
    return {field: value for field, value in truth.items() if value}


def _editors(text: str) -> str:
    text = re.sub(
        r"^\W*(?:(?:In|in|dans|Dans)\b:?\s?)?\W*(?:(?:[Ee]ds?\.|[Ee]dited|éd\.|Hrsg\.|ed|eds)\s(?:by\s|von\s|par\s)?)?",
        "",
        text,
    )
    return re.sub(
        r"[\s,(\[]*\b(?:eds?|editors?|Eds?|EDS?|Hrsg|Hg|dirs?|Dir|org|éds?|Editors?|Coords?)\b\.?[\s)\],.:]*$",
        "",
        text,
    ).strip(" ,:()")


def _doi(text: str) -> str:
    found = re.search(r"10\.\d{4,9}/\S+", text)
    return found.group().rstrip(".,;)").lower() if found else ""


def _url(text: str) -> str:
    """Return an address without "Available at:" in front and without the spaces of a broken line."""
    found = re.search(r"(?:https?:|ftp:|www\.).*", text)
    return "".join((found.group() if found else text).split()).strip("<>.,;)")


def _figure(text: str) -> str:
    """Return what is left of "vol 33" or "no 5" without its label."""
    return re.sub(
        r"^(?:vols?|volume|v|no|nr|n|num|núm|issue|iss|number|heft|h|t|tome|bd|band|jg|numero)\s(?=\S)",
        "",
        text,
    )


def answer_of(text: str) -> dict[str, str]:
    """Return the fields that the parser gives, in the same forms."""
    work = parse(text).work
    fields: dict[str, Any] = work_fields(work)
    answer = {name: bare(str(fields.get(name, ""))) for name in FIELDS}
    answer["authors"], answer["editors"] = people(work.authors), people(work.editors)
    answer["pages"] = page_range(fields["pages"]) if "pages" in fields else ""
    answer["doi"] = str(fields.get("doi", "")).lower()
    answer["url"] = str(fields.get("url", ""))
    return {field: value for field, value in answer.items() if value}


class Score:
    """Counts for one set of strings."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        self.true: Counter[str] = Counter()
        self.whole = self.count = 0

    def take(self, one: gold.Labelled, wrong: str | None) -> None:
        """Parse one string and count what is right in it."""
        truth, answer = truth_of(one), answer_of(one.text)
        if "doi" not in truth:  # printed strings do not label them
            answer.pop("doi", None)
        if "url" not in truth:
            answer.pop("url", None)
        if truth.get("url") and answer.get("url") and _same_url(truth["url"], answer["url"]):
            answer["url"] = truth["url"]
        self.count += 1
        self.whole += truth == answer
        for field in FIELDS:
            self.true[field] += field in truth
            self.given[field] += field in answer
            self.right[field] += field in truth and truth[field] == answer.get(field)
        if wrong is not None and truth != answer:
            bad = [f for f in FIELDS if truth.get(f) != answer.get(f)]
            if not wrong or wrong in bad:
                print(" ", one.text)
                for field in bad:
                    print(f"      {field}: true {truth.get(field)!r} given {answer.get(field)!r}")

    def print(self, name: str, fields: bool) -> None:
        """Print a line for the set and, if wished, one for each field."""
        if not self.count:
            return
        total = 2 * sum(self.right.values()) / max(1, sum(self.given.values()) + sum(self.true.values()))
        print(
            f"{name:<34} {self.count:>5} strings  field F1 {total:.4f}"
            f"  wholly right {self.whole / self.count:.4f}"
        )
        for field in FIELDS if fields else ():
            if self.true[field]:
                precision, recall = (
                    self.right[field] / max(1, self.given[field]),
                    self.right[field] / self.true[field],
                )
                f1 = 2 * self.right[field] / (self.given[field] + self.true[field])
                print(
                    f"    {field:<10} {self.true[field]:>6} true   P {precision:.3f}"
                    f"  R {recall:.3f}  F1 {f1:.3f}"
                )


def _same_url(left: str, right: str) -> bool:
    return re.sub(r"\W", "", left).lower() == re.sub(r"\W", "", right).lower()


def measure(name: str, strings: Iterable[gold.Labelled], options: argparse.Namespace) -> Score:
    score = Score()
    for one in strings:
        score.take(one, options.wrong)
    score.print(name, options.fields)
    return score


#: The medical forms: what stands in a health page's list.
MEDICAL: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("PubMed, Vancouver, AMA", articles.medical),
    ("APA", articles.apa),
)


def medical(facts: pools.Pools, count: int, seed: int) -> Iterable[tuple[str, list[gold.Labelled]]]:
    """Print articles as they are registered in the medical forms, with list numbers now and then."""
    chosen = [a for a in facts.articles if a.people and a.pages and a.volume]
    for name, printer in MEDICAL:
        rng = random.Random(seed)
        result = []
        for _ in range(count):
            one = printer(rng, rng.choice(chosen)).labelled()
            result.append(noise.numbered(rng, one) if rng.random() < 0.3 else one)
        yield name, result
    rng = random.Random(seed)
    yield "web pages", [others.page(rng, facts).labelled() for _ in range(count)]


def pasted(facts: pools.Pools, count: int, seed: int) -> Iterable[tuple[str, str, list[str]]]:
    """Return pasted lists of eight: layout, text, the references in it."""
    rng = random.Random(seed)
    made = list(printed.strings(facts, count * 8, seed, noisy=False))
    for at in range(count):
        layout = lists.LAYOUTS[at % len(lists.LAYOUTS)]
        text, placed = lists.laid_out(rng, layout, made[at * 8 : at * 8 + 8])
        yield layout, text, [item.text.rstrip() for _, item in placed]


def measure_lists(facts: pools.Pools, options: argparse.Namespace) -> None:
    right: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for layout, text, items in pasted(facts, options.lists, options.seed):
        found = {text[s.start : s.end] for s in segment(text)}
        hit = sum(item in found for item in items)
        right[layout] += hit
        count[layout] += len(items)
        if (
            options.wrong is not None
            and options.only == "lists"
            and hit < len(items)
            and options.wrong in ("", layout)
        ):
            print(f"--- {layout}")
            for one in found - set(items):
                print("   found", repr(one[:260]))
    for layout in count:
        print(f"list, {layout:<20} {count[layout]:>5} references  right {right[layout] / count[layout]:.4f}")
    print(
        f"lists, all{'':<15} {sum(count.values()):>5} references"
        f"  right {sum(right.values()) / sum(count.values()):.4f}"
    )


def measure_speed(strings: list[str]) -> None:
    """Print strings a second of CPU time, the start and the memory of a fresh process."""
    for text in strings[:200]:
        parse(text)
    began = time.process_time()
    for text in strings:
        parse(text)
    spent = time.process_time() - began
    print(f"speed: {len(strings)} strings, {len(strings) / spent:.0f} a second of CPU")
    code = (
        "import time,resource,sys\nbegan=time.process_time()\nfrom evidence.parsing import parse\n"
        "parse('Deyo RA. Low back pain. N Engl J Med. 2001;344(5):363-70.')\n"
        "first=time.process_time()-began\n"
        "for line in sys.stdin: parse(line)\n"
        "memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
        "print(f'start: {first:.3f} s of CPU to the first answer; memory at the end {memory:.0f} MB')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input="\n".join(" ".join(s.split()) for s in strings),
        capture_output=True,
        text=True,
        check=True,
    )
    print(done.stdout.strip())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="DIR")
    parser.add_argument("--part", choices=("held-back", "development"), default="held-back")
    parser.add_argument("--only", default="", help="core, good, printed, medical, lists or speed")
    parser.add_argument("--fields", action="store_true", help="print each field")
    parser.add_argument(
        "--wrong", nargs="?", const="", metavar="FIELD", help="print the strings that were read wrongly"
    )
    parser.add_argument(
        "--printed", type=int, default=1_000, metavar="N", help="strings to print for each form"
    )
    parser.add_argument("--lists", type=int, default=270, metavar="N")
    parser.add_argument("--seed", type=int, default=77, metavar="N")
    options = parser.parse_args()
    if gone := pools.missing(options.shared):
        print(
            f"not found in {options.shared}: {', '.join(gone)}; what needs them is left out", file=sys.stderr
        )
    for name in ("core", "good"):
        path = options.shared / "parsing" / f"{name}.xml"
        if path.exists() and options.only in ("", name):
            chosen = [one for one in gold.read(path) if gold.part_of_labelled(one) == options.part]
            measure(f"labelled, {name}", chosen, options)
    facts = pools.gather(options.shared, options.part)
    if not facts.articles:
        return 0
    if options.only in ("", "printed"):
        measure(
            "printed, all styles, with noise", printed.strings(facts, options.printed, options.seed), options
        )
    if options.only in ("", "medical"):
        for name, strings in medical(facts, options.printed, options.seed):
            measure(f"printed, {name}", strings, options)
    if options.only in ("", "lists"):
        measure_lists(facts, options)
    if options.only in ("", "speed"):
        measure_speed([one.text for one in printed.strings(facts, 2_000, options.seed)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
