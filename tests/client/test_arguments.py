"""How an argument is read into what is sent, and which credentials a call carries."""

from __future__ import annotations

import enum
import math
from base64 import b64encode
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import ConfigDict, Field

from apicontract.client.answer import OMIT
from apicontract.client.arguments import ArgumentReader, listed, page_number
from apicontract.client.body import Body
from apicontract.client.compiled import CompiledBody, _accept, _slot
from apicontract.client.credentials import Carried, carried, check, schemes_of, secret, shown
from apicontract.client.errors import ApiError
from apicontract.client.models import ClosedModel
from apicontract.client.request import _with_cookies
from apicontract.client.uploads import UploadRefused, open_part
from apicontract.openapi.document import Document, Operation
from apicontract.openapi.facts import Shape, shape_at


def _shape(schema: Any) -> Shape:
    document = Document({"openapi": "3.1.0", "paths": {}, "schema": schema})
    return shape_at(document, schema, "/schema")


@pytest.mark.parametrize(
    ("types", "given", "sent"),
    [
        (["integer"], 2.0, 2),
        (["integer", "null"], 2.0, 2),
        (["integer"], 2.5, 2.5),
        (["number"], 2.0, 2.0),
        (["integer", "number"], 2.0, 2.0),
        (["string"], 2.0, 2.0),
    ],
)
def test_a_whole_number_is_written_without_a_fraction_where_only_integers_are_admitted(
    types: list[str], given: float, sent: float
) -> None:
    found = ArgumentReader().value(given, _shape({"type": types}), "body")
    assert (found, type(found)) == (sent, type(sent))


class _Colour(enum.Enum):
    RED = "red"
    FIRST = 1


@pytest.mark.parametrize("given", ["a", 1, 1.5, True, _Colour.RED])
def test_a_single_value_is_a_list_where_only_a_list_is_admitted(given: Any) -> None:
    for types in ("array", ["array"], ["array", "null"]):
        assert listed(given, _shape({"type": types})) == [given]
    for types in (["array", "string"], "string", ["string", "null"]):
        assert listed(given, _shape({"type": types})) == given
    assert listed(given, _shape({})) == given


@pytest.mark.parametrize("given", [None, ["a"], ("a",), {"a": 1}, b"a"])
def test_what_is_no_single_value_stays_as_it_is(given: Any) -> None:
    assert listed(given, _shape({"type": "array"})) == given


@pytest.mark.parametrize(
    ("given", "number"),
    [(2, 2), (2.0, 2), ("2", 2), (_Colour.FIRST, 1), (0, 0), (-1, -1)]
    + [(wrong, None) for wrong in (2.5, "x", True, None, _Colour.RED, [2])],
)
def test_a_number_of_a_page_is_a_whole_one(given: Any, number: int | None) -> None:
    assert page_number(given, _shape({"type": "integer"})) == number


def test_every_value_that_is_none_of_json_is_reported_and_the_others_are_read() -> None:
    """With its place, in their order, at any depth; what is omitted is left out."""
    reader = ArgumentReader()
    given = {
        1: "a",
        "b": math.nan,
        "c": {2: 0, "d": [object(), {3}, -math.inf, 4]},
        None: 5,
        "e": OMIT,
        "f": b"6",
        "g": 7,
    }
    assert reader.value(given, _shape({}), "body") == {"b": None, "c": {"d": [None, None, None, 4]}, "f": None, "g": 7}
    assert [(fault.where, fault.rule, fault.message) for fault in reader.faults] == [
        ("body", "type", "the key 1 is not a string"),
        ("body.b", "encoding", "nan is not a JSON number"),
        ("body.c", "type", "the key 2 is not a string"),
        ("body.c.d[0]", "type", "object is not a JSON value"),
        ("body.c.d[1]", "type", "set is not a JSON value"),
        ("body.c.d[2]", "encoding", "-inf is not a JSON number"),
        ("body", "type", "the key None is not a string"),
        ("body.f", "type", "bytes is not a JSON value"),
    ]


class _Inner(ClosedModel):
    size: int | None = None


