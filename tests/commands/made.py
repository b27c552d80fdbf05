"""Entries, pages and answers that the tests of the commands share; all of them made up or plain facts."""

from __future__ import annotations

from typing import Any

PETTINE = """@article{pettine2015,
  author = {Pettine, Kenneth A. and Murphy, Matthew B. and Suzuki, Richard K. and Sand, Theodore T.},
  title = {Percutaneous injection of autologous bone marrow concentrate cells significantly reduces
           lumbar discogenic pain through 12 months},
  journal = {Stem Cells},
  year = {2015},
  volume = {33},
  number = {1},
  pages = {146--156},
  doi = {10.1002/stem.1845},
}
"""

KROCK = """@article{krock2015,
  author = {Krock, Emerson and Rosenzweig, Derek H. and Haglund, Lisbet},
  title = {The Inflammatory Milieu of the Degenerate Disc: Is Mesenchymal Stem Cell-based Therapy for
           Intervertebral Disc Repair a Feasible Approach?},
  journal = {Current Stem Cell Research {\\&} Therapy},
  year = {2015},
  volume = {10},
  number = {4},
  pages = {317--328},
}
"""

KROCK_TEXT = (
    "Krock E, Rosenzweig DH, Haglund L. The Inflammatory Milieu of the Degenerate Disc: Is Mesenchymal Stem "
    "Cell-based Therapy for Intervertebral Disc Repair a Feasible Approach? Curr Stem Cell Res Ther. "
    "2015;10(4):317-28."
)

PETTINE_TEXT = (
    "Pettine KA, Murphy MB, Suzuki RK, Sand TT. Percutaneous injection of autologous bone marrow concentrate "
    "cells significantly reduces lumbar discogenic pain through 12 months. Stem Cells. 2015;33(1):146-56. "
    "doi: 10.1002/stem.1845."
)

RETRACTED = """@article{hollow2012,
  author = {Hollow, Gregor and Vane, Ida},
  title = {Marrow Cells Abolish Back Pain in a Week: A Trial That Was Not},
  journal = {Annals of Imaginary Cell Therapy},
  year = {2012},
  volume = {5},
  number = {2},
  pages = {55--63},
  doi = {10.99999/standin.retracted},
}
"""

NOTICE: dict[str, Any] = {
    "DOI": "10.99999/standin.late-notice",
    "type": "retraction",
    "label": "Retraction",
    "source": "publisher",
    "updated": {"date-parts": [[2026, 3, 1]], "date-time": "2026-03-01T00:00:00Z", "timestamp": 0},
}


def web(url: str, key: str = "backs2020", title: str = "About backs", more: str = "") -> str:
    """Return the entry of a web page."""
    return f"@online{{{key},\n  title = {{{title}}},\n  url = {{{url}}},\n  year = {{2020}},{more}\n}}\n"
