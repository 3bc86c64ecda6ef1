"""Recordings in the formats of many tools: they are read, and only the planted violation is found."""

from __future__ import annotations

import binascii
import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from apicontract.traffic.recordings import CheckedExchange, RecordingInvalid, Unreadable, check_all, read
from tests.traffic.recordings.exchanges import recorded
from twelvelabs_contract import Contract

URL = "https://api.twelvelabs.io/v1.3"
ID = "6298d673f1090f1100476d4c"
WRONG = ("request", "query.page_limit", "maximum")
LISTING = '{"data": []}'
JSON = "application/json"


def _found(verdict: CheckedExchange) -> list[tuple[str, str, str]]:
    return [(item.side, item.violation.where, item.violation.rule) for item in verdict.findings]


def _unknown(verdict: CheckedExchange) -> list[tuple[str, str]]:
    return [(item.side, item.where) for item in verdict.unknown]


OLD_VCRPY = f"""\
- request: !!python/object:vcr.request.Request
    body: null
    headers: !!python/object/apply:__builtin__.frozenset
    - - !!python/tuple [x-api-key, k]
      - !!python/tuple [Accept, '*/*']
    host: api.twelvelabs.io
    method: GET
    path: /v1.3/tasks?page_limit=51
    port: 443
    protocol: https
  response:
    body: {{string: !!python/unicode '{LISTING}'}}
    headers: ["Content-Type: application/json\\r\\n"]
    status: {{code: 200, message: OK}}
"""
PAIRS = f"""\
interactions:
- request:
    method: GET
    uri: {URL}/tasks?page_limit=51
    body: ''
    headers:
    - [x-api-key, k]
  response:
    status_code: 200
    headers:
    - - content-type
      - [application/json]
    body: {{string: '{LISTING}'}}
version: 1
"""
RUBY = f"""\
---
http_interactions:
- request:
    method: get
    uri: {URL}/tasks?page_limit=51
    body:
      encoding: US-ASCII
      string: ''
    headers:
      X-Api-Key:
      - k
  response:
    status:
      code: 200
      message: OK
    headers:
      Content-Type:
      - application/json
    body:
      encoding: ASCII-8BIT
      string: !binary |-
        eyJkYXRhIjogW119
    http_version:
  recorded_at: Tue, 02 Sep 2025 14:39:41 GMT
recorded_with: VCR 6.3.1
"""
OLD_RUBY = f"""\
---
- !ruby/struct:VCR::HTTPInteraction
  request: !ruby/struct:VCR::Request
    method: :get
    uri: https://api.twelvelabs.io:443/v1.3/tasks?page_limit=51
    body:
    headers:
      x-api-key:
      - k
  response: !ruby/struct:VCR::Response
    status: !ruby/struct:VCR::ResponseStatus
      code: 200
      message: OK
    headers:
      content-type:
      - application/json
    body: '{LISTING}'
    http_version: '1.1'
"""
GO = f"""\
---
version: 2
interactions:
    - id: 0
      request:
        proto: HTTP/1.1
        content_length: 0
        transfer_encoding: []
        host: api.twelvelabs.io
        remote_addr: ""
        body: ""
        form: {{}}
        headers:
            X-Api-Key:
                - k
        url: {URL}/tasks?page_limit=51
        method: GET
      response:
        proto: HTTP/2.0
        transfer_encoding: []
        content_length: -1
        uncompressed: true
        body: '{LISTING}'
        headers:
            Content-Type:
                - application/json
        status: 200 OK
        code: 200
        duration: 163.5ms
"""
R = f"""\
http_interactions:
- request:
    method: get
    uri: {URL}/tasks?page_limit=51
    body:
      encoding: ''
      string: ''
    headers:
      X-Api-Key: k
  response:
    status:
      status_code: '200'
      category: Success
      reason: OK
      message: 'Success: (200) OK'
    headers:
      content-type: application/json
    body:
      encoding: UTF-8
      file: no
      string: '{LISTING}'
  recorded_at: 2025-09-02 14:39:41 GMT
  recorded_with: vcr/1.2.0, webmockr/0.9.0
"""
NOCK: list[dict[str, Any]] = [
    {
        "scope": "https://api.twelvelabs.io:443",
        "method": "GET",
        "path": "/v1.3/tasks?page_limit=51",
        "body": "",
        "status": 200,
        "response": {"data": []},
        "rawHeaders": ["Content-Type", JSON, "Vary", "Origin"],
        "reqheaders": {"x-api-key": "k", "accept": ["*/*"]},
        "responseIsBinary": False,
    }
]


@pytest.mark.parametrize(
    "text",
    [OLD_VCRPY, PAIRS, RUBY, OLD_RUBY, GO, R, json.dumps(NOCK)],
    ids=["vcrpy before 1.0", "pairs", "Ruby", "old Ruby", "go-vcr", "R", "nock"],
)
def test_a_planted_violation_is_found_and_nothing_else(contract: Contract, text: str) -> None:
    (verdict,) = check_all(contract, read(text.encode()))
    assert (verdict.operation, _found(verdict)) == ("tasks.list", [WRONG])
    assert [place for place in _unknown(verdict) if place[1]] == []
    (found,) = recorded(text.encode())
    assert found.response is not None
    assert (found.response.status, json.loads(found.response.body)) == (200, {"data": []})


