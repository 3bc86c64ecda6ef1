"""The events of a stream out of its bytes, sans-IO.

Theory of operation
-------------------
Chunks go in as they arrive. They are cut into lines by `wire.ndjson`, the only line reader here: those of HTTP clients
also cut at U+2028. Each line is read as an event, the order of events is followed, and the value that all of them must
share (`x-streaming.same`) is compared with the first one seen. Whatever is wrong is raised once
every event before it was delivered. Nothing is skipped and nothing is guessed: a plain JSON answer in place of a stream
is an event without a type, and a connection that ends early is a stream without its last event. To read on after
something went wrong, or after the stream was closed early, is an error too, and never looks like an end. What the
response says of its `Content-Type` is not looked at (ledger A12).

Nearly all events of a long stream come between the first and the last, and hold nothing that is shared. For most their
class alone tells so (`_is_inner`), and what is left to do is to read them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, get_args, get_origin

import httpx

from apicontract.client import response as responses
from apicontract.client.answer import model_class, validation_error
from apicontract.client.errors import StreamInvalid
from apicontract.client.fields import fields_of, pick
from apicontract.client.narrowing import mapping
from apicontract.client.request import PreparedRequest
from apicontract.openapi.document import DocumentInvalid, Streaming
from apicontract.openapi.pointer import escape, unescape
from apicontract.openapi.violation import Violation, excerpt
from apicontract.wire import media
from apicontract.wire.faults import Fault
from apicontract.wire.media import Cutter
from apicontract.wire.ndjson import Lines, LineTooLong
from apicontract.wire.order import Order

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

EventT = TypeVar("EventT")

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one event; a line that goes on for longer is refused, so that it cannot take all memory."""

_OWN_LINE = " at line 1 column "
"""To the JSON parser each line is a text of its own."""


