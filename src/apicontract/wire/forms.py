"""The fields of a form body, as instance and as parts.

In OpenAPI 3.1 ("Special Considerations for multipart Content") an array is one part an item, all of the same name; a
file is a part with a file name; an object is a part that holds JSON. A text that is declared to hold JSON
(`contentMediaType: application/json`) is a text, to the schema and on the wire.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import parse_qsl

from apicontract.openapi import media_types, strict_json
from apicontract.openapi.document import Document, Json, MediaType
from apicontract.openapi.facts import Shape, shape_at
from apicontract.openapi.violation import excerpt
from apicontract.wire import scalars
from apicontract.wire.faults import EncodeError, Fault
from apicontract.wire.multipart import Part, parse


def encode_form(
    document: Document, form: MediaType, instance: Mapping[str, Json], files: Mapping[str, Sequence[Part]] | None = None
) -> list[Part]:
    """Write an instance as parts: fields in the order of the instance, then files, so that a server reads fields first.

    `files` holds the parts of the file properties by name; their values in the instance are not looked at.
    """
    shape = shape_at(document, form.schema, form.schema_pointer)
    files = files or {}
    faults: list[Fault] = []
    parts: list[Part] = []
    for name, value in instance.items():
        if name not in files:
            own = shape.property(name)
            for item in value if own.is_array and isinstance(value, list | tuple) else [value]:
                try:
                    parts.append(_field(name, item))
                except ValueError as error:
                    faults.append(Fault(f"form.{name}", "encoding", str(error), own.pointer))
    if faults:
        raise EncodeError(*faults)
    return [*parts, *(part for own_parts in files.values() for part in own_parts)]


def _field(name: str, value: Json) -> Part:
    if isinstance(value, Mapping):
        return Part(name, json.dumps(value, ensure_ascii=False, allow_nan=False).encode())
    return Part(name, scalars.encode(value).encode())


def decode_multipart(
    document: Document, form: MediaType, body: bytes, boundary: str
) -> tuple[dict[str, Json], list[Fault]]:
    """Read a multipart body into the instance of its schema; a body outside the grammar is one fault, `encoding`."""
    try:
        parts = parse(body, boundary)
    except ValueError as error:
        return {}, [Fault("form", "encoding", str(error), form.pointer)]
    return _Fields(document, form).read(parts)


def decode_urlencoded(document: Document, form: MediaType, body: bytes) -> tuple[dict[str, Json], list[Fault]]:
    """Read an `application/x-www-form-urlencoded` body into the instance of its schema."""
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict") if body else []
    except ValueError as error:
        return {}, [Fault("form", "encoding", f"no URL-encoded form: {error}", form.pointer)]
    return _Fields(document, form).read([Part(name, value.encode()) for name, value in pairs])


class _Fields:
    """Puts parts together into an instance."""

    def __init__(self, document: Document, form: MediaType) -> None:
        self._form = form
        self._shape = shape_at(document, form.schema, form.schema_pointer)
        self._faults: list[Fault] = []

    def read(self, parts: Sequence[Part]) -> tuple[dict[str, Json], list[Fault]]:
        """Group the parts by name, then read each group as its property's shape has it."""
        groups: dict[str, list[Part]] = {}
        declared = self._shape.properties
        for part in parts:
            name = part.name if part.name in declared else self._without_brackets(part.name)
            groups.setdefault(name, []).append(part)
        return {name: self._value(name, group) for name, group in groups.items()}, self._faults

    def _without_brackets(self, name: str) -> str:
        """Return the declared name before brackets, which is a fault; else the name as it is."""
        declared, bracket, _ = name.partition("[")
        if not bracket or declared not in self._shape.properties:
            return name
        fix = "repeat the name" if self._shape.property(declared).is_array else "drop the brackets"
        self._fault(declared, f"no brackets in {excerpt(name)}; {fix}")
        return declared

    def _fault(self, name: str, message: str, rule: str = "encoding", value: Json = None) -> None:
        pointer = self._shape.property(name).pointer
        fault = Fault(f"form.{name}", rule, message, pointer)
        fault = fault if value is None else Fault(f"form.{name}", rule, message, pointer, value)
        if fault not in self._faults:
            self._faults.append(fault)

    def _value(self, name: str, parts: list[Part]) -> Json:
        shape = self._shape.property(name)
        if shape.is_array:
            return [self._one(name, part, shape.items) for part in parts]
        if len(parts) > 1:
            self._fault(name, f"given {len(parts)} times; one part is meant")
        return self._one(name, parts[0], shape)

    def _one(self, name: str, part: Part, shape: Shape) -> Json:
        content = part.content if isinstance(part.content, bytes) else b"".join(part.content.chunks())
        if part.content_type:
            self._content_type(name, part.content_type)
        if shape.is_file:
            if not part.filename:
                self._fault(name, "a file part needs a file name, or it looks like a text field")
            return part.filename or ""
        if part.filename is not None and shape.types:
            self._fault(name, "a field must not have a file name, or it looks like an upload")
        try:
            value = content.decode()
        except UnicodeDecodeError:
            self._fault(name, "the text is no UTF-8")
            return content.decode(errors="replace")
        if shape.is_text:
            return value
        if shape.is_object and "string" not in shape.types:
            try:
                return strict_json.load(value)
            except ValueError as error:
                self._fault(name, f"a JSON text is needed: {error}")
                return {}
        return scalars.decode(value, shape)

    def _content_type(self, name: str, content_type: str) -> None:
        declared = self._form.encoding.get(name, {}).get("contentType")
        if declared:
            given, _ = media_types.parse(content_type)
            if not media_types.matches(given, declared):
                self._fault(name, f"this part must be {declared}", "media_type", given)


def listed(value: Json, shape: Shape, valid: Callable[[Json], bool]) -> list[Json] | None:
    """Read items that were joined into one value, by commas or as JSON; `None` if they were not.

    Only an item that is no valid item itself, and whose pieces all are, counts as joined.
    """
    if not isinstance(value, str) or valid(value):
        return None
    for pieces in _splits(value, shape):
        if pieces and all(valid(piece) for piece in pieces):
            return pieces
    return None


def _splits(value: str, shape: Shape) -> Iterator[list[Json]]:
    if "," in value:
        yield [scalars.decode(piece.strip(), shape) for piece in value.split(",")]
    try:
        found = strict_json.load(value)
    except ValueError:
        return
    if isinstance(found, list):
        yield found
