"""A `Report` in the forms that people and programs read; each form is a module with `write`.

`FORMATS` maps a form's name to its writer. A writer takes a report and the table of rules, returns
text, prints nothing, and is loaded when it is first called.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evidence.model import Rule
    from evidence.report.result import Report

    Writer = Callable[[Report, Sequence[Rule]], str]

__all__ = ["FORMATS", "schema"]


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the form `json` (schema 1); its `$defs/finding` is a line of `jsonl`."""
    import json
    from importlib.resources import files

    made: dict[str, Any] = json.loads(files("evidence.report").joinpath("schema.json").read_text("utf-8"))
    return made


def _lazy(module: str, name: str = "write") -> Writer:
    """Return the writer of a module that is not loaded before it is needed."""

    def write(report: Report, rules: Sequence[Rule] = ()) -> str:
        from importlib import import_module

        made: str = getattr(import_module(f"evidence.report.{module}"), name)(report, rules)
        return made

    return write


#: The forms by the names of `--format`.
FORMATS: dict[str, Writer] = {
    "text": _lazy("text"),
    "json": _lazy("json"),
    "jsonl": _lazy("json", "write_lines"),
    "sarif": _lazy("sarif"),
    "junit": _lazy("junit"),
    "github": _lazy("github"),
    "gitlab": _lazy("gitlab"),
    "rdjson": _lazy("rdjson"),
    "markdown": _lazy("markdown"),
    "html": _lazy("html"),
}
