"""A server on loopback, over real sockets, that can do what no server should do.

Each request is read completely, and stored as its head and the digest of its body, so that a body of any size takes no
memory. Then the behaviour, a function of the test, sends a response, half of one, or nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.support.patience import PATIENCE

PIECE = 64 * 1024
KEPT = 1024 * 1024
"""Bytes of a body up to which it is kept whole."""


@dataclass(frozen=True)
class Received:
    """A request as it came."""

    method: str
    target: str
    headers: Mapping[str, str] = field(repr=False)
    """Names in lower case; they hold the key, which a traceback with variables would show."""
    digest: str
    length: int
    body: bytes = field(repr=False)
    """Empty if it was longer than `KEPT`."""
    connection: int
    """Which connection it came on, counted from 0."""


@dataclass
class Connection:
    """One connection, and what can be done to the client at its other end."""

    number: int
    stream: socket.socket
    pending: bytes = b""
    closing: bool = False

    def send(self, *pieces: bytes) -> None:
        """Send bytes as they are."""
        for piece in pieces:
            self.stream.sendall(piece)

    def head(self, status: int = 200, **headers: str) -> None:
        """Send the head of a response; names of headers are written with `_` for `-`."""
        lines = [f"HTTP/1.1 {status} Misbehaving", *(f"{n.replace('_', '-')}: {v}" for n, v in headers.items())]
        self.send("\r\n".join([*lines, "", ""]).encode())

    def answer(self, status: int = 200, body: Any = None, **headers: str) -> None:
        """Send a whole response: bytes as they are, `None` as nothing, and everything else as JSON."""
        content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = {} if body is None or "content_type" in headers else {"content_type": "application/json"}
        self.head(status, content_length=str(len(content)), **kind, **headers)
        self.send(content)

    def chunked(self, pieces: Iterable[bytes], *, end: bool = True) -> None:
        """Send the chunks of a response whose head said so."""
        for piece in pieces:
            self.send(f"{len(piece):x}\r\n".encode(), piece, b"\r\n")
        if end:
            self.send(b"0\r\n\r\n")

    def close(self) -> None:
        """Close in order, after what was sent."""
        self.closing = True

    def reset(self) -> None:
        """Break the connection off: the client gets a reset instead of an end."""
        self.stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.closing = True

    def gone(self, seconds: float = PATIENCE) -> bool:
        """Wait until the client closes its end; whether it did in time."""
        self.stream.settimeout(seconds)
        try:
            return self.stream.recv(1) == b""
        except ConnectionError:
            return True
        except TimeoutError:
            return False


Behaviour: TypeAlias = Callable[[Received, Connection], None]


@dataclass
class Server:
    """What the server has seen, and where it is."""

    url: str
    requests: list[Received] = field(default_factory=list)
    opened: int = 0
    open: set[int] = field(default_factory=set)
    """The connections that are open now."""
    arrived: threading.Condition = field(default_factory=threading.Condition, repr=False)
    """Is notified of each request."""

    def wait_for(self, count: int) -> None:
        """Wait until so many requests have arrived: a client that has given up can be quicker than the server."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.requests) >= count, PATIENCE)


class Silence:
    """Lets the read timeout of a client begin once the server has sent all that comes before its silence.

    A short timeout is over on a busy machine before the server has said anything. So the client, by the extension
    `trace` of httpx, does not begin to read until the server is silent; what was sent before is there by then.
    """

    def __init__(self) -> None:
        """Begin with a server that has not answered yet."""
        self._silent = threading.Event()

    def begin(self, connection: Connection) -> None:
        """Say nothing any more, until the client goes."""
        self._silent.set()
        assert connection.gone()
        connection.close()

    def hook(self, request: Any) -> None:
        """Make the request of a synchronous client wait: for `event_hooks` of httpx."""
        request.extensions["trace"] = self._trace

    async def async_hook(self, request: Any) -> None:
        """Make the request of an asynchronous client wait."""
        request.extensions["trace"] = self._async_trace

    def _trace(self, event: str, _: Any) -> None:
        if event.endswith(".receive_response_headers.started"):
            assert self._silent.wait(PATIENCE)
            self._silent.clear()

    async def _async_trace(self, event: str, details: Any) -> None:
        await asyncio.to_thread(self._trace, event, details)


@contextmanager
def refusing() -> Iterator[str]:
    """Yield an address that refuses connections: its port is taken, so that nobody else can listen there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@contextmanager
def serving(behave: Behaviour) -> Iterator[Server]:
    """Serve on a free port of loopback until the block ends."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    server = Server(f"http://127.0.0.1:{listener.getsockname()[1]}")
    stopped, lock = threading.Event(), threading.Lock()
    threads: list[threading.Thread] = []
    streams: set[socket.socket] = set()

    def accept() -> None:
        while True:
            stream, _ = listener.accept()
            if stopped.is_set():
                stream.close()
                return
            stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with lock:
                number, server.opened = server.opened, server.opened + 1
                server.open.add(number)
                streams.add(stream)
            thread = threading.Thread(target=talk, args=(Connection(number, stream),))
            threads.append(thread)
            thread.start()

    def talk(connection: Connection) -> None:
        with suppress(ConnectionError, TimeoutError), connection.stream:
            try:
                while not connection.closing and (request := _receive(connection)):
                    with server.arrived:
                        server.requests.append(request)
                        server.arrived.notify_all()
                    behave(request, connection)
            finally:
                with lock:
                    server.open.discard(connection.number)
                    streams.discard(connection.stream)

    accepting = threading.Thread(target=accept)
    accepting.start()
    try:
        yield server
    finally:
        stopped.set()
        socket.create_connection(listener.getsockname()).close()  # which wakes it up
        accepting.join(PATIENCE)  # so that no connection is taken after those below are looked through
        listener.close()
        with lock:
            left = list(streams)
        for stream in left:
            with suppress(OSError):
                stream.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(PATIENCE)


def _receive(connection: Connection) -> Received | None:
    """Read one request; `None` if the client has closed."""
    data = connection.pending
    while b"\r\n\r\n" not in data:
        piece = connection.stream.recv(PIECE)
        if not piece:
            return None
        data += piece
    head, _, data = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    digest, length, kept = hashlib.sha256(), 0, b""
    reader = _Reader(connection, data)
    for piece in reader.body(headers):
        digest.update(piece)
        length += len(piece)
        kept = kept + piece if length <= KEPT else b""
    connection.pending = reader.data
    return Received(method, target, headers, digest.hexdigest(), length, kept, connection.number)


class _Reader:
    """Reads a body in either framing."""

    def __init__(self, connection: Connection, data: bytes) -> None:
        self._connection = connection
        self.data = data

    def body(self, headers: Mapping[str, str]) -> Iterator[bytes]:
        if headers.get("transfer-encoding") == "chunked":
            while size := int(self._line(), 16):
                yield from self._exactly(size)
                self._line()
            self._line()
        else:
            yield from self._exactly(int(headers.get("content-length", "0")))

    def _more(self) -> bytes:
        piece = self._connection.stream.recv(PIECE)
        if not piece:
            raise ConnectionError("the client went away in the middle of a body")
        return piece

    def _exactly(self, size: int) -> Iterator[bytes]:
        while size:
            self.data = self.data or self._more()
            piece, self.data = self.data[:size], self.data[size:]
            size -= len(piece)
            yield piece

    def _line(self) -> bytes:
        while b"\r\n" not in self.data:
            self.data += self._more()
        line, _, self.data = self.data.partition(b"\r\n")
        return line
