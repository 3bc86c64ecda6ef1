"""What a hostile server, address or argument cannot do."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import httpx
import pytest

from apicontract.client import (
    Answer,
    ApiError,
    NotFoundError,
    RequestInvalid,
    ResponseInvalid,
    StatusError,
    StreamInvalid,
    decoding,
)
from apicontract.client.models import OpenModel
from tests.client.conftest import KEY, Handler, World, answer
from tests.client.tiny_api import AsyncTiny, Event, Note, Tiny

ANY: Any = Answer[Any]


class Weighed(OpenModel):
    """An answer with a number."""

    weight: float


def always(response: httpx.Response) -> Handler:
    """Make a handler that has one answer."""
    return lambda _: response


def retrieve(client: Any, kind: Any = ANY) -> Any:
    """Make a call with an answer of any shape."""
    return lambda: client.call("notes.retrieve", kind, path={"note_id": "n"}, options={"max_retries": 0})


@pytest.mark.parametrize("coding", ["identity", "gzip", "deflate"])
def test_body_beyond_the_bound_is_an_error(world: World, monkeypatch: pytest.MonkeyPatch, coding: str) -> None:
    """Counted as it comes out of the decoder; the connection is given back."""
    monkeypatch.setattr(decoding, "LARGEST_BODY", 100_000)
    codes: dict[str, Callable[[bytes], bytes]] = {"identity": bytes, "gzip": gzip.compress, "deflate": zlib.compress}
    for size, fits in ((100_000, True), (100_001, False)):
        body = codes[coding](json.dumps("x" * (size - 2)).encode())
        response = httpx.Response(200, stream=httpx.ByteStream(body), headers={"content-encoding": coding})
        client = world.client(always(response))
        if fits:
            assert world.do(retrieve(client)) == "x" * (size - 2)
            continue
        with pytest.raises(ResponseInvalid) as caught:
            world.do(retrieve(client))
        (violation,) = caught.value.violations
        assert (violation.where, violation.rule) == ("body", "limit")
        assert violation.message == "the body has more than 100,000 bytes"
        assert response.is_closed


def test_bomb_is_stopped_where_the_bound_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousandth of it is all that is decoded."""
    monkeypatch.setattr(decoding, "LARGEST_BODY", 1_000_000)
    bomb, taken = zlib.compress(b"0" * 100_000_000), 0

    class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Any:
            nonlocal taken
            for start in range(0, len(bomb), 100):
                taken += 1
                yield bomb[start : start + 100]

        async def __aiter__(self) -> Any:
            for piece in self:
                yield piece

    client = world.client(lambda _: httpx.Response(200, stream=Pieces(), headers={"content-encoding": "deflate"}))
    with pytest.raises(ResponseInvalid, match="more than 1,000,000 bytes"):
        world.do(retrieve(client))
    assert taken < 30


@cache  # to compress takes a third of a second
def _bomb() -> bytes:
    return gzip.compress(gzip.compress(b"0" * 100_000_000))


@pytest.mark.parametrize("coding", ["gzip, gzip", "deflate,GZIP", "br", "zstd", "br, identity"])
def test_codings_that_no_bound_holds_for_are_refused(world: World, coding: str) -> None:
    """One upon the other they make a gigabyte of a kilobyte, in one piece, before anything can be counted."""
    body = _bomb()
    response = httpx.Response(200, stream=httpx.ByteStream(body), headers={"content-encoding": coding})
    client = world.client(always(response))
    with pytest.raises(ResponseInvalid, match="only one of gzip, deflate is accepted"):
        world.do(retrieve(client))
    assert response.is_closed
    assert world.requests[0].headers["accept-encoding"] == "gzip, deflate"
    response = httpx.Response(200, stream=httpx.ByteStream(body), headers={"content-encoding": coding})
    client = world.client(always(response))
    with pytest.raises(StreamInvalid, match="only one of gzip, deflate is accepted"):
        world.all(lambda: client.stream("tell", Answer[Event], body={"prompt": "p", "stream": True}))
    assert response.is_closed


@pytest.mark.parametrize("coding", ["identity", "utf-8", "identity, gzip"])
def test_codings_that_change_nothing_are_none(world: World, coding: str) -> None:
    """Servers write the strangest things there."""
    body = gzip.compress(b"5") if "gzip" in coding else b"5"
    response = httpx.Response(200, stream=httpx.ByteStream(body), headers={"content-encoding": coding})
    assert world.do(retrieve(world.client(always(response)))) == 5


def test_number_that_json_does_not_know_is_refused(world: World) -> None:
    """As everywhere else in the contract."""
    client = world.client(always(httpx.Response(200, text='{"_id":"n","weight":NaN}')))
    with pytest.raises(ResponseInvalid, match="invalid JSON"):
        world.do(retrieve(client, Answer[Weighed]))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_number_that_json_does_not_know_is_refused_under_an_undeclared_key_too(world: World, number: str) -> None:
    """Which pydantic takes; in a text it is a word like any other."""
    written = {"x": number, "y": f'"{number}"'}
    held = {key: f'{{"_id":"n","weight":1,"{key}":{{"a":[{value}]}}}}' for key, value in written.items()}
    client = world.client(always(httpx.Response(200, text=held["x"])))
    with pytest.raises(ResponseInvalid, match="invalid JSON"):
        world.do(retrieve(client, Answer[Weighed]))
    client = world.client(always(httpx.Response(200, text=held["y"])))
    assert world.do(retrieve(client, Answer[Weighed])).model_extra == {"_id": "n", "y": {"a": [number]}}


