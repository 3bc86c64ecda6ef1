"""Event streams: every event or an error is received, and the connection is released."""

from __future__ import annotations

import pickle
from typing import Any

import httpx
import pytest

from apicontract.client import Answer, BadRequestError, RequestInvalid, ServerError, StreamInvalid
from tests.client.conftest import KEY, World, answer, done, each
from tests.client.streaming import BEGIN, END, Wire, about, broken, lines, over, text
from tests.client.tiny_api import Begin, End, Event, Text


def test_stream_is_its_events(world: World) -> None:
    """In order, as models, and then the connection goes back; the flag is sent."""
    wire = Wire(lines(BEGIN, text("a"), text("b"), END))
    events = world.all(over(world, wire))
    assert events == [
        Begin(event_type="begin"),
        *(Text(event_type="text", text=t) for t in "ab"),
        End(event_type="end"),
    ]
    assert wire.exhausted
    assert wire.closed
    assert world.bodies == [b'{"prompt":"p","stream":true}']


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 10_000])
def test_chunks_may_end_anywhere(world: World, size: int) -> None:
    """Inside a character, between CR and LF; only LF ends a line, and the last line needs none."""
    content = "\r\n".join([BEGIN, "", text("a\u2028b\u0085c é 😀"), " \t", END]).encode()
    wire = Wire(*(content[start : start + size] for start in range(0, len(content), size)))
    assert [getattr(event, "text", None) for event in world.all(over(world, wire))] == [
        None,
        "a\u2028b\u0085c é 😀",
        None,
    ]


@pytest.mark.parametrize("kind", ["application/json", "text/plain; charset=utf-16", "text/event-stream", ""])
def test_content_type_is_not_looked_at(world: World, kind: str) -> None:
    """No source names it reliably (ledger A12)."""
    headers = {"content-type": kind} if kind else {}
    assert len(world.all(over(world, Wire(lines(BEGIN, END)), **headers))) == 2


@pytest.mark.parametrize(
    "row",
    [
        '{"event_type":"text","text":"a","text":"b"}',
        '{"event_type":"text","event_type":"end"}',
        '{"event_type" : "text","text" : "a","text" : "b"}',
        '{"event_type"\t:"text","text"\t:"a","text"\t:"b"}',
        '{"event_type"\r:"text","text"\r:"a","text":"b"}',
        '{"event_type":"text","text":"a","about":{"id":"1","id":"2"}}',
        '{"event_type":"text","text":"a","new":[{"b":1,"b":1}]}',
    ],
)
def test_a_key_given_twice_is_an_error(world: World, row: str) -> None:
    """Of two readers each could have another value; the checks report it too."""
    found: list[Any] = []
    with pytest.raises(StreamInvalid, match=r"event\[1\]: line 2: invalid JSON: key '\w+' is given twice"):
        world.gather(over(world, Wire(lines(BEGIN, row, END))), found)
    assert len(found) == 1


@pytest.mark.parametrize(
    "row",
    [
        '{"event_type":"text","text" :"a","text":"b"}',
        '{"event_type":"text","text":"a","text"\t:"b"}',
        '{"event_type":"text","text":"a","more":NaN}',
        '{"event_type":"text","text":"a","more":[-Infinity]}',
    ],
)
def test_what_is_rare_is_seen_wherever_the_bytes_are_cut(world: World, row: str) -> None:
    """In two, at each place; and in the event after one that a chunk completes."""
    body = lines(BEGIN, text("a"), row, END)
    for at in range(len(body)):
        found: list[Any] = []
        with pytest.raises(StreamInvalid, match=r"event\[2\]: line 3: "):
            world.gather(over(world, Wire(body[:at], body[at:])), found)
        assert len(found) == 2


@pytest.mark.parametrize("said", ['12": "x', 'a" b', "a:b", '{"a":1,"a":1}'])
def test_text_that_looks_like_keys_is_none(world: World, said: str) -> None:
    assert [getattr(e, "text", None) for e in world.all(over(world, Wire(lines(BEGIN, text(said), END))))][1] == said


def test_unknown_keys_are_kept(world: World) -> None:
    """Events are open, as all responses are."""
    rows = lines(BEGIN, '{"event_type":"end","new":{"a":1}}')
    assert world.all(over(world, Wire(rows)))[1].model_extra == {"new": {"a": 1}}


