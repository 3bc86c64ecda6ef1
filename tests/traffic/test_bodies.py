"""A copy of a body has what was sent or read, whatever reads it, and says whether it is decoded."""

from __future__ import annotations

import gzip
import http.client
import io
from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import Mock

import pytest
import urllib3

from apicontract.traffic.taps import bodies
from apicontract.traffic.taps.bodies import Copy

TEXT = b'{"data": [1, 2, 3]}\n' * 3
PACKED = gzip.compress(TEXT, mtime=0)


def answer(content: bytes, default: bool = True) -> urllib3.HTTPResponse:
    """Return a response of urllib3 that nobody has read."""
    fields = {"content-encoding": "gzip"} if content == PACKED else {}
    return urllib3.HTTPResponse(io.BytesIO(content), fields, 200, preload_content=False, decode_content=default)


READS: dict[str, Callable[[Any, bool | None], bytes]] = {
    "read": lambda r, decode: r.read(decode_content=decode),
    "read, by place": lambda r, decode: r.read(None, decode),
    "read, in pieces": lambda r, decode: b"".join(iter(lambda: r.read(7, decode), b"")),
    "read, in pieces by name": lambda r, decode: b"".join(iter(lambda: r.read(amt=7, decode_content=decode), b"")),
    "stream": lambda r, decode: b"".join(r.stream(7, decode_content=decode)),
    "stream, by place": lambda r, decode: b"".join(r.stream(7, decode)),
}


@pytest.mark.parametrize("content", [PACKED, TEXT], ids=["packed", "plain"])
@pytest.mark.parametrize("default", [True, False])
@pytest.mark.parametrize("decode", [None, True, False])
@pytest.mark.parametrize("name", READS)
def test_a_copy_is_what_was_read_and_decoded_if_that_is(
    name: str, decode: bool | None, default: bool, content: bytes
) -> None:
    """An argument counts before the default of the response, also where it says no."""
    response, ended = answer(content, default), Mock()
    copy = Copy(ended)
    bodies.tee(response, copy, ended=lambda: False)
    found = READS[name](response, decode)
    decodes = default if decode is None else decode
    assert found == (TEXT if decodes else content)
    assert (copy.body(), copy.decoded, copy.complete) == (found, decodes, True)
    ended.assert_called_once_with(copy, True)
    assert not {"read", "stream", "close", "readinto"} & set(vars(response))


def plain(content: bytes) -> http.client.HTTPResponse:
    """Return a response of the standard library that nobody has read."""
    made: Any = Mock()
    made.makefile.return_value = io.BytesIO(
        b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(content), content)
    )
    response = http.client.HTTPResponse(made)
    response.begin()
    return response


def _into(response: Any) -> bytes:
    found, held = b"", bytearray(7)
    while size := response.readinto(held):
        found += held[:size]
    return found


PLAIN_READS: dict[str, Callable[[Any], bytes]] = {
    "read": lambda r: bytes(r.read()),
    "read of all": lambda r: bytes(r.read(-1)),
    "read in pieces": lambda r: b"".join(iter(lambda: r.read(7), b"")),
    "read1": lambda r: b"".join(iter(lambda: r.read1(7), b"")),
    "readinto": _into,
    "readline": lambda r: b"".join(iter(r.readline, b"")),
    "readlines": lambda r: b"".join(r.readlines()),
    "lines": b"".join,
    "a line and the rest": lambda r: bytes(r.readline() + r.read(0) + r.read(3) + r.read()),
}


@pytest.mark.parametrize("name", PLAIN_READS)
def test_every_way_to_read_is_copied_once(name: str) -> None:
    """One of them may call another; reading nothing ends nothing."""
    response, ended = plain(TEXT), Mock()
    copy = Copy(ended)
    bodies.tee(response, copy, ended=lambda: False)
    assert PLAIN_READS[name](response) == TEXT
    assert (copy.body(), copy.decoded, copy.complete) == (TEXT, False, True)
    ended.assert_called_once_with(copy, True)


@pytest.mark.parametrize(
    ("name", "wanted", "ends"),
    [
        ("read", (), True),
        ("read", (None,), True),
        ("read", (-1,), True),
        ("read", (7,), False),
        ("readlines", (), True),
        ("readlines", (7,), False),
        ("read1", (), False),
        ("read1", (None,), False),
        ("read1", (-1,), False),
        ("read1", (7,), False),
        ("readline", (), False),
        ("readline", (-1,), False),
    ],
)
def test_only_a_read_of_all_that_is_left_ends_a_body(name: str, wanted: tuple[Any, ...], *, ends: bool) -> None:
    """`read1` without a size gives what has arrived, `readline` what is before the end of a line."""
    response, copy = Mock(spec=[name, "close"]), Copy()
    getattr(response, name).side_effect = [[b"ab"], []] if name == "readlines" else [b"ab", b""]
    bodies.tee(response, copy, ended=lambda: False)
    read = getattr(response, name)
    read(*wanted)
    assert (copy.body(), copy.complete) == (b"ab", ends)
    if not ends:
        read(*wanted)
        assert (copy.body(), copy.complete) == (b"ab", True)


