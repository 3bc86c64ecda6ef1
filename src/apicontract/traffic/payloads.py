"""Payloads out of files and pipes, one at a time and of bounded size, and what the contract says of each.

Theory of operation
-------------------
A file of payloads may be larger than memory, and may not be what its name says. So nothing here holds more than one
payload, or a block of short ones, and no payload of more than `LIMIT` bytes: of a longer line the rest is read and
dropped, it is reported, and the next line is checked as usual. Lines are cut at the byte 0x0A and nowhere else, as in
`wire.ndjson`; blank ones count as lines, and are no payloads.

A stream of events is one thing: each event by itself, then the order, then the end, as in a response.

Most payloads conform. A block of lines costs one call of the parser for each, and one question to the compiled
validator for all; reasons are looked for only where the answer is no, line by line.

How strictly the text is read depends on who wrote it. The body of a response (an operation with a status) is read as
`Contract.check_response` reads it: fast, and of a key given twice the last counts. Everything else, the body of a
request and what is checked against a named schema, is read as `check_request` reads it: a key given twice is reported.
Neither admits NaN, an infinity, a byte order mark, or any encoding but UTF-8 (RFC 8259, section 8.1).
"""

from __future__ import annotations

import codecs
import math
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from io import BufferedIOBase
from typing import Any, BinaryIO, NamedTuple

from apicontract.checks.contract import Contract
from apicontract.checks.response import begins_with_event
from apicontract.checks.stream import CheckedEvent
from apicontract.openapi import strict_json
from apicontract.openapi.document import Json
from apicontract.openapi.pointer import escape
from apicontract.openapi.violation import Violation, excerpt

LIMIT = 128 * 1024 * 1024
"""The most bytes of one payload. The embeddings of a video of two hours, at one a second, have 80 million."""

BLOCK = 64 * 1024
"""How many bytes of lines are read and judged at once: enough to need few steps, and so few that caches hold them."""
_PIECE = 1024 * 1024
_FEW = 16
"""How many payloads are judged at once beside one that does not conform."""
_SHOWN = 80
_MARKS = {codecs.BOM_UTF8: "a byte order mark; save it as UTF-8 without one", b"\xff\xfe": "", b"\xfe\xff": ""}


class Payload(NamedTuple):
    """The text of one payload."""

    line: int | None
    """Its line, from 1; `None` for a document that is the whole file."""
    text: bytes | None
    """`None` if it is longer than the limit."""
    size: int
    """How many bytes it has."""


def document(stream: BinaryIO, limit: int = LIMIT) -> Payload:
    """Read a whole file as one payload; no more than a little over `limit` bytes are read."""
    text = stream.read(limit + 1)
    return Payload(None, text if len(text) <= limit else None, len(text))


class Block(NamedTuple):
    """Some whole lines, as many as are read at once."""

    line: int
    """The number of the first, from 1."""
    text: bytes | None
    """With all newlines; `None` for a single line that is longer than the limit."""
    size: int
    """How many bytes were read for it."""

    @property
    def lines(self) -> int:
        """How many lines it has, but for one at the end of a file that has no newline."""
        return 1 if self.text is None else self.text.count(b"\n")

    def payloads(self) -> tuple[Sequence[int], list[bytes]]:
        """Return the lines that are not blank, without their newlines, and their numbers before them."""
        text, first = self.text or b"", self.line
        if text.isspace():
            return (), []
        lines = text.removesuffix(b"\n").split(b"\n")
        found = [line for line in lines if line and not line.isspace()]
        if len(found) == len(lines):
            return range(first, first + len(lines)), lines
        return [number for number, line in enumerate(lines, first) if line and not line.isspace()], found


def blocks(
    stream: BufferedIOBase, limit: int = LIMIT, size: int = BLOCK, *, begin: int = 0, end: int | None = None
) -> Iterator[Block]:
    """Read a file of lines in blocks of about a size; from a pipe, what there is.

    `begin` and `end` make a slice of it: the lines that begin there, numbered from 1. So all slices of a file together
    are all its lines, wherever it is cut.
    """
    number, size = 1, min(size, limit)
    left: float = math.inf if end is None else end - begin
    if begin:
        stream.seek(begin - 1)
        left -= _rest(stream, 0)[1] - 1
    while left > 0 and (text := stream.read1(int(min(size, left)))):
        begun = 0 if text.endswith(b"\n") else len(text) - text.rfind(b"\n") - 1
        whole: bytes | None = text
        read = len(text)
        if begun:
            rest, more = _rest(stream, limit - begun)
            read += more
            whole = None if rest is None else text + rest
        if whole is None:  # what is before the line that is too long is a block of its own
            before = text[: len(text) - begun]
            if before:
                yield Block(number, before, len(before))
                number += before.count(b"\n")
            yield Block(number, None, read - len(before))
            number += 1
        else:
            yield Block(number, whole, read)
            number += whole.count(b"\n")
        left -= read


def _rest(stream: BufferedIOBase, room: int) -> tuple[bytes | None, int]:
    """Read to the next newline, which is included; `None` for more bytes than there is room; and how many were read."""
    pieces: list[bytes] = []
    read = 0
    while piece := stream.readline(_PIECE):
        read += len(piece)
        if read <= room:
            pieces.append(piece)
        else:
            pieces.clear()
        if piece.endswith(b"\n"):
            break
    return (b"".join(pieces) if read <= room else None), read


