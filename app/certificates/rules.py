"""What a certificate is: its state, its days, what is printed on it and how that is sealed."""

from __future__ import annotations

import calendar
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.paper.names import to_ascii
from app.text import skeleton, squeeze

FORMAT = 1
KEY_PURPOSE = b"avrr/certificate/printed-fields/1"
VALID, REVOKED, SUPERSEDED = "valid", "revoked", "superseded"


class State(StrEnum):
    """What a certificate is worth on a day."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"


@dataclass(frozen=True)
class Reason:
    """Why a certificate lost its force. After some reasons the cycle may get another one."""

    code: str
    may_issue_again: bool


REVOCATION_REASONS = {
    reason.code: reason
    for reason in (
        Reason("error_in_name", may_issue_again=True),
        Reason("issued_in_error", may_issue_again=False),
        Reason("result_annulled", may_issue_again=False),
        Reason("other", may_issue_again=False),
    )
}
CORRECTION_REASONS = ("error_in_name", "name_changed")


@dataclass(frozen=True)
class Printed:
    """All that is printed on a certificate: a snapshot that fits in JSON.

    Titles and agency names are by language, those of `languages`. Days are ISO dates;
    `valid_until` is the last day of validity, or None without an end.
    """

    serial: str
    languages: tuple[str, ...]
    surname: str
    given_name: str
    patronymic: str
    surname_latin: str
    given_name_latin: str
    course_code: str
    course_titles: Mapping[str, str]
    edition: int
    pilot: bool
    completed_on: str
    issued_on: str
    valid_until: str | None
    cohort: str
    agency_names: Mapping[str, str]
    minutes: int
    law_as_of: str
    format: int = FORMAT

    @property
    def name(self) -> str:
        """The name as in the service record."""
        return " ".join(p for p in (self.surname, self.given_name, self.patronymic) if p)

    @property
    def latin_name(self) -> str:
        """The name in Latin script, empty if not recorded."""
        return " ".join(p for p in (self.surname_latin, self.given_name_latin) if p)

    @property
    def initials(self) -> str:
        """First letters of surname, name and patronymic."""
        parts = (self.surname, self.given_name, self.patronymic)
        return "\u00a0".join(f"{part[0]}." for part in parts if part)

    @property
    def short_name(self) -> str:
        """Surname with the initials of the other names, joined by underscores, for files."""
        initials = [part[0] for part in (self.given_name, self.patronymic) if part]
        return "_".join([self.surname, *initials])

    def to_json(self) -> dict[str, Any]:
        """Return the fields as plain data."""
        return json.loads(json.dumps(asdict(self)))  # type: ignore[no-any-return]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Printed:
        """Return the fields stored as plain data."""
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in data.items() if name in known}
        return cls(**{**values, "languages": tuple(data["languages"])})

    def with_names(self, names: Mapping[str, str], *, serial: str, issued_on: str) -> Printed:
        """Return the same facts for a corrected name, under a new serial."""
        return replace(self, **names, serial=serial, issued_on=issued_on)  # type: ignore[arg-type]

    def names(self) -> dict[str, str]:
        """Return the parts of the name, as `with_names` takes them."""
        return {name: getattr(self, name) for name in NAME_FIELDS}


NAME_FIELDS = ("surname", "given_name", "patronymic", "surname_latin", "given_name_latin")


def state_of(stored: str, expires_on: date | None, today: date) -> State:
    """Return the state on `today`, a day in the certificate's time zone.

    `expires_on` is the last day of validity. A certificate that was revoked or replaced stays
    so when its time has run out.
    """
    if stored != VALID:
        return State(stored)
    return State.EXPIRED if expires_on is not None and today > expires_on else State.VALID


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def languages_for(person_language: str) -> tuple[str, str]:
    """Return the two languages of a certificate: Belarusian or Russian, and English."""
    return ("be" if person_language == "be" else "ru", "en")


def canonical(printed: Printed) -> bytes:
    """Return the one JSON text of the printed fields: sorted keys, no spaces, UTF-8."""
    data = printed.to_json()
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def hash_key(secret: str) -> bytes:
    """Return the key of the hashes, derived from the secret of the installation."""
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=KEY_PURPOSE)
    return kdf.derive(secret.encode("utf-8"))


def print_hash(printed: Printed, key: bytes) -> str:
    """Return the keyed hash (HMAC-SHA256, hex) of the printed fields."""
    return hmac.new(key, canonical(printed), hashlib.sha256).hexdigest()


def is_what_was_printed(printed: Printed, key: bytes, stored_hash: str) -> bool:
    """Whether these fields are the ones that were certified, even if they are erased since."""
    return hmac.compare_digest(print_hash(printed, key), stored_hash)


def surname_matches(typed: str, printed: Printed) -> bool:
    """Whether the typed surname is the holder's, in either script, whatever look-alikes."""
    key = skeleton(typed)
    return bool(key) and key in {skeleton(printed.surname), skeleton(printed.surname_latin)}


def file_name(printed: Printed) -> str:
    """Return a readable file name: surname, initials, course, serial."""
    parts = (printed.short_name, printed.course_code, printed.serial)
    name = "_".join(squeeze(part) for part in parts)
    return re.sub(r'[\s/\\:*?"<>|\x00-\x1f]+', "_", name) + ".pdf"


def ascii_file_name(printed: Printed) -> str:
    """Return the file name in ASCII for programs that know no other; the serial is in it."""
    latin = replace(
        printed,
        surname=printed.surname_latin or printed.surname,
        given_name=printed.given_name_latin or printed.given_name,
        patronymic="",
    )
    return to_ascii(file_name(latin))
