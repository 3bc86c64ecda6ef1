"""Floor 0: an OpenAPI 3.1 document as plain frozen objects, with every reference between them followed.

Schemas stay what they are in the document (JSON values) and are known by their pointer, so that whoever compiles or
reports one can say where it stands. Nothing here validates an instance or touches a byte of traffic.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from twelvelabs_contract import _yaml

Json: TypeAlias = Any
"""A JSON value. `Any`, because a recursive alias would make every reader of a document cast at each step."""

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
BUNDLED_PACKAGE = "twelvelabs_api"

_ExtensionT = TypeVar("_ExtensionT")


class DocumentInvalid(ValueError):
    """A document cannot be used: what is wrong, at which pointer, and what to do."""

    def __init__(self, message: str, pointer: str = "") -> None:
        """Keep the pointer (RFC 6901, into the document) beside the text."""
        self.pointer = pointer
        super().__init__(f"#{pointer}: {message}" if pointer else message)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter of an operation, or one declared header of a response."""

    name: str
    location: str
    """`path`, `query`, `header` or `cookie`."""
    required: bool
    style: str
    explode: bool
    schema: Json
    pointer: str
    """Where the parameter stands, references followed."""
    schema_pointer: str


@dataclass(frozen=True, slots=True)
class MediaType:
    """One media type of a body: its schema, and how form fields are encoded."""

    name: str
    schema: Json
    """`None` when the document gives none."""
    pointer: str
    schema_pointer: str
    encoding: Mapping[str, Mapping[str, Json]]
    examples: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class RequestBody:
    """The declared request body of an operation."""

    required: bool
    content: Mapping[str, MediaType]
    pointer: str


@dataclass(frozen=True, slots=True)
class Response:
    """One declared response: its key is a status, a range such as `4XX`, or `default`."""

    key: str
    content: Mapping[str, MediaType]
    headers: tuple[Parameter, ...]
    pointer: str


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where a listing keeps its items and its end; `x-pagination` in `spec/README.md`."""

    style: str
    """`page` (numbers) or `token`."""
    parameter: str
    items: str
    total_pages: str | None = None
    next_token: str | None = None
    operation: str | None = None
    repeat: tuple[str, ...] = ()
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Streaming:
    """Which flag selects the event stream, and how the stream begins and ends; `x-streaming`."""

    flag: str
    first: str
    last: str
    method: str | None = None
    same: str | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path."""

    id: str
    """The dotted client path, such as `tasks.list`; `GET /tasks` where a document gives no `operationId`."""
    method: str
    """Upper case."""
    path: str
    """The template, such as `/tasks/{task_id}`, below the server's own path."""
    summary: str
    description: str
    deprecated: bool
    parameters: tuple[Parameter, ...]
    request_body: RequestBody | None
    responses: Mapping[str, Response]
    key_headers: tuple[str, ...]
    """Headers that must carry an API key, from the security requirements."""
    pagination: Pagination | None
    streaming: Streaming | None
    pointer: str

    def parameters_in(self, location: str) -> Iterator[Parameter]:
        """Yield the parameters of one location in document order."""
        return (parameter for parameter in self.parameters if parameter.location == location)

    def response(self, status: int) -> Response | None:
        """Find the declared response: the status itself, then its range, then `default` for a refusal.

        `default` stands for refusals only, so an undeclared status below 400 has no response.
        """
        found = self.responses.get(str(status)) or self.responses.get(f"{status // 100}XX")
        return found or (self.responses.get("default") if status >= 400 else None)


