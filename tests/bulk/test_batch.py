"""Arrow batches: a column of any type is checked row by row, with the results of `check_payload`."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apicontract.bulk import FINDINGS, check_batch
from twelvelabs_contract import Contract

PLACE: Any = {"schema": "PageInfo"}
VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [{"page": 1}, {"page": "x"}, {"page": 1, "total_page": []}, [], None, {}]
)
KINDS = (pa.string(), pa.large_string(), pa.binary(), pa.large_binary(), pa.string_view(), pa.binary_view())


@settings(max_examples=60)
@given(st.lists(VALUES, max_size=40), st.sampled_from(KINDS), st.data())
def test_a_column_of_text_gets_what_each_payload_gets(
    contract: Contract, values: list[Any], kind: pa.DataType, data: st.DataObject
) -> None:
    """Null is no payload; `null` is one."""
    texts = [None if data.draw(st.integers(0, 5)) == 0 else json.dumps(value) for value in values]
    found = check_batch(contract, pa.record_batch({"p": pa.array(texts, kind)}), **PLACE)
    wanted = [
        {"row": row, **{name: getattr(violation, name) for name in FINDINGS.names[1:]}}
        for row, (value, text) in enumerate(zip(values, texts, strict=True))
        if text is not None
        for violation in contract.check_payload(value, **PLACE)
    ]
    assert found.schema == FINDINGS
    assert found.to_pylist() == wanted


def test_a_column_of_values_needs_no_json(contract: Contract) -> None:
    rows = pa.array([{"page": "1"}, {"page": "x"}, None, {"page": None}])
    whole = pa.array([{"page": 1, "more": [1.5, 2.5]}, {"page": 2, "more": None}])
    assert check_batch(contract, pa.record_batch({"p": rows}), **PLACE).column("row").to_pylist() == [0, 1, 3]
    assert check_batch(contract, pa.record_batch({"p": whole}), **PLACE).num_rows == 0


def test_a_table_a_dictionary_and_columns_that_are_kept(contract: Contract) -> None:
    texts = pa.chunked_array([['{"page": 1}', '{"page": "x"}'], ['{"page": "x"}']]).dictionary_encode()
    table = pa.table({"id": [7, 8, 9], "p": texts})
    found = check_batch(contract, table, keep=["id"], **PLACE)
    assert (found.column("row").to_pylist(), found.column("id").to_pylist()) == ([1, 2], [8, 9])
    assert check_batch(contract, table, column="p", **PLACE).schema == FINDINGS
    with pytest.raises(ValueError, match="give column=, one of id, p"):
        check_batch(contract, table, **PLACE)


def test_what_is_no_json_is_one_finding(contract: Contract) -> None:
    batch = pa.record_batch({"p": pa.array([b"\xff", b'{"page": 1, "page": 2}', b"{"], pa.binary())})
    assert check_batch(contract, batch, **PLACE).column("rule").to_pylist() == ["encoding"] * 3


def test_the_function_travels(contract: Contract) -> None:
    """As a closure that Spark or Ray sends to other machines."""
    function, sent = pickle.loads(pickle.dumps((check_batch, contract)))  # noqa: S301 - our own bytes
    batch = pa.record_batch({"p": ['{"page": "x"}']})
    assert function(sent, batch, operation="tasks.list", status=200) == check_batch(
        contract, batch, operation="tasks.list", status=200
    )
