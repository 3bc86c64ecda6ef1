"""Where a rule begins and ends: for each kind of keyword, parameter and operation, what is reported and what is not.

One value of the right document is another, and one module of rules looks at it. The folder `wrong` has the places and
the fixes, word for word.
"""

from __future__ import annotations

import dataclasses
from copy import deepcopy
from typing import Any

import pytest

from codegen.bundle import load
from codegen.rules import document, examples, keywords, objects, operations, parameters, unions
from codegen.view import View
from tests.codegen.edits import RIGHT, told

BUNDLE = load(RIGHT)
SCHEMAS = ("components", "schemas")
TEXT = (*SCHEMAS, "Note", "properties", "text")
LIST = ("paths", "/notes", "get")


def of_text(schema: Any) -> list[str]:
    """Return what is told of a schema of a property."""
    return told(keywords, (TEXT, {**schema, "description": "A text."}))


MAP = {"type": "object", "additionalProperties": {"type": "string"}}
LISTED = {"type": "array", "items": {"type": "string"}}
BOUNDS: list[tuple[dict[str, Any], str, str, bool]] = [
    ({"type": "string"}, "minLength", "maxLength", True),
    (LISTED, "minItems", "maxItems", True),
    (MAP, "minProperties", "maxProperties", True),
    ({"type": "integer"}, "minimum", "maximum", True),
    ({"type": "integer"}, "minimum", "exclusiveMaximum", False),
    ({"type": "integer"}, "exclusiveMinimum", "maximum", False),
    ({"type": "integer"}, "exclusiveMinimum", "exclusiveMaximum", False),
]


@pytest.mark.parametrize(("schema", "low", "high", "may_be_equal"), BOUNDS)
def test_bounds_leave_something_between_them(schema: Any, low: str, high: str, *, may_be_equal: bool) -> None:
    for least, most, right in ((2, 3, True), (2, 2, may_be_equal), (2, 1, False)):
        expected = [] if right else [f"{low!r} is {least} and {high!r} is {most}: nothing is between them"]
        assert of_text({**schema, low: least, high: most}) == expected


@pytest.mark.parametrize(
    ("formats", "kind"),
    [
        (("int32", "int64"), "integer"),
        (("double",), "number"),
        (("binary", "date", "date-time", "uri", "uuid"), "string"),
    ],
)
def test_a_format_is_for_one_type(formats: tuple[str, ...], kind: str) -> None:
    """Also among several types, wherever it stands among them."""
    for name in formats:
        for other in {"integer", "number", "string"} - {kind}:
            assert of_text({"type": other, "format": name}) == [f"the format {name!r} is for the type {kind}"]
        for types in (kind, [kind, "null"], ["boolean", kind]):
            assert of_text({"type": types, "format": name}) == []


KEYWORDS: dict[str, tuple[str, ...]] = {
    "string": ("minLength", "maxLength", "pattern", "contentMediaType", "contentSchema"),
    "number or integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "array": ("items", "contains", "minItems", "maxItems", "uniqueItems"),
    "object": (
        *("properties", "required", "additionalProperties", "propertyNames", "minProperties", "maxProperties"),
        *("dependentRequired", "x-exclusive"),
    ),
}
VALUES: dict[str, Any] = {
    "pattern": "a",
    "contentMediaType": "application/json",
    "contentSchema": {"type": "string"},
    "multipleOf": 2,
    "items": {"type": "string"},
    "contains": {"const": 1},
    "uniqueItems": True,
    "properties": {},
    "required": [],
    "additionalProperties": {"type": "string"},
    "propertyNames": {"minLength": 1},
    "dependentRequired": {},
    "x-exclusive": [["a", "b"]],
}


@pytest.mark.parametrize(("kind", "keyword"), [(kind, one) for kind, several in KEYWORDS.items() for one in several])
def test_a_keyword_is_for_its_type(kind: str, keyword: str) -> None:
    """It needs that type, alone or beside others."""
    value = VALUES.get(keyword, 1)
    message = f"{keyword!r} is for the type {kind}, and the type is boolean"
    assert message in of_text({"type": "boolean", keyword: value})
    for name in kind.split(" or "):
        assert not [one for one in of_text({"type": ["boolean", name], keyword: value}) if "is for the type" in one]


