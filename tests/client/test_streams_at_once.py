"""Events that are read in groups are the same as those read one by one, and so are their errors."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain
from typing import Annotated, Any, Literal

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from twelvelabs_api import TwelveLabs
from twelvelabs_api_2025_08 import TwelveLabs as First

from apicontract.client import keys
from apicontract.client.errors import StreamInvalid
from apicontract.client.events import Events, _inner
from apicontract.client.models import OpenModel
from apicontract.openapi import strict_json
from apicontract.openapi.operation import Streaming
from apicontract.wire.order import Order

MANY = 100
MIDDLE = 70
Event = dict[str, Any]


def ndjson(events: Iterable[Event | bytes]) -> list[bytes]:
    """Write a stream of NDJSON, its first event on its own."""
    lines = [event if isinstance(event, bytes) else dumped(event) for event in events]
    return [lines[0] + b"\n", b"".join(line + b"\n" for line in lines[1:])]


def sse(events: Iterable[Event | bytes]) -> list[bytes]:
    """Write a stream of server-sent events, its first event on its own; bytes are a whole event."""
    written = [
        event if isinstance(event, bytes) else b"event: %b\ndata: %b\n\n" % (event["type"].encode(), dumped(event))
        for event in events
    ]
    return [written[0], b"".join(written[1:]), b"data: [DONE]\n\n"]


def texts(middle: Event | bytes, at: int = MIDDLE) -> list[bytes]:
    """Write a text in pieces, with something in their midst."""
    events: list[Event | bytes] = [{"event_type": "text_generation", "text": f"{n}"} for n in range(MANY)]
    events[at] = middle
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


def dumped(value: Any) -> bytes:
    """Write JSON as most services do."""
    return json.dumps(value, separators=(",", ":")).encode()


DELTA = {"type": "response.output_text.delta", "sequence_number": MIDDLE + 1, "delta": "x"}
DATA = b"event: response.output_text.delta\ndata: "
TEXT = b'{"event_type":"text_generation","text":"x",%b}'
STREAMS = {
    "a usual text": texts({"event_type": "text_generation", "text": "x"}),
    "a text with a colon": texts({"event_type": "text_generation", "text": 'x: "y":'}),
    "an undeclared key": texts({"event_type": "text_generation", "text": "x", "more": {"a": [{"b": 1}]}}),
    "what all share": texts({"event_type": "text_generation", "metadata": {"generation_id": "other"}}),
    "a key given twice": texts(b'{"event_type":"text_generation","text":"x","text":"y"}'),
    "a key given twice, and a space": texts(b'{"event_type" :"text_generation","text":"x","text":"y"}'),
    "a key given twice, and a tab": texts(TEXT % b'"text"\t:"y"'),
    "a key given twice, once escaped": texts(TEXT % b'"\\u0074ext":"y"'),
    "a key given twice, and colons in texts": texts(TEXT % b'"text":"a: \\"b\\":c"'),
    "a key given twice, null both times": texts(TEXT % b'"more":null,"more":null'),
    "a key given twice below": texts(TEXT % b'"more":{"a":1,"a":2}'),
    "a key given twice below a key given twice": texts(TEXT % b'"text":{"a":1,"a":2},"text":"y"'),
    "a key given twice in a list": texts(TEXT % b'"more":[1,{"b":{"a":[]}},{"a":"b:","a":1.5}]'),
    "a key given twice far below": texts(TEXT % (b'"more":' + b'{"a":' * 60 + b'{"b":1,"b":2}' + b"}" * 60)),
    "a key given twice in what is declared": texts(
        b'{"event_type":"text_generation","text":"x","metadata":{"generation_id":"g","generation_id":"g"}}'
    ),
    "a key given twice in the first text": texts(TEXT % b'"text":"y"', at=0),
    "a key given twice in the last text": texts(TEXT % b'"text":"y"', at=MANY - 1),
    "what looks like keys": texts(TEXT % rb'"more":"{\"a\":1,\"a\":2}"'),
    "white space before a colon": texts(TEXT % b'"more" \t: {"a" : 1}'),
    "no number": texts(TEXT % b'"more":NaN'),
    "no number in a list": texts(TEXT % b'"more":[{"a":[1,-Infinity]}]'),
    "a number that is too large": texts(TEXT % b'"more":1e999'),
    "names of what is no number": texts(TEXT % b'"more":"NaN or Infinity"'),
    "no JSON": texts(b'{"event_type":"text_generation","text":'),
    "a blank line": texts(b"  "),
    "a line that ends in CR": texts(b'{"event_type":"text_generation","text":"x"}\r'),
    "a second beginning": texts({"event_type": "stream_start"}),
    "an early end": texts({"event_type": "stream_end"}),
    "another kind": texts({"event_type": "other"}),
    "half of a surrogate pair": texts(b'{"event_type":"text_generation","text":"\\ud83d"}'),
    "a usual delta": deltas(DELTA),
    "a number that does not grow": deltas({**DELTA, "sequence_number": 3}),
    "a number written otherwise": deltas(b"%b%b\n\n" % (DATA, dumped({**DELTA, "sequence_number": MIDDLE + 1.0}))),
    "no whole number": deltas(b"%b%b\n\n" % (DATA, dumped({**DELTA, "sequence_number": MIDDLE + 0.5}))),
    "a number given twice": deltas(
        DATA + b'{"type":"response.output_text.delta","sequence_number":1e0,"sequence_number":71}\n\n'
    ),
    "no number at all": deltas({"type": "response.output_text.delta", "delta": "x"}),
    "another kind on its line": deltas(b"event: response.created\ndata: " + json.dumps(DELTA).encode() + b"\n\n"),
    "no kind on its line": deltas(b"data: " + json.dumps(DELTA).encode() + b"\n\n"),
    "data on two lines": deltas(DATA + json.dumps(DELTA).encode().replace(b", ", b",\ndata: ", 1) + b"\n\n"),
    "a comment": deltas(b": alive\n\n" + DATA + json.dumps(DELTA).encode() + b"\n\n"),
    "an unknown kind": deltas({"type": "response.later", "sequence_number": MIDDLE + 1}),
    "the end in the midst": deltas(b"data: [DONE]\n\n"),
}


def opened(pieces: list[bytes]) -> Any:
    """Open a stream with our client."""
    kind = "text/event-stream" if pieces[0].startswith(b"event:") else "application/x-ndjson"
    stream = httpx.Response(200, headers={"content-type": kind}, content=iter(pieces))
    sending = httpx.Client(transport=httpx.MockTransport(lambda _: stream))
    if kind == "text/event-stream":
        said: Any = [{"type": "message", "role": "user", "content": "x"}]
        return TwelveLabs(api_key="k", httpx_client=sending).responses.create_stream(knowledge_store_id="k", input=said)
    return First(api_key="k", httpx_client=sending).analyze_stream(video_id="v", prompt="x")


def read(pieces: list[bytes]) -> tuple[list[str], tuple[object, ...] | None]:
    """Read a stream with our client: its events, and what was wrong."""
    events: list[str] = []
    with opened(pieces) as stream:
        try:
            events.extend(map(repr, stream))
        except StreamInvalid as error:
            return events, (str(error), error.violations, error.line)
    return events, None


@pytest.mark.parametrize("name", STREAMS)
def test_many_events_at_once_are_those_read_one_by_one(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pieces = STREAMS[name]
    batches = []
    many = Events._read_many

    def counted(self: Events[Any], batch: Any) -> Any:
        batches.append(batch)
        return many(self, batch)

    monkeypatch.setattr(Events, "_read_many", counted)
    found = read(pieces)
    assert len(found[0]) >= MIDDLE or "first" in name
    refused = name in ("no number", "no number in a list") or name.startswith(("a key given twice", "a number given"))
    assert refused == ("invalid JSON: " in str(found[1]) and "line" in str(found[1]) and name != "no JSON")
    rare = {"a line that ends in CR", "data on two lines", "a comment", "no kind on its line"}
    assert batches or name in (*rare, "the end in the midst")
    monkeypatch.setattr("apicontract.client.events.BatchCutter", str)
    assert read(pieces) == found


@pytest.mark.parametrize(("name", "line"), [("a usual text", 50), ("a usual delta", 148)])
def test_a_stream_that_is_left_tells_how_far_it_was_read(name: str, line: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though more events were read than were delivered; as if they were read one by one."""
    for at_once in (True, False):
        if not at_once:
            monkeypatch.setattr("apicontract.client.events.BatchCutter", str)
        with opened(STREAMS[name]) as left:
            for _ in range(50):
                next(left)
            left.close()
            with pytest.raises(StreamInvalid) as caught:
                next(left)
        assert (caught.value.violations[0].where, caught.value.line) == ("event[50]", line)