@dataclass(frozen=True, eq=False)
class Document:
    """A parsed document: the operations in document order, and the raw JSON they were read from."""

    raw: Mapping[str, Json]
    operations: Mapping[str, Operation] = field(init=False)
    shapes: dict[str, Any] = field(init=False, repr=False, default_factory=dict)
    """The shapes already worked out, by pointer; `_shape` alone reads and writes it."""

    def __post_init__(self) -> None:
        """Read every operation, so that a document that cannot be used is refused at once."""
        version = self.raw.get("openapi")
        if not isinstance(version, str) or not version.startswith("3.1"):
            raise DocumentInvalid(f"an OpenAPI 3.1 document is needed, and `openapi` says {version!r}", "/openapi")
        operations: dict[str, Operation] = {}
        for operation in _Reader(self).operations():
            if operation.id in operations:
                raise DocumentInvalid(
                    f"operationId {operation.id!r} is used twice: {operations[operation.id].pointer}", operation.pointer
                )
            operations[operation.id] = operation
        object.__setattr__(self, "operations", operations)

    @cached_property
    def servers(self) -> tuple[str, ...]:
        """The base URLs, without a final slash; variables take their default. A relative one has no host."""
        found = []
        for server in self.raw.get("servers") or [{"url": "/"}]:
            url = str(server["url"])
            for name, variable in (server.get("variables") or {}).items():
                url = url.replace("{" + name + "}", str(variable.get("default", "")))
            found.append(url.rstrip("/"))
        return tuple(found)

    @property
    def schemas(self) -> Mapping[str, Json]:
        """The named component schemas."""
        return (self.raw.get("components") or {}).get("schemas") or {}

    def resolve(self, node: Json, pointer: str) -> tuple[Json, str]:
        """Follow `$ref` from a node to the node it means, and say where that one stands."""
        seen: list[str] = []
        while isinstance(node, Mapping) and "$ref" in node:
            reference = node["$ref"]
            if not isinstance(reference, str) or not reference.startswith("#"):
                raise DocumentInvalid(
                    f"$ref {reference!r} leaves the document; bundle it into one file first (`python -m codegen` does)",
                    pointer,
                )
            if reference in seen:
                raise DocumentInvalid(f"$ref {reference!r} leads back to itself", pointer)
            seen.append(reference)
            node, pointer = self.at(reference[1:]), reference[1:]
        return node, pointer

    def at(self, pointer: str) -> Json:
        """Return the value at a JSON pointer; a pointer that leads nowhere is a `DocumentInvalid`."""
        node: Json = self.raw
        for token in pointer.split("/")[1:]:
            name = unescape(token)
            try:
                node = node[int(name)] if isinstance(node, list) else node[name]
            except (KeyError, IndexError, ValueError, TypeError):
                raise DocumentInvalid("nothing stands here; check the $ref that leads to it", pointer) from None
        return node


def escape(token: str) -> str:
    """Escape one reference token of a JSON pointer (RFC 6901, section 3)."""
    return token.replace("~", "~0").replace("/", "~1")


def unescape(token: str) -> str:
    """Undo `escape`."""
    return token.replace("~1", "/").replace("~0", "~")


def load(path: str | Path | None = None) -> Document:
    """Load a document: the bundled one, or any OpenAPI 3.1 file that holds the whole document, YAML or JSON.

    Raises `FileNotFoundError`, or `DocumentInvalid` for text that is no usable document.
    """
    source = bundled() if path is None else Path(path)
    text = source.read_bytes()
    try:
        raw = json.loads(text) if source.suffix == ".json" else _yaml.load(text)
    except ValueError as error:
        raise DocumentInvalid(f"{source.name} cannot be read: {error}") from None
    if not isinstance(raw, Mapping):
        raise DocumentInvalid(f"{source.name} holds {type(raw).__name__}, not an OpenAPI object")
    return Document(raw)