SINGLE: list[tuple[dict[str, Any], list[str]]] = [
    ({"type": "integer", "multipleOf": 0}, ["'multipleOf' is not above 0"]),
    ({"type": "integer", "multipleOf": -1}, ["'multipleOf' is not above 0"]),
    ({"type": "number", "format": "double", "multipleOf": 0.5}, []),
    ({"type": "string", "format": "email"}, ["the format 'email' is not understood"]),
    ({"type": "number"}, ["the number has no format"]),
    ({"type": ["number", "null"]}, ["the number has no format"]),
    ({"type": ["number", "string"]}, []),
    ({"type": []}, ["the list of types is empty or names one twice"]),
    ({"type": ["string", "string"]}, ["the list of types is empty or names one twice"]),
    ({**LISTED, "type": ["array", "string"]}, ["the schema is of the types 'array', 'string' at once"]),
    ({**MAP, "type": ["string", "object"]}, ["the schema is of the types 'string', 'object' at once"]),
    ({**LISTED, "type": ["array", "null"]}, []),
    ({"type": ["array", "null"]}, ["the array has no items"]),
    ({"type": ["string", "integer"]}, []),
    ({"type": "text"}, ["'text' is not a type"]),
    ({}, ["the schema has no type"]),
    ({"type": "string", "enum": []}, ["'enum' is empty"]),
    ({"type": "string", "enum": ["a", "b", "a"]}, ["'enum' lists \"a\" twice"]),
    ({"type": "string", "examples": ["a", "a"]}, ["'examples' lists \"a\" twice"]),
    ({"type": "string", "examples": []}, ["'examples' is empty"]),
    ({**MAP, "required": []}, []),
    ({**MAP, "dependentRequired": {"a": ["b", "b"]}}, ["'dependentRequired' lists \"b\" twice"]),
    ({**MAP, "enum": [{"a": 1, "b": 2}, {"b": 2, "a": 1}]}, ['\'enum\' lists {"a": 1, "b": 2} twice']),
    ({"type": ["integer", "boolean"], "enum": [1, True]}, []),
    ({"anyOf": []}, ["'anyOf' is empty"]),
    ({"oneOf": []}, ["'oneOf' is empty"]),
    ({"type": "string", "allOf": []}, ["'allOf' is empty"]),
    (
        {"type": "string", "contentMediaType": "application/json"},
        ["contentMediaType and contentSchema need each other"],
    ),
    (
        {"type": "string", "contentSchema": {"type": "string"}},
        ["contentMediaType and contentSchema need each other"],
    ),
    (
        {"type": "string", "contentMediaType": "application/json;a=b", "contentSchema": {"type": "string"}},
        ["text of the media type 'application/json;a=b' is not understood"],
    ),
    ({"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "string"}}, []),
    ({"type": "string", "if": {"minLength": 1}}, ["'if' needs 'then' or 'else', and these need 'if'"]),
    ({"type": "string", "then": {"minLength": 1}}, ["'if' needs 'then' or 'else', and these need 'if'"]),
    ({"type": "string", "else": {"minLength": 1}}, ["'if' needs 'then' or 'else', and these need 'if'"]),
    ({"type": "string", "if": {"minLength": 1}, "else": {"minLength": 1}}, []),
    ({"type": "object"}, ["the object has neither properties nor additionalProperties"]),
    ({"type": ["object", "null"]}, ["the object has neither properties nor additionalProperties"]),
    ({"type": "object", "additionalProperties": True}, []),
    ({"type": "string", "not": {}}, ["the rule asserts nothing"]),
    ({"type": "string", "not": {"$comment": "none"}}, ["the rule asserts nothing"]),
    ({"type": "string", "not": {"enum": ["a"]}}, []),
]


@pytest.mark.parametrize(("schema", "expected"), SINGLE)
def test_what_is_told_of_a_schema(schema: Any, expected: list[str]) -> None:
    assert of_text(schema) == expected


PATTERNS: dict[str, str | None] = {
    **{rf"\{letter}": rf"\{letter}" for letter in "dDwWsSbB"},
    r"(a)\1": r"\1",
    "(?P<n>a)": "(?P<",
    "(?=a)": "(?=a",
    "(?!a)": "(?!a",
    "(?<=a)": "(?<=",
    "(?<!a)": "(?<!",
    "(?i)a": "(?i",
    r"\\\d": r"\\\d",
    **dict.fromkeys(("(?:a)", r"\.", r"\\d", "[a-z]{2}", r"\n", "a|b", r"\-")),
}


@pytest.mark.parametrize(("pattern", "odd"), PATTERNS.items())
def test_a_pattern_is_read_alike_by_every_engine(pattern: str, odd: str | None) -> None:
    expected = [f"the pattern uses {odd!r}, which engines read differently or not at all"] if odd else []
    assert of_text({"type": "string", "pattern": pattern}) == expected


STRING = {"type": "string"}
BOTH = {**LISTED, **MAP, "type": ["array", "object"]}
NESTED = "a parameter has a list or an object inside another"


def given(location: str, name: str, schema: Any, **more: Any) -> dict[str, Any]:
    """Return a parameter."""
    return {"in": location, "name": name, "description": "One.", "example": 1, "schema": schema, **more}


def of_parameters(*several: Any) -> list[str]:
    """Return what is told of the parameters of an operation."""
    return told(parameters, ((*LIST, "parameters"), several and list(several)))


STYLED: list[tuple[str, dict[str, Any], bool, Any, list[str]]] = [
    *(
        (name, schema, explode, style, [] if schema is fits and explode is wanted else [message])
        for name, style, fits, wanted, message in (
            ("a", "spaceDelimited", LISTED, False, "the style 'spaceDelimited' is for arrays with 'explode: false'"),
            ("a", "pipeDelimited", LISTED, False, "the style 'pipeDelimited' is for arrays with 'explode: false'"),
            (
                *("a", "deepObject", MAP, True),
                "the style 'deepObject' is for objects with 'explode: true', and for scalars beside them",
            ),
        )
        for schema in (LISTED, MAP, STRING, BOTH)
        for explode in (True, False)
    ),
    ("a", LISTED, False, "simple", ["the runtime has no style 'simple' for query parameters"]),
    ("a", {"type": "array", "items": LISTED}, True, "form", [NESTED]),
    ("a", {"type": "array", "items": MAP}, True, "form", [NESTED]),
    ("a", {"type": "object", "additionalProperties": LISTED}, True, "form", [NESTED]),
    ("a", {"type": "object", "properties": {"b": LISTED}}, True, "form", [NESTED]),
    ("a", {"type": "object", "properties": {"b": STRING}}, True, "form", []),
    ("a", {"anyOf": [STRING, MAP]}, True, "deepObject", []),
]


@pytest.mark.parametrize(("name", "schema", "explode", "style", "expected"), STYLED)
def test_a_style_is_for_its_type(name: str, schema: Any, style: str, expected: list[str], *, explode: bool) -> None:
    assert of_parameters(given("query", name, schema, style=style, explode=explode)) == expected


PARAMETERS: list[tuple[list[Any], list[str]]] = [
    ([given("cookie", "a", STRING)], ["the client cannot send a parameter in 'cookie'"]),
    ([given("query", "a", LISTED)], ["the array in the query has no 'style', 'explode'"]),
    ([given("query", "a", LISTED, style="form")], ["the array in the query has no 'explode'"]),
    ([given("query", "a", MAP, explode=False)], ["the object in the query has no 'style'"]),
    ([given("header", "X-A", LISTED)], []),
    ([given("query", "a", STRING), given("query", "A", STRING)], ["the query parameter 'A' is declared twice"]),
    ([given("query", "a", STRING), given("header", "a", STRING)], []),
    (
        [given("query", name, MAP, style="form", explode=True) for name in "abc"],
        [f"{name!r} is the second object whose keys become query parameters" for name in "bc"],
    ),
    ([given("query", name, MAP, style="form", explode=name == "a") for name in "ab"], []),
    *(
        (
            [given("query", name, MAP, **more) for name in "ab"],
            [
                "'b' is the second object whose keys become query parameters",
                *[f"the object in the query has no {', '.join(map(repr, {'style', 'explode'} - more.keys()))}"] * 2,
            ],
        )
        for more in ({"style": "form"}, {"explode": True})
    ),
    ([given("query", name, LISTED, style="form", explode=True) for name in "ab"], []),
    *(
        ([given("header", name, STRING)], [f"the client sets the header {name!r} itself"])
        for name in ("Accept", "authorization", "Content-Length", "content-type", "HOST", "Transfer-Encoding", "X-Key")
    ),
    ([given("header", "X y", STRING)], ["'X y' is not a header name"]),
    ([given("header", "X-Keys", STRING)], []),
]


@pytest.mark.parametrize(("several", "expected"), PARAMETERS)
def test_what_is_told_of_parameters(several: list[Any], expected: list[str]) -> None:
    assert of_parameters(*several) == expected


def test_a_key_is_a_header_in_any_letters() -> None:
    """Neither side has a say in the case of names."""
    scheme = (("components", "securitySchemes", "Key", "name"), "X-KEY")
    assert told(parameters, scheme, ((*LIST, "parameters"), [given("header", "x-key", STRING)])) == [
        "the client sets the header 'x-key' itself"
    ]


TEMPLATES: dict[str, bool] = {
    **dict.fromkeys(("/", "/a", "/a b", "/a/{b}", "/a:b", "/{a}/{b}/c"), True),
    **dict.fromkeys(("/a/", "a", "/a//b", "/a?b", "/a#b", "/{a}b", "/{a}{b}", "/{}"), False),
}


@pytest.mark.parametrize(("path", "right"), TEMPLATES.items())
def test_a_path_is_a_template_of_whole_segments(path: str, *, right: bool) -> None:
    found = told(parameters, (("paths", path), {}))
    assert found == ([] if right else [f"the path {path!r} is not a template of whole segments"])


def test_paths_are_distinguished_by_more_than_a_name() -> None:
    """Each later one is held against the first."""
    found = told(parameters, (("paths", "/notes/{one}"), {}), (("paths", "/notes/{other}"), {}))
    assert found == [
        f"the paths {path!r} and '/notes/{{note_id}}' cannot be distinguished"
        for path in ("/notes/{one}", "/notes/{other}")
    ]


@pytest.mark.parametrize(
    ("name", "more", "expected"),
    [
        ("note_id", {"required": True}, []),
        ("note_id", {"required": False}, ["the path parameter 'note_id' is not required"]),
        ("note_id", {}, ["the path parameter 'note_id' is not required"]),
        (
            *("other", {"required": True}),
            [
                "the path parameter 'note_id' of '/notes/{note_id}' is not declared",
                "the path '/notes/{note_id}' has no {other}",
            ],
        ),
    ],
)
def test_a_path_declares_its_parameters(name: str, more: dict[str, Any], expected: list[str]) -> None:
    place = ("paths", "/notes/{note_id}", "get", "parameters")
    assert told(parameters, (place, [given("path", name, STRING, **more)])) == expected


def test_a_header_of_a_response_has_a_style_too() -> None:
    header = {"description": "One.", "style": "form", "schema": STRING, "example": "1"}
    assert told(parameters, (("components", "headers", "Version"), header)) == [
        "the runtime has no style 'form' for header parameters"
    ]


DONE = {"description": "Done."}


def answers(**more: Any) -> dict[str, Any]:
    """Return responses that are right, and others."""
    return {"200": DONE, "401": DONE, "default": DONE, **more}


def holding(*names: str) -> dict[str, Any]:
    """Return a response of some media types."""
    return {**DONE, "content": {name: {} for name in names}}


RESPONSES: list[tuple[dict[str, Any], list[str]]] = [
    ({"200": DONE, "401": DONE}, ["the operation 'notes.list' has no response for other statuses"]),
    ({"200": DONE, "401": DONE, "4XX": DONE}, ["the operation 'notes.list' has no response for other statuses"]),
    ({"200": DONE, "401": DONE, "5XX": DONE}, ["the operation 'notes.list' has no response for other statuses"]),
    ({"200": DONE, "401": DONE, "4XX": DONE, "5XX": DONE}, []),
    ({"200": DONE, "default": DONE}, ["the operation 'notes.list' is secured and has no response 401"]),
    ({"401": DONE, "default": DONE}, ["the operation 'notes.list' has no success response"]),
    ({"299": DONE, "401": DONE, "default": DONE}, []),
    *((answers(**{key: DONE}), []) for key in ("100", "599", "4XX", "5XX")),
    *(
        (answers(**{key: DONE}), [f"{key!r} is not a response status"])
        for key in ("099", "600", "2XX", "4xx", "1000", "Default")
    ),
    *(
        (answers(**{key: holding("image/png")}), [f"a response with status {key} has no body"])
        for key in ("204", "205", "304")
    ),
    (answers(**{"206": holding("image/png")}), []),
    *(
        (answers(**{"200": holding(name)}), [f"{name} is here without x-streaming"])
        for name in ("application/x-ndjson", "text/event-stream")
    ),
    *((answers(**{"200": holding(name)}), []) for name in ("application/jsonl", "application/vnd.a+json", "image/png")),
    *(
        (answers(**{"200": holding(name)}), [f"{name!r} is not a media type"])
        for name in ("Text/html", "text/html; charset=a", "text", "text/", "/html")
    ),
    (
        answers(**{"200": holding("text/html", "text/plain")}),
        ["the response is declared as 'text/html', 'text/plain'"],
    ),
]


@pytest.mark.parametrize(("responses", "expected"), RESPONSES)
def test_what_is_told_of_responses(responses: dict[str, Any], expected: list[str]) -> None:
    assert told(operations, ((*LIST, "responses"), responses)) == expected


def test_an_error_of_a_streaming_operation_is_no_stream() -> None:
    place = ("paths", "/ask", "post", "responses", "400")
    assert told(operations, (place, holding("text/event-stream"))) == ["text/event-stream is here without x-streaming"]


def test_no_security_of_its_own_is_none_at_all() -> None:
    """An empty list is not that of the root."""
    assert told(operations, ((*LIST, "security"), []), ((*LIST, "responses"), {"200": DONE, "default": DONE})) == []


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("a" * 60, []),
        ("a" * 61, ["the summary has 61 characters"]),
        ("Ends.", ["the summary ends in a full stop"]),
        ("two\nlines", ["the summary has several lines"]),
        ("one\n", []),
    ],
)
def test_what_is_told_of_a_summary(summary: str, expected: list[str]) -> None:
    assert told(operations, ((*LIST, "summary"), summary)) == expected


