"""The OpenAPI 3.1 objects that this project understands: which keys each may have, and what stands under each key.

One table drives both readers of a document: the bundler, which must know where a `$ref` is a reference and where it is
data, and the rules, which refuse every key that is not here. What OpenAPI has and this table has not (callbacks, links,
webhooks, `encoding`, parameter `content`, ...) is what the generated client could not honour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Json: TypeAlias = Any
"""A JSON value. `Any`, because a recursive alias would make every reader of a document cast at each step."""


@dataclass(frozen=True, slots=True)
class Field:
    """What stands under one key: an object of a kind, several of them, or a plain value."""

    form: str
    """`one`, `list` or `map` of a kind; `one_or_flag`; or a plain value: a key of `PLAIN`."""
    kind: str = ""
    required: bool = False


PLAIN = {
    "text": "text",
    "flag": "true or false",
    "count": "a whole number, 0 or more",
    "number": "a number",
    "texts": "a list of texts",
    "text_or_texts": "a text or a list of texts",
    "texts_by_name": "a mapping of names to lists of texts",
    "text_by_name": "a mapping of names to texts",
    "groups": "a list of lists of texts",
    "requirements": "a list of mappings of names to lists of texts",
    "values": "a list",
    "settings": "a mapping",
    "any": "any value",
}
"""The forms of plain values, as messages name them."""

_TEXT, _NEEDED_TEXT, _FLAG, _ANY = Field("text"), Field("text", required=True), Field("flag"), Field("any")
_COUNT, _NUMBER, _SCHEMA, _SCHEMAS = Field("count"), Field("number"), Field("one", "schema"), Field("list", "schema")
_EXAMPLES = Field("map", "example")

OPENAPI: Mapping[str, Mapping[str, Field]] = {
    "document": {
        "openapi": _NEEDED_TEXT,
        "info": Field("one", "info", required=True),
        "servers": Field("list", "server", required=True),
        "security": Field("requirements"),
        "tags": Field("list", "tag"),
        "externalDocs": Field("one", "external_docs"),
        "x-client": Field("settings", required=True),
        "paths": Field("map", "path_item", required=True),
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
        "securitySchemes": Field("map", "security_scheme"),
    },
    "path_item": {
        "summary": _TEXT,
        "description": _TEXT,
        "parameters": Field("list", "parameter"),
        **dict.fromkeys(("get", "put", "post", "delete", "options", "head", "patch"), Field("one", "operation")),
    },
    "operation": {
        "operationId": _NEEDED_TEXT,
        "tags": Field("texts", required=True),
        "summary": _NEEDED_TEXT,
        "description": _NEEDED_TEXT,
        "externalDocs": Field("one", "external_docs"),
        "deprecated": _FLAG,
        "security": Field("requirements"),
        "parameters": Field("list", "parameter"),
        "requestBody": Field("one", "request_body"),
        "responses": Field("map", "response", required=True),
        "x-pagination": Field("settings"),
        "x-streaming": Field("settings"),
        "x-waiting": Field("settings"),
    },
    "parameter": {
        "name": _NEEDED_TEXT,
        "in": _NEEDED_TEXT,
        "description": _NEEDED_TEXT,
        "required": _FLAG,
        "deprecated": _FLAG,
        "style": _TEXT,
        "explode": _FLAG,
        "schema": Field("one", "schema", required=True),
        "example": _ANY,
        "examples": _EXAMPLES,
    },
    "request_body": {
        "description": _TEXT,
        "required": _FLAG,
        "content": Field("map", "media_type", required=True),
    },
    "response": {
        "description": _NEEDED_TEXT,
        "headers": Field("map", "header"),
        "content": Field("map", "media_type"),
    },
    "header": {
        "description": _NEEDED_TEXT,
        "required": _FLAG,
        "deprecated": _FLAG,
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
        "$comment": _TEXT,
        "default": _ANY,
        "examples": Field("values"),
        "enum": Field("values"),
        "const": _ANY,
        "properties": Field("map", "schema"),
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
        "anyOf": _SCHEMAS,
        "oneOf": _SCHEMAS,
        "allOf": _SCHEMAS,
        "not": _SCHEMA,
        "if": _SCHEMA,
        "then": _SCHEMA,
        "else": _SCHEMA,
        "discriminator": Field("one", "discriminator"),
        "x-exclusive": Field("groups"),
    },
}
"""Kind of object -> key -> field."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch")

COMPONENTS = {field.kind: name for name, field in OPENAPI["components"].items() if field.kind != "security_scheme"}
"""The kinds that a `$ref` may stand for, and the section of `components` each is hoisted into."""

TITLES = {kind: kind.replace("_", " ") for kind in OPENAPI}
"""What messages call an object of a kind."""


def is_reference(kind: str, value: Json) -> bool:
    """Tell whether a value in the place of an object of this kind is a reference to one."""
    return isinstance(value, dict) and "$ref" in value and (kind in COMPONENTS or kind == "path_item")


def children(kind: str, value: Mapping[str, Json]) -> Iterator[tuple[tuple[str, ...], str, Json]]:
    """Yield what an object holds of other kinds: relative tokens, kind, value; what has the wrong form is left out."""
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
