"""Findings as a Parquet file, written incrementally."""

from __future__ import annotations

import re
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

from apicontract.traffic.findings import Finding

_TEXTS = ("label", "side", "operation", "where", "rule", "message", "pointer", "excerpt")
COLUMNS = pa.schema(
    [
        ("file", pa.string()),
        ("line", pa.int64()),
        ("row_group", pa.int64()),
        ("row", pa.int64()),
        *((name, pa.string()) for name in _TEXTS),
    ]
)
"""The location of each finding: for Parquet its row group and row, from 0; otherwise its line, from 1."""
_ROW = re.compile(r"row group (\d+), row (\d+)")
_HELD = 10_000


class FindingsFile:
    """A Parquet file of findings, at any path of fsspec."""

    def __init__(self, path: str) -> None:
        """Open the file."""
        self._file = fsspec.open(path, "wb").open()
        self._writer = pq.ParquetWriter(self._file, COLUMNS, compression="zstd")
        self._held: list[dict[str, Any]] = []

    def add(self, finding: Finding) -> None:
        """Write one finding."""
        row = _ROW.fullmatch(finding.label)
        violation = finding.violation
        told = {name: getattr(violation, name) for name in _TEXTS[2:]}
        at = {"row_group": int(row[1]), "row": int(row[2])} if row else {"line": finding.line}
        self._held.append({"file": finding.source, **at, "label": finding.label, "side": finding.side, **told})
        if len(self._held) >= _HELD:
            self._write()

    def close(self) -> None:
        """Write the rest; the file is not valid before."""
        self._write()
        self._writer.close()
        self._file.close()

    def _write(self) -> None:
        self._writer.write_table(pa.Table.from_pylist(self._held, COLUMNS))
        self._held.clear()