METHODS: dict[str, str | None] = {
    **dict.fromkeys(("a", "a.b", "a_1.b2", "notesx", "note")),
    **{
        name: f"the operationId {name!r} is not a dotted path of a client method"
        for name in ("A.b", "a..b", "a-b", "1a", ".a", "a.", "a.B", "é")
    },
    "notes.list.more": "'notes.list' is a method and, through 'notes.list.more', a resource",
    "notes": "'notes' is a method and, through 'notes.list', a resource",
    "ask_stream": "the method 'ask_stream' is also that of right/paths/notes.yaml, line 64",
}


@pytest.mark.parametrize(("name", "expected"), METHODS.items())
def test_an_operation_id_is_the_path_of_a_method(name: str, expected: str | None) -> None:
    place = ("paths", "/notes/{note_id}", "delete", "operationId")
    assert told(operations, (place, name)) == ([expected] if expected else [])


def test_a_request_that_is_read_or_removed_has_its_body() -> None:
    item = BUNDLE.document["paths"]["/notes"]
    for method in ("get", "head", "delete", "patch", "put"):
        found = told(operations, (("paths", "/notes"), {method: item["post"]}))
        expected = [f"a {method.upper()} request has no body"] if method in ("get", "head") else []
        assert [one for one in found if "has no body" in one] == expected


