"""The events of a stream: their types, the first and the last, and their shared value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import count

from apicontract.openapi.document import Document, Json, MediaType, Operation, Streaming
from apicontract.openapi.facts import shape_at
from apicontract.openapi.media_types import JSON_LINES, NDJSON, SSE
from apicontract.openapi.pointer import split
from apicontract.values.constraints import Schema
from apicontract.values.document import values_of
from apicontract.values.vocabulary import check_schema
from apicontract.wire import media
from apicontract.wire.framing import Framing


@dataclass(frozen=True, slots=True, repr=False)
class Events:
    """The events that an operation declares."""

    operation: Operation
    status: int
    content: MediaType
    schema: Schema
    """The schema of any event."""
    union: str
    """`oneOf` or `anyOf`."""
    tag: str
    """The property with the type of an event; empty if there is no such union."""
    kinds: Mapping[str, Schema]
    """The branch of the union for each type."""
    shared: tuple[str, ...]
    """The steps to the value that all events share."""
    framing: Framing
    """The framing of the events."""

    def __repr__(self) -> str:
        """Show the operation."""
        return f"<{self.operation.id}>"

    @property
    def numbered(self) -> tuple[str, ...]:
        """The steps to the number of an event."""
        return split(self.streaming.number) if self.streaming and self.streaming.number else ()

    @property
    def streaming(self) -> Streaming | None:
        """How streams begin and end, if that is declared."""
        return self.operation.streaming

    def of_kind(self, kind: str) -> tuple[Schema, Schema]:
        """Return the schemas that an event of one type satisfies."""
        return self.kinds[kind], {"required": [self.tag], "properties": {self.tag: {"const": kind}}}


def events_of(document: Document, operation: Operation) -> Events:
    """Return the events of an operation.

    Raises `LookupError` if it declares no stream, or a stream without its first or last event, and `NotUnderstood` for
    unsupported schemas.
    """
    status, content = _declared(operation)
    schema: Schema = True if content.schema is None else content.schema
    check_schema(document, schema, content.schema_pointer)
    node, _ = document.resolve(schema, content.schema_pointer)
    node = node if isinstance(node, Mapping) else {}
    tag = shape_at(document, schema, content.schema_pointer).discriminator
    alternatives = values_of(document).alternatives
    kinds: dict[str, Schema] = {}
    for branch in (*node.get("oneOf", ()), *node.get("anyOf", ())) if tag else ():
        for alternative in alternatives.of(branch):
            for inner in alternatives.of(*alternative.object.schemas.get(tag, ())):
                kinds.update((str(value), branch) for value in inner.only or ())
    streaming = operation.streaming
    missing = [kind for kind in _ends(streaming) if kind not in kinds]
    if missing:
        raise LookupError(f"{operation.id} streams no event of the kind {missing[0]!r}; known are {', '.join(kinds)}")
    shared = split(streaming.same) if streaming and streaming.same else ()
    union = "oneOf" if "oneOf" in node else "anyOf"
    framing = media.framing_of(document, content)
    return Events(operation, status, content, schema, union, tag, kinds, shared, framing)


def _ends(streaming: Streaming | None) -> list[str]:
    """Return the types of the first event and of the possible last events."""
    return [] if streaming is None else [*filter(None, [streaming.first]), *streaming.last]


def simplest_stream(document: Document, operation: Operation) -> list[Json]:
    """Return the simplest stream of an operation: the first and the last event, or one event if neither is declared.

    Raises as `events_of` does.
    """
    events, boundaries = events_of(document, operation), values_of(document).boundaries
    streaming = events.streaming
    first, last = (streaming.first, streaming.last[:1]) if streaming else (None, ())
    found = [deepcopy(boundaries.simplest(*events.of_kind(kind))) for kind in (*filter(None, [first]), *last)]
    found = found or [deepcopy(boundaries.simplest(events.schema))]
    share(found, events.shared)
    number(found, events.numbered)
    return found


def share(events: Sequence[Json], steps: tuple[str, ...]) -> None:
    """Copy the shared value of the first event to all others."""
    holders = [holder for event in events if (holder := holder_of(event, steps)) is not None]
    for holder in holders:
        holder[steps[-1]] = holders[0][steps[-1]]


def number(events: Sequence[Json], steps: tuple[str, ...], numbers: Iterable[int] | None = None) -> None:
    """Assign ascending numbers to the events that have a number."""
    growing = iter(count() if numbers is None else numbers)
    for event in events:
        holder = holder_of(event, steps)
        if holder is not None:
            holder[steps[-1]] = next(growing)


def holder_of(event: Json, steps: tuple[str, ...]) -> dict[str, Json] | None:
    """Return the object in an event that has the value to which the steps lead; `None` if there is no such value."""
    if not steps:
        return None
    for step in steps[:-1]:
        event = event.get(step) if isinstance(event, dict) else None
    return event if isinstance(event, dict) and event.get(steps[-1]) is not None else None


def _declared(operation: Operation) -> tuple[int, MediaType]:
    for key, response in operation.responses.items():
        content = media.stream_of(response.content)
        if content is not None and key.isdigit():
            return int(key), content
    raise LookupError(f"{operation.id} declares no event stream ({NDJSON}, {JSON_LINES} or {SSE})")
