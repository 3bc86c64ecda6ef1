"""Arguments become a request, or one error with all of their violations."""

from __future__ import annotations

import contextlib
import enum
import json
import math
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from apicontract.client import OMIT, Answer, RequestInvalid
from apicontract.client.arguments import ArgumentReader
from apicontract.client.body import Body
from apicontract.client.compiled import CompiledBody
from apicontract.client.request import prepare
from apicontract.client.settings import Api, Settings
from apicontract.openapi.document import Document, RequestBody
from tests.client.conftest import KEY, World, answer
from tests.client.tiny_api import Note, Notes, Tag
from tests.support.small import HOST, document, load, operation, parameter


class Mood(enum.Enum):
    """An enumeration of a caller's own."""

    GOOD = "good"


class Label(str):
    """A class of texts of a caller's own."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"label {self!r}"


class Weight(float):
    """A class of numbers of a caller's own."""


class Count(int):
    """A class of whole numbers of a caller's own."""


def send(world: World, operation: str, **arguments: Any) -> httpx.Request:
    """Make one call and return the request."""
    settings = {"validate": arguments.pop("validate", True)}
    client = world.client(lambda _: answer({"_id": "n"}), **settings)
    world.do(lambda: client.call(operation, Answer[Note], **arguments))
    return world.requests[-1]


def refused(world: World, operation: str, **arguments: Any) -> list[tuple[str, str]]:
    """Make a call that must be refused before anything is sent, and return place and rule of each violation."""
    with pytest.raises(RequestInvalid) as caught:
        send(world, operation, **arguments)
    assert world.requests == []
    text = str(caught.value)
    assert text.startswith(f"{operation}: nothing was sent, because\n")
    assert text.count("\n") == len(caught.value.violations)
    assert KEY not in text
    return [(violation.where, violation.rule) for violation in caught.value.violations]


def query(world: World, validate: bool = True, **arguments: Any) -> str:
    """Return the query of a listing."""
    return send(world, "notes.list", query=arguments, validate=validate).url.query.decode()


def body(world: World, **arguments: Any) -> Any:
    """Return the body of a creation."""
    request = send(world, "notes.create", body={"title": "t", **arguments})
    assert request.headers["content-type"] == "application/json"
    assert request.headers["content-length"] == str(len(request.content))
    return json.loads(request.content)


def test_defaults_are_never_invented(world: World) -> None:
    """What the caller leaves out is the server's to fill in."""
    request = send(world, "notes.list")
    assert str(request.url) == "https://tiny.example/v7/notes"
    assert request.content == b""
    assert "content-type" not in request.headers


def test_absent_arguments_are_dropped(world: World) -> None:
    """`None` and `OMIT` mean not given."""
    assert query(world, page=None, archived=OMIT, tags=None, page_limit=5) == "page_limit=5"


def test_null_is_sent_only_where_null_is_admitted(world: World) -> None:
    """`None` is null where the schema admits it, and absent elsewhere; `OMIT` is always absent."""
    assert body(world, parent=None, stars=None) == {"title": "t", "parent": None}
    assert body(world, parent=OMIT) == {"title": "t"}


def test_scalar_is_wrapped_where_a_repeated_list_is_meant(world: World) -> None:
    """One tag and a list of one tag are the same on the wire."""
    assert query(world, tags="a b") == "tags=a%20b"
    assert query(world, tags=Mood.GOOD) == "tags=good"
    assert query(world, tags=("a", "b")) == "tags=a&tags=b"


def test_query_is_written_as_json_writes_scalars(world: World) -> None:
    """Booleans in lower case, and an exploded object key by key."""
    given: dict[str, Any] = {"archived": True, "metadata": {"who": "é&", "n": 5, "x": 1.5, "b": False}}
    assert query(world, **given) == "archived=true&who=%C3%A9%26&n=5&x=1.5&b=false"


def test_models_are_dumped_by_wire_name_without_what_was_not_set(world: World) -> None:
    """A declared key set to `None` is absent, unless null is admitted there."""
    tags = [Tag(_name="a", weight=None, note=None), Tag(_name="b", weight=1.5), {"_name": "c", "note": OMIT}]
    assert body(world, tags=tags)["tags"] == [
        {"_name": "a", "note": None},
        {"_name": "b", "weight": 1.5},
        {"_name": "c"},
    ]


