"""The words printed on a certificate, in three languages, and how it writes days and hours.

These are the text of a paper that is kept for years, so they stay here and are not translated
with the interface.
"""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

LOCALES = {"ru": "ru", "be": "be", "en": "en_GB"}
TEXTS: dict[str, dict[str, str]] = {
    "title": {"ru": "Сертификат", "be": "Сертыфікат", "en": "Certificate"},
    "subtitle": {
        "ru": "о завершении учебного курса",
        "be": "аб завяршэнні навучальнага курса",
        "en": "of completion of a course",
    },
    "programme": {
        "ru": "Содействие добровольному возвращению и реинтеграции на основе прав человека",
        "be": "Садзейнічанне добраахвотнаму вяртанню і рэінтэграцыі на аснове правоў чалавека",
        "en": "Human-rights-based assisted voluntary return and reintegration",
    },
    "holder": {"ru": "Выдан", "be": "Выдадзены", "en": "Awarded to"},
    "course": {"ru": "Курс завершён", "be": "Курс завершаны", "en": "Course completed"},
    "completed_on": {"ru": "Завершён", "be": "Завершаны", "en": "Completed"},
    "issued_on": {"ru": "Дата выдачи", "be": "Дата выдачы", "en": "Date of issue"},
    "valid_until": {"ru": "Действует по", "be": "Дзейнічае па", "en": "Valid until"},
    "no_end": {"ru": "без срока", "be": "без тэрміну", "en": "no end date"},
    "hours": {"ru": "Объём курса", "be": "Аб’ём курса", "en": "Workload"},
    "edition": {"ru": "Редакция курса", "be": "Рэдакцыя курса", "en": "Course edition"},
    "law_as_of": {
        "ru": "Национальное право на",
        "be": "Нацыянальнае права на",
        "en": "National law as of",
    },
    "cohort": {"ru": "Учебная группа", "be": "Вучэбная група", "en": "Cohort"},
    "agency": {"ru": "Служба", "be": "Служба", "en": "Agency"},
    "completed": {
        "ru": "Сертификат подтверждает, что курс пройден полностью.",
        "be": "Сертыфікат пацвярджае, што курс пройдзены цалкам.",
        "en": "This certificate confirms that the course was completed.",
    },
    "no_power": {
        "ru": "Он не даёт права консультировать по вопросам возвращения.",
        "be": "Ён не дае права кансультаваць па пытаннях вяртання.",
        "en": "It gives no power to counsel on return.",
    },
    "pilot": {
        "ru": "Пилотная редакция: проверка содержания не завершена",
        "be": "Пілотная рэдакцыя: праверка зместу не завершана",
        "en": "Pilot edition: content review open",
    },
    "verify": {
        "ru": "Проверить подлинность",
        "be": "Праверыць сапраўднасць",
        "en": "Check this certificate",
    },
    "serial": {"ru": "Номер", "be": "Нумар", "en": "Serial"},
    "sample": {"ru": "ОБРАЗЕЦ", "be": "УЗОР", "en": "SAMPLE"},
    "hour_unit": {"ru": "ч", "be": "г", "en": "h"},
    "minute_unit": {"ru": "мин", "be": "хв", "en": "min"},
    "qr": {
        "ru": "QR-код с адресом проверки",
        "be": "QR-код з адрасам праверкі",
        "en": "QR code with the address of the check",
    },
}


def text(key: str, language: str) -> str:
    """Return a text of the certificate."""
    return TEXTS[key][language]


def day(iso: str, language: str) -> str:
    """Return a day in words: "5 мая 2026 г."."""
    return format_date(date.fromisoformat(iso), "long", locale=LOCALES[language])


def duration(minutes: int, language: str) -> str:
    """Return a length of time: "1 ч 21 мин"; a part that is zero is left out."""
    hours, rest = divmod(minutes, 60)
    parts = [(hours, "hour_unit"), (rest, "minute_unit")]
    shown = [f"{n}\u00a0{text(unit, language)}" for n, unit in parts if n]
    return "\u00a0".join(shown) or f"0\u00a0{text('minute_unit', language)}"
