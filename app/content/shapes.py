"""The shape of a compiled course: plain data, ready for JSON.

`by language` means a mapping with the keys en, ru and be. Every `…html` and every text of
items and scenarios is sanitised HTML; titles, terms and names are plain text to be escaped.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

ByLanguage = dict[str, str]


class ReferenceData(TypedDict):
    """One line of a list of sources; see `app.content.references.Reference`."""

    number: int
    anchor: str
    key: str
    title: str
    symbol: str | None
    pinpoint: str
    publisher: str
    date: str | None
    url: str | None
    status: str
    national_law: bool
    version: str | None
    backlinks: list[str]
    html: str


class PartData(TypedDict):
    """HTML, or the id of what stands here (`recall` and `practice` name items).

    A figure has `name`, `alt` (plain text), `caption` (inline HTML), its size and, for the
    address, the beginning of the hash of its file. A recording brings itself in the language of
    the page, and the files it names; a question of the journal brings its text.
    """

    type: Literal["html", "recall", "practice", "scenario", "aid", "figure", "recording", "journal"]
    html: NotRequired[str]
    id: NotRequired[str]
    name: NotRequired[str]
    alt: NotRequired[str]
    caption: NotRequired[str]
    width: NotRequired[int | None]
    height: NotRequired[int | None]
    version: NotRequired[str]
    lang: NotRequired[str]
    recording: NotRequired[RecordingData]
    files: NotRequired[dict[str, MediaData]]
    prompt: NotRequired[PromptData]


class PromptData(TypedDict):
    """A question that a learner answers for herself, in plain text; `hint` may be empty."""

    lesson: str
    text: str
    hint: str


class ScreenData(TypedDict):
    """One screen; `id` is s1, s2 … in every language alike."""

    id: str
    kind: str
    title: str
    parts: list[PartData]


class TermData(TypedDict):
    """A term that the lesson links to; `definition` is HTML.

    Each of its `uses`, counted from 1, has the id `use-<id>-<n>` and links to `#term-<id>-<n>`.
    """

    id: str
    term: str
    definition: str
    uses: int


class LessonData(TypedDict):
    """A lesson in one language; `html_bytes` is the size of its HTML parts in UTF-8."""

    title: str
    screens: list[ScreenData]
    references: list[ReferenceData]
    terms: list[TermData]
    words: int
    html_bytes: int


class AidData(TypedDict):
    """A job aid in one language."""

    title: str
    html: str
    references: list[ReferenceData]


class OptionText(TypedDict):
    """An option in one language; `text` is inline HTML, `rationale` blocks."""

    id: str
    text: str
    rationale: str
    references: list[ReferenceData]


class ItemText(TypedDict):
    """An item in one language; `stem` is HTML blocks. Options stand in written order."""

    stem: str
    options: list[OptionText]


class ItemData(TypedDict):
    """An item; `key` is the id of the right option, `hash` covers all the rest."""

    id: str
    use: str
    lesson: str
    objective: int
    level: str
    red_line: bool
    type: str
    keep_order: bool
    national_law_review: str | None
    option_ids: list[str]
    key: str
    text: dict[str, ItemText]
    hash: str


class ExtraText(TypedDict):
    """A paragraph shown when the fact named by `fact` is known and `when` holds, where given."""

    fact: str | None
    when: WhenData | None
    text: str


class ChoiceText(TypedDict):
    """A choice in one language; `text`, `phrase` and `state` are inline HTML.

    `change` holds the steps of each state, the rest of the rules is as in the file.
    """

    id: str
    text: str
    verdict: str
    consequence: str
    rule: str
    repair: str
    phrase: str
    state: ByLanguage
    change: dict[str, int]
    reveals: list[str]
    when: WhenData | None
    ways: list[WayData]
    next: str
    references: list[ReferenceData]


class NodeText(TypedDict):
    """A node in one language."""

    id: str
    text: str
    extras: list[ExtraText]
    choices: list[ChoiceText]


class WhenData(TypedDict):
    """A condition; see `app.content.case_model.When`."""

    known: list[str]
    unknown: list[str]
    at_least: dict[str, int]
    at_most: dict[str, int]


class WayData(TypedDict):
    """Where a choice leads while its condition holds."""

    when: WhenData
    to: str


class IdText(TypedDict):
    """An ending or a hidden fact in one language."""

    id: str
    text: str


class ScenarioText(TypedDict):
    """A scenario in one language; `references` are those of the texts outside choices."""

    title: str
    intro: str
    warning: str
    facts: list[IdText]
    nodes: list[NodeText]
    endings: list[IdText]
    references: list[ReferenceData]


class ScenarioData(TypedDict):
    """A scenario; `best_path` lists node ids, `hash` covers all the rest."""

    id: str
    lesson: str
    minutes: int
    roles: list[str]
    start: str
    state: dict[str, int]
    best_path: list[str]
    text: dict[str, ScenarioText]
    hash: str


class ObjectiveData(TypedDict):
    """An objective; `text` by language."""

    id: int
    level: str
    competence: str
    text: ByLanguage
    rights: list[str]
    scored: bool


class LessonMetaData(TypedDict):
    """A lesson as the course lists it."""

    id: str
    minutes: int
    objectives: list[int]


class CourseData(TypedDict):
    """What course.yaml says of the course, texts by language."""

    id: str
    code: str
    title: ByLanguage
    summary: ByLanguage
    roles: list[str]
    prerequisites: list[str]
    objectives: list[ObjectiveData]
    lessons: list[LessonMetaData]
    scenarios: list[str]
    aids: list[str]


class ReviewData(TypedDict):
    """What was reviewed: `done` and `of` count part, language and office together.

    `parts` holds the day by part, language and office, only for reviews that still hold.
    """

    state: Literal["open", "closed"]
    done: int
    of: int
    parts: dict[str, dict[str, dict[str, str]]]


class MediaData(TypedDict):
    """A file of the course; `hash` is its SHA-256, `size` in bytes, the others in pixels."""

    hash: str
    type: str
    size: int
    width: int | None
    height: int | None


class FilmData(TypedDict):
    """Sound or film in one language; `file`, `captions` and `poster` name media.

    `transcript` is HTML, `captions` is a WebVTT file.
    """

    kind: Literal["audio", "video"]
    title: str
    seconds: int
    file: str
    captions: str
    transcript: str
    poster: str | None
    poster_alt: str


class SceneData(TypedDict):
    """A drawing with what stands below it; `alt` is in the language of the page.

    `drawing` is SVG to stand in a page, `captions` are plain text by language.
    """

    seconds: int
    drawing: str
    alt: str
    captions: ByLanguage


class StoryData(TypedDict):
    """A silent film that the page itself draws, in one language; `transcript` is HTML."""

    kind: Literal["scenes"]
    title: str
    seconds: int
    transcript: str
    scenes: list[SceneData]


RecordingData = FilmData | StoryData


class CellData(TypedDict):
    """How many items of one kind a final draws."""

    objective: int
    level: str
    red_line: bool
    draw: int


class FinalData(TypedDict):
    """Rules of the final; `items` is the whole draw, `wait_hours` by failed attempt as text."""

    cut_score: str
    attempts: int
    wait_hours: dict[str, int]
    reopen_after: int | None
    seconds_per_item: int
    draw: list[CellData]
    items: int


class DiagnosticData(TypedDict):
    """A test before the course; who passes may leave out the lessons of `skips`."""

    minutes: int
    cut_score: str
    skips: list[str]


class RefresherData(TypedDict):
    """When items are asked again, in months after the certificate."""

    minutes: int
    months_after: list[int]


class RulesData(TypedDict):
    """Rules of the course."""

    final: FinalData
    diagnostic: DiagnosticData | None
    refresher: RefresherData | None
    completion: list[str]
    valid_months: int
    renewal_opens_days_before: int | None


class LawEntry(TypedDict):
    """A law of the country that the course cites; `title` by language."""

    key: str
    title: ByLanguage
    symbol: str | None
    version: str | None


class LawData(TypedDict):
    """State of the national law; `owner` by language."""

    as_of: str
    owner: ByLanguage
    review_due: str
    entries: list[LawEntry]


class MinutesData(TypedDict):
    """Minutes of work; `final` is rounded up."""

    lessons: int
    scenarios: int
    final: int
    total: int


class GlossaryText(TypedDict):
    """A term of the course in one language; `definition` is inline HTML."""

    term: str
    definition: str
    confirmed: bool
    references: list[ReferenceData]


class EditionData(TypedDict):
    """A whole course. `hours` has one decimal, rounded half up."""

    format: int
    course: CourseData
    lessons: dict[str, dict[str, LessonData]]
    aids: dict[str, dict[str, AidData]]
    items: dict[str, ItemData]
    scenarios: dict[str, ScenarioData]
    rules: RulesData
    review: ReviewData
    media: dict[str, MediaData]
    recordings: dict[str, dict[str, RecordingData]]
    national_law: LawData
    minutes: MinutesData
    hours: str
    glossary: dict[str, dict[str, GlossaryText]]
