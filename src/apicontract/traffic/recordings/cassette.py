"""One interaction of a VCR cassette, as written by all versions of vcrpy, Ruby's VCR, betamax, go-vcr and R's vcr.

    request:  method, uri, headers {name: [value…]}, body
    response: status {code, message}, headers, body {string}

They differ in these ways:

- A body is text (as UTF-8), bytes (`!!binary`), null, the chunks of an iterator, or a mapping with `string`
  or `base64_string`, and perhaps the `encoding` of the text; R's vcr can store the text in a separate file.
- Headers are a mapping of a name to one value or several, or a list of pairs, or of lines.
- The status is a number, or a mapping with `code` or `status_code`; go-vcr has `code` beside the status line.
- vcrpy's older records of httpx have `status_code` and `content`; before version 1.0 its cassettes were plain lists,
  with the URL of a request in parts.

vcrpy records the bytes as received: a compressed body remains compressed.
"""

from __future__ import annotations

from apicontract.traffic.recordings.bodies import attached, decoded, encode, unbase64
from apicontract.traffic.recordings.fields import pairs
from apicontract.traffic.recordings.model import NO_HEADERS, At, Recorded, Side, Unknown, label
from apicontract.wire.messages import Headers, Request, Response

_PORTS = {"https": 443, "http": 80}


def read(interaction: At, index: int) -> Recorded:
    """Read one interaction; raise `RecordingInvalid` for an invalid one."""
    unknown: list[Unknown] = []
    place = interaction.member("request")
    method, url = place.member("method").text().removeprefix(":").upper(), _url(place)
    headers = _headers(place.member("headers"), "request", unknown)
    request = Request(method, url, headers, _body(place.member("body"), "request", unknown))
    response = _response(interaction.member("response"), unknown)
    return Recorded(index, request, response, interaction.line, label(index, method, url), tuple(unknown))


def _url(place: At) -> str:
    url, host = place.member("url"), place.member("host")
    if url.given:
        return url.text()
    if place.member("uri").given or not host.given:
        return place.member("uri").text()
    scheme, port = place.member("protocol").text(), place.member("port")
    shown = f":{port.integer()}" if port.given and port.integer() != _PORTS.get(scheme) else ""
    return f"{scheme}://{host.text()}{shown}{place.member('path').text()}"


def _headers(place: At, side: Side, unknown: list[Unknown]) -> Headers:
    fields = list(pairs(place))
    if not fields:
        unknown.append(Unknown(side, "header", NO_HEADERS))
    return Headers(fields)


def _body(place: At, side: Side, unknown: list[Unknown]) -> bytes:
    value = place.value
    if isinstance(value, dict):
        if not value:
            return b""
        if place.member("base64_string").given:
            return unbase64(place.member("base64_string"))
        if place.member("file").value is True:
            return attached(place.member("string"), side, unknown)
        if "string" in value:
            charset = place.member("encoding").scalar()
            return _text(place.member("string"), charset)
        if side == "request":
            unknown.append(Unknown(side, "body", "the body was recorded as a mapping: its bytes are not known"))
            return b""
        raise place.invalid("a body has `string`, or `base64_string`")
    if isinstance(value, list):
        return b"".join(_text(chunk) for chunk in place.items())
    return _text(place)


def _text(place: At, charset: str | None = None) -> bytes:
    if isinstance(place.value, bytes):
        return place.value
    return encode(place.scalar(), charset)


def _response(place: At, unknown: list[Unknown]) -> Response | None:
    if not place.given:
        return None
    names = [name for name in ("status_code", "code") if place.member(name).given]
    status = place.member(names[0] if names else "status")
    if isinstance(status.value, dict):
        status = status.member("code" if status.member("code").given else "status_code")
    headers = _headers(place.member("headers"), "response", unknown)
    body = _body(place.member("content" if place.member("content").given else "body"), "response", unknown)
    headers, body, problems = decoded(headers, body)
    unknown.extend(problems)
    return Response(status.integer(), headers, body)
