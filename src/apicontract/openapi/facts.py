"""The facts of a schema that decide how a value is encoded, computed once for each schema and only when needed.

Encoding depends on few facts: which JSON types the schema admits (is `5` a number or a string?), the schemas of items
and properties, and whether a string is a file or holds JSON. Everything else is left to the validator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from apicontract.openapi.document import Document, Json, Operation
from apicontract.openapi.keywords import BRANCHES, UNIONS
from apicontract.openapi.media_types import JSON
from apicontract.openapi.pointer import escape

BASE64 = ("base64", "base64url")
"""The content encodings that are decoded (RFC 4648, sections 4 and 5)."""
_PYTHON_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}


def shape_at(document: Document, schema: Json, pointer: str) -> Shape:
    """Return the shape of the schema at a pointer; the same object each time, so that its facts are computed once."""
    found = document.shapes.get(pointer)
    if found is None:
        found = document.shapes[pointer] = Shape(document, schema, pointer)
    return found


def shapes_in(document: Document, operation: Operation, location: str) -> Mapping[str, Shape]:
    """Return the shapes of an operation's parameters of one location, by name."""
    key = f"{location} {operation.pointer}"  # not a pointer, so no other shape has this key
    found: Mapping[str, Shape] | None = document.shapes.get(key)
    if found is None:
        found = document.shapes[key] = {
            parameter.name: shape_at(document, parameter.schema, parameter.schema_pointer)
            for parameter in operation.parameters_in(location)
        }
    return found


