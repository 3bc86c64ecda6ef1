"""The OpenAPI 3.1 objects that this project supports: their keys, and the kind of value of each key.

One table is used by all modules that must know whether a `$ref` or a mark is one or is data: the bundler, the
projection of a day, and the rules of the generator, which reject every other key. Features of OpenAPI that the table
lacks (callbacks, `encoding`, parameter `content`, ...) are not supported by the generated client. In other documents
they are treated as data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from apicontract.openapi import extensions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Json: TypeAlias = Any
"""A JSON value. `Any`, because a recursive alias would make every reader of a document cast at each step."""


@dataclass(frozen=True, slots=True)
class Field:
    """The value of one key: an object of some kind, several of them, or a plain value."""

    form: str
    """`one`, `list` or `map` of a kind; `one_or_flag`; or a plain value: a key of `PLAIN`."""
    kind: str = ""
    required: bool = False
    member: bool = False
    """Whether this is a member that can come and go: `x-since` and `x-until` are allowed on it."""


PLAIN = {
    "text": "a string",
    "flag": "true or false",
    "count": "a whole number, 0 or more",
    "number": "a number",
    "texts": "a list of strings",
    "text_or_texts": "a string or a list of strings",
    "texts_by_name": "a mapping of names to lists of strings",
    "text_by_name": "a mapping of names to strings",
    "groups": "a list of lists of strings",
    "requirements": "a list of mappings of names to lists of strings",
    "values": "a list",
    "settings": "a mapping",
    "any": "any value",
}
"""The forms of plain values, as messages name them."""

_TEXT, _NEEDED_TEXT, _FLAG, _ANY = Field("text"), Field("text", required=True), Field("flag"), Field("any")
_COUNT, _NUMBER, _SCHEMA = Field("count"), Field("number"), Field("one", "schema")
_SCHEMA_MEMBERS, _EXAMPLES = Field("list", "schema", member=True), Field("map", "example", member=True)
_PARAMETERS, _OPERATIONS = Field("list", "parameter", member=True), Field("one", "operation", member=True)
_BODY, _CONTENT = Field("one", "request_body", member=True), Field("map", "media_type", member=True)
_RESPONSES = Field("map", "response", required=True, member=True)

METHODS = ("get", "put", "post", "delete", "options", "head", "patch")

LIFE = {"x-instead": _TEXT, "x-sunset": _TEXT}
"""What a projection writes beside `deprecated`: what to use instead, and the day of the removal."""

OPENAPI: Mapping[str, Mapping[str, Field]] = {
    "document": {
        "openapi": _NEEDED_TEXT,
        "info": Field("one", "info", required=True),
        "servers": Field("list", "server", required=True),
        "security": Field("requirements"),
        "tags": Field("list", "tag", member=True),
        "externalDocs": Field("one", "external_docs"),
        "paths": Field("map", "path_item", required=True, member=True),
        "webhooks": Field("map", "webhook", member=True),
        "components": Field("one", "components"),
    },
    "info": {
        "title": _NEEDED_TEXT,
        "version": _NEEDED_TEXT,
        "summary": _TEXT,
        "description": _TEXT,
        "termsOfService": _TEXT,
        "contact": Field("one", "contact"),
        "license": Field("one", "license"),
    },
    "contact": {"name": _TEXT, "url": _TEXT, "email": _TEXT},
    "license": {"name": _NEEDED_TEXT, "identifier": _TEXT, "url": _TEXT},
    "server": {"url": _NEEDED_TEXT, "description": _TEXT},
    "tag": {"name": _NEEDED_TEXT, "description": _TEXT, "externalDocs": Field("one", "external_docs")},
    "external_docs": {"url": _NEEDED_TEXT, "description": _TEXT},
    "components": {
        "schemas": Field("map", "schema"),
        "responses": Field("map", "response"),
        "parameters": Field("map", "parameter"),
        "examples": Field("map", "example"),
        "requestBodies": Field("map", "request_body"),
        "headers": Field("map", "header"),
        "links": Field("map", "link"),
        "securitySchemes": Field("map", "security_scheme"),
    },
    "path_item": {
        "summary": _TEXT,
        "description": _TEXT,
        "parameters": _PARAMETERS,
        **dict.fromkeys(METHODS, _OPERATIONS),
    },
    "operation": {
        "operationId": _NEEDED_TEXT,
        "tags": Field("texts", required=True),
        "summary": _NEEDED_TEXT,
        "description": _NEEDED_TEXT,
        "externalDocs": Field("one", "external_docs"),
        "deprecated": _FLAG,
        "security": Field("requirements"),
        "parameters": _PARAMETERS,
        "requestBody": _BODY,
        "responses": _RESPONSES,
        **LIFE,
    },
    "webhook": {
        "summary": _TEXT,
        "description": _TEXT,
        "parameters": _PARAMETERS,
        **dict.fromkeys(METHODS, Field("one", "webhook_operation", member=True)),
    },
    "webhook_operation": {
        "operationId": _TEXT,
        "tags": Field("texts"),
        "summary": _NEEDED_TEXT,
        "description": _NEEDED_TEXT,
        "externalDocs": Field("one", "external_docs"),
        "deprecated": _FLAG,
        "security": Field("requirements"),
        "parameters": _PARAMETERS,
        "requestBody": _BODY,
        "responses": _RESPONSES,
        **LIFE,
    },
    "parameter": {
        "name": _NEEDED_TEXT,
        "in": _NEEDED_TEXT,
        "description": _NEEDED_TEXT,
        "required": _FLAG,
        "deprecated": _FLAG,
        **LIFE,
        "style": _TEXT,
        "explode": _FLAG,
        "schema": Field("one", "schema", required=True),
        "example": _ANY,
        "examples": _EXAMPLES,
    },
    "request_body": {
        "description": _TEXT,
        "required": _FLAG,
        "content": Field("map", "media_type", required=True, member=True),
    },
    "response": {
        "description": _NEEDED_TEXT,
        "headers": Field("map", "header", member=True),
        "content": _CONTENT,
        "links": Field("map", "link", member=True),
    },
    "link": {
        "operationId": _NEEDED_TEXT,
        "parameters": Field("settings"),
        "requestBody": _ANY,
        "description": _TEXT,
    },
    "header": {
        "description": _NEEDED_TEXT,
        "required": _FLAG,
        "deprecated": _FLAG,
        **LIFE,
        "style": _TEXT,
        "explode": _FLAG,
        "schema": Field("one", "schema", required=True),
        "example": _ANY,
        "examples": _EXAMPLES,
    },
    "media_type": {"schema": Field("one", "schema", required=True), "examples": _EXAMPLES},
    "example": {"summary": _NEEDED_TEXT, "description": _TEXT, "value": Field("any", required=True)},
    "security_scheme": {"type": _NEEDED_TEXT, "description": _TEXT, "name": _NEEDED_TEXT, "in": _NEEDED_TEXT},
    "discriminator": {"propertyName": _NEEDED_TEXT, "mapping": Field("text_by_name", required=True)},
    "schema": {
        "type": Field("text_or_texts"),
        "title": _TEXT,
        "description": _TEXT,
        "deprecated": _FLAG,
        **LIFE,
        "$comment": _TEXT,
        "default": _ANY,
        "examples": Field("values"),
        "enum": Field("values"),
        "const": _ANY,
        "properties": Field("map", "schema", member=True),
        "required": Field("texts"),
        "additionalProperties": Field("one_or_flag", "schema"),
        "propertyNames": _SCHEMA,
        "minProperties": _COUNT,
        "maxProperties": _COUNT,
        "dependentRequired": Field("texts_by_name"),
        "items": _SCHEMA,
        "contains": _SCHEMA,
        "minItems": _COUNT,
        "maxItems": _COUNT,
        "uniqueItems": _FLAG,
        "minimum": _NUMBER,
        "maximum": _NUMBER,
        "exclusiveMinimum": _NUMBER,
        "exclusiveMaximum": _NUMBER,
        "multipleOf": _NUMBER,
        "minLength": _COUNT,
        "maxLength": _COUNT,
        "pattern": _TEXT,
        "format": _TEXT,
        "contentMediaType": _TEXT,
        "contentSchema": _SCHEMA,
        "anyOf": _SCHEMA_MEMBERS,
        "oneOf": _SCHEMA_MEMBERS,
        "allOf": _SCHEMA_MEMBERS,
        "not": _SCHEMA,
        "if": _SCHEMA,
        "then": _SCHEMA,
        "else": _SCHEMA,
        "discriminator": Field("one", "discriminator"),
    },
}
"""Kind of object -> key -> field; `fields_of` adds the extensions."""

COMPONENTS = {field.kind: name for name, field in OPENAPI["components"].items() if field.kind != "security_scheme"}
"""The kinds of objects that a `$ref` may replace, and the section of `components` for each."""

TITLES = {kind: kind.replace("_", " ") for kind in OPENAPI}
"""The names of kinds of objects in messages."""


def fields_of(kind: str) -> Mapping[str, Field]:
    """Return the fields of a kind of object, including its extensions."""
    added = {name: Field(found.form, required=found.required) for name, found in extensions.of_kind(kind)}
    return {**OPENAPI[kind], **added} if added else OPENAPI[kind]


def is_reference(kind: str, value: Json) -> bool:
    """Return whether a value in place of an object of this kind is a reference to one."""
    return isinstance(value, dict) and "$ref" in value and (kind in COMPONENTS or kind in ("path_item", "webhook"))


def children(kind: str, value: Mapping[str, Json]) -> Iterator[tuple[tuple[str, ...], str, Json]]:
    """Yield the objects inside an object: relative tokens, kind, value; members of the wrong form are left out."""
    fields = OPENAPI[kind]
    for key, held in value.items():
        field = fields.get(key)
        if field is None or not field.kind:
            continue
        if field.form == "list":
            if isinstance(held, list):
                for position, item in enumerate(held):
                    yield (key, str(position)), field.kind, item
        elif isinstance(held, dict):
            if field.form == "map":
                for name, item in held.items():
                    yield (key, name), field.kind, item
            else:
                yield (key,), field.kind, held