class _Model(ClosedModel):
    model_config = ConfigDict(extra="allow")
    kind: _Colour = Field(_Colour.RED, alias="the kind", strict=False)
    inner: list[_Inner] | None = None
    more: Any = None


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({}, {}),
        ({"the kind": 1}, {"the kind": 1}),
        ({"inner": None, "more": None, "own": None}, {"more": None, "own": None}),
        ({"inner": [{"size": None}, {"size": 2}, {}]}, {"inner": [{}, {"size": 2}, {}]}),
        ({"more": {"a": None}}, {"more": {"a": None}}),
    ],
)
def test_model_is_read_as_what_was_set_of_it(given: Any, read: Any) -> None:
    """Under the names of the wire; a null for a declared key that has none is none, and one for another key is sent."""
    inner = {"type": "object", "properties": {"size": {"type": "integer"}}}
    properties = {"the kind": {}, "inner": {"type": "array", "items": inner}, "more": {"type": ["object", "null"]}}
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    reader, model = ArgumentReader(), _Model.model_validate(given)
    assert reader.value(model, _shape(schema), "body") == read
    assert reader.value([model], _shape({"type": "array", "items": schema}), "body") == [read]
    assert reader.faults == []


SCHEMES = {
    "cert": {"type": "mutualTLS"},
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "other": {"type": "apiKey", "in": "query", "name": "q"},
    "token": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic"},
    "signature": {"type": "apiKey", "in": "query", "name": "Sig"},
    "session": {"type": "apiKey", "in": "cookie", "name": "Session"},
}


@pytest.mark.parametrize(
    ("security", "keys", "found"),
    [
        ([{"cert": []}], None, Carried()),
        ([{"cert": [], "key": []}], "k", Carried((("x-key", "k"),), secrets=("k",))),
        ([{"cert": [], "key": []}], None, None),
        ([{}, {"key": []}], None, Carried()),
        ([{}, {"key": []}], "k", Carried((("x-key", "k"),), secrets=("k",))),
        ([{"basic": []}, {"token": []}], "t", Carried((("authorization", "Bearer t"),), secrets=("t",))),
        (
            [{"basic": []}, {"token": []}],
            ("u", "p:q"),
            Carried((("authorization", "Basic dTpwOnE="),), secrets=("dTpwOnE=", "p:q")),
        ),
        (
            [{"basic": []}],
            ("u", ""),
            Carried((("authorization", "Basic dTo="),), secrets=("dTo=", "u")),
        ),
        ([{"basic": []}], ("", ""), Carried((("authorization", "Basic Og=="),), secrets=("Og==",))),
        ([{"other": []}], {"other": "k"}, Carried(query=(("q", "k"),), secrets=("k",))),
        (
            [{"signature": [], "session": [], "key": []}],
            "k",
            Carried((("x-key", "k"),), (("Sig", "k"),), (("Session", "k"),), ("k", "k", "k")),
        ),
        ([{"key": []}, {"other": []}], {"other": "k"}, Carried(query=(("q", "k"),), secrets=("k",))),
        ([{"key": [], "other": []}], {"other": "k"}, None),
        ([], None, Carried()),
    ],
)
def test_the_first_credentials_that_the_keys_satisfy_are_carried(security: Any, keys: Any, found: Any) -> None:
    item = {"get": {"operationId": "a", "security": security, "responses": {"200": {"description": ""}}}}
    raw = {"openapi": "3.1.0", "paths": {"/a": item}, "components": {"securitySchemes": SCHEMES}}
    assert carried(Document(raw).operations["a"], keys) == found


