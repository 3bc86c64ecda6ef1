"""Bodies that go by: a copy of what passes, of bounded size."""

from __future__ import annotations

from collections.abc import Callable

from apicontract.wire import codings

LIMIT = 64 * 1024 * 1024
"""How many bytes of one streamed body are kept."""


class Copy:
    """What went by of one body; `chunks` is `None` when it was more than `LIMIT` bytes."""

    def __init__(self, ended: Callable[[Copy, bool], None] | None = None) -> None:
        """Take what is called at the end, with whether the body is complete."""
        self.chunks: list[bytes] | None = []
        self.begun = self.complete = False
        self._size = 0
        self._ended = ended

    def begin(self) -> None:
        """Begin anew: a transport that tries again sends the same stream again."""
        self.chunks, self._size, self.begun, self.complete = [], 0, True, False

    def add(self, chunk: bytes) -> None:
        """Remember a chunk."""
        self._size += len(chunk)
        if self._size > LIMIT:
            self.chunks = None
        elif self.chunks is not None:
            self.chunks.append(chunk)

    def end(self, *, complete: bool) -> None:
        """Take the end of the body, or that nobody waited for it; the first of these counts."""
        self.complete = self.complete or complete
        if self._ended is not None:
            ended, self._ended = self._ended, None
            ended(self, complete)

    def body(self) -> bytes | None:
        """Return what went by; `None` if it was too much."""
        return None if self.chunks is None else b"".join(self.chunks)


def decoded(coding: str | None, body: bytes) -> bytes | None:
    """Undo the content codings; `None` where that fails, or gives more than `LIMIT` bytes.

    The libraries decode without a bound, so they are not asked.
    """
    try:
        return codings.decode(codings.named(coding), body, LIMIT)
    except ValueError:
        return None
