"""Bibliographic facts to print strings from: people, titles, journals, books, publishers, sites.

Facts come from registered records and from the training part of the labelled strings; the lists of
organisations, sites and publishers at the end are written by hand. Everything is kept in the order of
the files, so that a seed gives the same strings on every machine.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from abbreviations import abbreviate
from printed_styles import rebuild

from evidence.model import Name
from evidence.names import read_list
from training import gold
from training.houses import houses
from training.organisations import ORGANISATIONS

#: Articles kept of one journal: some journals fill most of a source, and would be learnt by heart.
_MOST_OF_ONE = 60


@dataclass(frozen=True)
class Article:
    """The facts of a journal article."""

    people: tuple[Name, ...]
    title: str
    journal: str
    short: str
    year: int
    month: int
    day: int
    volume: str
    issue: str
    pages: str
    doi: str


@dataclass
class Pools:
    """All facts of one part (training, development or held-back)."""

    articles: list[Article] = field(default_factory=list)
    people: list[tuple[Name, ...]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    book_titles: list[str] = field(default_factory=list)
    containers: list[str] = field(default_factory=list)
    conferences: list[str] = field(default_factory=list)
    imprints: list[tuple[str, str]] = field(default_factory=list)
    series: list[str] = field(default_factory=list)
    journals: list[tuple[str, str]] = field(default_factory=list)
    houses: list[tuple[str, str]] = field(default_factory=list)


def clean(text: str) -> str:
    """Return text without tags, entities and doubled white space."""
    return " ".join(re.sub(r"<[^<>]{1,80}>", "", html.unescape(text)).split()).strip()


def gather(shared: Path, part: str) -> Pools:
    """Read all facts of one part; what is missing is left out (`missing` names it)."""
    pools = Pools(houses=houses(part, ORGANISATIONS))
    _add_crossref(pools, shared / "crossref" / "works.jsonl.gz", part)
    _add_styles(pools, shared / "matching" / "styles_dev.jsonl.gz", part)
    _add_journals(pools, shared / "matching" / "journal-abbreviations.txt", part)
    for name in ("core.xml", "good.xml"):
        path = shared / "parsing" / name
        if path.exists():
            _add_gold(pools, (one for one in gold.read(path) if gold.part_of_labelled(one) == part))
    return pools


def missing(shared: Path) -> list[str]:
    """Return the files that facts are read from and that are not there."""
    names = (
        "crossref/works.jsonl.gz",
        "matching/styles_dev.jsonl.gz",
        "matching/journal-abbreviations.txt",
        "parsing/core.xml",
        "parsing/good.xml",
    )
    return [name for name in names if not (shared / name).exists()]


def _add_crossref(pools: Pools, path: Path, part: str) -> None:
    if not path.exists():
        return
    seen: Counter[str] = Counter()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            record: dict[str, Any] = json.loads(line)
            title = clean((record.get("title") or [""])[0])
            if not title or len(title) > 300 or gold.part_of(title) != part:
                continue
            journal = (record.get("container-title") or [""])[0]
            seen[journal] += 1
            if journal and seen[journal] > _MOST_OF_ONE:
                continue
            _add_record(pools, record, title)


def _add_record(pools: Pools, record: dict[str, Any], title: str) -> None:
    container = clean((record.get("container-title") or [""])[0])
    people = tuple(
        Name(clean(a["family"]), clean(a.get("given", "")))
        if a.get("family")
        else Name(literal=clean(a["name"]))
        for a in record.get("author", [])
        if a.get("family") or a.get("name")
    )
    if people:
        pools.people.append(people)
    date = [*((record.get("issued") or {}).get("date-parts") or [[None]])[0], None, None][:3]
    kind = record.get("type")
    if kind == "journal-article" and container and date[0]:
        short = clean((record.get("short-container-title") or [""])[0]) or abbreviate(container)
        pages = str(record.get("page") or record.get("article-number") or "")
        pools.articles.append(
            Article(
                people, title, container, short, int(date[0]), int(date[1] or 0), int(date[2] or 0),
                str(record.get("volume") or ""), str(record.get("issue") or ""), pages, record["DOI"],
            )
        )  # fmt: skip
        pools.journals.append((container, short))
        pools.titles.append(title)
        return
    if record.get("publisher") and kind in ("monograph", "book", "book-chapter", "report", "standard"):
        pools.imprints.append((clean(record["publisher"]), clean(record.get("publisher-location") or "")))
    if kind in ("book", "monograph", "report", "reference-book", "standard"):
        pools.book_titles.append(title)
    elif title:
        pools.titles.append(title)
    if container and kind == "book-chapter":
        pools.containers.append(container)
    elif container and kind == "proceedings-article":
        pools.conferences.append(container)


def _add_styles(pools: Pools, path: Path, part: str) -> None:
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            record = rebuild(json.loads(line))
            if record is None or not record.work.year or gold.part_of(record.work.title) != part:
                continue
            work = record.work
            if work.authors:
                pools.people.append(work.authors)
            if work.type != "article-journal":
                pools.titles.append(work.title)
                (pools.conferences if re.search(_MEETING, work.container) else pools.containers).append(
                    work.container
                )
                continue
            short = abbreviate(work.container)
            pools.articles.append(
                Article(
                    work.authors, work.title, work.container, short, work.year or 0, 0, 0, work.volume,
                    work.issue, work.pages, work.doi,
                )
            )  # fmt: skip
            pools.journals.append((work.container, short))
            pools.titles.append(work.title)


_MEETING = re.compile(r"(?i)proceedings|conference|symposium|workshop|congress|meeting|\bproc\b")
_EDGES = " .,;:()[]“”\"‘’'«»"


#: Words that stay small inside the title of a journal.
_SMALL = frozenset((
    "of", "and", "the", "in", "for", "on", "de", "la", "le", "les", "des", "du", "et", "der", "die", "das", "und",
    "für", "di", "del", "y", "a", "to",
))  # fmt: skip


def _add_journals(pools: Pools, path: Path, part: str) -> None:
    """Add titles of journals, written in the case of headlines."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name = line.partition("\t")[2].strip()
        if not 2 < len(name) < 120 or gold.part_of(name) != part:
            continue
        words = name.split()
        name = " ".join(w if n and w in _SMALL else w[:1].upper() + w[1:] for n, w in enumerate(words))
        pools.journals.append((name, abbreviate(name)))


