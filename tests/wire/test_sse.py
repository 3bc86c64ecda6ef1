"""Server-sent events are read as the WHATWG standard defines, however the stream is cut; a second reader agrees."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import httpx_sse
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apicontract.openapi.document import Document
from apicontract.strategies import chunkings
from apicontract.wire import media
from apicontract.wire.framing import Cutter, EventTooLong, EventUnfinished, Framing
from apicontract.wire.sse import BOM, Events, _data
from tests.support.sse import Plain, by_the_text


def plain(_line: int, data: bytes, event: bytes | None, id_: bytes | None, retry: int | None) -> tuple[bytes, None]:
    """Take an event as it is."""
    texts = (None if field is None else field.decode(errors="replace") for field in (event or b"message", data, id_))
    return json.dumps([*texts, retry]).encode(), None


def read(cutter: Cutter, *chunks: bytes) -> Iterator[tuple[int, Any]]:
    """Read a stream in chunks; what only ends it is `None`."""
    for chunk in chunks:
        yield from ((line, text and json.loads(text)) for line, text, _ in cutter.feed(chunk))
    yield from ((line, text and json.loads(text)) for line, text, _ in cutter.close())


def ours(*chunks: bytes) -> tuple[list[Plain], bool]:
    """Read events; and whether the stream ends within one."""
    found: list[Plain] = []
    try:
        for line, fields in read(Events(plain), *chunks):
            found.append((line, *fields))
    except EventUnfinished:
        return found, True
    return found, False


def one(line: int, data: str, kind: str = "message", id_: str | None = None, retry: int | None = None) -> Plain:
    """Make an event."""
    return line, kind, data, id_, retry


CASES: dict[str, tuple[bytes, list[Plain], bool]] = {
    "two lines of data": (b"data: YHOO\ndata: +2\n\n", [one(1, "YHOO\n+2")], False),
    "comment, id, none": (
        b": test\n\ndata: first\nid: 1\n\ndata:second\nid\n\ndata:  third\n\n",
        [one(3, "first", id_="1"), one(6, "second", id_=""), one(9, " third")],
        False,
    ),
    "empty data": (b"data\n\ndata\ndata\n\ndata:", [one(1, ""), one(3, "\n")], True),
    "a type": (b"event: add\ndata: 7\n\nevent:\ndata: 8\n\n", [one(1, "7", "add"), one(4, "8")], False),
    "no data is no event": (b"event: add\n\nid: 4\n\n\n\ndata: x\n\n", [one(7, "x")], False),
    "retry": (b"retry: 5\ndata: a\n\nretry: +5\ndata: b\n\n", [one(1, "a", retry=5), one(4, "b")], False),
    "NUL in an id": (b"id: a\0\ndata: a\n\n", [one(1, "a")], False),
    "unknown fields": (b"Data: a\nfoo\ndata : b\ndata: c\n\n", [one(1, "c")], False),
    "ends of lines": (
        b"data: a\r\rdata: b\r\n\r\ndata: c\n\r\n",
        [one(1, "a"), one(3, "b"), one(5, "c")],
        False,
    ),
    "a byte order mark": (BOM + b"data: a\n\n" + BOM + b"data: b\n\n", [one(1, "a")], False),
    "separators": ("data: a\u2028b\u0085c\x0b\x0c\n\n".encode(), [one(1, "a\u2028b\u0085c\x0b\x0c")], False),
    "no blank line": (b"data: a\n\ndata: b\n", [one(1, "a")], True),
    "no blank line after a comment": (b"data: a\n\n: alive", [one(1, "a")], False),
    "nothing": (b"", [], False),
    "half a mark": (BOM[:2], [], True),
}


@pytest.mark.parametrize(("stream", "events", "unfinished"), CASES.values(), ids=CASES)
def test_events_are_those_of_the_text(stream: bytes, events: list[Plain], unfinished: bool) -> None:
    """Also one byte at a time, and with a chunk of nothing between any two."""
    assert by_the_text(stream) == (events, unfinished)
    assert ours(stream) == (events, unfinished)
    assert ours(*(stream[at : at + 1] for at in range(len(stream)))) == (events, unfinished)
    assert ours(*(piece for at in range(len(stream)) for piece in (b"", stream[at : at + 1], b""))) == (
        events,
        unfinished,
    )


NAMES = (b"data", b"event", b"id", b"retry", b"x", b": ", b":", b" ", b"7", b"+1", b"\0", b"\xff", BOM)
LINES = (
    b"\n",
    b"\r",
    b"\r\n",
    b"\n\n",
    b"data: {}\n\n",
    b"data: a\r\r",
    b"event: add\n",
    b": c\n",
    "é😀\u2028".encode(),
)
PIECES = st.sampled_from((*NAMES, *LINES))
STREAMS = st.lists(PIECES, max_size=24).map(b"".join)


@settings(max_examples=150)
@given(STREAMS, st.data())
def test_law_any_bytes_are_read_as_the_text_says(stream: bytes, data: st.DataObject) -> None:
    """Any bytes are a stream, cut anywhere: inside of characters, of CRLF, of the byte order mark."""
    assert ours(*data.draw(chunkings(stream))) == by_the_text(stream)


WRONG_IN_HTTPX_SSE: dict[str, Callable[[bytes, list[Plain]], bool]] = {
    "a byte order mark hides the first field": lambda stream, _: BOM in stream,
    "a block without data is an event": lambda stream, _: b"event" in stream or b"id" in stream or b"retry" in stream,
    "a retry that int() takes is one": lambda stream, _: b"retry" in stream,
}
"""By what it does, whether it can have done so. An entry that no case below shows is to be removed."""


SHOWN = (BOM + b"data: a\n\n", b"event: ping\n\ndata: a\n\n", b"retry: +5\n\ndata: a\n\n")


def httpx_sse_reads(stream: bytes) -> list[tuple[str, str]]:
    """Read types and data with the other reader."""
    response = httpx.Response(200, headers={"content-type": "text/event-stream"}, content=stream)
    return [(event.event or "message", event.data) for event in httpx_sse.EventSource(response).iter_sse()]


@settings(max_examples=100)
@given(STREAMS)
def test_law_another_reader_agrees_wherever_it_is_right(stream: bytes) -> None:
    events, _ = ours(stream)
    if not any(possible(stream, events) for possible in WRONG_IN_HTTPX_SSE.values()):
        assert httpx_sse_reads(stream) == [(kind, data) for _, kind, data, _, _ in events]


@pytest.mark.parametrize(
    ("name", "stream"),
    [*zip(WRONG_IN_HTTPX_SSE, SHOWN, strict=True)],
)
def test_where_the_other_reader_is_wrong(name: str, stream: bytes) -> None:
    """It reads the same bytes otherwise than the text, and we do not."""
    assert ours(stream) == by_the_text(stream)
    assert httpx_sse_reads(stream) != [("message", "a")], name
    assert [(kind, data) for _, kind, data, _, _ in ours(stream)[0]] == [("message", "a")]


def test_an_event_is_there_as_soon_as_its_blank_line_is() -> None:
    """A CR at the end of a chunk ends its line, and the LF that may follow belongs to it."""
    for end in (b"\n\n", b"\r\r", b"\r\n\r\n", b"\n\r", b"\r\n\r"):
        events = Events(plain)
        assert len([*events.feed(b"data: a" + end)]) == 1
        assert [line for line, _ in read(events, b"\n" * end.endswith(b"\r"), b"data: b\n\n")] == [3]


def test_an_event_of_just_the_bound_is_none_too_large() -> None:
    """It is refused as soon as it is too large, after every event before it, and not when it ends."""
    assert [line for line, _ in read(Events(plain, limit=9), b"data: abc\n\n")] == [1]
    for chunks in ((b"data: a\n\ndata: abcd\n\n",), (b"data: a\n\n", b"data: ", b"abcd")):
        found = read(Events(plain, limit=9), *chunks)
        assert next(found)[0] == 1
        with pytest.raises(EventTooLong, match="an event of more than 9 bytes") as caught:
            next(found)
        assert caught.value.number == 3


# What an event is to the schema


def framing_of(schema: Any, key: str = "schema", **streaming: Any) -> Framing:
    """Return the framing of a document that declares a stream so."""
    answer = {"content": {"text/event-stream": {key: schema}}}
    extension = {"x-streaming": streaming} if streaming else {}
    raw = {
        "openapi": "3.2.0",
        "paths": {"/a": {"get": {"operationId": "a", **extension, "responses": {"200": answer}}}},
    }
    document = Document(raw)
    return media.framing_of(document, document.operations["a"].responses["200"].content["text/event-stream"])


UNION = {
    "oneOf": [{"type": "object", "properties": {"kind": {"const": "a"}}}],
    "discriminator": {"propertyName": "kind"},
}
OBJECT = {"type": "object", "properties": {"event": {"type": "string"}, "data": {"type": "string"}}}
LIST = {"type": "array", "items": OBJECT}
NESTED = {"type": "object", "properties": {"data": {"type": "object"}}}
FORMS: dict[str, tuple[Framing, bytes, bytes]] = {
    "data": (framing_of(UNION), b'event: b\ndata: {"kind":\ndata: "a"}', b'{"kind": "a"}'),
    "type in the line alone": (framing_of(UNION, event="line"), b'event: a\ndata: {"n": 1}', b'{"kind": "a", "n": 1}'),
    "no other key": (framing_of(UNION, event="line"), b"event: a\ndata:  { }", b'{"kind": "a"}'),
    "no type": (framing_of(UNION, event="line"), b"data: {}", b'{"kind": "message"}'),
    "an empty type": (framing_of(UNION, event="line"), b"event:\ndata: {}", b'{"kind": "message"}'),
    "no object": (framing_of(UNION, event="line"), b"event: a\ndata: [1]", b"[1]"),
    "text": (framing_of({"type": "string"}), b"data: a\ndata: b", b'"a\\nb"'),
    "text that is indented": (framing_of({"type": "string"}), b"id: 1\ndata:   a\ndata: \tb", b'"  a\\n\\tb"'),
    "anything": (framing_of(True), b"data: [", b'"["'),
    "an empty schema": (framing_of({}), b"data: [", b'"["'),
    "fields": (
        framing_of(OBJECT, "itemSchema"),
        b"event: a\nid: 7\nretry: 05\ndata: {}",
        b'{"event": "a", "data": "{}", "id": "7", "retry": 5}',
    ),
    "fields, an id that is reset": (framing_of(OBJECT, "itemSchema"), b"id:\ndata: a", b'{"data": "a", "id": ""}'),
    "fields, no type and no delay": (
        framing_of(OBJECT, "itemSchema"),
        b"event:\nretry: 0\nid: 1\0\ndata:",
        b'{"data": "", "retry": 0}',
    ),
    "fields, one of them JSON": (framing_of(NESTED, "itemSchema"), b'data: {"n": 1}', b'{"data": {"n": 1}}'),
    "items of the list that a stream is": (framing_of(LIST), b"data: a", b'{"data": "a"}'),
    "an item that is the data": (framing_of(UNION, "itemSchema"), b'data: {"kind": "a"}', b'{"kind": "a"}'),
}


@pytest.mark.parametrize(("framing", "stream", "instance"), FORMS.values(), ids=FORMS)
def test_what_an_event_is_to_the_schema(framing: Framing, stream: bytes, instance: bytes) -> None:
    """The data, the fields, or a text; and what is written is read as the same, in each way to write it."""
    assert [event for _, event in read(framing.cutter(None), stream + b"\n\n")] == [json.loads(instance)]
    for frame in framing.frames:
        for end in framing.ends:
            written = framing.starts[-1] + frame(instance) + end
            for newline in framing.newlines:
                found = read(framing.cutter(None), written.replace(b"\n", newline))
                assert [event for _, event in found] == [json.loads(instance)]


def test_the_type_in_both_places_is_reported_beside_the_data() -> None:
    """An event without such a line names none."""
    cutter = framing_of(UNION, event="both").cutter(None)
    assert [*cutter.feed(b'event: b\ndata: {"kind": "a"}\n\ndata: {}\n\n')] == [
        (1, b'{"kind": "a"}', "b"),
        (4, b"{}", None),
    ]


def test_a_type_that_is_empty_or_no_text_is_reported_as_the_standard_reads_it() -> None:
    cutter = framing_of(UNION, event="both").cutter(None)
    found = [*cutter.feed(b"event:\ndata: 1\n\nevent: \xff\ndata: 2\n\nretry: 1\nevent: a\ndata: 3\n\n")]
    assert found == [(1, b"1", None), (4, b"2", "\ufffd"), (7, b"3", "a")]


@pytest.mark.parametrize(("digits", "taken"), [(18, True), (19, False)])
def test_a_delay_has_a_bounded_number_of_digits(digits: int, taken: bool) -> None:
    """Longer ones are ignored, or one of thousands of digits could not be written again."""
    ((_, fields),) = read(Events(plain), b"retry: %s\ndata: a\n\n" % (b"9" * digits))
    assert fields[-1] == (10**digits - 1 if taken else None)


BATCHES: dict[str, tuple[tuple[bytes, ...], bool]] = {
    "data": ((b"data: 1\n\ndata: 2\n\ndata: 3\n\nda", b"ta: 4\n\n", b"data: 5\n", b"\ndata: 6\n\n"), True),
    "types": ((b"event: a\ndata: 1\n\nevent: b\ndata: 2\n\n", b"event: a\ndata: 3\n", b"\n"), True),
    "empty types": ((b"event: \ndata: 1\n\nevent: a\ndata: 2\n\n",), True),
    "some types": ((b"event: a\ndata: 1\n\ndata: 2\n\n",), False),
    "some types, later": ((b"data: 1\n\nevent: a\ndata: 2\n\n",), False),
    "an end": ((b"data: 1\n\ndata: [DONE]\n\n",), False),
    "other fields": ((b"data: 1\n\nid: 1\ndata: 2\n\n",), False),
    "a comment": ((b": a\ndata: 1\n\n",), False),
    "two lines of data": ((b"data: 1\ndata: 2\n\n",), False),
    "no space": ((b"data:1\n\n",), False),
    "a blank line more": ((b"data: 1\n\n\ndata: 2\n\n",), False),
    "other ends of lines": ((b"data: 1\r\n\r\n",), False),
    "an end of a line that is cut": ((b"data: 1\r", b"\n\ndata: 2\n\n"), False),
}


@pytest.mark.parametrize("where", ["data", "both"])
@pytest.mark.parametrize("name", BATCHES)
def test_many_events_at_once_are_those_that_are_read_one_by_one(name: str, where: str) -> None:
    """With their lines and types; a chunk that has anything less common is left to the other reader, untouched."""
    chunks, batched = BATCHES[name]
    framing = framing_of(UNION, event=where, end="[DONE]")
    at_once: Any = framing.cutter(None)
    alone = framing.cutter(None)
    begun = b"data: 0\n\n"
    assert [*at_once.feed(begun)] == [*alone.feed(begun)]
    seen = False
    for chunk in chunks:
        batch = at_once.many(chunk)
        found = [*at_once.feed(chunk)] if batch is None else [*batch.cuts(0, len(batch.texts))]
        assert found == [*alone.feed(chunk)]
        if batch is not None:
            seen = True
            assert [*batch.texts] == [text for _, text, _ in found]
            assert (batch.line, batch.line + batch.step * (len(found) - 1)) == (found[0][0], found[-1][0])
            assert [*batch.kinds] == (
                [(kind or "").encode() for _, _, kind in found] if any(kind for _, _, kind in found) else []
            )
    assert seen is batched
    assert [*at_once.close()] == [*alone.close()] == []


def test_what_ends_the_stream_is_no_event() -> None:
    framing = framing_of(UNION, end="[DONE]")
    assert framing.join([b'{"kind":"a"}']) == b'data: {"kind":"a"}\n\ndata: [DONE]\n\n'
    assert [*read(framing.cutter(None), framing.join([b"1"]))] == [(1, 1), (3, None)]
    assert framing.first(b"data: [DONE]\n\ndata: 5\n\n") == b"5"
    found = [*framing.cutter(None).feed(b"data: [DONE] \n\nid: 1\ndata: [DONE] \n\nid: 1\ndata: [DONE]\n\n")]
    assert [text for _, text, _ in found] == [b"[DONE] ", b"[DONE] ", None]


def test_bytes_that_are_no_utf_8_are_no_json_in_any_form() -> None:
    for framing, _, _ in FORMS.values():
        ((_, text, _),) = framing.cutter(None).feed(b'data: {"a": "\xff"}\n\n')
        with pytest.raises(ValueError, match="utf-8"):
            json.loads(text or b"")


@pytest.mark.parametrize(
    ("framing", "event", "written"),
    [
        (framing_of({"type": "string"}), b'"a\\ud800"', b"data: a?"),
        (framing_of(OBJECT, "itemSchema"), b'{"event": "\\ud800", "data": "\\udfff"}', b"event: ?\ndata: ?"),
        (framing_of(UNION, event="line"), b'{"kind": "\\ud800"}', b"event: ?\ndata: {}"),
    ],
)
def test_half_of_a_surrogate_pair_has_no_bytes_of_its_own(framing: Framing, event: bytes, written: bytes) -> None:
    assert framing.frames[0](event) == written


@pytest.mark.parametrize("blank", [98, 99])
@pytest.mark.parametrize("size", [1, 2, 3, 64, 1000])
def test_any_number_of_blank_lines_is_counted(size: int, blank: int) -> None:
    stream = b"data: 1\n\n" + b"\n" * blank + b"data: 2\n\n\n\n\ndata: 3\n\n"
    found = list(read(Events(plain), *(stream[at : at + size] for at in range(0, len(stream), size))))
    assert [line for line, _ in found] == [1, blank + 3, blank + 8]


def test_a_chunk_of_a_long_event_is_not_copied_with_all_before_it() -> None:
    """Or an event in many chunks would take quadratic time."""
    cutter = Events(_data)
    assert not list(cutter.feed(b"data: " + b"x" * 1_000_000))
    tracemalloc.start()
    assert cutter.many(b"y" * 2000) is None
    assert cutter.many(b"z" * 2000 + b"\n") is None
    assert tracemalloc.get_traced_memory()[1] < 100_000
    tracemalloc.stop()


@pytest.mark.parametrize(("end", "mark"), [("[DONE]", b"data: [DONE]\n\n"), ("", b"data: \n\n"), (None, b"")])
def test_a_stream_without_events_is_its_mark(end: str | None, mark: bytes) -> None:
    """The mark of an end can be empty data, and comes after any number of events."""
    streaming: dict[str, Any] = {"last": ["a"]} if end is None else {"end": end}
    framing = framing_of(UNION, **streaming)
    assert framing.join([]) == framing.mark == mark
    assert framing.join([b"{}", b"[]"]) == b"data: {}\n\ndata: []\n\n" + mark
    assert [line for line, event, _ in framing.cutter(None).feed(b"data: {}\n\n" + mark) if event is None] == (
        [3] if mark else []
    )


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_a_body_is_cut_after_each_event_whatever_ends_its_lines(newline: bytes) -> None:
    events = [b"data: 1\n\n", b": a\ndata: 2\ndata: 3\n\n", b"\n\ndata: 4\n\n"]
    pieces = [event.replace(b"\n", newline) for event in events]
    framing = framing_of(True)
    assert framing.pieces(b"".join(pieces)) == pieces
    assert framing.pieces(b"".join(pieces) + b"data: 5") == [*pieces, b"data: 5"]
    assert framing.pieces(b"") == []


@pytest.mark.parametrize(
    ("written", "read"),
    [(b"true", "true"), (b"null", "null"), (b"1.50", "1.5"), (b'{"a": true}', '{"a": true}'), (b'"a"', "a")],
)
def test_a_value_that_is_no_text_is_written_as_json_where_a_text_is_meant(written: bytes, read: str) -> None:
    framing = framing_of(True)
    assert framing.frames[0](written) == b"data: " + read.encode()
    fields = framing_of(OBJECT, "itemSchema")
    assert fields.frames[0](b'{"data": %b, "event": %b}' % (written, written)) == b"event: %b\ndata: %b" % (
        read.encode(),
        read.encode(),
    )


def test_the_type_stays_in_the_data_unless_the_document_moves_it() -> None:
    """Without `x-streaming`, the line says nothing."""
    stream = b'event: b\ndata: {"n": 1}\n\n'
    found = [
        [*framing_of(UNION, **more).cutter(None).feed(stream)] for more in ({}, {"event": "data"}, {"event": "both"})
    ]
    assert found == [[(1, b'{"n": 1}', None)], [(1, b'{"n": 1}', None)], [(1, b'{"n": 1}', "b")]]
    (moved,) = framing_of(UNION, event="line").cutter(None).feed(stream)
    assert moved == (1, b'{"kind":"b","n": 1}', None)
