"""What a run was told: flags over environment over file, read once.

A settings file travels with the pages, so it may only say what a stranger's pull request may say:
paths inside the root, styles, limits. Addresses of services, rates, folders outside and keys come
from the environment alone. An unknown key is an error that names the near one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from evidence.errors import SettingsError
from evidence.model import Settings, Source
from evidence.settings.files import BASELINE, baseline, ignores, line_of, read_toml, text_of
from evidence.settings.values import (
    FURTHER,
    KEYS,
    PATHS,
    SERVICES,
    Check,
    as_address,
    as_flag,
    as_number,
    as_word,
    as_words,
    from_text,
    near,
)

__all__ = ["BASELINE", "FILE", "KEYS", "SERVICES", "find_root", "load", "read_toml"]

FILE = "evidence.toml"

#: Keys of a file that only the environment or a flag may give, and how.
OUTSIDE = MappingProxyType({
    "mailto": "--mailto or EVIDENCE_MAILTO",
    "cache-dir": "EVIDENCE_CACHE_DIR",
    "allow-private": "EVIDENCE_ALLOW_PRIVATE",
    "bases": "EVIDENCE_<SERVICE>_URL",
    "rates": "EVIDENCE_<SERVICE>_RATE",
    "mode": "--offline, --frozen or --read-only",
    "ncbi-api-key": "NCBI_API_KEY",
    "openalex-api-key": "OPENALEX_API_KEY",
    **{f"{service}-url": f"EVIDENCE_{service.upper()}_URL" for service in (*SERVICES, *FURTHER)},
    **{f"{service}-rate": f"EVIDENCE_{service.upper()}_RATE" for service in (*SERVICES, *FURTHER)},
})  # fmt: skip


def find_root(start: Path) -> Path:
    """Return the root of the project that a folder (or a file's folder) is in.

    The nearest folder upwards with evidence.toml, `[tool.evidence]` in pyproject.toml, refs.lock
    or .git; where there is none, the working folder if it holds the folder, else the folder itself
    (paths are shown from the root, else from where the command ran). Raises `SettingsError` for a
    pyproject.toml whose `[tool.evidence]` cannot be read.
    """
    here = Path(os.path.realpath(start))
    if not here.is_dir():
        here = here.parent
    for folder in (here, *here.parents):
        if any((folder / name).exists() for name in (FILE, "refs.lock", ".git")):
            return folder
        if _in_pyproject(folder / "pyproject.toml") is not None:
            return folder
    working = Path(os.path.realpath(os.getcwd()))
    return working if working in here.parents else here


def load(start: Path, *, flags: Mapping[str, object] | None = None, environ: Mapping[str, str]) -> Settings:
    """Return the settings of the project that `start` is in.

    `flags` are by the names of `Settings`' fields (None and empty lists: not given); `config` names
    the settings file to use instead of the one found. Paths among the flags are meant from the
    working folder, those of the file from the root. Raises `SettingsError`.
    """
    given = {key: flag for key, flag in (flags or {}).items() if flag is not None and flag not in ((), [])}
    root = Path(os.path.realpath(str(given.pop("root")))) if "root" in given else find_root(start)
    config = given.pop("config", None)
    file, table, text, inside = _settings_file(root, str(config) if config else None)
    chosen: dict[str, Any] = {}
    if file:
        shown = os.path.relpath(file, root).replace(os.sep, "/")
        source = Source(shown, text, "toml", path=file)
        chosen = _from_file(table, source, inside, root)
    chosen["ignore"] = (*chosen.get("ignore", ()), *baseline(Path(file).parent if file else root, root))
    chosen.update(_from_environment(environ))
    chosen.update(_from_flags(given))
    chosen.setdefault("today", _today(environ))
    return Settings(root=str(root), file=file, **chosen)


def _in_pyproject(path: Path) -> tuple[dict[str, Any], str] | None:
    """Return `[tool.evidence]` of a pyproject.toml and the file's text, or None where it has none."""
    text = text_of(path, path.name)
    if text is None or "evidence" not in text:
        return None
    try:
        table = read_toml(text).get("tool", {}).get("evidence")
    except (ValueError, AttributeError) as error:
        if not re.search(r"^\s{0,99}\[{1,2}\s{0,9}tool\s{0,9}\.\s{0,9}evidence\b", text, re.MULTILINE):
            return None
        raise SettingsError(f"{path.name}: {error}") from None
    return (table, text) if isinstance(table, dict) else None


def _settings_file(root: Path, config: str | None) -> tuple[str, dict[str, Any], str, str]:
    """Return the settings file ("" if none), its table, its text and the table's name in it."""
    path = Path(os.path.abspath(config)) if config else root / FILE
    text = None if path.name == "pyproject.toml" else text_of(path, config or FILE)
    if text is not None:
        try:
            return str(path), read_toml(text), text, ""
        except ValueError as error:
            raise SettingsError(f"{config or FILE}: {error}") from None
    pyproject = path if config else root / "pyproject.toml"
    found = _in_pyproject(pyproject)
    if found is not None:
        return str(pyproject), found[0], found[1], "tool.evidence."
    if config:
        raise SettingsError(f"{config}: no such settings file, or no [tool.evidence] in it")
    return "", {}, "", ""


def _from_file(table: Mapping[str, Any], source: Source, inside: str, root: Path) -> dict[str, Any]:
    """Return the fields that a settings file gives; `inside` is the name of its table in the file."""
    chosen: dict[str, Any] = {}
    for key, value in table.items():
        at = f"{source.name}:{line_of(source.text, key, inside)}"
        if key == "ignore":
            chosen["ignore"] = ignores(value, source, inside)
            continue
        plain = key.replace("_", "-").lower()
        if plain in OUTSIDE:
            raise SettingsError(f"{at}: {key!r} cannot stand in a file: use {OUTSIDE[plain]}")
        if key == "retraction-watch":
            key = "retraction_watch"
        if key not in KEYS:
            raise SettingsError(f"{at}: unknown key {key!r}{near(plain, [*KEYS, 'ignore'])}")
        try:
            chosen[key.replace("-", "_")] = KEYS[key](value)
        except ValueError as error:
            raise SettingsError(f"{at}: {key!r} must be {error}") from None
        if key in PATHS or (key == "style" and value.endswith(".csl")):
            for path in as_words(value):
                _confine(path, root, at)
    return chosen


def _confine(path: str, root: Path, at: str) -> None:
    """Raise `SettingsError` for a path or glob of a file that leads out of the root."""
    literal = re.split(r"[*?\[]", path, maxsplit=1)[0]
    home = os.path.realpath(root)
    if "\0" not in path and ".." not in re.split(r"[/\\]", path[len(literal) :]):
        leads = os.path.realpath(os.path.join(home, literal))
        if leads == home or leads.startswith(home.rstrip(os.sep) + os.sep):
            return
    raise SettingsError(f"{at}: {path!r} leads out of the project")


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields that the environment gives; an empty variable counts as not set."""
    named = {key.replace("-", "_"): check for key, check in KEYS.items() if key != "limits"}
    fields_of: list[tuple[str, str, Check]] = [(name, name, check) for name, check in named.items()]
    fields_of += [("ignore", "deselect", as_words), ("mailto", "mailto", as_word)]
    fields_of += [("cache_dir", "cache_dir", as_word), ("allow_private", "allow_private", as_flag)]
    chosen: dict[str, Any] = {}
    for name, field, check in fields_of:
        value = _variable(environ, name, check)
        if value is not None:
            chosen[field] = value
    for mode in ("read-only", "offline", "frozen"):
        if _variable(environ, mode.replace("-", "_"), as_flag):
            chosen["mode"] = mode
    for field, end, check in (("bases", "url", as_address), ("rates", "rate", as_number)):
        values = {name: _variable(environ, f"{name}_{end}", check) for name in (*SERVICES, *FURTHER)}
        chosen[field] = {name: value for name, value in values.items() if value is not None}
    return chosen


def _variable(environ: Mapping[str, str], name: str, check: Check) -> Any:
    """Return the value of `EVIDENCE_<NAME>`, or None where it is not set or empty."""
    text = environ.get(f"EVIDENCE_{name.upper()}", "").strip()
    try:
        return from_text(text, check) if text else None
    except ValueError as error:
        # The value is not shown: it may be an address with a password, or a person's.
        raise SettingsError(f"EVIDENCE_{name.upper()}: must be {error}") from None


def _from_flags(given: Mapping[str, object]) -> dict[str, Any]:
    """Return the fields that flags give, checked like those of a file."""
    chosen: dict[str, Any] = {}
    names = [field.name for field in fields(Settings)]
    for name, value in given.items():
        if name not in names:
            raise SettingsError(f"unknown setting {name!r}{near(name, names)}")
        try:
            check = KEYS.get(name.replace("_", "-"))
            chosen[name] = check(value) if check else value
        except ValueError as error:
            raise SettingsError(f"--{name.replace('_', '-')}: must be {error}, not {value!r}") from None
    if chosen.get("lock"):
        chosen["lock"] = os.path.abspath(chosen["lock"])
    return chosen


def _today(environ: Mapping[str, str]) -> str:
    """Return today as an ISO date: of `SOURCE_DATE_EPOCH` (reproducible-builds.org) where set."""
    from datetime import UTC, date, datetime

    epoch = environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return date.today().isoformat()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise SettingsError(f"SOURCE_DATE_EPOCH: must be seconds since 1970, not {epoch[:40]!r}") from None


def cache_path(settings: Settings) -> str:
    """Return where the payload cache of these settings is, whether or not it exists yet."""
    folder = settings.cache_dir
    if not folder:
        from platformdirs import user_cache_dir

        folder = user_cache_dir("evidence-bib", appauthor=False)
    return os.path.join(folder, "payloads.sqlite3")
