"""Events that are read many at once are those that are read one by one, and so is what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Literal

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from twelvelabs_api import TwelveLabs
from twelvelabs_api_2025_08 import TwelveLabs as First

from apicontract.client import keys
from apicontract.client.errors import StreamInvalid
from apicontract.client.events import Events, _inner
from apicontract.client.models import OpenModel
from apicontract.openapi.operation import Streaming

MANY = 100
MIDDLE = 70
Event = dict[str, Any]


def ndjson(events: Iterable[Event | bytes]) -> list[bytes]:
    """Write a stream of NDJSON, its first event on its own."""
    lines = [
        event if isinstance(event, bytes) else json.dumps(event, separators=(",", ":")).encode() for event in events
    ]
    return [lines[0] + b"\n", b"".join(line + b"\n" for line in lines[1:])]


def sse(events: Iterable[Event | bytes]) -> list[bytes]:
    """Write a stream of server-sent events, its first event on its own; bytes are a whole event."""
    written = [
        event
        if isinstance(event, bytes)
        else b"event: %b\ndata: %b\n\n" % (event["type"].encode(), json.dumps(event, separators=(",", ":")).encode())
        for event in events
    ]
    return [written[0], b"".join(written[1:]), b"data: [DONE]\n\n"]


def texts(middle: Event | bytes) -> list[bytes]:
    """Write a text in pieces, with something in their midst."""
    events: list[Event | bytes] = [{"event_type": "text_generation", "text": f"{n}"} for n in range(MANY)]
    events[MIDDLE] = middle
    return ndjson(
        [{"event_type": "stream_start", "metadata": {"generation_id": "g"}}, *events, {"event_type": "stream_end"}]
    )


def deltas(middle: Event | bytes) -> list[bytes]:
    """Write an answer in pieces, with something in their midst."""
    events: list[Event | bytes] = [
        {"type": "response.output_text.delta", "sequence_number": n + 1, "delta": f"{n}"} for n in range(MANY)
    ]
    events[MIDDLE] = middle
    first = {"type": "response.created", "sequence_number": 0}
    return sse([first, *events, {"type": "response.completed", "sequence_number": MANY + 1}])


DELTA = {"type": "response.output_text.delta", "sequence_number": MIDDLE + 1, "delta": "x"}
DATA = b"event: response.output_text.delta\ndata: "
STREAMS = {
    "a usual text": texts({"event_type": "text_generation", "text": "x"}),
    "a text with a colon": texts({"event_type": "text_generation", "text": 'x: "y":'}),
    "an undeclared key": texts({"event_type": "text_generation", "text": "x", "more": {"a": [{"b": 1}]}}),
    "what all share": texts({"event_type": "text_generation", "metadata": {"generation_id": "other"}}),
    "a key given twice": texts(b'{"event_type":"text_generation","text":"x","text":"y"}'),
    "a key given twice, and a space": texts(b'{"event_type" :"text_generation","text":"x","text":"y"}'),
    "a key given twice below": texts(b'{"event_type":"text_generation","text":"x","more":{"a":1,"a":2}}'),
    "no number": texts(b'{"event_type":"text_generation","text":"x","more":NaN}'),
    "no JSON": texts(b'{"event_type":"text_generation","text":'),
    "a blank line": texts(b"  "),
    "a line that ends in CR": texts(b'{"event_type":"text_generation","text":"x"}\r'),
    "a second beginning": texts({"event_type": "stream_start"}),
    "an early end": texts({"event_type": "stream_end"}),
    "another kind": texts({"event_type": "other"}),
    "half of a surrogate pair": texts(b'{"event_type":"text_generation","text":"\\ud83d"}'),
    "a usual delta": deltas(DELTA),
    "a number that does not grow": deltas({**DELTA, "sequence_number": 3}),
    "no number at all": deltas({"type": "response.output_text.delta", "delta": "x"}),
    "another kind on its line": deltas(b"event: response.created\ndata: " + json.dumps(DELTA).encode() + b"\n\n"),
    "no kind on its line": deltas(b"data: " + json.dumps(DELTA).encode() + b"\n\n"),
    "data on two lines": deltas(DATA + json.dumps(DELTA).encode().replace(b", ", b",\ndata: ", 1) + b"\n\n"),
    "a comment": deltas(b": alive\n\n" + DATA + json.dumps(DELTA).encode() + b"\n\n"),
    "an unknown kind": deltas({"type": "response.later", "sequence_number": MIDDLE + 1}),
    "the end in the midst": deltas(b"data: [DONE]\n\n"),
}


def read(pieces: list[bytes]) -> tuple[list[str], tuple[object, ...] | None]:
    """Read a stream with our client: its events, and what was wrong."""
    kind = "text/event-stream" if pieces[0].startswith(b"event:") else "application/x-ndjson"
    stream = httpx.Response(200, headers={"content-type": kind}, content=iter(pieces))
    sending = httpx.Client(transport=httpx.MockTransport(lambda _: stream))
    opened: Any
    if kind == "text/event-stream":
        said: Any = [{"type": "message", "role": "user", "content": "x"}]
        opened = TwelveLabs(api_key="k", httpx_client=sending).responses.create_stream(
            knowledge_store_id="k", input=said
        )
    else:
        opened = First(api_key="k", httpx_client=sending).analyze_stream(video_id="v", prompt="x")
    events: list[str] = []
    with opened:
        try:
            events.extend(map(repr, opened))
        except StreamInvalid as error:
            return events, (str(error), error.violations, error.line)
    return events, None


@pytest.mark.parametrize("pieces", STREAMS.values(), ids=STREAMS)
def test_many_events_at_once_are_those_read_one_by_one(pieces: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    batches = []
    many = Events._read_many

    def counted(self: Events[Any], batch: Any) -> Any:
        batches.append(batch)
        return many(self, batch)

    monkeypatch.setattr(Events, "_read_many", counted)
    found = read(pieces)
    assert len(found[0]) >= MIDDLE
    rare = {"a line that ends in CR", "no number", "data on two lines", "a comment", "no kind on its line"}
    assert batches or any(STREAMS[name] is pieces for name in (*rare, "the end in the midst"))
    monkeypatch.setattr("apicontract.client.events.BatchCutter", str)
    assert read(pieces) == found


def test_a_stream_that_is_left_tells_how_far_it_was_read() -> None:
    """Though more events were read than were delivered."""
    pieces = STREAMS["a usual text"]
    stream = httpx.Response(200, content=iter(pieces))
    client = First(api_key="k", httpx_client=httpx.Client(transport=httpx.MockTransport(lambda _: stream)))
    with client.analyze_stream(video_id="v", prompt="x") as opened:
        for _ in range(50):
            next(opened)
        opened.close()
        with pytest.raises(StreamInvalid) as caught:
            next(opened)
    assert (caught.value.violations[0].where, caught.value.line) == ("event[50]", 50)


class Inner(OpenModel):
    """An object in an object."""

    a: int | None = None


class Outer(OpenModel):
    """An object with others in it."""

    one: Inner | str | None = None
    many: list[Inner] | None = None
    numbers: list[float] | None = None


class Filled(OpenModel):
    """An object whose key can come of itself."""

    one: Inner = Inner(a=1)


VALUES = st.recursive(
    st.integers() | st.text("ab", max_size=2) | st.none(),
    lambda inner: (
        st.dictionaries(st.text("abc", min_size=1, max_size=1), inner, max_size=3) | st.lists(inner, max_size=2)
    ),
    max_leaves=6,
)


def all_keys(value: Any) -> int:
    """Count the keys of a value one by one."""
    if isinstance(value, dict):
        return len(value) + sum(map(all_keys, value.values()))
    return sum(map(all_keys, value)) if isinstance(value, list) else 0


INNER = st.fixed_dictionaries({}, optional={"a": st.integers(), "x": VALUES})


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "one": INNER | st.text("a"),
                "many": st.lists(INNER, max_size=2),
                "numbers": st.just([1]),
                "other": VALUES,
            },
        ),
        max_size=4,
    )
)
def test_as_many_keys_are_counted_as_there_are(values: list[Any]) -> None:
    assert keys.count([Outer.model_validate_json(json.dumps(value)) for value in values]) == all_keys(values)


def test_keys_that_come_of_themselves_are_a_doubt() -> None:
    assert keys.count([Filled.model_validate_json("{}")]) is None
    assert keys.count([object()]) is None


class Both(OpenModel):
    """Events of two kinds, one of which may come anywhere."""

    type: Literal["ping", "text"]


def test_a_class_of_several_kinds_is_looked_at_if_one_of_them_may_come_anywhere() -> None:
    """The order of the others says nothing of that one."""
    assert _inner(Both, "/type", Streaming(first="start", last=("end",))) is not None
    assert _inner(Both, "/type", Streaming(first="start", last=("end",), keepalive=("ping",))) is None
