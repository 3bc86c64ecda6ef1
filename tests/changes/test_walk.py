"""A value with one part replaced: in each list on the path, in JSON within a string, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.changes.sides import IN_TEXT, Path
from apicontract.changes.walk import patched


@pytest.mark.parametrize(
    ("template", "path", "expected"),
    [
        ({"a": 1}, (), [9]),
        ({"a": 1}, ("a",), [{"a": 9}]),
        ({}, ("a",), [{"a": 9}]),
        ({}, ("a", "b"), []),
        ({"a": {}}, ("a", "b"), [{"a": {"b": 9}}]),
        ({"a": []}, ("a", 0), [{"a": [9]}]),
        ({"a": []}, ("a", 0, "b"), []),
        ([1, 2], (0,), [[9, 2], [1, 9]]),
        ([1, 2, 3, 4, 5], (0,), [[9, 2, 3, 4, 5], [1, 9, 3, 4, 5], [1, 2, 9, 4, 5], [1, 2, 3, 9, 5]]),
        ({"a": '{"b": 1}'}, ("a", IN_TEXT, "b"), [{"a": '{"b": 9}'}]),
        ({"a": "no JSON"}, ("a", IN_TEXT, "b"), []),
        ({"a": 1}, ("a", 0), []),
        ("text", ("a",), []),
    ],
)
def test_a_part_is_put_where_it_belongs(template: Any, path: Path, expected: list[Any]) -> None:
    assert list(patched(template, path, 9)) == expected
