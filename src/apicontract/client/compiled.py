"""Values that all calls of one operation by one client share, computed at the first of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from apicontract.client import credentials
from apicontract.client.credentials import Carried
from apicontract.client.decoding import CODINGS
from apicontract.client.errors import ApiError
from apicontract.client.narrowing import mapping
from apicontract.client.options import Options, read_options
from apicontract.client.retry import Retry
from apicontract.client.settings import Settings
from apicontract.openapi import media_types
from apicontract.openapi.document import Document, MediaType, Operation, Parameter, RequestBody
from apicontract.openapi.facts import Shape, shape_at
from apicontract.openapi.violation import where
from apicontract.wire import media


class Slot(NamedTuple):
    """Where an argument belongs: to one parameter, or to one property of a body."""

    place: str
    pointer: str
    shape: Shape
    repeats: bool
    """Whether the name is repeated for each item, so that a single value can be accepted as a list."""


class CompiledBody(NamedTuple):
    """The facts about a body that do not depend on its arguments."""

    content: MediaType
    form: bool
    """Whether it is a form."""
    raw: bool
    """Whether it is sent unchanged, as bytes or a string; if it is neither this nor a form, it is one JSON value."""
    root: str
    """The location of the body itself."""
    required: bool
    shape: Shape
    declared: Mapping[str, Slot]
    """The declared properties, by name."""
    exclusive: Sequence[tuple[Sequence[str], str]]
    """The groups of properties of which at most one may be given (`x-exclusive`), with their pointers."""

    def slot(self, name: str) -> Slot:
        """Return the slot of a property, declared or not."""
        return self.declared.get(name) or self._slot(name, self.shape.property(name))

    def _slot(self, name: str, shape: Shape) -> Slot:
        return Slot(where(self.root, [name]), shape.pointer, shape, self.form and shape.is_array)

    @classmethod
    def of(cls, document: Document, declared: RequestBody) -> CompiledBody:
        """Read a declaration; if there are several media types, the first is sent."""
        content = next(iter(declared.content.values()))
        codec = media.codec(content.name)
        form, raw = codec.carrier == "fields", codec.carrier in ("text", "bytes")
        shape = shape_at(document, content.schema, content.schema_pointer)
        schema, pointer = document.resolve(content.schema, content.schema_pointer)
        groups = enumerate(mapping(schema).get("x-exclusive", ()))
        exclusive = [(group, f"{pointer}/x-exclusive/{index}") for index, group in groups]
        slots: dict[str, Slot] = {}
        found = cls(content, form, raw, codec.root, declared.required, shape, slots, exclusive)
        slots.update({name: found._slot(name, own) for name, own in shape.properties.items()})
        return found


@dataclass(frozen=True, slots=True)
class CompiledOperation:
    """The facts about a call that do not depend on its arguments."""

    operation: Operation
    document: Document
    slots: Mapping[str, Mapping[str, Slot]]
    """The declared parameters, by location and name."""
    body: CompiledBody | None
    anything: Shape
    """The shape of an argument that is not declared."""
    headers: Sequence[tuple[str, str]] = field(repr=False)
    """The headers of every call: the API key, and the accepted content codings and media types."""
    credentials: Carried = field(repr=False)
    base_url: str
    options: Options
    """The options of a call that gives none."""
    retry: Retry
    """The retry policy of a call without options."""


def compiled(settings: Settings, operation_id: str) -> CompiledOperation:
    """Return the compiled operation, computed once; raise `LookupError` for an unknown one."""
    found = settings.operations.get(operation_id)
    if found is None:
        found = settings.operations[operation_id] = _compile(settings, settings.api.contract.operation(operation_id))
    return found


def _compile(settings: Settings, operation: Operation) -> CompiledOperation:
    document = settings.api.contract.document
    options, _ = read_options(None, settings.timeout, settings.max_retries, operation.pointer)
    carried = credentials.carried(operation, settings.credentials)
    if carried is None:
        raise ApiError(f"{settings.api.no_key}; {operation.id} cannot be called without one")
    declared = operation.request_body
    return CompiledOperation(
        operation,
        document,
        {
            location: {parameter.name: _slot(document, parameter) for parameter in operation.parameters_in(location)}
            for location in ("path", "query", "header", "cookie")
        },
        CompiledBody.of(document, declared) if declared and declared.content else None,
        shape_at(document, True, operation.pointer),
        (*carried.headers, *_accept(operation), ("accept-encoding", CODINGS)),
        carried,
        settings.address(operation),
        options,
        retry_for(operation, options),
    )


def retry_for(operation: Operation, options: Options) -> Retry:
    """Return the retry policy of a call with some options."""
    return Retry(operation.method, options.max_retries, options.longest_wait)


def _accept(operation: Operation) -> Iterator[tuple[str, str]]:
    """Yield the header that asks for JSON, if a response may also have another media type."""
    names = {name for status, found in operation.responses.items() if status[:1] == "2" for name in found.content}
    if len(names) > 1 and operation.streaming is None and any(map(media_types.is_json, names)):
        yield "accept", ", ".join(sorted(filter(media_types.is_json, names)))


def _slot(document: Document, parameter: Parameter) -> Slot:
    shape = shape_at(document, parameter.schema, parameter.schema_pointer)
    repeats = parameter.explode and shape.is_array
    return Slot(where(parameter.location, [parameter.name]), parameter.pointer, shape, repeats)