def test_json_text_takes_text_or_a_value(world: World) -> None:
    """A field that holds JSON text is written by us, or by the caller."""
    assert body(world, filter={"a": 1, "b": "é"})["filter"] == '{"a": 1, "b": "é"}'
    assert body(world, filter='{"a":1}')["filter"] == '{"a":1}'
    assert body(world, filter=Label('{"a":1}'))["filter"] == '{"a":1}'


def test_classes_of_texts_and_numbers_are_texts_and_numbers(world: World) -> None:
    """As those of numpy; and no list of letters."""
    assert body(world, title=Label("ab")) == {"title": "ab"}
    tags = [{"_name": Label("a"), "weight": Weight(0.5)}]
    assert body(world, tags=tags)["tags"] == [{"_name": "a", "weight": 0.5}]
    assert query(world, page=Count(2)) == "page=2"


def test_json_is_compact_utf8(world: World) -> None:
    """Nothing is escaped that need not be."""
    send(world, "notes.create", body={"title": "é\u2028"})
    assert world.bodies[-1] == '{"title":"é\u2028"}'.encode()


def test_required_body_of_nothing_is_an_empty_object(world: World) -> None:
    """Zero bytes are not JSON (ledger A42)."""
    client = world.client(lambda _: answer(status=204))
    world.do(lambda: client.call_none("notes.update", path={"note_id": "n"}, body={"title": None}))
    assert world.bodies == [b"{}"]


def test_path_parameter_is_one_encoded_segment(world: World) -> None:
    """No identifier reaches another path."""
    request = send(world, "notes.retrieve", path={"note_id": "a/b?c#d é"})
    assert request.url.raw_path == b"/v7/notes/a%2Fb%3Fc%23d%20%C3%A9"


@pytest.mark.parametrize("validate", [True, False])
@pytest.mark.parametrize(
    ("value", "rule"), [("", "minLength"), (".", "encoding"), ("..", "encoding"), (None, "missing")]
)
def test_segments_that_lead_elsewhere_are_always_refused(world: World, value: Any, rule: str, validate: bool) -> None:
    """`validate=False` does not make another operation of it."""
    found = refused(world, "notes.retrieve", path={"note_id": value}, validate=validate)
    assert found == [("path.note_id", rule)]


def test_all_violations_are_reported_at_once(world: World) -> None:
    """Arguments, options, and what cannot be encoded, in one error."""
    found = refused(
        world,
        "notes.list",
        query={"page": 0, "tags": [], "archived": "yes", "metadata": {"page": "1"}},
        options={"max_retry": 1, "max_retries": -1, "timeout_in_seconds": 0, "additional_headers": {"a b": "c"}},
    )
    assert sorted(found) == [
        ("header.a b", "encoding"),
        ("options.max_retries", "type"),
        ("options.max_retry", "undeclared"),
        ("options.timeout_in_seconds", "type"),
        ("query.archived", "type"),
        ("query.metadata", "encoding"),
        ("query.page", "minimum"),
        ("query.tags", "minItems"),
    ]


def test_body_violations_have_places(world: World) -> None:
    """Each says which key of which item."""
    found = refused(world, "notes.create", body={"tags": [{"_nme": "a"}], "stars": 1.5, "colour": "red"})
    assert sorted(found) == [
        ("body.colour", "undeclared"),
        ("body.stars", "type"),
        ("body.tags[0]._name", "missing"),
        ("body.tags[0]._nme", "undeclared"),
        ("body.title", "missing"),
    ]


def test_json_text_is_checked_inside(world: World) -> None:
    """The text must be JSON, and the JSON must be what the document says."""
    assert refused(world, "notes.create", body={"title": "t", "filter": "{"}) == [("body.filter", "encoding")]
    assert refused(world, "notes.create", body={"title": "t", "filter": [1]}) == [("body.filter", "type")]


def test_validate_false_sends_what_can_be_sent(world: World) -> None:
    """The schema is not asked; the wire is."""
    assert query(world, page=0, tags=[], validate=False) == "page=0"
    request = send(world, "notes.create", body={"title": "", "colour": "red"}, validate=False)
    assert json.loads(request.content) == {"title": "", "colour": "red"}


