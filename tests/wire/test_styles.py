"""A parameter style is one entry of one table."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from apicontract.openapi.document import Document, Parameter
from apicontract.openapi.facts import Shape
from apicontract.wire import parameters
from apicontract.wire.styles import HEADER, QUERY, SEGMENT, STYLES, Delimited, header_field, is_spread, style_of
from twelvelabs_contract import Contract, Request

SEMICOLONS = Delimited(delimiter=";", pairs=True)
LIST = {"name": "ids", "in": "query", "style": "semicolons", "explode": False, "schema": {"items": {"type": "integer"}}}
PATHS = {"/things": {"get": {"operationId": "get", "parameters": [LIST], "responses": {"200": {}}}}}


def test_a_style_added_from_outside_is_written_read_and_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry in the table is all that a style needs."""
    monkeypatch.setitem(STYLES, "semicolons", SEMICOLONS)
    contract = Contract(Document({"openapi": "3.1.0", "servers": [{"url": "https://toy.example"}], "paths": PATHS}))
    operation = contract.operation("get")
    query = parameters.encode_query(operation, {"ids": [1, 2]})
    assert query == "ids=1;2"
    assert parameters.decode_query(contract.document, operation, query) == ({"ids": [1, 2]}, [])
    (violation,) = contract.check_request(Request("GET", "https://toy.example/things?ids=1;x"))
    assert (violation.where, violation.rule) == ("query.ids[1]", "type")


def test_an_unknown_style_counts_as_the_default_of_its_location() -> None:
    """A document that names a style of its own is read as if it had named none."""
    contract = Contract(Document({"openapi": "3.1.0", "paths": PATHS}))
    operation = contract.operation("get")
    (parameter,) = operation.parameters
    usual = replace(operation, parameters=(parameter._replace(style="form"),))
    assert parameters.encode_query(operation, {"ids": [1, 2]}) == parameters.encode_query(usual, {"ids": [1, 2]})


HOSTILE = ["", "a", "a,b", "a=b;c", ".x.", ";p=q", "a b", "a|b", "%2C", "é😀", "+", "&", "a/b", "?#", "[k]", "~_-."]
GRID = [
    (location, style, explode)
    for location, styles in (
        ("path", ("simple", "label", "matrix")),
        ("query", ("form", "spaceDelimited", "pipeDelimited")),
        ("query", ("json", "text")),
    )
    for style in styles
    for explode in (False, True)
]


@pytest.mark.parametrize(("location", "style", "explode"), GRID)
def test_any_text_in_one_raw_string_reads_back_equal(location: str, style: str, explode: bool) -> None:
    """Whatever a value has of delimiters and prefixes is escaped, and what cannot be is refused."""
    text = {"type": "string"}
    kinds: dict[str, tuple[Any, list[Any]]] = {
        "scalar": (text, list(HOSTILE)),
        "list": ({"type": "array", "items": text}, [[], *([one, two] for one in HOSTILE for two in ("z", ""))]),
        "object": (
            {"type": "object", "additionalProperties": text},
            [{one or "k": two, "z": one} for one in HOSTILE for two in HOSTILE],
        ),
    }
    quoting = SEGMENT if location == "path" else QUERY
    written = 0
    for kind, (schema, values) in kinds.items():
        parameter = Parameter("p q", location, True, style, explode, schema, "/p", "/p/schema")
        shape = Shape(Document({"openapi": "3.1.0"}), schema, "/p/schema")
        own = style_of(parameter)
        if style == "text" and kind != "scalar":
            continue
        for value in values:
            try:
                pairs = own.encode(parameter, value, quoting)
            except ValueError:
                pairs = []
                assert own.held is not None
                assert own.held in str(value)
            if len(pairs) != 1 or (isinstance(own, Delimited) and own.pairs and explode):
                continue  # each item has a raw string of its own, which is read by its name
            if style == "label" and "." in str(value):
                continue  # which is not escaped (RFC 6570, section 3.2.5)
            ((name, raw),) = pairs
            written += 1
            assert (name, quoting.unquote(name)) == ("p%20q", "p q")
            assert raw.isascii()
            if value == [] and (raw == "" or style == "matrix"):
                continue  # no segment is empty, and `;p=` is a list of one empty text
            found = own.decode(parameter, shape, raw, quoting)
            assert found == value, raw
    assert written > 20 or (explode and location == "query" and style not in ("json", "text")) or style == "text"


