"""`python -m evidence`: the same as the command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from evidence.cli import main as command

    sys.exit(command())


if __name__ == "__main__":
    main()
