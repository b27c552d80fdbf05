"""The words of facts.toml: its keys, kinds, roles and verdicts, and their other spellings."""

from __future__ import annotations

from collections.abc import Collection

from evidence.facts.words import listed

#: The version of the file's form that this library reads.
VERSION = 1

KINDS = ("participants", "follow_up", "outcome", "duration", "other")
ROLES = (
    "screened", "enrolled", "randomised", "treated", "followed", "completed", "analysed", "arm", "event",
)  # fmt: skip
VERDICTS = ("supported", "distorted", "contradicted", "not-in-source", "unchecked")
#: Verdicts that say the page is wrong.
WRONG = ("distorted", "contradicted", "not-in-source")
TIERS = ("paper", "abstract", "registry", "press-release", "news")

TOP_KEYS = listed("schema page study fact")
STUDY_KEYS = listed("source tier design phase registry arms cite title note")
#: Keys whose value is text.
TEXT_KEYS = listed(
    "study id kind role of outcome arm stat partition on_page on_page_prefix on_page_suffix in_source "
    "in_source_prefix in_source_suffix source_relation relation unit verdict by note seal page"
)
#: Keys whose value is a quantity.
QUANTITY_KEYS = listed("value at source_at n mean sd low high p")
FACT_KEYS = TEXT_KEYS | QUANTITY_KEYS | {"on"}

#: What people type for a key, a kind, a role or a verdict of ours.
SPELLINGS = {
    "randomized": "randomised", "analyzed": "analysed", "follow-up": "follow_up", "followup": "follow_up",
    "participant": "participants", "patients": "participants", "arms": "arm", "events": "event",
    "not_in_source": "not-in-source", "notinsource": "not-in-source",
}  # fmt: skip
#: Keys of an earlier draft of the form, and what stands for them now.
EARLIER_KEYS = {
    "count": "value = 5", "percent": 'value = "50 %"', "change": 'value = "-50 %"', "lock": "seal",
    "cite": 'study = "…"', "quote": "on_page = '''…'''", "page_quote": "on_page = '''…'''",
    "source_quote": "in_source = '''…'''", "source": "in_source = '''…'''",
}  # fmt: skip


def near(word: str, known: Collection[str]) -> str:
    """Return the known word that a mistyped one is nearest to, or an empty string."""
    from difflib import get_close_matches

    folded = {name.casefold().replace("-", "_"): name for name in known}
    found = get_close_matches(word.casefold().replace("-", "_"), list(folded), n=1, cutoff=0.7)
    return folded[found[0]] if found else ""
