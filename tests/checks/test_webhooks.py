"""Webhook events: signed, of a known type, conforming; and those that are not."""

from __future__ import annotations

import gzip
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from typing import Any

import pytest

from apicontract.checks.contract import Contract as EngineContract
from apicontract.checks.history import History
from apicontract.openapi.document import Document, DocumentInvalid
from apicontract.openapi.projection import project
from tests.checks.places import places
from tests.support.editions import contract_of
from tests.support.webhooks import HUB, NOW, SECRET, body, other, parcel, sent, signature
from twelvelabs_contract import Contract, Headers, Request


@pytest.fixture(scope="module")
def newest() -> Contract:
    return Contract.load()


# What api-2026.md says of each event, written by hand: ids, times and optional parts in all their combinations.
TIMES = {"id": "whe_1", "created_at": "2026-10-01T08:12:31.117Z"}
TASK = {"id": "68f0b3d2a41c97e5d6082b31", "custom_id": None, "created_at": "2026-10-01T08:11:04Z"}
SOURCES: list[dict[str, Any]] = [
    {"type": "url", "url": "https://media.example.com/a.mp4"},
    {"type": "base64_string"},
    {"type": "asset_id", "asset_id": "68e0a1c25d0e47b9a2c41e05", "system_metadata": {"duration": 312.08}},
    {"type": "video_id", "video_id": "68e0a1c25d0e47b9a2c41e06", "system_metadata": {"duration": 3}},
]
INDEXED = {"id": "64b0c3d9e7152f86a9d04b13", "metadata": {"duration": 12.5}, "tags": ["a"]}
MODELS = [{"name": "marengo3.0", "options": ["visual", "audio"]}]
EVENTS: list[dict[str, Any]] = [
    {**TIMES, "type": "index.task.ready", "data": {**INDEXED, "status": "ready", "models": MODELS}},
    {**TIMES, "type": "index.task.failed", "data": {**INDEXED, "status": "failed", "models": []}},
    {**TIMES, "type": "index.task.failed", "data": {}},
    {**TIMES, "type": "analyze.task.ready", "data": {**TASK, "status": "ready"}},
    {**TIMES, "type": "analyze.task.ready", "data": {**TASK, "custom_id": "mine", "status": "ready", "newer": [1]}},
    *({**TIMES, "type": "analyze.task.ready", "data": {**TASK, "status": "ready", "video_source": s}} for s in SOURCES),
    {**TIMES, "type": "analyze.task.ready", "data": {**TASK, "status": "ready", "error": {"message": "cut off"}}},
    {**TIMES, "type": "analyze.task.failed", "data": {**TASK, "status": "failed"}},
    {**TIMES, "type": "analyze.task.failed", "data": {**TASK, "status": "failed", "error": {"message": "no sound"}}},
    {**TIMES, "type": "analyze.task.canceled", "data": {**TASK, "status": "canceled", "video_source": SOURCES[0]}},
]
READY = EVENTS[3]
BODY = json.dumps(READY).encode()
RIGHT = signature(BODY)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: str(event["type"]))
def test_every_event_passes_and_so_does_its_second_delivery(newest: Contract, event: dict[str, Any]) -> None:
    """A delivery that is tried again has the same id, and a signature of its own time."""
    assert newest.check_webhook(sent(event), secret=SECRET, now=NOW + 1) == []
    content = json.dumps(event).encode()
    later = sent(event, f"t={NOW + 3600},v1={signature(content, NOW + 3600)}")
    assert newest.check_webhook(later, secret=SECRET, now=NOW + 3601) == []
    assert {event["type"] for event in EVENTS} == {webhook.path for webhook in newest.document.webhooks.values()}


def changed(**more: Any) -> bytes:
    return json.dumps({**READY, **more}).encode()


def lacking(name: str) -> bytes:
    return json.dumps({key: value for key, value in READY.items() if key != name}).encode()


