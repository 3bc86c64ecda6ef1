"""The order of the events of a stream."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from apicontract.openapi.document import Streaming
from apicontract.wire.faults import Fault
from apicontract.wire.order import Order, other_name


def test_the_order_of_events_is_followed() -> None:
    order = Order(Streaming("stream", "start", ("end",)), "/paths/x")
    assert order.event(0, "start", 1) is None
    assert order.event(1, "text", 2) is None
    assert order.end(2, 2)
    assert order.event(2, "end", 3) is None
    assert order.complete
    assert order.end(3, 3) is None
    assert order.event(3, "text", 4)


def test_a_stream_may_end_in_several_ways_and_be_kept_alive_anywhere() -> None:
    streaming = Streaming("stream", "start", ("done", "failed"), keepalive=("alive",))
    order = Order(streaming, "/paths/x")
    assert order.event(0, "alive", 1) is None
    assert order.event(1, "start", 2) is None
    assert order.event(2, "alive", 3) is None
    truncated = order.end(3, 3)
    assert truncated
    assert truncated.message.endswith("without 'done' or 'failed'")
    assert order.event(3, "failed", 4) is None
    assert order.end(4, 4) is None
    late = order.event(4, "done", 5)
    assert late
    assert late.message == "line 5: comes after 'failed', which ends the stream"


WHOLE = Streaming("stream", "start", ("end", "failed"), keepalive=("alive",), end="DONE")
MARK = object()


def told(streaming: Streaming, *kinds: object) -> list[str]:
    """Return what is wrong with a stream of one event a line; `MARK` is its end mark."""
    order = Order(streaming, "/paths/x")
    found = [order.mark(at, at + 1) if kind is MARK else order.event(at, kind, at + 1) for at, kind in enumerate(kinds)]
    found.append(order.end(len(kinds), len(kinds)))
    assert {fault.pointer for fault in found if fault} <= {"/paths/x/x-streaming"}
    return [f"{fault.where} {fault.rule}: {fault.message}" for fault in found if fault]


@pytest.mark.parametrize(
    ("streaming", "kinds", "faults"),
    [
        (WHOLE, ["start", "text", "end", MARK], []),
        (WHOLE, ["alive", "start", "alive", "end", "alive", MARK], []),
        (WHOLE, ["text", "text"], ["0 sequence: line 1: the stream begins with 'text', not with 'start'"]),
        (WHOLE, ["alive", "text"], ["1 sequence: line 2: the stream begins with 'text', not with 'start'"]),
        (WHOLE, ["start", "start"], ["1 sequence: line 2: a second 'start'"]),
        (WHOLE, ["start", "end", "text"], ["2 sequence: line 3: comes after 'end', which ends the stream"]),
        (WHOLE, ["start", "failed", "end"], ["2 sequence: line 3: comes after 'failed', which ends the stream"]),
        (WHOLE, ["start", "end", MARK, "alive"], ["3 sequence: line 4: comes after 'DONE', which ends the stream"]),
        (WHOLE, ["start", "end", MARK, MARK], ["3 sequence: line 4: a second 'DONE'"]),
        (
            WHOLE,
            ["start", "end", MARK, MARK, "text", MARK],
            [
                "3 sequence: line 4: a second 'DONE'",
                "4 sequence: line 5: comes after 'DONE', which ends the stream",
                "5 sequence: line 6: a second 'DONE'",
            ],
        ),
        (WHOLE, ["start", MARK], ["1 truncated: line 2: 'DONE' comes without 'end' or 'failed'"]),
        (WHOLE, [MARK], ["0 truncated: line 1: 'DONE' comes without 'end' or 'failed'"]),
        (replace(WHOLE, end=None), ["start", "end"], []),
        (replace(WHOLE, end=None), ["start", "end", "alive"], ["2 sequence: line 3: comes after 'end', which ends"]),
        (replace(WHOLE, last=()), ["start", "end", "text", MARK], []),
        (replace(WHOLE, first=None), ["text", "start", "end", MARK], []),
        (replace(WHOLE, first=None, last=(), end=None), ["text", None], []),
    ],
)
def test_what_is_wrong_with_the_order_of_a_stream(streaming: Streaming, kinds: list[Any], faults: list[str]) -> None:
    """What is missing at its end is another test's."""
    found = [fault for fault in told(streaming, *kinds) if "the stream ends after" not in fault]
    assert len(found) == len(faults)
    assert all(one.startswith(f"event[{wanted[0]}]{wanted[1:]}") for one, wanted in zip(found, faults, strict=True))


