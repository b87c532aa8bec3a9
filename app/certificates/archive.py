"""Many certificates as one ZIP file, sent piece by piece, with a list of what is in it."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from app.certificates import rules, serial
from app.certificates.rules import Printed

MANIFEST = "manifest.csv"
COLUMNS = ("file", "serial", "name", "name_latin", "course", "issued_on", "valid_until", "sha256")


class _Pieces(io.RawIOBase):
    """What was written since the last look."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._waiting.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        taken, self._waiting = b"".join(self._waiting), []
        return taken


def stream(prints: Sequence[Printed], render: Callable[[Printed], bytes]) -> Iterator[bytes]:
    """Yield a ZIP of the certificates; only one of them is in memory at a time.

    The manifest comes last and names each file with its SHA-256. When a certificate cannot be
    drawn the file ends without its directory, so that no reader takes it for whole.
    """
    pieces = _Pieces()
    rows: list[tuple[str, ...]] = []
    with zipfile.ZipFile(pieces, "w", zipfile.ZIP_STORED) as archive:
        for printed in prints:
            name, content = rules.file_name(printed), render(printed)
            archive.writestr(_entry(name, printed.issued_on), content)
            rows.append(_row(name, printed, content))
            yield pieces.take()
        last = max((printed.issued_on for printed in prints), default="1980-01-01")
        archive.writestr(_entry(MANIFEST, last), _manifest(rows))
    yield pieces.take()


def _entry(name: str, day: str) -> zipfile.ZipInfo:
    on = date.fromisoformat(day)
    return zipfile.ZipInfo(name, (on.year, on.month, on.day, 0, 0, 0))


def _row(name: str, printed: Printed, content: bytes) -> tuple[str, ...]:
    return (
        name,
        serial.shown(printed.serial),
        printed.name,
        printed.latin_name,
        printed.course_code,
        printed.issued_on,
        printed.valid_until or "",
        hashlib.sha256(content).hexdigest(),
    )


def _manifest(rows: Sequence[Sequence[str]]) -> bytes:
    """Return the list as Excel opens it: UTF-8 with its mark, semicolons, no formulas."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows([_no_formula(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _no_formula(value: str) -> str:
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t")) else value
