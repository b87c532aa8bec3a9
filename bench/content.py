"""The check of all content beside Python-Markdown alone on the same files, each in a fresh process.

`python -m bench.content ours` or `floor` prints the seconds of the work itself: the modules are
loaded before the clock starts, and nothing is left over from an earlier round.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("courses", "quizzes")
TEXT = (".md", ".yaml")
EXTENSIONS = ("tables", "def_list", "admonition", "sane_lists", "footnotes")


def ours() -> float:
    """Return the seconds that reading and checking everything takes."""
    from datetime import UTC, datetime

    from app.content.load import load

    today = datetime.now(UTC).date()
    start = time.perf_counter()
    load(ROOT, today=today)
    return time.perf_counter() - start


def floor() -> float:
    """Return the seconds that reading the files and converting each with Markdown takes."""
    from markdown import Markdown

    converter = Markdown(extensions=list(EXTENSIONS), output_format="html")
    start = time.perf_counter()
    for path in files():
        converter.reset()
        converter.convert(path.read_text(encoding="utf-8"))
    return time.perf_counter() - start


def files() -> list[Path]:
    """Return the content files, texts of lessons and data alike."""
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*"))]
    return [path for path in found if path.suffix in TEXT]


def measure(side: str) -> float:
    """Run one side in a process of its own."""
    command = [sys.executable, "-m", "bench.content", side]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(answer.stdout)


if __name__ == "__main__":
    print({"ours": ours, "floor": floor}[sys.argv[1]]())
