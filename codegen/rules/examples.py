"""Rules about examples and other instances in the document: they are there, and they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from codegen.rules.operations import success
from codegen.rules.validators import Validators, parse
from codegen.view import LINES, Node, Operation, Place, Tokens, View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apicontract.openapi.grammar import Json


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
            if node.tokens[-1] != LINES:
                self._instance(schema.tokens, value, at, "the example")
            elif not isinstance(value, str):
                self._view.report(
                    at, "the example of a stream is no text", "write its lines as a block string, after |"
                )
            else:
                for number, event in self._lines(value, at):
                    self._instance(schema.tokens, event, at, f"line {number} of the stream", inside=False)

    def streams(self, operation: Operation) -> None:
        """Check that the examples of a stream begin and end as `x-streaming` says."""
        settings = operation.place.value.get("x-streaming", {})
        for _, response in success(operation):
            media = self._view.held(response, "content").get(LINES)
            schema = self._view.schema(media) if media else None
            name = schema.value.get("discriminator", {}).get("propertyName") if schema else None
            if media is None or name is None or not {"first", "last"} <= settings.keys():
                continue  # reported already
            for at, value in self._named(media):
                if isinstance(value, str):
                    self._order(value, settings, name, at)

    def _order(self, text: str, settings: Mapping[str, Json], name: str, at: Tokens) -> None:
        lines = _split(text)
        events = [event if isinstance(event, dict) else {} for _, event in self._lines(text)]
        if not lines or len(events) < len(lines):
            return  # reported already: no lines, or lines that are no JSON
        first, last = settings["first"], settings["last"]
        for number, event in enumerate(events, 1):
            kind = event.get(name)
            if (kind == first) != (number == 1):
                self._view.report(
                    at, f"line {number} of the stream is {kind!r}", f"let {first!r} be the first line, and no other"
                )
            if (kind == last) != (number == len(events)):
                self._view.report(
                    at, f"line {number} of the stream is {kind!r}", f"let {last!r} be the last line, and no other"
                )
        pointer = settings.get("same")
        if isinstance(pointer, str):
            found = [held for event in events for held in _at(event, pointer)]
            if any(held != found[0] for held in found):
                self._view.report(at, f"the value at {pointer!r} differs between events", "write the same value")

    def _named(self, place: Place) -> Iterator[tuple[Tokens, Json]]:
        """Yield the values of named examples, and where they stand."""
        for example in self._view.held(place, "examples").values():
            if "value" in example.value:
                yield (*example.tokens, "value"), example.value["value"]

    def _lines(self, text: str, at: Tokens | None = None) -> Iterator[tuple[int, Json]]:
        """Parse the lines of a stream; with a place, report those that cannot be."""
        lines = _split(text)
        if not lines and at is not None:
            self._view.report(at, "the example of a stream has no lines", "write one JSON object on each line")
        for number, line in enumerate(lines, 1):
            try:
                yield number, parse(line)
            except ValueError as error:
                if at is not None:
                    self._view.report(
                        at, f"line {number} of the stream is no JSON: {error}", "write one object on each line"
                    )

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


def _split(text: str) -> list[str]:
    """Split a stream into lines at line feeds only, as its readers do; the last line may or may not end."""
    return text.removesuffix("\n").split("\n") if text.strip() else []


def _at(event: Json, pointer: str) -> list[Json]:
    """Find the value that a pointer leads to; nothing, where it leads nowhere."""
    for token in pointer.split("/")[1:]:
        if not isinstance(event, dict) or token not in event:
            return []
        event = event[token]
    return [event]
