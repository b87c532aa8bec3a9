"""What the check says of reviews."""

from __future__ import annotations

from app.content.messages.message import Message

MESSAGES: dict[str, Message] = {}
