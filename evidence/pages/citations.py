"""The markers of a page: all forms found, what is none left out, each tied to its references."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from evidence.model import Citation
from evidence.pages import headings, keyed, markers
from evidence.pages.groups import clean
from evidence.pages.lists import Evidence, Found
from evidence.pages.markers import Marker
from evidence.pages.references import Listed
from evidence.pages.regions import Area
from evidence.pages.view import Block, Page


class Ranges:
    """Stretches of the view, to ask whether a place lies in one of them."""

    def __init__(self, ranges: Sequence[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(ranges):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def holds(self, at: int) -> bool:
        """Whether a place lies in one of the stretches."""
        index = bisect_right(self.starts, at) - 1
        return index >= 0 and at < self.ends[index]


@dataclass(slots=True)
class Scope:
    """One list as markers see it: where it begins, and which reference a label names there."""

    start: int
    labels: Mapping[str, int]
    remarks: set[str]
    keys: Sequence[str] = ()
    numbered: bool = True


@dataclass(slots=True)
class Targets:
    """Which references the places lead to that links of the page name."""

    page: Page
    ranges: list[tuple[int, int, int]]
    _known: dict[str, int] = field(default_factory=dict)

    def reference(self, href: str) -> int:
        """Return the index of the one reference at a fragment, or -1."""
        fragment = href.partition("#")[2]
        if not fragment:
            return -1
        if fragment not in self._known:
            self._known[fragment] = self._find(fragment)
        return self._known[fragment]

    def _find(self, fragment: str) -> int:
        from urllib.parse import unquote

        anchors = self.page.anchors
        place = anchors.get(fragment) or anchors.get(unquote(fragment))
        if place is None or headings.strength(fragment.replace("-", " ")):
            return -1
        start, end = place
        first = bisect_left(self.ranges, (start,)) - 1
        inside = [r for r in self.ranges[max(first, 0) :][:4] if r[0] < max(end, start + 1) and start < r[1]]
        if not inside and end - start <= 4:
            # an empty anchor stands before its reference: `<a name="r1"></a>1. Smith …`
            following = self.ranges[bisect_left(self.ranges, (start,)) :][:1]
            inside = [r for r in following if r[0] - end <= 12]
        return inside[0][2] if len(inside) == 1 else -1


def evidence_of(page: Page) -> Evidence:
    """Return what the page's markers and links say before any list is known."""
    cited: set[int] = set()
    for block in page.blocks:
        for marker in [
            *markers.brackets(page, block.start, block.end),
            *markers.superscripts(page, block.start, block.end),
        ]:
            before = page.view.text[max(block.start, marker.start - 1) : marker.start]
            if before and before != "\n":
                cited.update(int(label) for label in marker.labels)
    places = [page.anchors.get(mark.href[1:]) for mark in page.marks if mark.href[:1] == "#"]
    return Evidence(frozenset(cited), tuple({place[0] for place in places if place is not None}))


