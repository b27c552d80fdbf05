"""Lists on pages: taken over once, regenerated as often as one likes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import UsageError
from evidence.model import Citation, Document, Kind, Region, Span, Work
from evidence.rendering.inplace import regenerate
from evidence.rendering.styles import render
from evidence.rendering.takeover import fragment, own_form, take_over

from .made import GILBERT, PETTINE, SITE, WORKS, edited, listed, marked

ONE, TWO = render([PETTINE, SITE], to="markdown")
HTML_ONE, HTML_TWO = render([PETTINE, SITE], to="html")
ENTRIES = {0: ("pettine2015", PETTINE), 1: ("clinic2014", SITE)}


def taken(document: Document) -> str:
    return edited(document, take_over(document, ENTRIES, style="pubmed", source="refs.bib").edits)


def items(one: str = "Pettine, old", two: str = "A leaflet, old") -> list[tuple[str, str]]:
    return [("pettine2015", one), ("clinic2014", two)]


def test_a_numbered_markdown_list_gets_markers_and_keeps_its_order() -> None:
    text = "Words [1] [2].\n\n## References\n\n1. Pettine, old\n2. A leaflet, old\n\nThe end.\n"
    page = taken(listed(text, items(), citations=["pettine2015"]))
    begin, rest = page.split("-->\n", 1)
    assert begin.startswith(
        "Words [1] [2].\n\n## References\n\n<!-- evidence:references style=pubmed source=refs.bib "
    )
    assert 'show=cited keys="pettine2015 clinic2014" sum=' in begin
    assert rest == f"1. {ONE}\n2. {TWO}\n<!-- /evidence:references -->\n\nThe end.\n"


def test_taken_over_pages_are_regenerated_without_a_change() -> None:
    text = "Words.\r\n\r\n1. Pettine, old\r\n2. A leaflet, old\r\n"
    page = taken(listed(text, items()))
    assert page.count("\r\n") == page.count("\n")
    assert "show=all" in page
    done = regenerate(marked(page), WORKS)
    assert done == ((), (), (), (), ())


@pytest.mark.parametrize(
    ("layout", "text", "expected"),
    [
        ("bullets", "* Pettine, old\n* A leaflet, old", f"- {ONE}\n- {TWO}\n"),
        ("paragraphs", "Pettine, old\n\nA leaflet, old", f"{ONE}\n\n{TWO}\n"),
        ("numbered", "7. Pettine, old\n8. A leaflet, old", f"1. {ONE}\n2. {TWO}\n"),
        ("numbered", "[^a]: Pettine, old\n[^b]: A leaflet, old", f"[^a]: {ONE}\n[^b]: {TWO}\n"),
        ("numbered", "  1. Pettine, old\n  2. A leaflet, old", f"  1. {ONE}\n  2. {TWO}\n"),
        (
            "numbered",
            '[x](#r2)\n\n1. <a id="r1"></a>Pettine, old\n2. <a id="r2"></a>A leaflet, old',
            f'1. {ONE}\n2. <a id="r2"></a>{TWO}\n',
        ),
    ],
)
def test_markdown_layouts_are_kept(layout: str, text: str, expected: str) -> None:
    page = taken(listed(f"# Page\n\n{text}\n\nEnd.\n", items(), layout=layout))
    assert expected in page
    assert "old" not in page
    assert page.startswith("# Page\n\n")
    assert page.endswith("<!-- /evidence:references -->\n\nEnd.\n")
    again = regenerate(marked(page), WORKS)
    assert again.edits == ()
    assert edited(marked(page), regenerate(marked(page), {**WORKS, "clinic2014": GILBERT}).edits) != page


@pytest.mark.parametrize("around", ["", "whole", "items"])
def test_html_keeps_the_list_and_the_ids_that_links_point_to(around: str) -> None:
    second = '<li><a name="two"></a><span>A leaflet, old</span></li>'
    inside = '<li id="ref1" class="c">Pettine, <b>old</b></li>\n' + second
    whole = f'<ol class="refs" start="3">\n{inside}\n</ol>'
    text = f'<p><a href="#ref1">1</a> <a href="#two">2</a></p>\n{whole}\n<p>End</p>\n'
    found = listed(
        text,
        items("Pettine, <b>old</b>"),
        kind="html",
        name="p.html",
        around={"": "", "whole": whole, "items": inside}[around],
    )
    page = taken(found)
    expected = (
        f'<ol class="refs" start="3">\n<li id="ref1" class="c">{HTML_ONE}</li>\n'
        f'<li><a id="two"></a>{HTML_TWO}</li>\n</ol>\n<!-- /evidence:references -->'
    )
    if around == "items":
        assert page.count("<ol") == page.count("</ol>") == 1
    assert expected in page
    assert page.endswith("\n<p>End</p>\n")
    assert regenerate(marked(page, kind="html"), WORKS).edits == ()
    changed = edited(
        marked(page, kind="html"),
        regenerate(marked(page, kind="html"), {**WORKS, "clinic2014": GILBERT}).edits,
    )
    assert '<li><a id="two"></a>Gilbert HT' in changed
    assert '<li id="ref1" class="c">Pettine' in changed


def test_html_paragraphs_become_one_each() -> None:
    text = "<div><p>Title one.</p>\n<p>Pettine, old</p>\n<p>A leaflet,</p><p>old</p>\n</div>"
    found = listed(
        text,
        items("Title one.</p>\n<p>Pettine, old", "A leaflet,</p><p>old"),
        kind="html",
        layout="paragraphs",
    )
    page = taken(found)
    assert page.startswith("<div><!-- evidence:references ")
    assert page.endswith(f"<p>{HTML_ONE}</p>\n<p>{HTML_TWO}</p>\n<!-- /evidence:references -->\n</div>")
    assert regenerate(marked(page, kind="html"), WORKS).edits == ()


def test_tex_keeps_its_keys() -> None:
    body = "\\bibitem{a} Pettine, old\n\n\\bibitem[B]{b} A leaflet, old"
    text = f"\\cite{{a}}\n\\begin{{thebibliography}}{{9}}\n{body}\n\\end{{thebibliography}}\nEnd\n"
    for around in ("", text[text.index("\\begin") : text.index("\nEnd")]):
        page = taken(listed(text, items(), kind="latex", name="p.tex", around=around))
        assert "% evidence:references style=pubmed" in page
        assert "\\bibitem{a} Pettine KA" in page
        assert "\\bibitem[B]{b} A leaflet on backs" in page
        assert "\n% /evidence:references\n" in page
        assert page.count("\\begin{thebibliography}") == 1
        assert regenerate(marked(page, kind="latex", name="p.tex"), WORKS).edits == ()


def test_mdx_has_comments_of_its_own() -> None:
    page = taken(listed("1. Pettine, old\n2. A leaflet, old\n", items(), name="p.mdx"))
    assert page.startswith("{/* evidence:references style=pubmed")
    assert page.endswith("{/* /evidence:references */}\n")
    assert regenerate(marked(page, name="p.mdx"), WORKS).edits == ()


def test_two_lists_each_have_their_own_keys() -> None:
    text = "See [1].\n\n1. Pettine, old\n\nA leaflet, old\n"
    one = listed(text, items(), citations=["pettine2015"])
    at = text.index("A leaflet")
    regions = (
        Region("list", one.references[0].span, one.references[0].span, "numbered", members=(0,)),
        Region("list", Span(at, len(text) - 1), Span(at, len(text) - 1), "paragraphs", members=(1,)),
    )
    page = taken(Document(one.source, references=one.references, citations=one.citations, regions=regions))
    assert 'show=cited keys="pettine2015"' in page
    assert 'show=uncited keys="clinic2014"' in page
    assert regenerate(marked(page), WORKS).edits == ()


def test_nothing_is_taken_over_that_does_not_resolve_or_is_plain_text() -> None:
    text = "1. Pettine, old\n2. A leaflet, old\n"
    document = listed(text, items())
    assert take_over(document, {0: ENTRIES[0]}, style="pubmed", source="refs.bib").edits == ()
    plain = listed(text, items(), kind="text", name="p.txt")
    assert take_over(plain, ENTRIES, style="pubmed", source="refs.bib").edits == ()


def test_text_of_no_reference_is_never_lost() -> None:
    text = "1. Pettine, old\n\nA note of the editor.\n\n2. A leaflet, old\n"
    with pytest.raises(UsageError, match="A note of the editor"):
        taken(listed(text, items()))
    html = "<ol><li>Pettine, old</li></ol><div><ol><li>A leaflet, old</li></ol>"
    with pytest.raises(UsageError, match="different elements"):
        taken(listed(html, items(), kind="html"))
    with pytest.raises(UsageError, match="quotation"):
        taken(listed("> 1. Pettine, old\n> 2. A leaflet, old\n", items()))


@pytest.mark.parametrize("key", ["a b", "x-->y", 'q"', "new\nline", ""])
def test_a_key_that_would_break_the_marker_is_refused(key: str) -> None:
    document = listed("1. Pettine, old\n2. A leaflet, old\n", items())
    with pytest.raises(UsageError):
        take_over(document, {0: (key, PETTINE), 1: ENTRIES[1]}, style="pubmed", source="refs.bib")


def test_a_suppression_beside_an_entry_stays() -> None:
    note = "<!-- evidence: ignore missing-doi - it has none -->"
    page = taken(listed(f"1. Pettine, old\n2. {note} A leaflet, old\n", items()))
    assert f"2. {note}A leaflet" in page
    assert regenerate(marked(page), WORKS).edits == ()


def page_of(keys: str, inner: str = "", options: str = "") -> str:
    opening = f'<!-- evidence:references style=pubmed keys="{keys}"{options} -->'
    return f"Text\n\n{opening}{inner}<!-- /evidence:references -->\nEnd"


def run(
    document: Document, entries: dict[str, Work] = WORKS, *, unsafe: bool = False, style: str | None = None
) -> str:
    return edited(document, regenerate(document, entries, unsafe=unsafe, style=style).edits)


@pytest.mark.parametrize("inner", ["", "\n", "\n\n", "\n1. Old.\n", " "])
def test_a_region_without_a_sum_is_generated(inner: str) -> None:
    document = marked(page_of("pettine2015 clinic2014", inner))
    done = regenerate(document, WORKS)
    assert (done.stale, done.hand_edited) == ((0,), ())
    page = edited(document, done.edits)
    assert f"-->\n1. {ONE}\n2. {TWO}\n<!--" in page.replace("\n\n1.", "\n1.").replace("\n\n<!--", "\n<!--")
    assert regenerate(marked(page), WORKS).edits == ()


def test_hand_edits_are_seen_and_kept_unless_asked() -> None:
    page = run(marked(page_of("pettine2015")))
    touched = page.replace("discogenic", "DISCOGENIC")
    done = regenerate(marked(touched), WORKS)
    assert (done.edits, done.stale, done.hand_edited) == ((), (), (0,))
    assert run(marked(touched), unsafe=True) == page
    assert regenerate(marked(page.replace("\n", "\r\n")), WORKS).edits == ()


def test_a_changed_entry_makes_the_list_stale() -> None:
    page = run(marked(page_of("pettine2015 clinic2014")))
    entries = {**WORKS, "pettine2015": GILBERT}
    done = regenerate(marked(page), entries)
    assert (done.stale, done.hand_edited) == ((0,), ())
    again = edited(marked(page), done.edits)
    assert "Gilbert" in again
    assert again.endswith("\nEnd")
    assert regenerate(marked(again), entries).edits == ()


def test_a_hand_edit_that_says_the_same_is_none() -> None:
    page = run(marked(page_of("pettine2015")))
    merged = page.replace(page[page.index("sum=") :][:16], "sum=000000000000")
    done = regenerate(marked(merged), WORKS)
    assert (done.stale, done.hand_edited) == ((0,), ())
    assert edited(marked(merged), done.edits) == page


def test_missing_keys_and_unknown_styles_leave_the_list_alone() -> None:
    done = regenerate(marked(page_of("pettine2015 nobody1999")), WORKS)
    assert (done.edits, done.missing) == ((), ("nobody1999",))
    text = page_of("pettine2015").replace("style=pubmed", "style=nowhere")
    done = regenerate(marked(text), WORKS)
    assert done.edits == ()
    assert [index for index, _ in done.refused] == [0]
    assert "style=pubmed" in run(marked(text), style="pubmed")


def test_what_the_page_cites_by_key_is_added_at_the_end() -> None:
    citations = [
        Citation(("gilbert2013",), Span(0, 1), "key", ("gilbert2013",)),
        Citation(("1",), Span(2, 3)),
    ]
    page = run(marked(page_of("pettine2015", options=" show=cited"), citations=citations))
    assert 'keys="pettine2015 gilbert2013"' in page
    assert "\n2. Gilbert HT" in page
    assert regenerate(marked(page, citations=citations), WORKS).edits == ()


@pytest.mark.parametrize(
    ("show", "keys"),
    [
        ("cited", "gilbert2013"),
        ("uncited", "pettine2015 richardson2016 clinic2014"),
        ("all", "gilbert2013 pettine2015 richardson2016 clinic2014"),
    ],
)
def test_a_marker_without_keys_has_those_that_it_shows(show: str, keys: str) -> None:
    text = f"T\n<!-- evidence:references show={show} -->\n<!-- /evidence:references -->\n"
    citations = [Citation(("gilbert2013",), Span(0, 1), "key", ("gilbert2013",))]
    page = run(marked(text, citations=citations))
    assert f'show={show} keys="{keys}" sum=' in page
    assert regenerate(marked(page, citations=citations), WORKS).edits == ()


def test_fragments_stand_alone() -> None:
    keys = ["clinic2014", "pettine2015"]
    assert fragment(WORKS, keys, "pubmed", "markdown") == f"1. {TWO}\n2. {ONE}\n"
    assert (
        fragment(WORKS, keys, "pubmed", "html")
        == f'<ol data-evidence="clinic2014 pettine2015">\n<li>{HTML_TWO}</li>\n<li>{HTML_ONE}</li>\n</ol>\n'
    )
    assert "\\bibitem{clinic2014} A leaflet" in fragment(WORKS, keys, "pubmed", "latex")
    assert fragment(WORKS, [], "pubmed", "text") == ""
    with pytest.raises(UsageError, match="nobody"):
        fragment(WORKS, ["nobody"], "pubmed", "text")


def test_a_page_in_our_own_form_is_known() -> None:
    from dataclasses import replace

    document = listed("1. Pettine, old\n2. A leaflet, old\n", items())
    shown = [
        "Percutaneous injection of autologous bone marrow concentrate cells significantly reduces lumbar "
        "discogenic pain through 12 months.\nPettine KA, Murphy MB, Suzuki RK, Sand TT.\n"
        "Stem Cells. 2015 Jan;33(1):146-56. doi: 10.1002/stem.1845.",
        "A leaflet on backs. Clinic of Nowhere. 2014.",
    ]
    works = [PETTINE, SITE]
    references = tuple(
        replace(r, work=w, raw=s) for r, w, s in zip(document.references, works, shown, strict=True)
    )
    own = replace(document, references=references)
    assert own_form(own, own.regions[0]) == "pubmed"
    assert own_form(document, document.regions[0]) == ""


NAMES = st.lists(st.sampled_from(sorted(WORKS)), min_size=1, max_size=6)
AROUND = st.text(alphabet=st.sampled_from("ab \n#<>-*[1]é"), max_size=30)


@given(NAMES, AROUND, AROUND, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["markdown", "html", "latex"]))
def test_a_second_run_changes_no_byte_and_the_first_only_the_region(
    keys: list[str], before: str, after: str, newline: str, kind: Kind
) -> None:
    begin, end = ("% ", "") if kind == "latex" else ("<!-- ", " -->")
    opening = f'{begin}evidence:references keys="{" ".join(keys)}"{end}'
    text = f"{before}\n{opening}\n{begin}/evidence:references{end}\n{after}"
    text = text.replace("\n", newline)
    document = marked(text, kind=kind, name="p")
    page = run(document)
    assert page.startswith(before.replace("\n", newline) + newline + begin)
    assert page.endswith(newline + after.replace("\n", newline))
    assert page.replace("\r\n", "").count("\n") == (0 if newline == "\r\n" else page.count("\n"))
    again = regenerate(marked(page, kind=kind, name="p"), WORKS)
    assert again == ((), (), (), (), ())


@given(st.text(max_size=40), st.sampled_from(["markdown", "html", "latex"]))
def test_no_title_can_leave_its_region(title: str, kind: Kind) -> None:
    entries = {
        "a": Work(title=title, publisher="H"),
        "b": Work(title="<!-- /evidence:references -->" + title),
    }
    begin, end = ("% ", "") if kind == "latex" else ("<!-- ", " -->")
    text = f'x\n{begin}evidence:references keys="a b"{end}\n{begin}/evidence:references{end}\ny\n'
    page = run(marked(text, kind=kind, name="p"), entries)
    assert regenerate(marked(page, kind=kind, name="p"), entries).edits == ()
    assert page.endswith(f"{begin}/evidence:references{end}\ny\n")


@pytest.mark.parametrize(
    "unit", ["<li>", "<ol ", "1. ", "\\bibitem{", "<!-- evidence:", "href=#", "[^a]: ", "\n"]
)
def test_time_is_linear(unit: str) -> None:
    import time

    inner = (unit * 100_000)[:100_000]
    for kind in ("markdown", "html", "latex"):
        source = (
            f'x\n<!-- evidence:references keys="pettine2015" -->\n{inner}\n<!-- /evidence:references -->\n'
        )
        start = time.process_time()
        span, inside = Span(2, len(source) - 1), Span(source.index("-->") + 3, source.rindex("<!-- /"))
        base = marked("", kind=kind)
        from dataclasses import replace

        page = Document(replace(base.source, text=source), regions=(Region("references", span, inside),))
        regenerate(page, WORKS)
        hand = listed(f"{inner}Pettine, old\nA leaflet, old{inner}", items(), kind=kind)
        take_over(hand, ENTRIES, style="pubmed", source="refs.bib")
        assert time.process_time() - start < 3
