"""References to real works, typed from memory in the ways that people cite them: what a reader sees in each."""

from __future__ import annotations

from typing import Any

import pytest

from evidence.parsing import parse
from evidence.report.works import work_fields

REFERENCES: list[tuple[str, dict[str, Any]]] = [
    (
        ("CDC. Arthritis Basics. https://www.cdc.gov/arthritis/basics/index.html. Accessed March 4, 2023."),
        {
            "authors": "CDC",
            "title": "Arthritis Basics",
        },
    ),
    (
        (
            "Mayo Clinic. Herniated disk. Mayo Clinic website. Updated February 8, 2022. "
            "Accessed June 3, 2023. "
            "https://www.mayoclinic.org/diseases-conditions/herniated-disk/symptoms-causes/syc-20354095"
        ),
        {
            "authors": "Mayo Clinic",
            "title": "Herniated disk",
            "year": 2022,
        },
    ),
    (
        (
            "Cleveland Clinic. Degenerative Disk Disease. Last reviewed 05/26/2021. "
            "https://my.clevelandclinic.org/health/diseases/16912-degenerative-disk-disease"
        ),
        {
            "authors": "Cleveland Clinic",
            "title": "Degenerative Disk Disease",
        },
    ),
    (
        ("NHS. Sciatica. Available at: https://www.nhs.uk/conditions/sciatica/ (accessed 12 May 2022)."),
        {
            "authors": "NHS",
            "title": "Sciatica",
        },
    ),
    (
        (
            "World Health Organization. Low back pain. World Health Organization; 2023 Jun 19 "
            "[cited 2024 Feb 1]. Available from: "
            "https://www.who.int/news-room/fact-sheets/detail/low-back-pain"
        ),
        {
            "authors": "World Health Organization",
            "title": "Low back pain",
            "year": 2023,
            "publisher": "World Health Organization",
        },
    ),
    (
        (
            "World Health Organization. (2021, September 17). Depression. "
            "https://www.who.int/news-room/fact-sheets/detail/depression"
        ),
        {
            "authors": "World Health Organization",
            "title": "Depression",
            "year": 2021,
        },
    ),
    (
        (
            "National Institute of Neurological Disorders and Stroke. Low Back Pain Fact Sheet. "
            "NIH Publication No. 20-NS-5161. Bethesda, MD: NINDS; 2020."
        ),
        {
            "authors": "National Institute of Neurological Disorders and Stroke",
            "title": "Low Back Pain Fact Sheet",
            "year": 2020,
        },
    ),
    (
        (
            "Donnally CJ, Hanna A, Varacallo M. Lumbar Degenerative Disk Disease. In: StatPearls "
            "[Internet]. Treasure Island (FL): StatPearls Publishing; 2023 Jan-. Available from: "
            "https://www.ncbi.nlm.nih.gov/books/NBK448134/"
        ),
        {
            "authors": "Donnally; Hanna; Varacallo",
            "title": "Lumbar Degenerative Disk Disease",
            "container": "StatPearls",
            "year": 2023,
            "publisher": "StatPearls Publishing",
        },
    ),
    (
        (
            "Sciatica. Mayo Clinic. "
            "https://www.mayoclinic.org/diseases-conditions/sciatica/symptoms-causes/syc-20377435. "
            "Accessed 5/2/2021"
        ),
        {
            "title": "Sciatica",
            "container": "Mayo Clinic",
        },
    ),
    (
        (
            "Back Pain Facts and Statistics. American Chiropractic Association. Retrieved from "
            "https://www.acatoday.org/Patients/What-is-Chiropractic/Back-Pain-Facts-and-Statistics"
        ),
        {
            "title": "Back Pain Facts and Statistics",
            "container": "American Chiropractic Association",
        },
    ),
    (
        ("Brazier Y. What is sciatica and how can I treat it? Medical News Today. December 14, 2017."),
        {
            "authors": "Brazier",
            "title": "What is sciatica and how can I treat it?",
            "container": "Medical News Today",
            "year": 2017,
        },
    ),
    (
        (
            "Maher C, Underwood M, Buchbinder R. Non-specific low back pain. Lancet. 2017 Feb "
            "18;389(10070):736-747. doi: 10.1016/S0140-6736(16)30970-9. Epub 2016 Oct 11. PMID: "
            "27745712."
        ),
        {
            "authors": "Maher; Underwood; Buchbinder",
            "title": "Non-specific low back pain",
            "container": "Lancet",
            "year": 2017,
            "volume": "389",
            "issue": "10070",
            "pages": "736-747",
            "doi": "10.1016/s0140-6736(16)30970-9",
            "pmid": "27745712",
        },
    ),
    (
        (
            "Weinstein JN, Tosteson TD, Lurie JD, et al. Surgical vs nonoperative treatment for "
            "lumbar disk herniation: the Spine Patient Outcomes Research Trial (SPORT): a "
            "randomized trial. JAMA 2006; 296: 2441–50."
        ),
        {
            "authors": "Weinstein; Tosteson; Lurie",
            "title": "Surgical vs nonoperative treatment for lumbar disk herniation: the Spine Patient Outcomes Research Trial (SPORT): a randomized trial",
            "container": "JAMA",
            "year": 2006,
            "volume": "296",
            "pages": "2441-50",
        },
    ),
    (
        (
            "Chou R, Qaseem A, Snow V, Casey D, Cross JT Jr, Shekelle P, Owens DK. Diagnosis and "
            "treatment of low back pain: a joint clinical practice guideline. Ann Intern Med. "
            "2007;147(7):478-91."
        ),
        {
            "authors": "Chou; Qaseem; Snow; Casey; Cross; Shekelle; Owens",
            "container": "Ann Intern Med",
            "year": 2007,
            "volume": "147",
            "issue": "7",
            "pages": "478-91",
        },
    ),
    (
        (
            "Brinjikji W, et al. Systematic literature review of imaging features of spinal "
            "degeneration in asymptomatic populations. AJNR Am J Neuroradiol 2015;36:811-6."
        ),
        {
            "authors": "Brinjikji",
            "title": "Systematic literature review of imaging features of spinal degeneration in asymptomatic populations",
            "container": "AJNR Am J Neuroradiol",
            "year": 2015,
            "volume": "36",
            "pages": "811-6",
        },
    ),
    (
        (
            "Furlan AD, Giraldo M, Baskwill A, Irvin E, Imamura M. Massage for low-back pain. "
            "Cochrane Database Syst Rev. 2015 Sep 1;(9):CD001929."
        ),
        {
            "authors": "Furlan; Giraldo; Baskwill; Irvin; Imamura",
            "title": "Massage for low-back pain",
            "container": "Cochrane Database Syst Rev",
            "year": 2015,
            "pages": "CD001929",
        },
    ),
    (
        (
            "Dominici M, Le Blanc K, Mueller I, et al: Minimal criteria for defining multipotent "
            "mesenchymal stromal cells. The International Society for Cellular Therapy position "
            "statement. Cytotherapy 8:315-317, 2006"
        ),
        {
            "authors": "Dominici; Le Blanc; Mueller",
            "container": "Cytotherapy",
            "year": 2006,
            "volume": "8",
            "pages": "315-317",
        },
    ),
    (
        (
            "Pfirrmann CW, Metzdorf A, Zanetti M, Hodler J, Boos N. Magnetic resonance "
            "classification of lumbar intervertebral disc degeneration. Spine (Phila Pa 1976). "
            "2001 Sep 1;26(17):1873-8."
        ),
        {
            "authors": "Pfirrmann; Metzdorf; Zanetti; Hodler; Boos",
            "container": "Spine (Phila Pa 1976)",
            "year": 2001,
            "volume": "26",
            "issue": "17",
            "pages": "1873-8",
        },
    ),
    (
        (
            "GBD 2019 Diseases and Injuries Collaborators. Global burden of 369 diseases and "
            "injuries in 204 countries and territories, 1990–2019. Lancet 2020;396:1204–22"
        ),
        {
            "authors": "GBD 2019 Diseases and Injuries Collaborators",
            "title": "Global burden of 369 diseases and injuries in 204 countries and territories, 1990–2019",
            "container": "Lancet",
            "year": 2020,
            "volume": "396",
            "pages": "1204-22",
        },
    ),
    (
        (
            "Polack FP, Thomas SJ, Kitchin N, et al; C4591001 Clinical Trial Group. Safety and "
            "efficacy of the BNT162b2 mRNA Covid-19 vaccine. N Engl J Med. "
            "2020;383(27):2603-2615."
        ),
        {
            "title": "Safety and efficacy of the BNT162b2 mRNA Covid-19 vaccine",
            "container": "N Engl J Med",
            "year": 2020,
            "volume": "383",
            "issue": "27",
            "pages": "2603-2615",
        },
    ),
    (
        (
            'Deci, E. L., & Ryan, R. M. (2000). The "what" and "why" of goal pursuits: Human '
            "needs and the self-determination of behavior. Psychological Inquiry, 11(4), 227-268."
        ),
        {
            "authors": "Deci; Ryan",
            "container": "Psychological Inquiry",
            "year": 2000,
            "volume": "11",
            "issue": "4",
            "pages": "227-268",
        },
    ),
    (
        (
            "Bandura, A. (1977). Self-efficacy: Toward a unifying theory of behavioral change. "
            "Psychological Review, 84(2), 191–215. doi:10.1037/0033-295X.84.2.191"
        ),
        {
            "authors": "Bandura",
            "title": "Self-efficacy: Toward a unifying theory of behavioral change",
            "container": "Psychological Review",
            "year": 1977,
            "volume": "84",
            "issue": "2",
            "pages": "191-215",
        },
    ),
    (
        (
            "Braun, V. and Clarke, V. (2006) Using thematic analysis in psychology. Qualitative "
            "Research in Psychology, 3 (2). pp. 77-101."
        ),
        {
            "authors": "Braun; Clarke",
            "title": "Using thematic analysis in psychology",
            "container": "Qualitative Research in Psychology",
            "year": 2006,
            "volume": "3",
            "issue": "2",
            "pages": "77-101",
        },
    ),
    (
        (
            "Open Science Collaboration. (2015). Estimating the reproducibility of psychological "
            "science. Science, 349(6251), Article aac4716. "
            "https://doi.org/10.1126/science.aac4716"
        ),
        {
            "authors": "Open Science Collaboration",
            "title": "Estimating the reproducibility of psychological science",
            "container": "Science",
            "year": 2015,
            "volume": "349",
            "issue": "6251",
            "pages": "aac4716",
        },
    ),
    (
        (
            "Gottfredson, L. S. (1997). Mainstream science on intelligence: An editorial with 52 "
            "signatories, history, and bibliography [Editorial]. Intelligence, 24(1), 13–23."
        ),
        {
            "authors": "Gottfredson",
            "container": "Intelligence",
            "year": 1997,
            "volume": "24",
            "issue": "1",
            "pages": "13-23",
        },
    ),
    (
        (
            "Piaget, J. (1954). The construction of reality in the child (M. Cook, Trans.). New "
            "York: Basic Books. (Original work published 1937)"
        ),
        {
            "authors": "Piaget",
            "title": "The construction of reality in the child",
            "year": 1954,
            "publisher": "Basic Books",
        },
    ),
    (
        (
            "Shannon CE. A symbolic analysis of relay and switching circuits [master's thesis]. "
            "Cambridge (MA): Massachusetts Institute of Technology; 1940."
        ),
        {
            "authors": "Shannon",
            "title": "A symbolic analysis of relay and switching circuits",
            "year": 1940,
        },
    ),
    (
        (
            "Fielding, Roy Thomas. Architectural Styles and the Design of Network-based Software "
            "Architectures. Doctoral dissertation, University of California, Irvine, 2000."
        ),
        {
            "authors": "Fielding",
            "title": "Architectural Styles and the Design of Network-based Software Architectures",
            "year": 2000,
        },
    ),
    (
        (
            "ISO 9001:2015. Quality management systems — Requirements. Geneva: International "
            "Organization for Standardization; 2015."
        ),
        {
            "year": 2015,
            "publisher": "International Organization for Standardization",
        },
    ),
    (
        "Americans with Disabilities Act of 1990, Pub. L. No. 101-336, 104 Stat. 327 (1990).",
        {
            "year": 1990,
        },
    ),
    (
        (
            "Dean J, Ghemawat S. System and method for efficient large-scale data processing. US "
            "Patent 7,650,331. 2010."
        ),
        {
            "authors": "Dean; Ghemawat",
            "title": "System and method for efficient large-scale data processing",
            "year": 2010,
        },
    ),
    (
        (
            "Knuth DE. The Art of Computer Programming, Volume 1: Fundamental Algorithms. 3rd "
            "ed. Reading, MA: Addison-Wesley; 1997."
        ),
        {
            "authors": "Knuth",
            "year": 1997,
            "publisher": "Addison-Wesley",
        },
    ),
    (
        (
            "Kuhn, Thomas S. The Structure of Scientific Revolutions. 2nd ed. Chicago: "
            "University of Chicago Press, 1970."
        ),
        {
            "authors": "Kuhn",
            "title": "The Structure of Scientific Revolutions",
            "year": 1970,
            "publisher": "University of Chicago Press",
            "edition": "2nd ed",
        },
    ),
    (
        "Netter FH. Atlas of human anatomy. 6th ed. Philadelphia (PA): Saunders/Elsevier; 2014.",
        {
            "authors": "Netter",
            "title": "Atlas of human anatomy",
            "year": 2014,
            "publisher": "Saunders/Elsevier",
        },
    ),
    (
        (
            "Cormen, T.H., Leiserson, C.E., Rivest, R.L., Stein, C.: Introduction to Algorithms, "
            "3rd edn. MIT Press, Cambridge (2009)"
        ),
        {
            "authors": "Cormen; Leiserson; Rivest; Stein",
            "title": "Introduction to Algorithms",
            "year": 2009,
            "publisher": "MIT Press",
        },
    ),
    (
        "Edward Said, Orientalism (London: Routledge & Kegan Paul, 1978), p. 45.",
        {
            "authors": "Said",
            "title": "Orientalism",
            "year": 1978,
            "publisher": "Routledge & Kegan Paul",
        },
    ),
    (
        (
            "Bourdieu, P. (1986). The forms of capital. In J. Richardson (Ed.), Handbook of "
            "theory and research for the sociology of education (pp. 241–258). New York: "
            "Greenwood."
        ),
        {
            "authors": "Bourdieu",
            "title": "The forms of capital",
            "container": "Handbook of theory and research for the sociology of education",
            "year": 1986,
            "pages": "241-258",
            "editors": "Richardson",
            "publisher": "Greenwood",
        },
    ),
    (
        (
            "Benjamin, Walter: Das Kunstwerk im Zeitalter seiner technischen Reproduzierbarkeit. "
            "Frankfurt am Main: Suhrkamp 1963."
        ),
        {
            "authors": "Benjamin",
            "title": "Das Kunstwerk im Zeitalter seiner technischen Reproduzierbarkeit",
            "year": 1963,
            "publisher": "Suhrkamp",
        },
    ),
    (
        ("Luhmann, N. (1984): Soziale Systeme. Grundriß einer allgemeinen Theorie. Frankfurt/M.: Suhrkamp."),
        {
            "authors": "Luhmann",
            "year": 1984,
            "publisher": "Suhrkamp",
        },
    ),
    (
        ("FOUCAULT, Michel. Vigiar e punir: nascimento da prisão. 27. ed. Petrópolis: Vozes, 1999."),
        {
            "authors": "FOUCAULT",
            "title": "Vigiar e punir: nascimento da prisão",
            "year": 1999,
            "publisher": "Vozes",
        },
    ),
    (
        "Borges JL. Ficciones. Buenos Aires: Sur; 1944.",
        {
            "authors": "Borges",
            "title": "Ficciones",
            "year": 1944,
            "publisher": "Sur",
        },
    ),
    (
        ("Herodotus. The Histories. Translated by Aubrey de Sélincourt. Rev. ed. London: Penguin, 1996."),
        {
            "authors": "Herodotus",
            "title": "The Histories",
            "year": 1996,
            "publisher": "Penguin",
        },
    ),
    (
        (
            "Watson, J. D. & Crick, F. H. C. Molecular structure of nucleic acids: a structure "
            "for deoxyribose nucleic acid. Nature 171, 737–738 (1953)."
        ),
        {
            "authors": "Watson; Crick",
            "container": "Nature",
            "year": 1953,
            "volume": "171",
            "pages": "737-738",
        },
    ),
    (
        (
            "G. Aad et al. (ATLAS Collaboration), Observation of a new particle in the search "
            "for the Standard Model Higgs boson with the ATLAS detector at the LHC, Phys. Lett. "
            "B 716 (2012) 1–29."
        ),
        {
            "container": "Phys. Lett. B",
            "year": 2012,
            "volume": "716",
            "pages": "1-29",
        },
    ),
    (
        "L. Breiman, “Random forests,” Machine Learning, vol. 45, no. 1, pp. 5–32, 2001.",
        {
            "authors": "Breiman",
            "title": "Random forests",
            "container": "Machine Learning",
            "year": 2001,
            "volume": "45",
            "issue": "1",
            "pages": "5-32",
        },
    ),
    (
        (
            "Kingma, D.P., Ba, J.: Adam: A method for stochastic optimization. arXiv preprint "
            "arXiv:1412.6980 (2014)"
        ),
        {
            "authors": "Kingma; Ba",
            "title": "Adam: A method for stochastic optimization",
            "year": 2014,
        },
    ),
    (
        (
            "Arrhenius, S., 1896. On the influence of carbonic acid in the air upon the "
            "temperature of the ground. Philos. Mag. J. Sci. 41 (251), 237–276."
        ),
        {
            "authors": "Arrhenius",
            "title": "On the influence of carbonic acid in the air upon the temperature of the ground",
            "container": "Philos. Mag. J. Sci.",
            "year": 1896,
            "volume": "41",
            "issue": "251",
            "pages": "237-276",
        },
    ),
    (
        "Lorenz, E. N., 1963: Deterministic nonperiodic flow. J. Atmos. Sci., 20, 130–141.",
        {
            "authors": "Lorenz",
            "title": "Deterministic nonperiodic flow",
            "container": "J. Atmos. Sci.",
            "year": 1963,
            "volume": "20",
            "pages": "130-141",
        },
    ),
    (
        (
            "Nora (Pierre), « Entre mémoire et histoire », Les lieux de mémoire, t. 1, Paris, "
            "Gallimard, 1984, p. XV-XLII."
        ),
        {
            "title": "Entre mémoire et histoire",
            "year": 1984,
            "publisher": "Gallimard",
        },
    ),
    (
        ('Grady, Denise. "Stem Cell Treatment Blinds 3 Women." New York Times, 15 Mar. 2017, p. A1.'),
        {
            "authors": "Grady",
            "title": "Stem Cell Treatment Blinds 3 Women",
            "container": "New York Times",
            "year": 2017,
        },
    ),
    (
        ("McGinley L. (2017, August 28). FDA to crack down on stem-cell clinics. The Washington Post."),
        {
            "authors": "McGinley",
            "title": "FDA to crack down on stem-cell clinics",
            "container": "The Washington Post",
            "year": 2017,
        },
    ),
    (
        "IPCC, 2014: Climate Change 2014: Synthesis Report. IPCC, Geneva, Switzerland, 151 pp.",
        {
            "authors": "IPCC",
            "title": "Climate Change 2014: Synthesis Report",
            "year": 2014,
            "publisher": "IPCC",
        },
    ),
    (
        (
            "OECD (2019), Health at a Glance 2019: OECD Indicators, OECD Publishing, Paris, "
            "https://doi.org/10.1787/4dd50c09-en."
        ),
        {
            "authors": "OECD",
            "title": "Health at a Glance 2019: OECD Indicators",
            "year": 2019,
            "publisher": "OECD Publishing",
        },
    ),
    (
        (
            "Akerlof, George A. 1970. \"The Market for 'Lemons': Quality Uncertainty and the "
            'Market Mechanism." Quarterly Journal of Economics 84 (3): 488-500.'
        ),
        {
            "authors": "Akerlof",
            "container": "Quarterly Journal of Economics",
            "year": 1970,
            "volume": "84",
            "issue": "3",
            "pages": "488-500",
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), REFERENCES)
def test_a_reader_sees_the_same(text: str, expected: dict[str, Any]) -> None:
    fields = work_fields(parse(text).work)
    people = {
        role: "; ".join(name.get("literal") or name["family"] for name in fields.get(role, ()))
        for role in ("authors", "editors")
    }
    assert {field: people.get(field, fields.get(field)) for field in expected} == expected