def test_a_cassette_of_r_that_has_no_headers_is_not_judged_by_them(contract: Contract) -> None:
    text = R.replace("headers:\n      X-Api-Key: k", "headers: []")
    (verdict,) = check_all(contract, read(text.encode()))
    assert (_found(verdict), _unknown(verdict)) == ([WRONG], [("request", "header")])


def test_a_cassette_of_r_can_keep_the_body_in_a_file(contract: Contract, tmp_path: Path) -> None:
    (tmp_path / "cassette.yml").write_text(R.replace("file: no", "file: true").replace(LISTING, "body.json"))
    (tmp_path / "body.json").write_text('{"data": 5}')
    (verdict,) = check_all(contract, read(tmp_path / "cassette.yml"))
    assert _found(verdict) == [WRONG, ("response", "body.data", "type")]


class TestNock:
    """What else nock writes."""

    @staticmethod
    def _one(**changed: Any) -> Any:
        (found,) = recorded(json.dumps([{**NOCK[0], **changed}]).encode())
        return found

    def test_a_compressed_answer_is_in_hexadecimal(self) -> None:
        packed = gzip.compress(LISTING.encode())
        chunks = [binascii.hexlify(part).decode() for part in (packed[:9], packed[9:])]
        found = self._one(response=chunks, rawHeaders=["Content-Encoding", "gzip", "Content-Type", JSON])
        assert found.response.body == LISTING.encode()

    def test_a_binary_answer_is_in_hexadecimal(self) -> None:
        assert self._one(response="00ff", responseIsBinary=True).response.body == b"\x00\xff"

    def test_a_binary_answer_that_is_not_in_hexadecimal_is_reported(self) -> None:
        (found,) = read(json.dumps([{**NOCK[0], "response": "0x", "responseIsBinary": True}]).encode())
        assert isinstance(found, Unreadable)
        assert found.reason == "[0].response: not a hexadecimal string"

    def test_a_list_of_json_is_json(self) -> None:
        assert self._one(response=["00ff"]).response.body == b'["00ff"]'

    def test_a_body_that_was_parsed_is_checked(self, contract: Contract) -> None:
        changed = {"method": "POST", "path": "/v1.3/gist", "body": {"video_id": 5}, "reqheaders": None}
        (verdict,) = check_all(contract, read(json.dumps([{**NOCK[0], **changed}]).encode()))
        assert ("request", "body.video_id", "type") in _found(verdict)

    def test_without_a_status_there_is_no_response(self) -> None:
        assert self._one(status=None).response is None


def _har(entry: dict[str, Any], creator: str = "tool") -> bytes:
    return json.dumps({"log": {"version": "1.2", "creator": {"name": creator}, "entries": [entry]}}).encode()


def _entry(request: dict[str, Any] | None = None, response: dict[str, Any] | None = None) -> dict[str, Any]:
    headers = [{"name": "x-api-key", "value": "k"}]
    sent = {"method": "GET", "url": f"{URL}/tasks?page_limit=51", "headers": headers, **(request or {})}
    answer = {
        "status": 200,
        "headers": [{"name": "content-type", "value": JSON}],
        "content": {"mimeType": JSON, "text": LISTING},
    }
    return {"request": sent, "response": {**answer, **(response or {})}}


class TestPlaywright:
    """Bodies in files beside the HAR, or beside it in a zip."""

    ENTRY = _entry(response={"content": {"size": 11, "mimeType": JSON, "_file": "3f.json"}})
    BROKEN = '{"data": 5}'

    def test_an_attached_body_is_read(self, contract: Contract, tmp_path: Path) -> None:
        (tmp_path / "a.har").write_bytes(_har(self.ENTRY))
        (tmp_path / "3f.json").write_text(self.BROKEN)
        (verdict,) = check_all(contract, read(tmp_path / "a.har"))
        assert (_found(verdict), _unknown(verdict)) == ([WRONG, ("response", "body.data", "type")], [])

    def test_an_attached_body_in_a_zip_is_read(self, contract: Contract) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("har.har", _har(self.ENTRY))
            archive.writestr("3f.json", self.BROKEN)
        (verdict,) = check_all(contract, read(packed.getvalue()))
        assert (_found(verdict), _unknown(verdict)) == ([WRONG, ("response", "body.data", "type")], [])

    def test_an_attached_body_that_is_not_there_is_not_known(self, contract: Contract, tmp_path: Path) -> None:
        (tmp_path / "a.har").write_bytes(_har(self.ENTRY))
        for data, folder in ((tmp_path / "a.har", None), (_har(self.ENTRY), None), (_har(self.ENTRY), tmp_path)):
            (verdict,) = check_all(contract, read(data, folder=folder))
            assert (_found(verdict), _unknown(verdict)) == ([WRONG], [("response", "body")])
            assert "'3f.json'" in verdict.unknown[0].why

    @pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "a/b", "..", "", "..\\secret", "link"])
    def test_no_other_file_is_read(self, contract: Contract, tmp_path: Path, name: str) -> None:
        (tmp_path / "secret").write_text(self.BROKEN)
        folder = tmp_path / "folder"
        (folder / "a").mkdir(parents=True)
        (folder / "a" / "b").write_text(self.BROKEN)
        (folder / "link").symlink_to(tmp_path / "secret")
        entry = _entry(response={"content": {"_file": name}})
        (verdict,) = check_all(contract, read(_har(entry), folder=folder))
        assert (_found(verdict), _unknown(verdict)) == ([WRONG], [("response", "body")])
        assert "not in the folder" in verdict.unknown[0].why

    def test_a_zip_of_something_else_is_refused(self) -> None:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a.txt", "")
        for data, reason in (
            (packed.getvalue(), "must contain one .har"),
            (b"PK\x03\x04abc", "the zip cannot be read"),
        ):
            with pytest.raises(RecordingInvalid, match=reason):
                list(read(data))

    def test_a_sent_body_in_a_file_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "sent").write_bytes(b"\x00\xff")
        entry = _entry({"method": "POST", "postData": {"mimeType": "a/b", "_file": "sent"}})
        (tmp_path / "a.har").write_bytes(_har(entry))
        (found,) = read(tmp_path / "a.har")
        assert getattr(found, "request").body == b"\x00\xff"  # noqa: B009


