"""What the recorder of a proxy writes: every member, when it is written, and which fields it masks."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.server.recorder import Recorder, har_entry
from apicontract.wire.messages import Exchange, Headers, Request, Response
from tests.server.conftest import KEY, contract_of
from twelvelabs_contract import Contract

URL = "https://api.twelvelabs.io/v1.3/indexes"
WHEN = "1970-01-01T00:00:01.500000+00:00"


def exchange_of(request: Request, response: Response | None, **others: Any) -> Exchange:
    made = Exchange(request, response, complete=True, real=True, unseen=frozenset(), label="")
    return made._replace(**others)


def test_an_entry_of_a_har_has_every_member() -> None:
    request = Request("POST", f"{URL}?a=1&b=&a=2", {"Content-Type": "text/plain", "x-b": "c"}, "é")
    response = Response(201, {"content-type": "application/octet-stream"}, b"\xff\x00")
    entry = har_entry(request, response, WHEN, exchange_of(request, response))
    assert entry == {
        "startedDateTime": WHEN,
        "time": -1,
        "request": {
            "httpVersion": "HTTP/1.1",
            "headers": [{"name": "content-type", "value": "text/plain"}, {"name": "x-b", "value": "c"}],
            "cookies": [],
            "headersSize": -1,
            "method": "POST",
            "url": f"{URL}?a=1&b=&a=2",
            "queryString": [{"name": n, "value": v} for n, v in (("a", "1"), ("b", ""), ("a", "2"))],
            "bodySize": 2,
            "postData": {"mimeType": "text/plain", "text": "é"},
        },
        "response": {
            "httpVersion": "HTTP/1.1",
            "headers": [{"name": "content-type", "value": "application/octet-stream"}],
            "cookies": [],
            "headersSize": -1,
            "status": 201,
            "statusText": "",
            "redirectURL": "",
            "bodySize": 2,
            "content": {
                "size": 2,
                "mimeType": "application/octet-stream",
                "text": base64.b64encode(b"\xff\x00").decode(),
                "encoding": "base64",
            },
        },
        "cache": {},
        "timings": {"send": -1, "wait": -1, "receive": -1},
    }


def test_an_entry_says_what_was_not_there_and_what_was_not_seen() -> None:
    request = Request("GET", URL)
    entry = har_entry(request, None, WHEN, exchange_of(request, None))
    assert ("postData" in entry["request"], entry["request"]["bodySize"]) == (False, 0)
    assert (entry["response"]["status"], entry["response"]["bodySize"]) == (0, -1)
    assert entry["response"]["content"] == {"size": 0, "mimeType": ""}

    sent, came = Request("POST", URL, body=b"abc"), Response(200, body=b"abcd")
    unseen = exchange_of(sent, came, unseen=frozenset({"request", "response"}))
    entry = har_entry(sent, came, WHEN, unseen)
    assert entry["request"]["postData"] == {"mimeType": ""}, "the rest is unknown, so none of it is there"
    assert entry["response"]["content"]["size"] == 5, "more than what is there"


@pytest.mark.parametrize(("name", "is_har"), [("a.HAR", True), ("a.har", True), ("a.ndjson", False), ("har", False)])
def test_each_exchange_is_in_the_file_at_once_and_the_end_completes_it(tmp_path: Path, name: str, is_har: bool) -> None:
    path = tmp_path / name
    recorder = Recorder(contract_of(), path, "tests")
    request, response = Request("GET", URL), Response(200, body="{}")
    for number in (1, 2):
        recorder.write(exchange_of(request, response), 1.5)
        assert path.read_text().count(WHEN) == number
    recorder.close()
    text = path.read_text()
    if is_har:
        log = json.loads(text)["log"]
        assert (log["version"], log["creator"]) == ("1.2", {"name": "tests", "version": "1"})
        assert [entry["startedDateTime"] for entry in log["entries"]] == [WHEN] * 2
    else:
        assert [json.loads(line)["started"] for line in text.splitlines()] == [WHEN] * 2
    with pytest.raises(FileExistsError):
        Recorder(contract_of(), path, "tests")


def test_every_field_with_a_key_is_masked_on_both_sides(tmp_path: Path) -> None:
    raw = {
        "openapi": "3.1.0",
        "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Own-Key"}}},
        "security": [{"key": []}],
        "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": ""}}}}},
    }
    names = ["Authorization", "Cookie", "Proxy-Authorization", "Set-Cookie", "X-Own-Key"]
    fields = [*((name, "short") for name in names), ("x-other", "seen"), ("x-again", f"of {KEY}"), ("X-Own-Key", KEY)]
    recorder = Recorder(Contract(Document(raw)), tmp_path / "a.ndjson", "tests")
    recorder.write(exchange_of(Request("GET", "http://localhost/a", fields), Response(200, Headers(fields))), 0)
    recorder.close()
    line = json.loads((tmp_path / "a.ndjson").read_text())
    shown = [*([name.lower(), "[secret]"] for name in names), ["x-other", "seen"]]
    shown += [["x-again", "of [secret]"], ["x-own-key", "[secret]"]]
    assert line["request"]["headers"] == line["response"]["headers"] == shown


@pytest.mark.parametrize("body", [f"a {KEY} b".encode(), f"\xff {KEY} \xfe".encode("latin-1")])
def test_a_key_that_a_body_repeats_is_removed_and_every_other_byte_is_kept(tmp_path: Path, body: bytes) -> None:
    recorder = Recorder(contract_of(), tmp_path / "a.ndjson", "tests")
    request = Request("POST", URL, {"x-api-key": KEY}, body)
    recorder.write(exchange_of(request, Response(200, body=body), complete=False, broken=f"gone, with {KEY}"), 0)
    recorder.close()
    line = json.loads((tmp_path / "a.ndjson").read_text())
    before, after = body.split(KEY.encode())
    for side in (line["request"], line["response"]):
        held = side["body"].encode() if "body" in side else base64.b64decode(side["base64"])
        assert held.startswith(before)
        assert held.endswith(after)
        assert KEY.encode() not in held
    assert (line["complete"], line["broken"].startswith("gone, with"), KEY in line["broken"]) == (False, True, False)


def test_a_har_says_that_a_response_is_incomplete_and_why_without_the_key(tmp_path: Path) -> None:
    recorder = Recorder(contract_of(), tmp_path / "a.har", "tests")
    request = Request("GET", f"{URL}?a={KEY}", {"x-api-key": KEY})
    for more in ({}, {"complete": False}, {"complete": False, "broken": f"gone, with {KEY}"}):
        recorder.write(exchange_of(request, Response(200), **more), 0)
    recorder.close()
    text = (tmp_path / "a.har").read_text()
    whole, cut, broken = json.loads(text)["log"]["entries"]
    assert ("_complete" in whole, "_broken" in whole) == (False, False)
    assert (cut["_complete"], "_broken" in cut) == (False, False)
    assert (broken["_complete"], broken["_broken"]) == (False, "gone, with [secret]")
    assert KEY not in text
