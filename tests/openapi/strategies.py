"""Strategies for marked documents.

They are made here once: Hypothesis takes longer to make and validate one than to draw from it.
"""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import strategies as st

from tests.openapi.documents import FIRST, LAST, MARCH, MAY, bodied, operation

DAYS = (FIRST, MARCH, MAY, LAST)


_INTERVALS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.just({}),
    st.sampled_from(DAYS[1:]).map(lambda day: {"x-since": day}),
    st.sampled_from(DAYS[1:]).map(lambda day: {"x-until": day}),
    st.sampled_from([*itertools.combinations(DAYS[1:], 2)]).map(lambda two: {"x-since": two[0], "x-until": two[1]}),
)
"""Marks of a member, most of them none."""
_YES = st.booleans()
_ONE = st.integers(0, 1)
_DEFINITIONS = st.sampled_from("ABC")
_NAMES = st.lists(st.sampled_from("abc"), unique=True, max_size=2)
_CHANGED = st.lists(st.sampled_from(DAYS[1:]), unique=True, max_size=2)
_TEXTS = st.sampled_from([None, "T", "U"])


def _schema(draw: st.DrawFn, depth: int = 2) -> dict[str, Any]:
    """Draw a marked schema that refers to three definitions."""
    found: dict[str, Any] = {"type": "object"}
    if draw(_YES):
        found = {"$ref": f"#/components/schemas/{draw(_DEFINITIONS)}"}
    elif depth:
        names = draw(_NAMES)
        found["properties"] = {name: {**_schema(draw, depth - 1), **draw(_INTERVALS)} for name in names}
        found["required"] = [name for name in names if draw(_YES)]
        found["allOf"] = [{**_schema(draw, 0), **draw(_INTERVALS)} for _ in range(draw(_ONE))]
    changed = sorted(draw(_CHANGED), reverse=True)
    if changed:
        found["x-was"] = [{"until": day, "title": draw(_TEXTS), "format": draw(_TEXTS)} for day in changed]
    return found


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Draw marked documents with two operations."""
    made = bodied(_schema(draw), **{name: _schema(draw) for name in "ABC"})
    item = made["paths"]["/things"]
    item["get"] = operation(**draw(_INTERVALS), parameters=[{"name": "a", "schema": _schema(draw), **draw(_INTERVALS)}])
    item |= draw(_INTERVALS)
    return made
