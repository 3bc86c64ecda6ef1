"""What is told of the settings of extensions that must agree with the rest of the document."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from codegen.rules import extensions
from tests.codegen.edits import told

Change = tuple[tuple[str | int, ...], Any]
SCHEMAS = ("components", "schemas")
LIST, LATER = ("paths", "/notes", "get"), ("paths", "/search/{token}", "get")
SEARCH, ASK = ("paths", "/search", "post"), ("paths", "/ask", "post")
STATUS = ("paths", "/notes/{note_id}", "get")
TOKEN, PAGES, STREAM, WAIT = (
    *((*SEARCH, "x-pagination"), (*LIST, "x-pagination")),
    *((*ASK, "x-streaming"), (*STATUS, "x-waiting")),
)
LIMIT = (*LIST, "parameters", 1)
ANSWER = ("responses", "200")
NO_PAGE = "'page' is not a query parameter with a whole number"


def leads(pointer: str, what: str, operation: str) -> str:
    """Say that a pointer leads nowhere."""
    return f"the pointer {pointer!r} leads to no {what} in the response of {operation!r}"


def unbounded(*bounds: str, name: str = "page_limit", operation: str = "notes.list") -> list[str]:
    """Say which bounds the size of a page lacks."""
    return [f"{name!r} is the size of a page of {operation!r} and has no {bound!r}" for bound in bounds]


def media(name: str, schema: str) -> dict[str, Any]:
    """Return the content of one media type."""
    return {name: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


def typed(kind: Any, **more: Any) -> dict[str, Any]:
    """Return a property of a type."""
    return {"type": kind, "description": "One.", **more}


WHOLE = {"type": "integer"}
HELD: list[tuple[list[Any], list[str]]] = [
    ([((*LIST, "parameters", 0, "schema"), {"type": "integer", "minimum": 1})], []),
    *(([((*LIST, "parameters", 0, "schema"), {"type": one})], [NO_PAGE]) for one in ("string", ["integer", "null"])),
    ([((*PAGES, "parameter"), "no")], ["'no' is not a query parameter with a whole number"]),
    ([((*PAGES, "total_pages"), "/data")], [leads("/data", "integer", "notes.list")]),
    ([((*PAGES, "items"), "/pages")], [leads("/pages", "array", "notes.list")]),
    ([((*PAGES, "items"), "/no")], [leads("/no", "property", "notes.list")]),
    ([((*SCHEMAS, "Pages", "properties", "total"), typed(["integer", "null"]))], []),
    ([((*SCHEMAS, "NotePage", "properties", "data"), typed(["array", "null"], items={"type": "string"}))], []),
    (
        [((*LIST, *ANSWER, "content"), {"text/plain": {}})],
        ["'notes.list' has no JSON response to page through"] * 2,
    ),
    (
        [((*TOKEN, "repeat"), ["deep", "words", "no"])],
        ["'words' is not a query parameter of 'search.retrieve'", "'no' is not an argument of 'search.create'"],
    ),
    (
        [
            ((*SEARCH, "parameters"), [{"in": "query", "name": "q", "schema": {"type": "string"}}]),
            ((*LATER, "parameters", 1, "name"), "q"),
            ((*TOKEN, "repeat"), ["q"]),
        ],
        [],
    ),
    ([((*LATER, "parameters", 1, "required"), True)], []),
    (
        [((*LATER, "parameters", 1, "required"), True), ((*TOKEN, "repeat"), [])],
        ["'search.retrieve' needs 'deep', which the pager does not send"],
    ),
    (
        [((*LATER, *ANSWER), {"description": "One.", "content": media("application/json", "Note")})],
        [leads("/data", "property", "search.retrieve"), leads("/next", "property", "search.retrieve")],
    ),
    ([((*TOKEN, "operation"), "no")], ["there is no operation 'no'"]),
    (
        [((*TOKEN, "parameter"), "deep")],
        [
            "'deep' is not a path parameter of 'search.retrieve'",
            "'search.retrieve' needs 'token', which the pager does not send",
        ],
    ),
    ([((*LIMIT, "schema"), WHOLE)], unbounded("minimum", "maximum")),
    ([((*LIMIT, "schema"), {**WHOLE, "minimum": 1})], unbounded("maximum")),
    ([((*LIMIT, "schema"), {**WHOLE, "maximum": 1})], unbounded("minimum")),
    ([((*LIMIT, "schema"), {"anyOf": [{**WHOLE, "minimum": 1, "maximum": 2}, WHOLE]})], []),
    ([((*LIMIT, "schema"), {"type": ["integer", "null"]})], unbounded("minimum", "maximum")),
    ([((*LIMIT, "schema"), {"type": "string"})], []),
    *(
        ([((*LIMIT, "name"), name), ((*LIMIT, "schema"), WHOLE)], unbounded("minimum", "maximum", name=name))
        for name in ("page_size", "size", "limit")
    ),
    *(([((*LIMIT, "name"), name), ((*LIMIT, "schema"), WHOLE)], []) for name in ("limits", "Limit")),
    ([(LIMIT, {"in": "header", "name": "X-limit", "schema": WHOLE})], []),
    (
        [((*SCHEMAS, "SearchCreate", "properties", "page_limit"), typed("integer"))],
        unbounded("minimum", "maximum", operation="search.create"),
    ),
    *(
        (
            [((*SEARCH, "requestBody", "content"), {"application/json": {"schema": one}, "a/b": {"schema": other}})],
            unbounded("minimum", "maximum", name="page_size", operation="search.create"),
        )
        for own in [{"type": "object", "properties": {"page_size": typed("integer")}}]
        for one, other in permutations([own, {"$ref": "#/components/schemas/SearchCreate"}])
    ),
]


@pytest.mark.parametrize(("changes", "expected"), HELD)
def test_what_is_told_of_pagination(changes: list[Change], expected: list[str]) -> None:
    assert told(extensions, *changes) == expected


PLAIN_EVENT = (
    (*SCHEMAS, "Event"),
    {"description": "One.", "anyOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Start", "End")]},
)
PLAIN = "the schema of an event has no discriminator"
LINES, EVENTS = media("application/jsonl", "Event"), media("text/event-stream", "Event")
REPLY, NDJSON = media("application/json", "Reply"), media("application/x-ndjson", "Event")
NUMBER = (*SCHEMAS, "Piece", "properties", "n")


def of_event(pointer: str, what: str) -> str:
    """Say that a pointer leads nowhere."""
    return f"the pointer {pointer!r} leads to no {what} of an event"


STREAMED: list[tuple[list[Any], list[str]]] = [
    ([PLAIN_EVENT, (STREAM, {"flag": "stream"})], []),
    *(
        ([PLAIN_EVENT, (STREAM, {"flag": "stream", key: value})], [PLAIN])
        for key, value in (("first", "start"), ("last", "end"), ("keepalive", "piece"), ("open", True))
    ),
    (
        [PLAIN_EVENT, (STREAM, {"flag": "stream", "event": "data"})],
        ["application/x-ndjson has no `event` line", PLAIN],
    ),
    ([PLAIN_EVENT, (STREAM, {"flag": "stream", "same": "/id"})], []),
    *(
        (
            [PLAIN_EVENT, (STREAM, {"flag": "stream", "same": pointer})],
            [f"the pointer {pointer!r} leads to no property of an event"],
        )
        for pointer in ("/no", "id", "")
    ),
    ([PLAIN_EVENT, (STREAM, {"flag": "stream", "text": "/text"})], [of_event("/text", "text")]),
    ([PLAIN_EVENT, (STREAM, {"flag": "stream", "number": "/n"})], [of_event("/n", "whole number")]),
    *(
        ([(STREAM, {"flag": "stream", key: value})], ["there is no event 'no'"])
        for key, value in (("first", "no"), ("last", "no"), ("last", ["end", "no"]), ("keepalive", "no"))
    ),
    *(
        (
            [(STREAM, {"flag": "stream", "first": "start", "last": last})],
            ["the stream begins and ends with the same event"],
        )
        for last in ("start", ["end", "start"])
    ),
    (
        [
            (
                (*ASK, "responses"),
                {"204": {"description": "One."}, "200": {"description": "One.", "content": REPLY | NDJSON}},
            )
        ],
        [],
    ),
    (
        [((*ASK, "responses"), {"204": {"description": "One."}, "200": {"description": "One.", "content": REPLY}})],
        ["'ask' can stream and does not declare application/x-ndjson"],
    ),
    ([((*ASK, *ANSWER, "content"), LINES), (STREAM, {"last": "end"})], []),
    (
        [((*ASK, *ANSWER, "content"), LINES), (STREAM, {"last": "end", "end": "[DONE]", "event": "data"})],
        ["application/jsonl has no data that ends the stream", "application/jsonl has no `event` line"],
    ),
    ([((*ASK, *ANSWER, "content"), EVENTS), (STREAM, {"last": "end", "end": "[DONE]", "event": "line"})], []),
    (
        [((*ASK, *ANSWER, "content"), REPLY | NDJSON | EVENTS)],
        ["a flag cannot select 'text/event-stream'"],
    ),
    ([((*ASK, *ANSWER), {"description": "One."})], ["'ask' can stream and has no response with content"]),
    ([((*STREAM, "flag"), "no")], ["'no' is not a property of a JSON request body of 'ask'"]),
    *(
        (
            [((*SCHEMAS, "AskRequest", "properties", "stream"), typed(kind))],
            ["the property 'stream' is not a boolean"],
        )
        for kind in (["boolean", "null"], "string")
    ),
    *(([((*STREAM, "text"), pointer)], []) for pointer in ("/text", "/id")),
    *(([((*STREAM, "text"), pointer)], [of_event(pointer, "text")]) for pointer in ("/no", "text")),
    ([(NUMBER, typed("integer")), ((*STREAM, "number"), "/n")], []),
    ([(NUMBER, typed("number")), ((*STREAM, "number"), "/n")], [of_event("/n", "whole number")]),
    (
        [(STREAM, {"method": "a.b", "last": "end"})],
        ["without a flag there is one method", "without a flag nothing selects 'application/json'"],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), STREAMED)
def test_what_is_told_of_streaming(changes: list[Change], expected: list[str]) -> None:
    assert told(extensions, *changes) == expected


def waits(**more: Any) -> Change:
    """Return other settings of a wait."""
    given = {"method": "notes.wait", "status": "/state", "done": ["kept"], "failed": ["lost"], "interval": 2}
    return WAIT, {**given, "reason": "/reason", **more}


def no_string(pointer: str) -> list[str]:
    """Say that a pointer leads nowhere."""
    return [leads(pointer, "string", "notes.status")]


STATE = (*SCHEMAS, "NoteStatus", "properties", "state")
EVERY: list[Any] = [
    (
        (*SCHEMAS, "All"),
        {
            **typed("object"),
            "properties": {"items": typed("array", items={"$ref": "#/components/schemas/NoteStatus"})},
        },
    ),
    ((*STATUS, *ANSWER, "content", "application/json", "schema"), {"$ref": "#/components/schemas/All"}),
]
WAITED: list[tuple[list[Any], list[str]]] = [
    *(([waits(interval=one)], ["the interval is not a positive number"]) for one in (0, 0.0, -1)),
    ([waits(interval=0.5)], []),
    ([waits(done=[])], ["no status means that the job is done"]),
    (
        [waits(done=["kept", "read"], failed=["read", "lost", "kept"])],
        ["'read' is also among 'done'", "'kept' is also among 'done'"],
    ),
    (
        [waits(done=["no"], failed=["nay"])],
        ["'no' is not a known value of '/state'", "'nay' is not a known value of '/state'"],
    ),
    ([(STATE, typed("string")), waits(done=["no"], failed=["nay"])], []),
    ([(STATE, typed(["string", "null"])), waits(done=["no"], failed=["nay"])], []),
    ([waits(reason="/size")], no_string("/size")),
    ([waits(status="/size")], no_string("/size")),
    ([waits(status="/no")], no_string("/no")),
    ([waits(refused="/state")], ["refused is relative to the items of each, which is missing"]),
    ([*EVERY, waits(each="/items")], []),
    ([*EVERY, waits(each="/items", refused="/size")], []),
    (
        [*EVERY, waits(each="/items", refused="/no")],
        ["the pointer '/no' leads to no property in an item of '/items'"],
    ),
    ([*EVERY, waits(each="/no")], [leads("/no", "list", "notes.status")]),
    ([*EVERY, waits(each="/items", reason="/no")], no_string("/no")),
    ([*EVERY, waits(each="/items", status="/no")], no_string("/no")),
    ([waits(together="notes.wait_for_all")], []),
    *(
        (
            [((*STATUS, "parameters"), several), waits(together="notes.wait_for_all")],
            ["'notes.status' has no path parameter that distinguishes several jobs"],
        )
        for several in ([], [{"in": "query", "name": "note_id", "schema": {"type": "string"}}])
    ),
    (
        [
            (
                ("paths", "/notes", "post", "x-waiting"),
                {"method": "a.b", "status": "/text", "done": ["a"], "failed": [], "interval": 1},
            )
        ],
        ["'notes.create' is a POST, which does something each time"],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), WAITED)
def test_what_is_told_of_waiting(changes: list[Change], expected: list[str]) -> None:
    assert told(extensions, *changes) == expected


KEYS: list[tuple[Any, list[str]]] = [
    *(((PAGES, value), ["the pagination has no known style"]) for value in ({}, {"style": "no"}, {"style": 3})),
    (
        (PAGES, {"style": "page"}),
        [f"x-pagination has no {key!r}" for key in ("parameter", "items", "total_pages")],
    ),
    (
        (TOKEN, {"style": "token", "items": 3}),
        [
            "'items' is not a string",
            *(f"x-pagination has no {key!r}" for key in ("next_token", "operation", "parameter", "repeat", "method")),
        ],
    ),
    *(
        ((STREAM, {"flag": "stream", key: value}), [message])
        for key, value, message in (
            ("open", "yes", "'open' is neither true nor false"),
            ("event", "x", "'event' is 'x'"),
            ("event", "data\n", "'event' is 'data\\n'"),
            ("last", [1], "'last' is neither a string nor a list of strings"),
            ("last", {}, "'last' is neither a string nor a list of strings"),
            ("text", None, "'text' is not a string"),
            ("more", 1, "x-streaming does not know 'more' here"),
        )
    ),
    ((WAIT, {"method": "a.b", "status": "/state", "done": "a", "failed": [1], "interval": True}), [
        "'done' is not a list of strings", "'failed' is not a list of strings", "'interval' is not a number",
    ]),
    (waits(done=["kept"], failed=[]), []),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), KEYS)
def test_what_is_told_of_keys(change: Change, expected: list[str]) -> None:
    """What is of the wrong form is held against nothing else."""
    assert told(extensions, change) == expected
