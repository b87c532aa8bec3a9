"""Frozen values of the content files; unknown keys are refused."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from app.content import MAX_LENGTH

Lang = Literal["en", "ru", "be"]
Level = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
Status = Literal["V", "V2", "V*", "UNVERIFIED"]
Use = Literal["final", "recall", "practice", "diagnostic", "refresher"]
Office = Literal["iom", "legal", "language"]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=MAX_LENGTH, strip_whitespace=True)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
RoughDay = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Positive = Annotated[StrictInt, Field(ge=1, le=10_000)]


class Model(BaseModel):
    """Base of all content values."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Model):
    """The same text in the three languages."""

    en: Line
    ru: Line
    be: Line

    def in_language(self, lang: str) -> str:
        """Return the text in `lang`, one of en, ru, be."""
        return {"en": self.en, "ru": self.ru, "be": self.be}[lang]


class SourceFact(Model):
    """What an entry says at one place, in our own words."""

    id: Id
    pinpoint: Line | None = None
    status: Status
    text: Line
    url: Line | None = None


class SourceEntry(Model):
    """One document of the source register."""

    key: Id
    title: Text
    symbol: Line | None = None
    publisher: Text
    date: RoughDay | None = None
    url: Line | None = None
    national_law: StrictBool = False
    version: Line | None = None
    facts: tuple[SourceFact, ...] = ()


class OpenQuestion(Model):
    """Something an organisation has to answer before release."""

    id: Id
    text: Text


class SourceRegister(Model):
    """All documents that may be cited, and the hosts that may be linked."""

    official_hosts: tuple[Line, ...] = ()
    entries: tuple[SourceEntry, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()


class Note(Model):
    """A remark for those who translate, in English at least."""

    en: Line
    ru: Line | None = None
    be: Line | None = None


class Confirmed(Model):
    """Whether an official text has the term."""

    ru: StrictBool
    be: StrictBool


class Avoided(Model):
    """Words that must not stand for a term, by language."""

    en: tuple[Line, ...] = ()
    ru: tuple[Line, ...] = ()
    be: tuple[Line, ...] = ()


class Term(Model):
    """A word that officers have to use with care."""

    id: Id
    number: Positive | None = None
    en: Line
    ru: Line
    be: Line
    confirmed: Confirmed
    note: Note | None = None
    definition: Text | None = None
    sources: tuple[Line, ...] = ()
    avoid: Avoided = Avoided()

    @property
    def term(self) -> Text:
        """The term itself."""
        return Text(en=self.en, ru=self.ru, be=self.be)


class Glossary(Model):
    """The terms of all courses."""

    terms: tuple[Term, ...] = ()


class NationalLaw(Model):
    """Which national law the course describes, who keeps it and until when."""

    as_of: Day
    owner: Text
    review_due: Day


class Objective(Model):
    """What a learner can do afterwards; `rights` are ids of courses/rights.yaml."""

    id: Positive
    level: Level
    competence: Line
    text: Text
    rights: tuple[Id, ...] = ()
    scored: StrictBool = True


class LessonMeta(Model):
    """A lesson as course.yaml lists it."""

    id: Id
    minutes: Positive
    objectives: tuple[Positive, ...]


class DrawCell(Model):
    """How many items of one kind a final draws."""

    objective: Positive
    level: Level
    red_line: StrictBool
    draw: Positive


class Final(Model):
    """Rules of the final; `cut_score` is a decimal share, `wait_hours` by failed attempt."""

    cut_score: Line
    attempts: Positive
    wait_hours: dict[Positive, Positive] = {}
    reopen_after: Positive | None = None
    seconds_per_item: Positive = 90
    draw: tuple[DrawCell, ...]


class Diagnostic(Model):
    """A test before the course; who passes may leave out the lessons of `skips`, nothing else."""

    minutes: Positive
    cut_score: Line
    skips: tuple[Id, ...]


class Refresher(Model):
    """When items of the objectives are asked again, in months after the certificate."""

    minutes: Positive
    months_after: tuple[Positive, ...]


class Renewal(Model):
    """From when on a course may be taken again."""

    opens_days_before: Positive


class CertificateRule(Model):
    """How long a certificate is valid, and when its renewal opens."""

    valid_months: Positive
    renewal: Renewal | None = None


class Course(Model):
    """One course.yaml."""

    id: Id
    code: Line
    title: Text
    summary: Text
    roles: tuple[Line, ...]
    prerequisites: tuple[Id, ...] = ()
    national_law: NationalLaw
    objectives: tuple[Objective, ...]
    lessons: tuple[LessonMeta, ...]
    scenarios: tuple[Id, ...] = ()
    aids: tuple[Id, ...] = ()
    glossary: tuple[Id, ...] = ()
    final: Final
    completion: tuple[Literal["lessons", "scenarios", "final"], ...]
    certificate: CertificateRule
    diagnostic: Diagnostic | None = None
    refresher: Refresher | None = None
    source_language: Lang = "ru"


class Option(Model):
    """One answer of an item, with the reason why it is right or wrong."""

    id: Id
    key: StrictBool = False
    text: Text
    rationale: Text
    sources: tuple[Line, ...] = ()


class Item(Model):
    """One question."""

    id: Id
    use: Use | None = None
    lesson: Id
    objective: Positive
    level: Level
    red_line: StrictBool = False
    type: Literal["single"]
    national_law_review: Day | None = None
    keep_order: StrictBool = False
    stem: Text
    options: tuple[Option, ...]


class Bank(Model):
    """One file of items."""

    course: Id
    use: Use | None = None
    items: tuple[Item, ...]


class FrontMatter(Model):
    """The head of a lesson or job aid."""

    title: Line


class Step(Model):
    """A course on the way through a programme."""

    course: Id
    optional: StrictBool = False


class Programme(Model):
    """A path: the courses that some roles take, in order."""

    id: Id
    title: Text
    summary: Text
    roles: tuple[Line, ...]
    courses: tuple[Step, ...]


class Programmes(Model):
    """All paths."""

    programmes: tuple[Programme, ...]


class Right(Model):
    """A right or duty of the coverage map, with the citations that speak of it.

    A source is `key` for a whole document, or `key pinpoint` or `key #fact` for one place.
    """

    id: Id
    title: Text
    sources: tuple[Line, ...]


class Rights(Model):
    """All rights of the coverage map."""

    rights: tuple[Right, ...]


class ReviewRecord(Model):
    """An office has read one part in one language; `fingerprint` is of the text it read.

    `part` is as `app.content.parts` names it: `lesson 1-1`, `item c1-f-101`.
    """

    part: Line
    language: Lang
    office: Office
    on: Day
    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")]


class Reviews(Model):
    """What was reviewed of a course."""

    reviews: tuple[ReviewRecord, ...] = ()


class Retired(Model):
    """Ids that were used once and never are again."""

    ids: tuple[Id, ...] = ()


class Translated(Model):
    """Which source sentences each translation was made from.

    By part and language: fingerprints of the sentences, in their order, parted by spaces.
    Written by `flask content translated`.
    """

    parts: dict[Line, dict[Lang, str]] = {}
