"""LNK: the links of references, by what their servers answered on the dates they were looked at."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.model import Case, Edit, Finding, Fix, Link, LinkState, Rule, Witness
from evidence.rules.raising import finding, shorten

LINKS = frozenset({"links"})


def _in_state(case: Case, *states: str) -> Iterator[tuple[Link, LinkState]]:
    for link in case.document.links:
        state = case.links.get(link.url)
        if state and state.state in states and (link.cited or case.settings.links == "all"):
            yield link, state


def _key_of(case: Case, link: Link) -> str:
    inside = (r.key for r in case.document.references if r.span.start <= link.span.start < r.span.end)
    return next(inside, "")


def _raise(case: Case, rule: Rule, link: Link, message: str, fix: Fix | None = None) -> Finding:
    return finding(
        rule,
        case.document.source,
        link.span,
        message,
        key=_key_of(case, link),
        fix=fix,
        evidence=(Witness("link", f"link:{link.url}", "", link.url),),
    )


def _dead(case: Case) -> Iterator[Finding]:
    """The linked page is gone.

    ## What it does

    Reports a link whose server says that the page does not exist (404, 410), twice in a row, or
    whose host name does not exist. A server that refuses programs, is down, slow or asks for a
    login is not reported: it proves nothing about the page.

    ## Why it matters

    The reader cannot look the source up.

    ## Example

    ```bibtex
    @online{backs, title = {About backs}, url = {https://example.org/gone}}
    ```

    ## How to fix

    Find where the page went, or link a copy in a web archive from about the date you read it.
    """
    for link, state in _in_state(case, "dead"):
        yield _raise(case, DEAD_LINK, link, f"{shorten(link.url)} is dead: {state.reason}")


def _suspect(case: Case) -> Iterator[Finding]:
    """The link answers, but hardly with what was cited.

    ## What it does

    Warns of links that go round in circles or lead to the site's front page instead of a page.

    ## Why it matters

    The server says that all is well while the source is gone.

    ## Example

    ```bibtex
    @online{backs, title = {About backs}, url = {https://example.org/turns-in-circles}}
    ```

    ## How to fix

    Open it; if the page is gone, replace the link.
    """
    for link, state in _in_state(case, "suspect", "insecure"):
        yield _raise(case, SUSPECT_LINK, link, f"{shorten(link.url)} is {state.state}: {state.reason}")


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
        new = state.final_url
        edits = (Edit(case.document.source, link.span, new),) if _replaceable(case, link, new) else ()
        fix = Fix(f"write {new}", edits, "safe" if edits else "shown")
        yield _raise(case, MOVED_LINK, link, f"{shorten(link.url)} moved for good to {shorten(new)}", fix)


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
        yield _raise(case, INVALID_LINK, link, f"{shorten(link.url)} is not an address: {state.reason}")


DEAD_LINK = Rule("LNK001", "dead-link", "error", "page", LINKS, _dead)
SUSPECT_LINK = Rule("LNK002", "suspect-link", "warning", "page", LINKS, _suspect)
MOVED_LINK = Rule("LNK003", "moved-link", "note", "page", LINKS, _moved)
INVALID_LINK = Rule("LNK004", "invalid-link", "error", "page", LINKS, _invalid)

RULES = (DEAD_LINK, SUSPECT_LINK, MOVED_LINK, INVALID_LINK)
