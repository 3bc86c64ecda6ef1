"""The events of a stream: their kinds, the first and the last of them, and the value that all of them share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from apicontract.openapi.document import Document, Json, MediaType, Operation, Streaming
from apicontract.openapi.facts import shape_at
from apicontract.openapi.media_types import NDJSON
from apicontract.openapi.pointer import split
from apicontract.values.constraints import Schema
from apicontract.values.document import values_of
from apicontract.values.vocabulary import check_schema
from apicontract.wire import media
from apicontract.wire.media import Framing


@dataclass(frozen=True, slots=True, repr=False)
class Events:
    """The events that an operation declares."""

    operation: Operation
    status: int
    content: MediaType
    schema: Schema
    """Of any event."""
    union: str
    """`oneOf` or `anyOf`."""
    tag: str
    """The property whose value is the kind of an event; empty if there is no such union."""
    kinds: Mapping[str, Schema]
    """The branch of the union for each kind."""
    shared: tuple[str, ...]
    """The steps to the value that all events share."""

    def __repr__(self) -> str:
        """Name the operation."""
        return f"<{self.operation.id}>"

    @property
    def framing(self) -> Framing:
        """How events are put together."""
        return media.framing_of(self.content)

    @property
    def streaming(self) -> Streaming | None:
        """How streams begin and end, if that is declared."""
        return self.operation.streaming

    def of_kind(self, kind: str) -> tuple[Schema, Schema]:
        """Return the schemas that an event of one kind satisfies."""
        return self.kinds[kind], {"required": [self.tag], "properties": {self.tag: {"const": kind}}}


def events_of(document: Document, operation: Operation) -> Events:
    """Return the events of an operation.

    Raises `LookupError` if it declares no stream, or a stream without the event that begins or ends it, and
    `NotUnderstood` for schemas outside the vocabulary.
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
    missing = [kind for kind in (streaming.first, *streaming.last) if kind not in kinds] if streaming else []
    if missing:
        raise LookupError(f"{operation.id} streams no event of the kind {missing[0]!r}; known are {', '.join(kinds)}")
    shared = split(streaming.same) if streaming and streaming.same else ()
    return Events(operation, status, content, schema, "oneOf" if "oneOf" in node else "anyOf", tag, kinds, shared)


def simplest_stream(document: Document, operation: Operation) -> list[Json]:
    """Return the simplest events of an operation that declares how its streams begin and end: the first and the last.

    Raises as `events_of` does.
    """
    events = events_of(document, operation)
    ends = (events.streaming.first, events.streaming.last[0]) if events.streaming else ()
    found = [deepcopy(values_of(document).boundaries.simplest(*events.of_kind(kind))) for kind in ends]
    share(found, events.shared)
    return found


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


def _declared(operation: Operation) -> tuple[int, MediaType]:
    for key, response in operation.responses.items():
        content = media.stream_of(response.content)
        if content is not None and key.isdigit():
            return int(key), content
    raise LookupError(f"{operation.id} declares no event stream ({NDJSON})")
