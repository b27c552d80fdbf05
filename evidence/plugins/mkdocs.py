"""A plug-in of MkDocs: checks citations at build, and shows the study facts of a page as a table.

    plugins:
      - evidence:
          paths: [docs]          # default: the pages of the site
          mode: frozen           # or offline, read-only
          check: true

Errors and warnings become warnings of the build, so that `mkdocs build --strict` fails on them. Where
a page holds the comment `<!-- evidence:facts -->` its study facts stand instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mkdocs.config import base, config_options
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger

from evidence.plugins import MODES

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from evidence.report.result import Report

FACTS = re.compile(r"<!-- evidence:facts -->")

log = get_plugin_logger("evidence")


class Options(base.Config):
    """The options of the plug-in in mkdocs.yml."""

    check = config_options.Type(bool, default=True)
    mode = config_options.Choice(tuple(MODES), default="frozen")
    paths = config_options.Type(list, default=[])


class EvidencePlugin(BasePlugin[Options]):
    """Checks once a build; the report is kept for the tables of facts."""

    report: Report | None = None

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Check the pages and log what is found; raises `PluginError` for what cannot be read."""
        import evidence

        try:
            self.report = evidence.check(self.config.paths or [config.docs_dir], **MODES[self.config.mode])
        except evidence.EvidenceError as error:
            raise PluginError(f"evidence: {error}") from error
        if self.config.check:
            _log(self.report)

    def on_page_markdown(self, markdown: str, *, page: Any, **_: Any) -> str:
        """Put the table of study facts where the page asks for it."""
        if self.report is None or not FACTS.search(markdown):
            return markdown
        table = _table(self.report, page.file.abs_src_path)
        return FACTS.sub(lambda _: table, markdown)


def _log(report: Report) -> None:
    from evidence.report.escape import terminal
    from evidence.report.places import Places
    from evidence.report.summary import summarise

    places = Places()
    for finding in report.findings:
        place = places.of(finding.source, finding.span)
        words = terminal(f"{finding.source.name}:{place.line}: {finding.name}: {finding.message}")
        log.info("%s", words) if finding.severity == "note" else log.warning("%s", words)
    log.info("%s", summarise(report))


def _table(report: Report, path: str | None) -> str:
    """Return the facts of a page as a table of Markdown."""
    from evidence.report.escape import markdown
    from evidence.report.facts import rows

    held = [use.fact for use in report.facts if use.page_source and use.page_source.path == path]
    lines = [[markdown(cell) for cell in row] for row in rows(held)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (lines[0], ["---"] * len(lines[0]), *lines[1:]))
