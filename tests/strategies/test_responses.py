"""Generated responses, payloads and streams: the valid ones conform, the broken ones break where their tags say."""

from __future__ import annotations

import inspect
import json
import re
from collections import Counter
from contextlib import suppress
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import find, given, seed, settings
from hypothesis import strategies as st

from apicontract.strategies import broken_streams
from apicontract.strategies.contract_strategies import strategies_of
from apicontract.strategies.streams import event_strategies
from apicontract.wire import media
from tests.strategies.documents import every_operation, few, reported, searching
from tests.support import small, streams
from tests.support.orchard import contract_of, orchard_with
from twelvelabs_contract import Contract, Response
from twelvelabs_contract.strategies import EventStream, broken_event_streams, event_streams, payloads, responses

STREAMS = [("bundled", "analyze"), ("bundled", "generate"), ("orchard", "growth.watch")]
OTHERS = [("streams", name) for name in streams.STREAMS]
BROKEN = {"encoding", "missing", "type", "sequence", "truncated"}
OF_ALL_KINDS = {
    "analyze": {*BROKEN, "oneOf"},
    "generate": {*BROKEN, "oneOf"},
    "growth.watch": {"encoding", "missing", "type", "anyOf"},
    "sse.all": {"encoding", "sequence", "truncated"},
}
"""The rules that streams of these operations must have been seen to break."""
several = settings(few, max_examples=120)


@every_operation
def test_every_response_conforms(contract: Contract, operation: str) -> None:
    """For each declared status, for one status of each declared range, and for an undocumented refusal."""
    for key in contract.operation(operation).responses:
        _conform(contract, operation, 418 if key == "default" else int(key.replace("X", "1")))


def _conform(contract: Contract, operation: str, status: int) -> None:
    @settings(few, max_examples=8)
    @given(responses(contract, operation, status))
    def check(response: Response) -> None:
        assert response.status == status
        assert reported(contract.check_response(response, operation=operation)) == []

    check()


def test_responses_have_unknown_keys_unknown_values_and_no_body_where_none_is_declared(contract: Contract) -> None:
    listed = responses(contract, "tasks.retrieve", 200)

    def body(response: Response) -> dict[str, object]:
        found: dict[str, object] = json.loads(response.body)
        return found

    assert find(listed, lambda response: "key" in body(response), settings=searching)
    known = contract.document.schemas["TasksRetrieveResponse"]["properties"]["status"]["anyOf"][0]["enum"]
    other = find(listed, lambda response: body(response).get("status", "ready") not in known, settings=searching)
    assert body(other).keys() == {"status"}
    assert find(listed, lambda response: response.headers.get("x-api-version") is not None, settings=searching)
    assert find(responses(contract, "gist", 429), lambda _: True, settings=searching).body == b""


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string"},
        {"type": ["string", "integer"]},
        {"type": "string", "minLength": 3, "maxLength": 9},
        {"type": "string", "minLength": 2000},
        {"type": "string", "pattern": "^[^,]+$"},
        {"type": "array", "items": {"type": "string"}, "minItems": 1},
        {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1},
    ],
    ids=str,
)
def test_what_a_header_cannot_hold_is_not_drawn_first(tmp_path: Path, schema: object) -> None:
    """Or most of what is drawn is for nothing: a header holds visible ASCII alone."""
    answer = {"description": "", "headers": {"X-H": {"required": True, "schema": schema}}}
    paths = {"/a": {"get": small.operation(responses={"204": answer})}}
    contract = small.load(small.document(paths), tmp_path)
    drawn, found = 0, set()

    @settings(few, max_examples=100)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        nonlocal drawn
        drawn += 1
        response = data.draw(responses(contract, "op", 204))
        assert contract.check_response(response, operation="op") == []
        found.add(response.headers.get("x-h"))

    check()
    assert drawn <= 150
    assert len(found) > 30


@pytest.mark.parametrize("name", contract_of("bundled").document.schemas)
def test_every_payload_conforms(contract: Contract, name: str) -> None:
    @settings(few, max_examples=5)
    @given(payloads(contract, name))
    def check(payload: object) -> None:
        if name.endswith("Request") and "format: binary" in str(contract.document.schemas[name]):
            return  # a file has its name in place of it only in a form
        assert contract.check_payload(payload, schema=name) == []

    check()


def test_a_schema_inside_itself_ends() -> None:
    """A tree is generated whole, with more than one level and no more than a few."""
    trees = payloads(contract_of("orchard"), "Tree")
    deep = find(
        trees, lambda tree: bool(tree.get("children") and "children" in tree["children"][0]), settings=searching
    )
    assert str(deep).count("{") < 6


