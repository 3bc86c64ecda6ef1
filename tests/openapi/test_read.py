"""What becomes of each part of a document when it is read: its form in OpenAPI 3.1, and what is said of it."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi import versions
from apicontract.openapi.problems import DocumentInvalid

AT = "#/paths/~1a/post"


def read(operation: Any, version: Any = "3.1.0") -> tuple[Any, list[tuple[str, str, str]]]:
    """Return an operation as it is read, and the notices: place below it, message, fix."""
    found = versions.read({"openapi": version, "paths": {"/a": {"post": operation}}})
    notices = [(notice.pointer.removeprefix(AT), notice.message, notice.fix) for notice in found.notices]
    return found.raw["paths"]["/a"]["post"], notices


@pytest.mark.parametrize("version", ["3.0.0", "3.0.4", "3.0", "3.1.0", "3.1.1", "3.1", "3.2.0", "3.2", "3.1.0-rc1"])
def test_versions_that_are_read(version: str) -> None:
    assert versions.read({"openapi": version}).notices == ()


def test_a_version_that_is_a_number_is_read_as_text() -> None:
    (notice,) = versions.read({"openapi": 3.1}).notices
    assert str(notice) == '#/openapi: the version is the number 3.1, and is read as text; write it in quotes: "3.1.0"'


@pytest.mark.parametrize(
    "version", ["2.0", "3.3.0", "3.10.0", "3.3", "3", "4.0.0", "v3.1.0", "", None, 3, 3.5, True, [3.1]]
)
def test_other_versions_are_refused(version: Any) -> None:
    with pytest.raises(DocumentInvalid, match=r"#/openapi: OpenAPI 3.0, 3.1 or 3.2 is needed, and `openapi` is "):
        versions.read({"openapi": version})


def test_swagger_is_refused_unless_the_document_says_what_it_is() -> None:
    with pytest.raises(DocumentInvalid) as caught:
        versions.read({"swagger": "2.0"})
    assert str(caught.value) == (
        "#/swagger: this is Swagger 2.0; convert it to OpenAPI 3 first, as `npx swagger2openapi FILE` does"
    )
    assert versions.read({"swagger": "2.0", "openapi": "3.1.0"}).notices == ()


@pytest.mark.parametrize(
    ("key", "status"),
    [
        *((key, True) for key in ("default", "100", "200", "599", "1XX", "5XX", "4xx", "4Xx", "DEFAULT", "Default")),
        *((key, False) for key in ("600", "099", "20", "2000", "0XX", "6XX", "XXX", "2X", "2X0", "ok", "", "٢٠٠")),
    ],
)
def test_what_is_a_status(key: str, status: bool) -> None:
    assert versions.is_status(key) is (status and key not in ("DEFAULT", "Default"))


IGNORED = "write one, or `4XX`, or `default`"


@pytest.mark.parametrize(
    ("responses", "found", "notices"),
    [
        ({"200": {}, "4XX": {}, "default": {}, "x-a": {}}, ["200", "4XX", "default", "x-a"], []),
        ({200: {}, "x-a": {}}, ["200", "x-a"], []),
        ({"4xx": {}}, ["4xx"], [("/responses/4xx", "'4xx' is read as '4XX'", "write it so")]),
        (
            {"4xx": {}, "4XX": {}},
            ["4xx", "4XX"],
            [("/responses/4xx", "'4xx' is not a status, and is ignored", IGNORED)],
        ),
        ({"a/b": {}}, ["a/b"], [("/responses/a~1b", "'a/b' is not a status, and is ignored", IGNORED)]),
        (
            {"600": {}, "x-a": {}},
            ["600", "x-a"],
            [("/responses/600", "'600' is not a status, and is ignored", IGNORED)],
        ),
    ],
)
def test_keys_of_responses(responses: Any, found: list[str], notices: Any) -> None:
    read_, said = read({"responses": responses})
    assert ([*read_["responses"]], said) == (found, notices)


IN_BODY = "write one of path, query, header, cookie, querystring, or a request body"


@pytest.mark.parametrize(
    ("parameter", "found", "notices"),
    [
        ({"in": "query", "style": "deepObject"}, None, []),
        ({"in": "query", "style": "pipeDelimited"}, None, []),
        ({"in": "path", "style": "matrix"}, None, []),
        ({"in": "cookie", "style": "cookie"}, None, []),
        ({"in": "header", "style": "unheard"}, None, []),
        ({"in": "header"}, None, []),
        ({"in": 5, "style": "form"}, None, []),
        (
            {"in": "header", "style": "form"},
            {"in": "header"},
            [
                (
                    "/parameters/0/style",
                    "a parameter `in: header` has no style 'form', and is read in the default style",
                    "write simple",
                )
            ],
        ),
        (
            {"in": "cookie", "style": "deepObject"},
            {"in": "cookie"},
            [
                (
                    "/parameters/0/style",
                    "a parameter `in: cookie` has no style 'deepObject', and is read in the default style",
                    "write form or cookie",
                )
            ],
        ),
        ({"in": "body"}, None, [("/parameters/0", "a parameter `in: body` is ignored", IN_BODY)]),
        ({"in": "Query", "style": "form"}, None, [("/parameters/0", "a parameter `in: Query` is ignored", IN_BODY)]),
        ({"in": "query", "required": "true"}, {"in": "query", "required": True}, []),
        ({"in": "query", "required": "True"}, {"in": "query", "required": True}, []),
        ({"in": "query", "required": "false"}, {"in": "query", "required": False}, []),
        ({"in": "query", "required": "yes"}, {"in": "query", "required": False}, []),
        ({"in": "query", "required": 1}, None, []),
    ],
)
def test_parameters(parameter: Any, found: Any, notices: Any) -> None:
    read_, said = read({"parameters": [{"name": "n", **parameter}]})
    assert read_["parameters"][0] == {"name": "n", **(parameter if found is None else found)}
    assert said == notices


ELSEWHERE = "check it by other means"
XML = "a body in XML is not checked against its schema"
STRING = {"type": "string"}


@pytest.mark.parametrize(
    ("media", "held", "found", "notices"),
    [
        ("a/b", {"example": 5}, {"example": 5, "examples": {"example": {"value": 5}}}, []),
        ("a/b", {"example": None}, {"example": None, "examples": {"example": {"value": None}}}, []),
        ("a/b", {"example": 5, "examples": {"a": {"value": 6}}}, None, []),
        ("a/b", {"x-oai-itemSchema": STRING}, {"x-oai-itemSchema": STRING, "itemSchema": STRING}, []),
        ("a/b", {"x-oai-itemSchema": {}, "itemSchema": STRING}, None, []),
        ("text/event-stream", {"itemSchema": STRING}, None, []),
        (
            "application/json; charset=utf-8",
            {"itemSchema": STRING, "schema": STRING},
            {"schema": STRING},
            [("/itemSchema", "application/json is not a stream, so `itemSchema` is ignored", "write `schema`")],
        ),
        (
            "application/a+json",
            {"itemSchema": STRING},
            {},
            [("/itemSchema", "application/a+json is not a stream, so `itemSchema` is ignored", "write `schema`")],
        ),
        (
            "Multipart/Mixed; boundary=x",
            {"itemSchema": STRING},
            {},
            [("/itemSchema", "`itemSchema` is not supported here", ELSEWHERE)],
        ),
        (
            "a/b",
            {"prefixEncoding": []},
            None,
            [("/prefixEncoding", "`prefixEncoding` is not supported here", ELSEWHERE)],
        ),
        ("a/b", {"itemEncoding": {}}, None, [("/itemEncoding", "`itemEncoding` is not supported here", ELSEWHERE)]),
        ("application/xml", {"schema": STRING}, None, [("", XML, ELSEWHERE)]),
        ("text/xml; charset=utf-8", {"schema": STRING}, None, [("", XML, ELSEWHERE)]),
        ("application/atom+xml", {"schema": STRING}, None, [("", XML, ELSEWHERE)]),
        ("text/a.b+xml", {"schema": STRING}, None, [("", XML, ELSEWHERE)]),
        ("application/xml", {"example": "<a/>"}, {"example": "<a/>", "examples": {"example": {"value": "<a/>"}}}, []),
        ("application/xhtml", {"schema": STRING}, None, []),
        ("image/svg+xml", {"schema": STRING}, None, []),
    ],
)
def test_media_types(media: str, held: Any, found: Any, notices: Any) -> None:
    read_, said = read({"requestBody": {"content": {media: held}}})
    assert read_["requestBody"]["content"][media] == (held if found is None else found)
    at = f"/requestBody/content/{media.replace('/', '~1')}"
    assert said == [(f"{at}{place}", *rest) for place, *rest in notices]


@pytest.mark.parametrize(
    ("media", "example", "value"),
    [
        ("application/json", {"value": 1, "dataValue": 2}, 1),
        ("application/json", {"dataValue": 2, "serializedValue": "3"}, 2),
        ("application/json", {"serializedValue": "[3]"}, [3]),
        ("application/a+json", {"serializedValue": "[3]"}, [3]),
        ("text/plain", {"serializedValue": "[3]"}, "[3]"),
        ("application/json", {"serializedValue": 3}, 3),
        ("application/json", {"serializedValue": "no JSON"}, None),
        ("application/json", {"externalValue": "a.json"}, None),
        ("application/json", {"dataValue": None}, "null"),
    ],
)
def test_examples(media: str, example: Any, value: Any) -> None:
    read_, said = read({"requestBody": {"content": {media: {"examples": {"e": example}}}}})
    found = read_["requestBody"]["content"][media]["examples"]["e"]
    if value is None:
        assert found is example
    else:
        assert found == {**example, "value": None if value == "null" else value}
    assert said == []


def test_only_3_0_ignores_what_stands_beside_a_reference() -> None:
    schema = {"$ref": "#/components/schemas/S", "minLength": 1}
    for version in ("3.0.3", "3.0", "3.1.0", "3.2.0"):
        read_, _ = read({"requestBody": {"content": {"a/b": {"schema": schema}}}}, version)
        kept = {"$ref": schema["$ref"]} if version[:3] == "3.0" else schema
        assert read_["requestBody"]["content"]["a/b"]["schema"] == kept


def test_the_given_document_is_not_changed() -> None:
    raw: Any = {
        "openapi": "3.1.0",
        "paths": {"/a": {"post": {"responses": {200: {"content": {"a/b": {"example": 1}}}}}}},
    }
    found = versions.read(raw).raw
    assert [*raw["paths"]["/a"]["post"]["responses"]] == [200]
    assert [*found["paths"]["/a"]["post"]["responses"]] == ["200"]
    assert versions.read({"openapi": "3.1.0", "info": {}}).raw["info"] == {}
