"""All cells of one operation, and those that an exchange exercises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apicontract.checks.contract import Reading
from apicontract.checks.response import Answer
from apicontract.checks.validation import Validators
from apicontract.coverage.cells import Cell
from apicontract.coverage.places import Place, Places
from apicontract.openapi.document import Document, Json, MediaType, Operation, Pagination
from apicontract.openapi.facts import Shape, shape_at
from apicontract.openapi.pointer import find
from apicontract.openapi.violation import where
from apicontract.wire import media
from apicontract.wire.carriers import of_body, of_parameter

END, CUT_OFF = "end of the stream", "cut off before the end"
EVENT = "an event"
"""The case of a stream whose events have no types."""
FIRST, LATER, LAST = "first page", "later page", "last page"


class OperationCells:
    """The cells of one operation, in document order."""

    def __init__(self, document: Document, validators: Validators, operation: Operation) -> None:
        """Compute the cells, which do not depend on any exchange."""
        self._document = document
        self.operation = operation
        self._places = Places(document, validators, operation.id)
        self.called = self._places.cell("operation", "called", "call")
        self._parameters = {
            (parameter.location, parameter.name): self._parameter(parameter.location, parameter.name)
            for parameter in operation.parameters
            if parameter.location != "cookie"
        }
        self._bodies = self._body_places()
        self._responses()
        self.cells: tuple[Cell, ...] = tuple(self._places.cells.values())

    def _parameter(self, location: str, name: str) -> Place:
        parameter = next(p for p in self.operation.parameters if (p.location, p.name) == (location, name))
        schema = parameter.schema, parameter.schema_pointer
        optional = not parameter.required and location != "path"
        carrier = of_parameter(parameter, shape_at(self._document, *schema))
        return self._places.place(where(location, [name]), schema, carrier, optional=optional)

    def _body_places(self) -> dict[str, Place]:
        """Return the place of each media type whose bodies are decoded.

        The media types of one form share their cells.
        """
        declared = self.operation.request_body
        found: dict[str, Place] = {}
        for content in declared.content.values() if declared else ():
            self._places.cell("content-type", content.name, "media_type")
        if declared and not declared.required:
            self._places.cell("body", "absent", "presence")
            self._places.cell("body", "present", "presence")
        for content in declared.content.values() if declared else ():
            carrier = of_body(content, shape_at(self._document, content.schema, content.schema_pointer))
            if carrier is not None and content.schema is not None:
                root = media.codec(content.name).root
                schema = content.schema, content.schema_pointer
                found[content.name] = self._places.place(root, schema, carrier, optional=None)
        return found

    def _responses(self) -> None:
        operation, cell = self.operation, self._places.cell
        for key in operation.responses:
            cell("status", key, "status")
        contents = [
            (key, content) for key, declared in operation.responses.items() for content in declared.content.values()
        ]
        for key, content in contents:
            cell("response", f"{key} {content.name}", "response_media_type")
        streams = [content for _, content in contents if media.codec(content.name).stream]
        for content in streams:
            for kind in self._shape(content).kinds or (EVENT,):
                cell("events", kind, "event")
        if streams and _has_end(operation):
            cell("events", END, "event")
            cell("events", CUT_OFF, "event", refusal=True)
        if operation.pagination is not None:
            for case in (FIRST, LATER, LAST):
                cell("pages", case, "page")

    # Exchanges

    def request(self, reading: Reading, *, has_body: bool) -> Iterator[Cell]:
        """Yield the cells that a request exercises, valid and invalid ones; a cell may be repeated."""
        arguments = reading.arguments
        for (location, name), place in self._parameters.items():
            given = arguments.get(location) or {}
            if name in given:
                yield from place.walk(given[name])
            elif place.absent is not None:
                yield place.absent
        declared, known = self.operation.request_body, self._places.cells
        if declared is None:
            return
        yield from _if_known(known, "body", "present" if has_body else "absent")
        if has_body:
            content = reading.content
            if content is not None:
                yield known["content-type", content.name]
                if content.name in self._bodies and "body" in arguments:
                    yield from self._bodies[content.name].walk(arguments["body"])

    def response(self, status: int, answer: Answer, reading: Reading, *, complete: bool) -> Iterator[Cell]:
        """Yield the cells of a response: status, media type, events, and the kind of page.

        `complete` says whether the body was read to its end.
        """
        known, content = self._places.cells, answer.content
        for declared in answer.declared:
            yield from _if_known(known, "status", declared.key)
        if content is None:
            return
        yield from _if_known(known, "response", f"{answer.declared[0].key} {content.name}")
        if media.codec(content.name).stream:
            yield from self._events(content, answer, complete=complete)
        elif self.operation.pagination is not None and 200 <= status < 300:
            yield from self.page(self.operation.pagination, reading.arguments, answer.body)

    def _shape(self, content: MediaType) -> Shape:
        return shape_at(self._document, content.schema, content.schema_pointer)

    def _events(self, content: MediaType, answer: Answer, *, complete: bool) -> Iterator[Cell]:
        tag, known = self._shape(content).discriminator, self._places.cells
        if answer.events:
            yield from _if_known(known, "events", EVENT)
        for event in answer.events:
            kind = event.get(tag) if isinstance(event, dict) else None
            if isinstance(kind, str):
                yield from _if_known(known, "events", kind)
        if _has_end(self.operation) and (answer.ended or complete):
            yield known["events", END if answer.ended else CUT_OFF]

    def page(self, pagination: Pagination, arguments: Mapping[str, Any], answer: Json) -> Iterator[Cell]:
        """Yield the cells for the page in a response of this operation."""
        known = self._places.cells
        if not isinstance(answer, dict):
            return
        given = (arguments.get("query") or {}).get(pagination.parameter)
        if pagination.style == "page":
            first = self._first_number(pagination.parameter)
            number = given if isinstance(given, int) else first
            yield known["pages", FIRST if number <= first else LATER]
            total = find(answer, pagination.total_pages) if pagination.total_pages else None
            if (number >= total) if isinstance(total, int | float) else not find(answer, pagination.items):
                yield known["pages", LAST]
        else:
            yield known["pages", FIRST if given is None else LATER]
            if not (pagination.next_token and find(answer, pagination.next_token)):
                yield known["pages", LAST]

    def later_page(self, pagination: Pagination, status: int, answer: Answer) -> Iterator[Cell]:
        """Yield the cells for a page of this operation's listing that another operation fetched."""
        body, known = answer.body, self._places.cells
        if 200 <= status < 300 and isinstance(body, dict):
            yield known["pages", LATER]
            if not (pagination.next_token and find(body, pagination.next_token)):
                yield known["pages", LAST]

    def _first_number(self, name: str) -> int:
        """Return the number of the first page: the default of its parameter, its minimum, or 1."""
        for parameter in self.operation.parameters_in("query"):
            node, _ = self._document.resolve(parameter.schema, parameter.schema_pointer)
            if parameter.name == name and isinstance(node, Mapping):
                found = node.get("default", node.get("minimum", 1))
                return found if isinstance(found, int) else 1
        return 1


def _has_end(operation: Operation) -> bool:
    """Return whether the end of a stream can be recognised, and so whether it was truncated."""
    return operation.streaming is not None and operation.streaming.ends


def _if_known(known: Mapping[tuple[str, str], Cell], place: str, case: str) -> Iterator[Cell]:
    if (place, case) in known:
        yield known[place, case]
