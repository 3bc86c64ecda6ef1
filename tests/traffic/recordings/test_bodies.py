"""The bytes of a recorded body: of its text, of its coding, and whether its length says anything."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from typing import Any

import pytest

from apicontract.traffic.recordings import Recorded, exchange_lines, read
from apicontract.traffic.recordings.bodies import MAX_DECODED, attached, decoded, encode, length
from apicontract.traffic.recordings.model import Around, At, Unknown
from apicontract.wire.messages import Headers, Request

URL = "https://api.twelvelabs.io/v1.3"
LATIN = ["ISO-8859-1", "latin-1", "Latin1", "iso8859-1", "BINARY", "ASCII-8BIT"]


@pytest.mark.parametrize(
    ("text", "charset", "size", "body"),
    [
        ("é", None, None, b"\xc3\xa9"),
        ("é", None, 2, b"\xc3\xa9"),
        ("é", None, 1, b"\xe9"),
        ("é", None, 3, b"\xc3\xa9"),
        ("☃", None, 1, "☃".encode()),
        ("☃", "latin-1", None, "☃".encode()),
        ("abc", None, 3, b"abc"),
        ("\ud800", None, None, b"\xed\xa0\x80"),
        ("", None, 0, b""),
        *(("é", charset, None, b"\xe9") for charset in LATIN),
    ],
)
def test_a_text_is_utf_8_unless_its_charset_or_its_length_says_latin_1(
    text: str, charset: str | None, size: int | None, body: bytes
) -> None:
    assert encode(text, charset, size) == body


@pytest.mark.parametrize(
    ("given", "coding", "found"),
    [
        ("5", None, 5),
        ("0", None, 0),
        ("5", "identity", 5),
        ("5", "Identity", 5),
        ("5", "gzip", None),
        ("9" * 15, None, 10**15 - 1),
        ("9" * 16, None, None),
        ("-5", None, None),
        ("\N{ARABIC-INDIC DIGIT FIVE}", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_content_length_counts_if_it_is_a_number_and_nothing_was_coded(
    given: str | None, coding: str | None, found: int | None
) -> None:
    fields = {"content-length": given, "content-encoding": coding}
    assert length(Headers([(name, value) for name, value in fields.items() if value is not None])) == found


CODED = Headers({"content-encoding": "deflate, gzip", "content-length": "7", "x-a": "b"})


def test_codings_are_taken_off_from_the_last_to_the_first_and_their_headers_too() -> None:
    headers, body, problems = decoded(CODED, gzip.compress(zlib.compress(b"text")))
    assert (headers.items, body, problems) == ((("x-a", "b"),), b"text", [])


@pytest.mark.parametrize(
    ("body", "is_text"),
    [
        (b"plain \t\r\n text", True),
        ("é".encode(), True),
        (b"a" * 999 + b"\x00", False),
        (b"a" * 1000 + b"\x00", True),
        (b"\x1f", False),
        (b"\xff", False),
    ],
)
def test_a_body_that_is_text_was_decoded_by_the_recorder(body: bytes, is_text: bool) -> None:
    headers, found, problems = decoded(Headers({"content-encoding": "deflate"}), body)
    assert headers.items == ()
    assert found == (body if is_text else b"")
    assert [problem.why.partition(",")[0] for problem in problems] == ["the body is in deflate"] * (not is_text)


def test_what_is_too_large_once_decoded_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_DECODED == 100_000_000
    monkeypatch.setattr("apicontract.traffic.recordings.bodies.MAX_DECODED", 4)
    for text, held in ((b"1234", b"1234"), (b"12345", b"")):
        _, body, problems = decoded(Headers({"content-encoding": "gzip"}), gzip.compress(text))
        assert (body, len(problems)) == (held, 0 if held else 1)


def _only(data: Any) -> Recorded:
    (found,) = read(data if isinstance(data, bytes) else json.dumps(data).encode())
    assert isinstance(found, Recorded)
    return found


@pytest.mark.parametrize(
    ("scope", "url"), [("https://a.test:443", "https://a.test:443/b"), ("https://a.test/", "https://a.test/b")]
)
def test_a_scope_of_nock_ends_before_the_path(scope: str, url: str) -> None:
    assert _only([{"scope": scope, "method": "get", "path": "/b", "status": 200, "response": ""}]).request.url == url


@pytest.mark.parametrize(
    ("more", "answer", "body"),
    [
        ({"responseIsBinary": True}, ["00", "ff"], b"\x00\xff"),
        ({"responseIsBinary": True}, "00ff", b"\x00\xff"),
        ({"rawHeaders": ["Content-Encoding", "gzip"]}, [gzip.compress(b"a").hex()], b"a"),
        ({}, ["00", "ff"], b'["00", "ff"]'),
        ({"responseIsBinary": False}, "00ff", b"00ff"),
    ],
)
def test_an_answer_of_nock_is_hexadecimal_if_it_was_binary_or_coded(more: Any, answer: Any, body: bytes) -> None:
    definition = {"scope": "https://a.test:443", "method": "GET", "path": "/b", "status": 200, "response": answer}
    found = _only([definition | more])
    assert found.response is not None
    assert found.response.body == body


@pytest.mark.parametrize(
    ("protocol", "port", "shown"),
    [
        ("https", 443, "https://a.test/b"),
        ("http", 80, "http://a.test/b"),
        ("http", 443, "http://a.test:443/b"),
        ("https", 80, "https://a.test:80/b"),
        ("https", 8443, "https://a.test:8443/b"),
        ("https", None, "https://a.test/b"),
    ],
)
def test_a_url_in_parts_has_its_port_unless_it_is_the_usual_one(protocol: str, port: int | None, shown: str) -> None:
    place = {"method": ":get", "protocol": protocol, "host": "a.test", "path": "/b", "headers": [" X-A :  b "]}
    request = place | ({} if port is None else {"port": port})
    found = _only({"interactions": [{"request": request, "response": None}]})
    assert (found.request.method, found.request.url) == ("GET", shown)
    assert found.request.headers.items == (("x-a", "b"),)


def test_lines_of_exchanges_may_begin_with_a_byte_order_mark() -> None:
    line = {"request": {"method": "get", "url": f"{URL}/tasks", "headers": []}, "response": None}
    found = _only(b"\xef\xbb\xbf" + json.dumps(line).encode())
    assert (found.request.method, found.response, found.complete) == ("GET", None, True)


@pytest.mark.parametrize("before", [b"", b"\n \n", b"\r\n"])
def test_lines_of_exchanges_may_begin_with_blank_ones_which_count(before: bytes) -> None:
    line = exchange_lines.write(Request("GET", "https://a.test/b"), None, started="").encode()
    found = [*read(before + line + b"\n" + line)]
    assert [one.line for one in found] == [before.count(b"\n") + 1, before.count(b"\n") + 3]
    assert [one.label for one in found if isinstance(one, Recorded)] == [
        "exchange 1: GET https://a.test/b",
        "exchange 2: GET https://a.test/b",
    ]


def test_a_query_in_parts_is_encoded_as_in_a_url() -> None:
    pairs = [{"name": "a b", "value": "c d"}, {"name": "a b", "value": ""}]
    for url, shown in ((f"{URL}/tasks", f"{URL}/tasks?a%20b=c%20d&a%20b="), (f"{URL}/tasks?x", f"{URL}/tasks?x")):
        request = {"method": "get", "url": url, "headers": [], "queryString": pairs}
        found = _only({"log": {"entries": [{"request": request, "response": {"status": 412, "content": {}}}]}})
        assert (found.request.method, found.request.url) == ("GET", shown)
        assert "status" not in [item.where for item in found.unknown]


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (ValueError("it is not in the folder of the recording"), "it is not in the folder of the recording"),
        (PermissionError(13, "denied"), "[Errno 13] denied"),
        (None, "read the recording from its folder"),
    ],
)
def test_a_body_in_a_file_that_cannot_be_read_is_not_known(error: Exception | None, why: str) -> None:
    def attached_file(name: str) -> bytes:
        assert error is not None
        raise error

    unknown: list[Unknown] = []
    place = At("a\x07.bin", "x", 1, Around(attached_file if error else None))
    assert attached(place, "request", unknown) == b""
    said = f"the body is in the file {place.value!r}, which cannot be read: {why}"
    assert unknown == [Unknown("request", "body", said)]


@pytest.mark.parametrize("dialect", ["HAR", "lines"])
def test_of_a_response_that_is_incomplete_what_came_is_decoded(dialect: str) -> None:
    """It is complete unless the recording denies that."""
    coded = base64.b64encode(gzip.compress(b'{"data": [1, 2, 3]}' * 9)[:-8]).decode()
    headers = [{"name": "content-encoding", "value": "gzip"}, {"name": "content-type", "value": "application/json"}]
    content = {"text": coded, "encoding": "base64", "mimeType": "application/json", "size": 999}
    entry: dict[str, Any] = {
        "request": {"method": "GET", "url": f"{URL}/tasks", "headers": headers[1:]},
        "response": {"status": 200, "headers": headers, "content": content},
    }
    said: list[dict[str, Any]] = [{}, {"complete": True}, {"complete": None}, {"complete": False}]
    if dialect == "HAR":
        entries = [{**entry, **{f"_{name}": value for name, value in more.items()}} for more in said]
        found = list(read(json.dumps({"log": {"entries": entries}}).encode()))
    else:
        pairs = [[field["name"], field["value"]] for field in headers]
        line: dict[str, Any] = {
            "request": {**entry["request"], "headers": pairs[1:]},
            "response": {"status": 200, "headers": pairs, "base64": coded},
        }
        found = list(read("\n".join(json.dumps({**line, **more}) for more in said).encode()))
    *wholes, cut = found
    assert len(wholes) == 3
    for whole in wholes:
        assert isinstance(whole, Recorded)
        assert whole.response is not None
        assert (whole.complete, whole.response.body) == (True, b"")
        assert [item.why for item in whole.unknown] == ["the body is in gzip, and ends too early"]
    assert isinstance(cut, Recorded)
    assert cut.response is not None
    assert (cut.complete, cut.response.body, cut.unknown) == (False, b'{"data": [1, 2, 3]}' * 9, ())
