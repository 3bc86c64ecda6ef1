"""What is a reference, and what is data that looks like one."""

from __future__ import annotations

import pytest

from apicontract.openapi.references import references

LOOKS_LIKE_ONE = {"$ref": "#/nowhere"}


def test_a_reference_is_found_with_the_pointer_of_what_holds_it() -> None:
    held = {"a/b": [{"$ref": "#/x"}], "properties": {"c": {"items": {"$ref": "#/y"}}}}
    assert list(references(held)) == [("#/x", "/a~1b/0"), ("#/y", "/properties/c/items")]


@pytest.mark.parametrize("key", ["const", "default", "enum", "example", "examples", "mapping", "value"])
def test_a_reference_in_data_is_none(key: str) -> None:
    """A value may have a member `$ref`, and a discriminator a value of that name."""
    assert list(references({key: LOOKS_LIKE_ONE})) == []
