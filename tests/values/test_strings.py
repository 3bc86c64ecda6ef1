"""The strings that are tried of a schema."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.values.alternatives import Alternatives
from apicontract.values.strings import bounds, samples
from tests.support.orchard import orchard_with

ALTERNATIVES = Alternatives(orchard_with().document)


@pytest.mark.parametrize(
    ("schema", "shortest", "longest"),
    [
        ({"minLength": 2, "maxLength": 7}, 2, 7),
        ({"pattern": "^[0-9]+$", "minLength": 3, "maxLength": 20}, 3, 20),
        ({"pattern": "^[A-Z]+$", "maxLength": 12}, None, 12),
        ({"pattern": "^[0-9]+$", "maxLength": 300}, None, 300),
        ({"minLength": 0, "maxLength": 0}, 0, 0),
    ],
)
def test_bounds_are_as_long_as_they_say(schema: dict[str, Any], shortest: int | None, longest: int) -> None:
    (alternative,) = ALTERNATIVES.of({"type": "string", **schema})
    found = {about: len(text) for about, text in bounds(alternative)}
    assert found["longest"] == longest
    assert shortest is None or found["shortest"] == shortest
    assert all(alternative.fits(text) for _, text in bounds(alternative))


def test_what_is_special_to_encoders_is_tried() -> None:
    (alternative,) = ALTERNATIVES.of({"type": "string"})
    assert {"", "0", "null", "[]", "{}", ".."} <= set(samples(alternative))


def test_what_is_close_to_a_refused_value_is_tried() -> None:
    (alternative,) = ALTERNATIVES.of({"type": "string", "not": {"const": "Ready"}})
    assert {"Readys", "READY", " Ready", "Read"} <= set(samples(alternative))
    assert "Ready" not in samples(alternative)
