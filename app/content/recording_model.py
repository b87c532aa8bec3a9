"""What a description in `media/` says: sound, a film, or scenes that the page draws itself."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ModelWrapValidatorHandler, model_validator

from app.content.model import Id, Line, Model, Positive, Text


class Recording(Model):
    """Something that plays, with its whole text; reading one gives a `Film` or a `Story`."""

    id: Id
    kind: Literal["audio", "video", "scenes"]
    title: Text
    transcript: Text

    @model_validator(mode="wrap")
    @classmethod
    def _of_its_kind(cls, data: Any, handler: ModelWrapValidatorHandler[Recording]) -> Recording:
        if cls is not Recording or not isinstance(data, dict):
            return handler(data)
        if model := _MODELS.get(str(data.get("kind"))):
            return model.model_validate(data)
        return handler({key: data[key] for key in data if key in cls.model_fields})


class Film(Recording):
    """Sound or film: local files and captions."""

    kind: Literal["audio", "video"]
    file: Line
    seconds: Positive
    captions: Text
    poster: Line | None = None
    poster_alt: Text | None = None


class Scene(Model):
    """A drawing that stands for some seconds; `alt` says what it shows in the end."""

    file: Line
    seconds: Positive
    caption: Text
    alt: Text


class Story(Recording):
    """A silent film of drawings that are part of the page."""

    kind: Literal["scenes"]
    scenes: tuple[Scene, ...]

    @property
    def seconds(self) -> int:
        """How long it lasts."""
        return sum(scene.seconds for scene in self.scenes)


_MODELS: dict[str, type[Recording]] = {"audio": Film, "video": Film, "scenes": Story}
