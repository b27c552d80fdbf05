"""The law of fixes: a finding that was fixed does not come back, and nothing else is touched."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence import checking
from evidence.edit import write

LOCK = Path(__file__).parent.parent / "rules" / "refs.lock"
DOI = "10.1234/jim.2010.10"
SPELLINGS = st.sampled_from(
    [
        DOI,
        DOI.upper(),
        f"https://doi.org/{DOI}",
        f"http://dx.doi.org/{DOI}",
        f"doi:{DOI}",
        f"doi: {DOI}.",
        "10.1234%2Fjim.2010.10",
        "10.1234/old.alias",
        "",
    ]
)
#: How a field is written: spaces before and behind the sign, delimiters, and what ends the line.
FORMS = st.tuples(
    st.sampled_from(["", " ", "  "]), st.sampled_from(["{}", '""']), st.sampled_from([",\n", " ,\n", ",\r\n"])
)


@st.composite
def entries(draw: st.DrawFn) -> str:
    spaces, marks, end = draw(FORMS)
    fields = {
        "author": "Smith, Anna and Jones, Bert",
        "title": "Bed rest for low back pain at home",
        "journal": "J Imaginary Med",
        "year": "2010",
        "volume": "3",
        "number": "2",
        "pages": "10--14",
    }
    if doi := draw(SPELLINGS):
        fields["doi"] = doi
    key = draw(st.from_regex(r"[a-z]{3,8}[0-9]{4}", fullmatch=True))
    newline = "\r\n" if "\r" in end else "\n"
    lines = [f"  {name}{spaces}={spaces}{marks[0]}{text}{marks[1]}{end}" for name, text in fields.items()]
    lead = draw(st.sampled_from(["", f"% a remark{newline}", f"@comment{{kept as it is}}{newline}"]))
    return f"{lead}@article{{{key},{newline}{''.join(lines)}}}{newline}"


def run(path: Path) -> checking.Run:
    told = checking.settings_for([str(path)], {"mode": "offline"}, {"SOURCE_DATE_EPOCH": "1795305600"})
    return checking.run([str(path)], told)


@settings(max_examples=60, deadline=None)
@given(text=entries())
def test_a_fixed_finding_does_not_come_back(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "refs.bib")
        path.write_bytes(text.encode())
        shutil.copy(LOCK, Path(folder, "refs.lock"))
        first = checking.fixes(run(path))
        if "doi.org/" in text or "10.1234" not in text:  # an address for a DOI; a DOI that a search finds
            assert first.applied
        for source, edits in first.edits.items():
            write(source, edits)
        again = run(path)
        left = {(finding.code, finding.key) for finding in again.report.findings}
        assert left.isdisjoint((finding.code, finding.key) for finding in first.applied)
        assert not checking.fixes(again).edits
        if not first.applied:
            assert path.read_bytes() == text.encode()
