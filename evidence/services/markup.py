"""What a page of HTML says of itself, read in one linear pass over bytes that nobody vouches for.

No parser of ours or of the standard library is used on hostile pages: `html.parser` and `html5lib` are
quadratic on some, lxml loses text without a word (measured). A checker of links needs little: title,
headings, a few names, the words that a visitor sees, and what else is there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

#: Characters of visible text that are kept, of one block, and of a title.
TEXT, BLOCK, TITLE = 20_000, 400, 300

#: Encodings that pages declare. Others that Python knows are no character sets, or are quadratic.
_CHARSETS = re.compile(
    r"utf-?(8|16|32)|utf-?(16|32)-?[bl]e|us-ascii|ascii|latin-?[0-9]{1,2}|iso[-_]?8859[-_]?[0-9]{1,2}|"
    r"iso-?2022-?(jp|kr)|windows-?[0-9]{3,4}|cp-?[0-9]{3,4}|koi8-?[rut]|mac-?(roman|cyrillic)|gb2312|gbk|"
    r"gb18030|big5(-?hkscs)?|euc-?(jp|kr)|shift[-_]?jis|x-sjis|ks_c_5601-1987|tis-?620",
    re.IGNORECASE,
)
_DECLARED = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?([\w:.-]{1,40})", re.IGNORECASE)

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})|<!--|<[!?]")
_STOP = re.compile("[\"'>]")
_ATTRIBUTE = re.compile(
    r"([a-zA-Z][\w:.-]{0,40})\s{0,20}=\s{0,20}(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s\"'>]{1,2000}))"
)
_REFRESH = re.compile(
    r"\s{0,20}(\d{1,6})(?:\.\d{0,6})?\s{0,20}[;,]?\s{0,20}(?:url\s{0,20}=\s{0,20})?(.{1,2000})", re.I | re.S
)
_PASSWORD = re.compile(r"type\s{0,20}=\s{0,20}[\"']?password\b", re.IGNORECASE)
_DATA = re.compile(r"type\s{0,20}=\s{0,20}[\"']?[\w/+.-]{0,40}json", re.IGNORECASE)

#: Elements of which nothing is text that a visitor reads; what a browser without scripts would see
#: (`noscript`) included, because people's browsers run them.
_RAW = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "textarea",
        "svg",
        "iframe",
        "xmp",
        "noembed",
        "noframes",
        "title",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_THINGS = frozenset(
    [
        "img",
        "iframe",
        "frame",
        "object",
        "embed",
        "video",
        "audio",
        "canvas",
        "svg",
        "picture",
        "form",
        "input",
        "select",
        "textarea",
    ]
)


@dataclass(frozen=True, slots=True)
class Markup:
    """What was read: `title`, `headings` (the h1), `names` (contents of meta elements by their name).

    `blocks` are the visible words, one string for each block; `size` counts their characters.
    `refresh` is where the page leads by itself, within ten seconds. `scripts` counts scripts,
    `things` images, frames and fields; `password` tells that one of these asks for a password.
    """

    title: str = ""
    headings: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[str, ...] = ()
    size: int = 0
    refresh: str = ""
    scripts: int = 0
    things: int = 0
    password: bool = False

    @property
    def named(self) -> tuple[str, ...]:
        """Every title that the page gives itself, each once, the one in the browser's tab first."""
        metas = (
            self.names.get(name, "") for name in ("citation_title", "og:title", "dc.title", "twitter:title")
        )
        return tuple(dict.fromkeys(t for t in (self.title, *metas, *self.headings) if t))

    @property
    def text(self) -> str:
        """The visible words in one line."""
        return " ".join(self.blocks)


