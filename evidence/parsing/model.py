"""The trained model: a linear-chain conditional random field over the words of a reference.

Lafferty, McCallum and Pereira, ICML 2001; run by CRFsuite. The weights are package data, packed;
they are made by `scripts/train_parser.py`. What they are made of: docs/explanation/parsing-model.md.
"""

from __future__ import annotations

import zlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from evidence.parsing.features import features_of
from evidence.parsing.words import Word

if TYPE_CHECKING:
    from pycrfsuite import Tagger

#: The weights, a CRFsuite model packed by zlib.
WEIGHTS = "weights.crf.z"


@cache
def _opened(name: str) -> tuple[Tagger, bytes]:
    """Return a tagger and the bytes that it reads its weights from: they have to live as long as it."""
    from pycrfsuite import Tagger

    opened = Tagger()
    weights = zlib.decompress(files("evidence.parsing").joinpath(name).read_bytes())
    opened.open_inmemory(weights)
    return opened, weights


def tagger(name: str) -> Tagger:
    """Return the tagger of a file of weights, opened once."""
    return _opened(name)[0]


def labels_of(rest: str, words: list[Word]) -> list[str]:
    """Return the label of each word: author, title, journal, book, date, volume … or other."""
    labels: list[str] = tagger(WEIGHTS).tag(features_of(rest, words)) if words else []
    return labels