def test_text_of_a_server_cannot_write_on_the_terminal(world: World) -> None:
    """In one line, shortened, and without what a terminal obeys; `message` is as it was sent."""
    message = "a\r\nINFO all is well\x1b[31m" + "x" * 50_000
    client = world.client(always(answer({"code": "c\x07", "message": message}, status=400)))
    with pytest.raises(StatusError) as caught:
        world.do(retrieve(client))
    assert str(caught.value).startswith("notes.retrieve: status 400 c\\x07: a\\r\\nINFO all is well\\x1b[31mxxx")
    assert len(str(caught.value)) < 2100
    assert caught.value.message == message


def test_key_for_this_machine_goes_to_no_proxy(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the clear to a proxy of the environment it would be; an address of others goes the environment's way."""
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    kind: Any = AsyncTiny if world.asynchronous else Tiny
    for url, proxied in (("http://127.0.0.1:1", False), ("http://localhost", False), ("https://tiny.example", True)):
        client = kind(api_key=KEY, base_url=url)
        assert bool(client._http._mounts) is proxied
        world.do(client.close)


def test_refusal_beyond_the_bound_is_the_refusal(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its body, which nobody needs to know what went wrong."""
    monkeypatch.setattr(decoding, "LARGEST_BODY", 100)
    client = world.client(lambda _: answer({"message": "x" * 200}, status=404))
    with pytest.raises(NotFoundError, match="status 404: Not Found") as caught:
        world.do(retrieve(client))
    assert caught.value.body is None


def test_body_as_bytes_has_the_same_bound(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "LARGEST_BODY", 3)
    client = world.client(lambda _: httpx.Response(200, content=b"abcd"))
    with pytest.raises(ResponseInvalid, match="more than 3 bytes"):
        world.do(lambda: client.call_bytes("notes.retrieve", path={"note_id": "n"}))


@pytest.mark.parametrize("kind", [ANY, Answer[Note]])
@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_depth_is_bounded(world: World, kind: Any, opening: str) -> None:
    """What is nested too deeply is reported as any other text that cannot be read."""
    closing = {"[": "]", '{"a":': "}"}[opening]
    for depth in (300, 1_000, 100_000):
        body = opening * depth + "1" + closing * depth
        client = world.client(always(httpx.Response(200, text='{"_id":"n","more":' + body + "}")))
        with pytest.raises(ResponseInvalid, match=r"recursion limit|nested too deeply") as caught:
            world.do(retrieve(client, kind))
        assert [violation.rule for violation in caught.value.violations] == ["encoding"]
        assert len(str(caught.value)) < 1000


def test_deep_refusal_is_the_refusal(world: World) -> None:
    """Its text is shown, shortened."""
    client = world.client(lambda _: httpx.Response(400, text="[" * 100_000))
    with pytest.raises(StatusError, match="status 400") as caught:
        world.do(retrieve(client))
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8080/v1",
        "http://127.0.0.1:1/",
        "http://127.8.9.10",
        "http://[::1]:8080",
        "https://anything.example",
    ],
)
def test_this_machine_may_be_spoken_to_in_the_clear(url: str) -> None:
    Tiny(api_key=KEY, base_url=url).close()


@pytest.mark.parametrize(
    "url",
    [
        "http://tiny.example",
        "HTTP://tiny.example",
        "http://10.0.0.1",
        "http://localhost.example",
        "http://api.localhost",
        "http://127.0.0.1.example",
        "http://[2001:db8::1]",
        "http://0.0.0.0",
        "http://169.254.1.1",
    ],
)
def test_no_other_one_unless_that_is_allowed(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither as an argument nor from the environment; the key would be open to everyone on the way."""
    with pytest.raises(ApiError, match="base_url must begin with https://, as the key is sent with it, unless"):
        Tiny(api_key=KEY, base_url=url)
    Tiny(api_key=KEY, base_url=url, allow_http=True).close()
    monkeypatch.setenv("TINY_URL", url)
    with pytest.raises(ApiError, match="TINY_URL must begin with https://"):
        Tiny(api_key=KEY)


@pytest.mark.parametrize("name", ["page", "page_limit", "tags", "archived", "metadata"])
def test_metadata_key_that_is_a_parameter_is_refused(world: World, name: str) -> None:
    """It would replace that parameter (ledger A4b), whether that one is given or not."""
    client = world.client(lambda _: answer({"data": []}))
    for query in ({"metadata": {name: "x"}}, {"metadata": {name: "x"}, "page": 2}):
        with pytest.raises(RequestInvalid, match=name):
            world.do(partial(client.call, "notes.list", ANY, query=query))
    assert world.requests == []


def test_redirect_never_carries_the_key_away(world: World) -> None:
    """Also where a given client follows redirects by itself."""
    client = world.client(lambda _: answer(status=307, location="https://elsewhere.example/v7/notes/n"))
    client._http.follow_redirects = True
    with pytest.raises(StatusError, match="a redirect, which is not followed"):
        world.do(retrieve(client))
    assert [request.url.host for request in world.requests] == ["tiny.example"]
