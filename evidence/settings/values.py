"""What the value of each setting may be; a wrong one is a `ValueError` that says what is expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from math import inf
from types import MappingProxyType
from typing import Any, get_args

from evidence.model import Limits, Severity

#: The services that are asked unless the setting `services` says otherwise (docs/reference/settings.md).
SERVICES = ("crossref", "datacite", "doi", "pubmed", "openalex", "clinicaltrials", "archive")

#: Further services, which are asked only where the setting names them.
FURTHER = ("openlibrary",)

Check = Callable[[object], Any]


def near(key: str, known: Sequence[str]) -> str:
    """Return a suggestion of the known word that is nearest, or nothing."""
    from difflib import get_close_matches

    found = get_close_matches(key.lower(), known, n=1)
    return f"; did you mean {found[0]!r}?" if found else ""


def as_words(value: object) -> tuple[str, ...]:
    """Return a list of strings; one string is a list of one."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Sequence) and all(isinstance(word, str) for word in value):
        return tuple(value)
    raise ValueError("a list of strings")


def as_word(value: object) -> str:
    """Return a string that says something."""
    if isinstance(value, str) and value.strip():
        return value
    raise ValueError("a string")


def as_flag(value: object) -> bool:
    """Return true or false."""
    if isinstance(value, bool):
        return value
    raise ValueError("true or false")


def as_days(value: object) -> int:
    """Return a number of whole days."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise ValueError("a whole number of days, 0 or more")


def as_number(value: object) -> float:
    """Return a finite number that is not negative."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < inf:
        return float(value)
    raise ValueError("a number, 0 or more")


def as_address(value: object) -> str:
    """Return the address of a service without a slash at its end."""
    text = as_word(value).rstrip("/")
    if re.fullmatch(r"https?://[^\s/?#]{1,300}(?:/[^\s?#]{0,300})?", text):
        return text
    raise ValueError("an address that begins with http:// or https://")


def as_services(value: object) -> tuple[str, ...]:
    """Return names of services."""
    names = as_words(value)
    for name in names:
        known = (*SERVICES, *FURTHER)
        if name not in known:
            told = near(name, known) or ": " + ", ".join(known)
            raise ValueError(f"names of services; {name!r} is none{told}")
    return names


def as_limits(value: object) -> Limits:
    """Return limits from a table of numbers."""
    if isinstance(value, Limits):
        return value
    if not isinstance(value, Mapping):
        raise ValueError("a table of whole numbers")
    names = [field.name for field in fields(Limits)]
    for name, most in value.items():
        if name not in names:
            told = near(str(name), names) or ": " + ", ".join(names)
            raise ValueError(f"a table of limits; {name!r} is none{told}")
        if not isinstance(most, int) or isinstance(most, bool) or most < 1:
            raise ValueError(f"a table of whole numbers above 0, which {name!r} is not")
    return Limits(**value)


def one_of(*words: str) -> Check:
    """Return a check that a value is one of some words."""

    def check(value: object) -> str:
        if isinstance(value, str) and value in words:
            return value
        raise ValueError("one of " + ", ".join(words))

    return check


#: Each key as a file spells it, and what its value may be.
KEYS: Mapping[str, Check] = MappingProxyType({
    "pages": as_words, "bibliography": as_words, "facts": as_words, "lock": as_word, "managed": as_words,
    "style": as_word, "services": as_services, "links": one_of("cited", "all"),
    "citation-patterns": as_words, "max-age": as_days, "limits": as_limits, "select": as_words,
    "deselect": as_words, "all-entries": as_flag, "incomplete": one_of("new", "fail", "ok"),
    "fail-on": one_of(*get_args(Severity)), "budget": as_number, "retraction_watch": as_word,
})  # fmt: skip

#: Keys whose values are paths or globs inside the root.
PATHS = ("pages", "bibliography", "facts", "lock", "managed", "retraction_watch")


def from_text(text: str, check: Check) -> Any:
    """Return the value that an environment variable gives; raises `ValueError` like its check.

    Lists stand one a line or between commas; true is 1, true, yes or on.
    """
    value: object = text
    if check in (as_words, as_services):
        value = [word.strip() for word in re.split(r"\n|,", text) if word.strip()]
    elif check is as_flag:
        value = {"1": True, "true": True, "yes": True, "on": True,
                 "0": False, "false": False, "no": False, "off": False}.get(text.lower())  # fmt: skip
    elif check is as_days and re.fullmatch(r"\d{1,9}", text):
        value = int(text)
    elif check is as_number and re.fullmatch(r"\d{0,15}\.?\d{1,15}", text):
        value = float(text)
    return check(value)
