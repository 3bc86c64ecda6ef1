"""Newline-delimited JSON: lines out of chunks.

Theory of operation
-------------------
A line ends at the byte 0x0A and nowhere else. JSON text may hold U+2028, U+0085, a form feed and every other character
that `str.splitlines` (and with it the line readers of most HTTP clients) takes for the end of a line; a client that
uses one cuts valid events in two. In UTF-8 the byte 0x0A is never part of another character, so lines are cut from
bytes, before anything is decoded, and a chunk may end anywhere: inside a character, between CR and LF, or nowhere.

One CR before the LF is dropped (it is white space to JSON anyway). A line of white space is no event. The last line
needs no LF. Line numbers count every line, blank ones too, from 1, as an editor shows them.

A line that never ends would take all memory there is. With a limit, it is an error as soon as it is too long.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator


class LineTooLong(ValueError):
    """A line has more bytes than the limit."""

    def __init__(self, number: int, limit: int) -> None:
        """Keep the number of the line, and the limit in bytes."""
        self.number = number
        super().__init__(f"a line of more than {limit:,} bytes")


class Lines:
    """Cuts a stream of bytes into its lines, at any chunk boundaries."""

    def __init__(self, limit: int | None = None) -> None:
        """Start before the first line; `limit` is the length of the longest line in bytes, `None` for any."""
        self._pending: list[bytes] = []
        self._held = 0
        self._number = 0
        self._limit = sys.maxsize if limit is None else limit

    def feed(self, chunk: bytes) -> Iterator[tuple[int, bytes]]:
        """Take a chunk and yield the lines that it completes, with their numbers, blank ones left out.

        Raises `LineTooLong` after the lines before it.
        """
        *complete, rest = chunk.split(b"\n")
        if complete and self._pending:
            complete[0] = b"".join([*self._pending, complete[0]])
            self._pending.clear()
            self._held = 0
        first, limit = self._number + 1, self._limit
        self._number += len(complete)
        for number, line in enumerate(complete, first):
            if len(line) > limit:
                raise LineTooLong(number, limit)
            if line and not line.isspace():
                yield number, line.removesuffix(b"\r")
        if rest:
            self._pending.append(rest)
            self._held += len(rest)
            if self._held > self._limit:
                raise LineTooLong(self._number + 1, self._limit)

    def close(self) -> Iterator[tuple[int, bytes]]:
        """Yield the last line, if the stream ended without a newline."""
        line = b"".join(self._pending)
        self._pending.clear()
        if line.strip():
            self._number += 1
            yield self._number, line
