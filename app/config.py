"""Settings: one frozen value from the environment, all faults reported at once."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
MODES = ("demo", "production", "test")
MIN_SECRET_LENGTH = 32


class ConfigError(Exception):
    """The settings cannot be used; `faults` says what to set, one line each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Config:
    """Settings of one running application.

    `idle_minutes` and `absolute_hours` bound a signed-in session; `proxy_hops` is the
    number of trusted reverse proxies; `base_url` is printed in certificates, without a
    slash at its end.
    """

    mode: Literal["demo", "production", "test"]
    secret_key: str
    database_url: str
    base_url: str
    content_root: Path = ROOT
    time_zone: str = "Europe/Minsk"
    proxy_hops: int = 0
    idle_minutes: int = 60
    absolute_hours: int = 12
    agency_threshold: int = 5
    public_threshold: int = 10

    @property
    def production(self) -> bool:
        """Whether real people's data is served."""
        return self.mode == "production"


def load(environ: Mapping[str, str] | None = None) -> Config:
    """Read the settings from the environment.

    Raises `ConfigError` that lists every fault and what to set instead.
    """
    env = os.environ if environ is None else environ
    faults: list[str] = []
    mode = env.get("AVRR_MODE", "demo")
    if mode not in MODES:
        faults.append(f"AVRR_MODE is {mode!r}: set it to demo or production.")
    production = mode == "production"
    secret = env.get("AVRR_SECRET_KEY", "")
    if production and len(secret) < MIN_SECRET_LENGTH:
        faults.append(
            "AVRR_SECRET_KEY is missing or shorter than 32 characters: set a random value, "
            'for example from python3 -c "import secrets; print(secrets.token_hex(32))".'
        )
    if production and env.get("FLASK_DEBUG", "0") not in ("", "0"):
        faults.append("FLASK_DEBUG is on: unset it, debug pages show secrets.")
    database_url = env.get("DATABASE_URL", "")
    if production and not database_url:
        faults.append("DATABASE_URL is missing: set it to the database of this installation.")
    base_url = env.get("AVRR_BASE_URL", "").rstrip("/")
    if production and not base_url.startswith("https://"):
        faults.append(
            "AVRR_BASE_URL is missing or not https: set the public address, certificates print it."
        )
    numbers = {
        name: _number(env, name, default, low, faults)
        for name, default, low in (
            ("AVRR_PROXY_HOPS", 0, 0),
            ("AVRR_IDLE_MINUTES", 60, 5),
            ("AVRR_ABSOLUTE_HOURS", 12, 1),
            ("AVRR_AGENCY_THRESHOLD", 5, 3),
            ("AVRR_PUBLIC_THRESHOLD", 10, 3),
        )
    }
    zone = env.get("AVRR_TIME_ZONE", "Europe/Minsk")
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        faults.append(f"AVRR_TIME_ZONE is {zone!r}: set a name such as Europe/Minsk.")
    if faults:
        raise ConfigError(faults)
    return Config(
        mode=mode,  # type: ignore[arg-type]
        secret_key=secret or _local_secret(),
        database_url=_driver_url(database_url or f"sqlite:///{_instance() / 'avrr.sqlite3'}"),
        base_url=base_url or f"http://127.0.0.1:{env.get('PORT', '8000')}",
        time_zone=zone,
        proxy_hops=numbers["AVRR_PROXY_HOPS"],
        idle_minutes=numbers["AVRR_IDLE_MINUTES"],
        absolute_hours=numbers["AVRR_ABSOLUTE_HOURS"],
        agency_threshold=numbers["AVRR_AGENCY_THRESHOLD"],
        public_threshold=numbers["AVRR_PUBLIC_THRESHOLD"],
    )


def _number(env: Mapping[str, str], name: str, default: int, low: int, faults: list[str]) -> int:
    text = env.get(name, str(default))
    if not text.isdigit() or int(text) < low:
        faults.append(f"{name} is {text!r}: set a whole number of {low} or more.")
        return default
    return int(text)


def _driver_url(url: str) -> str:
    for plain in ("postgresql://", "postgres://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _instance() -> Path:
    folder = ROOT / "instance"
    folder.mkdir(exist_ok=True)
    return folder


def _local_secret() -> str:
    """Return the secret of a demo on this machine, made on first use and kept out of Git."""
    path = _instance() / "demo-secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii")
