"""The objects of OpenAPI 3.0 to 3.2 and their keys, so that data is never mistaken for a part of a document.

`objects` has what the documents of this project may use; this module has all of OpenAPI, for other documents.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias
from urllib.parse import unquote

from apicontract.openapi import pointer as pointers
from apicontract.openapi.keywords import LISTS, NAMED, SINGLE
from apicontract.openapi.operation import Json

Form: TypeAlias = Literal["one", "list", "map"]
_Table: TypeAlias = Mapping[str, Mapping[str, tuple[Form, str]]]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The keys of a path item that are operations; `query` came with 3.2."""

_PARAMETER: Mapping[str, tuple[Form, str]] = {
    "schema": ("one", "schema"),
    "content": ("map", "media_type"),
    "examples": ("map", "example"),
}
_COMPONENTS: Mapping[str, str] = {
    "schemas": "schema",
    "responses": "response",
    "parameters": "parameter",
    "examples": "example",
    "requestBodies": "request_body",
    "headers": "header",
    "links": "link",
    "callbacks": "callback",
    "pathItems": "path_item",
    "mediaTypes": "media_type",
    "securitySchemes": "security_scheme",
}
CHILDREN: _Table = {
    "document": {
        "paths": ("map", "path_item"),
        "webhooks": ("map", "path_item"),
        "components": ("one", "components"),
        "servers": ("list", "server"),
    },
    "components": {section: ("map", kind) for section, kind in _COMPONENTS.items()},
    "path_item": {
        **dict.fromkeys(METHODS, ("one", "operation")),
        "additionalOperations": ("map", "operation"),
        "parameters": ("list", "parameter"),
    },
    "operation": {
        "parameters": ("list", "parameter"),
        "requestBody": ("one", "request_body"),
        "responses": ("map", "response"),
        "callbacks": ("map", "callback"),
    },
    "parameter": _PARAMETER,
    "header": _PARAMETER,
    "request_body": {"content": ("map", "media_type")},
    "response": {"content": ("map", "media_type"), "headers": ("map", "header"), "links": ("map", "link")},
    "media_type": {
        "schema": ("one", "schema"),
        "itemSchema": ("one", "schema"),
        "examples": ("map", "example"),
        "encoding": ("map", "encoding"),
        "prefixEncoding": ("list", "encoding"),
        "itemEncoding": ("one", "encoding"),
    },
    "encoding": {
        "headers": ("map", "header"),
        "encoding": ("map", "encoding"),
        "prefixEncoding": ("list", "encoding"),
        "itemEncoding": ("one", "encoding"),
    },
    "schema": {
        **dict.fromkeys(LISTS, ("list", "schema")),
        **dict.fromkeys(NAMED, ("map", "schema")),
        **dict.fromkeys(SINGLE, ("one", "schema")),
    },
    "callback": {},  # every key but extensions is a path
    "example": {},
    "link": {},
    "security_scheme": {},
    "server": {},
}
"""Kind of object -> key -> form and kind of its value. Everything else is data."""

Change: TypeAlias = Callable[[str, Any, list[str]], Json]


class Reference(NamedTuple):
    """A `$ref`, where it was first found, and the kind of object that it refers to."""

    target: str
    kind: str
    pointer: str


def pointer_of(path: list[str]) -> str:
    """Return the tokens of a path as a pointer."""
    return "".join([f"/{pointers.escape(token)}" for token in path])


class Rebuild:
    """Walks a document from object to object, and rebuilds what changes; unchanged parts are not copied."""

    def __init__(self, change: Change | None = None) -> None:
        """Take a function that replaces an object, given its kind, value and path."""
        self._change = change
        self._path: list[str] = []
        self.references: dict[tuple[str, str], Reference] = {}
        """The references, each once, by target and kind."""

    def document(self, raw: Mapping[str, Json]) -> Any:
        """Rebuild a whole document, including the targets of references outside of the places that OpenAPI defines."""
        raw = self._object("document", raw)
        done: set[str] = set()
        while found := [r for r in self.references.values() if r.target[:2] == "#/" and r.target not in done]:
            for reference in found:
                done.add(reference.target)
                tokens = pointers.split(unquote(reference.target[1:]))
                if kind_at(tokens) is None and (node := pointers.find(raw, unquote(reference.target[1:]))) is not None:
                    self._path[:] = tokens
                    raw = put(raw, tokens, self._object(reference.kind, node))
                    self._path.clear()
        return raw

    def one(self, kind: str, node: Json) -> Json:
        """Rebuild one object."""
        return self._object(kind, node)

    def _object(self, kind: str, node: Json) -> Json:
        if self._change is not None:
            node = self._change(kind, node, self._path)
        if not isinstance(node, dict):
            return node
        target = node.get("$ref")
        if isinstance(target, str) and (target, kind) not in self.references:
            self.references[target, kind] = Reference(target, kind, pointer_of(self._path))
        if kind == "callback":
            return self._map("path_item", node)
        fields = CHILDREN[kind]
        if not fields:
            return node
        changed: dict[str, Json] = {}
        path = self._path
        for key, value in node.items():
            field = fields.get(key)
            if field is not None and isinstance(value, (dict, list)):
                path.append(key)
                form, inner = field
                if form == "one":
                    new = self._object(inner, value)
                elif form == "map":
                    new = self._map(inner, value)
                else:
                    new = self._list(inner, value)
                path.pop()
                if new is not value:
                    changed[key] = new
        return {**node, **changed} if changed else node

    def _map(self, kind: str, node: Json) -> Json:
        if not isinstance(node, dict):
            return node
        changed: dict[str, Json] = {}
        for key, value in node.items():
            if kind != "schema" and key[:2] == "x-":
                continue
            self._path.append(key)
            new = self._object(kind, value)
            self._path.pop()
            if new is not value:
                changed[key] = new
        return {**node, **changed} if changed else node

    def _list(self, kind: str, node: Json) -> Json:
        if not isinstance(node, list):
            return node
        found = []
        for position, value in enumerate(node):
            self._path.append(str(position))
            found.append(self._object(kind, value))
            self._path.pop()
        return found if any(new is not old for new, old in zip(found, node, strict=True)) else node


def kind_at(tokens: tuple[str, ...]) -> str | None:
    """Return the kind of object at a place; `None` if OpenAPI defines none there."""
    kind = "document"
    position = 0
    while position < len(tokens):
        if kind == "callback":
            kind, position = "path_item", position + 1
            continue
        field = CHILDREN[kind].get(tokens[position])
        if field is None:
            return None
        form, kind = field
        position += 1 if form == "one" else 2
    return kind if position == len(tokens) else None


def put(node: Any, tokens: tuple[str, ...], value: Json) -> Json:
    """Return a copy of a value with the value at one place replaced."""
    if not tokens:
        return value
    first, *rest = tokens
    if isinstance(node, list):
        at = int(first)
        return [*node[:at], put(node[at], tuple(rest), value), *node[at + 1 :]]
    return {**node, first: put(node[first], tuple(rest), value)}
