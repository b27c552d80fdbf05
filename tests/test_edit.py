"""Edits by span, and files that are replaced at once or not at all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.edit import apply, compare, create, diff, newline_of, write
from evidence.errors import WriteError
from evidence.model import Edit, Source, Span
from evidence.sources import from_text, read


def at(source: Source, start: int, end: int, text: str) -> Edit:
    return Edit(source, Span(start, end), text)


def replacing(source: Source, old: str, new: str) -> Edit:
    start = source.text.index(old)
    return at(source, start, start + len(old), new)


def page(tmp_path: Path, data: bytes = b"one two three\n") -> Source:
    (tmp_path / "page.md").write_bytes(data)
    return read(tmp_path / "page.md", name="page.md")


def leftovers(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.endswith(".tmp")]


# -- edits of a text -------------------------------------------------------------------------


def test_edits_are_made_in_the_order_of_their_places() -> None:
    s = from_text("abcdef")
    assert apply(s.text, [at(s, 4, 5, "E"), at(s, 0, 1, ""), at(s, 6, 6, "!")]) == "bcdEf!"
    assert apply(s.text, []) == "abcdef"


def test_insertions_at_one_point_keep_their_order_and_stand_before_what_is_replaced() -> None:
    s = from_text("abc")
    assert apply(s.text, [at(s, 1, 2, "X"), at(s, 1, 1, "1"), at(s, 1, 1, "2")]) == "a12Xc"
    assert apply(s.text, [at(s, 0, 1, "X"), at(s, 1, 1, "1")]) == "X1bc"


@pytest.mark.parametrize(
    "spans", [[(0, 2), (1, 3)], [(0, 3), (1, 1)], [(1, 2), (1, 2)], [(2, 1)], [(0, 9)], [(-1, 1)]]
)
def test_overlap_and_outside_are_refused(spans: list[tuple[int, int]]) -> None:
    s = from_text("abcd")
    with pytest.raises(ValueError, match="an edit of"):
        apply(s.text, [at(s, start, end, "x") for start, end in spans])


@given(st.lists(st.tuples(st.text(max_size=5), st.text(max_size=3), st.text(max_size=3))))
def test_only_the_spans_change(parts: list[tuple[str, str, str]]) -> None:
    before = from_text("".join(kept + old for kept, old, _ in parts))
    edits, place = [], 0
    for kept, old, new in parts:
        edits.append(at(before, place + len(kept), place + len(kept) + len(old), new))
        place += len(kept) + len(old)
    assert apply(before.text, edits) == "".join(kept + new for kept, _, new in parts)


@pytest.mark.parametrize(
    ("text", "newline"),
    [("", "\n"), ("a\nb\r\nc\n", "\n"), ("a\r\nb\r\n", "\r\n"), ("a\rb\rc\n", "\r"), ("a\r\nb\n", "\n")],
)
def test_newline_of_a_file(text: str, newline: str) -> None:
    assert newline_of(from_text(text)) == newline


# -- the diff --------------------------------------------------------------------------------


def test_the_diff_is_unified() -> None:
    s = from_text("".join(f"{n}\n" for n in range(1, 21)), name="docs/page.md")
    assert diff(s, [replacing(s, "10\n", "ten\n"), at(s, 0, 0, "zero\n")]) == (
        "--- a/docs/page.md\n+++ b/docs/page.md\n"
        "@@ -1,3 +1,4 @@\n+zero\n 1\n 2\n 3\n"
        "@@ -7,7 +8,7 @@\n 7\n 8\n 9\n-10\n+ten\n 11\n 12\n 13\n"
    )
    assert diff(s, []) == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\nb", "a\nc"), ("a\nb", "a\nb\n"), ("a\n", ""), ("", "a"), ("a\r\nb\r\n", "a\r\nc\r\n"),
        ("x\n" * 30 + "y\n", "x\n" * 30), ("a\n" * 9, "b\n" * 9), ("a\u2028b\n", "a\u2028c\n"),
    ],
)  # fmt: skip
def test_git_can_apply_the_diff(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(old.encode())
    command = ["git", "apply", "--unsafe-paths", "--whitespace=nowarn", "-"]
    subprocess.run(command, input=compare(old, new, "page.txt").encode(), cwd=tmp_path, check=True)
    assert file.read_bytes() == new.encode()


def test_the_diff_of_a_long_file_is_quick() -> None:
    text = "".join(f"line {n}\n" for n in range(100_000))
    start = time.process_time()
    assert compare(text, text + "one more\n", "x").count("\n") == 7
    assert time.process_time() - start < 4


# -- writing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "changed"),
    [
        (b"\xef\xbb\xbfcaf\xc3\xa9\r\nx\rold\n", b"\xef\xbb\xbfcaf\xc3\xa9\r\nx\rnew\n"),
        ("\ufeffcafé old".encode("utf-16-be"), "\ufeffcafé new".encode("utf-16-be")),
        (b"caf\xe9 old", b"caf\xe9 new"),
        (b"\x93old\x94", b"\x93new\x94"),
        (b"\told  \n\n\x0c", b"\tnew  \n\n\x0c"),
    ],
)
def test_encoding_mark_and_newlines_stay(tmp_path: Path, data: bytes, changed: bytes) -> None:
    source = page(tmp_path, data)
    write(source, [replacing(source, "old", "new")])
    assert (tmp_path / "page.md").read_bytes() == changed
    assert leftovers(tmp_path) == []


def test_nothing_to_do_touches_nothing(tmp_path: Path) -> None:
    source = page(tmp_path)
    before = (tmp_path / "page.md").stat()
    write(source, [])
    write(source, [replacing(source, "two", "two")])
    after = (tmp_path / "page.md").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_changed_since_it_was_read_is_refused(tmp_path: Path) -> None:
    source = page(tmp_path)
    (tmp_path / "page.md").write_text("somebody else\n")
    with pytest.raises(WriteError, match=r"page\.md: not written: it changed since it was read"):
        write(source, [at(source, 0, 3, "1")])
    assert (tmp_path / "page.md").read_text() == "somebody else\n"
    (tmp_path / "page.md").unlink()
    with pytest.raises(WriteError, match="gone"):
        write(source, [at(source, 0, 3, "1")])
    assert os.listdir(tmp_path) == []


def test_links_and_mode_stay(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    real = tmp_path / "far" / "real.md"
    real.write_text("one\n")
    real.chmod(0o640)
    (tmp_path / "page.md").symlink_to("far/real.md")
    source = read(tmp_path / "page.md")
    write(source, [at(source, 0, 3, "two")])
    assert (tmp_path / "page.md").is_symlink()
    assert real.read_text() == "two\n"
    assert real.stat().st_mode & 0o777 == 0o640
    assert leftovers(tmp_path / "far") == []


def test_hard_links_are_refused_rather_than_parted(tmp_path: Path) -> None:
    source = page(tmp_path)
    os.link(tmp_path / "page.md", tmp_path / "other.md")
    with pytest.raises(WriteError, match="2 hard links"):
        write(source, [at(source, 0, 3, "1")])
    assert (tmp_path / "other.md").samefile(tmp_path / "page.md")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_read_only_files_are_refused(tmp_path: Path) -> None:
    source = page(tmp_path)
    (tmp_path / "page.md").chmod(0o444)
    with pytest.raises(WriteError, match="read-only"):
        write(source, [at(source, 0, 3, "1")])


def test_a_character_that_the_encoding_lacks(tmp_path: Path) -> None:
    source = page(tmp_path, b"caf\xe9")
    with pytest.raises(WriteError, match=r"latin-1 has no character 'ą' \(U\+0105\); save the file as UTF-8"):
        write(source, [at(source, 0, 0, "ą")])


def test_texts_without_a_file_and_edits_of_another_source(tmp_path: Path) -> None:
    text = from_text("abc")
    with pytest.raises(WriteError, match="not read from a file"):
        write(text, [at(text, 0, 1, "x")])
    with pytest.raises(ValueError, match="another source"):
        write(page(tmp_path), [at(text, 0, 1, "x")])


@pytest.mark.parametrize("call", ["fsync", "replace", "open", "fdopen"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    source = page(tmp_path)

    def fail(*args: object, **others: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(WriteError, match=f"page.md: not written: {os.strerror(code).lower()}"):
        write(source, [at(source, 0, 3, "1")])
    monkeypatch.undo()
    assert (tmp_path / "page.md").read_bytes() == b"one two three\n"
    assert leftovers(tmp_path) == []


def test_an_interrupt_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = page(tmp_path)

    def interrupt(handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(source, [at(source, 0, 3, "1")])
    assert (tmp_path / "page.md").read_bytes() == b"one two three\n"
    assert leftovers(tmp_path) == []


def test_a_change_during_the_write_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = page(tmp_path)
    real: Callable[[int], None] = os.fsync

    def meddle(handle: int) -> None:
        (tmp_path / "page.md").write_text("somebody else\n")
        real(handle)

    monkeypatch.setattr(os, "fsync", meddle)
    with pytest.raises(WriteError, match="changed"):
        write(source, [at(source, 0, 3, "1")])
    assert (tmp_path / "page.md").read_text() == "somebody else\n"


WRITER = """
import sys
from evidence.edit import write
from evidence.model import Edit, Span
from evidence.sources import read
print("ready", flush=True)
while True:
    source = read(sys.argv[1])
    other = ("b" if source.text[0] == "a" else "a") * len(source.text)
    write(source, [Edit(source, Span(0, len(source.text)), other)])
