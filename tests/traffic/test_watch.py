"""Exchanges are watched without pytest, with any library; a block sees only its own."""

from __future__ import annotations

import io
import os
import threading
import unittest
from pathlib import Path

import httpx
import pytest
import requests
import responses

from tests.support.patience import PATIENCE
from tests.support.sending import KEY, URL
from twelvelabs_contract import Contract
from twelvelabs_contract.traffic import on_purpose, watch

PAGE = {"data": [], "page_info": {"page": 1}}


def _client(answer: object = PAGE, status: int = 200) -> httpx.Client:
    transport = httpx.MockTransport(lambda _: httpx.Response(status, json=answer))
    return httpx.Client(transport=transport, headers=KEY, base_url=URL)


def test_what_is_wrong_is_found_where_it_was_sent(contract: Contract) -> None:
    with watch(contract) as findings:
        _client().get("/tasks?page_limit=51")
        _client({"data": 5}).get("/tasks")
        _client().get("https://example.com/")
    assert [(f.side, f.violation.where, f.violation.rule) for f in findings] == [
        ("request", "query.page_limit", "maximum"),
        ("response", "body.data", "type"),
    ]
    assert {Path(finding.source).name for finding in findings} == {"test_watch.py"}
    assert {finding.name for finding in findings} == {""}, "which is for what no operation has"
    assert all(finding.line for finding in findings)
    assert str(findings).endswith(f"2 exchanges checked (httpx 2), 2 findings, 1 with other hosts (example.com 1); {contract.title}")  # fmt: skip # noqa: E501 - the line as it is
    assert str(findings) == str(findings)
    _client().get("/tasks?page_limit=51")
    assert len(findings) == 2


def test_a_host_is_said_without_the_credentials_before_it(contract: Contract) -> None:
    with watch(contract) as findings:
        _client().get("https://me:secret@example.com:8443/a@b")
    assert "1 with other hosts (example.com:8443 1)" in str(findings)


def test_a_request_whose_answer_has_not_come_is_checked_at_the_end(contract: Contract) -> None:
    sent, released = threading.Event(), threading.Event()

    def answer(_: httpx.Request) -> httpx.Response:
        sent.set()
        assert released.wait(PATIENCE)
        return httpx.Response(200, json={"data": 5})

    client = httpx.Client(transport=httpx.MockTransport(answer), headers=KEY, base_url=URL)
    thread = threading.Thread(target=lambda: client.get("/tasks?page_limit=51"))
    with watch(contract) as findings:
        thread.start()
        assert sent.wait(PATIENCE)
        assert findings == []
    found = [f.violation.where for f in findings]
    released.set()
    thread.join()
    assert found == ["query.page_limit"]


def test_nothing_seen_is_said(contract: Contract) -> None:
    with watch(contract) as findings:
        pass
    assert findings == []
    assert str(findings).startswith("no exchange with the API was checked; ")


def test_blocks_in_blocks_and_threads(contract: Contract) -> None:
    with watch(contract) as outer:
        _client().get("/tasks?page=0")
        with watch(contract) as inner:
            thread = threading.Thread(target=lambda: _client().get("/tasks?page_limit=51"))
            thread.start()
            thread.join()
        _client().get("/tasks?page=0")
    assert [f.violation.where for f in inner] == ["query.page_limit"]
    assert [f.violation.where for f in outer] == ["query.page", "query.page"]


def test_what_was_not_read_is_checked_at_the_end(contract: Contract) -> None:
    with watch(contract) as findings, responses.RequestsMock() as mock:
        mock.add("GET", f"{URL}/tasks", json=PAGE)
        requests.get(f"{URL}/tasks?page_limit=51", headers=KEY, stream=True, timeout=5)
        assert findings == []
    assert [f.violation.where for f in findings] == ["query.page_limit"]


