"""Parameters of every style are decoded to the encoded values, and no value can change its neighbours."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apicontract.openapi.document import Document, Parameter
from apicontract.openapi.facts import shape_at
from apicontract.wire import parameters
from apicontract.wire.faults import EncodeError
from apicontract.wire.parameters import decode_query
from apicontract.wire.styles import SEGMENT, style_of
from tests.support import other_document, things
from tests.support.editions import contract_2025_08
from tests.support.other_document import OTHER
from tests.support.styles import GET, STYLES
from tests.support.texts import NUMBERS, TEXT
from tests.support.things import THING, THINGS
from twelvelabs_contract import Contract, Headers, Request

WORDS = TEXT.filter(lambda word: word not in ("true", "false"))


KEYS = TEXT.filter(lambda key: key != "" and "[" not in key and key not in {p.name for p in GET.parameters})


DOTS = ("", ".", "..")


@example("a/b")
@example("a%2Fb")
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
            "range": NUMBERS | st.dictionaries(TEXT.filter(lambda key: "]" not in key), NUMBERS, min_size=1),
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


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"spaces": ["a b"]}, "query.spaces: an item cannot contain ' ', the delimiter"),
        ({"deep": {"a][b": "c"}}, "query.deep: a key cannot contain '][', which separates two keys"),
    ],
)
def test_what_would_be_read_as_something_else_is_refused(values: dict[str, Any], reason: str) -> None:
    with pytest.raises(EncodeError) as caught:
        parameters.encode_query(GET, values)
    assert str(caught.value) == reason


@given(st.lists(st.integers(), min_size=1))
def test_a_header_reads_back_equal(values: list[int]) -> None:
    fields = dict(parameters.encode_headers(GET, {"X-Ids": values}))
    declared = tuple(GET.parameters_in("header"))
    assert parameters.decode_headers(STYLES, declared, fields) == ({"X-Ids": values}, [])


@pytest.mark.parametrize("value", ["a\r\nx-api-key: b", "a\nb", "\x00"])
def test_a_header_value_cannot_begin_another_header(value: str) -> None:
    with pytest.raises(EncodeError, match="control characters"):
        parameters.encode_headers(GET, {"X-Ids": [value]})


def test_a_metadata_key_cannot_overwrite_a_parameter(contract: Contract) -> None:
    """A filter on a key that is also a parameter has no wire form of its own (ledger A4b)."""
    operation = contract.operation("indexes.videos.list")
    with pytest.raises(EncodeError, match="'filename', 'page' would overwrite"):
        parameters.encode_query(operation, {"user_metadata": {"page": 3, "filename": "x", "own": 1}})


@pytest.mark.parametrize(
    ("query", "value", "wrong"),
    [
        ("range=5", 5, 0),
        ("range[gte]=5&range[lt]=7.5", {"gte": 5, "lt": 7.5}, 0),
        ("range=many", "many", 0),
        ("range=5&range=6", 5, 1),
        ("range=5&range[lt]=7", {"lt": 7}, 1),
    ],
)
def test_one_parameter_may_be_a_number_or_an_object(query: str, value: Any, wrong: int) -> None:
    """A bare value is read beside `deepObject`; whether it fits is for the schema to say."""
    instance, faults = decode_query(STYLES, GET, query)
    assert instance == {"range": value}
    assert [(fault.where, fault.rule) for fault in faults] == [("query.range", "encoding")] * wrong


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/lists/1,2/x=1", []),
        ("/lists/1,b/x=b", [("path.ids[1]", "type"), ("path.point.x", "type")]),
        ("/lists/1/x=1?deep[a]=1&deep[b]=2&at=", []),
        ("/lists/1/x=1?deep[a]=1&deep[a]=2", [("query.deep", "encoding")]),
        ("/lists/1/x=1?deep%5Ba%5D=1&deep%5bb%5d=2&at=", []),
        ("/lists/1/x=1?deep[a]=x", [("query.deep.a", "type")]),
        ("/lists/1/x=1?deep%5Ba%5D=x", [("query.deep.a", "type")]),
        ("/lists/1/x=1?deep=1", [("query.deep", "encoding")]),
        ("/lists/1/x=1?deep[a=1", [('query["deep[a"]', "undeclared")]),
        ("/lists/1/x=1?at[]=1", [("query.at", "encoding")]),
        ("/lists/1/x=1?csv=a,b", []),
        ("/lists/1/x=1?csv=", []),
        ("/lists/1/x=1?csv=a&csv=b", [("query.csv", "encoding")]),
        (":443:x/", [("url", "undeclared")]),
    ],
)
def test_parameters_of_every_style_are_read(url: str, expected: list[tuple[str, str]]) -> None:
    assert other_document.reported(Request("GET", other_document.BASE + url, Headers({"X-Point": "x,1"}))) == expected


def test_the_same_metadata_key_twice_is_reported() -> None:
    contract = contract_2025_08()
    url = "https://api.twelvelabs.io/v1.3/indexes/i/videos?genre=a&genre=b"
    (violation,) = contract.check_request(Request("GET", url, Headers({"x-api-key": "k"})))
    assert (violation.where, violation.rule) == ("query.genre", "encoding")


def test_objects_in_paths_and_headers_are_written() -> None:
    operation = OTHER.operation("lists")
    assert parameters.encode_path(operation, {"ids": [1, 2], "point": {"x": 1}}) == "/lists/1,2/x=1"
    assert parameters.encode_headers(operation, {"X-Point": {"x": 1, "y": "a b"}}) == [("X-Point", "x,1,y,a b")]
    with pytest.raises(EncodeError, match="cannot be encoded here"):
        parameters.encode_path(operation, {"ids": [[]], "point": {}})
    with pytest.raises(EncodeError, match=r"path\.ids: 'ids' is missing"):
        parameters.encode_path(operation, {"point": {"x": 1}})
    with pytest.raises(EncodeError, match="not a JSON number"):
        parameters.encode_query(GET, {"flat": {"a": float("nan")}})


def test_a_json_parameter_is_written() -> None:
    parameter = {"name": "q", "in": "query", "content": {"application/json": {"schema": {}}}}
    header = {"name": "X-Q", "in": "header", "content": {"application/json": {"schema": {}}}}
    raw = {"openapi": "3.1.0", "paths": {"/a": {"get": {"operationId": "a", "parameters": [parameter, header]}}}}
    operation = Document(raw).operations["a"]
    assert parameters.encode_query(operation, {"q": {"a b": [1]}}) == "q=%7B%22a%20b%22%3A%20%5B1%5D%7D"
    assert parameters.encode_headers(operation, {"X-Q": [1]}) == [("X-Q", "[1]")]


def test_a_parameter_may_be_json() -> None:
    """A parameter with `content` holds JSON text, which is read and checked."""
    schema = {"type": "object", "properties": {"n": {"type": "integer"}}}
    parameter = {"name": "q", "in": "query", "content": {"application/json; charset=utf-8": {"schema": schema}}}
    contract = Contract(
        Document({"openapi": "3.1.0", "paths": {"/a": {"get": {"parameters": [parameter]}}}}),
        base_url="https://a.example",
    )

    def messages(query: str) -> list[tuple[str, str]]:
        return [(v.where, v.rule) for v in contract.check_request(Request("GET", f"https://a.example/a?{query}"))]

    assert messages("q=%7B%22n%22:1%7D") == []
    assert messages("q=%7B%22n%22:%22x%22%7D") == [("query.q.n", "type")]
    assert messages("q=oops") == [("query.q", "encoding")]


@pytest.mark.parametrize(
    ("values", "query"),
    [
        ({"word": "a&b=c d+é%"}, "word=a%26b%3Dc%20d%2B%C3%A9%25"),
        ({"words": ["a,b", "c"]}, "words=a%2Cb&words=c"),
        ({"csv": ["a,b", "c"]}, "csv=a%2Cb,c"),
        ({"map": {"a b": "c d"}}, "a%20b=c%20d"),
    ],
)
def test_a_query_has_one_spelling(values: dict[str, Any], query: str) -> None:
    """Every reserved character of a value is escaped, and a space is %20, which every reader takes for one."""
    assert parameters.encode_query(things.GET, values) == query


def test_all_that_cannot_be_encoded_is_reported() -> None:
    """Also in the text of the error."""
    with pytest.raises(EncodeError, match=r"query\.word: .*; query\.number: ") as caught:
        parameters.encode_query(things.GET, {"word": {"a": [1]}, "number": float("nan")})
    assert [fault.where for fault in caught.value.faults] == ["query.word", "query.number"]


@pytest.mark.parametrize("key", ["", "word", "word[x]"])
def test_a_key_that_reads_as_something_else_is_refused(key: str) -> None:
    with pytest.raises(EncodeError, match=r"query\.map: "):
        parameters.encode_query(things.GET, {"map": {key: 1}})


def test_a_plus_is_a_space_in_a_query_and_a_plus_in_a_path() -> None:
    """A form's reader takes it for a space (WHATWG URL, section 5.1); in a path it is only a character (RFC 3986)."""
    assert decode_query(THINGS.document, things.GET, "word=a+b%2Bc") == ({"word": "a b+c"}, [])
    assert parameters.decode_path(THINGS.document, things.GET, {"thing": "a+b%2Bc"}) == ({"thing": "a+b+c"}, [])


