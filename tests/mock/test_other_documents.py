"""The responder knows no name of the API: every operation of any document gets a conforming response."""

from __future__ import annotations

import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings

from apicontract.client import Answer
from apicontract.openapi.document import Document
from apicontract.responder import NoAnswer, Responder
from apicontract.responder.responses import simplest_events
from tests.client.tiny_api import Note, Notes, Tiny
from tests.mock.conftest import TLS
from tests.support.orchard import contract_of
from tests.support.things import THINGS
from twelvelabs_contract import Contract, Request, Response
from twelvelabs_contract.mock import AnswerInvalid, Stream, TwelveLabsMock
from twelvelabs_contract.strategies import RequestCase, invalid_requests, valid_requests

TESTS = Path(__file__).parents[1]
TINY = TESTS / "client" / "tiny_api" / "openapi.json"
DOCUMENTS = {
    "orchard": contract_of("orchard"),
    "tiny": Contract.load(TINY),
    "bookshop": Contract.load(TESTS / "codegen/documents/bookshop/expected/bookshop_api/openapi.json"),
}
few = settings(max_examples=2, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
EVERY = [pytest.param(name, o.id, id=f"{name}-{o.id}") for name, c in DOCUMENTS.items() for o in c.operations]
KEY = "key-0123456789abcdef"


@pytest.mark.parametrize(("document", "operation"), EVERY)
def test_every_good_request_gets_an_answer_that_conforms(document: str, operation: str) -> None:
    contract = DOCUMENTS[document]
    responder = Responder(contract)

    @few
    @given(valid_requests(contract, operation))
    def holds(case: RequestCase) -> None:
        request = case.request()
        response = responder.respond(request)
        assert 200 <= response.status < 300
        assert contract.check_exchange(request, response) == []
        assert responder.respond(request) == response, "the same request gets the same answer"

    holds()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_bad_request_is_refused(document: str) -> None:
    """The refusal conforms wherever the document declares one."""
    contract = DOCUMENTS[document]
    responder = Responder(contract)
    for operation in contract.operations:

        @few
        @given(invalid_requests(contract, operation.id))
        def holds(case: RequestCase) -> None:
            request = case.request()
            found = contract.find(request)
            response = responder.respond(request)
            keyless = any(violation.pointer == "/security" for violation in contract.check_request(request))
            assert response.status == (401 if keyless else 400 if found else 404)
            if found and found.response(response.status):
                assert contract.check_response(response, request=request) == []

        if operation.parameters or operation.request_body:
            holds()


def tiny() -> Tiny:
    """Return a client of the tiny API."""
    return Tiny(api_key=KEY, httpx_client=httpx.Client(verify=TLS))


def test_without_an_example_the_answer_is_the_simplest_value() -> None:
    with TwelveLabsMock(DOCUMENTS["tiny"]) as mock:
        assert tiny().call("notes.retrieve", Answer[Note], path={"note_id": "n"}).id
        assert list(tiny().pages("notes.list", Answer[Notes], Answer[Note])) == []
        events = tiny().stream("tell", Answer[dict[str, str]], body={"prompt": "p", "stream": True})
        assert list(events) == [{"event_type": "begin"}, {"event_type": "end"}]
        assert mock.violations == ()


def test_pages_without_a_number_of_pages_end_with_an_empty_one() -> None:
    with TwelveLabsMock(DOCUMENTS["tiny"]) as mock:
        mock["plain.list"].pages([[{"_id": "a"}], [{"_id": "b"}]])
        assert [note.id for note in tiny().pages("plain.list", Answer[Notes], Answer[Note])] == ["a", "b"]
        assert [call.query for call in mock["plain.list"].calls] == [{}, {"page": 2}, {"page": 3}]


def test_tokens_can_lead_back_to_the_same_operation() -> None:
    with TwelveLabsMock(DOCUMENTS["tiny"]) as mock:
        mock["events.list"].pages([[{"_id": "a"}], [{"_id": "b"}], [{"_id": "c"}]])
        assert [note.id for note in tiny().pages("events.list", Answer[Notes], Answer[Note])] == ["a", "b", "c"]
        assert [call.query.get("cursor") for call in mock["events.list"].calls] == [None, "page-2", "page-3"]


def edited(**changes: Any) -> Contract:
    """Return a small API with changes to its one response."""
    response: dict[str, Any] = {"description": "d", "content": {"application/json": {"schema": {"type": "object"}}}}
    response.update(changes.pop("response", {}))
    raw = {
        "openapi": "3.1.0",
        "servers": [{"url": "https://small.example"}],
        "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": response, **changes.pop("responses", {})}}}},
        **changes,
    }
    return Contract(Document(raw))


