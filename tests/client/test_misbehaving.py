"""Servers that misbehave, over real sockets: for each, its behaviour and the required result.

The result is a response or one typed error: never another exception, never a hang, and never a wrong response.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from apicontract.client import Answer, ApiError
from tests.client.streaming import BEGIN, END, lines, text
from tests.client.tiny_api import Event, Note, Tiny
from tests.support.misbehaving import Connection, Received, Server, Silence, serving
from tests.support.patience import PATIENCE

GOOD = b'{"_id": "n"}'
TELL: dict[str, Any] = {"body": {"prompt": "p", "stream": True}}
Act = Callable[[Connection], None]


def raw(*pieces: bytes) -> Act:
    """Send bytes, then close."""

    def act(connection: Connection) -> None:
        connection.send(*pieces)
        connection.close()

    return act


def head(status: str = "200 OK", *fields: str, body: bytes = GOOD, length: int | None = None) -> Act:
    """Send a response with a length and some more fields, then close."""
    size = [] if length == -1 else [f"Content-Length: {len(body) if length is None else length}"]
    return raw("\r\n".join([f"HTTP/1.1 {status}", *size, *fields, "", ""]).encode("latin-1"), body)


def chunks(*pieces: bytes, body: str = "", status: str = "200 OK") -> Act:
    """Send a response in pieces that are said to be chunks, then close."""
    return raw(f"HTTP/1.1 {status}\r\nTransfer-Encoding: chunked\r\n{body}\r\n".encode(), *pieces)


def reset(*pieces: bytes) -> Act:
    """Send bytes, then break the connection off."""

    def act(connection: Connection) -> None:
        connection.send(*pieces)
        connection.reset()

    return act


SILENCE = Silence()


def silent(*pieces: bytes) -> Act:
    """Send bytes, then nothing."""

    def act(connection: Connection) -> None:
        connection.send(*pieces)
        SILENCE.begin(connection)

    return act


def streamed(*rows: str | bytes, end: Callable[..., Act] = raw, fields: str = "") -> Act:
    """Send a stream of events without a length, then close or break off."""
    body = b"".join(row if isinstance(row, bytes) else lines(row) for row in rows)
    return end(f"HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n{fields}\r\n".encode() + body)


OK = "Note"
CUT, READ, TIMED = "RemoteProtocolError", "ReadError", "ReadTimeout"
INVALID, STREAM, SERVER, REFUSED = "ResponseInvalid", "StreamInvalid", "ServerError", "StatusError"
SCENARIOS: dict[str, tuple[Act, str]] = {
    "a good answer": (head(), OK),
    "a good answer of unknown length": (head(length=-1), OK),
    "a good answer in chunks": (chunks(b"c\r\n", GOOD, b"\r\n0\r\n\r\n"), OK),
    "chunks of one byte": (chunks(*(b"1\r\n" + GOOD[i : i + 1] + b"\r\n" for i in range(12)), b"0\r\n\r\n"), OK),
    "chunks with extensions": (chunks(b"c;a=b\r\n", GOOD, b"\r\n0;x\r\n\r\n"), OK),
    "chunks with a trailer": (chunks(b"c\r\n", GOOD, b"\r\n0\r\nX-Sum: 1\r\n\r\n"), OK),
    "a head in HTTP/1.0": (raw(b"HTTP/1.0 200 OK\r\n\r\n", GOOD), OK),
    "a reason that is empty": (head("200 "), OK),
    "an answer before 100 Continue": (
        raw(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n", GOOD),
        OK,
    ),
    "fifty times 103 Early Hints": (
        raw(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 50 + b"HTTP/1.1 200 OK\r\n\r\n", GOOD),
        OK,
    ),
    "a length that is given twice, the same": (head("200 OK", "Content-Length: 12"), OK),
    "a body in gzip": (head("200 OK", "Content-Encoding: gzip", body=gzip.compress(GOOD)), OK),
    "a body in deflate": (head("200 OK", "Content-Encoding: deflate", body=zlib.compress(GOOD)), OK),
    "the coding identity": (head("200 OK", "Content-Encoding: identity"), OK),
    "white space around the JSON": (head(body=b" \r\n\t" + GOOD + b"\n"), OK),
    "a content type of something else": (head("200 OK", "Content-Type: text/html"), OK),
    "no content type": (head("200 OK"), OK),
    "a hundred headers": (head("200 OK", *(f"X-{i}: y" for i in range(100))), OK),
    "another good status": (head("299 Fine"), OK),
    "nothing at all": (raw(), CUT),
    "a reset at once": (reset(), READ),
    "half a status line": (raw(b"HTTP/1.1 2"), CUT),
    "half a head": (raw(b"HTTP/1.1 200 OK\r\nContent-Le"), CUT),
    "no HTTP": (raw(b"SSH-2.0-OpenSSH_9.0\r\n"), CUT),
    "HTTP/0.9": (raw(GOOD), CUT),
    "TLS": (raw(b"\x15\x03\x01\x00\x02\x02\x28"), CUT),
    "HTTP/2": (raw(b"HTTP/2 200\r\n\r\n"), CUT),
    "a status of two digits": (raw(b"HTTP/1.1 20 OK\r\n\r\n"), CUT),
    "a status that is no number": (raw(b"HTTP/1.1 OK 200\r\n\r\n"), CUT),
    "a null in a header": (head("200 OK", "X-A: b\0c"), CUT),
    "a header without a colon": (head("200 OK", "X-A"), CUT),
    "a space before the colon": (head("200 OK", "X-A : b"), CUT),
    "a head without end": (raw(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 30_000), CUT),
    "one endless header": (raw(b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * 200_000), CUT),
    "lengths that differ": (head("200 OK", "Content-Length: 5"), CUT),
    "a negative length": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", GOOD), CUT),
    "a length that is no number": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n", GOOD), CUT),
    "an unknown transfer coding": (raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", GOOD), CUT),
    "less than the length": (head(length=100), CUT),
    "a reset in the body": (reset(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", GOOD), READ),
    "chunks without an end": (chunks(b"c\r\n", GOOD, b"\r\n"), CUT),
    "half a chunk": (chunks(b"ff\r\n", GOOD), CUT),
    "a chunk size that is no number": (chunks(b"zz\r\n", GOOD, b"\r\n0\r\n\r\n"), CUT),
    "a chunk size that is negative": (chunks(b"-c\r\n", GOOD, b"\r\n0\r\n\r\n"), CUT),
    "a chunk longer than its size": (chunks(b"5\r\n", GOOD, b"\r\n0\r\n\r\n"), CUT),
    "silence": (silent(), TIMED),
    "silence in the head": (silent(b"HTTP/1.1 200 OK\r\nX"), TIMED),
    "silence in the body": (silent(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", GOOD), TIMED),
    "an empty body": (head(body=b""), INVALID),
    "204 where an answer is due": (raw(b"HTTP/1.1 204 No Content\r\n\r\n"), INVALID),
    "a body that is invalid JSON": (head(body=b"<html>"), INVALID),
    "half of the JSON": (head(body=GOOD[:-3]), INVALID),
    "two JSON values": (head(body=GOOD + GOOD), INVALID),
    "JSON of another kind": (head(body=b"[]"), INVALID),
    "a wrong type in JSON": (head(body=b'{"_id": 5}'), INVALID),
    "JSON in UTF-16": (head(body=GOOD.decode().encode("utf-16")), INVALID),
    "bytes that are no UTF-8": (head(body=b'{"_id": "\xff"}'), INVALID),
    "JSON nested too deeply": (head(body=b'{"x": ' + b"[" * 50_000), INVALID),
    "a number with too many digits": (head(body=b'{"_id": "n", "x": ' + b"9" * 5000 + b"}"), INVALID),
    "gzip that is none": (head("200 OK", "Content-Encoding: gzip"), INVALID),
    "half of a gzip": (head("200 OK", "Content-Encoding: gzip", body=gzip.compress(GOOD)[:16]), INVALID),
    "a coding that is not known": (head("200 OK", "Content-Encoding: rot13"), OK),
    "gzip upon gzip": (
        head("200 OK", "Content-Encoding: gzip, gzip", body=gzip.compress(gzip.compress(GOOD))),
        INVALID,
    ),
    "a redirect elsewhere": (head("302 Found", "Location: http://evil.example/"), REFUSED),
    "a redirect to itself": (head("307 Temporary Redirect", "Location: /"), REFUSED),
    "304 that nobody asked for": (raw(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 12\r\n\r\n"), REFUSED),
    "an error of a proxy": (head("502 Bad Gateway", "Content-Type: text/html", body=b"<h1>Bad</h1>" * 1000), SERVER),
    "an error in broken gzip": (head("500 Oops", "Content-Encoding: gzip", body=b"x"), SERVER),
    "an error without a body": (head("503 Busy", body=b""), SERVER),
    "an error that is cut": (head("500 Oops", length=100), SERVER),
    "a status that nobody knows": (head("599 Odd"), SERVER),
    "a status above all": (head("999 Odd"), SERVER),
}
STREAMS: dict[str, tuple[Act, str]] = {
    "a stream to its end": (streamed(BEGIN, text("a"), END), "3 events"),
    "a stream of nothing": (streamed(), f"0 events, {STREAM}"),
    "a stream without its end": (streamed(BEGIN, text("a")), f"2 events, {STREAM}"),
    "a stream that goes on after its end": (streamed(BEGIN, END, text("a")), f"2 events, {STREAM}"),
    "a stream that is reset": (streamed(BEGIN, end=reset), f"1 events, {READ}"),
    "a stream that falls silent": (streamed(BEGIN, end=silent), f"1 events, {TIMED}"),
    "a stream of blank lines": (streamed(BEGIN, b"\n" * 100_000, END), "2 events"),
    "half an event": (streamed(BEGIN, text("a").encode()[:-5]), f"1 events, {STREAM}"),
    "a stream in broken gzip": (streamed(BEGIN, END, fields="Content-Encoding: gzip\r\n"), f"0 events, {STREAM}"),
    "HTML for a stream": (streamed(b"<html>\n"), f"0 events, {STREAM}"),
}  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    def behave(received: Received, connection: Connection) -> None:
        name = received.headers["x-scenario"].encode("latin-1").decode()
        {**SCENARIOS, **STREAMS}[name][0](connection)

    with serving(behave) as server:
        yield server


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[Callable[[str], Tiny]]:
    """Return what gives the client for an outcome: one that has no patience where silence is to be waited for.

    No connection is used again: whether the server has closed it is seen too late, now and then.
    """
    none = httpx.Limits(max_keepalive_connections=0)
    with (
        httpx.Client(timeout=PATIENCE, limits=none) as patient,
        httpx.Client(
            timeout=httpx.Timeout(PATIENCE, read=0.2), limits=none, event_hooks={"request": [SILENCE.hook]}
        ) as hasty,
    ):
        clients = [
            Tiny(api_key="k" * 10, base_url=server.url, httpx_client=http, max_retries=0) for http in (patient, hasty)
        ]
        yield lambda expected: clients[TIMED in expected]


def outcome(call: Callable[[], object]) -> str:
    """Return the name of the class of what comes of a call."""
    try:
        return type(call()).__name__
    except (ApiError, httpx.TransportError) as error:
        return type(error).__name__


def test_the_scenarios_are_many() -> None:
    assert len(SCENARIOS) + len(STREAMS) >= 60


@pytest.mark.parametrize("name", SCENARIOS)
def test_an_answer_or_one_typed_error(name: str, client: Callable[[str], Tiny]) -> None:
    expected = SCENARIOS[name][1]

    def retrieve(scenario: str) -> str:
        options: Any = {"additional_headers": {"x-scenario": scenario}}
        path = {"note_id": "n"}
        return outcome(lambda: client(expected).call("notes.retrieve", Answer[Note], path=path, options=options))

    assert retrieve(name) == expected
    assert expected == TIMED or retrieve("a good answer") == OK  # as if nothing had been


@pytest.mark.parametrize("name", STREAMS)
def test_every_event_and_then_an_end_or_one_typed_error(name: str, client: Callable[[str], Tiny]) -> None:
    seen: list[Event] = []

    def read() -> None:
        options: Any = {"additional_headers": {"x-scenario": name}}
        for event in client(STREAMS[name][1]).stream("tell", Answer[Event], options=options, **TELL):
            seen.append(event)  # noqa: PERF402 - an extension would lose what came before a failure

    error = outcome(read)
    assert f"{len(seen)} events" + ("" if error == "NoneType" else f", {error}") == STREAMS[name][1]


AFTER = {
    "bytes after an answer are taken for the next answer": (
        b"HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n"
        + GOOD
        + b'HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n{"_id": "evil"}',
        "evil",
    ),
    "a 204 with a body spoils the next answer": (b"HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\nhello", CUT),
    "a 304 with a body spoils the next answer": (b"HTTP/1.1 304 No\r\nContent-Length: 5\r\n\r\nhello", CUT),
}
"""What httpx does below us. It is among the limits in the README: if one of these changes, so must they."""


@pytest.mark.parametrize("name", AFTER)
def test_what_httpx_does_with_what_follows_an_answer(name: str) -> None:
    first, expected = AFTER[name]

    def behave(received: Received, connection: Connection) -> None:
        if received.target.endswith("first"):
            connection.send(first)
        else:
            connection.answer(200, {"_id": "right"})

    with serving(behave) as server, Tiny(api_key="k", base_url=server.url, timeout=PATIENCE, max_retries=0) as client:

        def retrieve(note: str) -> Note:
            return client.call("notes.retrieve", Answer[Note], path={"note_id": note})

        outcome(lambda: retrieve("first"))
        found: list[str] = []
        error = outcome(lambda: found.append(retrieve("second").id))
    assert (found[0] if found else error) == expected