def test_a_query_is_read_by_its_types() -> None:
    """A number where one may be, an escaped comma as part of an item, an empty list from nothing."""
    assert decode_query(THINGS.document, things.GET, "rate=5&genre=a") == ({"map": {"rate": 5, "genre": "a"}}, [])
    assert decode_query(THINGS.document, things.GET, "csv=a%2Cb,c") == ({"csv": ["a,b", "c"]}, [])
    assert decode_query(THINGS.document, things.GET, "csv=") == ({"csv": []}, [])
    assert decode_query(THINGS.document, things.GET, "word=") == ({"word": ""}, [])


def test_a_valid_item_may_hold_a_comma() -> None:
    """Only an item that is no valid one by itself counts as several that were joined."""
    assert things.get_thing(f"{THING}?words=a,b") == []
    assert things.send_form(("words", "a,b")) == []


def test_names_in_a_query_may_be_escaped() -> None:
    assert things.get_thing(f"{THING}?nu%6Dber=x") == [("query.number", "type")]


def test_a_cookie_that_cannot_be_written_is_refused_and_written_as_it_is_where_that_is_wanted() -> None:
    """Keys and values alternate: a key without a value, and one that comes twice, are in no object."""
    schema = {"type": "array", "items": {"type": "string"}}
    declared = [{"name": name, "in": "cookie", "explode": False, "schema": schema} for name in ("one", "two", "three")]
    get = {"operationId": "get", "parameters": declared, "responses": {}}
    operation = Document({"openapi": "3.1.0", "paths": {"/a": {"get": get}}}).operations["get"]
    values = {"one": [["a"]], "two": ["b"], "three": [{"c": []}]}
    with pytest.raises(EncodeError) as caught:
        parameters.encode_cookies(operation, values)
    assert [fault.where for fault in caught.value.faults] == ["cookie.one", "cookie.three"]
    ((name, written),) = parameters.encode_cookies(operation, values, lenient=True)
    assert (name, written.count(";")) == ("Cookie", 2)
    assert "two=b" in written


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("flat=a", 'the last key, "a", has no value'),
        ("flat=a,1,b", 'the last key, "b", has no value'),
        ("flat=a,1,a,2", 'the key "a" is given twice'),
    ],
)
def test_no_member_of_an_object_is_lost(query: str, why: str) -> None:
    """Keys and values alternate: a key without a value, and one that comes twice, are in no object."""
    _, faults = decode_query(STYLES, GET, query)
    assert [(fault.where, fault.rule) for fault in faults] == [("query.flat", "encoding")]
    assert why in faults[0].message


