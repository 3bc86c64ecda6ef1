"""What holds between the events of a stream (`x-streaming`), whatever format they come in.

A stream begins with its first event, and is complete when its last one has arrived, and after that the data that only
ends it, if it has such. Nothing may follow. Numbers grow, and what all events share is the same in all of them.
"""

from __future__ import annotations

from apicontract.openapi.document import Streaming
from apicontract.openapi.violation import excerpt
from apicontract.wire.faults import Fault


class Order:
    """Follows the events of a stream and tells what comes out of order."""

    def __init__(self, streaming: Streaming, pointer: str) -> None:
        """Begin before the first event; `pointer` is that of the operation."""
        self._streaming = streaming
        self._pointer = f"{pointer}/x-streaming"
        self._begun = streaming.first is None
        self._last = " or ".join(map(repr, streaming.last))
        self._arrived = self._marked = False
        """Whether the last event has arrived, and what ends the stream after it."""
        self._number: int | float | None = None
        self._shared: object = None

    @property
    def complete(self) -> bool:
        """Whether all that must come has arrived: the last event, and what ends the stream after it."""
        streaming = self._streaming
        return (self._arrived or not streaming.last) and (self._marked or streaming.end is None)

    @property
    def over(self) -> bool:
        """Whether nothing more may come, or nothing but what ends the stream."""
        return self._arrived or self._marked

    def event(self, index: int, kind: object, line: int) -> Fault | None:
        """Take the kind of the event at an index, and return what is wrong with its place."""
        streaming, first = self._streaming, self._streaming.first
        message = None
        alive = kind in streaming.keepalive
        if self._marked:
            message = f"comes after {streaming.end!r}, which ends the stream"
        elif self._arrived and not (alive and streaming.end is not None):
            message = f"comes after {self._last}, which ends the stream"
        elif alive:
            return None
        elif not self._begun and kind != first:
            message = f"the stream begins with {kind!r}, not with {first!r}"
        elif self._begun and first is not None and kind == first:
            message = f"a second {first!r}"
        self._begun = True
        if not self._arrived and kind in streaming.last:
            self._arrived, self._last = True, repr(kind)
        return None if message is None else self._fault(f"event[{index}]", message, line)

    def number(self, index: int, value: object, line: int) -> Fault | None:
        """Take the number of the event at an index, which must be greater than the one before."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        before, self._number = self._number, value
        if before is None or value > before:
            return None
        pointer = self._streaming.number or ""
        message = f"{value} does not follow {before}; the numbers of events grow"
        return self._fault(f"event[{index}]{_steps(pointer)}", message, line, "number", value)

    def same(self, index: int, value: object, line: int) -> Fault | None:
        """Take what the event at an index shares with all others; `None` if it has nothing of the kind."""
        if value is None:
            return None
        if self._shared is None:
            self._shared = value
        if value == self._shared:
            return None
        pointer = self._streaming.same or ""
        message = f"differs from {excerpt(self._shared)} at the stream's beginning"
        return self._fault(f"event[{index}]{_steps(pointer)}", message, line, "same", value)

    def mark(self, count: int, line: int) -> Fault | None:
        """Take what only ends the stream, after a number of events."""
        end, again, self._marked = self._streaming.end, self._marked, True
        if again:
            return self._fault(f"event[{count}]", f"a second {end!r}", line)
        if self._streaming.last and not self._arrived:
            return Fault(
                f"event[{count}]", "truncated", f"line {line}: {end!r} comes without {self._last}", self._pointer
            )
        return None

    def end(self, count: int, line: int) -> Fault | None:
        """Take the end of the stream after a number of events and lines; a fault if something never came."""
        if self._marked or self.complete:
            return None
        missing = repr(self._streaming.end) if self._arrived or not self._streaming.last else self._last
        message = f"the stream ends after line {line} without {missing}"
        return Fault(f"event[{count}]", "truncated", message, self._pointer)

    def _fault(self, place: str, message: str, line: int, key: str = "", *value: object) -> Fault:
        pointer = f"{self._pointer}/{key}" if key else self._pointer
        return Fault(place, "sequence", f"line {line}: {message}", pointer, *value)


def _steps(pointer: str) -> str:
    return pointer.replace("/", ".")