@pytest.mark.parametrize(
    ("rows", "events", "line", "rule", "message"),
    [
        ([BEGIN, "", "no json", END], 1, 3, "encoding", "line 3: invalid JSON: Expecting value at column 1"),
        ([BEGIN, text("a")[:-9]], 1, 2, "encoding", "invalid JSON"),
        ([BEGIN, "[1]", END], 1, 2, "type", "line 2: "),
        ([BEGIN, '{"event_type":"error"}', END], 1, 2, "oneOf", "'error'"),
        (['{"_id":"n"}'], 0, 1, "missing", "event_type"),
        ([BEGIN, '{"event_type":"text","text":5}'], 1, 2, "type", "valid string"),
        ([text("a"), END], 0, 1, "sequence", "begins with 'text', not with 'begin'"),
        ([BEGIN, BEGIN, END], 1, 2, "sequence", "a second 'begin'"),
        ([BEGIN, END, text("a")], 2, 3, "sequence", "comes after 'end'"),
        ([BEGIN, END, "more"], 2, 3, "encoding", "invalid JSON"),
        ([BEGIN, about("a"), text("b"), about("c"), END], 3, 4, "sequence", 'line 4: differs from "a" at the'),
        ([BEGIN, text("a")], 2, 2, "truncated", "ends after line 2 without 'end'"),
        ([], 0, 0, "truncated", "ends after line 0 without 'end'"),
    ],
)
def test_what_goes_wrong_is_raised_after_every_good_event(
    world: World, rows: list[str], events: int, line: int, rule: str, message: str
) -> None:
    """Never silence (ledger S11): a line, an event, the order, what trails, and a missing end."""
    seen, error = broken(world, lines(*rows))
    assert len(seen) == events
    assert error.line == line
    assert [violation.rule for violation in error.violations] == [rule]
    assert error.violations[0].where.startswith("event[")
    assert message in str(error)
    assert error.operation == "tell"


def test_good_events_of_a_chunk_are_delivered_before_its_bad_line(world: World) -> None:
    """However the chunks fall."""
    rows = lines(BEGIN, text("a"), "no json")
    assert len(broken(world, rows)[0]) == 2
    assert len(broken(world, *(rows[index : index + 1] for index in range(len(rows))))[0]) == 2


def test_stream_error_does_not_show_the_key_and_survives_pickling(world: World) -> None:
    """As every other error."""
    _, error = broken(world, lines(BEGIN, f'{{"event_type":"{KEY}"}}'))
    assert KEY not in repr(error.violations[0].excerpt)
    _, error = broken(world, lines(BEGIN))
    assert error.response is not None
    assert error.response.request.headers["x-api-key"] == "[secure]"
    assert KEY.encode() not in pickle.dumps(error)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (str(copy), copy.line) == (str(error), 1)


def test_lost_connection_is_the_transports_own_error(world: World) -> None:
    """After the events that arrived."""
    wire = Wire(lines(BEGIN, text("a")), error=httpx.RemoteProtocolError("gone"))
    seen: list[Any] = []
    with pytest.raises(httpx.RemoteProtocolError):
        world.gather(over(world, wire), seen)
    assert len(seen) == 2
    assert wire.closed
    assert len(world.requests) == 1


def test_broken_content_coding_is_reported(world: World) -> None:
    """It is no stream at all."""
    wire = Wire(b"no gzip")
    with pytest.raises(StreamInvalid, match="'gzip' cannot be decoded"):
        world.all(over(world, wire, **{"content-encoding": "gzip"}))
    assert wire.closed


async def cannot_go_on(stream: Any) -> None:
    """Try to read on, in each way there is, as often as one likes."""
    for many in (stream, stream.data, stream):
        with pytest.raises(StreamInvalid, match="closed, before its end; nothing more can be read") as caught:
            [event async for event in each(many)]
        assert [violation.rule for violation in caught.value.violations] == ["truncated"]


