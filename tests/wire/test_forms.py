"""Forms are decoded to the encoded values, in every encoding."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apicontract.openapi.document import Document, MediaType
from apicontract.wire import forms, scalars
from apicontract.wire.faults import EncodeError
from apicontract.wire.multipart import Multipart, Part
from tests.support import other_document, things
from tests.support.editions import contract_2025_08
from tests.support.other_document import OTHER
from tests.support.requests import BOUNDARY, Field, form
from tests.support.texts import TEXT
from tests.support.things import THINGS
from twelvelabs_contract import Headers, Request

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
    contract = contract_2025_08()
    body = contract.operation("search.create").request_body
    assert body
    content = body.content["multipart/form-data"]
    parts = forms.encode_form(contract.document, content, values)
    assert {part.content for part in parts if part.name == "include_user_metadata"} <= {b"true", b"false"}
    sent = b"".join(Multipart(parts, "b").chunks())
    assert forms.decode_multipart(contract.document, content, sent, "b") == (values, [])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"n=1&tags=1&tags=2&kind=a&about=%7B%22x%22:1%7D", []),
        (b"n=&kind=1", []),
        (b"n=x&tags=1,2", [("form.n", "type"), ("form.tags", "encoding")]),
        (b"about=x", [("form.about", "encoding")]),
        (b"n=%ff", [("form", "encoding")]),
        ("n=é".encode(), [("form", "encoding")]),
    ],
)
def test_urlencoded_forms_are_read(body: bytes, expected: list[tuple[str, str]]) -> None:
    headers = Headers({"content-type": "application/x-www-form-urlencoded"})
    assert other_document.reported(Request("POST", f"{other_document.BASE}/forms", headers, body)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([("icon", "x", "i.png", "image/png"), ("photo", "x", "p.jpg", "image/jpeg")], []),
        ([("photo", "x", "p.txt", "text/plain")], [("form.photo", "media_type")]),
        ([("n[]", "1")], [("form.n", "encoding")]),
        ([("about", '{"x": "1"}')], [("form.about.x", "type")]),
    ],
)
def test_forms_hold_files_and_objects(fields: list[Field], expected: list[tuple[str, str]]) -> None:
    request = form("/forms", *fields)
    assert (
        other_document.reported(Request("POST", f"{other_document.BASE}/forms", request.headers, request.body))
        == expected
    )


def test_a_field_that_is_no_utf_8_is_reported() -> None:
    body = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="n"\r\n\r\n'.encode() + b"\xff\r\n"
    headers = Headers({"content-type": f"multipart/form-data; boundary={BOUNDARY}"})
    request = Request("POST", f"{other_document.BASE}/forms", headers, body + f"--{BOUNDARY}--\r\n".encode())
    assert ("form.n", "encoding") in other_document.reported(request)


def test_an_object_in_a_form_is_written_as_json() -> None:
    body = OTHER.operation("forms").request_body
    assert body
    content = body.content["multipart/form-data"]
    (part,) = forms.encode_form(OTHER.document, content, {"about": {"x": 1}})
    assert part.content == b'{"x": 1}'
    with pytest.raises(EncodeError, match=r"form\.n: nan is not a JSON number"):
        forms.encode_form(OTHER.document, content, {"n": float("nan")})
    assert scalars.encode(None) == ""
    with pytest.raises(ValueError, match="not a multipart boundary"):
        Multipart([], "")


def test_an_object_in_a_form_is_json() -> None:
    body = THINGS.operation("form").request_body
    assert body
    content = body.content["multipart/form-data"]
    (part,) = forms.encode_form(THINGS.document, content, {"about": {"é": True}})
    assert part == Part("about", '{"é": true}'.encode())
    with pytest.raises(EncodeError, match=r"form\.about: "):
        forms.encode_form(THINGS.document, content, {"about": {"a": float("nan")}})
    assert things.send_form(("about", "{")) == [("form.about", "encoding")]


def test_a_part_has_the_media_type_that_is_declared() -> None:
    assert things.send_form(("scan", "x", "a.png", "image/png")) == []
    assert things.send_form(("scan", "x", "a.b", "A/B; c=d")) == []
    assert things.send_form(("scan", "x", "a.txt", "text/plain")) == [("form.scan", "media_type")]


def test_text_of_a_form_is_utf_8() -> None:
    body = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="word"\r\n\r\n'.encode() + b"\xff\r\n"
    headers = Headers({"content-type": f"multipart/form-data; boundary={BOUNDARY}"})
    request = Request("POST", "https://things.example/v1.0/forms", headers, body + f"--{BOUNDARY}--\r\n".encode())
    assert things.reported(request) == [("form.word", "encoding")]


def test_an_empty_field_of_a_urlencoded_form_is_a_field() -> None:
    headers = Headers({"content-type": "application/x-www-form-urlencoded"})
    request = Request("POST", "https://things.example/v1.0/forms", headers, b"a%2Fb=&word=")
    assert things.reported(request) == [('form["a/b"]', "type")]


STYLED = {
    "type": "object",
    "properties": {
        "tags": {"type": "array", "items": {"type": "string"}},
        "size": {"type": "object", "properties": {"w": {"type": "integer"}, "h": {"type": "integer"}}},
        "deep": {"type": "object", "properties": {"a": {"type": "string"}}},
        "name": {"type": "string"},
        "sizes": {"type": "array", "items": {"type": "integer"}},
    },
}


@pytest.mark.parametrize(
    ("encoding", "value", "written"),
    [
        ({"tags": {"style": "form", "explode": False}}, {"tags": ["a", "b c", "é"]}, [("tags", "a,b c,é")]),
        ({"tags": {"style": "pipeDelimited", "explode": False}}, {"tags": ["a", "b"]}, [("tags", "a|b")]),
        ({"sizes": {"style": "form", "explode": False}}, {"sizes": [1, 2]}, [("sizes", "1,2")]),
        ({"tags": {"style": "form"}}, {"tags": ["a", "b"]}, [("tags", "a"), ("tags", "b")]),
        ({"size": {"style": "form", "explode": False}}, {"size": {"w": 3, "h": 4}}, [("size", "w,3,h,4")]),
        ({"size": {"style": "form"}}, {"size": {"w": 3, "h": 4}}, [("w", "3"), ("h", "4")]),
        ({"deep": {"style": "deepObject"}}, {"deep": {"a": "x & y"}}, [("deep[a]", "x & y")]),
        ({"name": {"explode": True}}, {"name": "a,b"}, [("name", "a,b")]),
    ],
)
def test_a_field_with_a_style_is_written_as_a_query_would_be(
    encoding: dict[str, Any], value: dict[str, Any], written: list[tuple[str, str]]
) -> None:
    """But not percent-encoded: each part has its text as it is. It reads back equal."""
    kind = {"multipart/form-data": {"schema": STYLED, "encoding": encoding}}
    post = {"operationId": "send", "requestBody": {"content": kind}, "responses": {}}
    document = Document({"openapi": "3.1.0", "paths": {"/a": {"post": post}}})
    body = document.operations["send"].request_body
    assert body
    content = body.content["multipart/form-data"]
    parts = forms.encode_form(document, content, value)
    assert [(part.name, part.content) for part in parts] == [(name, text.encode()) for name, text in written]
    sent = b"".join(Multipart(parts, "b").chunks())
    assert forms.decode_multipart(document, content, sent, "b") == (value, [])


def test_an_item_with_the_delimiter_cannot_be_one_of_a_list_in_one_part() -> None:
    kind = {"multipart/form-data": {"schema": STYLED, "encoding": {"tags": {"style": "form", "explode": False}}}}
    post = {"operationId": "send", "requestBody": {"content": kind}, "responses": {}}
    document = Document({"openapi": "3.1.0", "paths": {"/a": {"post": post}}})
    body = document.operations["send"].request_body
    assert body
    with pytest.raises(EncodeError, match="an item cannot contain ',', the delimiter"):
        forms.encode_form(document, body.content["multipart/form-data"], {"tags": ["a,b"]})


def declared(schema: Any, encoding: Any = None) -> tuple[Document, MediaType]:
    """Declare a form."""
    return Document({"openapi": "3.1.0"}), MediaType(
        "multipart/form-data", schema, "/m", "/m/schema", encoding or {}, {}
    )


def test_a_style_says_how_a_field_is_written_and_no_media_type_does() -> None:
    """Items of their own may have commas, those joined by commas may not (OpenAPI 3.1, 4.8.15.1.2)."""
    words = {"type": "array", "items": {"type": "string"}}
    schema = {"type": "object", "properties": {"a": words, "b": words, "c": {"type": "string"}, "d": words}}
    other = {"explode": False, "contentType": "image/png"}
    encoding = {"a": {"style": "form"}, "b": other, "c": other, "d": {"style": "pipeDelimited"}}
    document, content = declared(schema, encoding)
    parts = forms.encode_form(document, content, {"a": ["x,y", "z"], "b": ["x", "y"]})
    assert [(part.name, part.content) for part in parts] == [("a", b"x,y"), ("a", b"z"), ("b", b"x,y")]
    assert [part.content for part in forms.encode_form(document, content, {"d": ["x", "y"]})] == [b"x|y"]
    more = (Part(name, b"x,y", None, "text/plain") for name in "bc")
    sent = b"".join(Multipart([*parts[:2], *more], "b").chunks())
    found = {"a": ["x,y", "z"], "b": ["x", "y"], "c": "x,y"}
    assert forms.decode_multipart(document, content, sent, "b") == (found, [])
    for name, value in (("b", ["x,y"]), ("b", ("x", "y,")), ("a", [{}])):
        with pytest.raises(EncodeError):
            forms.encode_form(document, content, {name: value})


def test_a_field_is_at_fault_once_however_many_parts_it_has() -> None:
    files = {"type": "array", "items": {"type": "string", "format": "binary"}}
    document, content = declared({"properties": {"f": files}})
    sent = b"".join(Multipart([Part("f", b"x"), Part("f", b"y")], "b").chunks())
    _, faults = forms.decode_multipart(document, content, sent, "b")
    assert [(fault.where, fault.rule) for fault in faults] == [("form.f", "encoding")]


def test_one_part_of_json_is_the_list_if_it_is_one() -> None:
    ids = {"type": "array", "items": {"type": "integer"}}
    document, content = declared({"properties": {"ids": ids}})
    for text, found in ((b"[5, 6]", [5, 6]), (b"5", [5]), (b"{}", ["{}"]), (b"[", ["["])):
        sent = b"".join(Multipart([Part("ids", text, None, "application/json")], "b").chunks())
        assert forms.decode_multipart(document, content, sent, "b")[0] == {"ids": found}


def test_a_field_that_is_called_as_the_charset_of_a_form_is_a_field_if_declared() -> None:
    own = {"properties": {"_charset_": {"type": "integer"}, "t": {"type": "string"}}}
    for schema, found in ((own, {"_charset_": 5, "t": "ü"}), ({"properties": {"t": {"type": "string"}}}, {"t": "ü"})):
        document, content = declared(schema)
        text = b"5" if schema is own else b" "
        sent = b"".join(Multipart([Part("_charset_", text), Part("t", "ü".encode())], "b").chunks())
        assert forms.decode_multipart(document, content, sent, "b") == (found, [])


STRING, INTEGER = {"type": "string"}, {"type": "integer"}
WORDS, NUMBERS = {"type": "array", "items": STRING}, {"type": "array", "items": INTEGER}
OBJECT = {"type": "object", "properties": {"w": INTEGER}}
JSON = "application/json"


@pytest.mark.parametrize(
    ("schema", "encoding", "parts", "found", "rule", "message"),
    [
        # Names
        (
            WORDS,
            {},
            [("a[]", b"x"), ("a[]", b"y")],
            ["x", "y"],
            "encoding",
            'the name "a[]" has brackets; repeat the name',
        ),
        (INTEGER, {}, [("a[x]", b"5")], 5, "encoding", 'the name "a[x]" has brackets; drop the brackets'),
        (INTEGER, {}, [("a", b"1"), ("a", b"2")], 1, "encoding", "given 2 times; one part is meant"),
        ({}, {}, [("a", b"1"), ("a", b"2")], ["1", "2"], "", ""),
        (OBJECT, {"style": "form"}, [("w", b"3")], {"w": 3}, "", ""),
        (
            OBJECT,
            {"style": "deepObject"},
            [("a[w]", b"3"), ("a[w]", b"4")],
            {"w": 3},
            "encoding",
            "a key is given 2 times; one part is meant",
        ),
        # Files
        (
            {"type": "string", "format": "binary"},
            {},
            [("a", b"x", "")],
            "",
            "encoding",
            "a file part needs a file name, or it looks like a text field",
        ),
        ({}, {}, [("a", b"x", "a.png", "image/png")], "a.png", "", ""),
        ({}, {}, [("a", b"x", None, "image/png")], "", "", ""),
        ({}, {}, [("a", b"x", None, "text/csv")], "x", "", ""),
        (
            STRING,
            {},
            [("a", b"x", "blob", JSON)],
            "x",
            "encoding",
            "a field must not have a file name, or it looks like an upload",
        ),
        # Objects and JSON
        (OBJECT, {}, [("a", b'{"w": 1}', "blob", JSON)], {"w": 1}, "", ""),
        (OBJECT, {}, [("a", b'{"w": 1}', None, "text/plain")], {"w": 1}, "", ""),
        (OBJECT, {}, [("a", b'{"w": 1}', None, "text/xml")], {}, "unread", "a part in text/xml is not looked into"),
        ({}, {}, [("a", b"[1]", None, JSON)], [1], "", ""),
        (NUMBERS, {"contentType": JSON}, [("a", b"[1]")], [1], "", ""),
        (NUMBERS, {}, [("a", b"[1]", None, JSON), ("a", b"2")], ["[1]", 2], "", ""),
        ({"type": "array", "items": {"type": "array"}}, {}, [("a", b"[1]", None, JSON)], ["[1]"], "", ""),
        # Text
        (STRING, {}, [("a", b"\xff")], "\ufffd", "encoding", "the text is not UTF-8"),
        (STRING, {}, [("a", "é".encode(), None, 'text/plain; charset=""')], "é", "", ""),
        ({}, {}, [("a", b"\xff")], "\ufffd", "", ""),
        (STRING, {}, [("a", b"\xe9", None, "text/plain; charset=latin-1")], "é", "", ""),
        (
            STRING,
            {},
            [("a", b"x", None, "text/plain; charset=none")],
            "x",
            "encoding",
            "the charset 'none' is not known",
        ),
        (
            INTEGER,
            {},
            [("a", b"5", None, "text/plain; charset=none")],
            "5",
            "encoding",
            "the charset 'none' is not known",
        ),
        (STRING, {}, [("_charset_", b" latin-1 "), ("a", b"\xe9")], "é", "", ""),
        (STRING, {}, [("_charset_", b"ascii"), ("a", b"\xe9")], "\ufffd", "encoding", "the text is not ascii"),
        # Media types
        (
            STRING,
            {"contentType": "image/png"},
            [("a", b"x", None, "TEXT/plain; b=c")],
            "x",
            "media_type",
            "this part must be image/png",
        ),
        (WORDS, {"contentType": "image/png", "style": "form"}, [("a", b"x", None, "text/plain")], ["x"], "", ""),
    ],
)
def test_how_the_parts_of_one_field_are_read(
    schema: Any, encoding: Any, parts: list[tuple[Any, ...]], found: Any, rule: str, message: str
) -> None:
    """A part says with its name, its file name and its media type what it is; the first counts of several."""
    document, content = declared({"properties": {"a": schema}}, {"a": encoding} if encoding else {})
    sent = b"".join(Multipart([Part(*part) for part in parts], "b").chunks())
    read, faults = forms.decode_multipart(document, content, sent, "b")
    assert read == {"a": found}
    where = [("form.a", rule, message, "/m/schema/properties/a")] if rule else []
    assert [(fault.where, fault.rule, fault.message, fault.pointer) for fault in faults] == where
    assert [fault.violation(None).excerpt for fault in faults if fault.rule == "media_type"] in ([], ['"text/plain"'])


def test_a_name_that_no_property_has_stays_as_it_is() -> None:
    """Brackets are a mistake of a declared name only, and only an exploded object has members as fields."""
    document, content = declared({"properties": {"a": OBJECT}}, {"a": {"style": "form", "explode": False}})
    sent = b"".join(Multipart([Part("z[a]", b"5"), Part("w", b"3")], "b").chunks())
    assert forms.decode_multipart(document, content, sent, "b") == ({"z[a]": "5", "w": "3"}, [])


@pytest.mark.parametrize(("style", "joint"), [("pipeDelimited", b"|"), ("spaceDelimited", b" "), ("form", b",")])
def test_an_item_in_one_part_may_have_any_delimiter_but_its_own(style: str, joint: bytes) -> None:
    document, content = declared({"properties": {"a": WORDS}}, {"a": {"style": style, "explode": False}})
    items = [other + "x" for other in ", |" if other.encode() != joint]
    parts = forms.encode_form(document, content, {"a": items})
    assert [part.content for part in parts] == [joint.join(item.encode() for item in items)]
    sent = b"".join(Multipart(parts, "b").chunks())
    assert forms.decode_multipart(document, content, sent, "b") == ({"a": items}, [])
    with pytest.raises(EncodeError, match="an item cannot contain"):
        forms.encode_form(document, content, {"a": [f"x{joint.decode()}"]})