def test_a_response_that_is_closed_before_its_end_is_incomplete() -> None:
    """One that was read to its end, as what it belongs to can tell, is complete, and closing it changes nothing."""
    for at_end in (False, True):
        response, ended = plain(TEXT), Mock()
        copy = Copy(ended)
        bodies.tee(response, copy, ended=Mock(return_value=at_end))
        assert response.read(5) == TEXT[:5]
        assert copy.complete is at_end
        response.close()
        assert (copy.body(), copy.complete) == (TEXT[:5], at_end)
        ended.assert_called_once_with(copy, at_end)
        assert "close" not in vars(response)


def test_a_response_that_fails_is_still_copied_when_it_is_read_again() -> None:
    response, copy = Mock(spec=["read", "close"]), Copy()
    response.read.side_effect = [OSError("slow"), b"ab", b""]
    original = response.read
    bodies.tee(response, copy, ended=lambda: False)
    with pytest.raises(OSError, match="slow"):
        response.read(2)
    assert (response.read(2), copy.complete) == (b"ab", False)
    assert (response.read(2), copy.complete) == (b"", True)
    assert copy.body() == b"ab"
    assert original.call_count == 3


def test_a_response_that_takes_no_attributes_is_refused() -> None:
    class Fixed:
        __slots__ = ()

        def read(self) -> bytes:
            return b""

    with pytest.raises(AttributeError):
        bodies.tee(Fixed(), Copy(), ended=lambda: False)


@pytest.mark.parametrize(
    ("body", "known"),
    [
        (None, b""),
        ("é", "é".encode()),
        (b"a", b"a"),
        (bytearray(b"a"), b"a"),
        (memoryview(b"a"), b"a"),
        (io.StringIO("a"), None),
        (5, None),
    ],
)
def test_a_body_that_needs_no_copy_is_sent_as_it_is(body: Any, known: bytes | None) -> None:
    assert bodies.seen(body) == (body, known)
    assert bodies.seen(body)[0] is body


def test_a_body_in_pieces_is_copied_as_it_is_sent_and_once_more_from_its_start() -> None:
    class Again:
        size = 3

        def __iter__(self) -> Iterator[Any]:
            return iter(["é", b"b", bytearray(b"c")])

    sent, copy = bodies.seen(Again())
    assert isinstance(copy, Copy)
    assert (copy.begun, sent.size) == (False, 3)
    pieces = iter(sent)
    next(pieces)
    assert (copy.begun, copy.complete, copy.body()) == (True, False, "é".encode())
    for _ in range(2):
        assert [*sent] == ["é", b"b", b"c"]
        assert (copy.complete, copy.body()) == (True, "ébc".encode())


@pytest.mark.parametrize("size", [(), (None,), (-1,), (3,), (100,)])
def test_a_file_is_copied_as_it_is_sent_from_where_it_stands(size: tuple[int | None, ...]) -> None:
    """Another attempt begins where it goes to, or reads again after the end."""

    def send(file: Any) -> bytes:
        return (
            b"".join(iter(lambda: file.read(*size), b"")) if size and (size[0] or -1) > 0 else bytes(file.read(*size))
        )

    inner = io.BytesIO(b"abcdefgh")
    inner.seek(2)
    sent, copy = bodies.seen(inner)
    assert isinstance(copy, Copy)
    sent.seek(1)
    assert (copy.begun, sent.tell()) == (False, 1)
    sent.seek(2)
    assert (send(sent), copy.body(), copy.complete) == (b"cdefgh", b"cdefgh", True)
    sent.seek(4)
    assert not copy.complete
    assert (send(sent), copy.body(), copy.complete) == (b"efgh", b"efgh", True)
    inner.seek(5)
    assert (send(sent), copy.body(), copy.complete) == (b"fgh", b"fgh", True)
    sent.seek(0)
    sent.read(2)
    assert (copy.body(), copy.complete) == (b"ab", False)


def test_a_copy_is_kept_up_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that was too large is whole again in another attempt; its end is told once."""
    monkeypatch.setattr(bodies, "LIMIT", 4)
    ended = Mock()
    copy = Copy(ended)
    copy.add(b"abc")
    copy.add(b"d")
    assert copy.body() == b"abcd"
    copy.add(b"e")
    copy.add(b"f")
    assert copy.body() is None
    copy.begin()
    copy.add(b"ab")
    assert (copy.body(), copy.complete) == (b"ab", False)
    copy.end(complete=False)
    assert copy.complete is False
    copy.end(complete=True)
    copy.end(complete=False)
    assert copy.complete is True
    ended.assert_called_once_with(copy, False)


@pytest.mark.parametrize(
    ("coding", "body", "found"),
    [
        (None, TEXT, TEXT),
        ("", TEXT, TEXT),
        ("identity", TEXT, TEXT),
        ("gzip", PACKED, TEXT),
        ("GZIP , identity", PACKED, TEXT),
        ("gzip", TEXT, None),
        ("unknown", TEXT, None),
    ],
)
def test_content_codings_are_decoded_if_they_can_be(coding: str | None, body: bytes, found: bytes | None) -> None:
    assert bodies.decoded(coding, body) == found


def test_no_more_is_decoded_than_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit, found in ((len(TEXT), TEXT), (len(TEXT) - 1, None)):
        monkeypatch.setattr(bodies, "LIMIT", limit)
        assert bodies.decoded("gzip", PACKED) == found
