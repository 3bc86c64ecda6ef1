"""Marked documents to draw from."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import strategies as st

from tests.openapi.documents import FIRST, LAST, MARCH, MAY, bodied, operation

DAYS = (FIRST, MARCH, MAY, LAST)


def intervals() -> st.SearchStrategy[dict[str, Any]]:
    """Return marks of a member, most of them none."""
    return st.one_of(
        st.just({}),
        st.just({}),
        st.sampled_from(DAYS[1:]).map(lambda day: {"x-since": day}),
        st.sampled_from(DAYS[1:]).map(lambda day: {"x-until": day}),
        st.sampled_from([*itertools.combinations(DAYS[1:], 2)]).map(lambda two: {"x-since": two[0], "x-until": two[1]}),
    )


@st.composite
def schemas(draw: st.DrawFn, depth: int = 2) -> dict[str, Any]:
    """Draw marked schemas that refer to three definitions."""
    found: dict[str, Any] = {"type": "object"}
    if draw(st.booleans()):
        found = {"$ref": f"#/components/schemas/{draw(st.sampled_from('ABC'))}"}
    elif depth:
        names = draw(st.lists(st.sampled_from("abc"), unique=True, max_size=2))
        found["properties"] = {name: {**draw(schemas(depth=depth - 1)), **draw(intervals())} for name in names}
        found["required"] = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
        found["allOf"] = [{**draw(schemas(depth=0)), **draw(intervals())} for _ in range(draw(st.integers(0, 1)))]
    changed = sorted(draw(st.lists(st.sampled_from(DAYS[1:]), unique=True, max_size=2)), reverse=True)
    if changed:
        value = st.sampled_from([None, "T", "U"])
        found["x-was"] = [{"until": day, "title": draw(value), "format": draw(value)} for day in changed]
    return found


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Draw marked documents with two operations."""
    made = bodied(draw(schemas()), **{name: draw(schemas()) for name in "ABC"})
    item = made["paths"]["/things"]
    item["get"] = operation(
        **draw(intervals()), parameters=[{"name": "a", "schema": draw(schemas()), **draw(intervals())}]
    )
    item |= draw(intervals())
    return made
