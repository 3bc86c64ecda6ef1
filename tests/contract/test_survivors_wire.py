"""Claims of the wire that planted faults once survived (`make mutants`): each catches one that nothing else caught."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi import media_types
from apicontract.openapi.facts import Shape, shape_at
from apicontract.wire import forms, multipart, parameters, scalars
from apicontract.wire.faults import EncodeError
from apicontract.wire.multipart import Multipart, Part
from apicontract.wire.parameters import decode_query
from tests.contract.test_recorded import BOUNDARY, Field, form
from tests.contract.things import GET, THING, THINGS
from twelvelabs_contract import Contract, Headers, Request, Response


def shape(schema: Any) -> Shape:
    return Shape(THINGS.document, schema, "")


def told(request: Request) -> list[tuple[str, str]]:
    return [(violation.where, violation.rule) for violation in THINGS.check_request(request)]


def get_thing(url: str = THING, **headers: str) -> list[tuple[str, str]]:
    return told(Request("GET", url, Headers({"x-key": "k", **headers})))


def send_form(*fields: Field) -> list[tuple[str, str]]:
    request = form("/forms", *fields)
    return told(Request("POST", "https://things.example/v1.0/forms", request.headers, request.body))


# Text


def test_the_type_of_a_text_is_what_its_schema_says() -> None:
    """Where nothing is said it stays text; empty text is null only where it cannot be text."""
    assert scalars.decode("5", shape(True)) == "5"
    assert scalars.decode("", shape({"type": ["string", "null"]})) == ""
    assert scalars.decode("", shape({"type": ["integer", "null"]})) is None
    assert scalars.decode("5", shape({"anyOf": [{"type": "string"}, {"type": "number"}]})) == 5
    assert scalars.decode("5", shape({"const": 5})) == 5


def test_null_is_admitted_only_in_so_many_words() -> None:
    assert not shape(True).nullable
    assert shape({"type": ["string", "null"]}).nullable


def test_the_first_declaration_of_a_property_counts() -> None:
    """And a closed object has no others, whatever its branches say."""
    twice = shape_at(THINGS.document, THINGS.document.schemas["Twice"], "/components/schemas/Twice")
    assert twice.property("x").types == {"integer"}
    assert twice.additional is None
    assert Shape(THINGS.document, {"properties": {"a/b": {}}}, "/s").property("a/b").pointer == "/s/properties/a~1b"


def test_media_types_are_found_by_name_suffix_and_range() -> None:
    assert media_types.is_json("application/problem+json")
    assert media_types.matches("image/png", "text/plain, image/*")
    assert not media_types.matches("image/png", "text/plain, audio/*")
    assert THINGS.check_payload("5", operation="get", status=200) != []
    answer = Response(201, Headers({"content-type": "text/html"}), b"<p>")
    assert THINGS.check_response(answer, operation="get") == []


# Parameters


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
    assert parameters.encode_query(GET, values) == query


def test_all_that_cannot_be_encoded_is_told() -> None:
    """Also in the text of the error."""
    with pytest.raises(EncodeError, match=r"query\.word: .*; query\.number: ") as caught:
        parameters.encode_query(GET, {"word": {"a": [1]}, "number": float("nan")})
    assert [fault.where for fault in caught.value.faults] == ["query.word", "query.number"]


@pytest.mark.parametrize("key", ["", "word", "word[x]"])
def test_a_key_that_reads_as_something_else_is_refused(key: str) -> None:
    with pytest.raises(EncodeError, match=r"query\.map: "):
        parameters.encode_query(GET, {"map": {key: 1}})


def test_a_plus_is_a_space_in_a_query_and_a_plus_in_a_path() -> None:
    """A form's reader takes it for a space (WHATWG URL, section 5.1); in a path it is only a character (RFC 3986)."""
    assert decode_query(THINGS.document, GET, "word=a+b%2Bc") == ({"word": "a b+c"}, [])
    assert parameters.decode_path(THINGS.document, GET, {"thing": "a+b%2Bc"}) == ({"thing": "a+b+c"}, [])


def test_a_query_is_read_by_its_types() -> None:
    """A number where one may be, an escaped comma as part of an item, an empty list from nothing."""
    assert decode_query(THINGS.document, GET, "rate=5&genre=a") == ({"map": {"rate": 5, "genre": "a"}}, [])
    assert decode_query(THINGS.document, GET, "csv=a%2Cb,c") == ({"csv": ["a,b", "c"]}, [])
    assert decode_query(THINGS.document, GET, "csv=") == ({"csv": []}, [])
    assert decode_query(THINGS.document, GET, "word=") == ({"word": ""}, [])


def test_a_valid_item_may_hold_a_comma() -> None:
    """Only an item that is no valid one by itself counts as several that were joined."""
    assert get_thing(f"{THING}?words=a,b") == []
    assert send_form(("words", "a,b")) == []


