"""A file that is uploaded in parts, and the state of the upload on disk.

The state is a small JSON file, by default beside the uploaded file: the identifier of the upload, the size of the
parts, and, for each part that has arrived, its proof and its CRC-32. It is written to a temporary file that then
replaces the old one, so that an interruption leaves either the old state or the new one. It contains no key and no
presigned URL.
"""

from __future__ import annotations

import json
import os
import stat
import zlib
from collections.abc import Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from apicontract.client.errors import UploadChanged
from apicontract.client.narrowing import is_mapping, mapping
from apicontract.client.uploads import FilePath, UploadRefused

PIECE = 256 * 1024
"""The number of bytes that are read and sent at a time."""

VERSION = 1
"""The version of the state's format; other versions are ignored."""


class Part(NamedTuple):
    """A part of a file."""

    number: int
    """Counted from 1."""
    start: int
    length: int


def plan(size: int, part_size: int) -> list[Part]:
    """Divide a file of some size into parts; the last one may be smaller."""
    return [
        Part(number, start, min(part_size, size - start)) for number, start in enumerate(range(0, size, part_size), 1)
    ]


class LocalFile:
    """The file to upload: it is opened again for each part, and watched for changes."""

    def __init__(self, operation: str, path: FilePath) -> None:
        """Inspect the file; raise `OSError` if it does not exist, and `UploadRefused` if it is not a regular file."""
        self.operation = operation
        self.path: str = os.path.abspath(os.fspath(path))
        found = os.stat(self.path)
        if not stat.S_ISREG(found.st_mode):
            raise UploadRefused("this path is not a file; only a file can be sent in parts")
        self.size = found.st_size
        self._modified = found.st_mtime_ns

    @property
    def name(self) -> str:
        """The last step of the path; bytes in it that are not UTF-8 are replaced, because JSON is text."""
        return os.fsencode(os.path.basename(self.path)).decode("utf-8", errors="replace")

    def changed(self, what: str) -> UploadChanged:
        """Return the error for a file that has changed."""
        return UploadChanged(self.operation, self.path, what)

    def read(self, part: Part) -> PartContent:
        """Return the content of a part, to be read once."""
        return PartContent(self, part)

    def pieces(self, part: Part) -> Generator[bytes, None, None]:
        """Yield the chunks of a part; raise `UploadChanged` if the file has changed."""
        with open(self.path, "rb", buffering=0) as file:
            self._same(file.fileno())
            file.seek(part.start)
            left = part.length
            while left:
                piece = file.read(min(PIECE, left))
                if not piece:
                    raise self.changed("it became shorter while it was sent")
                left -= len(piece)
                yield piece
            self._same(file.fileno())

    def checksum(self, part: Part) -> int:
        """Return the CRC-32 of a part."""
        found = 0
        for piece in self.pieces(part):
            found = zlib.crc32(piece, found)
        return found

    def _same(self, descriptor: int) -> None:
        found = os.fstat(descriptor)
        if (found.st_size, found.st_mtime_ns) != (self.size, self._modified):
            raise self.changed("it was written to while it was sent")


class PartContent:
    """The chunks of a part as they are sent, and their CRC-32 afterwards."""

    def __init__(self, file: LocalFile, part: Part) -> None:
        """Take the part."""
        self._pieces = file.pieces(part)
        self.length = part.length
        self.checksum = 0

    def next(self) -> bytes | None:
        """Read the next chunk; `None` after the last."""
        piece = next(self._pieces, None)
        if piece is not None:
            self.checksum = zlib.crc32(piece, self.checksum)
        return piece

    def close(self) -> None:
        """Close the file, which stays open after a part that was not read to its end."""
        self._pieces.close()


@dataclass
class Arrived:
    """A part that has arrived."""

    proof: str
    checksum: int
    reported: bool = False


@dataclass
class State:
    """The progress of an upload."""

    about: Mapping[str, str]
    """What identifies the upload: operation, URL, and digests of the arguments."""
    size: int
    session: str = ""
    """Empty before the upload was started."""
    result: str = ""
    part_size: int = 0
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    arrived: dict[int, Arrived] = field(default_factory=dict[int, Arrived])


class StateFile:
    """The file that stores a state."""

    is_kept = True
    """Whether the last state could be stored."""

    def __init__(self, path: FilePath) -> None:
        """Take the path; nothing is read or written yet."""
        self.path: str = os.path.abspath(os.fspath(path))

    def read(self) -> State | None:
        """Read the state; `None` if there is none, or if the file is not a state.

        Raises `OSError` for a file that cannot be read.
        """
        try:
            with open(self.path, encoding="utf-8") as file:
                found = json.load(file)
        except FileNotFoundError:
            return None
        except ValueError:
            return None
        return _state(found)

    def write(self, state: State) -> None:
        """Replace the state; raise `OSError` if it cannot be stored, and keep the previous one then."""
        temporary = f"{self.path}.new"
        try:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(descriptor, "w", encoding="utf-8") as file:
                json.dump(_written(state), file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, self.path)
        except OSError as error:
            with suppress(OSError):
                os.unlink(temporary)
            error.add_note(
                f"the state of the upload cannot be stored in {self.path}; free some space, or pass another `state`"
            )
            raise

    def remove(self) -> None:
        """Remove the state, if there is one."""
        with suppress(FileNotFoundError):
            os.unlink(self.path)


class OptionalStateFile(StateFile):
    """A file that stores a state if it can: on a disk that is read-only or full, the upload continues without it."""

    def read(self) -> State | None:
        """Read the state; `None` also for a file that cannot be read."""
        try:
            return super().read()
        except OSError:
            return None

    def write(self, state: State) -> None:
        """Replace the state; if it cannot be stored, `is_kept` says so."""
        try:
            super().write(state)
        except OSError:
            self.is_kept = False
        else:
            self.is_kept = True

    def remove(self) -> None:
        """Remove the state, if there is one that can be removed."""
        with suppress(OSError):
            super().remove()


def _written(state: State) -> dict[str, Any]:
    arrived = {number: [one.proof, one.checksum, one.reported] for number, one in state.arrived.items()}
    return {"version": VERSION, **vars(state), "arrived": arrived}


def _state(found: Any) -> State | None:
    """Return a state from parsed JSON; `None` for that of another version, or JSON in another form."""
    held = mapping(found)
    try:
        if held["version"] != VERSION or not held["session"]:
            return None
        arrived = {int(number): Arrived(*entry) for number, entry in held["arrived"].items()}
        texts = {name: held[name] for name in ("session", "result")}
        numbers = {name: held[name] for name in ("size", "part_size")}
        maps = {name: held[name] for name in ("about", "headers")}
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    right = (
        all(isinstance(text, str) for text in texts.values())
        and all(isinstance(number, int) and number > 0 for number in numbers.values())
        and all(is_mapping(one) for one in maps.values())
    )
    return State(**maps, **texts, **numbers, arrived=arrived) if right else None