ASK = Request("GET", "https://small.example/a")


def answered(contract: Contract) -> Response:
    """Return the answer to the one request, which conforms."""
    response = Responder(contract).respond(ASK)
    assert contract.check_exchange(ASK, response) == []
    return response


OBJECT = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ({"schema": OBJECT, "example": {"n": 1}}, {"n": 1}),
        ({"schema": OBJECT, "examples": {"wrong": {"value": {}}, "right": {"value": {"n": 2}}}}, {"n": 2}),
        ({"schema": OBJECT, "examples": {"there": {"$ref": "#/components/examples/E"}}}, {"n": 5}),
        ({"schema": {**OBJECT, "examples": [{"n": "x"}, {"n": 3}]}}, {"n": 3}),
        ({"schema": {**OBJECT, "example": {"n": 4}}}, {"n": 4}),
        ({"schema": OBJECT}, {"n": 1}),
        ({}, {}),
    ],
)
def test_examples_are_found_wherever_a_document_can_have_them(media: dict[str, Any], body: Any) -> None:
    """One that does not fit its own schema is passed over: other documents are not checked as ours is."""
    contract = edited(
        response={"content": {"application/json": media}}, components={"examples": {"E": {"value": {"n": 5}}}}
    )
    assert json.loads(answered(contract).body) == body


POINT = {"type": "object", "properties": {"x": {"type": "integer"}, "y": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ({"schema": {"type": "integer"}, "example": 7}, "7"),
        ({"schema": {"type": "integer", "examples": [8]}}, "8"),
        ({"schema": {"enum": ["x", "y"]}}, "x"),
        ({"schema": {"type": "array", "items": {"type": "integer"}}, "example": [1, 2]}, "1,2"),
        ({"schema": POINT, "example": {"x": 1, "y": 2}}, "x,1,y,2"),
        ({"schema": POINT, "explode": True, "example": {"x": 1, "y": 2}}, "x=1,y=2"),
        ({"schema": {"type": "object"}, "example": {"x": {}}}, None),
        ({"content": {"application/json": {"schema": POINT, "example": {"x": 1}}}}, '{"x": 1}'),
        ({"schema": {"type": "integer"}, "example": "wrong", "required": True}, "1"),
        ({"schema": {"type": "integer"}}, None),
        ({"schema": {"type": "string", "pattern": "^a$"}, "example": "b"}, None),
    ],
)
def test_a_declared_header_is_sent_if_it_has_a_value_or_must_have_one(
    header: dict[str, Any], value: str | None
) -> None:
    assert answered(edited(response={"headers": {"X-H": header}})).headers.get("x-h") == value


@pytest.mark.parametrize(
    ("content", "header", "body"),
    [
        ({"text/csv": {"example": "a,b"}}, "text/csv", b"a,b"),
        ({"text/*": {}}, "text/plain", b"text"),
        ({"*/*": {}}, "application/octet-stream", b"text"),
        ({"application/problem+json": {"schema": {"type": "integer"}}}, "application/problem+json", b"1"),
        ({"application/x-ndjson": {"schema": {"type": "integer"}}}, "application/x-ndjson", b"1\n"),
        (
            {"application/x-ndjson": {"schema": True, "example": [{"n": 1}, {"n": 2}]}},
            "application/x-ndjson",
            b'{"n": 1}\n{"n": 2}\n',
        ),
        ({"text/csv": {}, "application/json": {}}, "application/json", b"{}"),
    ],
)
def test_every_media_type_has_a_body(content: dict[str, Any], header: str, body: bytes) -> None:
    response = answered(edited(response={"content": content}))
    assert (response.headers.get("content-type"), response.body) == (header, body)


def test_a_range_or_a_default_can_be_the_success() -> None:
    raw = dict(edited().document.raw)
    for key in ("2XX", "default"):
        changed = deepcopy(raw)
        changed["paths"]["/a"]["get"]["responses"] = {key: {"description": "d"}}
        assert answered(Contract(Document(changed))) == Response(200)


def test_where_nothing_is_declared_it_says_so() -> None:
    contract = edited()
    changed = deepcopy(dict(contract.document.raw))
    changed["paths"]["/a"]["get"]["responses"] = {"301": {"description": "d"}}
    with pytest.raises(
        NoAnswer, match=r"^a: the document has no success response for this operation; use a raw response$"
    ):
        Responder(Contract(Document(changed))).respond(ASK)
    response = Responder(THINGS).respond(Request("GET", "https://things.example/v1.0/nowhere"))
    assert (response.status, response.headers.get("content-type")) == (404, "text/plain; charset=utf-8")
    assert b"no operation has this path" in response.body


