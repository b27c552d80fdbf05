"""Find, cap, decode and confine files; the text keeps its newlines, the source its encoding.

Nothing here judges what a file says. A file that cannot be read at all is a `ReadError` that names
it and says why; what had to be guessed to read it stands in `Source.notes`.
"""

from __future__ import annotations

import os
import re
import stat
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from evidence.errors import ReadError
from evidence.model import Kind, Limits, Settings, Source
from evidence.sources.decoding import decode, encode, sniff, sniff_records

__all__ = [
    "Lines", "confine", "encode", "find", "from_text", "kind_of", "matching", "name_in", "read", "read_bytes",
    "walk",
]  # fmt: skip

KINDS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".bib": "bib", ".toml": "toml", ".tex": "latex", ".ltx": "latex",
    ".md": "markdown", ".markdown": "markdown", ".mdx": "markdown", ".qmd": "markdown", ".rmd": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".docx": "docx", ".json": "csl-json", ".ris": "ris",
    ".nbib": "nbib", ".xml": "endnote",
}  # fmt: skip

#: Folders that hold what a build made or somebody else wrote; hidden ones are skipped as well.
SKIPPED_FOLDERS = frozenset({"node_modules", "site", "_site", "build", "dist"})


class Lines:
    """Lines and columns of a text, both from 1, columns in code points.

    A line ends at LF, CR LF or a lone CR, as in the files that people write.
    """

    __slots__ = ("_length", "_starts")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]

    def at(self, offset: int) -> tuple[int, int]:
        """Return (line, column) of an offset; one outside the text counts as its nearer end."""
        inside = min(max(offset, 0), self._length)
        line = bisect_right(self._starts, inside)
        return line, inside - self._starts[line - 1] + 1


def kind_of(path: str | os.PathLike[str]) -> Kind | None:
    """Return the kind of file that a suffix names, or None for a suffix that is not ours."""
    return KINDS.get(os.path.splitext(os.fspath(path))[1].lower())


def from_text(text: str, *, name: str = "<text>", kind: Kind = "text") -> Source:
    """Return a source that has no file: a string, standard input, a page that was fetched."""
    data = text.encode("utf-8", "surrogatepass")
    return Source(name=name, text=text, kind=kind, digest=sha256(data).hexdigest())


def read(
    path: str | os.PathLike[str],
    *,
    name: str | None = None,
    kind: Kind | None = None,
    limits: Limits | None = None,
) -> Source:
    """Read one file.

    `name` is how it is to be shown (default: the path as given), `kind` what it is (default: by
    its suffix, else by a look at its beginning), `limits.file` the most bytes that are read. Raises
    `ReadError` when the file is missing, not a regular file, unreadable, over the limit or binary.
    """
    given = os.fspath(path)
    shown = name if name is not None else given.replace(os.sep, "/")
    data = read_bytes(given, shown=shown, limit=(limits or Limits()).file)
    text, encoding, notes = decode(data, shown)
    return Source(
        name=shown,
        text=text,
        kind=kind or _kind(given, text),
        encoding=encoding,
        digest=sha256(data).hexdigest(),
        path=os.path.abspath(given),
        notes=notes,
    )


def _kind(path: str, text: str) -> Kind:
    """Return the kind of a file by its suffix; a text may hold records, as PubMed and others save them."""
    named = kind_of(path)
    if named == "text":
        return sniff_records(text) or named
    return named or sniff(text)


def confine(path: str | os.PathLike[str], root: str | os.PathLike[str]) -> Path:
    """Return where a path leads, links followed; relative ones are meant from the root.

    Raises `ReadError` when it leads out of the root.
    """
    shown = os.fspath(path)
    if "\0" in shown:
        raise ReadError(f"{shown!r}: a path cannot hold a NUL character")
    home = Path(os.path.realpath(root))
    leads = Path(os.path.realpath(home / shown))
    if leads != home and home not in leads.parents:
        raise ReadError(f"{shown}: leads out of the project ({home})")
    return leads


def find(
    paths: Sequence[str], settings: Settings, kinds: Collection[Kind]
) -> tuple[list[Source], list[ReadError]]:
    """Read the files that are meant by `paths`, each once, sorted by name.

    A file that is named is read whatever its suffix; of a folder, the files of `kinds` that git
    does not ignore. No paths: the globs of `settings.pages`, else the project's root. A path with
    wildcards that does not exist is taken as a glob. What cannot be read comes back as errors
    beside the sources of the rest.
    """
    found: dict[str, str] = {}
    errors: list[ReadError] = []
    chosen = matching(settings.pages, settings, kinds) if not paths else []
    for given in paths or (() if settings.pages else (settings.root,)):
        try:
            if "\0" in given:
                raise ReadError(f"{given!r}: a path cannot hold a NUL character")
            chosen += _expand(given, kinds)
        except ReadError as error:
            errors.append(error)
    for path in chosen:
        found.setdefault(os.path.realpath(path), path)
    sources = []
    for path in found.values():
        try:
            sources.append(read(path, name=name_in(path, settings.root), limits=settings.limits))
        except ReadError as error:
            errors.append(error)
    sources.sort(key=lambda source: source.name)
    errors.sort(key=str)
    return sources, errors


def matching(patterns: Sequence[str], settings: Settings, kinds: Collection[Kind]) -> list[str]:
    """Return the files that paths or globs of the settings mean, all inside the root, sorted.

    A folder means its files of `kinds`. A path without wildcards comes back even where nothing
    stands there, so that reading it says so. Raises `ReadError` when one leads out of the root.
    """
    chosen: dict[str, None] = {}
    for pattern in patterns:
        if _is_glob(pattern):
            unwanted = SKIPPED_FOLDERS.difference(pattern.split("/"))
            for hit in _glob(pattern, settings.root, kinds):
                folders = Path(os.path.relpath(hit, settings.root)).parts[:-1]
                if _inside(hit, settings.root) and unwanted.isdisjoint(folders):
                    chosen[hit] = None
        else:
            path = str(confine(pattern, settings.root))
            chosen.update(dict.fromkeys(walk(path, kinds) if os.path.isdir(path) else [path]))
    return list(chosen)