@pytest.mark.parametrize("scheme", ["key", "token", "basic", "signature", "session"])
def test_no_representation_of_what_is_carried_shows_a_key(scheme: str) -> None:
    """Nor of a part of it: a traceback can show any variable."""
    item = {"get": {"operationId": "a", "security": [{scheme: []}], "responses": {}}}
    raw = {"openapi": "3.1.0", "paths": {"/a": item}, "components": {"securitySchemes": SCHEMES}}
    given: Any = ("user-0123", "key-0123") if scheme == "basic" else "key-0123"
    keys = secret(given)
    found = carried(Document(raw).operations["a"], keys)
    assert found is not None
    parts = [keys, {scheme: keys}, found, found.headers, found.query, found.cookies, found.secrets]
    shown_ones = "".join(map(repr, parts))
    assert "0123" not in shown_ones
    assert b64encode(b"user-0123:key-0123").decode() not in shown_ones
    assert "0123" in "".join(value for pairs in (found.headers, found.query, found.cookies) for _, value in pairs) or (
        scheme == "basic"
    )


@pytest.mark.parametrize("keys", [5, ("u",), ("u", "p", "q"), ("u", 5), {"a": 5}, None])
def test_what_is_no_key_is_left_to_be_reported(keys: Any) -> None:
    assert secret(keys) == keys


@pytest.mark.parametrize(
    ("keys", "hidden"),
    [
        ("k", ["k"]),
        (("u", "p:q"), ["p:q"]),
        (("u", ""), ["u"]),
        ({"key": "k", "basic": ("u", "p"), "token": "t", "other": ("v", "")}, ["k", "p", "t", "v"]),
        ({"key": "", "token": "t"}, ["t"]),
        ({}, []),
        ("", []),
        (None, []),
    ],
)
def test_keys_and_passwords_are_never_shown(keys: Any, hidden: list[str]) -> None:
    """A user is no secret, unless the password is empty: a key is often given so."""
    assert [*shown(keys)] == hidden


@pytest.mark.parametrize(
    ("keys", "schemes", "message"),
    [
        ("k", ["key", "basic"], None),
        (("u", "p"), ["key", "basic"], None),
        ("k", [], None),
        ({}, ["key"], None),
        ({"key": "k", "basic": ("u", "p")}, ["key", "basic"], None),
        (("u", "p"), ["key", "token"], "api_key must be a string, as the document requires"),
        ("k", ["basic"], "api_key must be a pair of user and password, as the document requires"),
        (
            {"z": "k", "y": "k", "b": "k", "a": "k", "key": "k"},
            ["token", "key"],
            "the document has no security scheme a, b, y, z; it has key, token",
        ),
        ({"a": "k"}, [], "the document has no security scheme a; it has none"),
        ({"token": "t", "key": "k\n"}, ["token", "key"], "api_key is not an API key: it has white space, or"),
        *((wrong, ["key"], "api_key must be a string, or a pair of user and password") for wrong in (5, b"k", ["k"])),
        *(
            (wrong, ["basic"], "a string, or a pair of user and password")
            for wrong in ((), ("u",), ("u", 5), ("u", "p", "q"))
        ),
    ],
)
def test_keys_are_those_that_the_document_asks_for(keys: Any, schemes: list[str], message: str | None) -> None:
    """A wrong one is reported, and not shown."""
    item = {"get": {"operationId": "a", "security": [{name: []} for name in schemes], "responses": {}}}
    raw = {"openapi": "3.1.0", "paths": {"/a": item}, "components": {"securitySchemes": SCHEMES}}
    declared = [*schemes_of(Document(raw).operations.values())] * 2
    if message is None:
        check(keys, "api_key", declared)
        return
    with pytest.raises(ApiError) as caught:
        check(keys, "api_key", declared)
    assert message in str(caught.value)


def test_a_user_name_has_no_colon_and_a_password_may_have_one() -> None:
    check(("u", "p:q"), "api_key", [])
    with pytest.raises(ApiError, match=r"^api_key: a user name cannot contain a colon \(RFC 7617, section 2\)$"):
        check(("u:v", "p"), "api_key", [])


def _operation(**more: Any) -> tuple[Document, Operation]:
    item = {"post": {"operationId": "a", "responses": {"200": {"description": ""}}, **more}}
    document = Document({"openapi": "3.1.0", "paths": {"/a": item}})
    return document, document.operations["a"]