IN_A_LIST = "the form field 'text' is an object or a list in a list"
FILE = {"type": "string", "format": "binary"}
FIELDS: list[tuple[dict[str, Any], list[str]]] = [
    (LISTED, []),
    (MAP, [IN_A_LIST]),
    ({"type": "array", "items": LISTED}, [IN_A_LIST]),
    ({"type": "array", "items": MAP}, [IN_A_LIST]),
    ({"anyOf": [STRING, LISTED]}, []),
    ({"anyOf": [STRING, {"type": "array", "items": LISTED}]}, [IN_A_LIST]),
    (FILE, []),
    ({"type": "array", "items": FILE}, []),
    ({"anyOf": [FILE, {"type": "array", "items": FILE}]}, []),
    ({"type": "array", "items": {"anyOf": [FILE]}}, ["a file is where no bytes can be sent"]),
]


@pytest.mark.parametrize(("field", "expected"), FIELDS)
def test_what_a_form_can_hold(field: Any, expected: list[str]) -> None:
    assert told(operations, ((*SCHEMAS, "NoteCreate", "properties", "text"), field)) == expected


SERVERS: dict[str, str | None] = {
    **dict.fromkeys(("http://a", "https://a/b", "https://a:8080/b")),
    **{
        url: f"the server {url!r} is not a plain http address"
        for url in ("ws://a", "ftp://a", "https://", "//a/b", "/a", "https://a?b=c", "https://a#b", "https://{a}/b")
    },
    **{url: f"the server {url!r} ends in a slash" for url in ("https://a/", "https://a/b/")},
}


