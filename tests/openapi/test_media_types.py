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
        ('a/b;A="";b=1;c', "a/b", {"a": "", "b": "1"}),
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


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"v": "A"}, "a/b; V=a"),
        ({"v": "b"}, 'a/b;v="B"'),
        ({"v": "c"}, None),
        ({"v": "b", "w": "1"}, 'a/b;v="B"'),
        ({"w": "1"}, "a/b; V=a"),
        (None, "a/b; V=a"),
    ],
)
def test_parameters_are_compared_in_any_case(given: dict[str, str] | None, found: str | None) -> None:
    """Those that only one side has decide nothing; the first declaration is as good as any other then."""
    chosen = media_types.find(of("a/b; V=a", 'a/b;v="B"', "a/bc;v=1"), "a/b", given)
    assert (None if chosen is None else chosen.name) == found
    assert media_types.find(of("a/b;v=1", "a/b"), "a/b", {"v": "1"}) == of("a/b")["a/b"]
    assert media_types.find(of("a/bc;v=1"), "a/b", given) is None


def of(*names: str) -> dict[str, MediaType]:
    """Declare media types."""
    return {name: MediaType(name, None, "", "", {}, {}) for name in names}


@pytest.mark.parametrize(
    ("name", "declared", "found"),
    [
        ("a/b+json", ("*/*", "a/*", "a/*+json", "a/b+json"), "a/b+json"),
        ("a/c+json", ("*/*", "a/*", "a/*+json", "a/b+json"), "a/*+json"),
        ("a/c+xml", ("*/*", "a/*", "a/*+json"), "a/*"),
        ("b/c", ("*/*", "a/*"), "*/*"),
        ("b/c", ("a/*",), None),
    ],
)
def test_the_most_specific_declaration_is_found(name: str, declared: tuple[str, ...], found: str | None) -> None:
    chosen = media_types.find(of(*declared), name)
    assert (None if chosen is None else chosen.name) == found


@pytest.mark.parametrize(
    ("given", "patterns", "right"),
    [
        ("image/png", "application/octet-stream", True),
        ("image/png", "*/*", True),
        ("Image/PNG", "image/png", True),
        ("text/plain; charset=UTF-8", "text/plain; charset=utf-8", True),
        ("text/plain; charset=latin-1", "text/plain; charset=utf-8", False),
        ("text/plain", "text/plain; charset=utf-8", True),
        ("text/plain; charset=utf-8", "text/plain", True),
        ("text/plain; charset=utf-8; a=1", "text/csv, text/plain;a=2;charset=UTF-8,Text/Plain;A=1", True),
        ("text/plain; charset=utf-8; a=1", "text/csv, text/plain;a=2;charset=UTF-8", False),
        ("text/plain", "texts/*", False),
        ("application/json", "application/*", True),
    ],
)
def test_a_part_is_of_a_listed_media_type(given: str, patterns: str, right: bool) -> None:
    assert media_types.matches(given, patterns) is right


@pytest.mark.parametrize(
    ("name", "concrete"),
    [
        ("*/*", "application/octet-stream"),
        ("application/*", "application/octet-stream"),
        ("image/*", "image/png"),
        ("audio/*", "audio/mpeg"),
        ("video/*", "video/mp4"),
        ("text/*", "text/plain"),
        ("a/b", "a/b"),
    ],
)
def test_a_range_stands_for_one_of_it(name: str, concrete: str) -> None:
    assert media_types.concrete(name) == concrete


def test_json_is_sent_before_forms_and_forms_before_the_rest() -> None:
    names = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json", "a/b+json;v=1")
    assert [*media_types.in_order(of(*names))] == [*names[3:], *names[1:3], names[0]]
    assert media_types.canonical('A/B;Charset="x";v=1') == "a/b; charset=x; v=1"
    assert [
        name for name in ("application/json", "text/json", "a/b+json", "json", "a/json") if media_types.is_json(name)
    ] == [
        "application/json",
        "text/json",
        "a/b+json",
    ]


def test_names_are_read_without_what_surrounds_them() -> None:
    """A suffix is what follows the last plus sign; values of parameters keep their case."""
    assert [media_types.plain(name) for name in (" A/B ;c=d", "a/b;", "A/B")] == ["a/b"] * 3
    chosen = media_types.find(of("a/*+json", "a/*"), "a/b+c+json")
    assert chosen is not None
    assert chosen.name == "a/*+json"
    assert media_types.parse("a/b; v=1 ; w=2") == ("a/b", {"v": "1", "w": "2"})
    assert media_types.canonical("A/B; V=AbC") == "a/b; v=AbC"
    names = ("x-ndjson", "ndjson", "jsonl", "jsonlines", "x-jsonlines", "x-jsonl")
    assert {*media_types.STREAMS} == {"text/event-stream", *(f"application/{name}" for name in names)}
