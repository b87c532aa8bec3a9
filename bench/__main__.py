"""Measure ours against the floors, alternating, and print a line per figure and a table."""

from __future__ import annotations

import argparse
import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import content, load

CLIENTS = 16
THREADS = 2
ROUNDS = 5
SECONDS = 3.0
SECRET = "a-secret-of-the-measurement-only-0123456789"
LESSON = "/courses/c1/1-1"
WIRE_GOAL = 60_000


@dataclass(frozen=True)
class Figure:
    """A measured figure; `ratio` is ours to the floor, `goal` what the ratio must reach."""

    name: str
    ours: float
    floor: float
    goal: str
    ok: bool
    spread: str = ""

    @property
    def ratio(self) -> float:
        """Ours divided by the floor."""
        return self.ours / self.floor if self.floor else 0.0

    def line(self) -> str:
        """Return the figure as one JSON object."""
        facts = {
            "name": self.name,
            "ours": round(self.ours, 4),
            "floor": round(self.floor, 4),
            "ratio": round(self.ratio, 3),
            "goal": self.goal,
            "ok": self.ok,
        }
        return json.dumps(facts | ({"spread": self.spread} if self.spread else {}))


class Bench:
    """One run: a database with learners in it, and two servers."""

    def __init__(self, folder: Path, rounds: int, seconds: float) -> None:
        self.folder, self.rounds, self.seconds = folder, rounds, seconds
        self.database = folder / "bench.sqlite3"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.figures: list[Figure] = []

    def run(self, *, only_first_visit: bool = False) -> list[Figure]:
        """Measure everything, or only what a browser without our files meets."""
        self._prepare()
        try:
            self.ours = self._serve("bench.ours", str(self.database), SECRET)
            self._write_floor_template()
            libraries = self._libraries()
            self.floor = self._serve(
                "bench.floor", str(self.database), str(self.folder), after=libraries
            )
            if not only_first_visit:
                self._content()
                self._lesson()
                self._answers()
                self._memory()
            self._first_visit()
        finally:
            for process in self.processes:
                process.terminate()
        return self.figures

    def _prepare(self) -> None:
        """Make the database: migrated, published, learners signed in with an open attempt."""
        from flask_migrate import upgrade

        from app import clock, create_app
        from app.assessment import services as assessment
        from app.assessment.tokens import issue as answer_token
        from app.authoring.publishing import publish_all
        from app.config import ROOT, Config
        from app.db import db
        from app.ui.first_visit import COOKIE
        from bench.floor import FloorAnswer, FloorPage
        from tests.world import World

        config = Config(
            mode="test",
            secret_key=SECRET,
            database_url=f"sqlite:///{self.database}",
            base_url="http://127.0.0.1",
            content_root=ROOT,
        )
        app = create_app(config)
        with app.app_context():
            upgrade(directory=str(ROOT / "migrations"))
            publish_all()
            for table in (FloorPage.__table__, FloorAnswer.__table__):
                table.create(db.session.connection())
            db.session.execute(FloorPage.__table__.insert().values(id=1, title="Floor"))
            db.session.commit()
        world = World(app)
        self.sessions: list[str] = []
        self.attempts: list[tuple[str, str, list[list[str]]]] = []
        with world.inside():
            people = [world.person(world.border, f"Слушатель{n}") for n in range(CLIENTS)]
            for person in people:
                world.enrol(person)
                cycle = world.cycle(person)
                attempt = assessment.start_attempt(cycle, language="ru", now=clock.now())
                db.session.flush()
                with app.test_request_context():
                    token = answer_token(attempt.public_id, person.public_id)
                options = [drawn["options"] for drawn in attempt.draw]
                self.attempts.append((attempt.public_id, token, options))
            db.session.commit()
            people = [person.id for person in people]
        for key in people:
            client = world.new_client(type("Someone", (), {"id": key}))
            cookie = client.get_cookie("avrr")
            assert cookie is not None
            self.sessions.append(f"avrr={cookie.value}")
        client = world.new_client(type("Someone", (), {"id": people[0]}))
        look = client.get_cookie(COOKIE)  # the page of a browser that has been here before
        assert look is not None
        self.cookies = [f"{session}; {COOKIE}={look.value}" for session in self.sessions]
        self.lesson = client.get(LESSON)
        assert self.lesson.status_code == 200, self.lesson.status
        self.figures.append(self._statements(app, world, people[0]))
        self.app = app

    def _statements(self, app, world, key: int) -> Figure:
        """Count the statements of a lesson page."""
        from sqlalchemy import event

        from app.db import db

        seen: list[str] = []
        client = world.new_client(type("Someone", (), {"id": key}))
        with app.app_context():
            engine = db.engine

        def note(_c, _cursor, statement, *_rest):
            if not statement.startswith("BEGIN"):
                seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        client.get(LESSON)
        event.remove(engine, "before_cursor_execute", note)
        return Figure("lesson page: SQL statements", len(seen), 4, "at most 4", len(seen) <= 4)

    def _write_floor_template(self) -> None:
        """Write a template that renders the bytes of the lesson page."""
        text = self.lesson.text.replace("{", "&#123;").replace("}", "&#125;")
        (self.folder / "page.html").write_text(f"{{{{ row.title }}}}{text}", encoding="utf-8")

    def _libraries(self) -> list[str]:
        """Names of the outside libraries that the program has loaded."""
        code = (
            "import sys; from bench.floor import build; before=set(sys.modules);"
            "from app import create_app; from app.config import Config;"
            f"create_app(Config(mode='test', secret_key='{SECRET}', "
            f"database_url='sqlite:///{self.database}', base_url='http://x'));"
            "new=[m for m in sys.modules if m not in before];"
            "print('\\n'.join(m for m in new if not m.startswith(('app', 'bench', 'tests', '_'))"
            " and sys.modules[m].__spec__ and sys.modules[m].__spec__.name == m"
            " and 'site-packages' in (getattr(sys.modules[m], '__file__', '') or '')))"
        )
        answer = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        return answer.stdout.split()

    def _serve(self, module: str, *arguments: str, after: list[str] | None = None) -> int:
        port = _free_port()
        command = [sys.executable, "-m", module, *arguments, str(port), str(THREADS)]
        process = subprocess.Popen(command + (after or []))
        self.processes.append(process)
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return port
            if process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit(f"{module} did not start")

    def _pair(
        self,
        name: str,
        goal: float,
        ours: Callable[[int], Iterator[bytes]],
        floor: Callable[[int], Iterator[bytes]],
    ) -> None:
        """Measure two workloads in turns; the figure is the median."""
        mine, theirs = [], []
        load.throughput(self.ours, CLIENTS, 1, ours)
        load.throughput(self.floor, CLIENTS, 1, floor)
        for _ in range(self.rounds):
            mine.append(load.throughput(self.ours, CLIENTS, self.seconds, ours))
            theirs.append(load.throughput(self.floor, CLIENTS, self.seconds, floor))
        ratios = sorted(a / b for a, b in zip(mine, theirs, strict=True))
        a, b = statistics.median(mine), statistics.median(theirs)
        spread = f"ratio {ratios[0]:.2f} to {ratios[-1]:.2f} in {self.rounds} rounds"
        met = goal == 0 or a / b >= goal
        wish = f"at least {goal}" if goal else "shown only"
        self.figures.append(Figure(name, a, b, wish, met, spread))

    def _content(self) -> None:
        """Check all content, beside Markdown alone on the same files."""
        mine, bare = [], []
        for _ in range(self.rounds):
            mine.append(content.measure("ours"))
            bare.append(content.measure("floor"))
        ratios = sorted(a / b for a, b in zip(mine, bare, strict=True))
        a, b = statistics.median(mine), statistics.median(bare)
        spread = f"ratio {ratios[0]:.2f} to {ratios[-1]:.2f} in {self.rounds} rounds"
        wish, met = "at most 3 times", a <= 3 * b
        self.figures.append(Figure("check of all content, seconds", a, b, wish, met, spread))

    def _lesson(self) -> None:
        def ours(n: int) -> Iterator[bytes]:
            return itertools.repeat(load.get(LESSON, self.cookies[n]))

        def floor(_n: int) -> Iterator[bytes]:
            return itertools.repeat(load.get("/page/1"))

        def ok(_n: int) -> Iterator[bytes]:
            return itertools.repeat(load.get("/ok"))

        self._pair("lesson page, 16 clients, per second", 0.45, ours, floor)
        self._pair('lesson page to a bare return "ok", per second', 0, ours, ok)

    def _answers(self) -> None:
        revisions: dict[tuple[int, int], int] = {}

        def ours(n: int) -> Iterator[bytes]:
            public_id, token, options = self.attempts[n]
            for position in itertools.cycle(range(1, len(options) + 1)):
                base = revisions.get((n, position), 0)
                revisions[n, position] = base + 1
                answer = {
                    "position": position,
                    "base_revision": base,
                    "options": [options[position - 1][base % len(options[position - 1])]],
                }
                body = json.dumps({"token": token, "answers": [answer]}).encode()
                yield load.post(f"/attempts/{public_id}/answers", body)

        def floor(n: int) -> Iterator[bytes]:
            for position in itertools.count():
                body = json.dumps({"position": position, "body": f"{n} " + "x" * 120}).encode()
                yield load.post("/answer", body)

        self._pair("saving one answer, 16 clients, per second", 0.45, _once(ours), floor)

    def _memory(self) -> None:
        if not Path("/proc/self/status").exists():
            return
        time.sleep(2)
        mine, bare = (_resident(process.pid) for process in self.processes)
        self.figures.append(
            Figure("memory, idle, MB", mine, bare, "at most 1.6 times", mine / bare <= 1.6)
        )

    def _first_visit(self) -> None:
        """Open the first lesson in a browser with an empty cache, beside a bare page."""
        from app.__main__ import find_chromium

        if not (chromium := find_chromium()):
            print("Not measured: the first visit of a lesson needs Chromium.", file=sys.stderr)
            return
        from bench import first_visit

        (self.folder / "text.html").write_text(
            first_visit.bare_page(self.lesson.text), encoding="utf-8"
        )
        plain, slowed = first_visit.measure(
            chromium,
            ours=(self.ours, LESSON),
            bare=(self.floor, "/text"),
            cookie=self.sessions[0],
            rounds=self.rounds,
        )
        visits = plain.ours + slowed.ours
        self._most("bytes", max(v.wire for v in visits), WIRE_GOAL)
        self._most("requests", max(len(v.requests) for v in visits), 8)
        self._most("bytes of scripts", max(v.bytes_of("Script") for v in visits), 25_000)
        self._most("bytes of the sheet", max(v.bytes_of("Stylesheet") for v in visits), 15_000)
        self._most("scripts that block", max(v.blocking_scripts for v in visits), 0)
        self._most("requests that block drawing", max(len(v.blocking) for v in visits), 0)
        self._most("layout shift", max(v.shift for v in visits), 0.02)
        for name, goal, rounds in (("", 1.5, plain), (", processor slowed four times", 0, slowed)):
            ours, bare = rounds.paints()
            wish, met = (
                (f"at most {goal} times", ours <= bare * goal) if goal else ("shown only", True)
            )
            self.figures.append(
                Figure(
                    f"first visit of a lesson, ms to the first text{name}",
                    ours,
                    bare,
                    wish,
                    met,
                    rounds.spread(),
                )
            )

    def _most(self, name: str, ours: float, most: float) -> None:
        self.figures.append(
            Figure(
                f"first visit of a lesson, {name}", ours, most, f"at most {most:,}", ours <= most
            )
        )


