"""Open Library: books by ISBN. Asked only where the setting `services` names it.

Shape: Open Library Books API (`/api/books?bibkeys=ISBN:…&format=json&jscmd=data`): one object a
book, without those that it does not have.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from evidence import ids, names
from evidence.errors import ServiceError
from evidence.model import Answer, Date, Id, Record, Work
from evidence.services.answers import dated, unknown
from evidence.services.reading import clean, mapping, mappings, texts
from evidence.services.response import Response, read_json
from evidence.services.web import Web

#: Books in one request.
BATCH = 50

PATH = "/api/books"


def fetch(web: Web, numbers: Sequence[str]) -> dict[str, Answer]:
    """Return the book of each ISBN (normal form), absent where Open Library has none; raises nothing."""
    answers: dict[str, Answer] = {}
    wanted = []
    for number in dict.fromkeys(numbers):
        stored = web.recall("openlibrary", PATH, _asked([number]))
        if stored is not None:
            answers[number] = _answer(number, _books(stored), stored)
        else:
            wanted.append(number)
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        try:
            response = web.get("openlibrary", PATH, _asked(batch), check=_check, store=False)
        except ServiceError as error:
            answers.update({number: unknown("openlibrary", error) for number in batch})
            continue
        books = _books(response)
        for number in batch:
            answers[number] = _answer(number, books, response)
            kept = {key: books[key] for key in (f"ISBN:{number}",) if key in books}
            body = Response(200, {}, json.dumps(kept).encode(), "", (), response.day)
            web.keep("openlibrary", PATH, body, _asked([number]))
    return answers


def _asked(numbers: Sequence[str]) -> dict[str, str]:
    return {"bibkeys": ",".join(f"ISBN:{n}" for n in numbers), "format": "json", "jscmd": "data"}


def _check(response: Response) -> None:
    _books(response)


def _books(response: Response) -> Mapping[str, Any]:
    """Return the books of an answer by key; raises `ServiceError` for another shape."""
    body = read_json(response, "openlibrary")
    if response.status != 200 or not isinstance(body, dict):
        raise ServiceError("not-understood", "the answer of Open Library was not a table of books")
    if any(not key.startswith("ISBN:") for key in body):
        raise ServiceError("mismatch", "the answer of Open Library did not match what was asked")
    return body


def _answer(number: str, books: Mapping[str, Any], response: Response) -> Answer:
    day, late = response.day, dated(response.day, response.stale)
    book = mapping(books.get(f"ISBN:{number}"))
    if not book:
        return Answer("absent", "openlibrary", since=day, asked=day, reason=late)
    record = replace(parse(number, book), since=day)
    return Answer("found", "openlibrary", (record,), since=day, asked=day, reason=late)


def parse(number: str, book: Mapping[str, Any]) -> Record:
    """Return a book as a record; what has another type than documented is left out. Pure."""
    people = [clean(author.get("name")) for author in mappings(book.get("authors"))]
    publishers = [clean(entry.get("name")) for entry in mappings(book.get("publishers"))]
    places = [clean(entry.get("name")) for entry in mappings(book.get("publish_places"))]
    year = re.search(r"\b(1[4-9]\d{2}|20\d{2})\b", clean(book.get("publish_date")))
    numbers = mapping(book.get("identifiers"))
    others = [
        ids.normalise("isbn", text) for key in ("isbn_13", "isbn_10") for text in texts(numbers.get(key))
    ]
    work = Work(
        type="book",
        title=clean(book.get("title")),
        subtitle=clean(book.get("subtitle")),
        authors=tuple(names.read_one(person) for person in people if person),
        issued=Date(int(year[1])) if year else None,
        publisher=next(filter(None, publishers), ""),
        place=next(filter(None, places), ""),
        ids=tuple(dict.fromkeys(Id("isbn", value) for value in (number, *others) if value)),
    )
    return Record("openlibrary", work, url=clean(book.get("url")))