TL = "header.TL-Signature"
STALE, WRONG, MALFORMED = (f"{TL}.t", "stale"), (f"{TL}.v1", "signature"), (TL, "encoding")
FORGERIES: dict[str, tuple[bytes, str | None, list[tuple[str, str]], str]] = {
    # The header: body, header (`None`: a right one), place and rule of each violation, words of the first.
    "no signature": (BODY, "", [(TL, "missing")], "is missing"),
    "blank": (BODY, "  ", [(TL, "missing")], "is missing"),
    "no pairs": (BODY, RIGHT, [MALFORMED], "is not `name=value`"),
    "no time": (BODY, f"v1={RIGHT}", [MALFORMED], "it has no `t`"),
    "two times": (BODY, f"t={NOW},t={NOW},v1={RIGHT}", [MALFORMED], "it has 2 `t`"),
    "another time beside it": (BODY, f"t={NOW},v1={RIGHT},t={NOW + 9}", [MALFORMED], "it has 2 `t`"),
    "a time in words": (BODY, f"t=now,v1={RIGHT}", [MALFORMED], "is not a number of seconds"),
    "a negative time": (BODY, f"t=-{NOW},v1={RIGHT}", [MALFORMED], "is not a number of seconds"),
    "a fraction of a second": (BODY, f"t={NOW}.0,v1={RIGHT}", [MALFORMED], "is not a number of seconds"),
    "digits of another script": (BODY, f"t=١٢٣,v1={RIGHT}", [MALFORMED], "is not a number of seconds"),
    "an endless time": (BODY, f"t={'9' * 5000},v1={RIGHT}", [MALFORMED], "is not a number of seconds"),
    "no v1": (BODY, f"t={NOW}", [MALFORMED], "it has no `v1`"),
    "an older scheme": (BODY, f"t={NOW},v0={RIGHT}", [MALFORMED], "it has no `v1`"),
    "V1": (BODY, f"t={NOW},V1={RIGHT}", [MALFORMED], "it has no `v1`"),
    "an empty v1": (BODY, f"t={NOW},v1=", [MALFORMED], "64 lower-case hexadecimal digits"),
    "too short": (BODY, f"t={NOW},v1={RIGHT[:-1]}", [MALFORMED], "64 lower-case hexadecimal digits"),
    "too long": (BODY, f"t={NOW},v1={RIGHT}0", [MALFORMED], "64 lower-case hexadecimal digits"),
    "no hexadecimal digits": (BODY, f"t={NOW},v1={'z' * 64}", [MALFORMED], "64 lower-case hexadecimal digits"),
    "in upper case": (BODY, f"t={NOW},v1={RIGHT.upper()}", [MALFORMED], "64 lower-case hexadecimal digits"),
    "zeros": (BODY, f"t={NOW},v1={'0' * 64}", [WRONG], "the secret is wrong"),
    "one digit changed": (BODY, f"t={NOW},v1={RIGHT[:-1]}{int(RIGHT[-1], 16) ^ 1:x}", [WRONG], "were changed"),
    "another secret": (BODY, f"t={NOW},v1={signature(BODY, secret='other')}", [WRONG], "the secret is wrong"),
    "the empty secret": (BODY, f"t={NOW},v1={signature(BODY, secret='')}", [WRONG], "the secret is wrong"),
    "two wrong ones": (BODY, f"t={NOW},v1={'0' * 64},v1={'1' * 64}", [WRONG], "the secret is wrong"),
    "without the time signed": (
        BODY,
        f"t={NOW},v1={hmac.new(SECRET.encode(), BODY, hashlib.sha256).hexdigest()}",
        [WRONG],
        "were changed",
    ),
    "of another algorithm": (
        BODY,
        f"t={NOW},v1={hmac.new(SECRET.encode(), f'{NOW}.'.encode() + BODY, hashlib.sha3_256).hexdigest()}",
        [WRONG],
        "were changed",
    ),
    "not keyed": (BODY, f"t={NOW},v1={hashlib.sha256(BODY).hexdigest()}", [WRONG], "the secret is wrong"),
    "the time moved": (BODY, f"t={NOW + 1},v1={RIGHT}", [WRONG], "were changed"),
    "the time with a zero before it": (BODY, f"t=0{NOW},v1={RIGHT}", [WRONG], "were changed"),
    "too old": (BODY, f"t={NOW - 301},v1={signature(BODY, NOW - 301)}", [STALE], "signed 301 s before this"),
    "years old": (BODY, f"t=1,v1={signature(BODY, 1)}", [STALE], "a replayed event"),
    "too early": (BODY, f"t={NOW + 301},v1={signature(BODY, NOW + 301)}", [STALE], "s after this machine's time"),
    "old, moved to now": (BODY, f"t={NOW},v1={signature(BODY, NOW - 999)}", [WRONG], "were changed"),
    "old, and with another secret": (
        BODY,
        f"t={NOW - 999},v1={signature(BODY, NOW - 999, 'other')}",
        [STALE, WRONG],
        "999 s",
    ),
    # The body, with the signature of the right one.
    "another id": (changed(id="whe_2"), f"t={NOW},v1={RIGHT}", [WRONG], "were changed"),
    "a space more": (BODY + b" ", f"t={NOW},v1={RIGHT}", [WRONG], "were changed"),
    "parsed and written again": (
        json.dumps(READY, separators=(",", ":")).encode(),
        f"t={NOW},v1={RIGHT}",
        [WRONG],
        "pass the bytes of the body as received",
    ),
    "no body": (b"", f"t={NOW},v1={RIGHT}", [WRONG], "were changed"),
    "of an unknown type, and not signed": (changed(type="x"), f"t={NOW},v1={RIGHT}", [WRONG], "were changed"),
    # What was signed all right, and is none of the events.
    "unknown type": (changed(type="analyze.batch.expired"), None, [("body.type", "undeclared")], "known are index."),
    "nearly known": (changed(type="analyze.task.cancelled"), None, [("body.type", "undeclared")], "did you mean"),
    "a type that is no string": (changed(type=["x"]), None, [("body.type", "undeclared")], "no webhook has this"),
    "no type": (lacking("type"), None, [("body.type", "missing")], "names the kind of event"),
    "no id": (lacking("id"), None, [("body.id", "missing")], "'id' is missing"),
    "the data of another": (changed(data={}), None, [(f"body.data.{n}", "missing") for n in (
        "created_at", "custom_id", "id", "status")], "missing"),
    "status and type differ": (
        changed(type="analyze.task.failed"), None, [("body.data.status", "const")], "\"failed\" was expected"),
    "no object": (b"[]", None, [("body", "type")], "an event must be an object"),
    "no JSON": (b"{", None, [("body", "encoding")], "invalid JSON"),
    "a key twice": (b'{"type": "x", ' + BODY[1:], None, [("body", "encoding")], ""),
    "nothing": (b"", None, [("body", "encoding")], ""),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_refused_with_its_reason(newest: Contract, name: str) -> None:
    """The messages never contain the secret."""
    content, header, expected, words = FORGERIES[name]
    found = newest.check_webhook(sent(content, header), secret=SECRET, now=NOW)
    assert places(found) == expected
    assert words in found[0].message
    assert SECRET[6:] not in repr(found)
    assert RIGHT not in repr(found)


def test_one_right_signature_among_several_is_enough(newest: Contract) -> None:
    """So a secret can be changed without losing an event; of other schemes nothing is said."""
    old, new = signature(BODY, secret="the old one"), RIGHT
    for header in (
        f"t={NOW},v1={old},v1={new}",
        f"v1={new}, v1={old}, t={NOW}, v0=anything, v2=",
        f"t={NOW},v1=not hexadecimal,v1={new}",
    ):
        assert newest.check_webhook(sent(READY, header), secret=SECRET, now=NOW) == []
        assert places(newest.check_webhook(sent(READY, header), secret="neither", now=NOW)) == [WRONG]


@pytest.mark.parametrize(
    ("given", "secret", "words"),
    [
        ((None, BODY), SECRET, "give the headers of the request, not NoneType"),
        (("tl-signature", BODY), SECRET, "give the headers of the request, not str"),
        (({}, BODY), 5, "the secret is a string or bytes, not int"),
    ],
)
def test_what_cannot_be_meant_says_what_is_needed(newest: Contract, given: Any, secret: Any, words: str) -> None:
    with pytest.raises(TypeError, match=words):
        newest.check_webhook(given, secret=secret)


@pytest.mark.parametrize(("away", "fresh"), [(0, True), (300, True), (300.5, False), (301, False)])
def test_five_minutes_are_tolerated_in_both_directions(newest: Contract, away: float, fresh: bool) -> None:
    for now in (NOW + away, NOW - away):
        assert places(newest.check_webhook(sent(READY), secret=SECRET, now=now)) == ([] if fresh else [STALE])


def test_the_clock_is_that_of_the_machine_unless_one_is_given(
    newest: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: NOW + 301.0)
    assert places(newest.check_webhook(sent(READY), secret=SECRET)) == [STALE]
    assert newest.check_webhook(sent(READY), secret=SECRET, now=0) != []
    monkeypatch.setattr(time, "time", lambda: NOW + 299.0)
    assert newest.check_webhook(sent(READY), secret=SECRET) == []


@pytest.mark.parametrize(
    "given",
    [
        ({"TL-Signature": f"t={NOW},v1={RIGHT}"}, BODY),
        ([("tl-signature", f"t={NOW},v1={RIGHT}"), ("Content-Type", "application/json")], bytearray(BODY)),
        ([(b"tl-signature", f"t={NOW},v1={RIGHT}".encode())], memoryview(BODY)),
        (Headers({"TL-SIGNATURE": f"t={NOW},v1={RIGHT}"}), BODY.decode()),
    ],
)
def test_headers_and_bytes_are_enough(newest: Contract, given: Any) -> None:
    assert newest.check_webhook(given, secret=SECRET.encode(), now=NOW) == []
    fields, _ = given
    assert places(newest.check_webhook((fields, b"{}"), secret=SECRET, now=NOW)) == [WRONG]


def test_what_is_not_the_bytes_of_a_body_is_an_error(newest: Contract) -> None:
    with pytest.raises(TypeError, match="pass the bytes of the body as received, not dict"):
        newest.check_webhook(({}, READY), secret=SECRET)  # type: ignore[arg-type] # the mistake under test
    with pytest.raises(TypeError, match="a request is needed"):
        newest.check_webhook(BODY, secret=SECRET)  # type: ignore[arg-type] # the mistake under test


def test_the_media_type_counts_and_the_url_is_the_receivers(newest: Contract) -> None:
    wrong = Request("POST", "https://x.example", Headers({"content-type": "text/plain", "tl-signature": ""}), BODY)
    assert places(newest.check_webhook(wrong, secret=None)) == [("header.content-type", "media_type")]
    put = Request("PUT", "https://x.example", sent(READY).headers, BODY)
    assert places(newest.check_webhook(put, secret=SECRET, now=NOW)) == [("method", "undeclared")]


def test_without_a_secret_only_the_payload_is_checked(newest: Contract) -> None:
    assert newest.check_webhook(sent(READY, ""), secret=None) == []
    assert places(newest.check_webhook(sent(lacking("id"), ""), secret=None)) == [("body.id", "missing")]
    with pytest.raises(ValueError, match="the secret is empty"):
        newest.check_webhook(sent(READY), secret="")


def test_a_secret_that_the_payload_shows_is_not_shown(newest: Contract) -> None:
    event = {**READY, "created_at": SECRET}
    (found,) = newest.check_webhook(sent(event), secret=SECRET, now=NOW)
    assert (found.rule, found.excerpt) == ("format", '"[secret]"')


@pytest.mark.parametrize(
    ("day", "event", "expected"),
    [
        ("2026-04-01", EVENTS[-1], ("body.type", "not_yet", "`analyze.task.canceled` was added on 2026-10-01")),
        ("2025-12-01", READY, ("body.type", "not_yet", "`analyze.task.ready` was added on 2026-03-31")),
    ],
)
def test_an_event_of_a_later_day_is_reported_as_that(
    day: str, event: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    (found,) = contract_of(day).check_webhook(sent(event), secret=SECRET, now=NOW)
    assert (found.where, found.rule, found.message) == expected
    assert found.operation == f"webhooks.{event['type'].replace('.', '_')}"


def test_an_event_that_was_right_earlier_is_reported_as_that(newest: Contract) -> None:
    """`custom_id` came on 2026-04-27."""
    event = {**READY, "data": {key: value for key, value in READY["data"].items() if key != "custom_id"}}
    (found,) = newest.check_webhook(sent(event), secret=SECRET, now=NOW)
    assert (found.where, found.rule) == ("body.data.custom_id", "removed")
    assert "this event was valid before, but not by 2026-04-27" in found.message
    assert contract_of("2026-04-01").check_webhook(sent(event), secret=SECRET, now=NOW) == []
    (payload,) = newest.check_payload(event, operation="analyze.task.ready")
    assert payload.rule == "removed"


# Any other document


def hub(content: bytes, name: str = "sha256") -> dict[str, str]:
    digest = hmac.new(SECRET.encode(), content, name).hexdigest()
    return {"x-hub-signature-256": f"{name}={digest}"}


def test_another_document_signs_the_body_alone() -> None:
    """Nothing is stale then; and the key that the document asks of its callers is not asked of what it sends."""
    signed: dict[str, Any] = {"security": [{"Signed": []}]}
    contract = other({"sent": {"post": {**body(parcel("parcel.sent")), **signed}}}, HUB)
    content = b'{"event": "parcel.sent", "id": 1}'
    assert contract.check_webhook((hub(content), content), secret=SECRET, now=0) == []
    changed = contract.check_webhook((hub(content), content + b" "), secret=SECRET)
    assert places(changed) == [("header.X-Hub-Signature-256.sha256", "signature")]
    assert places(contract.check_webhook(({}, content), secret=SECRET)) == [("header.X-Hub-Signature-256", "missing")]
    longer = other({"sent": {"post": {**body(True), **signed}}}, {**HUB, "algorithm": "hmac-sha512", "signature": "s"})  # type: ignore[arg-type] # a schema of 3.1
    digest = hmac.new(SECRET.encode(), content, "sha512").hexdigest()
    assert longer.check_webhook(({"X-Hub-Signature-256": f"s={digest}"}, content), secret=SECRET) == []


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("application/json", b'{"event": "parcel.sent", "id": 1}'),
        ("application/vnd.parcels+json", b'{"event": "parcel.sent", "id": 1}'),
        ("application/x-www-form-urlencoded", b"event=parcel.sent&id=1"),
        ("text/*", b"parcel.sent"),
        ("*/*", b"parcel.sent"),
    ],
)
def test_bytes_alone_have_the_media_type_that_is_declared(media_type: str, content: bytes) -> None:
    schema = {"type": "string"} if "*" in media_type else parcel("parcel.sent")
    contract = other({"sent": {"post": body(schema, media_type)}})
    assert contract.check_webhook(({}, content), secret=None) == []


