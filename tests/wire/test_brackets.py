"""Names with keys in brackets."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.openapi.facts import Shape
from apicontract.wire import scalars
from apicontract.wire.brackets import nested, split


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a", ("a", [])),
        ("a[b]", ("a", ["b"])),
        ("a[b][c]", ("a", ["b", "c"])),
        ("a[b][c][]", ("a", ["b", "c", ""])),
        ("a[]", ("a", [""])),
        ("a[b]]", ("a", ["b]"])),
        ("a[", ("a[", [])),
        ("a]", ("a]", [])),
        ("a[b", ("a[b", [])),
        ("a[b]c", ("a[b]c", [])),
        ("[b]", ("", ["b"])),
        ("", ("", [])),
    ],
)
def test_keys_stand_in_brackets_that_end_the_name(name: str, found: tuple[str, list[str]]) -> None:
    assert split(name) == found


INTEGER = {"type": "integer"}
INTEGERS = {"type": "array", "items": INTEGER}
POINT = {"type": "object", "properties": {"x": INTEGER, "n": INTEGERS}}


@pytest.mark.parametrize(
    ("members", "schema", "value", "twice"),
    [
        ([("", "1")], INTEGER, 1, []),
        ([("", "1"), ("", "2")], INTEGER, 1, [2]),
        ([("", "1"), ("", "2")], INTEGERS, [1, 2], []),
        ([("", "1"), ("", "2")], {}, ["1", "2"], []),
        ([("[9]", "1"), ("[10]", "2"), ("[9]", "3")], INTEGERS, [1, 2], [2]),
        ([("[]", "1"), ("[]", "2")], INTEGERS, [1, 2], []),
        ([("[x]", "1"), ("[n][]", "2"), ("[n][]", "3")], POINT, {"x": 1, "n": [2, 3]}, []),
        ([("[x]", "1"), ("[x]", "2")], POINT, {"x": 1}, [2]),
        ([("[b]", "1"), ("[a]", "2")], {"type": "object", "additionalProperties": INTEGER}, {"b": 1, "a": 2}, []),
        ([("", "1"), ("[x]", "2")], POINT, "1", [1]),
        ([("", "1"), ("", "2"), ("[x]", "2")], {}, "1", [2]),
    ],
)
def test_members_are_joined_in_the_order_in_which_they_come(
    members: list[tuple[str, str]], schema: Any, value: Any, twice: list[int]
) -> None:
    """The first counts of what may be there once; `twice` has how many there were."""
    often: list[int] = []
    given = [(split(f"a{keys}")[1], held) for keys, held in members]
    found = nested(
        given, Shape(Document({"openapi": "3.1.0"}), schema, "/s"), scalars.decode, lambda held: often.append(len(held))
    )
    assert (found, often) == (value, twice)
    assert not isinstance(found, dict) or list(found) == list(value)
