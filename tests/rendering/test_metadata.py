"""References for machines: what stands there is well-formed and inert, whatever a work holds."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from urllib.parse import parse_qs

from evidence.model import Date, Id, Name, Work
from evidence.rendering.metadata import coins, highwire, json_ld

from .made import PETTINE, SITE

HOSTILE = Work(
    type="article-journal",
    title='</script><script>alert(1)</script> "q" <!-- ; x',
    authors=(Name('A"><b', "B"), Name(literal="WHO; x")),
    container="J & K",
    volume="1",
    url="javascript:alert(1)",
    ids=(Id("pmid", "12"),),
)


class Tags(HTMLParser):
    """Collects tags with their attributes, and the text of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_json_ld_is_one_script_of_valid_json() -> None:
    found = Tags(json_ld([PETTINE, SITE, HOSTILE]))
    assert [tag for tag, _ in found.tags] == ["script"]
    first, second, third = json.loads(found.text)["citation"]
    assert first["@type"] == "ScholarlyArticle"
    assert first["name"].startswith("Percutaneous injection")
    assert first["datePublished"] == "2015-01"
    assert first["isPartOf"] == {"@type": "Periodical", "name": "Stem Cells"}
    assert first["sameAs"] == ["https://doi.org/10.1002/stem.1845"]
    assert first["author"][0] == {"@type": "Person", "name": "KA Pettine"}
    assert second["@type"] == "WebPage"
    assert third["name"] == HOSTILE.title
    assert third["sameAs"] == ["https://pubmed.ncbi.nlm.nih.gov/12/"]
    assert third["author"][1]["@type"] == "Organization"


def test_highwire_is_one_meta_a_work_and_a_semicolon_ends_a_field() -> None:
    found = Tags(highwire([PETTINE, HOSTILE]))
    assert [tag for tag, _ in found.tags] == ["meta", "meta"]
    first, second = (dict(attrs) for _, attrs in found.tags)
    fields = [part.partition("=")[::2] for part in (first["content"] or "").split("; ")]
    assert ("citation_journal_title", "Stem Cells") in fields
    assert ("citation_firstpage", "146") in fields
    assert ("citation_publication_date", "2015/01") in fields
    assert "WHO, x" in (second["content"] or "")


def test_coins_are_an_empty_span_whose_title_is_a_query() -> None:
    found = Tags(coins(PETTINE))
    ((tag, attrs),) = found.tags
    values = parse_qs(attrs["title"] or "")
    assert (tag, attrs["class"], found.text.strip()) == ("span", "Z3988", "")
    assert values["rft.jtitle"] == ["Stem Cells"]
    assert values["rft.au"][0] == "KA Pettine"
    assert values["rft_id"] == ["info:doi/10.1002/stem.1845"]
    assert len(Tags(coins(HOSTILE)).tags) == 1
    chapter = Work(type="chapter", title="C", container="Book", publisher="House", issued=Date(2000))
    assert "rft.btitle=Book" in coins(chapter)
    assert "rft.atitle=C" in coins(chapter)
    assert not re.search(r"[\r\n].", coins(HOSTILE))
