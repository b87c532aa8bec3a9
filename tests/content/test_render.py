"""Rendering: numbered references, visible marks, bound spaces, nothing unsafe."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.lesson import parse_aid, parse_lesson
from app.content.loaded import Loaded
from app.content.model import SourceRegister
from app.content.render import (
    AidPart,
    HtmlPart,
    PracticePart,
    RecallPart,
    RenderedLesson,
    Renderer,
    ScenarioPart,
    UnknownCitation,
    render_aid,
    render_block,
    render_inline,
    render_lesson,
)
from app.content.sources import Library, localise_pinpoint
from app.content.typography import typeset

EMPTY = Library(SourceRegister())


class Tags(HTMLParser):
    """Collects start tags and checks that they are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def lesson(valid: Loaded, lang: str) -> RenderedLesson:
    return render_lesson(valid.lessons["t1", "1-1", lang].value, lang, valid.shelf)


def html_of(rendered: RenderedLesson) -> str:
    parts = [part for screen in rendered.screens for part in screen.parts]
    return "\n".join(part.html for part in parts if isinstance(part, HtmlPart))


def test_a_lesson_has_its_screens_and_parts(valid: Loaded) -> None:
    rendered = lesson(valid, "ru")
    kinds = [(screen.id, screen.kind) for screen in rendered.screens]
    assert kinds == [
        ("s1", "situation"),
        ("s2", "teaching"),
        ("s3", "practice"),
        ("s4", "on-duty"),
        ("s5", "recall"),
    ]
    assert rendered.screens[1].parts[1:] == (AidPart("j1"),)
    assert rendered.screens[2].parts == (PracticePart("t1-p-1"), ScenarioPart("t1-1a"))
    assert rendered.screens[4].parts == (RecallPart("t1-r-1"), RecallPart("t1-r-2"))


def test_references_are_numbered_in_reading_order_and_reused(valid: Loaded) -> None:
    renderer = Renderer("ru", valid.shelf)
    html = renderer.block(
        "- Раз [@by-law Guideline 9].\n- Два [@cat-1984 art. 3(1)][@by-law Guideline 9]\n"
    )
    assert re.findall(r'href="#ref-(\d)" id="cite-(\d-\d)"', html) == [
        ("1", "1-1"),
        ("2", "2-1"),
        ("1", "1-2"),
    ]
    first, second = renderer.references.entries()
    assert (first.pinpoint, first.backlinks) == (
        "руководящий принцип\u00a09",
        ("cite-1-1", "cite-1-2"),
    )
    assert (second.number, second.pinpoint, second.status) == (2, "ст.\u00a03(1)", "V*")


def test_a_reference_says_where_it_is_from_and_of_when(valid: Loaded) -> None:
    renderer = Renderer("ru", valid.shelf)
    renderer.cite(["by-law art. 4", "cat-1984 #accession"])
    law, treaty = renderer.references.entries()
    assert (law.url, law.symbol, law.version) == (None, "№\u00a0354-З", "2023-05-17")
    assert "в редакции на 17.05.2023" in law.html
    assert "по вторичному источнику" in law.html
    assert 'href="https://undocs.org/A/RES/39/46" rel="noopener noreferrer external"' in treaty.html
    assert "подлежит подтверждению" in treaty.html


def test_reference_ids_of_two_texts_on_a_page_differ(valid: Loaded) -> None:
    html = render_inline("x [@by-law Guideline 9]", "en", valid.shelf, "i1-a")
    assert 'href="#ref-i1-a-1" id="cite-i1-a-1-1"' in html


@pytest.mark.parametrize(
    ("lang", "badge"),
    [
        ("en", "to be confirmed"),
        ("ru", "подлежит подтверждению"),
        ("be", "падлягае пацвярджэнню"),
    ],
)
def test_a_hedge_is_visible_in_each_language(valid: Loaded, lang: str, badge: str) -> None:
    html = html_of(lesson(valid, lang))
    assert f'<span class="hedge" title="{badge}">' in html
    assert f'<span class="badge badge-hedge">{badge}</span>' in html
    assert '<span class="attributed">' in html


def test_terms_link_to_a_list_of_the_lesson(valid: Loaded) -> None:
    rendered = lesson(valid, "ru")
    assert '<a class="term" href="#term-refugee">беженца</a>' in html_of(rendered)
    assert [(term.id, term.term) for term in rendered.terms] == [("refugee", "беженец")]
    assert '<sup class="cite">' in lesson(valid, "en").terms[0].definition


def test_terms_outside_lessons_are_not_links(valid: Loaded) -> None:
    html = render_inline("[[term:refugee|беженца]]", "ru", valid.shelf)
    assert html == '<span class="term">беженца</span>'


def test_tables_scroll_and_boxes_have_the_title_of_their_language(valid: Loaded) -> None:
    html = html_of(lesson(valid, "be"))
    assert 'class="table-scroll" role="group" tabindex="0" aria-label="Табліца"' in html
    assert '<th scope="col" class="align-right">' in html
    assert '<p class="admonition-title">Чырвоная рыса</p>' in html
    assert '<h3 id="s2-небяспека">' in html
    assert "style=" not in html


