"""`python -m app.content [root]`: print what is wrong with the content files."""

from __future__ import annotations

import sys
from pathlib import Path

from app.content.load import load


def main(root: Path) -> int:
    """Print all problems; return 1 when one of them is an error."""
    loaded = load(root)
    for problem in loaded.problems:
        sys.stdout.write(f"{problem.format()}\n")
    return int(loaded.has_errors)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
