"""Numbers that satisfy an alternative: simple ones, and those on its bounds."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator

from apicontract.openapi.document import Json
from apicontract.values.alternatives import Alternative
from apicontract.values.constraints import NumberConstraints, kind_of

EXACT = 2**53 - 1
"""Every JSON reader preserves integers between the negative of this and this exactly (RFC 8259, section 6)."""

_PLAIN = {"integer": (1, 0, 2, -1), "fraction": (0.5, 1.5, -0.5, 0.1)}
_FACTORS = 1000


def numbers(alternative: Alternative, kind: str, *, simple: bool) -> Iterator[tuple[str, Json]]:
    """Yield candidate numbers, `integer` or `fraction`: those on the bounds, or next to an open bound.

    With `simple`, simple ones come first. The caller discards those that do not fit.
    """
    near = list(_near(alternative.number, kind))
    plain = [("a number", value) for value in _PLAIN[kind]]
    examples = [("a number", hint) for hint in alternative.examples if kind_of(hint) == kind]
    found = [*examples, *plain, *near] if simple else [*near, *(examples or plain[:2])]
    yield from ((about, value) for about, value in found if not isinstance(value, bool))


def _near(number: NumberConstraints, kind: str) -> Iterator[tuple[str, Json]]:
    low, high = number.integers() if kind == "integer" else map(_finite, (number.low, number.high))
    for step in number.multiples:
        first, last = factors(number, step)
        yield from (("a multiple", factor * step) for factor in (first, last))
    for step in number.not_multiples:
        yield from (("no multiple", (low or 0) + step / 2), ("no multiple", (low or 0) + 1))
    if low is not None:
        yield "minimum", low
        if kind == "fraction":
            yield from (("next to the minimum", math.nextafter(low, math.inf)), ("near the minimum", low + 0.5))
    if high is not None:
        yield "maximum", high
        if kind == "fraction":
            yield from (("next to the maximum", math.nextafter(high, -math.inf)), ("near the maximum", high - 0.5))


def _finite(bound: float | None) -> float | None:
    """Return a bound; `None` without one, and beyond all floats."""
    return bound if bound is not None and abs(bound) <= sys.float_info.max else None


def factors(number: NumberConstraints, step: float) -> tuple[int, int]:
    """Return the least and the greatest factor of a step within the range."""
    if number.low is None:
        last = _FACTORS if number.high is None else math.floor(number.high / step)
        return (0 if last >= 0 else last - _FACTORS), last
    first = math.ceil(number.low / step)
    return first, first + _FACTORS if number.high is None else math.floor(number.high / step)


def numbered(alternative: Alternative, number: int) -> Iterator[Json]:
    """Yield an integer and a string that differ for each number, counted from 1; they may not fit."""
    low, high = alternative.number.integers()
    if "integer" in alternative.kinds:
        yield high - number if low is None and high is not None else (low or 0) + number
    if "string" in alternative.kinds:
        yield f"a{number}"
