"""What to type instead, for a facts file that is not TOML.

The file is edited by people who have never heard of TOML. The parser's own words ("Illegal
character") do not help them; the line at fault, and the same line as it should be, do.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from evidence.facts.places import value_end
from evidence.facts.schema import FACT_KEYS, STUDY_KEYS, TOP_KEYS

_LONG = re.compile(r"[ \t]*[\w.-]+[ \t]*=[ \t]*('''|\"\"\")")
_CURLY = "“”„‟″«»‘’‚"


def advise(text: str, message: str) -> tuple[int, str]:
    """Return the line (from 1) at fault in a text that `tomllib` refused, and what to do about it.

    `message` is the parser's, whose line is right except for text that was never closed.
    """
    lines = text.split("\n")
    told = re.search(r"line (\d+)", message)
    number = int(told.group(1)) if told else len(lines)
    unclosed = _unclosed(text, number)
    if unclosed:
        return unclosed, "the text that opens on this line is never closed: end it with '''"
    number = _nearest_content(lines, number)
    line = lines[number - 1].rstrip("\r")
    outside = re.split("[\"']", line, maxsplit=1)[0]
    if odd := re.search("[\u00a0\u2000-\u200b\u202f\u3000\ufeff]", outside):
        at = odd.start() + 1
        return number, f"an invisible sign stands at column {at}: delete it and type a plain space"
    if opened := _over_lines(lines, number):
        return number, opened
    for advice in _ADVICE:
        if told_so := advice(line.strip(), message):
            return number, told_so
    reason = re.sub(r"\s*\((?:at .*)\)$", "", message)
    return number, f'this line is not understood ({reason}): type  key = "text"  or  key = 12'


def _over_lines(lines: list[str], number: int) -> str:
    """Return the advice for text with a line break, whose closing mark stands some lines further on."""
    key, equals, value = lines[number - 1].partition("=")
    value = value.strip()
    mark = value[:1]
    if not equals or mark not in ('"', "'") or value[:3] in ("'''", '"""') or value.count(mark) != 1:
        return ""
    parts = [value[1:]]
    for line in lines[number : number + 6]:
        if re.match(r"\s*(?:\[|[\w.-]+\s*=)", line):
            return ""
        parts.append(line.strip())
        if line.rstrip().endswith(mark):
            text = " ".join(parts)[:-1]
            return (
                f"text over several lines needs ''' at both ends: type  {key.strip()} = '''{_short(text)}'''"
            )
    return ""


def _nearest_content(lines: list[str], number: int) -> int:
    """Step back from blank lines at the end, where the parser reports what is missing."""
    number = min(number, len(lines))
    while number > 1 and not lines[number - 1].strip():
        number -= 1
    return number


def _unclosed(text: str, fault: int) -> int:
    """Return the line of a long string that swallowed later keys, or 0.

    Where a closing mark is missing, the next opening one closes it, and the parser complains there.
    """
    at, line = 0, 1
    while at < len(text) and line <= fault:
        opening = _LONG.match(text, at)
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if opening:
            close = value_end(text, opening.start(1))
            inside = text[opening.end() : close]
            swallowed = re.search(r"\n[ \t]*(?:\[\[?\w|[\w.-]+[ \t]*=[ \t]*['\"\d\[{])", inside)
            if swallowed or (close == len(text) and not inside.endswith(opening.group(1))):
                return line
            end = text.find("\n", close)
            end = len(text) if end < 0 else end
        line += text.count("\n", at, end + 1)
        at = end + 1
    return 0


def _conflict(line: str, message: str) -> str:
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return "this is a conflict marker of git: keep one of the two sides and delete the marker lines"
    return ""


def _header(line: str, message: str) -> str:
    if line == "[[fact]]" and "Cannot" in message:
        return "an earlier block begins with  [fact]: every fact begins with  [[fact]]"
    if re.fullmatch(r"\[{1,2}\s*fact\s*\]{0,2}", line) and line != "[[fact]]":
        return "a fact begins with  [[fact]]  (two brackets on each side)"
    name = re.fullmatch(r"\[+\s*study[. ]\s*([^\]]*?)\s*\]*", line)
    if name and "Cannot declare" not in message:
        key = re.sub(r"[^A-Za-z0-9_-]", "", name[1]) or "key"
        return f"a study begins with  [study.{key}]  (one bracket on each side)"
    if name:
        return "this study is declared twice: keep one of the two blocks"
    return ""


def _repeated(line: str, message: str) -> str:
    if "Cannot overwrite" not in message and "Cannot mutate" not in message:
        return ""
    key = line.partition("=")[0].strip() or "a key"
    return f"`{key}` is given twice in one block: delete one of them, or begin a new fact with  [[fact]]"


def _curly(line: str, message: str) -> str:
    key, equals, value = line.partition("=")
    value = value.strip()
    if equals and value[:1] in tuple(_CURLY):
        straight = _quoted(value.strip(_CURLY))
        return f"curly quotation marks cannot enclose text: type  {key.strip()} = {straight}"
    return ""


