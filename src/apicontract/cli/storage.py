"""Open files: local ones, and remote or packed ones, which need the extra `bulk`."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from io import BufferedReader
from typing import TYPE_CHECKING, Any

from apicontract.cli.outcomes import CannotRun
from apicontract.openapi.violation import Violation
from apicontract.traffic.payloads import PayloadChecker

if TYPE_CHECKING:
    from apicontract.bulk.findings import FindingsFile

PACKED_SUFFIXES = {".gz": "gzip", ".zst": "zstd"}
ROW_SUFFIXES = (".parquet", ".pq")


class Broken(Exception):
    """A file does not match its suffix, or lacks what is requested."""


def is_remote(file: str) -> bool:
    """Return whether a file is named by a URL."""
    return "://" in file


def uncompressed(file: str) -> str:
    """Return a name without the suffix of a compression."""
    return next((file[: -len(suffix)] for suffix in PACKED_SUFFIXES if file.lower().endswith(suffix)), file)


def size(file: str) -> int | None:
    """Return the size of a file in bytes; `None` if it is unknown, as for a pipe."""
    if is_remote(file):
        return int(_inputs("a URL").size(file))
    status = os.stat(file) if file != "-" else os.fstat(0)
    return status.st_size if stat.S_ISREG(status.st_mode) and file != "-" else None


def state(file: str) -> object:
    """Return a value that changes when a file changes."""
    try:
        return (size(file), None if is_remote(file) or file == "-" else os.stat(file).st_mtime_ns)
    except OSError:
        return None


def opened(file: str) -> BufferedReader:
    """Open a file that only fsspec can read."""
    suffix = file[len(uncompressed(file)) :].lower()
    found: BufferedReader = _inputs(file).opened(file, PACKED_SUFFIXES.get(suffix))
    return found


def row_groups(file: str) -> int:
    """Return the number of row groups of a Parquet file; raise `Broken` for a file that cannot be read."""
    inputs = _inputs("Parquet")
    try:
        return int(inputs.row_groups(file))
    except inputs.INVALID as error:
        raise Broken(_said(error)) from None


def judged_rows(
    checker: PayloadChecker, file: str, group: int, column: str | None
) -> Iterator[tuple[int, Sequence[int], list[tuple[int, list[Violation]]]]]:
    """Check the rows of a row group in batches.

    Yields the first row, the following rows with payloads, and the violations. Raises `Broken` for a file that cannot
    be read.
    """
    inputs = _inputs("Parquet")
    from apicontract.bulk.batch import present, wrong_texts  # noqa: PLC0415 - as in `_inputs`

    try:
        for first, cells in inputs.rows(file, group, column):
            numbers, held = present(cells)
            yield first, numbers, wrong_texts(checker, held)
    except inputs.INVALID as error:
        raise Broken(_said(error)) from None


def findings_file(file: str) -> FindingsFile:
    """Create a Parquet file of findings."""
    _inputs("--findings")
    from apicontract.bulk.findings import FindingsFile  # noqa: PLC0415 - as in `_inputs`

    return FindingsFile(file)


def _inputs(what: str) -> Any:
    try:
        from apicontract.bulk import inputs  # noqa: PLC0415 - takes long to load, and needs an extra
    except ModuleNotFoundError as error:
        raise CannotRun(f"{what}: {error}") from None
    return inputs


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
