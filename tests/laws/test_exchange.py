"""What the laws compare by, and read with: a law is worth no more than these."""

from __future__ import annotations

from typing import Any

import pytest

from tests.laws.exchange import difference, same


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        (True, True, True),
        ("1", 1, False),
        (None, False, False),
        ([1, 2], [2, 1], False),
        ([1], [1, 1], False),
        ([[True]], [[1]], False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, True),
        ({"a": 1}, {"a": 1, "b": None}, False),
        ({"a": [{"b": True}]}, {"a": [{"b": 1}]}, False),
        ({}, [], False),
    ],
)
def test_values_are_the_same_json(one: Any, other: Any, equal: bool) -> None:
    assert same(one, other) is same(other, one) is equal


def test_a_difference_is_told_by_place() -> None:
    one, other = {"query": {"a": 1, "b": 2}, "body": [1]}, {"query": {"a": True, "c": 3}, "body": [1]}
    assert difference(one, other) == {"query.a": 1, "query.b": 2, "query.c": "nothing"}
    assert difference(one, one) == {}
    assert difference({"body": 1}, {}) == {"body": 1}
