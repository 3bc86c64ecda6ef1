"""Combined rules: a contradictory combination is dropped before it is combined further."""

from __future__ import annotations

from typing import Any

from apicontract.strategies import boundary_cases, invalid_cases
from tests.support.orchard import orchard_with


def _row(kinds: list[str]) -> dict[str, Any]:
    """Return an object in which a name inside decides which property must be there, and which must not."""
    kind = {"type": "object", "properties": {"name": {"enum": kinds}}, "required": ["name"]}
    return {
        "type": "object",
        "properties": {"kind": kind, **{name: {"type": "boolean"} for name in kinds}},
        "required": ["kind"],
        "additionalProperties": False,
        "allOf": [_demanding(name) for name in kinds],
    }


def _demanding(name: str) -> dict[str, Any]:
    kind = {"properties": {"name": {"const": name}}, "required": ["name"]}
    return {
        "if": {"properties": {"kind": kind}, "required": ["kind"]},
        "then": {"required": [name]},
        "else": {"properties": {name: False}},
    }


def test_many_rules_that_exclude_each_other_are_as_many_alternatives() -> None:
    """Twelve rules with two ways each combine in 4,096 ways, of which twelve are no contradiction."""
    kinds = [f"kind{number}" for number in range(12)]
    bodies = [case.arguments["body"] for case in boundary_cases(orchard_with(Row=_row(kinds)), "Row")]
    assert {body["kind"]["name"] for body in bodies} == {*kinds}
    assert all(body.keys() == {"kind", body["kind"]["name"]} for body in bodies)


def test_each_of_rules_that_exclude_each_other_is_broken() -> None:
    kinds = ["one", "two", "three"]
    cases = invalid_cases(orchard_with(Row=_row(kinds)), "Row")
    assert {f"body.{name}" for name in kinds} <= {
        case.tag.where for case in cases if case.tag and case.tag.rule == "missing"
    }