def test_webhooks_are_distinguished_by_what_each_lists() -> None:
    """By a constant, an enum, a branch of each; whatever the webhooks are called."""
    contract = other(
        {
            "one": {"post": {"operationId": "first", **body(parcel("parcel.sent", id={"const": "x"}))}},
            "two": {"post": body({"oneOf": [parcel("parcel.lost"), parcel("parcel.found")]})},
            "three": {"put": body({"allOf": [{"properties": {"event": {"enum": ["a", "b"]}}}]})},
        }
    )
    assert contract.webhook_types is not None
    assert {value: found.id for value, found in contract.webhook_types.operations.items()} == {
        "parcel.sent": "first",
        "parcel.lost": "POST two",
        "parcel.found": "POST two",
        "a": "PUT three",
        "b": "PUT three",
    }

    def check(sent: Mapping[str, Any], **more: Any) -> list[tuple[str, str]]:
        return places(contract.check_webhook(({}, json.dumps(sent)), secret=None, **more))

    assert check({"event": "parcel.sent", "id": "x"}) == []
    assert check({"event": "parcel.found", "id": 5}) == []
    assert check({"event": "parcel.found", "id": "x"}) == [("body", "oneOf")]
    assert check({"event": "c"}) == [("body.event", "undeclared")]
    assert check({"event": "c"}, event="three") == [("body.event", "enum")]
    with pytest.raises(LookupError, match="no webhook 'thre' in the document; did you mean 'three'"):
        check({}, event="thre")
    with pytest.raises(ValueError, match="does not say how its webhooks are signed"):
        contract.check_webhook(({}, b"{}"), secret=SECRET)


