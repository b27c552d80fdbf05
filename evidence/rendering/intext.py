"""Citations in the text as the styles print them: [1,3-5], (1), a raised number, (Berg et al., 2015)."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.errors import UsageError
from evidence.model import Work
from evidence.rendering import people
from evidence.rendering.apa import year_of
from evidence.rendering.parts import full_title
from evidence.rendering.pieces import Piece, plain, visible
from evidence.rendering.styles import native, writer

#: Raised numerals in plain text; a comma has no raised form.
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def cite(
    works: Sequence[Work],
    numbers: Sequence[int] = (),
    style: str = "pubmed",
    to: str = "text",
    *,
    letters: Sequence[str] = (),
    narrative: bool = False,
) -> str:
    """Return one citation of `works` in the text.

    `numbers` are their numbers in the list, for the styles that number: `pubmed` prints "[1,3-5]",
    `nlm` "(1,3-5)" (ICMJE: numerals in parentheses), `ama` raised numerals (11th ed., 3.6). `apa`
    prints "(Berg & Li, 2015; Smith et al., 2010a)" in alphabetical order (8.12), with `narrative`
    "Berg and Li (2015)" (8.11); `letters` tell works of one author and year apart. Raises UsageError
    for another style, and for a style that numbers without `numbers`.
    """
    name = native(style)
    write = writer(to)
    if name == "apa":
        return write(plain(_author_date(works, letters, narrative)))
    if not name:
        raise UsageError(f"citations in the text are set in pubmed, nlm, ama or apa, not in {style}")
    if not numbers:
        raise UsageError(f"style {name} numbers its citations: give the numbers")
    text = ranges(numbers)
    if name == "ama":
        if to in ("markdown", "mdx"):
            return f"<sup>{text}</sup>"
        return text.translate(_RAISED) if to == "text" else write((Piece(text, "sup"),))
    return write(plain(f"({text})" if name == "nlm" else f"[{text}]"))


def ranges(numbers: Sequence[int]) -> str:
    """Return numbers sorted, three and more in a row as a range: "1,3-5" (AMA, 3.6; ICMJE)."""
    result: list[str] = []
    run: list[int] = []
    for number in [*sorted(set(numbers)), None]:
        if number is not None and (not run or number == run[-1] + 1):
            run.append(number)
            continue
        if len(run) > 2:
            result.append(f"{run[0]}-{run[-1]}")
        else:
            result += [str(n) for n in run]
        run = [number] if number is not None else []
    return ",".join(result)


def _author_date(works: Sequence[Work], letters: Sequence[str], narrative: bool) -> str:
    cited = []
    for index, work in enumerate(works):
        year = year_of(work, letters[index] if index < len(letters) else "")
        who = people.cited(work, ampersand=not narrative) or _short_title(work)
        cited.append((who.casefold(), year, f"{who} ({year})" if narrative else f"{who}, {year}"))
    shown = [text for _, _, text in sorted(cited)]
    return "; ".join(shown) if narrative else f"({'; '.join(shown)})"


def _short_title(work: Work) -> str:
    """Return the first words of a title in quotation marks, for a work without an author (8.14)."""
    words = visible(full_title(work)).rstrip(".").split()
    return f"“{' '.join(words[:4])}”" if words else "[Untitled]"
