"""Cassettes that vcrpy itself records, of raw httpx and of the vendor's SDK, against a server on the loopback."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import vcr  # type: ignore[import-untyped] # vcrpy has no types
from twelvelabs import TwelveLabs

from apicontract.openapi.routing import Match
from apicontract.traffic.recordings import CheckedExchange, Unreadable, check_all, read
from tests.support.editions import contract_2025_08
from tests.support.patience import PATIENCE
from tests.support.vendor import ID, KEY, VIDEO, success
from tests.traffic.recordings.exchanges import recorded
from twelvelabs_contract import Contract, Request


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    contract: Contract
    streams = False


class _Handler(BaseHTTPRequestHandler):
    """Answers each operation with its first example, compressed for who accepts that."""

    server: _Server
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        contract = self.server.contract
        found = contract.route(Request(self.command, f"{contract.servers[0]}{self.path[5:]}"))
        assert isinstance(found, Match)
        answer = success(found.operation, event_stream=b'"stream": true' in body or b'"stream":true' in body)
        content = answer.content
        self.send_response(answer.status_code)
        for name, value in answer.headers.items():
            if name != "content-length":
                self.send_header(name, value)
        if content and "gzip" in self.headers.get("accept-encoding", ""):
            content = gzip.compress(content, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        if answer.status_code != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_DELETE = do_PUT = _answer  # noqa: N815 - the names are the standard library's

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def base_url(contract: Contract) -> Iterator[str]:
    """Serve the contract's examples."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.contract = contract
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1.3"
        server.shutdown()
        thread.join()


def _exercise(base_url: str) -> None:
    """Send requests of every kind of body: by the vendor's SDK, and one wrong one by hand."""
    with httpx.Client(trust_env=False, timeout=PATIENCE) as http:
        client = TwelveLabs(api_key=KEY, httpx_client=http, base_url=base_url)
        client.indexes.retrieve(ID)
        list(client.analyze_stream(video_id=ID, prompt="Who is on the pitch?", temperature=0.2))
        client.tasks.create(index_id=ID, video_file=VIDEO)
        client.indexes.delete(ID)
        http.get(f"{base_url}/tasks", params={"page_limit": 51, "filename": "début.mp4"}, headers={"x-api-key": KEY})


OPERATIONS = ["indexes.retrieve", "analyze", "tasks.create", "indexes.delete", "tasks.list"]


def _record(path: Path, base_url: str, **options: Any) -> list[CheckedExchange]:
    with vcr.VCR(**options).use_cassette(str(path)):
        _exercise(base_url)
    return list(check_all(contract_2025_08(base_url=base_url), read(path), source=path.name))


def _told(verdicts: list[CheckedExchange]) -> list[tuple[int, str, str, str]]:
    return [(v.index, f.side, f.violation.where, f.violation.rule) for v in verdicts for f in v.findings]


@pytest.mark.parametrize("decoded", [False, True], ids=["as it came", "decoded"])
def test_what_vcrpy_records_is_read(tmp_path: Path, base_url: str, decoded: bool) -> None:
    """Compressed answers, an NDJSON stream, an upload with binary, an empty answer, and one wrong request."""
    path = tmp_path / "cassette.yaml"
    verdicts = _record(path, base_url, decode_compressed_response=decoded)
    assert ("content-encoding" in path.read_text().lower().replace("accept-encoding", "")) is not decoded
    assert [verdict.operation for verdict in verdicts] == OPERATIONS
    assert _told(verdicts) == [(5, "request", "query.page_limit", "maximum")]
    assert [verdict.unknown for verdict in verdicts if verdict.unknown] == []
    lines = path.read_text().split("\n")
    assert [lines[(verdict.line or 0) - 1] for verdict in verdicts] == ["- request:"] * 5


def test_what_vcrpy_records_as_json_is_read(tmp_path: Path, base_url: str) -> None:
    options = {"serializer": "json", "decode_compressed_response": True}
    path = tmp_path / "cassette.json"
    with vcr.VCR(**options).use_cassette(str(path)):
        httpx.get(f"{base_url}/indexes/{ID}", headers={"x-api-key": KEY}, trust_env=False, timeout=PATIENCE)
    (verdict,) = check_all(contract_2025_08(base_url=base_url), read(path))
    assert (verdict.operation, verdict.findings, verdict.unknown) == ("indexes.retrieve", (), ())


def test_without_the_base_url_nothing_belongs_to_an_operation(
    tmp_path: Path, base_url: str, contract: Contract
) -> None:
    path = tmp_path / "cassette.yaml"
    _record(path, base_url)
    verdicts = list(check_all(contract, read(path)))
    assert {verdict.operation for verdict in verdicts} == {None}
    assert {verdict.no_operation.where for verdict in verdicts if verdict.no_operation} == {"url"}
    assert _told(verdicts) == []


def test_keys_that_vcrpy_took_out_are_not_missed(tmp_path: Path, base_url: str) -> None:
    verdicts = _record(tmp_path / "cassette.yaml", base_url, filter_headers=["x-api-key"])
    assert _told(verdicts) == [(5, "request", "query.page_limit", "maximum")]
    assert {(item.side, item.where) for verdict in verdicts for item in verdict.unknown} == {
        ("request", "header.x-api-key")
    }
    assert all(verdict.unknown for verdict in verdicts)


def test_a_body_that_vcrpy_wrote_as_an_object_is_read(contract: Contract) -> None:
    """A `BytesIO` or an iterator for a body, as requests and aiohttp give it, is data here: nothing is called."""
    cassette = """
interactions:
- request:
    method: POST
    uri: https://api.twelvelabs.io/v1.3/gist
    headers: {x-api-key: [k], content-type: [application/json]}
    body: BODY
  response: {status: {code: 503, message: !!python/unicode no}, headers: {retry-after: ['1']}, body: {string: ''}}
"""
    for body in (
        "!!python/object/new:_io.BytesIO\n      state: !!python/tuple [!!binary eyJ2aWRlb19pZCI6MX0=, 0, null]",
        "!!python/object/apply:builtins.iter\n      args: [[!!binary eyJ2aWRlb19p, !!binary ZCI6MX0=]]",
    ):
        (found,) = recorded(cassette.replace("BODY", body).encode())
        assert found.request.body == b'{"video_id":1}'
    (broken,) = read(cassette.replace("BODY", "!!python/object/apply:os.system [ls]").encode())
    assert isinstance(broken, Unreadable)
    assert (broken.line, broken.reason[:59]) == (7, "interactions[0]: the tag !!python/object/apply:os.system is")