"""


def test_killed_writers_leave_the_old_file_or_the_new(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text("a" * 200_000)
    for n in range(6):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.003 * n)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        text = file.read_text()
        assert text in ("a" * 200_000, "b" * 200_000)
    (tmp_path / ".evidence-0123456789abcdef.tmp").write_text("left behind")
    source = read(file)
    write(source, [at(source, 0, 1, "c")])
    assert os.listdir(tmp_path) == ["page.txt"]


def test_of_two_writers_at_once_one_is_told(tmp_path: Path) -> None:
    first = page(tmp_path)
    second = read(tmp_path / "page.md", name="page.md")
    write(first, [at(first, 0, 3, "1")])
    with pytest.raises(WriteError, match="changed since it was read"):
        write(second, [at(second, 4, 7, "2")])
    assert (tmp_path / "page.md").read_text() == "1 two three\n"


# -- files of the tool -----------------------------------------------------------------------


def test_create_makes_and_rewrites(tmp_path: Path) -> None:
    create(tmp_path / "refs.lock", "schema = 1\n")
    assert (tmp_path / "refs.lock").read_bytes() == b"schema = 1\n"
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "refs.lock").stat().st_mode & 0o777 == 0o666 & ~umask
    before = (tmp_path / "refs.lock").stat().st_ino
    create(tmp_path / "refs.lock", "schema = 1\n")
    assert (tmp_path / "refs.lock").stat().st_ino == before
    create(tmp_path / "refs.lock", "schema = 1\nöne\n")
    assert (tmp_path / "refs.lock").read_text("utf-8") == "schema = 1\nöne\n"
    assert leftovers(tmp_path) == []


def test_create_says_what_is_in_the_way(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="no such file or directory"):
        create(tmp_path / "none" / "refs.lock", "x")
    (tmp_path / "refs.lock").mkdir()
    with pytest.raises(WriteError, match="not a regular file"):
        create(tmp_path / "refs.lock", "x")
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(WriteError, match="not a regular file"):
        create(tmp_path / "pipe", "x")