def test_webhooks_that_nothing_tells_apart_are_named() -> None:
    contract = other({"one": {"post": body(parcel("x"))}, "two": {"post": body(parcel("x"))}})
    content = b'{"event": "x", "id": 1}'
    with pytest.raises(LookupError, match="name the webhook with event="):
        contract.check_webhook(({}, content), secret=None)
    assert contract.check_webhook(({}, content), secret=None, event="two") == []
    alone = other({"one": {"post": body({"type": "string"})}})
    assert alone.check_webhook(({}, b'"text"'), secret=None) == []


def either(first: Any, second: Any, **more: Any) -> EngineContract:
    """Return a contract with two webhooks whose payloads have schemas."""
    return other({"one": {"post": body(first)}, "two": {"post": body(second)}}, **more)


def test_of_several_properties_the_first_of_the_first_webhook_tells() -> None:
    """And a document with one webhook needs none."""
    kinds = {"kind": {"const": "k1"}}
    first = {"properties": {"id": {"type": "integer"}, "same": {"const": "s"}, **kinds, "event": {"const": "e1"}}}
    second = {"properties": {"event": {"const": "e2"}, "kind": {"const": "k2"}, "same": {"const": "s"}}}
    types = either(first, second).webhook_types
    assert types is not None
    assert (types.property, [*types.operations]) == ("kind", ["k1", "k2"])
    assert other({"one": {"post": body(first)}}).webhook_types is None


