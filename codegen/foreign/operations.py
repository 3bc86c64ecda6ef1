"""Convert the operations of a document for the generator: one body, one kind of response."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from apicontract.openapi import media_types
from apicontract.openapi.media_types import BYTES, FORM, JSON, STREAMS, URLENCODED
from apicontract.openapi.pointer import split
from codegen.foreign import naming
from codegen.view import Operation, Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from apicontract.openapi.document import Document, Json
    from apicontract.openapi.operation import MediaType, Parameter
    from apicontract.openapi.operation import Operation as Declared
    from codegen.foreign.schemas import Schemas

_LOCATIONS = ("path", "query", "header", "cookie")


class Unsupported(Exception):
    """An operation cannot become a method; the message has the reason, and `fix` the advice."""

    def __init__(self, message: str, fix: str) -> None:
        self.fix = fix
        super().__init__(message)


class _Answers(NamedTuple):
    """The success responses of an operation, by media type."""

    objects: list[MediaType]
    events: list[MediaType]
    """Streams of events."""
    other: list[MediaType]
    empty: int


class Operations:
    """Converts operations, and the schemas that they use."""

    def __init__(self, document: Document, schemas: Schemas) -> None:
        """Take the document, and the converter of its schemas."""
        self._document = document
        self._schemas = schemas
        self.unsent: list[tuple[str, str]] = []
        """Optional parameters that cannot be sent: their pointers and the problems."""

    def write(self, declared: Declared, path: tuple[str, ...]) -> Operation:
        """Convert one operation under its client path; raise `Unsupported` if that is not possible."""
        hint = naming.class_name(" ".join(path).replace("_", " "))
        node = self._document.at(declared.pointer)
        place = Place(_about(node, declared), split(declared.pointer))
        body = self._body(declared, hint)
        return Operation(
            id=".".join(path),
            method=declared.method.lower(),
            path=declared.path,
            place=place,
            parameters=tuple(self._parameters(declared, hint)),
            request=body,
            body={
                name: Place(media, (*body.tokens, "content", name))
                for name, media in body.value.get("content", {}).items()
            },
            responses=self._responses(declared, place, hint),
        )

    def _parameters(self, declared: Declared, hint: str) -> Iterator[Place]:
        """Yield the parameters that a caller gives."""
        seen: set[tuple[str, str]] = set()
        for parameter in declared.parameters:
            key = (parameter.location, parameter.name)
            if parameter.location not in _LOCATIONS:
                said = f"a parameter in {parameter.location!r}, which the client cannot send"
                if parameter.required:
                    raise Unsupported(f"it needs {said}", "call it by other means")
                self.unsent.append((parameter.pointer, f"{declared.id!r} is called without {parameter.name!r}: {said}"))
            elif key not in seen:
                seen.add(key)
                yield self._parameter(parameter, hint)

    def _parameter(self, parameter: Parameter, hint: str) -> Place:
        node = self._document.at(parameter.pointer)
        schema = self._schemas.argument(parameter.schema, hint + naming.class_name(parameter.name))
        undeclared = "in" not in node  # the template has it, but it is not described
        if undeclared or parameter.style == "text":
            schema = {"type": "string"}
        written: dict[str, Json] = {
            "name": parameter.name,
            "in": parameter.location,
            "required": parameter.required,
            "style": parameter.style,
            "explode": parameter.explode,
            "schema": schema,
        }
        return Place(({} if undeclared else _said(node)) | written, split(parameter.pointer))

    def _body(self, declared: Declared, hint: str) -> Place:
        given = declared.request_body
        chosen = next(iter(given.content.values()), None) if given else None
        if given is None or chosen is None:
            return Place({}, ())
        required = given.required
        if media_types.is_json(chosen.name):
            schema, name = self._schemas.body(chosen.schema, f"{hint}Body", files=False), JSON
        elif chosen.name in (FORM, URLENCODED):
            schema, name = self._schemas.body(chosen.schema, f"{hint}Body", files=True), FORM
        else:
            schema, name = {}, chosen.name
        if not required and "properties" in schema:
            schema["required"] = []  # without arguments, no body is sent
        written = {"required": required, "content": {name: {"schema": schema}}}
        return Place(_said(self._document.at(given.pointer)) | written, split(given.pointer))

    def _responses(self, declared: Declared, place: Place, hint: str) -> Mapping[str, Place]:
        answers = _answers(declared)
        at = (*place.tokens, "responses")
        if answers.events and not (answers.objects or answers.other or answers.empty):
            media = answers.events[0]
            event = self._schemas.value(media.schema, f"{hint}Event")
            if event.get("type", "string") != "string" or "$ref" in event or "anyOf" in event:
                return {"200": Place({"content": {media_types.plain(media.name): {"schema": event}}}, at)}
        if other := [*answers.other, *answers.events]:
            return {"200": Place({"content": {other[0].name if other[0] not in answers.events else BYTES: {}}}, at)}
        if not answers.objects:
            return {"200": Place({}, at)}
        written = []
        for number, media in enumerate(answers.objects):
            name = f"{hint}Response{number + 1 if number else ''}"
            schema = self._schemas.value(media.schema, name)
            written += [schema] if schema not in written else []
        written += [{"type": "null"}] * bool(answers.empty)
        if any(not set(schema) - {"description", "deprecated", "default"} for schema in written):
            written = [{}]
        schema = written[0] if len(written) == 1 else {"anyOf": written}
        return {"200": Place({"content": {JSON: {"schema": schema}}}, at)}


def _answers(declared: Declared) -> _Answers:
    """Group the successes; `default` counts as one if no other is declared."""
    found = [response for status, response in declared.responses.items() if status[:1] == "2"]
    if not found and "default" in declared.responses and not any(key[:1] == "3" for key in declared.responses):
        found = [declared.responses["default"]]
    answers = _Answers([], [], [], 0)
    for response in found:
        json = next((media for name, media in response.content.items() if media_types.is_json(name)), None)
        if json is not None:
            answers.objects.append(json)
        elif response.content:
            first = next(iter(response.content.values()))
            (answers.events if media_types.plain(first.name) in STREAMS else answers.other).append(first)
        else:
            answers = answers._replace(empty=answers.empty + 1)
    return answers


def _about(node: Mapping[str, Json], declared: Declared) -> dict[str, Json]:
    """Return the parts that the documentation of a method uses."""
    summary = declared.summary.strip() or declared.description.strip().partition("\n")[0]
    return _said(node) | {"summary": summary or f"{declared.method} {declared.path}"}


def _said(node: Mapping[str, Json]) -> dict[str, Json]:
    found: dict[str, Json] = {"deprecated": True} if node.get("deprecated") is True else {}
    description = node.get("description")
    return found | ({"description": description} if isinstance(description, str) and description.strip() else {})
