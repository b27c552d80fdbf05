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


def clean(text: str) -> str:
    """Return text without tags, entities and doubled white space."""
    return " ".join(re.sub(r"<[^<>]{1,80}>", "", html.unescape(text)).split()).strip()


def gather(shared: Path, part: str) -> Pools:
    """Read all facts of one part; what is missing is left out (`missing` names it)."""
    pools = Pools()
    _add_crossref(pools, shared / "crossref" / "works.jsonl.gz", part)
    _add_styles(pools, shared / "matching" / "styles_dev.jsonl.gz", part)
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


#: Organisations that write pages and reports, and the address of each.
ORGANISATIONS = [tuple(line.split("|")) for line in _lines("""
World Health Organization|www.who.int
Centers for Disease Control and Prevention|www.cdc.gov
U.S. Centers for Disease Control and Prevention|www.cdc.gov
National Institutes of Health|www.nih.gov
U.S. Food and Drug Administration|www.fda.gov
Food and Drug Administration|www.fda.gov
Mayo Clinic|www.mayoclinic.org
Mayo Clinic Staff|www.mayoclinic.org
Cleveland Clinic|my.clevelandclinic.org
WebMD|www.webmd.com
MedlinePlus|medlineplus.gov
US National Library of Medicine|www.nlm.nih.gov
National Institute of Arthritis and Musculoskeletal and Skin Diseases|www.niams.nih.gov
National Institute of Neurological Disorders and Stroke|www.ninds.nih.gov
National Cancer Institute|www.cancer.gov
National Institute on Aging|www.nia.nih.gov
National Heart, Lung, and Blood Institute|www.nhlbi.nih.gov
American Heart Association|www.heart.org
American Cancer Society|www.cancer.org
American Diabetes Association|diabetes.org
American Academy of Orthopaedic Surgeons|orthoinfo.aaos.org
American Academy of Pediatrics|www.aap.org
American College of Rheumatology|www.rheumatology.org
American Association of Neurological Surgeons|www.aans.org
Arthritis Foundation|www.arthritis.org
Johns Hopkins Medicine|www.hopkinsmedicine.org
Harvard Health Publishing|www.health.harvard.edu
Harvard Medical School|hms.harvard.edu
NHS|www.nhs.uk
National Health Service|www.nhs.uk
NHS England|www.england.nhs.uk
National Institute for Health and Care Excellence|www.nice.org.uk
NICE|www.nice.org.uk
Public Health England|www.gov.uk
Department of Health|www.gov.uk
Office for National Statistics|www.ons.gov.uk
European Medicines Agency|www.ema.europa.eu
European Commission|ec.europa.eu
European Centre for Disease Prevention and Control|www.ecdc.europa.eu
Eurostat|ec.europa.eu
OECD|www.oecd.org
World Bank|www.worldbank.org
United Nations|www.un.org
UNICEF|www.unicef.org
UNESCO|www.unesco.org
International Labour Organization|www.ilo.org
International Monetary Fund|www.imf.org
Food and Agriculture Organization of the United Nations|www.fao.org
Intergovernmental Panel on Climate Change|www.ipcc.ch
U.S. Census Bureau|www.census.gov
U.S. Department of Agriculture|www.usda.gov
U.S. Department of Health and Human Services|www.hhs.gov
U.S. Environmental Protection Agency|www.epa.gov
Environmental Protection Agency|www.epa.gov
National Science Foundation|www.nsf.gov
NASA|www.nasa.gov
Pew Research Center|www.pewresearch.org
RAND Corporation|www.rand.org
Kaiser Family Foundation|www.kff.org
Commonwealth Fund|www.commonwealthfund.org
Health Canada|www.canada.ca
Statistics Canada|www.statcan.gc.ca
Australian Institute of Health and Welfare|www.aihw.gov.au
Australian Bureau of Statistics|www.abs.gov.au
Cancer Research UK|www.cancerresearchuk.org
Alzheimer's Association|www.alz.org
Healthline|www.healthline.com
Medical News Today|www.medicalnewstoday.com
Medscape|emedicine.medscape.com
Everyday Health|www.everydayhealth.com
Verywell Health|www.verywellhealth.com
Wikipedia|en.wikipedia.org
Encyclopaedia Britannica|www.britannica.com
Cochrane|www.cochrane.org
ClinicalTrials.gov|clinicaltrials.gov
Drugs.com|www.drugs.com
UpToDate|www.uptodate.com
Spine-health|www.spine-health.com
KidsHealth|kidshealth.org
Bundesministerium für Gesundheit|www.bundesgesundheitsministerium.de
Robert Koch-Institut|www.rki.de
Statistisches Bundesamt|www.destatis.de
Haute Autorité de Santé|www.has-sante.fr
INSEE|www.insee.fr
Instituto Nacional de Estadística|www.ine.es
Ministerio de Sanidad|www.sanidad.gob.es
Ministério da Saúde|www.gov.br
Mercy Hospital|www.mercyhospital.org
St. Luke's Medical Center|www.stlukes.org
Stanford University|www.stanford.edu
Microsoft|www.microsoft.com
Google|www.google.com
GitHub|github.com
ScienceDaily|www.sciencedaily.com
EurekAlert|www.eurekalert.org
HealthDay News|www.healthday.com
HealthDay|www.healthday.com
Reuters|www.reuters.com
Associated Press|apnews.com
BBC News|www.bbc.co.uk
CNN|www.cnn.com
""")]  # fmt: skip

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
