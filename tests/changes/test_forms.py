"""What is proved of two schemas: that they admit the same, that one admits all of the other, or neither."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from apicontract.changes.forms import Forms
from apicontract.changes.sides import IN_TEXT, placed

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
