"""Read files on any storage of fsspec, plain, in gzip or in Zstandard, and the rows of Parquet files."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from typing import Any, NamedTuple

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

_BUFFER = 1024 * 1024
_PIECE = 2048
"""The number of bytes of Zstandard that are unpacked at once: a few bytes can become 128 KiB."""
_ROWS = 1024
INVALID = (pa.ArrowException, ValueError)
"""The exceptions for a file that is not Parquet, or that does not have the column."""


class Rows(NamedTuple):
    """Some rows of a row group."""

    first: int
    """The number of the first row in its row group, from 0."""
    column: Any
    """The Arrow array of the payloads."""


def opened(path: str, packing: str | None) -> BufferedReader:
    """Open a file by its path or URL; `packing` is the compression, `gzip` or `zstd`, if there is one."""
    if packing == "zstd":
        return BufferedReader(_Raw(_Zstandard(fsspec.open(path, "rb").open())), _BUFFER)
    return BufferedReader(_Raw(fsspec.open(path, "rb", compression=packing).open()), _BUFFER)


class _Raw(RawIOBase):
    """A file that raises `OSError` for every error, including those of decompression."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._file.seekable())

    def seek(self, offset: int, whence: int = 0) -> int:
        return int(self._file.seek(offset, whence))

    def readinto(self, buffer: Any) -> int:
        try:
            found = self._file.read(len(buffer))
        except (EOFError, zlib.error, zstandard.ZstdError) as error:
            raise OSError(f"it cannot be decompressed: {error}") from None
        buffer[: len(found)] = found
        return len(found)

    def close(self) -> None:
        self._file.close()
        super().close()


class _Zstandard(RawIOBase):
    """Unpacks all frames of a file, and raises `EOFError` within the last one.

    The reader of `zstandard` ends after the first frame, and takes a file that breaks off for a whole one.
    """

    def __init__(self, file: Any) -> None:
        self._file = BufferedReader(file, _BUFFER)
        self._frame: Any = None
        self._packed, self._unpacked = b"", memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._unpacked:
            self._packed = self._packed or self._file.read(_PIECE)
            if not self._packed:
                if self._frame is not None:
                    raise EOFError("it ends in the middle of a frame")
                return 0
            self._frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
            self._unpacked, self._packed = memoryview(self._frame.decompress(self._packed)), b""
            if self._frame.eof:
                self._packed, self._frame = self._frame.unused_data, None
        found = self._unpacked[: len(buffer)]
        buffer[: len(found)] = found
        self._unpacked = self._unpacked[len(found) :]
        return len(found)

    def close(self) -> None:
        self._file.close()
        super().close()


def size(path: str) -> int:
    """Return the stored size of a file in bytes."""
    storage, place = fsspec.url_to_fs(path)
    return int(storage.size(place))


def row_groups(path: str) -> int:
    """Return the number of row groups of a Parquet file; raise `ValueError` if it is not one."""
    with fsspec.open(path, "rb").open() as file:
        return int(pq.ParquetFile(file).num_row_groups)


def rows(path: str, group: int, column: str | None) -> Iterator[Rows]:
    """Read a column of a row group, in batches of bounded size; raise `ValueError` with the reason if that fails."""
    with fsspec.open(path, "rb").open() as file:
        parquet = pq.ParquetFile(file, buffer_size=_BUFFER)
        names = parquet.schema_arrow.names
        if column is None and len(names) != 1 and "payload" not in names:
            raise ValueError(f"which column holds the payloads? give --column, one of {', '.join(names)}")
        name = column or ("payload" if "payload" in names else names[0])
        if name not in names:
            raise ValueError(f"it has no column {name!r}; it has {', '.join(names)}")
        first = 0
        for batch in parquet.iter_batches(batch_size=_rows_at_once(parquet, group), row_groups=[group], columns=[name]):
            yield Rows(first, batch.column(0))
            first += batch.num_rows


def _rows_at_once(parquet: pq.ParquetFile, group: int) -> int:
    """Return the number of rows that fill about one buffer."""
    found = parquet.metadata.row_group(group)
    return int(max(1, min(_ROWS, found.num_rows * _BUFFER // max(1, found.total_byte_size))))
