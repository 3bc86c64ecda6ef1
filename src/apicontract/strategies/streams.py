"""Event streams: valid ones, and those that break in one place."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json
from apicontract.openapi.media_types import NDJSON
from apicontract.strategies.contract_strategies import strategies_of
from apicontract.strategies.instance_strategies import Strategy
from apicontract.strategies.request_case import Broken
from apicontract.values.events import Events, events_of, share
from apicontract.wire.media import Framing
from apicontract.wire.messages import Headers, Response

MOST = 4
"""How many events a stream has between the first and the last."""


@dataclass(frozen=True, slots=True)
class EventStream:
    """An event stream: what it says, and its bytes."""

    operation: str
    status: int
    events: tuple[Json, ...]
    """The events in order: all of them, or those that come before the first fault."""
    body: bytes
    """NDJSON, with blank lines, CRLF, and perhaps no final newline."""
    tags: tuple[Broken, ...] = ()
    """What is wrong with it, in the order in which the checker must report it; nothing with a valid stream."""
    line: int | None = field(default=None, compare=False)
    """The line of the first fault, counted from 1; the last line where the end is missing."""
    content_type: str = NDJSON

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")

    def response(self) -> Response:
        """Return the response that carries the stream."""
        return Response(self.status, Headers({"content-type": self.content_type}), self.body)


@dataclass(frozen=True, slots=True, repr=False)
class EventStrategies:
    """The strategies for the events of an operation."""

    declared: Events
    values: Mapping[str, Strategy]
    """By the kind of event."""
    anything: Strategy

    def __repr__(self) -> str:
        """Name the operation."""
        return repr(self.declared)

    def middle(self) -> list[Strategy]:
        """Return the strategies for the events between the first and the last."""
        streaming = self.declared.streaming
        ends = (streaming.first, *streaming.last) if streaming else ()
        return [made for kind, made in self.values.items() if kind not in ends] or [self.anything] * (not ends)


def event_strategies(contract: Contract, operation: str) -> EventStrategies:
    """Return the strategies for the events of an operation; `LookupError` if it declares no stream."""
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

    Texts hold U+2028, U+0085 and other separators, as they are or escaped, and escaped NUL; lines end in LF or CRLF,
    blank lines are between them, and the last may have no end. Raises `LookupError` if the operation declares no
    stream, `NotUnderstood` for schemas outside the vocabulary.
    """
    return _valid(event_strategies(contract, operation))


@st.composite
def _valid(draw: st.DrawFn, strategies: EventStrategies) -> EventStream:
    events = draw(sequences(strategies))
    declared = strategies.declared
    body, _ = draw(written(events, declared.framing))
    name = declared.content.name
    return EventStream(declared.operation.id, declared.status, tuple(events), body, content_type=name)


@st.composite
def sequences(draw: st.DrawFn, strategies: EventStrategies) -> list[Json]:
    """Draw the events of a valid stream."""
    between, streaming = strategies.middle(), strategies.declared.streaming
    events: list[Json] = draw(st.lists(st.one_of(between), max_size=MOST)) if between else []
    if streaming:
        last = draw(st.sampled_from(streaming.last)) if len(streaming.last) > 1 else streaming.last[0]
        events = [draw(strategies.values[streaming.first]), *events, draw(strategies.values[last])]
        share(events, strategies.declared.shared)
    return events


@st.composite
def written(draw: st.DrawFn, lines: Sequence[Json | bytes], framing: Framing) -> tuple[bytes, list[int]]:
    """Draw the bytes of a stream, and the number of each line, counted from 1; what is bytes is a line already."""
    ascii_only = draw(st.booleans())
    ends = draw(st.lists(st.sampled_from(framing.ends), min_size=len(lines), max_size=len(lines)))
    final = draw(st.booleans())
    body, numbers = b"", []
    for index, (line, end) in enumerate(zip(lines, ends, strict=True)):
        numbers.append(body.count(b"\n") + 1)
        text = line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=ascii_only).encode()
        body += framing.frame(text)
        body += end if index < len(lines) - 1 or not final else b""
    return body, numbers
