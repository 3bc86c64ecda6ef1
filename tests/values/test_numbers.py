"""The numbers that constraints leave, and those that are tried."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.values.alternatives import Alternatives
from apicontract.values.constraints import NumberConstraints
from apicontract.values.numbers import factors, numbered
from tests.support.orchard import orchard_with

ALTERNATIVES = Alternatives(orchard_with().document)


def of(**schema: Any) -> NumberConstraints:
    """Return the constraints of one schema."""
    return NumberConstraints.of([schema])


@pytest.mark.parametrize(
    ("schema", "integers"),
    [
        ({"minimum": 1, "maximum": 3}, (1, 3)),
        ({"minimum": 1.5, "maximum": 3.5}, (2, 3)),
        ({"exclusiveMinimum": 1, "exclusiveMaximum": 3}, (2, 2)),
        ({"exclusiveMinimum": 1.5, "exclusiveMaximum": 3.5}, (2, 3)),
        ({"exclusiveMinimum": -1.5, "exclusiveMaximum": -0.5}, (-1, -1)),
        ({}, (None, None)),
    ],
)
def test_the_least_and_the_greatest_integer(schema: dict[str, Any], integers: tuple[int | None, int | None]) -> None:
    assert of(**schema).integers() == integers
    assert all(of(**schema).fits(number) for number in integers if number is not None)


@pytest.mark.parametrize(
    ("schema", "integer", "fraction"),
    [
        ({}, True, True),
        ({"minimum": 1, "maximum": 1}, True, False),
        ({"minimum": 1.5, "maximum": 1.5}, False, True),
        ({"minimum": 1.5, "exclusiveMaximum": 1.5}, False, False),
        ({"minimum": 1, "exclusiveMaximum": 2}, True, True),
        ({"exclusiveMinimum": 1, "exclusiveMaximum": 2}, False, True),
        ({"minimum": 2, "maximum": 1}, False, False),
    ],
)
def test_a_range_holds_integers_or_fractions(schema: dict[str, Any], integer: bool, fraction: bool) -> None:
    assert (of(**schema).has("integer"), of(**schema).has("fraction")) == (integer, fraction)


@pytest.mark.parametrize(
    ("schema", "number", "fits"),
    [
        ({"minimum": 1}, 1, True),
        ({"exclusiveMinimum": 1}, 1, False),
        ({"maximum": 1}, 1, True),
        ({"exclusiveMaximum": 1}, 1, False),
        ({"multipleOf": 2}, 4, True),
        ({"multipleOf": 2}, 3, False),
        ({"multipleOf": 0.1}, 0.3, False),
        ({"multipleOf": 0.1}, 0.7000000000000001, False),
        ({"not_multiple": 2}, 4, False),
        ({"not_multiple": 2}, 3, True),
    ],
)
def test_a_number_fits(schema: dict[str, Any], number: float, fits: bool) -> None:
    """A multiple that is one to some engines alone is none."""
    assert of(**schema).fits(number) is fits


@pytest.mark.parametrize(
    ("schema", "step", "found"),
    [
        ({"minimum": 5, "maximum": 14}, 3, (2, 4)),
        ({"minimum": 5}, 3, (2, 1002)),
        ({"maximum": 14}, 3, (0, 4)),
        ({"maximum": -5}, 3, (-1002, -2)),
        ({}, 3, (0, 1000)),
    ],
)
def test_factors_are_those_within_the_range(schema: dict[str, Any], step: float, found: tuple[int, int]) -> None:
    assert factors(of(**schema), step) == found


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        ({"type": "integer"}, [1, 2]),
        ({"type": "integer", "minimum": 5}, [6, 7]),
        ({"type": "integer", "maximum": 5}, [4, 3]),
        ({"type": "string"}, ["a1", "a2"]),
        ({"type": "boolean"}, []),
    ],
)
def test_values_by_number_differ(schema: dict[str, Any], found: list[Any]) -> None:
    (alternative,) = ALTERNATIVES.of(schema)
    assert [value for number in (1, 2) for value in numbered(alternative, number)] == found
