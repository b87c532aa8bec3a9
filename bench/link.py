"""A bad link between a browser and a server on this machine.

Chromium's own emulation delays each request but neither the set-up of connections nor the
growth of their windows, and paces requests apart from each other. Traffic control of the kernel
needs rights and one system. So this forwards bytes itself, as they would travel: a connection
costs a round trip before its first byte; one pace for all connections in each direction, headers
of packets counted; every segment arrives half a round trip after it has left; and a connection
sends no more than its window, which starts at ten segments and grows by what has arrived, as TCP
does at its start. Nothing is lost, and names and encryption cost nothing: each would cost both
sides of a comparison the same and so make a ratio look better than it is here.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from dataclasses import dataclass

SEGMENT = 1460
PACKET_HEAD = 40
FIRST_WINDOW = 10 * SEGMENT


@dataclass
class Lane:
    """One direction of the link; all connections queue for it."""

    bytes_per_second: float
    free_at: float = 0.0
    carried: int = 0

    def book(self, size: int, now: float) -> float:
        """Return when the last byte of a segment has left."""
        self.carried += size
        self.free_at = max(self.free_at, now) + (size + PACKET_HEAD) / self.bytes_per_second
        return self.free_at


class BadLink:
    """Forwards to a port of this machine over a slow, far link: `with BadLink(...) as link`.

    `round_trip` is in seconds, `bytes_per_second` the pace of each direction.
    """

    def __init__(self, target: int, *, bytes_per_second: float, round_trip: float) -> None:
        self.target, self.round_trip = target, round_trip
        self.up, self.down = Lane(bytes_per_second), Lane(bytes_per_second)
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._open = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> BadLink:
        self._thread.start()
        if not self._open.wait(10):
            raise RuntimeError("the link did not open")
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._carry, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._open.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        is_up_at = self._loop.time() + self.round_trip
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        await asyncio.sleep(is_up_at - self._loop.time())
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            await asyncio.gather(
                self._pump(reader, far_writer, self.up), self._pump(far_reader, writer, self.down)
            )

    async def _pump(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, lane: Lane
    ) -> None:
        window, in_flight = FIRST_WINDOW, 0
        has_room = asyncio.Event()

        def acknowledged(size: int) -> None:
            nonlocal window, in_flight
            window, in_flight = window + size, in_flight - size
            has_room.set()

        while data := await source.read(SEGMENT):
            while in_flight + len(data) > window:
                has_room.clear()
                await has_room.wait()
            left_at = lane.book(len(data), self._loop.time())
            in_flight += len(data)
            self._loop.call_at(left_at + self.round_trip / 2, target.write, data)
            self._loop.call_at(left_at + self.round_trip, acknowledged, len(data))
            await asyncio.sleep(left_at - self._loop.time())
        left_at = lane.book(0, self._loop.time())
        self._loop.call_at(left_at + self.round_trip / 2, target.close)
