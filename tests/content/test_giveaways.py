"""What spoils an item in three languages, and what looks like it and may stay."""

from __future__ import annotations

import pytest

from app.content.giveaways import absolute_words, alike, negative_question, of_the_above


@pytest.mark.parametrize(
    ("lang", "option"),
    [
        ("en", "All of the above"),
        ("en", "None of these."),
        ("en", "Both A and C"),
        ("ru", "Всё перечисленное"),
        ("ru", "Ничего из вышеперечисленного"),
        ("ru", "Все ответы верны"),
        ("ru", "Ни один из вариантов"),
        ("be", "Усё пералічанае"),
        ("be", "Нічога з вышэйпералічанага"),
        ("be", "Усе адказы правільныя"),
        ("be", "Ніводзін з варыянтаў"),
    ],
)
def test_an_option_that_means_others_is_found(lang: str, option: str) -> None:
    assert of_the_above(["x", option], lang)[0] == ""
    assert of_the_above(["x", option], lang)[1] != ""


@pytest.mark.parametrize(
    ("lang", "option"),
    [
        ("en", "Say the same as all of them"),
        ("en", "Ask all of the people in the hall"),
        ("en", "Write “none of the above” on the form"),
        ("ru", "Опросить всех по одному"),
        ("ru", "Всё это записать и доложить"),
        ("ru", "Записать все ответы человека"),
        ("be", "Апытаць усіх па адным"),
        ("be", "Запісаць усе адказы чалавека"),
    ],
)
def test_an_option_about_people_or_papers_is_none(lang: str, option: str) -> None:
    assert of_the_above([option], lang) == [""]


@pytest.mark.parametrize(
    ("lang", "option", "found"),
    [
        ("en", "Never ask", "Never"),
        ("en", "Only if he signs", "Only if"),
        ("en", "Only those who deal with it", ""),
        ("en", "Say: “I never lie”", ""),
        ("ru", "Всегда отказывать", "Всегда"),
        ("ru", "Лишь когда подпишет", "Лишь когда"),
        ("ru", "Только тем, кто ведёт дело", ""),
        ("ru", "Сказать: «Я никогда не лгу»", ""),
        ("be", "Ніколі не пытацца", "Ніколі"),
        ("be", "Толькі калі падпіша", "Толькі калі"),
        ("be", "Толькі тым, хто вядзе справу", ""),
        ("be", "Сказаць: «Я заўсёды тут»", ""),
    ],
)
def test_words_without_exception_are_found(lang: str, option: str, found: str) -> None:
    assert absolute_words([option, "x"], lang) == [found, ""]


@pytest.mark.parametrize(
    ("lang", "stem", "in_bold"),
    [
        ("en", "He waits. Which of these is not your task?", False),
        ("en", "Which step is **not** part of it?", True),
        ("en", "What should you never say?", False),
        ("en", "All of these help, except:", False),
        ("ru", "Он ждёт. Что из этого не является вашей задачей?", False),
        ("ru", "Что **не** входит в памятку?", True),
        ("ru", "Чего говорить нельзя?", False),
        ("ru", "Всё это помогает, кроме:", False),
        ("ru", "Какие слова НЕ помогут?", False),
        ("be", "Ён чакае. Што з гэтага не з’яўляецца вашай задачай?", False),
        ("be", "Што **не** ўваходзіць у памятку?", True),
        ("be", "Чаго казаць нельга?", False),
        ("be", "Усё гэта дапамагае, акрамя:", False),
    ],
)
def test_a_question_for_what_is_wrong_is_found(lang: str, stem: str, in_bold: bool) -> None:
    found = negative_question(stem, lang)
    assert found is not None
    assert found[1] is in_bold


@pytest.mark.parametrize(
    ("lang", "stem"),
    [
        ("en", "Which fact adds a duty that the other files do not contain?"),
        ("en", "Which argument best shows why the list is not enough?"),
        ("en", "He does not speak. What do you do?"),
        ("en", "What would you say if she does not answer?"),
        ("ru", "Он не говорит. Как вы поступите?"),
        ("ru", "Что добавляет обязанность, которой нет в других делах?"),
        ("ru", "Какие слова помогут ей и не навесят ярлыка?"),
        ("ru", "Что делать, если он не отвечает?"),
        ("ru", "Как помочь и не навредить?"),
        ("ru", "Кто, кроме того, отвечает за неё?"),
        ("be", "Ён не гаворыць. Што вы зробіце?"),
        ("be", "Калі ён не адказвае, што рабіць?"),
        ("be", "Якія словы дапамогуць ёй і не навесяць ярлыка?"),
    ],
)
def test_a_negation_inside_a_situation_is_none(lang: str, stem: str) -> None:
    assert negative_question(stem, lang) is None


def test_options_alike_are_found_and_numbers_and_letters_count() -> None:
    assert alike(["Ask the man", "Wait", "ask man.", "WAIT!"], "en") == [(2, 0), (3, 1)]
    assert alike(["Её спросить", "Ее **спросить**"], "ru") == [(1, 0)]
    assert alike(["In 3 days", "In 4 days", "To State A", "To State B"], "en") == []
    assert alike(["Ask the child", "Ask the children", "Report", "Do not report"], "en") == []