NESTED: Any = {"properties": {"event": {"const": "deep"}}}
for _ in range(6):
    NESTED = {"allOf": [NESTED]}


@pytest.mark.parametrize(
    ("schema", "values"),
    [
        ({"anyOf": [{"properties": {"event": {"const": "a"}}}, {"properties": {"event": {"const": "b"}}}]}, ["a", "b"]),
        (
            {"oneOf": [{"properties": {"event": {"enum": ["b", "a"]}}}, {"$ref": "#/components/schemas/C"}]},
            ["a", "b", "c"],
        ),
        (
            {
                "allOf": [
                    {"properties": {"event": {"enum": ["a", "b"]}}},
                    {"properties": {"event": {"enum": ["b", "c"]}}},
                ]
            },
            ["b"],
        ),
        ({"allOf": [{"properties": {"id": {}}}, {"properties": {"event": {"const": "a"}}}]}, ["a"]),
        ({"properties": {"event": {"$ref": "#/components/schemas/E"}}}, ["e", "f"]),
        ({"properties": {"event": {"const": "a", "enum": ["a", "b"]}}}, ["a"]),
        ({"properties": {"event": {"const": "a"}}, "oneOf": [{"properties": {"event": {"enum": ["a", "b"]}}}]}, ["a"]),
        (NESTED, ["deep"]),
        ({"$ref": "#/components/schemas/Loop"}, ["loop"]),
    ],
)
def test_the_values_that_a_payload_may_have(schema: Any, values: list[str]) -> None:
    """In every branch of a union, in all parts of what applies together, by reference; the schema itself first."""
    loop = {"allOf": [{"$ref": "#/components/schemas/Loop"}, {"properties": {"event": {"const": "loop"}}}]}
    schemas = {"C": {"properties": {"event": {"const": "c"}}}, "E": {"enum": ["e", "f"]}, "Loop": loop}
    types = either(schema, parcel("x"), components={"schemas": schemas}).webhook_types
    assert types is not None
    assert {value for value, found in types.operations.items() if found.path == "one"} == {*values}


