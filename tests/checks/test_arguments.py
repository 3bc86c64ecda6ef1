"""Arguments are checked before they are encoded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.small import body, document, load, operation
from twelvelabs_contract import Contract


def test_arguments_are_checked_before_they_are_encoded(contract: Contract) -> None:
    """The same rules without the wire: a body where none belongs, none where one does."""

    def found(operation: str, **arguments: Any) -> list[tuple[str, str]]:
        reported = contract.check_arguments(contract.operation(operation), arguments)
        return [(violation.where, violation.rule) for violation in reported]

    assert found("tasks.list", query={"page_limit": 51}) == [("query.page_limit", "maximum")]
    assert found("tasks.list", body={}) == [("body", "undeclared")]
    assert found("gist") == [("body", "missing")]
    assert found("gist", body={"video_id": "v"}) == [("body.types", "missing")]
    assert found("search.create", body={"index_id": ""}) != []


def test_arguments_may_leave_out_a_place_where_nothing_is_required(contract: Contract) -> None:
    missing = contract.check_arguments(contract.operation("indexes.retrieve"), {})
    assert [(violation.where, violation.rule) for violation in missing] == [("path.index_id", "missing")]
    assert contract.check_arguments(contract.operation("tasks.list"), {}) == []


def test_arguments_of_a_path_are_checked(contract: Contract) -> None:
    found = contract.check_arguments(contract.operation("tasks.retrieve"), {"path": {"task_id": ""}})
    assert [(violation.where, violation.rule) for violation in found] == [("path.task_id", "minLength")]


HELD = {"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "integer"}}
NUMBER = {"type": "integer"}


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ({}, []),
        ({"cookie": {"c": 5}, "query": {"a": "5"}, "body": {"n": 1}}, []),
        ({"cookie": {"c": "x"}}, [("cookie.c", "type")]),
        ({"cookie": {"d": 5}}, [("cookie.d", "undeclared")]),
        ({"header": {"d": 5}}, [("header.d", "undeclared")]),
        ({"query": {"a": "{"}}, [("query.a", "encoding")]),
        ({"query": {"b": '"x"'}}, [("query.b", "type")]),
        ({"body": b"{}"}, [("body", "type")]),
    ],
)
def test_arguments_of_every_place(arguments: Any, wrong: Any, tmp_path: Path) -> None:
    parameters = [
        {"name": "c", "in": "cookie", "schema": NUMBER},
        *({"name": name, "in": "query", "schema": HELD} for name in "ab"),
    ]
    own = operation(parameters=parameters, requestBody=body({"type": "object", "properties": {"n": NUMBER}}))
    contract = load(document({"/a": {"post": own}}), tmp_path)
    found = contract.check_arguments(contract.operation("op"), arguments)
    assert [(violation.where, violation.rule) for violation in found] == wrong
