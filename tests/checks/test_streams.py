"""A stream is checked in every format: each event by itself, then the order, then the end, each with its line."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from apicontract.checks.checkers import Checkers
from apicontract.checks.contract import Contract as Engine
from apicontract.checks.validation import MOST
from apicontract.openapi.document import Document
from tests.checks.places import places
from tests.support import streams
from tests.support.streams import BEGIN, DONE, END, NDJSON, ONE, PIECE, SSE, event
from twelvelabs_contract import Contract, Headers, Response, Violation

ALL = streams.contract()


STREAMS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "whole": (BEGIN + PIECE + END + DONE, []),
    "other kinds, signs of life, comments": (
        event("alive", 0) + BEGIN + ": c\n\n" + event("new", 2) + PIECE + END + event("alive", 8) + DONE,
        [],
    ),
    "no event line": (BEGIN + PIECE.partition("\n")[2] + END + DONE, []),
    "another event line": (
        BEGIN + PIECE.replace("event: piece", "event: end") + END + DONE,
        [("event[1].kind", "const")],
    ),
    "no mark": (BEGIN + END, [("event[2]", "truncated")]),
    "half a mark": (BEGIN + END + "data: [DO", [("event[2]", "truncated")]),
    "a mark without its blank line": (BEGIN + END + DONE[:-1], [("event[2]", "truncated")]),
    "no end, no mark": (BEGIN + PIECE, [("event[2]", "truncated")]),
    "no end": (BEGIN + PIECE + DONE, [("event[2]", "truncated")]),
    "an event after the mark": (BEGIN + END + DONE + event("alive", 9), [("event[2]", "sequence")]),
    "a second mark": (BEGIN + END + DONE + DONE, [("event[2]", "sequence")]),
    "an event after the end": (BEGIN + END + event("piece", 9) + DONE, [("event[2]", "sequence")]),
    "a number again": (BEGIN + PIECE + event("piece", 4) + END + DONE, [("event[2].n", "sequence")]),
    "another job": (BEGIN + END.replace('"j"', '"k"') + DONE, [("event[1].job.id", "sequence")]),
    "no JSON": (BEGIN + "data: oops\n\n" + END + DONE, [("event[1]", "encoding")]),
    "invalid JSON, and a wrong value after it": (
        BEGIN + "data: oops\n\n" + event("piece", 2, text=5) + END + DONE,
        [("event[1]", "encoding"), ("event[2].text", "type")],
    ),
    "a key twice": (
        BEGIN + 'data: {"kind": "piece", "kind": "piece", "n": 2}\n\n' + END + DONE,
        [("event[1]", "encoding")],
    ),
    "no type": (BEGIN + 'data: {"n": 2}\n\n' + END + DONE, [("event[1].kind", "missing")]),
    "a type that is a number": (BEGIN + 'data: {"kind": 5, "n": 2}\n\n' + END + DONE, [("event[1].kind", "oneOf")]),
    "a type that is a list": (BEGIN + 'data: {"kind": ["x"], "n": 2}\n\n' + END + DONE, [("event[1].kind", "oneOf")]),
    "no object": (BEGIN + "data: 5\n\n" + END + DONE, [("event[1]", "oneOf")]),
    "the other end": (BEGIN + event("failed", 3) + DONE, []),
    "events after a mark that comes early": (
        BEGIN + DONE + event("piece", 2, text=5) + END,
        [("event[1]", "sequence"), ("event[1]", "truncated"), ("event[1].text", "type"), ("event[2]", "sequence")],
    ),
    "two marks, and an event": (
        BEGIN + END + DONE + DONE + event("alive", 9),
        [("event[2]", "sequence"), ("event[2]", "sequence")],
    ),
    "a wrong value": (BEGIN + event("piece", 2, text=5) + END + DONE, [("event[1].text", "type")]),
    "nothing": ("", [("event[0]", "truncated")]),
    "one answer in place of a stream": ('{"id": 1}', [("event[0]", "truncated")]),
}


def response(body: str, media_type: str = SSE) -> Response:
    return Response(200, Headers({"content-type": media_type}), body.encode())


@pytest.mark.parametrize(("body", "expected"), STREAMS.values(), ids=STREAMS)
@pytest.mark.parametrize("newline", ["\n", "\r", "\r\n"])
def test_server_sent_events_are_checked_one_by_one(body: str, expected: list[tuple[str, str]], newline: str) -> None:
    found = ALL.check_response(response(body.replace("\n", newline)), operation="sse.all")
    assert places(found) == expected


def test_each_fault_names_its_line() -> None:
    """The one on which the event begins, as an editor counts."""
    body = BEGIN + ": c\n" + event("piece", 0, text=5).replace("event: piece", "event: end") + "data: oops\n\n" + END
    found = ALL.check_response(response(body), operation="sse.all")
    assert [violation.message.partition(":")[0] for violation in found] == [
        'the value is not of type "string"',
        "line 4",
        "line 4",
        "line 8",
        "the stream ends after line 10 without '[DONE]'",
    ]
    assert [violation.pointer.rpartition("/")[2] for violation in found[1:3]] == ["event", "number"]
    assert [violation.excerpt for violation in found] == ["5", '"piece"', "0", None, None]
    late = ALL.check_response(response(BEGIN + END + DONE + END), operation="sse.all")
    assert [violation.excerpt for violation in late] == [None, "7"]


def test_what_is_wrong_with_one_event_is_said_in_order() -> None:
    """Its schema, the name that its frame has, its number; then what is wrong with the next one."""
    wrong = event("piece", 3, text=5).replace("event: piece", "event: end")
    found = ALL.check_response(response(BEGIN + PIECE + wrong + END), operation="sse.all")
    assert [(violation.where, violation.message) for violation in found] == [
        ("event[2].text", 'the value is not of type "string"'),
        ("event[2].kind", "line 7: this is not 'end', as the `event` line says"),
        ("event[2].n", "line 7: 3 does not follow 4; the numbers of events must grow"),
        ("event[4]", "the stream ends after line 10 without '[DONE]'"),
    ]


@pytest.mark.parametrize("end", ["data: {", END[:-1]])
def test_of_a_stream_that_breaks_off_within_an_event_nothing_else_is_missing(end: str) -> None:
    (found,) = ALL.check_response(response(BEGIN + end), operation="sse.closed")
    assert (found.where, found.rule) == ("event[1]", "truncated")
    checked = ALL.check_stream([f"{BEGIN}{end}".encode()], "sse.closed", 200)
    assert [(line, len(violations)) for line, _, violations in checked] == [(1, 0), (4, 1)]
    assert found.message == "line 4: the stream ends within an event, without the blank line that ends it"


def test_an_unknown_type_is_accepted_only_where_the_stream_is_open() -> None:
    body = BEGIN + event("new", 2) + END
    assert places(ALL.check_response(response(body), operation="sse.closed")) == [("event[1].kind", "oneOf")]
    assert ALL.check_response(response(body + DONE), operation="sse.all") == []


def test_a_stream_whose_end_is_not_declared_is_never_complete() -> None:
    """Also where its beginning is."""
    raw = deepcopy(streams.RAW)
    raw["paths"]["/sse.closed"]["get"]["x-streaming"] = {"first": "begin"}
    contract = Engine(Document(raw))
    answer = contract.read_response(response(BEGIN + END), contract.operation("sse.closed"))
    assert (answer.ended, answer.violations, len(answer.events)) == (False, (), 2)


CUT = '{"kind": "begin", "n": 1}\n\n{"kind": "en'


def test_a_line_that_is_cut_off_is_no_json_and_the_end_is_missing() -> None:
    found = ALL.check_response(response(CUT, NDJSON), operation="lines.all")
    assert [(violation.where, violation.message.partition(": Unterminated")[0]) for violation in found] == [
        ("event[1]", "line 3: invalid JSON"),
        ("event[2]", "the stream ends after line 3 without 'end' or 'failed'"),
    ]


@pytest.mark.parametrize(
    ("operation", "chunks", "complete"),
    [
        ("sse.all", (BEGIN, PIECE, END, DONE), [False, False, False, True]),
        ("sse.all", (BEGIN, DONE), [False, False]),
        ("sse.closed", (BEGIN, event("alive", 2), END[:-1], "\n"), [False, False, False, True]),
        ("sse.fields", ("event: text\ndata: a\n\n", DONE), [False, True]),
        ("sse.line", ('event: add\ndata: {"text": "a"}\n\n', "event: stop\ndata: {}\n\n"), [False, True]),
        ("sse.bare", (f"data: {ONE}\n\n",), [False]),
    ],
)
def test_a_stream_is_complete_when_all_has_come_that_ends_it(
    operation: str, chunks: tuple[str, ...], complete: list[bool]
) -> None:
    """Where the document does not say what does, it never is."""
    declared = ALL.operation(operation)
    content = ALL.stream_of(operation, 200)
    assert content is not None
    check = Checkers(ALL.document).responses.stream(declared, content)
    assert [(list(check.feed(chunk.encode())), check.complete)[1] for chunk in chunks] == complete


def test_faults_of_every_kind_count_for_the_limit() -> None:
    """An event may have several: those are described until the limit is passed, and one of each later event."""
    found = ALL.check_response(response("{}\n" * 600, streams.JSONL), operation="lines.results")
    assert (len(found), found[-1].message[:36]) == (MOST + 1, "and at least 101 further violations;")
    again = '{"kind": "alive", "n": 1}\n' * 1234
    found = ALL.check_response(response(again, NDJSON), operation="lines.all")
    assert (len(found), found[-1].message[:36]) == (MOST + 1, "and at least 234 further violations;")


FIELDS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "text": ("event: text\ndata: {\n\ndata: [DONE]\n\n", []),
    "JSON in the data": ('event: count\ndata: {"n":\ndata: 1}\n\ndata: [DONE]\n\n', []),
    "wrong JSON in the data": ('event: count\ndata: {"n": 0}\n\ndata: [DONE]\n\n', [("event[0].data.n", "minimum")]),
    "no JSON in the data": ("event: count\ndata: {\n\ndata: [DONE]\n\n", [("event[0].data", "encoding")]),
    "a field that is not declared": (
        "event: text\ndata: a\nid: 1\n\ndata: [DONE]\n\n",
        [("event[0].id", "undeclared")],
    ),
    "no event line": (
        'data: {"n": 1}\n\ndata: [DONE]\n\n',
        [("event[0]", "oneOf"), ("event[0].event", "missing")],
    ),
    "no mark": ("event: text\ndata: a\n\n", [("event[1]", "truncated")]),
}


@pytest.mark.parametrize(("body", "expected"), FIELDS.values(), ids=FIELDS)
def test_an_item_schema_is_that_of_the_fields(body: str, expected: list[tuple[str, str]]) -> None:
    """As OpenAPI 3.2 has it, with JSON in `data` where `contentSchema` says so, for the alternative that is meant."""
    assert places(ALL.check_response(response(body), operation="sse.fields")) == expected


@pytest.mark.parametrize("operation", ["lines.results", "lines.items", "lines.list"])
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (ONE * 2, []),
        ("", []),
        (ONE + "\r\n \n" + ONE.strip(), []),
        (ONE + ONE[:12], [("event[1]", "encoding")]),
        ('{"id": 5}\n' + ONE, [("event[0].id", "type"), ("event[0].status", "missing")]),
        (f"[{ONE}]", [("event[0]", "type")]),
    ],
)
def test_lines_are_checked_one_by_one(operation: str, body: str, expected: list[tuple[str, str]]) -> None:
    """Whether the schema is that of a line, of an item, or of the list that all lines are."""
    media_type = NDJSON if operation == "lines.list" else streams.JSONL
    body = body.replace("\n]", "]")
    assert places(ALL.check_response(response(body, media_type), operation=operation)) == expected


def test_another_media_type_is_reported() -> None:
    """Where no flag asks for a stream, the media type tells what comes."""
    found = ALL.check_response(response(ONE, "application/json"), operation="lines.results")
    assert places(found) == [("header.content-type", "media_type")]


EVENTS = [json.loads(text.split("data: ")[1]) for text in (BEGIN, PIECE, END)]


OUT_OF_ORDER = [("event[0]", "sequence"), ("event[1]", "sequence"), ("event[1].n", "sequence")]


@pytest.mark.parametrize(
    ("operation", "payload", "expected"),
    [
        ("sse.all", EVENTS, []),
        ("sse.all", EVENTS[:2], [("event[2]", "truncated")]),
        ("sse.all", [EVENTS[1], EVENTS[0], EVENTS[2]], OUT_OF_ORDER),
        ("lines.results", [{"id": "a", "status": "b"}], []),
        ("lines.results", [{"id": "a"}, 5], [("event[0].status", "missing"), ("event[1]", "type")]),
        ("lines.results", {"id": "a", "status": "b"}, [("body", "type")]),
    ],
)
def test_a_payload_that_is_a_stream_is_the_list_of_its_events(
    operation: str, payload: Any, expected: list[tuple[str, str]]
) -> None:
    assert places(ALL.check_payload(payload, operation=operation, status=200)) == expected


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (
            [EVENTS[1], EVENTS[0], EVENTS[2]],
            [
                "line 1: the stream begins with 'piece', not with 'begin'",
                "line 2: a second 'begin'",
                "line 2: 1 does not follow 4; the numbers of events must grow",
            ],
        ),
        (EVENTS[:2], ["the stream ends after line 2 without 'end' or 'failed'"]),
        ([], ["the stream ends after line 0 without 'end' or 'failed'"]),
    ],
)
def test_each_event_of_a_list_is_on_a_line_of_its_own(events: list[Any], said: list[str]) -> None:
    """And the mark that ends a stream cannot be missing in a list."""
    assert [found.message for found in ALL.check_payload(events, operation="sse.all", status=200)] == said


def test_one_object_and_a_stream_are_distinguished(contract: Contract) -> None:
    """A list is a stream, where one object is the other answer."""
    events = [{"event_type": "stream_start"}, {"event_type": "stream_end"}]

    def found(payload: Any) -> list[Violation]:
        return contract.check_payload(payload, operation="analyze", status=200)

    assert found(events) == []
    assert found({"id": "i", "data": "d"}) == []
    assert places(found(events[:1])) == [("event[1]", "truncated")]
    assert places(found({"id": 5})) == [("body.id", "type")]


def test_a_stream_of_any_size_is_checked_as_it_comes() -> None:
    """Each event is reported when it has come, and at the end what is missing."""
    checked = ALL.check_stream((chunk.encode() for chunk in (BEGIN, PIECE[:9], PIECE[9:])), "sse.all", 200)
    assert [(line, places(found)) for line, _, found in checked] == [(1, []), (4, []), (4, [("event[2]", "truncated")])]
    with pytest.raises(LookupError, match="documents no stream for status 400"):
        list(ALL.check_stream([], "sse.all", 400))