@pytest.mark.parametrize(
    ("streaming", "kinds", "missing"),
    [
        (WHOLE, ["start", "text"], "'end' or 'failed'"),
        (WHOLE, [], "'end' or 'failed'"),
        (WHOLE, ["start", "failed"], "'DONE'"),
        (replace(WHOLE, last=()), ["start"], "'DONE'"),
        (replace(WHOLE, end=None), ["start"], "'end' or 'failed'"),
    ],
)
def test_a_stream_that_ends_too_early_lacks_its_last_event_and_then_its_mark(
    streaming: Streaming, kinds: list[str], missing: str
) -> None:
    at = len(kinds)
    said = f"event[{at}] truncated: line {at}: the stream ends after line {at} without {missing}"
    assert told(streaming, *kinds) == [said.replace(f"line {at}: ", "", 1)]


NUMBERED = Streaming("stream", None, (), number="/meta/n", same="/id")


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ([1, 2, 2.5], []),
        ([0, 0], [1]),
        ([-1, 0, 1], []),
        ([5, 3, 4], [1]),
        ([5, 5.0], [1]),
        ([1, True, "0", None, 2], []),
        ([3, None, 2], [2]),
    ],
)
def test_the_numbers_of_events_grow_and_what_is_none_is_left_out(values: list[Any], wrong: list[int]) -> None:
    order = Order(NUMBERED, "/paths/x")
    found = [fault for at, value in enumerate(values) if (fault := order.number(at, value, at + 1))]
    assert [fault.where for fault in found] == [f"event[{at}].meta.n" for at in wrong]
    for fault, at in zip(found, wrong, strict=True):
        assert fault.message.startswith(f"line {at + 1}: {values[at]} does not follow ")
        assert (fault.rule, fault.pointer) == ("sequence", "/paths/x/x-streaming/number")


def test_numbers_are_taken_at_once_if_all_of_them_grow() -> None:
    order = Order(NUMBERED, "/paths/x")
    assert not order.grow([True, 2])
    assert not order.grow([1, 1])
    assert order.grow([0, 1.5])
    assert not order.grow([1, 2]), "it begins below the last one"
    assert order.grow([2])
    assert order.number(0, 2, 1)
    assert order.number(1, 3, 2) is None


def test_what_events_share_is_what_the_first_that_has_it_says() -> None:
    order = Order(NUMBERED, "/paths/x")
    found = [order.same(at, value, at + 1) for at, value in enumerate([None, "a", None, "b", "a"])]
    assert [at for at, fault in enumerate(found) if fault] == [3]
    assert found[3] == Fault(
        "event[3].id",
        "sequence",
        'line 4: differs from "a" at the stream\'s beginning',
        "/paths/x/x-streaming/same",
        "b",
    )


def test_the_faults_of_one_event_are_those_of_its_place_its_number_and_what_is_shared() -> None:
    order = Order(replace(NUMBERED, first="start"), "/paths/x")
    first: dict[str, Any] = {"/meta/n": 1, "/id": "a"}
    assert order.faults(0, "start", 1, first.get) == []
    assert [fault.pointer for fault in order.faults(1, "start", 2, {"/meta/n": 1, "/id": "b"}.get)] == [
        "/paths/x/x-streaming",
        "/paths/x/x-streaming/number",
        "/paths/x/x-streaming/same",
    ]
    assert order.faults(2, None, 3, lambda _: None) == [], "an event without a type is reported as that"
    untyped = Order(Streaming("stream", end="DONE"), "/paths/x")
    assert untyped.faults(0, None, 1, lambda _: None) == []
    assert untyped.mark(1, 2) is None
    (late,) = untyped.faults(2, None, 3, lambda _: None)
    assert late.message == "line 3: comes after 'DONE', which ends the stream"


def test_a_type_that_the_frame_names_otherwise_is_at_fault() -> None:
    fault = other_name(2, "/a/kind", "x", "y", 5, "/paths/x")
    assert fault == Fault(
        "event[2].a.kind",
        "const",
        "line 5: this is not 'y', as the `event` line says",
        "/paths/x/x-streaming/event",
        "x",
    )
    assert other_name(2, "/kind", "x", "x", 5, "/p") is other_name(2, "/kind", None, "y", 5, "/p") is None
