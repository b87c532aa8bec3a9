"""What the check says of coverage of rights."""

from __future__ import annotations

from app.content.messages.message import Message

MESSAGES: dict[str, Message] = {}
