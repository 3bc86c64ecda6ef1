"""The sample strings of a schema."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.values.alternatives import Alternatives
from apicontract.values.examples import examples_at
from apicontract.values.formats import written
from apicontract.values.strings import bounds, samples
from apicontract.values.uploads import Upload, names_of_uploads
from tests.support.orchard import orchard_with
from tests.support.small import document

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
    assert {"", "0", "null", "[]", "{}", "..", "-1.5", "True", "a,b", " space around "} <= set(samples(alternative))
    assert {"line\nfeed\r\nand\ttab", "nul \x00", "\ufeffmark", "é and e\u0301"} <= set(samples(alternative))
    (short,) = ALTERNATIVES.of({"type": "string", "maxLength": 3})
    assert samples(short)[:6] == ("a", "wor", "two", "naï", "a/b", "a,b")
    assert {"naïve 日本語 🎬", "separators \u2028 \u2029 \x85 \x0b \x0c \x1c"} <= set(samples(alternative))


def test_what_is_close_to_a_refused_value_is_tried() -> None:
    (alternative,) = ALTERNATIVES.of({"type": "string", "not": {"const": "Ready"}})
    assert {"Readys", "READY", " Ready", "Read"} <= set(samples(alternative))
    assert "Ready" not in samples(alternative)
    (alternative,) = ALTERNATIVES.of({"type": "string", "not": {"pattern": "^ab$"}})
    assert samples(alternative)[:4] == (" ab", "ab ", "a", "b")
    (alternative,) = ALTERNATIVES.of({"type": "string", "not": {"format": "date"}})
    assert samples(alternative)[:5] == ("today", "2025-02-30", "2025-8-1", "", "a")
    assert "2025-08-01" not in samples(alternative)


def test_json_in_base64_is_utf_8() -> None:
    assert base64.b64decode(written('"ü"', in_base64=True)) == b'"\xc3\xbc"'
    assert written('"ü"', in_base64=False) == '"ü"'


def test_a_file_is_shown_so_that_it_can_be_pasted_and_validated_by_its_name() -> None:
    assert repr(Upload("a", b"x" * 100)) == "Upload('a', b'x' * 100)"
    assert repr(Upload("a", b"x" * 49)) == "Upload('a', b'x' * 49)"
    assert repr(Upload("a", b"x" * 48)) == f"Upload('a', {b'x' * 48!r})"
    assert repr(Upload("a", b"", "")) == "Upload('a', b'', '')"
    assert repr(Upload("a", b"xy" * 30, "b/c")) == f"Upload('a', {b'xy' * 30!r}, 'b/c')"
    upload = Upload("a", b"")
    assert names_of_uploads({"a": [upload, {"b": upload}], "c": 5}) == {"a": ["a", {"b": "a"}], "c": 5}


@pytest.mark.parametrize(
    ("node", "found"),
    [
        ({"example": None, "examples": {"a": {"value": 1}}}, (None,)),
        ({"example": 0}, (0,)),
        ({"examples": {"a": {"value": 1}, "b": {"value": None}}}, (1, None)),
        ({"examples": {"a": {"externalValue": "a.json"}, "b": {"value": 2}, "c": {"summary": "none"}}}, (2,)),
        ({"examples": {"a": {"$ref": "#/components/examples/A"}, "b": {"value": 2}}}, ("from A", 2)),
        ({"examples": [1, 2]}, (1, 2)),
        ({}, ()),
    ],
)
def test_examples_are_found_where_they_are(node: dict[str, Any], found: tuple[Any, ...]) -> None:
    raw = document({}, components={"examples": {"A": {"value": "from A"}}})
    assert examples_at(Document(raw), node, "") == found
