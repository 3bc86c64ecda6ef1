"""Check the payloads in an Arrow batch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from apicontract.checks.contract import Contract
from apicontract.openapi.violation import Violation
from apicontract.traffic.payloads import PayloadChecker

_VIOLATION = ("operation", "where", "rule", "message", "pointer", "excerpt")
FINDINGS = pa.schema([("row", pa.int64()), *((name, pa.string()) for name in _VIOLATION)])
"""The columns of the result of `check_batch`, before those of `keep`."""


def check_batch(
    contract: Contract,
    batch: pa.RecordBatch | pa.Table,
    *,
    column: str | None = None,
    operation: str | None = None,
    status: int | None = None,
    schema: str | None = None,
    keep: Sequence[str] = (),
) -> pa.RecordBatch:
    """Check a column of payloads, and return a row for each violation: the row of the batch, and the violation.

    The place is named as for `Contract.check_payload`. A column of strings or bytes holds JSON; any other, such as one
    of lists of floats, holds the values themselves. Nulls are skipped. `column` can be omitted if there is only one
    besides those in `keep`, which are copied to each violation in their row.
    """
    name = _only(batch, keep) if column is None else column
    wrong = wrong_rows(_checker(contract, operation, status, schema), batch.column(name))
    rows = [row for row, violations in wrong for _ in violations]
    found = [violation for _, violations in wrong for violation in violations]
    columns = [pa.array(rows, pa.int64())]
    columns += [pa.array([getattr(violation, field) for violation in found], pa.string()) for field in _VIOLATION]
    table = pa.table(columns, schema=FINDINGS)
    kept = batch.select(list(keep)).take(pa.array(rows, pa.int64()))
    for field in keep:
        table = table.append_column(batch.schema.field(field), kept.column(field))
    (made,) = table.combine_chunks().to_batches() or [pa.RecordBatch.from_pylist([], table.schema)]
    return made


def wrong_rows(checker: PayloadChecker, column: Any) -> list[tuple[int, list[Violation]]]:
    """Return the rows of a column whose payload does not conform, with their violations."""
    rows, held = present(column)
    return [(rows[at], violations) for at, violations in wrong_texts(checker, held)]


def present(column: Any) -> tuple[Sequence[int], Any]:
    """Return the rows of a column that are not null, and their values."""
    if is_text(column.type):
        column = column.cast(pa.large_binary())
    if column.null_count:
        return pc.indices_nonzero(column.is_valid()).to_pylist(), column.drop_null()
    return range(len(column)), column


def wrong_texts(checker: PayloadChecker, column: Any) -> list[tuple[int, list[Violation]]]:
    """Return the positions of a column without nulls whose payload does not conform, with their violations."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if is_text(column.type):
        return checker.wrong(column.cast(pa.large_binary()).to_pylist(), int)
    return checker.wrong_values(column.to_pylist())


def is_text(kind: pa.DataType) -> bool:
    """Return whether a column holds JSON text, and not values."""
    of = (pa.types.is_string, pa.types.is_binary, pa.types.is_large_string, pa.types.is_large_binary)
    return any(fits(kind) for fits in (*of, pa.types.is_string_view, pa.types.is_binary_view))


def _only(batch: pa.RecordBatch | pa.Table, keep: Sequence[str]) -> str:
    names = [name for name in batch.schema.names if name not in keep]
    if len(names) != 1:
        raise ValueError(f"which column holds the payloads? give column=, one of {', '.join(names)}")
    return str(names[0])


@lru_cache(maxsize=16)
def _checker(contract: Contract, operation: str | None, status: int | None, schema: str | None) -> PayloadChecker:
    return PayloadChecker(contract, operation=operation, status=status, schema=schema)