def _once(make: Callable[[int], Iterator[bytes]]) -> Callable[[int], Iterator[bytes]]:
    """Keep one request stream per client: revisions go on from round to round."""
    streams: dict[int, Iterator[bytes]] = {}
    return lambda n: streams.setdefault(n, make(n))


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _short(value: float) -> str:
    return f"{value:>10.1f}" if value >= 1 or value == 0 else f"{value:>10.4f}"


def main() -> int:
    """Run, print, and return 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="python3 -m app bench")
    parser.add_argument("--full", action="store_true", help="more rounds")
    parser.add_argument("--first-visit", action="store_true", help="only the first visit")
    wanted = parser.parse_args()
    os.environ.setdefault("PYTHONUTF8", "1")
    with tempfile.TemporaryDirectory(prefix="avrr-bench-") as folder:
        bench = Bench(Path(folder), ROUNDS * (3 if wanted.full else 1), SECONDS)
        figures = bench.run(only_first_visit=wanted.first_visit)
    for figure in figures:
        print(figure.line())
    width = max(len(figure.name) for figure in figures)
    for figure in figures:
        verdict = "ok" if figure.ok else "MISSED"
        print(
            f"{figure.name:<{width}}  ours {_short(figure.ours)}  floor {_short(figure.floor)}  "
            f"ratio {figure.ratio:>6.3f}  {figure.goal:<18} {verdict}  {figure.spread}"
        )
    return 0 if all(figure.ok for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
