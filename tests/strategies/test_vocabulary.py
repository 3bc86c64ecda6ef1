"""Unsupported features are rejected with their location; supported keywords are violated and satisfied one by one."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import find, given

import apicontract.strategies
from apicontract.openapi.problems import DocumentInvalid
from apicontract.strategies import (
    NotUnderstood,
    RequestCase,
    boundary_cases,
    invalid_cases,
    invalid_requests,
    valid_requests,
)
from apicontract.strategies.strings import python_pattern
from apicontract.values.patterns import matching
from apicontract.values.vocabulary import check_schema
from tests.strategies.documents import few, reported, searching
from tests.support.orchard import orchard_with
from twelvelabs_contract import Contract


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 3, "maxLength": 2},
        {"type": "object", "required": ["a"], "properties": {"a": {"enum": [1], "minimum": 2}}},
        {"$ref": "#/components/schemas/endless", "description": "An object that holds itself."},
        False,
    ],
)
def test_a_schema_without_values_is_refused(schema: Any) -> None:
    endless = {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/components/schemas/endless"}}}
    contract = orchard_with(thing=schema, endless=endless)
    with pytest.raises(NotUnderstood, match="no value of the body was found"):
        valid_requests(contract, "thing")


def test_of_rules_beyond_counting_some_choices_are_drawn() -> None:
    """Fourteen free choices are more ways than anyone would read."""
    rules = [{"anyOf": [{"required": [f"a{n}"]}, {"required": [f"b{n}"]}]} for n in range(14)]
    contract = orchard_with(thing={"type": "object", "allOf": rules})
    case = find(valid_requests(contract, "thing"), lambda _: True, settings=searching)
    assert contract.check_request(case.request()) == []


@pytest.mark.parametrize("parameter", [{"name": "p", "in": "header"}, {"name": "p", "in": "querystring"}])
def test_parameters_without_a_way_to_the_wire_are_refused_if_they_are_needed(parameter: dict[str, Any]) -> None:
    contract = orchard_with()
    raw = dict(contract.document.raw)
    for required in (True, False):
        own = {**parameter, "required": required, "content": {"application/json": {"schema": True}}}
        operation = {"operationId": "thing", "parameters": [own], "responses": {"200": {"description": "Done."}}}
        raw["paths"] = {**raw["paths"], "/thing": {"get": operation}}
        changed = Contract(type(contract.document)(raw))
        if required:
            with pytest.raises(NotUnderstood, match="not generated"):
                valid_requests(changed, "thing")
        else:
            case = find(valid_requests(changed, "thing"), lambda _: True, settings=searching)
            assert changed.check_request(case.request()) == []


KEYWORDS: dict[str, tuple[str, set[str]]] = {
    "multipleOf": (
        "{type: number, multipleOf: 0.5, minimum: 1, maximum: 3}",
        {"body multipleOf", "body minimum", "body maximum", "body type"},
    ),
    "exclusive bounds": (
        "{type: integer, exclusiveMinimum: 3, exclusiveMaximum: 5}",
        {"body exclusiveMinimum", "body exclusiveMaximum", "body type"},
    ),
    "one integer between open fractions": (
        "{type: integer, exclusiveMinimum: 2.5, exclusiveMaximum: 3.5}",
        {"body exclusiveMinimum", "body exclusiveMaximum", "body type"},
    ),
    "const": ("{const: 5}", {"body const"}),
    "pattern and lengths": (
        "{type: string, pattern: '^[a-c]+$', minLength: 2, maxLength: 4}",
        {"body pattern", "body minLength", "body maxLength", "body type"},
    ),
    "property names": (
        "{type: object, propertyNames: {maxLength: 3}, maxProperties: 2, minProperties: 1}",
        {"body propertyNames", "body maxProperties", "body minProperties", "body type"},
    ),
    "names that begin alike": (
        "{type: object, propertyNames: {pattern: ^x-}, additionalProperties: {type: string}, minProperties: 3}",
        {"body propertyNames", "body minProperties", "body.x- type", "body type"},
    ),
    "names from a list": (
        "{type: object, propertyNames: {enum: [p, q, r]}, additionalProperties: {type: integer}, minProperties: 2}",
        {"body propertyNames", "body minProperties", "body.p type", "body type"},
    ),
    "properties by pattern, and others": (
        "{type: object, patternProperties: {^k: {type: integer}, x+: {minimum: 3}}, additionalProperties: {const: a}}",
        {"body.k type", "body.x minimum", 'body["another key"] const', "body type"},
    ),
    "many different items": (
        "{type: array, items: {type: string, minLength: 2}, minItems: 4, maxItems: 6, uniqueItems: true}",
        {"body uniqueItems", "body minItems", "body maxItems", "body type"}
        | {f"body[{index}] {rule}" for index in (0, 1) for rule in ("type", "minLength")},
    ),
    "several kinds with bounds": (
        "{type: [integer, string, 'null'], minimum: 3, minLength: 2}",
        {"body minimum", "body minLength", "body type"},
    ),
    "a bound between two floats": ("{type: number, minimum: 9007199254740993}", {"body minimum", "body type"}),
    "a format and a length": (
        "{type: string, format: date-time, minLength: 22}",
        {"body format", "body minLength", "body type"},
    ),
    "the opposite of a dependency": ("{type: object, not: {dependentRequired: {a: [b]}}}", {"body not"}),
    "the opposite of a condition": (
        "{not: {if: {type: object}, then: {required: [a]}, else: {type: string}}}",
        {"body not"},
    ),
    "the opposite of a union": (
        "{not: {oneOf: [{type: string}, {type: [string, integer], maxLength: 3}]}}",
        {"body not"},
    ),
    "the opposite of all": ("{not: {allOf: [{type: string}, {properties: {a: {type: string}}}]}}", {"body not"}),
    "the opposite of what others are": ("{type: object, not: {additionalProperties: {type: string}}}", {"body not"}),
    "the opposite of items": ("{type: array, not: {items: {type: integer}}}", {"body not"}),
    "an alternative that is about names": (
        "{type: object, anyOf: [{properties: {a: {minimum: 3}}}, {propertyNames: {maxLength: 2}}]}",
        {"body anyOf", "body type"},
    ),
    "contains": (
        "{type: array, contains: {type: integer}, items: {type: number}, maxItems: 3}",
        {"body contains", "body maxItems", "body[0] type", "body[1] type", "body type"},
    ),
    "contains, more than once": (
        "{type: array, contains: {const: 5}, items: {type: integer}, minContains: 2, maxItems: 3}",
        {"body contains", "body maxItems", "body[0] type", "body[1] type", "body type"},
    ),
    "contains, more than once and different": (
        "{type: array, contains: {minimum: 5}, items: {type: integer, maximum: 7}, minContains: 3, uniqueItems: true}",
        {"body contains", "body uniqueItems", "body type"}
        | {f"body[{index}] {rule}" for index in (0, 1) for rule in ("type", "maximum")},
    ),
    "contains, with room for nothing else": (
        "{type: array, contains: {const: {a: 1}}, items: {type: object, required: [a], properties: {a: {type: integer}}"
        "}, maxItems: 2}",
        {
            *("body contains", "body maxItems", "body type"),
            *(f"body[{index}]{rule}" for index in (0, 1) for rule in (" type", ".a missing", ".a type")),
        },
    ),
    "a union without a tag": (
        "oneOf: [{type: string, maxLength: 3}, {type: string, minLength: 3}]",
        {"body oneOf"},
    ),
    "not": ("{type: integer, not: {minimum: 10}}", {"body not", "body type"}),
    "if, then, else": (
        """
        type: object
        properties: {a: {type: integer}}
        if: {properties: {a: {maximum: 0}}}
        then: {required: [b]}
        else: {required: [c]}
        """,
        {"body.b missing", "body.c missing", "body.a type", "body type"},
    ),
    "a dependency": (
        "{type: object, dependentRequired: {a: [b, c]}}",
        {"body.b dependentRequired", "body.c dependentRequired", "body type"},
    ),
    "a rule in a rule": (
        """
        type: object
        allOf:
          - if: {required: [a]}
            then: {anyOf: [{required: [b]}, {not: {required: [c]}}]}
        """,
        {"body anyOf", "body type"},
    ),
    # A number is no text that begins with b, so it satisfies the pattern, and breaks `not` as well as `type`.
    "texts that must not be": (
        "{type: string, not: {anyOf: [{const: a}, {pattern: ^b}, {format: date}]}}",
        {"body not"},
    ),
    "anything": ("true", set()),
}


@pytest.mark.parametrize("name", KEYWORDS)
def test_keywords_are_broken_one_by_one(name: str) -> None:
    """All and only the rules of the schema are broken, each alone, and everything generated is as it says."""
    text, expected = KEYWORDS[name]
    contract = orchard_with(thing=yaml.safe_load(text))
    cases = [case for case in invalid_cases(contract, "thing") if case.tag and case.twist is None]
    found = {f"{case.tag.where} {case.tag.rule}" for case in cases if case.tag}
    assert found - {"body missing"} == expected
    for case in cases:
        assert case.tag
        assert reported(contract.check_request(case.request())) == [(case.tag.where, case.tag.rule)], case
    for case in boundary_cases(contract, "thing"):
        assert reported(contract.check_request(case.request())) == [], case

    @few
    @given(valid_requests(contract, "thing"), invalid_requests(contract, "thing"))
    def check(right: RequestCase, wrong: RequestCase) -> None:
        assert reported(contract.check_request(right.request())) == []
        assert wrong.tag
        assert reported(contract.check_request(wrong.request())) == [(wrong.tag.where, wrong.tag.rule)], wrong

    check()


def test_a_rule_that_cannot_be_broken_alone_is_left_out() -> None:
    """Three different values of a list of two cannot be had."""
    schema = {"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": True, "maxItems": 2}
    rules = {case.tag.rule for case in invalid_cases(orchard_with(thing=schema), "thing") if case.tag}
    assert "maxItems" not in rules
    assert {"uniqueItems", "enum", "type"} <= rules


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [("^a$", r"^a\Z"), (r"^\$[$]$", r"^\$[$]\Z"), ("a|b", "a|b"), (r"[\]$]$", r"[\]$]\Z"), (r"\\$", r"\\\Z")],
)
def test_patterns_end_where_json_schema_ends_them(pattern: str, expected: str) -> None:
    assert python_pattern(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "simplest"),
    [
        ("^a$", "a"),
        ("^(visual|audio)(,(visual|audio))*$", "visual"),
        ("^[0-9a-f]{8}$", "00000000"),
        ("^(?:x|y){2,3}?z+$", "xxz"),
        (r"^[^a\]-]\.\n.?$", "0.\n"),
        ("^$|b{,2}c{2,}", ""),
        (r"^[\x41-\u0043]$", "A"),
    ],
)
def test_a_pattern_gives_its_simplest_text(pattern: str, simplest: str) -> None:
    found = list(matching(pattern))
    assert found[0] == simplest
    assert all(re.search(python_pattern(pattern), text) for text in found)


@pytest.mark.parametrize("pattern", ["(?=a)b", "(?P<n>a)", "[", "(a", "a)", "a\\", "[^\\x00-\uffff]"])
def test_a_pattern_outside_of_the_subset_gives_none(pattern: str) -> None:
    assert list(matching(pattern)) == []


@pytest.mark.parametrize(
    ("operation", "wanted", "shown"),
    [
        ("tasks.list", lambda query: query.get("page_limit", 0) > 20, [{"page_limit": 21}]),
        ("tasks.list", lambda query: len(query.get("status", ())) > 1, [{"status": ["ready", "ready"]}]),
        (
            "tasks.list",
            lambda query: "é" in query.get("filename", ""),
            [{"filename": "é"}, {"filename": "é and e\u0301"}],
        ),
        ("indexes.videos.list", lambda query: query.get("user_metadata"), [{"user_metadata": {"a": "a"}}]),
    ],
)
def test_values_shrink_to_what_can_be_read(contract: Contract, operation: str, wanted: Any, shown: Any) -> None:
    """Which text it begins with depends on the modules that are loaded, whose constants Hypothesis tries as well."""
    cases = valid_requests(contract, operation)
    case = find(cases, lambda case: bool(wanted(case.arguments["query"])), settings=searching)
    assert case.arguments["query"] in shown


def test_a_failure_shows_the_case_so_that_it_can_be_pasted(contract: Contract) -> None:
    @few
    @given(valid_requests(contract, "tasks.retrieve"))
    def fails(case: RequestCase) -> None:
        raise AssertionError("on purpose")

    with pytest.raises(AssertionError) as reported:
        fails()
    notes = "".join(reported.value.__notes__)
    assert "case=RequestCase(contract, 'tasks.retrieve', {'path': {'task_id': 'a'}})" in notes


def test_the_front_door() -> None:
    public = apicontract.strategies.__all__
    assert public == sorted(public)
    assert set(public) == {
        "Broken",
        "EventStream",
        "ForgedWebhook",
        "NotUnderstood",
        "RequestCase",
        "Twist",
        "Upload",
        "boundary_cases",
        "boundary_requests",
        "broken_event_streams",
        "chunkings",
        "event_streams",
        "forged_webhooks",
        "invalid_cases",
        "invalid_requests",
        "payloads",
        "responses",
        "uploads",
        "valid_requests",
        "webhooks",
    }


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("#/components/schemas/none", "#/components/schemas/none: there is nothing here"),
        ("other.yaml#/a", "#/x/properties/a: "),
    ],
)
def test_a_reference_that_leads_nowhere_is_refused_with_its_place(reference: str, reason: str) -> None:
    with pytest.raises(DocumentInvalid, match="^" + re.escape(reason)):
        check_schema(orchard_with().document, {"properties": {"a": {"$ref": reference}}}, "/x")
