"""Schemas of what can be transmitted: the types of value that a place can carry, and the strings.

A string in a query is interpreted by its reader: a boolean parameter can be sent the word `True`, but no number and no
null; and a string parameter can only be sent strings. A schema of this module, joined to a parameter's own under the
keyword `wire`, leaves the values that are received unchanged.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from apicontract.checks.validation import Validators
from apicontract.openapi.document import Document, Json, MediaType, Parameter
from apicontract.openapi.facts import Shape, shape_at
from apicontract.values.constraints import Schema
from apicontract.wire import carriers, media, scalars
from apicontract.wire.carriers import Carrier
from apicontract.wire.forms import styled_field

_SAMPLES: Mapping[str, Json] = {
    "string": "text",
    "integer": 1,
    "fraction": 1.5,
    "boolean": True,
    "null": None,
}
_FILE: Schema = {"kinds": ("string",), "upload": True}
_JSON_PART: Schema = {"kinds": ("object", "integer", "fraction", "boolean")}
"""The schema of a part with JSON: neither a string nor an array, which are encoded differently."""


class WireSchemas:
    """The schemas of what the parts of a request can carry."""

    def __init__(self, document: Document, validators: Validators) -> None:
        """Take the document, and its validators, which decide whether items can be joined."""
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
            "wire": {"kinds": ("object",)},
        }

    def body(self, content: MediaType) -> Schema:
        """Return the schema of a body; the fields of a form can carry less than JSON."""
        schema: Schema = True if content.schema is None else content.schema
        codec = media.codec(content.name)
        if codec.carrier == "json":
            return {"allOf": [schema]}
        shape = shape_at(self._document, content.schema, content.schema_pointer)
        if codec.carrier == "text":
            if not media.is_scalar_text(self._document, content):
                return {"wire": {"kinds": ("string",), "minLength": 1}}
            return {"allOf": [schema], "wire": {**_scalar(Carrier("string", shape)), "minLength": 1}}
        if codec.carrier == "bytes":
            return {"allOf": [schema], "wire": {"kinds": ("string",), "minLength": 1}}
        fields = {}
        for name, own in shape.properties.items():
            styled = styled_field(content, name, own)
            fields[name] = self._field(own, files=codec.files) if styled is None else self._styled(styled, own, shape)
        other = {} if shape.additional is None else {"additionalProperties": self._field(shape.additional, files=False)}
        # An empty form leaves nothing in a URL encoding.
        fewest = {"minProperties": 1} if not codec.files else {}
        return {"allOf": [schema], "wire": {"kinds": ("object",), "properties": fields, **other, **fewest}}

    def _parameter(self, parameter: Parameter, declared: tuple[Parameter, ...]) -> Schema:
        if parameter.style == "json":
            if parameter.location == "header" and not parameter.required:
                return False
            return True if parameter.schema is None else parameter.schema
        shape = shape_at(self._document, parameter.schema, parameter.schema_pointer)
        carrier = carriers.of_parameter(parameter, shape)
        if shape.is_array:
            exploded = parameter.location in ("query", "cookie") and parameter.explode
            wire = _list_of(_scalar(carrier.items(), self._unjoined(shape) if exploded else None))
        elif shape.is_object:
            wire = _object(carrier, shape, {other.name for other in declared})
            if parameter.location == "cookie" and parameter.explode:  # other cookies are ignored
                wire = {**wire, "additionalProperties": False}
        else:
            wire = _scalar(carrier)
            # An empty segment is another path, even if the schema admits one.
            if parameter.location == "path" and not any(s.get("minLength") for s in self._schemas(parameter)):
                wire = {**wire, "minLength": 1}
        return {"allOf": [parameter.schema], "wire": wire}

    def _styled(self, styled: Parameter, shape: Shape, form: Shape) -> Schema:
        """Return the schema of a field that is encoded like a query parameter."""
        if shape.is_array:
            return _list_of(_scalar(carriers.of_parameter(styled, shape).items(), self._unjoined(shape)))
        if shape.is_object:
            return _object(carriers.of_parameter(styled, shape), shape, {*form.properties})
        return _scalar(Carrier("string", shape))

    def _schemas(self, parameter: Parameter) -> list[Mapping[str, Json]]:
        found, _ = self._document.resolve(parameter.schema, parameter.schema_pointer)
        return [schema for schema in (parameter.schema, found) if isinstance(schema, Mapping)]

    def _field(self, shape: Shape, *, files: bool) -> Schema:
        carrier = carriers.of_field(shape)
        if shape.is_array:
            if shape.items.is_file and files:
                return _list_of(_FILE)
            items = carrier.items()
            return _list_of(_JSON_PART if items is carriers.JSON else _scalar(items, self._unjoined(shape)))
        if shape.is_file and files:
            return _FILE
        return _JSON_PART if carrier is carriers.JSON else _scalar(carrier)

    def _unjoined(self, shape: Shape) -> Callable[[str], bool]:
        """Return a function that checks that an item is not read as several joined items."""
        items, valid = shape.items, self._validators.at(shape.items.pointer).is_valid
        return lambda value: valid(value) or not any(map(valid, _pieces(value, items)))


def _pieces(value: str, items: Shape) -> list[Json]:
    """Split a string that was written as a list, joined by commas or as JSON."""
    found: list[Json] = [scalars.decode(piece.strip(), items) for piece in value.split(",")] if "," in value else []
    try:
        listed = json.loads(value)
    except ValueError:
        return found
    return found + (listed if isinstance(listed, list) else [])


def _list_of(items: Schema) -> Schema:
    """Return the schema of a non-empty array: an empty one is not sent at all."""
    return {"kinds": ("array",), "minItems": 1, "items": items}


def _object(carrier: Carrier, shape: Shape, declared: set[str]) -> Schema:
    """Return the schema of a non-empty object: an empty one is not sent at all."""
    named = {name: _scalar(carrier.member(name)) for name in shape.properties}
    accepts = carrier.items_accept or (lambda name: name != "" and "][" not in name)
    names = {"accept": lambda name: accepts(name) and name.partition("[")[0] not in declared}
    rest = None if shape.additional is None else Carrier("string", shape.additional, accepts=carrier.items_accept)
    other = {} if rest is None else {"additionalProperties": _scalar(rest)}
    return {"kinds": ("object",), "minProperties": 1, "properties": named, "propertyNames": names, **other}


def _scalar(carrier: Carrier, accept: Callable[[str], bool] | None = None) -> Schema:
    """Return the schema of the values that are read back unchanged from a string."""
    shape = carrier.shape
    if shape is None or shape.is_array or shape.is_object:
        return False  # a list or an object within another has no encoding
    found: dict[str, Json] = {"kinds": tuple(kind for kind, sample in _SAMPLES.items() if carrier.holds(sample))}
    reads = carrier.holds if not shape.is_text else carrier.accepts
    tests = [test for test in (accept, reads) if test is not None]
    if tests:
        found["accept"] = lambda value: all(test(value) for test in tests)
    return found
