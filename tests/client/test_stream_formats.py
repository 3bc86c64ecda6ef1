"""Streams of every format, read by both clients: the laws of NDJSON hold for all of them.

The same events arrive however the bytes are cut, and each fault is its own error, with its line, after all events
before it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal

import httpx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import Field

from apicontract.client import Answer, AsyncClient, OpenModel, StreamInvalid, SyncClient, UnknownEvent
from apicontract.client import settings as client_settings
from apicontract.client.settings import Api
from apicontract.strategies import EventStream, broken_event_streams, chunkings, event_streams
from tests.client.conftest import KEY, World, done, each
from tests.client.streaming import Wire
from tests.support import streams
from tests.support.streams import STREAMS

OF_THE_STREAM = ("encoding", "sequence", "truncated")
"""The rules of a stream itself; others are those of an event's schema, which a client reads as far as it can."""


class Sync(SyncClient):
    """The synchronous client of the small document."""

    _package = "streams"


class Async(AsyncClient):
    """The asynchronous one."""

    _package = "streams"


@pytest.fixture(autouse=True)
def api(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the clients know the document, which is no package."""
    found = Api(streams.contract(), "STREAMS_KEY", "STREAMS_URL", "streams")
    monkeypatch.setattr(client_settings, "load_api", lambda _: found)


class Kind(OpenModel):
    """What tells events apart."""

    kind: str
    n: int | None = None


class Piece(Kind):
    """An event with text."""

    kind: Literal["piece"]
    text: str | None = None


class Other(Kind):
    """Any other event."""

    kind: Literal["begin", "alive", "end", "failed"]


class Line(OpenModel):
    """An event of server-sent events whose type is on its line alone."""

    kind: Literal["add", "stop"]
    text: str | None = None


class Fields(OpenModel):
    """The fields of an event."""

    event: str
    data: str


class Result(OpenModel):
    """A result on a line."""

    id: str
    status: str


Event = Annotated[Piece | Other, Field(discriminator="kind")]
ANSWERS: dict[str, Any] = {
    **dict.fromkeys(("sse.all", "sse.closed", "lines.all"), Event),
    **dict.fromkeys(("sse.bare", "lines.results", "lines.items", "lines.list"), Result),
    "sse.line": Line,
    "sse.fields": Fields,
    "sse.text": str,
}


def over(world: World, wire: Wire, operation: str, answer: Any = None) -> Callable[[], Any]:
    """Make a call that is answered with a stream."""

    def handle(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=wire, headers={"content-type": STREAMS[operation][0]})

    transport = httpx.MockTransport(handle)
    client: Any
    if world.asynchronous:
        client = Async(httpx_client=httpx.AsyncClient(transport=transport), api_key=KEY)
    else:
        client = Sync(httpx_client=httpx.Client(transport=transport), api_key=KEY)
    kind: Any = answer or ANSWERS[operation]
    return lambda: client.stream(operation, Answer[kind])


def read(world: World, operation: str, *chunks: bytes, answer: Any = None) -> tuple[list[Any], Any]:
    """Read a stream: the events, and the error."""
    wire, found = Wire(*chunks), list[Any]()
    try:
        world.gather(over(world, wire, operation, answer), found)
    except StreamInvalid as error:
        assert wire.closed
        return found, error
    assert wire.exhausted
    return found, None


def plain(event: Any) -> Any:
    """Bring an event back to JSON."""
    return event if isinstance(event, str) else event.model_dump(exclude_unset=True)


LAWFUL = ("sse.all", "sse.line", "sse.fields", "sse.text", "lines.results", "lines.all")
"""One operation for each way to read a stream."""


@pytest.mark.parametrize("operation", LAWFUL)
def test_law_the_events_arrive_however_they_are_cut(world: World, operation: str) -> None:
    """Inside of characters and ends of lines, with comments, blank lines and whatever else a format admits."""

    @settings(max_examples=settings().max_examples // 10)
    @given(event_streams(streams.contract(), operation), st.data())
    def attempt(stream: EventStream, data: st.DataObject) -> None:
        events, error = read(world, operation, *data.draw(chunkings(stream.body)))
        assert error is None
        assert [plain(event) for event in events] == list(stream.events)

    attempt()


@pytest.mark.parametrize("operation", LAWFUL)
def test_law_what_is_wrong_is_its_own_error_after_every_good_event(world: World, operation: str) -> None:
    """Truncated, reordered, malformed, of another kind: with place, rule and line."""

    @settings(max_examples=settings().max_examples // 5)
    @given(broken_event_streams(streams.contract(), operation), st.data())
    def attempt(stream: EventStream, data: st.DataObject) -> None:
        first = stream.tags[0]
        assume(first.rule in OF_THE_STREAM or first.where.endswith(".kind"))
        events, error = read(world, operation, *data.draw(chunkings(stream.body)))
        assert [plain(event) for event in events] == list(stream.events)
        violation = error.violations[0]
        if first.rule in (*OF_THE_STREAM, "const"):
            assert (violation.where, violation.rule) == (first.where, first.rule)
        else:  # a model tells an event of a wrong kind by the event
            assert violation.where.startswith(first.where.partition(".")[0])
        assert f"line {stream.line}" in str(error) or first.rule == "truncated"

    attempt()


def sse(*events: Any, mark: str = "data: [DONE]\n\n") -> bytes:
    """Write server-sent events with their type in both places."""
    lines = [f"event: {event['kind']}\ndata: {json.dumps(event)}\n\n" for event in events]
    return "".join([*lines, mark]).encode()


BEGIN, END = {"kind": "begin", "n": 1}, {"kind": "end", "n": 9}


def test_an_event_of_another_kind_is_delivered_as_it_came(world: World) -> None:
    """And it has no text, whatever it calls so: nobody promised that it is any."""
    new = {"kind": "new", "n": 2, "text": "not this"}
    body = sse(BEGIN, new, {"kind": "piece", "n": 3, "text": "this"}, END)
    events, error = read(world, "sse.all", body, answer=Event | UnknownEvent)
    assert error is None
    assert [type(event) for event in events] == [Other, UnknownEvent, Piece, Other]
    assert events[1].model_extra == new

    async def text() -> Any:
        return await done((await done(over(world, Wire(body), "sse.all", Event | UnknownEvent)())).text())

    assert world.run(text()) == "this"


def test_a_broken_event_of_a_known_kind_is_none_of_another(world: World) -> None:
    """Nor is one without a kind, or in a stream that admits no other kinds."""
    for operation, wrong, rule in (
        ("sse.all", {"kind": "piece", "n": "x"}, "type"),
        ("sse.all", {"kind": ["new"], "n": 2}, "oneOf"),
        ("sse.closed", {"kind": "new", "n": 2}, "oneOf"),
    ):
        body = sse(BEGIN, END).replace(b"event: end", f"data: {json.dumps(wrong)}\n\nevent: end".encode())
        events, error = read(world, operation, body, answer=Event | UnknownEvent)
        assert len(events) == 1
        assert [violation.rule for violation in error.violations] == [rule]
        assert error.line == 4


def test_half_of_a_surrogate_pair_loses_no_event(world: World) -> None:
    """A service can cut an emoji in two events; each half is U+FFFD."""
    halves = [{"kind": "piece", "n": n, "text": half} for n, half in ((2, "\ud83d"), (3, "\ude00"))]
    for operation, body in (
        ("sse.all", sse(BEGIN, *halves, END)),
        ("lines.all", "".join(f"{json.dumps(event)}\n" for event in (BEGIN, *halves, END)).encode()),
    ):
        events, error = read(world, operation, body)
        assert error is None
        assert [getattr(event, "text", None) for event in events] == [None, "\ufffd", "\ufffd", None]
    result = b'{"id": "\\ud83d", "status": "ready"}\n'
    assert [plain(event) for event in read(world, "lines.results", result)[0]] == [{"id": "\ufffd", "status": "ready"}]


def test_leaving_early_gives_the_connection_back(world: World) -> None:
    """As with any stream; after that, reading on is an error, not an end."""
    for operation, body in (("sse.all", sse(BEGIN, END)), ("lines.results", b'{"id": "a", "status": "b"}\n' * 2)):
        wire = Wire(body)

        async def work(operation: str = operation, wire: Wire = wire) -> None:
            stream = await done(over(world, wire, operation)())
            async for _ in each(stream):
                break
            await done(stream.close())
            with pytest.raises(StreamInvalid, match="nothing more can be read"):
                [event async for event in each(stream)]

        world.run(work())
        assert wire.closed


def test_a_stream_that_never_ends_an_event_takes_no_more_than_its_bound(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apicontract.client.events.LONGEST_EVENT", 60)
    events, error = read(world, "sse.all", sse(BEGIN, mark=""), b"data: ", *[b"x" * 20] * 9)
    assert len(events) == 1
    assert [(violation.where, violation.rule) for violation in error.violations] == [("event[1]", "limit")]
    assert "line 4: an event of more than 60 bytes" in str(error)


def test_the_type_on_the_line_is_that_in_the_data_of_every_event(world: World) -> None:
    """Also once events of the same class came."""
    pieces = [{"kind": "piece", "n": n, "text": "a"} for n in (2, 3, 4)]
    body = sse(BEGIN, *pieces, END).decode()
    at = body.rindex("event: piece")
    events, error = read(world, "sse.all", (body[:at] + body[at:].replace("event: piece", "event: end", 1)).encode())
    assert len(events) == 3
    assert [(violation.where, violation.rule) for violation in error.violations] == [("event[3].kind", "const")]
    assert "line 10: this is not 'end', as the `event` line says" in str(error)


@pytest.mark.parametrize(
    "data",
    [
        'data: {"kind": "piece", "n": 3, "n": 4}',
        'data: {"kind": "piece", "n": 3, "more": {"a": 1, "b": {"a": 2}, "a": 3}}',
        'data: {"kind": "piece", "n": 3, "more": [{"a": 1, "a": "\\":"}]}',
        'data: {"kind": "piece", "n": 3, "n"\ndata: : 4}',
        'data: {"kind": "piece", "n": 3, "n"\t: 4}',
        'data: {"kind": "piece", "n": 3, "more": NaN}',
        'data: {"kind": "piece", "n": 3, "more": [{"a": -Infinity}]}',
    ],
)
def test_an_event_that_is_no_json_to_the_checks_is_none_to_a_client(world: World, data: str) -> None:
    """Keys given twice, on whichever line and however deep, and numbers that are none."""
    body = sse(BEGIN, END).decode().replace("event: end", f"{data}\n\nevent: end").encode()
    events, error = read(world, "sse.all", body, answer=Event | UnknownEvent)
    assert len(events) == 1
    assert [(violation.where, violation.rule) for violation in error.violations] == [("event[1]", "encoding")]
    assert re.search(
        "line 4: invalid JSON: (key '[an]' is given twice|(NaN|-Infinity) is not a JSON number)", str(error)
    )


def test_an_event_that_only_looks_like_it_is_one(world: World) -> None:
    """Colons, names and numbers that are none, all in texts."""
    odd = {"kind": "piece", "n": 3, "text": '"n": 4, "n": NaN', "more": [{"a": 'b":', "c": [{"a": "Infinity"}]}]}
    events, error = read(world, "sse.all", sse(BEGIN, odd, END), answer=Event | UnknownEvent)
    assert error is None
    assert plain(events[1]) == odd
