"""Headings under which reference lists stand, in several languages.

`SURE` are words that can hardly head anything else (References, Bibliografía). Under the words of
`LIKELY` (Sources, Further reading) what follows has to look like titles or links, under those of
`MAYBE` (Notes) like references; 0 is any other heading.
"""

from __future__ import annotations

import re
from functools import cache

#: A heading is no longer than this; longer lines are prose.
LONGEST = 70

SURE, LIKELY, MAYBE = 3, 2, 1

_SURE = """
references|reference list|list of references|references cited|cited references|references and notes
bibliography|select bibliography|selected bibliography|selected references|key references
annotated bibliography|works cited|work cited|works consulted|literature cited|cited literature
literature references|citations|cited works|article references|article sources
references and sources|sources and references|references and further reading
references and resources|references & further reading|scientific references|medical references
list of sources|bibliographic references|literatur|literaturverzeichnis|literaturangaben
literaturliste|quellenverzeichnis|quellenangaben|einzelnachweise|literatur und quellen
quellen und literatur|referenzen|références|références bibliographiques|bibliographie|ouvrages cités
liste des références|referencias|referencias bibliográficas|bibliografía|bibliografia|obras citadas
lista de referencias|riferimenti|riferimenti bibliografici|referências|referências bibliográficas
referenties|bronvermelding|literatuurlijst|referenser|litteraturförteckning|referanser|referencer
litteraturliste|litteratur|viitteet|lähdeluettelo|lähteet|przypisy|piśmiennictwo|literatura
список литературы|литература|参考文献|参考资料|参考文獻|문헌|참고문헌
"""

_LIKELY = """
sources|source|source list|our sources|sources used|sources cited|notes and references
further reading|suggested reading|suggested readings|recommended reading|additional reading
reading list|suggested further reading|selected reading|selected readings|background reading
for further reading|further reading and references|literature|the literature
where this information comes from|where we got this information|quellen|quelle
weiterführende literatur|nachweise|weitere literatur|sources et références|sources et bibliographie
lectures complémentaires|fuentes|fuente|lecturas recomendadas|lecturas adicionales|fonti
letture consigliate|fontes|leituras recomendadas|bronnen|källor|kilder|źródła|источники
research references
"""

_MAYBE = """
notes|endnotes|footnotes|anmerkungen|fußnoten|notas|note|noter|примечания|publications
selected publications|studies|clinical studies|key studies|key papers|scientific literature
reference|notes et références|notas y referencias
"""

#: What numbers a heading: "7.", "A.2", "IV.".
_NUMBER = re.compile(r"(?:(?:\d{1,2}(?:\.\d{1,2}){0,3}|[IVXivx]{1,5}|[A-Za-z])[.)]?[ \t\u00a0]{1,5})")


@cache
def _vocabulary() -> dict[str, int]:
    words: dict[str, int] = {}
    for block, worth in ((_MAYBE, MAYBE), (_LIKELY, LIKELY), (_SURE, SURE)):
        words.update({word: worth for line in block.strip().splitlines() for word in line.split("|")})
    return words


def strength(text: str) -> int:
    """Return how surely `text` heads a reference list: `SURE`, `LIKELY`, `MAYBE` or 0.

    Numbers before it, a colon behind it, a count in brackets ("References (12)"), capitals and
    emphasis marks do not matter.
    """
    if len(text) > LONGEST:
        return 0
    bare = " ".join(text.replace("*", " ").replace("_", " ").replace("#", " ").split()).lower()
    bare = re.sub(r"[ :.\u2026-]{1,9}\Z", "", bare)
    bare = re.sub(r" ?[(\[][^()\[\]]{0,20}[)\]]\Z", "", bare)
    words = _vocabulary()
    if bare in words:
        return words[bare]
    number = _NUMBER.match(bare)
    return words.get(bare[number.end() :], 0) if number else 0
