"""A contract in other processes and threads: it can be pickled at any time, with its edition and base URL."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from apicontract.checks import Contract as Engine
from apicontract.openapi.document import Document
from apicontract.openapi.violation import Violation
from apicontract.wire.messages import Request
from twelvelabs_contract import Contract

PAGE = {"data": [{"_id": 1}], "page_info": {"page": "1"}}
OLD = {
    "openapi": "3.0.3",
    "info": {"title": "t", "version": "1"},
    "servers": [{"url": "https://example.com/{v}", "variables": {"v": {"default": "1"}}}],
    "paths": {
        "/x": {
            "get": {
                "operationId": "x",
                "parameters": [{"name": "n", "in": "query", "schema": {"type": "integer", "nullable": True}}],
                "responses": {"200": {"description": "d"}},
            }
        }
    },
    "components": {"schemas": {"Day": {"type": "string", "format": "date", "nullable": True}}},
}


def _sent(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own bytes


def _said(contract: Engine) -> list[Violation]:
    return [
        *contract.check_payload(PAGE, operation="tasks.list", status=200),
        *contract.check_request(Request("POST", "https://api.twelvelabs.io/v1.3/tasks/external-provider")),
        *contract.check_request(Request("GET", "https://api.twelvelabs.io/v1.3/tasks?page_limit=51")),
    ]


@pytest.mark.parametrize("used", [False, True])
@pytest.mark.parametrize("edition", [None, "2025-08"])
def test_a_pickled_contract_says_the_same(used: bool, edition: str | None) -> None:
    contract = Contract.load(edition=edition)
    wanted = _said(Contract.load(edition=edition))
    if used:
        _said(contract)
    sent = _sent(contract)
    assert type(sent) is Contract
    assert _said(sent) == wanted
    assert wanted
    assert (sent.title, sent.edition, sent.servers, sent.notices) == (
        contract.title,
        contract.edition,
        contract.servers,
        contract.notices,
    )
    assert sent.editions == contract.editions


def test_an_old_document_its_base_url_and_its_formats_survive(tmp_path: Path) -> None:
    """The document of an older OpenAPI is pickled as it was given: read twice it would say something else."""
    path = tmp_path / "old.json"
    path.write_text(json.dumps(OLD))
    for formats in (True, False):
        contract = Engine.load(path, base_url="http://localhost:1/", formats=formats)
        sent = _sent(contract)
        assert (sent.servers, sent.formats, sent.notices) == (("http://localhost:1",), formats, contract.notices)
        assert sent.document.raw == contract.document.raw
        assert bool(sent.check_payload("no day", schema="Day")) == formats
        assert not sent.check_payload(None, schema="Day")
        assert sent.find(Request("GET", "http://localhost:1/x")).id == "x"


def test_a_process_makes_the_same_contract_once(contract: Contract) -> None:
    assert _sent(contract) is _sent(contract)
    assert len(pickle.dumps(contract)) < len(json.dumps(contract.document.raw))
    assert _said(copy.deepcopy(contract)) == _said(contract)


def test_another_process_says_the_same(contract: Contract) -> None:
    """A new interpreter, which has imported nothing of this package."""
    program = (
        "import pickle, sys; contract, payload = pickle.load(sys.stdin.buffer);"
        "pickle.dump(contract.check_payload(payload, operation='tasks.list', status=200), sys.stdout.buffer)"
    )
    done = subprocess.run(
        (sys.executable, "-c", program), input=pickle.dumps((contract, PAGE)), capture_output=True, check=True
    )
    found = pickle.loads(done.stdout)  # noqa: S301 - our own bytes
    assert found == contract.check_payload(PAGE, operation="tasks.list", status=200)


def test_threads_share_a_contract() -> None:
    """All begin at once with one that has compiled nothing yet, of a day of which other days say why."""
    wanted = _said(Contract.load(edition="2025-08"))
    shared, start = Contract.load(edition="2025-08"), Barrier(8)

    def ask(_: int) -> list[list[Violation]]:
        start.wait()
        return [_said(shared) for _ in range(5)]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ask, range(8)))
    assert all(said == wanted for answers in found for said in answers)


def test_contracts_are_told_apart_by_all_that_they_say() -> None:
    """What is kept for one is not used for another: document, edition, options and servers."""
    plain = Contract(Document(OLD))
    assert Contract(Document(copy.deepcopy(OLD))).identity == plain.identity
    others = [
        Contract(Document(OLD), formats=not plain.formats),
        Contract(Document({**OLD, "info": {"title": "t", "version": "2"}})),
        Contract(Document(OLD), base_url="https://elsewhere.example/1"),
    ]
    assert len({plain.identity, *(other.identity for other in others)}) == 4