@pytest.mark.parametrize(
    ("style", "explode", "raw"),
    [
        ("simple", False, "a"),
        ("simple", True, "a=1,b"),
        ("label", False, ".a,1,b"),
        ("label", True, ".a=1.b"),
        ("matrix", False, ";o=a"),
        ("matrix", True, ";a=1;a=2"),
    ],
)
def test_no_member_of_an_object_in_a_path_is_lost(style: str, explode: bool, raw: str) -> None:
    schema = {"type": "object"}
    parameter = Parameter("o", "path", True, style, explode, schema, "/o", "/o/schema")
    with pytest.raises(ValueError, match=r"has no|twice"):
        style_of(parameter).decode(parameter, shape_at(STYLES, schema, "/o/schema"), raw, SEGMENT)


def get_of(*declared: dict[str, Any], path: str = "/a") -> tuple[Document, Any]:
    """Return a document with one operation, and the operation."""
    get = {"operationId": "get", "parameters": list(declared), "responses": {}}
    document = Document({"openapi": "3.1.0", "paths": {path: {"get": get}}})
    return document, document.operations["get"]


COOKIES = (
    {"name": "one", "in": "cookie", "schema": {"type": "integer"}},
    {"name": "tw o", "in": "cookie", "explode": False, "schema": {"type": "array", "items": {"type": "integer"}}},
    {"name": "flat", "in": "cookie", "schema": {"type": "object", "properties": {"x": {"type": "integer"}, "y": {}}}},
    {
        "name": "whole",
        "in": "cookie",
        "explode": False,
        "schema": {"type": "object", "properties": {"z": {"type": "integer"}}},
    },
)


