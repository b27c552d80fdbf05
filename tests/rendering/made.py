"""Works and documents made by hand for the tests of this room."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.edit import apply
from evidence.model import (
    Citation,
    Date,
    Document,
    Edit,
    Id,
    Kind,
    Name,
    Reference,
    Region,
    Source,
    Span,
    Work,
)
from evidence.rendering import markers


def people(text: str) -> tuple[Name, ...]:
    return tuple(Name(*part.rsplit(" ", 1)) for part in text.split(", "))


PETTINE = Work(
    type="article-journal",
    title="Percutaneous injection of autologous bone marrow concentrate cells significantly reduces lumbar "
    "discogenic pain through 12 months.",
    authors=people("Pettine KA, Murphy MB, Suzuki RK, Sand TT"),
    issued=Date(2015, 1),
    container="Stem Cells",
    volume="33",
    issue="1",
    pages="146-156",
    ids=(Id("doi", "10.1002/stem.1845"),),
)
RICHARDSON = Work(
    type="article-journal",
    title="Mesenchymal stem cells in regenerative medicine: Focus on articular cartilage and "
    "intervertebral disc regeneration",
    authors=people("Richardson SM, Kalamegam G, Pushparaj PN"),
    issued=Date(2016, 4, 15),
    container="Methods",
    volume="99",
    pages="69-80",
    ids=(Id("doi", "10.1016/j.ymeth.2015.09.015"),),
    extra={"pubtype": "Review."},
)
GILBERT = Work(
    type="article-journal",
    title="Stem cell regeneration of degenerated intervertebral discs: current status (update)",
    authors=people("Gilbert HT, Hoyland JA, Richardson SM"),
    issued=Date(2013, 12),
    container="Curr Pain Headache Rep",
    volume="17",
    issue="12",
    pages="377",
    ids=(Id("doi", "10.1007/s11916-013-0377-0"),),
)
SITE = Work(type="webpage", title="A leaflet on backs", container="Clinic of Nowhere", issued=Date(2014))
WORKS = {"pettine2015": PETTINE, "richardson2016": RICHARDSON, "gilbert2013": GILBERT, "clinic2014": SITE}


def listed(
    text: str,
    items: Sequence[tuple[str, str]],
    *,
    kind: Kind = "markdown",
    name: str = "page.md",
    layout: str = "numbered",
    around: str = "",
    citations: Sequence[str] = (),
) -> Document:
    """A page with one list made by hand: `items` are (key, exact text); `around` is the region."""
    source = Source(name, text, kind)
    references = []
    for number, (key, words) in enumerate(items, 1):
        start = text.index(words)
        span = Span(start, start + len(words))
        shown = number if layout == "numbered" else None
        references.append(Reference(key, shown, Work(), source, span, raw=words))
    start = text.index(around) if around else references[0].span.start
    end = start + len(around) if around else references[-1].span.end
    region = Region("list", Span(start, end), Span(start, end), layout, members=tuple(range(len(items))))
    cited = tuple(Citation((key,), Span(0, 0), keys=(key,)) for key in citations)
    return Document(source, references=tuple(references), regions=(region,), citations=cited)


def marked(
    text: str, *, kind: Kind = "markdown", name: str = "page.md", citations: Sequence[Citation] = ()
) -> Document:
    """A page whose regions are those between its markers."""
    source = Source(name, text, kind)
    regions = []
    starts = {"latex": r"% {}[^\r\n]*", "mdx": r"\{{/\* {}.*?\*/\}}"}
    form = starts.get(markers.target_of(source), r"<!-- {}.*?-->")
    begins = list(re.finditer(form.format("evidence:references"), text))
    ends = list(re.finditer(form.format("/evidence:references"), text))
    for begin, end in zip(begins, ends, strict=True):
        options, _, _ = markers.read_options(begin.group())
        inner = Span(begin.end(), end.start())
        regions.append(Region("references", Span(begin.start(), end.end()), inner, options=options))
    return Document(source, regions=tuple(regions), citations=tuple(citations))


def edited(document: Document, edits: Sequence[Edit]) -> str:
    """The page's text with its edits made."""
    return apply(document.source.text, edits)
