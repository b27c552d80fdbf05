"""HTML pages: what a reader sees of them, block by block.

`Elements` keeps the open elements, as the HTML standard's tree construction (13.2.6) does as far
as it matters here: implied ends of `<p>` and `<li>`, void elements, end tags that match nothing.
Markdown reads its inline and block HTML through it, too. Nothing recurses: depth costs no stack.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evidence.model import Span
from evidence.pages.tags import Attribute, Scanner, Tag, attributes, entity, scan
from evidence.pages.view import Address, Builder, Comment, Item, Listing, Mark, Page
from evidence.pages.vocabulary import (
    BACK,
    BACK_WORDS,
    BLOCKS,
    CELLS,
    CODE,
    CONTENT,
    ELSEWHERE,
    ENTRY,
    HEAD_ONLY,
    HEADINGS,
    ITEMS,
    LANDMARKS,
    LISTS,
    NOTE_CLASSES,
    RAW_OR_FOREIGN,
    REFERENCE_CLASSES,
    UNSEEN,
    UNSEEN_CLASSES,
    VOID,
)


@cache
def _words() -> re.Pattern[str]:
    return re.compile(r"[ \t\r\n\f]+|&|[^ \t\r\n\f&]+(?: [^ \t\r\n\f&]+)*")


@cache
def _content() -> re.Pattern[str]:
    return re.compile(r"<(?:main|article|h1|nav|header|footer|ol)[\s>]", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Frame:
    """An open element and what its end has to undo."""

    name: str
    start: int
    block: bool
    hides: bool = False
    quiet: bool = False
    listing: Listing | None = None
    count: int = 0
    step: int = 1
    item: Item | None = None
    last: Item | None = None
    hint: bool = False
    mark: Mark | None = None
    anchors: tuple[str, ...] = ()
    at: int = 0
    address: int = -1


class Elements:
    """The open elements of a page, and what their beginning and end do to the view."""

    def __init__(self, text: str, builder: Builder) -> None:
        self.text = text
        self.builder = builder
        self.stack: list[Frame] = []
        self.open: dict[str, int] = {}
        self.quiet = 0
        self.forms = Scanner(text)

    def feed(self, tag: Tag) -> None:
        """Take the next piece of HTML."""
        if tag.kind == "text":
            self.show(tag.start, tag.end)
        elif tag.kind == "open":
            self.begin(tag)
        elif tag.kind == "close":
            self.end(tag)
        elif tag.kind == "comment":
            self.comment(tag.start, tag.end)

    def comment(self, start: int, end: int) -> None:
        """Keep a comment for those who look for instructions in it."""
        if not self.builder.hidden:
            inside = self.text[start + 4 : end - 3]
            self.builder.comments.append(Comment(inside, Span(start, end), self.builder.here))

    def show(self, start: int, end: int) -> None:
        """Show text: white space is one space, character references are resolved."""
        builder, text = self.builder, self.text
        if builder.hidden:
            return
        at = start
        words = _words()
        while at < end:
            match = words.match(text, at, end)
            if match is None:
                return
            piece, here = match[0], at
            at = match.end()
            if piece == "&":
                shown, at = entity(text, here, end)
                builder.put(shown, here, at)
            elif piece[0] in " \t\r\n\f":
                builder.space(here, at)
            else:
                builder.run(piece, here)

    def begin(self, tag: Tag) -> None:
        """Open an element."""
        name = tag.name
        if self.open.get("head") and name not in HEAD_ONLY:
            self.leave("head", tag.start)
        written = attributes(self.text, tag) if tag.end - tag.start > len(name) + 2 else {}
        if name in VOID:
            self.void(tag, written)
            return
        self.imply_ends(name, tag.start)
        block = name in BLOCKS
        frame = Frame(name, tag.start, block)
        if block:
            level = int(name[1]) if name in HEADINGS else 0
            self.builder.begin(tag.start, level)
        elif name in CELLS and self.builder.open is not None:
            self.builder.put("\t", tag.start, tag.start)
        self._mark_hidden(frame, tag, written)
        self._mark_list(frame, written)
        self._mark_names(frame, written)
        if name == "a" and "href" in written:
            self._link(frame, written["href"])
        elif name == "sup" or name in CODE:
            frame.mark = self.builder.mark("sup" if name == "sup" else "code")
        frame.at = self.builder.here
        self.stack.append(frame)
        self.open[name] = self.open.get(name, 0) + 1
        if tag.closed and (name in RAW_OR_FOREIGN or not block):
            self._pop(tag.end)

    def void(self, tag: Tag, written: dict[str, Attribute]) -> None:
        """Take an element that has no content."""
        if tag.name == "br":
            self.builder.line(tag.start, tag.end)
        elif tag.name == "hr":
            self.builder.begin()
        if "id" in written:
            self.builder.anchors.setdefault(written["id"].value, (self.builder.here, self.builder.here))

    def imply_ends(self, name: str, at: int) -> None:
        """End what this element cannot stand in: `<p>` before a block, `<li>` before `<li>`."""
        if name in ITEMS or name == "dd":
            self._end_sibling({"li"} if name == "li" else {"dt", "dd"}, LISTS, at)
        elif name == "tr" or name in CELLS:
            self._end_sibling(
                CELLS | {"tr"} if name == "tr" else CELLS, {"table"} if name == "tr" else {"tr"}, at
            )
        elif name == "option":
            return
        if name in BLOCKS and self.open.get("p"):
            self._end_sibling({"p"}, BLOCKS - {"p"}, at)

    def _end_sibling(
        self, names: frozenset[str] | set[str], until: frozenset[str] | set[str], at: int
    ) -> None:
        """Pop up to the outermost open element of `names` above the nearest of `until`."""
        found = -1
        for back in range(1, min(len(self.stack), REACH) + 1):
            frame = self.stack[-back]
            if frame.name in names:
                found = back
                if names == {"p"}:
                    break
            elif frame.name in until:
                break
        for _ in range(max(found, 0)):
            self._pop(at)

    def end(self, tag: Tag) -> None:
        """Close an element; an end tag that matches nothing open is left out."""
        if tag.name == "br":
            self.builder.line(tag.start, tag.end)
        elif self.open.get(tag.name):
            self.leave(tag.name, tag.start, tag.end)
        elif tag.name == "p" and self.stack and self.stack[-1].block:
            self.builder.begin()

    def leave(self, name: str, at: int, behind: int = -1) -> None:
        """Close the innermost open element of that name and all that is open inside it.

        An inline element is closed only where no block stands between: `<b><p></b>` ends no `<p>`.
        """
        if name not in BLOCKS and name not in CELLS:
            reach = self.stack[-REACH:]
            inner = next((f for f in reversed(reach) if f.name == name or f.block), None)
            if inner is None or inner.name != name:
                return
        while self.stack[-1].name != name:
            self._pop(at)
        self._pop(at if behind < 0 else behind)

    def close(self) -> None:
        """Close all that is still open at the end of the page."""
        while self.stack:
            self._pop(len(self.text))

    def _pop(self, at: int) -> None:
        frame = self.stack.pop()
        self.open[frame.name] -= 1
        builder = self.builder
        if frame.block:
            whole = builder.open is not None and builder.open.outer_start == frame.start
            builder.finish(at if whole else -1)
        if frame.mark is not None:
            close_link(builder, frame.mark, frame.address)
        for name in frame.anchors:
            builder.anchors.setdefault(name, (builder.settle(frame.at), builder.length))
        if frame.hides:
            builder.hidden -= 1
        if frame.quiet:
            self.quiet -= 1
        if frame.listing is not None:
            frame.listing.end = at
        if frame.item is not None:
            frame.item.end = at
            builder.leave(frame.item)
        if frame.hint:
            builder.hints.pop()

    def unwind(self, depth: int, at: int) -> None:
        """Close the inline elements above `depth` that were left open when a block of Markdown ended."""
        while len(self.stack) > depth and not self.stack[-1].block:
            self._pop(at)

    def _mark_hidden(self, frame: Frame, tag: Tag, written: dict[str, Attribute]) -> None:
        name = tag.name
        hides = name in UNSEEN or hidden_by(written)
        said = " ".join(written[key].value for key in ("class", "id") if key in written)
        if name == "aside":
            hides = hides or ELSEWHERE.search(said) is not None
        elif name in ("header", "footer"):
            own = ENTRY.search(said) is not None or any(self.open.get(outer) for outer in CONTENT)
            hides = hides or not own
        elif name == "form" and self._holds_content(tag):
            hides = False
        if hides:
            self.builder.hidden += 1
            frame.hides = True
        elif name in ("header", "footer"):
            self.quiet += 1
            frame.quiet = True

    def _holds_content(self, tag: Tag) -> bool:
        """Whether a form is one around the whole page, as some servers write it.

        A form inside a form does not exist (HTML standard, 13.2.6.4.7), so each is looked into once.
        """
        end = -1 if self.open.get("form") else self.forms.find("</form", tag.end)
        if end < 0:
            return not self.open.get("form")
        return _content().search(self.text, tag.end, end) is not None

    def _mark_list(self, frame: Frame, written: dict[str, Attribute]) -> None:
        builder, name = self.builder, frame.name
        if name in LISTS:
            start, reverse = written.get("start"), "reversed" in written
            frame.listing = Listing(name == "ol", frame.start, depth=len(builder.items))
            frame.count = _integer(start, 1) if start else 1
            frame.step = -1 if reverse and start else 1
            # what stands in a list but in no item belongs to the list's own paragraphs
            frame.item = Item(frame.listing, None, frame.start, label="-")
            builder.items.append(frame.item)
        elif name in ITEMS:
            owner = next((f for f in reversed(self.stack[-REACH:]) if f.listing is not None), None)
            if owner is None or owner.listing is None:
                return
            if "value" in written:
                owner.count = _integer(written["value"], owner.count)
            number = owner.count if owner.listing.ordered else None
            owner.count += owner.step
            frame.item = owner.last = Item(owner.listing, number, frame.start)
            builder.items.append(frame.item)
        elif name == "dd":
            owner = self.stack[-1] if self.stack else None
            if owner is not None and owner.last is not None:
                frame.item = owner.last
                builder.items.append(owner.last)

    def _mark_names(self, frame: Frame, written: dict[str, Attribute]) -> None:
        names = [written[key].value for key in ("id", "name") if key in written and written[key].value]
        if frame.name in LISTS or frame.name in HEADINGS or frame.name in ("body", "html", "main", "article"):
            names = []
        frame.anchors = tuple(dict.fromkeys(names))
        if frame.block and frame.name not in ("body", "html"):
            said = " ".join(written[key].value for key in ("class", "id", "role") if key in written)
            hint = hint_of(said) if said else ""
            if hint and frame.name not in ITEMS and frame.name not in HEADINGS and frame.name != "p":
                self.builder.hints.append(hint)
                frame.hint = True

    def _link(self, frame: Frame, href: Attribute) -> None:
        builder = self.builder
        url = href.value.strip()
        frame.mark = builder.mark("link", url)
        if is_address(url) and not builder.hidden:
            frame.address = len(builder.addresses)
            raw = self.text[href.start : href.end]
            lead = len(raw) - len(raw.lstrip())
            span = Span(href.start + lead, href.start + lead + len(raw.strip()))
            builder.addresses.append(Address(url, span, builder.here, quiet=self.quiet > 0))


#: How many open elements are looked at when an element has to find its parent or its start tag.
REACH = 256


def hint_of(said: str) -> str:
    """Return `references` or `notes` where an element's class, id or role says that it holds them."""
    for token in said.lower().replace("_", "-").split():
        if token.startswith(("has-", "with-", "no-", "page-", "show-", "hide-")):
            continue
        for names, hint in ((REFERENCE_CLASSES, "references"), (NOTE_CLASSES, "notes")):
            if any(token == name or token.endswith("-" + name) for name in names):
                return hint
    return ""