class Created(OpenModel):
    """The first event."""

    type: Literal["response.created"]


class Delta(OpenModel):
    """An event with its number under one name."""

    type: Literal["response.output_text.delta"]
    number: Annotated[float, Field(alias="sequence_number")]


class Other(OpenModel):
    """An event with its number under another."""

    type: Literal["response.output_text.done"]
    position: Annotated[int, Field(alias="sequence_number")]


@pytest.mark.parametrize("wrong", [None, MIDDLE])
def test_numbers_of_classes_that_name_them_otherwise_grow_together(wrong: int | None) -> None:
    """In whichever of the ways a number can be written."""
    kinds = ("response.output_text.delta", "response.output_text.done")
    ways = (b"%d", b"%d.0", b"%de0")
    middle = [
        b'data: {"type":"%b","sequence_number":%b}\n\n'
        % (kinds[n % 2].encode(), ways[n % 3] % (3 if n == wrong else n + 1))
        for n in range(MANY)
    ]
    known = opened(STREAMS["a usual delta"])._events
    events: Events[Any] = Events(known._call, TypeAdapter(Created | Delta | Other), known._response)
    list(chain.from_iterable(events.feed(b'data: {"type":"response.created","sequence_number":0}\n\n')))
    # Both classes are known before what is read at once.
    list(chain.from_iterable(events.feed(b"".join(middle[:2]))))
    found: list[Any] = []
    if wrong is None:
        found.extend(chain.from_iterable(events.feed(b"".join(middle[2:]))))
    else:
        with pytest.raises(StreamInvalid, match=rf"line {2 * wrong + 3}: 3\.0 does not follow {wrong}"):
            found.extend(chain.from_iterable(events.feed(b"".join(middle[2:]))))
    assert len(found) == (wrong or MANY) - 2


