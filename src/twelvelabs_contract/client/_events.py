"""Floor 3: the events of a stream out of its bytes, sans-IO.

Theory of operation
-------------------
Chunks go in as they arrive. They are cut into lines by `_wire.ndjson`, the only line reader here: those of HTTP clients
also cut at U+2028. Each line is read as an event, the order of events is followed, and the value that all of them must
share (`x-streaming.same`) is compared with the first one seen. Whatever is wrong is raised once
every event before it was delivered. Nothing is skipped and nothing is guessed: a plain JSON answer in place of a stream
is an event without a type, and a connection that ends early is a stream without its last event. To read on after
something went wrong, or after the stream was closed early, is an error too, and never looks like an end. What the
response says of its `Content-Type` is not looked at (ledger A12).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Generic, TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from twelvelabs_contract._document import escape
from twelvelabs_contract._violation import Violation, excerpt
from twelvelabs_contract._wire.faults import Fault
from twelvelabs_contract._wire.media import NDJSON
from twelvelabs_contract._wire.ndjson import Lines, Order
from twelvelabs_contract.client import _interpret
from twelvelabs_contract.client._call import Prepared
from twelvelabs_contract.client._errors import StreamInvalid
from twelvelabs_contract.client._pick import pick

EventT = TypeVar("EventT")

_OWN_LINE = " at line 1 column "
"""To the JSON parser each line is a text of its own."""


class Events(Generic[EventT]):
    """Turns the bytes of a stream into its events."""

    def __init__(self, call: Prepared, adapter: TypeAdapter[EventT], response: httpx.Response) -> None:
        """Begin before the first byte; of the response only the head is looked at."""
        operation = call.operation
        self._call = call
        self._adapter = adapter
        self._response = response
        self._lines = Lines()
        self._pointer, self._tag = _declared(call, response.status_code)
        self._order = Order(operation.streaming, operation.pointer) if operation.streaming and self._tag else None
        self._count = self._line = 0
        self._shared: object = None
        self._complete = False

    def feed(self, chunk: bytes) -> Iterator[EventT]:
        """Take a chunk and yield the events that it completes."""
        for number, line in self._lines.feed(chunk):
            yield self._event(number, line)

    def close(self) -> Iterator[EventT]:
        """Take the end of the stream: yield the event of a last line without its newline, then check the end."""
        for number, line in self._lines.close():
            yield self._event(number, line)
        self._check(self._order.end(self._count, self._line) if self._order else None)
        self._complete = True

    def unfinished(self) -> StreamInvalid | None:
        """Make the error for reading on where nothing follows, unless everything was delivered."""
        if self._complete:
            return None
        message = "the stream failed, or was closed, before its end; nothing more can be read"
        place, operation = f"event[{self._count}]", self._call.operation
        return self._invalid([Violation(operation.id, place, "truncated", message, operation.pointer)])

    def undecodable(self, error: httpx.DecodingError) -> StreamInvalid:
        """Make the error for a content coding that cannot be undone."""
        return self._invalid(_interpret.undecodable(self._call, error, self._response))

    def _event(self, number: int, line: bytes) -> EventT:
        self._line = number
        try:
            event = self._adapter.validate_json(line)
        except ValidationError as error:
            place = f"event[{self._count}]"
            found = [
                replace(violation, message=f"line {number}: {violation.message.replace(_OWN_LINE, ' at column ')}")
                for violation in _interpret.unreadable(self._call, error, line, place, self._pointer)
            ]
        else:
            self._check(self._order.event(self._count, pick(event, self._tag), number) if self._order else None)
            self._check(self._differing(event))
            self._count += 1
            return event
        raise self._invalid(found)

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
        return StreamInvalid(self._call.operation.id, violations, self._response, self._line)


def _declared(call: Prepared, status: int) -> tuple[str, str]:
    """Find where the document describes an event, and the pointer to what tells events apart."""
    declared = call.operation.response(status)
    content = None if declared is None else declared.content.get(NDJSON)
    if content is None:
        return call.operation.pointer, ""
    node, pointer = call.document.resolve(content.schema, content.schema_pointer)
    tag = (node.get("discriminator") or {}).get("propertyName") if isinstance(node, Mapping) else None
    return pointer, f"/{escape(tag)}" if tag else ""
