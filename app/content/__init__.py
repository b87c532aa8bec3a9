"""Course content: text files in, frozen values, rendered editions and problems out.

Pure: no web framework, no database, no clock.
"""

from __future__ import annotations

LANGUAGES = ("en", "ru", "be")
MAX_LENGTH = 18_000  # characters of one text
