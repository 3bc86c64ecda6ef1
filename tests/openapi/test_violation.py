"""An excerpt of a value."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.violation import EXCERPT_LENGTH, excerpt


@pytest.mark.parametrize("value", ["x" * 500, ["x" * 50] * 50, {f"key{i}": "x" * 50 for i in range(50)}])
def test_an_excerpt_is_short(value: Any) -> None:
    assert len(excerpt(value)) == EXCERPT_LENGTH
