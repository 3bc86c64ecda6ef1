"""Read payloads from files and pipes, one at a time and with a size limit, and check each against a contract.

Theory of operation
-------------------
A file of payloads may be larger than memory, and may not be what its name says. So nothing here holds more than one
payload, or a block of short ones, and no payload of more than `LIMIT` bytes: a longer line is reported, its rest is
skipped, and the next line is checked as usual. Lines are cut at the byte 0x0A and nowhere else, as in `wire.ndjson`;
blank ones are counted as lines, but are not payloads.

A stream of events is checked as a whole: each event by itself, then the order, then the end, as in a response.

Most payloads conform. A block of lines costs one call of the parser and one call of the compiled validator; only if the
result is no are the lines checked one by one for reasons.

How strictly JSON is parsed depends on who wrote it. The body of a response (an operation with a status) is parsed as in
`Contract.check_response`: fast, and of duplicate keys the last one counts. Everything else, the body of a request and
values checked against a named schema, is parsed as in `check_request`: a duplicate key is reported. Neither accepts
NaN, an infinity, a byte order mark, or any encoding other than UTF-8 (RFC 8259, section 8.1).
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
"""The maximum size of one payload in bytes. The embeddings of a two-hour video, one a second, have 80 million."""

BLOCK = 64 * 1024
"""The number of bytes of lines that are read and checked at once: many for few calls, and few enough for CPU caches."""
_PIECE = 1024 * 1024
_FEW = 16
"""The number of payloads that are checked together when one near them does not conform."""
_SHOWN = 80
_MARKS = {codecs.BOM_UTF8: "a byte order mark; save it as UTF-8 without one", b"\xff\xfe": "", b"\xfe\xff": ""}


class Payload(NamedTuple):
    """The text of one payload."""

    line: int | None
    """Its line, from 1; `None` for a document that is the whole file."""
    text: bytes | None
    """`None` if it is longer than the limit."""
    size: int
    """Its size in bytes."""


def document(stream: BinaryIO, limit: int = LIMIT) -> Payload:
    """Read a whole file as one payload; of one with more than `limit` bytes, one byte more is read and none is kept."""
    text = stream.read(limit + 1)
    return Payload(None, text if len(text) <= limit else None, len(text))


class Block(NamedTuple):
    """A number of complete lines that are read at once."""

    line: int
    """The number of the first line, from 1."""
    text: bytes | None
    """The lines with their newlines; `None` for a single line that is longer than the limit."""
    size: int
    """The number of bytes that were read."""

    @property
    def lines(self) -> int:
        """The number of newlines: the number of lines, except for a last line without a newline."""
        return 1 if self.text is None else self.text.count(b"\n")

    def payloads(self) -> tuple[Sequence[int], list[bytes]]:
        """Return the lines that are not blank, without their newlines, preceded by their numbers."""
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
    """Read a file of lines in blocks of about `size` bytes; from a pipe, in blocks of what is available.

    `limit` is the maximum size of a line in bytes. `begin` and `end` are byte positions: they select the lines that
    start between them, numbered from 1. So the slices of a file together are all its lines, wherever it is cut.
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
        if whole is None:  # the lines before the one that is too long are a block of their own
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
    """Read up to and including the next newline, `None` if that is too long; also return the number of bytes read."""
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
    """Read a file in chunks; `read` is called with the size of each."""
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
        """Take the place as `Contract.check_payload` does, with the same errors.

        The limit is only used in a message.
        """
        self._check = contract.payload_checker(schema, operation, status)
        self._conform = contract.conformity(schema, operation, status)
        self._check(None)  # so that an unusable document is reported before anything is read
        self._contract = contract
        self._operation, self._status, self._schema = operation, status, schema
        self._limit = limit
        self._pointer = self._place()

    def __reduce__(self) -> tuple[Callable[..., PayloadChecker], tuple[Any, ...]]:
        """Pickle the arguments that it was created with."""
        return _checker, (self._contract, self._operation, self._status, self._schema, self._limit)

    @property
    def identity(self) -> object:
        """A value that is equal for checkers with equal results."""
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
        """Return the positions and violations of the payloads that do not conform; `line` maps a position to a line.

        If all of them conform, which is usual, this takes only a few calls.
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
        """Return the positions and the violations of the parsed payloads that do not conform."""
        if self._conform is not None and self._conform(list(values)):
            return []
        return [(at, found) for at, value in enumerate(values) if (found := self._check(value))]

    def _conforming(self, texts: Sequence[bytes]) -> bool:
        """Return whether all payloads conform; `False` in case of doubt."""
        if self._conform is None:
            return False
        values = strict_json.load_many(texts, unique=self._status is None)
        return values is not None and self._conform(values)

    def is_stream(self, beginning: bytes) -> bool:
        """Return whether a file is a stream: only a stream is documented, or the file begins with an event."""
        if self._operation is None or self._status is None:
            return False
        content = self._contract.stream_of(self._operation, self._status)
        if content is None:
            return False
        response = self._contract.operation(self._operation).response(self._status)
        alone = response is not None and len(response.content) == 1
        return alone or begins_with_event(self._contract.document, content, beginning)

    def stream(self, stream: BinaryIO, read: Callable[[int], None]) -> Iterator[CheckedEvent]:
        """Check a file that is a stream of events, of any size; at most one chunk and one event are in memory."""
        return self._contract.check_stream(chunks(stream, read), self._operation or "", self._status or 0)

    def _load(self, text: bytes) -> Json:
        return strict_json.load(text.decode()) if self._status is None else strict_json.load_fast(text)

    def _place(self) -> str:
        """Return the pointer for invalid JSON: of the schema, or of the documented body."""
        if self._schema is not None:
            return f"/components/schemas/{escape(self._schema)}"
        operation = self._contract.described(self._operation or "")
        body = operation.request_body if self._status is None else operation.response(self._status)
        return body.pointer if body else operation.pointer

    def _unread(self, message: str, text: bytes | None) -> Violation:
        shown = None if text is None else excerpt(text[:_SHOWN].decode(errors="backslashreplace"))
        return Violation(self._operation, "body", "encoding", message, self._pointer, shown)

    def _reason(self, payload: Payload, error: ValueError) -> str:
        """Return why a text is not JSON: the most likely causes first, else the message of the parser."""
        text = payload.text or b""
        for mark, message in _MARKS.items():
            if text.startswith(mark):
                return f"begins with {message}" if message else "this is UTF-16; save it as UTF-8"
        if not text.strip():
            return "empty"
        if isinstance(error, UnicodeDecodeError):
            return f"not UTF-8: byte 0x{text[error.start]:02x} at offset {error.start}; save it as UTF-8"
        hint = "; if each line is a payload, give --lines" if payload.line is None and self._is_lines(text) else ""
        return f"invalid JSON: {error}{hint}"

    def _is_lines(self, text: bytes) -> bool:
        """Return whether an invalid document looks like one payload on each line: its first line is valid."""
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
