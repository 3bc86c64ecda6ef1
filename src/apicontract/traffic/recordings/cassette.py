"""One interaction of a VCR cassette: vcrpy's of any client and age, and Ruby's VCR and betamax.

    request:  method, uri, headers {name: [value…]}, body
    response: status {code, message}, headers, body {string}

A body is text (which is UTF-8), bytes (`!!binary`), nothing, the chunks of an iterator, or a mapping with `string`, or
`base64_string`, and perhaps the `encoding` that the text has. vcrpy's older records of httpx have `status_code` and
`content`. vcrpy records what came: a compressed body stays compressed.
"""

from __future__ import annotations

from apicontract.traffic.recordings.bodies import decoded, encode, unbase64
from apicontract.traffic.recordings.model import NO_HEADERS, At, Recorded, Side, Unknown, label
from apicontract.wire.messages import Headers, Request, Response


def read(interaction: At, index: int) -> Recorded:
    """Read one interaction; `RecordingInvalid` where it is none."""
    unknown: list[Unknown] = []
    place = interaction.member("request")
    uri = place.member("url" if place.member("url").given else "uri")
    method, url = place.member("method").text().upper(), uri.text()
    headers = _headers(place.member("headers"), "request", unknown)
    request = Request(method, url, headers, _body(place.member("body"), "request", unknown))
    response = _response(interaction.member("response"), unknown)
    return Recorded(index, request, response, interaction.line, label(index, method, url), tuple(unknown))


def _headers(place: At, side: Side, unknown: list[Unknown]) -> Headers:
    """Read header fields: a name has one value or a list of them."""
    pairs = [
        (name, one.scalar())
        for name, value in place.members()
        for one in (value.items() if isinstance(value.value, list) else [value])
    ]
    if not pairs:
        unknown.append(Unknown(side, "header", NO_HEADERS))
    return Headers(pairs)


def _body(place: At, side: Side, unknown: list[Unknown]) -> bytes:
    value = place.value
    if isinstance(value, dict):
        if not value:
            return b""
        if place.member("base64_string").given:
            return unbase64(place.member("base64_string"))
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
    old = place.member("status_code")
    status = old if old.given else place.member("status")
    if isinstance(status.value, dict):
        status = status.member("code")
    headers = _headers(place.member("headers"), "response", unknown)
    body = _body(place.member("content" if place.member("content").given else "body"), "response", unknown)
    headers, body, problems = decoded(headers, body)
    unknown.extend(problems)
    return Response(status.integer(), headers, body)