def test_ignored_unknown_and_meant(contract: Contract) -> None:
    with watch(contract, ignore=["tasks.list query.page_limit"], unknown="ignore") as findings:
        _client().get("/tasks?page_limit=51")
        _client().get("/assets-of-tomorrow")
        with on_purpose():
            _client({"code": 5}, 400).get("/tasks?page=x")
        with on_purpose("tasks.list query.page"):
            _client().get("/tasks?page=x&sort_by=size")
        _client().get("/tasks?page=x")
    assert [(f.side, f.violation.where) for f in findings] == [
        ("response", "body.code"),
        ("request", "query.sort_by"),
        ("request", "query.page"),
    ]
    assert findings.unknown == []
    assert "3 findings, 1 known;" in str(findings)
    for side, left in (("request", ["response"]), ("response", ["request"])):
        with watch(contract, ignore=[f"* {side}.*"]) as findings:
            _client({"code": 5}, 400).get("/tasks?page=x")
        assert [f.side for f in findings] == left
    with watch(contract, ignore=["GET /assets-of-tomorrow path undeclared"]) as findings:
        _client().get("/assets-of-tomorrow")
        _client().get("/assets-of-yesterday")
    assert [f.violation.rule for f in findings] == ["undeclared"]


def test_what_is_no_finding_because_it_may_be_newer_is_listed(contract: Contract) -> None:
    with watch(contract, unknown="warn") as findings:
        _client().get("/assets-of-tomorrow")
    assert findings == []
    assert len(findings.unknown) == 1
    assert str(findings).startswith("GET /assets-of-tomorrow: no operation has this path")


def test_settings_that_cannot_be_meant(contract: Contract) -> None:
    with pytest.raises(TypeError, match="a Contract is needed, not str"), watch("2025-08"):  # type: ignore[arg-type]
        pass
    with pytest.raises(ValueError, match="is not"), watch(contract, ignore=["a b c d"]):
        pass
    reason = "^unknown is 'fail', 'warn' or 'ignore', not 'pass'$"
    with pytest.raises(ValueError, match=reason), watch(contract, unknown="pass"):  # type: ignore[arg-type]
        pass
    with pytest.raises(TypeError, match="on_purpose takes entries"), on_purpose(""):
        pass


class Case(unittest.TestCase):
    """As unittest uses it."""

    def test_it(self) -> None:
        with watch() as findings:
            _client().get("/tasks?page_limit=50")
        self.assertEqual(findings, [], findings)  # noqa: PT009 - this is how unittest asserts


class _Deaf(httpx.BaseTransport):
    """Responds to some requests and reads none."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.read: list[bytes] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.failures:
            raise self.failures.pop()
        if request.headers.get("x-read"):
            self.read.append(b"".join(request.stream))  # type: ignore[arg-type] # a multipart stream is of both kinds
        return httpx.Response(200, json={})


def test_a_file_that_nobody_read_is_left_where_it_was() -> None:
    """It is checked all the same: many transports of tests read nothing."""
    file = io.BytesIO(b"abcdef")
    file.seek(2)
    with watch(Contract.load()) as findings, httpx.Client(transport=_Deaf(), headers=KEY, base_url=URL) as client:
        client.post("/assets", data={"method": "carrier pigeon"}, files={"file": ("a.mp4", file)})
    assert "form.method" in [finding.violation.where for finding in findings]
    assert file.tell() == 2


def test_a_file_that_cannot_seek_is_sent_by_the_next_attempt(contract: Contract) -> None:
    source, sink = os.pipe()
    with os.fdopen(sink, "wb") as writer:
        writer.write(b"abcdef")
    transport = _Deaf(httpx.ConnectError("down"))
    with watch(contract), os.fdopen(source, "rb") as pipe, httpx.Client(transport=transport) as client:
        request = client.build_request("POST", f"{URL}/assets", files={"file": pipe}, headers={**KEY, "x-read": "1"})
        with pytest.raises(httpx.ConnectError):
            client.send(request)
        client.send(request)
    assert b"abcdef" in transport.read[0]
