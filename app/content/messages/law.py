"""What the check says of dates of the law."""

from __future__ import annotations

from app.content.messages.message import Message

MESSAGES: dict[str, Message] = {}
