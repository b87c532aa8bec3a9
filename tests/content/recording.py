"""Write, for a tree of a test, that its translations are of its present texts."""

from __future__ import annotations

from pathlib import Path

from app.content.files import Reader
from app.content.load import _read
from app.content.translated import standings, to_yaml, with_present


def record(root: Path) -> None:
    """Write translated.yaml of every course that can be read."""
    loaded = _read(Reader(root))
    for course_id, course in loaded.courses.items():
        parts = {one.part.id: one.part for one in standings(course_id, loaded)}
        source = course.value.source_language
        targets = [lang for lang in ("en", "ru", "be") if lang != source]
        text = to_yaml(with_present({}, [*parts.values()], source, targets, prune=True))
        (root / "courses" / course_id / "translated.yaml").write_text(text, encoding="utf-8")
