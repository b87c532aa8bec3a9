"""Pictures, sound and film as plain data, and the files they are made of."""

from __future__ import annotations

from app.content.loaded import Loaded
from app.content.shapes import MediaData, RecordingData


def media_data(course_id: str, loaded: Loaded) -> dict[str, MediaData]:
    """Return the files of a course by name."""
    return {}


def recording_data(course_id: str, loaded: Loaded) -> dict[str, dict[str, RecordingData]]:
    """Return the recordings of a course by id and language."""
    return {}


def media_files(course_id: str, loaded: Loaded) -> dict[str, bytes]:
    """Return what is in the files of a course, by SHA-256."""
    return {}
