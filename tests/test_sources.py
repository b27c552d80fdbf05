"""The files a run reads: which, in what encoding, and what is refused without hanging."""

from __future__ import annotations

import os
import socket
import subprocess
from hashlib import sha256
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import ReadError
from evidence.model import Kind, Limits, Settings
from evidence.sources import Lines, confine, encode, find, from_text, kind_of, matching, name_in, read, walk
from evidence.sources.decoding import decode

PAGES: tuple[Kind, ...] = ("text", "markdown", "html", "latex", "bib")


def settings(root: Path, **others: object) -> Settings:
    return Settings(root=str(root), today="2026-11-22", **others)  # type: ignore[arg-type]


def put(path: Path, data: str | bytes = "Words.\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def names(root: Path, *paths: str, kinds: tuple[Kind, ...] = PAGES) -> list[str]:
    sources, errors = find([str(root / path) for path in paths], settings(root), kinds)
    assert errors == []
    return [source.name for source in sources]


# -- reading ---------------------------------------------------------------------------------


def test_read_keeps_newlines_and_says_what_it_read(tmp_path: Path) -> None:
    source = read(put(tmp_path / "page.md", b"one\r\ntwo\rthree\nfour"))
    assert source.text == "one\r\ntwo\rthree\nfour"
    assert (source.kind, source.encoding, source.notes) == ("markdown", "utf-8", ())
    assert source.digest == sha256(b"one\r\ntwo\rthree\nfour").hexdigest()
    assert source.path == str(tmp_path / "page.md")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", "text"), ("a.TEXT", "text"), ("a.md", "markdown"), ("a.Rmd", "markdown"),
        ("a.mdx", "markdown"), ("a.qmd", "markdown"), ("a.htm", "html"), ("a.xhtml", "html"),
        ("a.tex", "latex"), ("a.ltx", "latex"), ("refs.bib", "bib"), ("facts.toml", "toml"),
        ("a.docx", "docx"), ("a.doc", None), ("README", None), (".md", None),
    ],
)  # fmt: skip
def test_kind_by_suffix(name: str, expected: str | None) -> None:
    assert kind_of(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!DOCTYPE html><title>x</title>", "html"), ("\n  <HTML>", "html"),
        ("<p class='a'>Words</p>", "html"),
        ("# A heading\n\nWords", "markdown"), ("---\ntitle: x\n---\n", "markdown"),
        ("See [this](https://example.org).", "markdown"), ("\\documentclass{article}", "latex"),
        ("% refs\n@article{key,\n}", "bib"), ("Plain words [1].", "text"), ("", "text"),
    ],
)  # fmt: skip
def test_an_unknown_suffix_is_sniffed(tmp_path: Path, text: str, expected: str) -> None:
    assert read(put(tmp_path / "page", text)).kind == expected


def test_sniffing_is_linear() -> None:
    start = process_time()
    for text in ("<" * 100_000, "<p " * 30_000, "#" * 100_000, "@" * 100_000, "<meta charset " * 10_000):
        decode(text.encode() + b"\xff")
    assert process_time() - start < 4


# -- encodings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("café".encode(), "café", "utf-8"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café", "utf-8-sig"),
        (b"\xff\xfec\0a\0f\0\xe9\0", "café", "utf-16-le-sig"),
        (b"\xfe\xff\0c\0a\0f\0\xe9", "café", "utf-16-be-sig"),
        ("﻿café".encode("utf-32-le"), "café", "utf-32-le-sig"),
        (b'<meta charset="iso-8859-2"><p>\xb1', '<meta charset="iso-8859-2"><p>ą', "iso-8859-2"),
        (b"<meta charset=latin1>\x93", "<meta charset=latin1>“", "cp1252"),
        (
            b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">\xc1',
            '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">а',
            "koi8-r",
        ),
        (b"<?xml encoding='windows-1250'?>\xb9", "<?xml encoding='windows-1250'?>ą", "windows-1250"),
        (b"% !TeX encoding = ISO-8859-15\n\xa4", "% !TeX encoding = ISO-8859-15\n€", "iso-8859-15"),
        (b"% -*- coding: koi8-u -*-\n\xc1", "% -*- coding: koi8-u -*-\nа", "koi8-u"),
        (b"% Encoding: Cp1250\n@a{b,}\xb9", "% Encoding: Cp1250\n@a{b,}ą", "cp1250"),
        (b"\\usepackage[latin9]{inputenc} \xa4", "\\usepackage[latin9]{inputenc} €", "iso8859-15"),
        (b"", "", "utf-8"),
    ],
)  # fmt: skip
def test_decoding_by_mark_utf8_and_declaration(data: bytes, text: str, encoding: str) -> None:
    assert decode(data) == (text, encoding, ())
    assert encode(text, encoding) == data