def test_each_rendered_lesson_is_well_nested_with_unique_ids(valid: Loaded) -> None:
    for lang in ("en", "ru", "be"):
        seen = Tags(html_of(lesson(valid, lang))).seen
        ids = [attrs["id"] for _, attrs in seen if "id" in attrs]
        assert len(ids) == len(set(ids))


def test_words_are_those_a_reader_sees(valid: Loaded) -> None:
    renderer = Renderer("en", valid.shelf)
    renderer.block("One **two** [[hedge:three four]] [@cat-1984 #accession] – [[term:x|five]].")
    assert renderer.words == 5


def test_a_job_aid_has_marked_blanks(valid: Loaded) -> None:
    aid, faults = parse_aid("---\ntitle: A\n---\n[[empty:IOM fills in]]\n")
    assert aid is not None
    assert faults == []
    html = render_aid(aid, "en", valid.shelf).html
    assert '<span class="blank"><span class="blank-label">IOM fills in</span></span>' in html


@pytest.mark.parametrize(
    ("text", "lang", "bound"),
    [
        ("он в лесу — не дома", "ru", "он в_лесу_— не_дома"),
        ("см. ст. 33 и п. 4, № 5", "ru", "см. ст._33 и_п._4, №_5"),
        ("сям'я мужа ў краіне", "be", "сям'я мужа ў_краіне"),
        ("see art. 33 – a rule", "en", "see art._33 – a rule"),
    ],
)
def test_short_words_and_numbers_do_not_hang(text: str, lang: str, bound: str) -> None:
    assert typeset(text, lang) == bound.replace("_", "\u00a0")


@pytest.mark.parametrize(
    ("pinpoint", "ru", "be"),
    [
        ("art. 33(1)", "ст. 33(1)", "арт. 33(1)"),
        ("art. 1A(2)", "ст. 1A(2)", "арт. 1A(2)"),
        ("para 37(b)", "п. 37(b)", "п. 37(b)"),
        ("paras 80-82", "пп. 80–82", "пп. 80–82"),
        ("Guideline 9", "руководящий принцип 9", "кіруючы прынцып 9"),
        ("principle 1", "принцип 1", "прынцып 1"),
        ("Rule 62", "правило 62", "правіла 62"),
        ("Guideline 8 para 12", "руководящий принцип 8 п. 12", "кіруючы прынцып 8 п. 12"),
    ],
)
def test_pinpoints_are_written_as_the_language_does(pinpoint: str, ru: str, be: str) -> None:
    plain = [localise_pinpoint(pinpoint, lang).replace("\u00a0", " ") for lang in ("ru", "be")]
    assert plain == [ru, be]


def test_an_inline_text_never_becomes_a_block() -> None:
    for text in ("1. Wait", "- Wait", "# Wait", "> Wait", "!!! note", "a\n\nb", "| a | b |"):
        html = render_inline(text, "en", EMPTY)
        assert not re.search(r"<(p|ol|ul|li|h\d|blockquote|div|table)\b", html), text
        assert "Wait" not in text or "Wait" in html


def test_an_unknown_citation_is_never_rendered() -> None:
    with pytest.raises(UnknownCitation):
        render_block("x [@nothing art. 1]", "en", EMPTY)


HOSTILE = st.lists(
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[a](javascript:alert(1))",
            "<a href='javascript:x'>",
            "![x](javascript:y)",
            "<javascript:alert(1)>",
            "[a][b]\n\n[b]: javascript:x",
            "{: onclick=alert(1) }",
            "[[hedge:<b onclick=x>]]",
            "[[hedge:**a]]**",
            '[[empty:"><script>]]',
            "[[term:x|<script>]]",
            '[[term:"><script>|y]]',
            "&lt;script&gt;",
            "&#106;avascript:",
            "`<script>`",
            "    <script>",
            '!!! note "<script>x</script>"\n    y',
            "### <script> {: #x onload=y }",
            "| <script> |\n| --- |\n| onload=x |",
            "**a",
            "\n\n",
            "- ",
            " ",
        ]
    )
    | st.text(max_size=20),
    max_size=8,
).map("".join)


@given(text=HOSTILE)
def test_nothing_an_author_writes_becomes_active(text: str) -> None:
    try:
        pages = [render_block(text, "ru", EMPTY), render_inline(text, "be", EMPTY)]
    except UnknownCitation:
        return
    for html in pages:
        for tag, attrs in Tags(html).seen:
            assert tag not in {"script", "img", "iframe", "object", "svg", "style", "form"}
            assert not [name for name in attrs if name.startswith("on") or name == "style"]
            assert (attrs.get("href") or "#").startswith("#")


@given(text=st.text(max_size=200))
def test_any_text_can_be_split_as_a_lesson(text: str) -> None:
    parsed, faults = parse_lesson(f"---\ntitle: x\n---\n{text}")
    assert parsed is not None
    assert all(fault.line >= 1 for fault in faults)
