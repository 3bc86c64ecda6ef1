"""What a contract says of its document and itself, which operation is meant, and what is asked for in the wrong way."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apicontract.checks.contract import Contract
from apicontract.checks.history import read
from apicontract.openapi.document import Document
from tests.checks.places import places
from tests.support.small import HOST, JSON, OK, body, document, operation, posting
from twelvelabs_contract import Headers, Request, Response

OPEN = {"additionalProperties": None}
ONE = document({"/a": {"get": operation()}})
FIELDS = Headers(JSON)


def contract(raw: Any, **options: Any) -> Contract:
    """Return the contract of a document."""
    return Contract(Document(raw), **options)


@pytest.mark.parametrize(
    ("info", "title"),
    [
        ({"title": "T", "version": "1"}, "T 1"),
        ({"title": "T", "version": 2}, "T 2"),
        ({"title": "T"}, "T"),
        ({"title": "", "version": "1"}, "the document 1"),
        ({"title": None}, "the document"),
        ({}, "the document"),
        ("T", "the document"),
        ({"title": "a\nb"}, r"a\nb"),
    ],
)
def test_the_title_is_that_of_the_document_with_its_version(info: Any, title: str) -> None:
    assert contract({**ONE, "info": info}).title == title


def test_contracts_are_equal_that_check_alike() -> None:
    """Whatever the order of keys; another document, option or base URL makes another contract."""
    same = json.loads(json.dumps(ONE, sort_keys=True))
    first = contract(ONE)
    assert first.identity == contract(same).identity
    assert first.identity[1:] == ("None", "True", HOST)
    assert contract(ONE, formats=False).identity[1:] == ("None", "False", HOST)
    assert contract(ONE, base_url="http://x.test/v1/").identity[1:] == ("None", "True", "http://x.test/v1")
    assert contract({**ONE, "x-more": 1}).identity[0] != first.identity[0]


SERVED = document(
    {
        "/a": {"get": operation(servers=[{"url": "https://own.test/x"}, {"url": "https://second.test"}])},
        "/b": {"get": operation(operationId="b")},
    }
)


def test_the_base_url_of_an_operation_is_its_first_server_unless_another_is_given() -> None:
    named, given = contract(SERVED), contract(SERVED, base_url="http://proxy.test/p/")
    assert [named.base_url(one) for one in named.operations] == ["https://own.test/x", HOST]
    assert [given.base_url(one) for one in given.operations] == ["http://proxy.test/p"] * 2
    assert given.servers == ("http://proxy.test/p",)
    assert [one is None for one in (named.find(_get("https://own.test/x/a")), named.find(_get(f"{HOST}/a")))] == [
        False,
        True,
    ]
    assert [given.find(_get(url)) is None for url in ("http://proxy.test/p/a", "https://own.test/x/a")] == [False, True]
    with pytest.raises(ValueError, match="a base URL is needed"):
        contract(ONE, base_url="proxy.test")


def _get(url: str) -> Request:
    return Request("GET", url)


@pytest.mark.parametrize(
    ("url", "named", "given"),
    [
        (f"{HOST}/a", True, False),
        ("http://api.example.com/elsewhere", True, False),
        ("https://own.test/", True, False),
        ("https://second.test/", True, False),
        ("https://else.test/", False, False),
        ("http://proxy.test/p/a", False, True),
        ("http://proxy.test/other", False, False),
        ("http://[x", False, False),
    ],
)
def test_which_hosts_are_those_of_the_api(url: str, named: bool, given: bool) -> None:
    """All that the document names; of a base URL that stands for them, what is below it; none if none is named."""
    assert contract(SERVED).has_host(url) is named
    assert contract(SERVED, base_url="http://proxy.test/p").has_host(url) is given
    assert contract({**ONE, "servers": [{"url": "/v1"}]}).has_host(url) is False


ALIKE = document(
    {
        "/t#one": {"post": operation(operationId="one", requestBody={**body({"required": ["a"]}), "required": True})},
        "/t#two": {"post": operation(operationId="two", requestBody=body({"required": ["b", "c"]}))},
        "/t#three": {
            "post": operation(
                operationId="three",
                requestBody=body({"required": ["b", "c"]}),
                responses={**OK, "201": {"description": "", **body({"type": "integer"})}},
            )
        },
    }
)
MADE = Response(201, FIELDS, b"5")


@pytest.mark.parametrize(
    ("content", "response", "meant"),
    [
        (b'{"a": 1}', None, ["one", "two", "three"]),
        (b'{"b": 1, "c": 1}', None, ["two", "one", "three"]),
        (b'{"b": 1}', None, ["one", "two", "three"]),
        (b'{"b": 1, "c": 1}', MADE, ["three", "one", "two"]),
        (b'{"a": 1}', MADE, ["one", "two", "three"]),
        (b"{}", None, ["one", "two", "three"]),
        (b"{", MADE, ["three", "one", "two"]),
    ],
)
def test_of_operations_that_differ_after_the_fragment_the_one_with_the_fewest_violations_is_meant(
    content: bytes, response: Response | None, meant: list[str]
) -> None:
    """In the request, then in the response; the first one of several, and the others in their order."""
    found: Any = contract(ALIKE).route(Request("POST", f"{HOST}/t", FIELDS, content), response)
    assert [found.operation.id, *(other.operation.id for other in found.others)] == meant


def test_an_exchange_has_the_violations_of_its_request_then_those_of_its_response_each_once() -> None:
    made = contract(posting({"type": "object", "required": ["a"]}))
    request, response = Request("POST", f"{HOST}/a", FIELDS, b"{}"), Response(200, FIELDS, b"[]")
    found = made.check_exchange(request, response)
    assert places(found) == [("body", "type"), ("body.a", "missing")]
    assert [violation.pointer.split("/")[4] for violation in found] == ["requestBody", "responses"]
    shared = contract(posting({"$ref": "#/components/schemas/S"}, {"S": {"type": "object", "required": ["a"]}}))
    assert len(shared.check_exchange(request, Response(200, FIELDS, b"{}"))) == 1


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({}, TypeError, "give schema=, or operation="),
        ({"schema": "S", "operation": "op"}, TypeError, "give schema=, or operation="),
        ({"schema": "S", "status": 200}, TypeError, "give schema=, or operation="),
        ({"schema": "T"}, LookupError, "no schema 'T' in the document"),
        ({"schema": "Ss"}, LookupError, "no schema 'Ss' in the document; did you mean 'S'[?]"),
        ({"operation": "opp"}, LookupError, "no operation 'opp' in the document; did you mean 'op'[?]"),
        ({"operation": "op", "status": 404}, LookupError, "op documents no body for status 404"),
        ({"operation": "none"}, LookupError, "none documents no request body"),
    ],
)
def test_a_payload_has_one_place(given: dict[str, Any], error: type[Exception], said: str) -> None:
    raw = posting({"$ref": "#/components/schemas/S"}, {"S": {"type": "integer"}})
    raw["paths"]["/b"] = {"get": operation(operationId="none")}
    made = contract(raw)
    with pytest.raises(error, match=said):
        made.check_payload(5, **given)
    for right in ({"schema": "S"}, {"operation": "op"}, {"operation": "op", "status": 200}):
        assert made.check_payload(5, **right) == []
        assert places(made.check_payload("a", **right)) == [("body", "type")]


@pytest.mark.parametrize(
    ("default", "content", "streamed"),
    [
        (None, b'{"stream": true}', True),
        (None, b'{"stream": false}', False),
        (None, b"{}", None),
        (True, b"{}", True),
        (False, b"{}", False),
        (True, b'{"stream": false}', False),
        (True, b'{"stream": null}', None),
        (True, b'{"stream": 1}', None),
        (True, b"[]", None),
        (True, b"{", None),
        ("yes", b"{}", None),
    ],
)
def test_whether_a_request_asks_for_a_stream(default: Any, content: bytes, streamed: bool | None) -> None:
    """Its flag says so, or the default of the flag; what is neither true nor false says nothing."""
    flag = {"type": "boolean", **({} if default is None else {"default": default})}
    own = operation(requestBody=body({"properties": {"stream": flag}}), **{"x-streaming": {"flag": "stream"}})
    made = contract(document({"/a": {"post": own}, "/b": {"get": operation(operationId="b")}}))
    request = Request("POST", f"{HOST}/a", FIELDS, content)
    assert made.streamed(made.operation("op"), request) is streamed
    assert made.streamed(made.operation("op"), None) is None
    assert made.streamed(made.operation("op"), request, {"body": {"stream": True}}) is True
    assert made.streamed(made.operation("b"), request) is None


@pytest.mark.parametrize(
    ("method", "url", "where", "said"),
    [
        ("DELETE", "/a", "method", "a mistake in the method, or newer than the document; this path has GET"),
        ("GET", "/ab", "path", "a mistake in the path, or newer than the document; the nearest known path is /a"),
        ("GET", "/else/where", "path", "a mistake in the path, or newer than the document"),
    ],
)
def test_a_request_that_no_day_knows_is_guessed_at(method: str, url: str, where: str, said: str) -> None:
    marked = {
        **ONE,
        "paths": {**ONE["paths"], "/gone/{id}": {"get": operation(operationId="gone"), "x-until": "2026-03-01"}},
    }
    document_, history = read(marked, "openapi.json", "2026-03-01")
    made = Contract(document_, history=history)
    (found,) = made.check_request(Request(method, f"{HOST}{url}"))
    assert (found.where, found.rule, found.pointer, found.operation) == (where, "undeclared", "/paths", None)
    assert found.message == f"not in this document (t as of 2026-03-01): {said}"
    (gone,) = made.check_request(Request("GET", f"{HOST}/gone/5"))
    assert (gone.operation, gone.rule, gone.message) == (
        "gone",
        "removed",
        "`GET /gone/{id}` was removed on 2026-03-01",
    )
    (outside,) = made.check_request(Request("GET", "https://else.test/a"))
    assert outside.message == f"not below {HOST}: the host differs"


def test_a_webhook_is_found_by_its_id_before_the_name_of_another() -> None:
    sent = {name: {"post": {"operationId": id_, "responses": {}}} for name, id_ in (("a", "b"), ("b", "c"), ("d", "e"))}
    made = contract({**ONE, "webhooks": sent})
    assert [made.webhook(name).path for name in ("a", "b", "c", "d", "e")] == ["a", "a", "b", "d", "d"]
    assert [made.described(name).path for name in ("a", "e", "op")] == ["a", "d", "/a"]
    for look, name, said in (
        (made.webhook, "f", "no webhook 'f' in the document"),
        (made.webhook, "dd", "no webhook 'dd' in the document; did you mean 'd'[?]"),
        (made.described, "opp", "no operation 'opp' in the document; did you mean 'op'[?]"),
    ):
        with pytest.raises(LookupError, match=said):
            look(name)


def test_violations_of_one_message_are_reported_once_up_to_a_thousand() -> None:
    made = contract(posting({"items": {"items": {"type": "integer"}}}))

    def found(content: Any) -> list[Any]:
        return made.check_request(Request("POST", f"{HOST}/a", FIELDS, json.dumps(content).encode()))

    assert len(found([["x"] * 1000])) == 1000
    many = found([["x"] * 1000, [1, "y"]])
    assert len(many) == 1001
    assert many[-1].message == "and 1 further violations; only the first 1,000 of one message are reported"
    assert (many[-1].where, many[-1].rule, many[-1].excerpt) == ("body", "type", None)


def test_a_value_of_another_day_is_explained_by_itself_and_a_whole_message_up_to_a_mebibyte() -> None:
    """A constant as a listed value is; a body that is longer is not checked again."""
    kind = {"const": "b", "x-was": [{"until": "2026-03-01", "const": "a"}]}
    schema = {
        "type": "object",
        "properties": {"kind": kind, "text": {}},
        "required": ["kind", "id"],
        "x-was": [{"until": "2026-03-01", "required": ["kind"]}],
    }
    marked = document({"/a": {"post": operation(requestBody=body(schema))}})
    document_, history = read(marked, "openapi.json", "2026-03-01")
    made = Contract(document_, history=history)

    def found(content: str) -> list[tuple[str, str, str]]:
        request = Request("POST", f"{HOST}/a", FIELDS, content.encode())
        return [(v.where, v.rule, v.message) for v in made.check_request(request)]

    assert found('{"kind": "a", "id": 1}') == [("body.kind", "removed", "`a` was removed on 2026-03-01")]
    whole = "'id' is missing; this request was valid until 2026-02-28"
    assert ("body.id", "removed", whole) in found('{"kind": "a"}')
    empty = len('{"kind": "a", "text": ""}')
    for length, rule in ((1024 * 1024, "removed"), (1024 * 1024 + 1, "missing")):
        content = f'{{"kind": "a", "text": "{"x" * (length - empty)}"}}'
        assert len(content) == length
        assert {where: rule for where, rule, _ in found(content)} == {"body.id": rule, "body.kind": "removed"}


def test_a_guess_gives_way_to_what_is_known_and_a_response_is_not_explained_by_what_is_asked() -> None:
    closed = {"properties": {"name": {}}, "additionalProperties": False, "x-was": [{"until": "2026-03-01", **OPEN}]}
    asked = {**closed, "properties": {"name": {}, "old": {"x-until": "2026-03-01"}}}
    answer = {"200": {"description": "", **body({"properties": {}, "additionalProperties": False})}}
    marked = document({"/a": {"post": operation(requestBody=body(asked), responses=answer)}})
    document_, history = read(marked, "openapi.json", "2026-03-01")
    made = Contract(document_, history=history)
    (found,) = made.check_request(Request("POST", f"{HOST}/a", FIELDS, b'{"nam": 1}'))
    assert (found.rule, found.message) == ("removed", "'nam' is not declared; this request was valid until 2026-02-28")
    (found,) = made.check_request(Request("POST", f"{HOST}/a", FIELDS, b'{"old": 1}'))
    assert (found.rule, found.message) == ("removed", "`old` was removed on 2026-03-01")
    (found,) = made.check_response(Response(200, FIELDS, b'{"old": 1}'), operation="op")
    assert (found.where, found.rule, found.message) == ("body.old", "undeclared", "'old' is not declared")
