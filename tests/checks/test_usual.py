"""The fast readers give the same values as the full readers, and the fast check the same verdict as the full one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apicontract.checks.response import Answer
from apicontract.openapi.document import Document, Operation
from apicontract.openapi.routing import Match
from apicontract.wire import forms, parameters
from apicontract.wire.media import UNREAD
from apicontract.wire.multipart import Multipart, Part
from apicontract.wire.usual import UsualForm, UsualQuery
from tests.checks.wrong_requests import REQUESTS
from tests.support.editions import contract_2025_08
from tests.support.other_document import OTHER
from tests.support.styles import GET, STYLES
from twelvelabs_contract import Contract, Headers, Request, Response
from twelvelabs_contract.strategies import boundary_cases, invalid_cases

PART = b'--b\r\nContent-Disposition: form-data; name="f"; filename="q.png"'
FILES: dict[str, Any] = {
    "requestBody": {
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"f": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                },
                "encoding": {"f": {"contentType": "application/json"}},
            }
        }
    }
}

TASKS = contract_2025_08().operation("tasks.list")
SEARCH = contract_2025_08().operation("search.create")
PIECES = st.sampled_from(["5", "ready", "a,b", '["a"]', "", "%41", "%", "%zz", "%ff", "a+b", "true", "1e400", "null"])
CONTENTS = st.sampled_from([b"visual", b"5", b"a,b", b'["a"]', b"", b"\xff", b'{"a":1}', b"true", b"\r\n--b", b"--b--"])
KINDS = st.sampled_from([None, "text/plain", "text/plain; charset=latin-1", "application/json", "image/png"])


def queries(operation: Operation) -> st.SearchStrategy[str]:
    """Draw queries of declared names and others, some of them written with care, and some not."""
    declared = [parameter.name for parameter in operation.parameters_in("query")]
    names = st.sampled_from([*declared, *(f"{name}[]" for name in declared), "other", "pa%67e", "a+b", ""])
    return st.lists(st.tuples(names, PIECES).map("=".join), max_size=6).map("&".join)


@example((STYLES, GET), "a+b=1")
@given(st.sampled_from([(contract_2025_08().document, TASKS), (STYLES, GET)]), st.data())
def test_a_usual_query_is_read_as_any_query(where: tuple[Document, Operation], drawn: Any) -> None:
    query = drawn if isinstance(drawn, str) else drawn.draw(queries(where[1]))
    found = UsualQuery(*where).read(query)
    if found is not None:
        assert (found, []) == parameters.decode_query(*where, query)


def test_plain_queries_are_usual() -> None:
    read = UsualQuery(contract_2025_08().document, TASKS).read
    assert read("page=2&status=ready&status=failed&filename=a%20b+c") == {
        "page": 2,
        "status": ["ready", "failed"],
        "filename": "a b c",
    }
    assert read("page=2&page=2") is read("status=ready,failed") is read("pages=2") is read("filename=%") is None


@given(
    st.lists(
        st.builds(
            Part,
            st.sampled_from(["index_id", "search_options", "page_limit", "query_media_file", "filter", "other", "a[]"]),
            CONTENTS,
            st.sampled_from([None, None, "a.png", ""]),
            KINDS,
        ),
        max_size=5,
    )
)
def test_a_usual_form_is_read_as_any_form(parts: list[Part]) -> None:
    document = contract_2025_08().document
    content = next(iter(SEARCH.request_body.content.values())) if SEARCH.request_body else None
    assert content
    body = b"".join(Multipart(parts, "b").chunks())
    found = UsualForm(document, content).read(body, "b")
    if found is not None:
        assert (found, []) == forms.decode_multipart(document, content, body, "b")


def cases(contract: Contract) -> Iterator[Request]:
    """Yield requests of every operation, right ones and wrong ones."""
    for operation in contract.operations:
        for case in (*boundary_cases(contract, operation.id)[:5], *invalid_cases(contract, operation.id)[:5]):
            yield case.request(key="key_of_a_test")


def told_apart(read: dict[str, Any]) -> str:
    """Write what was read so that `1`, `1.0` and `true` differ."""
    return json.dumps(read, sort_keys=True)


def test_a_request_that_conforms_at_once_breaks_nothing() -> None:
    contract = contract_2025_08()
    told: list[bool] = []
    for request in (*cases(contract), *(request for request, _ in REQUESTS.values()), *cases(OTHER)):
        for own in (contract, OTHER):
            match = own.route(request)
            if not isinstance(match, Match):
                continue
            checker = own._checkers.requests
            quick: dict[str, Any] = {}
            full: dict[str, Any] = {}
            told.append(checker.conforms(match, request, quick))
            violations = list(checker.check(match, request, full))
            if told[-1]:
                assert (violations, told_apart(quick)) == ([], told_apart(full)), request
    assert sum(told) > len(told) / 4


@pytest.mark.parametrize("streamed", [None, True, False])
@pytest.mark.parametrize(
    ("operation", "status", "kind", "body"),
    [
        ("tasks.list", 200, "application/json", b'{"data": []}'),
        ("tasks.list", 200, "Application/JSON; charset=utf-8", b'{"data": []}'),
        ("tasks.list", 200, "application/json", b'{"data": 7}'),
        ("tasks.list", 200, "application/json", b'{"data": ['),
        ("tasks.list", 200, "application/json", b""),
        ("tasks.list", 200, "text/plain", b'{"data": []}'),
        ("tasks.list", 99, "application/json", b'{"data": []}'),
        ("tasks.list", 304, "application/json", b'{"data": []}'),
        ("tasks.list", 400, "application/json", b'{"code": "a", "message": "b"}'),
        ("indexes.delete", 204, "application/json", b"{}"),
        ("analyze", 200, "application/json", b'{"id": "a"}'),
        ("analyze", 200, "application/x-ndjson", b'{"event_type": "stream_start"}'),
    ],
)
def test_a_response_that_conforms_at_once_breaks_nothing(
    operation: str, status: int, kind: str, body: bytes, streamed: bool | None
) -> None:
    contract = contract_2025_08()
    found, checker = contract.operation(operation), contract._checkers.responses
    headers = Headers({"content-type": kind, "x-api-version": "1.3"})
    response, quick, full = Response(status, headers, body), Answer(), Answer()
    conforms = checker.conforms(found, response, quick)
    violations = list(checker.check(found, response, streamed, full))
    assert not conforms or (violations, quick) == ([], full)
    if (operation, status, body) == ("tasks.list", 200, b'{"data": []}') and kind != "text/plain":
        assert conforms


JSON_TEXT = {"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": "integer"}}


@pytest.mark.parametrize(
    ("method", "status", "fields", "body", "wrong"),
    [
        ("get", 200, {"x-count": "5"}, b"{}", []),
        ("get", 200, {"X-COUNT": "many"}, b"{}", ["header.x-count"]),
        ("get", 201, {}, b"{}", ["header.x-count"]),
        ("get", 202, {}, b'{"t": "5"}', []),
        ("get", 202, {}, b'{"t": "x"}', ["body.t"]),
        ("get", 304, {}, b"{}", []),
        ("head", 200, {}, b"{}", []),
    ],
)
def test_an_unusual_response_is_judged_by_the_full_check(
    method: str, status: int, fields: dict[str, str], body: bytes, wrong: list[str]
) -> None:
    """What is wrong, and what was read: of HEAD and of 304 nothing, whatever a cache adds."""
    plain, held = ({"content": {"application/json": {"schema": {"properties": own}}}} for own in ({}, {"t": JSON_TEXT}))
    header = {"schema": {"type": "integer"}}
    responses = {
        "200": {"description": "", **plain, "headers": {"X-Count": header}},
        "201": {"description": "", **plain, "headers": {"X-Count": {**header, "required": True}}},
        "202": {"description": "", **held},
        "304": {"description": "", **plain},
    }
    raw = {"openapi": "3.1.0", "paths": {"/a": {method: {"operationId": "a", "responses": responses}}}}
    contract = Contract(Document(raw))
    response = Response(status, Headers({"content-type": "application/json", **fields}), body)
    answer = contract.read_response(response, contract.operation("a"))
    assert [violation.where for violation in answer.violations] == wrong
    assert (answer.body is UNREAD) == (method == "head" or status == 304)


@pytest.mark.parametrize("kind", ["application/ json", "app lication/json", "application / json", "text/json;a= b"])
def test_white_space_in_a_media_type_is_not_overlooked(kind: str) -> None:
    body = {"index_name": "a", "models": [{"model_name": "marengo2.7", "model_options": ["visual"]}]}
    headers = Headers({"content-type": kind, "x-api-key": "key"})
    request = Request("POST", "https://api.twelvelabs.io/v1.3/indexes", headers, json.dumps(body).encode())
    assert "header.content-type" in [violation.where for violation in contract_2025_08().check_request(request)]


@pytest.mark.parametrize(
    ("operation", "headers", "body", "query", "rules"),
    [
        # The text may be empty, and is checked.
        (
            {"requestBody": {"content": {"text/plain": {"schema": {"type": "string", "minLength": 1}}}}},
            {"content-type": "text/plain"},
            b"",
            "",
            ["minLength"],
        ),
        # The first declaration of a property is not the one that says it holds JSON.
        (
            {
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {
                                "properties": {"a": {"type": "string"}},
                                "allOf": [
                                    {
                                        "properties": {
                                            "a": {
                                                "type": "string",
                                                "contentMediaType": "application/json",
                                                "contentSchema": {"type": "object"},
                                            }
                                        }
                                    }
                                ],
                            }
                        }
                    }
                }
            },
            {"content-type": "application/json"},
            b'{"a": "not json"}',
            "",
            ["encoding"],
        ),
        # A list of files as one part of JSON, by the declared media type or that of the part.
        (FILES, {"content-type": "multipart/form-data; boundary=b"}, PART + b"\r\n\r\n[1]\r\n--b--\r\n", "", ["type"]),
        (
            FILES,
            {"content-type": "multipart/form-data; boundary=b"},
            PART + b"\r\nContent-Type: Application/JSON\r\n\r\n[1]\r\n--b--\r\n",
            "",
            ["type"],
        ),
        # A key that is a parameter as well.
        (
            {
                "parameters": [{"name": "key", "in": "query", "schema": {"type": "string"}}],
                "security": [{"key": []}],
            },
            {},
            b"",
            "?key=1&key=2",
            ["encoding"],
        ),
        # A key is no parameter, and is written like one.
        ({"security": [{"key": []}]}, {}, b"", "?key=%zz", ["encoding"]),
    ],
)
def test_what_is_not_usual_is_judged_by_the_full_check(
    operation: dict[str, Any], headers: dict[str, str], body: bytes, query: str, rules: list[str]
) -> None:
    raw = {
        "openapi": "3.1.0",
        "info": {"title": "a", "version": "1"},
        "servers": [{"url": "https://a.example"}],
        "paths": {"/a": {"post": {"operationId": "a", "responses": {"200": {"description": ""}}, **operation}}},
        "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "key"}}},
    }
    found = Contract(Document(raw)).check_request(
        Request("POST", f"https://a.example/a{query}", Headers(headers), body)
    )
    assert [violation.rule for violation in found] == rules


INTEGER, STRING = {"type": "integer"}, {"type": "string"}
SCHEMAS: dict[str, Any] = {
    "anything": {},
    "a text": STRING,
    "a number": INTEGER,
    "a number or a text": {"type": ["integer", "string"]},
    "a number or null": {"type": ["integer", "null"]},
    "a boolean": {"type": "boolean"},
    "a listed number": {"enum": [1, 5]},
    "a list": {"type": "array", "items": INTEGER},
    "a list of anything": {"type": "array"},
    "a list or null": {"type": ["array", "null"], "items": INTEGER},
    "a list or a text": {"type": ["array", "string"], "items": INTEGER},
    "a list or an object": {"type": ["array", "object"], "items": INTEGER},
    "a list of lists": {"type": "array", "items": {"type": "array", "items": INTEGER}},
    "a list of objects": {"type": "array", "items": {"type": "object"}},
    "an object": {"type": "object", "properties": {"k": INTEGER}},
    "an object or a text": {"type": ["object", "string"]},
    "a file": {"type": "string", "format": "binary"},
    "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
}
TEXTS = ["5", "", "a", "true", "null", "1,2", "[1]", "5 6", "é"]


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_a_parameter_of_any_schema_is_read_the_same_in_both_ways(schema: Any) -> None:
    """Whatever its style, once and twice, empty and with brackets, escaped and not."""
    ways: list[dict[str, Any]] = [
        {},
        {"explode": False},
        {"allowEmptyValue": True},
        {"style": "deepObject"},
        {"style": "pipeDelimited", "explode": False},
        {"explode": False, "allowEmptyValue": True},
    ]
    values = [*TEXTS[:-1], "a+b", "%C3%A9", "%35", "%2C", "%ff", "%", "1|2", "%5B1%5D"]
    texts = [f"p={value}" for value in values]
    texts += [f"p={one}&p={two}" for one in ("5", "", "a", "1,2") for two in ("6", "")]
    texts += [
        "p",
        "p&p",
        "&p=5&",
        "%70=5",
        "p+=5",
        "p[]=5",
        "p[k]=5",
        "k=5",
        "key=5",
        "p=5&key=%",
        "other=5&p=5",
        "+=5",
    ]
    for way in ways:
        for extra in ({}, {"q": {"name": "q", "in": "query", "schema": {"type": "object"}}}):
            get: dict[str, Any] = {"operationId": "a", "responses": {}, "security": [{"key": []}]}
            get["parameters"] = [{"name": "p", "in": "query", "schema": schema, **way}, *extra.values()]
            keys = {"securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "key"}}}
            document = Document({"openapi": "3.1.0", "components": keys, "paths": {"/a": {"get": get}}})
            operation = document.operations["a"]
            reader = UsualQuery(document, operation)
            for text in texts:
                found = reader.read(text)
                if found is not None:
                    without = "&".join(piece for piece in text.split("&") if extra or not piece.startswith("key="))
                    read, faults = parameters.decode_query(document, operation, without)
                    assert (told_apart(found), []) == (told_apart(read), faults), (way, extra, text)


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_a_field_of_any_schema_is_read_the_same_in_both_ways(schema: Any) -> None:
    """Whatever its encoding and its media type, once and twice, with a file name and without."""
    encodings: list[dict[str, Any]] = [
        {},
        {"contentType": "application/json"},
        {"contentType": "image/png"},
        {"contentType": "text/plain"},
        {"style": "form"},
        {"style": "form", "explode": False},
        {"style": "deepObject"},
        {"headers": {"X-Own": {"required": True, "schema": STRING}}},
    ]
    kinds = [None, "text/plain", "text/plain; charset=latin-1", "application/json", "Application/JSON", "image/png"]
    one = [Part("p", text.encode(), name, kind) for text in TEXTS for name in (None, "", "a.png") for kind in kinds]
    bodies = [
        [part] for part in [*one, Part("p", b"\xff"), Part("p", b"\xff", "a.png"), Part("q", b"5"), Part("p[]", b"5")]
    ]
    bodies += [[first, second] for first in one[::7] for second in one[::11]]
    read_so = 0
    for encoding in encodings:
        content = {"schema": {"type": "object", "properties": {"p": schema}}}
        if encoding:
            content["encoding"] = {"p": encoding}
        post = {"operationId": "a", "requestBody": {"content": {"multipart/form-data": content}}, "responses": {}}
        document = Document({"openapi": "3.1.0", "paths": {"/a": {"post": post}}})
        declared = document.operations["a"].request_body
        assert declared
        form = declared.content["multipart/form-data"]
        reader = UsualForm(document, form)
        for parts in bodies:
            body = b"".join(Multipart(parts, "b").chunks())
            found = reader.read(body, "b")
            if found is not None:
                read_so += 1
                read, faults = forms.decode_multipart(document, form, body, "b")
                assert (told_apart(found), []) == (told_apart(read), faults), (encoding, parts)
    assert read_so or schema not in (STRING, INTEGER, SCHEMAS["a list"], SCHEMAS["a file"], SCHEMAS["files"])
