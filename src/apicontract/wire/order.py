"""The order of the events of a stream (`x-streaming`), whatever format they come in.

The stream is complete when its last event has arrived, and nothing may follow.
"""

from __future__ import annotations

from apicontract.openapi.document import Streaming
from apicontract.wire.faults import Fault


class Order:
    """Follows the events of a stream and tells what comes out of order."""

    def __init__(self, streaming: Streaming, pointer: str) -> None:
        """Begin before the first event; `pointer` is that of the operation."""
        self._streaming = streaming
        self._pointer = f"{pointer}/x-streaming"
        self._begun = False
        self._last = " or ".join(map(repr, streaming.last))
        self.complete = False
        """Whether the last event has arrived."""

    def event(self, index: int, kind: object, line: int) -> Fault | None:
        """Take the kind of the event at an index, and return what is wrong with its place."""
        first = self._streaming.first
        message = None
        if self.complete:
            message = f"comes after {self._last}, which ends the stream"
        elif kind in self._streaming.keepalive:
            return None
        elif not self._begun and kind != first:
            message = f"the stream begins with {kind!r}, not with {first!r}"
        elif self._begun and kind == first:
            message = f"a second {first!r}"
        self._begun = True
        if not self.complete and kind in self._streaming.last:
            self.complete, self._last = True, repr(kind)
        if message is None:
            return None
        return Fault(f"event[{index}]", "sequence", f"line {line}: {message}", self._pointer)

    def end(self, count: int, line: int) -> Fault | None:
        """Take the end of the stream after a number of events and lines; a fault if the last event never came."""
        if self.complete:
            return None
        message = f"the stream ends after line {line} without {self._last}"
        return Fault(f"event[{count}]", "truncated", message, self._pointer)
