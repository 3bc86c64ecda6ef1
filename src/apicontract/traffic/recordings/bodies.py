"""From what a recording says of a body to the bytes that a checker reads.

Content codings: a recording holds a body as it came (`Content-Encoding: gzip`, the bytes in gzip), or decoded with the
header left as it was. The bytes tell which: gzip and zlib begin with numbers that no text begins with. A body that is
in none of the codings its header names was decoded before.
"""

from __future__ import annotations

import base64
import binascii
import json

from apicontract.openapi.violation import plain
from apicontract.traffic.recordings.model import At, Side, Unknown
from apicontract.wire import codings
from apicontract.wire.messages import Headers

MAX_DECODED = 100_000_000
"""The most bytes that a compressed body may have when decoded; a greater one is not checked, and that is reported."""

_LATIN = {"iso-8859-1", "latin-1", "latin1", "iso8859-1", "binary", "ascii-8bit"}


def encode(text: str, charset: str | None = None, length: int | None = None) -> bytes:
    """Return the bytes of a text: UTF-8, unless it is said to be Latin-1 or only as Latin-1 has the length it should.

    `length` is the number of bytes that went over the wire, if known: binary in a text is one character a byte.
    """
    found = text.encode("utf-8", "surrogatepass")
    if (charset or "").lower() in _LATIN or (length is not None and len(found) != length == len(text)):
        try:
            return text.encode("latin-1")
        except UnicodeEncodeError:
            pass  # there are characters that Latin-1 has not, so it is none
    return found


def whole(text: str) -> str:
    """Write each half of a surrogate pair as U+FFFD, where nothing else can be written."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def unbase64(place: At) -> bytes:
    """Decode base64, line breaks in it or not; of Polly.JS it is a list of parts, written as JSON."""
    text = place.text()
    try:
        parts = json.loads(text) if text.startswith("[") else [text]
        return b"".join(base64.b64decode("".join(part.split()), validate=True) for part in parts)
    except (binascii.Error, ValueError, AttributeError, RecursionError):
        raise place.invalid("no base64") from None


def attached(place: At, side: Side, unknown: list[Unknown]) -> bytes:
    """Return what the recorder wrote into a file of its own, whose name is here; if it cannot be read, that is said."""
    read = place.around.attached
    name = place.text()
    try:
        if read is not None:
            return read(name)
        why = "read the recording from its folder"
    except (ValueError, OSError) as error:
        why = str(error)
    unknown.append(Unknown(side, "body", plain(f"the body is in the file {name!r}, which cannot be read: {why}")))
    return b""


def length(headers: Headers) -> int | None:
    """Return what `Content-Length` says, where it is a number and counts the bytes of the body itself."""
    given = headers.get("content-length") or ""
    coded = (headers.get("content-encoding") or "identity").lower() != "identity"
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 and not coded else None


def decoded(headers: Headers, body: bytes) -> tuple[Headers, bytes, list[Unknown]]:
    """Undo the content codings of a response, and drop the headers that spoke of the coded bytes."""
    names = codings.named(headers.get("content-encoding"))
    if not names:
        return headers, body, []
    kept = Headers([(k, v) for k, v in headers.items if k not in ("content-encoding", "content-length")])
    for name in reversed(names):
        if not _was_decoded(name, body):
            try:
                body = codings.decode_one(name, body, MAX_DECODED)
            except ValueError as error:
                return kept, b"", [Unknown("response", "body", f"the body is in {name[:40]}, {error}")]
    return kept, body, []


def _was_decoded(name: str, body: bytes) -> bool:
    """Whether a body that is said to be in a coding is not, as the recorder undid it."""
    return not body.startswith(b"\x1f\x8b") if name in codings.GZIP else _is_text(body)


def _is_text(body: bytes) -> bool:
    """Whether these bytes are text already, as no compressed data is."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    return not any(character < " " and character not in "\t\r\n" for character in text[:1000])