def decode(body: bytes, content_type: str) -> str:
    """Return the text of a page by its mark, its header, its own words, else as UTF-8; raises nothing."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if body.startswith(mark):
            return body.decode(name, "replace")
    inside = _DECLARED.search(body[:2048].decode("latin-1"))
    for declared in (_DECLARED.search(content_type), inside):
        if declared and _CHARSETS.fullmatch(declared[1]):
            try:
                # browsers read Latin-1 as Windows-1252 (WHATWG Encoding, 4.2)
                name = declared[1].lower()
                return body.decode(
                    "cp1252" if name in ("latin-1", "latin1", "iso-8859-1") else name, "replace"
                )
            except (LookupError, ValueError):
                continue
    try:
        return body.decode()
    except UnicodeDecodeError as wrong:
        # a cut may have gone through a character
        return body.decode("utf-8" if wrong.start > len(body) - 4 else "cp1252", "replace")


def read(text: str) -> Markup:
    """Return what a page of HTML says; takes time in proportion to its length, whatever it holds."""
    page = _Reading(text)
    page.run()
    return page.result()


class _Reading:
    """The pass over one page."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.title = ""
        self.headings: list[str] = []
        self.names: dict[str, str] = {}
        self.blocks: list[str] = []
        self.size = 0
        self.refresh = ""
        self.scripts = self.things = 0
        self.password = False
        self._words: list[str] = []
        self._heading: int | None = None
        self._unclosed: set[str] = set()

    def result(self) -> Markup:
        return Markup(
            self.title, tuple(self.headings[:3]), self.names, tuple(self.blocks), self.size, self.refresh,
            self.scripts, self.things, self.password,
        )  # fmt: skip

    def run(self) -> None:
        text, at = self.text, 0
        while found := _TAG.search(text, at):
            self._see(text[at : found.start()])
            name = (found[2] or "").lower()
            if not name:
                end = text.find("-->" if found[0] == "<!--" else ">", found.end())
                at = len(text) if end < 0 else end + (3 if found[0] == "<!--" else 1)
                continue
            end = _end(text, found.end())
            self._take(name, bool(found[1]), text[found.end() : end])
            at = end
            if name in _RAW and not found[1] and not text.startswith("/>", end - 2):
                at = self._raw(name, end)
        self._see(text[at:])
        self._flush()

    def _see(self, piece: str) -> None:
        if piece and self.size < TEXT:
            self._words.append(piece[:TEXT])

    def _flush(self) -> None:
        """End a block of visible words."""
        if not self._words:
            return
        words = " ".join(html.unescape("".join(self._words)).split())
        self._words.clear()
        if words:
            self.size += len(words)
            self.blocks.append(words[:BLOCK])

    def _take(self, name: str, closes: bool, attributes: str) -> None:
        """Take one tag."""
        if name in _BLOCKS:
            self._flush()
        if name == "h1":
            if not closes:
                self._heading = len(self.blocks)
            elif self._heading is not None:
                heading = " ".join(self.blocks[self._heading :])[:TITLE]
                self._heading = None
                self.headings += [heading] if heading and len(self.headings) < 3 else []
        if closes:
            return
        self.things += name in _THINGS
        if name == "meta":
            self._meta(attributes)
        elif name == "input":
            self.password = self.password or bool(_PASSWORD.search(attributes[:2000]))
        elif name == "script":
            self.scripts += not _DATA.search(attributes[:2000])

    def _meta(self, attributes: str) -> None:
        said = {
            m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "")
            for m in _ATTRIBUTE.finditer(attributes[:6000])
        }
        content = " ".join(said.get("content", "").split())
        if said.get("http-equiv", "").lower() == "refresh":
            self.refresh = self.refresh or leads_to(content)
        name = (said.get("name") or said.get("property") or said.get("itemprop") or "").lower()
        if name and content and len(self.names) < 100:
            self.names.setdefault(name, content[:TITLE])

    def _raw(self, name: str, at: int) -> int:
        """Return where the reading goes on after an element whose content is no text of the page."""
        # what is closed nowhere is looked for once: a page may hold thousands of it
        ends = None if name in self._unclosed else re.compile(f"</{name}", re.IGNORECASE)
        close = ends.search(self.text, at) if ends else None
        if close is None:
            self._unclosed.add(name)
        if name == "title":
            words = " ".join(
                html.unescape(self.text[at : close.start() if close else at + 2000][:2000]).split()
            )
            self.title = self.title or words[:TITLE]
        if close is None:
            # scripts and titles go on to the end; of other things nothing is known
            return len(self.text) if name in ("script", "style", "title") else at
        return _end(self.text, close.end())


def _end(text: str, at: int) -> int:
    """Return the offset behind the tag whose name ends at `at`; quoted values may hold `>`."""
    while stop := _STOP.search(text, at):
        if stop[0] == ">":
            return stop.end()
        at = stop.end()
        if text[max(0, stop.start() - 20) : stop.start()].rstrip().endswith("="):
            close = text.find(stop[0], at)
            at = close + 1 if close >= 0 else at
    return len(text)


def leads_to(content: str) -> str:
    """Return the address of a refresh (`0; url=/x`), "" where it only reloads or takes over ten seconds."""
    found = _REFRESH.fullmatch(content)
    if not found or int(found[1]) > 10:
        return ""
    return found[2].strip().strip("\"'").strip()


def has_anchor(text: str, name: str) -> bool:
    """Whether an element of the page bears the id or name `name`, as itself or as some sites prefix it."""
    if not name or len(name) > 500:
        return True
    spelled = f"(?:{re.escape(name)}|{re.escape(html.escape(name))})"
    return (
        re.search(rf"\b(?:id|name)\s{{0,20}}=\s{{0,20}}[\"']?(?:user-content-)?{spelled}[\"'\s>/]", text)
        is not None
    )


def words_of(markup: Markup, without: Iterator[str] | tuple[str, ...] = ()) -> frozenset[str]:
    """Return the words that a page shows, to tell whether two pages say the same."""
    said = f"{markup.title} {markup.text}".lower()
    for piece in without:
        said = said.replace(piece.lower(), " ")
    return frozenset(re.findall(r"\w{2,30}", said))