@pytest.mark.parametrize(("url", "expected"), SERVERS.items())
def test_a_server_is_a_plain_address(url: str, expected: str | None) -> None:
    assert told(document, (("servers", 0, "url"), url)) == ([expected] if expected else [])


def test_the_version_is_a_3_1() -> None:
    for version in ("3.1.0", "3.1.1", "3.1.10"):
        assert told(document, (("openapi",), version)) == []
    for version in ("3.0.3", "3.1", "3.10.0", "3.2.0", "3.1.0-rc"):
        assert told(document, (("openapi",), version)) == [f"the document is written in OpenAPI {version}"]


UNDECLARED = "the security scheme 'No' is not declared"
UNUSED = "'Key' is defined but never used"
HERE = (*LIST, "security")


@pytest.mark.parametrize(
    ("security", "expected", "below"),
    [
        ([], [UNUSED], []),
        ([{}], [UNUSED], []),
        ([{"Key": []}], [], []),
        ([{"Key": ["a"]}], ["the security scheme 'Key' has no scopes"], ["the security scheme 'Key' has no scopes"]),
        ([{"No": []}], [UNDECLARED, UNUSED], [UNDECLARED]),
        ([{"Key": []}, {"No": []}], [UNDECLARED], [UNDECLARED]),
    ],
)
def test_what_is_told_of_security(security: Any, expected: list[str], below: list[str]) -> None:
    """At the root, and of one operation."""
    assert told(document, (("security",), security)) == expected
    assert told(document, (HERE, security)) == below


