"""Floor 2: `multipart/form-data` (RFC 7578, on the framing of RFC 2046, section 5.1), written and read.

Theory of operation
-------------------
A body is a row of parts between delimiter lines:

    --boundary CRLF
    Content-Disposition: form-data; name="field"; filename="name" CRLF
    Content-Type: type CRLF                                             (files only)
    CRLF
    content CRLF
    --boundary-- CRLF

*Writing.* A `Multipart` is a description, not a buffer: the heads are made at once, the contents are asked for piece
by piece and may be asked for again, so a retry sends the same bytes and an upload of any size takes constant memory.
The length is known before the first byte whenever each content knows its own. Names are quoted as browsers do (WHATWG
HTML, "multipart/form-data encoding algorithm": a quote, CR and LF become %22, %0D and %0A), which leaves nothing that
could end the header line; a backslash is doubled, as readers of a quoted-string undo (RFC 9110, section 5.6.4).

*Reading.* The grammar is followed to the letter, because a checker that guesses hides mistakes: CRLF only, no text
before the first delimiter or after the last, each part named. A delimiter counts only at the start of a line, so
content may hold the boundary's text elsewhere. What does not follow is a `ValueError` with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote

from twelvelabs_contract._wire.media import FORM

_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]")  # RFC 2046, section 5.1.1
_QUOTED = {ord('"'): "%22", ord("\r"): "%0D", ord("\n"): "%0A", ord("\\"): "\\\\"}
_HEADER_TEXT = re.compile(r"[^\x00-\x1f\x7f]*")


class Source(Protocol):
    """The content of a part that is not held in memory."""

    @property
    def length(self) -> int | None:
        """The number of bytes, if it is known beforehand."""

    def chunks(self) -> Iterator[bytes]:
        """Yield the content from its beginning, each time this is called."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part: a field, or a file where it has a file name."""

    name: str
    content: bytes | Source
    filename: str | None = None
    content_type: str | None = None

    def head(self) -> bytes:
        """Write the part's header lines, the empty line included."""
        disposition = f'Content-Disposition: form-data; name="{self.name.translate(_QUOTED)}"'
        if self.filename is not None:
            disposition += f'; filename="{self.filename.translate(_QUOTED)}"'
        lines = [disposition]
        if self.content_type is not None:
            if not _HEADER_TEXT.fullmatch(self.content_type):
                raise ValueError(f"a content type cannot hold control characters: {self.content_type!r}")
            lines.append(f"Content-Type: {self.content_type}")
        return "\r\n".join([*lines, "", ""]).encode()


class Multipart:
    """A multipart body that can be written as often as its contents can be read."""

    def __init__(self, parts: Sequence[Part], boundary: str) -> None:
        """Frame the parts; `ValueError` for a boundary outside the grammar."""
        if not _BOUNDARY.fullmatch(boundary):
            raise ValueError(f"no multipart boundary: {boundary!r}")
        self._parts = [(b"--" + boundary.encode() + b"\r\n" + part.head(), part.content) for part in parts]
        self._end = b"--" + boundary.encode() + b"--\r\n"
        self.content_type = f"{FORM}; boundary={boundary}"

    @property
    def length(self) -> int | None:
        """The number of bytes of the whole body, or `None` if a content does not know its own."""
        total = len(self._end)
        for head, content in self._parts:
            size = len(content) if isinstance(content, bytes) else content.length
            if size is None:
                return None
            total += len(head) + size + 2
        return total

    def chunks(self) -> Iterator[bytes]:
        """Yield the body in pieces of the sizes that the contents have."""
        for head, content in self._parts:
            yield head
            yield from (content,) if isinstance(content, bytes) else content.chunks()
            yield b"\r\n"
        yield self._end


def parse(body: bytes, boundary: str) -> list[Part]:
    """Read the parts of a whole body; each content is `bytes`. Raises `ValueError` for a body outside the grammar."""
    if not _BOUNDARY.fullmatch(boundary):
        raise ValueError(f"no multipart boundary: {boundary!r}")
    delimiter = b"--" + boundary.encode()
    if body == delimiter + b"--\r\n" or body == delimiter + b"--":
        return []
    if not body.startswith(delimiter + b"\r\n"):
        raise ValueError("the body does not begin with the boundary that Content-Type names")
    # Every later delimiter owns the CRLF before it; the first has none, so one is put there.
    pieces = (b"\r\n" + body).split(b"\r\n" + delimiter)[1:]
    parts: list[bytes] = []
    for piece in pieces[:-1]:
        line = piece.lstrip(b" \t")
        if line.startswith(b"\r\n"):
            parts.append(line[2:])
        elif line.startswith(b"--\r\n"):
            raise ValueError("something follows the closing boundary")
        else:  # a line of content that begins like the delimiter and is none
            parts[-1] += b"\r\n" + delimiter + piece
    if pieces[-1] not in (b"--", b"--\r\n"):
        raise ValueError("the closing boundary is missing, or something follows it")
    return [_part(piece) for piece in parts]


def _part(piece: bytes) -> Part:
    head, blank, content = piece.partition(b"\r\n\r\n")
    if not blank:
        raise ValueError("a part has no empty line between its headers and its content")
    fields: dict[str, str] = {}
    for line in head.decode("utf-8", errors="replace").split("\r\n"):
        key, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"no header line: {line[:60]!r}")
        fields.setdefault(key.strip().lower(), value.strip())
    kind, names = _disposition(fields.get("content-disposition", ""))
    if kind != "form-data" or "name" not in names:
        raise ValueError("a part has no `Content-Disposition: form-data` with a name")
    return Part(names["name"], content, names.get("filename"), fields.get("content-type"))


_PAIR = re.compile(r'\\(["\\])')
_FIELD = re.compile(r';\s*([A-Za-z0-9*_-]+)=(?:"((?:\\["\\]|[^"])*)"|([^;"\s]*))')


def _disposition(header: str) -> tuple[str, dict[str, str]]:
    """Read the parameters; `name*=UTF-8''…` (RFC 5987) is read though RFC 7578 bids not to send it."""
    kind = header.partition(";")[0].strip().lower()
    fields: dict[str, str] = {}
    for name, quoted, bare in _FIELD.findall(header):
        if name.endswith("*"):
            fields[name[:-1].lower()] = unquote(bare.rpartition("''")[2])
        else:
            value = _PAIR.sub(r"\1", quoted) if quoted else bare
            fields.setdefault(name.lower(), _unescape(value))
    return kind, fields


def _unescape(value: str) -> str:
    """Undo the percent-encoding of `head`, and no other: a name may hold a percent sign."""
    return value.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
