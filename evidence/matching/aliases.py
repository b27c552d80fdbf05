"""Two registrations of one work of which one is plainly the work's own, and the other a copy of it.

A few works bear two DOIs with the same metadata. Mostly nothing tells which is meant, and both are
named. Two kinds are known by their form, and the work's own DOI is taken.
"""

from __future__ import annotations

import re

#: The end of a SICI: code structure, derivative part, medium; version and check character. The derivative
#: part is 0 for the contribution, 1 for contents, 2 for an index, 3 for an abstract (ANSI/NISO Z39.56-1996).
_SICI = re.compile(r"(>\d\.)(\d)(\.[a-z]{2});\d-[a-z0-9#]$")


def is_copy(doi: str, of: str) -> bool:
    """Whether a DOI names what `of` names, in a form that is not the work's own.

    "10.1037//0022" was registered beside "10.1037/0022", and a SICI for an abstract beside that of
    the article.
    """
    if doi != of and _one_slash(doi) == _one_slash(of):
        return doi != _one_slash(doi)
    one, other = _SICI.search(doi), _SICI.search(of)
    if not one or not other or doi[: one.start()] != of[: other.start()]:
        return False
    return one.group(1, 3) == other.group(1, 3) and one.group(2) != "0" == other.group(2)


def _one_slash(doi: str) -> str:
    prefix, slash, suffix = doi.partition("/")
    return prefix + slash + suffix.lstrip("/")
