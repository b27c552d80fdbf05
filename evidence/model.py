"""All data types of the library: frozen, typed, without behaviour beyond properties.

One word per idea: a `Work` is what a study says of itself; a `Reference` is a work as written and
where; a `Record` is a work as registered and who says so; a `Citation` is a marker in the prose.
Spans are half-open character offsets into `Source.text`; lines and columns are computed only when
something is printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from evidence.errors import NotGathered

Kind = Literal[
    "text", "markdown", "html", "latex", "docx", "bib", "csl-json", "ris", "nbib", "endnote", "toml"
]
Severity = Literal["error", "warning", "note"]
Outcome = Literal["found", "absent", "unknown"]
Applicability = Literal["safe", "unsafe", "shown"]
VerdictKind = Literal["verified", "mismatch", "not-found", "ambiguous", "unchecked"]

#: Kinds of files that hold references and nothing else.
BIBLIOGRAPHIES: frozenset[Kind] = frozenset({"bib", "csl-json", "ris", "nbib", "endnote"})
#: Kinds that other programs make: read, and never written.
ONLY_READ: frozenset[Kind] = frozenset({"csl-json", "ris", "nbib", "endnote", "docx"})

#: A mapping with nothing in it, safe to share as a default.
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters, `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A text that was read, with what is needed to write it back unchanged.

    `name` is how the file is shown (POSIX, relative to the project's root); `path` is where it is
    on disk (None: standard input, a URL, a string). `text` keeps the file's own newlines; a byte
    order mark is not part of it but of `encoding` (`utf-8-sig`). `digest` is the SHA-256 of the
    bytes read. `notes` says what reading had to guess ("read as Latin-1").
    """

    name: str
    text: str
    kind: Kind = "text"
    encoding: str = "utf-8"
    digest: str = ""
    path: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """The characters that a reader sees, and where each stands in the source.

    The visible character `text[i]` was written as `source.text[starts[i]:ends[i]]` (`&nbsp;` is
    six characters of HTML and one to see).
    """

    text: str
    starts: Sequence[int] = field(repr=False)
    ends: Sequence[int] = field(repr=False)

    def span(self, start: int, end: int) -> Span:
        """Return where `text[start:end]` stands in the source; an empty range is a point."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return Span(at, at)
        return Span(self.starts[start], self.ends[end - 1])


@dataclass(frozen=True, slots=True)
class Id:
    """An identifier: kind `doi`, `pmid`, `pmcid`, `nct`, `arxiv`, `isbn`, `issn`; value normalised."""

    kind: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, slots=True)
class Name:
    """A person (`family`, `given`, `particle`, `suffix`) or an organisation (`literal`)."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is known; `season` as printed ("Spring")."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What a study (or page, book, report …) says of itself.

    `type` is a CSL 1.0.2 item type (`article-journal`, `book`, `chapter`, `webpage`, `article` for
    a preprint …; `document` where it is not known). `issued` is the one date a reference prints;
    `dates` holds `print` and `online` where a registry tells them apart. `pages` is kept as
    written ("146-56") or registered ("146-156"); an article number stands there too. `extra`
    keeps what has no field of its own: `pubtype` (PubMed's "Review." tail), `available_at` (the
    words after "Available at:"; present and empty where nothing follows), `original_title`,
    `short_title`, `article_number`, `abstract`, `note`, `keywords`, `language`, `doi` (as written,
    where in capitals).
    """

    type: str = "document"
    title: str = ""
    subtitle: str = ""
    authors: tuple[Name, ...] = ()
    more_authors: bool = False
    editors: tuple[Name, ...] = ()
    issued: Date | None = None
    dates: Mapping[str, Date] = field(default_factory=dict, hash=False)
    container: str = ""
    short_container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    place: str = ""
    edition: str = ""
    ids: tuple[Id, ...] = ()
    url: str = ""
    accessed: Date | None = None
    extra: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def doi(self) -> str:
        """The DOI in normal form, or an empty string."""
        return next((i.value for i in self.ids if i.kind == "doi"), "")

    @property
    def printed_doi(self) -> str:
        """The DOI in the case that it was written in; DOIs are the same in any (DOI Handbook, 2.4)."""
        written = self.extra.get("doi", "")
        return written if written.lower() == self.doi else self.doi

    @property
    def pmid(self) -> str:
        """The PubMed identifier, or an empty string."""
        return next((i.value for i in self.ids if i.kind == "pmid"), "")

    @property
    def year(self) -> int | None:
        """The year of `issued`."""
        return self.issued.year if self.issued else None


@dataclass(frozen=True, slots=True)
class Reference:
    """A work as somebody wrote it, and where.

    `key` is the .bib key or the key that `import` would give; `number` is its number in a numbered
    list; `fields` maps a field's name (`title`, `author`, `doi` …) to its span in the source;
    `raw` is the visible text as written. `entry_type` is a .bib entry's own type ("article").
    """

    key: str
    number: int | None
    work: Work
    source: Source = field(repr=False)
    span: Span
    fields: Mapping[str, Span] = field(default_factory=dict, hash=False, compare=False)
    raw: str = field(default="", compare=False)
    entry_type: str = ""

    @property
    def place(self) -> tuple[str, int]:
        """What tells one reference from every other: file and offset."""
        return (self.source.name, self.span.start)


@dataclass(frozen=True, slots=True)
class Citation:
    """A marker in the prose.

    `labels` is what is cited as written, ranges expanded (`[1-3]` → "1", "2", "3"); `keys` are the
    keys of the references that were found for them, in the same order, without those that point
    nowhere: these are in `dangling`. `form` is `number`, `key`, `footnote`, `id` or `author-year`.
    """

    labels: tuple[str, ...]
    span: Span
    form: str = "number"
    keys: tuple[str, ...] = ()
    dangling: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An address as written; `cited` tells a link of a reference from one of the prose."""

    url: str
    span: Span
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A reference list on a page.

    `kind` is `references` (between our own markers: `options` are the marker's, `inner` is what
    lies between) or `list` (made by hand: `inner` equals `span`). `layout` is `numbered`,
    `bullets` or `paragraphs`. `members` are indices into `Document.references`.
    """

    kind: Literal["references", "list"]
    span: Span
    inner: Span
    layout: str = "numbered"
    options: Mapping[str, str] = field(default_factory=dict, hash=False)
    members: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that reading a file could not do: `kind` is a rule's name (`broken-entry`, …)."""

    kind: str
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Document:
    """What was read from one file, a page or a bibliography.

    `view` is the text that a reader sees (None for a bibliography). `bibliographies` are the paths
    that the page itself names (front matter, TeX's bibliography command). `ignores` are the
    suppression comments that stand in the file. `cites_all` is TeX's `nocite{*}`.
    """

    source: Source
    view: View | None = field(default=None, repr=False, compare=False)
    references: tuple[Reference, ...] = ()
    citations: tuple[Citation, ...] = ()
    links: tuple[Link, ...] = ()
    regions: tuple[Region, ...] = ()
    problems: tuple[Problem, ...] = ()
    bibliographies: tuple[str, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    cites_all: bool = False

    @property
    def is_bibliography(self) -> bool:
        """Whether this is a file of references rather than a page."""
        return self.source.kind in BIBLIOGRAPHIES


@dataclass(frozen=True, slots=True)
class Notice:
    """A retraction, concern, correction, withdrawal, reinstatement or new version of a work.

    `id` is the notice's DOI, `date` is ISO 8601, `says` names the sources that report it.
    """

    kind: str
    id: str = ""
    date: str = ""
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A work as a registry has it.

    `service` says who (`crossref`, `by-hand` …), `since` the ISO date since when the answer holds,
    `url` where a person can look. `alias` is the DOI that was asked where the registry answered
    with its prime.
    """

    service: str
    work: Work
    notices: tuple[Notice, ...] = ()
    since: str = ""
    url: str = ""
    alias: str = ""


@dataclass(frozen=True, slots=True)
class Abstract:
    """The abstract of a work as a registry has it.

    `sections` are (label, text) in their order; the label ("METHODS") is empty in a plain abstract.
    `id` is the identifier that was asked, `url` where a person can look.
    """

    service: str
    id: str
    title: str = ""
    sections: tuple[tuple[str, str], ...] = ()
    url: str = ""

    @property
    def text(self) -> str:
        """The abstract as it is printed: a paragraph a section, the label in front."""
        return "\n".join(f"{label}: {text}" if label else text for label, text in self.sections)


@dataclass(frozen=True, slots=True)
class TrialArm:
    """A group of a trial: its name, its kind ("EXPERIMENTAL") and what is done in it."""

    name: str
    kind: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class TrialOutcome:
    """What a trial measures, `rank` primary, secondary or other, and when ("12 months")."""

    measure: str
    time_frame: str = ""
    rank: Literal["primary", "secondary", "other"] = "primary"
    description: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """A study as its registry has it.

    `enrolled` is the number of participants, `enrolled_kind` ACTUAL or ESTIMATED; `kind`, `phases`,
    `allocation`, `model`, `masking` are the registry's own words; dates are ISO 8601 as far as
    known. `pmids` are the papers that the registry names for the study's results.
    """

    nct: str
    title: str = ""
    official_title: str = ""
    acronym: str = ""
    status: str = ""
    kind: str = ""
    phases: tuple[str, ...] = ()
    allocation: str = ""
    model: str = ""
    masking: str = ""
    enrolled: int | None = None
    enrolled_kind: str = ""
    arms: tuple[TrialArm, ...] = ()
    outcomes: tuple[TrialOutcome, ...] = ()
    conditions: tuple[str, ...] = ()
    started: str = ""
    completed: str = ""
    posted: str = ""
    pmids: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of whom: service `crossref`, key `doi:10.1/x` or `search:…`."""

    service: str
    key: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One dated look at a link; its state is derived later from all looks.

    `hops` are (address, status) of each redirect; `status` the last one; `type` the media type;
    `error` a named cause where there was no answer (`timeout`, `nxdomain`, `tls-expired` …). `signals`
    are words, or `name:value`. `attempts` is how often it was asked for; no lock keeps that.
    """

    url: str
    at: str
    hops: tuple[tuple[str, int], ...] = ()
    status: int | None = None
    type: str = ""
    title: str = ""
    signals: tuple[str, ...] = ()
    error: str = ""
    attempts: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """A three-valued answer: found, absent or unknown with a reason.

    `records` are the work asked for, or the candidates of a search in the service's order;
    `seen` the looks at a link. `cause` of an unknown answer is `offline`, `outage`, `budget` or
    `not-in-lock`; `reason` says it in words. `since` and `asked` are ISO dates. `service` is who
    answered: `by-hand` where a person wrote the answer into the lock. `agency` is who registers a
    DOI, where doi.org said so. `abstract` and `trial` are what was asked for where that was asked;
    `digest` stands for the text of a source, which the lock does not keep.
    """

    outcome: Outcome
    service: str = ""
    records: tuple[Record, ...] = ()
    seen: tuple[Seen, ...] = ()
    cause: str = ""
    reason: str = ""
    since: str = ""
    asked: str = ""
    agency: str = ""
    abstract: Abstract | None = None
    trial: Trial | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """All that the outside said, by question; asking for what was not gathered raises."""

    by_question: Mapping[Question, Answer] = field(default_factory=dict)

    def __getitem__(self, question: Question) -> Answer:
        try:
            return self.by_question[question]
        except KeyError:
            raise NotGathered(f"no answer was gathered for {question.service} {question.key}") from None

    def __contains__(self, question: object) -> bool:
        return question in self.by_question

    def __iter__(self) -> Iterator[Question]:
        return iter(self.by_question)

    def __len__(self) -> int:
        return len(self.by_question)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the written work and the registered one differ.

    `weight` is `error`, `warning` or `note`: how much the difference says that the reference is
    wrong. `detail` names what exactly differs (a changed word, the position of an author).
    """

    field: str
    written: str
    registered: str
    weight: Severity = "warning"
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Which registered work a reference names, judged field by field.

    `outcome` is `match`, `ambiguous`, `no-match` or `unknown`. `agreements` gives for each field
    `agrees`, `differs` or `absent`. `alternatives` are the other candidates, best first, each
    with its own agreements.
    """

    outcome: Literal["match", "ambiguous", "no-match", "unknown"]
    record: Record | None = None
    differences: tuple[Difference, ...] = ()
    confidence: float = 0.0
    agreements: Mapping[str, str] = field(default_factory=dict, hash=False)
    alternatives: tuple[Match, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two identifiers of one reference that name two works.

    `written` stands in the reference and names `record` (None: its registry does not have it);
    `other` is the identifier of the work described, and `right` the one of `written`'s kind that the
    work does have, where that is known.
    """

    written: Id
    other: Id
    record: Record | None = None
    right: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of one reference after asking.

    `kind` and `cause` are words of docs/reference/reports.md; `match` is the record it was compared
    with and how; `ids` are all its identifiers by kind, `ids_written` those that stood there,
    `ids_found` those that a registry added. `unregistered` is the written DOI that no registry
    knows, `wrong` the written identifier (`wrong_kind`) that names another work (`wrong_record`).
    `conflicts` are identifiers that disagree, `unlisted` those that their registry does not have.

    `notices_checked` tells "none" from "not asked"; `notices_asked` are the sources that answered,
    `notices_unasked` (source, reason) those that could not be asked. `hints` are sources that mark
    the work as retracted and prove nothing.
    """

    reference: Reference = field(repr=False)
    kind: VerdictKind
    cause: str = ""
    reason: str = ""
    match: Match | None = None
    ids: Mapping[str, str] = field(default_factory=dict, hash=False)
    ids_written: tuple[str, ...] = ()
    ids_found: tuple[str, ...] = ()
    unregistered: str = ""
    wrong: str = ""
    wrong_kind: str = "doi"
    wrong_record: Record | None = None
    conflicts: tuple[Conflict, ...] = ()
    unlisted: tuple[Id, ...] = ()
    notices: tuple[Notice, ...] = ()
    notices_checked: bool = False
    notices_asked: tuple[str, ...] = ()
    notices_unasked: tuple[tuple[str, str], ...] = ()
    hints: tuple[str, ...] = ()
    incomplete: bool = False

    @property
    def record(self) -> Record | None:
        """The registered work, where one was settled on."""
        return self.match.record if self.match else None

    @property
    def retracted(self) -> bool:
        """Whether a retraction stands that no later reinstatement took back."""
        dates = [n.date for n in self.notices if n.kind in ("retraction", "withdrawal")]
        back = [n.date for n in self.notices if n.kind == "reinstatement"]
        return bool(dates) and not (back and max(back) >= max(dates))


@dataclass(frozen=True, slots=True)
class LinkState:
    """The state of a link, derived from all looks at it; words of docs/explanation/links.md.

    `cause` is the reason in one word for programs (`redirect_to_home`), `reason` in words for people.
    """

    url: str
    state: str
    reason: str = ""
    final_url: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A W3C TextQuoteSelector: the exact words, and what stands before and after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a study or a page gives it: 30 months, > 50 %, about 31 million.

    `value` is None where only words were given; `relation` is = > >= < <= or ~; `unit` is
    singular ("month", "percent"); `text` is what was written.
    """

    value: float | None = None
    unit: str = ""
    relation: str = "="
    text: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """A source of facts: its .bib key, where its words are, and how near it is to the data."""

    key: str
    source: str = ""
    tier: str = ""
    design: str = ""
    phase: str = ""
    registry: str = ""
    arms: tuple[tuple[str, int | None], ...] = ()
    span: Span = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Fact:
    """One number that a page says a study found, and the words on both sides it rests on.

    Fields bear the names of facts.toml; `quantity` is `value` with `unit` and `relation` read;
    `on_page` is None for an extraction record. `fields` maps a key to the span of its value in
    the facts file, `span` is the whole block. `extra` keeps further keys as written.
    """

    id: str
    study: str
    kind: str = "other"
    role: str = ""
    quantity: Quantity = Quantity()
    of: str = ""
    at: Quantity | None = None
    outcome: str = ""
    arm: str = ""
    stat: str = ""
    partition: str = ""
    on_page: Quote | None = None
    in_source: Quote | None = None
    source_relation: str = ""
    source_at: Quantity | None = None
    verdict: str = "unchecked"
    by: str = ""
    on: str = ""
    note: str = ""
    seal: str = ""
    page: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    span: Span = Span(0, 0)
    fields: Mapping[str, Span] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class FactsFile:
    """A facts.toml as read: its studies and facts, in the file's order."""

    source: Source
    page: str = ""
    studies: Mapping[str, Study] = field(default_factory=dict, hash=False)
    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `source.text[span]` by `text`."""

    source: Source = field(repr=False)
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair: its edits, and whether they may be made without a person looking."""

    title: str
    edits: tuple[Edit, ...] = ()
    applicability: Applicability = "shown"


@dataclass(frozen=True, slots=True)
class Witness:
    """Who said what a finding rests on: the service, the identifier asked, since when, where."""

    service: str
    id: str = ""
    since: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or worth knowing, where it stands, and what it rests on."""

    code: str
    name: str
    severity: Severity
    message: str
    source: Source = field(repr=False)
    span: Span
    key: str = ""
    fix: Fix | None = None
    evidence: tuple[Witness, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Ignore:
    """A suppression: of which rule, why, until when, and where it holds.

    `source` and `span` say where it is written; `near` is the range of the file it covers (None:
    `where`, a glob of paths or keys, covers instead); `fingerprint` names one finding.
    """

    rule: str
    reason: str
    where: str = ""
    until: str = ""
    source: Source | None = field(default=None, repr=False)
    span: Span = Span(0, 0)
    near: Span | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Caps on what is read, all settings, all reported when hit (`not-fully-read`).

    Bytes for the file, characters for the rest. Figures: measured in the project's notes on
    reliability, section 7.
    """

    file: int = 20_000_000
    page: int = 10_000_000
    entry: int = 1_000_000
    value: int = 256_000
    nesting: int = 100
    expansion: int = 1_000_000
    references: int = 5_000


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """Everything a run was told, read once: flags over environment over file.

    `root` is the project's root (absolute), `today` an ISO date (`SOURCE_DATE_EPOCH` sets it),
    `mode` is `online`, `offline`, `frozen` or `read-only`. `changed_since` is a revision of git: only
    what changed since is asked about and reported. `retraction_watch` is the path of that file, from
    the root. `bases` and `rates` come from the environment only.
    """

    root: str
    today: str
    file: str = ""
    pages: tuple[str, ...] = ()
    bibliography: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    lock: str = ""
    style: str = ""
    services: tuple[str, ...] = (
        "crossref",
        "datacite",
        "doi",
        "pubmed",
        "openalex",
        "clinicaltrials",
        "archive",
    )
    retraction_watch: str = ""
    links: Literal["cited", "all"] = "cited"
    managed: tuple[str, ...] = ()
    citation_patterns: tuple[str, ...] = ()
    max_age: int | None = None
    limits: Limits = Limits()
    ignore: tuple[Ignore, ...] = ()
    mode: Literal["online", "offline", "frozen", "read-only"] = "online"
    select: tuple[str, ...] = ()
    deselect: tuple[str, ...] = ()
    all_entries: bool = False
    incomplete: Literal["new", "fail", "ok"] = "new"
    fail_on: Severity = "error"
    budget: float | None = None
    changed_since: str = ""
    mailto: str = field(default="", repr=False)
    bases: Mapping[str, str] = field(default_factory=dict, hash=False)
    rates: Mapping[str, float] = field(default_factory=dict, hash=False)
    cache_dir: str = ""
    allow_private: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """All documents of a run, joined: each reference once, wherever it appears.

    `references` are the canonical ones in the order of the files: .bib entries, and items of page
    lists that name no entry. `appears` maps a canonical reference's place to the list items that
    name it, `entry_of` such an item's place to its canonical reference. `asked` holds the places
    of those that this run asks about; the others are `not-cited`. `together` are the names of files
    that are one bibliography, in their order.
    """

    documents: tuple[Document, ...] = ()
    references: tuple[Reference, ...] = ()
    appears: Mapping[tuple[str, int], tuple[Reference, ...]] = field(default_factory=dict)
    entry_of: Mapping[tuple[str, int], Reference] = field(default_factory=dict)
    asked: frozenset[tuple[str, int]] = frozenset()
    together: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """All that a rule may look at: one document, the whole site, and what the outside said.

    `verdicts` and `links` are derived from `answers` by pure code. `facts` are the facts files;
    `texts` are the readable sources of studies by study source (a path, or an address fetched),
    `trials` what the registry has of their NCT numbers.
    """

    document: Document
    site: Site
    answers: Answers
    verdicts: Mapping[tuple[str, int], Verdict]
    links: Mapping[str, LinkState]
    facts: tuple[FactsFile, ...]
    settings: Settings
    texts: Mapping[str, str] = field(default_factory=dict)
    trials: Mapping[str, Trial] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """A check as a value.

    `scope` is `page` (called once a document) or `site` (called once). `needs` names the answers
    it wants: `records`, `notices`, `links`, `texts`. `check` is pure: a case in, findings out; its docstring
    is the rule's page, and the example in it is its first test.
    """

    code: str
    name: str
    severity: Severity
    scope: Literal["page", "site"]
    needs: frozenset[str]
    check: Callable[[Case], Iterable[Finding]] = field(repr=False)
    status: Literal["preview", "stable", "deprecated"] = "stable"
