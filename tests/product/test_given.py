"""Which contract the short names take: the bundled one, one of its editions, or another."""

from __future__ import annotations

import json

import httpx
import pytest

from apicontract.openapi.editions import EditionUnknown
from twelvelabs_contract import Contract, Request
from twelvelabs_contract.contract import bundled, given_or_bundled
from twelvelabs_contract.mock import TwelveLabsMock
from twelvelabs_contract.traffic import watch
from twelvelabs_contract.transport import AsyncContractTransport, ContractTransport

URL = "https://api.twelvelabs.io/v1.3"
KEY = {"x-api-key": "tlk_made_up_for_tests"}
EARLY = "2025-08"


def test_the_bundled_one_is_loaded_once_for_each_edition() -> None:
    newest, early = given_or_bundled(None, None), given_or_bundled(None, EARLY)
    assert (newest, early) == (given_or_bundled(None, None), given_or_bundled(None, EARLY))
    assert given_or_bundled(None, None) is newest
    assert given_or_bundled(None, EARLY) is early
    assert len(early.operations) < len(newest.operations)
    other = Contract.load(bundled())
    assert given_or_bundled(other, None) is other
    for unknown in ("never", ""):
        with pytest.raises(EditionUnknown):
            given_or_bundled(None, unknown)


@pytest.mark.parametrize("edition", [EARLY, ""])
def test_a_contract_and_an_edition_are_not_both_given(edition: str) -> None:
    inner = httpx.MockTransport(lambda _: httpx.Response(200))
    message = r"^contract= and edition= were both given; load the contract at its edition$"
    contract = Contract.load()
    with pytest.raises(TypeError, match=message):
        given_or_bundled(contract, edition)
    with pytest.raises(TypeError, match=message):
        TwelveLabsMock(contract, edition=edition)
    with pytest.raises(TypeError, match=message), watch(contract, edition=edition):
        pass
    with pytest.raises(TypeError, match=message):
        ContractTransport(inner, contract=contract, edition=edition)


def test_each_short_name_takes_the_edition_that_is_named() -> None:
    """`responses` came later, so nothing of that edition answers there."""
    assert TwelveLabsMock(edition=EARLY).contract is given_or_bundled(None, EARLY)
    assert TwelveLabsMock().contract is given_or_bundled(None, None)
    inner = httpx.MockTransport(lambda _: httpx.Response(200, json={}))
    for kind in (ContractTransport, AsyncContractTransport):
        for edition in (None, EARLY):
            assert kind(inner, edition=edition)._guard._contract is given_or_bundled(None, edition)
    found = {}
    for edition in (None, EARLY):
        with watch(edition=edition) as findings, httpx.Client(transport=inner, headers=KEY) as client:
            client.post(f"{URL}/responses", json={})
        found[edition] = [finding.violation.where for finding in findings]
    assert "path" not in found[None]
    assert found[EARLY] == ["path"]
    with watch(unknown="ignore") as findings, httpx.Client(transport=inner, headers=KEY) as client:
        client.post(f"{URL}/nowhere", json={})
    assert findings == []


@pytest.mark.parametrize("file", [None, "openapi.json", "editions.json"])
@pytest.mark.parametrize("edition", [None, EARLY])
def test_formats_are_asserted_unless_that_is_declined(file: str | None, edition: str | None) -> None:
    """Of the bundled document, and of a file; one without editions has none."""
    path = None if file is None else bundled(file)
    if file == "openapi.json" and edition is not None:
        with pytest.raises(EditionUnknown):
            Contract.load(path, edition=edition, formats=False)
        return
    without = Contract.load(path, edition=edition, formats=False)
    assert without.identity != Contract.load(path, edition=edition).identity
    assert len(without.operations) == len(given_or_bundled(None, edition).operations)


@pytest.mark.parametrize(
    ("edition", "formats", "created", "rules"),
    [
        (None, True, "2026-04-01T10:00:00Z", ["removed"]),
        (None, True, "yesterday", ["format", "missing"]),
        (None, False, "2026-04-01T10:00:00Z", ["removed"]),
        (None, False, "yesterday", ["removed"]),
        ("2026-10", True, "yesterday", ["format", "missing"]),
        ("2026-10", False, "yesterday", ["removed"]),
        ("2026-04-02", True, "yesterday", ["format"]),
        ("2026-04-02", False, "yesterday", []),
    ],
)
def test_a_format_counts_on_other_days_as_on_this_one(
    edition: str | None, formats: bool, created: str, rules: list[str]
) -> None:
    """Without formats, what was right on an earlier day but for one is explained by that day."""
    contract = Contract.load(edition=edition, formats=formats)
    data = {"id": "68f0b3d2a41c97e5d6082b31", "created_at": "2026-04-01T09:00:00Z", "status": "ready"}
    event = {"id": "whe_1", "type": "analyze.task.ready", "created_at": created, "data": data}
    sent = Request("POST", "https://receiver.example/", {"content-type": "application/json"}, json.dumps(event))
    assert sorted(violation.rule for violation in contract.check_webhook(sent, secret=None)) == rules


def test_what_is_found_on_the_way_out_is_reported_as_asked() -> None:
    inner = httpx.MockTransport(lambda _: httpx.Response(200, json={"data": 1}))
    seen: list[object] = []
    with httpx.Client(transport=ContractTransport(inner, on_violation=seen.append), headers=KEY) as client:
        client.get(f"{URL}/tasks", params={"page_limit": 51})
    assert len(seen) == 2
