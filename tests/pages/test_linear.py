"""No input makes reading slow: time grows with the length, whatever stands there."""

from __future__ import annotations

from functools import partial

import pytest

from evidence.model import Kind
from tests.measuring import assert_linear, cpu_seconds
from tests.pages.looking import page

SIZE = 50_000
UNITS = [
    "[",
    "]",
    "[1",
    "[1,",
    "1",
    "1,",
    "[1]-",
    "[^",
    "[@a; ",
    "@",
    "@a1",
    "<a",
    '<a x="',
    '<a x=">" ',
    "<a ='\">",
    "<!--",
    "<",
    "</",
    "<div>",
    "<b>",
    "<b><p>",
    "<i></b>",
    "<p>a",
    "<ul><li>",
    "<form>",
    "<script></x>",
    "<sup>1</sup>",
    "<sup>",
    "<td>",
    "&",
    "&amp",
    "&#",
    "`",
    "` `` ",
    "*a ",
    "*a**b",
    "_",
    "~a",
    "[a](b",
    "](",
    "](((",
    "![",
    "[a][b]",
    "{{",
    "{% ",
    "{/* ",
    "{#",
    "$a ",
    "^1",
    "¹",
    "¹,",
    "> ",
    "- ",
    "1. a\n",
    "[1] a\n",
    "[^a]: b\n\n",
    "[a]: http://x\n",
    "|a|b|\n",
    "\n",
    " ",
    "\t",
    "\r",
    "(1) ",
    ":cite:",
    "{cite}`",
    "a:b ",
    "https://",
    "doi:10.1/",
    "#",
    "===\n",
    "<!-- evidence:references -->\n",
    "<!-- evidence: ignore X - y -->\n\na\n\n",
    "1 2015;",
    "A B, ",
]


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear(unit: str, kind: Kind) -> None:
    assert_linear(lambda size: page(unit * (size // len(unit)), kind), SIZE // 8)


LIST = "\n\nReferences\n\n1. Smith J. Title. Lancet. 2015;33:1-5.\n"


def test_digits_without_end() -> None:
    for text in ("[" + "1" * SIZE, "[" + "1," * (SIZE // 2), "[" * SIZE + "1]", "[1-" * (SIZE // 3)):
        assert cpu_seconds(partial(page, f"x {text}{LIST}", "text")) < 2