def _add_gold(pools: Pools, strings: Iterable[gold.Labelled]) -> None:
    for one in strings:
        parts = {label: one.text[a:b].strip(_EDGES) for a, b, label in reversed(one.spans)}
        title, book = parts.get("title", ""), parts.get("book", "")
        book = re.sub(r"^(?:In|in|dans|Dans)\s?:?\s", "", book)
        if "author" in parts:
            people, more = read_list(next(one.text[a:b] for a, b, label in one.spans if label == "author"))
            good = all(n.literal or (n.family[:1].isupper() and n.given) for n in people)
            if people and good and not more and not any(n.literal for n in people):
                pools.people.append(people)
        if title and 8 < len(title) < 250:
            (pools.book_titles if "publisher" in parts and not book else pools.titles).append(title)
        if book and 5 < len(book) < 200:
            (pools.conferences if _MEETING.search(book) else pools.containers).append(book)
        if "publisher" in parts:
            pools.imprints.append((parts["publisher"], parts.get("place", "")))
        if "series" in parts:
            pools.series.append(parts["series"])
        if "journal" in parts and 2 < len(parts["journal"]) < 120:
            journal = parts["journal"]
            pools.journals.append((journal, journal if "." in journal else abbreviate(journal)))


def _lines(text: str) -> list[str]:
    return [part.strip() for part in text.strip().split("\n") if part.strip()]


#: Papers and magazines, and the address of each.
PAPERS = [tuple(line.split("|")) for line in _lines("""
The New York Times|www.nytimes.com
New York Times|www.nytimes.com
The Washington Post|www.washingtonpost.com
The Wall Street Journal|www.wsj.com
The Guardian|www.theguardian.com
The Times|www.thetimes.co.uk
The Independent|www.independent.co.uk
The Economist|www.economist.com
Los Angeles Times|www.latimes.com
USA Today|www.usatoday.com
Chicago Tribune|www.chicagotribune.com
The Boston Globe|www.bostonglobe.com
Financial Times|www.ft.com
Forbes|www.forbes.com
Time|time.com
Newsweek|www.newsweek.com
The Atlantic|www.theatlantic.com
The New Yorker|www.newyorker.com
Scientific American|www.scientificamerican.com
Wired|www.wired.com
Le Monde|www.lemonde.fr
Le Figaro|www.lefigaro.fr
Libération|www.liberation.fr
Die Zeit|www.zeit.de
Der Spiegel|www.spiegel.de
Frankfurter Allgemeine Zeitung|www.faz.net
Süddeutsche Zeitung|www.sueddeutsche.de
El País|elpais.com
Corriere della Sera|www.corriere.it
Folha de S. Paulo|www.folha.uol.com.br
Daily Mail|www.dailymail.co.uk
The Daily Telegraph|www.telegraph.co.uk
San Francisco Chronicle|www.sfchronicle.com
The Sydney Morning Herald|www.smh.com.au
""")]  # fmt: skip

