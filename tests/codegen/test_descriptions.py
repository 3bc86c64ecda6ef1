"""What docstrings say of arguments and fields."""

from __future__ import annotations

from typing import Any

import pytest

from codegen import descriptions
from codegen.bundle import load
from codegen.view import Place, View
from tests.codegen.edits import RIGHT

VIEW = View(load(RIGHT))


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({}, ""),
        ({"minimum": 1, "maximum": 5}, "1 to 5."),
        ({"minimum": 5, "maximum": 5}, "5."),
        ({"minimum": 5, "maximum": 5.0}, "5."),
        ({"minItems": 1}, "Not empty."),
        ({"minItems": 1, "maxItems": 10}, "1 to 10 items."),
        ({"minProperties": 1}, "Not empty."),
        ({"minLength": 1, "maxLength": 1}, "1 characters."),
        ({"minimum": 1}, "At least 1."),
        ({"maximum": 5.5}, "At most 5.5."),
        ({"exclusiveMinimum": 1, "exclusiveMaximum": 5, "multipleOf": 2}, "More than 1, less than 5, a multiple of 2."),
        ({"minLength": 1}, "Not empty."),
        ({"minLength": 1, "maxLength": 5}, "1 to 5 characters."),
        ({"minLength": 2, "maxLength": 2}, "2 characters."),
        ({"minItems": 2, "uniqueItems": True}, "At least 2 items, no duplicates."),
        ({"maxItems": 5, "uniqueItems": False}, "At most 5 items."),
        ({"minProperties": 1, "maxProperties": 3}, "1 to 3 keys."),
        ({"default": "a"}, "Default `a`."),
        ({"default": ""}, "Default empty."),
        ({"default": True}, "Default `true`."),
        ({"default": False}, "Default `false`."),
        ({"default": 1.5}, "Default 1.5."),
        ({"default": []}, ""),
        ({"default": 0}, "Default 0."),
        ({"default": None}, ""),
        ({"minimum": True, "maximum": "5"}, ""),
    ],
)
def test_the_bounds_of_a_value_are_said(schema: Any, said: str) -> None:
    assert descriptions.whole(VIEW, Place(schema, ())) == said
    described = Place({**schema, "description": "A thing. It is\nlong"}, ())
    assert descriptions.whole(VIEW, described) == f"A thing. It is long. {said}".strip()
    assert descriptions.brief(VIEW, Place(schema, ()), described) == f"A thing. {said}".strip()


def test_what_is_written_beside_a_schema_counts_before_what_is_in_it() -> None:
    inner, outer = Place({"description": "Inner."}, ()), Place({"description": "Outer."}, ())
    assert descriptions.brief(VIEW, inner, outer) == "Outer."
    assert descriptions.brief(VIEW, inner, Place({}, ())) == "Inner."
    reference = Place({"$ref": "#/components/schemas/Labels"}, ())
    assert descriptions.brief(VIEW, reference, Place({}, ())) == "Labels by name."


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ({}, None),
        ({"deprecated": False, "x-instead": "b"}, None),
        ({"deprecated": "yes", "x-instead": "b"}, None),
        ({"deprecated": 1}, None),
        ({"deprecated": True}, "Deprecated."),
        ({"deprecated": True, "x-instead": "b"}, "Deprecated: use `b`."),
        ({"deprecated": True, "x-sunset": "2026-09-01"}, "Deprecated and removed on 2026-09-01."),
        (
            {"deprecated": True, "x-sunset": "2026-09-01", "x-instead": "b"},
            "Deprecated and removed on 2026-09-01: use `b`.",
        ),
    ],
)
def test_what_is_deprecated_is_said_with_its_end_and_what_to_use(marks: Any, said: str | None) -> None:
    assert descriptions.deprecation(Place({}, ()), Place(marks, ())) == said
    first = Place({"deprecated": True, "x-instead": "a"}, ())
    assert descriptions.deprecation(first, Place(marks, ())) == "Deprecated: use `a`."