@pytest.mark.parametrize(
    ("style", "explode", "schema", "raw", "message"),
    [
        ("label", False, {"type": "string"}, "a", "in the style 'label' it begins with '.'"),
        ("matrix", False, {"type": "string"}, "a", "in the style 'matrix' it begins with ';'"),
        ("matrix", False, {"type": "string"}, ";q=a", "in the style 'matrix' it is written as ;p=value"),
        ("matrix", True, {"type": "array"}, ";p=a;q=b", "in the style 'matrix' it is written as ;p=value"),
        ("simple", True, {"type": "object"}, "a=1,b", "a member is written as key=value, and \"b\" has no '='"),
        ("label", True, {"type": "object"}, ".a=1.b", "a member is written as key=value, and \"b\" has no '='"),
        (
            "simple",
            False,
            {"type": "object"},
            "a,1,b",
            'keys and values alternate, and the last key, "b", has no value',
        ),
        ("simple", False, {"type": "object"}, "a,,a,1", 'the key "a" is given twice'),
        ("json", False, {}, "{", "invalid JSON: "),
    ],
)
def test_what_is_not_in_the_form_of_its_style_says_why(
    style: str, explode: bool, schema: Any, raw: str, message: str
) -> None:
    parameter = Parameter("p", "path", True, style, explode, schema, "/p", "/p/schema")
    shape = Shape(Document({"openapi": "3.1.0"}), schema, "/p/schema")
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        style_of(parameter).decode(parameter, shape, raw, SEGMENT)
    if schema.get("type") == "object":  # what may be a text, too, is one
        both = Shape(Document({"openapi": "3.1.0"}), {"type": ["object", "string"]}, "/p/schema")
        assert style_of(parameter).decode(parameter, both, raw, SEGMENT) == raw.removeprefix(".")


@pytest.mark.parametrize(
    ("style", "schema", "raw", "value"),
    [
        ("label", {"type": "array", "items": {"type": "integer"}}, ".1.2", [1, 2]),
        ("label", {"type": "array", "items": {"type": "integer"}}, ".1,2", [1, 2]),
        ("label", {"type": "array"}, ".", []),
        ("label", {"type": "object"}, ".", {}),
        ("matrix", {"type": "object"}, ";", {}),
        ("simple", {"type": "object"}, "", {}),
        ("simple", {"type": "array"}, "", []),
        ("simple", {"type": "array"}, "a,,b", ["a", "", "b"]),
    ],
)
def test_a_list_without_explode_may_have_either_delimiter_and_nothing_is_nothing(
    style: str, schema: Any, raw: str, value: Any
) -> None:
    parameter = Parameter("p", "path", True, style, False, schema, "/p", "/p/schema")
    shape = Shape(Document({"openapi": "3.1.0"}), schema, "/p/schema")
    assert style_of(parameter).decode(parameter, shape, raw, SEGMENT) == value


def test_a_header_is_text_with_white_space_around_it_and_without_empty_items() -> None:
    """RFC 9110, sections 5.5 and 5.6.1; JSON in it is ASCII."""
    schema = {"type": "array", "items": {"type": "string"}}
    document = Document({"openapi": "3.1.0"})
    listed = Parameter("X-A", "header", True, "simple", False, schema, "/p", "/p/schema")
    assert style_of(listed).decode(listed, Shape(document, schema, ""), " a, b ,, %2C", HEADER) == ["a", "b", "%2C"]
    plain = listed._replace(schema={"type": "string"})
    assert style_of(plain).decode(plain, Shape(document, plain.schema, ""), "  a, b ", HEADER) == "a, b"
    assert header_field(listed, ["a", "b"]) == "a,b"
    assert header_field(listed._replace(style="json"), {"é": [1]}) == '{"\\u00e9": [1]}'
    query = listed._replace(style="json", location="query", name="q")
    assert style_of(query).encode(query, {"é": [1]}, QUERY) == [("q", "%7B%22%C3%A9%22%3A%20%5B1%5D%7D")]


@pytest.mark.parametrize("schema", [{"type": "object"}, {"type": "array"}, {"type": "string"}, {}])
def test_content_that_is_no_json_is_text_as_it_is(schema: Any) -> None:
    document = Document({"openapi": "3.1.0"})
    text = Parameter("p", "query", True, "text", False, schema, "/p", "/p/schema")
    found = [style_of(text).decode(text, Shape(document, schema, ""), raw, QUERY) for raw in ("a%2Cb", "5", "", "k=v")]
    assert found == ["a,b", "5", "", "k=v"]
    number = text._replace(schema={"type": "integer"})
    assert style_of(number).decode(number, Shape(document, number.schema, ""), "5", QUERY) == 5
    assert style_of(text).encode(text, {"é": 1}, QUERY) == [("p", "%7B%22%C3%A9%22%3A%201%7D")]


def test_an_unknown_style_is_that_of_its_place() -> None:
    unknown = Parameter("p", "query", True, "own", False, {}, "/p", "/p/schema")
    styles = {
        location: style_of(unknown._replace(location=location)) for location in ("query", "cookie", "path", "header")
    }
    assert styles == {
        "query": STYLES["form"],
        "cookie": STYLES["form"],
        "path": STYLES["simple"],
        "header": STYLES["simple"],
    }
    spread = {name for name in STYLES if is_spread(unknown._replace(style=name, explode=True))}
    assert spread == {"form", "spaceDelimited", "pipeDelimited"}
