"""How the events of a stream are put together and taken apart: what all formats of streams have in common.

A cutter takes chunks as they arrive, and yields each event as soon as it is complete: the line that it begins on, from
1, as an editor counts; its JSON text, `None` for what only ends the stream; and the kind that it must be of, where its
frame names one. What a cutter cannot go on from is an `Unframed`, raised after every event before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol, TypeAlias

from apicontract.wire.faults import Fault

Cut: TypeAlias = tuple[int, bytes | None, str | None]


class Unframed(ValueError):
    """A stream cannot be cut any further."""

    rule: str
    """The rule of the violation that it is."""
    number: int
    """The line, from 1."""

    def fault(self, index: int, pointer: str) -> Fault:
        """Return what is wrong in place of the event at an index."""
        return Fault(f"event[{index}]", self.rule, f"line {self.number}: {self}", pointer)


class EventTooLong(Unframed):
    """An event has more bytes than the limit."""

    rule = "limit"

    def __init__(self, number: int, limit: int, unit: str = "an event") -> None:
        """Keep the line, and the limit in bytes."""
        self.number = number
        super().__init__(f"{unit} of more than {limit:,} bytes")


class EventUnfinished(Unframed):
    """The stream ends within an event."""

    rule = "truncated"

    def __init__(self, number: int, wanted: str) -> None:
        """Keep the line on which the event begins."""
        self.number = number
        super().__init__(f"the stream ends within an event, without {wanted}")


class Cutter(Protocol):
    """Cuts a stream of bytes into events, at any chunk boundaries."""

    def feed(self, chunk: bytes) -> Iterator[Cut]:
        """Take a chunk and yield the events that it completes; raises `EventTooLong`."""

    def close(self) -> Iterator[Cut]:
        """Take the end of the stream and yield what is left; raises `EventUnfinished`."""


@dataclass(frozen=True, slots=True)
class Framing:
    """How the events of one stream are written and cut."""

    cutter: Callable[[int | None], Cutter]
    """Makes a cutter; the argument is the most bytes of one event, `None` for any."""
    frames: Sequence[Callable[[bytes], bytes]] = (bytes,)
    """Each writes a JSON text as an event without its end, the usual way first."""
    ends: Sequence[bytes] = (b"\n",)
    """How an event may end, the usual way first."""
    newlines: Sequence[bytes] = (b"\n",)
    """What may stand for every line feed of a stream, the usual way first."""
    starts: Sequence[bytes] = (b"",)
    """What a stream may begin with, the usual way first."""
    mark: bytes = b""
    """What comes after the last event, with its end."""
    open_ended: bool = True
    """Whether the last event may be without its end."""

    opaque: bool = False
    """Whether any text is an event, not JSON alone."""

    def join(self, events: Iterable[bytes]) -> bytes:
        """Write a whole stream of JSON texts."""
        return b"".join([*(self.frames[0](event) + self.ends[0] for event in events), self.mark])

    def pieces(self, body: bytes) -> list[bytes]:
        """Cut a body behind each event; what cannot be cut any further is the last piece."""
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
        """Return the first event of a body, which may go on; `ValueError` if there is none."""
        cutter = self.cutter(None)
        for _, event, _ in chain(cutter.feed(body), cutter.close()):
            if event is not None:
                return event
        raise ValueError("no event")
