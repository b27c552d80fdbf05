r"""What keeps text from outside inert in each form of a report; the one place where this is decided.

Titles, pages and server messages may hold anything. Control characters, characters that turn the
direction of writing and lone surrogates are shown as `\x1b`, `\u202e` … in every form.
"""

from __future__ import annotations

import re
from functools import cache

#: Delete and C1 controls, direction marks (UAX #9), line separators, byte order marks, surrogates,
#: noncharacters, and the tag characters that hide text.
_ODD = (
    "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\uffff\ud800-\udfff"
    "\U000e0000-\U000e007f"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


@cache
def _odd(controls: str) -> re.Pattern[str]:
    return re.compile(f"[{controls}{_ODD}]")


def _shown(found: re.Match[str]) -> str:
    character = found.group()
    code = ord(character)
    if character in _SHORT:
        return _SHORT[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def visible(text: str) -> str:
    """Return `text` on one line, with every character that could act made visible."""
    return _odd("\x00-\x1f").sub(_shown, text)


@cache
def _commands() -> re.Pattern[str]:
    """Return what build servers read as a command wherever it stands on a line: ##[…], ##vso[…]."""
    return re.compile(r"##(?=[A-Za-z]{0,40}\[)")


def terminal(text: str) -> str:
    """Return `text` for a line of a terminal or a build log: visible, and no build server's command."""
    return _commands().sub(r"##\\", visible(text))


def line_start(text: str) -> str:
    """Return what begins a line of a log so that it is no command: `::error::.md` → `./::error::.md`."""
    text = terminal(text)
    return f"./{text}" if text.lstrip().startswith(("::", "##")) else text


def xml(text: str) -> str:
    """Return `text` for XML 1.0, in an element or a double-quoted attribute."""
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _commands().sub("#&#35;", text.replace('"', "&quot;"))


def github(text: str) -> str:
    """Return `text` for the message of a GitHub workflow command.

    Source: actions/toolkit, packages/core/src/command.ts, `escapeData`.
    """
    return terminal(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def github_property(text: str) -> str:
    """Return `text` for a property of a GitHub workflow command (`escapeProperty`)."""
    return github(text).replace(":", "%3A").replace(",", "%2C")


def markdown(text: str) -> str:
    """Return `text` for Markdown: no markup, mention, link, number of an issue, or command."""
    from evidence.rendering.markdown import escape, escape_start

    return escape_start(_linking().sub(_entity, escape(visible(text))))


@cache
def _linking() -> re.Pattern[str]:
    """Return what GitHub and GitLab link by themselves: `#12`, `!12`, `https://…`, `www.…`."""
    return re.compile(r"(?<!&)[#!](?=\w|#)|(?<=[A-Za-z]):(?=//)|(?<=www)\.", re.IGNORECASE)


def _entity(found: re.Match[str]) -> str:
    return f"&#{ord(found.group())};"


def html(text: str) -> str:
    """Return `text` for HTML, in an element or a double-quoted attribute."""
    text = visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#39;")


def address(url: str) -> str:
    """Return an address for an HTML attribute; "" for what is no address of the web (`javascript:` …)."""
    return html(url) if url.lower().startswith(("https://", "http://")) else ""


def link_free(text: str) -> str:
    """Return `text` for SARIF messages, in which `[words](target)` would be a link (SARIF 2.1.0, 3.11.6)."""
    return visible(text).replace("](", "] (")


def json_text(dumped: str) -> str:
    """Return JSON in which odd characters of strings are escaped, so that it is safe in any log."""
    return _commands().sub(r"#\\u0023", _odd("").sub(_json_escape, dumped))


def _json_escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    if 0xD800 <= code <= 0xDFFF:
        return "\\ufffd"  # half a pair is no character: strict readers of JSON refuse it
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
