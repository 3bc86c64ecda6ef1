"""A scalar is decoded to the encoded value, by the types of its schema."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from apicontract.openapi.facts import Shape
from apicontract.wire import scalars
from tests.support import things
from tests.support.styles import STYLES
from tests.support.texts import NUMBERS


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), {"a": 1}, [1], b"x"])
def test_what_has_no_text_form_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"not a JSON number|cannot be encoded here"):
        scalars.encode(value)


@given(NUMBERS)
def test_a_number_reads_back_equal(value: float) -> None:
    assert scalars.decode(scalars.encode(value), Shape(STYLES, {"type": "number"}, "")) == value


@pytest.mark.parametrize(
    "word", ["", "01", "+1", "1.", ".5", "1e", "0x10", "1_000", "NaN", "Infinity", "1e999", "\u0661"]
)
def test_what_json_does_not_call_a_number_stays_text(word: str) -> None:
    assert scalars.decode(word, Shape(STYLES, {"type": "number"}, "")) == word


def test_the_type_of_a_text_is_what_its_schema_says() -> None:
    """Where nothing is said it stays text; empty text is null only where it cannot be text."""
    assert scalars.decode("5", things.shape(True)) == "5"
    assert scalars.decode("", things.shape({"type": ["string", "null"]})) == ""
    assert scalars.decode("", things.shape({"type": ["integer", "null"]})) is None
    assert scalars.decode("5", things.shape({"anyOf": [{"type": "string"}, {"type": "number"}]})) == 5
    assert scalars.decode("5", things.shape({"const": 5})) == 5


def test_a_value_as_text_is_json_if_it_is_no_scalar() -> None:
    given = [True, None, 5, 1e300, "é", {"é": [1.0, None]}, ["😀"], float("nan"), {"a": {1}}]
    assert [scalars.text(value) for value in given] == [
        "true", "", "5", "1e+300", "é", '{"é": [1.0, null]}', '["😀"]', "NaN", '{"a": "{1}"}',
    ]  # fmt: skip
