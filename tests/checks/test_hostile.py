"""Documents and messages that are made to hurt: no traceback, and nothing blamed on the wrong side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.small import asked, body, document, load, operation, posting
from twelvelabs_contract import Contract, Request

CATASTROPHIC = "^(?:(?=a)(a|aa))+c$|^a+!$"
"""Too many steps for the engine, on a value that fits."""


@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": CATASTROPHIC},
        {"anyOf": [{"pattern": CATASTROPHIC}, {"type": "integer"}]},
        {"not": {"pattern": CATASTROPHIC}},
    ],
)
def test_a_limit_of_the_engine_is_no_violation_of_the_value(schema: Any, tmp_path: Path) -> None:
    contract = load(posting(schema), tmp_path)
    for _ in range(2):
        assert contract.check_payload("a" * 40 + "!", operation="op") == []
    (notice,) = contract.notices
    assert "could not be checked by this pattern: Error executing regex" in notice.message


def test_a_request_body_without_content_may_be_any(tmp_path: Path) -> None:
    contract = load(document({"/a": {"post": operation(requestBody={"content": {}, "required": True})}}), tmp_path)
    assert asked(contract, content=b"x", headers={"content-type": "a/b"}) == []
    assert asked(contract, method="POST") == [("body", "missing")]
    assert contract.check_arguments(contract.operation("op"), {"body": 1}) == []


@pytest.mark.parametrize("schema", [True, {"properties": []}, {"properties": {"stream": 1}}, {"properties": {}}])
def test_the_flag_of_a_stream_may_be_declared_nowhere(schema: Any, tmp_path: Path) -> None:
    streaming = {"flag": "stream", "first": "a", "last": ["b"]}
    raw = document({"/a": {"post": {**operation(requestBody=body(schema)), "x-streaming": streaming}}})
    contract = load(raw, tmp_path)
    assert _streamed(contract, b"{}") is None
    assert _streamed(contract, b'{"stream": true}') is True


def _streamed(contract: Contract, content: bytes) -> bool | None:
    return contract.streamed(contract.operation("op"), Request("POST", "https://api.example.com/a", body=content))
