"""How an argument is read into what is sent, and which credentials a call carries."""

from __future__ import annotations

import enum
from typing import Any

import pytest

from apicontract.client.arguments import ArgumentReader, listed, page_number
from apicontract.client.credentials import Carried, carried
from apicontract.openapi.document import Document
from apicontract.openapi.facts import Shape, shape_at


def _shape(schema: Any) -> Shape:
    document = Document({"openapi": "3.1.0", "paths": {}, "schema": schema})
    return shape_at(document, schema, "/schema")


@pytest.mark.parametrize(
    ("types", "given", "sent"),
    [
        (["integer"], 2.0, 2),
        (["integer", "null"], 2.0, 2),
        (["integer"], 2.5, 2.5),
        (["number"], 2.0, 2.0),
        (["integer", "number"], 2.0, 2.0),
        (["string"], 2.0, 2.0),
    ],
)
def test_a_whole_number_is_written_without_a_fraction_where_only_integers_are_admitted(
    types: list[str], given: float, sent: float
) -> None:
    found = ArgumentReader().value(given, _shape({"type": types}), "body")
    assert (found, type(found)) == (sent, type(sent))


class _Colour(enum.Enum):
    RED = "red"
    FIRST = 1


@pytest.mark.parametrize("given", ["a", 1, 1.5, True, _Colour.RED])
def test_a_single_value_is_a_list_where_only_a_list_is_admitted(given: Any) -> None:
    for types in ("array", ["array"], ["array", "null"]):
        assert listed(given, _shape({"type": types})) == [given]
    for types in (["array", "string"], "string", ["string", "null"]):
        assert listed(given, _shape({"type": types})) == given
    assert listed(given, _shape({})) == given


@pytest.mark.parametrize("given", [None, ["a"], ("a",), {"a": 1}, b"a"])
def test_what_is_no_single_value_stays_as_it_is(given: Any) -> None:
    assert listed(given, _shape({"type": "array"})) == given


@pytest.mark.parametrize(
    ("given", "number"),
    [(2, 2), (2.0, 2), ("2", 2), (_Colour.FIRST, 1), (0, 0), (-1, -1)]
    + [(wrong, None) for wrong in (2.5, "x", True, None, _Colour.RED, [2])],
)
def test_a_number_of_a_page_is_a_whole_one(given: Any, number: int | None) -> None:
    assert page_number(given, _shape({"type": "integer"})) == number


SCHEMES = {
    "cert": {"type": "mutualTLS"},
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "other": {"type": "apiKey", "in": "query", "name": "q"},
    "token": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
}


@pytest.mark.parametrize(
    ("security", "keys", "found"),
    [
        ([{"cert": []}], None, Carried()),
        ([{"cert": [], "key": []}], "k", Carried((("x-key", "k"),), secrets=("k",))),
        ([{"cert": [], "key": []}], None, None),
        ([{}, {"key": []}], None, Carried()),
        ([{}, {"key": []}], "k", Carried((("x-key", "k"),), secrets=("k",))),
        ([{"basic": []}, {"token": []}], "t", Carried((("authorization", "Bearer t"),), secrets=("t",))),
        (
            [{"basic": []}, {"token": []}],
            ("u", "p:q"),
            Carried((("authorization", "Basic dTpwOnE="),), secrets=("dTpwOnE=", "p:q")),
        ),
        ([{"other": []}], {"other": "k"}, Carried(query=(("q", "k"),), secrets=("k",))),
        ([{"key": []}, {"other": []}], {"other": "k"}, Carried(query=(("q", "k"),), secrets=("k",))),
        ([{"key": [], "other": []}], {"other": "k"}, None),
        ([], None, Carried()),
    ],
)
def test_the_first_credentials_that_the_keys_satisfy_are_carried(security: Any, keys: Any, found: Any) -> None:
    item = {"get": {"operationId": "a", "security": security, "responses": {"200": {"description": ""}}}}
    raw = {"openapi": "3.1.0", "paths": {"/a": item}, "components": {"securitySchemes": SCHEMES}}
    assert carried(Document(raw).operations["a"], keys) == found
