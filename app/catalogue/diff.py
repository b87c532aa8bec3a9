"""What differs between two editions of a course; pure, on the data of editions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Data = Mapping[str, Any]
Act = Literal["new", "changed", "key", "removed", "lost"]
Kind = Literal[
    "item", "lesson", "aid", "scenario", "recording", "media", "objective", "term", "course",
    "rule", "law", "review", "minutes", "format", "other",
]  # fmt: skip

PAGES: tuple[tuple[Kind, str], ...] = (("lesson", "lessons"), ("aid", "aids"))
KNOWN = {
    "items", "lessons", "aids", "scenarios", "recordings", "media", "glossary", "course",
    "rules", "national_law", "review", "minutes", "hours", "format",
}  # fmt: skip
ORDER: tuple[Act, ...] = ("key", "lost", "removed", "changed", "new")


@dataclass(frozen=True)
class Change:
    """One difference. `before` and `after` are given for single values and keys of items.

    `languages` are those that differ, empty when it is not the text that does. `act` is `key`
    when another option of an item is right, `lost` when an item went whose id is not retired.
    """

    kind: Kind
    act: Act
    id: str
    languages: tuple[str, ...] = ()
    before: str = ""
    after: str = ""


def changes(old: Data | None, new: Data, *, retired: Iterable[str] = ()) -> tuple[Change, ...]:
    """Return how `new` differs from `old`, the gravest first; a first edition has none.

    `retired` are the ids of items that the files say are given up.
    """
    if old is None:
        return ()
    found = [
        *_items(_part(old, "items"), _part(new, "items"), frozenset(retired)),
        *(change for kind, key in PAGES for change in _texts(kind, old, new, key)),
        *_scenarios(_part(old, "scenarios"), _part(new, "scenarios")),
        *_texts("recording", old, new, "recordings"),
        *_whole("media", _part(old, "media"), _part(new, "media")),
        *_course(_part(old, "course"), _part(new, "course")),
        *_texts("term", old, new, "glossary"),
        *_values("rule", _part(old, "rules"), _part(new, "rules")),
        *_law(_part(old, "national_law"), _part(new, "national_law")),
        *_review(_part(old, "review"), _part(new, "review")),
        *_rest(old, new),
    ]
    return tuple(sorted(found, key=lambda change: ORDER.index(change.act)))


def _part(data: Data, key: str) -> Data:
    found: Data = data.get(key) or {}
    return found


def _items(old: Data, new: Data, retired: frozenset[str]) -> Iterator[Change]:
    for one in old.keys() - new.keys():
        yield Change("item", "removed" if one in retired else "lost", one)
    for one, item in new.items():
        before = old.get(one)
        if before is None:
            yield Change("item", "new", one)
        elif before != item:
            if _key_moved(before, item):
                yield Change("item", "key", one, before=before["key"], after=item["key"])
            languages = _languages(before["text"], item["text"])
            if languages or _without(before) != _without(item):
                yield Change("item", "changed", one, languages)


def _without(item: Data) -> Data:
    return {name: item[name] for name in item if name not in ("text", "key", "hash")}


def _key_moved(old: Data, new: Data) -> bool:
    """Whether another option is right now, by its id or because texts changed places."""
    if old["key"] != new["key"]:
        return True
    right = _option_texts(new, lambda option: option == new["key"])
    wrong = _option_texts(old, lambda option: option != old["key"])
    return bool(right & wrong)


def _option_texts(item: Data, chosen: Any) -> set[tuple[str, str]]:
    return {
        (language, option["text"])
        for language, text in item["text"].items()
        for option in text["options"]
        if chosen(option["id"])
    }


def _languages(old: Data, new: Data) -> tuple[str, ...]:
    return tuple(sorted(one for one in {*old, *new} if old.get(one) != new.get(one)))


def _texts(kind: Kind, old: Data, new: Data, key: str) -> Iterator[Change]:
    """Compare what is kept by id and language."""
    before, after = _part(old, key), _part(new, key)
    for one in sorted({*before, *after}):
        if before.get(one) != after.get(one):
            act = _act(one in before, one in after)
            languages = _languages(before[one], after[one]) if act == "changed" else ()
            yield Change(kind, act, one, languages)


def _act(was: bool, is_there: bool) -> Act:
    if was and is_there:
        return "changed"
    return "removed" if was else "new"


def _scenarios(old: Data, new: Data) -> Iterator[Change]:
    for change in _whole("scenario", old, new):
        if change.act == "changed":
            languages = _languages(old[change.id]["text"], new[change.id]["text"])
            yield Change("scenario", "changed", change.id, languages)
        else:
            yield change


def _whole(kind: Kind, old: Data, new: Data) -> Iterator[Change]:
    for one in sorted({*old, *new}):
        if old.get(one) != new.get(one):
            yield Change(kind, _act(one in old, one in new), one)


def _course(old: Data, new: Data) -> Iterator[Change]:
    before, after = (_by_id(data.get("objectives", ())) for data in (old, new))
    for change in _whole("objective", before, after):
        if change.act == "changed":
            texts = (one.get(change.id, {}).get("text", {}) for one in (before, after))
            yield Change("objective", "changed", change.id, _languages(*texts))
        else:
            yield change
    for name in sorted({*old, *new} - {"objectives"}):
        if old.get(name) != new.get(name):
            yield Change("course", _act(name in old, name in new), name)
    if before == after and old.get("objectives") != new.get("objectives"):
        yield Change("course", "changed", "objectives")


def _by_id(entries: Iterable[Data]) -> dict[str, Data]:
    return {str(one["id"]): one for one in entries}


def _values(kind: Kind, old: Data, new: Data) -> Iterator[Change]:
    """Compare single values, those inside each other by a name with dots."""
    before, after = dict(_flat(old)), dict(_flat(new))
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            told = _told(before.get(name)), _told(after.get(name))
            yield Change(kind, _act(name in before, name in after), name, (), *told)


def _flat(data: Data, above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in data.items():
        if isinstance(value, Mapping) and value:
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _told(value: Any) -> str:
    """Return a value in a few characters; lists and empty values are not told."""
    return str(value) if isinstance(value, str | int) else ""


def _law(old: Data, new: Data) -> Iterator[Change]:
    yield from _values("law", _dates(old), _dates(new))
    before, after = ({one["key"]: one for one in data.get("entries", ())} for data in (old, new))
    for change in _whole("law", before, after):
        versions = (str(one.get(change.id, {}).get("version") or "") for one in (before, after))
        yield Change("law", change.act, change.id, (), *versions)
    if before == after and old.get("entries") != new.get("entries"):
        yield Change("law", "changed", "entries")


def _dates(law: Data) -> Data:
    return {name: value for name, value in law.items() if name != "entries"}


def _review(old: Data, new: Data) -> Iterator[Change]:
    if old != new:
        told = (
            f"{one.get('done', 0)}/{one.get('of', 0)} {one.get('state', '')}" for one in (old, new)
        )
        yield Change("review", "changed", "review", (), *told)


def _rest(old: Data, new: Data) -> Iterator[Change]:
    before, after = _part(old, "minutes"), _part(new, "minutes")
    if before != after or old.get("hours") != new.get("hours"):
        told = (str(one.get("total", "")) for one in (before, after))
        yield Change("minutes", "changed", "minutes", (), *told)
    if old.get("format") != new.get("format"):
        told = (str(one.get("format", "")) for one in (old, new))
        yield Change("format", "changed", "format", (), *told)
    for name in sorted({*old, *new} - KNOWN):
        if old.get(name) != new.get(name):
            yield Change("other", _act(name in old, name in new), name)
