"""A kind of recording is one function outside of `src`."""

from __future__ import annotations

import inspect
import json

import pytest

from apicontract.traffic.recordings import RECORDINGS, Kind, Recorded, RecordingInvalid, Unreadable, check_all, read
from apicontract.traffic.recordings.model import At, label
from apicontract.wire.messages import Headers, Request, Response
from twelvelabs_contract import Contract

CALL = {"call": "GET https://api.twelvelabs.io/v1.3/tasks?page_limit=51", "key": "k", "answer": '{"data": 1}'}


def read_call(item: At, index: int) -> Recorded:
    """Read one call of a log that has the list `trace.calls`."""
    method, _, url = item.member("call").text().partition(" ")
    request = Request(method, url, Headers({"x-api-key": item.member("key").text()}))
    body = item.member("answer").text().encode()
    response = Response(200, Headers({"content-type": "application/json"}), body)
    return Recorded(index, request, response, item.line, label(index, method, url))


def test_an_added_kind_is_recognised_and_checked(contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(inspect.getsource(read_call).splitlines()) <= 40
    monkeypatch.setitem(RECORDINGS, "trace", Kind("trace", (("trace", "calls"),), read_call))
    text = json.dumps({"trace": {"by": "me", "calls": [CALL]}}, indent=1).encode()
    (verdict,) = check_all(contract, read(text))
    assert (verdict.label, verdict.line) == ("exchange 1: GET https://api.twelvelabs.io/v1.3/tasks", 5)
    assert [finding.violation.where for finding in verdict.findings] == ["query.page_limit", "body.data"]
    with pytest.raises(RecordingInvalid, match=r"no HAR .* and no VCR cassette .* and no trace \(`trace\.calls`\)"):
        list(read(b'{"trace": {}}'))
    assert list(read(b'{"trace": {"calls": [{}]}}')) == [
        Unreadable(1, 1, "trace.calls[0].call: text is needed, and is missing")
    ]
