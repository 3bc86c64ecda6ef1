"""A media type is one entry of one table."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from apicontract.coverage import Coverage
from apicontract.openapi import media_types
from apicontract.openapi.document import Document, MediaType
from apicontract.openapi.facts import shape_at
from apicontract.responder import Responder
from apicontract.strategies import invalid_cases, responses, valid_requests
from apicontract.wire import media, scalars
from apicontract.wire.framing import Framing
from twelvelabs_contract import Contract, Headers, Request, Response

RECORD = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer", "minimum": 1}}}
TABLE = {"type": "array", "items": RECORD | {"additionalProperties": False}, "minItems": 1}
CONTENT: dict[str, Any] = {"content": {"text/csv": {"schema": TABLE, "example": [{"n": 5}]}}}
OPERATION = {"operationId": "put", "requestBody": {"required": True, **CONTENT}, "responses": {"200": CONTENT}}
RAW = {"openapi": "3.1.0", "servers": [{"url": "https://toy.example"}], "paths": {"/t": {"put": OPERATION}}}
CSV = Headers({"content-type": "text/csv"})


class Csv(media.Codec):
    """One record a line, each with one column."""

    carrier = "json"

    def decode(self, body: bytes, context: media.Context) -> tuple[Any, list[Any]]:
        """Read the lines by the schema of the column."""
        content = context.content
        shape = shape_at(context.document, content.schema, content.schema_pointer).items.property("n")
        return [{"n": scalars.decode(line, shape)} for line in body.decode().split("\n")], []

    def encode(self, instance: Any, context: media.Context) -> media.Encoded:
        """Write the lines."""
        return media.Encoded("\n".join(scalars.text(row["n"]) for row in instance).encode(), context.content.name)


@pytest.fixture
def contract(monkeypatch: pytest.MonkeyPatch) -> Contract:
    """Return a contract whose one operation takes and answers what the toy codec knows."""
    monkeypatch.setitem(media.CODECS, "text/csv", Csv())
    return Contract(Document(RAW))


def test_it_is_checked(contract: Contract) -> None:
    """The checker reads the instance, and reports by its locations."""
    request = Request("PUT", "https://toy.example/t", CSV, b"5\n0")
    assert [(v.where, v.rule) for v in contract.check_request(request)] == [("body[1].n", "minimum")]
    found = contract.check_response(Response(200, CSV, b"x"), operation="put")
    assert [(v.where, v.rule) for v in found] == [("body[0].n", "type")]


def test_it_is_drawn(contract: Contract) -> None:
    """The strategies draw instances of the schema, and the codec writes them."""

    @settings(max_examples=20)
    @given(valid_requests(contract, "put"), responses(contract, "put", 200))
    def check(case: Any, response: Response) -> None:
        assert contract.check_request(case.request()) == []
        assert contract.check_response(response, operation="put") == []

    check()


def test_it_is_no_json_text(contract: Contract) -> None:
    """A body is not broken as JSON text, nor read where another media type is sent."""
    tags = [(case.tag.where, case.tag.rule) for case in invalid_cases(contract, "put") if case.tag is not None]
    assert ("body[0].n", "minimum") in tags
    assert ("body", "encoding") not in tags
    wrong = Request("PUT", "https://toy.example/t", Headers({"content-type": "text/plain"}), b"0")
    assert [(v.where, v.rule) for v in contract.check_request(wrong)] == [("header.content-type", "media_type")]


def test_it_is_mocked(contract: Contract) -> None:
    """The responder writes the example."""
    answer = Responder(contract).respond(Request("PUT", "https://toy.example/t", CSV, b"7"))
    assert (answer.status, answer.headers.get("content-type"), answer.body) == (200, "text/csv", b"5")


def test_it_is_counted(contract: Contract) -> None:
    """Coverage has cells of what is in it, and counts them."""
    coverage = Coverage(contract)
    coverage.exchange(Request("PUT", "https://toy.example/t", CSV, b"1\n2"), Response(200, CSV, b"3"))
    hit = {(cell.place, cell.case) for cell, hit in coverage.cells() if hit.count}
    assert {("body[].n", "min 1"), ("content-type", "text/csv"), ("response", "200 text/csv")} <= hit


class Records(media.Stream):
    """A stream with a prefix before each event, which its cutter takes off."""

    def __init__(self) -> None:
        """Cut at two newlines."""
        super().__init__(lambda *_: Framing(lambda _: _Cutter(), (lambda text: b"data: " + text,), (b"\n\n",)))


class _Cutter:
    def __init__(self) -> None:
        self._pending, self._line = b"", 1

    def feed(self, chunk: bytes) -> Any:
        """Cut what is complete."""
        *complete, self._pending = (self._pending + chunk).split(b"\n\n")
        for event in complete:
            yield self._line, event.removeprefix(b"data: "), None
            self._line += 2

    def close(self) -> Any:
        """Yield what is left."""
        return iter([(self._line, self._pending.removeprefix(b"data: "), None)] if self._pending.strip() else [])


def test_a_stream_format_added_from_outside_is_cut_drawn_and_mocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """How a stream is cut is in the same table."""
    monkeypatch.setitem(media.CODECS, "text/toy-stream", Records())
    content = {"content": {"text/toy-stream": {"schema": RECORD, "example": [{"n": 1}, {"n": 2}]}}}
    paths = {"/t": {"get": {"operationId": "get", "responses": {"200": content}}}}
    contract = Contract(Document({"openapi": "3.1.0", "servers": [{"url": "https://toy.example"}], "paths": paths}))
    answer = Responder(contract).respond(Request("GET", "https://toy.example/t"))
    assert answer.body == b'data: {"n": 1}\n\ndata: {"n": 2}\n\n'
    assert contract.check_response(answer, operation="get") == []
    wrong = Response(200, answer.headers, b'data: {"n": 1}\n\ndata: {"n": 0}\n\n')
    assert [v.where for v in contract.check_response(wrong, operation="get")] == ["event[1].n"]


@pytest.mark.parametrize("written", ['{"n": 1}', '{"n": 1}\n'])
def test_a_stream_that_is_written_as_a_string_ends(written: str) -> None:
    """The example of a stream is its text, and may leave out the last line end."""
    content = MediaType("application/x-ndjson", RECORD, "/m", "/m/schema", {}, {})
    encoded = media.codec(content.name).encode(written, media.Context(Document({"openapi": "3.1.0"}), content))
    assert encoded.bytes == b'{"n": 1}\n'


@pytest.mark.parametrize(
    ("instance", "written"),
    [
        ([{"a": "é"}, 1], b'{"a": "\\u00e9"}\n1\n'),
        (({"a": 1}, 2), b'{"a": 1}\n2\n'),
        ({"a": 1}, b'{"a": 1}\n'),
        ([], b""),
        ('{"a": 1}\n\n', b'{"a": 1}\n'),
        (b"as it is", b"as it is"),
    ],
)
def test_a_stream_is_written(instance: Any, written: bytes) -> None:
    content = MediaType("application/x-ndjson", None, "", "", {}, {})
    document = Document({"openapi": "3.1.0"})
    found = media.codec(content.name).encode(instance, media.Context(document, content))
    assert (found.content, found.content_type) == (written, content.name)
    with pytest.raises(ValueError, match="not JSON compliant"):
        media.codec(content.name).encode([float("nan")], media.Context(document, content))


def test_the_first_event_of_a_body_is_no_mark_and_may_be_cut_off() -> None:
    lines = media.framing_of(Document({"openapi": "3.1.0"}), MediaType("application/jsonl", None, "", "", {}, {}))
    assert lines.first(b"\n{}\n[]") == b"{}"
    assert lines.first(b'{"a": ') == b'{"a": '
    with pytest.raises(ValueError, match="no event"):
        lines.first(b"\n \n")
    assert lines.pieces(b"1\n\n2\n3") == [b"1\n", b"\n2\n", b"3"]
    with pytest.raises(LookupError, match="text/csv is not a stream of events"):
        media.framing_of(Document({"openapi": "3.1.0"}), MediaType("text/csv", None, "", "", {}, {}))


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["application/x-ndjson", "text/csv", "a/b+json"], "a/b+json"),
        (["application/x-ndjson", "text/csv"], "text/csv"),
        (["application/x-ndjson"], "application/x-ndjson"),
        (["text/csv", "image/png"], "text/csv"),
        ([], None),
    ],
)
def test_json_is_preferred_and_a_stream_comes_last(names: list[str], chosen: str | None) -> None:
    found = media.preferred({name: MediaType(name, None, "", "", {}, {}) for name in names})
    assert (None if found is None else found.name) == chosen


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("a/b+c+json", "application/json"),
        ("text/json", "application/json"),
        ("application/json; charset=utf-8", "application/json"),
        ("TEXT/CSV; a=b", "text/*"),
        ("text/x+json", "application/json"),
        ("text/x+xml", "text/*"),
        ("application/json+xml", "*/*"),
        ("image/png", "*/*"),
        ("", "*/*"),
    ],
)
def test_a_codec_is_found_by_name_suffix_or_range(name: str, like: str) -> None:
    assert type(media.codec(name)) is type(media.CODECS[like])


@pytest.mark.parametrize(
    ("instance", "written"),
    [
        ({"a": "é\u2028😀", "b": [1, None]}, '{"a":"é\u2028😀","b":[1,null]}'),
        ("a", '"a"'),
        (1.0, "1.0"),
        (None, "null"),
        ("\x7f\n", '"\x7f\\n"'),
    ],
)
def test_json_is_written_in_utf_8_without_spaces(instance: Any, written: str) -> None:
    """Any media type of JSON is; what JSON has no word for, and half a surrogate pair, is refused."""
    document = Document({"openapi": "3.1.0"})
    for name in ("application/json", "application/a+json", "text/json; charset=utf-8"):
        codec = media.codec(name)
        context = media.Context(document, MediaType(name, None, "", "", {}, {}))
        assert codec.encode(instance, context) == media.Encoded(written.encode(), name)
        for wrong in (float("nan"), [float("-inf")], "\ud800"):
            with pytest.raises(ValueError, match=r"not JSON compliant|surrogates not allowed"):
                codec.encode(wrong, context)


@pytest.mark.parametrize(
    ("name", "instance", "written", "content_type"),
    [
        ("text/plain", "é", "é".encode(), "text/plain"),
        ("text/plain", 1.5, b"1.5", "text/plain"),
        ("text/plain", True, b"true", "text/plain"),
        ("text/plain", b"\xff", b"\xff", "text/plain"),
        ("image/png", b"\xff", b"\xff", "image/png"),
        ("image/*", b"\xff", b"\xff", media_types.concrete("image/*")),
        ("*/*", {"a": "é"}, '{"a":"é"}'.encode(), media_types.concrete("*/*")),
    ],
)
def test_what_is_no_json_is_written_as_it_is(name: str, instance: Any, written: bytes, content_type: str) -> None:
    """A range stands for a media type, which a message cannot have as it is."""
    context = media.Context(Document({"openapi": "3.1.0"}), MediaType(name, None, "", "", {}, {}))
    assert media.codec(name).encode(instance, context) == media.Encoded(written, content_type)
    assert "*" not in content_type


@pytest.mark.parametrize(
    ("schema", "charset", "body", "instance", "fault"),
    [
        ({"type": "string"}, None, "é".encode(), "é", ""),
        ({"type": "integer"}, None, b"5", 5, ""),
        ({"type": "null"}, None, b"", None, ""),
        ({}, None, b"5", "5", ""),
        ({"type": "string"}, "latin-1", b"\xe9", "é", ""),
        ({"type": "string"}, None, b"\xe9", media.UNREAD, ""),
        ({"type": "string"}, "utf-8", b"\xe9", media.UNREAD, "the text is not in the charset 'utf-8'"),
        ({"type": "string"}, "none-such", b"a", media.UNREAD, "the text is not in the charset 'none-such'"),
        ({"type": "string", "format": "binary"}, None, b"a", media.UNREAD, ""),
        ({"type": "array"}, None, b"a", media.UNREAD, ""),
        ({"type": ["array", "integer"]}, None, b"5", 5, ""),
        (None, None, b"a", media.UNREAD, ""),
    ],
)
def test_a_text_is_read_by_its_charset_if_it_is_a_scalar(
    schema: Any, charset: str | None, body: bytes, instance: Any, fault: str
) -> None:
    """Bytes that are not UTF-8 may be in any charset if the header names none, so that is no fault."""
    options = {} if charset is None else {"charset": charset}
    content = MediaType("text/plain", schema, "/m", "/m/schema", {}, {})
    found, faults = media.codec("text/plain").decode(
        b"" + body, media.Context(Document({"openapi": "3.1.0"}), content, options)
    )
    assert (found, [one.message for one in faults]) == (instance, [fault] if fault else [])
    assert {(one.where, one.rule, one.pointer) for one in faults} <= {("body", "encoding", "/m")}


@pytest.mark.parametrize(
    ("charset", "fault"),
    [("utf-8", ""), ("UTF8", ""), ("US-ASCII", ""), ("latin-1", "not latin-1"), ("UTF-16", "not UTF-16")],
)
def test_json_is_utf_8_whatever_its_header_says(charset: str, fault: str) -> None:
    """RFC 8259, section 8.1; a response is read without a look at that."""
    content = MediaType("application/json", True, "/m", "/m/schema", {}, {})
    context = media.Context(Document({"openapi": "3.1.0"}), content, {"charset": charset})
    found, faults = media.codec("application/json").decode(b"[1]", context)
    assert (found is media.UNREAD) is bool(fault)
    assert [(one.where, one.rule, one.message) for one in faults] == (
        [("header.content-type", "encoding", f"JSON is UTF-8 (RFC 8259, section 8.1), {fault}")] if fault else []
    )
    assert media.codec("application/json").decode(b"[1]", context._replace(strict=False)) == ([1], [])