@pytest.mark.parametrize(
    ("header", "found", "faults"),
    [
        ("one=1; tw%20o=2,3", {"one": 1, "tw o": [2, 3]}, []),
        ('one="1";tw%20o="2,3"', {"one": 1, "tw o": [2, 3]}, []),
        (" one=1 ; other=2", {"one": 1}, []),
        ("x=1; x=2; y=a%3Bb", {"flat": {"x": 1, "y": "a;b"}}, []),
        ("z=1; whole=z,2", {"whole": {"z": 2}}, []),
        ("z=1", {}, []),
        ("one=1; one=2", {"one": 1}, ["given 2 times; one value is meant"]),
        ("One=1", {}, []),
        ("", {}, []),
    ],
)
def test_cookies_are_read_by_their_names(header: str, found: dict[str, Any], faults: list[str]) -> None:
    """Others are ignored; a member of an exploded object is a cookie of its own."""
    document, operation = get_of(*COOKIES)
    read, told = parameters.decode_cookies(document, operation, header)
    assert (read, [fault.message for fault in told]) == (found, faults)
    assert {fault.where for fault in told} <= {"cookie.one"}


def test_cookies_are_written_as_one_header() -> None:
    """RFC 6265, section 4.2.1: a semicolon and a space between them."""
    document, operation = get_of(*COOKIES)
    values = {"tw o": [2, 3], "one": 1, "flat": {"x": 4, "y": "a;b"}, "whole": {"z": 5}}
    written = parameters.encode_cookies(operation, values)
    assert written == [("Cookie", "one=1; tw%20o=2,3; x=4; y=a%3Bb; whole=z,5")]
    assert parameters.decode_cookies(document, operation, written[0][1]) == (values, [])
    assert parameters.encode_cookies(operation, {}) == []


@pytest.mark.parametrize(
    ("style", "schema", "value", "rule"),
    [
        ("simple", {"type": "array"}, ["."], "encoding"),
        ("simple", {"type": "array"}, [".."], "encoding"),
        ("simple", {"type": "array"}, [], "minLength"),
        ("simple", {"type": "string"}, "", "minLength"),
        ("simple", {"type": "string"}, "..", "encoding"),
        ("label", {"type": "array"}, [], "encoding"),
        ("label", {"type": "string"}, ".", "encoding"),
        ("simple", {"type": "string"}, None, "missing"),
    ],
)
def test_a_segment_that_would_reach_another_path_is_refused_however_it_is_written(
    style: str, schema: Any, value: Any, rule: str
) -> None:
    _, operation = get_of(
        {"name": "id", "in": "path", "required": True, "style": style, "schema": schema}, path="/a/{id}"
    )
    with pytest.raises(EncodeError) as caught:
        parameters.encode_path(operation, {"id": value})
    assert [(fault.where, fault.rule) for fault in caught.value.faults] == [("path.id", rule)]


