"""Newline-delimited JSON and JSON Lines, which are the same format: cutting chunks into lines.

Theory of operation
-------------------
A line ends at the byte 0x0A and nowhere else. JSON text may contain U+2028, U+0085, a form feed and other characters
that `str.splitlines` (and with it the line readers of most HTTP clients) takes for the end of a line; a client that
uses one cuts valid events in two. In UTF-8 the byte 0x0A is never part of another character, so lines are cut from
bytes, before anything is decoded, and a chunk may end anywhere: inside a character, between CR and LF, or nowhere.

One CR before the LF is dropped (it is white space to JSON anyway). A line of white space is not an event. The last line
does not need an LF. Line numbers count every line, blank ones too, from 1, as an editor shows them.

A line that never ends would fill the memory. With a limit, it is an error as soon as it is too long.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from io import BytesIO

from apicontract.wire.framing import NONE, Batch, Cut, EventTooLong, Framing


class Lines:
    """Cuts a stream of bytes into its lines, at any chunk boundaries."""

    def __init__(self, limit: int | None = None) -> None:
        """Start before the first line; `limit` is the maximum length of a line in bytes, `None` for no limit."""
        self._pending = bytearray()
        self._number = 0
        self._limit = sys.maxsize if limit is None else limit

    def feed(self, chunk: bytes) -> Iterable[Cut]:
        """Take a chunk and return the lines that it completes, with their numbers; blank lines are left out.

        `EventTooLong` is raised after the lines before.
        """
        end, pending = chunk.find(b"\n"), self._pending
        if len(pending) + len(chunk) > self._limit:
            return self._cut(chunk)
        if end < 0:
            pending += chunk
            return NONE
        if chunk.find(b"\n", end + 1) > 0:
            return self._cut(chunk)
        pending += chunk[:end]
        line = bytes(pending)
        pending[:] = chunk[end + 1 :]
        self._number += 1
        return ((self._number, line.removesuffix(b"\r"), None),) if line and not line.isspace() else NONE

    def _cut(self, chunk: bytes) -> Iterator[Cut]:
        if b"\n" not in chunk:
            self._keep(chunk)
            return
        if len(chunk) <= self._limit and not self._pending and chunk.isspace():  # any number of blank lines
            self._number += chunk.count(b"\n")
            self._pending += chunk[chunk.rfind(b"\n") + 1 :]
            return
        *complete, rest = chunk.split(b"\n")
        if self._pending:
            complete[0] = bytes(self._pending + complete[0])
            self._pending.clear()
        first, limit = self._number + 1, self._limit
        self._number += len(complete)
        for number, line in enumerate(complete, first):
            if len(line) > limit:
                raise EventTooLong(number, limit, "a line")
            if line and not line.isspace():
                yield number, line.removesuffix(b"\r"), None
        self._keep(rest)

    def _keep(self, rest: bytes) -> None:
        """Keep the beginning of a line for the next chunk."""
        self._pending += rest
        if len(self._pending) > self._limit:
            raise EventTooLong(self._number + 1, self._limit, "a line")

    def many(self, chunk: bytes) -> Batch | None:
        """Take a chunk that ends a line and has no CR; return the lines that it completes, including blank ones.

        Returns `None`, and takes nothing, for any other chunk.
        """
        end = chunk.rfind(b"\n") + 1
        if not end or b"\r" in chunk or len(self._pending) + len(chunk) > self._limit:
            return None
        texts = BytesIO(b"".join((self._pending, chunk[:end]))).readlines()  # several times as fast as to split
        self._pending[:] = chunk[end:]
        first = self._number + 1
        self._number += len(texts)
        return Batch(texts, (), first, 1, partial(_numbered, first, texts))

    def close(self) -> Iterator[Cut]:
        """Yield the last line, if the stream ended without a newline."""
        line = bytes(self._pending)
        self._pending.clear()
        if line.strip():
            self._number += 1
            yield self._number, line, None


def _numbered(first: int, lines: Sequence[bytes], start: int, stop: int) -> Iterator[Cut]:
    for number, line in enumerate(lines[start:stop], first + start):
        if not line.isspace():
            yield number, line.removesuffix(b"\n"), None


LINES = Framing(Lines, ends=(b"\n", b"\r\n", b"\n\n", b"\n \t\r\n"))