class Finder:
    """Finds and ties the markers of one page."""

    def __init__(
        self,
        page: Page,
        kind: str,
        found: Sequence[Found],
        listed: Listed,
        areas: Sequence[Area],
    ) -> None:
        self.page = page
        self.kind = kind
        self.references = listed.references
        self.targets = Targets(page, sorted((*reach, index) for index, reach in enumerate(listed.reaches)))
        self.scopes = [*_scopes(found, listed, areas)]
        self.scopes += _empty_scopes(page, found, areas)
        self.scopes.sort(key=lambda scope: scope.start)
        self.taken = Ranges([*listed.places, *listed.reaches, *_inside(page, areas)])
        self.code = Ranges([(mark.start, mark.end) for mark in page.marks if mark.kind == "code"])
        self.escaped = {mark.start for mark in page.marks if mark.kind == "escaped"}
        self.links = [mark for mark in page.marks if mark.kind == "link"]
        self.link_starts = [mark.start for mark in self.links]

    def find(self, patterns: Sequence[re.Pattern[str]], trusting: bool) -> tuple[Citation, ...]:
        """Return the page's citations in order; `trusting`: the page names a bibliography."""
        blocks = self.page.blocks
        found: list[Marker] = []
        for block in blocks:
            found += self._named(block, patterns)
        if self.kind != "html":
            trusting = trusting or any(marker.form in ("key", "id") for marker in found)
            for block in blocks:
                found += self._kept(keyed.bare_keys(self.page, block.start, block.end, trusting))
        found += self._numbers(blocks)
        found += self._fragments()
        chosen: list[Marker] = []
        covered: set[int] = set()
        for marker in found:
            places = range(marker.start, marker.end)
            if not covered.isdisjoint(places):
                continue
            covered.update(places)
            chosen.append(marker)
        chosen.sort(key=lambda marker: marker.start)
        return tuple(citation for marker in chosen if (citation := self._tie(marker)) is not None)

    def _named(self, block: Block, patterns: Sequence[re.Pattern[str]]) -> list[Marker]:
        """Find the markers of a block that say by their form what they are."""
        page, start, end = self.page, block.start, block.end
        found = [*self._kept(keyed.own_patterns(page, start, end, patterns))]
        found += self._kept(keyed.roles(page, start, end))
        found += self._kept(keyed.shortcodes(page, start, end))
        found += self._kept(keyed.groups(page, start, end))
        if self.kind != "html":
            known = any(scope.labels and not scope.numbered for scope in self.scopes)
            for marker in self._kept(keyed.notes(page, start, end)):
                if known or re.fullmatch(r"[\w-]{1,60}", marker.labels[0]):
                    found.append(marker)
        return found

    def _kept(self, found: Iterator[Marker] | Sequence[Marker]) -> Iterator[Marker]:
        """Leave out what stands in references, code, links that lead elsewhere, or is escaped."""
        for marker in found:
            if (
                self.taken.holds(marker.start)
                or self.code.holds(marker.start)
                or (marker.start in self.escaped and marker.form != "number")
            ):
                continue
            marker.href = self._link_at(marker)
            if not marker.href or "#" in marker.href:
                yield marker

    def _link_at(self, marker: Marker) -> str:
        """Return where a link leads that covers a marker or stands in it."""
        last = bisect_left(self.link_starts, marker.end)
        for link in reversed(self.links[max(0, last - 4) : last]):
            if link.end > marker.start:
                return link.href or "elsewhere"
        return ""

    def _numbers(self, blocks: Sequence[Block]) -> list[Marker]:
        """Find the numbers that are markers, given what lists the page has."""
        page = self.page
        bracketed: list[Marker] = []
        raised: list[Marker] = []
        for block in blocks:
            for kind, found in (
                (bracketed, markers.brackets(page, block.start, block.end)),
                (raised, markers.superscripts(page, block.start, block.end)),
            ):
                kind += [marker for marker in self._kept(found) if not self._is_label(block, marker)]
        known = frozenset(int(label) for scope in self.scopes if scope.numbered for label in scope.labels)
        known |= frozenset(n for scope in self.scopes for n in range(1, len(scope.keys) + 1))
        known |= frozenset(int(r) for scope in self.scopes for r in scope.remarks if r.isdecimal())
        text = page.view.text
        if not known:
            known = markers.plausible_alone(text, bracketed)
            if not known:
                return []
            known |= frozenset(range(1, len(self.references) + 1))
            raised = []
        return [m for m in [*bracketed, *raised] if markers.is_marker(text, m, known)]

    def _is_label(self, block: Block, marker: Marker) -> bool:
        """Whether a number begins a line that it labels: a note, an affiliation, an item."""
        text = self.page.view.text
        if marker.raised and not block.level and markers.is_byline(text[block.start : block.end]):
            return True
        at_start = marker.start == block.start or text[marker.start - 1] == "\n"
        if not at_start:
            return False
        return marker.raised or text[marker.end : marker.end + 1] in (":", " ", "\t", "\u00a0", "\n")

    def _fragments(self) -> list[Marker]:
        """Find links that lead to a reference: `[Smith 2015](#smith2015)`."""
        found: list[Marker] = []
        for link in self.links:
            if "#" not in link.href or self.taken.holds(link.start) or self.targets.reference(link.href) < 0:
                continue
            text = self.page.view.text[link.start : link.end]
            if not text.strip():
                continue
            start = link.start + len(text) - len(text.lstrip())
            end = start + len(text.strip())
            numbers = markers.expand(text.strip(" []()")) if re.search(r"\d", text) else None
            if not link.href.startswith("#") and not numbers:
                continue
            form = "number" if numbers else "author-year"
            labels = numbers or (clean(text).strip("[] "),)
            found.append(Marker(start, end, labels, form, href=link.href))
        return found

    def _tie(self, marker: Marker) -> Citation | None:
        """Find the references of a marker; None where it only leads to remarks."""
        keys: list[str] = []
        dangling: list[str] = []
        remarks = 0
        aim = self.targets.reference(marker.href) if marker.href else -1
        for label in marker.labels:
            if aim >= 0 and len(marker.labels) == 1:
                keys.append(self.references[aim].key)
            elif marker.form in ("key", "id"):
                keys += self._own_keys(label)
            else:
                key = self._key_of(label, marker)
                if key:
                    keys.append(key)
                elif key is None:
                    remarks += 1
                else:
                    dangling.append(label)
        if remarks == len(marker.labels):
            return None
        span = self.page.view.span(marker.start, marker.end)
        unique = tuple(dict.fromkeys(keys))
        return Citation(marker.labels, span, marker.form, unique, tuple(dangling))

    def _own_keys(self, label: str) -> list[str]:
        """Return the key of the page's own reference that bears a key or identifier."""
        for reference in self.references:
            if label == reference.key or any(str(known) == label for known in reference.work.ids):
                return [reference.key]
        return []

    def _key_of(self, label: str, marker: Marker) -> str | None:
        """Return the key that a number or note names; "" where nothing does, None where a remark does."""
        following = [scope for scope in self.scopes if scope.start >= marker.start]
        before = [scope for scope in self.scopes if scope.start < marker.start]
        for scope in [*following, *reversed(before)]:
            if marker.form == "number" and not scope.numbered:
                continue
            if label in scope.labels:
                return self.references[scope.labels[label]].key
            if label.isdecimal() and 1 <= int(label) <= len(scope.keys):
                return scope.keys[int(label) - 1]
            if label in scope.remarks:
                return None
        counted = any(scope.numbered and (scope.labels or scope.keys) for scope in self.scopes)
        if (
            not counted
            and marker.form == "number"
            and label.isdecimal()
            and int(label) <= len(self.references)
        ):
            return self.references[int(label) - 1].key
        return ""


