"""The order of the events of a stream (`x-streaming`), in any format.

A stream begins with its first event, and is complete when its last one has arrived, followed by the end mark if there
is one. Nothing may follow. Sequence numbers grow, and values that all events share are equal in all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from operator import lt
from typing import Any

from apicontract.openapi.document import Streaming
from apicontract.openapi.violation import excerpt
from apicontract.wire.faults import Fault


class Order:
    """Follows the events of a stream and reports those that are out of order."""

    def __init__(self, streaming: Streaming, pointer: str) -> None:
        """Start before the first event; `pointer` is that of the operation."""
        self._streaming = streaming
        self._pointer = f"{pointer}/x-streaming"
        self._begun = streaming.first is None
        self._last = " or ".join(map(repr, streaming.last))
        self._arrived = self._marked = False
        """Whether the last event has arrived, and whether the end mark has."""
        self._number: int | float | None = None
        self._shared: object = None

    @property
    def complete(self) -> bool:
        """Whether everything required has arrived: the last event and the end mark."""
        streaming = self._streaming
        return (self._arrived or not streaming.last) and (self._marked or streaming.end is None)

    @property
    def over(self) -> bool:
        """Whether nothing more may come, except the end mark."""
        return self._arrived or self._marked

    def event(self, index: int, kind: object, line: int) -> Fault | None:
        """Take the kind of the event at an index, and return a fault if the event is out of order."""
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

    def faults(self, index: int, kind: object, line: int, value: Callable[[str], object]) -> list[Fault]:
        """Take the event at an index, and return its faults: of its place, its number, and what all events share.

        `value` returns the value at a pointer of the event, `None` if there is none.
        """
        streaming, found = self._streaming, []
        if (kind is not None or not streaming.first) and (fault := self.event(index, kind, line)) is not None:
            found.append(fault)
        if streaming.number is not None and (fault := self.number(index, value(streaming.number), line)) is not None:
            found.append(fault)
        if streaming.same is not None and (fault := self.same(index, value(streaming.same), line)) is not None:
            found.append(fault)
        return found

    def number(self, index: int, value: object, line: int) -> Fault | None:
        """Take the number of the event at an index, and return a fault if it is not greater than the previous one."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        before, self._number = self._number, value
        if before is None or value > before:
            return None
        pointer = self._streaming.number or ""
        message = f"{value} does not follow {before}; the numbers of events must grow"
        return self._fault(f"event[{index}]{_steps(pointer)}", message, line, "number", value)

    def grow(self, values: list[object]) -> bool:
        """Take the numbers of many events, if each is greater than the one before; return whether they were taken."""
        if not {*map(type, values)} <= {int, float}:
            return False
        numbers: list[Any] = [*(() if self._number is None else (self._number,)), *values]
        if not all(map(lt, numbers, islice(numbers, 1, None))):
            return False
        self._number = numbers[-1]
        return True

    def same(self, index: int, value: object, line: int) -> Fault | None:
        """Take the value that the event at an index shares with all others; `None` if it has none."""
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
        """Take the end mark, after a number of events, and return a fault if it is out of place."""
        end, again, self._marked = self._streaming.end, self._marked, True
        if again:
            return self._fault(f"event[{count}]", f"a second {end!r}", line)
        if self._streaming.last and not self._arrived:
            return Fault(
                f"event[{count}]", "truncated", f"line {line}: {end!r} comes without {self._last}", self._pointer
            )
        return None

    def end(self, count: int, line: int) -> Fault | None:
        """Take the end of the stream after a number of events and lines; return a fault if something is missing."""
        if self._marked or self.complete:
            return None
        missing = repr(self._streaming.end) if self._arrived or not self._streaming.last else self._last
        message = f"the stream ends after line {line} without {missing}"
        return Fault(f"event[{count}]", "truncated", message, self._pointer)

    def _fault(self, place: str, message: str, line: int, key: str = "", *value: object) -> Fault:
        pointer = f"{self._pointer}/{key}" if key else self._pointer
        return Fault(place, "sequence", f"line {line}: {message}", pointer, *value)


def other_name(index: int, tag: str, kind: object, name: str, line: int, pointer: str) -> Fault | None:
    """Return the fault of an event whose type differs from the one that its frame names, in any stream.

    `tag` is the pointer to its type, `pointer` that of the operation.
    """
    if kind == name or not isinstance(kind, str):
        return None
    message = f"line {line}: this is not {name!r}, as the `event` line says"
    return Fault(f"event[{index}]{_steps(tag)}", "const", message, f"{pointer}/x-streaming/event", kind)


def _steps(pointer: str) -> str:
    return pointer.replace("/", ".")