@pytest.mark.parametrize(
    ("coding", "content", "said"),
    [
        ("gzip", b"no gzip", "the body is in a content coding "),
        ("br2", b"{}", "the body is in a content coding that is not supported here: br2"),
    ],
)
def test_an_event_in_a_coding_that_cannot_be_undone_has_no_kind(coding: str, content: bytes, said: str) -> None:
    fields = Headers({"content-type": "application/json", "content-encoding": coding})
    (found,) = either(parcel("x"), parcel("y")).check_webhook((fields, content), secret=None)
    assert (found.where, found.rule, found.pointer) == ("header.content-encoding", "encoding", "/webhooks")
    assert found.message.startswith(said)
    assert ("not supported" in found.message) is (coding == "br2")


def test_an_event_in_a_coding_is_read() -> None:
    content = gzip.compress(b'{"event": "y", "id": "1"}')
    fields = {"content-type": "application/json", "content-encoding": "gzip"}
    found = either(parcel("x"), parcel("y")).check_webhook((fields, content), secret=None)
    assert [(v.operation, v.where, v.rule) for v in found] == [("POST two", "body.id", "type")]


@pytest.mark.parametrize(
    ("value", "message", "excerpt"),
    [
        ('"parcel.lots"', "no webhook has this 'event'; did you mean 'parcel.lost'?", '"parcel.lots"'),
        ('"p.lost"', "no webhook has this 'event'; known are parcel.lost, 5", '"p.lost"'),
        ("5", "no webhook has this 'event'; known are parcel.lost, 5", "5"),
        ("null", "no webhook has this 'event'; known are parcel.lost, 5", "null"),
    ],
)
def test_an_unknown_kind_is_shown_with_those_that_are_known(value: str, message: str, excerpt: str) -> None:
    content = f'{{"event": {value}, "id": 1}}'
    (found,) = either(parcel("parcel.lost"), parcel("5")).check_webhook(({}, content), secret=None)
    assert (found.operation, found.where, found.rule) == (None, "body.event", "undeclared")
    assert (found.message, found.excerpt, found.pointer) == (message, excerpt, "/webhooks")


