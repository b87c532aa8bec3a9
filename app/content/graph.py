"""A scenario as a picture and as a table, for authors."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import NamedTuple

from app.content import graph_words as words
from app.content.case_model import Scenario
from app.content.cases import STATES, Condition, Move, Story, best_way, story_in, story_of
from app.content.graph_layout import (
    FIRST_LANE,
    GAP,
    LANE,
    LEFT,
    LINE,
    PAD,
    WIDTH,
    Box,
    Edge,
    Placed,
    Port,
    Row,
    edges,
    order,
    place,
)
from app.content.plain import plain_text
from app.content.shapes import ScenarioData

HEAD_CHARS, ROW_CHARS = 32, 28
DASHES = {"best": "", "acceptable": "", "mistake": "6 4", "red_line": "1 4"}
THIN, THICK = "1.25", "3"


class GraphRow(NamedTuple):
    """One way out of a node; `text` is the choice in words, `condition` may be empty."""

    node: str
    choice: str
    text: str
    verdict: str
    to: str
    condition: str


@dataclass(frozen=True)
class _Told:
    """A scenario with its words in one language, as plain text."""

    story: Story
    title: str
    nodes: Mapping[str, str]
    choices: Mapping[tuple[str, str], str]


def graph_rows(scenario: Scenario | ScenarioData, lang: str) -> list[GraphRow]:
    """Return every way out of every node, in the order of the picture."""
    told = _told(scenario, lang)
    return list(_rows(told, lang))


def graph_svg(scenario: Scenario | ScenarioData, lang: str) -> str:
    """Draw a scenario: boxes in a column, ways beside them, the best path thick.

    A verdict shows in the kind of line and in a letter; colours are those of the page.
    """
    told = _told(scenario, lang)
    placed, bottom = place(_boxes(told, lang))
    lines, lanes = edges(placed)
    width = LEFT + WIDTH + FIRST_LANE + LANE * lanes + PAD
    bottom += GAP
    height = bottom + 2 * (LINE + PAD)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="story-graph" role="img"'
        f' width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' font-size="12" fill="none" stroke="currentColor">',
        f"<title>{escape(words.PICTURE[lang] % told.title)}</title>",
        f"<desc>{escape(words.BEST_PATH[lang] % _best_path(told.story))}</desc>",
        *(_edge(edge) for edge in lines),
        *(part for one in placed for part in _box(one, lang)),
        *_legend(bottom, lang),
        "</svg>",
    ]
    return "".join(parts)


def condition_text(condition: Condition, lang: str) -> str:
    """Say in words what has to hold."""
    parts = list[str]()
    for facts, pattern in ((condition.known, words.KNOWN), (condition.unknown, words.UNKNOWN)):
        if facts:
            parts.append(pattern[lang] % ", ".join(sorted(facts)))
    for bounds, sign in ((condition.at_least, "≥"), (condition.at_most, "≤")):
        for state, level in bounds:
            number = str(level).replace("-", "−")
            parts.append(f"{words.STATES[STATES[state]][lang]} {sign} {number}")
    return "; ".join(parts)


def _told(scenario: Scenario | ScenarioData, lang: str) -> _Told:
    if isinstance(scenario, Scenario):
        return _Told(
            story_of(scenario),
            scenario.title.in_language(lang),
            {node.id: _bare(node.text.in_language(lang)) for node in scenario.nodes},
            {
                (node.id, choice.id): _bare(choice.text.in_language(lang))
                for node in scenario.nodes
                for choice in node.choices
            },
        )
    text = scenario["text"][lang]
    return _Told(
        story_in(scenario, text),
        text["title"],
        {node["id"]: plain_text(node["text"]) for node in text["nodes"]},
        {
            (node["id"], choice["id"]): plain_text(choice["text"])
            for node in text["nodes"]
            for choice in node["choices"]
        },
    )


def _bare(text: str) -> str:
    """Take marks and citations out of a text as it stands in the file."""
    text = re.sub(r"\s*\[@[^\]]*\]", "", text)
    text = re.sub(r"\[\[[^\]:]*:([^\]]*)\]\]", r"\1", text)
    return " ".join(re.sub(r"[*_`\\]", "", text).split())


def _rows(told: _Told, lang: str) -> Iterator[GraphRow]:
    for place_id in order(told.story):
        scene = told.story.scenes.get(place_id)
        for move in scene.moves if scene else ():
            text = told.choices[place_id, move.id]
            asked = [move.when] if move.when else []
            for way, to in (*move.ways, (None, move.next)):
                all_asked = [*asked, way] if way else asked
                condition = "; ".join(condition_text(one, lang) for one in all_asked)
                yield GraphRow(place_id, move.id, text, move.verdict, to, condition)


def _boxes(told: _Told, lang: str) -> Iterator[Box]:
    way = best_way(told.story)
    path = {here.at for here in way}
    steps = {(one.at, two.at) for one, two in pairwise(way)}
    for one in order(told.story):
        scene = told.story.scenes.get(one)
        if scene is None:
            yield Box(one, (one, words.END[lang]), (), True, one in path)
            continue
        text = textwrap.wrap(told.nodes[one], HEAD_CHARS, max_lines=2, placeholder=" …")
        onward = {to for here, to in steps if here == one}
        rows = tuple(_row(move, told.choices[one, move.id], lang, onward) for move in scene.moves)
        yield Box(one, (one, *text), rows, False, one in path)


def _row(move: Move, text: str, lang: str, onward: set[str]) -> Row:
    lines = [
        _short(move.id, ROW_CHARS),
        *textwrap.wrap(text, ROW_CHARS, max_lines=2, placeholder=" …"),
    ]
    best = move.verdict == "best"
    ports = [Port(move.next, move.verdict, 0, best and move.next in onward)]
    if move.when:
        lines += _asked(words.IF[lang] % condition_text(move.when, lang))
    for condition, to in move.ways:
        ports.append(Port(to, move.verdict, len(lines), best and to in onward))
        lines += _asked(f"→ {to} {words.IF[lang] % condition_text(condition, lang)}")
    return Row(words.LETTERS[move.verdict][lang], tuple(lines), tuple(ports))


def _asked(text: str) -> list[str]:
    return textwrap.wrap(text, ROW_CHARS, break_on_hyphens=False)


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _best_path(story: Story) -> str:
    return " → ".join(dict.fromkeys(one.at for one in best_way(story)))


def _box(one: Placed, lang: str) -> Iterator[str]:
    box = one.box
    stroke = THICK if box.on_best_path else THIN
    radius = one.height // 2 if box.is_ending else 4
    yield (
        f'<rect x="{LEFT}" y="{one.top}" width="{WIDTH}" height="{one.height}"'
        f' rx="{radius}" stroke-width="{stroke}"/>'
    )
    indent = PAD + (radius if box.is_ending else 0)
    for number, line in enumerate(box.head):
        y = one.top + PAD + LINE * number
        yield _text(LEFT + indent, y, line, bold=number == 0)
    for row, y in zip(box.rows, one.rows, strict=True):
        yield f'<line x1="{LEFT}" x2="{LEFT + WIDTH}" y1="{y - 4}" y2="{y - 4}" stroke-width=".5"/>'
        yield _badge(LEFT + 14, y + LINE // 2 + 1, row.letter)
        for number, line in enumerate(row.lines):
            yield _text(LEFT + 28, y + LINE * number, line, bold=number == 0)


def _text(x: int, y: int, text: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x}" y="{y + 12}" fill="currentColor" stroke="none"{weight}>'
        f"{escape(text, quote=False)}</text>"
    )


def _badge(x: int, y: int, letter: str) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="8" stroke-width="1.25"/>'
        f'<text x="{x}" y="{y + 4}" font-size="11" font-weight="700" text-anchor="middle"'
        f' fill="currentColor" stroke="none">{letter}</text>'
    )


def _edge(edge: Edge) -> str:
    right = LEFT + WIDTH
    lane = right + FIRST_LANE + LANE * edge.lane
    path = f"M{right} {edge.y}H{lane}V{edge.into}H{right + 7}"
    head = f"M{right + 1} {edge.into}l8 -4v8z"
    return (
        f'<path d="{path}"{_stroke(edge.port.verdict, edge.port.is_best)}/>'
        f'<path d="{head}" fill="currentColor" stroke="none"/>'
    )


def _stroke(verdict: str, thick: bool) -> str:
    dash = f' stroke-dasharray="{DASHES[verdict]}"' if DASHES[verdict] else ""
    width = THICK if thick else "2" if verdict == "red_line" else THIN
    cap = ' stroke-linecap="round"' if verdict == "red_line" else ""
    return f' stroke-width="{width}"{dash}{cap}'


def _legend(top: int, lang: str) -> Iterator[str]:
    for number, verdict in enumerate(DASHES):
        x, y = LEFT + (number % 2) * 150, top + (number // 2) * (LINE + PAD)
        middle = y + LINE // 2 + 1
        yield _badge(x + 10, middle, words.LETTERS[verdict][lang])
        thick = verdict == "best"
        yield f'<path d="M{x + 22} {middle}h22"{_stroke(verdict, thick)}/>'
        yield _text(x + 50, y, words.VERDICTS[verdict][lang])
