"""Which example, message, code and status an answer has, on documents of one or two operations."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from apicontract.openapi.document import Document, Operation
from apicontract.openapi.facts import shape_at
from apicontract.responder import AnswerInvalid, Listing, NoAnswer, Responder
from apicontract.responder.answers import Answers, sentence_of, with_code
from apicontract.responder.payloads import laid, put, renewed
from apicontract.responder.resources import Resources, enumerated
from apicontract.responder.responses import simplest_events
from apicontract.wire.messages import Request
from twelvelabs_contract import Contract

TEXT = {"type": "string"}


def _body(schema: Any = True, **more: Any) -> dict[str, Any]:
    return {"description": "", "content": {"application/json": {"schema": schema, **more}}}


def contract_of(*responses: dict[str, Any], **more: Any) -> Contract:
    """Return an API with an operation for each set of responses: `GET /a`, `GET /b`."""
    paths = {
        f"/{name}": {"get": {"operationId": name, "responses": one, **more}}
        for name, one in zip("abc", responses, strict=False)
    }
    return Contract(Document({"openapi": "3.1.0", "paths": paths}))


def _first(contract: Contract) -> Operation:
    return contract.operation("a")


@pytest.mark.parametrize("status", [400, 599])
def test_an_error_response_is_400_to_599(status: int) -> None:
    contract = contract_of({"200": _body(), "default": _body(example={})})
    answers = Answers(contract)
    assert answers.error_response(_first(contract), status).status == status
    for wrong in (399, 600):
        with pytest.raises(AnswerInvalid, match=f"^a: status {wrong} is not an error, which is 400 to 599"):
            answers.error_response(_first(contract), wrong)


def test_an_undeclared_status_is_refused_with_the_errors_that_are_declared() -> None:
    contract = contract_of({"200": _body(), "302": _body(), "404": _body(), "5XX": _body()}, security=[])
    with pytest.raises(AnswerInvalid, match=r"status 409 is not declared; declared error responses are 404, 5XX\. "):
        Answers(contract).error_response(_first(contract), 409)


@pytest.mark.parametrize(
    ("responses", "status"),
    [
        ({"default": "x"}, 500),
        ({"500": None, "default": "x"}, 501),
        ({"4XX": "x"}, 400),
        ({"400": None, "401": None, "4XX": "x"}, 402),
        ({"404": "x"}, 404),
        ({"4XX": "x", "404": "x"}, 404),
        ({"404": "x", "4XX": "x"}, 404),
    ],
)
def test_a_named_example_has_the_first_status_that_its_key_stands_for(responses: Any, status: int) -> None:
    declared = {
        key: _body(examples={name: {"value": {}}}) if name else {"description": ""} for key, name in responses.items()
    }
    contract = contract_of({"200": {"description": ""}, **declared})
    assert Answers(contract).example(_first(contract), "x")[0].status == status


def test_without_an_example_of_a_status_the_message_is_the_name_of_it() -> None:
    """Whether the body is that of most operations, or of another status, or only has a place for it."""
    says = {"type": "object", "properties": {"why": TEXT}}
    contract = contract_of({"200": _body(), "4XX": _body(says, example={"why": "a bad request", "n": 1})})
    for status, phrase in ((409, "Conflict"), (429, "Too Many Requests"), (499, "Status 499")):
        sent = Answers(contract).error_response(_first(contract), status)
        assert (sent.status, json.loads(sent.body)) == (status, {"why": phrase})
    closed = {**says, "required": ["n"]}
    contract = contract_of({"200": _body(), "4XX": _body(closed, example={"why": "a bad request", "n": 1})})
    assert json.loads(Answers(contract).error_response(_first(contract), 409).body) == {"why": "Conflict", "n": 1}


def test_the_error_that_most_operations_have_is_lent_with_its_first_example() -> None:
    lent = {
        "400": {"$ref": "#/components/responses/Lent"},
        "200": {"description": ""},
    }
    examples = {"x": {"value": {"say": "the first one"}}, "y": {"value": {"say": "the second one"}}}
    own = {"400": _body(example={"own": "of this alone"}), "200": {"description": ""}}
    paths = {
        f"/{name}": {"get": {"operationId": name, "responses": one}}
        for name, one in (("a", own), ("b", lent), ("c", lent))
    }
    raw = {"openapi": "3.1.0", "paths": paths, "components": {"responses": {"Lent": _body(examples=examples)}}}
    found = Answers(Contract(Document(raw))).shared(400)
    assert found is not None
    assert found[1] == {"say": "the first one"}


@pytest.mark.parametrize(
    ("payload", "pointer"),
    [
        ({"a": "one two", "b": "one two three"}, "/b"),
        ({"a": "averyverylongword withtwo", "b": "a b c"}, "/b"),
        ({"a": "x y", "b": "y z"}, "/a"),
        ({"a": "oneword", "b": {"c/d": "two words"}}, "/b/c~1d"),
        ({"a": "oneword"}, None),
        ({"a": ["two words"]}, None),
        ("two words", None),
    ],
)
def test_the_message_is_the_string_of_most_words(payload: Any, pointer: str | None) -> None:
    assert sentence_of(payload) == pointer


@pytest.mark.parametrize(
    ("codes", "given", "rule", "code"),
    [
        (["A_MISSING", "b_invalid"], "b_invalid", "missing", "A_MISSING"),
        (["b_required", "a_missing", "c_not_provided"], "x", "required", "x"),
        (["b_required", "a_missing", "c_not_provided"], "b_required", "required", "b_required"),
        (["other", "b_required", "a_missing", "c_not_provided"], "other", "required", "c_not_provided"),
        (["other", "x_unrecognized", "x_unknown"], "other", "undeclared", "x_unknown"),
        (["x_invalid", "y_invalid", "z"], "y_invalid", "maximum", "y_invalid"),
        (["x_invalid", "y_invalid", "z"], "z", "maximum", "x_invalid"),
        (["a", "z"], "z", "maximum", "z"),
        (["x_invalid", "y_missing", "z_unknown", "o"], "o", "missing", "y_missing"),
        (["x_invalid", "y_missing", "z_unknown", "o"], "o", "dependentRequired", "y_missing"),
        (["x_invalid", "y_missing", "z_unknown", "o"], "o", "undeclared", "z_unknown"),
        (["x_invalid", "y_missing", "z_unknown", "o"], "o", "additionalProperties", "x_invalid"),
    ],
)
def test_a_code_is_chosen_by_its_words_unless_the_example_fits_already(
    codes: list[str], given: str, rule: str, code: str
) -> None:
    for keyword in ("enum", "examples"):
        schema = {"type": "object", "properties": {"code": {keyword: codes}}}
        contract = contract_of({"400": _body(schema)})
        content = contract.operation("a").responses["400"].content["application/json"]
        assert with_code(contract.document, content, {"code": given}, rule) == {"code": code}


def test_the_status_and_the_values_of_an_answer_are_those_that_are_declared_first() -> None:
    for key, status in (("2XX", 200), ("default", 200), ("202", 202)):
        contract = contract_of({key: _body(example={"n": 1})})
        sent = Responder(contract).respond(Request("GET", "http://localhost/a"))
        assert (sent.status, json.loads(sent.body)) == (status, {"n": 1})
    header = {"schema": {"type": "string", "enum": ["x", "y"], "default": "y"}}
    contract = contract_of({"200": {"description": "", "headers": {"X-Own": header}}})
    assert Answers(contract).success(_first(contract), None).headers.items == (("x-own", "y"),)
    sent = Answers(contract).success(_first(contract), None, {"X-OWN": "x", "X-More": "1"})
    assert sent.headers.items == (("x-own", "x"), ("x-more", "1"))


def test_a_stream_that_is_not_declared_cannot_be_made() -> None:
    contract = contract_of({"200": _body()})
    with pytest.raises(
        AnswerInvalid, match=r"^a: no event stream \(application/x-ndjson\) is declared; give a payload"
    ):
        Answers(contract).stream(_first(contract), [])
    with pytest.raises(NoAnswer, match=r"^this: no event stream is declared; give a payload$"):
        simplest_events(contract, _first(contract), "this")


@pytest.mark.parametrize(
    ("example", "renewal"),
    [
        ("0123456789ab", "hhhhhhhhhhhh"),
        ("asset_01234567", "asset_hhhhhhhh"),
        ("0123456", None),
        ("01234567-x-89abcdef", "01234567-x-hhhhhhhh"),
        ("0000-0000-0000", "hhhh-hhhh-hhhh"),
    ],
)
def test_a_new_id_has_the_form_of_the_example(example: str, renewal: str | None) -> None:
    made = renewed(example, "0 1")
    assert made != example
    if renewal is None:
        assert made == f"{example}-0-1"
    else:
        assert len(made) == len(renewal)
        assert all(
            one in "0123456789abcdef" if form == "h" else one == form for one, form in zip(made, renewal, strict=True)
        )
    assert renewed(example, "0 1") == made
    assert renewed(example, "0 2") != made


def test_a_value_is_put_where_its_parent_is() -> None:
    value: Any = {"a": [1, {"b": 2}]}
    for pointer, new in (("/a/0", 3), ("/a/1/b", 4), ("/a/1/c", 5), ("/a/2", 6), ("/x/y", 7), ("/a/-", 8)):
        put(value, pointer, new)
    assert value == {"a": [3, {"b": 4, "c": 5}]}


def test_listed_values_are_found_in_branches_however_deep() -> None:
    schema: Any = {"const": "deep"}
    for _ in range(8):
        schema = {"anyOf": [schema]}
    schema = {"oneOf": [{"enum": ["a", "b", 1, "a"]}, {"allOf": [{"const": "b"}, {"enum": ["c"]}]}, *schema["anyOf"]]}
    contract = contract_of({"200": _body(schema)})
    content = contract.operation("a").responses["200"].content["application/json"]
    assert enumerated(contract.document, shape_at(contract.document, content.schema, content.schema_pointer)) == [
        "a",
        "b",
        "c",
        "deep",
    ]
    assert Resources(contract).all == {}


def test_the_message_lists_all_violations_and_the_code_is_that_of_the_first() -> None:
    schema = {
        "type": "object",
        "properties": {"error": TEXT, "code": {"enum": ["none", "is_missing", "is_unknown"]}},
    }
    parameters = [{"name": "n", "in": "query", "required": True, "schema": TEXT}]
    responses = {"200": _body(), "400": _body(schema, example={"error": "it is wrong", "code": "none"})}
    responder = Responder(contract_of(responses, parameters=parameters))
    sent = json.loads(responder.respond(Request("GET", "http://localhost/a?m=1")).body)
    assert sent["code"] == "is_unknown"
    assert [part.partition(":")[0] for part in sent["error"].split("; ")] == ["query.m", "query.n"]


def test_a_missing_key_is_all_that_is_said() -> None:
    responses = {"200": _body(), "401": _body(example={"why": "no key here"})}
    raw = contract_of(responses, security=[{"key": []}]).document.raw
    schemes = {"key": {"type": "apiKey", "in": "header", "name": "x-key"}}
    contract = Contract(Document({**raw, "components": {"securitySchemes": schemes}}))
    sent = Responder(contract).respond(Request("GET", "http://localhost/a?m=1"))
    assert sent.status == 401
    assert json.loads(sent.body)["why"].startswith("header.x-key: ")
    assert ";" not in json.loads(sent.body)["why"]


@pytest.mark.parametrize("name", ["message", "detail", "description", "reason", "error", "title"])
def test_without_an_example_the_message_is_where_apis_put_it(name: str) -> None:
    later = ["title", "error", "reason", "description", "detail", "message"]
    later = later[: later.index(name) + 1]
    schema = {"type": "object", "properties": dict.fromkeys(later, TEXT)}
    responder = Responder(contract_of({"200": _body(), "400": _body(schema)}))
    sent = json.loads(responder.respond(Request("GET", "http://localhost/a?m=1")).body)
    assert [key for key, value in sent.items() if value.startswith("query.m: ")] == [name]


HEADERS: dict[str, tuple[dict[str, Any], str | None]] = {
    "an example beside the schema": ({"schema": {**TEXT, "default": "d"}, "example": "e"}, "e"),
    "one of several examples": ({"schema": TEXT, "examples": {"a": {"value": "e"}, "b": {"value": "f"}}}, "e"),
    "an example that does not fit": ({"schema": {"type": "integer", "default": 5}, "example": "e"}, "5"),
    "an example in the schema": ({"schema": {**TEXT, "examples": ["e"], "default": "d"}}, "e"),
    "a default before what is listed": ({"schema": {"default": "d", "enum": ["c", "d"]}}, "d"),
    "a constant": ({"schema": {"const": "c"}}, "c"),
    "the first listed value that fits": ({"schema": {**TEXT, "enum": ["c", "dd"], "minLength": 2}}, "dd"),
    "nothing": ({"schema": TEXT}, None),
    "nothing, but it is required": ({"schema": {**TEXT, "minLength": 2}, "required": True}, "aa"),
    "what no header can hold": ({"schema": {"type": "array"}, "example": [["a"]]}, None),
    "JSON": ({"content": {"application/json": {"schema": {"type": "object"}, "example": {"a": 1}}}}, '{"a": 1}'),
}


@pytest.mark.parametrize(("header", "value"), HEADERS.values(), ids=HEADERS)
def test_a_declared_header_has_the_first_value_of_the_document_that_fits(header: Any, value: str | None) -> None:
    contract = contract_of({"200": {"description": "", "headers": {"X-Own": header}}})
    found = Answers(contract).success(_first(contract), None).headers.get("x-own")
    if header.get("required"):
        assert (found or "")[:1].isalnum()
        assert len(found or "") >= 2
    else:
        assert found == value


def test_a_required_header_that_cannot_be_made_is_said_to_be() -> None:
    for schema, words in (
        ({"type": "array"}, "the header X-Own: .*give a response"),
        ({**TEXT, "pattern": "(?=x)y"}, "the header X-Own: "),
    ):
        header = {"schema": schema, "required": True, "example": [["a"]]}
        contract = contract_of({"200": {"description": "", "headers": {"X-Own": header}}})
        with pytest.raises(NoAnswer, match=f"^{words}"):
            Answers(contract).success(_first(contract), None)


OWN = {
    "type": "object",
    "properties": {"a": TEXT, "n": {"type": "integer"}, "o": {"type": "object"}},
    "required": ["n"],
}
BASE = {"a": "x", "n": 1, "o": {"p": 1, "q": 2}}


@pytest.mark.parametrize(
    ("fields", "stated", "settable", "payload"),
    [
        ({}, None, None, BASE),
        ({"a": "y", "other": 5}, None, None, {**BASE, "a": "y"}),
        ({"a": 5}, None, None, BASE),
        ({"a": "y", "n": "z"}, None, None, {**BASE, "a": "y"}),
        ({"o": {"r": 1}}, {"/o/p": 5}, None, {**BASE, "o": {"r": 1, "p": 5}}),
        ({"a": "y"}, {"/a": "z"}, None, {**BASE, "a": "z"}),
        ({}, {"/o/p": 5}, None, {**BASE, "o": {"p": 5, "q": 2}}),
        ({"a": "y"}, {"/n": "no"}, None, {**BASE, "a": "y"}),
        ({"a": "y", "n": "z"}, {"/n": 7}, None, {**BASE, "a": "y", "n": 7}),
        ({}, None, {"a": None}, {"n": 1, "o": BASE["o"]}),
        ({}, None, {"a": "d"}, {**BASE, "a": "d"}),
        ({}, None, {"a": ""}, {**BASE, "a": ""}),
        ({}, None, {"a": 5}, BASE),
        ({}, None, {"n": None}, BASE),
        ({}, None, {"n": 0}, {**BASE, "n": 0}),
        ({"a": ""}, None, {"a": "d"}, {**BASE, "a": ""}),
        ({}, None, {"other": "d"}, BASE),
    ],
)
def test_fields_are_laid_over_an_example_as_far_as_its_schema_admits_them(
    fields: Any, stated: Any, settable: Any, payload: Any
) -> None:
    """What was stated goes before them; what can be set and was not is left out, or has its default."""
    contract = Contract(Document({"openapi": "3.1.0", "components": {"schemas": {"Own": OWN}}}))
    base = deepcopy(BASE)
    found = laid(contract, base, fields, OWN, "/components/schemas/Own", stated, settable)
    assert (found, base) == (payload, BASE)
    assert laid(contract, "text", fields, OWN, "/components/schemas/Own", stated, settable) == "text"


def test_the_sentence_of_an_error_names_the_place_and_no_operation() -> None:
    says = _body({"type": "object", "properties": {"why": TEXT}}, example={"why": "a bad request"})
    limit = {"name": "n", "in": "query", "schema": {"type": "integer"}}
    contract = contract_of({"200": _body(), "400": says, "404": says}, parameters=[limit])
    answer = Responder(contract).respond(Request("GET", "http://localhost/a?n=x"))
    assert json.loads(answer.body)["why"].startswith("query.n: ")
    answer = Responder(contract).respond(Request("GET", "http://localhost/none"))
    assert (answer.status, json.loads(answer.body)["why"].partition(": ")[0]) == (404, "path")


def test_a_page_after_the_last_has_its_own_number_and_the_rest_of_the_last() -> None:
    number = {"type": "integer"}
    info = {"type": "object", "properties": {"page": number, "pages": number, "note": TEXT}}
    schema = {"type": "object", "properties": {"data": {"type": "array"}, "info": info}}
    paged = {"style": "page", "parameter": "page", "items": "/data", "total_pages": "/info/pages"}
    contract = contract_of(
        {"200": _body(schema)},
        parameters=[{"name": "page", "in": "query", "schema": number}],
        **{"x-pagination": paged},
    )
    pages = [{"data": [at], "info": {"page": at, "pages": 2, "note": note}} for at, note in ((1, "first"), (2, "last"))]
    listing = Listing(contract, _first(contract), pages)
    five, six = listing.beyond(5), listing.beyond(6)
    assert five == {"data": [], "info": {"page": 5, "pages": 2, "note": "last"}}
    assert six == {"data": [], "info": {"page": 6, "pages": 2, "note": "last"}}
    assert pages[1]["data"] == [2]


def test_a_payload_that_is_no_json_is_refused_with_what_to_give() -> None:
    contract = contract_of({"200": _body()})
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    for payload in (object(), {"a": {1}}, float("nan"), deep, "\ud800"):
        with pytest.raises(
            AnswerInvalid, match=r"^a: this payload is not a JSON value \(.*\); give dicts, lists, strings"
        ):
            Answers(contract).success(_first(contract), payload)


@pytest.mark.parametrize(
    ("kind", "schema", "body"),
    [
        ("text/plain", TEXT, "query.n: "),
        ("application/json", TEXT, '"a"'),
        ("application/json", {"type": "object", "properties": {"title": TEXT, "detail": TEXT}}, '{"detail":"query.n: '),
        ("application/json", {"type": "object", "properties": {"why": TEXT}}, "{}"),
    ],
)
def test_without_an_example_the_sentence_is_where_the_schema_has_a_place_for_it(
    kind: str, schema: Any, body: str
) -> None:
    """A text is the sentence; of an object, the first of the usual names."""
    limit = {"name": "n", "in": "query", "schema": {"type": "integer"}}
    said = {"description": "", "content": {kind: {"schema": schema}}}
    contract = contract_of({"200": _body(), "400": said}, parameters=[limit])
    answer = Responder(contract).respond(Request("GET", "http://localhost/a?n=x"))
    assert (answer.status, answer.headers.get("content-type")) == (400, kind)
    assert answer.body.decode().startswith(body)


def test_a_listing_by_tokens_sets_none_but_the_token_of_the_next_page() -> None:
    """What beside it is called as the parameter is no number of the page; a total counts all items."""
    info = {"type": "object", "properties": {"next": TEXT, "token": TEXT, "total": {"type": "integer"}}}
    schema = {"type": "object", "properties": {"data": {"type": "array"}, "info": info}}
    paged = {"style": "token", "parameter": "token", "items": "/data", "next_token": "/info/next", "operation": "a"}
    contract = contract_of(
        {"200": _body(schema, example={"data": [1], "info": {"token": "t", "total": 1}})},
        parameters=[{"name": "token", "in": "query", "schema": TEXT}],
        **{"x-pagination": paged},
    )
    listing = Answers(contract).listing(_first(contract), [[1, 2], [3]])
    responder = Responder(contract)
    pages = [
        listing.page(responder.receive(Request("GET", f"http://localhost/a{query}")))
        for query in ("", "?token=page-2", "?token=page-3", "?token=page-1")
    ]
    assert pages == [
        {"data": [1, 2], "info": {"token": "t", "total": 3, "next": "page-2"}},
        {"data": [3], "info": {"token": "t", "total": 3}},
        None,
        None,
    ]


def _listing(examples: list[Any], *, tokens: bool = False) -> Contract:
    """Return a listing by numbers or by tokens, with examples of its pages."""
    number = {"type": "integer"}
    names = ("pages", "total", "size", "left")
    schema = {"type": "object", "properties": {"data": {"type": "array"}, **dict.fromkeys(names, number)}}
    paged = {"style": "token", "parameter": "token", "items": "/data", "next_token": "/next"}
    if not tokens:
        paged = {"style": "page", "parameter": "page", "items": "/data", "total_pages": "/pages"}
    parameter = {"name": paged["parameter"], "in": "query", "schema": TEXT if tokens else number}
    named = {str(at): {"value": value} for at, value in enumerate(examples)}
    return contract_of({"200": _body(schema, examples=named)}, parameters=[parameter], **{"x-pagination": paged})


def _asked(responder: Responder, query: str) -> Any:
    return json.loads(responder.respond(Request("GET", f"http://localhost/a{query}")).body)


@pytest.mark.parametrize(
    ("stated", "pages"),
    [
        ((1,), [[1], []]),
        ((2, 2), [[1], [2], []]),
        ((2, 5), [[1], []]),
        ((5, 2), [[1], []]),
        ((3, 3), [[1], []]),
        ((None, 2), [[1], []]),
    ],
)
def test_examples_are_the_pages_if_each_states_as_many_as_there_are(stated: tuple[Any, ...], pages: list[Any]) -> None:
    """Otherwise the first one is the only page."""
    examples = [{"data": [at], **({} if count is None else {"pages": count})} for at, count in enumerate(stated, 1)]
    responder = Responder(_listing(examples))
    assert [_asked(responder, f"?page={number}")["data"] for number in range(1, len(pages) + 1)] == pages


@pytest.mark.parametrize(
    ("after", "last"),
    [
        (("x", ""), {"data": [2], "next": ""}),
        (("x", None), {"data": [2], "next": None}),
        (("", "x"), {"data": [1], "next": ""}),
        (("x", "y"), {"data": [1]}),
    ],
)
def test_a_listing_by_tokens_is_an_example_that_ends(after: tuple[Any, ...], last: Any) -> None:
    """If there is none, the first one without its token."""
    examples = [{"data": [at], "next": token} for at, token in enumerate(after, 1)]
    assert _asked(Responder(_listing(examples, tokens=True)), "") == last


@pytest.mark.parametrize(
    ("examples", "tokens", "totals"),
    [
        ([{"data": [1, 2], "total": 2}], True, {"total": 4}),
        ([{"data": [1, 2], "total": 2}, {"data": [3], "total": 1}], True, {"total": 4}),
        ([{"data": [1], "total": 3, "next": "x"}, {"data": [1, 2, 3], "total": 3}], True, {"total": 4}),
        ([{"data": [1, 2], "total": 3, "size": 7}], True, {}),
        (
            [{"data": [1, 2], "pages": 2, "total": 3, "size": 3}, {"data": [3], "pages": 2, "total": 3, "size": 1}],
            False,
            {"total": 4},
        ),
        (
            [{"data": [1, 2], "pages": 2, "total": 3, "left": 1}, {"data": [3], "pages": 2, "total": 3, "left": 3}],
            False,
            {"total": 4},
        ),
        ([{"data": [1, 2], "pages": 5, "total": 2}], False, {}),
    ],
)
def test_the_total_is_what_counts_the_items_of_all_pages_in_each(
    examples: list[Any], tokens: bool, totals: dict[str, int]
) -> None:
    """Other numbers beside it are not known."""
    contract = _listing(examples, tokens=tokens)
    listing = Answers(contract).listing(_first(contract), [[1, 2], [3], [4]])
    assert {name: listing.first[name] for name in listing.first.keys() & {"total", "size", "left"}} == totals


def test_the_items_of_a_page_are_those_that_were_given_then() -> None:
    contract, item = _listing([]), {"id": "a"}
    listing = Answers(contract).listing(_first(contract), [[item]])
    item["id"] = "b"
    assert listing.first["data"] == [{"id": "a"}]


def test_a_code_that_the_schema_does_not_admit_is_left_as_in_the_example() -> None:
    code = {"type": "string", "maxLength": 3, "examples": ["bad", "x_invalid"]}
    error = _body({"type": "object", "properties": {"code": code}}, example={"code": "bad", "message": "not so"})
    number = {"name": "n", "in": "query", "schema": {"type": "integer"}}
    contract = contract_of({"200": _body(), "400": error}, parameters=[number])
    answer = Responder(contract).respond(Request("GET", "http://localhost/a?n=x"))
    assert answer.status == 400
    found = json.loads(answer.body)
    assert (found["code"], "query.n" in found["message"]) == ("bad", True)


@pytest.mark.parametrize("seed", [7, -7])
@pytest.mark.parametrize("place", ["path", "query", "body"])
def test_another_seed_chooses_by_each_part_of_a_request(seed: int, place: str) -> None:
    named = {str(at): {"value": at} for at in range(5)}
    taken = [
        {"name": "q", "in": "query", "schema": TEXT},
        {"name": "p", "in": "path", "required": True, "schema": TEXT},
    ]
    one = {"operationId": "a", "parameters": taken, "responses": {"200": _body(examples=named)}}
    body = {"content": {"application/json": {"schema": True}}}
    contract = Contract(Document({"openapi": "3.1.0", "paths": {"/{p}": {"post": {**one, "requestBody": body}}}}))

    def chosen(seed: int) -> list[bytes]:
        found = []
        for at in range(12):
            given = {"path": "x", "query": "x", "body": "x", place: str(at)}
            url, sent = f"http://localhost/{given['path']}?q={given['query']}", json.dumps(given["body"])
            request = Request("POST", url, {"content-type": "application/json"}, sent)
            found.append(Responder(contract, seed=seed).respond(request).body)
        return found

    assert set(chosen(0)) == {b"0"}
    assert len(set(chosen(seed))) > 1
    assert chosen(seed) == chosen(seed)
