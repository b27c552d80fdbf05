"""Lines as the manuals want them, written by hand from their rules; `*` stands around italics.

Manuals: PubMed's summary format and NLM, Citing Medicine (2nd ed.); ICMJE, samples of formatted
references; AMA Manual of Style (11th ed.), chapter 3; APA Publication Manual (7th ed.), chapters 9, 10.
The works are invented.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from evidence.model import Date, Id, Name, Work


class Golden(NamedTuple):
    """A work, the rule that it is an example of, and its line in each style."""

    rule: str
    work: Work
    pubmed: str
    nlm: str
    ama: str
    apa: str


def people(text: str) -> tuple[Name, ...]:
    """Names of the form "Smith JA, Jones B"."""
    return tuple(Name(*part.rsplit(" ", 1)) for part in text.split(", "))


def doi(value: str = "10.1000/x.1") -> tuple[Id, ...]:
    return (Id("doi", value),)


BASE = Work(
    type="article-journal",
    title="Rest in bed",
    authors=people("Smith JA"),
    issued=Date(2010, 3),
    container="Pain Medicine",
    volume="3",
    issue="2",
    pages="110-114",
    ids=doi(),
)


def article(**changed: Any) -> Work:
    return replace(BASE, **changed)


def work(kind: str, title: str, **fields: Any) -> Work:
    return Work(type=kind, title=title, **fields)


MANY = people("Aa A, Bb B, Cc C, Dd D, Ee E, Ff F, Gg G")
CROWD = tuple(Name(f"A{chr(97 + i)}", "B.") for i in range(21))

ARTICLES = [
    Golden(
        "one author; month and short pages (NLM), full pages (AMA 3.11.4, APA 9.25)", BASE,
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "two authors (APA 9.8: ampersand)", article(authors=people("Smith JA, Jones B")),
        "Smith JA, Jones B. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA, Jones B. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA, Jones B. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A., & Jones, B. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "six authors are all named (ICMJE; AMA 3.7)", article(authors=MANY[:6]),
        "Aa A, Bb B, Cc C, Dd D, Ee E, Ff F. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Aa A, Bb B, Cc C, Dd D, Ee E, Ff F. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Aa A, Bb B, Cc C, Dd D, Ee E, Ff F. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Aa, A., Bb, B., Cc, C., Dd, D., Ee, E., & Ff, F. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "seven authors: six and et al (ICMJE), three and et al (AMA 3.7), all (PubMed; APA 9.8)",
        article(authors=MANY),
        "Aa A, Bb B, Cc C, Dd D, Ee E, Ff F, Gg G. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Aa A, Bb B, Cc C, Dd D, Ee E, Ff F, et al. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Aa A, Bb B, Cc C, et al. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Aa, A., Bb, B., Cc, C., Dd, D., Ee, E., Ff, F., & Gg, G. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "twenty-one authors: nineteen, an ellipsis and the last (APA 9.8)", article(authors=CROWD),
        "Aa B, Ab B, Ac B, Ad B, Ae B, Af B, Ag B, Ah B, Ai B, Aj B, Ak B, Al B, Am B, An B, Ao B, Ap B, Aq B, Ar B, As B, At B, Au B. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Aa B, Ab B, Ac B, Ad B, Ae B, Af B, et al. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Aa B, Ab B, Ac B, et al. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Aa, B., Ab, B., Ac, B., Ad, B., Ae, B., Af, B., Ag, B., Ah, B., Ai, B., Aj, B., Ak, B., Al, B., Am, B., An, B., Ao, B., Ap, B., Aq, B., Ar, B., As, B., … Au, B. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "the list of authors was cut already", article(more_authors=True),
        "Smith JA, et al. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA, et al. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA, et al. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A., et al. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "no author: the title comes first (APA 9.12)", article(authors=()),
        "Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Rest in bed. (2010). *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "an organisation (ICMJE 2; APA 9.11)", article(authors=(Name(literal="Back Pain Study Group"),)),
        "Back Pain Study Group. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Back Pain Study Group. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Back Pain Study Group. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Back Pain Study Group. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "people and an organisation: a semicolon between them (ICMJE 3; AMA 3.7)",
        article(authors=(*people("Smith JA, Jones B"), Name(literal="Alpha Study Group"))),
        "Smith JA, Jones B; Alpha Study Group. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA, Jones B; Alpha Study Group. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA, Jones B; Alpha Study Group. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A., Jones, B., & Alpha Study Group. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "suffixes: Jr and 3rd (Citing Medicine 1), III (AMA 3.7), Jr. (APA 9.8)",
        article(authors=(Name("Smith", "John A.", suffix="Jr"), Name("King", "M.", suffix="III"))),
        "Smith JA Jr, King M 3rd. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA Jr, King M 3rd. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA Jr, King M III. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A., Jr., & King, M., III. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "particles stay with the family name and keep their case",
        article(authors=(Name("Berg", "Anna B.", "van der"), Name("Silva", "Rui", "da"))),
        "van der Berg AB, da Silva R. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "van der Berg AB, da Silva R. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "van der Berg AB, da Silva R. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "van der Berg, A. B., & da Silva, R. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "hyphenated given names (APA 9.8: J.-P.)", article(authors=(Name("Dubois", "Jean-Pierre"),)),
        "Dubois JP. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Dubois JP. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Dubois JP. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Dubois, J.-P. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "initials that stand together are all kept: KAM",
        article(authors=(Name("Pettine", "KAM"), Name("Roe", "K.A."))),
        "Pettine KAM, Roe KA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Pettine KAM, Roe KA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Pettine KAM, Roe KA. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Pettine, K. A. M., & Roe, K. A. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "a given name in capitals is no row of initials", article(authors=(Name("Khan", "AASIMA"),)),
        "Khan A. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Khan A. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Khan A. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Khan, A. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "a family name alone", article(authors=(Name("Plato"),)),
        "Plato. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Plato. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Plato. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Plato. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "names in Chinese are written whole, names in Cyrillic have initials",
        article(authors=(Name("王", "小明"), Name("Иванов", "Пётр"))),
        "王小明, Иванов П. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "王小明, Иванов П. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "王小明, Иванов П. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "王小明, & Иванов, П. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "a title that ends in a question mark has no full stop", article(title="Rest in bed?"),
        "Smith JA. Rest in bed? Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed? Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed? *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed? *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "a title that has its full stop already", article(title="Rest in bed."),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "a title that ends in a quotation: the stop stands inside in American style (AMA 8.6.5, APA 6.7)",
        article(title="Comment on “Rest in bed”"),
        "Smith JA. Comment on “Rest in bed”. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Comment on “Rest in bed”. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Comment on “Rest in bed.” *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Comment on “Rest in bed.” *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "title and subtitle", article(title="Rest", subtitle="a randomized trial"),
        "Smith JA. Rest: a randomized trial. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest: a randomized trial. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest: a randomized trial. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest: a randomized trial. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "italics, raised and lowered characters and entities of a title",
        article(title="<i>E. coli</i> in H<sub>2</sub>O at 10<sup>6</sup>/mL &amp; more"),
        "Smith JA. *E. coli* in H₂O at 10⁶/mL & more. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. *E. coli* in H₂O at 10⁶/mL & more. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. *E. coli* in H₂O at 10⁶/mL & more. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). *E. coli* in H₂O at 10⁶/mL & more. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "a translated title in brackets (Citing Medicine 1)", article(title="[Bettruhe]"),
        "Smith JA. [Bettruhe]. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. [Bettruhe]. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. [Bettruhe]. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). [Bettruhe]. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "a journal of one word is not shortened (ISO 4, 4.1)", article(container="Transplantation"),
        "Smith JA. Rest in bed. Transplantation. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Transplantation. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Transplantation*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Transplantation*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "NLM's short title and the publisher's full one",
        article(container="The New England Journal of Medicine", short_container="N. Engl. J. Med."),
        "Smith JA. Rest in bed. N Engl J Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. N Engl J Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *N Engl J Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *The New England Journal of Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "a journal of which only the short title is known is written out (APA 9.25)",
        article(container="Curr Stem Cell Res Ther"),
        "Smith JA. Rest in bed. Curr Stem Cell Res Ther. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Curr Stem Cell Res Ther. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Curr Stem Cell Res Ther*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Current Stem Cell Research & Therapy*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "the place that NLM puts behind a title is no part of it",
        article(container="Lancet (London, England)", short_container="Lancet"),
        "Smith JA. Rest in bed. Lancet. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Lancet. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Lancet*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *The Lancet*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "no issue", article(issue=""),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3:110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3:110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3:110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*, 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "no volume and no pages yet: published online (AMA 3.11.4.1)",
        article(volume="", issue="", pages="", issued=Date(2010, 3, 5)),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar 5. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar 5. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Pain Med*. Published online March 5, 2010. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "an article number (APA 9.27: the word Article)", article(pages="e0158474"),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):e0158474. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):e0158474. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(2):e0158474. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(2), Article e0158474. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "an article number of digits, registered as one (APA 9.27)",
        article(pages="188947", issue="", extra={"article_number": "188947"}),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3:188947. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3:188947. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3:188947. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*, Article 188947. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "names deposited in capitals: TOD is a name, WH are initials",
        article(authors=(Name("GILLIAM", "D TOD"), Name("GOECKERMAN", "WH"))),
        "GILLIAM DT, GOECKERMAN WH. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "GILLIAM DT, GOECKERMAN WH. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "GILLIAM DT, GOECKERMAN WH. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "GILLIAM, D. T., & GOECKERMAN, W. H. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "one page, written as a range", article(pages="377-377"),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):377. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):377. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(2):377. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(2), 377. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "pages written short are written out again (AMA 3.11.4, APA 9.25)", article(pages="146--56"),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):146-56. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):146-56. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(2):146-156. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(2), 146–156. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "pages of a supplement: the letter once (NLM), twice (AMA, APA); Suppl. with a stop in APA",
        article(issue="Suppl 1", pages="S12-S19"),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(Suppl 1):S12-9. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(Suppl 1):S12-9. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(Suppl 1):S12-S19. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(Suppl. 1), S12–S19. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "a supplement as publishers register it", article(issue="suppl_2", pages="ii12"),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(Suppl 2):ii12. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(Suppl 2):ii12. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(Suppl 2):ii12. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(Suppl. 2), ii12. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "several ranges of pages", article(pages="110-114, 120"),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4, 120. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4, 120. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(2):110-114, 120. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114, 120. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "a season", article(issued=Date(2010, season="Spring")),
        "Smith JA. Rest in bed. Pain Med. 2010 Spring;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Pain Med. 2010 Spring;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "a day that does not exist is not printed", article(issued=Date(2010, 13, 40)),
        "Smith JA. Rest in bed. Pain Med. 2010;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Pain Med. 2010;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "no date (APA 9.14: n.d.)", article(issued=None),
        "Smith JA. Rest in bed. Pain Med. 3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. Pain Med. 3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed. *Pain Med*. 3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (n.d.). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "in press (ICMJE 41: Forthcoming; AMA 3.11.8; APA 9.14)",
        article(volume="", issue="", pages="", ids=(), issued=Date(2010), extra={"note": "In press"}),
        "Smith JA. Rest in bed. Pain Med. 2010. In press.",
        "Smith JA. Rest in bed. Pain Med. Forthcoming 2010.",
        "Smith JA. Rest in bed. *Pain Med*. In press.",
        "Smith, J. A. (in press). Rest in bed. *Pain Medicine*.",
    ),
    Golden(
        "identifiers of PubMed", article(ids=(*doi(), Id("pmid", "25187512"), Id("pmcid", "PMC99"))),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1. PMID: 25187512; PMCID: PMC99.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1. PubMed PMID: 25187512; PubMed Central PMCID: PMC99.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "a SICI stands as it is registered",
        article(ids=doi("10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2")),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2",
    ),
    Golden(
        "no identifier", article(ids=()),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(2):110-114.",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114.",
    ),
    Golden(
        "read on the web, with the day (ICMJE 36; AMA 3.15.3; APA 9.16: a dated work bears no day of retrieval)",
        article(ids=(), url="https://pain.example/rest", accessed=Date(2024, 3, 5)),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. Available at: https://pain.example/rest. Accessed 2024 Mar 5.",
        "Smith JA. Rest in bed. Pain Med [Internet]. 2010 Mar [cited 2024 Mar 5];3(2):110-4. Available from: https://pain.example/rest",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(2):110-114. Accessed March 5, 2024. https://pain.example/rest",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://pain.example/rest",
    ),
    Golden(
        "PubMed's type of the article", article(extra={"pubtype": "Review"}),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1. Review.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1. Review.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "retracted, without a notice", article(extra={"note": "Retracted"}),
        "Smith JA. Rest in bed [retracted]. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed [retracted]. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1.",
        "Smith JA. Rest in bed [retracted]. *Pain Med*. 2010;3(2):110-114. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed [Retracted]. *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
    Golden(
        "retracted, with its notice (ICMJE 14; AMA 3.11.17; APA 10.1, example 3)",
        article(extra={"note": "Retraction in: Pain Med. 2012;5(1):3"}),
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1. Retraction in: Pain Med. 2012;5(1):3.",
        "Smith JA. Rest in bed. Pain Med. 2010 Mar;3(2):110-4. doi: 10.1000/x.1. Retraction in: Pain Med. 2012;5(1):3.",
        "Smith JA. Rest in bed. *Pain Med*. 2010;3(2):110-114. Retraction in: Pain Med. 2012;5(1):3. doi:10.1000/x.1",
        "Smith, J. A. (2010). Rest in bed (Retraction in: Pain Med. 2012;5(1):3). *Pain Medicine*, *3*(2), 110–114. https://doi.org/10.1000/x.1",
    ),
]  # fmt: skip
