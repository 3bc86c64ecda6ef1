"""Copy bodies as they are sent and received, up to a size limit, including files and iterators."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterator
from typing import Any

from apicontract.wire import codings

LIMIT = 64 * 1024 * 1024
"""The maximum number of bytes of one streamed body that are kept."""


class Copy:
    """A copy of one body; `chunks` is `None` if it was larger than `LIMIT` bytes."""

    def __init__(self, ended: Callable[[Copy, bool], None] | None = None) -> None:
        """Take a function to call at the end, with whether the body is complete."""
        self.chunks: list[bytes] | None = []
        self.begun = self.complete = False
        self.decoded = False
        """Whether its content codings were already decoded."""
        self._size = 0
        self._ended = ended

    def begin(self) -> None:
        """Start again: a transport that retries sends the same stream again."""
        self.chunks, self._size, self.begun, self.complete = [], 0, True, False

    def add(self, chunk: bytes) -> None:
        """Add a chunk."""
        self._size += len(chunk)
        if self._size > LIMIT:
            self.chunks = None
        elif self.chunks is not None:
            self.chunks.append(chunk)

    def end(self, *, complete: bool) -> None:
        """End the copy, with whether the body is complete; only the first call counts."""
        self.complete = self.complete or complete
        if self._ended is not None:
            ended, self._ended = self._ended, None
            ended(self, complete)

    def body(self) -> bytes | None:
        """Return the copy; `None` if the body was too large."""
        return None if self.chunks is None else b"".join(self.chunks)


def decoded(coding: str | None, body: bytes) -> bytes | None:
    """Decode the content codings; return `None` if that fails, or yields more than `LIMIT` bytes.

    The libraries decode without a limit, so they are not used for this.
    """
    try:
        return codings.decode(codings.named(coding), body, LIMIT)
    except ValueError:
        return None


# Requests


def seen(body: Any) -> tuple[Any, bytes | Copy | None]:
    """Return a replacement for a request's body, and its observed form: bytes, or a copy to be filled.

    The observed form is `None` for a body that cannot be observed.
    """
    if body is None:
        return body, b""
    if isinstance(body, str):
        return body, body.encode()
    if isinstance(body, bytes | bytearray | memoryview):
        return body, bytes(body)
    copy = Copy()
    if hasattr(body, "read"):
        return (body, None) if isinstance(body, io.TextIOBase) else (_FileTee(body, copy), copy)
    return (_Tee(body, copy), copy) if hasattr(body, "__iter__") else (body, None)


class _Tee:
    """Replaces a body, and behaves like it in everything else."""

    def __init__(self, inner: Any, copy: Copy) -> None:
        self._inner, self._copy = inner, copy

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def __iter__(self) -> Iterator[Any]:
        self._copy.begin()
        for chunk in self._inner:
            self._copy.add(_as_bytes(chunk))
            yield chunk
        self._copy.end(complete=True)


class _FileTee(_Tee):
    def __getattr__(self, name: str) -> Any:
        found = super().__getattr__(name)
        return functools.partial(self._seek, found) if name == "seek" else found

    def _seek(self, original: Callable[..., Any], *args: Any) -> Any:
        """Move in the file; if it was read, another attempt starts from there."""
        if self._copy.begun:
            self._copy.begin()
        return original(*args)

    def read(self, *size: int) -> Any:
        """Read from the file; reads after its end are another attempt, from the start."""
        if not self._copy.begun or self._copy.complete:
            self._copy.begin()
        chunk = self._inner.read(*size)
        self._copy.add(_as_bytes(chunk))
        if not chunk or not size or size[0] is None or size[0] < 0:
            self._copy.end(complete=True)
        return chunk


def _as_bytes(chunk: Any) -> bytes:
    return chunk.encode() if isinstance(chunk, str) else bytes(chunk)


# Responses

_READS = ("read", "read1", "readinto", "readline", "readlines")
_STREAMS = ("stream", "read_chunked")


def tee(response: Any, copy: Copy, *, ended: Callable[[], bool]) -> None:
    """Copy the data that is read from a response that is a file; `ended` says whether it was read completely.

    Raises `AttributeError` for a response that does not allow attributes to be set.
    """
    _ResponseTee(response, copy, ended).begin()


class _ResponseTee:
    """Methods that replace those of a response object until its end.

    One of them can call another, so only the outermost call counts.
    """

    def __init__(self, response: Any, copy: Copy, ended: Callable[[], bool]) -> None:
        self._response, self._copy, self._ended = response, copy, ended
        self._busy = False
        self._replaced: list[str] = []

    def begin(self) -> None:
        """Replace the methods."""
        self._copy.begin()
        wrappers = {**dict.fromkeys(_READS, self._read), **dict.fromkeys(_STREAMS, self._stream)}
        for name, wrapper in [*wrappers.items(), ("close", self._close)]:
            original = getattr(self._response, name, None)
            if original is not None:
                setattr(self._response, name, functools.partial(wrapper, name, original))
                self._replaced.append(name)

    def _read(self, name: str, original: Callable[..., Any], *args: Any, **named: Any) -> Any:
        if self._busy:
            return original(*args, **named)
        self._copy.decoded = _decodes(self._response, args, named)
        self._busy = True
        try:
            found = original(*args, **named)
        finally:
            self._busy = False
        data = bytes(args[0][:found]) if name == "readinto" else b"".join(found) if name == "readlines" else found
        self._copy.add(data)
        wanted = args[0] if args else named.get("amt")
        to_the_end = name in ("read", "readlines") and wanted in (None, -1)
        if to_the_end or (not data and wanted != 0) or self._ended():
            self._finish(complete=True)
        return found

    def _stream(self, _: str, original: Callable[..., Iterator[bytes]], *args: Any, **named: Any) -> Iterator[bytes]:
        chunks = original(*args, **named)
        if self._busy:
            yield from chunks
            return
        self._copy.decoded = _decodes(self._response, args, named)
        while True:
            self._busy = True
            try:
                chunk = next(chunks, None)
            finally:
                self._busy = False
            if chunk is None:
                break
            self._copy.add(chunk)
            yield chunk
        self._finish(complete=True)

    def _close(self, _: str, original: Callable[[], Any]) -> Any:
        try:
            return original()
        finally:
            if not self._busy:  # or it closes itself at its end
                self._finish(complete=False)

    def _finish(self, *, complete: bool) -> None:
        for name in self._replaced:
            vars(self._response).pop(name, None)
        self._replaced.clear()
        self._copy.end(complete=complete)


def _decodes(response: Any, args: tuple[Any, ...], named: dict[str, Any]) -> bool:
    """Return whether a call of a urllib3 response decodes content codings; http.client never does."""
    given = args[1] if len(args) > 1 else named.get("decode_content")
    return bool(getattr(response, "decode_content", False) if given is None else given)
