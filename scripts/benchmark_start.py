"""Print what starting costs: CPU time of the command against `python -c pass`, in the same run.

The least of several runs counts, since a busy machine only ever adds.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 12
ENTRY = """@article{{key{n},
  author = {{Smith, Anna and Jones, Bert}},
  title = {{Title number {n} of a paper about backs}},
  journal = {{J Imaginary Med}},
  year = 2010, volume = 3, pages = {{{n}--{m}}},
  doi = {{10.1234/jim.{n}}},
}}
"""


def least_cpu(command: list[str], folder: str) -> float:
    """Return the least CPU time (user and system, seconds) of some runs of a command."""
    environment = {**os.environ, "EVIDENCE_CACHE_DIR": str(Path(folder) / "no-cache")}
    best = float("inf")
    for _ in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    return best


def main() -> None:
    evidence = [sys.executable, "-m", "evidence"]
    with tempfile.TemporaryDirectory() as folder:
        entries = "\n".join(ENTRY.format(n=n, m=n + 9) for n in range(1, 21))
        Path(folder, "refs.bib").write_text(entries, encoding="utf-8")
        base = least_cpu([sys.executable, "-c", "pass"], folder)
        print(f"{'python -c pass':<44} {base * 1000:6.1f} ms")
        for name, words in {
            "evidence --help": ["--help"],
            "evidence check --offline, 20 entries": ["check", "--offline", "refs.bib"],
        }.items():
            spent = least_cpu([*evidence, *words], folder)
            print(f"{name:<44} {spent * 1000:6.1f} ms  {spent / base:5.1f} x")


if __name__ == "__main__":
    main()
