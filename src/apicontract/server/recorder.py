"""Record the exchanges of a proxy, as NDJSON lines or HAR entries, without their keys."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import parse_qsl, urlsplit

from apicontract.checks.contract import Contract
from apicontract.traffic.recordings import exchange_lines
from apicontract.wire.messages import Exchange, Headers, Request, Response

MASKED = "[secret]"
"""Replaces the value of a header that carries a key."""
_CREDENTIALS = frozenset({"authorization", "cookie", "proxy-authorization", "set-cookie"})


class Recorder:
    """Writes exchanges to a file as they end: a HAR if its name says so, else NDJSON."""

    def __init__(self, contract: Contract, path: Path, made_by: str) -> None:
        """Create the file, which must not exist; raise `OSError` if it cannot be written."""
        self._contract = contract
        self._headers = _CREDENTIALS | {
            name.lower() for operation in contract.operations for name in operation.key_headers
        }
        self._har = path.suffix.lower() == ".har"
        self._stream: TextIO = path.open("x", encoding="utf-8")
        self._begun = False
        if self._har:
            log = {"version": "1.2", "creator": {"name": made_by, "version": "1"}}
            self._stream.write(f'{{"log": {json.dumps(log)[:-1]}, "entries": [')

    def write(self, exchange: Exchange, started: float) -> None:
        """Write an exchange; `started` is in seconds since 1970."""
        request, response = self._masked(exchange)
        when = datetime.fromtimestamp(started, UTC).isoformat()
        if self._har:
            entry = har_entry(request, response, when, exchange)
            if not exchange.complete:
                entry["_complete"] = False
            if exchange.broken:
                entry["_broken"] = self._text(exchange.broken, exchange.request)
            self._stream.write(f"{',' if self._begun else ''}\n{json.dumps(entry)}")
        else:
            self._stream.write(
                exchange_lines.write(
                    request,
                    response,
                    started=when,
                    complete=exchange.complete,
                    omitted=exchange.unseen,
                    broken=self._text(exchange.broken, exchange.request),
                )
            )
        self._begun = True
        self._stream.flush()

    def close(self) -> None:
        """Complete the file."""
        with self._stream as stream:
            if self._har:
                stream.write("\n]}}\n")

    def _masked(self, exchange: Exchange) -> tuple[Request, Response | None]:
        """Return both sides without the credentials of the request, wherever they are repeated."""
        sent, came = exchange.request, exchange.response
        request = Request(
            sent.method, self._text(sent.url, sent), self._fields(sent.headers, sent), self._body(sent.body, sent)
        )
        if came is None:
            return request, None
        return request, Response(came.status, self._fields(came.headers, sent), self._body(came.body, sent))

    def _fields(self, headers: Headers, request: Request) -> Headers:
        return Headers(
            [(name, MASKED if name in self._headers else self._text(value, request)) for name, value in headers.items]
        )

    def _text(self, text: str, request: Request) -> str:
        return self._contract.without_keys(text, request)

    def _body(self, body: bytes, request: Request) -> bytes:
        try:
            return self._text(body.decode(), request).encode()
        except UnicodeDecodeError:  # each byte is one Latin-1 character, which restores it exactly
            return self._text(body.decode("latin-1"), request).encode("latin-1")


def har_entry(request: Request, response: Response | None, started: str, exchange: Exchange) -> dict[str, Any]:
    """Return an exchange as an entry of HAR 1.2."""
    query = parse_qsl(urlsplit(request.url).query, keep_blank_values=True)
    sent: dict[str, Any] = {
        **_message(request.headers),
        "method": request.method,
        "url": request.url,
        "queryString": [{"name": name, "value": value} for name, value in query],
        "bodySize": len(request.body),
    }
    if request.body:
        text = {} if "request" in exchange.unseen else _text(request.body)
        sent["postData"] = {"mimeType": request.headers.get("content-type") or "", **text}
    came: dict[str, Any] = {**_message(Headers()), "status": 0, "statusText": "", "redirectURL": "", "bodySize": -1}
    content: dict[str, Any] = {"size": 0, "mimeType": ""}
    if response is not None:
        came |= {**_message(response.headers), "status": response.status, "bodySize": len(response.body)}
        size = len(response.body) + ("response" in exchange.unseen)  # more than was stored: the rest is unknown
        content = {"size": size, "mimeType": response.headers.get("content-type") or "", **_text(response.body)}
    return {
        "startedDateTime": started,
        "time": -1,
        "request": sent,
        "response": {**came, "content": content},
        "cache": {},
        "timings": {"send": -1, "wait": -1, "receive": -1},
    }


def _message(headers: Headers) -> dict[str, Any]:
    fields = [{"name": name, "value": value} for name, value in headers.items]
    return {"httpVersion": "HTTP/1.1", "headers": fields, "cookies": [], "headersSize": -1}


def _text(body: bytes) -> dict[str, str]:
    try:
        return {"text": body.decode()}
    except UnicodeDecodeError:
        return {"text": base64.b64encode(body).decode(), "encoding": "base64"}
