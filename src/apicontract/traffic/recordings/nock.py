"""One definition of nock, from the list that its recorder writes.

- The URL is `scope` and `path`; request headers are only recorded with an option of the recorder (`reqheaders`).
- A body that is JSON was parsed: its value is checked, its bytes are serialised again, and that is reported.
- A compressed or binary response is a list of hexadecimal strings; a request that is not UTF-8 is one such string.
"""

from __future__ import annotations

import binascii
import json

from apicontract.traffic.recordings.bodies import decoded, encode
from apicontract.traffic.recordings.fields import pairs
from apicontract.traffic.recordings.model import NO_HEADERS, At, Recorded, Side, Unknown, label
from apicontract.wire.messages import Headers, Request, Response

_PARSED = "the body was recorded as a value, not as the bytes of its JSON"
_CODED = "content-encoding"


def read(definition: At, index: int) -> Recorded:
    """Read one definition; raise `RecordingInvalid` for an invalid one."""
    unknown: list[Unknown] = []
    method = definition.member("method").text().upper()
    url = definition.member("scope").text().rstrip("/") + definition.member("path").text()
    headers = _headers(definition.member("reqheaders"), "request", unknown)
    body, json_type = _body(definition.member("body"), "request", unknown)
    if json_type and headers.get("content-type") is None:
        headers = Headers([*headers.items, ("content-type", "application/json")])
    request = Request(method, url, headers, body)
    response = _response(definition, unknown)
    return Recorded(index, request, response, definition.line, label(index, method, url), tuple(unknown))


def _headers(place: At, side: Side, unknown: list[Unknown]) -> Headers:
    if isinstance(place.value, list):  # name, value, name, value
        flat = [item.scalar() for item in place.items()]
        fields = list(zip(flat[::2], flat[1::2], strict=False))
    else:
        fields = list(pairs(place))
    if not fields:
        unknown.append(Unknown(side, "header", NO_HEADERS))
    return Headers(fields)


def _body(place: At, side: Side, unknown: list[Unknown]) -> tuple[bytes, bool]:
    """Return the bytes of a body, and whether it was JSON."""
    if isinstance(place.value, dict | list | bool | int | float):
        unknown.append(Unknown(side, "", _PARSED))
        return json.dumps(place.value).encode(), True
    text = place.scalar()
    return (_unhexed(text) if side == "request" else None) or encode(text), False


def _unhexed(text: str) -> bytes | None:
    """Return the bytes of a hexadecimal body, which stands for bytes that are not UTF-8; `None` for any other."""
    try:
        body = binascii.unhexlify(text)
    except (binascii.Error, ValueError):
        return None
    try:
        body.decode()
    except UnicodeDecodeError:
        return body
    return None


def _response(definition: At, unknown: list[Unknown]) -> Response | None:
    status, place = definition.member("status"), definition.member("response")
    if not status.given:
        return None
    raw = definition.member("rawHeaders")
    headers = _headers(raw if raw.given else definition.member("headers"), "response", unknown)
    if isinstance(place.value, list) and (
        headers.get(_CODED) is not None or definition.member("responseIsBinary").value is True
    ):
        body = b"".join(_unhex(chunk) for chunk in place.items())
    elif definition.member("responseIsBinary").value is True:
        body = _unhex(place)
    else:
        body, json_type = _body(place, "response", unknown)
        if json_type and headers.get("content-type") is None:
            headers = Headers([*headers.items, ("content-type", "application/json")])
    headers, body, problems = decoded(headers, body)
    unknown.extend(problems)
    return Response(status.integer(), headers, body)


def _unhex(place: At) -> bytes:
    try:
        return binascii.unhexlify(place.text())
    except (binascii.Error, ValueError):
        raise place.invalid("not a hexadecimal string") from None
