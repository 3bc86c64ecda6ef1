"""Floor 4: event streams: valid ones, and those that break in one place."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json, MediaType, Operation, Streaming
from apicontract.openapi.media_types import NDJSON
from apicontract.strategies.case import Broken
from apicontract.strategies.catalogue import Catalogue, catalogue
from apicontract.strategies.instances import Strategy
from apicontract.values.constraints import Schema
from apicontract.values.vocabulary import check_schema
from apicontract.wire.messages import Headers, Response

MOST = 4
"""How many events a stream has between the first and the last."""
SEPARATORS = "line \u2028 paragraph \u2029 next \x85 tab \x0b feed \x0c file \x1c nul \x00 return \r feed \n end"
"""A text with everything that some reader takes for the end of a line."""


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

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")

    def response(self) -> Response:
        """Return the response that carries the stream."""
        return Response(self.status, Headers({"content-type": NDJSON}), self.body)


@dataclass(frozen=True, slots=True, repr=False)
class Source:
    """Where the events of an operation come from."""

    operation: Operation
    status: int
    content: MediaType
    union: str
    """`oneOf` or `anyOf`."""
    tag: str
    """The property that tells the kinds of events apart; empty if there is no such union."""
    kinds: Mapping[str, Schema]
    values: Mapping[str, Strategy]
    anything: Strategy
    shared: tuple[str, ...]
    """The steps to the value that all events share."""

    @property
    def streaming(self) -> Streaming | None:
        """How streams begin and end, if that is declared."""
        return self.operation.streaming

    def __repr__(self) -> str:
        """Name the operation."""
        return f"<{self.operation.id}>"

    def middle(self) -> list[Strategy]:
        """Return the strategies for the events between the first and the last."""
        ends = (self.streaming.first, self.streaming.last) if self.streaming else ()
        return [made for kind, made in self.values.items() if kind not in ends] or [self.anything] * (not ends)


def source(contract: Contract, operation: str) -> Source:
    """Return where the events of an operation come from; `LookupError` if it declares no stream."""
    known, found = catalogue(contract), contract.operation(operation)
    key = "source", operation
    if key not in known.remembered:
        known.remembered[key] = _source(known, found)
    kept: Source = known.remembered[key]
    return kept


def event_streams(contract: Contract, operation: str) -> st.SearchStrategy[EventStream]:
    """Return the strategy for valid event streams of an operation.

    Texts hold U+2028, U+0085 and other separators, as they are or escaped, and escaped NUL; lines end in LF or CRLF,
    blank lines are between them, and the last may have no end. Raises `LookupError` if the operation declares no
    stream, `NotUnderstood` for schemas outside the vocabulary.
    """
    return _valid(source(contract, operation))


@st.composite
def _valid(draw: st.DrawFn, origin: Source) -> EventStream:
    events = draw(sequences(origin))
    body, _ = draw(written(events))
    return EventStream(origin.operation.id, origin.status, tuple(events), body)


@st.composite
def sequences(draw: st.DrawFn, origin: Source) -> list[Json]:
    """Draw the events of a valid stream."""
    between = origin.middle()
    events: list[Json] = draw(st.lists(st.one_of(between), max_size=MOST)) if between else []
    if origin.streaming:
        first, last = origin.values[origin.streaming.first], origin.values[origin.streaming.last]
        events = [draw(first), *events, draw(last)]
        share(events, origin.shared)
    return events


def share(events: Sequence[Json], steps: tuple[str, ...]) -> None:
    """Give all events the value at the steps that the first of them has."""
    holders = [holder for event in events if (holder := holder_of(event, steps)) is not None]
    for holder in holders:
        holder[steps[-1]] = holders[0][steps[-1]]


def holder_of(event: Json, steps: tuple[str, ...]) -> dict[str, Json] | None:
    """Return the object in an event that holds the shared value, if it is there."""
    if not steps:
        return None
    for step in steps[:-1]:
        event = event.get(step) if isinstance(event, dict) else None
    return event if isinstance(event, dict) and event.get(steps[-1]) is not None else None


@st.composite
def written(draw: st.DrawFn, lines: Sequence[Json | bytes]) -> tuple[bytes, list[int]]:
    """Draw the bytes of a stream, and the number of each line, counted from 1; what is bytes is a line already."""
    ascii_only = draw(st.booleans())
    ends = draw(st.lists(st.sampled_from(_ENDS), min_size=len(lines), max_size=len(lines)))
    final = draw(st.booleans())
    body, numbers = b"", []
    for index, (line, end) in enumerate(zip(lines, ends, strict=True)):
        numbers.append(body.count(b"\n") + 1)
        body += line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=ascii_only).encode()
        body += end if index < len(lines) - 1 or not final else b""
    return body, numbers


_ENDS = (b"\n", b"\r\n", b"\n\n", b"\n \t\r\n")


def _source(known: Catalogue, operation: Operation) -> Source:
    status, content = _declared(operation)
    document = known.contract.document
    schema: Any = True if content.schema is None else content.schema
    check_schema(document, schema, content.schema_pointer)
    node, _ = document.resolve(schema, content.schema_pointer)
    node = node if isinstance(node, Mapping) else {}
    tag = str(node.get("discriminator", {}).get("propertyName", ""))
    kinds: dict[str, Schema] = {}
    if tag:
        for branch in (*node.get("oneOf", ()), *node.get("anyOf", ())):
            for way in known.ways.of(branch):
                for inner in known.ways.of(*way.members.schemas.get(tag, ())):
                    kinds.update((str(value), branch) for value in inner.only or ())
    streaming = operation.streaming
    missing = [kind for kind in (streaming.first, streaming.last) if kind not in kinds] if streaming else []
    if missing:
        raise LookupError(f"{operation.id} streams no event of the kind {missing[0]!r}; known are {', '.join(kinds)}")
    return Source(
        operation,
        status,
        content,
        "oneOf" if "oneOf" in node else "anyOf",
        tag,
        kinds,
        {kind: known.values.of(branch, of_kind(tag, kind)) for kind, branch in kinds.items()},
        known.values.of(schema),
        tuple(streaming.same.split("/")[1:]) if streaming and streaming.same else (),
    )


def of_kind(tag: str, kind: str) -> Schema:
    """Return what a schema of events must be joined with to leave one kind."""
    return {"required": [tag], "properties": {tag: {"const": kind}}}


def _declared(operation: Operation) -> tuple[int, MediaType]:
    for key, response in operation.responses.items():
        if NDJSON in response.content and key.isdigit():
            return int(key), response.content[NDJSON]
    raise LookupError(f"{operation.id} declares no event stream ({NDJSON})")