def _scopes(found: Sequence[Found], listed: Listed, areas: Sequence[Area]) -> Iterator[Scope]:
    references, places = listed.references, listed.places
    for one, indices in zip(found, listed.members, strict=True):
        if not indices:
            continue
        start = places[indices[0]][0]
        if one.layout == "footnotes":
            labels = {listed.entries[index].label: index for index in indices}
            yield Scope(start, labels, one.remarks, numbered=False)
            continue
        by_number = {str(references[i].number): i for i in indices if references[i].number is not None}
        options = areas[one.area].options if one.area >= 0 else {}
        if options.get("keys") and (one.layout == "numbered" or options.get("show") != "uncited"):
            first = references[indices[0]].number or 1  # a list may count on from the one before
            by_number = {str(position): index for position, index in enumerate(indices, first)}
        if by_number:
            yield Scope(start, by_number, one.remarks)


def _empty_scopes(page: Page, found: Sequence[Found], areas: Sequence[Area]) -> Iterator[Scope]:
    """Our own markers with keys and nothing between them yet: the keys are what numbers mean."""
    filled = {one.area for one in found}
    for index, area in enumerate(areas):
        names = area.options.get("keys", "").split()
        if names and index not in filled and area.options.get("show") != "uncited":
            at = bisect_left(page.view.starts, area.inner.start)
            yield Scope(at, {}, set(), names)


def _inside(page: Page, areas: Sequence[Area]) -> Iterator[tuple[int, int]]:
    for area in areas:
        start = bisect_left(page.view.starts, area.inner.start)
        yield start, bisect_left(page.view.starts, area.inner.end, start)