def chunks(stream: BinaryIO, read: Callable[[int], None]) -> Iterator[bytes]:
    """Read a file in pieces; `read` takes how many bytes each has."""
    while piece := stream.read(_PIECE):
        yield piece
        read(len(piece))


class PayloadChecker:
    """Checks payloads, as text, against one place of a contract."""

    def __init__(
        self,
        contract: Contract,
        *,
        operation: str | None = None,
        status: int | None = None,
        schema: str | None = None,
        limit: int = LIMIT,
    ) -> None:
        """Take the place as `Contract.check_payload` does, with the same errors; the limit is only for the message."""
        self._check = contract.payload_checker(schema, operation, status)
        self._conform = contract.conformity(schema, operation, status)
        self._check(None)  # so that a document that cannot be used is an error before anything is read
        self._contract = contract
        self._operation, self._status, self._schema = operation, status, schema
        self._limit = limit
        self._pointer = self._place()

    def __reduce__(self) -> tuple[Callable[..., PayloadChecker], tuple[Any, ...]]:
        """Pickle what it was made of."""
        return _checker, (self._contract, self._operation, self._status, self._schema, self._limit)

    @property
    def identity(self) -> object:
        """What is the same for another run that says the same of the same payloads."""
        return [self._contract.identity, self._operation, self._status, self._schema]

    def __call__(self, payload: Payload) -> list[Violation]:
        """Return the violations of one payload."""
        if payload.text is None:
            return [self._unread(f"longer than {self._limit:,} bytes, so it was not read", None)]
        try:
            value = self._load(payload.text)
        except ValueError as error:
            return [self._unread(self._reason(payload, error), payload.text)]
        return self._check(value)

    def wrong(self, texts: Sequence[bytes], line: Callable[[int], int | None]) -> list[tuple[int, list[Violation]]]:
        """Return the position of each payload that does not conform, and its violations; `line` says where one is.

        If all conform, which is usual, all are read and judged in a few calls.
        """
        if self._conforming(texts):
            return []
        found: list[tuple[int, list[Violation]]] = []
        for start in range(0, len(texts), _FEW):
            few = texts[start : start + _FEW]
            if len(few) == len(texts) or not self._conforming(few):
                each = ((at, self(Payload(line(at), text, len(text)))) for at, text in enumerate(few, start))
                found += [(at, violations) for at, violations in each if violations]
        return found

    def wrong_values(self, values: Sequence[Json]) -> list[tuple[int, list[Violation]]]:
        """Return as `wrong` does what does not conform of payloads that are values already."""
        if self._conform is not None and self._conform(list(values)):
            return []
        return [(at, found) for at, value in enumerate(values) if (found := self._check(value))]

    def _conforming(self, texts: Sequence[bytes]) -> bool:
        """Whether all payloads conform; a doubt is a no."""
        if self._conform is None:
            return False
        values = strict_json.load_many(texts, unique=self._status is None)
        return values is not None and self._conform(values)

    def is_stream(self, beginning: bytes) -> bool:
        """Whether a file is a stream of events: nothing else is documented, or it begins with an event."""
        if self._operation is None or self._status is None:
            return False
        content = self._contract.stream_of(self._operation, self._status)
        if content is None:
            return False
        response = self._contract.operation(self._operation).response(self._status)
        alone = response is not None and len(response.content) == 1
        return alone or begins_with_event(self._contract.document, content, beginning)

    def stream(self, stream: BinaryIO, read: Callable[[int], None]) -> Iterator[CheckedEvent]:
        """Check a file that is a stream of events; of any size, and no more of it is held than a piece and an event."""
        return self._contract.check_stream(chunks(stream, read), self._operation or "", self._status or 0)

    def _load(self, text: bytes) -> Json:
        return strict_json.load(text.decode()) if self._status is None else strict_json.load_fast(text)

    def _place(self) -> str:
        """Return the pointer for invalid JSON: of the schema, or of the body that documents it."""
        if self._schema is not None:
            return f"/components/schemas/{escape(self._schema)}"
        operation = self._contract.described(self._operation or "")
        body = operation.request_body if self._status is None else operation.response(self._status)
        return body.pointer if body else operation.pointer

    def _unread(self, message: str, text: bytes | None) -> Violation:
        shown = None if text is None else excerpt(text[:_SHOWN].decode(errors="backslashreplace"))
        return Violation(self._operation, "body", "encoding", message, self._pointer, shown)

    def _reason(self, payload: Payload, error: ValueError) -> str:
        """Say why text is invalid JSON: what is behind most such cases first, else the parser's own words."""
        text = payload.text or b""
        for mark, message in _MARKS.items():
            if text.startswith(mark):
                return f"begins with {message}" if message else "this is UTF-16; save it as UTF-8"
        if not text.strip():
            return "empty"
        if isinstance(error, UnicodeDecodeError):
            return f"no UTF-8: byte 0x{text[error.start]:02x} at offset {error.start}; save it as UTF-8"
        hint = "; if each line is a payload, give --lines" if payload.line is None and self._is_lines(text) else ""
        return f"invalid JSON: {error}{hint}"

    def _is_lines(self, text: bytes) -> bool:
        """Whether a document that cannot be read looks like one payload a line: its first line can be read."""
        first, _, rest = text.lstrip().partition(b"\n")
        try:
            self._load(first)
        except ValueError:
            return False
        return bool(rest.strip())


@lru_cache(maxsize=16)
def _checker(
    contract: Contract, operation: str | None, status: int | None, schema: str | None, limit: int
) -> PayloadChecker:
    return PayloadChecker(contract, operation=operation, status=status, schema=schema, limit=limit)
