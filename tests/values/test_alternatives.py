"""Combined rules: a contradictory combination is dropped before it is combined further."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from apicontract.strategies import boundary_cases, invalid_cases
from apicontract.values.alternatives import LIMIT, Alternatives
from apicontract.values.vocabulary import NotUnderstood
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


def test_of_alternatives_beyond_the_limit_the_first_are_kept() -> None:
    found = Alternatives(orchard_with().document)
    assert len(found.of({"anyOf": [{"const": number} for number in range(LIMIT)]})) == LIMIT
    assert found.whole
    kept = found.of({"anyOf": [{"const": number} for number in range(LIMIT + 1)]})
    assert [alternative.only for alternative in kept] == [(number,) for number in range(50)]
    assert not found.whole


def test_combinations_are_tried_up_to_a_number_and_no_further_than_patience() -> None:
    pairs = {"allOf": [{"anyOf": [{"required": [f"a{n}"]}, {"required": [f"b{n}"]}]} for n in range(14)]}
    found = Alternatives(orchard_with().document)
    assert found.possible(pairs)
    assert found.whole
    assert [*islice(found.each(pairs), 2)]
    found.patience = 2
    assert len(found.of({"anyOf": [{"const": 1}, {"const": 2}]})) == 2
    assert found.patience == 0
    with pytest.raises(NotUnderstood, match="combine in too many ways to enumerate"):
        found.of({"const": 3})


X, Y = {"$ref": "#/X"}, {"$ref": "#/Y"}


SCHEMAS: dict[str, Any] = {
    "/X": {"type": "object", "required": ["y"], "properties": {"y": Y}},
    "/Y": {"anyOf": [{"type": "object", "required": ["x"], "properties": {"x": X}}, {"const": 2}]},
}
"""Two schemas that hold each other: an X must hold a Y, which is an object with an X, or a number."""


class Both:
    """They as a document."""

    def at(self, pointer: str) -> Any:
        """Return one of them."""
        return SCHEMAS[pointer]


@pytest.mark.parametrize(("first", "order"), [("of", (X, Y)), ("possible", (X, Y)), ("possible", (Y, X))])
def test_what_was_cut_short_inside_of_another_schema_is_not_kept_for_itself(first: str, order: Any) -> None:
    """Whichever is asked for first, each has the same alternatives."""
    found = Alternatives(Both())
    assert all(getattr(found, first)(schema) for schema in order)
    assert [alternative.kinds for schema in (X, Y) for alternative in found.of(schema)] == [
        ("object",),
        ("object",),
        ("integer",),
    ]
