"""What OpenAPI and HTTP say around the schema: parameters, media types, forms and bodies, as documents use them."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Any

import pytest

from tests.support.small import HOST, JSON, answered, asked, body, document, load, operation, parameter, posting
from twelvelabs_contract import Contract, Headers, Request, Response

JSON_FIELDS = Headers(JSON)
INTEGERS = {"type": "array", "items": {"type": "integer"}}
FORM = "application/x-www-form-urlencoded"


def taking(folder: Path, *parameters: Any, path: str = "/a") -> Contract:
    """Make the contract of one operation with parameters."""
    return load(document({path: {"get": operation(parameters=list(parameters))}}), folder)


# Parameters


@pytest.mark.parametrize("name", ["Accept", "content-type", "Authorization"])
def test_headers_that_openapi_describes_by_other_means_are_no_parameters(name: str, tmp_path: Path) -> None:
    contract = taking(tmp_path, parameter("header", name, {"pattern": "^x"}, required=True))
    assert asked(contract, headers={"accept": "*/*", "authorization": "Bearer t"}) == []


def test_the_media_type_of_an_answer_is_no_header_of_it(tmp_path: Path) -> None:
    answer = {"description": "", "headers": {"Content-Type": {"schema": {"const": "a"}}}, **body({})}
    contract = load(document({"/a": {"get": operation(responses={"200": answer})}}), tmp_path)
    assert answered(contract, b"{}", headers={"content-type": "application/json; charset=utf-8"}) == []


@pytest.mark.parametrize("fields", [[("x-a", "1, 2")], [("x-a", "1"), ("x-a", "2")], [("x-a", " 1 ,2 ")]])
def test_a_list_in_a_header_may_have_spaces_and_lines(fields: Any, tmp_path: Path) -> None:
    assert asked(taking(tmp_path, parameter("header", "X-A", INTEGERS)), headers=fields) == []
    answer = {"description": "", "headers": {"X-A": {"schema": INTEGERS}}}
    contract = load(document({"/a": {"get": operation(responses={"200": answer})}}), tmp_path)
    assert answered(contract, headers=fields) == []
    assert answered(contract, headers={"x-a": "1, b"}) == [("header.x-a[1]", "type")]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ([("x-o", "r, 1 ,g ,2")], []),
        ([("x-o", "r, 1"), ("x-o", "g, x")], ["type"]),
        ([("x-l", "1,, 2 ,")], []),
        ([("set-cookie", "a=1"), ("set-cookie", "b=2")], []),
        ([("set-cookie", "a=1"), ("set-cookie", "none")], ["pattern"]),
    ],
)
def test_headers_of_an_answer(fields: Any, wrong: Any, tmp_path: Path) -> None:
    integer = {"type": "integer"}
    schemas = {
        "X-O": {"type": "object", "properties": {"r": integer, "g": integer}},
        "X-L": INTEGERS,
        "Set-Cookie": {"type": "string", "pattern": "^.=.$"},
        "X-None": True,
    }
    answer = {
        "description": "",
        "headers": {name: {"schema": schema} for name, schema in schemas.items()} | {"X-M": {}},
    }
    contract = load(document({"/a": {"get": operation(responses={"200": answer})}}), tmp_path)
    assert [rule for _, rule in answered(contract, headers=[*fields, ("x-m", "5")])] == wrong
    assert contract.notices == (), "a header without a schema is no schema that cannot be used"


@pytest.mark.parametrize("lines", [["a=1; Expires=Wed, 21 Oct 2015 07:28:00 GMT"], ["a=1", "b=2"], ["none", "a=1"]])
@pytest.mark.parametrize("listed", [True, False])
def test_each_line_sets_a_cookie(lines: list[str], listed: bool, tmp_path: Path) -> None:
    """Described one by one, as a list, or as either."""
    one = {"type": "string", "pattern": "^.="}
    several = {"type": "array", "items": one, "maxItems": 2}
    answer = {
        "description": "",
        "headers": {"Set-Cookie": {"schema": several if listed else {"oneOf": [one, several]}}},
    }
    contract = load(document({"/a": {"get": operation(responses={"200": answer})}}), tmp_path)
    place, rule = ("header.set-cookie[0]", "pattern") if listed else ("header.set-cookie", "oneOf")
    assert answered(contract, headers=[("set-cookie", line) for line in lines]) == [(place, rule)] * ("none" in lines)
    wrong = [("header.set-cookie", "maxItems")] if listed else []
    assert answered(contract, headers=[("set-cookie", "a=1")] * 3) == wrong


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("deep[n][r]=1&deep[n][g]=2", []),
        ("deep[n][r]=1&deep[n][g]=x", [("query.deep.n.g", "type")]),
        ("deep[ids]=1&deep[ids]=2", []),
        ("deep[ids][]=1&deep[ids][]=x", [("query.deep.ids[1]", "type")]),
        ("deep[n][r]=1&deep[n][r]=2", [("query.deep", "encoding")]),
        ("deep=", []),
        ("space=r%201%20g%20x", [("query.space.g", "type")]),
        ("pipe=r|1|g|2", []),
        ("pipe=r%7C1%7Cg%7Cx", [("query.pipe.g", "type")]),
        ("r=1&z=2", []),
        ("r=1&z=x", [("query.other.z", "type")]),
        ("z=1&z=2", [("query.z", "encoding")]),
        ("ids=1&ids=2", []),
        ("ids=1&ids=x", [("query.other.ids[1]", "type")]),
        ("any=1&any=x", []),
        ("deep[any]=1&deep[any]=x", []),
        ("either=5", []),
        ("e=5", []),
    ],
)
def test_objects_in_a_query(query: str, wrong: Any, tmp_path: Path) -> None:
    integer = {"type": "integer"}
    point = {"type": "object", "properties": {"r": integer, "g": integer}, "additionalProperties": False}
    other = {"type": "object", "properties": {"z": integer, "ids": INTEGERS, "any": {}}, "additionalProperties": False}
    deep = {"type": "object", "properties": {"n": point, "ids": INTEGERS}}
    contract = taking(
        tmp_path,
        parameter("query", "deep", deep, style="deepObject", explode=True, allowEmptyValue=True),
        parameter("query", "space", point, style="spaceDelimited", explode=False),
        parameter("query", "pipe", point, style="pipeDelimited", explode=False),
        parameter("query", "one", point),
        parameter("query", "other", other),
        parameter("query", "either", {"oneOf": [integer, {"type": "object", "properties": {"e": integer}}]}),
    )
    assert asked(contract, f"/a?{query}") == wrong


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("a=red", []),
        ("a=5", []),
        ("a=5&a=6", []),
        ("a=blue", [("query.a", "oneOf")]),
        ("a=5&a=red", [("query.a", "oneOf")]),
    ],
)
def test_one_value_is_the_item_or_the_list_whichever_is_right(query: str, wrong: Any, tmp_path: Path) -> None:
    union = {"oneOf": [{"const": "red", "type": "string"}, {"type": "array", "items": {"type": "integer"}}]}
    assert asked(taking(tmp_path, parameter("query", "a", union)), f"/a?{query}") == wrong


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("a=1,2", [("query.a", "encoding")]),
        ("a=1,2&a=3", [("query.a[0]", "type")]),
        ("a=1,x", [("query.a[0]", "type")]),
    ],
)
def test_only_one_value_can_be_a_list_that_was_joined(query: str, wrong: Any, tmp_path: Path) -> None:
    assert asked(taking(tmp_path, parameter("query", "a", INTEGERS)), f"/a?{query}") == wrong


def test_one_value_that_is_right_as_an_item_and_as_a_list_is_the_list(tmp_path: Path) -> None:
    word = {"type": "string"}
    own = parameter("query", "a", {"anyOf": [word, {"type": "array", "items": word}]})
    found = taking(tmp_path, own).read(Request("GET", f"{HOST}/a?a=x&b=y"))
    assert found is not None
    assert found.arguments["query"] == {"a": ["x"], "b": "y"}


def test_an_object_of_cookies(tmp_path: Path) -> None:
    point = {"type": "object", "properties": {"r": {"type": "integer"}}}
    contract = taking(tmp_path, parameter("cookie", "o", point))
    assert asked(contract, headers={"cookie": "r=1; s=2"}) == []
    assert asked(contract, headers={"cookie": "r=x"}) == [("cookie.o.r", "type")]


def test_an_object_of_cookies_that_is_one_cookie(tmp_path: Path) -> None:
    point = {"type": "object", "properties": {"r": {"type": "integer"}}}
    contract = taking(tmp_path, parameter("cookie", "o", point, explode=False))
    assert asked(contract, headers={"cookie": "o=r,x"}) == [("cookie.o.r", "type")]
    assert asked(contract, headers={"cookie": "r=x"}) == [], "it is a cookie of somebody else"


@pytest.mark.parametrize(
    ("location", "allowed"), [("query", True), ("query", "yes"), ("header", True), ("cookie", True)]
)
def test_an_empty_value_is_allowed_in_a_query_alone(location: str, allowed: Any, tmp_path: Path) -> None:
    contract = taking(tmp_path, parameter(location, "n", {"type": "integer"}, allowEmptyValue=allowed))
    sent: dict[str, Any] = {"query": {"url": "/a?n="}}.get(location, {"headers": {"n": "", "cookie": "n="}})
    wrong = [] if (location, allowed) == ("query", True) else [(f"{location}.n", "type")]
    assert asked(contract, **sent) == wrong


def test_the_rules_of_a_path_with_a_percent_sign_are_found(tmp_path: Path) -> None:
    contract = taking(tmp_path, parameter("query", "n", {"type": "integer"}), path="/a%20b")
    assert asked(contract, "/a%20b?n=x") == [("query.n", "type")]


def test_a_parameter_without_a_schema_hides_no_other(tmp_path: Path) -> None:
    contract = taking(tmp_path, {"name": "a", "in": "query"}, parameter("query", "b", {"type": "integer"}))
    assert asked(contract, "/a?a=1&b=x") == [("query.b", "type")]


@pytest.mark.parametrize(("url", "wrong"), [("?a=", []), ("?a", []), ("?a=x", ["type"]), ("?b=", ["type"])])
def test_an_empty_value_may_be_allowed(url: str, wrong: list[str], tmp_path: Path) -> None:
    integer = {"type": "integer"}
    own = parameter("query", "a", integer, allowEmptyValue=True), parameter("query", "b", integer)
    assert [rule for _, rule in asked(taking(tmp_path, *own), f"/a{url}")] == wrong


@pytest.mark.parametrize(("url", "rules"), [("", ["missing"]), ("?a=0", ["minimum"]), ("?a=", [])])
def test_only_an_empty_value_is_excused_by_being_allowed(url: str, rules: list[str], tmp_path: Path) -> None:
    own = parameter("query", "a", {"type": "integer", "minimum": 1}, allowEmptyValue=True, required=True)
    assert [rule for _, rule in asked(taking(tmp_path, own), f"/a{url}")] == rules


@pytest.mark.parametrize(
    ("style", "explode", "schema", "good", "bad"),
    [
        ("label", False, {"type": "integer"}, ".5", "5"),
        ("label", False, INTEGERS, ".1,2", ".1,b"),
        ("label", False, INTEGERS, ".1.2", ".1.b"),
        ("label", True, INTEGERS, ".1.2", ".a"),
        ("label", True, {"properties": {"r": {"type": "integer"}}}, ".r=1.g=2", ".r=x"),
        ("matrix", False, {"type": "integer"}, ";id=5", ";other=5"),
        ("matrix", False, INTEGERS, ";id=1,2", ";id=1,b"),
        ("matrix", True, INTEGERS, ";id=1;id=2", ";id=1,2"),
        ("matrix", True, {"properties": {"r": {"type": "integer"}}}, ";r=1;g=2", ";r=x"),
        ("matrix", False, {"properties": {"r": {"type": "integer"}}}, ";id=r,1,g,2", ";id=r,x"),
    ],
)
def test_label_and_matrix(style: str, explode: bool, schema: Any, good: str, bad: str, tmp_path: Path) -> None:
    contract = taking(tmp_path, parameter("path", "id", schema, style=style, explode=explode), path="/a/{id}")
    assert asked(contract, f"/a/{good}") == []
    assert asked(contract, f"/a/{bad}") != []


@pytest.mark.parametrize(
    ("header", "wrong"),
    [
        ("s=5; other=x", []),
        ("other=x", [("cookie.s", "missing")]),
        ("s=x", [("cookie.s", "type")]),
        ('s="5"; ids=1,2', []),
        ("s=5; ids=1,b", [("cookie.ids[1]", "type")]),
    ],
)
def test_cookies(header: str, wrong: Any, tmp_path: Path) -> None:
    session = parameter("cookie", "s", {"type": "integer"}, required=True)
    contract = taking(tmp_path, session, parameter("cookie", "ids", INTEGERS, explode=False))
    assert asked(contract, headers={"cookie": header}) == wrong


def test_cookies_may_come_in_several_fields(tmp_path: Path) -> None:
    """As HTTP/2 splits them (RFC 9113, section 8.2.3)."""
    own = (parameter("cookie", name, {"type": "integer"}) for name in "ab")
    assert asked(taking(tmp_path, *own), headers=[("cookie", "a=5"), ("cookie", "b=x")]) == [("cookie.b", "type")]


def test_a_parameter_with_content_of_another_kind_is_a_string(tmp_path: Path) -> None:
    own = {"name": "q", "in": "query", "content": {"text/csv": {"schema": {"type": "string", "maxLength": 3}}}}
    contract = taking(tmp_path, own)
    assert asked(contract, "/a?q=a,b") == []
    assert asked(contract, "/a?q=a,b,c") == [("query.q", "maxLength")]


# Media types and bodies


@pytest.mark.parametrize(("version", "content", "wrong"), [(1, b'{"a":1}', 0), (2, b'{"b":1}', 0), (1, b'{"b":1}', 1)])
def test_media_types_that_differ_in_a_parameter(version: int, content: bytes, wrong: int, tmp_path: Path) -> None:
    kinds = {f"application/json; version={n}": {"schema": {"required": [name]}} for n, name in ((1, "a"), (2, "b"))}
    own = operation(requestBody={"content": kinds}, responses={"200": {"description": "", "content": kinds}})
    contract = load(document({"/a": {"post": own}}), tmp_path)
    headers = {"content-type": f"application/json;Version={version}"}
    assert len(asked(contract, "/a", content, headers)) == wrong
    assert len(answered(contract, content, headers=headers)) == wrong
    other = {"content-type": "application/json;version=3"}
    assert asked(contract, "/a", content, other)[0] == ("header.content-type", "media_type")


def test_a_wrong_media_type_does_not_hide_what_else_is_wrong(tmp_path: Path) -> None:
    contract = load(posting({"required": ["a"]}), tmp_path)
    found = asked(contract, "/a", b"{}", {"content-type": "text/plain"})
    assert found == [("header.content-type", "media_type"), ("body.a", "missing")]
    assert asked(contract, "/a", b"words", {"content-type": "text/plain"}) == [("header.content-type", "media_type")]
    assert asked(contract, "/a", b"{}", {"content-type": FORM}) == found  # as `curl -d` sends it
    assert asked(contract, "/a", b"{}", {"content-type": "text/plain; charset=latin-1"}) == found
    assert answered(contract, b"{}", headers={"content-type": "text/html"}) == found
    assert answered(contract, b"<p>", headers={"content-type": "text/html"}) == found[:1]
    for fields in ([("content-type", "text/html"), *JSON.items()], [*JSON.items(), ("content-type", "text/html")]):
        assert answered(contract, b'{"a": 1}', headers=fields) == found[:1]


def test_a_form_of_the_other_kind_is_read(tmp_path: Path) -> None:
    contract = forms({"properties": {"a": {"type": "integer"}}}, tmp_path)
    wrong = [("header.content-type", "media_type"), ("form.a", "type")]
    assert asked(contract, "/a", b"a=x", {"content-type": FORM}) == wrong
    assert sent(forms({"properties": {"a": {"type": "integer"}}}, tmp_path, FORM), part('name="a"', b"x")) == wrong
    broken = part('name="a"; filename="f"', b"x")
    assert sent(forms({"properties": {"a": {"type": "integer"}}}, tmp_path, FORM), broken) == wrong[:1]


@pytest.mark.parametrize(
    ("declared", "given", "found"),
    [
        ("application/*+json", "application/hal+json", True),
        ("text/json", "text/json", True),
        ("application/*+json", "application/hal+xml", False),
    ],
)
def test_ranges_of_media_types(declared: str, given: str, found: bool, tmp_path: Path) -> None:
    contract = load(document({"/a": {"post": operation(requestBody=body({"required": ["a"]}, declared))}}), tmp_path)
    wrong = [] if found else [("header.content-type", "media_type")]
    assert asked(contract, "/a", b"{}", {"content-type": given}) == [*wrong, ("body.a", "missing")]


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "GZIP"])
def test_a_content_coding_of_a_request_is_undone(coding: str, tmp_path: Path) -> None:
    contract = load(posting({"required": ["a"]}), tmp_path)
    headers = {**JSON, "content-encoding": coding}
    assert asked(contract, "/a", gzip.compress(b'{"a"') + gzip.compress(b":1}"), headers) == []
    assert asked(contract, "/a", gzip.compress(b"{}"), headers) == [("body.a", "missing")]
    twice = {**JSON, "content-encoding": f"{coding}, deflate"}
    assert asked(contract, "/a", zlib.compress(gzip.compress(b"{}")), twice) == [("body.a", "missing")]
    assert asked(contract, "/a", gzip.compress(zlib.compress(b"{}")), twice) == [
        ("header.content-encoding", "encoding")
    ]
    assert asked(contract, "/a", b"no gzip", headers) == [("header.content-encoding", "encoding")]
    assert asked(contract, "/a", b'{"a": 1}', headers) == [("header.content-encoding", "encoding")]
    assert asked(contract, "/a", gzip.compress(b'{"a": "%b"}' % (b"x" * 2**20)), headers) == [], "it may be large"
    assert asked(contract, "/a", b"?", {**JSON, "content-encoding": "br"}) == []


CODED = "the request body is in {}, which the document does not mention"


@pytest.mark.parametrize(
    ("coding", "notices"),
    [
        ("", []),
        ("identity", []),
        ("gzip", [CODED.format("gzip")]),
        ("br", [f"{CODED.format('br')}; br is not decoded here, so it was not checked"]),
    ],
)
def test_a_content_coding_that_is_declared_nowhere_is_a_notice(coding: str, notices: Any, tmp_path: Path) -> None:
    content = gzip.compress(b"{}") if coding == "gzip" else b"{}"
    request = Request("POST", f"{HOST}/a", Headers({**JSON, "content-encoding": coding}), content)
    found = load(posting({"type": "object"}), tmp_path).read(request)
    assert found is not None
    assert (found.violations, list(found.notices)) == ((), notices)
    own = operation(requestBody=body({}), parameters=[parameter("header", "Content-Encoding", {"type": "string"})])
    found = load(document({"/a": {"post": own}}), tmp_path).read(request)
    assert found is not None
    assert found.notices == ()
    found = load(posting({"type": "object"}), tmp_path).read(Request("POST", request.url, request.headers))
    assert found is not None
    assert found.notices == (), "it has no body that could be in one"


def test_an_empty_text_is_no_missing_body(tmp_path: Path) -> None:
    text = body({}, "text/plain")
    own = operation(requestBody={"required": True, **text}, responses={"200": {"description": "", **text}})
    contract = load(document({"/a": {"post": own}}), tmp_path)
    assert asked(contract, "/a", b"", {"content-type": "text/plain"}, "POST") == []
    assert asked(contract, "/a", b"", {}, "POST") == [("body", "missing")]
    assert answered(contract, b"", headers={"content-type": "text/plain"}) == []


@pytest.mark.parametrize(
    ("schema", "content", "kind", "rules"),
    [
        ({"type": "string", "maxLength": 3}, b"abcd", "text/plain", ["maxLength"]),
        ({"type": "string", "minLength": 1}, b"", "text/plain", ["minLength"]),
        ({"type": "string", "pattern": "^\u00fc$"}, b"\xfc", "text/plain; charset=ISO-8859-1", []),
        ({"type": "string", "pattern": "^\u00fc$"}, b"\xfc", "text/plain; charset=utf-8", ["encoding"]),
        ({"type": "string", "pattern": "^\u00fc$"}, b"\xfc", "text/plain", []),
        ({"type": "string"}, b"x", "text/plain; charset=none", ["encoding"]),
        ({"type": "integer", "maximum": 9}, b"12", "text/plain", ["maximum"]),
        ({"type": "integer"}, b"x", "text/plain", ["type"]),
        ({"enum": ["on", "off"]}, b"on", "text/html", []),
        ({"enum": ["on", "off"]}, b"of", "text/html", ["enum"]),
        ({"type": "array", "items": {"type": "integer"}}, b"x,y", "text/csv", []),
        ({"type": "object", "required": ["a"]}, b"<a/>", "text/xml", []),
        ({"type": "string", "format": "binary", "maxLength": 1}, b"\xff\xfe", "text/plain", []),
        ({"type": "string", "format": "binary", "maxLength": 1}, b"xy", "text/plain", []),
    ],
)
def test_a_scalar_as_text_is_checked(schema: Any, content: bytes, kind: str, rules: list[str], tmp_path: Path) -> None:
    """What a text says by itself; a list as CSV, XML and raw bytes are not looked into."""
    text = body(schema, kind.partition(";")[0])
    own = operation(requestBody={"required": True, **text}, responses={"200": {"description": "", **text}})
    contract = load(document({"/a": {"post": own}}), tmp_path)
    headers = {"content-type": kind}
    wrong = [("body", rule) for rule in rules]
    assert asked(contract, "/a", content, headers, "POST") == wrong
    assert answered(contract, content, headers=headers) == wrong


def test_a_body_is_reported_once_where_none_is_declared(tmp_path: Path) -> None:
    contract = load(document({"/a": {"get": operation(responses={"204": {"description": ""}})}}), tmp_path)
    assert answered(contract, b"x", 204, {"content-length": "1"}) == [("body", "undeclared")]
    assert answered(contract, b"", 204, {"content-length": "1"}) == [("header.content-length", "undeclared")]
    assert answered(contract, b"", 204, {"content-length": "0"}) == []
    assert answered(contract, b"", 204, {"transfer-encoding": "chunked"}) == [
        ("header.transfer-encoding", "undeclared")
    ]


@pytest.mark.parametrize("content", [b"", b"{}"])
def test_what_has_no_body_is_not_asked_for_one(content: bytes, tmp_path: Path) -> None:
    """HEAD and 304: a recording may hold the body of the cache."""
    answers = {"200": {"description": "", **body({"required": ["a"]})}, "304": {"description": "", **body({})}}
    contract = load(document({"/a": {"head": operation(responses=answers)}}), tmp_path)
    assert answered(contract, content) == []
    contract = load(document({"/a": {"get": operation(responses=answers)}}), tmp_path)
    assert answered(contract, content, 304) == []


LINES = "application/x-ndjson"


@pytest.mark.parametrize(
    ("status", "kind", "content", "wrong"),
    [
        (400, "text/html", b"<p>", []),
        (400, "application/json", b"{}", ["body.a"]),
        (302, "text/html", b"<p>", ["header.content-type"]),
        (404, "text/html", b"<p>", ["header.content-type"]),
        (404, "text/html", b"{}", ["header.content-type", "body.a"]),
        (404, "", b"{}", ["header.content-type", "body.a"]),
        (404, "", b"", ["header.content-type", "body"]),
    ],
)
@pytest.mark.parametrize("key", ["default", "4XX"])
def test_only_an_error_that_is_not_listed_by_itself_may_be_of_any_media_type(
    key: str, status: int, kind: str, content: bytes, wrong: list[str], tmp_path: Path
) -> None:
    """Without a media type, a body is read as what is declared first."""
    first = {"schema": {"type": ["object", "null"], "required": ["a"]}}
    kinds = {"application/json": first, "text/plain": {"schema": {"type": "string"}}}
    answers = {key: {"description": "", "content": kinds}, "404": {"description": "", "content": kinds}}
    contract = load(document({"/a": {"get": operation(responses={"302": answers["404"], **answers})}}), tmp_path)
    headers = {"content-type": kind} if kind else {}
    assert [where for where, _ in answered(contract, content, status, headers)] == wrong


@pytest.mark.parametrize(("flag", "named"), [("stream", ""), (None, f" or {LINES}")])
def test_a_message_lists_the_statuses_and_media_types_as_declared(flag: str | None, named: str, tmp_path: Path) -> None:
    """Of media types, those that were possible: none of a stream where none was requested."""
    asked = {"type": "object", "properties": {"stream": {"type": "boolean"}}}
    kinds: dict[str, Any] = {name: {"schema": {}} for name in ("application/json", "text/csv", LINES)}
    answers = {"202": {"description": "", "content": kinds}, "200": {"description": ""}}
    own = operation(requestBody=body(asked), responses=answers, **({"x-streaming": {"flag": flag}} if flag else {}))
    contract = load(document({"/a": {"post": own}}), tmp_path)

    def said(status: int) -> list[str]:
        request = Request("POST", f"{HOST}/a", JSON_FIELDS, b'{"stream": false}')
        response = Response(status, Headers({"content-type": "text/html"}), b"<p>")
        return [violation.message for violation in contract.check_response(response, request=request)]

    assert said(404) == ["404 is not declared; declared are 202, 200"]
    assert said(202) == [f"text/html; declared is application/json or text/csv{named}"]


# Forms


def forms(schema: Any, folder: Path, media: str = "multipart/form-data", **more: Any) -> Contract:
    """Make the contract of an operation that takes a form."""
    return load(document({"/a": {"post": operation(requestBody=body(schema, media, **more))}}), folder)


def part(head: str, content: bytes) -> bytes:
    """Write a part."""
    return b"--b\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + content + b"\r\n"


def sent(contract: Contract, *parts: bytes) -> list[tuple[str, str]]:
    """Return what is wrong with a form of parts."""
    return asked(contract, "/a", b"".join(parts) + b"--b--\r\n", {"content-type": "multipart/form-data; boundary=b"})


@pytest.mark.parametrize("schema", [{}, None, {"type": "object"}, {"additionalProperties": {}}])
def test_an_open_form_takes_what_comes(schema: Any, tmp_path: Path) -> None:
    contract = (
        forms(schema, tmp_path)
        if schema is not None
        else load(document({"/a": {"post": operation(requestBody={"content": {"multipart/form-data": {}}})}}), tmp_path)
    )
    file = part('name="f"; filename="f.png"\r\nContent-Type: image/png', b"\x89\xff")
    assert sent(contract, part('name="a"', b"x"), part('name="a"', b"y"), file, part('name="raw"', b"\xff")) == []


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("named", [True, False])
def test_an_undeclared_field_is_undeclared(count: int, named: bool, tmp_path: Path) -> None:
    closed = {"type": "object", "properties": {"title": {"type": "string"}}, "additionalProperties": False}
    own = operation(requestBody=body({"$ref": "#/components/schemas/F"} if named else closed, "multipart/form-data"))
    contract = load(document({"/a": {"post": own}}, {"F": closed}), tmp_path)
    assert sent(contract, *[part('name="titel"', b"x")] * count) == [("form.titel", "undeclared")]


def test_the_form_of_the_specification(tmp_path: Path) -> None:
    """The example of the Encoding Object in OpenAPI 3.1."""
    properties = {
        "id": {"type": "string", "format": "uuid"},
        "address": {"type": "object", "properties": {}},
        "historyMetadata": {"type": "object", "required": ["a"]},
        "profileImage": {},
    }
    encoding = {
        "historyMetadata": {"contentType": "application/xml; charset=utf-8"},
        "profileImage": {"contentType": "image/png, image/jpeg"},
    }
    contract = forms({"type": "object", "properties": properties}, tmp_path, encoding=encoding)
    image = 'name="profileImage"; filename="p"\r\nContent-Type: image/'
    assert sent(contract, part(f"{image}png", b"\x89PNG\xff")) == []
    assert sent(contract, part(f"{image}gif", b"GIF")) == [("form.profileImage", "media_type")]
    history = 'name="historyMetadata"\r\nContent-Type: application/xml; charset='
    assert sent(contract, part(f"{history}utf-8", b"<a/>")) == []
    assert sent(contract, part(f"{history}latin-1", b"<a/>")) == [("form.historyMetadata", "media_type")]


def test_json_of_a_browser_comes_as_a_blob(tmp_path: Path) -> None:
    contract = forms({"properties": {"o": {"type": "object", "required": ["a"]}}}, tmp_path)
    head = 'name="o"; filename="blob"\r\nContent-Type: application/json'
    assert sent(contract, part(head, b'{"a": 1}')) == []
    assert sent(contract, part(head, b"{}")) == [("form.o.a", "missing")]


def test_charsets_of_a_part_and_of_a_form(tmp_path: Path) -> None:
    text = {"type": "string", "pattern": "^ü$"}
    contract = forms({"properties": {"t": text}, "additionalProperties": False}, tmp_path)
    assert sent(contract, part('name="t"\r\nContent-Type: text/plain; charset=iso-8859-1', b"\xfc")) == []
    assert sent(contract, part('name="_charset_"', b"iso-8859-1"), part('name="t"', b"\xfc")) == []
    assert sent(contract, part('name="t"\r\nContent-Type: text/plain; charset=none', b"x"))[0] == ("form.t", "encoding")


def test_fields_by_pattern(tmp_path: Path) -> None:
    contract = forms({"patternProperties": {"^n_": {"type": "integer"}}, "additionalProperties": False}, tmp_path)
    assert sent(contract, part('name="n_a"', b"5")) == []
    assert sent(contract, part('name="n_a"', b"x")) == [("form.n_a", "type")]
    assert sent(contract, part('name="a"', b"5")) == [("form.a", "undeclared")]


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"metadata[order_id]=1", []),
        (b"metadata%5Border_id%5D=1&metadata[b]=2", []),
        (b"metadata[deep][x]=1", [("form.metadata.deep", "type")]),
        (b"ids=1,2", []),
        (b"ids=1%2C2", []),
        (b"ids=1,b", [("form.ids[1]", "type")]),
        (b"items[0][price]=5&items[1][price]=6", []),
        (b"items[][price]=x", [("form.items[0].price", "type")]),
        (b"amount[x]=1", [("form.amount", "encoding")]),
    ],
)
def test_the_styles_of_fields(content: bytes, wrong: Any, tmp_path: Path) -> None:
    integer = {"type": "integer"}
    properties = {
        "metadata": {"type": "object", "additionalProperties": {"type": "string"}},
        "ids": INTEGERS,
        "items": {"type": "array", "items": {"type": "object", "properties": {"price": integer}}},
        "amount": integer,
    }
    deep = {"style": "deepObject", "explode": True}
    encoding = {"metadata": deep, "items": deep, "ids": {"style": "form", "explode": False}}
    contract = forms({"type": "object", "properties": properties}, tmp_path, FORM, encoding=encoding)
    assert asked(contract, "/a", content, {"content-type": FORM}) == wrong


def test_the_headers_of_a_part(tmp_path: Path) -> None:
    headers = {
        "X-Rate": {"required": True, "schema": {"type": "integer"}},
        "X-More": {"schema": {"type": "integer"}},
        "Content-Type": {"schema": {"const": 1}},
    }
    file = {"type": "string", "format": "binary"}
    contract = forms({"properties": {"f": file}}, tmp_path, encoding={"f": {"headers": headers}})
    head = 'name="f"; filename="f"\r\nContent-Type: image/png'
    assert sent(contract, part(f"{head}\r\nX-RATE: 5", b"\xff")) == []
    assert sent(contract, part(f"{head}\r\nX-Rate: x", b"\xff")) == [("form.f.header.x-rate", "type")]
    assert sent(contract, part(head, b"\xff")) == [("form.f.header.x-rate", "missing")]


@pytest.mark.parametrize("content", [b'[1, "x"]', b"[1]"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_list_that_is_one_part_of_json(content: bytes, declared: bool, tmp_path: Path) -> None:
    """As the encoding says, or the part itself, a Blob of a browser too."""
    encoding = {"ids": {"contentType": "application/json"}} if declared else {}
    contract = forms({"properties": {"ids": INTEGERS}}, tmp_path, encoding=encoding)
    head = 'name="ids"' if declared else 'name="ids"; filename="blob"\r\nContent-Type: application/json'
    assert sent(contract, part(head, content)) == ([("form.ids[1]", "type")] if b"x" in content else [])


def test_an_object_whose_members_are_fields(tmp_path: Path) -> None:
    properties = {"o": {"type": "object", "properties": {"n": {"type": "integer"}}}, "s": {"type": "string"}}
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    contract = forms(schema, tmp_path, FORM, encoding={"o": {"style": "form", "explode": True}})
    assert asked(contract, "/a", b"n=1&s=x", {"content-type": FORM}) == []
    assert asked(contract, "/a", b"n=x", {"content-type": FORM}) == [("form.o.n", "type")]
    assert asked(contract, "/a", b"m=x", {"content-type": FORM}) == [("form.m", "undeclared")]


def test_a_form_without_parts_has_no_headers_of_them(tmp_path: Path) -> None:
    encoding = {"a": {"headers": {"X-A": {"required": True, "schema": {}}}}}
    contract = forms({"properties": {"a": {"type": "integer"}}}, tmp_path, FORM, encoding=encoding)
    assert asked(contract, "/a", b"a=1", {"content-type": FORM}) == []