def test_null_is_not_given_where_a_key_is_declared_and_sent_where_it_is_the_caller_s_own(world: World) -> None:
    body = {"title": "t", "stars": None, "colour": None, "size": OMIT}
    assert refused(world, "notes.create", body=body) == [("body.colour", "undeclared")]
    request = send(world, "notes.create", body=body, validate=False)
    assert json.loads(request.content) == {"title": "t", "colour": None}


@pytest.mark.parametrize("validate", [True, False])
@pytest.mark.parametrize(
    ("operation", "arguments", "place", "rule"),
    [
        ("notes.list", {"query": {"page": float("nan")}}, "query.page", "encoding"),
        ("notes.create", {"body": {"title": "t", "stars": float("inf")}}, "body.stars", "encoding"),
        ("notes.create", {"body": {"title": "t", "filter": {"a": float("nan")}}}, "body.filter.a", "encoding"),
        ("notes.create", {"body": {"title": b"t"}}, "body.title", "type"),
        ("notes.create", {"body": {"title": "t", "tags": {"a", "b"}}}, "body.tags", "type"),
        ("notes.create", {"body": {"title": "t", "metadata": {1: "a"}}}, "body.metadata", "type"),
        ("notes.list", {"query": {"metadata": {"page": 3}}}, "query.metadata", "encoding"),
        ("notes.list", {"header": {"X-Trace": "a\r\nb"}}, "header.X-Trace", "encoding"),
        ("notes.list", {"header": {"X-Trace": "é"}}, "header.X-Trace", "encoding"),
        ("notes.list", {"cookie": {"a": "b"}}, "cookie", "undeclared"),
        ("notes.retrieve", {"path": {"note_id": "n" * 70_000}}, "path", "limit"),
        ("notes.list", {"query": {"metadata": {"a": "n" * 70_000}}}, "query", "limit"),
        (
            "notes.retrieve",
            {"path": {"note_id": "n" * 70_000}, "options": {"additional_query_parameters": {"a": "b"}}},
            "path",
            "limit",
        ),
    ],
)
def test_what_cannot_be_sent_is_always_refused(
    world: World, operation: str, arguments: dict[str, Any], place: str, rule: str, validate: bool
) -> None:
    """NaN, other Python objects, keys that would overwrite parameters (ledger A4b), header injection."""
    assert refused(world, operation, validate=validate, **arguments) == [(place, rule)]


def nested(depth: int) -> Any:
    """Make a list in a list in a list."""
    found: Any = []
    for _ in range(depth):
        found = [found]
    return found


def cyclic(kind: type[list[Any] | dict[str, Any]]) -> Any:
    """Make a value that holds itself."""
    found: Any = kind()
    if isinstance(found, list):
        found.append(found)
    else:
        found["a"] = found
    return found


@pytest.mark.parametrize("validate", [True, False])
@pytest.mark.parametrize("value", [cyclic(dict), cyclic(list), nested(100_000)], ids=["mapping", "list", "deep"])
def test_arguments_within_themselves_are_refused(world: World, value: Any, validate: bool) -> None:
    """So are arguments that are nested too deeply; everything else is reported as well."""
    found = refused(world, "notes.create", body={"metadata": value, "title": b"t"}, validate=validate)
    assert {("body.metadata", "encoding"), ("body.title", "type")} <= set(found)
    assert refused(world, "notes.create", body={"title": "t", "filter": value}, validate=validate)
    assert refused(world, "notes.create", body=value, validate=validate)
    assert refused(world, "notes.list", query={"metadata": value}, validate=validate)
    assert refused(world, "notes.list", query={"tags": value}, validate=validate)
    for option in ("additional_query_parameters", "additional_body_parameters"):
        assert refused(world, "notes.create", body={"title": "t"}, options={option: {"a": value}}, validate=validate)


@pytest.mark.parametrize("validate", [True, False])
@pytest.mark.parametrize("depth", [100, 200, 300, 450, 950])
def test_deep_arguments_are_sent_or_refused(world: World, depth: int, validate: bool) -> None:
    """Wherever the limits of the parts lie; there is no other error."""
    with contextlib.suppress(RequestInvalid):
        send(world, "notes.create", body={"title": "t", "parent": nested(depth)}, validate=validate)


