"""Checks of items: one key, reasons and sources, and a place in the course."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.content import LANGUAGES
from app.content.checks import texts as check_texts
from app.content.checks.banks import banks, is_key_longest
from app.content.giveaways import absolute_words, alike, negative_question, of_the_above
from app.content.loaded import Loaded, PageKey, PlacedItem
from app.content.model import Course
from app.content.passages import prose
from app.content.problems import Problem
from app.content.sentences import sentences
from app.content.sources import Library
from app.content.spoken import bare

STEM_WORDS = 60
OPTION_COUNTS = (3, 4)
COPIED_WORDS = 6


def check(loaded: Loaded, today: date) -> Iterator[Problem]:
    """Yield the problems of all items."""
    yield from _ids(loaded)
    yield from _retired(loaded)
    yield from banks(loaded)
    taught = _Taught(loaded)
    for bank in loaded.banks:
        if bank.value.course not in loaded.courses:
            yield bank.problem("unknown-course", "course", id=bank.value.course)
    for item in loaded.items:
        yield from _texts(item, loaded.shelf)
        yield from _options(item)
        yield from _lengths(item)
        yield from _law(item, loaded.shelf)
        for lang in LANGUAGES:
            yield from _stem(item, lang, taught)
            yield from _wording(item, lang)
        if course := loaded.courses.get(item.course):
            yield from _place(item, course.value)


def _texts(item: PlacedItem, library: Library) -> Iterator[Problem]:
    yield from check_texts.rich(item, item.value.stem, library, "stem")
    for number, option in enumerate(item.value.options):
        loc = ("options", number)
        yield from check_texts.rich(item, option.text, library, *loc, "text")
        yield from check_texts.rich(item, option.rationale, library, *loc, "rationale")
        yield from check_texts.sources(item, option.sources, [option.rationale], library, *loc)


def _options(item: PlacedItem) -> Iterator[Problem]:
    options = item.value.options
    keys = [option for option in options if option.key]
    if len(options) not in OPTION_COUNTS:
        yield item.problem("options", "options", count=len(options))
    if len(keys) != 1:
        yield item.problem("keys", "options", count=len(keys) or "no")
    ids = [option.id for option in options]
    for number, option in enumerate(options):
        if option.id in ids[:number]:
            first = item.subject
            yield item.problem("repeated-id", "options", number, id=option.id, first=first)
        if option.key and not option.sources:
            yield item.problem("key-source", "options", number)


def _lengths(item: PlacedItem) -> Iterator[Problem]:
    words = len(item.value.stem.en.split())
    if words > STEM_WORDS:
        yield item.problem("stem-long", "stem", "en", count=words)


def _stem(item: PlacedItem, lang: str, taught: _Taught) -> Iterator[Problem]:
    stem = item.value.stem.in_language(lang)
    if negative := negative_question(stem, lang):
        question, in_bold = negative
        if not in_bold:
            yield item.problem("stem-negative", "stem", lang, found=question)
    for _, sentence in sentences(stem, lang):
        if taught.has(item, sentence, lang):
            yield item.problem("stem-copied", "stem", lang, found=sentence)


def _wording(item: PlacedItem, lang: str) -> Iterator[Problem]:
    texts = [option.text.in_language(lang) for option in item.value.options]
    if is_key_longest(item, lang):
        yield item.problem("key-longest", "options", lang=lang)
    for number, found in enumerate(of_the_above(texts, lang)):
        if found:
            yield item.problem("of-the-above", "options", number, "text", lang, found=found)
    absolute = absolute_words(texts, lang)
    if len(texts) - absolute.count("") == 1:
        found = max(absolute)
        loc = ("options", absolute.index(found), "text", lang)
        yield item.problem("absolute-word", *loc, found=found)
    for number, first in alike(texts, lang):
        first_id = item.value.options[first].id
        yield item.problem("options-alike", "options", number, "text", lang, first=first_id)


class _Taught:
    """What lessons say, to find the sentences that an item repeats."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._by_page: dict[PageKey, str] = {}

    def has(self, item: PlacedItem, sentence: str, lang: str) -> bool:
        """Say whether the lesson of an item has a sentence of its stem."""
        if sentence.count(" ") < COPIED_WORDS - 1:
            return False
        page = (item.course, item.value.lesson, lang)
        if page not in self._by_page:
            self._by_page[page] = self._words(page)
        return " ".join(bare(sentence).lower().split()).strip(".?!… ") in self._by_page[page]

    def _words(self, page: PageKey) -> str:
        lesson = self._loaded.lessons.get(page)
        parts = prose(lesson.value.screens) if lesson else ()
        return " ".join(bare(" ".join(part.text for part in parts)).lower().split())


def _retired(loaded: Loaded) -> Iterator[Problem]:
    for course_id, retired in loaded.retired.items():
        ids = retired.value.ids
        for item in loaded.items_of(course_id):
            if item.value.id in ids:
                yield item.problem("retired-id", "id", id=item.value.id)
        for scenario_id, scenario in loaded.scenarios_of(course_id).items():
            if scenario_id in ids:
                yield scenario.problem("retired-id", "id", id=scenario_id)


def _law(item: PlacedItem, library: Library) -> Iterator[Problem]:
    cited = [library.resolve(one) for option in item.value.options for one in option.sources]
    on_national_law = any(one and one.entry.national_law for one in cited)
    if on_national_law and not item.value.national_law_review:
        yield item.problem("review-missing")


def _place(item: PlacedItem, course: Course) -> Iterator[Problem]:
    value = item.value
    if item.use is None:
        yield item.problem("use", found="")
    if value.objective not in {objective.id for objective in course.objectives}:
        yield item.problem("unknown-objective", "objective", id=value.objective)
    if value.lesson not in {lesson.id for lesson in course.lessons}:
        yield item.problem("unknown-lesson", "lesson", id=value.lesson)
    cells = {(cell.objective, cell.level, cell.red_line) for cell in course.final.draw}
    kind = (value.objective, value.level, value.red_line)
    if item.use == "final" and kind not in cells:
        red_line = str(value.red_line).lower()
        params = {"objective": value.objective, "level": value.level, "red_line": red_line}
        yield item.problem("never-drawn", **params)


def _ids(loaded: Loaded) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for item in loaded.items:
        one = item.value.id
        if one in first:
            yield item.problem("repeated-id", "id", id=one, first=first[one])
        first.setdefault(one, f"{item.file.path}:{item.file.line(*item.loc)}")
