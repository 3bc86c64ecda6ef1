"""`multipart/form-data` (RFC 7578, on the framing of RFC 2046, section 5.1), written and read.

Theory of operation
-------------------
A body is a sequence of parts between delimiter lines:

    --boundary CRLF
    Content-Disposition: form-data; name="field"; filename="name" CRLF
    Content-Type: type CRLF                                             (files only)
    CRLF
    content CRLF
    --boundary-- CRLF

*Writing.* A `Multipart` is a description, not a buffer: the heads are made at once, the contents are read piece by
piece and may be read again, so a retry sends the same bytes and an upload of any size takes constant memory. The length
is known before the first byte whenever each content knows its own. Names are quoted as browsers do (WHATWG HTML,
"multipart/form-data encoding algorithm": a quote, CR and LF become %22, %0D and %0A), which leaves nothing that could
end the header line; a backslash is doubled, as readers of a quoted-string undo (RFC 9110, section 5.6.4).

*Reading.* A checker that guesses hides mistakes, so reading is strict: lines end with CRLF, each part is named, and no
part has a transfer encoding. Anything before the first delimiter and after the last is ignored, as RFC 2046 says
(section 5.1.1). A delimiter is a whole line, so content may contain the text of the boundary elsewhere. Anything else
raises a `ValueError` with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol, TypeAlias
from urllib.parse import unquote

from apicontract.openapi.media_types import FORM

_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]")  # RFC 2046, section 5.1.1
_TOKEN = re.compile(r"[0-9A-Za-z'+_.-]+")  # without quotes; other characters need them (RFC 9110, section 5.6.6)
_START = f"{FORM}; boundary="
_QUOTED = {ord('"'): "%22", ord("\r"): "%0D", ord("\n"): "%0A", ord("\\"): "\\\\"}
_DELIMITER_END = re.compile(rb"(--)?[ \t]*(?=\r\n|\Z)")
_FOLD = re.compile(r"\r\n[ \t]+")
_SHORT = 16 * 1024
_HEADER_TEXT = re.compile(r"[^\x00-\x1f\x7f]*")


class Source(Protocol):
    """The content of a part that is not held in memory."""

    @property
    def length(self) -> int | None:
        """The number of bytes, if it is known in advance."""

    def chunks(self) -> Iterator[bytes]:
        """Yield the content from its beginning, on each call."""


@dataclass(slots=True)  # a frozen dataclass takes three times as long to create, and a form has many parts
class Part:
    """One part: a field, or a file if it has a file name."""

    name: str
    content: bytes | Source
    filename: str | None = None
    content_type: str | None = None
    headers: Mapping[str, str] | None = field(default=None, repr=False, compare=False)
    """All header fields of a part that was read, by lower-case name."""

    def head(self) -> bytes:
        """Return the part's header lines, including the empty line; raise `ValueError` for an invalid content type."""
        disposition = f'Content-Disposition: form-data; name="{self.name.translate(_QUOTED)}"'
        if self.filename is not None:
            disposition += f'; filename="{self.filename.translate(_QUOTED)}"'
        lines = [disposition]
        if self.content_type is not None:
            if not _HEADER_TEXT.fullmatch(self.content_type):
                raise ValueError(f"a content type cannot contain control characters: {self.content_type!r}")
            lines.append(f"Content-Type: {self.content_type}")
        return "\r\n".join([*lines, "", ""]).encode()


Head: TypeAlias = tuple[str, str | None, Mapping[str, str]]
"""The parsed header lines of a part: its name, its file name, and all fields by lower-case name."""


class Multipart:
    """A multipart body that can be read as often as its contents can."""

    def __init__(self, parts: Sequence[Part], boundary: str) -> None:
        """Take the parts and the boundary; raise `ValueError` for an invalid boundary."""
        if not _BOUNDARY.fullmatch(boundary):
            raise ValueError(f"not a multipart boundary: {boundary!r}")
        self._parts = [(b"--" + boundary.encode() + b"\r\n" + part.head(), part.content) for part in parts]
        self._end = b"--" + boundary.encode() + b"--\r\n"
        quoted = boundary if _TOKEN.fullmatch(boundary) else f'"{boundary}"'
        self.content_type = f"{FORM}; boundary={quoted}"

    @property
    def length(self) -> int | None:
        """The number of bytes of the whole body; `None` if the length of a content is unknown."""
        total = len(self._end)
        for head, content in self._parts:
            size = len(content) if isinstance(content, bytes) else content.length
            if size is None:
                return None
            total += len(head) + size + 2
        return total

    def chunks(self) -> Iterator[bytes]:
        """Yield the body in chunks, as large as those of the contents."""
        for head, content in self._parts:
            yield head
            yield from (content,) if isinstance(content, bytes) else content.chunks()
            yield b"\r\n"
        yield self._end


def free_boundary(parts: Sequence[Part]) -> str:
    """Choose a boundary that does not occur in any content in memory; the same parts get the same boundary."""
    boundary = "boundary-of-the-parts"
    while any(boundary.encode() in part.content for part in parts if isinstance(part.content, bytes)):
        boundary += "-"
    return boundary


