"""LNK: the links of references, by what their servers answered on the dates they were looked at."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.linked import day_read, identifier, reference_of, snapshot_of
from evidence.matching.addresses import clean, masked
from evidence.matching.questions import link_question
from evidence.model import BIBLIOGRAPHIES, Case, Edit, Finding, Fix, Link, LinkState, Rule, Witness
from evidence.rules.raising import finding, shorten

LINKS = frozenset({"links"})


def _in_state(case: Case, *states: str) -> Iterator[tuple[Link, LinkState]]:
    for link in case.document.links:
        state = case.links.get(link.url)
        if state and state.state in states and (link.cited or case.settings.links == "all"):
            yield link, state


def _raise(case: Case, rule: Rule, link: Link, message: str, fix: Fix | None = None) -> Finding:
    reference = reference_of(case.document, link)
    shown = masked(link.url)
    answer = case.answers.by_question.get(link_question(link.url))
    since = answer.since if answer else ""
    return finding(
        rule,
        case.document.source,
        link.span,
        message,
        key=reference.key if reference else "",
        fix=fix,
        evidence=(Witness("link", f"link:{shown}", since, shown),),
    )


def _says(state: LinkState) -> str:
    return f"{shorten(state.url)} is {state.state}: {state.reason}"


def _dead(case: Case) -> Iterator[Finding]:
    """The linked page is gone.

    ## What it does

    Reports a link whose server says that the page does not exist (404, 410), twice in a row, that
    goes round in circles, or whose host name does not exist; and the address of an identifier that
    its registry does not have. A server that refuses programs, is down, slow or asks for a login is
    not reported: it proves nothing about the page. One that has refused the connection at each look
    for days is.

    ## Why it matters

    The reader cannot look the source up.

    ## Example

    ```bibtex
    @online{backs, title = {About backs}, url = {https://example.org/gone}}
    ```

    ## How to fix

    Find where the page went, or link a copy in a web archive from about the date you read it: where
    the Wayback Machine has one, `evidence fix --unsafe` writes its address into a `.bib` file or a
    hand-made list.
    """
    for link, state in _in_state(case, "dead"):
        if not _told_as_identifier(case, link):
            yield _raise(case, DEAD_LINK, link, _says(state), _copy(case, link))


def _told_as_identifier(case: Case, link: Link) -> bool:
    """Whether another rule says of the reference that its identifier is not registered."""
    reference = reference_of(case.document, link)
    verdict = case.verdicts.get(reference.place) if reference else None
    named = identifier(link.url)
    return named is not None and verdict is not None and verdict.unregistered == named.value


def _copy(case: Case, link: Link) -> Fix | None:
    """Return the repair that links an archived copy from about the day the page was read."""
    copy = snapshot_of(link.url, day_read(reference_of(case.document, link)), case.answers)
    if copy is None or copy.work.issued is None:
        return None
    day = "-".join(
        f"{part:02d}"
        for part in (copy.work.issued.year, copy.work.issued.month, copy.work.issued.day)
        if part
    )
    new = copy.work.url
    edits = (_edit(case, link, new),) if _replaceable(case, link, new) else ()
    return Fix(f"link the copy of {day} in the Wayback Machine: {new}", edits, "unsafe" if edits else "shown")


def _suspect(case: Case) -> Iterator[Finding]:
    """The link answers, but hardly with what was cited.

    ## What it does

    Warns of links that answer "all is well" with something else than a page: the site's front page,
    an error in words, a name that is for sale, nothing at all, a web page in the place of a PDF; of
    places (`#methods`) that the page does not have; of more redirects than anybody follows; of
    connections that are not secure; and of servers that failed at each look for days. An error in
    words and a parked name are only reported on two signs that do not follow from one another.

    ## Why it matters

    The server says that all is well while the source is gone.

    ## Example

    ```bibtex
    @online{backs, title = {About backs}, url = {https://example.org/old/led-to-the-front-page}}
    ```

    ## How to fix

    Open it; if the page is gone, replace the link.
    """
    for link, state in _in_state(case, "suspect", "insecure"):
        yield _raise(case, SUSPECT_LINK, link, _says(state))


def _moved(case: Case) -> Iterator[Finding]:
    """The linked page moved for good.

    ## What it does

    Notes a link whose server redirects permanently (301, 308) to another address that is alive.

    ## Why it matters

    Redirects are dropped some day.

    ## Example

    ```bibtex
    @online{backs, title = {About backs}, url = {http://example.org/old}}
    ```

    ## How to fix

    `evidence fix` writes the new address: into a `.bib` file, or into a hand-made list of a page.
    """
    for link, state in _in_state(case, "moved"):
        new = clean(state.final_url)
        edits = (_edit(case, link, new),) if _replaceable(case, link, new) else ()
        fix = Fix(f"write {new}", edits, "safe" if edits else "shown")
        yield _raise(case, MOVED_LINK, link, f"{shorten(state.url)} moved for good to {shorten(new)}", fix)


def _edit(case: Case, link: Link, new: str) -> Edit:
    source = case.document.source
    if source.kind in BIBLIOGRAPHIES - {"bib"}:
        from evidence.bibliography.correcting import set_value

        return set_value(source, link.span, new)
    return Edit(source, link.span, new)


def _replaceable(case: Case, link: Link, new: str) -> bool:
    """Whether the new address can stand where the old one does: not in prose nor in a generated list.

    On a page only what was written as it is meant is replaced, by an address that no markup reads.
    """
    document = case.document
    if document.is_bibliography:
        return True
    written = document.source.text[link.span.start : link.span.end]
    generated = any(
        region.kind == "references" and region.span.start <= link.span.start < region.span.end
        for region in document.regions
    )
    plain = all(c.isascii() and (c.isalnum() or c in ":/?=.+,;#-") for c in new)
    markup = document.source.kind in ("markdown", "html")
    return markup and link.cited and not generated and written == link.url and plain


def _invalid(case: Case) -> Iterator[Finding]:
    """The address cannot be an address.

    ## What it does

    Reports a link that no browser could follow: a broken host, port or scheme.

    ## Why it matters

    It looks like a link and goes nowhere.

    ## Example

    ```bibtex
    @online{backs, title = {About backs}, url = {https://exa mple:99999/}}
    ```

    ## How to fix

    Copy the address again.
    """
    for link, state in _in_state(case, "invalid"):
        yield _raise(case, INVALID_LINK, link, f"{shorten(state.url)} is not an address: {state.reason}")


DEAD_LINK = Rule("LNK001", "dead-link", "error", "page", LINKS, _dead)
SUSPECT_LINK = Rule("LNK002", "suspect-link", "warning", "page", LINKS, _suspect)
MOVED_LINK = Rule("LNK003", "moved-link", "note", "page", LINKS, _moved)
INVALID_LINK = Rule("LNK004", "invalid-link", "error", "page", LINKS, _invalid)

RULES = (DEAD_LINK, SUSPECT_LINK, MOVED_LINK, INVALID_LINK)
