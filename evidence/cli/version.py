"""What `--version` shows."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def version_lines() -> list[str]:
    """Return the version line, and a warning where the other package named evidence is installed."""
    lines = [f"evidence {version('evidence-bib')}"]
    try:
        other = version("evidence")
    except PackageNotFoundError:
        return lines
    return [
        *lines,
        f"warning: another distribution named evidence ({other}) is installed; both write into the same "
        "package: uninstall it with `pip uninstall evidence` and install evidence-bib again",
    ]
