"""Media types by name, suffix and range."""

from __future__ import annotations

import pytest

from apicontract.openapi import media_types
from apicontract.openapi.operation import MediaType
from tests.support.things import THINGS
from twelvelabs_contract import Headers, Response


@pytest.mark.parametrize(
    ("header", "name", "options"),
    [
        ("application/json", "application/json", {}),
        ("Application/JSON ; Charset=UTF-8", "application/json", {"charset": "UTF-8"}),
        ('multipart/form-data; boundary="a;b"', "multipart/form-data", {"boundary": "a;b"}),
        ("", "", {}),
    ],
)
def test_a_content_type_is_split(header: str, name: str, options: dict[str, str]) -> None:
    assert media_types.parse(header) == (name, options)


def test_media_types_are_found_by_name_suffix_and_range() -> None:
    assert media_types.is_json("application/problem+json")
    assert media_types.matches("image/png", "text/plain, image/*")
    assert not media_types.matches("image/png", "text/plain, audio/*")
    assert THINGS.check_payload("5", operation="get", status=200) != []
    answer = Response(201, Headers({"content-type": "text/html"}), b"<p>")
    assert THINGS.check_response(answer, operation="get") == []


@pytest.mark.parametrize("names", [("a/b;v=1", "a/b;v=1;w=2"), ("a/b;v=1;w=2", "a/b;v=1")])
@pytest.mark.parametrize(
    ("given", "found"),
    [({"v": "1", "w": "2"}, "a/b;v=1;w=2"), ({"v": "1", "w": "3"}, "a/b;v=1"), ({"v": "5"}, None)],
)
def test_of_types_that_differ_in_parameters_the_most_specific_is_found(
    given: dict[str, str], found: str | None, names: tuple[str, ...]
) -> None:
    chosen = media_types.find({name: MediaType(name, None, "", "", {}, {}) for name in names}, "a/b", given)
    assert (None if chosen is None else chosen.name) == found
