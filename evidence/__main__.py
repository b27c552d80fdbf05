"""`python -m evidence`: the same as the command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    import gc

    from evidence.cli import main as command

    # A run makes many objects and few cycles: looking for these at every 700th costs a tenth of a check.
    gc.set_threshold(50_000, 20, 20)

    sys.exit(command())


if __name__ == "__main__":
    main()
