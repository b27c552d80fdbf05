"""Lines as lists: numbered, bullets or paragraphs, with what the page's own list had around them.

What is kept of a list that stood there: the tag or environment around it (with its class, id and
start), the opening of each item (`<li id=…>`, a footnote's label, a TeX key) and anchors in it that the
page links to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from evidence.model import Span

_TAG = r"<[A-Za-z][^<>]{0,2000}>"
_BIBITEM = r"\\bibitem\s?(?:\[[^\]]{0,500}\])?\s?\{[^{}]{1,500}\}"
_LABEL = r"\d{1,9}[.)]|[-*+]|\[\^?[^\]\s]{1,80}\]:?|\\(?:bib)?item\b.{0,600}"


class Head(NamedTuple):
    """What begins an item: its own opening ("" for the layout's), and anchors and comments to keep."""

    opening: str = ""
    anchors: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """How a list is laid out on its page.

    `frame` is what stands around all items: None for what the layout has, ("", "") for nothing.
    `start` is the first number; `indent` stands before each line but the first.
    """

    to: str
    layout: str = "numbered"
    newline: str = "\n"
    indent: str = ""
    frame: tuple[str, str] | None = None
    start: int = 1


@cache
def _linked() -> re.Pattern[str]:
    html = r"""href\s{0,9}=\s{0,9}["']?#([^"'\s<>]{1,200})"""
    return re.compile(html + r"|\]\(#([^)\s]{1,200})\)", re.IGNORECASE)


def linked_ids(text: str) -> frozenset[str]:
    """Return the ids that links in a page point to (`href="#x"`, `](#x)`)."""
    return frozenset(found.group(1) or found.group(2) for found in _linked().finditer(text))


@cache
def _items(to: str) -> re.Pattern[str]:
    """Return where an item of a list made by this room begins."""
    if to == "html":
        return re.compile(r"<(?:li|p)\b", re.IGNORECASE)
    if to == "latex":
        return re.compile(r"\\(?:bibitem|item)\b")
    return re.compile(r"^[ \t]{0,80}(?:\d{1,9}[.)]|[-*+]|\[\^[^\]\s]{1,80}\]:)[ \t]", re.MULTILINE)


def split_items(text: str, to: str, layout: str) -> list[str]:
    """Cut a generated list into its items, each from its opening to the next one's."""
    if layout == "paragraphs" and to != "html":
        return [part for part in re.split(r"(?:\r\n?|\n){2}", text.strip()) if part]
    starts = [found.start() for found in _items(to).finditer(text)]
    return [text[a:b] for a, b in pairwise([*starts, len(text)])] if starts else []


def layout_of(text: str, to: str) -> str:
    """Return the layout of a generated list as it stands, or "" where it does not show."""
    text = text.lstrip()
    if to == "html":
        found = re.match(r"<(ol|ul|p)\b", text, re.IGNORECASE)
        return {"ol": "numbered", "ul": "bullets", "p": "paragraphs"}[found.group(1).lower()] if found else ""
    if to == "latex":
        found = re.match(r"\\(?:begin\{)?(thebibliography|enumerate|itemize|bibitem)\b", text)
        return {"itemize": "bullets"}.get(found.group(1), "numbered") if found else ""
    if not text:
        return ""
    if re.match(r"\d{1,9}[.)][ \t]|\[\^", text):
        return "numbered"
    return "bullets" if re.match(r"[-*+][ \t]", text) else "paragraphs"


def frame_of(text: str, to: str) -> tuple[str, str] | None:
    """Return what stands around the items of a list, or None where there is no list yet."""
    text = text.strip()
    if to == "html":
        found = re.match(r"<(ol|ul)\b[^<>]{0,20000}>", text, re.IGNORECASE)
        if found:
            return found.group(), f"</{found.group(1)}>"
        return ("", "") if re.match(r"<li\b", text, re.IGNORECASE) else None
    if to == "latex":
        found = re.match(r"\\begin\{([a-zA-Z*]{1,40})\}(?:\{[^{}\n]{0,80}\}|\[[^\]\n]{0,80}\])?", text)
        if found:
            return found.group(), f"\\end{{{found.group(1)}}}"
        return ("", "") if text.startswith("\\bibitem") else None
    return None


@cache
def _stamp() -> re.Pattern[str]:
    return re.compile(r"""\sdata-evidence\s{0,9}=\s{0,9}(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE)


def stamp_of(text: str) -> str:
    """Return what the `data-evidence` attribute of a list says: its keys; "" without one.

    It stays where a content-management system drops comments, and with them our markers.
    """
    tag = re.match(r"\s*<(?:ol|ul)\b[^<>]{0,20000}>", text, re.IGNORECASE)
    found = _stamp().search(tag.group()) if tag else None
    return " ".join((found.group(1) or found.group(2) or "").split()) if found else ""


def stamped(frame: tuple[str, str], keys: Sequence[str], *, always: bool = False) -> tuple[str, str]:
    """Return a list's tags with its keys in `data-evidence`, where one is there or with `always`."""
    from html import escape

    opening, closing = frame
    value = f' data-evidence="{escape(" ".join(keys))}"'
    if _stamp().search(opening):
        return _stamp().sub(lambda _: value, opening, count=1), closing
    tag = re.match(r"<(?:ol|ul)\b", opening, re.IGNORECASE) if always else None
    return (tag.group() + value + opening[tag.end() :], closing) if tag else frame


def counted(frame: tuple[str, str], start: int) -> tuple[str, str]:
    """Return the tags of an ordered list that begins with a number."""
    opening, closing = frame
    own = re.search(r"""\sstart\s{0,9}=\s{0,9}["']?(\d{1,9})["']?""", opening, re.IGNORECASE)
    if opening[:3].lower() != "<ol" or (int(own.group(1)) if own else 1) == start:
        return frame
    if own:
        return opening[: own.start()] + f' start="{start}"' + opening[own.end() :], closing
    return f'{opening[:3]} start="{start}"{opening[3:]}', closing


def start_of(text: str) -> int:
    """Return the first number of a numbered list in Markdown, 1 where there is none."""
    found = re.match(r"(\d{1,9})[.)]", text.lstrip())
    return int(found.group(1)) if found else 1


def head_of(item: str, to: str, layout: str, linked: frozenset[str]) -> Head:
    """Return what is kept of an item as it stands: its opening and the anchors that links point to."""
    if to == "latex":
        found = re.search(_BIBITEM + r"|\\item\b(?:\[[^\]]{0,500}\])?", item)
        return Head(f"{found.group()} " if found else "")
    opening = ""
    own = "p" if layout == "paragraphs" else "li"
    anchors: list[str] = []
    for found in re.finditer(_TAG, item):
        tag = found.group()
        name = re.match(r"<([A-Za-z0-9-]+)", tag)
        if to == "html" and not opening and name and name.group(1).lower() == own:
            opening = tag
        elif not (name and name.group(1).lower() in ("ol", "ul")):
            anchors += [f'<a id="{value}"></a>' for value in _ids(tag) if value in linked]
    if to in ("markdown", "mdx"):
        label = re.search(r"\[\^[^\]\s]{1,80}\]:", item)
        opening = f"{label.group()} " if label else ""
    comments = re.findall(r"<!--\s{0,9}evidence:\s{0,9}ignore\b[^\r\n<>]{0,1000}-->", item)
    return Head(opening, "".join(dict.fromkeys(anchors + comments)))


def _ids(tag: str) -> list[str]:
    return re.findall(r"""\s(?:id|name)\s{0,9}=\s{0,9}["']?([\w.:-]{1,200})""", tag, re.IGNORECASE)


def together(heads: Sequence[Head], linked: frozenset[str]) -> Head:
    """Return the head of an item that takes the place of several: the first, with the anchors of all."""
    if not heads:
        return Head()
    anchors = [head.anchors for head in heads]
    anchors += [f'<a id="{v}"></a>' for head in heads[1:] for v in _ids(head.opening) if v in linked]
    return Head(heads[0].opening, "".join(dict.fromkeys(anchors)))


def arrange(lines: Sequence[str], keys: Sequence[str], heads: Sequence[Head], form: Form) -> str:
    """Return a list of references as it stands on the page, without a newline at its end.

    `lines` are written for the target already; `keys` are needed for TeX; the first line bears no
    indent, for it stands behind what is there.
    """
    items = [
        _item(line, key, number, head, form)
        for number, (line, key, head) in enumerate(zip(lines, keys, heads, strict=True), form.start)
    ]
    before, after = _default_frame(form) if form.frame is None else form.frame
    parts = [part for part in (before, *items, after) if part]
    blank = form.layout == "paragraphs" and form.to != "html"
    return (form.newline * (2 if blank else 1) + form.indent).join(parts)


def _default_frame(form: Form) -> tuple[str, str]:
    if form.layout == "paragraphs" or form.to not in ("html", "latex"):
        return "", ""
    if form.to == "html":
        if form.layout == "bullets":
            return "<ul>", "</ul>"
        return ("<ol>" if form.start == 1 else f'<ol start="{form.start}">'), "</ol>"
    if form.layout == "bullets":
        return "\\begin{itemize}", "\\end{itemize}"
    return "\\begin{thebibliography}{99}", "\\end{thebibliography}"


def _item(line: str, key: str, number: int, head: Head, form: Form) -> str:
    text = head.anchors + line
    if form.to == "html":
        tag = "p" if form.layout == "paragraphs" else "li"
        return f"{head.opening or f'<{tag}>'}{text}</{tag}>"
    if head.opening:
        return head.opening + text
    if form.layout == "paragraphs":
        return text
    if form.to == "latex":
        return (f"\\bibitem{{{key}}} " if form.layout == "numbered" else "\\item ") + text
    return (f"{number}. " if form.layout == "numbered" else "- ") + text


@cache
def _outer(tags: str, end: bool) -> re.Pattern[str]:
    pattern = rf"\s*</({tags})\s*>" if end else rf"<({tags})(?:\s[^<>]{{0,20000}})?>\s*$"
    return re.compile(pattern, re.IGNORECASE)


def widen(text: str, span: Span, to: str, layout: str) -> Span:
    """Return the span of a whole list: with its tags or its first number, without white space around.

    Readers may give the span of what is seen; what is replaced must be whole elements.
    """
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if to == "html":
        return _widen_html(text, start, end, layout)
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    before = text[line:start]
    if re.fullmatch(rf"[ \t]{{0,80}}(?:{_LABEL})?[ \t]*", before):
        start = line + len(before) - len(before.lstrip())
    return Span(start, end)


def _widen_html(text: str, start: int, end: int, layout: str) -> Span:
    """Take in the tags directly around: first those of an item and inside it, then those of the list."""
    item = "p" if layout == "paragraphs" else "li"
    if not re.match(r"<(?:ol|ul|li|p)\b", text[start : start + 4], re.IGNORECASE):
        inner = f"{item}|p|b|i|em|strong|span|a|sup|font|cite"
        while before := _outer(inner, False).search(text, max(0, start - 20_100), start):
            start = before.start()
            if before.group(1).lower() == item:
                break
    if not re.match(r"<(?:ol|ul)\b", text[start : start + 3], re.IGNORECASE):
        inner = f"{item}|p|b|i|em|strong|span|a|sup|font|cite"
        while after := _outer(inner, True).match(text, end):
            end = after.end()
        before = _outer("ol|ul", False).search(text, max(0, start - 20_100), start)
        after = _outer("ol|ul", True).match(text, end)
        if before and after and layout != "paragraphs":
            start, end = before.start(), after.end()
    return Span(start, end)


@cache
def _scaffold() -> re.Pattern[str]:
    r"""Return what may stand between items without being text: tags, labels, numbers, TeX commands."""
    return re.compile(
        r"<!--[^<>]{0,2000}-->|</?[A-Za-z][^<>]{0,2000}>|&\w{1,31};|&#\w{1,8};"
        r"|\\(?:begin|end)\{[^{}]{0,80}\}(?:\{[^{}]{0,80}\}|\[[^\]]{0,80}\])?"
        rf"|{_BIBITEM}|\\(?:item|newblock|par)\b"
        r"|\[\^?[^\]\s]{1,80}\]:?|\b\d{1,9}[.)]|%[^\n]{0,500}"
    )


def line_before(text: str, at: int) -> str:
    """Return what stands on the line before an offset."""
    return text[max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1 : at]


def foreign_text(gap: str) -> str:
    """Return text between or around items that belongs to none of them, or ""."""
    rest = _scaffold().sub(" ", gap)
    return " ".join(rest.split()) if any(c.isalnum() for c in rest) else ""


def is_balanced(text: str) -> bool:
    """Whether HTML can be replaced as a whole: every container that opens in it also ends in it."""
    for tag in ("ol", "ul", "div", "section", "table", "blockquote", "article", "dl"):
        opens = len(re.findall(rf"<{tag}\b", text, re.IGNORECASE))
        if opens != len(re.findall(rf"</{tag}\b", text, re.IGNORECASE)):
            return False
    return True
