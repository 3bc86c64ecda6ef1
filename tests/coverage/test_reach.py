"""Every cell can be reached by the strategies and the examples; the exceptions are listed here with reasons."""

from __future__ import annotations

import json

import pytest

from apicontract.coverage import Coverage
from apicontract.openapi.media_types import NDJSON
from tests.coverage.driven import driven, driven_by
from tests.support.orchard import contract_of
from twelvelabs_contract import Contract, Headers, Operation, Request, Response
from twelvelabs_contract.strategies import RequestCase, boundary_cases, invalid_cases

RESPONSES = ("status", "response_media_type", "event", "page")

ALONE = "in a union; the strategies break a union as a whole"
TWICE = "a third item repeats one, so it breaks two rules, and the strategies break one at a time"
FEW = "the strategies fill an object with what its required keys need"

LEFT = {
    ("search.create", "form.filter.duration", "0 keys"): ALONE,
    ("search.create", "form.filter.width", "0 keys"): ALONE,
    ("search.create", "form.filter.height", "0 keys"): ALONE,
    ("search.create", "form.filter.size", "0 keys"): ALONE,
    ("search.create", "form.filter.*", "0 keys"): ALONE,
    ("embed.tasks.create", "form.video_embedding_scope", "3 items"): TWICE,
    ("trees.replace", "body[].labels", "max 2 keys"): FEW,
}
"""The cells of requests that no case of the strategies exercises."""

BY_HAND = {
    ("search.create", "form.filter.duration", "0 keys"): {"filter": {"duration": {}}},
    ("search.create", "form.filter.width", "0 keys"): {"filter": {"width": {}}},
    ("search.create", "form.filter.height", "0 keys"): {"filter": {"height": {}}},
    ("search.create", "form.filter.size", "0 keys"): {"filter": {"size": {}}},
    ("search.create", "form.filter.*", "0 keys"): {"filter": {"key": {}}},
    ("embed.tasks.create", "form.video_embedding_scope", "3 items"): {
        "video_embedding_scope": ["clip", "video", "clip"]
    },
    ("trees.replace", "body[].labels", "max 2 keys"): [{"kind": "plant", "labels": {"ab": "", "cd": ""}}],
}
"""The same, each with a body that does exercise it."""


def unreached(coverage: Coverage) -> set[tuple[str, str, str]]:
    return {cell.key for cell, hit in coverage.cells() if not hit.count and cell.kind not in RESPONSES}


@pytest.mark.parametrize("name", [pytest.param("bundled", marks=pytest.mark.deep), "orchard"])
def test_the_strategies_reach_every_cell_of_requests_but_those_listed(name: str) -> None:
    contract = contract_of(name)
    known = {operation.id for operation in contract.operations}
    assert unreached(driven(name)) == {key for key in LEFT if key[0] in known}
    total = sum(cell.kind not in RESPONSES for cell, _ in driven(name).cells())
    assert len(LEFT) < 0.05 * total


@pytest.mark.parametrize("key", list(BY_HAND), ids=lambda key: f"{key[0]}-{key[1]}")
def test_what_is_listed_can_be_reached_by_hand(key: tuple[str, str, str]) -> None:
    contract = contract_of("orchard" if key[0].startswith("trees") else "bundled")
    simple, changed = boundary_cases(contract, key[0])[0], BY_HAND[key]
    body = {**simple.arguments["body"], **changed} if isinstance(changed, dict) else changed
    coverage = Coverage(contract)
    coverage.exchange(RequestCase(contract, key[0], {**simple.arguments, "body": body}).request())
    assert key in {cell.key for cell, hit in coverage.cells() if hit.count}


@pytest.mark.parametrize("name", [pytest.param("bundled", marks=pytest.mark.deep), "orchard"])
def test_a_cell_is_admitted_exactly_if_an_admitted_request_reaches_it(name: str) -> None:
    """The other way round: valid requests exercise no refusal, and invalid ones nothing else."""
    valid, invalid = driven_by(name, boundary_cases), driven_by(name, invalid_cases)
    assert valid.summary().refusals.covered == 0
    assert {cell.kind for cell, hit in invalid.cells() if hit.count and not cell.refusal} == set()


def test_every_kind_of_cell_is_there_and_reached() -> None:
    reached = {cell.kind for cell, hit in driven("bundled").cells() if hit.count}
    assert reached == {"call", "presence", "bound", "value", "alternative", "media_type"}


def _answers(operation: Operation) -> list[Response]:
    """Return an answer of each documented status and media type, from the examples of the document."""
    found = []
    for key, declared in operation.responses.items():
        status = {"4XX": 418, "5XX": 503}.get(key) or int(key)
        if not declared.content:
            found.append(Response(status))
        for content in declared.content.values():
            for example in content.examples.values():
                lines = example if isinstance(example, list) and content.name == NDJSON else [example]
                body = "\n".join(map(json.dumps, lines)) if not isinstance(example, str) else example
                found.append(Response(status, Headers({"content-type": content.name}), body.encode()))
    return found


def _page(contract: Contract, operation: Operation, number: int) -> tuple[Request, Response]:
    case = boundary_cases(contract, operation.id)[0]
    assert operation.pagination is not None
    query = {**case.arguments["query"], operation.pagination.parameter: number}
    answer = {"data": [], "page_info": {"page": number, "total_page": 3, "total_results": 21, "limit_per_page": 10}}
    sent = RequestCase(contract, operation.id, {**case.arguments, "query": query}).request()
    return sent, Response(200, Headers({"content-type": "application/json"}), json.dumps(answer).encode())


def test_the_examples_of_the_document_reach_every_cell_of_responses() -> None:
    contract = contract_of("bundled")
    coverage = Coverage(contract)
    for operation in contract.operations:
        case = boundary_cases(contract, operation.id)[0]
        flags = (False, True) if operation.streaming else (None,)
        for flag in flags:
            arguments = dict(case.arguments)
            if operation.streaming:
                arguments["body"] = {**arguments["body"], operation.streaming.flag: flag}
            for answer in _answers(operation):
                coverage.exchange(RequestCase(contract, operation.id, arguments).request(), answer)
                if flag:
                    cut = Response(answer.status, answer.headers, answer.body[: answer.body.rfind(b"\n") + 1])
                    coverage.exchange(RequestCase(contract, operation.id, arguments).request(), cut)
        if operation.pagination and operation.pagination.style == "page":
            for number in (1, 2, 3):
                coverage.exchange(*_page(contract, operation, number))
    left = {cell.key for cell, hit in coverage.cells() if not hit.count and cell.kind in RESPONSES}
    assert left == set()
