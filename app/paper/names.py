"""Names of files that are downloaded: a plain one for old programs, and the true one."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

_TRANSLITERATION = {
    **dict(zip("абвгдезийклмнопрстуфхы", "abvgdeziiklmnoprstufhy", strict=True)),
    **{"ё": "e", "ж": "zh", "і": "i", "ў": "u", "й": "j", "ц": "c", "ч": "ch", "ш": "sh"},
    **{"щ": "shch", "ъ": "", "ь": "", "э": "e", "ю": "ju", "я": "ja", "ł": "l", "ґ": "g"},
}


def to_ascii(text: str) -> str:
    """Return `text` in ASCII, for file names only; what has no letter there becomes `_`."""
    letters: list[str] = []
    for character in text:
        plain = _TRANSLITERATION.get(character.lower(), character)
        letters.append(plain.capitalize() if character.isupper() and plain else plain)
    folded = unicodedata.normalize("NFKD", "".join(letters))
    kept = "".join(c for c in folded if not unicodedata.combining(c))
    return re.sub(r"[^A-Za-z0-9._-]+", "_", kept)


def disposition(name: str, ascii_name: str) -> str:
    """Return the header of a download: a plain name, and the true one (RFC 8187)."""
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
