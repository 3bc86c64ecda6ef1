"""One valid exchange of each operation, as HAR and as cassette.

The exchanges are those of the vendor's SDK with the document's examples as responses. Cassettes are written by vcrpy's
own serializers.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
from vcr.request import Request as VcrRequest  # type: ignore[import-untyped] # vcrpy has no types
from vcr.serialize import serialize  # type: ignore[import-untyped] # as above
from vcr.serializers import yamlserializer  # type: ignore[import-untyped] # as above

from apicontract.traffic.recordings import Recorded, read
from tests.support.editions import contract_2025_08
from tests.support.vendor import CALLS, record

BOUNDARY = b"0123456789abcdef0123456789abcdef"

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Exchange:
    """One exchange as it went over the wire, before anybody recorded it."""

    operation: str
    method: str
    url: str
    headers: Fields
    body: bytes
    status: int
    response_headers: Fields
    response_body: bytes


def recorded(data: bytes) -> list[Recorded]:
    """Read a recording of which every entry can be read."""
    found = []
    for one in read(data):
        assert isinstance(one, Recorded), one
        found.append(one)
    return found


@cache
def good() -> tuple[Exchange, ...]:
    """Return one exchange of each operation, in document order."""
    contract = contract_2025_08()
    calls = {call.operation_id: call for call in reversed(CALLS)}  # of two methods the first, which streams
    found = []
    for operation in contract.operations:
        recording = record(contract, calls[operation.id])
        sent, answer = recording.requests[0], recording.responses[0]
        body, headers = sent.content, _fields(sent.headers)
        _, _, boundary = dict(headers).get("content-type", "").partition("boundary=")
        if boundary:  # the SDK draws another one each time
            body = body.replace(boundary.encode(), BOUNDARY)
            headers = tuple((name, value.replace(boundary, BOUNDARY.decode())) for name, value in headers)
        exchange = (
            sent.method,
            str(sent.url),
            headers,
            body,
            answer.status_code,
            (("Date", "Mon, 01 Sep 2025 00:00:00 GMT"), *_fields(answer.headers)),
        )
        found.append(Exchange(operation.id, *exchange, answer.content))
    return tuple(found)


def _fields(headers: httpx.Headers) -> Fields:
    return tuple(headers.multi_items())


def har(exchanges: Sequence[Exchange], *, as_base64: bool = False) -> dict[str, Any]:
    """Write exchanges as a browser would: HTTP/2 pseudo headers, decoded bodies under the headers that came."""
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": "t", "version": "1"},
            "entries": [*map(_entry(as_base64), exchanges)],
        }
    }


def _entry(as_base64: bool) -> Any:
    def entry(exchange: Exchange) -> dict[str, Any]:
        pseudo = [(":method", exchange.method), (":authority", "api.example")]
        request: dict[str, Any] = {
            "method": exchange.method,
            "url": exchange.url,
            "httpVersion": "h2",
            "cookies": [],
            "headers": _named([*pseudo, *exchange.headers]),
            "queryString": [{"name": "wrong", "value": "never looked at"}] if "?" in exchange.url else [],
            "headersSize": -1,
            "bodySize": len(exchange.body),
        }
        if exchange.body:
            kind = dict(exchange.headers).get("content-type", "")
            request["postData"] = {"mimeType": kind, "params": [], **_text(exchange.body, as_base64)}
        kind = dict(exchange.response_headers).get("content-type", "x-unknown")
        content: dict[str, Any] = {"size": len(exchange.response_body), "mimeType": kind}
        if exchange.response_body:
            content |= _text(exchange.response_body, as_base64)
        response = {
            "status": exchange.status,
            "statusText": "",
            "httpVersion": "h2",
            "cookies": [],
            "headers": _named([*exchange.response_headers, ("Content-Encoding", "gzip")]),
            "content": content,
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        }
        return {
            "startedDateTime": "2025-09-01T00:00:00Z",
            "time": 1,
            "request": request,
            "response": response,
            "cache": {},
        }

    return entry


def _text(body: bytes, as_base64: bool) -> dict[str, str]:
    if as_base64:
        return {"encoding": "base64", "text": base64.b64encode(body).decode()}
    try:
        return {"text": body.decode()}
    except UnicodeDecodeError:
        return {"text": body.decode("latin-1")}


def _named(fields: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in fields]


def cassette(exchanges: Sequence[Exchange]) -> bytes:
    """Write a cassette with vcrpy; every other answer is compressed, as it came."""
    requests = [VcrRequest(e.method, e.url, e.body, httpx.Headers(list(e.headers))) for e in exchanges]
    responses = [_vcr_response(exchange, compressed=index % 2 == 0) for index, exchange in enumerate(exchanges)]
    text: str = serialize({"requests": requests, "responses": responses}, yamlserializer)
    return text.encode()


def _vcr_response(exchange: Exchange, *, compressed: bool) -> dict[str, Any]:
    headers = {name: [value] for name, value in exchange.response_headers}
    body = exchange.response_body
    if compressed and body:
        headers["content-encoding"] = ["gzip"]
        body = gzip.compress(body, mtime=0)
    return {"status": {"code": exchange.status, "message": "OK"}, "headers": headers, "body": {"string": body}}


def json_cassette(exchanges: Sequence[Exchange]) -> bytes:
    """Write a cassette in JSON as Ruby's VCR and betamax do, which can hold binary."""
    interactions = [
        {
            "request": {
                "method": e.method.lower(),
                "uri": e.url,
                "headers": {name.title(): [value] for name, value in e.headers},
                "body": {"encoding": "ASCII-8BIT", "base64_string": base64.b64encode(e.body).decode()},
            },
            "response": {
                "status": {"code": e.status, "message": None},
                "headers": dict(e.response_headers),
                "body": {"encoding": "UTF-8", "string": e.response_body.decode()},
            },
            "recorded_at": "2025-09-01T00:00:00",
        }
        for e in exchanges
    ]
    return json.dumps({"http_interactions": interactions, "recorded_with": "betamax"}, indent=2).encode()


def har_bytes(exchanges: Sequence[Exchange], *, as_base64: bool = False) -> bytes:
    """Write a HAR."""
    return json.dumps(har(exchanges, as_base64=as_base64), indent=2, ensure_ascii=False).encode()


FORMATS = {
    "HAR": har_bytes,
    "HAR in base64": lambda exchanges: har_bytes(exchanges, as_base64=True),
    "cassette": cassette,
    "JSON cassette": json_cassette,
}
