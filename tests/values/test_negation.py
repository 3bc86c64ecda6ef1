"""What breaks a rule lies next to it, and nothing that keeps it is among that."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import jsonschema_rs
import pytest

from apicontract.checks.assertions import asserts
from apicontract.values.document import values_of
from apicontract.values.known import Facts
from apicontract.values.negation import undeclared_name
from apicontract.values.recursion import Kept
from tests.support.orchard import orchard_with

VALUES = values_of(orchard_with().document)


@pytest.mark.parametrize(
    ("keyword", "nearest"),
    [
        ("minLength", 2),
        ("maxLength", 4),
        ("minItems", 2),
        ("maxItems", 4),
        ("maxProperties", 4),
        ("minimum", 2),
        ("maximum", 4),
        ("exclusiveMinimum", 3),
        ("exclusiveMaximum", 3),
    ],
)
def test_the_nearest_value_beyond_a_bound_is_found(keyword: str, nearest: int) -> None:
    found = [boundary.value for boundary in VALUES.boundaries.of({"not": {keyword: 3}})]
    assert nearest in [value if isinstance(value, int | float) else len(value) for value in found]
    assert not any(asserts(keyword, 3, value) for value in found)


def test_objects_with_fewer_properties_have_at_most_one_less() -> None:
    (alternative,) = VALUES.alternatives.of({"not": {"minProperties": 3}})
    assert (alternative.kinds, alternative.object.most) == (("object",), 2)


@pytest.mark.parametrize("keyword", ["minLength", "minItems", "minProperties"])
def test_nothing_has_less_than_nothing(keyword: str) -> None:
    assert not VALUES.alternatives.possible({"not": {keyword: 0}})
    assert [len(boundary.value) for boundary in VALUES.boundaries.of({"not": {keyword: 1}})] == [0]


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        ({"propertyNames": {"maxLength": 3}}, lambda value: any(len(name) > 3 for name in value)),
        ({"patternProperties": {"^n": {"type": "integer"}}}, lambda value: any(name[0] == "n" for name in value)),
        (
            {"properties": {"unknown": {}, "unknown_": {}}, "additionalProperties": False},
            lambda value: "unknown__" in value,
        ),
        (
            {"if": {"required": ["a"]}, "then": True, "else": {"required": ["b"]}},
            lambda value: not {"a", "b"} & {*value},
        ),
        ({"oneOf": [{"required": ["a"]}, {"required": ["b"]}]}, lambda value: ("a" in value) is ("b" in value)),
        ({"uniqueItems": True}, lambda value: len(value) == 2 and value[0] == value[1]),
        ({"not": {"const": 5}}, lambda value: value == 5),
    ],
)
def test_a_rule_is_broken(rule: dict[str, Any], broken: Any) -> None:
    value = VALUES.boundaries.simplest({"not": rule})
    assert broken(value), value


LARGE, SMALL, TEXT = {"type": "integer", "minimum": 5}, {"type": "integer", "maximum": 3}, {"type": "string"}


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        *(
            ({"oneOf": branches}, {"none of them", "two of them"})
            for branches in permutations([{"type": "integer"}, TEXT, {"type": "number", "minimum": 5}])
        ),
        *(
            ({"oneOf": branches}, {"none of them", "two of them"})
            for branches in permutations([LARGE, SMALL, {"maxLength": 2, "type": ["string", "integer"]}])
        ),
        ({"oneOf": [LARGE, SMALL, TEXT]}, {"none of them"}),
        ({"oneOf": [LARGE]}, {"none of them"}),
        ({"oneOf": [LARGE, LARGE]}, {"none of them", "two of them"}),
        ({"oneOf": [True, True]}, {"two of them"}),
        ({"oneOf": [True, LARGE, TEXT]}, {"two of them"}),
        ({"anyOf": [LARGE, SMALL, TEXT]}, {"none of them"}),
        ({"anyOf": [LARGE, True]}, set()),
        (
            {"allOf": [{"type": "integer"}, {"minimum": 5}, {"maximum": 7}]},
            {"one of them", "two of them"},
        ),
        ({"allOf": [True, LARGE]}, {"one of them"}),
    ],
)
def test_each_way_to_break_a_union_is_found(rule: dict[str, Any], broken: set[str]) -> None:
    """By fitting none of its branches, or too many, or too few: which two of them fit depends on no order."""
    (branches,) = rule.values()
    found = [boundary.value for boundary in VALUES.boundaries.of({"not": rule})]
    numbers = [sum(jsonschema_rs.is_valid(branch, value) for branch in branches) for value in found]
    assert {f"{('none', 'one', 'two')[number]} of them" for number in numbers} == broken
    for branch in () if "oneOf" in rule else branches:  # each is broken, if any is and it can be
        assert any(not jsonschema_rs.is_valid(branch, value) for value in found) is (
            bool(broken) and branch is not True
        )
    assert not any(jsonschema_rs.is_valid(rule, value) for value in found)


@pytest.mark.parametrize(
    ("rule", "broken"),
    [
        ({"if": {"minimum": 5}, "then": {"maximum": 7}, "else": {"maximum": 3}}, {"then", "else"}),
        ({"if": {"minimum": 5}, "then": {"maximum": 7}}, {"then"}),
        ({"if": {"minimum": 5}, "else": {"maximum": 3}}, {"else"}),
        ({"if": {"minimum": 5}}, set()),
        ({"then": {"maximum": 7}, "else": {"maximum": 3}}, set()),
        ({"if": True, "then": {"maximum": 7}, "else": False}, {"then"}),
        ({"if": False, "then": False, "else": {"maximum": 3}}, {"else"}),
    ],
)
def test_each_way_to_break_a_condition_is_found(rule: dict[str, Any], broken: set[str]) -> None:
    found = [boundary.value for boundary in VALUES.boundaries.of({"allOf": [{"type": "integer"}, {"not": rule}]})]
    held = [jsonschema_rs.is_valid(rule.get("if", True), value) for value in found]
    assert {"then" if one else "else" for one in held} == broken
    assert not any(jsonschema_rs.is_valid(rule, value) for value in found)


@pytest.mark.parametrize(
    "rule",
    [
        {"dependentRequired": {"a": ["b", "c"]}},
        {"dependentRequired": {"a": ["b"], "b": ["c"]}},
        {"required": ["b", "a", "c"]},
    ],
)
@pytest.mark.parametrize("name", ["b", "c"])
def test_each_name_that_is_needed_can_be_the_one_that_is_left_out(rule: dict[str, Any], name: str) -> None:
    others = {"type": "object", "required": [other for other in "abc" if other != name]}
    found = [boundary.value for boundary in VALUES.boundaries.of({"allOf": [others, {"not": rule}]})]
    assert found
    assert not any(name in value or jsonschema_rs.is_valid(rule, value) for value in found)


@pytest.mark.parametrize(
    ("patterns", "possible"), [({}, True), ({"^x": {}}, True), ({"^u": {}}, False), ({"^x": {}, "n$": {}}, False)]
)
def test_another_name_is_none_that_a_pattern_describes(patterns: dict[str, Any], *, possible: bool) -> None:
    rule = {"patternProperties": patterns, "additionalProperties": False}
    found = [boundary.value for boundary in VALUES.boundaries.of({"not": rule})]
    assert any("unknown" in value for value in found) is possible
    assert not any(jsonschema_rs.is_valid(rule, value) for value in found)


def test_what_cannot_be_broken_is_not() -> None:
    for rule in ({"uniqueItems": False}, {"format": "unheard"}, {"title": "a"}):
        assert not VALUES.alternatives.possible({"not": rule}), rule


def test_an_undeclared_name_is_declared_nowhere() -> None:
    assert undeclared_name({}) == "unknown"
    assert undeclared_name({"unknown": {}, "unknown_": {}}) == "unknown__"


@pytest.mark.parametrize(
    ("one", "other", "possible"),
    [
        ({"const": True}, {"const": 1}, False),
        ({"const": 1}, {"const": 1.0}, True),
        ({"enum": ["a"]}, {"never": ["a"]}, False),
        ({"enum": ["a", "b"]}, {"never": ["a"]}, True),
        ({"enum": [0]}, {"never": [0.0]}, False),
        ({"enum": [True]}, {"never": [1]}, True),
        ({"enum": ["a"]}, {"not": {"const": "a"}}, False),
        ({"enum": ["a"]}, {"not": {"const": "a", "minLength": 5}}, True),
    ],
)
def test_true_is_not_one_and_a_refused_value_is_not_left(one: Any, other: Any, possible: bool) -> None:
    """Neither in what is known beforehand, nor in what is tried."""
    assert VALUES.alternatives.possible({"allOf": [one, other]}) is possible
    assert Facts(lambda _: True, Kept()).of({"allOf": [one, other]}).possible is possible