def test_names_in_a_query_may_be_escaped() -> None:
    assert get_thing(f"{THING}?nu%6Dber=x") == [("query.number", "type")]


def test_one_fault_does_not_hide_the_others() -> None:
    """And what follows from it is not told again."""
    assert get_thing(f"{THING}?number=x&number=y&kind=6") == [("query.number", "encoding"), ("query.kind", "const")]
    assert send_form(("word", "a"), ("word", "b"), ("other[]", "c"), ("a/b", "x")) == [
        ("form.word", "encoding"),
        ('form["a/b"]', "type"),
    ]


def test_path_headers_and_key_are_checked() -> None:
    """Each of two path parameters by its own schema, whatever the case of the method."""
    assert get_thing(THING.replace("/1", "/x")) == [("path.part", "type")]
    assert get_thing(word="x") == [("header.word", "enum")]
    assert get_thing(THING.replace("things.json", "things-json")) == [("path", "undeclared")]
    assert told(Request("get", THING, Headers({"x-key": "k"}))) == []
    assert told(Request("GET", THING)) == [("header.x-key", "missing")]
    assert send_form() == []


def test_a_parameter_is_known_by_name_and_place() -> None:
    """A header and a query parameter of the same name are two."""
    assert [p.location for p in GET.parameters if p.name == "word"] == ["header", "query"]


def test_a_base_url_ends_at_a_slash_and_stands_alone() -> None:
    """Neither a longer name nor the document's own servers are below it."""
    assert THINGS.document.servers == ("https://things.example/v1.0",)
    assert get_thing(THING.replace("v1.0", "v1.00")) == [("url", "undeclared")]
    elsewhere = Contract(THINGS.document, base_url="https://proxy.example/")
    assert elsewhere.find(Request("GET", THING)) is None
    assert elsewhere.find(Request("GET", THING.replace("things.example/v1.0", "proxy.example"))) is GET


# Forms


def test_an_object_in_a_form_is_json() -> None:
    body = THINGS.operation("form").request_body
    assert body
    content = body.content["multipart/form-data"]
    (part,) = forms.encode_form(THINGS.document, content, {"about": {"é": True}})
    assert part == Part("about", '{"é": true}'.encode())
    with pytest.raises(EncodeError, match=r"form\.about: "):
        forms.encode_form(THINGS.document, content, {"about": {"a": float("nan")}})
    assert send_form(("about", "{")) == [("form.about", "encoding")]


def test_a_part_has_the_media_type_that_is_declared() -> None:
    assert send_form(("scan", "x", "a.png", "image/png")) == []
    assert send_form(("scan", "x", "a.b", "A/B; c=d")) == []
    assert send_form(("scan", "x", "a.txt", "text/plain")) == [("form.scan", "media_type")]


def test_text_of_a_form_is_utf_8() -> None:
    body = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="word"\r\n\r\n'.encode() + b"\xff\r\n"
    headers = Headers({"content-type": f"multipart/form-data; boundary={BOUNDARY}"})
    request = Request("POST", "https://things.example/v1.0/forms", headers, body + f"--{BOUNDARY}--\r\n".encode())
    assert told(request) == [("form.word", "encoding")]


def test_an_empty_field_of_a_urlencoded_form_is_a_field() -> None:
    headers = Headers({"content-type": "application/x-www-form-urlencoded"})
    request = Request("POST", "https://things.example/v1.0/forms", headers, b"a%2Fb=&word=")
    assert told(request) == [('form["a/b"]', "type")]


@pytest.mark.parametrize("name", ["a\\b", "\\", 'a\\"b', "100%25", "%41", "%"])
def test_a_name_is_read_as_it_was_written(name: str) -> None:
    """No percent sign is touched but those of the three escapes."""
    parts = [Part(name, b"", name)]
    assert multipart.parse(b"".join(Multipart(parts, "b").chunks()), "b") == parts


def test_a_backslash_is_doubled() -> None:
    assert b'; name="a\\\\b"\r\n' in Part("a\\b", b"").head()


def test_a_boundary_is_a_line() -> None:
    """Its text inside a line divides nothing, and the last one is marked as such."""
    part = Part("a", b"x--b\r\ny")
    assert multipart.parse(b"".join(Multipart([part], "b").chunks()), "b") == [part]
    with pytest.raises(ValueError, match="the closing boundary is missing"):
        multipart.parse(b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b\r\n", "b")


def test_a_line_like_a_delimiter_may_begin_a_part() -> None:
    """A line that only begins like a delimiter, right after one, is the first header line of the part."""
    body = b"--b\r\n--bx: y\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--bz\r\n--b--\r\n"
    assert multipart.parse(body, "b") == [Part("a", b"\r\n--bz")]


def test_nothing_follows_the_closing_boundary() -> None:
    body = b"".join(Multipart([Part("a", b"")], "b").chunks())
    with pytest.raises(ValueError, match="closing boundary"):
        multipart.parse(body + body, "b")