def test_where_no_value_can_be_made_it_says_what_to_give() -> None:
    schema = {"allOf": [{"type": "string"}, {"type": "integer"}]}
    contract = edited(response={"content": {"application/json": {"schema": schema}}})
    message = r"^a, status 200: the document has no example, and no value fits.*; give a payload$"
    with pytest.raises(NoAnswer, match=message):
        Responder(contract).respond(ASK)


def test_the_simplest_value_needs_no_hypothesis() -> None:
    """Nor does a mock of an operation that the document has no example of."""
    program = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "from twelvelabs_contract import Contract, Headers, Request\n"
        "from apicontract.mock import ContractMock\n"
        "from apicontract.responder import Responder\n"
        f"contract = Contract.load({str(TINY)!r})\n"
        "request = Request('GET', 'https://tiny.example/v7/notes/n', Headers({'x-api-key': 'k'}))\n"
        "response = Responder(contract).respond(request)\n"
        "print(response.status, contract.check_response(response, request=request))\n"
        "ContractMock(contract)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["200 []"], done.stderr


def test_refusals_are_as_the_document_has_them_or_the_sentence_alone() -> None:
    error = {"type": "object", "required": ["why"], "properties": {"why": {"type": "string"}, "n": {"type": "integer"}}}
    declared = {"description": "d", "content": {"application/json": {"schema": error, "example": {"why": "so be it"}}}}
    for key in ("400", "4XX", "default"):
        contract = edited(responses={key: declared})
        bad = Request("GET", "https://small.example/a?x=1")
        response = Responder(contract).respond(bad)
        assert contract.check_response(response, request=bad) == []
        assert json.loads(response.body) == {
            "why": "query.x: 'x' is not declared [undeclared, #/paths/~1a/get]",
        }
    response = Responder(edited()).respond(Request("GET", "https://small.example/a?x=1"))
    assert (response.status, response.headers.get("content-type")) == (400, "text/plain; charset=utf-8")
    assert Responder(edited(responses={"400": {"description": "d"}})).respond(bad) == Response(400)


def test_items_that_are_the_payload_itself_have_no_pages() -> None:
    raw = deepcopy(dict(edited().document.raw))
    raw["paths"]["/a"]["get"]["x-pagination"] = {"style": "page", "parameter": "page", "items": ""}
    raw["paths"]["/a"]["get"]["responses"]["200"]["content"] = {"application/json": {"example": [1, 2]}}
    contract = Contract(Document(raw))
    assert json.loads(answered(contract).body) == [1, 2]
    with TwelveLabsMock(contract) as mock:
        with pytest.raises(AnswerInvalid, match="the items are the payload itself"):
            mock["a"].pages([[1]])
        mock["a"].respond([3])
        assert httpx.get(ASK.url, verify=TLS).json() == [3]


PROPERTIES = {
    "items": {"type": "array", "items": {"type": "integer"}},
    **{name: {"type": "integer"} for name in ("pages", "page", "total", "size")},
}
LISTING: dict[str, Any] = {"type": "object", "required": ["items", "total", "size"], "properties": PROPERTIES}


def flat(example: dict[str, Any], schema: dict[str, Any] = LISTING) -> Contract:
    """Return a listing that says everything in the payload itself, and counts its pages from 0."""
    raw = deepcopy(dict(edited().document.raw))
    raw["paths"]["/a"]["get"].update(
        {
            "x-pagination": {"style": "page", "parameter": "page", "items": "/items", "total_pages": "/pages"},
            "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer", "default": 0}}],
        }
    )
    raw["paths"]["/a"]["get"]["responses"]["200"]["content"] = {
        "application/json": {"schema": schema, "example": example}
    }
    return Contract(Document(raw))


def test_an_example_that_is_one_of_many_pages_becomes_the_only_one() -> None:
    """What the schema requires stays, even if nobody knows whether it is right."""
    contract = flat({"items": [1, 2], "pages": 9, "page": 4, "total": 18, "size": 2, "note": "x"})
    assert json.loads(answered(contract).body) == {
        "items": [1, 2],
        "pages": 1,
        "page": 0,
        "total": 18,
        "size": 2,
        "note": "x",
    }
    beyond = Responder(contract).respond(Request("GET", f"{ASK.url}?page=1"))
    assert json.loads(beyond.body)["items"] == []


