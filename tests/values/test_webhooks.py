"""Events of webhooks as they are sent, and each way to forge one, byte by byte."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import pytest

from apicontract.values.webhooks import FORGERIES, Event, forge
from tests.support.webhooks import HUB, body, other, parcel

TIMED = {
    "algorithm": "hmac-sha256",
    "signature": "v1",
    "signed": "{timestamp}.{body}",
    "timestamp": "t",
    "tolerance": 300,
}
PAYLOAD = {"event": "x", "id": 1, "name": "é"}
BODY = '{"event":"x","id":1,"name":"é"}'.encode()


def event(scheme: dict[str, Any] | None = TIMED, secret: bytes | None = b"key", **more: Any) -> Event:
    """Make an event of another API, at second 1000."""
    own: list[Any] = [{"Signed": []}] if scheme else []
    names = {
        name: {"post": {**body(parcel(kind)), "security": own}} for name, kind in (("one", "x"), ("two", "unknown.7"))
    }
    contract = other(names, scheme)
    given = {"payload": PAYLOAD, "fields": {"x-own": "1"}, "secret": secret, "now": 1000}
    return Event(contract, contract.webhook("one"), **{**given, **more})


def digits(text: bytes, secret: bytes = b"key") -> str:
    """Sign a text, without any help of ours."""
    return hmac.new(secret, text, hashlib.sha256).hexdigest()


RIGHT = digits(b"1000." + BODY)


def changed(text: str, at: int) -> str:
    """Change the lowest bit of one of the digits."""
    return text[:at] + format(int(text[at], 16) ^ 1, "x") + text[at + 1 :]


@pytest.mark.parametrize(
    ("name", "at", "header", "content"),
    [
        ("unsigned", 0, None, BODY),
        ("malformed", 0, f"t=1000,v1={RIGHT[:-1]}", BODY),
        ("stale", 0, f"t=699,v1={digits(b'699.' + BODY)}", BODY),
        ("stale", 5, f"t=694,v1={digits(b'694.' + BODY)}", BODY),
        ("early", 0, f"t=1301,v1={digits(b'1301.' + BODY)}", BODY),
        ("early", 5, f"t=1306,v1={digits(b'1306.' + BODY)}", BODY),
        ("wrong_key", 0, f"t=1000,v1={digits(b'1000.' + BODY, b'not key')}", BODY),
        ("changed_body", 0, f"t=1000,v1={RIGHT}", b"z" + BODY[1:]),
        ("changed_body", len(BODY) + 1, f"t=1000,v1={RIGHT}", b"{#" + BODY[2:]),
        ("changed_body", len(BODY) - 1, f"t=1000,v1={RIGHT}", BODY[:-1] + b"|"),
        ("changed_signature", 0, f"t=1000,v1={changed(RIGHT, 0)}", BODY),
        ("changed_signature", 63, f"t=1000,v1={changed(RIGHT, 63)}", BODY),
        ("changed_signature", 66, f"t=1000,v1={changed(RIGHT, 2)}", BODY),
        ("changed_time", 0, f"t=1000,v1={digits(b'999.' + BODY)}", BODY),
    ],
)
def test_each_forgery_changes_one_thing(name: str, at: int, header: str | None, content: bytes) -> None:
    found = forge(event(), name, at)
    signed = [] if header is None else [("x-hub-signature-256", header)]
    assert (found.method, found.url, found.body) == ("POST", "http://localhost/webhook", content)
    assert [*found.headers.items] == [("x-own", "1"), ("content-type", "application/json"), *signed]
    assert forge(event(), name, at) == found


@pytest.mark.parametrize("digit", "0123456789abcdef")
def test_each_digit_is_changed_to_another_one_in_lower_case(digit: str) -> None:
    at = RIGHT.find(digit)
    sent = forge(event(), "changed_signature", at).headers.get("x-hub-signature-256") if at >= 0 else None
    assert sent in (None, f"t=1000,v1={changed(RIGHT, at)}")


@pytest.mark.parametrize(("at", "kind"), [(0, "unknown.0"), (6, "unknown.6"), (7, "unknown.8"), (8, "unknown.8")])
def test_an_unknown_type_is_the_type_of_no_webhook(at: int, kind: str) -> None:
    text = f'{{"event":"{kind}","id":1,"name":"é"}}'.encode()
    found = forge(event(), "unknown_type", at)
    assert (found.body, found.headers.get("x-hub-signature-256")) == (text, f"t=1000,v1={digits(b'1000.' + text)}")


def test_an_event_is_signed_at_its_time_and_by_its_secret_unless_others_are_given() -> None:
    made = event(url="https://mine.test/hook")
    assert made.sent().headers.get("x-hub-signature-256") == f"t=1000,v1={RIGHT}"
    assert made.sent().url == "https://mine.test/hook"
    assert made.header(at=0) == f"t=0,v1={digits(b'0.' + BODY)}"
    assert made.header(secret=b"other") == f"t=1000,v1={digits(b'1000.' + BODY, b'other')}"
    assert made.header(secret=b"") == f"t=1000,v1={digits(b'1000.' + BODY, b'')}"
    assert made.request("mine", b"").body == b""
    assert made.request("mine").headers.get("x-hub-signature-256") == "mine"
    assert event(fields={"content-type": "text/plain"}).sent().headers.get("content-type") == "application/json"
    assert "key" not in repr(made)


def test_just_outside_of_no_tolerance_is_a_second() -> None:
    none = event({**TIMED, "tolerance": 0})
    assert str(forge(none, "stale").headers.get("x-hub-signature-256")).startswith("t=999,")
    assert str(forge(none, "early").headers.get("x-hub-signature-256")).startswith("t=1001,")


UNSIGNED = "POST one has no signature (x-signature), so none can be forged"
UNTIMED = "POST one is signed without a time"


@pytest.mark.parametrize(
    ("scheme", "secret", "reasons"),
    [
        (None, b"key", {**dict.fromkeys(FORGERIES, UNSIGNED), "unknown_type": ""}),
        (TIMED, None, {**dict.fromkeys(FORGERIES, UNSIGNED), "unknown_type": ""}),
        (HUB, b"key", {**dict.fromkeys(FORGERIES, ""), "stale": UNTIMED, "early": UNTIMED, "changed_time": UNTIMED}),
        (TIMED, b"key", dict.fromkeys(FORGERIES, "")),
    ],
)
def test_what_an_event_does_not_have_cannot_be_forged(scheme: Any, secret: Any, reasons: dict[str, str]) -> None:
    found = dict.fromkeys(reasons, "")
    for name in reasons:
        try:
            forge(event(scheme, secret), name)
        except LookupError as error:
            found[name] = str(error)
    assert found == reasons
    assert event(scheme, None).sent().headers.get("x-hub-signature-256") is None


def test_an_unknown_forgery_is_reported_with_those_that_are_known() -> None:
    known = "unsigned, malformed, stale, early, wrong_key, changed_body, changed_signature, changed_time, unknown_type"
    with pytest.raises(LookupError, match=f"^no forgery 'none'; known are {known}$"):
        forge(event(), "none")
    assert {name: forgery.rule for name, forgery in FORGERIES.items()} == {
        **dict.fromkeys(("wrong_key", "changed_body", "changed_signature", "changed_time"), "signature"),
        "unsigned": "missing",
        "malformed": "encoding",
        "stale": "stale",
        "early": "stale",
        "unknown_type": "undeclared",
    }


def test_an_event_of_a_webhook_without_a_body_has_no_content() -> None:
    contract = other({"one": {"post": {"responses": {}}}})
    with pytest.raises(LookupError, match="has no body"):
        Event(contract, contract.webhook("one"), None, {}, None, 0).sent()