def hidden_by(written: dict[str, Attribute]) -> bool:
    """Whether attributes say that an element is not shown or is no content."""
    if not written:
        return False
    if "hidden" in written or ("role" in written and written["role"].value.lower() in LANDMARKS):
        return True
    style = written["style"].value.lower().replace(" ", "") if "style" in written else ""
    if "display:none" in style or "visibility:hidden" in style:
        return True
    return "class" in written and not UNSEEN_CLASSES.isdisjoint(written["class"].value.lower().split())


def close_link(builder: Builder, mark: Mark, address: int) -> None:
    """End a stretch; a link that only leads back to the text is taken out of the view."""
    start = builder.settle(mark.start)
    if mark.kind == "link":
        shown = "".join(builder.chunks[-8:])[start - builder.length :] if builder.length > start else ""
        if mark.href.startswith("#") and is_back_link(shown, mark.href):
            builder.cut(start)
            return
        if address >= 0:
            known = builder.addresses[address]
            builder.addresses[address] = known._replace(at=start, end=builder.length)
    builder.close(mark)


def is_back_link(shown: str, href: str) -> bool:
    """Whether a link only leads back from a note to the text: an arrow, `^`, "back", "b" of several."""
    if BACK.fullmatch(shown) is not None or shown.strip(" []()").lower() in BACK_WORDS:
        return True
    named = (
        href[1:].lower().replace("user-content-", "").startswith(("cite_ref", "cite-ref", "fnref", "fn-ref"))
    )
    return named and len(shown.strip()) <= 3 and "[" not in shown


def is_address(url: str) -> bool:
    """Whether a link leads out of the page by a scheme that can be looked at."""
    return url[:8].lower().startswith(("http://", "https://", "mailto:", "ftp://"))


def _integer(value: Attribute, default: int) -> int:
    digits = value.value.strip()
    return int(digits) if re.fullmatch(r"-?[0-9]{1,6}", digits) else default


def read_page(text: str, front: int = 0) -> Page:
    """Return what an HTML page shows; `front` is where front matter ends (sites made of templates)."""
    builder = Builder()
    elements = Elements(text, builder)
    for tag in scan(text, front):
        elements.feed(tag)
    elements.close()
    return builder.page()
