"""What the places of a request can carry: of each value, whether it can be sent and is read back as it was."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.strategies.contract_strategies import ContractStrategies, strategies_of
from apicontract.values.constraints import Schema
from tests.support.small import body, document, operation, parameter
from twelvelabs_contract import Contract

TEXTS = [*("", "a", "é", "1", "true", "null", "a,b", " a", "..", "a/b", "a;b")]
LISTS: list[Any] = [[], [1], ["a"], ["a,b"], ["1,2"], ["[1]"], ["1, x"], [[1]]]
OBJECTS: list[Any] = [
    *({}, {"b": 1}, {"b": "x"}, {"b": "1,2"}, {"b": [1]}, {"zz": 1}, {"zz": "x"}),
    *({"q": "x"}, {"q[r]": "x"}, {"": "x"}, {"a][b": "x"}),
]
VALUES: list[Any] = [*TEXTS, 1, 1.5, True, None, *LISTS, *OBJECTS]


def exactly(value: Any) -> Schema:
    """Return the schema of one value, whose parts are told apart."""
    if isinstance(value, list):
        return {
            "kinds": ("array",),
            "prefixItems": [*map(exactly, value)],
            "minItems": len(value),
            "maxItems": len(value),
        }
    if isinstance(value, dict):
        members = {name: exactly(member) for name, member in value.items()}
        return {"kinds": ("object",), "required": [*value], "maxProperties": len(value), "properties": members}
    return {"const": value}


def carried(built: ContractStrategies, schema: Schema) -> list[Any]:
    """Return those of the values that a schema admits."""
    return [value for value in VALUES if built.alternatives.possible(schema, exactly(value))]


def built_of(path: str = "/a", **own: Any) -> ContractStrategies:
    """Return the strategies of a contract with one operation."""
    return strategies_of(Contract(Document(document({path: {"post": operation(**own)}}))))


PARAMETERS: list[tuple[str, Any, dict[str, Any], list[Any]]] = [
    ("query", {"type": "string"}, {}, [*TEXTS]),
    ("query", {"type": "integer"}, {}, ["", "a", "é", "true", "null", "a,b", " a", "..", "a/b", "a;b", 1, 1.5]),
    ("query", {"type": "boolean"}, {}, ["", "a", "é", "1", "null", "a,b", " a", "..", "a/b", "a;b", True]),
    ("query", {"type": ["boolean", "string"]}, {}, ["", "a", "é", "1", "null", "a,b", " a", "..", "a/b", "a;b", True]),
    (
        "query",
        {"type": ["integer", "null"]},
        {},
        ["a", "é", "true", "null", "a,b", " a", "..", "a/b", "a;b", 1, 1.5, None],
    ),
    ("query", {}, {}, [*TEXTS]),
    ("query", {"enum": ["a", "b"]}, {}, [*TEXTS]),
    ("query", {"type": "number"}, {}, ["", "a", "é", "true", "null", "a,b", " a", "..", "a/b", "a;b", 1, 1.5]),
    ("path", {"type": "string"}, {}, ["a", "é", "1", "true", "null", "a,b", " a", "a/b", "a;b"]),
    ("path", {"type": "integer"}, {}, ["a", "é", "true", "null", "a,b", " a", "a/b", "a;b", 1, 1.5]),
    ("path", {"type": "string", "minLength": 1}, {}, ["", "a", "é", "1", "true", "null", "a,b", " a", "a/b", "a;b"]),
    ("path", {}, {}, ["a", "é", "1", "true", "null", "a,b", " a", "a/b", "a;b"]),
    ("path", {"type": "array", "items": {"type": "integer"}}, {}, [[1], ["a"], ["[1]"]]),
    ("path", {"type": "array", "items": {"type": "string"}}, {}, [["a"], ["[1]"]]),
    ("header", {"type": "string"}, {}, ["", "a", "1", "true", "null", "a,b", "..", "a/b", "a;b"]),
    ("header", {"type": "integer"}, {}, ["", "a", "true", "null", "a,b", "..", "a/b", "a;b", 1, 1.5]),
    ("header", {}, {}, ["", "a", "1", "true", "null", "a,b", "..", "a/b", "a;b"]),
    ("header", {"type": "array", "items": {"type": "integer"}}, {}, [[1], ["a"], ["[1]"]]),
    ("cookie", {"type": "string"}, {}, [*TEXTS]),
    ("cookie", {"type": "integer"}, {}, ["", "a", "é", "true", "null", "a,b", " a", "..", "a/b", "a;b", 1, 1.5]),
    ("cookie", {"type": "array", "items": {"type": "integer"}}, {}, [[1], ["a"], ["a,b"]]),
    ("query", {"type": "array", "items": {"type": "integer"}}, {}, [[1], ["a"], ["a,b"]]),
    (
        "query",
        {"type": "array", "items": {"type": "integer"}},
        {"explode": False},
        [[1], ["a"], ["a,b"], ["1,2"], ["[1]"], ["1, x"]],
    ),
    ("query", {"type": "array", "items": {"type": "string"}}, {}, [["a"], ["a,b"], ["1,2"], ["[1]"], ["1, x"]]),
    (
        "query",
        {"type": "array", "items": {"type": "string"}},
        {"explode": False},
        [["a"], ["a,b"], ["1,2"], ["[1]"], ["1, x"]],
    ),
    ("query", {"type": "array", "items": {"enum": ["a", "b"]}}, {}, [["a"], ["1,2"], ["[1]"], ["1, x"]]),
    (
        "query",
        {"type": "array", "items": {"enum": ["a", "b"]}},
        {"explode": False},
        [["a"], ["a,b"], ["1,2"], ["[1]"], ["1, x"]],
    ),
    ("query", {"type": "array"}, {}, [["a"], ["a,b"], ["1,2"], ["[1]"], ["1, x"]]),
    ("query", {"type": "array"}, {"explode": False}, [["a"], ["a,b"], ["1,2"], ["[1]"], ["1, x"]]),
    (
        "query",
        {"type": "object", "properties": {"b": {"type": "integer"}}},
        {"beside": True},
        [{"b": 1}, {"b": "x"}, {"b": "1,2"}, {"zz": "x"}],
    ),
    (
        "query",
        {"type": "object", "properties": {"b": {"type": "integer"}}},
        {"explode": False, "beside": True},
        [{"b": 1}, {"b": "x"}, {"zz": "x"}],
    ),
    (
        "query",
        {"type": "object", "properties": {"b": {"type": "integer"}}},
        {"explode": True, "beside": True},
        [{"b": 1}, {"b": "x"}, {"b": "1,2"}, {"zz": "x"}],
    ),
    (
        "header",
        {"type": "object", "properties": {"b": {"type": "integer"}}},
        {"beside": True},
        [{"b": 1}, {"b": "x"}, {"zz": "x"}],
    ),
    (
        "header",
        {"type": "object", "properties": {"b": {"type": "integer"}}},
        {"explode": False, "beside": True},
        [{"b": 1}, {"b": "x"}, {"zz": "x"}],
    ),
    (
        "header",
        {"type": "object", "properties": {"b": {"type": "integer"}}},
        {"explode": True, "beside": True},
        [{"b": 1}, {"b": "x"}, {"zz": "x"}],
    ),
    (
        "cookie",
        {"type": "object", "properties": {"b": {"type": "integer"}}},
        {"beside": True},
        [{"b": 1}, {"b": "x"}, {"b": "1,2"}],
    ),
    (
        "cookie",
        {"type": "object", "properties": {"b": {"type": "integer"}}},
        {"explode": False, "beside": True},
        [{"b": 1}, {"b": "x"}, {"zz": "x"}],
    ),
    (
        "cookie",
        {"type": "object", "properties": {"b": {"type": "integer"}}},
        {"explode": True, "beside": True},
        [{"b": 1}, {"b": "x"}, {"b": "1,2"}],
    ),
    (
        "query",
        {"type": "object", "properties": {"b": {"type": "integer"}}},
        {"style": "deepObject", "beside": True},
        [{"b": 1}, {"b": "x"}, {"b": "1,2"}, {"zz": "x"}],
    ),
    (
        "query",
        {"type": "object", "properties": {"b": {"type": "integer"}}, "additionalProperties": False},
        {},
        [{"b": 1}, {"b": "x"}, {"b": "1,2"}, {"zz": 1}, {"zz": "x"}, {"q": "x"}, {"q[r]": "x"}],
    ),
    (
        "query",
        {"type": "object", "properties": {"b": {"type": "integer"}}, "additionalProperties": {"type": "integer"}},
        {},
        [{"b": 1}, {"b": "x"}, {"b": "1,2"}, {"zz": 1}, {"zz": "x"}, {"q": "x"}, {"q[r]": "x"}],
    ),
    (
        "query",
        {"type": "object", "properties": {"b": {"type": "integer"}}, "required": ["b"]},
        {"explode": False},
        [{"b": 1}, {"b": "x"}, {"zz": "x"}, {"q": "x"}],
    ),
]
"""The location, the schema and the style of a parameter, and what it can carry, valid or not; some stand beside `q`."""


@pytest.mark.parametrize(("location", "schema", "more", "found"), PARAMETERS, ids=str)
def test_a_parameter_carries_these(location: str, schema: Any, more: dict[str, Any], found: list[Any]) -> None:
    style = {name: value for name, value in more.items() if name != "beside"}
    declared = [parameter(location, "p", schema, **style)]
    if "beside" in more:
        declared.append(parameter(location, "q", {"type": "string"}))
    built = built_of("/a/{p}" if location == "path" else "/a", parameters=declared)
    parameters = tuple(built.contract.operation("op").parameters_in(location))
    made = built.wire.parameters(parameters)
    assert carried(built, made["properties"]["p"]["wire"]) == found
    assert made["properties"]["p"]["allOf"] == [schema]
    assert (made["required"], made["additionalProperties"]) == (["p"] if location == "path" else [], False)
    assert not built.alternatives.possible(made, {"const": "a"})


FIELDS: list[tuple[str, Any, list[Any]]] = [
    ("multipart/form-data", {"type": "string"}, [*TEXTS]),
    (
        "multipart/form-data",
        {"type": "integer"},
        ["", "a", "é", "true", "null", "a,b", " a", "..", "a/b", "a;b", 1, 1.5],
    ),
    ("multipart/form-data", {}, [*TEXTS]),
    (
        "multipart/form-data",
        {"type": "object", "properties": {"b": {"type": "integer"}}},
        [
            1,
            1.5,
            True,
            {},
            {"b": 1},
            {"b": "x"},
            {"b": "1,2"},
            {"b": [1]},
            {"zz": 1},
            {"zz": "x"},
            {"q": "x"},
            {"q[r]": "x"},
            {"": "x"},
            {"a][b": "x"},
        ],
    ),
    ("multipart/form-data", {"type": "array", "items": {"type": "integer"}}, [[1], ["a"], ["a,b"]]),
    (
        "multipart/form-data",
        {"type": "array", "items": {"type": "object", "properties": {"b": {"type": "integer"}}}},
        [[1]],
    ),
    (
        "multipart/form-data",
        {"type": "array", "items": {"type": "string", "contentMediaType": "application/octet-stream"}},
        [["a"], ["a,b"], ["1,2"], ["[1]"], ["1, x"]],
    ),
    ("multipart/form-data", {"type": ["string", "object"]}, []),
    ("application/x-www-form-urlencoded", {"type": "string"}, [*TEXTS]),
    (
        "application/x-www-form-urlencoded",
        {"type": "integer"},
        ["", "a", "é", "true", "null", "a,b", " a", "..", "a/b", "a;b", 1, 1.5],
    ),
    ("application/x-www-form-urlencoded", {}, [*TEXTS]),
    (
        "application/x-www-form-urlencoded",
        {"type": "object", "properties": {"b": {"type": "integer"}}},
        [
            1,
            1.5,
            True,
            {},
            {"b": 1},
            {"b": "x"},
            {"b": "1,2"},
            {"b": [1]},
            {"zz": 1},
            {"zz": "x"},
            {"q": "x"},
            {"q[r]": "x"},
            {"": "x"},
            {"a][b": "x"},
        ],
    ),
    ("application/x-www-form-urlencoded", {"type": "array", "items": {"type": "integer"}}, [[1], ["a"], ["a,b"]]),
    (
        "application/x-www-form-urlencoded",
        {"type": "array", "items": {"type": "object", "properties": {"b": {"type": "integer"}}}},
        [[1]],
    ),
    (
        "application/x-www-form-urlencoded",
        {"type": "array", "items": {"type": "string", "contentMediaType": "application/octet-stream"}},
        [["a"], ["a,b"], ["1,2"], ["[1]"], ["1, x"]],
    ),
    ("application/x-www-form-urlencoded", {"type": ["string", "object"]}, []),
]
"""The media type of a form, the schema of a field, and what it can carry; of a file, its name."""


@pytest.mark.parametrize(("media", "schema", "found"), FIELDS, ids=str)
def test_a_field_carries_these(media: str, schema: Any, found: list[Any]) -> None:
    built = built_of(requestBody=body({"type": "object", "properties": {"p": schema}}, media))
    request_body = built.contract.operation("op").request_body
    assert request_body is not None
    made = built.wire.body(request_body.content[media])
    assert carried(built, made["wire"]["properties"]["p"]) == found


@pytest.mark.parametrize(
    ("media", "upload"), [("multipart/form-data", True), ("application/x-www-form-urlencoded", False)]
)
def test_a_file_is_sent_in_parts_alone(media: str, upload: bool) -> None:
    file = {"type": "string", "contentMediaType": "application/octet-stream"}
    fields = {"type": "object", "properties": {"one": file, "many": {"type": "array", "items": file}}}
    built = built_of(requestBody=body(fields, media))
    request_body = built.contract.operation("op").request_body
    assert request_body is not None
    made = built.wire.body(request_body.content[media])["wire"]["properties"]
    assert ("upload" in made["one"], "upload" in made["many"]["items"]) == (upload, upload)


BODIES: list[tuple[str, Any, list[Any]]] = [
    (
        "multipart/form-data",
        {"type": "object", "properties": {"b": {"type": "integer"}}},
        [{}, {"b": 1}, {"b": "x"}, {"b": "1,2"}, {"zz": "x"}, {"q": "x"}, {"q[r]": "x"}, {"": "x"}, {"a][b": "x"}],
    ),
    (
        "application/x-www-form-urlencoded",
        {"type": "object", "properties": {"b": {"type": "integer"}}},
        [{"b": 1}, {"b": "x"}, {"b": "1,2"}, {"zz": "x"}, {"q": "x"}, {"q[r]": "x"}, {"": "x"}, {"a][b": "x"}],
    ),
    (
        "application/x-www-form-urlencoded",
        {"type": "object", "properties": {"b": {"type": "integer"}}, "additionalProperties": False},
        [
            {"b": 1},
            {"b": "x"},
            {"b": "1,2"},
            {"zz": 1},
            {"zz": "x"},
            {"q": "x"},
            {"q[r]": "x"},
            {"": "x"},
            {"a][b": "x"},
        ],
    ),
    ("text/plain", {"type": "string"}, ["a", "é", "1", "true", "null", "a,b", " a", "..", "a/b", "a;b"]),
    ("text/plain", {"type": "integer"}, ["a", "é", "true", "null", "a,b", " a", "..", "a/b", "a;b", 1, 1.5]),
    (
        "text/plain",
        {"type": "array", "items": {"type": "integer"}},
        ["a", "é", "1", "true", "null", "a,b", " a", "..", "a/b", "a;b"],
    ),
    ("text/plain", {}, ["a", "é", "1", "true", "null", "a,b", " a", "..", "a/b", "a;b"]),
    ("application/json", {"type": "string"}, [*TEXTS]),
    ("application/json", {"type": "integer"}, [1]),
    ("application/json", {}, [*VALUES]),
    ("application/octet-stream", {"type": "string"}, ["a", "é", "1", "true", "null", "a,b", " a", "..", "a/b", "a;b"]),
    ("application/octet-stream", {"type": "integer"}, ["a", "é", "1", "true", "null", "a,b", " a", "..", "a/b", "a;b"]),
    ("image/*", {}, ["a", "é", "1", "true", "null", "a,b", " a", "..", "a/b", "a;b"]),
]
"""The media type of a body, its schema, and what it can carry, valid or not; of JSON, what is valid."""


@pytest.mark.parametrize(("media", "schema", "found"), BODIES, ids=str)
def test_a_body_carries_these(media: str, schema: Any, found: list[Any]) -> None:
    built = built_of(requestBody=body(schema, media))
    request_body = built.contract.operation("op").request_body
    assert request_body is not None
    made = built.wire.body(request_body.content[media])
    assert carried(built, made.get("wire", made)) == found


def test_json_in_a_parameter_is_anything_but_an_optional_header_is_never_sent() -> None:
    content = {"content": {"application/json": {"schema": {"type": "integer"}}}}
    built = built_of(parameters=[{"name": "p", "in": place, **content} for place in ("query", "header", "cookie")])
    found = {}
    for place in ("query", "header", "cookie"):
        made = built.wire.parameters(tuple(built.contract.operation("op").parameters_in(place)))
        found[place] = carried(built, made["properties"]["p"])
    assert found == {"query": [1], "header": [], "cookie": [1]}