@pytest.mark.parametrize(
    ("style", "value", "reason"),
    [
        ("pipeDelimited", {"a|b": 1}, "a member cannot contain '|', the delimiter"),
        ("pipeDelimited", {"a": "b|c"}, "a member cannot contain '|', the delimiter"),
        ("pipeDelimited", ["a|b"], "an item cannot contain '|', the delimiter"),
        ("spaceDelimited", {"a b": 1}, "a member cannot contain ' ', the delimiter"),
        ("spaceDelimited", ["a", "b c"], "an item cannot contain ' ', the delimiter"),
    ],
)
def test_neither_a_key_nor_a_value_may_have_a_delimiter_that_clients_escape(
    style: str, value: Any, reason: str
) -> None:
    _, operation = get_of({"name": "o", "in": "query", "style": style, "explode": False, "schema": {}})
    with pytest.raises(EncodeError) as caught:
        parameters.encode_query(operation, {"o": value})
    assert [(fault.where, fault.rule, fault.message) for fault in caught.value.faults] == [
        ("query.o", "encoding", reason)
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("b=1", {"two": {"b": 1}}),
        ("a=1", {"one": {"a": 1}}),
        ("c=1", {"three": {"c": "1"}}),
        ("both=1", {"one": {"both": 1}}),
        ("both=1&a=2&b=3", {"one": {"both": 1, "a": 2}, "two": {"b": 3}}),
    ],
)
def test_a_name_belongs_to_the_first_object_that_declares_it_else_to_one_that_is_open(
    query: str, found: dict[str, Any]
) -> None:
    number = {"type": "integer"}
    own = {
        "one": {"properties": {"a": number, "both": number}, "additionalProperties": False},
        "two": {"properties": {"b": number, "both": number}, "additionalProperties": False},
        "three": {},
    }
    document, operation = get_of(
        *({"name": name, "in": "query", "schema": {"type": "object", **schema}} for name, schema in own.items())
    )
    assert decode_query(document, operation, query) == (found, [])


NUMBER = {"type": "number"}
BOTH = "given both as one value and by its keys; give only one"


@pytest.mark.parametrize(
    ("other", "query", "found", "faults"),
    [
        (NUMBER, "r=5", 5, []),
        (NUMBER, "k=6", {"k": 6}, []),
        (NUMBER, "r=5&k=6", {"k": 6}, [BOTH]),
        (NUMBER, "k=6&r=5&m=7", {"k": 6, "m": 7}, [BOTH]),
        ({"type": "string"}, "r=5&k=6", {"k": 6}, [BOTH]),
        ({"type": "array", "items": NUMBER}, "r=5&r=6", [5, 6], []),
        ({"type": "array", "items": NUMBER}, "r=5&r=6&k=7", {"k": 7}, [BOTH]),
    ],
)
def test_an_exploded_parameter_may_be_an_object_or_another_value_and_is_one_of_them(
    other: Any, query: str, found: Any, faults: list[str]
) -> None:
    schema = {"anyOf": [other, {"type": "object", "additionalProperties": NUMBER}]}
    document, operation = get_of({"name": "r", "in": "query", "schema": schema})
    read, told = decode_query(document, operation, query)
    assert (read, [fault.message for fault in told]) == ({"r": found}, faults)
    assert {(fault.where, fault.rule) for fault in told} <= {("query.r", "encoding")}


def test_headers_that_cannot_be_encoded_are_written_as_they_are_where_that_is_wanted() -> None:
    """All of them, then, and those that are not declared, too."""
    _, operation = get_of(
        {"name": "X-A", "in": "header", "schema": {}},
        {"name": "X-B", "in": "header", "schema": {"type": "array"}},
        {"name": "X-C", "in": "header", "schema": {"type": "object"}},
    )
    good = {"X-C": {"k": 1}, "X-B": [1, "a"], "X-A": True, "X-Other": "o"}
    assert parameters.encode_headers(operation, good) == [("X-A", "true"), ("X-B", "1,a"), ("X-C", "k,1")]
    assert parameters.encode_headers(operation, good, lenient=True) == parameters.encode_headers(operation, good)
    bad = {**good, "X-A": "a\nb", "X-B": [[1]]}
    with pytest.raises(EncodeError) as caught:
        parameters.encode_headers(operation, bad)
    assert [(fault.where, fault.rule) for fault in caught.value.faults] == [
        ("header.X-A", "encoding"),
        ("header.X-B", "encoding"),
    ]
    assert parameters.encode_headers(operation, bad, lenient=True) == [
        ("X-C", '{"k": 1}'),
        ("X-B", "[[1]]"),
        ("X-A", "a\nb"),
        ("X-Other", "o"),
    ]


