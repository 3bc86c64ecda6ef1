"""Laws of the wire: decode undoes encode, at any boundary, and nothing in a value can break out of its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apicontract.openapi import media_types
from apicontract.openapi.document import Document, Streaming
from apicontract.openapi.facts import Shape
from apicontract.wire import forms, multipart, parameters, scalars
from apicontract.wire.faults import EncodeError
from apicontract.wire.multipart import Multipart, Part
from apicontract.wire.ndjson import Lines, Order
from apicontract.wire.parameters import decode_query
from twelvelabs_contract import Contract, Headers, Request

STYLES = Document(
    json.loads(
        """
{"openapi": "3.1.0", "paths": {"/things/{id}": {"get": {"operationId": "get", "parameters": [
  {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
  {"name": "many", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
  {"name": "csv", "in": "query", "explode": false, "schema": {"type": "array", "items": {"type": "string"}}},
  {"name": "pipes", "in": "query", "style": "pipeDelimited", "explode": false,
   "schema": {"type": "array", "items": {"type": "integer"}}},
  {"name": "spaces", "in": "query", "style": "spaceDelimited", "explode": false,
   "schema": {"type": "array", "items": {"type": "string"}}},
  {"name": "deep", "in": "query", "style": "deepObject", "schema": {"type": "object",
   "additionalProperties": {"type": "string"}}},
  {"name": "flat", "in": "query", "explode": false, "schema": {"type": "object",
   "additionalProperties": {"type": "number"}}},
  {"name": "open", "in": "query", "schema": {"type": "object",
   "additionalProperties": {"type": ["boolean", "string"]}}},
  {"name": "X-Ids", "in": "header", "schema": {"type": "array", "items": {"type": "integer"}}}
]}}}}
"""
    )
)
GET = STYLES.operations["get"]

# A lone surrogate is no Unicode text and has no UTF-8 form; everything else is fair.
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
WORDS = TEXT.filter(lambda word: word not in ("true", "false"))
NUMBERS = st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
KEYS = TEXT.filter(lambda key: key != "" and "[" not in key and key not in {p.name for p in GET.parameters})


DOTS = ("", ".", "..")


@given(TEXT.filter(lambda identifier: identifier not in DOTS))
def test_any_text_is_one_path_segment(identifier: str) -> None:
    """A path parameter reads back equal, whatever it holds."""
    path = parameters.encode_path(GET, {"id": identifier})
    assert path.isascii()
    segment = path.removeprefix("/things/")
    assert not set("/?#") & set(segment)
    assert parameters.decode_path(STYLES, GET, {"id": segment}) == ({"id": identifier}, [])


@pytest.mark.parametrize("identifier", DOTS)
def test_a_path_value_that_would_reach_another_path_is_refused(identifier: str) -> None:
    with pytest.raises(EncodeError, match=r"path\.id: .*another path"):
        parameters.encode_path(GET, {"id": identifier})


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "many": st.lists(TEXT, min_size=1),
            "csv": st.lists(TEXT, min_size=1).filter(lambda items: items != [""]),
            "pipes": st.lists(st.integers(), min_size=1),
            "spaces": st.lists(TEXT.filter(lambda item: " " not in item), min_size=1).filter(
                lambda items: items != [""]
            ),
            "deep": st.dictionaries(TEXT.filter(lambda key: "]" not in key), TEXT, min_size=1),
            "flat": st.dictionaries(TEXT, NUMBERS, min_size=1),
            "open": st.dictionaries(KEYS, WORDS | st.booleans(), min_size=1),
        },
    )
)
def test_a_query_reads_back_equal(values: dict[str, Any]) -> None:
    """In every style, for any text: separators, percent signs and brackets inside a value are only text."""
    query = parameters.encode_query(GET, values)
    assert query.isascii()
    assert decode_query(STYLES, GET, query) == (values, [])


def test_an_item_that_holds_its_delimiter_is_refused() -> None:
    with pytest.raises(EncodeError, match="the delimiter"):
        parameters.encode_query(GET, {"spaces": ["a b"]})


@given(st.lists(st.integers(), min_size=1))
def test_a_header_reads_back_equal(values: list[int]) -> None:
    fields = dict(parameters.encode_headers(GET, {"X-Ids": values}))
    declared = tuple(GET.parameters_in("header"))
    assert parameters.decode_headers(STYLES, declared, fields) == ({"X-Ids": values}, [])


@pytest.mark.parametrize("value", ["a\r\nx-api-key: b", "a\nb", "\x00"])
def test_a_header_value_cannot_begin_another_header(value: str) -> None:
    with pytest.raises(EncodeError, match="control characters"):
        parameters.encode_headers(GET, {"X-Ids": [value]})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), {"a": 1}, [1], b"x"])
def test_what_has_no_text_form_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match=r"no JSON number|no text form"):
        scalars.encode(value)


@given(NUMBERS)
def test_a_number_reads_back_equal(value: float) -> None:
    assert scalars.decode(scalars.encode(value), Shape(STYLES, {"type": "number"}, "")) == value


@pytest.mark.parametrize(
    "word", ["", "01", "+1", "1.", ".5", "1e", "0x10", "1_000", "NaN", "Infinity", "1e999", "\u0661"]
)
def test_what_json_does_not_call_a_number_stays_text(word: str) -> None:
    assert scalars.decode(word, Shape(STYLES, {"type": "number"}, "")) == word


def test_a_metadata_key_cannot_overwrite_a_parameter(contract: Contract) -> None:
    """A filter on a key that is also a parameter has no wire form of its own (ledger A4b)."""
    operation = contract.operation("indexes.videos.list")
    with pytest.raises(EncodeError, match="'filename', 'page' would overwrite"):
        parameters.encode_query(operation, {"user_metadata": {"page": 3, "filename": "x", "own": 1}})


# Multipart

# A name that spells an escape itself is read as what the escape stands for, as browsers have it.
FILE_NAMES = TEXT.filter(lambda name: not any(escape in name for escape in ("%22", "%0D", "%0A")))
PARTS = st.lists(st.builds(Part, FILE_NAMES, st.binary(), st.none() | FILE_NAMES, st.none() | st.just("image/png")))


@given(PARTS)
def test_parts_read_back_equal(parts: list[Part]) -> None:
    body = b"".join(Multipart(parts, "b0undary").chunks())
    assert multipart.parse(body, "b0undary") == parts


@given(PARTS, st.text("abc'()+_,-./:=?0123", min_size=1, max_size=70))
def test_the_length_is_known_before_the_first_byte(parts: list[Part], boundary: str) -> None:
    whole = Multipart(parts, boundary)
    assert whole.length == sum(map(len, whole.chunks()))


@given(st.lists(st.tuples(st.text("abc-_ ", min_size=1).map(str.strip).filter(bool), st.binary()), min_size=1))
def test_an_independent_parser_sees_the_same_parts(fields: list[tuple[str, bytes]]) -> None:
    """The standard library's MIME parser, which nobody here wrote, finds every part whole."""
    whole = Multipart([Part(name, content, "f.bin", "application/octet-stream") for name, content in fields], "xyz-123")
    head = f"Content-Type: {whole.content_type}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + b"".join(whole.chunks()))
    found = [(part.get_param("name", header="content-disposition"), part) for part in message.iter_parts()]
    assert [name for name, _ in found] == [name for name, _ in fields]
    for (_, part), (_, content) in zip(found, fields, strict=True):
        # That parser reads lines, so it cannot tell the line ends inside binary content apart.
        assert _lines(part.get_payload(decode=True)) == _lines(content)


def _lines(content: Any) -> list[bytes]:
    return bytes(content).splitlines()


@given(TEXT, TEXT)
def test_no_name_can_begin_a_header_or_a_part(name: str, filename: str) -> None:
    head = Part(name, b"", filename, "image/png").head()
    assert head.count(b"\r\n") == 3
    assert b"\r" not in head.replace(b"\r\n", b"")
    assert b"\n" not in head.replace(b"\r\n", b"")


def test_a_content_type_cannot_begin_a_header() -> None:
    with pytest.raises(ValueError, match="control characters"):
        Part("a", b"", "f", "image/png\r\nX: y").head()


def test_content_may_hold_the_boundary() -> None:
    """Text that looks like the delimiter is content, unless it is the delimiter to the letter."""
    content = b"--xyz inside\r\n--xyzz\r\n--xy"
    assert multipart.parse(b"".join(Multipart([Part("a", content)], "xyz").chunks()), "xyz") == [Part("a", content)]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "does not begin"),
        (b"junk\r\n--b\r\n", "does not begin"),
        (b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n", "closing boundary"),
        (b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--\r\nmore", "follows the closing boundary"),
        (b"--b\r\na: b\r\n--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--", "no empty line"),
        (b'--b\r\nContent-Disposition: form-data; name="a\r\n\r\nx\r\n--b--\r\n', "with a name"),
        (b"--b\r\nContent-Disposition: form-data; name=a b\r\n\r\nx\r\n--b--\r\n", "with a name"),
        (b"--b\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--b--\r\n", "with a name"),
        (
            b"--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            b"eA==\r\n--b--\r\n",
            "no transfer encoding",
        ),
        (b"--b\r\n--b--\r\n", "no empty line"),
        (b"--b\nContent-Disposition: form-data; name=a\n\nx\n--b--\n", "does not begin"),
        (b"--b\r\nContent-Disposition: form-data; name=a\r\nx\r\n--b--\r\n", "no empty line"),
        (b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n", "with a name"),
        (b"--b\r\nno colon\r\n\r\nx\r\n--b--\r\n", "no header line"),
    ],
)
def test_a_body_outside_the_grammar_is_told(body: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        multipart.parse(body, "b")


@pytest.mark.parametrize(
    "body",
    [
        b"\r\n--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--",
        b'--b \t\r\ncontent-disposition:Form-Data ; Name = "a" ;\r\n\r\nx\r\n--b-- \r\n\r\n',
        b"--b\r\nContent-Disposition: form-data; name*=utf-8'en'%61\r\n\r\nx\r\n--b--\r\n",
    ],
)
def test_the_spellings_that_the_grammar_leaves_open_are_read(body: bytes) -> None:
    assert multipart.parse(body, "b") == [Part("a", b"x")]


def test_hostile_parts_cost_no_more_than_their_length() -> None:
    """Backslashes in a name and lines that almost are delimiters: what was exponential and quadratic once."""
    part = b'--b\r\nContent-Disposition: form-data; name="' + b"\\" * 50_001 + b'"\r\n\r\nx\r\n--b--\r\n'
    with pytest.raises(ValueError, match="with a name"):
        multipart.parse(part, "b")
    content = b"\r\n--bx" * 200_000
    (found,) = multipart.parse(b"".join(Multipart([Part("a", content)], "b").chunks()), "b")
    assert found.content == content


@given(st.binary(), st.sampled_from(["b", "", "é", "x" * 71]))
def test_no_bytes_crash_the_parser(body: bytes, boundary: str) -> None:
    for whole in (body, b"--b\r\n" + body, b"--b\r\n" + body + b"\r\n--b--\r\n"):
        try:
            multipart.parse(whole, boundary)
        except ValueError:
            continue


class Pieces:
    """A source of pieces that counts how often it is read."""

    length = 6

    def __init__(self) -> None:
        self.reads = 0

    def chunks(self) -> Iterator[bytes]:
        self.reads += 1
        yield from (b"abc", b"def")


def test_a_source_is_read_piece_by_piece_and_again_for_a_retry() -> None:
    source = Pieces()
    whole = Multipart([Part("f", source, "f.bin")], "b")
    assert source.reads == 0
    first, second = b"".join(whole.chunks()), b"".join(whole.chunks())
    assert first == second
    assert len(first) == whole.length
    assert source.reads == 2


# Forms

FIELDS = st.fixed_dictionaries(
    {"index_id": TEXT.filter(bool), "search_options": st.lists(st.sampled_from(["visual", "audio"]), min_size=1)},
    optional={
        "query_text": TEXT,
        "adjust_confidence_level": st.floats(0, 1),
        "page_limit": st.integers(1, 50),
        "include_user_metadata": st.booleans(),
        "filter": st.just('{"a": 1}'),
    },
)


@given(FIELDS)
def test_a_form_reads_back_equal(values: dict[str, Any]) -> None:
    """Repeated parts, lower-case booleans, numbers and text: the instance that was sent is the one that arrives."""
    contract = Contract.load()
    body = contract.operation("search.create").request_body
    assert body
    content = body.content["multipart/form-data"]
    parts = forms.encode_form(contract.document, content, values)
    assert {part.content for part in parts if part.name == "include_user_metadata"} <= {b"true", b"false"}
    sent = b"".join(Multipart(parts, "b").chunks())
    assert forms.decode_multipart(contract.document, content, sent, "b") == (values, [])


# NDJSON

EVENTS = st.lists(
    st.text(st.characters(exclude_categories=["Cs"], include_characters="\u2028\u0085\x0c\x1e")), max_size=6
)


@given(EVENTS, st.data())
def test_events_arrive_whole_however_the_stream_is_cut(texts: list[str], data: st.DataObject) -> None:
    """At any byte: inside a character, between CR and LF, with blank lines, without a final newline."""
    ending = data.draw(st.sampled_from(["\n", "\r\n", "\n\n", "\r\n \r\n"]))
    encode = [json.dumps(item, ensure_ascii=data.draw(st.booleans())) for item in texts]
    stream = ending.join(encode).encode() + data.draw(st.sampled_from([b"", ending.encode()]))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    lines = Lines()
    found: list[tuple[int, bytes]] = []
    for start, stop in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += lines.feed(stream[start:stop])
    found += lines.close()
    assert [json.loads(line) for _, line in found] == texts
    assert [number for number, _ in found] == [1 + i * ending.count("\n") for i in range(len(texts))]


def test_line_numbers_count_blank_lines() -> None:
    lines = Lines()
    assert [*lines.feed(b"\n\n1\n \n2\n3"), *lines.close()] == [(3, b"1"), (5, b"2"), (6, b"3")]


def test_the_order_of_events_is_followed() -> None:
    order = Order(Streaming("stream", "start", "end"), "/paths/x")
    assert order.event(0, "start", 1) is None
    assert order.event(1, "text", 2) is None
    assert order.end(2, 2)
    assert order.event(2, "end", 3) is None
    assert order.complete
    assert order.end(3, 3) is None
    assert order.event(3, "text", 4)


# Media types and headers


@pytest.mark.parametrize(
    ("header", "name", "options"),
    [
        ("application/json", "application/json", {}),
        ("Application/JSON ; Charset=UTF-8", "application/json", {"charset": "UTF-8"}),
        ('multipart/form-data; boundary="a;b"', "multipart/form-data", {"boundary": "a;b"}),
        ("", "", {}),
    ],
)
def test_a_content_type_is_split(header: str, name: str, options: dict[str, str]) -> None:
    assert media_types.parse(header) == (name, options)


def test_headers_are_found_in_any_case_and_shown_without_values() -> None:
    headers = Headers([("X-Api-Key", "tlk_secret"), ("Accept", "a"), ("accept", "b")])
    assert headers.get("x-api-key") == "tlk_secret"
    assert headers.get("ACCEPT") == "a, b"
    assert headers.get("none") is None
    assert "tlk_secret" not in repr(Request("GET", "https://example.com", headers))
