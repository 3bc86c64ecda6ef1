"""The request that sends a part of a file, and what is made of its answer."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from apicontract.client import StatusError
from apicontract.client.part_files import PIECE, LocalFile, Part, PartContent
from apicontract.client.part_requests import (
    AsyncPart,
    Sending,
    SyncPart,
    aread,
    failure,
    is_refusal,
    proof,
    read,
    usable_headers,
)
from tests.client.streaming import Wire

ADDRESS = "https://parts.example.com:8443/a%2Fb/1?signature=s3cret"


def _content(part: Part) -> PartContent:
    return PartContent(LocalFile("o", __file__), part)


def _request(headers: dict[str, str], address: str = ADDRESS) -> httpx.Request:
    part = Part(2, 8, 5)
    return Sending(part, _content(part), httpx.URL(address), headers, httpx.Timeout(7), 0.0).request(
        httpx.ByteStream(b"")
    )


@pytest.mark.parametrize(
    ("required", "sent"),
    [
        ({}, {"content-type": "application/octet-stream"}),
        ({"X-Upload": "yes"}, {"content-type": "application/octet-stream", "x-upload": "yes"}),
        ({"Content-Type": "video/mp4"}, {"content-type": "video/mp4"}),
        ({"content-type": "a/b", "x-a": ""}, {"content-type": "a/b", "x-a": ""}),
        (
            {"Host": "h", "Content-Length": "1", "Transfer-Encoding": "chunked"},
            {"content-type": "application/octet-stream"},
        ),
    ],
)
def test_request_has_the_headers_that_the_service_requires(required: dict[str, str], sent: dict[str, str]) -> None:
    """And none that follow from the address and the part, which it could have wrong."""
    request = _request(required)
    assert (request.method, str(request.url)) == ("PUT", ADDRESS)
    assert dict(request.headers) == {"host": "parts.example.com:8443", "content-length": "5", **sent}
    assert len(request.headers.multi_items()) == 2 + len(sent)
    assert request.extensions["timeout"] == dict.fromkeys(("connect", "read", "write", "pool"), 7)
    assert _request({}, "https://parts.example.com/1").headers["host"] == "parts.example.com"


def test_headers_that_cannot_be_sent_are_left_out() -> None:
    found = {"x-a": "1", "x-é": "1", "x-b": "é", "x-c": 5, "x-d": " 1", "x-e": "a\nb", "x-f": None, "x-g": ""}
    assert usable_headers(found) == {"x-a": "1", "x-g": ""}


@pytest.mark.parametrize(
    ("tag", "proven"),
    [
        (None, ""),
        ("", ""),
        ('""', ""),
        ('"a1"', "a1"),
        ("a1", "a1"),
        (' "a1" ', "a1"),
        ('W/"a1"', "a1"),
        ('"W/a1"', "W/a1"),
        ('"a1-2"', "a1-2"),
    ],
)
def test_proof_is_the_tag_without_its_quotes(tag: str | None, proven: str) -> None:
    assert proof(httpx.Response(200, headers={} if tag is None else {"ETag": tag})) == proven


def test_refusals_are_those_that_another_address_may_mend() -> None:
    statuses = [200, 204, 299, 300, 302, 307, 400, 403, 404, 408, 409, 412, 429, 499, 500, 503]
    refused = [status for status in statuses if is_refusal(httpx.Response(status))]
    assert refused == [300, 302, 307, 400, 403, 404, 409, 412, 499]


@pytest.mark.parametrize(("body", "told"), [(b"", None), (b"<Error/>", "<Error/>"), (b'{"code":"c"}', '{"code":"c"}')])
def test_error_of_a_refusal_shows_what_came_but_not_the_address(body: bytes, told: str | None) -> None:
    """The body is a text, whatever it is: it comes from another service."""
    request = _request({"x-amz-token": "s3cret"})
    sent = [("x-request-id", "r"), ("location", ADDRESS), ("set-cookie", "a=1"), ("set-cookie", "b=2")]
    error = failure("o", httpx.Response(403, headers=sent, content=body, request=request))
    assert isinstance(error, StatusError)
    assert (error.operation, error.status_code, error.body, error.request_id) == ("o", 403, told, "r")
    assert error.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert "location" not in error.headers
    assert (error.request.method, str(error.request.url)) == ("PUT", "https://parts.example.com:8443/a%2Fb/1")
    assert "s3cret" not in repr(dict(error.request.headers)) + repr(error.headers) + str(error)


def test_error_of_a_body_that_was_decoded_is_readable() -> None:
    """Its coding is undone, so the copy does not name it."""
    packed = httpx.Response(403, headers={"content-encoding": "gzip"}, stream=Wire(b"no gzip"), request=_request({}))
    read(packed)
    error = failure("o", packed)
    assert isinstance(error, StatusError)
    assert (error.body, "content-encoding" in error.headers) == (None, False)


def test_transport_error_is_itself_without_the_address() -> None:
    """It may have no request, as one that a hook raises."""
    known = httpx.WriteError("reset", request=_request({"x-a": "s3cret"}))
    assert failure("o", known) is known
    assert str(known.request.url) == "https://parts.example.com:8443/a%2Fb/1"
    assert "x-a" not in known.request.headers
    unknown = httpx.WriteError("reset")
    assert failure("o", unknown) is unknown


BROKEN = httpx.ReadError("gone")


@pytest.mark.parametrize("asynchronous", [False, True])
@pytest.mark.parametrize(
    ("status", "wire", "headers", "body"),
    [
        (200, Wire(b"a", b"b"), {}, b"ab"),
        (403, Wire(b"a", b"b"), {}, b"ab"),
        (200, Wire(b"no gzip"), {"content-encoding": "gzip"}, b""),
        (403, Wire(b"no gzip"), {"content-encoding": "gzip"}, b""),
        (403, Wire(b"a", error=BROKEN), {}, b""),
        (500, Wire(b"a", error=BROKEN), {}, b""),
        (200, Wire(b"a", error=BROKEN), {}, BROKEN),
    ],
)
def test_answer_is_read_and_its_connection_given_back(
    *, asynchronous: bool, status: int, wire: Wire, headers: dict[str, str], body: Any
) -> None:
    """A body that cannot be decoded matters to nobody, nor does that of a refusal that broke off."""
    wire.closed = False
    response = httpx.Response(status, headers=headers, stream=wire)

    async def later() -> None:
        await aread(response)

    def work() -> None:
        asyncio.run(later()) if asynchronous else read(response)

    if isinstance(body, Exception):
        with pytest.raises(httpx.ReadError, match="gone"):
            work()
    else:
        work()
        assert response.content == body
    assert wire.closed
    assert response.is_closed


def test_part_is_asked_before_each_piece_whether_anybody_waits(tmp_path: Path) -> None:
    """What nobody waits for ends after its piece; an asynchronous one is cancelled."""
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(2 * PIECE + 1))
    file, part = LocalFile("o", path), Part(1, 0, 2 * PIECE + 1)
    asked: list[int] = []

    def check() -> None:
        asked.append(len(sent))
        if len(asked) == 3:
            raise KeyError("enough")

    sent: list[int] = []
    with pytest.raises(KeyError, match="enough"):
        sent.extend(map(len, SyncPart(file.read(part), check)))
    assert (asked, sent) == ([0, 1, 2], [PIECE, PIECE])

    async def later() -> list[int]:
        return [len(piece) async for piece in AsyncPart(file.read(part))]

    assert asyncio.run(later()) == [PIECE, PIECE, 1]