def test_a_key_is_sent_in_a_header() -> None:
    for place in ("query", "cookie"):
        assert told(document, (("components", "securitySchemes", "Key", "in"), place)) == [
            f"'in' of the security scheme 'Key' is {place!r}"
        ]
    assert told(document, (("components", "securitySchemes", "Key"), {"type": "http", "scheme": "bearer"})) == [
        "'type' of the security scheme 'Key' is 'http'"
    ]


def test_what_is_told_of_tags() -> None:
    assert told(document, ((*LIST, "tags"), [])) == ["the operation 'notes.list' has no tag"]
    assert told(document, ((*LIST, "tags"), ["notes", "other", "Notes"])) == [
        "the tag 'other' is not declared",
        "the tag 'Notes' is not declared",
    ]
    assert told(document, (("tags",), [{"name": "notes"}, {"name": "notes"}])) == ["the tag 'notes' is declared twice"]
    assert told(document, (("tags",), [{"name": "notes"}, {"name": "b"}])) == ["the tag 'b' is declared but never used"]


def test_each_link_leads_to_an_operation_and_names_its_parameters() -> None:
    """With their location or without it."""
    links = {
        "a": {"operationId": "no"},
        "b": {"operationId": "notes.status", "parameters": {"note_id": 1, "path.note_id": 1, "query.note_id": 1}},
        "c": {"operationId": "notes.create"},
        "d": {"operationId": "none", "parameters": {"a": 1}},
    }
    assert told(document, ((*LIST, "responses", "200", "links"), links)) == [
        "the link leads to 'no', which is not an operation",
        "'query.note_id' is not a parameter of 'notes.status'",
        "the link leads to 'none', which is not an operation",
    ]


def test_names_have_their_case() -> None:
    for name, right in {"A1": True, "AbC": True, "a": False, "A_b": False, "A-b": False, "É": False}.items():
        found = told(objects, ((*SCHEMAS, name), {"type": "object", "description": "One.", "properties": {}}))
        assert found == ([] if right else [f"the name {name!r} is not in CamelCase"])
    for place in (("components", "headers", "Version"), (*LIST, "parameters", 0)):
        for name, right in {"a_1": True, "A": False, "a-b": False, "_a": False}.items():
            found = told(objects, ((*place, "examples"), {name: {"value": 1}}))
            assert found == ([] if right else [f"the name {name!r} is not in snake_case"])


