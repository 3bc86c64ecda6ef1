"""The values on the bounds of an object: the number of its properties, and optional ones left out."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest

from apicontract.values.document import values_of
from tests.support.orchard import orchard_with

NAMES = ("a", "b", "c", "d")


@pytest.mark.parametrize("fewest", range(len(NAMES) + 1))
@pytest.mark.parametrize("required", [(), ("b",), ("a", "d")])
def test_each_property_that_may_be_absent_is_once_all_that_is_absent(required: tuple[str, ...], fewest: int) -> None:
    row: Mapping[str, Any] = {
        "type": "object",
        "properties": {name: {"const": name} for name in NAMES},
        "required": list(required),
        "additionalProperties": False,
        "minProperties": fewest,
    }
    found = {tuple(boundary.value) for boundary in values_of(orchard_with(Row=row).document).boundaries.of(row)}
    assert all(len(names) >= fewest and {*names} >= {*required} for names in found)
    assert NAMES in found
    if fewest < len(NAMES):
        assert {names for names in combinations(NAMES, len(NAMES) - 1) if {*names} >= {*required}} <= found