def bundled() -> Path:
    """Return the file of the document that ships beside this package; its package is found, not imported."""
    found = importlib.util.find_spec(BUNDLED_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise DocumentInvalid(f"package {BUNDLED_PACKAGE} is not installed; `make` generates it")
    return Path(found.submodule_search_locations[0], "openapi.json")


class _Reader:
    """Turns the raw document into operations."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def operations(self) -> Iterator[Operation]:
        for path, item in self._table(self._document.raw, "paths", "").items():
            item, at = self._document.resolve(item, f"/paths/{escape(path)}")  # noqa: PLW2901 - the same item, found
            shared = list(self._parameters(item, at))
            for method in METHODS:
                if method in item:
                    yield self._operation(path, method, item[method], f"{at}/{method}", shared)

    def _table(self, node: Mapping[str, Json], key: str, pointer: str) -> Mapping[str, Json]:
        value = node.get(key)
        if value is not None and not isinstance(value, Mapping):
            raise DocumentInvalid(f"a mapping is needed, and this is {type(value).__name__}", f"{pointer}/{key}")
        return value or {}

    def _operation(
        self, path: str, method: str, node: Mapping[str, Json], pointer: str, shared: list[Parameter]
    ) -> Operation:
        own = list(self._parameters(node, pointer))
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
            key_headers=tuple(self._key_headers(node)),
            pagination=self._extension(Pagination, node, "x-pagination", pointer),
            streaming=self._extension(Streaming, node, "x-streaming", pointer),
            pointer=pointer,
        )

    def _parameters(self, node: Mapping[str, Json], pointer: str) -> Iterator[Parameter]:
        for position, raw in enumerate(node.get("parameters") or ()):
            value, at = self._document.resolve(raw, f"{pointer}/parameters/{position}")
            if not isinstance(value, Mapping) or not {"name", "in"} <= value.keys():
                raise DocumentInvalid("a parameter needs `name` and `in`", at)
            yield self._parameter(str(value["name"]), str(value["in"]), value, at)

    def _parameter(self, name: str, location: str, node: Mapping[str, Json], pointer: str) -> Parameter:
        style = str(node.get("style") or ("form" if location in ("query", "cookie") else "simple"))
        return Parameter(
            name=name,
            location=location,
            required=bool(node.get("required", False)),
            style=style,
            explode=bool(node.get("explode", style == "form")),
            schema=node.get("schema", True),
            pointer=pointer,
            schema_pointer=f"{pointer}/schema",
        )

    def _request_body(self, node: Json, pointer: str) -> RequestBody:
        node, pointer = self._document.resolve(node, pointer)
        return RequestBody(bool(node.get("required", False)), self._content(node, pointer), pointer)

    def _response(self, key: str, node: Json, pointer: str) -> Response:
        node, pointer = self._document.resolve(node, pointer)
        headers = []
        for name, raw in self._table(node, "headers", pointer).items():
            header, at = self._document.resolve(raw, f"{pointer}/headers/{escape(name)}")
            headers.append(self._parameter(name, "header", header, at))
        return Response(key.upper() if key != "default" else key, self._content(node, pointer), tuple(headers), pointer)

    def _content(self, node: Mapping[str, Json], pointer: str) -> dict[str, MediaType]:
        found = {}
        for name, value in self._table(node, "content", pointer).items():
            at = f"{pointer}/content/{escape(name)}"
            examples = {
                key: self._document.resolve(example, f"{at}/examples/{escape(key)}")[0].get("value")
                for key, example in self._table(value, "examples", at).items()
            }
            found[name.lower()] = MediaType(
                name.lower(), value.get("schema"), at, f"{at}/schema", self._table(value, "encoding", at), examples
            )
        return found

    def _key_headers(self, node: Mapping[str, Json]) -> Iterator[str]:
        """Yield the headers of the first security requirement; other kinds of credentials are not ours to check."""
        requirements = node.get("security", self._document.raw.get("security")) or [{}]
        schemes = (self._document.raw.get("components") or {}).get("securitySchemes") or {}
        for name in requirements[0]:
            scheme, _ = self._document.resolve(schemes.get(name) or {}, f"/components/securitySchemes/{name}")
            if scheme.get("type") == "apiKey" and scheme.get("in") == "header":
                yield str(scheme["name"])

    def _extension(
        self, kind: type[_ExtensionT], node: Mapping[str, Json], key: str, pointer: str
    ) -> _ExtensionT | None:
        value = node.get(key)
        if value is None:
            return None
        try:
            return kind(**{name: tuple(v) if isinstance(v, list) else v for name, v in value.items()})
        except TypeError as error:
            raise DocumentInvalid(f"{key} is not understood: {error}", f"{pointer}/{key}") from None
