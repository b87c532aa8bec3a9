"""A leaflet: one sheet, in every kind of text that the compiler writes."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.paper import faces
from app.paper.leaflet import HEIGHT, LEFT, MEASURE, DoesNotFit, Leaf, Undrawable, leaflet
from app.paper.names import disposition, to_ascii

EVERYTHING = """
<h3 id="x">Заголовок → дальше</h3><p>Абзац <strong>важный</strong>, <em>особый</em><br>строка.</p>
<div class="admonition red-line"><p class="admonition-title">Красная черта</p><p>Ни удара.</p></div>
<div class="admonition case"><p class="admonition-title">Случай</p><ul><li>раз<ul><li>внутри</li>
</ul></li></ul></div><blockquote><p>Цитата.</p></blockquote><h4 id="y">Меньше</h4>
<ol start="3"><li><p>Третье</p><p>ещё</p></li><li>Четвёртое</li></ol>
<dl><dt>Термин</dt><dd>Определение</dd></dl>
<div class="table-scroll" tabindex="0"><table><thead><tr><th scope="col">Кому</th>
<th class="align-right" scope="col">Номер</th></tr></thead><tbody><tr><td>Врач</td>
<td class="align-right"><span class="blank"><span>кто заполняет</span></span></td>
</tr></tbody></table></div><hr>
<p>Срок: <span class="blank"><span class="blank-label">дата</span></span></p>
<p>А: <span class="blank">один</span> · Б: <span class="blank">другой</span></p>
<p><span class="hedge" title="x">это ещё подтвердят</span>
<span class="badge badge-hedge">уточняется</span>
<sup class="cite"><a href="#r" id="c">1</a></sup>, <sup class="cite"><a href="#s">2</a></sup></p>
<div class="notes" role="group"><p class="notes-title">Примечания</p><ol><li>Сноска
<a class="back" href="#z">↩</a></li></ol></div>
"""
REFERENCE = {
    "number": 1, "title": "Пакт", "symbol": "A/RES/2200", "pinpoint": "ст. 7",
    "html": '<a href="https://example.org/long"><cite>Пакт</cite></a>, A/RES/2200, ст. 7. ООН.'
    ' <span class="badge badge-v2">по вторичному источнику</span>',
}  # fmt: skip


def leaf(html: str = EVERYTHING, **changes) -> Leaf:
    facts = {
        "title": "Проба", "language": "ru", "kind": "Карточка", "course": "C1. Права",
        "foot": ("редакция 1", "право на 17 мая 2023 г."), "references": [REFERENCE],
        "sources": "Источники", "warning": "Черновик",
    }  # fmt: skip
    return Leaf(html=html, **{**facts, **changes})


def text_of(content: bytes) -> str:
    text = pypdf.PdfReader(BytesIO(content)).pages[0].extract_text()
    return " ".join(text.replace("\u00a0", " ").split())


def test_nothing_of_the_text_is_lost():
    text = text_of(leaflet(leaf()))
    for part in (
        "Проба", "Карточка", "Черновик", "C1. Права", "редакция 1", "Заголовок → дальше",
        "Абзац важный, особый", "Красная черта", "Ни удара.", "внутри", "Цитата.", "3. Третье",
        "4. Четвёртое", "Термин", "Определение", "Номер", "кто заполняет", "(дата)", "другой",
        "это ещё подтвердят [уточняется]", "Сноска", "Источники",
        "1. Пакт, A/RES/2200, ст. 7 [по вторичному источнику]",
    ):  # fmt: skip
        assert part in text
    assert "example.org" not in text
    assert "↩" not in text


def test_the_same_text_gives_the_same_bytes():
    assert leaflet(leaf()) == leaflet(leaf())
    assert leaflet(leaf()) != leaflet(leaf(title="Другая"))


def test_a_short_text_is_large_and_a_long_one_small_but_never_too_small():
    assert max(sizes(leaflet(leaf("<p>Коротко.</p>", references=())))) == 24
    for length in (1, 15, 30, 38):
        body = [
            size for size in sizes(leaflet(leaf("<p>Слово за словом.</p>" * length)))
            if size not in (7, 7.2, 9.5, 24)  # sources, head, title
        ]  # fmt: skip
        assert min(body) >= 8


def sizes(content: bytes) -> set[float]:
    found: set[float] = set()

    def seen(text, _cm, _tm, _font, size):
        if text.strip():
            found.add(round(size, 2))

    pypdf.PdfReader(BytesIO(content)).pages[0].extract_text(visitor_text=seen)
    return found


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(DoesNotFit):
        leaflet(leaf("<p>Слово за словом.</p>" * 400))
    with pytest.raises(DoesNotFit):
        leaflet(leaf(references=[REFERENCE] * 120))


@pytest.mark.parametrize("html", ["<p>Рис. <img src='a.png'></p>", "<p>اللجوء</p>", "<p>漢</p>"])
def test_pictures_and_letters_without_a_face_are_refused(html):
    with pytest.raises(Undrawable):
        leaflet(leaf(html))
    with pytest.raises(Undrawable):
        leaflet(leaf(title="漢"))


@settings(max_examples=25)
@given(words=st.lists(st.text("абвўіёжАБВ -,.<&>«»", min_size=1, max_size=40), max_size=60))
def test_every_text_stays_inside_the_margins_or_is_refused(words):
    html = "".join(f"<p>{word.replace('&', '&amp;').replace('<', '&lt;')}</p>" for word in words)
    content = leaflet(leaf(html))
    document = pypdfium2.PdfDocument(content)
    assert len(document) == 1
    text = document[0].get_textpage()
    for index in range(text.count_rects()):
        x1, y1, x2, y2 = text.get_rect(index)
        assert LEFT - 3 <= x1 <= x2 <= LEFT + MEASURE + 3
        assert 20 <= y1 <= y2 <= HEIGHT - 20


def test_the_file_says_its_language_and_title_and_is_tagged():
    reader = pypdf.PdfReader(BytesIO(leaflet(leaf())))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "ru"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert reader.metadata.title == "Проба – C1. Права"
    assert reader.metadata.author == "AVRR Academy"
    found = kinds(root["/StructTreeRoot"]["/K"])
    for part in ("/H1", "/H2", "/L", "/LI", "/Lbl", "/LBody", "/Table", "/TR", "/TH", "/TD"):
        assert part in found


def kinds(element) -> list[str]:
    element = element.get_object()
    parts = element["/K"]
    inside = [] if isinstance(parts, int) else [kind for one in parts for kind in kinds(one)]
    return [element["/S"], *inside]


def test_only_embedded_fonts_are_used():
    fonts = pypdf.PdfReader(BytesIO(leaflet(leaf()))).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        assert "/FontFile2" in font.get_object()["/FontDescriptor"]


def test_a_table_of_long_words_keeps_to_the_sheet():
    word = "несвоевременностьрассмотрения"
    row = "<tr>" + f"<td>{word}</td>" * 6 + "</tr>"
    page = pypdfium2.PdfDocument(leaflet(leaf(f"<table><tbody>{row * 4}</tbody></table>")))[0]
    text = page.get_textpage()
    for index in range(text.count_rects()):
        assert text.get_rect(index)[2] <= LEFT + MEASURE + 3


def test_file_names_have_a_plain_form_and_the_true_one():
    name = "C1_Ковалевич_Ў.pdf"
    assert to_ascii(name) == "C1_Kovalevich_U.pdf"
    header = disposition(name, to_ascii(name))
    assert header.isascii()
    assert 'filename="C1_Kovalevich_U.pdf"' in header


def test_the_faces_draw_what_leaflets_add_of_their_own():
    for character in "•–[]()·…":
        assert faces.runs(character, faces.SANS) == [(faces.SANS, character)]
