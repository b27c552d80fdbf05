"""An extension of Sphinx: checks citations at build; reference lists and study facts as directives.

    extensions = ["evidence.plugins.sphinx"]
    evidence_paths = ["refs.bib", "guide.md"]   # from the source folder; default: all of it
    evidence_mode = "frozen"                    # or offline, read-only; "" checks nothing

Errors and warnings become warnings of the build (type `evidence`, subtype the rule's name), so that
`sphinx-build -W` fails on them and `suppress_warnings` leaves some out.

    .. evidence-references:: refs.bib
       :style: nlm
       :keys: smith2010 jones2011

    .. evidence-facts:: facts.toml
       :study: smith2010
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from evidence.plugins import MODES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from evidence.model import Settings

logger = logging.getLogger(__name__)


class References(SphinxDirective):
    """The entries of a bibliography, or some of them by key, as a numbered list."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {
        "style": directives.unchanged,
        "keys": directives.unchanged,
        "bullets": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Return the list; an error of the directive for a file or a key that is not there."""
        import evidence

        name, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(name)
        wanted = self.options.get("keys", "").split()
        try:
            held = evidence.read(path, kind="bib").references
            by_key = {reference.key: reference.work for reference in held}
            missing = [key for key in wanted if key not in by_key]
            if missing:
                raise self.error(f"{self.arguments[0]} has no entry {', '.join(missing)}")
            works = [by_key[key] for key in wanted] if wanted else [reference.work for reference in held]
            lines = evidence.render(works, style=self.options.get("style", "pubmed"), to="text")
        except evidence.EvidenceError as error:
            raise self.error(str(error)) from error
        made: nodes.Element = nodes.bullet_list() if "bullets" in self.options else nodes.enumerated_list()
        for line in lines:
            made += nodes.list_item("", nodes.paragraph("", "", *_linked(line)))
        return [made]


def _linked(line: str) -> Iterable[nodes.Node]:
    """Yield a line with its addresses and DOIs as links."""
    from evidence.ids import find
    from evidence.ids.urls import find_urls

    targets = [(span, f"https://doi.org/{id_.value}") for id_, span in find(line) if id_.kind == "doi"]
    targets += [(span, url) for url, span in find_urls(line)]
    at = 0
    for span, url in sorted(targets, key=lambda target: (target[0].start, -target[0].end)):
        if span.start >= at:
            yield nodes.Text(line[at : span.start])
            yield nodes.reference("", line[span.start : span.end], refuri=url)
            at = span.end
    yield nodes.Text(line[at:])


class Facts(SphinxDirective):
    """The study facts of a facts file, or of one study, as a table with both quotes."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"study": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the table; an error of the directive for a file that cannot be read."""
        import evidence
        from evidence.inputs import read_facts
        from evidence.report.facts import rows

        name, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(name)
        try:
            file = read_facts(Path(path), _settings(self.env.srcdir))
        except evidence.EvidenceError as error:
            raise self.error(str(error)) from error
        study = self.options.get("study", "")
        return [_table(rows(fact for fact in file.facts if study in ("", fact.study)))]


def _settings(folder: Any) -> Settings:
    from evidence import checking

    return checking.settings_for((str(folder),), {"mode": "offline"})


def _table(rows: list[list[str]]) -> nodes.table:
    head, *body = rows
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in head), cols=len(head))
    group += nodes.thead("", _table_row(head))
    group += nodes.tbody("", *map(_table_row, body))
    return nodes.table("", group, classes=["evidence-facts"])


def _table_row(cells: Iterable[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", cell)) for cell in cells))


def check(app: Sphinx) -> None:
    """Check what the configuration names and log what is found."""
    from sphinx.errors import ExtensionError

    import evidence
    from evidence.report.places import Places
    from evidence.report.summary import summarise

    mode = app.config.evidence_mode
    if not mode:
        return
    if mode not in MODES:
        raise ExtensionError(f"evidence_mode is one of {', '.join(MODES)} or empty, not {mode!r}")
    root = Path(app.srcdir)
    try:
        report = evidence.check([root / path for path in app.config.evidence_paths] or [root], **MODES[mode])
    except evidence.EvidenceError as error:
        raise ExtensionError(f"evidence: {error}") from error
    places = Places()
    for finding in report.findings:
        at = f"{finding.source.path or finding.source.name}:{places.of(finding.source, finding.span).line}"
        words = f"{finding.name}: {finding.message}"
        if finding.severity == "note":
            logger.info("%s: %s", at, words)
        else:
            logger.warning("%s", words, location=at, type="evidence", subtype=finding.name)
    logger.info("evidence: %s", summarise(report))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension with Sphinx."""
    from evidence.report.summary import version

    app.add_config_value("evidence_paths", [], "", [list, tuple])
    app.add_config_value("evidence_mode", "frozen", "", [str])
    app.add_directive("evidence-references", References)
    app.add_directive("evidence-facts", Facts)
    app.connect("builder-inited", check)
    return {"version": version(), "parallel_read_safe": True, "parallel_write_safe": True}
