"""Proofs about two schemas: that they are equal, that one includes the other, or neither."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from apicontract.changes.forms import Forms, shortened
from apicontract.changes.sides import IN_TEXT, placed

VALUES: list[Any] = [
    *(None, True, False, *(n / 2 for n in range(-2, 13)), *range(7)),
    *("", "a", "b", "ab", "ba", "abc"),
    *([], [1], [2], [0.5], ["a"], [1, 1], [1, 2], [1, "a"], [0.5, "a"], ["a", "b"], [1, 1, 1]),
    *({}, {"a": 1}, {"a": 0.5}, {"a": "a"}, {"b": 1}, {"ab": "x"}, {"a": 1, "b": "x"}, {"a": 1, "b": 2, "c": 3}),
]
EQUAL: dict[str, tuple[Any, Any]] = {
    "an open bound of an integer": ({"type": "integer", "exclusiveMinimum": 0}, {"type": "integer", "minimum": 1}),
    "an open bound above": ({"type": "integer", "exclusiveMaximum": 9}, {"type": "integer", "maximum": 8}),
    "a fraction as a bound": ({"type": "integer", "minimum": 0.5}, {"type": "integer", "minimum": 1}),
    "a required name and a rule": (
        {"dependentRequired": {"a": ["b"]}},
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
    ),
    "one or the other, and not both": (
        {"oneOf": [{"required": ["a"]}, {"required": ["b"]}]},
        {"anyOf": [{"required": ["a"], "not": {"required": ["b"]}}, {"required": ["b"], "not": {"required": ["a"]}}]},
    ),
    "a value that its length excludes": ({"enum": ["a", "bcd"], "maxLength": 2}, {"const": "a"}),
    "items of anything": ({"items": {}}, {}),
    "a property of anything": ({"properties": {"a": True}}, {}),
    "other properties of anything": ({"properties": {"a": {}}, "additionalProperties": True}, {}),
    "names of anything": ({"propertyNames": {"minLength": 0}}, {}),
    "lists that may repeat": ({"uniqueItems": False, "minItems": 0}, {}),
    "every part says nothing": ({"allOf": [{}, True], "anyOf": [{}, {"type": "null"}], "not": False}, {}),
    "a condition that always holds": ({"if": {}, "then": {"minimum": 1}, "else": False}, {"minimum": 1}),
    "both truth values": ({"enum": [False, True]}, {"type": "boolean"}),
    "no type left": ({"type": ["string", "null"], "not": {"type": "string"}}, {"type": "null"}),
    "a number and a fraction": ({"type": ["integer", "number"]}, {"type": "number"}),
    "a multiple of one": ({"type": "number", "multipleOf": 1}, {"type": "integer"}),
    "the same twice": ({"allOf": [{"minLength": 2}, {"minLength": 3}]}, {"minLength": 3}),
    "choices that share a rule": (
        {"anyOf": [{"type": "string", "maxLength": 2}, {"type": "string", "maxLength": 1}]},
        {"type": "string", "maxLength": 2},
    ),
    "nothing": ({"type": "string", "minLength": 3, "maxLength": 2}, False),
}
NARROWER: dict[str, tuple[Any, Any]] = {
    "a bound": ({"minimum": 2}, {"minimum": 1}),
    "an open bound": ({"exclusiveMinimum": 1}, {"minimum": 1}),
    "a bound above": ({"maximum": 1}, {"maximum": 2}),
    "a length": ({"minLength": 2}, {"minLength": 1}),
    "a size": ({"maxItems": 1}, {"maxItems": 2}),
    "a multiple": ({"multipleOf": 4}, {"multipleOf": 2}),
    "a value": ({"enum": ["a"]}, {"enum": ["a", "b"]}),
    "a value and a pattern": ({"const": "ab"}, {"type": "string", "pattern": "^a"}),
    "an item": ({"items": {"type": "integer"}}, {"items": {"type": "number"}}),
    "a property": ({"properties": {"a": {"maximum": 1}}}, {"properties": {"a": {"maximum": 2}}}),
    "a closed object": (
        {"properties": {"a": {}}, "additionalProperties": False},
        {"properties": {"a": {}, "b": {}}, "additionalProperties": False},
    ),
    "a branch": ({"type": "string"}, {"anyOf": [{"type": "string"}, {"type": "null"}]}),
    "a name": ({"required": ["a", "b"]}, {"required": ["a"]}),
}


def _included(one: Any, other: Any) -> bool:
    forms = Forms()
    return forms.included(forms.of({}, one), forms.of({}, other))


@pytest.mark.parametrize("name", EQUAL)
def test_the_same_is_proved_to_be_the_same(name: str) -> None:
    forms = Forms()
    one, other = (forms.of({}, schema) for schema in EQUAL[name])
    assert forms.equal(one, other)


@pytest.mark.parametrize("name", NARROWER)
def test_less_is_proved_to_be_less_and_not_more(name: str) -> None:
    one, other = NARROWER[name]
    assert _included(one, other)
    assert not _included(other, one)


ONE: list[dict[str, Any]] = [
    *({"multipleOf": step} for step in (0.5, 1, 1.5, 2, 3, 4)),
    *({key: n} for key in ("minLength", "maxLength", "minItems", "maxItems") for n in (0, 1, 2)),
    *({key: n} for key in ("minProperties", "maxProperties") for n in (0, 1, 2)),
    *({"pattern": pattern} for pattern in ("^a", "b")),
    *({"enum": values} for values in (["a"], ["a", 1], [1, 2], [1.0], [None, True])),
    *({"type": kind} for kind in ("null", "boolean", "integer", "number", "string", "array", "object")),
    *({"required": names} for names in ([], ["a"], ["b"], ["a", "b"])),
    *({"properties": {"a": {"type": kind}}} for kind in ("integer", "number")),
    *({"properties": {"a": {}}, "additionalProperties": held} for held in (False, {"type": "integer"})),
    *({"items": {"type": kind}} for kind in ("integer", "number", "string")),
    *({"prefixItems": [{"type": "integer"}], "items": held} for held in (False, True, {"type": "string"})),
    *({"contains": {"const": 1}, "minContains": n} for n in (0, 1, 2)),
    *({"contains": {"type": kind}, "maxContains": n} for kind in ("integer", ["integer", "string"]) for n in (1, 2)),
    {"uniqueItems": True},
    {"dependentRequired": {"a": ["b"]}},
    {"propertyNames": {"maxLength": 1}},
    {"patternProperties": {"^a": {"type": "integer"}}},
    {"oneOf": [{"type": "integer"}, {"multipleOf": 2}]},
    {"not": {"required": ["a"]}},
]
"""Schemas of one rule, of each keyword."""


def test_of_any_two_rules_only_what_is_so_is_proved() -> None:
    forms = Forms()
    validators = [jsonschema_rs.Draft202012Validator(schema) for schema in ONE]
    admitted = [{n for n, value in enumerate(VALUES) if one.is_valid(value)} for one in validators]
    read = [forms.of({}, schema) for schema in ONE]
    for one, form, values in zip(ONE, read, admitted, strict=True):
        for other, its_form, its_values in zip(ONE, read, admitted, strict=True):
            assert not forms.included(form, its_form) or values <= its_values, (one, other)


BOUNDS = [
    {key: value} for key in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum") for value in (0, 1, 1.5, 2)
]
BOUNDED = [*BOUNDS, *({**low, **high} for low in BOUNDS for high in BOUNDS if low.keys() != high.keys())]
GRID = [number / 4 for number in range(-4, 16)]


@pytest.mark.parametrize("kind", ["number", "integer"])
def test_bounds_are_compared_exactly(kind: str) -> None:
    """Of two intervals it is proved that one lies in the other if it does, and never otherwise."""
    forms = Forms()
    grid = [value for value in GRID if kind == "number" or value.is_integer()]
    known = []
    for bounds in BOUNDED:
        validator = jsonschema_rs.Draft202012Validator({"type": kind, **bounds})
        known.append((bounds, forms.of({}, {"type": kind, **bounds}), {v for v in grid if validator.is_valid(v)}))
    for one, form, values in known:
        for other, its_form, its_values in known:
            assert forms.included(form, its_form) == (values <= its_values), (one, other)


def test_what_a_path_leads_to_is_placed_from_the_inside_out() -> None:
    inner = {"const": 1}
    assert placed(("a", 0), inner) == {
        "kinds": ("object",),
        "required": ["a"],
        "properties": {"a": {"kinds": ("array",), "minItems": 1, "prefixItems": [inner]}},
    }
    assert placed((IN_TEXT,), inner)["contentSchema"] is inner


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a short text", "a short text"),
        ("twenty characters ab", "twenty characters ab"),
        ("one word after another", "one word after …"),
        ("x " + "y" * 30, "x " + "y" * 17 + "…"),
        ("y" * 30, "y" * 19 + "…"),
    ],
)
def test_a_long_text_is_cut_between_words(written: str, shown: str) -> None:
    assert shortened(written, 20) == shown
