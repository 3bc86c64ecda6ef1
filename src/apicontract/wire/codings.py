"""Decode content codings (RFC 9110, section 8.4), with one limit on the decoded size.

A few compressed bytes could expand until the memory is full, and each of several stacked codings could do so. No
decoder here returns, or buffers, more than `limit` bytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

GZIP = ("gzip", "x-gzip")
"""The two names of one coding (RFC 9110, section 8.4.1.3)."""

KNOWN = frozenset({*GZIP, "deflate"})
"""The supported codings."""

_GZIP, _ZLIB, _RAW = 31, 15, -15
"""The `wbits` argument of zlib for each framing."""
_MEMBERS = 1000
"""The maximum number of concatenated gzip members: each costs a copy of the rest."""


def named(header: str | None) -> list[str]:
    """Return the codings in a `Content-Encoding` header, in the order in which they were applied."""
    names = [name.strip().lower() for name in (header or "").split(",")]
    return [name for name in names if name not in ("", "identity")]


def decode(names: Sequence[str], body: bytes, limit: int) -> bytes:
    """Decode a body, the last coding first; from a truncated body, return as much as can be decoded.

    Raises `ValueError` as `decode_one` does.
    """
    for name in reversed(names):
        body = decode_one(name, body, limit, whole=False)
    return body


def decode_one(name: str, body: bytes, limit: int, *, whole: bool = True) -> bytes:
    """Decode one coding; raise `ValueError` with the reason, as in "the body is in gzip, …".

    It is an error if more than `limit` bytes come out, or, with `whole`, if the body is truncated.
    """
    if name in GZIP:
        return _inflate(body, _GZIP, limit, whole)
    if name == "deflate":  # in the framing of zlib by RFC 9110, section 8.4.1.2, and in practice without it too
        try:
            return _inflate(body, _ZLIB, limit, whole)
        except _Broken:
            return _inflate(body, _RAW, limit, whole)
    raise ValueError("which cannot be decoded here; record it without compression")


def _inflate(body: bytes, framing: int, limit: int, whole: bool) -> bytes:
    found, rest = bytearray(), body
    for _ in range(_MEMBERS):
        one = zlib.decompressobj(framing)
        try:
            found += one.decompress(rest, limit + 1 - len(found))
        except zlib.error as error:
            raise _Broken(f"and is broken: {error}") from None
        if len(found) > limit:
            raise ValueError(f"and more than {limit:,} bytes when decoded")
        if not one.eof and whole:
            raise ValueError("and ends too early")
        rest = one.unused_data
        if not rest:
            return bytes(found)
    raise ValueError(f"and in more than {_MEMBERS} pieces")


class _Broken(ValueError):
    """The bytes are not in the attempted framing."""
