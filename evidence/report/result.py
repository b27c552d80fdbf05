"""The result of a check as one value, from which every form of report is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evidence.errors import UsageError
from evidence.model import Fact, Finding, LinkState, Seen, Site, Source, Span, Verdict

if TYPE_CHECKING:
    from pandas import DataFrame

#: What `Report.to_pandas` can make a table of.
TABLES = ("references", "citations", "links", "facts", "findings")


@dataclass(frozen=True, slots=True)
class LinkUse:
    """A link that was judged, where it stands, and the dated looks that its state rests on."""

    state: LinkState
    source: Source = field(repr=False)
    span: Span
    seen: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True)
class FactUse:
    """A study fact, its facts file, and where its words stand on its page (None: not found there)."""

    fact: Fact
    file: Source = field(repr=False)
    page: str = ""
    page_source: Source | None = field(default=None, repr=False)
    page_span: Span | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All that a check found out.

    `references` holds every reference once, with its verdict. `complete` is False whenever
    something could not be asked or got no usable answer; `incomplete_new` when some of that is not
    answered by the lock either. `ignored` counts findings that suppressions kept back.
    """

    findings: tuple[Finding, ...] = ()
    references: tuple[Verdict, ...] = ()
    site: Site = field(default_factory=Site, repr=False)
    links: tuple[LinkUse, ...] = ()
    facts: tuple[FactUse, ...] = ()
    complete: bool = True
    ignored: int = 0
    incomplete_new: bool = False

    @property
    def counts(self) -> Mapping[str, int]:
        """References, findings by severity, and findings kept back."""
        severities = [finding.severity for finding in self.findings]
        return {
            "references": len(self.references),
            "error": severities.count("error"),
            "warning": severities.count("warning"),
            "note": severities.count("note"),
            "ignored": self.ignored,
        }

    def _repr_html_(self) -> str:
        """Return the report as a notebook shows it: the summary and the findings."""
        from evidence.report.html import fragment

        return fragment(self)

    def to_json(self) -> dict[str, Any]:
        """Return what `--format json` writes, as plain dictionaries and lists (schema 1)."""
        from evidence.report.json import document

        return document(self)

    def to_pandas(self, table: str = "references") -> DataFrame:
        """Return one table of the report as a data frame, nested fields as `ids.doi`.

        `table` is `references` (one row each), `citations`, `links`, `facts` or `findings`. Raises
        UsageError for another, and where pandas is not installed.
        """
        if table not in TABLES:
            raise UsageError(f"there is no table {table!r}: choose {', '.join(TABLES)}")
        try:
            import pandas
        except ImportError as error:
            raise UsageError("pandas is not installed: pip install 'evidence-bib[pandas]'") from error
        rows = self.to_json()[table]
        frame: DataFrame = pandas.json_normalize(rows, max_level=1)
        return frame
