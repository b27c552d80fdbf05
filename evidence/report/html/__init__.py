"""The report as one page of HTML: no script, nothing loaded from anywhere, for screen, phone and paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from evidence.model import Rule
from evidence.report.escape import html
from evidence.report.html import facts, findings, links, plots, references
from evidence.report.html.parts import Section, section
from evidence.report.result import Report
from evidence.report.summary import missing_answers, outlook, plural, summarise, version

__all__ = ["fragment", "write"]

#: The page may show itself and nothing else: no script, no picture or style from elsewhere.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write(report: Report, rules: Sequence[Rule] = ()) -> str:
    """Return the report as a whole page, ending in a newline."""
    sections = [
        made
        for made in (
            plots.plots(report),
            findings.findings(report),
            references.references(report),
            links.links(report),
            facts.facts(report),
        )
        if made is not None
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{html(_title(report))} – evidence</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
        f"{_head(report, sections)}<main>\n{''.join(map(section, sections))}</main>\n{_foot(report)}"
        "</body>\n</html>\n"
    )


def fragment(report: Report) -> str:
    """Return summary and findings for a notebook: a piece of a page, with a style of its own."""
    made = findings.findings(report)
    return (
        f'<div class="evidence"><style>{_style(notebook=True)}</style>'
        f"<p><strong>{html(summarise(report))}</strong></p>{made.body if made else ''}</div>"
    )


@cache
def _style(notebook: bool = False) -> str:
    from importlib.resources import files

    text = files("evidence.report.html").joinpath("style.css").read_text("utf-8")
    if notebook:  # every rule below the piece's own class, so that the notebook keeps its own looks
        return f".evidence {{ {text} }}"
    return text


def _title(report: Report) -> str:
    pages = [d.source.name for d in report.site.documents if not d.is_bibliography]
    names = pages or [document.source.name for document in report.site.documents]
    if len(names) == 1:
        return f"Citations of {names[0]}"
    return f"Citations of {plural(len(names), 'page')}" if pages else "Citations"


def _head(report: Report, sections: Sequence[Section]) -> str:
    lines = [f"<p>{_told(line)}</p>" for line in (*outlook(report), *missing_answers(report))]
    links_ = "".join(f'<li><a href="#{one.id}">{html(one.title)}</a></li>' for one in sections)
    return (
        '<a class="skip" href="#findings">Skip to the findings</a>\n'
        f'<header>\n<h1>{html(_title(report))}</h1>\n<p class="lead">{html(summarise(report))}</p>\n'
        f"{''.join(lines)}\n{_tiles(report)}\n"
        f'<nav aria-label="Parts of this report"><ul>{links_}</ul></nav>\n</header>\n'
    )


def _told(line: str) -> str:
    """Return a line of the summary; commands stand between backticks."""
    parts = html(line.strip(" -")).split("`")
    return "".join(
        f"<code>{part}</code>" if n % 2 and n < len(parts) - 1 else part for n, part in enumerate(parts)
    )


def _tiles(report: Report) -> str:
    counts = report.counts
    retracted = sum(verdict.retracted for verdict in report.references)
    tiles = [
        (counts["references"], "reference", ""),
        (counts["error"], "error", "error" if counts["error"] else ""),
        (counts["warning"], "warning", "warning" if counts["warning"] else ""),
        (counts["note"], "note", ""),
        *([(retracted, "retracted", "error")] if retracted else []),
        *([(counts["ignored"], "kept back", "")] if counts["ignored"] else []),
    ]
    made = (
        f'<li class="{kind}"><b>{number:,}</b> '
        f"{word if number == 1 or word in ('retracted', 'kept back') else word + 's'}</li>"
        for number, word, kind in tiles
    )
    return f'<ul class="tiles" aria-label="In numbers">{"".join(made)}</ul>'


def _foot(report: Report) -> str:
    dates = [v.record.since for v in report.references if v.record and v.record.since]
    dates += [look.at[:10] for use in report.links for look in use.seen]
    asked = f" The newest answer it rests on is of {html(max(dates))}." if dates else ""
    return (
        f"<footer><p>Made by evidence {html(version())}.{asked} What could not be checked is not called "
        "wrong; <em>not found</em> means that no registry that could know the work has it, not that it was "
        "made up.</p></footer>\n"
    )
