"""The events of a webhook are counted like calls, after the first one."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from apicontract.coverage import Coverage, Origin, reports
from apicontract.responder import webhook_request
from tests.support.editions import needs_editions
from tests.support.webhooks import HUB, NOW, SECRET, body, other, parcel, sent
from twelvelabs_contract import Contract, Request

pytestmark = needs_editions
READY = "webhooks.analyze_task_ready"
TASK = {"id": "68f0b3d2a41c97e5d6082b31", "custom_id": None, "created_at": "2026-10-01T08:11:04Z", "status": "ready"}
EVENT: dict[str, Any] = {
    "id": "whe_1",
    "created_at": "2026-10-01T08:12:31.117Z",
    "type": "analyze.task.ready",
    "data": TASK,
}


@pytest.fixture(scope="module")
def newest() -> Contract:
    """Return the contract of the newest edition, the only one with webhooks here."""
    return Contract.load()


def hit(coverage: Coverage, operation: str) -> dict[tuple[str, str], int]:
    """Return what was exercised of an operation, and how often."""
    return {(cell.place, cell.case): found.count for cell, found in coverage.cells(operation) if found.count}


def test_an_event_counts_from_the_first_one_on(newest: Contract) -> None:
    coverage, plain = Coverage(newest), Coverage(newest).summary()
    assert coverage.summary() == plain
    assert coverage.exchange(sent(EVENT), origin=Origin(0, "a"))
    assert coverage.exchange(sent({**EVENT, "data": {**TASK, "custom_id": "mine"}}))
    found = hit(coverage, READY)
    assert found["operation", "called"] == 2
    assert found["body.data.custom_id", "null"] == 1
    assert [one.id for one in coverage.operations[len(newest.operations) :]] == [READY]
    assert coverage.summary().operations.total == plain.operations.total + 1
    assert any(READY in line.text for line in reports.lines(coverage, 200))


def test_an_event_that_breaks_the_contract_covers_nothing(newest: Contract) -> None:
    coverage = Coverage(newest)
    coverage.exchange(sent({**EVENT, "data": {}}))
    assert ("operation", "called") not in hit(coverage, READY)
    assert {found.where for found in coverage.findings(READY)} >= {"body.data.status"}
    assert not coverage.exchange(sent({**EVENT, "type": "unknown"}))
    assert not coverage.exchange(Request("POST", "https://my.example/hook", body=json.dumps(EVENT).encode()))


def test_reports_of_several_runs_are_put_together(newest: Contract) -> None:
    first, second = Coverage(newest), Coverage(newest)
    first.exchange(sent(EVENT))
    again = Coverage.from_json(newest, first.to_json())
    assert again.to_json() == first.to_json()
    second.merge(again)
    second.merge(first)
    assert hit(second, READY)["operation", "called"] == 2
    assert Coverage.from_json(newest, first.to_json(), ["tasks.*"]).summary().cells.covered == 0


def test_a_scope_can_name_webhooks(newest: Contract) -> None:
    coverage = Coverage(newest, ["webhooks.*"])
    assert not coverage.operations
    coverage.exchange(sent(EVENT))
    assert [one.id for one in coverage.operations] == [READY]
    other = Coverage(newest, ["tasks.*"])
    assert other.exchange(sent(EVENT))
    assert READY not in {one.id for one in other.operations}


def test_events_that_came_in_any_order_are_written_in_that_of_the_document() -> None:
    """Those of one run, and those of several that are put together: the same bytes."""
    names = ["c", "a", "d", "b"]
    signed: dict[str, Any] = {"security": [{"Signed": []}]}
    contract = other({name: {"post": {"operationId": name, **body(parcel(name)), **signed}} for name in names}, HUB)
    found = set()
    for order in itertools.permutations(["a", "c", "b"]):
        alone, together = Coverage(contract), Coverage(contract)
        for name in order:
            one = Coverage(contract)
            for coverage in (alone, one):
                assert coverage.exchange(webhook_request(contract, name, secret=SECRET, now=NOW))
            together.merge(one)
        for coverage in (alone, together):
            assert [one.id for one in coverage.operations] == ["list", "c", "a", "b"]
            found |= {coverage.to_json(), Coverage.from_json(contract, coverage.to_json()).to_json()}
    assert len(found) == 1
