"""Laws of webhooks: a signed event passes, and one that was changed in one byte does not."""

from __future__ import annotations

import json

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from apicontract.values.webhooks import FORGERIES
from tests.support.webhooks import HUB, NOW, SECRET, body, other, parcel
from twelvelabs_contract import Contract, Headers, Request
from twelvelabs_contract.strategies import ForgedWebhook, forged_webhooks, webhooks

CONTRACT = Contract.load()
NAMES = [webhook.path for webhook in CONTRACT.document.webhooks.values()]
EVENTS = st.one_of(*(webhooks(CONTRACT, name, secret=SECRET, now=NOW) for name in NAMES))
FORGED = st.one_of(*(forged_webhooks(CONTRACT, name, secret=SECRET, now=NOW) for name in NAMES))


@given(event=EVENTS, away=st.integers(-300, 300))
def test_what_was_signed_passes(event: Request, away: int) -> None:
    assert CONTRACT.check_webhook(event, secret=SECRET, now=NOW + away) == []


@given(event=EVENTS, data=st.data())
def test_one_byte_changed_anywhere_is_refused(event: Request, data: st.DataObject) -> None:
    """In the body, in the time, in the signature, in what is between them."""
    header = event.headers.get("tl-signature") or ""
    in_body = data.draw(st.booleans(), label="in the body")
    message = event.body if in_body else header.encode("latin-1")
    at = data.draw(st.integers(0, len(message) - 1), label="where")
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != message[at]), label="which")
    changed = message[:at] + bytes([byte]) + message[at + 1 :]
    if in_body:
        sent = with_body(event, changed)
    else:
        fields = {**dict(event.headers.items), "tl-signature": changed.decode("latin-1")}
        sent = Request(event.method, event.url, Headers(fields), event.body)
    found = CONTRACT.check_webhook(sent, secret=SECRET, now=NOW)
    assert {violation.rule for violation in found} <= {"signature", "stale", "encoding", "missing"}
    assert found
    assert SECRET[6:] not in repr(found)


def with_body(event: Request, content: bytes) -> Request:
    return Request(event.method, event.url, event.headers, content)


@given(forged=FORGED)
def test_each_forgery_is_refused_with_its_rule_alone(forged: ForgedWebhook) -> None:
    found = CONTRACT.check_webhook(forged.request, secret=SECRET, now=NOW)
    assert [violation.rule for violation in found] == [forged.rule]
    assert forged.rule == FORGERIES[forged.forgery].rule
    assert SECRET[6:] not in repr((found, forged))


def test_an_event_has_keys_that_nobody_declared() -> None:
    found = find(EVENTS, lambda event: not json.loads(event.body).keys() <= {"id", "created_at", "type", "data"})
    assert len(json.loads(found.body)) == 5


def test_a_strategy_shows_no_secret() -> None:
    assert SECRET[6:] not in repr((EVENTS, FORGED))


def test_other_documents() -> None:
    contract = other({"one": {"post": {**body(parcel("x")), "security": [{"Signed": []}]}}}, HUB)
    seen: set[str] = set()

    @given(event=webhooks(contract, "one", secret=SECRET, now=0), data=st.data())
    def check(event: Request, data: st.DataObject) -> None:
        assert contract.check_webhook(event, secret=SECRET, now=99) == []
        forged = data.draw(forged_webhooks(contract, "one", secret=SECRET, now=0))
        seen.add(forged.forgery)
        assert [found.rule for found in contract.check_webhook(forged.request, secret=SECRET)] == [forged.rule]

    check()
    assert seen == {"unsigned", "malformed", "wrong_key", "changed_body", "changed_signature"}
    plain = other({"one": {"post": body(parcel("x"))}})
    with pytest.raises(LookupError, match="so none can be forged"):
        forged_webhooks(plain, "one", secret=SECRET, now=0)
    with pytest.raises(ValueError, match="pass secret="):
        webhooks(contract, "one", secret=None, now=0)
    with pytest.raises(LookupError, match="no webhook 'two'"):
        webhooks(contract, "two", secret=None, now=0)
