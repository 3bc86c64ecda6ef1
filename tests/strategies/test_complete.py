"""Over enough draws, every kind of value that a schema admits is drawn, and no other.

The expected values are a table written by hand; a naive reader of its few keywords, which shares nothing with `values`,
decides whether a value fits.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.small import body, document, load, operation, posting
from twelvelabs_contract.strategies import RequestCase, invalid_requests, responses, valid_requests

DRAWS = 120
Wanted: TypeAlias = Mapping[str, Callable[[Any], object]]


def drawn(strategy: st.SearchStrategy[Any], draws: int = DRAWS) -> list[Any]:
    """Draw many values, the same every time."""
    found: list[Any] = []

    @settings(
        max_examples=draws,
        phases=[Phase.generate],
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    return found


def fits(schema: Mapping[str, Any], value: Any) -> bool:
    """Whether a value fits: a naive reader of the keywords of the table."""
    kinds: Mapping[str, Callable[[Any], bool]] = {
        "null": lambda v: v is None,
        "boolean": lambda v: isinstance(v, bool),
        "integer": lambda v: isinstance(v, int | float) and not isinstance(v, bool) and v == int(v),
        "number": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
        "string": lambda v: isinstance(v, str),
        "array": lambda v: isinstance(v, list),
        "object": lambda v: isinstance(v, dict),
    }
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            count = sum(fits(branch, value) for branch in schema[keyword])
            return count == 1 if keyword == "oneOf" else count > 0
    if "enum" in schema:
        return any(value == one and isinstance(value, bool) is isinstance(one, bool) for one in schema["enum"])
    types = schema.get("type", list(kinds))
    if not any(kinds[name](value) for name in ([types] if isinstance(types, str) else types)):
        return False
    if isinstance(value, str):
        return bool(schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10**6))
    if isinstance(value, int | float) and not isinstance(value, bool):
        inside = schema.get("minimum", value) <= value <= schema.get("maximum", value)
        above = "exclusiveMinimum" not in schema or value > schema["exclusiveMinimum"]
        return bool(inside and above) and ("exclusiveMaximum" not in schema or value < schema["exclusiveMaximum"])
    if isinstance(value, list):
        once = not schema.get("uniqueItems") or len({json.dumps(item) for item in value}) == len(value)
        counted = schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", 10**6)
        return once and counted and all(fits(schema.get("items", {}), item) for item in value)
    if isinstance(value, dict):
        declared = schema.get("properties", {})
        closed = schema.get("additionalProperties", True) is False
        return bool(
            value.keys() >= set(schema.get("required", ()))
            and not (closed and value.keys() - declared.keys())
            and all(fits(declared.get(name, {}), member) for name, member in value.items())
        )
    return True


def is_wide(text: str) -> bool:
    """Whether a text has letters beyond ASCII."""
    return not text.isascii()


def is_astral(text: str) -> bool:
    """Whether a text has letters that UTF-16 needs two units for."""
    return any(ord(letter) > 0xFFFF for letter in text)


def is_same(one: Any, other: Any) -> bool:
    """Whether two scalars are the same: 1 is not true."""
    return bool(one == other) and type(one) is type(other)


SCHEMAS: list[tuple[dict[str, Any], Wanted, set[str]]] = [
    (
        {"type": "integer", "minimum": -3, "maximum": 40},
        {"least": lambda v: v == -3, "most": lambda v: v == 40, "between": lambda v: -3 < v < 40},
        {"type", "minimum", "maximum"},
    ),
    (
        {"type": "integer", "minimum": 1, "maximum": 1_000_000},
        {"least": lambda v: v == 1, "most": lambda v: v == 1_000_000},
        {"type", "minimum", "maximum"},
    ),
    (
        {"type": "number", "minimum": 0, "maximum": 1},
        {"least": lambda v: v == 0, "most": lambda v: v == 1, "a fraction": lambda v: 0 < v < 1},
        {"type", "minimum", "maximum"},
    ),
    (
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 10},
        {"a fraction": lambda v: v != int(v), "a whole number": lambda v: v == int(v)},
        {"type", "exclusiveMinimum", "exclusiveMaximum"},
    ),
    (
        {"type": "string", "minLength": 2, "maxLength": 5},
        {
            "shortest": lambda v: len(v) == 2,
            "longest": lambda v: len(v) == 5,
            "beyond ASCII": is_wide,
            "beyond 16 bits": is_astral,
        },
        {"type", "minLength", "maxLength"},
    ),
    (
        {"type": "string"},
        {
            "empty": lambda v: v == "",
            "beyond ASCII": is_wide,
            "beyond 16 bits": is_astral,
            "long": lambda v: len(v) > 8,
        },
        {"type"},
    ),
    (
        {"enum": ["a", "é", 1, None, True]},
        {repr(one): partial(is_same, one) for one in ("a", "é", 1, None, True)},
        {"enum"},
    ),
    ({"type": "boolean"}, {"true": lambda v: v is True, "false": lambda v: v is False}, {"type"}),
    (
        {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
        {
            "fewest": lambda v: len(v) == 1,
            "most": lambda v: len(v) == 3,
            "the same twice": lambda v: len({*v}) < len(v),
        },
        {"type", "minItems", "maxItems"},
    ),
    (
        {"type": "array", "items": {"enum": ["x", "y", "z"]}, "uniqueItems": True},
        {"none": lambda v: v == [], "all": lambda v: len(v) == 3, "another order": lambda v: v == ["z", "x", "y"]},
        {"type", "uniqueItems", "enum"},
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"type": "integer"}, "b": {"type": ["string", "null"]}},
            "required": ["b"],
            "additionalProperties": False,
        },
        {
            "optional absent": lambda v: "a" not in v,
            "optional present": lambda v: "a" in v,
            "null": lambda v: v["b"] is None,
            "no null": lambda v: v["b"] is not None,
        },
        {"type", "missing", "undeclared"},
    ),
    (
        {"type": "object", "properties": {"a": {"type": "integer"}}},
        {"undeclared": lambda v: v.keys() - {"a"}, "empty": lambda v: v == {}, "declared": lambda v: "a" in v},
        {"type"},
    ),
    (
        {"oneOf": [{"type": "integer"}, {"type": "string"}, {"type": "array", "items": {"type": "boolean"}}]},
        {"first": lambda v: isinstance(v, int), "second": lambda v: isinstance(v, str), "third": lambda v: v == [True]},
        {"oneOf"},
    ),
    (
        {"anyOf": [{"type": "integer", "maximum": 0}, {"type": "integer", "minimum": 10}]},
        {"first": lambda v: v <= 0, "its bound": lambda v: v == 0, "second": lambda v: v >= 10},
        {"anyOf"},
    ),
]


def missing(found: list[Any], wanted: Wanted) -> list[str]:
    """Return what did not come up."""
    return [name for name, holds in wanted.items() if not any(holds(value) for value in found)]


@pytest.mark.parametrize(("schema", "wanted", "rules"), SCHEMAS, ids=[json.dumps(row[0])[:50] for row in SCHEMAS])
def test_all_that_a_schema_admits_comes_up_and_nothing_else(
    schema: dict[str, Any], wanted: Wanted, rules: set[str], tmp_path: Path
) -> None:
    contract = load(posting(schema), tmp_path)
    requests: list[RequestCase] = drawn(valid_requests(contract, "op"))
    sent = [case.arguments["body"] for case in requests if "body" in case.arguments]
    assert len(sent) < len(requests), "a body that may be missing never is"
    assert missing(sent, wanted) == []
    assert [value for value in sent if not fits(schema, value)] == []
    answered = [json.loads(response.body) for response in drawn(responses(contract, "op", 200))]
    assert missing(answered, wanted) == []
    assert [value for value in answered if not fits(schema, value)] == []
    broken: list[RequestCase] = drawn(invalid_requests(contract, "op"))
    assert rules <= {case.tag.rule for case in broken if case.tag and case.tag.where.startswith("body")}
    for case in broken:
        if case.tag and case.twist is None and "body" in case.arguments and case.tag.where.startswith("body"):
            assert not fits(schema, case.arguments["body"]), case.tag


PLACES: list[dict[str, Any]] = [
    {"name": "q", "in": "query", "schema": {"type": "array", "items": {"enum": ["a", "b"]}}},
    {"name": "X-H", "in": "header", "schema": {"enum": ["a", "b"]}},
    {"name": "c", "in": "cookie", "schema": {"enum": ["a", "b"]}},
    {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}},
]
FORM = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "text": {"type": "string"},
        "file": {"type": "string", "contentMediaType": "application/octet-stream"},
        "list": {"type": "array", "items": {"type": "integer"}},
    },
}


def test_every_carrier_is_used_and_left_out(tmp_path: Path) -> None:
    """Each optional argument is there and not there, and what is wrong is wrong in each of them."""
    answers = {"200": {"description": "ok"}}
    raw = document(
        {"/a/{id}": {"post": operation(parameters=PLACES, requestBody=body({"type": "integer"}), responses=answers)}}
    )
    contract = load(raw, tmp_path)
    seen: Counter[tuple[str, str, bool]] = Counter()
    for case in drawn(valid_requests(contract, "op")):
        for place in PLACES:
            seen[str(place["in"]), str(place["name"]), place["name"] in case.arguments.get(place["in"], {})] += 1
        seen["body", "", "body" in case.arguments] += 1
    expected = {(str(place["in"]), str(place["name"]), given) for place in PLACES for given in (True, False)}
    assert seen.keys() == (expected | {("body", "", True), ("body", "", False)}) - {("path", "id", False)}
    assert min(seen.values()) > DRAWS // 10
    broken = drawn(invalid_requests(contract, "op"), 3 * DRAWS)  # one carrier in each, and the kinds are many
    wrong = {case.tag.where.partition(".")[0] for case in broken if case.tag}
    assert {"query", "header", "cookie", "path", "body"} <= wrong


def test_every_field_of_a_form_is_used_and_left_out(tmp_path: Path) -> None:
    raw = document({"/a": {"post": operation(requestBody={"required": True, **body(FORM, "multipart/form-data")})}})
    found = [case.arguments["body"] for case in drawn(valid_requests(load(raw, tmp_path), "op"))]
    wanted: Wanted = {
        "no file": lambda v: "file" not in v,
        "a file": lambda v: "file" in v,
        "an empty file": lambda v: "file" in v and v["file"].content == b"",
        "a text beyond ASCII": lambda v: is_wide(v["text"]),
        "several in a list": lambda v: len(v.get("list", ())) > 1,
        "no list": lambda v: "list" not in v,
    }
    assert missing(found, wanted) == []


def test_no_path_value_leads_to_another_operation(tmp_path: Path) -> None:
    """Where a literal path goes before a parameter, its name is no value of the parameter."""
    place = {"name": "id", "in": "path", "required": True, "schema": {"enum": ["list", "a", "b"]}}
    paths = {
        "/a/{id}": {"get": operation(parameters=[place])},
        "/a/list": {"get": {**operation(), "operationId": "other"}},
    }
    found = drawn(valid_requests(load(document(paths), tmp_path), "op"), 40)
    assert {case.arguments["path"]["id"] for case in found} == {"a", "b"}