class Shape:
    """The facts of one schema that matter for encoding; each is computed on first use, so schemas may be recursive."""

    def __init__(self, document: Document, schema: Json, pointer: str) -> None:
        """Take the schema and its pointer; references are followed on first use."""
        self._document = document
        self.given = schema, pointer
        """The schema as it is written, possibly a reference, and its pointer."""

    @cached_property
    def _nodes(self) -> tuple[tuple[Mapping[str, Json], str], ...]:
        """The schema and all its branches, with references followed; each is visited once."""
        found: dict[str, Mapping[str, Json]] = {}

        def visit(schema: Json, pointer: str) -> None:
            schema, pointer = self._document.resolve(schema, pointer)
            if isinstance(schema, Mapping) and pointer not in found:
                found[pointer] = schema
                for keyword in BRANCHES:
                    for position, branch in enumerate(schema.get(keyword) or ()):
                        visit(branch, f"{pointer}/{keyword}/{position}")

        visit(*self.given)
        return tuple((schema, pointer) for pointer, schema in found.items())

    @cached_property
    def types(self) -> frozenset[str]:
        """The JSON types that the schema or its branches name; empty if none is named, and every type is admitted."""
        if not self._nodes:
            return frozenset()
        first = self._nodes[0][0]
        return frozenset(_types(first)) or frozenset(name for schema, _ in self._nodes for name in _types(schema))

    @cached_property
    def nullable(self) -> bool:
        """Whether `null` is explicitly admitted; a schema that names no type is not nullable."""
        return "null" in self.types

    @cached_property
    def is_text(self) -> bool:
        """Whether the wire text is the value itself: only strings are admitted, or no type is named."""
        return self.types <= {"string"}

    @cached_property
    def is_array(self) -> bool:
        """Whether the value is a list."""
        return "array" in self.types

    @cached_property
    def is_object(self) -> bool:
        """Whether the value is a mapping."""
        return "object" in self.types

    @cached_property
    def is_file(self) -> bool:
        """Whether the value is the content of a file: `format: binary`, or a `contentMediaType` that is not text."""
        return any(schema.get("format") == "binary" or _is_raw(schema) for schema, _ in self._nodes)

    @cached_property
    def json_text(self) -> Shape | None:
        """The shape of the JSON that this string holds (`contentMediaType` and `contentSchema`).

        It is `None` if it holds none.
        """
        for schema, pointer in self._nodes:
            if schema.get("contentMediaType") == JSON and schema.get("contentEncoding", "base64") in BASE64:
                return shape_at(self._document, schema.get("contentSchema", True), f"{pointer}/contentSchema")
        return None

    @cached_property
    def in_base64(self) -> bool:
        """Whether the content of this string is encoded in base64 (`contentEncoding`)."""
        return any(schema.get("contentEncoding") in BASE64 for schema, _ in self._nodes)

    @cached_property
    def pointer(self) -> str:
        """The pointer of the schema, with references followed."""
        return self._document.resolve(*self.given)[1]

    @cached_property
    def discriminator(self) -> str:
        """The name of the property that discriminates between the branches of a union; empty if there is none."""
        schema, _ = self._document.resolve(*self.given)
        named = schema.get("discriminator") if isinstance(schema, Mapping) else None
        return str((named or {}).get("propertyName", ""))

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """The values of the discriminator, one for each branch of a union, in order."""
        tag, (schema, pointer) = self.discriminator, self._document.resolve(*self.given)
        found: dict[str, None] = {}
        for keyword in UNIONS if tag else ():
            for position, branch in enumerate(schema.get(keyword) or ()):
                shape = shape_at(self._document, branch, f"{pointer}/{keyword}/{position}").properties.get(tag)
                own = self._document.at(shape.pointer) if shape is not None else {}
                values = [own["const"]] if "const" in own else own.get("enum") or ()
                found |= dict.fromkeys(value for value in values if isinstance(value, str))
        return tuple(found)

    @cached_property
    def items(self) -> Shape:
        """The shape of an item; one that admits anything if the schema does not describe its items."""
        for schema, pointer in self._nodes:
            if "items" in schema:
                return shape_at(self._document, schema["items"], f"{pointer}/items")
        return shape_at(self._document, True, f"{self.pointer}/items")

    @cached_property
    def properties(self) -> Mapping[str, Shape]:
        """The declared properties of the schema and all its branches; the first declaration of a name counts."""
        found: dict[str, Shape] = {}
        for schema, pointer in self._nodes:
            for name, value in (schema.get("properties") or {}).items():
                found.setdefault(name, shape_at(self._document, value, f"{pointer}/properties/{escape(name)}"))
        return found

    @cached_property
    def lists(self) -> Mapping[str, Shape]:
        """The declared properties that are arrays."""
        return {name: shape for name, shape in self.properties.items() if shape.is_array}

    @cached_property
    def json_texts(self) -> Mapping[str, Shape]:
        """The declared properties that are strings which hold JSON, by the first declaration that says so."""
        found: dict[str, Shape] = {}
        for schema, pointer in self._nodes:
            for name, value in (schema.get("properties") or {}).items():
                shape = shape_at(self._document, value, f"{pointer}/properties/{escape(name)}")
                if shape.json_text is not None:
                    found.setdefault(name, shape)
        return found

    @cached_property
    def holds_json(self) -> bool:
        """Whether a property of the schema, or of any branch, is a string that holds JSON."""
        return bool(self.json_texts)

    @cached_property
    def additional(self) -> Shape | None:
        """The shape of a property that is not declared; `None` if the schema is closed."""
        for schema, pointer in self._nodes:
            if schema.get("additionalProperties") is False:
                return None
            if "additionalProperties" in schema:
                return shape_at(self._document, schema["additionalProperties"], f"{pointer}/additionalProperties")
        return shape_at(self._document, True, f"{self.pointer}/additionalProperties")

    def property(self, name: str) -> Shape:
        """Return the shape of a property, declared or not."""
        found = self.properties.get(name) or self._by_pattern(name) or self.additional
        return found or shape_at(self._document, True, f"{self.pointer}/additionalProperties")

    def _by_pattern(self, name: str) -> Shape | None:
        for schema, pointer in self._nodes:
            for pattern, value in (schema.get("patternProperties") or {}).items():
                if _matches(pattern, name):
                    return shape_at(self._document, value, f"{pointer}/patternProperties/{escape(pattern)}")
        return None


def _matches(pattern: str, name: str) -> bool:
    """Return whether a name matches a pattern; an invalid pattern matches nothing."""
    try:
        return re.search(pattern, name) is not None
    except re.error:
        return False


def _is_raw(schema: Mapping[str, Json]) -> bool:
    """Return whether a schema describes raw bytes, as in OpenAPI 3.1: `contentMediaType` without `contentEncoding`."""
    media = str(schema.get("contentMediaType", "text/plain"))
    return not media.startswith("text/") and "json" not in media and "contentEncoding" not in schema


def _types(schema: Mapping[str, Json]) -> Iterator[str]:
    """Yield the types that one schema object names, or that its `const`, `enum` or `properties` imply."""
    named = schema.get("type")
    if named is not None:
        yield from (name for name in (named if isinstance(named, list) else [named]) if isinstance(name, str))
    elif "const" in schema or "enum" in schema:
        for value in schema.get("enum", [schema.get("const")]):
            yield _PYTHON_TYPES.get(type(value), "null")
    elif "properties" in schema:
        yield "object"
    elif "items" in schema:
        yield "array"