def test_models_that_hold_no_json_are_refused(world: World) -> None:
    """A model within itself, and one that was made to hold any Python object."""
    tag = Tag.model_construct(_fields_set={"note"}, _name="a")
    tag.__dict__["note"] = tag
    assert refused(world, "notes.create", body={"title": "t", "tags": [tag]}, validate=False) == [
        ("body.tags[0]", "type")
    ]
    tag.__dict__["note"] = object()
    assert refused(world, "notes.create", body={"title": "t", "tags": [tag]}, validate=False) == [
        ("body.tags[0]", "type")
    ]


@pytest.mark.parametrize(
    ("options", "place", "rule"),
    [
        ("x", "options", "type"),
        ("", "options", "type"),
        (5, "options", "type"),
        (["max_retries"], "options", "type"),
        ({1: 2}, "options.1", "undeclared"),
        ({"timeout_in_seconds": "x"}, "options.timeout_in_seconds", "type"),
    ],
)
def test_options_are_a_mapping_of_names(world: World, options: Any, place: str, rule: str) -> None:
    """Anything else is refused like any other argument."""
    assert refused(world, "notes.list", options=options) == [(place, rule)]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("max_retry", "max_retries"),
        ("timeout_seconds", "timeout_in_seconds"),
        ("timeout", "timeout_in_seconds"),
        ("extra_headers", "additional_headers"),
        ("query", "additional_query_parameters"),
        ("seconds", None),  # two options have this word
        ("colour", None),
    ],
)
def test_the_option_that_was_meant_is_named(world: World, name: str, meant: str | None) -> None:
    """One that is nearly written so, or has a word of it as the only one."""
    options: Any = {name: 1}
    with pytest.raises(RequestInvalid) as caught:
        send(world, "notes.list", options=options)
    (violation,) = caught.value.violations
    assert violation.message == f"not an option of a call{f'; did you mean {meant!r}?' if meant else ''}"


@pytest.mark.parametrize("validate", [True, False])
@pytest.mark.parametrize("key", ["page", "page[x]", "page[]", "tags[0]", "metadata[a]"])
def test_metadata_key_that_reads_as_a_parameter_is_refused(world: World, key: str, validate: bool) -> None:
    """On the wire it would be that parameter, badly written (ledger A4b)."""
    assert refused(world, "notes.list", query={"metadata": {key: "1"}}, validate=validate) == [
        ("query.metadata", "encoding")
    ]


def test_lone_surrogates_are_refused(world: World) -> None:
    """They have no UTF-8."""
    assert refused(world, "notes.create", body={"title": "\ud800"}, validate=False) == [("body", "encoding")]
    assert refused(world, "notes.list", query={"tags": ["\ud800"]}, validate=False) == [("query.tags", "encoding")]
    assert refused(world, "notes.create", body={"title": "\ud800"})


def test_additional_options_are_sent_as_they_are(world: World) -> None:
    """They are for what the contract does not declare."""
    request = send(
        world,
        "notes.list",
        query={"page": 1},
        header={"X-Trace": "t"},
        options={
            "additional_headers": {"X-New": "1", "X-API-KEY": "another-key"},
            "additional_query_parameters": {"new": [1, True], "none": None, "a&b": "c d"},
        },
    )
    assert request.url.query == b"page=1&new=1&new=true&a%26b=c%20d"
    assert (request.headers["x-new"], request.headers["x-trace"]) == ("1", "t")
    assert request.headers.get_list("x-api-key") == ["another-key"]
    request = send(
        world, "notes.create", body={"title": "t"}, options={"additional_body_parameters": {"new": {"a": [1]}}}
    )
    assert json.loads(request.content) == {"title": "t", "new": {"a": [1]}}