@pytest.mark.parametrize(
    ("creator", "header"),
    [
        ("mitmproxy", ("transfer-encoding", "chunked")),
        ("MITMproxy 10.1", ("transfer-encoding", "chunked")),
        ("any", ("content-length", "5")),
        ("any", ("content-length", "1")),
    ],
)
def test_a_body_that_a_proxy_streamed_is_not_known(contract: Contract, creator: str, header: tuple[str, str]) -> None:
    fields = [{"name": "content-type", "value": JSON}, {"name": header[0], "value": header[1]}]
    entry = _entry(response={"headers": fields, "content": {"size": 0, "mimeType": JSON, "text": ""}})
    (verdict,) = check_all(contract, read(_har(entry, creator)))
    assert (_found(verdict), _unknown(verdict)) == ([WRONG], [("response", "body")])


def test_an_empty_answer_is_still_missed(contract: Contract) -> None:
    entry = _entry(response={"content": {"size": 0, "mimeType": JSON, "text": ""}})
    for creator in ("mitmproxy", "Firefox"):
        (verdict,) = check_all(contract, read(_har(entry, creator)))
        assert _found(verdict) == [WRONG, ("response", "body", "missing")]


def test_a_form_that_pollyjs_lost_is_not_the_codes_fault(contract: Contract) -> None:
    fields = [
        {"_fromType": "array", "name": "x-api-key", "value": ["k"]},
        {"name": "content-type", "value": "multipart/form-data; boundary=b"},
    ]
    sent = {"method": "POST", "url": f"{URL}/embed", "headers": fields}
    entry = _entry({**sent, "postData": {"mimeType": "multipart/form-data; boundary=b", "params": []}})
    (verdict,) = check_all(contract, read(_har(entry, "Polly.JS")))
    assert [item for item in _found(verdict) if item[0] == "request"] == []
    assert ("request", "body") in _unknown(verdict)


def test_the_media_type_of_the_body_counts_where_the_header_was_left_out(contract: Contract) -> None:
    sent = {"method": "POST", "url": f"{URL}/gist", "postData": {"mimeType": JSON, "text": '{"video_id": 5}'}}
    (verdict,) = check_all(contract, read(_har(_entry(sent))))
    found = _found(verdict)
    assert ("request", "body.video_id", "type") in found
    assert not any(place.startswith("header") for _, place, _ in found)


FOREIGN = {
    "a flow file of mitmproxy": b"2344:9:websocket;0:~8:response;",
    "a packet capture": b"\xd4\xc3\xb2\xa1\x02\x00",
    "code or data of MSW": b"import { http, HttpResponse } from 'msw'\n\nexport const handlers = [\n",
    "a collection of Postman": b'{"info": {"_postman_id": "1", "name": "a"}, "item": []}',
    "a collection of Insomnia": b'{"_type": "export", "__export_format": 4, "resources": []}',
    "a contract of Pact": b'{"consumer": {"name": "a"}, "interactions": [{"request": {"method": "GET", "path": "/"}}]}',
    "a set of WireMock mappings": b'{"request": {"method": "GET", "urlPath": "/a"}, "response": {"status": 200}}',
    "a simulation of Hoverfly": b'{"data": {"pairs": [], "globalActions": {}}, "meta": {}}',
    "a session of Charles": b'[{"status":"COMPLETE","method":"GET"}]',
    "an export of Burp": b'<?xml version="1.0"?>\n<items burpVersion="2024.1">\n',
    "an OpenAPI document": b"openapi: 3.1.0\ninfo: {}\n",
}


@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_of_another_tool_is_refused_by_its_name(name: str) -> None:
    with pytest.raises(RecordingInvalid, match=f"^this is {name}, which is not supported; "):
        list(read(FOREIGN[name]))
