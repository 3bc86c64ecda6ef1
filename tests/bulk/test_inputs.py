"""Rows are read in batches of bounded size, whatever their number and size."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from apicontract.bulk import inputs


@pytest.mark.parametrize(
    ("count", "length", "most"), [(1, 1, 1), (1024, 1, 1024), (2500, 1, 1024), (40, 200_000, 5), (3, 3_000_000, 1)]
)
def test_no_more_rows_are_read_at_once_than_fit(tmp_path: Path, count: int, length: int, most: int) -> None:
    texts = [f"{number:<{length}}" for number in range(count)]
    path = str(tmp_path / "a.parquet")
    pq.write_table(pa.table({"payload": texts}), path, compression="none", use_dictionary=False)
    found = list(inputs.rows(path, 0, None))
    assert max(len(part.column) for part in found) == most
    assert [text for part in found for text in part.column.to_pylist()] == texts
    assert [part.first for part in found] == [sum(len(part.column) for part in found[:at]) for at in range(len(found))]