CYCLES: list[tuple[dict[str, Any], str | None]] = [
    ({"type": "object", "properties": {"a": 0}}, None),
    ({"type": "object", "properties": {"a": 0}, "required": ["a"]}, "contains"),
    ({"type": ["object", "string"], "properties": {"a": 0}, "required": ["a"]}, None),
    ({"type": "array", "items": 0}, None),
    ({"type": "array", "items": 0, "minItems": 1}, "contains"),
    ({"anyOf": [{"type": "array", "items": 0, "minItems": 1}, {"type": "string"}]}, None),
    ({"anyOf": [{"type": "array", "items": 0, "minItems": 1}]}, "contains"),
    ({"type": "object", "allOf": [{"properties": {"a": 0}}], "properties": {}}, None),
    (
        {"type": "array", "items": {"type": "string"}, "allOf": [{"type": "array", "items": 0, "minItems": 2}]},
        "contains",
    ),
    ({"anyOf": [0, {"type": "string"}]}, "refers"),
    ({"type": "string", "not": 0}, "refers"),
    ({"type": "string", "if": 0, "then": {"minLength": 1}}, "refers"),
]


@pytest.mark.parametrize(("schema", "kind"), CYCLES)
def test_a_schema_may_contain_itself_where_it_can_end(schema: Any, kind: str | None) -> None:
    """The number 0 stands for a reference to the schema itself."""

    def referring(node: Any) -> Any:
        if isinstance(node, dict):
            return {
                key: referring(value) if key not in ("minItems", "minLength") else value for key, value in node.items()
            }
        if isinstance(node, list):
            return [referring(one) for one in node]
        return {"$ref": "#/components/schemas/Loop"} if node == 0 else node

    found = told(objects, ((*SCHEMAS, "Loop"), {**referring(schema), "description": "One."}))
    expected = {
        None: [],
        "contains": ["every value of the schema 'Loop' contains another one, without end"],
        "refers": ["the schema 'Loop' refers to itself, without a property or item between"],
    }[kind]
    assert [one for one in found if "'Loop'" in one] == expected


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        (["text", "file"], []),
        (["text"], ["the group 'text' names no two different properties"]),
        (["text", "text"], ["the group 'text', 'text' names no two different properties"]),
        (["text", "file", "text"], ["the group 'text', 'file', 'text' names no two different properties"]),
        (["text", "no"], ["'no' is not a property of this object"]),
    ],
)
def test_a_group_names_different_properties(group: list[str], expected: list[str]) -> None:
    assert _told_of_groups([["text", "file"], group]) == expected


def test_what_is_required_has_no_alternative() -> None:
    assert _told_of_groups([["text", "file"]], required=["text"]) == [
        "'text' is required, so no other can take its place"
    ]


def _told_of_groups(groups: list[list[str]], **more: Any) -> list[str]:
    changed = deepcopy(BUNDLE.document)
    changed["components"]["schemas"]["NoteCreate"] |= {"x-exclusive": groups, **more}
    view = View(dataclasses.replace(BUNDLE, document=changed))
    place = view.root.below("components", "schemas", "NoteCreate")
    objects.exclusive(view, place, place.below("x-exclusive"))
    return [problem.message for problem in view.problems]


@pytest.mark.parametrize("keyword", ["enum", "const", "not", "if", "then", "else", "format"])
def test_no_rule_stands_beside_a_union(keyword: str) -> None:
    value = {"enum": ["red"], "const": "red", "format": "uri"}.get(keyword, {"const": "red"})
    union = {"description": "One.", "anyOf": [STRING, {"type": "integer"}], keyword: value}
    assert told(unions, (TEXT, union)) == [f"{keyword!r} is beside a union"]


EXAMPLES: list[tuple[dict[str, Any], list[str]]] = [
    ({"example": 1, "examples": {}}, ["the parameter has both example and examples"]),
    ({"example": 1, "examples": {"a": {"value": 1}}}, ["the parameter has both example and examples"]),
    ({"examples": {}}, ["the parameter 'page' has no example"]),
    ({}, ["the parameter 'page' has no example"]),
    ({"examples": {"a": {"value": 1}}}, []),
    ({"example": None}, []),
]


@pytest.mark.parametrize(("more", "expected"), EXAMPLES)
def test_a_parameter_has_one_kind_of_example(more: dict[str, Any], expected: list[str]) -> None:
    changed = deepcopy(BUNDLE.document)
    changed["paths"]["/notes"]["get"]["parameters"][0].pop("example")
    changed["paths"]["/notes"]["get"]["parameters"][0] |= more
    view = View(dataclasses.replace(BUNDLE, document=changed))
    before = len(view.problems)
    examples.missing(view)
    assert [problem.message for problem in view.problems[before:]] == expected
