"""What looks like a reference, a source line, a line of authors."""

from __future__ import annotations

import pytest

from evidence.parsing import is_author_line, is_source_line, likeness


@pytest.mark.parametrize(
    "text",
    [
        "Deyo RA, Weinstein JN. Low back pain. N Engl J Med. 2001 Feb 1;344(5):363-70.",
        (
            "Deyo, R. A., & Weinstein, J. N. (2001). Low back pain. New England Journal of "
            "Medicine, 344(5), 363–370."
        ),
        (
            'R. A. Deyo and J. N. Weinstein, "Low back pain," N. Engl. J. Med., vol. 344, '
            "no. 5, pp. 363-370, 2001."
        ),
        "Brown AB, Green C. The knee. 3rd ed. Edinburgh: Churchill Livingstone; 2012.",
        "Low back pain.\n\nDeyo RA, Weinstein JN.\n\nN Engl J Med. 2001 Feb 1;344(5):363-70. Review.",
        "Sore Knees. US National Library of Medicine. Available at: The Library.",
        "What a Sore Knee Tells You. WebMD. Available at:",
        "HealthDay, WMDNfrom. Walks for Sore Knees. WebMD. Available at:",
        "Nurses find that walks help sore knees. Mercy News Center. 2014. Available at:",
        (
            "Mayo Clinic Staff. Sore knees. Mayo Clinic. https://www.mayoclinic.org/knees. "
            "Accessed March 3, 2015."
        ),
        "Centers for Disease Control and Prevention. (2020). Sore knees. https://www.cdc.gov/knees/",
        "Machado GC, et al. Pills for sore knees. BMJ 2015;350:h1225.",
    ],
)
def test_references_score_high(text: str) -> None:
    assert likeness(text) > 0.6


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Home",
        "References",
        "Suggested Reading:",
        "Your Name (required)",
        "Torn cartilage",
        "Pain below the kneecap that gets worse on stairs",
        "Knees hurt many people. They can be sore after a fall, or after years of running on hard roads.",
        "Of the 40 people in the study, 20 said that their knees were better after 12 months [2].",
        "Dr. Anna Brown, who led the trial, explains that her team will now look at hips.",
        "Brown et al. (2015) showed that walks help, and we agree with them.",
        "Call us at 404-555-1234 or visit 12 Main Street, Atlanta, GA 30322.",
        "© 2015 Mercy Clinic. All rights reserved.",
        "The mean score was 12.4 (1.37; 0.91-2.06, P = 0.135) in one arm.",
        "Growth of small cells. Report of a case",
        "Treatments include:",
    ],
)
def test_prose_and_labels_score_low(text: str) -> None:
    assert likeness(text) < 0.3


@pytest.mark.parametrize(
    "line",
    [
        "Stem Cells. 2015 Jan;33(1):146-56.",
        "Stem\u00a0Cells. 2015 Jan;33(1):146-56. doi: 10.1002/stem.1845.",
        "Spine (Phila Pa 1976). 2009 Apr 15;34(8):776-84.",
        "BMJ 2010;340:c869.",
        "J Bone Joint Surg Am. 2014;96:1-9",
        "Cochrane Database Syst Rev. 2012 Sep 12;(9):CD008880.",
        "BMC Musculoskelet Disord. 2015 Apr 22;16:97. eCollection 2015. Review.",
    ],
)
def test_source_lines(line: str) -> None:
    assert is_source_line(line)
    assert not is_author_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Deyo RA, Weinstein JN. Low back pain. N Engl J Med. 2001;344(5):363-70.",
        "Deyo RA. Low back pain. Spine. 2001;26:1-9.",
        "Low back pain. Spine. 2001;26:1-9.",
        "Low back pain.",
        "The clinic opened in 2015; 33 people came.",
        "",
    ],
)
def test_no_source_lines(line: str) -> None:
    assert not is_source_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Deyo RA, Weinstein JN.",
        "Orozco L, Sánchez A, García-Sancho J.",
        "Smith, J. A., & Jones, B.",
        "Deyo RA, et al.",
        "Brown A.",
    ],
)
def test_author_lines(line: str) -> None:
    assert is_author_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Low back pain.",
        "Back Pain, Neck Pain",
        "Nerve Impingement",
        "Contact Us",
        "",
        "Knees: Facts and Myths.",
    ],
)
def test_no_author_lines(line: str) -> None:
    assert not is_author_line(line)
