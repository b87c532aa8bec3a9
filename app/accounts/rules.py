"""Pure rules of accounts: numbers, codes, passwords, and two-person acts."""

from __future__ import annotations

import hashlib
import re
import secrets
from ipaddress import IPv4Address, IPv6Address, ip_address

from app.text import skeleton, squeeze

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that looks like something else
CODE_LENGTH = 12
PASSWORD_MIN = 10
PASSWORD_MAX = 128
_COMMON_TEXT = """
1234567890 0123456789 12345678910 1234567891 qwertyuiop 1q2w3e4r5t password123 passw0rd123
parol12345 йцукенгшщз пароль1234 password12 qwerty1234 qwerty12345 1111111111
"""
_COMMON = frozenset(_COMMON_TEXT.split())


def normal_service_number(text: str) -> str:
    """Return a service number as it is stored: no spaces or dashes, upper case, Latin look-alikes.

    Two spellings that look the same are the same number.
    """
    return skeleton(re.sub(r"[\s\-–—./]", "", text)).upper()


def normal_email(text: str) -> str:
    """Return an e-mail address as it is stored."""
    return squeeze(text).casefold()


def normal_identifier(text: str) -> str:
    """Return what a typed number or address is looked up by: one key for all its spellings."""
    return normal_email(text) if "@" in text else normal_service_number(text)


def name_key(surname: str, given_name: str, patronymic: str) -> str:
    """Return a key under which look-alike names are equal; it finds namesakes and doubles."""
    return "|".join(skeleton(part) for part in (surname, given_name, patronymic))


def short_name(surname: str, given_name: str, patronymic: str) -> str:
    """Return `Фамилия И. О.`, with spaces that do not break."""
    initials = [f"{part[0]}." for part in (given_name, patronymic) if part]
    return "\u00a0".join([surname, *initials])


def new_code() -> str:
    """Return a one-time code of about 59 random bits."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def shown_code(code: str) -> str:
    """Return the code in groups of four, as printed."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def normal_code(text: str) -> str:
    """Return a typed code as it was made: look-alike letters, spaces and dashes folded."""
    return re.sub(r"[^0-9A-Z]", "", skeleton(text).upper())


def token_hash(token: str) -> str:
    """Return the SHA-256 (hex) under which a random token or code is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def password_fault(password: str, *, own_words: tuple[str, ...] = ()) -> str | None:
    """Return what is wrong with a new password: short, long, common, own; None is fine.

    `own_words` are the person's number, address and names.
    """
    if len(password) < PASSWORD_MIN:
        return "short"
    if len(password) > PASSWORD_MAX:
        return "long"
    folded = password.casefold()
    if folded in _COMMON or len(set(folded)) < 4:
        return "common"
    if any(len(word) >= 4 and word.casefold() in folded for word in own_words):
        return "own"
    return None


def network_of(address: str) -> str:
    """Return the key under which a network address is counted.

    Whoever has one IPv6 address has 2**64 of them, so the first half stands for all.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Address(int(found) >> 64 << 64))


_BROWSERS = (
    ("Edg", "Edge"),
    ("YaBrowser/", "Yandex"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Return "Chrome, Android" for a browser's own description; empty when it is unknown."""
    found = (
        next((name for sign, name in signs if sign in user_agent), "")
        for signs in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(name for name in found if name)