def test_events_after_the_mark_that_ends_a_stream_are_out_of_order() -> None:
    """However many come at once, and though no event is the last."""
    first, middle, mark = STREAMS["a usual delta"]
    events = opened([first])._events
    events._order = Order(Streaming(first="response.created", end="[DONE]"), "/x-streaming")
    deltas = middle[: middle.index(b"event: response.completed")]
    assert len([*chain.from_iterable(map(chain.from_iterable, map(events.feed, [first, deltas, mark])))]) == MANY + 1
    with pytest.raises(StreamInvalid, match="comes after '\\[DONE\\]', which ends the stream") as caught:
        list(chain.from_iterable(events.feed(deltas)))
    assert caught.value.violations[0].where == f"event[{MANY + 1}]"


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
    assert keys.count([Outer.model_validate_json(json.dumps(value)) for value in values]).keys == all_keys(values)


def members(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Write an object, in which a key may be given twice, and in more ways than one."""
    key = st.sampled_from(['"a"', r'"\u0061"', '"one"', '"many"', '"numbers"', '"a:"'])
    member = st.tuples(key, st.sampled_from([":", " :", "\t: "]), inner).map("".join)
    return st.lists(member, max_size=3).map(lambda written: f"{{{','.join(written)}}}")


SCALARS = st.sampled_from(["1", "1.5", "null", '"a:b"', r'"\"a\":1,\"a\":2"', "NaN", "-Infinity", "1e999"])
WRITTEN = members(
    st.recursive(
        SCALARS,
        lambda inner: members(inner) | st.lists(inner, max_size=2).map(lambda items: f"[{','.join(items)}]"),
        max_leaves=6,
    )
)


@settings(max_examples=settings().max_examples // 4)
@given(WRITTEN)
def test_law_what_has_as_many_colons_as_keys_is_json(text: str) -> None:
    """As the slow reader has it: no key twice, and no number that is none."""
    try:
        event = Outer.model_validate_json(text)
    except ValidationError:
        return
    if keys.count([event]).keys == keys.colons(text.encode()):
        strict_json.load_slowly(text)


class Lenient(BaseModel):
    """An object that takes what is no number."""

    numbers: list[float]


def test_what_is_no_number_is_a_doubt() -> None:
    """Wherever a model lets it through."""
    for model, text in ((Outer, '{"a":[{"b":NaN}]}'), (Lenient, '{"numbers":[1,-Infinity]}'), (Outer, '{"a":1e999}')):
        assert keys.count([model.model_validate_json(text)]).keys is None
    assert keys.count([Lenient.model_validate_json('{"numbers":[1.5]}')]).keys == 1


def test_keys_that_come_of_themselves_are_a_doubt() -> None:
    assert keys.count([Filled.model_validate_json("{}")]).keys is None
    assert keys.count([object()]).keys is None


class Both(OpenModel):
    """Events of two kinds, one of which may come anywhere."""

    type: Literal["ping", "text"]


def test_a_class_of_several_kinds_is_looked_at_if_one_of_them_may_come_anywhere() -> None:
    """The order of the others says nothing of that one."""
    assert _inner(Both, "/type", Streaming(first="start", last=("end",))) is not None
    assert _inner(Both, "/type", Streaming(first="start", last=("end",), keepalive=("ping",))) is None