def test_the_number_of_items_is_the_key_that_counts_the_documents_own() -> None:
    contract = flat({"items": [1, 2, 3], "pages": 1, "page": 0, "total": 3, "size": 7})
    with TwelveLabsMock(contract) as mock:
        mock["a"].pages([[1, 2], [3, 4]])
        with httpx.Client(verify=TLS) as http:
            found = [http.get(ASK.url, params={"page": page}).json() for page in (0, 1, 2)]
    assert [(page["items"], page["page"], page["pages"], page["total"]) for page in found] == [
        ([1, 2], 0, 2, 4),
        ([3, 4], 1, 2, 4),
        ([], 2, 2, 4),
    ]


def test_an_example_of_an_error_is_no_page_of_a_listing() -> None:
    raw = deepcopy(dict(flat({"items": [1], "pages": 1, "page": 0, "total": 1, "size": 1}, {}).document.raw))
    error = {"description": "", "content": {"application/json": {"examples": {"bad": {"value": {"why": "so"}}}}}}
    raw["paths"]["/a"]["get"]["responses"]["400"] = error
    with TwelveLabsMock(Contract(Document(raw))) as mock:
        mock["a"].example("bad")
        answer = httpx.get(ASK.url, verify=TLS)
        assert (answer.status_code, answer.json()) == (400, {"why": "so"})


def test_an_empty_page_that_cannot_be_is_not_made_up() -> None:
    schema = {**LISTING, "properties": {**PROPERTIES, "items": {"type": "array", "minItems": 1}}}
    with TwelveLabsMock(flat({"items": [1], "pages": 2, "page": 0, "total": 2, "size": 1}, schema)) as mock:
        mock["a"].respond({"items": [1], "total": 1, "size": 1})
        with httpx.Client(verify=TLS) as http:
            assert [http.get(ASK.url, params={"page": page}).json()["items"] for page in (0, 1)] == [[1], [1]]


def test_a_listing_by_tokens_ends_even_if_every_example_goes_on() -> None:
    raw = deepcopy(dict(edited().document.raw))
    operation = raw["paths"]["/a"]["get"]
    operation["x-pagination"] = {"style": "token", "parameter": "at", "items": "/items", "next_token": "/next"}
    operation["parameters"] = [{"name": "at", "in": "query", "schema": {"type": "string"}}]
    operation["responses"]["200"]["content"] = {"application/json": {"example": {"items": [1], "next": "b"}}}
    responder = Responder(Contract(Document(raw)))
    for url in (ASK.url, f"{ASK.url}?at=b"):
        assert json.loads(responder.respond(Request("GET", url)).body) == {"items": [1]}


def test_an_operation_that_only_streams_is_given_events() -> None:
    with TwelveLabsMock(
        edited(response={"content": {"application/x-ndjson": {"schema": {"type": "integer"}}}})
    ) as mock:
        message = "^a: always responds with an event stream; pass its events to stream$"
        with pytest.raises(AnswerInvalid, match=message):
            mock["a"].respond([1])
        mock["a"].stream([1, 2])
        assert httpx.get(ASK.url, verify=TLS).content == b"1\n2\n"
        mock["a"].sequence([Stream([3])])
        assert httpx.get(ASK.url, verify=TLS).content == b"3\n"


def test_bytes_are_a_payload_where_the_body_is_no_json() -> None:
    with TwelveLabsMock(edited(response={"content": {"image/png": {}}})) as mock:
        mock["a"].respond(b"\x89PNG")
        response = httpx.get(ASK.url, verify=TLS)
    assert (response.headers["content-type"], response.content) == ("image/png", b"\x89PNG")


def test_a_refusal_that_is_not_declared_is_not_given() -> None:
    with TwelveLabsMock(edited(responses={"404": {"description": "d"}})) as mock:
        with pytest.raises(
            AnswerInvalid, match=r"^a: status 409 is not declared; declared error responses are 404\. Or, for"
        ):
            mock["a"].respond_error(409)
        mock["a"].respond_error(404)
        assert httpx.get(ASK.url, verify=TLS).status_code == 404


def test_a_stream_whose_ends_are_no_events_of_the_document_cannot_be_made_up() -> None:
    raw = deepcopy(dict(edited().document.raw))
    raw["paths"]["/a"]["get"]["x-streaming"] = {"flag": "live", "first": "begin", "last": "end"}
    raw["paths"]["/a"]["get"]["responses"]["200"]["content"] = {"application/x-ndjson": {"schema": {"type": "object"}}}
    with pytest.raises(NoAnswer, match=r"streams no event of the kind .begin.*; give events$"):
        Responder(Contract(Document(raw))).respond(ASK)


def test_an_operation_without_events_has_none_to_answer_with(contract: Contract) -> None:
    with pytest.raises(NoAnswer, match=r"^tasks\.list: no event stream is declared; give a payload$"):
        simplest_events(contract, contract.operation("tasks.list"), "tasks.list")
