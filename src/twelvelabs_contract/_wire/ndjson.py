"""Floor 2: newline-delimited JSON: lines out of chunks, and the order of events.

Theory of operation
-------------------
A line ends at the byte 0x0A and nowhere else. JSON text may hold U+2028, U+0085, a form feed and every other character
that `str.splitlines` (and with it the line readers of most HTTP clients) takes for the end of a line; a client that
uses one cuts valid events in two. In UTF-8 the byte 0x0A is never part of another character, so lines are cut from
bytes, before anything is decoded, and a chunk may end anywhere: inside a character, between CR and LF, or nowhere.

One CR before the LF is dropped (it is white space to JSON anyway). A line of white space is no event. The last line
needs no LF. Line numbers count every line, blank ones too, from 1, as an editor shows them.

`Order` follows the `first` and `last` events of a stream (`x-streaming`): the stream is complete when the last one has
arrived, and nothing but blank lines may follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from twelvelabs_contract._document import Streaming
from twelvelabs_contract._wire.faults import Fault


class Lines:
    """Cuts a stream of bytes into its lines, at any chunk boundaries."""

    def __init__(self) -> None:
        """Start before the first line."""
        self._pending: list[bytes] = []
        self._number = 0

    def feed(self, chunk: bytes) -> Iterator[tuple[int, bytes]]:
        """Take a chunk and yield the lines that it completes, with their numbers, blank ones left out."""
        *complete, rest = chunk.split(b"\n")
        for line in complete:
            if self._pending:
                line = b"".join([*self._pending, line])  # noqa: PLW2901 - the same line, whole
                self._pending.clear()
            self._number += 1
            line = line.removesuffix(b"\r")  # noqa: PLW2901 - the same line
            if line.strip():
                yield self._number, line
        if rest:
            self._pending.append(rest)

    def close(self) -> Iterator[tuple[int, bytes]]:
        """Yield the last line, if the stream ended without a newline."""
        line = b"".join(self._pending)
        self._pending.clear()
        if line.strip():
            self._number += 1
            yield self._number, line


class Order:
    """Follows the events of a stream and tells what comes out of order."""

    def __init__(self, streaming: Streaming, pointer: str) -> None:
        """Begin before the first event; `pointer` is where the operation stands."""
        self._streaming = streaming
        self._pointer = f"{pointer}/x-streaming"
        self._begun = False
        self.complete = False
        """Whether the last event has arrived."""

    def event(self, index: int, kind: object, line: int) -> Fault | None:
        """Take the kind of the event at an index, and return what is wrong with its place."""
        first, last = self._streaming.first, self._streaming.last
        message = None
        if self.complete:
            message = f"comes after {last!r}, which ends the stream"
        elif not self._begun and kind != first:
            message = f"the stream begins with {kind!r}, not with {first!r}"
        elif self._begun and kind == first:
            message = f"a second {first!r}"
        self._begun = True
        self.complete = self.complete or kind == last
        if message is None:
            return None
        return Fault(f"event[{index}]", "sequence", f"line {line}: {message}", self._pointer)

    def end(self, count: int, line: int) -> Fault | None:
        """Take the end of the stream after a number of events and lines; a fault if the last event never came."""
        if self.complete:
            return None
        message = f"the stream ends after line {line} without {self._streaming.last!r}"
        return Fault(f"event[{count}]", "truncated", message, self._pointer)