#: Publishers of books and where they are.
IMPRINTS = [tuple(line.split("|")) for line in _lines("""
Springer|Berlin
Springer|New York
Springer-Verlag|Heidelberg
Springer International Publishing|Cham
Oxford University Press|Oxford
Oxford University Press|New York
Cambridge University Press|Cambridge
Cambridge University Press|Cambridge, UK
Harvard University Press|Cambridge, MA
MIT Press|Cambridge, Mass.
Princeton University Press|Princeton, NJ
University of Chicago Press|Chicago
University of California Press|Berkeley
Stanford University Press|Stanford, CA
Yale University Press|New Haven
Columbia University Press|New York
Routledge|London
Routledge|London and New York
Sage|Thousand Oaks, CA
SAGE Publications|London
Wiley|New York
John Wiley & Sons|Hoboken, NJ
Wiley-Blackwell|Chichester
Blackwell|Oxford
Elsevier|Amsterdam
Elsevier Saunders|Philadelphia
Academic Press|San Diego
Churchill Livingstone|Edinburgh
Lippincott Williams & Wilkins|Philadelphia
Lippincott Williams & Wilkins|Philadelphia (PA)
W.B. Saunders|Philadelphia
Mosby|St. Louis
Mosby Elsevier|St Louis (MO)
McGraw-Hill|New York
McGraw-Hill Education|New York, NY
Thieme|Stuttgart
Karger|Basel
Humana Press|Totowa, NJ
CRC Press|Boca Raton, FL
Taylor & Francis|London
Palgrave Macmillan|Basingstoke
Macmillan|London
Penguin|London
Penguin Books|Harmondsworth
HarperCollins|New York
W. W. Norton|New York
Norton|New York
Knopf|New York
Basic Books|New York
Free Press|New York
Farrar, Straus and Giroux|New York
Simon & Schuster|New York
Random House|New York
Houghton Mifflin|Boston
Addison-Wesley|Reading, MA
Prentice Hall|Englewood Cliffs, NJ
Pearson|Boston
Kluwer|Dordrecht
Brill|Leiden
De Gruyter|Berlin
Suhrkamp|Frankfurt am Main
Fischer|Frankfurt
C. H. Beck|München
Mohr Siebeck|Tübingen
Campus|Frankfurt/New York
Gallimard|Paris
Seuil|Paris
Presses universitaires de France|Paris
L'Harmattan|Paris
Flammarion|Paris
Armand Colin|Paris
Dunod|Paris
Les Éditions de Minuit|Paris
Einaudi|Torino
Il Mulino|Bologna
Alianza|Madrid
Paidós|Buenos Aires
Fondo de Cultura Económica|México
Companhia das Letras|São Paulo
Zahar|Rio de Janeiro
Наука|Москва
Мир|М.
PWN|Warszawa
Akademiai Kiado|Budapest
American Psychological Association|Washington, DC
American Psychiatric Publishing|Arlington, VA
World Health Organization|Geneva
National Academies Press|Washington, DC
National Academy Press|Washington (DC)
Guilford Press|New York
Erlbaum|Mahwah, NJ
Jossey-Bass|San Francisco
Human Kinetics|Champaign, IL
Edward Elgar|Cheltenham
Ashgate|Aldershot
Kegan Paul|London
Allen & Unwin|London
Methuen|London
Faber & Faber|London
Verso|London
Polity Press|Cambridge
Zed Books|London
IEEE Press|Piscataway, NJ
ACM|New York, NY, USA
Morgan Kaufmann|San Mateo, CA
O'Reilly Media|Sebastopol, CA
Morgan Kaufmann Publishers, Inc.|San Francisco, California
John Wiley & Sons, Inc.|New York
McGraw-Hill Book Company, Inc.|New York NY
Benjamin/Cummings Publishing Company, Inc.|Menlo Park, California
Marcel Dekker, Inc.|New York
Elsevier Ltd.|Oxford
Academic Press, Inc.|Orlando, Florida
Kluwer Academic Publishers|Boston, Massachusetts
Longmans, Green & Co.|London
Smith, Elder & Co.|London
Little, Brown & Co.|Boston
Houghton, Mifflin and Company|Boston
Sheed & Ward|London
Eerdmans|Grand Rapids, Mich.
Abingdon Press|Nashville, Tenn.
Fortress Press|Minneapolis
Bompiani|Milano
Laterza|Roma-Bari
Plon|Paris
Grasset|Paris
""")]  # fmt: skip

#: Universities, for theses.
UNIVERSITIES = [tuple(line.split("|")) for line in _lines("""
Emory University|Atlanta (GA)
Stanford University|Stanford, CA
Harvard University|Cambridge, MA
University of Michigan|Ann Arbor
University of California, Berkeley|Berkeley, CA
University of Oxford|Oxford
University of Cambridge|Cambridge
Massachusetts Institute of Technology|Cambridge, MA
University of Toronto|Toronto
McGill University|Montreal
University of Melbourne|Melbourne
Karolinska Institutet|Stockholm
Uppsala University|Uppsala
Universität Heidelberg|Heidelberg
Ludwig-Maximilians-Universität München|München
Technische Universität Berlin|Berlin
ETH Zürich|Zürich
Université Paris-Sorbonne|Paris
Université de Montréal|Montréal
Universidad Complutense de Madrid|Madrid
Universidade de São Paulo|São Paulo
Università di Bologna|Bologna
Delft University of Technology|Delft
Leiden University|Leiden
University College London|London
London School of Economics|London
Indiana University|Bloomington
Ohio State University|Columbus, OH
Georgia Institute of Technology|Atlanta, GA
Central Michigan University|Mount Pleasant (MI)
University of Helsinki|Helsinki
Tsinghua University|Beijing
Kyoto University|Kyoto
University of Cape Town|Cape Town
""")]  # fmt: skip
