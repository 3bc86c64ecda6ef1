"""Which call fetches the next page, for documents of other kinds than that of the tiny API."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from apicontract.client import OMIT, PaginationInvalid
from apicontract.client.pages import Listing
from apicontract.openapi.secrets import secrets
from tests.support.small import document, load, operation, parameter

NUMBERED = {"style": "page", "parameter": "page", "items": "/data", "total_pages": "/pages"}
TOKENS = {"style": "token", "parameter": "token", "items": "/data", "next_token": "/next/to~1ken"}
SCHEMAS = {"Page": {"type": "integer", "default": 7}}
KEY = "key-0123456789abcdef"


def _listing(folder: Path, paths: dict[str, Any], name: str = "op", **arguments: Any) -> Listing:
    contract = load(document(paths, SCHEMAS), folder)
    settings: Any = SimpleNamespace(api=SimpleNamespace(contract=contract), keys=secrets(KEY, instead="[API key]"))
    given: Any = arguments
    return Listing(settings, name, given)


def _numbered(folder: Path, schema: Any, **arguments: Any) -> Listing:
    parameters = [parameter("query", "page_limit", True), parameter("query", "page", schema)]
    return _listing(
        folder, {"/a": {"get": operation(parameters=parameters, **{"x-pagination": NUMBERED})}}, **arguments
    )


def _after(listing: Listing, *answers: Any) -> list[Any]:
    """Return the calls that follow from some pages in turn."""
    cursor = listing.cursor()
    return [cursor.after(listing.page(answer)) for answer in answers]


@pytest.mark.parametrize(
    ("schema", "query", "number"),
    [
        ({"type": "integer"}, None, 2),
        ({"type": "integer", "default": 0}, None, 1),
        ({"type": "integer", "default": 3}, {}, 4),
        ({"type": "integer", "default": 3}, {"page": None}, 4),
        ({"type": "integer", "default": 3}, {"page": OMIT}, 4),
        ({"type": "integer", "default": 3}, {"page": 0}, 1),
        ({"type": "integer", "default": 3}, {"page": 5}, 6),
        ({"type": "integer", "default": 3}, {"page": 5.0}, 6),
        ({"type": "integer", "default": 3}, {"page": "5"}, 6),
        ({"type": "integer", "default": "3"}, None, 4),
        ({"type": "integer", "default": "first"}, None, 2),
        ({"$ref": "#/components/schemas/Page"}, None, 8),
        (True, {"page_limit": 9}, 2),
    ],
)
def test_first_number_is_the_given_one_else_the_default_else_one(
    tmp_path: Path, schema: Any, query: Any, number: int
) -> None:
    listing = _numbered(tmp_path, schema, query=query, options={"max_retries": 1}, path={"a": "b"})
    (following,) = _after(listing, {"data": [1], "pages": 99})
    expected = {**(query or {}), "page": number}
    assert following == ("op", {"query": expected, "options": {"max_retries": 1}, "path": {"a": "b"}})
    assert listing.arguments.get("query") == query


@pytest.mark.parametrize(
    ("total", "more"),
    [(1, False), (2, True), (1.0, False), (2.0, True), (1.5, True), (0, False), (-1, False), (None, True), ("1", True)],
)
def test_number_of_pages_is_a_number(tmp_path: Path, total: Any, more: bool) -> None:
    """Anything else is none: then the first empty page is the last."""
    (following,) = _after(_numbered(tmp_path, True), {"data": [1], "pages": total})
    assert (following is not None) is more
    last = _after(_numbered(tmp_path, True), {"data": [1], "pages": "9"}, {"data": [], "pages": "9"})[1]
    assert last is None


def test_empty_pages_count_if_they_follow_each_other(tmp_path: Path) -> None:
    full, empty = {"data": [1], "pages": 9}, {"data": [], "pages": 9}
    found = _after(_numbered(tmp_path, True), empty, full, empty, full, empty, {"data": None, "pages": 9})
    assert [one and one[1]["query"]["page"] for one in found] == [2, 3, 4, 5, 6, None]


def _by_token(folder: Path, place: str, **arguments: Any) -> Listing:
    """Make a listing whose later pages come from the same operation."""
    parameters = [parameter("path", "a", True), parameter(place, "token", True), parameter("query", "kind", True)]
    url = "/{a}/{token}" if place == "path" else "/{a}"
    return _listing(folder, {url: {"get": operation(parameters=parameters, **{"x-pagination": TOKENS})}}, **arguments)


@pytest.mark.parametrize("place", ["path", "query"])
def test_token_joins_the_arguments_of_the_first_page(tmp_path: Path, place: str) -> None:
    """In its own place; a later one replaces it, and the arguments of the caller stay as they are."""
    given: Any = {"path": {"a": "b"}, "query": {"kind": "k"}, "options": {"max_retries": 1}}
    listing = _by_token(tmp_path, place, **given)
    found = _after(listing, {"next": {"to/ken": "t1"}}, {"next": {"to/ken": "t2"}}, {"next": {"to/ken": ""}}, {})
    expected = [("op", {**given, place: {**given[place], "token": token}}) for token in ("t1", "t2")]
    assert found == [*expected, None, None]
    assert given == {"path": {"a": "b"}, "query": {"kind": "k"}, "options": {"max_retries": 1}}


@pytest.mark.parametrize(
    ("tokens", "message", "excerpt"),
    [
        (["t1", "t1"], "this token was seen before; its pages would never end", '"t1"'),
        (["t1", "t2", "t1"], "this token was seen before; its pages would never end", '"t1"'),
        ([5], "the token of the next page is not a string", "5"),
        ([False], "the token of the next page is not a string", "false"),
        ([{"a": KEY}], "the token of the next page is not a string", '{"a": "[API key]"}'),
    ],
)
def test_token_that_leads_nowhere_is_an_error(tmp_path: Path, tokens: list[Any], message: str, excerpt: str) -> None:
    """Which says where it is in the response and what in the document names the place, and does not show the key."""
    with pytest.raises(PaginationInvalid) as caught:
        _after(_by_token(tmp_path, "query"), *({"next": {"to/ken": token}} for token in tokens))
    (found,) = caught.value.violations
    assert (found.operation, found.rule, found.message) == ("op", "sequence", message)
    assert found.excerpt == excerpt
    assert found.pointer == "/paths/~1{a}/get/x-pagination/next_token"
    assert found.where == 'body.next["to/ken"]'


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({}, {}),
        ({"query": {"kind": "q", "other": 1}}, {"kind": "q"}),
        ({"body": {"kind": "b", "size": 2}}, {"kind": "b", "size": 2}),
        ({"query": {"kind": "q", "size": 3}, "body": {"kind": "b"}}, {"kind": "b", "size": 3}),
        ({"query": {"kind": "q"}, "body": ["kind"]}, {"kind": "q"}),
    ],
)
def test_only_the_named_arguments_follow_to_another_operation(
    tmp_path: Path, arguments: dict[str, Any], query: dict[str, Any]
) -> None:
    """From the body, else from the query; the options too, but for those of the body."""
    pagination = {**TOKENS, "operation": "more", "repeat": ["kind", "size"]}
    more = {"operationId": "more", "parameters": [parameter("query", "token", True)]}
    paths = {"/a": {"post": operation(**{"x-pagination": pagination})}, "/b": {"get": operation(**more)}}
    options = {"max_retries": 1, "additional_body_parameters": {"a": 1}}
    listing = _listing(tmp_path, paths, **arguments, path={"gone": 1}, options=options)
    (following,) = _after(listing, {"next": {"to/ken": "t"}})
    assert following == ("more", {"query": {**query, "token": "t"}, "options": {"max_retries": 1}})