@pytest.mark.parametrize(
    ("data", "text", "encoding", "said"),
    [
        (b"caf\xe9", "café", "latin-1", "Latin-1"),
        (b"\x93caf\xe9\x94", "“café”", "cp1252", "Windows-1252"),
        (b"\x81 odd \xe9", "\x81 odd é", "latin-1", "Latin-1"),
        (b"one\ntwo caf\xe9", "one\ntwo café", "latin-1", "line 2"),
        (b"<meta charset=utf-8>\xe9", "<meta charset=utf-8>é", "latin-1", "Latin-1"),
        (b"<meta charset=rot13>\xe9", "<meta charset=rot13>é", "latin-1", "Latin-1"),
        (b"<meta charset=utf-7>+AOk-\xe9", "<meta charset=utf-7>+AOk-é", "latin-1", "Latin-1"),
        (b"<meta charset=no-such>\xe9", "<meta charset=no-such>é", "latin-1", "Latin-1"),
    ],
)
def test_guessed_encodings_are_noted(data: bytes, text: str, encoding: str, said: str) -> None:
    got, name, notes = decode(data)
    assert (got, name) == (text, encoding)
    assert said in notes[0]


@given(st.binary(max_size=60), st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"% Encoding: cp1251\n"]))
def test_whatever_is_read_is_written_back_the_same(data: bytes, before: bytes) -> None:
    try:
        text, encoding, _ = decode(before + data)
    except ReadError:
        return
    assert encode(text, encoding) == before + data


# -- what is refused -------------------------------------------------------------------------


def refusal(path: Path, **others: Limits) -> str:
    start = process_time()
    with pytest.raises(ReadError) as caught:
        read(path, **others)  # type: ignore[arg-type]
    assert process_time() - start < 4
    assert path.name in str(caught.value)
    return str(caught.value)


def test_missing_folder_link_and_path_with_nul(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "none.md")
    (tmp_path / "folder.md").mkdir()
    assert "a folder" in refusal(tmp_path / "folder.md")
    (tmp_path / "link.md").symlink_to("gone.md")
    assert "gone.md, which does not exist" in refusal(tmp_path / "link.md")
    with pytest.raises(ReadError, match="null"):
        read("a\0b.md")


def test_pipes_devices_and_sockets_never_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert "a pipe" in refusal(tmp_path / "pipe.md")
    (tmp_path / "zero.md").symlink_to("/dev/zero")
    assert "a device" in refusal(tmp_path / "zero.md")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s.md"))
        assert "a socket" in refusal(tmp_path / "s.md")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    put(tmp_path / "mine.md").chmod(0)
    assert "permission denied" in refusal(tmp_path / "mine.md")


def test_over_the_limit(tmp_path: Path) -> None:
    put(tmp_path / "big.md", b"x" * 101)
    assert "101 bytes, the limit is 100" in refusal(tmp_path / "big.md", limits=Limits(file=100))
    assert read(tmp_path / "big.md", limits=Limits(file=101)).text == "x" * 101
    with (tmp_path / "sparse.md").open("wb") as file:
        file.truncate(5_000_000_000)
    assert "too large" in refusal(tmp_path / "sparse.md")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)), b"\x00\x01\x02\x03", b"abc\x00def", b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"%PDF-1.7\nwords", b"PK\x03\x04 a zip", "UTF-16 unmarked".encode("utf-16-le"), b"\x7fELF\2\1\1",
        b"\x01\x02\x03 control", b"\xff\xfea\0b", b"\xff\xfe\0\xd8", b"\xff\xfe\1\0\2\0\3\0",
    ],
)  # fmt: skip
def test_binary_is_refused(tmp_path: Path, data: bytes) -> None:
    message = refusal(put(tmp_path / "data.txt", data))
    assert "binary" in message or "but is not" in message