def test_additional_options_are_not_a_second_way_to_give_arguments(world: World) -> None:
    """A declared name is refused there, and so is what frames the body."""
    options: Any = {
        "additional_query_parameters": {"page": 2},
        "additional_body_parameters": {"a": 1},
        "additional_headers": {"x-trace": "a", "Content-Length": "1", "HOST": "h", "x-bad": "a\nb", "x-number": 1},
    }
    assert sorted(refused(world, "notes.list", options=options)) == [
        ("header.Content-Length", "encoding"),
        ("header.HOST", "encoding"),
        ("header.x-bad", "encoding"),
        ("header.x-number", "encoding"),
        ("options.additional_body_parameters", "undeclared"),
        ("options.additional_headers", "undeclared"),
        ("options.additional_query_parameters", "undeclared"),
    ]
    assert refused(world, "notes.create", body={"title": "t"}, options={"additional_body_parameters": {"title": "u"}})
    assert refused(world, "notes.list", options={"additional_query_parameters": ["a"]})
    assert refused(world, "notes.list", options={"additional_query_parameters": {"a": {"b": 1}}})


@pytest.mark.parametrize(
    ("operation", "given", "options", "names"),
    [
        ("notes.list", {}, {"additional_query_parameters": {"tags": 1, "page": None, "new": 3}}, ["page", "tags"]),
        ("notes.list", {}, {"additional_headers": {"X-TRACE": "a", "x-new": "b"}}, ["x-trace"]),
        (
            "notes.create",
            {"body": {"title": "t"}},
            {"additional_body_parameters": {"title": "u", "stars": None, "new": 1}},
            ["stars", "title"],
        ),
    ],
)
def test_every_declared_name_among_additional_ones_is_reported(
    world: World, operation: str, given: Any, options: Any, names: list[str]
) -> None:
    """In alphabetical order; a header whatever its case."""
    (option,) = options
    with pytest.raises(RequestInvalid) as caught:
        send(world, operation, **given, options=options)
    assert [(violation.where, violation.message) for violation in caught.value.violations] == [
        (f"options.{option}", f"'{name}' is declared: give it as an argument") for name in names
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a:b", "not a header name"),
        ("a b", "not a header name"),
        ("", "not a header name"),
        ("x-é", "not a header name"),
        ("x-a\n", "not a header name"),
        ("Transfer-Encoding", "this header is computed from the URL or the body"),
        ("content-TYPE", "this header is computed from the URL or the body"),
        ("Host", "this header is computed from the URL or the body"),
    ],
)
def test_additional_header_that_cannot_be_one_is_refused(world: World, name: str, said: str) -> None:
    """Whatever its value, which is not shown."""
    with pytest.raises(RequestInvalid) as caught:
        send(world, "notes.list", options={"additional_headers": {name: "s3cret", "x-!#$%&'*+.^_`|~9": "1"}})
    assert [violation.message for violation in caught.value.violations] == [said]
    assert "s3cret" not in str(caught.value)


def test_group_of_which_one_may_be_given_is_looked_at_beside_other_mistakes(world: World) -> None:
    body = {"file": b"x", "url": "https://a.example/", "name": {"a": 1}}
    with pytest.raises(RequestInvalid) as caught:
        send(world, "uploads.create", body=body)
    found = {violation.where: violation for violation in caught.value.violations}
    assert found.keys() == {"form", "form.name"}
    assert (found["form"].rule, found["form"].message) == ("x-exclusive", "give only one of file, url")
    assert found["form"].pointer == "/components/schemas/UploadRequest/x-exclusive/0"


@pytest.mark.parametrize(
    ("cookie", "violations"),
    [({}, [("cookie.theme", "missing")]), ({"theme": "dark"}, []), ({"theme": "x"}, [("cookie.theme", "minLength")])],
)
def test_cookie_that_is_required_is_missed(tmp_path: Path, cookie: Any, violations: list[tuple[str, str]]) -> None:
    """Also by a call that gives none."""
    theme = parameter("cookie", "theme", {"type": "string", "minLength": 2}, required=True)
    contract = load(document({"/a": {"get": operation(parameters=[theme])}}), tmp_path)
    settings = Settings(Api(contract, None, None, "agent"), None, HOST, 5, 0, True, False, False)
    found: list[Any] = []
    try:
        assert ("cookie", "theme=dark") in prepare(settings, "op", {"cookie": cookie} if cookie else {}).headers
    except RequestInvalid as error:
        found = [(violation.where, violation.rule) for violation in error.violations]
    assert found == violations


