"""Explanations of things that were removed, or added later."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.life import Explanation, Lives
from apicontract.openapi.marks import MARKS
from tests.openapi.documents import FIRST, LAST, MARCH, MAY, NEXT, bodied, document, operation

STRING = {"type": "string"}


def history() -> dict[str, Any]:
    """Return a document in which something of every kind comes and goes."""
    schema = {
        "type": "object",
        "required": ["model"],
        "properties": {
            "model": {"type": "string", "enum": ["b"], "x-was": [{"until": MARCH, "enum": ["a", "b", True]}]},
            "threshold": {"x-until": MARCH, "x-instead": "grouping", **STRING},
            "grouping": {"x-since": MARCH, **STRING},
            "kind": {"x-since": MAY, **STRING},
            "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Part"}},
            "extra": {"type": "object", "additionalProperties": {"properties": {"deep key": {"x-since": MARCH}}}},
            "options": {"contentSchema": {"properties": {"fast": {"x-until": MAY}}}},
            "soon": {"x-since": LAST, "x-until": "2026-09-01"},
        },
        "allOf": [{"properties": {"inherited": {"x-since": MARCH}}}],
    }
    part = {
        "oneOf": [{"$ref": "#/components/schemas/Part"}, {"properties": {"size": {"x-since": MARCH}}}],
        "x-was": [{"until": MARCH, "anyOf": [{"enum": ["whole"]}, {"$ref": "#/components/schemas/Part"}]}],
    }
    create = operation(
        "things.create",
        requestBody={
            "content": {
                "application/json": {"schema": schema},
                "multipart/form-data": {"x-until": MARCH, "schema": schema},
            }
        },
        responses={"200": {"x-until": MARCH, "description": "A."}, "201": {"x-since": MARCH, "description": "B."}},
    )
    filters = {"type": "object", "properties": {"color": {"x-since": MARCH}}}
    listing = operation(
        parameters=[
            {"name": "page", "in": "query", "x-since": MARCH, "schema": {}},
            {"$ref": "#/components/parameters/Filter"},
            {"name": "X-Trace", "in": "header", "x-until": MAY, "x-instead": "X-Span", "schema": {}},
        ],
        marks={"x-was": [{"until": MARCH, "operationId": "things.all"}]},
    )
    return document(
        {
            "/things": {"get": listing, "post": create},
            "/things/{id}": {"get": operation("things.get"), "put": operation("things.put", {"x-until": MARCH})},
            "/things/latest": {"x-until": MARCH, "x-instead": "things.get", "get": operation("things.latest")},
            "/gist": {"x-until": MAY, "x-instead": "analyze", "post": operation("gist")},
            "/analyze": {"x-since": MARCH, "post": operation("analyze")},
            "/analyze/{id}:stop": {"post": operation("stop", {"x-since": MAY})},
        },
        schemas={"Part": part},
        parameters={"Filter": {"name": "filter", "in": "query", "schema": filters}},
    )


LIVES = Lives(history())

THINGS: list[tuple[tuple[Any, ...], str | None]] = [
    ((LAST, "body.threshold", "undeclared"), f"`threshold` was removed on {MARCH}; use grouping"),
    ((FIRST, "body.grouping", "undeclared"), f"`grouping` has been accepted since {MARCH}"),
    ((FIRST, "form.grouping", "undeclared"), f"`grouping` has been accepted since {MARCH}"),
    ((FIRST, "body.kind", "undeclared"), f"`kind` was added by {MAY}"),
    ((FIRST, "body.inherited", "undeclared"), f"`inherited` has been accepted since {MARCH}"),
    ((FIRST, "body.parts[3].size", "undeclared"), f"`size` has been accepted since {MARCH}"),
    ((FIRST, 'body.extra["a.b"]["deep key"]', "undeclared"), f"`deep key` has been accepted since {MARCH}"),
    ((LAST, "form.options.fast", "undeclared"), f"`fast` was removed by {MAY}"),
    ((FIRST, "body.soon", "undeclared"), f"`soon` has been accepted since {LAST}"),
    ((LAST, "body.model", "enum", "a"), f"`a` was removed on {MARCH}"),
    ((LAST, "body.model", "enum", True), f"`true` was removed on {MARCH}"),
    ((LAST, "body.parts[0]", "anyOf", "whole"), f"`whole` was removed on {MARCH}"),
    (
        (LAST, "header.content-type", "media_type", "multipart/form-data"),
        f"`multipart/form-data` was removed on {MARCH}",
    ),
    ((FIRST, "status", "status", 201), f"`status 201` has been accepted since {MARCH}"),
    ((LAST, "status", "status", 200), f"`status 200` was removed on {MARCH}"),
    # What names no thing, is there, or never was.
    ((LAST, "body.model", "enum", 1), None),
    ((LAST, "body.model", "enum", "c"), None),
    ((LAST, "body.never", "undeclared"), None),
    ((LAST, "body.grouping", "undeclared"), None),
    ((LAST, "body.model", "missing"), None),
    ((LAST, "body", "undeclared"), None),
    ((LAST, "cookie.a", "undeclared"), None),
    ((LAST, "url", "undeclared"), None),
    ((LAST, "status", "status", 404), None),
]


@pytest.mark.parametrize(("violation", "message"), THINGS)
def test_what_a_violation_names_was_removed_or_came_later(violation: tuple[Any, ...], message: str | None) -> None:
    """Rule 20a: properties in any depth, listed values, media types, statuses."""
    found = LIVES.thing("POST", "/things", *violation)
    assert (found and found.message) == message


@pytest.mark.parametrize(
    ("day", "location", "message"),
    [
        (FIRST, "query.page", f"`page` has been accepted since {MARCH}"),
        (FIRST, "query.filter.color", f"`color` has been accepted since {MARCH}"),
        (FIRST, "query.color", f"`color` has been accepted since {MARCH}"),
        (LAST, "header.x-trace", f"`x-trace` was removed by {MAY}; use X-Span"),
        (LAST, "query.x-trace", None),
        (LAST, "body", None),
    ],
)
def test_parameters(day: str, location: str, message: str | None) -> None:
    """Rule 20a: by location; header names in any case; keys of an object that is spread over the query."""
    found = LIVES.thing("get", "/things", day, location, "undeclared")
    assert (found and found.message) == message


def test_what_comes_and_goes_more_than_once_and_what_stands_beside_it() -> None:
    """The last removal counts; what to use instead belongs to what is removed, and not to a value or to its holder."""
    values = [{"until": LAST, "enum": ["a"]}, {"until": MAY, "enum": ["b"]}, {"until": MARCH, "enum": ["a"]}]
    kind = {"deprecated": True, "x-instead": "size", "enum": ["b"], "x-was": values}
    size = {"name": "size", "in": "query", "x-until": MARCH, "schema": {}}
    body = {"content": {"application/json": {"schema": {"properties": {"kind": kind}}}}}
    own = operation("things.list", {"deprecated": True, "x-instead": "things.other"}, requestBody=body)
    gone = {"x-until": MARCH, "x-instead": "things.list", "get": operation("gone", {"x-instead": "things.other"})}
    lives = Lives(document({"/things": {"parameters": [size], "post": own}, "/gone": gone}))
    found = lives.thing("post", "/things", LAST, "body.kind", "enum", "a")
    assert found == Explanation("removed", f"`a` was removed on {LAST}")
    found = lives.thing("post", "/things", LAST, "query.size", "undeclared")
    assert found == Explanation("removed", f"`size` was removed on {MARCH}")
    found = lives.operation("get", "/gone", LAST)
    assert found == Explanation("removed", f"`GET /gone` was removed on {MARCH}; use things.list")


def test_rules() -> None:
    """Rule 20: a violation gets one of two rules."""
    assert LIVES.thing("post", "/things", LAST, "body.threshold", "undeclared") == Explanation(
        "removed", f"`threshold` was removed on {MARCH}; use grouping"
    )
    found = LIVES.thing("post", "/things", FIRST, "body.grouping", "undeclared")
    assert found is not None
    assert found.rule == "not_yet"


def test_nothing_is_said_of_an_operation_that_is_not_there() -> None:
    """That it is not is the message."""
    assert LIVES.thing("post", "/gist", LAST, "body.a", "undeclared") is None
    assert LIVES.thing("post", "/never", LAST, "body.a", "undeclared") is None


def test_operations() -> None:
    """Rule 20a: which are not there on a day, and when they were."""
    assert [(a.method, a.path, a.id, a.explanation.message) for a in LIVES.absent(LAST)] == [
        ("put", "/things/{id}", "things.put", f"`PUT /things/{{id}}` was removed on {MARCH}"),
        ("get", "/things/latest", "things.latest", f"`GET /things/latest` was removed on {MARCH}; use things.get"),
        ("post", "/gist", "gist", f"`POST /gist` was removed by {MAY}; use analyze"),
    ]
    assert [(a.id, str(a.explanation.message)) for a in LIVES.absent(FIRST)] == [
        ("analyze", f"`POST /analyze` was added on {MARCH}"),
        ("stop", f"`POST /analyze/{{id}}:stop` was added by {MAY}"),
    ]
    assert LIVES.operation("get", "/never", LAST) is None


@pytest.mark.parametrize(
    ("method", "path", "day", "id_"),
    [
        ("POST", "/gist", LAST, "gist"),
        ("POST", "/gist/", LAST, "gist"),
        ("GET", "/gist", LAST, None),
        ("POST", "/gist", FIRST, None),
        ("GET", "/things/latest", LAST, "things.latest"),
        ("PUT", "/things/latest", LAST, "things.put"),
        ("POST", "/analyze/5:stop", FIRST, "stop"),
        ("POST", "/analyze/5", FIRST, None),
    ],
)
def test_a_request_finds_the_operation_that_is_gone(method: str, path: str, day: str, id_: str | None) -> None:
    """By method and path below the server; a literal segment goes before a parameter."""
    found = LIVES.match(method, path, day)
    assert (found and found.id) == id_


def test_an_operation_is_there_while_it_and_its_path_are() -> None:
    inner = Lives(document({"/a": {"x-since": FIRST, "get": operation("a", {"x-since": MARCH, "x-until": MAY})}}))
    marks = {"x-since": MARCH, "x-until": MAY}
    outer = Lives(document({"/a": {**marks, "get": operation("a", {"x-since": FIRST, "x-until": LAST})}}))
    for lives in (inner, outer):
        found = [lives.operation("get", "/a", day) for day in (FIRST, MARCH, LAST)]
        assert [held and held.message for held in found] == [
            f"`GET /a` was added on {MARCH}",
            None,
            f"`GET /a` was removed by {MAY}",
        ]


def test_an_operation_has_the_name_of_the_nearest_day() -> None:
    """A name that changed later is not the name that it went with."""
    marks = {"x-since": MARCH, "x-until": LAST, "x-was": [{"until": MAY, "operationId": "old"}]}
    lives = Lives(document({"/a": {"get": operation("new", marks)}}))
    assert [lives.absent(day)[0].id for day in (FIRST, LAST)] == ["old", "new"]


@pytest.mark.parametrize(
    ("day", "right", "message"),
    [
        (LAST, [FIRST], "this request was valid until 2026-02-28"),
        (LAST, [FIRST, MARCH], f"this request was valid before, but not by {MAY}"),
        (LAST, [FIRST, MARCH, MAY], "this request was valid until 2026-06-30"),
        (FIRST, [MARCH, MAY], f"this request has been valid since {MARCH}"),
        (FIRST, [MAY], f"this request became valid by {MAY}"),
        (MARCH, [FIRST, LAST], "this request was valid until 2026-02-28"),
        (LAST, [], None),
    ],
)
def test_a_whole_request_was_right_on_another_day(day: str, right: list[str], message: str | None) -> None:
    """Rule 20b: the day on which it is wrong is not judged again."""
    asked: list[str] = []

    def conforms(at: str) -> bool:
        asked.append(at)
        return at in right

    found = LIVES.whole("/things", day, conforms)
    assert (found and found.message) == message
    assert day not in asked
    assert {*asked, day} <= {*LIVES.days("/things")}


def test_a_path_has_few_days() -> None:
    """Only those on which something of it is different; the projection is plain, and has that path only."""
    assert LIVES.days("/things/{id}") == [FIRST, MARCH]
    assert LIVES.days("/never") == [FIRST]
    found = LIVES.projection("/gist", FIRST)
    assert [*found["paths"]] == ["/gist"]
    assert not any(mark in str(found) for mark in MARKS)
    assert LIVES.projection("/gist", LAST)["paths"] == {}


def test_what_came_back_in_another_place_is_followed_to_its_last_end() -> None:
    """A property that two definitions declare at different times has two lives."""
    marked = bodied(
        {
            "$ref": "#/components/schemas/A",
            "x-was": [
                {"until": LAST, "$ref": "#/components/schemas/B"},
                {"until": MARCH, "$ref": "#/components/schemas/A"},
            ],
        },
        A={"properties": {"a": {}}},
        B={"properties": {"b": {}}},
    )
    found = Lives(marked).thing("post", "/things", "2026-04-01", "body.a", "undeclared")
    assert found == Explanation("removed", f"`a` was removed on {MARCH}")


def test_of_two_that_a_request_fits_the_more_literal_is_meant() -> None:
    """Whichever comes first in the document; a segment may be literal in part, and its dots are dots."""
    gone = {"x-until": MARCH}
    paths = {path: {"get": operation(path, gone)} for path in ("/{a}/{b}", "/{a}/c", "/x/{b}", "/x/{b}.json", "/x.y/c")}
    lives = Lives(document(paths))
    for path, id_ in (
        ("/x/c", "/x/{b}"),
        ("/y/c", "/{a}/c"),
        ("/y/d", "/{a}/{b}"),
        ("/x.y/c", "/x.y/c"),
        ("/xzy/d", "/{a}/{b}"),
        ("//x//c/", "/x/{b}"),
    ):
        found = lives.match("get", path, LAST)
        assert found is not None
        assert found.id == id_
    assert lives.match("get", "/x", LAST) is None
    assert lives.match("get", "/x/c/d", LAST) is None


def test_what_is_announced_will_be_accepted() -> None:
    """A parameter, an operation, a whole request; what comes earlier has been accepted since."""
    size = {"name": "size", "in": "query", "x-since": NEXT, "schema": {}}
    lives = Lives(
        document({"/things": {"get": operation(parameters=[size]), "put": operation("put", {"x-since": NEXT})}})
    )
    found = lives.thing("get", "/things", LAST, "query.size", "undeclared")
    assert found == Explanation("not_yet", f"`size` will be accepted from {NEXT} on")
    found = lives.operation("put", "/things", LAST)
    assert found == Explanation("not_yet", f"`PUT /things` will be accepted from {NEXT} on")
    found = lives.whole("/things", LAST, lambda day: day == NEXT, "event")
    assert found == Explanation("not_yet", f"this event will be valid from {NEXT} on")


def test_the_declaration_of_the_operation_counts_and_what_stands_beside_a_reference() -> None:
    """Before that of its path, and before that of the definition."""
    shared = {"name": "q", "in": "query", "x-until": MARCH, "x-instead": "shared", "schema": {}}
    held = {"$ref": "#/components/schemas/S", "x-until": MARCH, "x-instead": "beside"}
    kind = {"const": "b", "x-was": [{"until": MARCH, "const": "a"}]}
    content = {"application/json": {"schema": {"properties": {"held": held, "kind": kind}}}}
    own = operation(parameters=[{**shared, "x-instead": "own"}], requestBody={"content": content})
    schemas = {"S": {"deprecated": True, "x-instead": "definition"}}
    lives = Lives(document({"/things": {"parameters": [shared], "post": own}}, schemas=schemas))
    for location, rule, value, message in (
        ("query.q", "undeclared", None, f"`q` was removed on {MARCH}; use own"),
        ("query.Q", "undeclared", None, f"`Q` was removed on {MARCH}; use own"),
        ("body.held", "undeclared", None, f"`held` was removed on {MARCH}; use beside"),
        ("form.held", "undeclared", None, f"`held` was removed on {MARCH}; use beside"),
        ("body.kind", "const", "a", f"`a` was removed on {MARCH}"),
        ("body.kind", "enum", "a", f"`a` was removed on {MARCH}"),
    ):
        assert lives.thing("post", "/things", LAST, location, rule, value) == Explanation("removed", message)


def test_the_days_of_a_path_are_those_of_its_rules() -> None:
    """The first day once, and none on which only words changed."""
    words = {"until": MAY, "description": "before", "summary": "S"}
    size = {"name": "size", "in": "query", "x-since": FIRST, "schema": {}}
    own = operation(parameters=[size], marks={"x-was": [words, {"until": MARCH, "responses": {}}]})
    assert Lives(document({"/things": {"get": own}})).days("/things") == [FIRST, MARCH]


def test_webhooks_live_as_paths_do() -> None:
    """By their names, without the keys that the document asks of its callers."""
    sent = {
        "sent": {"post": operation("sent", {"x-until": MARCH, "x-instead": "moved"})},
        "moved": {"post": operation("m")},
    }
    raw = document(webhooks=sent, security=[{"Key": []}], securitySchemes={"Key": {"type": "apiKey"}})
    lives = Lives.of_webhooks(raw)
    (absent,) = lives.absent(LAST)
    assert (absent.path, absent.id, absent.day) == ("sent", "sent", "2026-02-28")
    assert absent.explanation == Explanation("removed", f"`sent` was removed on {MARCH}; use moved")
    assert lives.absent(LAST) is lives.absent(LAST)
    assert "security" not in lives.projection("moved", LAST)
    assert [*lives.projection("moved", LAST)["paths"]] == ["moved"]
    assert Lives.of_webhooks(document()).absent(LAST) == []
