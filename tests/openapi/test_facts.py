"""The facts of a schema: its types and its properties."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.facts import Shape, shape_at
from tests.support import things
from tests.support.things import THINGS


def test_null_is_admitted_only_in_so_many_words() -> None:
    assert not things.shape(True).nullable
    assert things.shape({"type": ["string", "null"]}).nullable


@pytest.mark.parametrize(
    ("schema", "is_file"),
    [
        ({"type": "string", "format": "binary"}, True),
        ({"type": "string", "contentMediaType": "image/png"}, True),
        ({"anyOf": [{"type": "string"}, {"type": "string", "format": "binary"}]}, True),
        ({"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"}, False),
        ({"type": "string", "contentMediaType": "text/csv"}, False),
        ({"type": "string", "contentMediaType": "application/json"}, False),
        ({"type": "string"}, False),
    ],
)
def test_bytes_as_they_are_are_a_file_and_no_text_is(schema: Any, is_file: bool) -> None:
    assert things.shape(schema).is_file is is_file


def test_the_first_declaration_of_a_property_counts() -> None:
    """And a closed object has no others, whatever its branches say."""
    twice = shape_at(THINGS.document, THINGS.document.schemas["Twice"], "/components/schemas/Twice")
    assert twice.property("x").types == {"integer"}
    assert twice.additional is None
    assert Shape(THINGS.document, {"properties": {"a/b": {}}}, "/s").property("a/b").pointer == "/s/properties/a~1b"
