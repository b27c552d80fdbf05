"""Names of findings that survive moved lines, each used once in a report."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

from evidence.model import Finding


class Fingerprints:
    """Hands out the fingerprint of each finding of one report, and how often it was seen by then."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, finding: Finding) -> tuple[str, int]:
        """Return a finding's fingerprint (its own, else one of rule, file, key and words) and its count."""
        print_ = finding.fingerprint or _made(finding)
        self._seen[print_] += 1
        return print_, self._seen[print_]


def _made(finding: Finding) -> str:
    words = finding.source.text[finding.span.start : finding.span.end]
    about = "|".join((finding.code, finding.source.name, finding.key, " ".join(words.split())))
    return sha256(about.encode("utf-8", "surrogatepass")).hexdigest()[:16]
