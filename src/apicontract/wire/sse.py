"""Server-sent events, as WHATWG HTML defines them (section 9.2, "Server-sent events"): cutting chunks into events.

Theory of operation
-------------------
A line ends in LF, CR or CRLF, and a blank line ends an event. None of these bytes is part of another character of
UTF-8, so a stream is cut from bytes, as it arrives: every CR becomes the line feed that it stands for, and a CR at
the end of a chunk ends its line at once, or the last event of a chunk would wait for the next. A byte order mark at
the very beginning is dropped. A block between two blank lines is an event if it has `data`: several such lines are
joined by line feeds. A line that begins with a colon is a comment; fields with other names, an `id` with NUL and a
`retry` that is not a number are ignored, as the standard demands.

The standard also discards an incomplete event at the end of the stream. Here that is an error, `EventUnfinished`.

The document decides what a schema applies to. The schema of `text/event-stream` applies to the data, which is JSON, or
a string if the schema admits nothing else. An `itemSchema` (OpenAPI 3.2) with a property `data` applies to the fields
as an object: `event`, `data`, `id`, `retry`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Final, NamedTuple, TypeAlias

from apicontract.openapi.document import Document, MediaType
from apicontract.openapi.facts import shape_at
from apicontract.wire.framing import Batch, Cut, EventTooLong, EventUnfinished, Framing

BOM: Final = b"\xef\xbb\xbf"
DEFAULT: Final = "message"
"""The type of an event without an `event` line."""
_USUAL = re.compile(rb"(event: ([^\n]*)\n)?data: ([^\n]*)\n\n")
"""Matches an event in the most common form."""
_BLANK = re.compile(rb"(?:\n\n)+")
"""Blocks without any field."""
_MOST_DIGITS = 18
"""The maximum number of digits of a `retry`; a longer one is ignored."""


class ServerSentEvent(NamedTuple):
    """An event as it was sent."""

    line: int
    """The line on which it starts, from 1."""
    data: bytes
    event: bytes | None = None
    id: bytes | None = None
    retry: int | None = None
    """In milliseconds."""


Reading: TypeAlias = Callable[[int, bytes, bytes | None, bytes | None, int | None], tuple[bytes, str | None]]
"""Takes the fields of an event, and returns the JSON text that the schema applies to, and the type that its frame
declares, if any."""


class Events:
    """Cuts a stream of bytes into server-sent events, at any chunk boundaries."""

    def __init__(self, reading: Reading, end: bytes | None = None, limit: int | None = None) -> None:
        """Start before the first byte; `limit` is the maximum size of an event in bytes, `None` for no limit.

        `end` is the data that marks the end of the stream.
        """
        self._reading, self._end = reading, end
        self._limit = sys.maxsize if limit is None else limit
        self._start: bytes | None = b""
        """The first bytes, as long as they can be the beginning of a byte order mark."""
        self._return = self._newline = False
        """Whether the last byte was a CR, and whether a line feed is held back that may end an event together with the
        next."""
        self._pending = bytearray()
        self._number = 1

    def feed(self, chunk: bytes) -> Iterator[Cut]:
        """Take a chunk and yield the events that it completes, then raise `EventTooLong` if the next is too long."""
        text, position = self._lines(chunk), 0
        if self._pending and (stop := text.find(b"\n\n")) >= 0:
            block, position = bytes(self._pending + text[:stop]), stop + 2
            self._pending.clear()
            yield from self._block(block)
        match, reading, end = _USUAL.match, self._reading, self._end
        while not self._pending:
            found = match(text, position)
            if found is not None and found.end() - position <= self._limit:
                head, name, data = found.groups()
                number, position = self._number, found.end()
                self._number += 2 if head is None else 3
                yield (number, None, None) if data == end else (number, *reading(number, data, name, None, None))
            elif blank := _BLANK.match(text, position):
                self._number += blank.end() - position
                position = blank.end()
            elif (stop := text.find(b"\n\n", position)) >= 0:
                block, position = text[position:stop], stop + 2
                yield from self._block(block)
            else:
                break
        self._newline = text.endswith(b"\n", position)
        if rest := text[position : len(text) - self._newline]:
            self._pending += rest
            if len(self._pending) > self._limit:
                raise EventTooLong(self._number, self._limit)

    def many(self, chunk: bytes) -> Batch | None:
        """Take a chunk that ends an event, if each is its data, on one line, and perhaps its type before that.

        Returns `None`, and takes nothing, for any other chunk.
        """
        if self._start is not None or self._return or b"\r" in chunk or self._reading not in (_data, _named):
            return None
        if b"\n\n" not in b"\n" * self._newline + chunk:  # or each chunk of a long event would copy all of it
            return None
        text = bytes(self._pending + b"\n" * self._newline + chunk)
        stop = text.rfind(b"\n\n") + 2
        if stop < len(b"\n\n") or len(text) > self._limit:
            return None
        found = _USUAL.findall(text, 0, stop)
        heads, names, texts = zip(*found, strict=True) if found else ((), (), ())
        named, step = b"" not in heads, 3 if heads and heads[0] else 2
        whole = sum(map(len, heads)) + sum(map(len, texts)) + len(found) * len(b"data: \n\n") == stop
        if not whole or self._end in texts or not (named or not any(heads)):
            return None
        self._newline = text.endswith(b"\n", stop)
        self._pending[:] = text[stop : len(text) - self._newline]
        first = self._number
        self._number += step * len(found)
        kinds = names if self._reading is _named and named else ()
        return Batch(texts, kinds, first, step, partial(self._cuts, first, step, texts, names))

    def _cuts(
        self, first: int, step: int, texts: Sequence[bytes], names: Sequence[bytes], start: int, stop: int
    ) -> Iterator[Cut]:
        for position in range(start, min(stop, len(texts))):
            number = first + step * position
            yield (number, *self._reading(number, texts[position], names[position] or None, None, None))

    def _block(self, block: bytes) -> Iterator[Cut]:
        """Yield the event in a block between two blank lines, if there is one."""
        if len(block) > self._limit:
            raise EventTooLong(self._number, self._limit)
        event = _event(block, self._number)
        self._number += block.count(b"\n") + 2
        if event is not None:
            yield (event.line, None, None) if event.data == self._end else (event.line, *self._reading(*event))

    def _lines(self, chunk: bytes) -> bytes:
        """Return a chunk with line feeds only, preceded by what was held back from the previous one."""
        if self._start is not None:
            chunk = self._start + chunk
            self._start = chunk if len(chunk) < len(BOM) and BOM.startswith(chunk) else None
            if self._start is not None:
                return b""
            chunk = chunk.removeprefix(BOM)
        if not chunk:
            return b"\n" if self._newline else b""
        if self._return and chunk.startswith(b"\n"):
            chunk = chunk[1:]
        self._return = chunk.endswith(b"\r")
        if b"\r" in chunk:
            chunk = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return b"\n" + chunk if self._newline else chunk

    def close(self) -> Iterator[Cut]:
        """Yield nothing; raise `EventUnfinished` if the stream ends within an event."""
        block = bytes(self._pending) + (self._start or b"")
        self._pending.clear()
        self._start = None
        if any(line and not line.startswith(b":") for line in block.split(b"\n")):
            raise EventUnfinished(self._number + block.startswith(b"\n"), "the blank line that ends it")
        yield from ()


def _event(block: bytes, number: int) -> ServerSentEvent | None:
    """Parse the lines between two blank ones; `None` for a block without data."""
    if block.startswith(b"\n"):  # an additional blank line
        number += 1
    event = id_ = retry = None
    data: list[bytes] = []
    for line in block.split(b"\n"):
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        match name:
            case b"data":
                data.append(value)
            case b"event":
                event = value
            case b"id" if b"\0" not in value:
                id_ = value
            case b"retry" if value.isdigit() and len(value) <= _MOST_DIGITS:
                retry = int(value)
            case _:
                pass
    return ServerSentEvent(number, b"\n".join(data), event, id_, retry) if data else None


def framing(document: Document, content: MediaType) -> Framing:
    """Return the framing of the events of a media type object."""
    shape = shape_at(document, content.schema, content.schema_pointer)
    streaming = content.streaming
    end = streaming.end.encode() if streaming and streaming.end is not None else None
    write: Callable[[bytes], bytes]
    read: Reading
    changes, more, opaque = [_tight, _commented], [b"\nid: 7\nretry: 3000\nother: field\n\n"], True
    if content.item and "data" in shape.properties:
        held = shape.properties["data"]
        nested = bool(held.types) and not held.is_text
        read, write = partial(_fields, nested), partial(_of_fields, nested)
        more = []
    elif shape.types == {"string"} or content.schema in (None, True, {}):
        read, write = _text, _of_text
    else:
        where = streaming.event if streaming else "data"
        tag = shape.discriminator if where != "data" else ""
        read = _data if not tag else _named if where == "both" else partial(_moved, tag)
        write = partial(_of_named, tag, where == "line") if tag else _of_data
        changes.append(_spread)
        opaque = False
    return Framing(
        lambda limit: Events(read, end, limit),
        frames=(write, *(partial(_rewritten, change, write) for change in changes)),
        ends=(b"\n\n", b"\n\n\n", b"\n\n: alive\n\n", *more),
        newlines=(b"\n", b"\r\n", b"\r"),
        starts=(b"", BOM),
        mark=b"" if end is None else b"data: " + end + b"\n\n",
        open_ended=False,
        opaque=opaque,
    )


# How events are read


def _data(_line: int, data: bytes, *_: object) -> tuple[bytes, None]:
    return data, None


def _named(_line: int, data: bytes, event: bytes | None, *_: object) -> tuple[bytes, str | None]:
    """Return the type on the `event` line, to be compared with that in the data."""
    return data, event.decode(errors="replace") if event else None


def _moved(tag: str, _line: int, data: bytes, event: bytes | None, *_: object) -> tuple[bytes, None]:
    """Insert the type on the `event` line into the data, which does not have it."""
    data = data.strip()
    if not data.startswith(b"{"):
        return data, None
    name = event.decode(errors="replace") if event else DEFAULT
    member, rest = f"{json.dumps(tag)}:{json.dumps(name)}".encode(), data[1:].lstrip()
    return b"{" + member + (b"" if rest.startswith(b"}") else b",") + rest, None


def _text(_line: int, data: bytes, *_: object) -> tuple[bytes, None]:
    return _string(data), None


def _fields(
    nested: bool, _line: int, data: bytes, event: bytes | None, id_: bytes | None, retry: int | None
) -> tuple[bytes, None]:
    members = [(b"data", data if nested else _string(data))]
    members += [(b"event", _string(event))] if event else []
    members += [(b"id", _string(id_))] if id_ is not None else []
    members += [(b"retry", b"%d" % retry)] if retry is not None else []
    return b"{" + b",".join(b'"%b":%b' % member for member in members) + b"}", None


def _string(value: bytes) -> bytes:
    """Encode text as a JSON string; bytes that are not UTF-8 stay unchanged, and so are invalid JSON."""
    try:
        return json.dumps(value.decode(), ensure_ascii=False).encode()
    except UnicodeDecodeError:
        return value


# How events are written


def _of_data(text: bytes) -> bytes:
    return b"\n".join(b"data: " + line for line in text.split(b"\n"))


def _of_named(tag: str, alone: bool, text: bytes) -> bytes:
    try:
        value = json.loads(text)
        name = value[tag]
    except (ValueError, TypeError, LookupError):  # not an event of a known type
        return _of_data(text)
    if not isinstance(name, str) or "\n" in name or "\r" in name:
        return _of_data(text)
    if alone:
        del value[tag]
        text = json.dumps(value, ensure_ascii=text.isascii()).encode()
    return b"event: " + name.encode(errors="replace") + b"\n" + _of_data(text)


def _of_text(text: bytes) -> bytes:
    try:
        value = json.loads(text)
    except ValueError:
        return _of_data(text)
    return _of_data(_plain(value))


def _of_fields(nested: bool, text: bytes) -> bytes:
    try:
        value: Any = json.loads(text)
    except ValueError:
        return _of_data(text)
    if not isinstance(value, dict):
        return _of_data(text)
    lines = [b"%b: %b" % (name.encode(), _plain(value[name])) for name in ("event", "id", "retry") if name in value]
    if "data" in value:
        data = value["data"]
        lines.append(_of_data(json.dumps(data).encode() if nested else _plain(data)))
    return b"\n".join(lines)


def _plain(value: Any) -> bytes:
    return (value if isinstance(value, str) else json.dumps(value)).encode(errors="replace")


# Other ways to write the same event


def _rewritten(change: Callable[[bytes], bytes], write: Callable[[bytes], bytes], text: bytes) -> bytes:
    return change(write(text))


def _tight(event: bytes) -> bytes:
    """Remove the space after the colon, if the value does not begin with one itself."""
    lines = [line.split(b": ", 1) for line in event.split(b"\n")]
    return b"\n".join(b":".join(line) if line[-1][:1] != b" " else b": ".join(line) for line in lines)


def _commented(event: bytes) -> bytes:
    return b": data: this is none\n" + event


def _spread(event: bytes) -> bytes:
    """Split data over several lines, at places where JSON allows white space."""
    head, _, data = event.rpartition(b"data: ")
    try:
        spread = json.dumps(json.loads(data), indent=0, ensure_ascii=data.isascii()).encode()
    except ValueError:
        return event
    return head + _of_data(spread) if spread.count(b"\n") else event
