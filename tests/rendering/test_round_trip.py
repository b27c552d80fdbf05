"""A line that was set is read back as the same work."""

from __future__ import annotations

import pytest

from evidence import parsing
from evidence.model import Date, Id, Name, Work
from evidence.rendering import render
from evidence.rendering.locators import shorten_pages

from .made import GILBERT, PETTINE, RICHARDSON, people


def article(
    authors: str, title: str, container: str, date: Date, volume: str, issue: str, pages: str, doi: str
) -> Work:
    ids = (Id("doi", doi),) if doi else ()
    return Work(
        type="article-journal",
        title=title,
        authors=people(authors),
        container=container,
        issued=date,
        volume=volume,
        issue=issue,
        pages=pages,
        ids=ids,
    )


ARTICLES = [
    PETTINE,
    RICHARDSON,
    GILBERT,
    article(
        "Orozco L, Soler R, Morera C, Alberca M, Sánchez A, García-Sancho J",
        "Intervertebral disc repair by autologous mesenchymal bone marrow cells: a pilot study",
        "Transplantation", Date(2011, 10, 15), "92", "7", "822-828", "10.1097/tp.0b013e3182298a15",
    ),
    article(
        "Krock E, Rosenzweig DH, Haglund L",
        "The Inflammatory Milieu of the Degenerate Disc: Is Mesenchymal Stem Cell-based Therapy for "
        "Intervertebral Disc Repair a Feasible Approach?",
        "Curr Stem Cell Res Ther", Date(2015), "10", "4", "317-328", "",
    ),
    article(
        "Wakefield AJ, Murch SH, Anthony A",
        "Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and pervasive developmental disorder "
        "in children",
        "Lancet", Date(1998, 2, 28), "351", "9103", "637-641", "10.1016/s0140-6736(97)11096-0",
    ),
    article(
        "Watson JD, Crick FH",
        "Molecular structure of nucleic acids; a structure for deoxyribose nucleic acid",
        "Nature", Date(1953, 4, 25), "171", "4356", "737-738", "10.1038/171737a0",
    ),
    article(
        "Ioannidis JP",
        "Why most published research findings are false",
        "PLoS Med", Date(2005, 8), "2", "8", "e124", "10.1371/journal.pmed.0020124",
    ),
    article(
        "Altman DG, Bland JM",
        "Statistics notes: Absence of evidence is not evidence of absence",
        "BMJ", Date(1995, 8, 19), "311", "7003", "485", "10.1136/bmj.311.7003.485",
    ),
    article(
        "Moher D, Liberati A, Tetzlaff J, Altman DG",
        "Preferred reporting items for systematic reviews and meta-analyses: the PRISMA statement",
        "PLoS Med", Date(2009, 7, 21), "6", "7", "e1000097", "10.1371/journal.pmed.1000097",
    ),
    article(
        "Deyo RA, Weinstein JN",
        "Low back pain",
        "N Engl J Med", Date(2001, 2, 1), "344", "5", "363-370", "10.1056/nejm200102013440508",
    ),
    article(
        "Hoy D, Brooks P, Blyth F, Buchbinder R",
        "The Epidemiology of low back pain",
        "Best Pract Res Clin Rheumatol", Date(2010, 12), "24", "6", "769-781", "10.1016/j.berh.2010.10.002",
    ),
]  # fmt: skip


def folded(names: tuple[Name, ...]) -> list[tuple[str, str]]:
    return [(name.family, name.given) for name in names]


@pytest.mark.parametrize("work", ARTICLES, ids=lambda work: work.authors[0].family + work.title[:10])
def test_articles_are_read_back(work: Work) -> None:
    read = parsing.parse(render([work])[0]).work
    assert folded(read.authors) == folded(work.authors)
    assert read.title.rstrip(".") == work.title.rstrip(".")
    assert read.container == work.container
    assert (read.issued, read.volume, read.issue) == (work.issued, work.volume, work.issue)
    assert read.pages == shorten_pages(work.pages)
    assert read.doi == work.doi
    assert read.extra.get("pubtype", "").rstrip(".") == work.extra.get("pubtype", "").rstrip(".")
    assert render([read]) == render([work])
