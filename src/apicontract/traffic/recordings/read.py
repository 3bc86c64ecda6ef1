"""Recognise the kind of a recording by its content, and read it."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from apicontract.traffic.recordings import exchange_lines, foreign, json_items, kinds, yaml_items
from apicontract.traffic.recordings.bodies import MAX_DECODED
from apicontract.traffic.recordings.model import Around, At, Recorded, RecordingInvalid, Unreadable

_MARK = b"\xef\xbb\xbf"
_ZIP = b"PK\x03\x04"
_MAX_ARCHIVED = 10 * MAX_DECODED
"""The maximum size in bytes of a recording in a zip."""
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, RuntimeError, EOFError, OSError, LookupError)
"""The exceptions of the standard library for a zip that is invalid, or needs an unsupported feature."""

Attached = Callable[[str], bytes]


def read(
    source: str | os.PathLike[str] | bytes, *, folder: str | os.PathLike[str] | None = None
) -> Iterator[Recorded | Unreadable]:
    """Yield the exchanges of a recording in order, from a file given by its path, or from its content as bytes.

    Supported are HAR 1.2, also in a zip as Playwright writes it; VCR cassettes in YAML or JSON; recordings of nock; and
    exchanges in NDJSON. Bodies that the recorder wrote into separate files are read from `folder`, by default that of
    the file. An exchange that cannot be read is yielded as `Unreadable`. Raises `OSError` for a file that cannot be
    read, and `RecordingInvalid` for one that is not a recording, at the place where that shows: the exchanges before
    are valid.
    """
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    if folder is None and not isinstance(source, bytes):
        folder = Path(source).parent
    attached = None if folder is None else _beside(Path(folder))
    if data.startswith(_ZIP):
        data, attached = _unzipped(data)
    index = 0
    around = bare = Around()
    try:
        for index, (place, entry) in enumerate(_cut(data), 1):
            try:
                if entry.around is not bare:
                    bare, around = entry.around, replace(entry.around, attached=attached)
                recorded: Recorded | Unreadable = kinds.reader(place, entry)(entry._replace(around=around), index)
            except RecordingInvalid as error:
                if index == 1 and (isinstance(error, kinds.NoRecording) or foreign.named(data)):
                    raise
                recorded = Unreadable(index, error.line, error.message)
            yield recorded
    except RecordingInvalid:
        if index <= 1 and (named := foreign.named(data)):
            raise RecordingInvalid(named) from None
        raise


def _cut(data: bytes) -> Iterator[tuple[kinds.Place, At]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RecordingInvalid("this is UTF-16; save it as UTF-8")
    begins = data[:1000].removeprefix(_MARK).lstrip()
    if not begins and not data.removeprefix(_MARK).strip():
        raise RecordingInvalid("the file is empty")
    if begins.startswith(b"\x1f\x8b"):
        raise RecordingInvalid("the file is in gzip; unpack it first")
    if begins[:1] == b"{" and exchange_lines.holds(data):
        return ((kinds.LINES, entry) for entry in exchange_lines.cut(data))
    cut = json_items.entries if begins[:1] in (b"{", b"[") else yaml_items.entries
    return cut(data, kinds.places())


def _beside(folder: Path) -> Attached:
    """Return a function that reads files of one folder, and of no other: their names come from an untrusted file.

    It raises `ValueError` for a file elsewhere, and for one of more than `MAX_DECODED` bytes.
    """

    def attached(name: str) -> bytes:
        if PurePath(name).name != name or "\\" in name:
            raise ValueError("it is not in the folder of the recording")
        path = (folder / name).resolve()
        if path.parent != folder.resolve() or not path.is_file():
            raise ValueError("it is not in the folder of the recording")
        if path.stat().st_size > MAX_DECODED:
            raise ValueError(f"it has more than {MAX_DECODED:,} bytes")
        return path.read_bytes()

    return attached


def _unzipped(data: bytes) -> tuple[bytes, Attached]:
    """Return the HAR in a zip, and a function that reads the files beside it."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = {info.filename: info for info in archive.infolist()}
    except _BROKEN as error:
        raise RecordingInvalid(f"the zip cannot be read: {error}") from None
    hars = [name for name in members if name.endswith(".har")]
    if len(hars) != 1:
        raise kinds.NoRecording("a zip must contain one .har, such as Playwright writes")

    def member(name: str, bound: int) -> bytes:
        if name not in members:
            raise ValueError("it is not in the zip")
        try:
            with archive.open(members[name]) as stream:
                content = stream.read(bound + 1)
        except _BROKEN as error:
            raise ValueError(f"it is broken: {error}") from None
        if len(content) > bound:
            raise ValueError(f"it has more than {bound:,} bytes")
        return content

    try:
        return member(hars[0], _MAX_ARCHIVED), lambda name: member(name, MAX_DECODED)
    except ValueError as error:
        raise RecordingInvalid(f"{hars[0]} in the zip: {error}") from None
