"""What a run was told: which file, which value wins, and what an error says."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from time import process_time

import pytest

from evidence.errors import SettingsError, UsageError
from evidence.model import Settings
from evidence.settings import SERVICES, find_root, load, read_toml


def told(root: Path, flags: Mapping[str, object] | None = None, **environ: str) -> Settings:
    return load(root, flags=flags, environ=environ)


def put(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def error(root: Path, text: str, name: str = "evidence.toml") -> str:
    put(root / name, text)
    with pytest.raises(SettingsError) as caught:
        told(root)
    return str(caught.value)


# -- the root --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("evidence.toml", ""), ("refs.lock", ""), (".git/HEAD", ""), ("pyproject.toml", "[tool.evidence]\n"),
        ("pyproject.toml", "tool = { evidence = {} }"), (".git", "gitdir: elsewhere"),
    ],
)  # fmt: skip
def test_the_root_is_the_nearest_folder_with_a_mark(tmp_path: Path, name: str, text: str) -> None:
    put(tmp_path / ".git" / "HEAD")
    put(tmp_path / "a" / name, text)
    page = put(tmp_path / "a" / "b" / "c" / "page.md")
    assert find_root(page.parent) == (tmp_path / "a").resolve()
    assert find_root(page) == (tmp_path / "a").resolve()


def test_without_a_mark_the_root_is_the_folder_itself(tmp_path: Path) -> None:
    put(tmp_path / "pyproject.toml", "[project]\nname = 'evidence-of-things'\n")
    (tmp_path / "a").mkdir()
    assert find_root(tmp_path / "a") == (tmp_path / "a").resolve()


def test_a_broken_pyproject_of_somebody_else_does_not_matter(tmp_path: Path) -> None:
    put(tmp_path / "pyproject.toml", "name = evidence\n[")
    assert find_root(tmp_path) == tmp_path.resolve()
    put(tmp_path / "pyproject.toml", "[tool.evidence]\nstyle =\n")
    with pytest.raises(SettingsError, match=r"pyproject\.toml: .*line 2"):
        find_root(tmp_path)


# -- values and who wins ---------------------------------------------------------------------


def test_defaults_of_a_bare_folder(tmp_path: Path) -> None:
    settings = told(tmp_path)
    assert (settings.root, settings.file, settings.lock) == (str(tmp_path.resolve()), "", "")
    assert settings.services == SERVICES
    assert (settings.links, settings.mode) == ("cited", "online")
    assert (settings.incomplete, settings.fail_on) == ("new", "error")
    assert settings.bases == {} == settings.rates


FULL = """
pages = ["docs/**/*.md", "index.html"]
bibliography = "refs.bib"
facts = ["facts.toml"]
lock = "docs/refs.lock"
style = "nlm"
services = ["crossref", "doi"]
links = "all"
managed = ["zotero.bib"]
citation-patterns = ['\\((\\d+)\\)']
max-age = 90
select = ["CIT", "REF"]
fail-on = "warning"
incomplete = "fail"
budget = 60
[limits]
file = 1000
references = 50
"""


@pytest.mark.parametrize(("name", "before"), [("evidence.toml", ""), ("pyproject.toml", "[tool.evidence]\n")])
def test_every_key_of_a_file(tmp_path: Path, name: str, before: str) -> None:
    text = before + FULL.replace("[limits]", "[tool.evidence.limits]" if before else "[limits]")
    put(tmp_path / name, text)
    settings = told(tmp_path)
    assert settings.file == str(tmp_path.resolve() / name)
    assert settings.pages == ("docs/**/*.md", "index.html")
    assert (settings.bibliography, settings.facts) == (("refs.bib",), ("facts.toml",))
    assert settings.lock == "docs/refs.lock"
    assert (settings.style, settings.services, settings.links) == ("nlm", ("crossref", "doi"), "all")
    assert (settings.managed, settings.citation_patterns) == (("zotero.bib",), (r"\((\d+)\)",))
    assert (settings.max_age, settings.budget, settings.select) == (90, 60.0, ("CIT", "REF"))
    assert (settings.fail_on, settings.incomplete) == ("warning", "fail")
    assert (settings.limits.file, settings.limits.references, settings.limits.entry) == (1000, 50, 1_000_000)


def test_evidence_toml_wins_over_pyproject(tmp_path: Path) -> None:
    put(tmp_path / "pyproject.toml", "[tool.evidence]\nstyle = 'ama'\nmax-age = 3\n")
    put(tmp_path / "evidence.toml", "\ufeffstyle = 'nlm'\r\n")
    settings = told(tmp_path)
    assert (settings.style, settings.max_age) == ("nlm", None)


def test_flag_over_environment_over_file(tmp_path: Path) -> None:
    put(tmp_path / "evidence.toml", "style = 'nlm'\nmax-age = 1\nlinks = 'all'\n")
    settings = told(tmp_path, {"style": "ama", "max_age": None}, EVIDENCE_STYLE="apa", EVIDENCE_MAX_AGE="2")
    assert (settings.style, settings.max_age, settings.links) == ("ama", 2, "all")


def test_lists_and_flags_of_the_environment(tmp_path: Path) -> None:
    settings = told(
        tmp_path, EVIDENCE_PAGES="a.md, b.md", EVIDENCE_SERVICES="crossref\ndoi", EVIDENCE_IGNORE="CIT003",
        EVIDENCE_MAILTO="me@example.org", EVIDENCE_CACHE_DIR="/tmp/cache", EVIDENCE_ALLOW_PRIVATE="1",
        EVIDENCE_BUDGET="1.5", EVIDENCE_ALL_ENTRIES="yes", EVIDENCE_COLOUR_OF_THE_SKY="blue",
        EVIDENCE_STYLE=" ", EVIDENCE_OFFLINE="1", EVIDENCE_FROZEN="0",
    )  # fmt: skip
    assert (settings.pages, settings.services) == (("a.md", "b.md"), ("crossref", "doi"))
    assert (settings.deselect, settings.mailto) == (("CIT003",), "me@example.org")
    assert settings.cache_dir == "/tmp/cache"
    assert (settings.allow_private, settings.budget, settings.all_entries) == (True, 1.5, True)
    assert (settings.style, settings.mode) == ("", "offline")


def test_bases_and_rates_come_from_the_environment(tmp_path: Path) -> None:
    settings = told(
        tmp_path, EVIDENCE_CROSSREF_URL="http://127.0.0.1:8000/crossref/", EVIDENCE_DOI_URL="https://doi.example",
        EVIDENCE_CROSSREF_RATE="0", EVIDENCE_CLINICALTRIALS_RATE="2.5",
    )  # fmt: skip
    assert settings.bases == {"crossref": "http://127.0.0.1:8000/crossref", "doi": "https://doi.example"}
    assert settings.rates == {"crossref": 0.0, "clinicaltrials": 2.5}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("EVIDENCE_MAX_AGE", "soon", "whole number of days"), ("EVIDENCE_CROSSREF_RATE", "fast", "a number"),
        ("EVIDENCE_DOI_URL", "file:///etc", "http"), ("EVIDENCE_ALLOW_PRIVATE", "maybe", "true or false"),
        ("EVIDENCE_LINKS", "none", "cited, all"), ("EVIDENCE_SERVICES", "crosref", "did you mean 'crossref'"),
        ("EVIDENCE_CROSSREF_RATE", "inf", "a number"), ("EVIDENCE_CROSSREF_RATE", "-1", "a number"),
        ("SOURCE_DATE_EPOCH", "yesterday", "seconds since 1970"), ("SOURCE_DATE_EPOCH", "9" * 30, "seconds"),
    ],
)  # fmt: skip
def test_what_the_environment_gets_wrong(tmp_path: Path, name: str, value: str, expected: str) -> None:
    with pytest.raises(SettingsError) as caught:
        told(tmp_path, None, **{name: value})
    assert str(caught.value).startswith(f"{name}: must be")
    assert expected in str(caught.value)


def test_today(tmp_path: Path) -> None:
    assert told(tmp_path, SOURCE_DATE_EPOCH="1795305600").today == "2026-11-22"
    assert told(tmp_path, {"today": "2020-01-02"}).today == "2020-01-02"
    assert len(told(tmp_path).today) == 10


def test_flags_are_checked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = told(tmp_path, {"lock": "x/refs.lock", "mode": "frozen", "select": (), "pages": ["../a.md"]})
    assert (settings.lock, settings.mode) == (os.path.join(os.getcwd(), "x/refs.lock"), "frozen")
    assert settings.pages == ("../a.md",)
    with pytest.raises(SettingsError, match=r"--links: must be one of cited, all, not 'some'"):
        told(tmp_path, {"links": "some"})
    with pytest.raises(UsageError, match="unknown setting 'slect'; did you mean 'select'"):
        told(tmp_path, {"slect": ("CIT",)})


def test_a_settings_file_by_name(tmp_path: Path) -> None:
    put(tmp_path / "evidence.toml", "style = 'nlm'\n")
    other = put(tmp_path / "ci" / "strict.toml", "style = 'ama'\n")
    settings = told(tmp_path, {"config": str(other)})
    assert (settings.style, settings.file, settings.root) == ("ama", str(other), str(tmp_path.resolve()))
    with pytest.raises(SettingsError, match="no such settings file"):
        told(tmp_path, {"config": str(tmp_path / "none.toml")})


# -- what a file gets wrong ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("links = 'all'\nstlye = 'nlm'\n", "evidence.toml:2: unknown key 'stlye'; did you mean 'style'?"),
        ("max_age = 3\n", "evidence.toml:1: unknown key 'max_age'; did you mean 'max-age'?"),
        ("[limit]\nfile = 3\n", "evidence.toml:1: unknown key 'limit'; did you mean 'limits'?"),
        ("xyzzy = 1\n", "evidence.toml:1: unknown key 'xyzzy'"),
        ("\n\nmax-age = '30'\n", "evidence.toml:3: 'max-age' must be a whole number of days, 0 or more"),
        ("max-age = true\n", "must be a whole number"),
        ("pages = 3\n", "evidence.toml:1: 'pages' must be a list of strings"),
        ("pages = ['a', 3]\n", "must be a list of strings"),
        ("style = ''\n", "'style' must be a string"),
        ("links = 'prose'\n", "'links' must be one of cited, all"),
        ("services = ['crossreff']\n", "'crossreff' is none; did you mean 'crossref'?"),
        ("[limits]\nfiles = 3\n", "'files' is none; did you mean 'file'?"),
        ("limits = { file = 0 }\n", "whole numbers above 0"),
        ("limits = 3\n", "a table of whole numbers"),
        ("budget = -1\n", "a number, 0 or more"),
        ("all-entries = 'yes'\n", "true or false"),
        ("mailto = 'me@example.org'\n", "cannot stand in a file: use --mailto or EVIDENCE_MAILTO"),
        ("cache_dir = '/tmp'\n", "use EVIDENCE_CACHE_DIR"),
        ("crossref-url = 'http://evil.example'\n", "use EVIDENCE_CROSSREF_URL"),
        ("allow-private = true\n", "use EVIDENCE_ALLOW_PRIVATE"),
        ("bases = {}\n", "use EVIDENCE_<SERVICE>_URL"),
        ("ncbi-api-key = 'x'\n", "use NCBI_API_KEY"),
        ("style = \n", "evidence.toml: Invalid value (at line 1, column 9)"),
        ("pages = ['../secret/*.md']\n", "'../secret/*.md' leads out of the project"),
        ("bibliography = '/etc/passwd'\n", "leads out"),
        ("lock = 'a/../../refs.lock'\n", "leads out"),
        ("facts = ['docs/*/../../../x.toml']\n", "leads out"),
        ("style = '../mine.csl'\n", "leads out"),
        ("ignore = ['CIT001']\n", "'ignore' must be tables: [[ignore]]"),
        ("[[ignore]]\nrule = 'CIT001'\n", "evidence.toml:1: [[ignore]] needs a reason"),
        ("\n[[ignore]]\nreason = 'so'\n", "evidence.toml:2: [[ignore]] needs a rule"),
        ("[[ignore]]\nrule = 'x'\nreason = ' '\n", "needs a reason"),
        ("[[ignore]]\nuntill = '2027'\n", "unknown key 'untill'; did you mean 'until'"),
        ("[[ignore]]\nrule = 'x'\nreason = 'y'\nuntil = 'soon'\n", "must be a date such as"),
        ("[[ignore]]\nrule = 3\nreason = 'y'\n", "'rule' must be a string"),
    ],
)
def test_the_error_names_the_line_and_what_to_type(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in error(tmp_path, text)


def test_the_line_in_a_pyproject_is_that_of_our_table(tmp_path: Path) -> None:
    text = "[tool.other]\nstlye = 1\n[tool.evidence]\nlinks = 'all'\nstlye = 2\n"
    assert error(tmp_path, text, "pyproject.toml").startswith("pyproject.toml:5: unknown key 'stlye'")


def test_links_out_of_the_root_are_seen_through(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "way").symlink_to(tmp_path)
    assert "leads out" in error(root, "pages = ['way/*.md']\n")


def test_odd_settings_files(tmp_path: Path) -> None:
    (tmp_path / "evidence.toml").write_bytes(b"style = '\xff'\n")
    with pytest.raises(SettingsError, match="not UTF-8"):
        told(tmp_path)
    (tmp_path / "evidence.toml").unlink()
    os.mkfifo(tmp_path / "evidence.toml")
    with pytest.raises(SettingsError, match="not a regular file"):
        told(tmp_path)


def test_bombs_are_refused_quickly(tmp_path: Path) -> None:
    start = process_time()
    for text in (
        "a" + ".a" * 10_000 + " = 1\n", "[a" + ".a" * 10_000 + "]\n", '"a"' + '."a"' * 10_000 + " = 1\n",
        "x = " + "[" * 5_000, "x = '" + "a" * 1_000_001 + "'\n",
    ):  # fmt: skip
        assert "too" in error(tmp_path, text)
    assert process_time() - start < 4


def test_dots_in_values_are_not_depth() -> None:
    dots = "." * 500
    text = f'a = "{dots}="\nb = [\n  "{dots}",\n]\n["{dots}"]\nc = \'{dots}\'\n'
    assert read_toml(text)["a"] == f"{dots}="


# -- suppressions ----------------------------------------------------------------------------


def test_suppressions_with_where_they_stand(tmp_path: Path) -> None:
    text = (
        "style = 'nlm'\n\n[[ignore]]\nrule = 'CIT003'\nwhere = 'docs/*.md'\n"
        "reason = 'the order is historical'\nuntil = 2027-01-31\n"
        "[[ignore]]\nrule = 'dead-link'\nreason = 'known'\nuntil = '2027-02-01'\n"
    )
    put(tmp_path / "evidence.toml", text)
    first, second = told(tmp_path).ignore
    assert (first.rule, first.where, first.until) == ("CIT003", "docs/*.md", "2027-01-31")
    assert (first.reason, second.reason) == ("the order is historical", "known")
    assert second.until == "2027-02-01"
    assert first.source is not None
    assert first.source.name == "evidence.toml"
    assert (first.span.start, text[second.span.start : second.span.end]) == (text.index("[[ig"), "[[ignore]]")


def test_the_baseline_adds_suppressions_by_fingerprint(tmp_path: Path) -> None:
    put(tmp_path / "pyproject.toml", "[[tool.evidence.ignore]]\nrule = 'CIT'\nreason = 'r'\n")
    text = "schema = 1\n[[ignore]]\nrule = 'MET003'\nreason = 'baseline'\nfingerprint = 'ab12'\n"
    put(tmp_path / "evidence-baseline.toml", text)
    own, base = told(tmp_path).ignore
    assert own.source is not None
    assert own.source.name == "pyproject.toml"
    assert own.source.text[own.span.start : own.span.end] == "[[tool.evidence.ignore]]"
    assert (base.fingerprint, base.rule) == ("ab12", "MET003")
    assert base.source is not None
    assert base.source.name == "evidence-baseline.toml"
    message = error(tmp_path, "[[ignores]]\n", "evidence-baseline.toml")
    assert message == "evidence-baseline.toml:1: unknown key 'ignores'"
