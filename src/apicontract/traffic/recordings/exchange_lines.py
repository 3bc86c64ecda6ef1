"""Exchanges in NDJSON, one on each line, as `proxy` writes them; the format is in `exchange_lines.schema.json`.

A body that is text is a string; any other is in base64. An exchange with an incomplete response is marked, with the
reason if the server ended it early.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from apicontract.openapi import strict_json
from apicontract.traffic.recordings.bodies import decoded, unbase64
from apicontract.traffic.recordings.fields import pairs
from apicontract.traffic.recordings.model import At, Defect, Recorded, RecordingInvalid, Side, Unknown, label
from apicontract.wire.messages import Headers, Request, Response


def holds(data: bytes) -> bool:
    """Return whether a file consists of exchanges, by its first line."""
    line, _, _ = data.lstrip().partition(b"\n")
    try:
        first = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and "request" in first and "response" in first


def cut(data: bytes) -> Iterator[At]:
    """Yield the exchanges of a file; a line that is not JSON does not affect the others."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            try:
                value = strict_json.load(line.decode("utf-8-sig"))
            except (ValueError, RecursionError) as error:
                value = Defect(f"invalid JSON: {error}", number)
            yield At(value, f"line {number}", number)


def read(entry: At, index: int) -> Recorded:
    """Read one exchange; raise `RecordingInvalid` for an invalid one."""
    unknown: list[Unknown] = []
    place = entry.member("request")
    method, url = place.member("method").text().upper(), place.member("url").text()
    request = Request(method, url, Headers(list(pairs(place.member("headers")))), _body(place, "request", unknown))
    response, answer = None, entry.member("response")
    complete = entry.member("complete").value is not False
    if answer.given:
        headers, body = Headers(list(pairs(answer.member("headers")))), _body(answer, "response", unknown)
        headers, body, problems = decoded(headers, body, whole=complete)
        response = Response(answer.member("status").integer(), headers, body)
        unknown.extend(problems)
    broken = entry.member("broken").scalar()
    return Recorded(
        index, request, response, entry.line, label(index, method, url), tuple(unknown), complete, (), broken
    )


def _body(place: At, side: Side, unknown: list[Unknown]) -> bytes:
    if place.member("omitted").given:
        unknown.append(Unknown(side, "body", place.member("omitted").text()))
        return b""
    if place.member("base64").given:
        return unbase64(place.member("base64"))
    text = place.member("body")
    try:
        return text.text().encode() if text.given else b""
    except UnicodeEncodeError:
        raise RecordingInvalid(f"{text.where}: text with a lone surrogate", text.line) from None


def write(
    request: Request,
    response: Response | None,
    *,
    started: str,
    complete: bool = True,
    omitted: frozenset[str] = frozenset(),
    broken: str = "",
) -> str:
    """Return an exchange as a line; `started` is in RFC 3339, `omitted` names the sides whose body is unknown.

    `broken` says why the server did not respond, or ended its response early.
    """
    sent: dict[str, Any] = {"method": request.method, "url": request.url, "headers": list(request.headers.items)}
    line: dict[str, Any] = {"started": started, "request": {**sent, **_written(request.body, "request" in omitted)}}
    line["response"] = None
    if response is not None:
        came: dict[str, Any] = {"status": response.status, "headers": list(response.headers.items)}
        line["response"] = {**came, **_written(response.body, "response" in omitted)}
    line["complete"] = complete
    if broken:
        line["broken"] = broken
    return json.dumps(line, separators=(",", ":")) + "\n"


def _written(body: bytes, omitted: bool) -> dict[str, str]:
    if omitted:
        return {"omitted": "the body is longer than what is kept, or cannot be decoded"}
    try:
        return {"body": body.decode()}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode()}
