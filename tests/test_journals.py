"""Journal titles that are one, that are two, and that cannot be told."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import journals

ONE = [
    ("Curr Stem Cell Res Ther", "Current Stem Cell Research & Therapy"),
    ("N Engl J Med", "The New England Journal of Medicine"),
    ("NEJM", "New England Journal of Medicine"),
    ("J Bone Joint Surg Am", "The Journal of Bone and Joint Surgery. American volume"),
    ("J Bone Joint Surg Am", "The Journal of Bone and Joint Surgery-American Volume"),
    ("PNAS", "Proceedings of the National Academy of Sciences"),
    ("Proc. Natl. Acad. Sci. U.S.A.", "Proceedings of the National Academy of Sciences"),
    ("Proc Natl Acad Sci U S A", "PNAS"),
    ("JAMA", "JAMA: The Journal of the American Medical Association"),
    ("BMJ", "British Medical Journal"),
    ("BMJ (Clinical research ed.)", "BMJ"),
    ("Lancet", "Lancet (London, England)"),
    ("The Lancet", "LANCET"),
    ("Lancet Oncol", "The Lancet. Oncology"),
    ("Stem Cells Dev", "Stem Cells and Development"),
    ("STEM CELLS", "Stem Cells"),
    ("Spine (Phila Pa 1976)", "Spine"),
    ("Ann N Y Acad Sci", "Annals of the New York Academy of Sciences"),
    ("Ann NY Acad Sci", "Annals of the New York Academy of Sciences"),
    ("AJR Am J Roentgenol", "American Journal of Roentgenology"),
    ("Acta Crystallogr D", "Acta Crystallographica Section D: Biological Crystallography"),
    ("Clin Infect Dis", "Clinical infectious diseases : an official publication of the Society"),
    ("Neuro Oncol", "Neuro-Oncology"),
    ("Dtsch Med Wochenschr", "DMW - Deutsche Medizinische Wochenschrift"),
    ("Curr Pain Headache Rep", "Current Pain and Headache Reports"),
    ("Osteoarthr. Cartil.", "Osteoarthritis and Cartilage"),
    ("Can J Anaesth", "Canadian Journal of Anesthesia/Journal canadien d'anesthésie"),
    ("Am J Obstet Gynecol", "American Journal of Obstetrics &amp; Gynaecology"),
    ("J. Amer. chem. Soc.", "Journal of the American Chemical Society"),
    ("Proc R Soc B", "Proceedings of the Royal Society B: Biological Sciences"),
    ("Z Orthop Unfall", "Zeitschrift für Orthopädie und Unfallchirurgie"),
    ("AMA Arch Surg", "A.M.A. Archives of Surgery"),
    ("Arch Dermatol", "JAMA Dermatology"),
    ("J Physiol (Lond)", "The Journal of Physiology"),
]

TWO = [
    ("Stem Cells", "Stem Cells and Development"),
    ("Lancet", "Lancet Neurology"),
    ("Spine", "The Spine Journal"),
    ("Spine", "Spine J"),
    ("Gene", "Genes"),
    ("Cell", "Cells"),
    ("Vaccine", "Vaccines"),
    ("Gene Therapy", "Genetic Therapy"),
    ("J Bone Joint Surg Am", "J Bone Joint Surg Br"),
    ("Nature", "Nature Medicine"),
    ("Pain Physician", "Pain Practice"),
    ("JAMA", "JAMA Surgery"),
    ("BMJ", "BMJ Open"),
    ("European Spine Journal", "Global Spine Journal"),
    ("Acta Crystallogr D", "Acta Crystallogr C"),
    ("J Clin Oncol", "J Clin Invest"),
    ("Methods", "Methods Mol Biol"),
    ("Journal of Pediatrics", "Jornal de Pediatria"),
    ("Physica A", "Physica B: Condensed Matter"),
]

CANNOT_TELL = [
    ("", "Spine"),
    ("J Phys", "Journal of Physics: Condensed Matter"),
    ("AJNR", "American Journal of Neuroradiology"),
    ("J Bone Joint Surg", "J Bone Joint Surg Br"),
]


@pytest.mark.parametrize(("a", "b"), ONE)
def test_one_journal_in_two_forms(a: str, b: str) -> None:
    assert journals.same(a, b) is True
    assert journals.same(b, a) is True


@pytest.mark.parametrize(("a", "b"), TWO)
def test_two_journals(a: str, b: str) -> None:
    assert journals.same(a, b) is False
    assert journals.same(b, a) is False


@pytest.mark.parametrize(("a", "b"), CANNOT_TELL)
def test_what_cannot_be_compared_is_not_a_difference(a: str, b: str) -> None:
    assert journals.same(a, b) is None
    assert journals.same(b, a) is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_comparing_is_symmetric_and_never_fails(a: str, b: str) -> None:
    assert journals.same(a, b) == journals.same(b, a)


@pytest.mark.parametrize("piece", ["a ", "(", "a.", "J ", "l'", "<b", "a b c: ", "a = "])
def test_long_titles_cost_little(piece: str) -> None:
    start = time.process_time()
    journals.same(piece * 50_000, f"{piece * 50_000}x")
    assert time.process_time() - start < 5
