"""What a LaTeX file shows, as a `Page`, and what its commands say: citations, bibliographies, items."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from evidence.model import Citation, Span
from evidence.pages import texcode
from evidence.pages import textables as tables
from evidence.pages.texcites import is_citing, read_cite
from evidence.pages.texcode import Code
from evidence.pages.view import Address, Builder, Comment, Item, Listing, Mark, Page


@cache
def _token() -> re.Pattern[str]:
    word = r"[^\\\s\0{}$~^_&`'\-]"
    return re.compile(
        r"\\(?P<name>[A-Za-z@]+)\*?|\\(?P<sign>[^A-Za-z@])|(?P<space>\s+)|\0+"
        rf"|(?P<text>{word}+(?: {word}+)*)|(?P<mark>---?|``|''|[^\0])",
        re.DOTALL,
    )


@cache
def _raised() -> re.Pattern[str]:
    return re.compile(r"\$\s?(?:\{\})?\^\s?(?:\{([\d,;\s–-]{1,60})\}|(\d))\s?\$")


@cache
def _letter() -> re.Pattern[str]:
    dotless = r"\\[ij](?![A-Za-z])"
    return re.compile(rf"\s{{0,3}}(?:\{{\s?({dotless}|[^\W\d_])(?:\{{\}})?\s?\}}|({dotless})\s?|([^\W\d_]))")


@dataclass(slots=True, eq=False)
class Environment:
    """An open environment: its list, if it is one, and how many items it has had."""

    name: str
    listing: Listing | None = None
    count: int = 0
    hides: bool = False


@dataclass(slots=True)
class Shown:
    """A LaTeX page, and what its commands say beside what is seen."""

    page: Page
    citations: list[Citation] = field(default_factory=list)
    bibliographies: list[str] = field(default_factory=list)
    items: dict[Item, str] = field(default_factory=dict)
    cites_all: bool = False


class Reader:
    """Walks once over the code and tells a `Builder` what is visible."""

    def __init__(self, code: Code) -> None:
        self.code = code
        self.text = code.text
        self.builder = Builder()
        self.citations: list[Citation] = []
        self.bibliographies: list[str] = []
        self.items: dict[Item, str] = {}
        self.cites_all = False
        self.groups: list[Callable[[int], object] | None] = []
        self.environments: list[Environment] = []
        self.math: Mark | None = None
        self.notes = 0
        self.begun = "\\begin{document}" not in self.text
        self.builder.hidden = 0 if self.begun else 1

    def read(self) -> Shown:
        """Return what the file shows and says."""
        at, pattern, builder = 0, _token(), self.builder
        while at < len(self.text):
            match = pattern.match(self.text, at)
            if match is None:
                break
            start, at = match.span()
            kind = match.lastgroup
            if kind == "text":
                builder.run(match[0], start)
            elif kind == "space":
                self._space(match[0], start, at)
            elif kind == "name":
                at = self._command(match["name"], start, at)
            elif kind == "sign":
                at = self._sign(match["sign"], start, at)
            elif kind == "mark":
                at = self._mark(match[0], start, at)
            else:
                self._comments(at)
        self._comments(len(self.text))
        while self.environments:
            self._leave(self.environments[-1].name, len(self.text), len(self.text))
        return Shown(builder.page(), self.citations, self.bibliographies, self.items, self.cites_all)

    def _comments(self, end: int) -> None:
        """Keep the comments of a masked stretch for those who look for instructions in them."""
        notes = self.code.notes
        while self.notes < len(notes) and notes[self.notes].span.start < end:
            note = notes[self.notes]
            if "evidence:" in note.text:
                self.builder.comments.append(Comment(note.text, note.span, self.builder.here))
            self.notes += 1

    def _space(self, text: str, start: int, end: int) -> None:
        if len(re.findall(r"\r\n?|\n", text)) > 1:
            self._end_math()
            self.builder.begin()
        else:
            self.builder.space(start, end)

    def _sign(self, sign: str, start: int, end: int) -> int:
        if sign in tables.ACCENTS:
            return self._accent(sign, start, end)
        if sign == "\\":
            self.builder.line(start, end)
            return self.code.after_option(end)
        if sign in "([":
            self._begin_math()
        elif sign in ")]":
            self._end_math()
        else:
            self._show(tables.SIGNS.get(sign, sign), start, end)
        return end

    def _show(self, shown: str, start: int, end: int) -> None:
        if shown == " ":
            self.builder.space(start, end)
        else:
            self.builder.put(shown, start, end)

    def _mark(self, mark: str, start: int, end: int) -> int:
        if mark == "{":
            self.groups.append(None)
        elif mark == "}":
            done = self.groups.pop() if self.groups else None
            if done is not None:
                done(end)
        elif mark == "$":
            return self._dollar(start, end)
        elif mark in "^_" and self.math is not None:
            return end
        elif mark == "&" and self.math is None:
            self.builder.put("\t", start, end)
        else:
            self._show(tables.LIGATURES.get(mark, mark), start, end)
        return end

    def _dollar(self, start: int, end: int) -> int:
        raised = _raised().match(self.text, start)
        if raised is not None and self.math is None:
            group = 1 if raised[1] is not None else 2
            mark = self.builder.mark("sup")
            self.builder.run(raised[group], raised.start(group))
            self.builder.close(mark)
            return raised.end()
        (self._begin_math if self.math is None else self._end_math)()
        return end + self.text.startswith("$", end)

    def _begin_math(self) -> None:
        if self.math is None:
            self.math = self.builder.mark("code")

    def _end_math(self) -> None:
        if self.math is not None:
            self.builder.close(self.math)
            self.math = None

    def _accent(self, accent: str, start: int, end: int) -> int:
        match = _letter().match(self.text, end)
        if match is None:
            self.builder.put(accent if accent in "~^" else "", start, end)
            return end
        base = match[1] or match[2] or match[3]
        self.builder.put(texcode.accented(accent, base), start, match.end())
        return match.end()

    def _command(self, name: str, start: int, end: int) -> int:
        """Carry out a command; return where reading goes on."""
        if name in tables.ACCENTS and _letter().match(self.text, end):
            return self._accent(name, start, end)
        if name in tables.SYMBOLS:
            self._show(tables.SYMBOLS[name], start, end)
            spaced = self.math is None and self.text.startswith((" ", "\t"), end)
            return self.code.gap(end) if spaced else end
        if is_citing(name):
            cited = read_cite(self.code, name, start, end)
            self.citations += cited.citations
            self.cites_all = self.cites_all or cited.all
            return cited.end
        if name in tables.HIDDEN:
            return self.code.after_arguments(end, tables.HIDDEN[name])
        if name in tables.LEVELS:
            return self._heading(tables.LEVELS[name], start, end)
        known: Callable[[int, int], int] | None = getattr(self, f"_do_{name}", None)
        if known is not None:
            return known(start, end)
        return self.code.after_option(end) if self.text.startswith("[", end) else end

    def _heading(self, level: int, start: int, end: int) -> int:
        group = self.code.group(self.code.after_option(end))
        if group is None:
            return end
        self.builder.begin(start, level)
        self.groups.append(self.builder.finish)
        return group[0]

    def _do_bibliography(self, start: int, end: int) -> int:
        options = self.code.after_option(end)
        group = self.code.group(options)
        if group is None:
            return end
        if "remote" not in self.text[end:options]:
            named = (name.strip() for name in self.text[slice(*group)].replace("\0", "").split(","))
            self.bibliographies.extend(name for name in named if name and not re.search(r"[\\#{}]", name))
        return group[1] + 1

    _do_nobibliography = _do_addbibresource = _do_addglobalbib = _do_addsectionbib = _do_bibliography

    def _do_url(self, start: int, end: int) -> int:
        group = self.code.group(end)
        if group is None:
            return end
        inside, close = group
        self._link(inside, close, texcode.plain_address(self.text[inside:close]))
        return close + 1

    _do_nolinkurl = _do_path = _do_url

    def _link(self, start: int, end: int, url: str) -> None:
        """Show an address that stands in the code as it is read."""
        builder = self.builder
        mark = builder.mark("link", url)
        if re.search(r"[\\\0\s]", self.text[start:end]):
            builder.put(url, start, end)
        else:
            builder.run(self.text[start:end], start)
        self._close_link(mark, url, Span(start, end))

    def _close_link(self, mark: Mark, url: str, span: Span) -> None:
        builder = self.builder
        if url and not builder.hidden:
            builder.addresses.append(Address(url, span, builder.settle(mark.start), builder.length))
        builder.close(mark)

    def _do_href(self, start: int, end: int) -> int:
        group = self.code.group(self.code.after_option(end))
        if group is None:
            return end
        url, span = texcode.plain_address(self.text[slice(*group)]), Span(*group)
        shown = self.code.group(group[1] + 1)
        if shown is None:
            return group[1] + 1
        mark = self.builder.mark("link", url)
        self.groups.append(lambda _: self._close_link(mark, url, span))
        return shown[0]

    def _do_doi(self, start: int, end: int) -> int:
        self.builder.put("doi:", start, end)
        group = self.code.group(end)
        if group is None:
            return end
        inside, close = group
        self.builder.run(self.text[inside:close], inside)
        return close + 1

    def _do_textsuperscript(self, start: int, end: int) -> int:
        group = self.code.group(end)
        if group is None:
            return end
        mark = self.builder.mark("sup")
        self.groups.append(lambda _: self.builder.close(mark))
        return group[0]

    def _do_footnote(self, start: int, end: int) -> int:
        self.builder.space(start, end)
        return self.code.after_option(end)

    def _do_par(self, start: int, end: int) -> int:
        self.builder.begin()
        return end

    def _do_newblock(self, start: int, end: int) -> int:
        self.builder.space(start, end)
        return end

    def _do_newline(self, start: int, end: int) -> int:
        return self._sign("\\", start, end)

    def _do_input(self, start: int, end: int) -> int:
        bare = re.compile(r"[ \t]{1,9}[\w./-]{1,200}").match(self.text, end)
        return bare.end() if bare else self.code.after_arguments(end, 1)

    def _do_def(self, start: int, end: int) -> int:
        match = re.compile(r"\s{0,9}\\[A-Za-z@]{1,60}[^{}\\]{0,100}(?=\{)").match(self.text, end)
        return self.code.after_arguments(match.end(), 1) if match else end

    _do_gdef = _do_edef = _do_xdef = _do_def

    def _do_begin(self, start: int, end: int) -> int:
        group = self.code.group(end)
        if group is None:
            return end
        inside, close = group
        name = self.text[inside:close].strip()
        builder, bare = self.builder, name.rstrip("*")
        if name == "document":
            builder.hidden -= 0 if self.begun else 1
            self.begun = True
        else:
            self._end_math()
            builder.begin(start)
        made = Environment(name)
        end = self.code.after_option(close + 1)
        if name in tables.LISTS or name == "thebibliography":
            first = re.search(r"start\s?=\s?(\d{1,4})", self.text[close + 1 : min(end, close + 200)])
            made.count = int(first[1]) - 1 if first else 0
            made.listing = Listing(bare in tables.COUNTED, start, depth=len(builder.items))
            builder.items.append(Item(made.listing, None, start, label="-"))
        elif bare in tables.MATH:
            self._begin_math()
        elif name in tables.PICTURES:
            made.hides = True
            builder.hidden += 1
        self.environments.append(made)
        return self.code.after_arguments(end, tables.SPECIFIED[name]) if name in tables.SPECIFIED else end

    def _do_end(self, start: int, end: int) -> int:
        group = self.code.group(end)
        if group is None:
            return end
        inside, close = group
        name = self.text[inside:close].strip()
        if name == "document":
            return len(self.text)
        self._leave(name, start, close + 1)
        return close + 1

    def _leave(self, name: str, start: int, end: int) -> None:
        """Close an environment and all that is open inside it; one that is not open is left out."""
        if all(made.name != name for made in self.environments[-50:]):
            return
        self._end_math()
        self.builder.finish()
        while True:
            made = self.environments.pop()
            if made.listing is not None:
                self._end_item(start)
                made.listing.end = end
                self.builder.items.pop()
            if made.hides:
                self.builder.hidden -= 1
            if made.name == name:
                return

    def _end_item(self, at: int) -> None:
        if self.builder.items and self.builder.items[-1].label != "-":
            self.builder.items.pop().end = at

    def _do_item(self, start: int, end: int) -> int:
        after = self.code.after_option(end)
        self._item(start, re.search(r"\d{1,4}", self.text[end : min(after, end + 30)]), after > end)
        return after

    def _do_bibitem(self, start: int, end: int) -> int:
        after = self.code.after_option(end)
        given = re.fullmatch(r"\s{0,9}\[\s?(\d{1,4})\s?\]", self.text[end : min(after, end + 30)])
        item = self._item(start, given, after > end)
        group = self.code.group(after)
        if group is None:
            return after
        if item is not None:
            self.items[item] = self.text[slice(*group)].replace("\0", "").strip()
        return group[1] + 1

    def _item(self, start: int, label: re.Match[str] | None, labelled: bool) -> Item | None:
        """Begin an item of the innermost list; its number is counted unless its label says another."""
        made = next((made for made in reversed(self.environments[-20:]) if made.listing is not None), None)
        if made is None or made.listing is None:
            return None
        self._end_math()
        self.builder.finish()
        self._end_item(start)
        made.count += not labelled
        number = None if labelled else made.count
        if label:
            number = int(re.sub(r"\D", "", label[0]))
        item = Item(made.listing, number if made.listing.ordered or label else None, start)
        self.builder.items.append(item)
        self.builder.begin(start)
        return item
