"""Names with keys in brackets."""

from __future__ import annotations

import pytest

from apicontract.wire.brackets import split


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a", ("a", [])),
        ("a[b]", ("a", ["b"])),
        ("a[b][c]", ("a", ["b", "c"])),
        ("a[]", ("a", [""])),
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