@pytest.mark.parametrize(
    ("raw", "wrong"),
    [
        ("", ""),
        ("a+b", ""),
        ("%C3%A9", ""),
        ("%c3%a9%25", ""),
        ("%", "a percent sign without two hexadecimal digits; write it as %25"),
        ("%4", "a percent sign without two hexadecimal digits; write it as %25"),
        ("a%%41", "a percent sign without two hexadecimal digits; write it as %25"),
        ("%g0", "a percent sign without two hexadecimal digits; write it as %25"),
        ("%C3", "the percent-encoded bytes are not UTF-8"),
        ("%ff%", "a percent sign without two hexadecimal digits; write it as %25"),
        ("%ED%A0%80", "the percent-encoded bytes are not UTF-8"),
    ],
)
def test_percent_encoding_that_is_none_is_reported_with_its_place(raw: str, wrong: str) -> None:
    assert (parameters.percent_fault(raw) or "") == wrong
    document, operation = get_of(
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "q é", "in": "query", "schema": {"type": "string"}},
        path="/a/{id}",
    )
    _, faults = decode_query(document, operation, f"q%20%C3%A9={raw}")
    assert [(fault.where, fault.rule, fault.message) for fault in faults] == (
        [("query.q é", "encoding", wrong)] if wrong else []
    )
    _, faults = parameters.decode_path(document, operation, {"id": raw})
    assert [(fault.where, fault.rule, fault.message) for fault in faults] == (
        [("path.id", "encoding", wrong)] if wrong else []
    )


@pytest.mark.parametrize("raw", [".", "..", "%2E", "%2e%2E", ".%2e"])
def test_a_dot_segment_that_arrives_is_reported_however_it_is_written(raw: str) -> None:
    document, operation = get_of(
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}, path="/a/{id}"
    )
    _, faults = parameters.decode_path(document, operation, {"id": raw})
    assert [fault.message for fault in faults] == [
        "a dot segment, which clients and servers treat as a step up the path"
    ]


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/a b/é", "/a%20b/%C3%A9"),
        ("/a%20b", "/a%20b"),
        ("/a:b@c!$&'()*+,;=~?d=e", "/a:b@c!$&'()*+,;=~?d=e"),
        ("/a#b", "/a"),
        ("/{id}#{id}", "/1%2F2"),
    ],
)
def test_a_template_is_sent_encoded_and_without_its_fragment(path: str, sent: str) -> None:
    _, operation = get_of({"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}, path=path)
    assert parameters.encode_path(operation, {"id": "1/2"}) == sent


@pytest.mark.parametrize(
    ("schema", "query", "found"),
    [
        ({"type": "integer"}, "p=", ""),
        ({"type": "integer"}, "p", ""),
        ({"type": "integer"}, "p=5", 5),
        ({"type": "array", "items": {"type": "string"}}, "p=", ""),
        ({"type": "array", "items": {"type": "string"}}, "p=&p=a", ["", "a"]),
        ({"type": "object"}, "p=", ""),
    ],
)
def test_a_parameter_that_may_be_empty_is_empty_if_it_is_given_once_and_so(schema: Any, query: str, found: Any) -> None:
    document, operation = get_of({"name": "p", "in": "query", "allowEmptyValue": True, "schema": schema})
    assert decode_query(document, operation, query) == ({"p": found}, [])


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("flat=", '"flat" is not how this is sent; write each key as a parameter of its own, key=value'),
        ("flat=1", '"flat" is not how this is sent; write each key as a parameter of its own, key=value'),
        ("flat[k]=1", '"flat[k]" is not how this is sent; write each key as a parameter of its own, key=value'),
        ("deep=1", '"deep" is not how this is sent; write deep[key]=value'),
        ("list[]=1", '"list[]" is not how this is sent; repeat the name, list=a&list=b'),
        ("one[x]=1", '"one[x]" is not how this is sent; write one=value'),
    ],
)
def test_a_name_that_is_spelt_otherwise_says_how_it_is_meant(query: str, message: str) -> None:
    schemas: dict[str, Any] = {
        "flat": {"schema": {"type": "object"}},
        "deep": {"schema": {"type": ["object", "null"]}, "style": "deepObject"},
        "list": {"schema": {"type": "array"}},
        "one": {"schema": {"type": "string"}},
    }
    document, operation = get_of(*({"name": name, "in": "query", **more} for name, more in schemas.items()))
    _, faults = decode_query(document, operation, query)
    name = query.partition("=")[0].partition("[")[0]
    assert [(fault.where, fault.rule, fault.message) for fault in faults] == [(f"query.{name}", "encoding", message)]
