"""People's names: read as printed, compared, shown.

A person has a family name, given names as written ("KA", "Kenneth A."), lower-case particles and a
suffix; an organisation stays one literal. Reading and comparing are two files, because much of the
house compares folded text and never reads a printed list.
"""

from evidence.names.comparing import fold, initials, same_family, same_person, show
from evidence.names.reading import is_initials, is_organisation, read_list, read_one

__all__ = [
    "fold",
    "initials",
    "is_initials",
    "is_organisation",
    "read_list",
    "read_one",
    "same_family",
    "same_person",
    "show",
]
