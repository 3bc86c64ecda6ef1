"""Rules about examples and other instances in the document: they exist and conform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apicontract.checks import Contract
from apicontract.openapi.document import Document
from codegen.rules.operations import STREAMS, is_response_key
from codegen.rules.validators import Validators
from codegen.view import Node, Operation, Place, Tokens, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apicontract.openapi.objects import Json


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
    """Check every example, default, const and listed value against its schema, and the examples of every stream."""
    checker = _Checker(view)
    for node in view.nodes("schema"):
        if node.role != "assertion":
            checker.values(node)
    for kind in ("parameter", "header", "media_type"):
        for node in view.nodes(kind):
            checker.examples(node)
    _streams(view)


class _Checker:
    def __init__(self, view: View) -> None:
        self._view = view
        self._validators = Validators(view)

    def values(self, node: Node) -> None:
        """Check the values within a schema."""
        for key in ("default", "const"):
            if key in node.value:
                self._instance(node.tokens, node.value[key], (*node.tokens, key), f"the {key}")
        for key, what in (("examples", "the example"), ("enum", "the listed value")):
            for position, value in enumerate(node.value.get(key, [])):
                self._instance(node.tokens, value, (*node.tokens, key, str(position)), what)

    def examples(self, node: Node) -> None:
        """Check the examples of a parameter, a header, or a media type that is not a stream."""
        schema = self._view.schema(node.place)
        if schema is None or node.tokens[-1] in STREAMS:
            return
        if "example" in node.value:
            self._instance(schema.tokens, node.value["example"], (*node.tokens, "example"), "the example")
        for at, value in _named(self._view, node.place):
            self._instance(schema.tokens, value, at, "the example")

    def _instance(self, schema: Tokens, value: Json, at: Tokens, what: str) -> None:
        try:
            for path, message in self._validators.errors(schema, value):
                name = (
                    repr(schema[-1]) if schema[:2] == ("components", "schemas") and len(schema) == 3 else "its schema"
                )
                self._view.report((*at, *path), f"{what} does not fit {name}: {message}", "correct it, or the schema")
        except ValueError as error:
            if not self._view.problems:  # otherwise a validator has already reported the reason
                self._view.report(schema, f"the schema cannot be compiled: {error}", "correct it")


def _streams(view: View) -> None:
    """Check the examples of streams as the checker of exchanges reads them: each event, their order, and the end."""
    found = [
        (operation, status, at, value)
        for operation in view.operations
        for status, response in operation.responses.items()
        for name, media in view.held(response, "content").items()
        if name in STREAMS and operation.id and is_response_key(status)  # otherwise reported already
        for at, value in _named(view, media)
    ]
    if not found:
        return
    try:
        contract = Contract(Document(view.document))
    except ValueError as error:
        if not view.problems:  # otherwise one of them has said why
            view.report((), f"the document cannot be read: {error}", "correct it")
        return
    for operation, status, at, value in found:
        for message, fix in _stream_problems(contract, operation, status, value):
            view.report(at, message, fix)


def _stream_problems(contract: Contract, operation: Operation, status: str, value: Json) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one example of a stream, and how to correct it."""
    if not isinstance(value, str):
        yield "the example of a stream is not a string", "write it as it is sent, as a block string after |"
    elif not value.strip():
        yield "the example of a stream has no events", "write at least one"
    else:
        for event in contract.check_stream([value.encode()], operation.id, _one_of(operation, status)):
            for violation in event.violations:
                given = f", got {violation.excerpt}" if violation.excerpt is not None else ""
                fix = "correct the example, its schema, or x-streaming"
                yield f"{violation.where} of the stream: {violation.message}{given}", fix


def _one_of(operation: Operation, status: str) -> int:
    """Return a status that a response is declared for: itself, or one of its range that is not declared by itself."""
    if status.isdigit():
        return int(status)
    begin = 200 if status == "default" else 100 * int(status[0])
    return next(code for code in range(begin, begin + 100) if str(code) not in operation.responses)


def _named(view: View, place: Place) -> Iterator[tuple[Tokens, Json]]:
    """Yield the values of named examples, and where they are."""
    for example in view.held(place, "examples").values():
        if "value" in example.value:
            yield (*example.tokens, "value"), example.value["value"]