def test_a_method_is_the_same_in_any_case_and_another_is_named() -> None:
    contract = either(parcel("x"), parcel("y"))
    content = b'{"event": "y", "id": 1}'
    fields = Headers({"content-type": "application/json"})
    assert contract.check_webhook(Request("post", "https://a.test/", fields, content), secret=None) == []
    (found,) = contract.check_webhook(Request("PUT", "https://a.test/", fields, content), secret=None)
    assert (found.message, found.excerpt) == ("this webhook is sent with POST", '"PUT"')
    assert found.pointer == "/webhooks/two/post"


def test_what_a_webhook_declares_of_its_query_and_headers_is_checked() -> None:
    """A query that it does not declare is the receiver's own; a media type that is not given takes no header away."""
    own = [{"name": "x-try", "in": "header", "required": True, "schema": {"type": "integer"}}]
    query = [{"name": "n", "in": "query", "required": True, "schema": {"type": "integer"}}]
    contract = other({"one": {"post": {**body(parcel("x")), "parameters": own}}})
    content = b'{"event": "x", "id": 1}'
    assert contract.check_webhook(({"X-Try": "1"}, content), secret=None) == []
    assert places(contract.check_webhook(({}, content), secret=None)) == [("header.x-try", "missing")]
    asked = other({"one": {"post": {**body(parcel("x")), "parameters": query}}})
    fields = Headers({"content-type": "application/json"})

    def found(contract: EngineContract, url: str) -> list[tuple[str, str]]:
        return places(contract.check_webhook(Request("POST", url, fields, content), secret=None))

    assert found(asked, "https://a.test/hooks?n=1#n=x") == []
    assert found(asked, "https://a.test/hooks?n=x") == [("query.n", "type")]
    assert found(asked, "https://a.test/hooks") == [("query.n", "missing")]
    assert found(other({"one": {"post": body(parcel("x"))}}), "https://a.test/hooks?any=1") == []


def test_the_signature_of_an_event_of_no_webhook_is_the_first_there_is() -> None:
    signed = {**body(parcel("y")), "security": [{"Signed": []}]}
    contract = other({"one": {"post": body(parcel("x"))}, "two": {"post": signed}}, HUB)
    unknown, known = b'{"event": "z"}', b'{"event": "x", "id": 1}'
    assert places(contract.check_webhook(({}, unknown), secret=SECRET)) == [("header.X-Hub-Signature-256", "missing")]
    assert places(contract.check_webhook((hub(unknown), unknown), secret=SECRET)) == [("body.event", "undeclared")]
    assert contract.check_webhook(({}, known), secret=SECRET) == []


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object"},
        {"properties": {"event": {"enum": ["y", 5]}}},
        {"oneOf": [parcel("y"), {"properties": {"id": {"const": "z"}}}]},
        {"properties": {"event": {"enum": ["y", "x"]}}},
    ],
)
def test_what_one_webhook_does_not_list_tells_none_apart(schema: dict[str, Any]) -> None:
    """Neither does a property of one branch, a value that is no string, or one that two of them list."""
    contract = other({"one": {"post": body(parcel("x"))}, "two": {"post": body(schema)}})
    assert contract.webhook_types is None