def walk(folder: str, kinds: Collection[Kind]) -> list[str]:
    """Return the files of a folder that are of these kinds, sorted.

    Left out: hidden folders, `SKIPPED_FOLDERS`, what git ignores (asked only where the folder lies
    in a work tree), and links that lead out of the folder. Raises `ReadError` for a folder that
    cannot be read.
    """
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise ReadError(f"{folder}: {_why(folder, error)}") from None
    listed = _ask_git(folder)
    files = []
    for relative in _listing(folder) if listed is None else listed:
        *folders, name = relative.split("/")
        if any(part.startswith(".") or part in SKIPPED_FOLDERS for part in folders):
            continue
        path = os.path.join(folder, *folders, name)
        # macOS keeps resource forks beside the files on foreign disks, as `._name`.
        if kind_of(name) not in kinds or name.startswith("._"):
            continue
        if os.path.islink(path) and not _inside(path, folder):
            continue
        if os.path.lexists(path) and not os.path.isdir(path):
            files.append(path)
    return sorted(set(files))


def name_in(path: str, root: str) -> str:
    """Return how a file is shown: POSIX, relative to the root, else to here, else as given."""
    full, home = os.path.abspath(path), os.path.abspath(root)
    for file, base in ((full, home), (os.path.realpath(full), os.path.realpath(home)), (full, os.getcwd())):
        if file.startswith(base.rstrip(os.sep) + os.sep):
            return os.path.relpath(file, base).replace(os.sep, "/")
    return path.replace(os.sep, "/")


def read_bytes(path: str | os.PathLike[str], *, shown: str, limit: int) -> bytes:
    """Return the bytes of a regular file; never waits at a pipe or a device. Raises `ReadError`."""
    path = os.fspath(path)
    try:
        _refuse_irregular(os.stat(path), path, shown)
        # Not blocking: what was a file a moment ago may be a pipe by now.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            about = os.fstat(file.fileno())
            _refuse_irregular(about, path, shown)
            data = b"" if about.st_size > limit else file.read(limit + 1)
    except ValueError as error:
        raise ReadError(f"{shown!r}: {error}") from None
    except OSError as error:
        raise ReadError(f"{shown}: {_why(path, error)}") from None
    if about.st_size > limit or len(data) > limit:
        size = max(about.st_size, len(data))
        raise ReadError(f"{shown}: too large: {size:,} bytes, the limit is {limit:,} (limits.file)")
    return data


def _why(path: str, error: OSError) -> str:
    """Return in words why a file could not be read."""
    if isinstance(error, FileNotFoundError):
        if os.path.islink(path):
            return f"is a link to {os.readlink(path)}, which does not exist"
        return "no such file"
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied"
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def _refuse_irregular(about: os.stat_result, path: str, shown: str) -> None:
    """Raise `ReadError` for anything but a regular file."""
    if stat.S_ISREG(about.st_mode):
        return
    names = {
        stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device", stat.S_IFBLK: "a device",
    }  # fmt: skip
    raise ReadError(f"{shown}: is {names.get(stat.S_IFMT(about.st_mode), 'special')}, not a regular file")


def _expand(path: str, kinds: Collection[Kind]) -> list[str]:
    """Return the files that one argument of a command means."""
    if os.path.isdir(path):
        return walk(path, kinds)
    if _is_glob(path) and not os.path.lexists(path):
        return _glob(path, None, kinds) or [path]
    return [path]


def _is_glob(path: str) -> bool:
    return any(character in path for character in "*?[")


def _glob(pattern: str, root: str | None, kinds: Collection[Kind]) -> list[str]:
    """Return the files of `kinds` that a glob matches, from the root or from here, sorted."""
    import glob

    hits = (os.path.join(root or "", hit) for hit in glob.iglob(pattern, root_dir=root, recursive=True))
    return sorted(hit for hit in hits if kind_of(hit) in kinds and os.path.isfile(hit))


def _inside(path: str, folder: str) -> bool:
    """Return whether a path, links followed, lies in a folder."""
    return os.path.realpath(path).startswith(os.path.realpath(folder).rstrip(os.sep) + os.sep)


def _listing(folder: str) -> Iterator[str]:
    """Yield all files of a folder as POSIX paths relative to it, links to folders not followed."""
    for at, folders, files in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".") and f not in SKIPPED_FOLDERS]
        inner = os.path.relpath(at, folder).replace(os.sep, "/")
        yield from (file if inner == "." else f"{inner}/{file}" for file in files)


def _ask_git(folder: str) -> list[str] | None:
    """Return the files of a folder that git does not ignore; None where git cannot say.

    None too for a folder that git ignores as a whole: who names it wants it read.
    """
    full = os.path.realpath(folder)
    if not any(os.path.lexists(os.path.join(up, ".git")) for up in (full, *map(str, Path(full).parents))):
        return None
    from evidence.sources.git import GitError, ask

    try:
        listed = ask(full, "ls-files", "-co", "--exclude-standard", "-z")
        if not listed and ask(full, "check-ignore", "."):
            return None
    except GitError as error:
        return [] if error.code == 1 else None  # 1: `check-ignore` does not ignore the empty folder
    return os.fsdecode(listed).split("\0")[:-1]
