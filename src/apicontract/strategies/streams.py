"""Event streams: valid ones, and those that break in one place."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, cycle
from typing import Any, NamedTuple

from hypothesis import assume
from hypothesis import strategies as st

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json
from apicontract.openapi.media_types import NDJSON
from apicontract.strategies.contract_strategies import strategies_of
from apicontract.strategies.instance_strategies import Strategy
from apicontract.strategies.request_case import Broken
from apicontract.values.events import Events, events_of, number, share
from apicontract.values.negation import undeclared_name
from apicontract.wire.framing import Framing
from apicontract.wire.messages import Headers, Response

MOST = 4
"""The maximum number of events between the first and the last."""
_GAPS = st.sampled_from([(1,), (1, 3, 2)])
"""The maximum difference between the numbers of two events."""


@dataclass(frozen=True, slots=True)
class EventStream:
    """An event stream: its events and its bytes."""

    operation: str
    status: int
    events: tuple[Json, ...]
    """The events in order: all of them, or those before the first fault."""
    body: bytes
    """With blank lines, all kinds of line ends and, if they are valid, a missing final newline, comments and other
    fields."""
    tags: tuple[Broken, ...] = ()
    """The faults in the order in which the checker must report them; empty for a valid stream."""
    line: int | None = field(default=None, compare=False)
    """The line of the first fault, counted from 1; the last line if the end is missing."""
    content_type: str = NDJSON

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")

    def response(self) -> Response:
        """Return a response with the stream as its body."""
        return Response(self.status, Headers({"content-type": self.content_type}), self.body)


@dataclass(frozen=True, slots=True, repr=False)
class EventStrategies:
    """The strategies for the events of an operation."""

    declared: Events
    values: Mapping[str, Strategy]
    """By the type of event."""
    anything: Strategy

    def __repr__(self) -> str:
        """Show the operation."""
        return repr(self.declared)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002 - how Hypothesis calls it
        """Show the same in the output of Hypothesis."""
        printer.text(repr(self))

    def middle(self) -> list[Strategy]:
        """Return the strategies for the events between the first and the last."""
        streaming, declared = self.declared.streaming, self.declared
        ends = (streaming.first, *streaming.last) if streaming else ()
        found = [made for kind, made in self.values.items() if kind not in ends]
        if streaming and streaming.open:
            found.append(st.just({declared.tag: undeclared_name(dict(declared.kinds))}))
        return found or [self.anything] * (not declared.kinds)

    def alive(self) -> list[Strategy]:
        """Return the strategies for the events that may come anywhere."""
        streaming = self.declared.streaming
        return [self.values[kind] for kind in (streaming.keepalive if streaming else ()) if kind in self.values]


def event_strategies(contract: Contract, operation: str) -> EventStrategies:
    """Return the strategies for the events of an operation; raise `LookupError` if it declares no stream."""
    built, found = strategies_of(contract), contract.operation(operation)
    key = "events", operation
    if key not in built.cache:
        declared = events_of(contract.document, found)
        values = {kind: built.instances.of(*declared.of_kind(kind)) for kind in declared.kinds}
        built.cache[key] = EventStrategies(declared, values, built.instances.of(declared.schema))
    kept: EventStrategies = built.cache[key]
    return kept


def event_streams(contract: Contract, operation: str) -> st.SearchStrategy[EventStream]:
    """Return the strategy for valid event streams of an operation.

    Strings contain U+2028, U+0085 and other separators, both unescaped and escaped, and escaped NUL; all valid kinds of
    line ends occur, with blank lines between them, and the last one may be missing. Server-sent events have comments
    and other fields, a byte order mark, and data on several lines. Numbers have gaps, events of undeclared types occur
    if the document allows them, and those without content occur anywhere. Raises `LookupError` if the operation
    declares no stream, `NotUnderstood` for unsupported schemas.
    """
    return _valid(event_strategies(contract, operation))


class Raw(NamedTuple):
    """An encoded event without its end, or the end mark."""

    text: bytes


@st.composite
def _valid(draw: st.DrawFn, strategies: EventStrategies) -> EventStream:
    declared, events = strategies.declared, draw(sequences(strategies))
    framing, streaming = declared.framing, declared.streaming
    for alive in strategies.alive():
        if draw(st.integers(0, 3)) == 0:
            before_last = bool(streaming and streaming.last and not framing.mark)
            events.insert(draw(st.integers(0, len(events) - before_last)), deepcopy(draw(alive)))
    number(events, declared.numbered, accumulate(cycle(draw(_GAPS))))
    body, _, _ = draw(written([*events, *mark_of(declared)], framing))
    body = draw(dressed(body, framing))
    return EventStream(declared.operation.id, declared.status, tuple(events), body, content_type=declared.content.name)


def mark_of(declared: Events) -> list[Raw]:
    """Return the end mark of a stream, if it has one."""
    mark = declared.framing.mark
    return [Raw(mark.rstrip())] if mark else []


@st.composite
def sequences(draw: st.DrawFn, strategies: EventStrategies) -> list[Json]:
    """Draw the events of a valid stream."""
    between, declared, streaming = strategies.middle(), strategies.declared, strategies.declared.streaming
    events: list[Json] = draw(st.lists(st.one_of(between), max_size=MOST)) if between else []
    events = [deepcopy(event) for event in events]
    if streaming and streaming.first:
        events.insert(0, draw(strategies.values[streaming.first]))
    if streaming and streaming.last:
        last = draw(st.sampled_from(streaming.last)) if len(streaming.last) > 1 else streaming.last[0]
        events.append(draw(strategies.values[last]))
    share(events, declared.shared)
    number(events, declared.numbered)
    assume(not declared.framing.opaque or all(map(partial(survives, declared.framing), events)))
    return events


def survives(framing: Framing, event: Json) -> bool:
    """Return whether an event can be encoded, unlike one with a line break in a field, or without data."""
    try:
        return bool(json.loads(framing.first(framing.join([json.dumps(event).encode()]))) == event)
    except ValueError:
        return False


@st.composite
def written(
    draw: st.DrawFn, lines: Sequence[Json | bytes | Raw], framing: Framing
) -> tuple[bytes, list[int], tuple[int, int]]:
    """Draw the bytes of a stream, the line on which each event starts, and the position of the text of the last one.

    A line given as bytes is the text of an event.
    """
    ascii_only = draw(st.booleans())
    ends = draw(st.lists(st.sampled_from(framing.ends), min_size=len(lines), max_size=len(lines)))
    final = framing.open_ended and draw(st.booleans())
    body, numbers, last = b"", [], (0, 0)
    for index, (line, end) in enumerate(zip(lines, ends, strict=True)):
        numbers.append(body.count(b"\n") + 1)
        start = len(body)
        if isinstance(line, Raw):
            body += line.text
            last = start, len(body)
            body += framing.ends[0]
            continue
        text = line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=ascii_only).encode()
        frame = draw(st.sampled_from(framing.frames)) if len(framing.frames) > 1 else framing.frames[0]
        body += frame(text)
        last = start, len(body)
        body += end if index < len(lines) - 1 or not final else b""
    return body, numbers, last


@st.composite
def dressed(draw: st.DrawFn, body: bytes, framing: Framing) -> bytes:
    """Draw other bytes for the same stream: with other line ends, and another beginning."""
    newline = draw(st.sampled_from(framing.newlines)) if len(framing.newlines) > 1 else b"\n"
    start = draw(st.sampled_from(framing.starts)) if len(framing.starts) > 1 else b""
    return start + (body if newline == b"\n" else body.replace(b"\n", newline))
