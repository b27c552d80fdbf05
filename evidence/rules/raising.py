"""What every rule uses to say something: a finding that bears the rule's code, name and severity."""

from __future__ import annotations

from evidence.model import Finding, Fix, Record, Reference, Rule, Severity, Source, Span, Witness

#: Longest piece of a title, a name or an address that a message repeats, in characters.
LONGEST = 80


def shorten(text: str, longest: int = LONGEST) -> str:
    """Return `text` on one line, cut in the middle of nothing: at most `longest` characters."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def quote(text: str) -> str:
    """Return `text`, shortened, in quotation marks; what is empty is called so."""
    return f"“{shorten(text)}”" if text.strip() else "nothing"


def finding(
    rule: Rule,
    source: Source,
    span: Span,
    message: str,
    *,
    key: str = "",
    severity: Severity | None = None,
    fix: Fix | None = None,
    evidence: tuple[Witness, ...] = (),
) -> Finding:
    """Return the finding of `rule` at `span` of `source`."""
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=severity or rule.severity,
        message=message,
        source=source,
        span=span,
        key=key,
        fix=fix,
        evidence=evidence,
    )


def at_field(
    rule: Rule,
    reference: Reference,
    field: str,
    message: str,
    *,
    severity: Severity | None = None,
    fix: Fix | None = None,
    evidence: tuple[Witness, ...] = (),
) -> Finding:
    """Return the finding of `rule` at a field of `reference`, or at the whole where it has none."""
    span = reference.fields.get(field, reference.span)
    return finding(
        rule,
        reference.source,
        span,
        message,
        key=reference.key,
        severity=severity,
        fix=fix,
        evidence=evidence,
    )


def witness(record: Record) -> tuple[Witness, ...]:
    """Return who says what `record` says, for a finding's evidence."""
    work_id = f"doi:{record.work.doi}" if record.work.doi else next((str(i) for i in record.work.ids), "")
    return (Witness(record.service, work_id, record.since, record.url),)
