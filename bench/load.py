"""A light HTTP client: many keep-alive connections in one thread, so the server has a core."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable, Iterator

HEAD_END = b"\r\n\r\n"


class Refused(Exception):
    """The server answered with a status that the measurement does not accept."""


class _Client:
    def __init__(self, port: int, requests: Iterator[bytes], accept: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests, self.accept = requests, accept
        self.buffer = bytearray()
        self.done = 0

    def send(self) -> None:
        self.socket.sendall(next(self.requests))

    def receive(self) -> bool:
        """Read what came; say whether a whole answer is there."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise Refused("the server closed the connection")
        self.buffer += piece
        end = self.buffer.find(HEAD_END)
        if end < 0:
            return False
        head = bytes(self.buffer[:end]).lower()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        if len(self.buffer) < end + 4 + length:
            return False
        if not self.buffer.startswith(self.accept):
            raise Refused(bytes(self.buffer[:600]).decode("utf-8", "replace"))
        self.buffer.clear()
        self.done += 1
        return True


def throughput(
    port: int,
    clients: int,
    seconds: float,
    requests: Callable[[int], Iterator[bytes]],
    accept: bytes = b"HTTP/1.1 200",
) -> float:
    """Return answers per second of `clients` connections that each wait for their answer.

    `requests(n)` yields what client `n` sends. Raises `Refused` on any other status.
    """
    crowd = [_Client(port, requests(n), accept) for n in range(clients)]
    with selectors.DefaultSelector() as selector:
        for client in crowd:
            selector.register(client.socket, selectors.EVENT_READ, client)
            client.send()
        started = time.perf_counter()
        while time.perf_counter() - started < seconds:
            for key, _events in selector.select(0.1):
                if key.data.receive():
                    key.data.send()
        elapsed = time.perf_counter() - started
        total = sum(client.done for client in crowd)
    for client in crowd:
        client.socket.close()
    return total / elapsed


def get(path: str, cookie: str = "") -> bytes:
    """Return a GET request."""
    extra = f"Cookie: {cookie}\r\n" if cookie else ""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{extra}\r\n".encode()


def post(path: str, body: bytes, kind: str = "application/json") -> bytes:
    """Return a POST request."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