class Events(Generic[EventT]):
    """Turns the bytes of a stream into its events."""

    def __init__(self, call: PreparedRequest, adapter: TypeAdapter[EventT], response: httpx.Response) -> None:
        """Begin before the first byte; of the response only the head is looked at."""
        operation = call.operation
        self._call = call
        self._adapter = adapter
        self._response = response
        self._pointer, self._tag, cutter = _declared(call, response.status_code)
        self._lines = cutter(LONGEST_LINE)
        self._order = Order(operation.streaming, operation.pointer) if operation.streaming and self._tag else None
        self._count = self._line = 0
        self._shared: object = None
        self._complete = False
        self._inner: set[type] = set()
        """Classes of which an event cannot be out of place between the first and the last."""
        self._between = self._order is None

    def feed(self, chunk: bytes) -> Iterator[EventT]:
        """Take a chunk and yield the events that it completes."""
        return self._read(self._lines.feed(chunk))

    def close(self) -> Iterator[EventT]:
        """Take the end of the stream: yield the event of a last line without its newline, then check the end."""
        yield from self._read(self._lines.close())
        self._check(self._order.end(self._count, self._line) if self._order else None)
        self._complete = True

    def unfinished(self) -> StreamInvalid | None:
        """Make the error for reading on where nothing follows, unless everything was delivered."""
        if self._complete:
            return None
        message = "the stream failed, or was closed, before its end; nothing more can be read"
        place, operation = f"event[{self._count}]", self._call.operation
        return self._invalid([Violation(operation.id, place, "truncated", message, operation.pointer)])

    def texts(self) -> Callable[[EventT], str]:
        """Return what takes the text out of an event, nothing where it has none.

        Raises `DocumentInvalid` if the document does not say where events have their text.
        """
        operation = self._call.operation
        pointer = operation.streaming.text if operation.streaming else None
        if pointer is None:
            raise DocumentInvalid("`x-streaming` does not say where events have their text", operation.pointer)

        def text(event: EventT) -> str:
            found = pick(event, pointer)
            return found if isinstance(found, str) else ""

        return text

    def undecodable(self, error: httpx.DecodingError) -> StreamInvalid:
        """Make the error for a content coding that cannot be undone."""
        return self._invalid(responses.undecodable(self._call, error, self._response))

    def _read(self, lines: Iterator[tuple[int, bytes]]) -> Iterator[EventT]:
        """Read lines as events, and check of each whether it may come where it does."""
        read: Callable[[bytes], Any] = self._adapter.validator.validate_json
        inner = self._inner
        try:
            for self._line, line in lines:
                try:
                    event = responses.read_json(read, line)
                except validation_error() as error:
                    found = self._unreadable(error, line)
                    break
                if not self._between or type(event) not in inner or event.__pydantic_extra__:
                    self._place(event)
                self._count += 1
                yield event
            else:
                return
        except LineTooLong as error:
            self._line = error.number
            fault = Fault(f"event[{self._count}]", "limit", f"line {self._line}: {error}", self._pointer)
            found = [fault.violation(self._call.operation.id)]
        raise self._invalid(found)

    def _unreadable(self, error: ValidationError, line: bytes) -> list[Violation]:
        """Say what is wrong with a line."""
        return [
            replace(violation, message=f"line {self._line}: {violation.message.replace(_OWN_LINE, ' at column ')}")
            for violation in responses.unreadable(self._call, error, line, f"event[{self._count}]", self._pointer)
        ]

    def _place(self, event: Any) -> None:
        """Check the order of events up to this one, and what it has to share with those before."""
        if self._order is not None:
            self._check(self._order.event(self._count, pick(event, self._tag), self._line))
            self._between = not self._order.complete
        self._check(self._differing(event))
        kind = event.__class__
        if _is_inner(kind, self._tag, self._call.operation.streaming):
            self._inner.add(kind)

    def _differing(self, event: EventT) -> Fault | None:
        streaming = self._call.operation.streaming
        if streaming is None or streaming.same is None or (value := pick(event, streaming.same)) is None:
            return None
        if self._shared is None:
            self._shared = value
        if value == self._shared:
            return None
        place = f"event[{self._count}]{streaming.same.replace('/', '.')}"
        message = f"line {self._line}: differs from {excerpt(self._shared)} at the stream's beginning"
        return Fault(place, "sequence", message, f"{self._call.operation.pointer}/x-streaming/same", value)

    def _check(self, fault: Fault | None) -> None:
        if fault is not None:
            raise self._invalid([fault.violation(self._call.operation.id)])

    def _invalid(self, violations: list[Violation]) -> StreamInvalid:
        with suppress(httpx.ResponseNotRead):  # it is read where a mock has all of it
            responses.clean(self._call, self._response)
        found = responses.without_keys(self._call, violations)
        return StreamInvalid(self._call.operation.id, found, self._response, self._line)


@cache
def _is_inner(kind: type, tag: str, streaming: Streaming | None) -> bool:
    """Whether no event of a class is the first or the last one, and none declares what all events share."""
    if streaming is None or not tag or not issubclass(kind, model_class()):
        return False
    fields = fields_of(kind)
    name = fields.get(unescape(tag[1:]))
    kinds = None if name is None else kind.model_fields[name].annotation
    shared = unescape((streaming.same or "/").split("/")[1])
    return (
        get_origin(kinds) is Literal
        and not {streaming.first, *streaming.last} & {*get_args(kinds)}
        and shared not in fields
    )


def _declared(call: PreparedRequest, status: int) -> tuple[str, str, Callable[[int | None], Cutter]]:
    """Find the schema of an event, the pointer to what tells events apart, and how the stream is cut."""
    declared = call.operation.response(status)
    content = None if declared is None else media.stream_of(declared.content)
    stream = None if content is None else media.codec(content.name).stream
    if content is None or stream is None:
        return call.operation.pointer, "", Lines
    node, pointer = call.document.resolve(content.schema, content.schema_pointer)
    tag = mapping(mapping(node).get("discriminator")).get("propertyName")
    return pointer, f"/{escape(tag)}" if tag else "", stream.cutter