@pytest.mark.parametrize(
    ("media_type", "read"),
    [
        ("application/json", {"own": None, "nullable": None}),
        ("multipart/form-data", {"nullable": None}),
        ("application/x-www-form-urlencoded", {"nullable": None}),
    ],
)
def test_a_null_is_sent_for_a_key_of_the_caller_in_json_alone(media_type: str, read: Any) -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string"}, "nullable": {"type": ["string", "null"]}}}
    document, operation = _operation(requestBody={"content": {media_type: {"schema": schema}}})
    assert operation.request_body is not None
    body = Body(document, CompiledBody.of(document, operation.request_body), ArgumentReader())
    assert body.read({"a": None, "own": None, "nullable": None, "left": OMIT}) == read


@pytest.mark.parametrize(
    ("declared", "accepted"),
    [
        ({"200": ["application/json"]}, []),
        ({"200": ["application/json"], "201": ["application/json"], "400": ["text/plain"]}, []),
        ({"200": ["text/plain", "application/json"]}, [("accept", "application/json")]),
        ({"200": ["text/csv"], "201": ["b/x+json", "a/x+json"]}, [("accept", "a/x+json, b/x+json")]),
        ({"200": ["text/plain", "text/csv"]}, []),
    ],
)
def test_json_is_asked_for_where_a_success_may_be_something_else(declared: Any, accepted: Any) -> None:
    responses = {
        status: {"description": "", "content": {name: {} for name in names}} for status, names in declared.items()
    }
    _, operation = _operation(responses=responses)
    assert list(_accept(operation)) == accepted


def test_cookies_are_one_header_whatever_its_case() -> None:
    given = [("Cookie", "a=b"), ("x", "y"), ("cookie", "c=d")]
    assert _with_cookies(given, ["e=f", "g=h"]) == [("x", "y"), ("cookie", "a=b; c=d; e=f; g=h")]
    assert _with_cookies([("x", "y")], ["e=f"]) == [("x", "y"), ("cookie", "e=f")]


@pytest.mark.parametrize(
    ("declared", "repeats"),
    [
        ({"schema": {"type": "array"}}, True),
        ({"schema": {"type": "array"}, "explode": True}, True),
        ({"schema": {"type": "array"}, "explode": False}, False),
        ({"schema": {"type": "string"}}, False),
    ],
)
def test_a_name_is_repeated_for_each_item_of_an_exploded_list(declared: Any, repeats: bool) -> None:
    document, operation = _operation(parameters=[{"name": "q", "in": "query", **declared}])
    slot = _slot(document, operation.parameters[0])
    assert (slot.place, slot.repeats) == ("query.q", repeats)


@pytest.mark.parametrize(
    ("given", "name", "media_type"),
    [
        (b"a", "upload", "application/octet-stream"),
        (("", b"a"), "upload", "application/octet-stream"),
        ((None, b"a", "a/b"), "upload", "a/b"),
        (("a.png", b"a"), "a.png", "image/png"),
        (("a.png", b"a", ""), "a.png", "image/png"),
        (("a.tar.gz", b"a"), "a.tar.gz", "application/octet-stream"),
        (("a.svgz", b"a"), "a.svgz", "application/octet-stream"),
        (SimpleNamespace(read=lambda *_: b"", name=""), "upload", "application/octet-stream"),
        (SimpleNamespace(read=lambda *_: b"", name="a/b/"), "upload", "application/octet-stream"),
        (SimpleNamespace(read=lambda *_: b"", name="a/b.mp4"), "b.mp4", "video/mp4"),
        (SimpleNamespace(read=lambda *_: b"", name=3), "upload", "application/octet-stream"),
    ],
)
def test_a_part_has_the_given_name_else_that_of_its_file(given: Any, name: str, media_type: str) -> None:
    part = open_part("field", given)
    assert (part.name, part.filename, part.content_type) == ("field", name, media_type)


@pytest.mark.parametrize("given", [("a",), ("a", b"b", "c", "d"), (1, b"a"), ("a", b"b", 1), (), ("a", "text")])
def test_a_tuple_of_another_form_is_refused(given: Any) -> None:
    with pytest.raises(UploadRefused, match=r"^(a tuple must be \(name, content\)|the content of a tuple is a string)"):
        open_part("field", given)
