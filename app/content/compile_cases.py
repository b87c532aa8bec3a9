"""Items and scenarios as plain data, rendered in every language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.content import LANGUAGES
from app.content.case_model import Choice, Node, Scenario, StateKey, When
from app.content.cases import best_path, story_of
from app.content.compile_pages import reference_data
from app.content.model import Item, Option, Text
from app.content.render import Renderer
from app.content.shapes import (
    ChoiceText,
    ItemData,
    ItemText,
    NodeText,
    OptionText,
    ScenarioData,
    ScenarioText,
    WhenData,
)
from app.content.sources import Library
from app.content.typography import typeset

Digest = Callable[[object], str]


def item_data(item: Item, use: str, library: Library, digest: Digest) -> ItemData:
    """Render an item; `digest` hashes it."""
    data = ItemData(
        id=item.id,
        use=use,
        lesson=item.lesson,
        objective=item.objective,
        level=item.level,
        red_line=item.red_line,
        type=item.type,
        keep_order=item.keep_order,
        national_law_review=item.national_law_review,
        option_ids=[option.id for option in item.options],
        key=next(option.id for option in item.options if option.key),
        text={lang: _item_text(item, lang, library) for lang in LANGUAGES},
        hash="",
    )
    data["hash"] = digest(data)
    return data


def _item_text(item: Item, lang: str, library: Library) -> ItemText:
    stem = Renderer(lang, library, item.id).block(item.stem.in_language(lang), item.id)
    return {
        "stem": stem,
        "options": [_option(option, item.id, lang, library) for option in item.options],
    }


def _option(option: Option, item_id: str, lang: str, library: Library) -> OptionText:
    anchor = f"{item_id}-{option.id}"
    renderer = Renderer(lang, library, anchor)
    text = renderer.inline(option.text.in_language(lang))
    rationale = renderer.block(option.rationale.in_language(lang), anchor)
    renderer.cite(option.sources)
    references = reference_data(renderer.references.entries())
    return {"id": option.id, "text": text, "rationale": rationale, "references": references}


def scenario_data(scenario: Scenario, library: Library, digest: Digest) -> ScenarioData:
    """Render a scenario; `digest` hashes it."""
    data = ScenarioData(
        id=scenario.id,
        lesson=scenario.lesson,
        minutes=scenario.minutes,
        roles=list(scenario.roles),
        start=scenario.start,
        state=_levels(scenario.state),
        best_path=best_path(story_of(scenario)),
        text={lang: _scenario_text(scenario, lang, library) for lang in LANGUAGES},
        hash="",
    )
    data["hash"] = digest(data)
    return data


def _scenario_text(scenario: Scenario, lang: str, library: Library) -> ScenarioText:
    renderer = Renderer(lang, library, scenario.id)
    intro = _block(renderer, scenario.intro)
    warning = _block(renderer, scenario.warning)
    nodes = [_node(node, scenario.id, renderer, library) for node in scenario.nodes]
    return {
        "title": typeset(scenario.title.in_language(lang), lang),
        "intro": intro,
        "warning": warning,
        "facts": [{"id": one.id, "text": _block(renderer, one.text)} for one in scenario.facts],
        "nodes": nodes,
        "endings": [{"id": one.id, "text": _block(renderer, one.text)} for one in scenario.endings],
        "references": reference_data(renderer.references.entries()),
    }


def _node(node: Node, scenario_id: str, renderer: Renderer, library: Library) -> NodeText:
    anchor = f"{scenario_id}-{node.id}"
    return {
        "id": node.id,
        "text": _block(renderer, node.text),
        "extras": [
            {
                "fact": extra.if_,
                "when": _when(extra.when) if extra.when else None,
                "text": _block(renderer, extra.text),
            }
            for extra in node.extras
        ],
        "choices": [
            _choice(choice, Renderer(renderer.lang, library, f"{anchor}-{choice.id}"))
            for choice in node.choices
        ],
    }


def _choice(choice: Choice, renderer: Renderer) -> ChoiceText:
    lang = renderer.lang
    rendered = ChoiceText(
        id=choice.id,
        text=renderer.inline(choice.text.in_language(lang)),
        verdict=choice.verdict,
        consequence=_block(renderer, choice.consequence),
        rule=_block(renderer, choice.rule),
        repair=_block(renderer, choice.repair),
        phrase=renderer.inline(choice.phrase.in_language(lang)),
        state={key: renderer.inline(text.in_language(lang)) for key, text in choice.state.items()},
        change={key: one.change for key, one in choice.state.items() if one.change},
        reveals=list(choice.reveals),
        when=_when(choice.when) if choice.when else None,
        ways=[{"when": _when(way.when), "to": way.to} for way in choice.ways],
        next=choice.next,
        references=[],
    )
    renderer.cite(choice.sources)
    rendered["references"] = reference_data(renderer.references.entries())
    return rendered


def _when(when: When) -> WhenData:
    return {
        "known": list(when.known),
        "unknown": list(when.unknown),
        "at_least": _levels(when.at_least),
        "at_most": _levels(when.at_most),
    }


def _levels(levels: Mapping[StateKey, int]) -> dict[str, int]:
    return {str(key): level for key, level in levels.items()}


def _block(renderer: Renderer, text: Text | None) -> str:
    return renderer.block(text.in_language(renderer.lang)) if text else ""
