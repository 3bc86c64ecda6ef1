"""Findings as a Parquet file: where each was found, in one piece or in several."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from apicontract.bulk import findings
from apicontract.openapi.violation import Violation
from apicontract.traffic.findings import Finding

TOLD: dict[str, Any] = {
    "side": "payload",
    "operation": "o",
    "where": "body",
    "rule": "type",
    "message": "m",
    "pointer": "/p",
    "excerpt": None,
}


def found(label: str, line: int | None, source: str = "a/b.ndjson") -> Finding:
    return Finding(Violation("o", "body", "type", "m", "/p"), source, line, label, "payload")


@pytest.mark.parametrize("held", [1, 2, 100])
def test_each_finding_is_a_row_however_many_are_written_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: int
) -> None:
    """A row of Parquet has its row group and its number there, anything else its line if that is known."""
    monkeypatch.setattr(findings, "_HELD", held)
    file = findings.FindingsFile(str(tmp_path / "f.parquet"))
    file.add(found("line 3", 3))
    file.add(found("row group 1, row 20", None, "c.parquet"))
    file.add(found("document", None))
    file.close()
    rows = pq.read_table(tmp_path / "f.parquet").to_pylist()
    nowhere = {"line": None, "row_group": None, "row": None}
    assert rows == [
        {**TOLD, **nowhere, "file": "a/b.ndjson", "label": "line 3", "line": 3},
        {**TOLD, **nowhere, "file": "c.parquet", "label": "row group 1, row 20", "row_group": 1, "row": 20},
        {**TOLD, **nowhere, "file": "a/b.ndjson", "label": "document"},
    ]


def test_a_file_without_findings_has_its_columns(tmp_path: Path) -> None:
    findings.FindingsFile(str(tmp_path / "f.parquet")).close()
    table = pq.read_table(tmp_path / "f.parquet")
    assert (table.num_rows, table.schema.names[:5]) == (0, ["file", "line", "row_group", "row", "label"])
