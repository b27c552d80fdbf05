"""Hostile DOIs: what each registry's server decodes is the DOI that was meant, or nothing was sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from evidence.model import Answer, Settings
from evidence.services import crossref, crossref_notices, datacite, doi, openalex, pubmed
from evidence.services.answers import refusal
from evidence.services.web import Web
from tests.services.conftest import QuickClock
from tests.standin import SERVICES, Request, Standin

Fetch = Callable[[Web, Sequence[str]], Mapping[str, Answer]]

#: Who is asked for one DOI by its path, and what stands before it there.
REGISTRIES: dict[str, tuple[Fetch, str]] = {
    "crossref": (crossref.fetch, "/crossref/works/"),
    "doi": (doi.fetch, "/doi/api/handles/"),
    "datacite": (datacite.fetch, "/datacite/dois/"),
}
HOSTILE = (
    "..", "../../members/78", "./x", "/", "//x", "a#b", "a?b=c", "a%2F..", "%00", "%0d%0a", "a b", "a\r\nX: y", "a\tb",
    "<a>(b)[c];d", "3.0.CO;2-#", "a,b", "a+b", "a&b", 'a"b', "a\\b", "é漢字", "a\u202eb", "\ud800", "x|y", "agency",
)  # fmt: skip
SUFFIXES = st.one_of(
    st.text(st.sampled_from("ab./#?%&;:,<>()[]{}+=\"'\\| \t\r\n-_é漢0Ff"), min_size=1, max_size=20),
    st.text(min_size=1, max_size=30),
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=3).map("".join),
)
DOIS = st.tuples(st.sampled_from(["10.1234", "10.5555", "10.1000.10"]), SUFFIXES).map("/".join)
house = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def server() -> Iterator[Standin]:
    with Standin() as made:
        yield made


@pytest.fixture(scope="module")
def asker(server: Standin) -> Iterator[Web]:
    """One client for all examples: no cache, and a clock that waits for nobody."""
    bases = {service: server.base(service) for service in SERVICES}
    web = Web(Settings(root="/", today="2026-11-22", bases=bases, allow_private=True), clock=QuickClock())
    yield web
    web.close()


def sent(server: Standin, ask: Callable[[], object]) -> list[Request]:
    before = len(server.log)
    ask()
    return server.log[before:]


@pytest.mark.parametrize("registry", REGISTRIES)
@house
@given(asked=DOIS)
@example(asked="10.1234/..")
@example(asked="10.1234/../../members/78")
@example(asked="10.1234/a\r\nb")
@example(asked="10.1234/a#b?c%2F")
def test_the_doi_that_was_meant_arrives_or_none(
    registry: str, asked: str, server: Standin, asker: Web
) -> None:
    fetch, before = REGISTRIES[registry]
    answers: dict[str, Answer] = {}
    requests = sent(server, lambda: answers.update(fetch(asker, [asked])))
    assert [(r.decoded, r.query) for r in requests] == [(before + asked, "")] * len(requests)
    assert len(requests) <= 1
    if not requests:
        assert refusal(asked)
    assert answers[asked].outcome == "absent"


@house
@given(asked=st.lists(DOIS, min_size=1, max_size=5, unique=True))
def test_lists_name_the_dois_that_were_meant(asked: list[str], server: Standin, asker: Web) -> None:
    requests = sent(server, lambda: doi.agencies(asker, asked))
    named = [one for r in requests for one in r.decoded.removeprefix("/doi/doiRA/").split(",")]
    assert sorted(named) == sorted(one for one in asked if not refusal(one) and "," not in one)
    requests = sent(server, lambda: crossref_notices.fetch(asker, asked))
    filters = [part for r in requests for part in r.params["filter"].split(",")]
    assert sorted(filters) == sorted(f"updates:{one}" for one in asked if not refusal(one) and "," not in one)


@house
@given(asked=st.lists(DOIS, min_size=1, max_size=5, unique=True))
def test_a_search_names_only_dois_that_were_meant(asked: list[str], server: Standin, asker: Web) -> None:
    requests = sent(server, lambda: pubmed.by_doi(asker, asked))
    terms = {part for r in requests for part in r.params["term"].split("[aid]")}
    wanted = {one for one in asked if not refusal(one)}
    for one in wanted:
        meant = one.replace('"', "")
        assert any(term.removeprefix(" OR ").strip('"') == meant for term in terms)
    assert len(requests) == bool(wanted)


@house
@given(asked=st.lists(DOIS, min_size=1, max_size=5, unique=True))
def test_openalex_is_asked_only_for_plain_dois(asked: list[str], server: Standin, asker: Web) -> None:
    for request in sent(server, lambda: openalex.fetch(asker, asked)):
        assert set(request.params["filter"].removeprefix("doi:").split("|")) <= set(asked)
