"""What the content check says, by code; `N_` marks text for translation."""

from __future__ import annotations

from app.content.messages import (
    cases,
    courses,
    coverage,
    files,
    forms,
    items,
    language,
    law,
    lessons,
    media,
    reviews,
    text,
    translations,
)
from app.content.messages.message import Message

__all__ = ["MESSAGES", "Message"]

MESSAGES: dict[str, Message] = {
    **files.MESSAGES,
    **text.MESSAGES,
    **lessons.MESSAGES,
    **courses.MESSAGES,
    **items.MESSAGES,
    **cases.MESSAGES,
    **forms.MESSAGES,
    **media.MESSAGES,
    **language.MESSAGES,
    **law.MESSAGES,
    **reviews.MESSAGES,
    **translations.MESSAGES,
    **coverage.MESSAGES,
}
