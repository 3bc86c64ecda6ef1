"""Check a stream of events against its operation: each event by itself, then the order, then the end."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from apicontract.checks.instances import Instances
from apicontract.checks.validation import FURTHER, MOST
from apicontract.openapi import pointer as pointers
from apicontract.openapi import strict_json
from apicontract.openapi.document import Document, Json, MediaType, Operation
from apicontract.openapi.facts import shape_at
from apicontract.openapi.violation import Violation
from apicontract.wire import media
from apicontract.wire.faults import Fault
from apicontract.wire.framing import Cut, Unframed
from apicontract.wire.order import Order, other_name


class CheckedEvent(NamedTuple):
    """One event of a stream, or its end, with its violations."""

    line: int
    """The line on which it starts, from 1; the last line if something is missing at the end."""
    event: Json
    """The parsed event; `media.UNREAD` for invalid JSON and for the end of the stream."""
    violations: list[Violation]


class StreamCheck:
    """Checks one stream as it arrives, without storing it."""

    def __init__(self, document: Document, instances: Instances, operation: Operation, content: MediaType) -> None:
        """Start before the first event."""
        self._instances = instances
        self._operation, self._content, self._pointer = operation, content, operation.pointer
        shape = shape_at(document, content.schema, content.schema_pointer)
        self._tag, self._kinds = shape.discriminator, frozenset(shape.kinds)
        self._cutter = media.framing_of(document, content).cutter(None)
        streaming = content.streaming
        self._streaming = streaming
        self._order = None if streaming is None else Order(streaming, operation.pointer)
        self._count = self._line = 0
        self._described = -math.inf
        """How many violations were described; only a whole stream has a limit."""
        self._further = Violation(operation.id, "event", FURTHER, "", content.schema_pointer)

    @property
    def complete(self) -> bool:
        """Whether everything that ends the stream has arrived."""
        return self._order is not None and self._order.over and self._order.complete

    def feed(self, chunk: bytes) -> Iterator[CheckedEvent]:
        """Take a chunk and check the events that it completes."""
        return self._checked(self._cutter.feed(chunk))

    def close(self) -> Iterator[CheckedEvent]:
        """Take the end of the stream; check the rest, and report what is missing."""
        unfinished = False
        try:
            yield from self._checked(self._cutter.close())
        except Unframed as error:
            unfinished = True
            yield self._wrong(error.number, error.fault(self._count, self._content.pointer))
        if self._order is not None and not unfinished:
            fault = self._order.end(self._count, self._line)
            if fault is not None:
                yield self._wrong(self._line, fault)

    def whole(self, body: bytes) -> Iterator[CheckedEvent]:
        """Check a whole stream.

        A violation takes far longer to describe than to find. After `MOST` of them, an event that does not conform has
        one violation, with the rule `FURTHER`, which is for counting only.
        """
        self._described = 0
        yield from self.feed(body)
        yield from self.close()

    def instances(self, events: Iterable[Json]) -> Iterator[CheckedEvent]:
        """Check parsed events as a whole stream, one on each line."""
        for event in events:
            self._line += 1
            yield self._event(event, None)
        if self._order is not None and self._streaming and self._streaming.end is not None and self._order.over:
            self._order.mark(self._count, self._line)
        yield from self.close()

    def _checked(self, cuts: Iterable[Cut]) -> Iterator[CheckedEvent]:
        for self._line, text, kind in cuts:
            if text is None:
                fault = self._order.mark(self._count, self._line) if self._order else None
                if fault is not None:
                    yield self._wrong(self._line, fault)
                continue
            try:
                event = strict_json.load(text.decode())
            except ValueError as error:
                note = f"line {self._line}: invalid JSON: {error}"
                yield self._wrong(self._line, Fault(f"event[{self._count}]", "encoding", note, self._content.pointer))
                self._count += 1
            else:
                yield self._event(event, kind)

    def _event(self, event: Json, wanted: str | None) -> CheckedEvent:
        """Check one event; `wanted` is the type that its frame declares."""
        index, self._count = self._count, self._count + 1
        place, streaming, line = f"event[{index}]", self._streaming, self._line
        given = event.get(self._tag) if self._tag and isinstance(event, dict) else None
        kind = given if isinstance(given, str) else None
        found: list[Violation] = []
        if not (streaming and streaming.open and kind is not None and kind not in self._kinds):
            if self._described <= MOST:
                found += self._instances.check(self._operation.id, self._content, event, place)
            elif not self._instances.conforms(self._content, event):
                found.append(self._further)
        faults: Sequence[Fault] = ()
        if self._order is not None:
            faults = self._order.faults(index, kind, line, partial(pointers.find, event))
        if wanted is not None and (other := other_name(index, f"/{self._tag}", kind, wanted, line, self._pointer)):
            faults = (other, *faults)
        brief = self._described > MOST
        for fault in faults:
            found.append(self._further if brief else fault.violation(self._operation.id))
        if found:
            self._described += len(found)
        return CheckedEvent(line, event, found)

    def _wrong(self, line: int, fault: Fault) -> CheckedEvent:
        violation = self._further if self._described > MOST else fault.violation(self._operation.id)
        self._described += 1
        return CheckedEvent(line, media.UNREAD, [violation])
