"""Rendering: numbered references, visible marks, bound spaces, nothing unsafe."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content import markdown
from app.content.lesson import parse_aid, parse_lesson
from app.content.loaded import Loaded
from app.content.markdown import MAX_LENGTH
from app.content.model import Glossary, SourceRegister
from app.content.plain import plain_text
from app.content.render import (
    AidPart,
    HtmlPart,
    JournalPart,
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
from app.content.wording import as_of

EMPTY = Library(SourceRegister())
REFUGEE = {"id": "refugee", "en": "refugee", "ru": "беженец", "be": "бежанец"}
SMALL = Library(
    SourceRegister(),
    Glossary.model_validate({"terms": [{**REFUGEE, "confirmed": {"ru": True, "be": True}}]}),
)


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
    assert AidPart("j1") in rendered.screens[1].parts
    asked = (PracticePart("t1-p-1"), ScenarioPart("t1-1a"), JournalPart("t1-j-1"))
    assert rendered.screens[2].parts == asked
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
    uses = re.findall(r'<a class="term" id="(use-\S+)" href="#(term-\S+)">', html_of(rendered))
    assert uses == [("use-refugee-1", "term-refugee-1"), ("use-refugee-2", "term-refugee-2")]
    assert [(one.id, one.term, one.uses) for one in rendered.terms] == [("refugee", "беженец", 2)]
    assert '<sup class="cite">' in lesson(valid, "en").terms[0].definition


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "definition"), ("ru", "определение"), ("be", "азначэнне")]
)
def test_a_link_says_that_a_definition_follows(valid: Loaded, lang: str, word: str) -> None:
    html = html_of(lesson(valid, lang))
    assert f'<span class="visually-hidden"> ({word})</span></a>' in html
    assert word not in plain_text(html)


def test_terms_outside_lessons_are_not_links(valid: Loaded) -> None:
    html = render_inline("[[term:refugee|беженца]]", "ru", valid.shelf)
    assert html == '<span class="term">беженца</span>'


def test_tables_scroll_and_boxes_have_the_title_of_their_language(valid: Loaded) -> None:
    html = html_of(lesson(valid, "be"))
    assert '<div class="table-scroll" role="group" tabindex="0"' in html.replace(
        ' aria-label="Табліца: Што слушна заўсёды"', ""
    )
    assert 'aria-label="Табліца: Што слушна заўсёды"' in html
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


TABLE = "| a | b |\n| --- | --- |\n| 1 | 2 |\n"


def test_cells_of_a_table_too_wide_for_a_phone_tell_their_column(valid: Loaded) -> None:
    def cells(heads: str) -> list[tuple[str, str]]:
        row = heads.translate({ord(letter): "x" for letter in "ABC"})
        rule = "| --- " * (heads.count("|") - 1) + "|"
        html = render_block(f"{heads}\n{rule}\n{row}", "ru", valid.shelf)
        return re.findall(r'<td([^>]*?)(?: data-label="([^"]*)")?>', html)

    assert cells("| A | B |") == [("", ""), ("", "")]
    assert cells("| 1 | B | C |")[0] == (' role="cell"', "1")
    assert cells('| A | B [@cat-1984 art. 3(1)] | **C**&"x |') == [
        (' role="cell"', ""),
        (' role="cell"', "B"),
        (' role="cell"', "C&amp;&quot;x"),
    ]


def test_a_table_has_the_name_of_the_heading_above_it_and_no_two_have_one_name() -> None:
    renderer = Renderer("ru", EMPTY)
    renderer.tables.heading = 'Экран "один"'
    text = f"{TABLE}\n### Две **цели** на [[lang:en|one]] странице\n\n{TABLE}\nИ ещё\n\n{TABLE}"
    names = re.findall('aria-label="([^"]*)"', renderer.block(text) + renderer.block(TABLE))
    second = "Таблица: Две цели на\u00a0one странице"
    assert [name.replace(" ", "\u00a0") for name in names] == [
        name.replace(" ", "\u00a0")
        for name in ("Таблица: Экран &quot;один&quot;", second, f"{second} (2)", f"{second} (3)")
    ]


def test_a_list_of_definitions_stays_one_list() -> None:
    html = render_block("Срок\n: Сколько длится.\n: Ещё одно.\nРешение\n: Запись.\n", "ru", EMPTY)
    assert re.findall(r"<(d[ltd])>", html) == ["dl", "dt", "dd", "dd", "dt", "dd"]


@pytest.mark.parametrize(
    ("date", "en", "ru", "be"),
    [
        ("2021", "As of 2021", "По состоянию на 2021 год", "Станам на 2021 год"),
        (
            "2021-12",
            "As of December 2021",
            "По состоянию на декабрь 2021 года",
            "Станам на снежань 2021 года",
        ),
        (
            "2027-05-05",
            "As of 5 May 2027",
            "По состоянию на 5 мая 2027 года",
            "Станам на 5 мая 2027 года",
        ),
        (
            "2020-02-29",
            "As of 29 February 2020",
            "По состоянию на 29 февраля 2020 года",
            "Станам на 29 лютага 2020 года",
        ),
    ],
)
def test_a_box_of_context_says_as_of_when(date: str, en: str, ru: str, be: str) -> None:
    for lang, said in (("en", en), ("ru", ru), ("be", be)):
        html = render_block(f'!!! context {date} "Т"\n    x', lang, EMPTY).replace("\u00a0", " ")
        assert f'<p class="admonition-title">Т</p>\n<p class="as-of">{said}</p>' in html


@pytest.mark.parametrize("date", ["", "21", "2021-13", "2021-02-30", "2021-1", "2021-12-", "3021"])
def test_what_is_no_date_is_none(date: str) -> None:
    assert as_of(date, "en") is None


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "On duty"), ("ru", "На службе"), ("be", "На службе")]
)
def test_a_box_for_duty_has_its_title(lang: str, title: str) -> None:
    html = render_block("!!! on-duty\n    x", lang, EMPTY).replace("\u00a0", " ")
    assert f'<div class="admonition on-duty">\n<p class="admonition-title">{title}</p>' in html


@pytest.mark.parametrize(
    ("lang", "mark", "title", "back"),
    [
        ("en", "note", "Notes", "Back to the text"),
        ("ru", "прим.", "Примечания", "Вернуться к тексту"),
        ("be", "заўв.", "Заўвагі", "Назад да тэксту"),
    ],
)
def test_notes_are_numbered_as_the_text_uses_them(
    valid: Loaded, lang: str, mark: str, title: str, back: str
) -> None:
    renderer = Renderer(lang, valid.shelf, link_terms=True)
    text = (
        "x[^b] y[^a] z[^b]\n\n"
        "[^a]: Second [@cat-1984 art. 3(1)].\n[^b]: First [[term:refugee|r]].\n"
    )
    html = renderer.block(text, "s2") + renderer.block("x[^a]\n\n[^a]: Third.\n", "s2")
    uses = re.findall(rf'<a id="(fnref\S+)" href="#(fn-\S+)">{mark}\u00a0(\d)</a></sup>', html)
    assert uses == [
        ("fnref-s2-1", "fn-s2-1", "1"),
        ("fnref-s2-2", "fn-s2-2", "2"),
        ("fnref2-s2-1", "fn-s2-1", "1"),
        ("fnref-s2-3", "fn-s2-3", "3"),
    ]
    listed = re.findall(r'<li id="(\S+)">\n<p>(\w+)', html)
    assert listed == [("fn-s2-1", "First"), ("fn-s2-2", "Second"), ("fn-s2-3", "Third")]
    assert '<ol start="3">' in html
    assert html.count(f'aria-label="{back}">↩</a>') == 4
    assert html.count(f'<div class="notes" role="group" aria-label="{title}">') == 2
    assert renderer.uses["refugee"] == 1
    assert [one.key for one in renderer.references.entries()] == ["cat-1984"]
    assert "↩" not in plain_text(html)


def test_words_of_another_language_say_which(valid: Loaded) -> None:
    text = "**[[lang:en|Do you want this?]]** [[lang:ar|نعم\\|لا]] [[lang:xx|<b>]]"
    assert render_inline(text, "ru", EMPTY) == (
        '<strong><span lang="en">Do you want this?</span></strong>'
        ' <span lang="ar" dir="rtl">نعم|لا</span> &lt;b&gt;'
    )
    renderer = Renderer("ru", EMPTY)
    renderer.block("Он сказал: [[lang:fr|non merci]].")
    assert renderer.words == 4


@pytest.mark.parametrize("lang", ["en", "ru", "be"])
def test_a_reference_has_number_title_place_publisher_link_and_ways_back(
    valid: Loaded, lang: str
) -> None:
    one = lesson(valid, lang).references[0]
    entry = valid.shelf.entries["cat-1984"]
    title, publisher = entry.title.in_language(lang), entry.publisher.in_language(lang)
    assert (one.number, one.title.replace("\u00a0", " "), one.publisher) == (1, title, publisher)
    assert one.pinpoint.replace("\u00a0", " ") == localise_pinpoint("art. 3(1)", lang).replace(
        "\u00a0", " "
    )
    assert one.pinpoint in one.html
    assert f'<a href="{entry.url}" rel="noopener noreferrer external"><cite>' in one.html
    assert f"{publisher}, 1984." in one.html
    assert [back for back in one.backlinks if f'id="{back}"' in html_of(lesson(valid, lang))]


def test_a_heading_never_takes_the_id_of_another_thing() -> None:
    renderer = Renderer("en", EMPTY)
    html = renderer.block("### Title\n\n### A\n\n### A 2\n", "s1") + renderer.block("### A\n", "s1")
    assert re.findall('id="([^"]*)"', html) == ["s1-title-2", "s1-a", "s1-a-2", "s1-a-2-2"]


@pytest.mark.parametrize(
    "text",
    [
        "> " * 5_000 + "a",
        "- " * 5_000 + "a",
        "\n".join("    " * depth + "- a" for depth in range(400)),
        "\n".join("    " * depth + "!!! note" for depth in range(400)),
        "a\n: b\n" * 3_000,
        "**a *b __c _d " * 3_000,
        "**" * 60_000,
        "*a* " * 60_000,
        "[^" * 60_000,
        "[@" * 60_000,
        "[[empty:]]" * 20_000,
        "[[hedge:" * 6_000 + "]]" * 6_000,
        "!!! note\n" * 20_000,
        "### a\n" * 40_000,
        "[^1] " * 10_000 + "\n\n[^1]: [^1]: [^2]: x",
        "word " * 60_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_monstrous_text_is_no_trouble(text: str) -> None:
    start = time.perf_counter()
    html = render_block(text, "ru", EMPTY)
    assert time.perf_counter() - start < 5
    assert len(html) < MAX_LENGTH * 60
    html5lib.HTMLParser(strict=True).parseFragment(html)


BLOCKS = "p,ul,ol,li,h3,h4,table,thead,tbody,tr,th,td,dl,dt,dd,blockquote,div,hr"
ALLOWED = {*BLOCKS.split(","), "strong", "em", "br", "span", "a", "sup"}
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
            "[^a]",
            "\n[^a]: ",
            "[^<b>]\n\n[^<b>]: <script>x</script>\n",
            '!!! context 2021-12 "<b>"\n    x',
            "[[lang:ar|<script>]]",
            "[[lang:<script>|x]]",
            "[[term:refugee|x]]",
            "### a\n",
            "\na\n: b\n",
            "> ",
            "    ",
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
        renderer = Renderer("ru", SMALL, link_terms=True)
        pages = [
            renderer.block(text, "s1") + renderer.block(text, "s1"),
            render_inline(text, "be", EMPTY),
        ]
    except UnknownCitation:
        return
    for html in pages:
        html5lib.HTMLParser(strict=True).parseFragment(html)
        seen = Tags(html).seen
        ids = [attrs["id"] for _tag, attrs in seen if "id" in attrs]
        assert len(ids) == len(set(ids))
        for tag, attrs in seen:
            assert tag in ALLOWED
            assert tag not in {"script", "img", "iframe", "object", "svg", "style", "form"}
            assert not [name for name in attrs if name.startswith("on") or name == "style"]
            assert (attrs.get("href") or "#").startswith("#")


PLAIN = st.lists(
    st.sampled_from([*"абWz1 .,:;?\"'«»“(-)—/%№ \ue100", "12. ", "- ", "г-н ", "т. д. "]),
    max_size=12,
).map("".join)


@given(text=PLAIN)
def test_a_text_that_cannot_be_markdown_is_shown_as_markdown_would(text: str) -> None:
    if markdown._PLAIN.fullmatch(text):
        by_library = markdown._converter().markdown.reset().convert(text)
        assert markdown._convert(text) == by_library


@given(text=st.text(max_size=200))
def test_any_text_can_be_split_as_a_lesson(text: str) -> None:
    parsed, faults = parse_lesson(f"---\ntitle: x\n---\n{text}")
    assert parsed is not None
    assert all(fault.line >= 1 for fault in faults)
