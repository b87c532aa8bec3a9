"""Settings: all faults at once, and production that does not start half set up."""

from __future__ import annotations

import pytest

from app.config import ConfigError, load

GOOD = {
    "AVRR_MODE": "production",
    "AVRR_SECRET_KEY": "s" * 40,
    "DATABASE_URL": "postgresql://somewhere/academy",
    "AVRR_BASE_URL": "https://academy.example/",
}


def test_good_production_settings_load():
    config = load(GOOD)
    assert config.production
    assert config.database_url == "postgresql+psycopg://somewhere/academy"
    assert config.base_url == "https://academy.example"


def test_production_names_every_missing_setting_at_once():
    with pytest.raises(ConfigError) as refused:
        load({"AVRR_MODE": "production", "FLASK_DEBUG": "1"})
    text = str(refused.value)
    for name in ("AVRR_SECRET_KEY", "FLASK_DEBUG", "DATABASE_URL", "AVRR_BASE_URL"):
        assert name in text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("AVRR_MODE", "prod"),
        ("AVRR_SECRET_KEY", "short"),
        ("AVRR_BASE_URL", "http://academy.example"),
        ("AVRR_TIME_ZONE", "Minsk"),
        ("AVRR_AGENCY_THRESHOLD", "2"),
        ("AVRR_PROXY_HOPS", "one"),
        ("AVRR_IDLE_MINUTES", "0"),
    ],
)
def test_a_wrong_setting_is_named(name, value):
    with pytest.raises(ConfigError, match=name):
        load({**GOOD, name: value})
