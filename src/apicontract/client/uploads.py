"""Upload arguments, and how they are read: in chunks, and again for another attempt."""

from __future__ import annotations

import mimetypes
import os
import stat
from collections.abc import Coroutine, Iterator
from functools import cache
from typing import IO, Any, TypeAlias

from apicontract.client.narrowing import is_tuple
from apicontract.openapi.media_types import BYTES
from apicontract.wire.multipart import Part

CHUNK = 64 * 1024
"""The number of bytes that are read from a file at a time."""
UNNAMED = "upload"
"""The file name of content that has none."""

FilePath: TypeAlias = str | os.PathLike[str]
"""The path of a file."""
FileContent: TypeAlias = bytes | bytearray | memoryview | IO[bytes] | os.PathLike[str]
FileInput: TypeAlias = str | FileContent | tuple[str | None, FileContent] | tuple[str | None, FileContent, str | None]
"""A file to upload.

- a string or path object: the path of a file, which is opened for the call and closed afterwards
- an open binary file: sent from its current position, and left open
- bytes
- `(name, content)` or `(name, content, media type)`, where the content is any of the above except a string

Without a media type, it is guessed from the name.
"""

_PAIR, _TRIPLE = 2, 3


class UploadRefused(ValueError):
    """An argument cannot be uploaded."""


class Upload:
    """The content of a file that is read as it is sent; a `Source` of a multipart part."""

    def __init__(self, file: IO[bytes], *, ours: bool) -> None:
        """Take an open binary file; `ours` says whether `close` closes it."""
        self._file = file
        self._ours = ours
        self._begun = False
        try:
            nothing: object = file.read(0)
        except (TypeError, ValueError) as error:  # no `read(size)`; closed, or opened only for writing
            raise UploadRefused(f"this file cannot be read: {error}") from None
        if isinstance(nothing, Coroutine):
            nothing.close()  # or Python would warn that it was never awaited
            raise UploadRefused("this file is asynchronous; give its path, an open binary file or bytes")
        if not isinstance(nothing, bytes):
            raise UploadRefused("a file in text mode; open it in mode 'rb'")
        self._start = _position(file)
        self.length = None if self._start is None else _rest(file, self._start)
        if self._start and self.length == 0:
            raise UploadRefused("this file is at its end, so nothing of it would be sent; seek(0) first")

    @property
    def repeatable(self) -> bool:
        """Whether the same bytes can be sent again: the file can be rewound, or nothing was read yet."""
        return self._start is not None or not self._begun

    def chunks(self) -> Iterator[bytes]:
        """Yield the content from the initial position of the file, up to its initial length.

        Raises `OSError` for a file that cannot be read again, or that has become shorter.
        """
        if self._start is not None:
            self._file.seek(self._start)
        elif self._begun:
            raise OSError("this file cannot be read again")
        self._begun = True
        left = self.length
        while left != 0:
            chunk: bytes | None = self._file.read(CHUNK if left is None else min(CHUNK, left))
            if chunk is None:
                raise BlockingIOError("this file is not ready to be read; open it in blocking mode")
            if not chunk:
                break
            left = None if left is None else left - len(chunk)
            yield chunk
        if left:
            raise OSError(f"this file became shorter while it was sent: {left:,} bytes are missing")

    def close(self) -> None:
        """Close the file if it was opened here."""
        if self._ours:
            self._file.close()


def open_part(field: str, given: object) -> Part:
    """Return the part for a file field; a path is opened now, so that an error occurs before anything is sent.

    Raises `UploadRefused` for an invalid argument, and `OSError` for a file that cannot be opened.
    """
    name: str | None = None
    kind: str | None = None
    content = given
    if is_tuple(given):
        if len(given) not in (_PAIR, _TRIPLE) or not all(
            isinstance(text, str | None) for text in (given[0], *given[2:])
        ):
            raise UploadRefused("a tuple must be (name, content) or (name, content, media type)")
        name, content, kind = (*given, None)[:_TRIPLE]
        if isinstance(content, str):
            raise UploadRefused("the content of a tuple is a string; give bytes, an open file or a path object")
    source, own_name = _source(content)
    name = name or own_name
    return Part(field, source, filename=name, content_type=kind or guess(name))


def _source(content: Any) -> tuple[bytes | Upload, str]:
    """Open or take the content, and return it with its own name."""
    if isinstance(content, bytes | bytearray | memoryview):
        return bytes(content), UNNAMED  # pyright: ignore[reportUnknownArgumentType] - a memoryview of any shape
    if isinstance(content, str | os.PathLike):
        path = os.fsdecode(content)  # pyright: ignore[reportUnknownArgumentType] - a path of text or of bytes
        try:
            _refuse_no_file(os.stat(path).st_mode)
            file = open(path, "rb")  # noqa: SIM115 - closed by Upload.close
        except UploadRefused:
            raise
        except ValueError:
            raise UploadRefused("a path cannot contain a null character or a lone surrogate") from None
        return Upload(file, ours=True), _base_name(path)
    if hasattr(content, "read"):
        name = getattr(content, "name", None)
        return Upload(content, ours=False), _base_name(name) if isinstance(name, str) else UNNAMED
    raise UploadRefused(f"{type(content).__name__} is not a file; give a path, an open binary file or bytes")


def _refuse_no_file(mode: int) -> None:
    """Reject paths that would never end, would block before anything is sent, or cannot be read at all."""
    if not stat.S_ISREG(mode):
        kinds = {stat.S_IFDIR: "a directory", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}
        kind = kinds.get(stat.S_IFMT(mode), "a device")
        hint = "" if stat.S_ISDIR(mode) else "; open it, and give the open file"
        raise UploadRefused(f"this path is {kind}, and not a file{hint}")


def _base_name(path: str) -> str:
    """Return the last step of a path; bytes in it that are not UTF-8 are replaced, because a header is text."""
    return os.fsencode(os.path.basename(path)).decode("utf-8", errors="replace") or UNNAMED


def _position(file: IO[bytes]) -> int | None:
    """Return the position of a file; `None` for a pipe, a socket and anything else that cannot seek."""
    try:
        return file.tell() if file.seekable() else None
    except (AttributeError, OSError):
        return None


def _rest(file: IO[bytes], start: int) -> int | None:
    """Return the number of remaining bytes; `None` if it cannot be known without reading."""
    try:
        end = file.seek(0, os.SEEK_END)
    except (OSError, ValueError):
        return None
    file.seek(start)
    return max(0, end - start)


@cache
def _types() -> mimetypes.MimeTypes:
    """Return Python's own table, not the machine's, so that the same file has the same type everywhere."""
    return mimetypes.MimeTypes()


def guess(name: str) -> str:
    """Guess a media type from the name of a file."""
    kind, coding = _types().guess_type(name)
    return BYTES if kind is None or coding is not None else kind