@pytest.mark.parametrize("data", [b"\x1b[1mbold", b"page\x0cbreak", b"end\x1a", b"a\x00" + b"words " * 40])
def test_a_stray_control_character_is_not_binary(tmp_path: Path, data: bytes) -> None:
    assert read(put(tmp_path / "page.txt", data)).text == data.decode()


# -- lines -----------------------------------------------------------------------------------


def test_lines_and_columns_count_from_one_in_code_points() -> None:
    text = "ab\r\nc\rd\n\n𝔘é\u2028f"
    lines = Lines(text)
    assert [lines.at(i) for i in range(len(text) + 1)] == [
        (1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2), (3, 1), (3, 2),
        (4, 1), (5, 1), (5, 2), (5, 3), (5, 4), (5, 5),
    ]  # fmt: skip
    assert lines.at(-5) == (1, 1)
    assert lines.at(999) == (5, 5)
    assert Lines("").at(0) == (1, 1)


@given(st.text(alphabet="ab\n\r", max_size=40), st.integers(0, 40))
def test_lines_agree_with_the_slow_way(text: str, offset: int) -> None:
    at = min(offset, len(text))
    ends = [i + 1 for i, c in enumerate(text) if c == "\n" or (c == "\r" and text[i + 1 : i + 2] != "\n")]
    before = [end for end in ends if end <= at]
    assert Lines(text).at(offset) == (len(before) + 1, at - (before[-1] if before else 0) + 1)


def test_a_text_has_a_digest_and_no_path() -> None:
    source = from_text("words", kind="markdown")
    assert (source.name, source.kind, source.path, len(source.digest)) == ("<text>", "markdown", None, 64)
    assert from_text("lone \ud800").digest


# -- finding ---------------------------------------------------------------------------------


def tree(root: Path) -> None:
    for path in (
        "b.md", "a.txt", "sub/c.html", "sub/deep/d.tex", "refs.bib", "facts.toml", "picture.png",
        ".hidden/e.md", "node_modules/f.md", "site/g.md", "_site/h.md", "build/i.md", "dist/j.md",
        "sub/site/k.md", "sub/._c.html",
    ):  # fmt: skip
        put(root / path)


def test_folders_are_walked_without_builds_and_hidden_ones(tmp_path: Path) -> None:
    tree(tmp_path)
    assert names(tmp_path, ".") == ["a.txt", "b.md", "refs.bib", "sub/c.html", "sub/deep/d.tex"]
    assert names(tmp_path, ".", kinds=("bib",)) == ["refs.bib"]
    assert names(tmp_path) == names(tmp_path, ".")


def test_a_folder_that_is_named_is_read_whatever_its_name(tmp_path: Path) -> None:
    tree(tmp_path)
    assert names(tmp_path, "site", ".hidden") == [".hidden/e.md", "site/g.md"]


def test_files_once_sorted_and_of_any_suffix_when_named(tmp_path: Path) -> None:
    tree(tmp_path)
    put(tmp_path / "notes.xyz")
    (tmp_path / "again.md").symlink_to("b.md")
    assert names(tmp_path, "sub", "b.md", "again.md", "sub/c.html", "notes.xyz", "facts.toml") == [
        "b.md", "facts.toml", "notes.xyz", "sub/c.html", "sub/deep/d.tex",
    ]  # fmt: skip