def _colon(line: str, message: str) -> str:
    pair = re.match(r"([A-Za-z_]+)\s*:\s*(.*)$", line)
    if pair and "=" not in line.partition(":")[0]:
        return f"a key and its value are joined by an equals sign: type  {pair[1]} = {_as_value(pair[2])}"
    return ""


def _quoting(line: str, message: str) -> str:
    key, equals, value = line.partition("=")
    key, value = key.strip(), value.strip()
    if not equals or value[:1] not in ('"', "'") or value[:3] in ("'''", '"""'):
        return ""
    mark = value[0]
    if "\\" in value and mark == '"' and re.search(r"escape|Unescaped|'\\\\'|hex", message):
        return f'a backslash has a meaning between " marks: type  {key} = {_quoted(value.strip(mark))}'
    if value.count(mark) > 2:
        body = value[1:].rstrip()
        body = body[:-1] if body.endswith(mark) else body
        return f"use ''' around text that holds quotes:  {key} = '''{_short(body)}'''"
    if value.count(mark) == 1:
        return f"the text is not closed: put a quotation mark at its end: type  {key} = {_quoted(value[1:])}"
    if value.endswith(mark):
        return ""
    return f"nothing may follow the closing quotation mark: type  {key} = {value[: value.index(mark, 1) + 1]}"


def _bare(line: str, message: str) -> str:
    key, equals, value = line.partition("=")
    key, value = key.strip(), re.sub(r"\s+#.*$", "", value).strip()
    if not equals:
        return ""
    if not re.fullmatch(r"[A-Za-z0-9_.\"'-]+", key):
        tidy = re.sub(r"[^A-Za-z0-9_]+", "_", key).strip("_").lower()
        return f"a key is one word: type  {tidy} = {_as_value(value)}" if tidy else ""
    if not value:
        return f'`{key}` has no value: type  {key} = "…"  or delete the line'
    if date := _as_date(value):
        return f"a date is written year-month-day: type  {key} = {date}"
    if remark := re.fullmatch(r"(\S+)\s*(?://|--|;)\s*(.*)", value):
        comment = f"  # {remark[2]}" if remark[2] else ""
        return f"a remark begins with #: type  {key} = {_as_value(remark[1])}{comment}"
    if value[0] not in "\"'[{":
        return f"text needs quotation marks: type  {key} = {_as_value(value)}"
    if value[0] in "[{":
        return 'a comma, bracket or quotation mark is missing: type  { value = 12, unit = "month" }'
    return ""


def _as_date(value: str) -> str:
    """Return "22/11/2026", "22.11.2026" or "22 November 2026" as 2026-11-22, else ""."""
    if date := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", value):
        day, month = (date[1], date[2]) if int(date[2]) <= 12 else (date[2], date[1])
        return f"{date[3]}-{int(month):02d}-{int(day):02d}"
    if date := re.fullmatch(r"(\d{1,2})\.? ([A-Za-z]{3,9})\.?,? (\d{4})", value):
        month = "jan feb mar apr may jun jul aug sep oct nov dec".find(date[2][:3].lower()) // 4 + 1
        return f"{date[3]}-{month:02d}-{int(date[1]):02d}" if month else ""
    return ""


def _other_form(line: str, message: str) -> str:
    if line.startswith(("{", "- ")) or line == "---":
        return (
            'this is another form than TOML: every fact begins with  [[fact]]  and a line reads  key = "text"'
        )
    pair = re.match(r"([a-z_]+)\s*(?:＝\s*)?([\"'].*|\d.*)$", line)
    if pair and pair[1] in FACT_KEYS | STUDY_KEYS | TOP_KEYS:
        return f"a key and its value are joined by an equals sign: type  {pair[1]} = {_as_value(pair[2])}"
    return ""


def _statement(line: str, message: str) -> str:
    if line and "=" not in line and not line.startswith("["):
        return "this is no  key = value: put # before a comment, and ''' around text of several lines"
    return ""


_ADVICE: tuple[Callable[[str, str], str], ...] = (
    _conflict, _header, _repeated, _curly, _other_form, _colon, _quoting, _bare, _statement,
)  # fmt: skip


def _as_value(value: str) -> str:
    """Return how a value that was typed bare is to be typed."""
    value = value.strip().strip(_CURLY + "\"'")
    if re.fullmatch(r"-?(?:0|[1-9]\d*)(?:\.\d+)?|\d{4}-\d{2}-\d{2}|true|false", value):
        return value
    if percent := re.fullmatch(r"([<>~]?=?\s*-?\d+(?:[.,]\d+)?)\s*%", value):
        return f'"{percent[1].strip()} %"'
    return _quoted(value)


def _quoted(value: str) -> str:
    value = _short(value)
    return f"'''{value}'''" if '"' in value or "\\" in value else f'"{value}"'


def _short(value: str) -> str:
    return value if len(value) <= 60 else value[:57].rstrip() + "…"