@pytest.mark.parametrize(
    "wire",
    [
        Wire(lines(BEGIN, text("a"), "no json", END)),
        Wire(lines(BEGIN, text("a"))),
        Wire(lines(BEGIN, text("a")), error=httpx.ReadError("gone")),
    ],
)
def test_stream_that_failed_does_not_look_complete_afterwards(world: World, wire: Wire) -> None:
    """Whoever catches the error and iterates again gets an error again."""
    call = over(world, wire)

    async def work() -> None:
        stream = await done(call())
        with pytest.raises((StreamInvalid, httpx.ReadError)):
            [event async for event in each(stream)]
        await cannot_go_on(stream)
        await done(stream.close())
        await cannot_go_on(stream)

    world.run(work())


def test_stream_that_was_delivered_has_nothing_more(world: World) -> None:
    """It is exhausted, as any iterator, also once it is closed."""
    call = over(world, Wire(lines(BEGIN, END)))

    async def work() -> None:
        stream = await done(call())
        assert len([event async for event in each(stream)]) == 2
        assert [event async for event in each(stream)] == []
        await done(stream.close())
        assert [event async for event in each(stream.data)] == []

    world.run(work())


def test_what_events_share_may_be_absent(world: World) -> None:
    """Only two different values are an error."""
    rows = lines(BEGIN, about("a"), text("b"), '{"event_type":"text","about":{"id":null}}', about("a"), END)
    assert len(world.all(over(world, Wire(rows)))) == 6


def test_place_of_what_events_do_not_share(world: World) -> None:
    """The value is named, and the rule."""
    _, error = broken(world, lines(BEGIN, about("a"), about("b"), END))
    assert (error.violations[0].where, error.violations[0].excerpt) == ("event[2].about.id", '"b"')
    assert error.violations[0].pointer == "/paths/~1tell/post/x-streaming/same"


def test_leaving_early_gives_the_connection_back(world: World) -> None:
    """With `with`, or with `close`; after that, reading on is an error, not an end."""
    for explicit in (True, False):
        wire = Wire(lines(BEGIN), lines(text("a"), END))
        call = over(world, wire)

        async def work(call: Any = call, explicit: bool = explicit) -> None:
            stream = await done(call())
            assert not stream.response.is_closed
            assert stream.response.request.headers["x-api-key"] == "[secure]"
            if explicit:
                async for _ in each(stream):
                    break
                await done(stream.close())
            elif world.asynchronous:
                async with stream:
                    async for _ in stream:
                        break
            else:
                with stream:
                    next(iter(stream))
            assert "closed" in repr(stream)
            await cannot_go_on(stream)
            await done(stream.close())

        world.run(work())
        assert wire.closed
        assert not wire.exhausted


def test_closing_before_reading_gives_the_connection_back(world: World) -> None:
    """Nothing was read, and nothing can be."""
    wire = Wire(lines(BEGIN, END))
    call = over(world, wire)

    async def work() -> None:
        stream = await done(call())
        await done(stream.close())
        await cannot_go_on(stream)

    world.run(work())
    assert wire.closed


def test_data_is_the_same_iterator(world: World) -> None:
    """For programs that loop over `response.data`."""
    call = over(world, Wire(lines(BEGIN, text("a"), END)))

    async def work() -> None:
        stream = await done(call())
        async for _ in each(stream.data):
            break
        rest = [event.event_type async for event in each(stream.data)]
        assert rest == ["text", "end"]

    world.run(work())


def test_status_is_checked_by_the_call(world: World) -> None:
    """A refusal is raised before there is a stream, with its body, and its connection goes back."""
    wire = Wire(b'{"code":"c","message":"m"}')
    client = world.client(lambda _: httpx.Response(400, stream=wire))
    with pytest.raises(BadRequestError, match="status 400 c: m"):
        world.do(lambda: client.stream("tell", Answer[Event], body={"prompt": "p", "stream": True}))
    assert wire.closed
    with pytest.raises(RequestInvalid):
        world.do(lambda: client.stream("tell", Answer[Event], body={}))


def test_stream_is_asked_for_again_only_before_it_begins(world: World) -> None:
    """As any other request of its method."""
    left = [answer(status=429), httpx.Response(200, stream=Wire(lines(BEGIN, END)))]
    client = world.client(lambda _: left.pop(0))
    assert len(world.all(lambda: client.stream("tell", Answer[Event], body={"prompt": "p", "stream": True}))) == 2
    client = world.client(lambda _: answer(status=500))
    with pytest.raises(ServerError):
        world.do(lambda: client.stream("tell", Answer[Event], body={"prompt": "p", "stream": True}))
    assert len(world.requests) == 3
