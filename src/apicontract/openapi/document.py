"""An OpenAPI 3.1 document as plain frozen objects, with every reference between them followed.

Schemas stay what they are in the document (JSON values) and are known by their pointer, so that whoever compiles or
reports one can say where it is. Nothing here validates an instance or touches a byte of traffic.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from apicontract.openapi import extensions, references, strict_json, yaml12
from apicontract.openapi.operation import (
    METHODS,
    Json,
    MediaType,
    Operation,
    Pagination,
    Parameter,
    RequestBody,
    Response,
    Streaming,
    Waiting,
)
from apicontract.openapi.pointer import escape
from apicontract.openapi.problems import DocumentInvalid

__all__ = [
    "Document",
    "DocumentInvalid",
    "Json",
    "MediaType",
    "Operation",
    "Pagination",
    "Parameter",
    "RequestBody",
    "Response",
    "Streaming",
    "Waiting",
    "load",
    "parse",
]


@dataclass(frozen=True, eq=False)
class Document:
    """A parsed document: the operations in document order, and the raw JSON they were read from."""

    raw: Mapping[str, Json]
    operations: Mapping[str, Operation] = field(init=False)
    shapes: dict[str, Any] = field(init=False, repr=False, default_factory=dict)
    """The shapes already computed, by pointer; `_shape` alone reads and writes it."""

    def __post_init__(self) -> None:
        """Read every operation, so that a document that cannot be used is refused at once."""
        version = self.raw.get("openapi")
        if not isinstance(version, str) or not version.startswith("3.1"):
            raise DocumentInvalid(f"an OpenAPI 3.1 document is needed, and `openapi` says {version!r}", "/openapi")
        operations: dict[str, Operation] = {}
        for operation in _Operations(self).read():
            if operation.id in operations:
                raise DocumentInvalid(
                    f"operationId {operation.id!r} is used twice: {operations[operation.id].pointer}", operation.pointer
                )
            operations[operation.id] = operation
        object.__setattr__(self, "operations", operations)
        for name, schema in self.schemas.items():
            self.resolve(schema, f"/components/schemas/{escape(name)}")
        for reference, pointer in references.references(self.raw):
            self.resolve({"$ref": reference}, pointer)

    @cached_property
    def servers(self) -> tuple[str, ...]:
        """The base URLs without a final slash, one for every value of a variable. A relative one has no host."""
        found: list[str] = []
        for position, server in enumerate(_list(self.raw.get("servers") or [{"url": "/"}], "/servers")):
            at = f"/servers/{position}"
            variables = _mapping(_mapping(server, at).get("variables") or {}, f"{at}/variables")
            values = [v.get("enum") or [v.get("default", "")] for v in map(dict, variables.values())]
            for chosen in itertools.product(*values):
                url = str(server.get("url", "/"))
                for name, value in zip(variables, chosen, strict=True):
                    url = url.replace("{" + name + "}", str(value))
                found.append(url.rstrip("/"))
        return tuple(found)

    @property
    def schemas(self) -> Mapping[str, Json]:
        """The named component schemas."""
        components = _mapping(self.raw.get("components") or {}, "/components")
        return _mapping(components.get("schemas") or {}, "/components/schemas")

    def resolve(self, node: Json, pointer: str) -> tuple[Json, str]:
        """Follow `$ref` from a node to the node it means; return that one and its pointer."""
        return references.follow(self.raw, node, pointer)

    def at(self, pointer: str) -> Json:
        """Return the value at a JSON pointer; a pointer that leads nowhere is a `DocumentInvalid`."""
        return references.at(self.raw, pointer)


def _mapping(value: Json, pointer: str) -> Mapping[str, Json]:
    """Return a mapping as it is, and refuse anything else."""
    if not isinstance(value, Mapping):
        raise DocumentInvalid(f"a mapping is needed, and this is {type(value).__name__}", pointer)
    return value


def _list(value: Json, pointer: str) -> list[Json]:
    """Return a list as it is, and refuse anything else."""
    if not isinstance(value, list):
        raise DocumentInvalid(f"a list is needed, and this is {type(value).__name__}", pointer)
    return value


def load(path: str | Path) -> Document:
    """Load an OpenAPI 3.1 file that holds the whole document, YAML or JSON.

    Raises `FileNotFoundError`, or `DocumentInvalid` for a file that holds no usable document.
    """
    source = Path(path)
    return Document(parse(source.read_bytes(), source))


def parse(text: bytes, source: Path) -> Mapping[str, Json]:
    """Parse the text of an OpenAPI file, JSON or YAML by its suffix; `DocumentInvalid` if it holds no mapping."""
    try:
        raw = strict_json.load(text) if source.suffix == ".json" else yaml12.load(text)
    except ValueError as error:
        raise DocumentInvalid(f"{source.name} cannot be read: {error}") from None
    if not isinstance(raw, Mapping):
        held = "nothing" if raw is None else type(raw).__name__
        raise DocumentInvalid(f"{source.name} holds {held}, not an OpenAPI object")
    return raw


class _Operations:
    """Reads the operations of a raw document."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def read(self) -> Iterator[Operation]:
        for path, item in self._table(self._document.raw, "paths", "").items():
            item, at = self._object(item, f"/paths/{escape(path)}")  # noqa: PLW2901 - the same item, found
            shared = list(self._parameters(item, at))
            for method in METHODS:
                if method in item:
                    yield self._operation(path, method, item[method], f"{at}/{method}", shared)

    def _table(self, node: Mapping[str, Json], key: str, pointer: str) -> Mapping[str, Json]:
        value = node.get(key)
        return {} if value is None else _mapping(value, f"{pointer}/{key}")

    def _object(self, node: Json, pointer: str) -> tuple[Mapping[str, Json], str]:
        """Follow a reference to an object of the document."""
        found, at = self._document.resolve(node, pointer)
        return _mapping(found, at), at

    def _operation(
        self, path: str, method: str, node: Mapping[str, Json], pointer: str, shared: list[Parameter]
    ) -> Operation:
        node = _mapping(node, pointer)
        own = list(self._parameters(node, pointer))
        alternatives, queries = self._keys(node, pointer)
        overridden = {(parameter.location, parameter.name) for parameter in own}
        body = node.get("requestBody")
        return Operation(
            id=str(node.get("operationId") or f"{method.upper()} {path}"),
            method=method.upper(),
            path=path,
            summary=str(node.get("summary", "")),
            description=str(node.get("description", "")),
            deprecated=bool(node.get("deprecated", False)),
            parameters=(*(p for p in shared if (p.location, p.name) not in overridden), *own),
            request_body=None if body is None else self._request_body(body, f"{pointer}/requestBody"),
            responses={
                str(key): self._response(str(key), value, f"{pointer}/responses/{key}")
                for key, value in self._table(node, "responses", pointer).items()
            },
            key_headers=next(filter(None, alternatives), ()),
            key_alternatives=() if () in alternatives else alternatives,
            key_queries=queries,
            pointer=pointer,
            extensions=dict(_extensions(node, pointer)),
        )

    def _parameters(self, node: Mapping[str, Json], pointer: str) -> Iterator[Parameter]:
        for position, raw in enumerate(_list(node.get("parameters") or [], f"{pointer}/parameters")):
            value, at = self._object(raw, f"{pointer}/parameters/{position}")
            if not {"name", "in"} <= value.keys():
                raise DocumentInvalid("a parameter needs `name` and `in`", at)
            yield self._parameter(str(value["name"]), str(value["in"]), value, at)

    def _parameter(self, name: str, location: str, node: Mapping[str, Json], pointer: str) -> Parameter:
        style = str(node.get("style") or ("form" if location in ("query", "cookie") else "simple"))
        schema, at = node.get("schema", True), f"{pointer}/schema"
        if content := self._content(node, pointer):
            (media,) = content.values()
            schema, at, style = media.schema, media.schema_pointer, "json"
        return Parameter(
            name=name,
            location=location,
            required=bool(node.get("required", False)),
            style=style,
            explode=bool(node.get("explode", style == "form")),
            schema=schema,
            pointer=pointer,
            schema_pointer=at,
        )

    def _request_body(self, node: Json, pointer: str) -> RequestBody:
        node, pointer = self._object(node, pointer)
        return RequestBody(bool(node.get("required", False)), self._content(node, pointer), pointer)

    def _response(self, key: str, node: Json, pointer: str) -> Response:
        node, pointer = self._object(node, pointer)
        headers = []
        for name, raw in self._table(node, "headers", pointer).items():
            header, at = self._object(raw, f"{pointer}/headers/{escape(name)}")
            headers.append(self._parameter(name, "header", header, at))
        return Response(key.upper() if key != "default" else key, self._content(node, pointer), tuple(headers), pointer)

    def _content(self, node: Mapping[str, Json], pointer: str) -> dict[str, MediaType]:
        found = {}
        for name, value in self._table(node, "content", pointer).items():
            at = f"{pointer}/content/{escape(name)}"
            value = _mapping(value, at)  # noqa: PLW2901 - the same value
            examples = {
                key: self._object(example, f"{at}/examples/{escape(key)}")[0].get("value")
                for key, example in self._table(value, "examples", at).items()
            }
            plain = name.partition(";")[0].strip().lower()
            found[plain] = MediaType(
                plain, value.get("schema"), at, f"{at}/schema", self._table(value, "encoding", at), examples
            )
        return found

    def _keys(self, node: Mapping[str, Json], pointer: str) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
        """Return the key headers of each security alternative, none for one with other credentials; and key queries."""
        raw = self._document.raw
        given = node.get("security", raw.get("security")) or []
        schemes = self._table(self._table(raw, "components", ""), "securitySchemes", "/components")
        alternatives: list[tuple[str, ...]] = []
        queries: list[str] = []
        for position, requirement in enumerate(_list(given, f"{pointer}/security")):
            found = []
            for name in _mapping(requirement, f"{pointer}/security/{position}"):
                scheme, at = self._object(schemes.get(name), f"/components/securitySchemes/{escape(name)}")
                if scheme.get("type") == "apiKey" and "name" not in scheme:
                    raise DocumentInvalid("an API key needs a `name`", at)
                place = scheme.get("in") if scheme.get("type") == "apiKey" else None
                found.append(str(scheme["name"]) if place == "header" else "")
                queries += [str(scheme["name"])] if place == "query" else []
            alternatives.append(() if "" in found else tuple(found))
        return tuple(alternatives), tuple(queries)


def _extensions(node: Mapping[str, Json], pointer: str) -> Iterator[tuple[str, Any]]:
    """Read the extensions of an operation."""
    for name, extension in extensions.of_kind("operation"):
        value = node.get(name)
        if value is None or extension.reader is None:
            continue
        try:
            read = extension.reader(**{key: tuple(v) if isinstance(v, list) else v for key, v in value.items()})
        except (AttributeError, TypeError) as error:
            raise DocumentInvalid(f"{name} is not understood: {error}", f"{pointer}/{name}") from None
        yield name, read
