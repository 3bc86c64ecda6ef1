"""Rules about examples and other instances in the document: they are there, and they fit."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from apicontract.openapi.media_types import JSON_LINES, NDJSON, SSE
from codegen.rules.operations import STREAMS, success
from codegen.rules.streaming import listed_names
from codegen.rules.validators import Validators, parse
from codegen.view import Node, Operation, Place, Tokens, View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apicontract.openapi.objects import Json

_UNITS = {NDJSON: "line", JSON_LINES: "line", SSE: "event"}
_IN_EACH = {"line": "on each line", "event": "in the data of each event"}


def missing(view: View) -> None:
    """Check that every parameter and every media type has an example."""
    for node in view.nodes("parameter"):
        if "example" in node.value and "examples" in node.value:
            view.report((*node.tokens, "examples"), "the parameter has both example and examples", "keep one of them")
        if view.lacks(node.place, "example") and not node.value.get("examples"):
            view.report(node.tokens, f"the parameter {node.value.get('name')!r} has no example", "add 'example: value'")
    for node in view.nodes("media_type"):
        if view.lacks(node.place, "examples") or node.value.get("examples") == {}:
            fix = "add 'examples' with a name, a summary and a value"
            view.report(node.tokens, f"the media type {node.tokens[-1]!r} has no example", fix)


def check(view: View) -> None:
    """Check every example, default, const and listed value against its schema."""
    checker = _Checker(view)
    for node in view.nodes("schema"):
        if node.role != "assertion":
            checker.values(node)
    for kind in ("parameter", "header", "media_type"):
        for node in view.nodes(kind):
            checker.examples(node)
    for operation in view.operations:
        checker.streams(operation)


class _Checker:
    def __init__(self, view: View) -> None:
        self._view = view
        self._validators = Validators(view)
        self._ends: dict[Tokens, Json] = {}
        """What ends the stream, by media type object."""
        for operation in view.operations:
            end = operation.place.value.get("x-streaming", {}).get("end")
            for _, response in success(operation):
                self._ends |= {media.tokens: end for media in view.held(response, "content").values()}

    def values(self, node: Node) -> None:
        """Check the values that a schema itself holds."""
        for key in ("default", "const"):
            if key in node.value:
                self._instance(node.tokens, node.value[key], (*node.tokens, key), f"the {key}")
        for key, what in (("examples", "the example"), ("enum", "the listed value")):
            for position, value in enumerate(node.value.get(key, [])):
                self._instance(node.tokens, value, (*node.tokens, key, str(position)), what)

    def examples(self, node: Node) -> None:
        """Check the examples of a parameter, header or media type."""
        schema = self._view.schema(node.place)
        if schema is None:
            return
        if "example" in node.value:
            self._instance(schema.tokens, node.value["example"], (*node.tokens, "example"), "the example")
        for at, value in self._named(node.place):
            if node.tokens[-1] not in STREAMS:
                self._instance(schema.tokens, value, at, "the example")
            elif not isinstance(value, str):
                self._view.report(
                    at, "the example of a stream is not a string", "write its lines as a block string, after |"
                )
            else:
                for number, event in self._events(value, node.place, at):
                    what = f"{_UNITS[node.tokens[-1]]} {number} of the stream"
                    self._instance(schema.tokens, event, at, what, inside=False)

    def streams(self, operation: Operation) -> None:
        """Check that the examples of a stream begin and end as `x-streaming` says."""
        settings = operation.place.value.get("x-streaming", {})
        for _, response in success(operation):
            content = self._view.held(response, "content")
            stream = next((name for name in STREAMS if name in content), NDJSON)
            media = content.get(stream)
            schema = self._view.schema(media) if media else None
            name = schema.value.get("discriminator", {}).get("propertyName") if schema else None
            if media is None or not settings or (name is None and settings.keys() & {"first", "last"}):
                continue  # reported already
            for at, value in self._named(media):
                if isinstance(value, str):
                    self._order(value, media, settings, name, at)

    def _order(self, text: str, media: Place, settings: Mapping[str, Json], name: str | None, at: Tokens) -> None:
        stream, end = media.tokens[-1], settings.get("end")
        cut = _cut(text, stream, end)
        found = [event if isinstance(event, dict) else {} for _, event in self._events(text, media)]
        if not cut or len(found) < len(cut):
            return  # reported already: no events, or some that are no JSON
        alive = listed_names(settings.get("keepalive", []))
        events = [event for event in found if event.get(name) not in alive]
        first, last = settings.get("first"), listed_names(settings.get("last", []))
        unit = _UNITS[stream]
        for number, event in enumerate(events, 1):
            kind = event.get(name)
            if first is not None and (kind == first) != (number == 1):
                message = f"{unit} {number} of the stream is {kind!r}"
                self._view.report(at, message, f"let {first!r} be the first {unit}, and no other")
            if last and (kind in last) != (number == len(events)):
                message = f"{unit} {number} of the stream is {kind!r}"
                self._view.report(at, message, f"let {' or '.join(map(repr, last))} be the last {unit}, and no other")
        self._numbers(settings.get("number"), events, at)
        if end is not None and len(cut) == len(_cut(text, stream)):
            self._view.report(at, f"the stream does not end with the data {end!r}", f"write 'data: {end}' last")
        pointer = settings.get("same")
        if isinstance(pointer, str):
            found = [held for event in events for held in _at(event, pointer)]
            if any(held != found[0] for held in found):
                self._view.report(at, f"the value at {pointer!r} differs between events", "write the same value")

    def _named(self, place: Place) -> Iterator[tuple[Tokens, Json]]:
        """Yield the values of named examples, and where they are."""
        for example in self._view.held(place, "examples").values():
            if "value" in example.value:
                yield (*example.tokens, "value"), example.value["value"]

    def _numbers(self, pointer: Json, events: list[dict[str, Json]], at: Tokens) -> None:
        """Check that the number of each event is greater than that of the one before."""
        found = [held for event in events for held in _at(event, pointer)] if isinstance(pointer, str) else []
        if any(not isinstance(held, int) for held in found) or any(b <= a for a, b in pairwise(found)):
            self._view.report(at, f"the number at {pointer!r} does not grow", "number the events in their order")

    def _events(self, text: str, media: Place, at: Tokens | None = None) -> Iterator[tuple[int, Json]]:
        """Parse the events of a stream; with a place, report those that cannot be."""
        unit = _UNITS[media.tokens[-1]]
        found = _cut(text, media.tokens[-1], self._ends.get(media.tokens))
        if not found and at is not None:
            self._view.report(at, f"the example of a stream has no {unit}s", f"write one JSON object {_IN_EACH[unit]}")
        for number, data in enumerate(found, 1):
            try:
                yield number, parse(data)
            except ValueError as error:
                if at is not None:
                    message = f"{unit} {number} of the stream is invalid JSON: {error}"
                    self._view.report(at, message, f"write one object {_IN_EACH[unit]}")

    def _instance(self, schema: Tokens, value: Json, at: Tokens, what: str, *, inside: bool = True) -> None:
        try:
            for path, message in self._validators.errors(schema, value):
                name = (
                    repr(schema[-1]) if schema[:2] == ("components", "schemas") and len(schema) == 3 else "its schema"
                )
                self._view.report(
                    (*at, *path) if inside else at,
                    f"{what} does not fit {name}: {message}",
                    "correct it, or the schema",
                )
        except ValueError as error:
            if not self._view.problems:  # otherwise one of them has said why
                self._view.report(schema, f"the schema cannot be compiled: {error}", "correct it")


def _cut(text: str, stream: str, end: Json = None) -> list[str]:
    """Cut a stream into the texts of its events, without the data that only ends it.

    Lines end at line feeds only, as for their readers; the last one may or may not. A server-sent event has its data on
    lines that begin with `data:`; one without any, such as a comment, is none.
    """
    if stream != SSE:
        return text.removesuffix("\n").split("\n") if text.strip() else []
    blocks = ([line for line in block.split("\n") if line.startswith("data:")] for block in text.split("\n\n"))
    found = ["\n".join(line.removeprefix("data:").removeprefix(" ") for line in block) for block in blocks if block]
    return found[:-1] if found and found[-1] == end else found


def _at(event: Json, pointer: str) -> list[Json]:
    """Find the value that a pointer leads to; nothing, where it leads nowhere."""
    for token in pointer.split("/")[1:]:
        if not isinstance(event, dict) or token not in event:
            return []
        event = event[token]
    return [event]
