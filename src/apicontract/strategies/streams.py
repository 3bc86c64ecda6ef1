"""Event streams: valid ones, and those that break in one place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property, partial
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
_SOMETIMES = st.integers(0, 3)
_YES = st.booleans()


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


@dataclass(frozen=True, repr=False)
class EventStrategies:
    """The strategies for the events of an operation; each is made once, which takes longer than a draw."""

    declared: Events
    values: Mapping[str, Strategy]
    """The strategies for the values of events, by type of event."""
    anything: Strategy

    def __repr__(self) -> str:
        """Show the operation."""
        return repr(self.declared)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002 - how Hypothesis calls it
        """Show the operation in the output of Hypothesis."""
        printer.text(repr(self))

    @cached_property
    def between(self) -> st.SearchStrategy[list[Json]]:
        """The strategy for the events between the first and the last."""
        streaming, declared = self.declared.streaming, self.declared
        ends = (streaming.first, *streaming.last) if streaming else ()
        found = [made for kind, made in self.values.items() if kind not in ends]
        if streaming and streaming.open:
            found.append(st.just({declared.tag: undeclared_name(dict(declared.kinds))}))
        found = found or [self.anything] * (not declared.kinds)
        return st.lists(st.one_of(found), max_size=MOST) if found else st.just([])

    @cached_property
    def alive(self) -> list[Strategy]:
        """The strategies for the events that may come anywhere."""
        return [self.values[kind] for kind in self._keepalive if kind in self.values]

    @cached_property
    def other(self) -> Strategy:
        """The strategy for any event except those that may come anywhere."""
        return st.one_of([made for kind, made in self.values.items() if kind not in self._keepalive] or [self.anything])

    @cached_property
    def last(self) -> st.SearchStrategy[str]:
        """The strategy for the type of the last event, if the document names some."""
        return st.sampled_from(self.declared.streaming.last if self.declared.streaming else ())

    @property
    def _keepalive(self) -> tuple[str, ...]:
        return self.declared.streaming.keepalive if self.declared.streaming else ()

    @cached_property
    def ends(self) -> st.SearchStrategy[bytes]:
        """The strategy for the end of an event."""
        return st.sampled_from(self.declared.framing.ends)

    @cached_property
    def frames(self) -> st.SearchStrategy[Callable[[bytes], bytes]]:
        """The strategy for how an event is encoded."""
        return st.sampled_from(self.declared.framing.frames)

    @cached_property
    def newlines(self) -> st.SearchStrategy[bytes]:
        """The strategy for what replaces every line feed."""
        return st.sampled_from(self.declared.framing.newlines)

    @cached_property
    def starts(self) -> st.SearchStrategy[bytes]:
        """The strategy for how a stream begins."""
        return st.sampled_from(self.declared.framing.starts)


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
    declared, events = strategies.declared, sequence(draw, strategies)
    framing, streaming = declared.framing, declared.streaming
    for alive in strategies.alive:
        if draw(_SOMETIMES) == 0:
            before_last = bool(streaming and streaming.last and not framing.mark)
            events.insert(draw(st.integers(0, len(events) - before_last)), deepcopy(draw(alive)))
    number(events, declared.numbered, accumulate(cycle(draw(_GAPS))))
    body, _, _ = written(draw, [*events, *mark_of(declared)], strategies)
    body = dressed(draw, body, strategies)
    return EventStream(declared.operation.id, declared.status, tuple(events), body, content_type=declared.content.name)


def mark_of(declared: Events) -> list[Raw]:
    """Return the end mark of a stream, if it has one."""
    mark = declared.framing.mark
    return [Raw(mark.rstrip())] if mark else []


def sequence(draw: st.DrawFn, strategies: EventStrategies) -> list[Json]:
    """Draw the events of a valid stream."""
    declared, streaming = strategies.declared, strategies.declared.streaming
    events = [deepcopy(event) for event in draw(strategies.between)]
    if streaming and streaming.first:
        events.insert(0, draw(strategies.values[streaming.first]))
    if streaming and streaming.last:
        last = draw(strategies.last) if len(streaming.last) > 1 else streaming.last[0]
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


def written(
    draw: st.DrawFn, lines: Sequence[Json | bytes | Raw], strategies: EventStrategies
) -> tuple[bytes, list[int], tuple[int, int]]:
    """Draw the bytes of a stream, the line on which each event starts, and the position of the text of the last one.

    A line given as bytes is the text of an event.
    """
    framing = strategies.declared.framing
    ascii_only = draw(_YES)
    ends = [draw(strategies.ends) for _ in lines]
    final = framing.open_ended and draw(_YES)
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
        frame = draw(strategies.frames) if len(framing.frames) > 1 else framing.frames[0]
        body += frame(text)
        last = start, len(body)
        body += end if index < len(lines) - 1 or not final else b""
    return body, numbers, last


def dressed(draw: st.DrawFn, body: bytes, strategies: EventStrategies) -> bytes:
    """Draw other bytes for the same stream: with other line ends, and another beginning."""
    framing = strategies.declared.framing
    newline = draw(strategies.newlines) if len(framing.newlines) > 1 else b"\n"
    start = draw(strategies.starts) if len(framing.starts) > 1 else b""
    return start + (body if newline == b"\n" else body.replace(b"\n", newline))
