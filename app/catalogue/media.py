"""The files of editions: each stored once, however many editions show it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.catalogue.models import EditionMedia, MediaFile
from app.content.shapes import MediaData
from app.db import added, db


def store_media(
    edition_id: int, media: Mapping[str, MediaData], files: Mapping[str, bytes]
) -> None:
    """Store the files of a new edition; `files` holds what is in them, by hash."""
    hashes = {one["hash"] for one in media.values()}
    known = set(db.session.scalars(select(MediaFile.hash).where(MediaFile.hash.in_(hashes))))
    for one in media.values():
        if one["hash"] not in known:
            known.add(one["hash"])
            data = files[one["hash"]]
            added(MediaFile(hash=one["hash"], media_type=one["type"], size=one["size"], data=data))
    db.session.add_all(
        EditionMedia(edition_id=edition_id, name=name, file_hash=one["hash"])
        for name, one in media.items()
    )


def media(edition_id: int, name: str) -> MediaFile | None:
    """A file of an edition; what is in it is loaded when it is asked for."""
    query = (
        select(EditionMedia)
        .options(joinedload(EditionMedia.file))
        .where(EditionMedia.edition_id == edition_id, EditionMedia.name == name)
    )
    found = db.session.scalars(query).first()
    return found.file if found else None
