"""`python -m evidence`: the same as the command."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    import gc

    from evidence.cli import main as command

    # A run makes many objects and few cycles: looking for these at every 700th costs a tenth of a check.
    gc.set_threshold(50_000, 20, 20)

    code = command()
    if code == 130:
        # Whoever pressed Ctrl-C does not want to wait for answers that are still on their way.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
