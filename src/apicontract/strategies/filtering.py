"""Filter drawn values cheaply."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import assume
from hypothesis import strategies as st

_T = TypeVar("_T")
_TRIES = 3


@st.composite
def filtered(draw: st.DrawFn, made: st.SearchStrategy[_T], fits: Callable[[_T], bool]) -> _T:
    """Draw values that fit, as `made.filter(fits)` does.

    In Hypothesis 6.170 a filter reads the source of its predicate again for every value, and takes ten times as long.
    """
    for _ in range(_TRIES - 1):
        value = draw(made)
        if fits(value):
            return value
    value = draw(made)
    assume(fits(value))
    return value
