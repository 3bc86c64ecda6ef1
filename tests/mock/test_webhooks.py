"""The mock makes the events of webhooks: signed ones, second deliveries, and forgeries of every kind."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from apicontract.responder import AnswerInvalid, webhook_request
from apicontract.values import webhooks
from apicontract.values.webhooks import FORGERIES, Event, Forgery
from tests.checks.places import places
from tests.support.webhooks import HUB, NOW, SECRET, body, other, parcel
from twelvelabs_contract import Contract
from twelvelabs_contract.mock import TwelveLabsMock

NAMES = [webhook.path for webhook in Contract.load().document.webhooks.values()]


@pytest.fixture(scope="module")
def mock() -> TwelveLabsMock:
    """Return a mock that mocks nothing: to send events it needs no router."""
    return TwelveLabsMock()


@pytest.mark.parametrize("name", NAMES)
def test_each_event_is_the_documented_example_signed(mock: TwelveLabsMock, name: str) -> None:
    sent = mock.webhook(name, secret=SECRET, now=NOW, url="https://me.example/hooks")
    assert (sent.method, str(sent.url)) == ("POST", "https://me.example/hooks")
    assert json.loads(sent.content)["type"] == name
    assert mock.contract.check_webhook(sent, secret=SECRET, now=NOW) == []


def test_a_second_delivery_has_the_same_id_and_a_signature_of_its_own(mock: TwelveLabsMock) -> None:
    first, second = (mock.webhook("analyze.task.ready", secret=SECRET, now=at) for at in (NOW, NOW + 3600))
    assert first.content == second.content
    assert first.headers["TL-Signature"] != second.headers["TL-Signature"]
    assert mock.contract.check_webhook(second, secret=SECRET, now=NOW + 3600) == []
    assert places(mock.contract.check_webhook(first, secret=SECRET, now=NOW + 3600)) == [
        ("header.TL-Signature.t", "stale")
    ]


def test_it_is_signed_now_unless_a_time_is_given(mock: TwelveLabsMock) -> None:
    assert mock.contract.check_webhook(mock.webhook(NAMES[0], secret=SECRET), secret=SECRET) == []
    assert mock.contract.check_webhook(mock.webhook(NAMES[0], secret=SECRET, now=0), secret=SECRET, now=0) == []


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("name", NAMES)
def test_each_forgery_is_refused_with_its_rule_alone(mock: TwelveLabsMock, name: str, forgery: str) -> None:
    forged = mock.webhook(name, secret=SECRET, now=NOW, forgery=forgery)
    (found,) = mock.contract.check_webhook(forged, secret=SECRET, now=NOW)
    assert found.rule == FORGERIES[forgery].rule
    assert SECRET[6:] not in repr(found)


@pytest.mark.parametrize(("forgery", "earlier"), [("stale", 1), ("early", -1)])
def test_what_comes_at_the_wrong_time_is_one_second_beyond_the_bound(
    mock: TwelveLabsMock, forgery: str, earlier: int
) -> None:
    """A receiver that tolerates more than the API says does not pass."""
    forged = mock.webhook(NAMES[0], secret=SECRET, now=NOW, forgery=forgery)
    assert mock.contract.check_webhook(forged, secret=SECRET, now=NOW - earlier) == []


def test_a_payload_of_ones_own(mock: TwelveLabsMock) -> None:
    payload = {"id": "1", "created_at": "2026-10-01T08:00:00Z", "type": "index.task.ready", "data": {}}
    assert json.loads(mock.webhook("index.task.ready", secret=SECRET, payload=payload).content) == payload
    with pytest.raises(AnswerInvalid, match="'created_at' is missing") as error:
        mock.webhook("index.task.ready", secret=SECRET, payload={"type": "index.task.ready", "id": "1", "data": {}})
    assert SECRET[6:] not in str(error.value)
    with pytest.raises(AnswerInvalid, match="was expected"):
        mock.webhook("index.task.failed", secret=SECRET, payload=payload)


def test_what_cannot_be_sent_says_why(mock: TwelveLabsMock) -> None:
    with pytest.raises(LookupError, match=r"no webhook 'index\.task\.redy'.*did you mean 'index\.task\.ready'"):
        mock.webhook("index.task.redy", secret=SECRET)
    with pytest.raises(LookupError, match="no forgery 'old'; known are unsigned, malformed, stale"):
        mock.webhook(NAMES[0], secret=SECRET, forgery="old")
    for secret in (None, ""):
        with pytest.raises(ValueError, match="is signed: pass secret="):
            mock.webhook(NAMES[0], secret=secret)


def test_a_forgery_added_from_outside(mock: TwelveLabsMock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORGERIES, "replayed", Forgery("stale", lambda event, _: event.request(event.header(at=1))))
    sent = mock.webhook(NAMES[0], secret=SECRET, now=NOW, forgery="replayed")
    assert [found.rule for found in mock.contract.check_webhook(sent, secret=SECRET, now=NOW)] == ["stale"]


def test_another_document_without_examples_or_times() -> None:
    """A header that the document declares is sent, too."""
    number = {"name": "X-Delivery", "in": "header", "required": True, "schema": {"type": "integer", "minimum": 7}}
    signed: dict[str, Any] = {**body(parcel("x")), "security": [{"Signed": []}], "parameters": [number]}
    contract = other({"one": {"post": signed}}, HUB)
    sent = webhook_request(contract, "one", secret=SECRET)
    assert (sent.headers.get("x-delivery"), json.loads(sent.body)) == ("7", {"event": "x", "id": 1})
    assert contract.check_webhook(sent, secret=SECRET) == []
    without = httpx.Request("POST", sent.url, headers=dict(sent.headers.items[1:]), content=sent.body)
    assert places(contract.check_webhook(without, secret=SECRET)) == [("header.X-Delivery", "missing")]
    refused = {}
    for forgery in FORGERIES:
        try:
            forged = webhook_request(contract, "one", secret=SECRET, forgery=forgery)
            refused[forgery] = [found.rule for found in contract.check_webhook(forged, secret=SECRET)]
        except LookupError as error:
            refused[forgery] = [str(error)]
    time, types = "POST one is signed without a time", "the document does not say what distinguishes its webhooks"
    assert refused == {
        "unsigned": ["missing"],
        "malformed": ["encoding"],
        "stale": [time],
        "early": [time],
        "wrong_key": ["signature"],
        "changed_body": ["signature"],
        "changed_signature": ["signature"],
        "changed_time": [time],
        "unknown_type": [types],
    }
    unsigned = other({"one": {"post": body(parcel("x"))}})
    assert unsigned.check_webhook(webhook_request(unsigned, "one", secret=None), secret=None) == []
    with pytest.raises(LookupError, match="has no signature"):
        webhook_request(unsigned, "one", secret=None, forgery="stale")


@pytest.mark.parametrize("payload", [{}, [], 0, False, ""])
def test_a_payload_that_counts_as_false_is_not_replaced_by_the_example(payload: Any) -> None:
    whole = body(parcel("x"))
    whole["requestBody"]["content"]["application/json"]["example"] = {"event": "x", "id": 5}
    contract = other({"one": {"post": whole}})
    assert json.loads(webhook_request(contract, "one", secret=None).body) == {"event": "x", "id": 5}
    with pytest.raises(AnswerInvalid, match="one that the real API could never send"):
        webhook_request(contract, "one", secret=None, payload=payload)


def test_an_event_that_is_not_signed_takes_no_secret() -> None:
    contract = other({"one": {"post": body(parcel("x"))}})
    without, given = (webhook_request(contract, "one", secret=secret, now=NOW) for secret in (None, SECRET))
    assert (without.headers.items, without.body) == (given.headers.items, given.body)


def test_an_event_shows_no_secret() -> None:
    contract = Contract.load()
    event = Event(contract, contract.webhook(NAMES[0]), {}, {}, SECRET.encode(), NOW)
    assert SECRET[6:] not in f"{event!r}{event.sent()!r}"
    assert webhooks.URL in repr(event.sent())
