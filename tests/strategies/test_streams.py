"""Over enough draws, every kind of event stream comes up: what is sent between, how events are numbered and encoded."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, TypeAlias

import pytest
from hypothesis import Phase, given, seed, settings

from apicontract.strategies import EventStream, broken_event_streams, event_streams
from apicontract.strategies.streams import MOST
from tests.strategies.documents import few
from tests.support import streams

Wanted: TypeAlias = Mapping[str, Callable[[EventStream], object]]
ROUNDS = 20


def kinds(stream: EventStream) -> list[str]:
    """Return the types of the events of a stream."""
    return [str(event["kind"]) for event in stream.events if isinstance(event, dict)]


def steps(stream: EventStream) -> list[int]:
    """Return how much the numbers of events grow, from each to the next."""
    numbers: list[Any] = [event["n"] for event in stream.events if isinstance(event, dict) and "n" in event]
    return [after - before for before, after in pairwise(numbers)]


def own(stream: EventStream) -> list[str]:
    """Return the types without those that may come anywhere, and without the ends."""
    return [kind for kind in kinds(stream) if kind not in ("alive", "begin", "end", "failed")]


ALL: Wanted = {
    "nothing between": lambda one: own(one) == [],
    "as many between as may be": lambda one: len(own(one)) == MOST,
    "a kind that nobody declares": lambda one: "unknown" in kinds(one),
    "one ending": lambda one: "end" in kinds(one),
    "another ending": lambda one: "failed" in kinds(one),
    "nothing alive": lambda one: "alive" not in kinds(one),
    "alive first": lambda one: kinds(one)[0] == "alive",
    "alive between": lambda one: "alive" in kinds(one)[1:-1],
    "no gaps": lambda one: len(steps(one)) > 3 and {*steps(one)} == {1},
    "gaps": lambda one: 3 in steps(one) or 2 in steps(one),
    "text beyond ASCII": lambda one: not one.text.isascii(),
    "text beyond ASCII, escaped": lambda one: "\\u" in one.text and one.text.isascii(),
}
LINES: Wanted = {
    **ALL,
    "no end of the last line": lambda one: not one.body.endswith(b"\n"),
    "an end of the last line": lambda one: one.body.endswith(b"\n"),
}
FRAMES: Wanted = {
    **ALL,
    "alive last": lambda one: kinds(one)[-1] == "alive",
    "a byte order mark": lambda one: one.body.startswith(b"\xef\xbb\xbf"),
    "no byte order mark": lambda one: not one.body.startswith(b"\xef\xbb\xbf"),
    "carriage returns alone": lambda one: b"\r" in one.body and b"\n" not in one.body,
    "both": lambda one: b"\r\n" in one.body,
    "line feeds alone": lambda one: b"\r" not in one.body,
    "comments": lambda one: b"\n:" in one.body or one.body.startswith(b":"),
    "data on several lines": lambda one: one.body.count(b"data:") > len(one.events) + 1,
}
SHORT: Wanted = {"none": lambda one: one.events == (), "several": lambda one: len(one.events) == MOST}


@pytest.mark.parametrize(
    ("operation", "wanted", "media"),
    [
        ("lines.all", LINES, "application/x-ndjson"),
        ("sse.all", FRAMES, "text/event-stream"),
        ("lines.results", SHORT, "application/jsonl"),
    ],
)
def test_every_kind_of_stream_comes_up(operation: str, wanted: Wanted, media: str) -> None:
    missing = dict(wanted)

    @settings(few, max_examples=30, phases=[Phase.generate], derandomize=False)
    @given(event_streams(streams.contract(), operation))
    def draw(stream: EventStream) -> None:
        assert (stream.operation, stream.status, stream.content_type) == (operation, 200, media)
        assert (stream.tags, stream.line) == ((), None)
        assert stream.response().body == stream.body
        if operation.endswith("all"):
            ends = [kind for kind in kinds(stream) if kind != "alive"]
            assert (ends[0], ends[-1] in ("end", "failed")) == ("begin", True)
            assert media != "application/x-ndjson" or kinds(stream)[-1] in ("end", "failed")
            assert all(step > 0 for step in steps(stream))
            assert len({json.dumps(event["job"]["id"]) for event in stream.events if _held(event)}) <= 1
        for name in [name for name, holds in missing.items() if holds(stream)]:
            del missing[name]

    for number in range(ROUNDS):
        if number == 0 or missing:
            seed(number)(draw)()
    assert missing == {}


def _held(event: Any) -> bool:
    return isinstance(event, dict) and isinstance(event.get("job"), dict) and event["kind"] in ("begin", "end")


TAGS: dict[str, set[tuple[str, ...]]] = {
    "lines.all": {
        ("encoding",),
        ("missing",),
        ("oneOf",),
        ("type",),
        ("sequence",),
        ("sequence", "sequence"),
        ("truncated",),
        ("encoding", "truncated"),
    },
    "sse.all": {("encoding",), ("missing",), ("const",), ("oneOf",), ("sequence",), ("truncated",)},
    "sse.closed": {("encoding",), ("missing",), ("oneOf",), ("sequence",), ("truncated",)},
    "sse.line": {("encoding",), ("type",), ("truncated",), ("sequence",)},
    "sse.fields": {("encoding",), ("truncated",), ("sequence",), ("sequence", "sequence")},
    "sse.bare": {("encoding",), ("truncated",)},
    "sse.text": {("encoding",), ("truncated",)},
    "lines.results": {("encoding",)},
    "lines.items": {("encoding",)},
}
"""Which rules are broken together, at the least, by operation; one of lines that nothing ends cannot break off."""


@pytest.mark.parametrize("operation", TAGS)
def test_every_kind_of_broken_stream_comes_up(operation: str) -> None:
    """With the faults in their order, the events before the first, and its line."""
    found: set[tuple[str, ...]] = set()

    @settings(few, max_examples=30, phases=[Phase.generate], derandomize=False)
    @given(broken_event_streams(streams.contract(), operation))
    def draw(stream: EventStream) -> None:
        found.add(tuple(tag.rule for tag in stream.tags))
        assert stream.line is not None
        assert 0 <= stream.line <= stream.text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        first = int(stream.tags[0].where.removeprefix("event[").partition("]")[0])
        assert len(stream.events) in (first, first + 1)

    for number in range(ROUNDS):
        if number == 0 or not TAGS[operation] <= found:
            seed(number)(draw)()
    assert TAGS[operation] <= found
    broken_off = [any("truncated" in rules for rules in known) for known in (TAGS[operation], found)]
    assert broken_off[0] == broken_off[1]


def place(stream: EventStream) -> tuple[str, int, str]:
    """Return the rule of the first fault, the number of its event, and where it is in that."""
    index, _, path = stream.tags[0].where.removeprefix("event[").partition("]")
    return stream.tags[0].rule, int(index), path


def written(stream: EventStream) -> list[Any]:
    """Return the events of a stream in lines as they are written, the broken ones too."""
    return [json.loads(line) for line in stream.body.splitlines() if line.strip()]


def growth(stream: EventStream) -> int | None:
    """Return by how much a number that does not grow differs from the one before; `None` for any other fault."""
    rule, index, path = place(stream)
    if (rule, path) != ("sequence", ".n"):
        return None
    before, after = [event["n"] for event in written(stream)[: index + 1] if "n" in event][-2:]
    return int(after - before)


def kind(stream: EventStream, rule: str, *, before: int = 0) -> str | None:
    """Return the type of the event that violates a rule as a whole, or of one before; `None` for any other fault."""
    broken, index, path = place(stream)
    return written(stream)[index - before]["kind"] if (broken, path) == (rule, "") else None


BREAKS: Wanted = {
    "the same number again": lambda one: growth(one) == 0,
    "a number that is smaller": lambda one: (growth(one) or 0) < 0,
    "a number at the end": lambda one: growth(one) is not None and place(one)[1] == len(written(one)) - 1,
    "a number between": lambda one: growth(one) is not None and place(one)[1] < len(written(one)) - 1,
    "another shared value": lambda one: place(one)[::2] == ("sequence", ".job.id"),
    "nothing at all": lambda one: place(one)[:2] == ("truncated", 0),
    "some events": lambda one: place(one)[0] == "truncated" and place(one)[1] > 0,
    "no first": lambda one: kind(one, "sequence") != "begin" and place(one) == ("sequence", 0, ""),
    "a second first": lambda one: kind(one, "sequence") == "begin" and place(one)[1] > 0,
    "the first two the other way round": lambda one: [tag.where for tag in one.tags] == ["event[0]", "event[1]"],
    "an event after one ending": lambda one: kind(one, "sequence", before=1) == "end",
    "an event after another ending": lambda one: kind(one, "sequence", before=1) == "failed",
    "an event without its type": lambda one: place(one)[::2] == ("missing", ".kind"),
    "an event without its number": lambda one: place(one)[::2] == ("missing", ".n"),
    "a value of another type": lambda one: place(one)[::2] in (("type", ".n"), ("type", ".job")),
}


def test_every_way_to_break_a_stream_comes_up() -> None:
    """A number that does not grow is the one before as often as a smaller one: either may be what a reader admits."""
    missing = dict(BREAKS)

    @settings(few, max_examples=30, phases=[Phase.generate], derandomize=False)
    @given(broken_event_streams(streams.contract(), "lines.all"))
    def draw(stream: EventStream) -> None:
        assert (growth(stream) or 0) <= 0
        for name in [name for name, holds in missing.items() if holds(stream)]:
            del missing[name]

    for number in range(ROUNDS):
        if number == 0 or missing:
            seed(number)(draw)()
    assert missing == {}
