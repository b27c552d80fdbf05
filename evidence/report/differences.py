"""Which differences between the written and the registered work a finding is about."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Finding, Verdict

#: Longest value of a field that is shown, in characters.
LONGEST = 160

_FIELDS = {"locator-mismatch": ("volume", "issue", "pages")}


def shown(finding: Finding, verdict: Verdict | None) -> Iterator[tuple[str, str, str]]:
    """Yield field, written and registered value, shortened, of each difference of a mismatch."""
    if not finding.name.endswith("-mismatch") or verdict is None or verdict.match is None:
        return
    fields = _FIELDS.get(finding.name, (finding.name.removesuffix("-mismatch"),))
    for difference in verdict.match.differences:
        if difference.field in fields:
            yield difference.field, _short(difference.written), _short(difference.registered)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
