"""The numbers that constraints leave, and those that are tried."""

from __future__ import annotations

import math
import sys
from itertools import product
from typing import Any

import pytest

from apicontract.values.constraints import NumberConstraints
from apicontract.values.document import values_of
from apicontract.values.numbers import factors, numbered
from tests.support.orchard import orchard_with

VALUES = values_of(orchard_with().document)
ALTERNATIVES = VALUES.alternatives


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


BOUNDS = list(product(("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")))
HUGE = 10**400
"""Greater than all floats."""


@pytest.mark.parametrize(("low", "high"), BOUNDS)
@pytest.mark.parametrize("sign", [1, -1])
def test_the_least_and_the_greatest_float_between_bounds_that_are_none(low: str, high: str, sign: int) -> None:
    """Above 2**53, every other integer is one: a bound may lie between two, and between bounds may lie none."""
    exact = [sign * (2**53 + offset) for offset in range(-2, 7)]
    known = sorted({float(value) for value in exact})
    for least, most in product(exact, repeat=2):
        number = of(**{low: least, high: most})
        fitting = [value for value in known if number.fits(value)]
        assert number.floats() == ((fitting[0], fitting[-1]) if fitting else None), (least, most)


@pytest.mark.parametrize(
    ("schema", "floats"),
    [
        ({}, (-sys.float_info.max, sys.float_info.max)),
        ({"minimum": 0, "maximum": 1}, (0, 1)),
        ({"exclusiveMinimum": 0, "exclusiveMaximum": 1}, (5e-324, 1 - 2**-53)),
        ({"exclusiveMinimum": 0, "exclusiveMaximum": 5e-324}, None),
        ({"exclusiveMinimum": 1, "exclusiveMaximum": 1 + 2**-52}, None),
        ({"exclusiveMinimum": 1, "maximum": 1 + 2**-52}, (1 + 2**-52,) * 2),
        ({"minimum": 2, "maximum": 1}, None),
        ({"minimum": -HUGE, "maximum": HUGE}, (-sys.float_info.max, sys.float_info.max)),
        ({"exclusiveMinimum": -HUGE, "exclusiveMaximum": HUGE}, (-sys.float_info.max, sys.float_info.max)),
        ({"minimum": HUGE}, None),
        ({"maximum": -HUGE}, None),
        ({"minimum": HUGE, "maximum": HUGE}, None),
        ({"exclusiveMinimum": sys.float_info.max}, None),
        ({"exclusiveMaximum": -sys.float_info.max}, None),
        ({"exclusiveMinimum": -sys.float_info.max, "maximum": 0}, (math.nextafter(-sys.float_info.max, 0), 0)),
    ],
)
def test_the_least_and_the_greatest_float(schema: dict[str, Any], floats: tuple[float, float] | None) -> None:
    assert of(**schema).floats() == floats


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        ({"minimum": HUGE}, {HUGE}),
        ({"maximum": -HUGE}, {-HUGE}),
        ({"minimum": HUGE, "maximum": HUGE}, {HUGE}),
        ({"maximum": HUGE}, {HUGE, 1, 0, 0.5, 1.5}),
        ({"minimum": -HUGE, "exclusiveMaximum": 0}, {-HUGE, -1, -0.5, -5e-324}),
    ],
)
def test_a_bound_may_be_greater_than_all_floats(schema: dict[str, Any], found: set[Any]) -> None:
    assert {boundary.value for boundary in VALUES.boundaries.of({"type": "number", **schema})} == found


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