def test_what_is_not_declared_is_reported(contract: Contract) -> None:
    with pytest.raises(LookupError, match=r"tasks\.list declares no response 204; declared are 200, 400"):
        responses(contract, "tasks.list", 204)
    with pytest.raises(LookupError, match="no schema 'Nothing'"):
        payloads(contract, "Nothing")
    with pytest.raises(LookupError, match=r"tasks\.list declares no event stream"):
        event_streams(contract, "tasks.list")
    with pytest.raises(LookupError, match=r"tasks\.list declares no event stream"):
        broken_event_streams(contract, "tasks.list")


def document_of(name: str) -> Contract:
    """Return one of the documents of these tests."""
    return streams.contract() if name == "streams" else contract_of(name)


def cut(contract: Contract, stream: EventStream) -> list[tuple[int, object]]:
    """Cut a stream into its events, as far as they are JSON, with their lines."""
    declared = contract.operation(stream.operation).responses[str(stream.status)].content[stream.content_type]
    cutter = media.framing_of(contract.document, declared).cutter(None)
    found: list[tuple[int, object]] = []
    with suppress(ValueError):
        for line, text, _ in chain(cutter.feed(stream.body), cutter.close()):
            if text is not None:
                found.append((line, json.loads(text)))
    return found


@pytest.mark.parametrize(("document", "operation"), STREAMS + OTHERS)
def test_every_event_stream_conforms(document: str, operation: str) -> None:
    contract = document_of(document)

    @settings(several, max_examples=120 if document != "streams" else 15)
    @given(event_streams(contract, operation))
    def check(stream: EventStream) -> None:
        assert reported(contract.check_response(stream.response(), operation=operation)) == []
        assert [event for _, event in cut(contract, stream)] == list(stream.events)
        assert stream.tags == ()

    check()


@pytest.mark.parametrize(("document", "operation"), STREAMS + OTHERS)
def test_every_broken_stream_breaks_where_its_tags_say_and_nowhere_else(document: str, operation: str) -> None:
    """All kinds of faults come up, each with its line, and what comes before it is whole."""
    contract = document_of(document)
    seen: Counter[str] = Counter()

    @settings(several, max_examples=120 if operation in OF_ALL_KINDS else 20)
    @given(broken_event_streams(contract, operation))
    def check(stream: EventStream) -> None:
        found = reported(contract.check_response(stream.response(), operation=operation))
        assert found == [(tag.where, tag.rule) for tag in stream.tags]
        assert found
        seen.update(tag.rule for tag in stream.tags)
        whole = cut(contract, stream)
        assert [event for _, event in whole[: len(stream.events)]] == list(stream.events)
        if stream.tags[0].rule != "truncated" and stream.line is not None:
            assert all(line < stream.line for line, _ in whole[: len(stream.events)])

    check()
    wanted = OF_ALL_KINDS.get(operation, set())
    for number in range(20):  # some kinds are rare: more are drawn until all have come up, and luck decides nothing
        if not wanted <= seen.keys():
            seed(number)(check)()
    assert wanted <= seen.keys()


def test_each_way_to_break_a_stream_breaks_one() -> None:
    ways = {
        name
        for name, found in vars(broken_streams).items()
        if inspect.isfunction(found) and found.__annotations__.get("return") == "Faulty" and name != "_insert"
    }
    used: set[str] = set()
    for document, operation in STREAMS + OTHERS:
        contract = document_of(document)
        faults = broken_streams._faults(strategies_of(contract), event_strategies(contract, operation))
        used |= {getattr(fault, "func", fault).__name__ for fault in faults}
    assert used == ways


@pytest.mark.parametrize("character", ["\u2028", "\x85", "\\u0000"])
def test_streams_have_the_separators_that_break_readers(contract: Contract, character: str) -> None:
    assert find(event_streams(contract, "analyze"), lambda stream: character in stream.text, settings=searching)


@pytest.mark.parametrize("wanted", [b"\r\n", b"\n\n", b"\n \t\r\n"])
def test_streams_have_every_end_of_line(contract: Contract, wanted: bytes) -> None:
    streams = event_streams(contract, "analyze")
    assert find(streams, lambda stream: wanted in stream.body, settings=searching)
    assert find(streams, lambda stream: not stream.body.endswith(b"\n"), settings=searching)


def test_an_event_of_a_broken_stream_may_be_right_but_for_what_json_does_not_call_a_number(contract: Contract) -> None:
    number = re.compile(rb'"event_type": .*, "\w+": (NaN|-?Infinity)}')
    assert find(
        broken_event_streams(contract, "analyze"), lambda one: bool(number.search(one.body)), settings=searching
    )


def test_a_body_of_another_kind_is_text_or_bytes() -> None:
    contract = orchard_with()
    assert find(responses(contract, "trees.retrieve", 404), lambda _: True, settings=searching).body
    assert find(responses(contract, "trees.latest", 200), lambda _: True, settings=searching).body


def test_streams_have_short_names() -> None:
    """Hypothesis shows them where a draw fails, and warns of long ones, which is an error in some suites."""
    for strategy in (event_streams, broken_event_streams):
        assert len(repr(strategy(streams.contract(), "sse.all"))) < 100
