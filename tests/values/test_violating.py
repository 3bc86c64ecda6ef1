"""The kinds of invalid values are a registry: a new entry is a new kind of invalid request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import find

from apicontract.strategies import invalid_cases, invalid_requests
from apicontract.values.alternatives import Alternatives
from apicontract.values.document import values_of
from apicontract.values.negation import negations
from apicontract.values.violating import KINDS, Change, Kind
from tests.strategies.documents import reported, searching
from tests.support.orchard import orchard_with


def _quarters(schema: Mapping[str, Any], _: Alternatives) -> Iterator[Change]:
    """Send a fraction where whole numbers are meant, as a division does."""
    if schema.get("type") == "integer":
        yield (), "a quarter", {"const": 7.25}


def test_a_kind_from_outside_is_drawn_and_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "quarters", Kind("a whole number with a fraction", "type", _quarters))
    row = {"type": "object", "properties": {"trees": {"type": "array", "items": {"type": "integer", "minimum": 1}}}}
    contract = orchard_with(Row=row)
    quarters = [case for case in invalid_cases(contract, "Row") if case.about.endswith("a quarter")]
    assert [case.arguments["body"] for case in quarters] == [{"trees": [7.25]}, {"trees": [1, 7.25]}]
    drawn = find(invalid_requests(contract, "Row"), lambda case: case.about.endswith("a quarter"), settings=searching)
    for case in (*quarters, drawn):
        assert case.tag is not None
        assert reported(contract.check_request(case.request())) == [(case.tag.where, "type")]


TAGGED = {
    "oneOf": [
        {"type": "object", "required": ["kind"], "properties": {"kind": {"const": kind}}} for kind in ("apple", "pear")
    ],
    "discriminator": {"propertyName": "kind"},
}
CLOSED = {"type": "object", "properties": {"b": {"type": "integer"}}}
BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("type", {"type": "integer"}, "body.a"),
    ("enum", {"enum": ["x", "y"]}, "body.a"),
    ("const", {"const": "x"}, "body.a"),
    ("minimum", {"type": "integer", "minimum": 3}, "body.a"),
    ("maximum", {"type": "integer", "maximum": 3}, "body.a"),
    ("exclusiveMinimum", {"type": "number", "exclusiveMinimum": 3}, "body.a"),
    ("exclusiveMaximum", {"type": "number", "exclusiveMaximum": 3}, "body.a"),
    ("multipleOf", {"type": "integer", "multipleOf": 3}, "body.a"),
    ("minLength", {"type": "string", "minLength": 3}, "body.a"),
    ("maxLength", {"type": "string", "maxLength": 3}, "body.a"),
    ("pattern", {"type": "string", "pattern": "^[0-9]+$"}, "body.a"),
    ("format", {"type": "string", "format": "date"}, "body.a"),
    ("minItems", {"type": "array", "minItems": 2}, "body.a"),
    ("maxItems", {"type": "array", "maxItems": 2}, "body.a"),
    ("uniqueItems", {"type": "array", "uniqueItems": True}, "body.a"),
    ("contains", {"type": "array", "contains": {"const": 5}}, "body.a"),
    ("minProperties", {"type": "object", "minProperties": 1}, "body.a"),
    ("maxProperties", {"type": "object", "maxProperties": 1}, "body.a"),
    ("not", {"not": {"type": "string"}}, "body.a"),
    ("missing", {"type": "object", "required": ["b"]}, "body.a.b"),
    ("undeclared", {**CLOSED, "additionalProperties": False}, "body.a.bs"),
    ("undeclared", {**CLOSED, "unevaluatedProperties": False}, "body.a.bs"),
    ("propertyNames", {"type": "object", "propertyNames": {"pattern": "^[a-z]+$"}}, "body.a"),
    ("dependentRequired", {"type": "object", "dependentRequired": {"b": ["c"]}}, "body.a.c"),
    ("anyOf", {"anyOf": [{"type": "integer"}, {"type": "boolean"}]}, "body.a"),
    ("oneOf", {"oneOf": [{"type": "integer"}, {"type": "boolean"}]}, "body.a"),
    ("missing", TAGGED, "body.a.kind"),
    ("oneOf", TAGGED, "body.a.kind"),
    ("oneOf", TAGGED, "body.a"),
    ("encoding", {"type": "string", "contentMediaType": "application/json", "contentSchema": True}, "body.a"),
]
"""Each rule that can be broken alone, a schema that states it, and where."""


@pytest.mark.parametrize(("rule", "schema", "place"), BROKEN)
def test_each_rule_that_is_stated_is_broken_by_a_case(rule: str, schema: dict[str, Any], place: str) -> None:
    contract = orchard_with(Row={"type": "object", "properties": {"a": schema}})
    tags = {(case.tag.where, case.tag.rule) for case in invalid_cases(contract, "Row") if case.tag}
    assert (place, rule) in tags


def test_a_rule_of_each_kind_is_among_them() -> None:
    assert {kind.rule for kind in KINDS.values()} == {rule for rule, *_ in BROKEN}


def test_each_kind_says_what_it_changes_and_what_is_reported() -> None:
    for name, kind in KINDS.items():
        assert kind.changes, name
        assert kind.rule, name


def test_invalid_json_is_sent_only_where_the_checker_reads_json() -> None:
    """It does in the properties of a body, and not in what is below them: there nothing would be reported."""
    text = {"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "object"}}
    below = {"type": "object", "properties": {"note": text}}
    contract = orchard_with(Row={"type": "object", "properties": {"note": text, "more": below}})
    cases = [case for case in invalid_cases(contract, "Row") if case.tag and case.tag.rule == "encoding"]
    assert {case.tag.where for case in cases if case.tag} == {"body", "body.note"}
    for case in cases:
        assert case.tag is not None
        assert reported(contract.check_request(case.request())) == [(case.tag.where, "encoding")]
    mutations = values_of(contract.document).mutations
    for depth, abouts in ((-1, []), (0, ["no JSON"]), (1, [])):
        found = mutations.of(text, json_depth=depth)
        assert [mutation.about for mutation in found if mutation.rule == "encoding"] == abouts


@pytest.mark.parametrize(
    "schema",
    [
        {"patternProperties": {"^x-": {"type": "integer"}}},
        {"properties": {"a": {"type": "integer"}}},
        {"additionalProperties": {"type": "integer"}},
        {"dependentRequired": {"a": ["b"]}},
        {"required": ["a", "b"]},
        {"items": {"type": "integer"}},
        {"contains": {"type": "integer"}},
        {"uniqueItems": True},
        {"anyOf": [{"type": "integer"}, {"type": "array", "maxItems": 1}]},
        {"oneOf": [{"type": "number"}, {"type": "integer"}]},
        {"allOf": [{"minimum": 3}, {"maximum": 5}]},
        {"not": {"type": ["integer", "string"]}},
        {"if": {"type": "string"}, "then": {"maxLength": 2}, "else": {"minimum": 4}},
        {"type": "string", "pattern": "^[0-9]{3}$"},
        {"multipleOf": 5},
        {"enum": ["a", 1, None]},
        {"const": "a"},
    ],
    ids=lambda schema: next(reversed(schema)),
)
def test_the_negation_of_a_schema_admits_nothing_that_the_schema_does(schema: Mapping[str, Any]) -> None:
    """Another engine refuses every value that is listed for what a schema refuses, and there are some."""
    found = values_of(orchard_with(Row={"type": "object"}).document)
    engine = jsonschema_rs.validator_for({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
    values = [bound.value for negation in negations(schema) for bound in found.boundaries.of(negation)]
    assert values
    assert [value for value in values if engine.is_valid(value)] == []


def test_inside_of_what_may_be_null_each_rule_is_broken_at_its_place() -> None:
    """The checker reports what is wrong inside of an object there, and of a single value that it is neither."""
    place = {"type": "object", "required": ["row"], "properties": {"row": {"type": "integer", "minimum": 1}}}
    contract = orchard_with(Row={"type": "object", "properties": {"at": {"anyOf": [place, {"type": "null"}]}}})
    cases = [case for case in invalid_cases(contract, "Row") if case.tag and case.tag.where.startswith("body.at")]
    tags = {(case.tag.where, case.tag.rule) for case in cases if case.tag}
    expected = {("body.at.row", "missing"), ("body.at.row", "type"), ("body.at.row", "minimum")}
    assert tags == {*expected, ("body.at", "anyOf"), ("body.at", "type")}
    for case in cases:
        assert case.tag is not None
        assert reported(contract.check_request(case.request())) == [(case.tag.where, case.tag.rule)]


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
def test_of_variants_the_tag_is_left_out_and_unknown_and_no_object_is_one(keyword: str) -> None:
    kinds = {
        name: {"type": "object", "required": ["kind"], "properties": {"kind": {"const": name}}} for name in ("a", "b")
    }
    union = {keyword: [*kinds.values()], "discriminator": {"propertyName": "kind"}}
    contract = orchard_with(Row={"type": "object", "properties": {"at": union}})
    cases = [case for case in invalid_cases(contract, "Row") if case.tag and case.tag.where.startswith("body.at")]
    tags = {(case.tag.where, case.tag.rule, case.about) for case in cases if case.tag}
    assert tags == {
        ("body.at.kind", "missing", "body.at.kind: kind is missing"),
        ("body.at.kind", keyword, "body.at.kind: an unknown kind"),
        ("body.at", keyword, "body.at: no object"),
    }
    for case in cases:
        assert case.tag is not None
        assert reported(contract.check_request(case.request())) == [(case.tag.where, case.tag.rule)]


def test_null_comes_first_among_values_of_another_type() -> None:
    """Of a broken value inside of another few are listed, and null is what is sent most."""
    contract = orchard_with(Row={"type": "object", "properties": {"at": {"properties": {"row": {"type": "integer"}}}}})
    cases = [case for case in invalid_cases(contract, "Row") if case.tag and case.tag.where == "body.at.row"]
    assert cases[0].arguments["body"] == {"at": {"row": None}}


def test_what_nearly_matches_a_pattern_is_listed() -> None:
    contract = orchard_with(Row={"type": "object", "properties": {"code": {"type": "string", "pattern": "^[0-9]{3}$"}}})
    cases = [case for case in invalid_cases(contract, "Row") if case.tag and case.tag.rule == "pattern"]
    found = {case.arguments["body"]["code"] for case in cases}
    assert {" 000", "000 ", "00"} <= found


def test_items_that_differ_by_position_are_broken_each_by_its_own_rule() -> None:
    """And those after them by the rule of the rest."""
    pair = {"type": "array", "prefixItems": [{"type": "string"}, {"type": "boolean"}], "items": {"type": "integer"}}
    contract = orchard_with(Row={"type": "object", "required": ["pair"], "properties": {"pair": pair}})
    cases = [case for case in invalid_cases(contract, "Row") if case.tag and case.tag.where.startswith("body.pair[")]
    wrong = {case.tag.where: case.arguments["body"]["pair"] for case in cases if case.tag and case.tag.rule == "type"}
    assert [*wrong] == ["body.pair[0]", "body.pair[1]", "body.pair[2]", "body.pair[3]"]
    for case in cases:
        assert case.tag is not None
        assert reported(contract.check_request(case.request())) == [(case.tag.where, case.tag.rule)]


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
@pytest.mark.parametrize("other", [{"type": "null"}, {"const": None}, {"type": ["null", "string"]}])
def test_what_may_stand_beside_variants_is_not_called_wrong(keyword: str, other: Any) -> None:
    """Such as null: what is wrong then is no object, nor that."""
    variant = {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "a"}}}
    union = {keyword: [variant, other], "discriminator": {"propertyName": "kind"}}
    contract = orchard_with(Row={"type": "object", "properties": {"at": union}})
    cases = [case for case in invalid_cases(contract, "Row") if case.tag and case.tag.where.startswith("body.at")]
    tags = {(case.tag.where, case.tag.rule) for case in cases if case.tag}
    assert tags == {("body.at.kind", "missing"), ("body.at", keyword)}
    for case in cases:
        assert case.tag is not None
        assert reported(contract.check_request(case.request())) == [(case.tag.where, case.tag.rule)]
