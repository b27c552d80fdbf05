"""One run of proposing facts: what was drafted so far, and what a facts file has already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from evidence.errors import EvidenceError
from evidence.facts.drafts import draft, is_known
from evidence.facts.extraction import Proposal, extract
from evidence.facts.numbers import digits
from evidence.facts.plugging import Proposer, propose_with
from evidence.model import Fact, FactsFile, Quote, Settings, Study


@dataclass(slots=True)
class Drafting:
    """One run: the facts file, what was drafted so far, and where sources' words come from."""

    told: Settings
    target: Path
    file: FactsFile | None
    proposer: Proposer | None = None
    named: str = ""
    facts: list[Fact] = field(default_factory=list)
    studies: dict[str, Study] = field(default_factory=dict)
    known: int = 0
    tied: int = 0
    errors: list[EvidenceError] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    read: dict[str, Sequence[Proposal]] = field(default_factory=dict)

    def proposals(self, text: str) -> Sequence[Proposal]:
        """Return what a text states, by the rules or by the plug-in that was asked for."""
        return list(propose_with(self.proposer, text)) if self.proposer else extract(text)

    def add(self, proposal: Proposal, study: str, **quotes: Quote | str | None) -> None:
        """Draft one fact, unless the file or this run has it already."""
        taken = {fact.id for fact in self._all() if fact.study == study}
        note = f"proposed by {self.named}" if self.proposer else ""
        made = draft(proposal, study, taken, note=note, **quotes)  # type: ignore[arg-type]
        if made.of:
            made = replace(made, of=self._group(made))
        if is_known(made, self._all()):
            self.known += 1
            return
        self.facts.append(made)
        self.tied += made.on_page is not None and made.in_source is not None

    def label(self, key: str, proposal: Proposal) -> bool:
        """Keep a design, phase or registry number in the block of its study, not as a fact."""
        if proposal.outcome not in ("design", "phase", "registry") or not isinstance(proposal.value, str):
            return False
        study = self.studies.get(key) or Study(key)
        if not (self.file and key in self.file.studies) and not getattr(study, proposal.outcome):
            value = proposal.value
            self.studies[key] = {
                "design": lambda: replace(study, design=value),
                "phase": lambda: replace(study, phase=value),
                "registry": lambda: replace(study, registry=value),
            }[proposal.outcome]()
        return True

    def _group(self, made: Fact) -> str:
        """Return the id of the fact that counts the group a fact is of, where there is one."""
        for fact in self._all():
            counts = fact.kind == "participants" and not fact.quantity.unit and fact.study == made.study
            if counts and fact.quantity.value is not None and digits(fact.quantity.value) == made.of:
                return fact.id
        return made.of

    def _all(self) -> list[Fact]:
        return [*(self.file.facts if self.file else ()), *self.facts]

    def study(self, key: str, source: str = "", tier: str = "") -> None:
        """Add the block of a study that the file does not have."""
        if not (self.file and key in self.file.studies):
            known = self.studies.get(key) or Study(key)
            self.studies[key] = known if known.source else replace(known, source=source, tier=tier)