def test_git_says_what_is_ignored(tmp_path: Path) -> None:
    tree(tmp_path)
    put(tmp_path / ".gitignore", "sub/deep/\n*.txt\ndrafts/\n")
    put(tmp_path / "drafts/own.md")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert names(tmp_path, ".") == ["b.md", "refs.bib", "sub/c.html"]
    assert names(tmp_path, "sub") == ["sub/c.html"]
    assert names(tmp_path, "drafts") == ["drafts/own.md"]
    assert names(tmp_path, "a.txt") == ["a.txt"]
    put(tmp_path / "empty/picture.png")
    assert names(tmp_path, "empty") == []


def test_git_lists_what_was_deleted(tmp_path: Path) -> None:
    put(tmp_path / "a.md")
    put(tmp_path / "b.md")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    subprocess.run(["git", "-C", str(tmp_path), "add", "."], check=True)
    (tmp_path / "a.md").unlink()
    assert names(tmp_path, ".") == ["b.md"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "outside" / "secret.md")
    put(tmp_path / "project" / "page.md")
    (tmp_path / "project" / "way.md").symlink_to(tmp_path / "outside" / "secret.md")
    (tmp_path / "project" / "ways").symlink_to(tmp_path / "outside")
    (tmp_path / "project" / "inner.md").symlink_to("page.md")
    assert [Path(p).name for p in walk(str(tmp_path / "project"), PAGES)] == ["inner.md", "page.md"]


def test_what_cannot_be_read_is_an_error_beside_the_rest(tmp_path: Path) -> None:
    put(tmp_path / "a.md")
    put(tmp_path / "b.md", b"\0\1\2")
    sources, errors = find([str(tmp_path), str(tmp_path / "none.md")], settings(tmp_path), PAGES)
    assert [source.name for source in sources] == ["a.md"]
    assert [str(error).partition(": ")[2] for error in errors] == ["binary, not text", "no such file"]


def test_the_globs_of_the_settings(tmp_path: Path) -> None:
    tree(tmp_path)
    chosen = settings(tmp_path, pages=("**/*.html", "b.md", "sub"))
    assert [s.name for s in find([], chosen, PAGES)[0]] == ["b.md", "sub/c.html", "sub/deep/d.tex"]
    assert matching(["**/*.md"], chosen, PAGES) == [str(tmp_path / "b.md")]
    assert matching(["site/*.md"], chosen, PAGES) == [str(tmp_path / "site/g.md")]
    assert matching(["gone.bib"], chosen, PAGES) == [str(tmp_path / "gone.bib")]
    with pytest.raises(ReadError, match="leads out"):
        matching(["../x.bib"], chosen, PAGES)
    assert matching(["../*.md"], chosen, PAGES) == []


def test_a_quoted_glob_as_argument(tmp_path: Path) -> None:
    tree(tmp_path)
    assert names(tmp_path, "*.md") == ["b.md"]
    _, errors = find([str(tmp_path / "*.rmd")], settings(tmp_path), PAGES)
    assert "no such file" in str(errors[0])


# -- names and confinement -------------------------------------------------------------------


def test_names_are_relative_to_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "project" / "in").mkdir(parents=True)
    (tmp_path / "here").mkdir()
    root = str(tmp_path / "project")
    monkeypatch.chdir(tmp_path / "here")
    assert name_in(str(tmp_path / "project" / "in" / "p.md"), root) == "in/p.md"
    assert name_in("../project/in/p.md", root) == "in/p.md"
    assert name_in("p.md", root) == "p.md"
    assert name_in("../other/p.md", root) == "../other/p.md"
    assert name_in(str(tmp_path / "p.md"), "/") == str(tmp_path / "p.md")[1:]


@pytest.mark.parametrize("path", ["../out.md", "/etc/passwd", "in/../../out.md", "way/x.md", "a\0b"])
def test_confine_refuses_ways_out(tmp_path: Path, path: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "way").symlink_to(tmp_path)
    with pytest.raises(ReadError):
        confine(path, root)


def test_confine_gives_the_place_inside(tmp_path: Path) -> None:
    root = tmp_path.resolve()
    assert confine("a/b.md", root) == root / "a" / "b.md"
    assert confine("a/../b.md", root) == root / "b.md"
    assert confine(str(root / "c.md"), root) == root / "c.md"
    assert confine(".", root) == root
