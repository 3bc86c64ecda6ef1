"""A value of a response is found by its pointer."""

from __future__ import annotations

from apicontract.client.fields import pick


def test_pick_finds_nothing_beyond_the_end_or_inside_a_text() -> None:
    assert pick({"a": ["b"]}, "/a/0") == "b"
    assert pick({"a": ["b"]}, "/a/1") is None
    assert pick({"a": ["b"]}, "/a/0/0") is None