def test_unknown_operation_is_a_mistake_of_the_generated_code(world: World) -> None:
    """The nearest name is reported."""
    with pytest.raises(LookupError, match=r"did you mean 'notes\.list'"):
        send(world, "notes.lst")


def test_listing_is_typed_by_its_answer(world: World) -> None:
    """The same operation can be read as another type; readers are made once for each."""
    client = world.client(lambda _: answer({"data": [{"_id": "n"}]}))
    found = world.do(lambda: client.call("notes.list", Answer[Notes]))
    assert found.data == [Note(_id="n")]
    assert world.do(lambda: client.call("notes.list", Answer[dict[str, Any]])) == {"data": [{"_id": "n"}]}


def test_null_in_a_mapping_is_sent_as_it_is(world: World) -> None:
    """A mapping says what it means: only in a model is a declared key that is null one that was not given."""
    assert refused(world, "notes.create", body={"title": "t", "tags": [{"_name": "a", "weight": None}]}) == [
        ("body.tags[0].weight", "type")
    ]
    extra = Note.model_validate({"_id": "n", "new": None, "stars": 3})
    request = send(world, "notes.create", body={"title": "t", "metadata": extra}, validate=False)
    assert json.loads(request.content)["metadata"] == {"_id": "n", "new": None, "stars": 3}
    assert body(world, tags=[Tag(_name="a", weight=None)])["tags"] == [{"_name": "a"}]


def test_undeclared_argument_of_none_is_absent(world: World) -> None:
    """A schema that says nothing is no reason to send a null."""
    assert query(world, new=None, page=2) == "page=2"


def test_optional_body_of_nothing_is_no_body() -> None:
    """And a required one is an empty object (ledger A42)."""
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    operation = {"requestBody": {"content": {"application/json": {"schema": schema}}}}
    document = Document({"openapi": "3.1.0", "paths": {"/a": {"post": operation}}})
    declared = document.operations["POST /a"].request_body
    assert declared
    assert Body(document, CompiledBody.of(document, declared), ArgumentReader()).read({"a": None}) is OMIT
    required = RequestBody(True, declared.content, declared.pointer)
    assert Body(document, CompiledBody.of(document, required), ArgumentReader()).read({"a": None}) == {}


def test_additional_parameters_are_escaped(world: World) -> None:
    request = send(world, "notes.list", options={"additional_query_parameters": {"new": "a&b c", "more": ["é", 1]}})
    assert request.url.query == b"new=a%26b%20c&more=%C3%A9&more=1"


def test_additional_header_of_none_is_not_sent(world: World) -> None:
    request = send(world, "notes.list", options={"additional_headers": {"x-none": None, "x-some": "1"}})
    assert "x-none" not in request.headers
    assert request.headers["x-some"] == "1"


def test_call_cannot_take_for_ever(world: World) -> None:
    """No time-out of a call is infinite: that it has none is the client's to say."""
    for seconds in (math.inf, math.nan):
        assert refused(world, "notes.list", options={"timeout_in_seconds": seconds}) == [
            ("options.timeout_in_seconds", "type")
        ]


def test_models_of_requests_are_closed_and_convert_nothing() -> None:
    """A typing mistake is reported where it is made, not sent as something near."""
    for fields in ({"nme": "a"}, {"weight": "1.5"}, {"weight": True}):
        with pytest.raises(ValidationError):
            Tag.model_validate({"_name": "a", **fields})


@pytest.mark.parametrize("body", [["a"], "text", 5, None])
def test_nothing_is_added_to_a_body_that_is_no_object(world: World, body: Any) -> None:
    """It would be replaced without a word."""
    client = world.client(lambda _: answer({"_id": "n"}), validate=False)
    more: Any = {"additional_body_parameters": {"new": 1}}

    def call(options: Any) -> Any:
        return world.do(lambda: client.call("notes.create", Answer[Note], body=body, options=options))

    call(None)
    if body is None:  # no body at all
        call(more)
        assert json.loads(world.bodies[-1]) == {"new": 1}
        return
    assert json.loads(world.bodies[-1]) == body
    with pytest.raises(RequestInvalid, match="the body is not an object, so nothing can be added to it") as caught:
        call(more)
    assert [violation.where for violation in caught.value.violations] == ["options.additional_body_parameters"]
    assert len(world.requests) == 1
