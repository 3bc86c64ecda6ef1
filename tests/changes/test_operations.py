"""What is said of each part of an operation that changes, in both directions, and where each side has it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from apicontract.changes import compare
from apicontract.changes.difference import Difference
from apicontract.changes.sides import SIDES
from apicontract.openapi.document import Document

AT = "/paths/~1a~1{id}~1{n}/post"
MEDIA = {"application~1json": "json", "application~1x-www-form-urlencoded": "form"}
INTEGER = {"type": "integer"}
SOME = {"type": "string", "minLength": 1}
TEXTS = {"type": "array", "items": {"type": "string"}}
OBJECT = {"type": "object", "properties": {"a": INTEGER}}
KEYS = {
    "h": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "q": {"type": "apiKey", "in": "query", "name": "key"},
    "i": {"type": "apiKey", "in": "header", "name": "X-Id"},
}


def at_most(limit: int) -> dict[str, Any]:
    return {"type": "integer", "maximum": limit}


def nested(limit: int) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "array", "items": at_most(limit)}}


def given(name: str, location: str = "query", schema: Any = INTEGER, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": location, "schema": schema, **more}


IDS = [given("id", "path", {"type": "string"}, required=True), given("n", "path", required=True)]


def own(**more: Any) -> dict[str, Any]:
    return {"operationId": "op", "parameters": IDS, "responses": {"200": {"description": ""}}, **more}


def asked(*parameters: Any) -> dict[str, Any]:
    return own(parameters=[*IDS, *parameters])


def as_json(schema: Any, **others: Any) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}, **others}}


def sent(body: Any, **more: Any) -> dict[str, Any]:
    return own(requestBody={**body, **more})


def form(encoding: Any) -> dict[str, Any]:
    schema = {"type": "object", "properties": {"a": {"type": "array", "items": INTEGER}}}
    held = {"schema": schema, **({"encoding": encoding} if encoding else {})}
    return sent({"content": {"application/x-www-form-urlencoded": held}})


def answering(responses: Any) -> dict[str, Any]:
    return own(responses={key: {"description": "", **held} for key, held in responses.items()})


def _event(kind: str) -> dict[str, Any]:
    return {"type": "object", "required": ["t"], "properties": {"t": {"const": kind}, "n": INTEGER}}


def stream(**streaming: Any) -> dict[str, Any]:
    schema = {"oneOf": [_event(kind) for kind in "abc"], "discriminator": {"propertyName": "t"}}
    answers = answering({"200": {"content": {"text/event-stream": {"schema": schema}}}})
    return {**answers, **({"x-streaming": streaming} if streaming else {})}


FLAGS = as_json({"type": "object", "properties": {"s": {"type": "boolean"}, "t": {"type": "boolean"}}})

CHANGES: dict[str, tuple[Any, Any, list[str], list[str]]] = {
    "a query parameter is gone": (
        asked(given("q")),
        asked(),
        ["query.q | parameter | 'q' is no longer declared | requests narrower major | @/parameters/2, -"],
        ["query.q | parameter | 'q' is declared | requests wider minor | -, @/parameters/2"],
    ),
    "a header is gone": (asked(given("X-H", "header")), asked(), [], []),
    "a required header is gone": (
        asked(given("X-H", "header", required=True)),
        asked(),
        ["header.x-h | required | 'X-H' is no longer required | requests wider minor | @/parameters/2, -"],
        ["header.x-h | required | 'X-H' is required | requests narrower major | -, @/parameters/2"],
    ),
    "a required cookie is gone": (
        asked(given("c", "cookie", required=True)),
        asked(),
        ["cookie.c | required | 'c' is no longer required | requests wider minor | @/parameters/2, -"],
        ["cookie.c | required | 'c' is required | requests narrower major | -, @/parameters/2"],
    ),
    "a required query parameter is gone": (
        asked(given("q", required=True)),
        asked(),
        [
            "query.q | parameter | 'q' is no longer declared | requests narrower major | @/parameters/2, -",
            "query.q | required | 'q' is no longer required | requests wider minor | @/parameters/2, -",
        ],
        [
            "query.q | parameter | 'q' is declared | requests wider minor | -, @/parameters/2",
            "query.q | required | 'q' is required | requests narrower major | -, @/parameters/2",
        ],
    ),
    "a query parameter is required": (
        asked(given("q")),
        asked(given("q", required=True)),
        ["query.q | required | 'q' is required | requests narrower major | @/parameters/2"],
        ["query.q | required | 'q' is no longer required | requests wider minor | @/parameters/2"],
    ),
    "a header in another case": (
        asked(given("X-H", "header", at_most(9))),
        asked(given("x-h", "header", at_most(8))),
        ["header.x-h | maximum | maximum was 9, is 8 | requests narrower major | @/parameters/2/schema/maximum"],
        ["header.x-h | maximum | maximum was 8, is 9 | requests wider minor | @/parameters/2/schema/maximum"],
    ),
    "a query parameter in another case": (
        asked(given("q")),
        asked(given("Q")),
        [
            "query.q | parameter | 'q' is no longer declared | requests narrower major | @/parameters/2, -",
            "query.Q | parameter | 'Q' is declared | requests wider minor | -, @/parameters/2",
        ],
        [
            "query.Q | parameter | 'Q' is no longer declared | requests narrower major | @/parameters/2, -",
            "query.q | parameter | 'q' is declared | requests wider minor | -, @/parameters/2",
        ],
    ),
    "a list in one value": (
        asked(given("q", schema=TEXTS)),
        asked(given("q", schema=TEXTS, explode=False)),
        ["query.q | style | the style is form, was form exploded | requests narrower major | @/parameters/2"],
        ["query.q | style | the style is form exploded, was form | requests wider minor | @/parameters/2"],
    ),
    "an empty value": (
        asked(given("q")),
        asked(given("q", allowEmptyValue=True)),
        [
            "query.q | style | the style is form exploded or empty, was form exploded | requests wider minor | @/parameters/2"  # noqa: E501 - a line each
        ],
        [
            "query.q | style | the style is form exploded, was form exploded or empty | requests narrower major | @/parameters/2"  # noqa: E501 - a line each
        ],
    ),
    "an object in another style": (
        asked(given("q", schema=OBJECT)),
        asked(given("q", schema=OBJECT, style="deepObject")),
        [
            "query.q | style | the style is deepObject, was form exploded | requests narrower major | @/parameters/2",
            "query.q | style | the style is deepObject, was form exploded | requests wider minor | @/parameters/2",
        ],
        [
            "query.q | style | the style is form exploded, was deepObject | requests narrower major | @/parameters/2",
            "query.q | style | the style is form exploded, was deepObject | requests wider minor | @/parameters/2",
        ],
    ),
    "a parameter in JSON": (
        asked({"name": "q", "in": "query", **as_json({"type": "object", "properties": {"a": at_most(3)}})}),
        asked({"name": "q", "in": "query", **as_json({"type": "object", "properties": {"a": at_most(2)}})}),
        [
            "query.q.a | maximum | maximum was 3, is 2 | requests narrower major | @/parameters/2/json/schema/properties/a/maximum"  # noqa: E501 - a line each
        ],
        [
            "query.q.a | maximum | maximum was 2, is 3 | requests wider minor | @/parameters/2/json/schema/properties/a/maximum"  # noqa: E501 - a line each
        ],
    ),
    "an item of a parameter": (
        asked(given("q", schema={"type": "array", "items": at_most(12)})),
        asked(given("q", schema={"type": "array", "items": at_most(11)})),
        ["query.q[] | maximum | maximum was 12, is 11 | requests narrower major | @/parameters/2/schema/items/maximum"],
        ["query.q[] | maximum | maximum was 11, is 12 | requests wider minor | @/parameters/2/schema/items/maximum"],
    ),
    "the second parameter of a path": (
        own(parameters=[IDS[0], given("n", "path", at_most(9), required=True)]),
        own(parameters=[IDS[0], given("n", "path", at_most(8), required=True)]),
        ["path.n | maximum | maximum was 9, is 8 | requests narrower major | @/parameters/1/schema/maximum"],
        ["path.n | maximum | maximum was 8, is 9 | requests wider minor | @/parameters/1/schema/maximum"],
    ),
    "a body is gone": (
        sent(as_json(INTEGER)),
        own(),
        ["body | body | application/json is no longer accepted | requests narrower major | @/requestBody/json, @"],
        ["body | body | application/json is accepted | requests wider minor | @, @/requestBody/json"],
    ),
    "a body is required": (
        sent(as_json(INTEGER)),
        sent(as_json(INTEGER), required=True),
        ["body | required | 'body' is required | requests narrower major | @/requestBody"],
        ["body | required | 'body' is no longer required | requests wider minor | @/requestBody"],
    ),
    "a media type is gone": (
        sent(as_json(INTEGER, **{"text/plain": {"schema": {"type": "string"}}})),
        sent(as_json(INTEGER)),
        [
            "header.content-type | media_type | text/plain is no longer accepted | requests narrower major | @/requestBody/content/text~1plain, @/requestBody"  # noqa: E501 - a line each
        ],
        [
            "header.content-type | media_type | text/plain is accepted | requests wider minor | @/requestBody, @/requestBody/content/text~1plain"  # noqa: E501 - a line each
        ],
    ),
    "bytes are gone": (
        sent(as_json(INTEGER, **{"application/octet-stream": {}})),
        sent(as_json(INTEGER)),
        [
            "header.content-type | media_type | application/octet-stream is no longer accepted | requests narrower major | @/requestBody/content/application~1octet-stream, @/requestBody"  # noqa: E501 - a line each
        ],
        [
            "header.content-type | media_type | application/octet-stream is accepted | requests wider minor | @/requestBody, @/requestBody/content/application~1octet-stream"  # noqa: E501 - a line each
        ],
    ),
    "a list of a form in one value": (
        form({}),
        form({"a": {"style": "form", "explode": False}}),
        [
            "form | encoding | fields are encoded differently | requests narrower major | @/requestBody/form, @/requestBody/form/encoding",  # noqa: E501 - a line each
            "form | encoding | fields are encoded differently | requests wider minor | @/requestBody/form, @/requestBody/form/encoding",  # noqa: E501 - a line each
        ],
        [
            "form | encoding | fields are encoded differently | requests narrower major | @/requestBody/form/encoding, @/requestBody/form",  # noqa: E501 - a line each
            "form | encoding | fields are encoded differently | requests wider minor | @/requestBody/form/encoding, @/requestBody/form",  # noqa: E501 - a line each
        ],
    ),
    "deprecated": (
        own(),
        own(deprecated=True),
        ["deprecated | deprecated | is deprecated | words minor | @/deprecated"],
        ["deprecated | deprecated | is no longer deprecated | words minor | @/deprecated"],
    ),
    "another id": (
        own(),
        own(operationId="other"),
        ["operationId | operationId | was called op, is called other | words patch | @/operationId"],
        ["operationId | operationId | was called other, is called op | words patch | @/operationId"],
    ),
    "another key": (
        own(security=[{"h": []}]),
        own(security=[{"i": []}]),
        [
            "header | security | the key is sent in X-Id, was sent in X-Key | requests narrower major | @",
            "header | security | the key is sent in X-Id, was sent in X-Key | requests wider minor | @",
        ],
        [
            "header | security | the key is sent in X-Key, was sent in X-Id | requests narrower major | @",
            "header | security | the key is sent in X-Key, was sent in X-Id | requests wider minor | @",
        ],
    ),
    "a key goes into the query": (
        own(security=[{"h": []}]),
        own(security=[{"q": []}]),
        ["header | security | the key is sent in key, was sent in X-Key | requests wider minor | @"],
        ["header | security | the key is sent in X-Key, was sent in key | requests narrower major | @"],
    ),
    "no key": (
        own(security=[{"h": []}]),
        own(),
        ["header | security | the key is sent in none, was sent in X-Key | requests wider minor | @"],
        ["header | security | the key is sent in X-Key, was sent in none | requests narrower major | @"],
    ),
    "no key in the query": (
        own(security=[{"q": []}]),
        own(),
        ["header | security | the key is sent in none, was sent in key | requests narrower major | @"],
        ["header | security | the key is sent in key, was sent in none | requests wider minor | @"],
    ),
    "a second key": (
        own(security=[{"h": []}]),
        own(security=[{"h": [], "i": []}]),
        ["header | security | the key is sent in X-Key, X-Id, was sent in X-Key | requests narrower major | @"],
        ["header | security | the key is sent in X-Key, was sent in X-Key, X-Id | requests wider minor | @"],
    ),
    "a success is gone": (
        answering({"200": {}, "201": as_json(INTEGER)}),
        answering({"200": {}}),
        ["201 | status | the status 201 is no longer declared | answers narrower minor | @/responses/201, @/responses"],
        ["201 | status | the status 201 is declared | answers wider major | @/responses, @/responses/201"],
    ),
    "an empty success is gone": (
        answering({"200": as_json({}), "202": {}}),
        answering({"200": as_json({})}),
        ["202 | status | the status 202 is no longer declared | answers narrower minor | @/responses/202, @/responses"],
        ["202 | status | the status 202 is declared | answers wider major | @/responses, @/responses/202"],
    ),
    "an error response is gone": (
        answering({"200": {}, "400": as_json(INTEGER)}),
        answering({"200": {}}),
        ["400 | status | the status 400 is no longer declared | answers narrower minor | @/responses/400, @/responses"],
        ["400 | status | the status 400 is declared | answers wider minor | @/responses, @/responses/400"],
    ),
    "a redirection is gone": (
        answering({"200": {}, "302": as_json(INTEGER)}),
        answering({"200": {}}),
        ["302 | status | the status 302 is no longer declared | answers narrower minor | @/responses/302, @/responses"],
        ["302 | status | the status 302 is declared | answers wider major | @/responses, @/responses/302"],
    ),
    "a range is gone": (
        answering({"200": {}, "4XX": as_json(INTEGER), "404": as_json({"type": "string"})}),
        answering({"200": {}, "404": as_json({"type": "string"})}),
        ["4XX | status | the status 4XX is no longer declared | answers narrower minor | @/responses/4XX, @/responses"],
        ["4XX | status | the status 4XX is declared | answers wider minor | @/responses, @/responses/4XX"],
    ),
    "any answer becomes any success": (
        answering({"default": as_json(INTEGER)}),
        answering({"2XX": as_json(INTEGER)}),
        [
            "default | status | the status default is no longer declared | answers narrower minor | @/responses/default, @/responses"  # noqa: E501 - a line each
        ],
        ["default | status | the status default is declared | answers wider major | @/responses, @/responses/default"],
    ),
    "a range of error responses becomes any answer": (
        answering({"4XX": as_json(INTEGER)}),
        answering({"default": as_json({"type": "string"})}),
        [
            "default | status | the status default is declared | answers wider major | @/responses, @/responses/default",  # noqa: E501 - a line each
            "499 body | type | the type integer is no longer admitted | answers narrower minor | @/responses/4XX/json/schema/type, @/responses/default/json/schema/type",  # noqa: E501 - a line each
            "499 body | type | the type string is admitted | answers wider major | @/responses/4XX/json/schema/type, @/responses/default/json/schema/type",  # noqa: E501 - a line each
        ],
        [
            "default | status | the status default is no longer declared | answers narrower minor | @/responses/default, @/responses",  # noqa: E501 - a line each
            "499 body | type | the type string is no longer admitted | answers narrower minor | @/responses/default/json/schema/type, @/responses/4XX/json/schema/type",  # noqa: E501 - a line each
            "499 body | type | the type integer is admitted | answers wider major | @/responses/default/json/schema/type, @/responses/4XX/json/schema/type",  # noqa: E501 - a line each
        ],
    ),
    "a media type of an answer is gone": (
        answering({"200": as_json(INTEGER, **{"text/plain": {"schema": {"type": "string"}}})}),
        answering({"200": as_json(INTEGER)}),
        [
            "200 header.content-type | media_type | text/plain is no longer a response | answers narrower minor | @/responses/200/content/text~1plain, @/responses/200"  # noqa: E501 - a line each
        ],
        [
            "200 header.content-type | media_type | text/plain is a response | answers wider major | @/responses/200, @/responses/200/content/text~1plain"  # noqa: E501 - a line each
        ],
    ),
    "an answer has no body": (
        answering({"200": as_json(INTEGER)}),
        answering({"200": {}}),
        [
            "200 header.content-type | media_type | application/json is no longer a response | answers narrower minor | @/responses/200/json, @/responses/200",  # noqa: E501 - a line each
            "200 body | body | has no body, had one | answers wider major | @/responses/200",
        ],
        [
            "200 header.content-type | media_type | application/json is a response | answers wider major | @/responses/200, @/responses/200/json",  # noqa: E501 - a line each
            "200 body | body | has a body, had none | answers narrower minor | @/responses/200",
        ],
    ),
    "a header of an answer": (
        answering({"200": {"headers": {"X-H": {"required": True, "schema": INTEGER}}}}),
        answering({"200": {"headers": {"x-h": {"schema": at_most(5)}}}}),
        [
            "200 header.x-h | maximum | maximum is new: 5 | answers narrower minor | @/responses/200/headers/X-H/schema, @/responses/200/headers/x-h/schema/maximum",  # noqa: E501 - a line each
            "200 header.x-h | required | 'x-h' is no longer required | answers wider major | @/responses/200/headers/X-H, @/responses/200/headers/x-h",  # noqa: E501 - a line each
        ],
        [
            "200 header.x-h | maximum | maximum is gone, was 5 | answers wider major | @/responses/200/headers/x-h/schema/maximum, @/responses/200/headers/X-H/schema",  # noqa: E501 - a line each
            "200 header.x-h | required | 'x-h' is required | answers narrower minor | @/responses/200/headers/x-h, @/responses/200/headers/X-H",  # noqa: E501 - a line each
        ],
    ),
    "items of items": (
        answering({"200": as_json(nested(11))}),
        answering({"200": as_json(nested(10))}),
        [
            "200 body[][] | maximum | maximum was 11, is 10 | answers narrower minor | @/responses/200/json/schema/items/items/maximum"  # noqa: E501 - a line each
        ],
        [
            "200 body[][] | maximum | maximum was 10, is 11 | answers wider major | @/responses/200/json/schema/items/items/maximum"  # noqa: E501 - a line each
        ],
    ),
    "another first event": (
        stream(first="a", last="c"),
        stream(first="b", last="c"),
        ['events first | event | first was "a", is "b" | words major | @/x-streaming'],
        ['events first | event | first was "b", is "a" | words major | @/x-streaming'],
    ),
    "another last event": (
        stream(first="a", last="c"),
        stream(first="a", last=["c", "b"]),
        ['events last | event | last was ["c"], is ["c", "b"] | words major | @/x-streaming'],
        ['events last | event | last was ["c", "b"], is ["c"] | words major | @/x-streaming'],
    ),
    "a mark at the end": (
        stream(first="a", last="c"),
        stream(first="a", last="c", end="[DONE]"),
        ['events end | event | end was null, is "[DONE]" | words major | @/x-streaming'],
        ['events end | event | end was "[DONE]", is null | words major | @/x-streaming'],
    ),
    "no numbers": (
        stream(first="a", number="/n"),
        stream(first="a"),
        ['events number | event | number was "/n", is null | words major | @/x-streaming'],
        ['events number | event | number was null, is "/n" | words major | @/x-streaming'],
    ),
    "another shared value": (
        stream(first="a", same="/n"),
        stream(first="a", same="/m"),
        ['events same | event | same was "/n", is "/m" | words major | @/x-streaming'],
        ['events same | event | same was "/m", is "/n" | words major | @/x-streaming'],
    ),
    "another sign of life": (
        stream(first="a", keepalive="b"),
        stream(first="a", keepalive=["b", "c"]),
        ['events keepalive | event | keepalive was ["b"], is ["b", "c"] | words major | @/x-streaming'],
        ['events keepalive | event | keepalive was ["b", "c"], is ["b"] | words major | @/x-streaming'],
    ),
    "a stream is closed": (
        stream(first="a", open=True),
        stream(first="a"),
        ["events open | event | open was true, is false | words major | @/x-streaming"],
        ["events open | event | open was false, is true | words major | @/x-streaming"],
    ),
    "no event line": (
        stream(first="a", event="both"),
        stream(first="a"),
        ['events event | event | event was "both", is "data" | words major | @/x-streaming'],
        ['events event | event | event was "data", is "both" | words major | @/x-streaming'],
    ),
    "nothing of a stream": (
        stream(first="a"),
        stream(),
        ["events | event | how events begin and end is no longer declared | answers wider major | @"],
        ["events | event | how events begin and end is said | answers narrower minor | @"],
    ),
    "another flag": (
        {**stream(flag="s"), "requestBody": FLAGS},
        {**stream(flag="t"), "requestBody": FLAGS},
        ['events flag | event | flag was "s", is "t" | words major | @/x-streaming'],
        ['events flag | event | flag was "t", is "s" | words major | @/x-streaming'],
    ),
    "an empty text": (
        asked(given("q", schema=SOME)),
        asked(given("q", schema=SOME, allowEmptyValue=True)),
        [
            "query.q | style | the style is form exploded or empty, was form exploded | requests wider minor | @/parameters/2"  # noqa: E501 - a line each
        ],
        [
            "query.q | style | the style is form exploded, was form exploded or empty | requests narrower major | @/parameters/2"  # noqa: E501 - a line each
        ],
    ),
    "a text that may be empty is": (
        asked(given("q", schema={"type": "string"})),
        asked(given("q", schema={"type": "string"}, allowEmptyValue=True)),
        [],
        [],
    ),
    "a list of a form in another style": (
        form({"a": {"style": "pipeDelimited", "explode": False}}),
        form({"a": {"style": "form", "explode": False}}),
        [
            "form | encoding | fields are encoded differently | requests narrower major | @/requestBody/form/encoding",
            "form | encoding | fields are encoded differently | requests wider minor | @/requestBody/form/encoding",
        ],
        [
            "form | encoding | fields are encoded differently | requests narrower major | @/requestBody/form/encoding",
            "form | encoding | fields are encoded differently | requests wider minor | @/requestBody/form/encoding",
        ],
    ),
    "an encoding in so many words": (form({"a": {"style": "form"}}), form({}), [], []),
}
"""Two operations, and what is said from the first to the second, and back: where, rule, message, effect and severity,
and the pointers of both sides, or one that they share; `@` is the operation, and `-` is none."""


def said(old: Any, new: Any) -> list[str]:
    """Return what is said of the differences between two operations."""
    documents = [
        Document(
            {
                "openapi": "3.2.0",
                "servers": [{"url": "https://a.example"}],
                "paths": {"/a/{id}/{n}": {"post": one}},
                "components": {"securitySchemes": KEYS},
            }
        )
        for one in (old, new)
    ]
    return [
        f"{d.where} | {d.rule} | {d.message} | {d.effect} {d.severity} | {', '.join(dict.fromkeys(_pointers(d)))}"
        for d in compare(documents[0], documents[1]).differences
    ]


def _pointers(difference: Difference) -> Iterator[str]:
    for side in SIDES:
        pointer = difference.pointers.get(side, "-").replace(AT, "@")
        for media, name in MEDIA.items():
            pointer = pointer.replace(f"/content/{media}", f"/{name}")
        yield pointer


@pytest.mark.parametrize("name", CHANGES)
def test_each_part_that_changes_is_said(name: str) -> None:
    old, new, there, back = CHANGES[name]
    assert said(old, new) == there
    assert said(new, old) == back


RANGES = ("2XX", "3XX", "4XX", "5XX")


@pytest.mark.parametrize("declared", [held for count in range(5) for held in combinations(RANGES, count)])
def test_any_other_answer_is_compared_where_it_is_the_one_that_counts(declared: tuple[str, ...]) -> None:
    """Beside a success, which may be one status, it is an error; every other range may have a response of its own."""
    at = "@/responses/default/json/schema/maximum"
    found = "2XX" not in declared or not {"4XX", "5XX"} <= {*declared}
    for success in ("2XX", "200", "204"):
        same = {success if key == "2XX" else key: as_json(INTEGER) for key in (*declared, "404", "302")}
        old, new = (answering({**same, "default": as_json(at_most(limit))}) for limit in (9, 8))
        there = [f"default body | maximum | maximum was 9, is 8 | answers narrower minor | {at}"]
        back = [f"default body | maximum | maximum was 8, is 9 | answers wider major | {at}"]
        assert (said(old, new), said(new, old)) == ((there, back) if found else ([], [])), success


@pytest.mark.parametrize(
    ("named", "status"),
    [([], 499), (["499"], 498), (["498", "499"], 497), (["498"], 499), (["400"], 499), (["599"], 499)],
)
def test_of_a_range_the_last_status_without_a_response_of_its_own_stands_for_it(named: list[str], status: int) -> None:
    same = {"200": {}, **{one: as_json(INTEGER) for one in named}}
    old, new = (answering({**same, key: as_json(at_most(n))}) for key, n in (("4XX", 9), ("default", 8)))
    found = [one for one in said(old, new) if "maximum" in one]
    assert [one.split(" | ")[0] for one in found] == [f"{status} body"]


@pytest.mark.parametrize(
    ("schema", "admitted"),
    [
        ({"type": "string"}, True),
        ({}, True),
        ({"type": "string", "minLength": 1}, True),
        ({"type": "string", "minLength": 0}, True),
        ({"type": "string", "minLength": 2}, False),
        ({"type": "string", "maxLength": 99}, False),
        ({"type": "string", "minLength": 1, "maxLength": 99}, False),
        ({"type": "string", "pattern": "^a"}, False),
        ({"type": "string", "format": "date"}, False),
        ({"type": "string", "enum": ["a"]}, True),  # no number and no truth value is listed
        ({"minLength": 1}, True),
    ],
)
@pytest.mark.parametrize("kind", ["integer", "number", "boolean"])
def test_what_is_written_as_a_text_is_one_of_the_texts(schema: Any, kind: str, *, admitted: bool) -> None:
    """A number or a truth value beside them is news only where not any text is admitted that is not empty."""
    anyway = {**schema, "type": ["string", kind]}
    for location, name, more in (("query", "q", {}), ("header", "X-H", {}), ("path", "n", {"required": True})):
        old, new = (
            own(parameters=[IDS[0], *(IDS[1:] if location != "path" else []), given(name, location, one, **more)])
            for one in (schema, anyway)
        )
        assert (said(old, new) == [], said(new, old) == []) == (admitted, admitted), location
