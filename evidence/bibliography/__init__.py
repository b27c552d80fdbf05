"""Reference files: bibliographies to references with exact places, and works to the smallest edits.

`read` gives a `Document`; `append`, `remove_entry`, `rename_entry`, `set_field` and `remove_field` say
what is to be written. A file is never
written anew: whatever is not meant by an edit keeps every byte.
"""

from __future__ import annotations

from evidence.bibliography.edits import append, remove_entry, remove_field, rename_entry, set_field
from evidence.bibliography.forms import read
from evidence.bibliography.writing import clean_key, entry

__all__ = [
    "append",
    "clean_key",
    "entry",
    "read",
    "remove_entry",
    "remove_field",
    "rename_entry",
    "set_field",
]
