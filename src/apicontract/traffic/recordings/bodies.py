"""Convert the recorded form of a body into the bytes that a checker needs.

A recording holds a body as it was sent (`Content-Encoding: gzip`, the bytes in gzip), or decoded with the header
unchanged. The bytes show which: gzip and zlib begin with bytes that no text begins with. A body in none of the codings
that its header names was decoded by the recorder.
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
"""The maximum size in bytes of a body after decoding; a larger one is not checked, which is reported."""

_LATIN = {"iso-8859-1", "latin-1", "latin1", "iso8859-1", "binary", "ascii-8bit"}


def encode(text: str, charset: str | None = None, length: int | None = None) -> bytes:
    """Encode a text as UTF-8, unless its charset is Latin-1, or its length fits only Latin-1.

    `length` is the number of bytes that were sent, if known: recorders may write binary data as one character for each
    byte.
    """
    found = text.encode("utf-8", "surrogatepass")
    if (charset or "").lower() in _LATIN or length == len(text):
        try:
            return text.encode("latin-1")
        except UnicodeEncodeError:
            pass  # some characters are not in Latin-1, so it is not
    return found


def whole(text: str) -> str:
    """Replace each lone surrogate by U+FFFD, where nothing else can be encoded."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def unbase64(place: At) -> bytes:
    """Decode base64, with or without line breaks; Polly.JS writes a list of parts as JSON."""
    text = place.text()
    try:
        parts = json.loads(text) if text.startswith("[") else [text]
        return b"".join(base64.b64decode("".join(part.split()), validate=True) for part in parts)
    except (binascii.Error, ValueError, AttributeError, RecursionError):
        raise place.invalid("not base64") from None


def attached(place: At, side: Side, unknown: list[Unknown]) -> bytes:
    """Return the body from the separate file that the recorder wrote; note it as unknown if that cannot be read."""
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
    """Return `Content-Length`, if it is a number and counts the bytes of the decoded body."""
    given = headers.get("content-length") or ""
    coded = (headers.get("content-encoding") or "identity").lower() != "identity"
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 and not coded else None


def decoded(headers: Headers, body: bytes, *, whole: bool = True) -> tuple[Headers, bytes, list[Unknown]]:
    """Decode the content codings of a response, and remove the headers that describe the coded bytes.

    Of a body that is not `whole`, return as much as can be decoded.
    """
    names = codings.named(headers.get("content-encoding"))
    if not names:
        return headers, body, []
    kept = Headers([(k, v) for k, v in headers.items if k not in ("content-encoding", "content-length")])
    for name in reversed(names):
        if not _was_decoded(name, body):
            try:
                body = codings.decode_one(name, body, MAX_DECODED, whole=whole)
            except ValueError as error:
                return kept, b"", [Unknown("response", "body", f"the body is in {name[:40]}, {error}")]
    return kept, body, []


def _was_decoded(name: str, body: bytes) -> bool:
    """Return whether a body is not in the coding that its header names, because the recorder decoded it."""
    return not body.startswith(b"\x1f\x8b") if name in codings.GZIP else _is_text(body)


def _is_text(body: bytes) -> bool:
    """Return whether these bytes are text, which compressed data never is."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return False
    return not any(character < " " and character not in "\t\r\n" for character in text[:1000])
