"""The extension in a real build."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

pytest.importorskip("sphinx")

PAGE = """Cells
=====

.. evidence-references:: docs/refs.bib
   :style: pubmed

.. evidence-facts:: facts.toml
   :study: pettine2015
"""


def build(project: Path, page: str = PAGE, **settings: object) -> tuple[str, str]:
    """Return the page made and the warnings."""
    from sphinx.application import Sphinx

    (project / "conf.py").write_text("", encoding="utf-8")
    (project / "index.rst").write_text(page, encoding="utf-8")
    settings = {"extensions": ["evidence.plugins.sphinx"], "exclude_patterns": ["docs", "_*"], **settings}
    warned = io.StringIO()
    app = Sphinx(
        str(project), str(project), str(project / "_html"), str(project / "_trees"), "html", settings,
        status=io.StringIO(), warning=warned, freshenv=True,
    )  # fmt: skip
    app.build()
    return (project / "_html" / "index.html").read_text(encoding="utf-8"), warned.getvalue()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
def test_lists_facts_and_warnings(project: Path) -> None:
    page, warned = build(project, evidence_mode="offline", evidence_paths=["docs"])
    assert "Percutaneous injection of autologous bone marrow concentrate cells" in page
    assert 'href="https://doi.org/10.1002/stem.1845"' in page
    assert "Twelve were followed" in page
    assert "page.md:9: WARNING: missing-link" in warned


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
def test_what_is_not_there_is_said(project: Path) -> None:
    page = ".. evidence-references:: docs/refs.bib\n   :keys: nobody1999\n\n.. evidence-facts:: no.toml\n"
    _, warned = build(project, f"X\n=\n\n{page}", evidence_mode="")
    assert "has no entry nobody1999" in warned
    assert "no.toml" in warned
