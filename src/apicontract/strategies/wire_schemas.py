"""Floor 4: what the wire admits, said as schemas: which kinds of value a place can carry at all, and which texts.

On the wire a query parameter is a text, and the kind of a value is what the reader makes of it. So a boolean parameter
can be sent the word `True`, but no number and no null; and a string parameter can be sent nothing but strings. A schema
from here, joined to a parameter's own under the keyword `wire`, leaves the values that arrive as what they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from apicontract.checks.validation import Validators
from apicontract.openapi import media_types
from apicontract.openapi.document import Document, Json, MediaType, Parameter
from apicontract.openapi.facts import Shape, shape_at
from apicontract.values.constraints import Schema
from apicontract.values.vocabulary import NotUnderstood
from apicontract.wire import scalars
from apicontract.wire.styles import style_of

_SAMPLES: Mapping[str, Json] = {
    "string": "text",
    "integer": 1,
    "fraction": 1.5,
    "boolean": True,
    "null": None,
}


class Channels:
    """The schemas of what the parts of a request can carry."""

    def __init__(self, document: Document, validators: Validators) -> None:
        """Take the document, and its validators, which know the items that may be joined."""
        self._document = document
        self._validators = validators

    def parameters(self, declared: tuple[Parameter, ...]) -> Schema:
        """Return the schema of the parameters of one location, or the headers of a response: an object of them."""
        required = [parameter.name for parameter in declared if parameter.required or parameter.location == "path"]
        return {
            "type": "object",
            "properties": {parameter.name: self._parameter(parameter, declared) for parameter in declared},
            "required": required,
            "additionalProperties": False,
            "wire": {"atoms": ("object",)},
        }

    def body(self, content: MediaType) -> Schema:
        """Return the schema of a body; the fields of a form can carry less than JSON can."""
        schema: Schema = True if content.schema is None else content.schema
        if media_types.is_json(content.name):
            return {"allOf": [schema]}
        if content.name not in (media_types.FORM, media_types.URLENCODED):
            return {"allOf": [schema], "wire": {"atoms": ("string",), "minLength": 1}}
        shape = shape_at(self._document, content.schema, content.schema_pointer)
        fields = {
            name: self._field(own, files=content.name == media_types.FORM) for name, own in shape.properties.items()
        }
        other = {} if shape.additional is None else {"additionalProperties": self._field(shape.additional, files=False)}
        # Of an empty form nothing is left in a URL encoding.
        fewest = {"minProperties": 1} if content.name == media_types.URLENCODED else {}
        return {"allOf": [schema], "wire": {"atoms": ("object",), "properties": fields, **other, **fewest}}

    def _parameter(self, parameter: Parameter, declared: tuple[Parameter, ...]) -> Schema:
        shape = shape_at(self._document, parameter.schema, parameter.schema_pointer)
        if parameter.style == "json":
            return True if parameter.schema is None else parameter.schema
        if parameter.location == "query":
            wire = self._query(parameter, shape, declared)
        elif shape.is_array:
            wire = {"atoms": ("array",), "minItems": 1, "items": _scalar(shape.items, _separate)}
        elif shape.is_object:
            raise NotUnderstood(f"an object in the {parameter.location} is not generated", parameter.pointer)
        elif parameter.location == "path":
            wire = _scalar(shape, lambda value: value not in (".", ".."))
            # An empty segment is another path; a schema that admits one says less than the wire does.
            if not any(schema.get("minLength") for schema in self._schemas(parameter)):
                wire = {**wire, "minLength": 1}
        else:
            wire = _scalar(shape, _field_value)
        return {"allOf": [parameter.schema], "wire": wire}

    def _schemas(self, parameter: Parameter) -> list[Mapping[str, Json]]:
        found, _ = self._document.resolve(parameter.schema, parameter.schema_pointer)
        return [schema for schema in (parameter.schema, found) if isinstance(schema, Mapping)]

    def _query(self, parameter: Parameter, shape: Shape, declared: tuple[Parameter, ...]) -> Schema:
        if shape.is_array:
            accept = self._unjoined(shape) if parameter.explode else _undelimited(style_of(parameter).held)
            return {"atoms": ("array",), "minItems": 1, "items": _scalar(shape.items, accept)}
        if not shape.is_object:
            return _scalar(shape)
        fixed = {other.name for other in declared}
        named = {name: _scalar(own) for name, own in shape.properties.items()}
        names = {"accept": lambda name: name != "" and name.partition("[")[0] not in fixed}
        other = {} if shape.additional is None else {"additionalProperties": _scalar(shape.additional)}
        # Nothing at all is sent for an empty object.
        return {"atoms": ("object",), "minProperties": 1, "properties": named, "propertyNames": names, **other}

    def _field(self, shape: Shape, *, files: bool) -> Schema:
        if shape.is_array:
            if shape.items.is_file and files:
                return {"atoms": ("array",), "minItems": 1, "items": {"atoms": ("string",), "upload": True}}
            items = _json_part() if _is_json_part(shape.items) else _scalar(shape.items, self._unjoined(shape))
            return {"atoms": ("array",), "minItems": 1, "items": items}
        if shape.is_file and files:
            return {"atoms": ("string",), "upload": True}
        return _json_part() if _is_json_part(shape) else _scalar(shape)

    def _unjoined(self, shape: Shape) -> Callable[[str], bool]:
        """Refuse an item that the checker would take for several in one."""
        items, valid = shape.items, self._validators.at(shape.items.pointer).is_valid
        return lambda value: valid(value) or not any(map(valid, _pieces(value, items)))


def _pieces(value: str, items: Shape) -> list[Json]:
    """Take a text apart as a list that was written into one value, by commas or as JSON."""
    found: list[Json] = [scalars.decode(piece.strip(), items) for piece in value.split(",")] if "," in value else []
    try:
        listed = json.loads(value)
    except ValueError:
        return found
    return found + (listed if isinstance(listed, list) else [])


def _is_json_part(shape: Shape) -> bool:
    return shape.is_object and "string" not in shape.types


def _json_part() -> Schema:
    """Say what a part that holds JSON can be sent: what is neither a text nor a list, which travel otherwise."""
    return {"atoms": ("object", "integer", "fraction", "boolean")}


def _scalar(shape: Shape, accept: Callable[[str], bool] | None = None) -> Schema:
    """Say what a text can be sent for: the kinds, and the texts, that the reader gives back as they were."""

    def returns(value: Json) -> bool:
        found = scalars.decode(scalars.encode(value), shape)
        return bool(found == value) and type(found) is type(value)

    if shape.is_array or shape.is_object:
        raise NotUnderstood("a list or an object inside of another has no wire form", shape.pointer)
    kinds = tuple(kind for kind, sample in _SAMPLES.items() if returns(sample))
    found: dict[str, Json] = {"atoms": kinds}
    if shape.types - {"string"}:
        found["accept"] = returns if accept is None else lambda value: accept(value) and returns(value)
    elif accept is not None:
        found["accept"] = accept
    return found


def _separate(value: str) -> bool:
    """Admit an item between commas that nothing quotes; one empty item is none."""
    return value != "" and _field_value(value) and "," not in value


def _undelimited(held: str | None) -> Callable[[str], bool]:
    """Admit an item that does not hold the delimiter of its style, and is not empty: one empty item is none."""
    return lambda value: value != "" and (held is None or held not in value)


def _field_value(value: str) -> bool:
    """Admit what a header field holds without loss: visible ASCII, and spaces between (RFC 9110, section 5.5)."""
    return value.isascii() and value.isprintable() and value == value.strip()
