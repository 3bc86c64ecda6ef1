"""Strategies for the numbers of an alternative."""

from __future__ import annotations

from hypothesis import strategies as st

from apicontract.openapi.document import Json
from apicontract.strategies.filtering import filtered
from apicontract.values.alternatives import Alternative
from apicontract.values.numbers import EXACT, factors


def integers(alternative: Alternative) -> st.SearchStrategy[Json]:
    """Return the strategy for the integers of an alternative."""
    low, high = alternative.number.integers()
    low = min(-EXACT, high or 0) if low is None else low
    high = max(EXACT, low) if high is None else high
    steps = alternative.number.multiples
    if steps and isinstance(steps[0], int):
        return filtered(
            st.integers(*factors(alternative.number, steps[0])).map(lambda factor: factor * steps[0]), alternative.fits
        )
    made: st.SearchStrategy[Json] = st.integers(low, high)
    return filtered(made, alternative.fits) if steps or alternative.number.not_multiples else made


def floats(alternative: Alternative) -> st.SearchStrategy[Json]:
    """Return the strategy for the floats of an alternative; whole ones only if an integer is valid as well."""
    number = alternative.number
    whole = "integer" in alternative.kinds
    if number.multiples:
        step = number.multiples[0]
        made: st.SearchStrategy[Json] = st.integers(*factors(number, step)).map(lambda factor: float(factor * step))
    else:
        held = number.floats()
        if held is None:
            return st.nothing()
        low = None if number.low is None else held[0]
        high = None if number.high is None else held[1]
        made = st.floats(low, high, allow_nan=False, allow_infinity=False)
    if whole and not number.multiples and not number.not_multiples:
        return made
    return filtered(made, lambda value: (whole or not value.is_integer()) and alternative.fits(value))
