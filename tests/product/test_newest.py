"""The client of the newest edition: each operation is called with an example of its document, and gets one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import twelvelabs_api
import twelvelabs_api.models  # loaded when first needed, and pytester unloads what a run within loads
import twelvelabs_api_2025_08

from apicontract.mock.answers import httpx_response
from apicontract.openapi.facts import shape_at
from apicontract.openapi.media_types import FORM
from apicontract.responder import Responder
from apicontract.wire.messages import Request
from tests.laws.exchange import decided
from tests.laws.subjects import Ours, Subject
from tests.support.editions import contract_of
from twelvelabs_contract import Contract, Headers

NEWEST = Contract.load()
SUBJECTS = (
    Ours("sync", twelvelabs_api.TwelveLabs, asynchronous=False),
    Ours("async", twelvelabs_api.AsyncTwelveLabs, asynchronous=True),
)


def bodies(operation: str) -> Iterator[tuple[str, Any]]:
    """Yield the examples of the request body of an operation, files with bytes; nothing where it has none."""
    declared = NEWEST.operation(operation).request_body
    for content in declared.content.values() if declared else ():
        shape = shape_at(NEWEST.document, content.schema, content.schema_pointer)
        for name, value in content.examples.items():
            body = dict(value)
            for key, held in body.items() if content.name == FORM else ():
                own = shape.property(key)
                if own.is_file or (own.is_array and own.items.is_file):
                    files = [(f"{n}.bin", b"bytes") for n in range(len(held) if isinstance(held, list) else 1)]
                    body[key] = files if isinstance(held, list) else files[0]
            yield name, body


def cases() -> Iterator[Any]:
    """Pair each operation with the examples of its request."""
    for operation in NEWEST.operations:
        for name, body in list(bodies(operation.id)) or [("no body", None)]:
            yield pytest.param(operation.id, body, id=f"{operation.id}-{name}")


@pytest.mark.parametrize("subject", SUBJECTS, ids=str)
@pytest.mark.parametrize(("operation", "body"), list(cases()))
def test_each_operation_is_called_and_answered(operation: str, body: Any, subject: Subject) -> None:
    """With the example of each parameter; the request is right, and the answer is read."""
    called = NEWEST.operation(operation)
    arguments: dict[str, Any] = {"path": {}, "query": {}, "header": {}}
    for parameter in called.parameters:
        arguments[parameter.location][parameter.name] = NEWEST.document.at(parameter.pointer)["example"]
    if body is not None:
        arguments["body"] = body
        arguments = dict(decided(NEWEST, called, arguments))
    responder = Responder(NEWEST)

    def answer(request: httpx.Request) -> httpx.Response:
        headers = Headers(request.headers.multi_items())
        received = Request(request.method, str(request.url), headers, request.content)
        assert [str(violation) for violation in NEWEST.check_request(received)] == []
        return httpx_response(responder.respond(received), request)

    outcome = subject.call(called, arguments, answer, most=1)
    assert outcome.error is None
    assert len(outcome.requests) == 1


@pytest.mark.parametrize("files", [[("a.png", b"a")], [("a.png", b"a"), ("b.png", b"b")]], ids=["one", "two"])
def test_one_file_or_several_go_under_one_name(files: list[tuple[str, bytes]]) -> None:
    """A single file need not be in a list."""
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json={"data": []})

    http = httpx.Client(transport=httpx.MockTransport(answer))
    with twelvelabs_api.TwelveLabs(api_key="k", httpx_client=http) as client:
        given = files if len(files) > 1 else files[0]
        client.search.create(index_id="i", search_options=["visual"], query_media_type="image", query_media_file=given)
    content = sent[0].content
    assert content.count(b'name="query_media_file"; filename=') == len(files)
    assert [name.encode() in content for name, _ in files] == [True] * len(files)


def test_the_two_packages_are_of_the_two_editions() -> None:
    """Each with its plain document; the newest with the marked one, too."""
    newest, first = (Path(package.__file__ or "").parent for package in (twelvelabs_api, twelvelabs_api_2025_08))
    assert (len(NEWEST.operations), len(Contract.load(first / "openapi.json").operations)) == (99, 28)
    assert (newest / "editions.json").exists()
    assert not (first / "editions.json").exists()


def test_vectors_that_a_mock_answers_with_are_as_long_as_those_of_todays_models() -> None:
    """Who stores them needs the length; other examples of vectors are short, and chosen by name."""
    responder, base = Responder(NEWEST), NEWEST.servers[0]
    headers = Headers({"x-api-key": "k", "content-type": "application/json"})
    asked = b'{"input_type": "text", "model_name": "marengo3.0", "text": {"input_text": "a"}}'
    answer = responder.respond(Request("POST", f"{base}/embed-v2", headers, asked))
    assert [len(one["embedding"]) for one in json.loads(answer.body)["data"]] == [512]
    ready = NEWEST.operation("embed.v_2.tasks.retrieve").responses["200"].content["application/json"].examples["ready"]
    assert {len(one["embedding"]) for one in ready["data"]} == {512}


@pytest.mark.parametrize(
    ("schema", "pairs", "longest"),
    [
        ("KnowledgeStoreMetadata", 10, 2048),
        ("KnowledgeStoreMetadataUpdate", 10, 2048),
        ("ItemCollectionMetadataUpdate", 10, 2048),
        ("KnowledgeStoreItemMetadata", 50, 8192),
    ],
)
def test_the_metadata_of_stores_collections_and_items_is_bounded(schema: str, pairs: int, longest: int) -> None:
    """Pairs, keys and strings (ledger A104), and four kinds of value (A103); before October strings of any length."""
    right: list[Any] = [
        {f"{n}": "" for n in range(pairs)},
        {"k" * 128: "v" * longest},
        {"a": ["b"], "c": True, "d": 1.5},
    ]
    wrong: list[Any] = [{f"{n}": "" for n in range(pairs + 1)}, {"k" * 129: ""}, {"a": "v" * (longest + 1)}]
    assert [NEWEST.check_payload(value, schema=schema) for value in right] == [[], [], []]
    assert [len(NEWEST.check_payload(value, schema=schema)) for value in [*wrong, {"a": None}]] == [1, 1, 1, 1]
    before = contract_of("2026-09-30")
    assert [before.check_payload(value, schema=schema) for value in wrong] == [[], [], []]


def test_what_no_witness_tells_is_not_asked_for() -> None:
    """A blank text of a search (ledger A123), and keys of an error (A124)."""
    for text in ("", " "):
        assert (
            NEWEST.check_payload(
                {"index_id": "a", "search_options": ["visual"], "query_text": text}, schema="SearchCreateRequest"
            )
            == []
        )
    assert NEWEST.check_payload({"data": []}, schema="Error") == []
    found = NEWEST.check_payload({"error": {"code": "c"}}, schema="ErrorResponse")
    assert [violation.where for violation in found] == ["body.error.message"]
