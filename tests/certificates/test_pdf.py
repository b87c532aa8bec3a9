"""The certificate as a reader, a scanner and a screen reader meet it."""

from __future__ import annotations

from io import BytesIO

import pypdf
import pypdfium2
import pytest
import zxingcpp

from app.certificates import pdf, wording
from app.paper import faces
from app.paper.faces import UnprintableName
from tests.certificates.samples import BASE_URL, printed

BELARUSIAN = "АБВГДЕЁЖЗІЙКЛМНОПРСТУЎФХЦЧШЫЬЭЮЯабвгдеёжзійклмнопрстуўфхцчшыьэюя"
RUSSIAN = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя"


def draw(sample: bool = False, **changes) -> bytes:
    return pdf.render(printed(**changes), base_url=BASE_URL, sample=sample)


def text_of(content: bytes) -> str:
    text = pypdf.PdfReader(BytesIO(content)).pages[0].extract_text()
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_same_facts_give_the_same_bytes():
    assert draw() == draw()
    assert draw() != draw(edition=2)


def test_everything_promised_is_on_the_page():
    text = text_of(draw())
    for part in (
        "Кавалевич Александра Сергеевна", "Kavalevich Aliaksandra", "C1. Права человека на границе",
        "Rights at the border", "5 ноября 2026 г.", "5 November 2026", "6 ноября 2026 г.",
        "5 ноября 2028 г.", "2 ч 21 мин", "2 h 21 min", "Осень 2026", "Lake Service (fictional)",
        "17 мая 2023 г.", "0123-4567-89AB-CDEF-GHJ4", f"{BASE_URL}/verify",
        wording.text("no_power", "ru"), wording.text("no_power", "en"),
        wording.text("pilot", "ru"), wording.text("pilot", "en"),
    ):  # fmt: skip
        assert part in text


def test_a_reviewed_edition_is_not_called_pilot_and_only_samples_say_so():
    text = text_of(draw(pilot=False))
    assert wording.text("pilot", "ru") not in text
    assert "ОБРАЗЕЦ" not in text
    belarusian = {"languages": ("be", "en"), "course_titles": {"be": "Правы", "en": "Rights"}}
    agency = {"agency_names": {"be": "Служба", "en": "Service"}}
    assert "УЗОР" in text_of(draw(sample=True, **belarusian, **agency))


@pytest.mark.parametrize("alphabet", [BELARUSIAN, RUSSIAN])
def test_every_letter_can_be_read_back_from_the_file(alphabet):
    halves = alphabet[: len(alphabet) // 2], alphabet[len(alphabet) // 2 :]
    text = text_of(draw(surname=halves[0], given_name=halves[1], patronymic=""))
    for half in halves:
        assert half in text.replace(" ", "")


def test_a_letter_the_face_lacks_comes_from_the_fallback():
    text = text_of(draw(surname="Ǆamалев", given_name="Ǻsa"))
    assert "Ǆamалев Ǻsa" in text
    assert faces.runs("аǄ", faces.SERIF_BOLD) == [
        (faces.SERIF_BOLD, "а"),
        (faces.FALLBACK, "Ǆ"),
    ]


@pytest.mark.parametrize("character", ["漢", "ش", "\u200f", "\x07", "\U0001f642"])
def test_a_name_no_face_can_print_is_refused_with_its_code_point(character):
    with pytest.raises(UnprintableName) as refusal:
        draw(surname=f"Ковал{character}")
    assert refusal.value.code_points == (f"U+{ord(character):04X}",)


def test_the_code_leads_to_the_public_check():
    page = pypdfium2.PdfDocument(draw())[0]
    found = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert [code.text for code in found] == [f"{BASE_URL}/verify/{printed().serial}"]


@pytest.mark.parametrize("length", [1, 30, 60])
def test_long_names_stay_inside_the_frame(length):
    long = "Ш" * length
    content = draw(
        surname=long, given_name=long, patronymic=long, surname_latin="W" * length,
        cohort=" ".join([long] * 3), agency_names={"ru": long * 2, "en": "W" * 2 * length},
    )  # fmt: skip
    page = pypdfium2.PdfDocument(content)[0]
    text = page.get_textpage()
    left = pdf.LEFT - 1
    for index in range(text.count_rects()):
        x1, y1, x2, y2 = text.get_rect(index)
        assert left <= x1 <= x2 <= pdf.WIDTH - left
        assert 50 <= y1 <= y2 <= pdf.HEIGHT - 50


def test_the_file_says_its_language_and_title_and_is_tagged():
    reader = pypdf.PdfReader(BytesIO(draw()))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "ru"
    assert root["/MarkInfo"]["/Marked"].value is True
    tags = [one.get_object()["/S"] for one in root["/StructTreeRoot"]["/K"]["/K"]]
    assert tags[:2] == ["/P", "/P"]
    assert {"/H1", "/H2", "/Figure"} <= set(tags)
    assert "Кавалевич" in reader.metadata.title
    assert reader.metadata.author == "AVRR Academy"


def test_only_embedded_fonts_are_used():
    fonts = pypdf.PdfReader(BytesIO(draw())).pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        assert "/FontFile2" in font.get_object()["/FontDescriptor"]


def test_hours_leave_out_what_is_zero():
    assert wording.duration(141, "be") == "2\u00a0г\u00a021\u00a0хв"
    assert wording.duration(60, "ru") == "1\u00a0ч"
    assert wording.duration(21, "en") == "21\u00a0min"


def test_every_text_is_there_in_three_languages():
    assert {frozenset(texts) for texts in wording.TEXTS.values()} == {frozenset(("ru", "be", "en"))}
    for texts in wording.TEXTS.values():
        assert not faces.missing("".join(texts.values()))


@pytest.mark.parametrize("letter", ["Ш", "н"])
def test_the_longest_names_and_titles_leave_no_part_over_another(letter):
    long = letter * 60
    fields = printed(
        surname=long, given_name=long, patronymic=long, surname_latin="W" * 60,
        given_name_latin="W" * 60, cohort=long, agency_names={"ru": long * 2, "en": "W" * 120},
        course_titles={"ru": "Права человека " * 6, "en": "Rights at the border " * 4},
    )  # fmt: skip
    sheet = pdf.Sheet(pdf.WIDTH, pdf.HEIGHT, language="ru")
    room = pdf.TOP - pdf.BOTTOM
    assert sum(block.height for block in pdf._blocks(sheet, fields, room)) <= room
