"""Values that every location for a string or a number must accept."""

from __future__ import annotations

from hypothesis import strategies as st

# A lone surrogate is no Unicode text and has no UTF-8 form; everything else is fair.
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


NUMBERS = st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
