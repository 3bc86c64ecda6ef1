"""The framing of events in a stream: what all stream formats have in common.

A cutter takes chunks as they arrive, and yields each event as soon as it is complete: the line on which it starts, from
1 as in an editor; its JSON text, or `None` for a mark that only ends the stream; and the type that its frame declares,
if any. If the stream cannot be cut any further, it raises `Unframed`, after it yielded every event before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, Protocol, TypeAlias, runtime_checkable

from apicontract.wire.faults import Fault

Cut: TypeAlias = tuple[int, bytes | None, str | None]

NONE: tuple[Cut, ...] = ()
"""What is returned for a chunk that completes no event; most short chunks complete none."""


class Unframed(ValueError):
    """A stream cannot be cut any further."""

    rule: str
    """The rule of the resulting violation."""
    number: int
    """The line, from 1."""

    def fault(self, index: int, pointer: str) -> Fault:
        """Return this error as the fault of the event at an index."""
        return Fault(f"event[{index}]", self.rule, f"line {self.number}: {self}", pointer)


class EventTooLong(Unframed):
    """An event is longer than the limit."""

    rule = "limit"

    def __init__(self, number: int, limit: int, unit: str = "an event") -> None:
        """Store the line, and the limit in bytes."""
        self.number = number
        super().__init__(f"{unit} of more than {limit:,} bytes")


class EventUnfinished(Unframed):
    """The stream ends within an event."""

    rule = "truncated"

    def __init__(self, number: int, wanted: str) -> None:
        """Store the line on which the event starts."""
        self.number = number
        super().__init__(f"the stream ends within an event, without {wanted}")


class Batch(NamedTuple):
    """The events that a chunk completes, if all of them have the most common form, so that they are cut together."""

    texts: Sequence[bytes]
    """The JSON text of each event, perhaps with the line feed after it."""
    kinds: Sequence[bytes]
    """The type that the frame of each event declares; empty if the frames declare none."""
    line: int
    """The line of the first event, from 1."""
    step: int
    """The number of lines that each event takes."""
    cuts: Callable[[int, int], Iterator[Cut]]
    """Yields, for the events from one position up to another, what `feed` would have yielded."""


class Cutter(Protocol):
    """Cuts a stream of bytes into events, at any chunk boundaries."""

    def feed(self, chunk: bytes) -> Iterable[Cut]:
        """Take a chunk and return the events that it completes; `EventTooLong` is raised as they are iterated over."""

    def close(self) -> Iterator[Cut]:
        """Take the end of the stream and yield the remaining events; raise `EventUnfinished` if one is incomplete."""


@runtime_checkable
class BatchCutter(Cutter, Protocol):
    """A cutter that can cut many events at once."""

    def many(self, chunk: bytes) -> Batch | None:
        """Take a chunk, and return the events that it completes; `None`, without taking it, if `feed` must read it."""


@dataclass(frozen=True, slots=True)
class Framing:
    """How the events of one stream are encoded and cut."""

    cutter: Callable[[int | None], Cutter]
    """Makes a cutter; the argument is the maximum size of an event in bytes, `None` for no limit."""
    frames: Sequence[Callable[[bytes], bytes]] = (bytes,)
    """Functions that encode a JSON text as an event without its end, the usual one first."""
    ends: Sequence[bytes] = (b"\n",)
    """The byte sequences that can end an event, the usual one first."""
    newlines: Sequence[bytes] = (b"\n",)
    """The byte sequences that can replace every line feed of a stream, the usual one first."""
    starts: Sequence[bytes] = (b"",)
    """The byte sequences that a stream can begin with, the usual one first."""
    mark: bytes = b""
    """The mark that comes after the last event, with its end."""
    open_ended: bool = True
    """Whether the end of the last event may be missing."""

    opaque: bool = False
    """Whether an event can be any text, not only JSON."""

    def join(self, events: Iterable[bytes]) -> bytes:
        """Encode a whole stream of JSON texts."""
        return b"".join([*(self.frames[0](event) + self.ends[0] for event in events), self.mark])

    def pieces(self, body: bytes) -> list[bytes]:
        """Cut a body after each event; the last piece is the rest that cannot be cut any further."""
        cutter, found, begins, at = self.cutter(None), list[bytes](), 0, 0
        try:
            for line in body.splitlines(keepends=True):
                at += len(line)
                if list(cutter.feed(line)):
                    found.append(body[begins:at])
                    begins = at
        except Unframed:
            at = len(body)
        return [*found, body[begins:]] if begins < len(body) else found

    def first(self, body: bytes) -> bytes:
        """Return the first event of a body, which may be incomplete; raise `ValueError` if there is none."""
        cutter = self.cutter(None)
        for _, event, _ in chain(cutter.feed(body), cutter.close()):
            if event is not None:
                return event
        raise ValueError("no event")
