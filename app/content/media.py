"""Files beside the lessons: which kinds there are, and whether a file is what its name says."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Literal, NamedTuple

from PIL import Image

from app.content.drawings import read_drawing

Kind = Literal["picture", "sound", "film", "captions"]


class MediaType(NamedTuple):
    """What the ending of a name promises."""

    kind: Kind
    name: str


TYPES: Mapping[str, MediaType] = {
    "svg": MediaType("picture", "image/svg+xml"),
    "png": MediaType("picture", "image/png"),
    "jpg": MediaType("picture", "image/jpeg"),
    "jpeg": MediaType("picture", "image/jpeg"),
    "webp": MediaType("picture", "image/webp"),
    "mp4": MediaType("film", "video/mp4"),
    "webm": MediaType("film", "video/webm"),
    "ogg": MediaType("sound", "audio/ogg"),
    "mp3": MediaType("sound", "audio/mpeg"),
    "m4a": MediaType("sound", "audio/mp4"),
    "vtt": MediaType("captions", "text/vtt"),
}
_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}


def type_of(name: str) -> MediaType | None:
    """Return what the ending of a name promises, or None for an ending of no use."""
    return TYPES.get(name.rpartition(".")[2]) if "." in name else None


def is_what_it_says(media: MediaType, data: bytes) -> bool:
    """Say whether the beginning of a file fits the ending of its name."""
    if media.kind == "picture":
        return picture_size(media, data) is not None or _is_drawing(media, data)
    if media.name in ("video/mp4", "audio/mp4"):
        return data[4:8] == b"ftyp"
    if media.name == "video/webm":
        return data.startswith(b"\x1aE\xdf\xa3") and b"webm" in data[:64]
    if media.name == "audio/mpeg":
        return data.startswith(b"ID3") or (data[:1] == b"\xff" and data[1:2] >= b"\xe0")
    return data.startswith(b"OggS" if media.kind == "sound" else b"WEBVTT")


def picture_size(media: MediaType, data: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels, or None when the picture does not tell them."""
    if media.name == "image/svg+xml":
        return read_drawing(data).size
    if media.kind != "picture":
        return None
    try:
        with Image.open(BytesIO(data), formats=[_FORMATS[media.name]]) as picture:
            size = picture.size
            picture.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return size


def _is_drawing(media: MediaType, data: bytes) -> bool:
    return media.name == "image/svg+xml" and not read_drawing(data).broken_at
