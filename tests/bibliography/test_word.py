"""Word documents: the data that reference managers keep in them, and without it the text they show."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from evidence import word
from evidence.errors import ReadError
from evidence.model import Document, Limits, Settings
from tests.bibliography.worddocs import archive, cites, document, field, paragraph, run

SMITH: dict[str, Any] = {
    "type": "article-journal", "title": "Bed rest for low back pain at home", "DOI": "10.1234/abc",
    "author": [{"family": "Smith", "given": "Anna"}], "issued": {"date-parts": [[2010]]},
    "container-title": "Journal of Imaginary Medicine", "volume": "3", "page": "10-14",
}  # fmt: skip
BROWN: dict[str, Any] = {
    "type": "book",
    "title": "Spines",
    "author": [{"literal": "Brown Society"}],
    "issued": {"date-parts": [["2011"]]},
}
PRINTED = "1. Smith A. Bed rest for low back pain at home. J Imaginary Med 2010;3:10-14."


def read(tmp_path: Path, data: bytes, limits: Limits | None = None) -> Document:
    path = tmp_path / "page.docx"
    path.write_bytes(data)
    told = Settings(root=str(tmp_path), today="2026-11-22", limits=limits or Limits())
    return word.read(path, told, name="page.docx")


@pytest.mark.parametrize("word_of", ["ADDIN ZOTERO_ITEM CSL_CITATION", "ADDIN CSL_CITATION"])
def test_zotero_and_mendeley_keep_csl_json(word_of: str, tmp_path: Path) -> None:
    data = document(
        paragraph(run("Rest helps "), field(f"{word_of} {cites([SMITH, BROWN])}", "[1,2]"), run(" and more "),
                  field(f"{word_of} {cites([SMITH])}", "[1]")),
        "References",
        paragraph(field("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY", PRINTED)),
    )  # fmt: skip
    page = read(tmp_path, data)
    assert [(r.key, r.work.title, r.work.doi) for r in page.references] == [
        ("smith2010", "Bed rest for low back pain at home", "10.1234/abc"),
        ("brown2011", "Spines", ""),
    ]
    assert [c.keys for c in page.citations] == [("smith2010", "brown2011"), ("smith2010",)]
    text = page.source.text
    assert [text[c.span.start : c.span.end] for c in page.citations] == ["[1,2]", "[1]"]
    first = page.references[0].span
    assert text[first.start : first.end] == PRINTED
    assert page.problems == ()


def test_mendeley_cite_keeps_it_in_a_tag(tmp_path: Path) -> None:
    tag = "MENDELEY_CITATION_v3_" + base64.b64encode(cites([SMITH]).encode()).decode()
    control = f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{run("(Smith, 2010)")}</w:sdtContent></w:sdt>'
    page = read(tmp_path, document(paragraph(run("Rest "), control)))
    assert [r.work.doi for r in page.references] == ["10.1234/abc"]
    assert page.source.text[page.citations[0].span.start : page.citations[0].span.end] == "(Smith, 2010)"


@pytest.mark.parametrize("packed", [True, False])
def test_endnote_keeps_its_own_xml(packed: bool, tmp_path: Path) -> None:
    xml = (
        "<EndNote><Cite><Author>Smith</Author><record><rec-number>7</rec-number><ref-type "
        'name="Journal Article">17</ref-type><contributors><authors><author>Smith, Anna</author></authors>'
        "</contributors><titles><title>Bed rest &amp; pain</title></titles><dates><year>2010</year></dates>"
        "<electronic-resource-num>10.1234/abc</electronic-resource-num></record></Cite></EndNote>"
    )
    code = (
        ("ADDIN EN.CITE", base64.b64encode(xml.encode()).decode()) if packed else (f"ADDIN EN.CITE {xml}", "")
    )
    page = read(tmp_path, document(paragraph(field(code[0], "(Smith, 2010)", code[1]))))
    assert [(r.key, r.work.title, r.work.doi) for r in page.references] == [
        ("smith2010", "Bed rest & pain", "10.1234/abc")
    ]


def test_word_keeps_its_own_sources(tmp_path: Path) -> None:
    sources = (
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source>'
        "<b:Tag>Smi10</b:Tag><b:SourceType>JournalArticle</b:SourceType><b:Author><b:Author><b:NameList><b:Person>"
        "<b:Last>Smith</b:Last><b:First>Anna</b:First><b:Middle>B</b:Middle></b:Person></b:NameList></b:Author>"
        "</b:Author><b:Title>Bed rest</b:Title><b:JournalName>J Imaginary Med</b:JournalName><b:Year>2010</b:Year>"
        "<b:Month>March</b:Month><b:Volume>3</b:Volume><b:Pages>10-14</b:Pages></b:Source></b:Sources>"
    )
    data = document(
        paragraph(run("Rest "), field("CITATION Smi10 \\l 1033", "(Smith, 2010)")),
        parts={"customXml/item1.xml": sources},
    )
    work = read(tmp_path, data).references[0].work
    assert (work.title, work.container, work.pages) == ("Bed rest", "J Imaginary Med", "10-14")
    assert (work.authors[0].family, work.authors[0].given) == ("Smith", "Anna B")
    assert work.issued is not None
    assert (work.issued.year, work.issued.month) == (2010, 3)


def test_without_data_the_text_is_read(tmp_path: Path) -> None:
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="4"/></w:numPr></w:pPr>'
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    data = document(
        paragraph(run("Rest helps"), run("1", raised), run(" but cells do not [2].")),
        "References",
        paragraph(numbered, run("Smith A. Bed rest for back pain. J Imaginary Med. 2010;3(2):10-14.")),
        paragraph(
            numbered, run("Brown B. Cells for back pain. J Imaginary Med. 2011;4(2):15-19. doi: 10.1234/def")
        ),
    )
    page = read(tmp_path, data)
    assert "helps[1] but" in page.source.text
    assert [(r.number, r.work.title) for r in page.references] == [
        (1, "Bed rest for back pain"),
        (2, "Cells for back pain"),
    ]
    assert page.references[1].work.doi == "10.1234/def"
    assert [c.labels for c in page.citations] == [("1",), ("2",)]


def test_endnotes_are_the_list(tmp_path: Path) -> None:
    notes = (
        '<w:endnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:endnote w:id="2"><w:p>{run("Smith A. Bed rest for back pain. J Imaginary Med. 2010;3(2):10-14.")}</w:p>'
        f'</w:endnote><w:endnote w:id="3"><w:p>{run("Brown B. Cells for back pain. J Imaginary Med. 2011;4(2):15-19.")}'
        "</w:p></w:endnote></w:endnotes>"
    )
    text = paragraph(run("Rest"), '<w:r><w:endnoteReference w:id="2"/></w:r>', run(" or cells"),
                     '<w:r><w:endnoteReference w:id="3"/></w:r>')  # fmt: skip
    page = read(tmp_path, document(text, parts={"word/endnotes.xml": notes}))
    assert [r.number for r in page.references] == [1, 2]
    assert [c.labels for c in page.citations] == [("1",), ("2",)]


def test_damaged_data_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    data = document(
        paragraph(field('ADDIN ZOTERO_ITEM CSL_CITATION {"citationItems": [', "[1]"),
                  field(f"ADDIN ZOTERO_ITEM CSL_CITATION {cites([SMITH])}", "[2]"))
    )  # fmt: skip
    page = read(tmp_path, data)
    assert [r.key for r in page.references] == ["smith2010"]
    assert [(p.kind, page.source.text[p.span.start : p.span.end]) for p in page.problems] == [
        ("broken-entry", "[1]")
    ]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (archive({"word/document.xml": BOMB}), "document type"),
        (archive({"word/document.xml": "<a>" * 1_000 + "</a>" * 1_000}), "nested deeper"),
        (archive({"word/document.xml": "<a><b></a>"}), "damaged"),
        (archive({"xl/workbook.xml": "<a/>"}), "no word/document.xml"),
        (archive({"word/document.xml": "<a>" + " " * 300_000 + "</a>"}), "too large"),
        (b"PK\x03\x04 cut", "no readable Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old .doc file"),
        (b"", "no readable Word document"),
    ],
)
def test_hostile_and_damaged_files_are_refused_in_words(data: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=words):
        read(tmp_path, data, Limits(file=200_000))