def test_of_several_signatures_the_first_is_asked_for() -> None:
    """Also where the document takes events without one: whoever gives a secret wants it to be checked."""
    schemes = {
        name: {"type": "apiKey", "in": "header", "name": name, "x-signature": HUB} for name in ("Unused", "One", "Two")
    }
    signed = {**body(parcel("x")), "security": [{}, {"One": []}, {"Two": []}]}
    contract = other({"one": {"post": signed}}, components={"securitySchemes": schemes})
    assert places(contract.check_webhook(({}, b"{}"), secret=SECRET)) == [("header.One", "missing")]
    content = b'{"event": "x", "id": 1}'
    header = hub(content)["x-hub-signature-256"]
    assert contract.check_webhook(({"one": header}, content), secret=SECRET) == []


def test_a_document_without_webhooks_says_so(contract: Contract) -> None:
    """Such as that of August 2025."""
    with pytest.raises(LookupError, match="the document has no webhooks"):
        contract.check_webhook(sent(READY), secret=SECRET)


def test_what_is_read_only_comes_with_an_event() -> None:
    """An event is what the API says, as a response is: `id` is read-only, and required."""
    contract = other({"one": {"post": body(parcel("x"))}})
    assert places(contract.check_webhook(({}, b'{"event": "x"}'), secret=None)) == [("body.id", "missing")]
    assert places(contract.check_payload({"event": "x"}, operation="one")) == [("body.id", "missing")]


def test_an_event_of_a_webhook_that_is_gone() -> None:
    """Also where its type is another than its name; and of one that lives, an event that was right earlier."""
    was = [{"until": "2026-02-01", "required": ["event"]}]
    marked = {
        "openapi": "3.1.0",
        "info": {"title": "Parcels", "version": "1"},
        "servers": [{"url": "https://parcels.example"}],
        "paths": {},
        "security": [{"Key": []}],
        "components": {"securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "x-key"}}},
        "webhooks": {
            "sent": {"post": body(parcel("parcel.sent")), "x-until": "2026-02-01", "x-instead": "moved"},
            "moved": {"post": body({**parcel("parcel.moved"), "x-was": was})},
            "lost": {"post": body(parcel("parcel.lost"))},
        },
    }  # fmt: skip
    contract = EngineContract(Document(project(marked, "2026-03-01")), history=History(lambda: marked, "2026-03-01"))
    (found,) = contract.check_webhook(({}, b'{"event": "parcel.sent", "id": 1}'), secret=None)
    assert (found.where, found.rule) == ("body.event", "removed")
    assert found.message == "`sent` was removed on 2026-02-01; use moved"
    with pytest.raises(LookupError, match="`sent` was removed on 2026-02-01"):
        contract.webhook("sent")
    (found,) = contract.check_webhook(({}, b'{"event": "parcel.moved"}'), secret=None)
    assert (found.where, found.rule) == ("body.id", "removed")


@pytest.mark.parametrize(
    ("scheme", "words"),
    [
        ({**HUB, "algorithm": "md5"}, "algorithm 'md5' is not known; known are hmac-sha256, hmac-sha512"),
        ({**HUB, "signed": "all"}, "`signed` needs {body} once"),
        ({**HUB, "signed": "{timestamp}{body}"}, "{timestamp} once if a timestamp is named, or never if none is"),
        ({**HUB, "timestamp": "t", "tolerance": 5}, "{timestamp} once if a timestamp is named"),
        ({**HUB, "timestamp": "t", "signed": "{timestamp}{body}"}, "timestamp and tolerance need each other"),
        (
            {**HUB, "timestamp": "sha256", "tolerance": 5, "signed": "{timestamp}{body}"},
            "timestamp and signature need different names",
        ),
        ({"algorithm": "hmac-sha256"}, "x-signature is not understood"),
    ],
)
def test_a_signature_that_would_protect_nothing_is_refused(scheme: dict[str, Any], words: str) -> None:
    signed = {"one": {"post": {**body(parcel("x")), "security": [{"Signed": []}]}}}
    with pytest.raises(DocumentInvalid) as error:
        other(signed, scheme)
    assert words in str(error.value)
    assert "#/components/securitySchemes/Signed/x-signature" in str(error.value)