def boundary_of(content_type: str) -> str | None:
    """Return the boundary of a `Content-Type` in its most common form; `None` for any other."""
    start, rest = content_type[: len(_START)], content_type[len(_START) :]
    return rest if start == _START and _TOKEN.fullmatch(rest) else None


def parse(body: bytes, boundary: str) -> list[Part]:
    """Read the parts of a whole body; each content is `bytes`. Raises `ValueError` for a body outside the grammar."""
    found = []
    for lines, content in cut(body, boundary):
        name, filename, fields = head(lines)
        found.append(Part(name, content, filename, fields.get("content-type"), fields))
    return found


def cut(body: bytes, boundary: str) -> list[tuple[bytes, bytes]]:
    """Cut a whole body into the header lines and the content of its parts.

    Raises `ValueError` for a body outside the grammar.
    """
    if not _BOUNDARY.fullmatch(boundary):
        raise ValueError(f"not a multipart boundary: {boundary!r}")
    # A delimiter includes the CRLF before it, which may be missing at the start of a body. The boundary differs from
    # request to request, so compiling a pattern for it would not pay.
    line = b"\r\n--" + boundary.encode()
    return _cut_at_once(body, line) or _cut_in_turn(body, line)


def _cut_at_once(body: bytes, line: bytes) -> list[tuple[bytes, bytes]] | None:
    """Cut a body with nothing before its first delimiter, after its last, or on the line of any; `None` for others.

    This copies the content three times, so `None` is also returned for a long body.
    """
    delimiter, last = line + b"\r\n", line + b"--\r\n"
    if len(body) > _SHORT or not body.startswith(delimiter[2:]) or not body.endswith(last):
        return None
    pieces = body[len(line) : -len(last)].split(delimiter)
    if body.count(line) != len(pieces):
        return None
    found = []
    for piece in pieces:
        lines, blank, content = piece.partition(b"\r\n\r\n")
        if not blank:
            return None
        found.append((lines, content))
    return found


def _cut_in_turn(body: bytes, line: bytes) -> list[tuple[bytes, bytes]]:
    found: list[tuple[bytes, bytes]] = []
    begun: int | None = None
    dashed = line[2:]
    start, after = (0, len(dashed)) if body.startswith(dashed) else (body.find(line), len(line))
    while start >= 0:
        delimiter = _DELIMITER_END.match(body, start + after)
        if delimiter is None:  # a line of content that only starts like a delimiter
            end = start + 1
        else:
            end = delimiter.end()
            if begun is not None:
                blank = body.find(b"\r\n\r\n", begun, start)
                if blank < 0:
                    raise ValueError("a part has no empty line between its headers and its content")
                found.append((body[begun:blank], body[blank + 4 : start]))
            if delimiter[1]:
                return found
            begun = end + len(b"\r\n")
        start, after = body.find(line, end), len(line)
    if begun is None:
        raise ValueError("the body does not have the boundary that Content-Type names")
    raise ValueError("the closing boundary is missing")


def head(lines: bytes) -> Head:
    """Parse the header lines of a part; raise `ValueError` for invalid ones."""
    return (_known_head if len(lines) <= LONGEST_KNOWN else _head)(lines)


def _head(lines: bytes) -> Head:
    fields: dict[str, str] = {}
    for line in _FOLD.sub(" ", lines.decode("utf-8", errors="replace")).split("\r\n"):
        key, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"not a header line: {line[:60]!r}")
        fields.setdefault(key.strip().lower(), value.strip())
    if (coding := fields.get("content-transfer-encoding", "binary").lower()) not in ("7bit", "8bit", "binary"):
        raise ValueError(f"a part is in {coding[:60]!r}; HTTP needs no transfer encoding (RFC 7578, section 4.7)")
    names = _disposition(fields.get("content-disposition", ""))
    return names["name"], names.get("filename"), MappingProxyType(fields)


_known_head = lru_cache(maxsize=512)(_head)
"""Parses a head, with a cache, because the same few are sent again and again."""
LONGEST_KNOWN = 200
"""The maximum size in bytes of a head that is cached."""


_KIND = re.compile(r"\s*form-data\s*", re.IGNORECASE)
_FIELD = re.compile(r';\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"\s]*))\s*')
_PAIR = re.compile(r'\\(["\\])')


def _disposition(header: str) -> dict[str, str]:
    """Parse the parameters; `name*=UTF-8'en'…` (RFC 5987) is read although RFC 7578 forbids sending it."""
    kind = _KIND.match(header)
    position = kind.end() if kind else 0
    names: dict[str, str] = {}
    while kind and (found := _FIELD.match(header, position)):
        position = found.end()
        name, quoted, bare = found[1].lower(), found[2], found[3]
        if name.endswith("*"):
            names[name[:-1]] = unquote(bare.split("'", 2)[-1])
        else:
            names.setdefault(name, _unescape(bare if quoted is None else _PAIR.sub(r"\1", quoted)))
    if kind is None or "name" not in names or position < len(header.rstrip("; ")):
        raise ValueError(f"a part needs `Content-Disposition: form-data` with a name, and has {header[:60]!r}")
    return names


def _unescape(value: str) -> str:
    """Undo the percent-encoding of `head`, as browsers apply it.

    A name that contains a literal `%22` is read as a quote.
    """
    return value.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
