"""An OpenAPI document as plain frozen objects, with every reference between them followed.

Schemas remain JSON values and are identified by their pointer, so that the modules that compile them can report where
they are. Nothing here validates an instance or reads traffic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from apicontract.openapi import extensions, files, media_types, references, servers, strict_json, versions
from apicontract.openapi.notices import Notices
from apicontract.openapi.operation import (
    Credential,
    CredentialPlace,
    Json,
    MediaType,
    Operation,
    Pagination,
    Parameter,
    RequestBody,
    Response,
    Signature,
    Streaming,
    Waiting,
)
from apicontract.openapi.pointer import escape
from apicontract.openapi.problems import DocumentInvalid, Problem
from apicontract.openapi.rebuild import METHODS
from apicontract.openapi.servers import PLACEHOLDER, Server

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

_SLASH = "write the slash, so that it can be appended to the address of a server"
_NOT_PARAMETERS = frozenset({"accept", "content-type", "authorization"})
"""Headers that OpenAPI describes elsewhere: a header parameter of one of these names is ignored."""


@dataclass(frozen=True, eq=False)
class Document:
    """A parsed document: the operations in document order, and the raw JSON that they were read from."""

    raw: Mapping[str, Json]
    source: Mapping[str, Json] = field(init=False, repr=False)
    """The raw document as it was passed in; `raw` is its OpenAPI 3.1 form."""
    operations: Mapping[str, Operation] = field(init=False)
    """The operations by id."""
    webhooks: Mapping[str, Operation] = field(init=False)
    """The webhooks by id."""
    notices: tuple[Problem, ...] = field(init=False)
    """Problems that were read around, and features that cannot be checked."""
    traits: frozenset[str] = field(init=False)
    """Which of `readOnly`, `writeOnly` and `discriminator` its schemas use."""
    patterns: Mapping[str, Sequence[str]] = field(init=False)
    """Patterns that regular expression engines may read differently, with the pointers of each."""
    shapes: dict[str, Any] = field(init=False, repr=False, default_factory=dict)
    """The shapes computed so far, by pointer; only `_shape` reads and writes it."""

    def __post_init__(self) -> None:
        """Read every operation, so that an unusable document fails here."""
        object.__setattr__(self, "source", self.raw)
        form = versions.read(self.raw)
        object.__setattr__(self, "raw", form.raw)
        object.__setattr__(self, "traits", form.traits)
        object.__setattr__(self, "patterns", form.patterns)
        notices = Notices()
        sent = list(_Operations(self, "paths", notices).read())
        named, doubled = _named([*sent, *_Operations(self, "webhooks", notices).read()])
        object.__setattr__(self, "operations", dict(named[: len(sent)]))
        object.__setattr__(self, "webhooks", dict(named[len(sent) :]))
        object.__setattr__(self, "notices", (*form.notices, *notices.found(), *doubled))
        for name, schema in self.schemas.items():
            self.resolve(schema, f"/components/schemas/{escape(name)}")
        for reference in form.references:
            self.resolve({"$ref": reference.target}, reference.pointer)

    def __reduce__(self) -> tuple[type[Document], tuple[Mapping[str, Json]]]:
        """Pickle the raw document; everything else is computed from it."""
        return Document, (self.source,)

    @cached_property
    def hosts(self) -> tuple[Server, ...]:
        """The servers of the document."""
        return servers.read(self.raw.get("servers") or [{"url": "/"}], "/servers")

    @cached_property
    def servers(self) -> tuple[str, ...]:
        """The base URLs without a final slash, one for every combination of variable values.

        A relative one has no host.
        """
        return tuple(url for server in self.hosts for url in server.urls())

    @property
    def schemas(self) -> Mapping[str, Json]:
        """The named component schemas."""
        components = _mapping(self.raw.get("components") or {}, "/components")
        return _mapping(components.get("schemas") or {}, "/components/schemas")

    def resolve(self, node: Json, pointer: str) -> tuple[Json, str]:
        """Follow `$ref` from a node to its target; return the target and its pointer."""
        return references.follow(self.raw, node, pointer)

    def at(self, pointer: str) -> Json:
        """Return the value at a JSON pointer; raise `DocumentInvalid` if there is none."""
        return references.at(self.raw, pointer)


def _named(found: Sequence[Operation]) -> tuple[list[tuple[str, Operation]], list[Problem]]:
    """Return the operations with their names; operations that share an operationId are named by method and path."""
    often = Counter(operation.id for operation in found)
    operations: list[tuple[str, Operation]] = []
    notices: dict[str, Problem] = {}
    for operation in found:
        if often[operation.id] > 1:
            message = (
                f"operationId {operation.id!r} is used {often[operation.id]} times; each is known by method and path"
            )
            at = f"#{operation.pointer}/operationId"
            notices.setdefault(operation.id, Problem(at, message, "give each an operationId of its own"))
            operation = replace(operation, id=_made(operation.method, operation.path))  # noqa: PLW2901 - the same, named
        operations.append((operation.id, operation))
    return operations, list(notices.values())


def _made(method: str, path: str) -> str:
    return f"{method} {path}"


def _mapping(value: Json, pointer: str) -> Mapping[str, Json]:
    """Return a mapping unchanged; raise `DocumentInvalid` for anything else."""
    if type(value) is not dict and not isinstance(value, Mapping):  # the first is the usual case, and faster
        raise DocumentInvalid(f"a mapping is needed, not {type(value).__name__}", pointer)
    return value


def _list(value: Json, pointer: str) -> list[Json]:
    """Return a list unchanged; raise `DocumentInvalid` for anything else."""
    if not isinstance(value, list):
        raise DocumentInvalid(f"a list is needed, not {type(value).__name__}", pointer)
    return value


def load(path: str | Path) -> Document:
    """Load an OpenAPI file, YAML or JSON, and the files in its folder that it refers to.

    Raises `FileNotFoundError`, or `DocumentInvalid` if the file does not hold a usable document.
    """
    source = Path(path)
    return Document(parse(source.read_bytes(), source))


def parse(text: bytes, source: Path) -> Mapping[str, Json]:
    """Parse an OpenAPI file and the files in its folder that it refers to.

    Raises `DocumentInvalid` if it is not a mapping.
    """
    raw = _parse(text, source)
    return files.join(raw, source, _parse) if files.leaves(text) else raw


def _parse(text: bytes, source: Path) -> Mapping[str, Json]:
    """Parse one file, as JSON or YAML by its suffix."""
    try:
        if source.suffix == ".json":
            raw = strict_json.load_slowly(text)  # a program that only reads a document does not need the fast reader
        else:
            from apicontract.openapi import yaml12  # noqa: PLC0415 - only for a document in YAML

            raw = yaml12.load(text)
    except ValueError as error:
        raise DocumentInvalid(f"{source.name} cannot be read: {error}") from None
    if not isinstance(raw, Mapping):
        held = "nothing" if raw is None else type(raw).__name__
        raise DocumentInvalid(f"{source.name} contains {held}, not an OpenAPI object")
    return raw


class _Operations:
    """Reads the operations, or the webhooks, of a raw document: both are path items."""

    def __init__(self, document: Document, section: Literal["paths", "webhooks"], notices: Notices) -> None:
        self._document = document
        self._section = section
        # The `security` of the document applies to requests to the API, not to what the API sends.
        self._security = document.raw.get("security") if section == "paths" else None
        self._notices = notices
        self._responses: dict[tuple[str, str, Streaming | None], Response] = {}
        """Responses already read, by key, pointer and the `x-streaming` of their operation."""

    def read(self) -> Iterator[Operation]:
        for path, item in self._table(self._document.raw, self._section, "").items():
            if path[:2] == "x-" and self._section == "paths":
                continue
            at = f"/{self._section}/{escape(path)}"
            if self._section == "paths" and path and path[0] != "/":
                self._notices.add(at, f"the path {path!r} does not begin with a slash, and is read as /{path}", _SLASH)
                path = f"/{path}"  # noqa: PLW2901 - the same path, as it was meant
            if self._empty(item, at):
                continue
            item, at = self._object(item, at)  # noqa: PLW2901 - the same item, found
            shared = list(self._parameters(item, at))
            own = item.get("servers") or ()
            hosts = servers.read(own, f"{at}/servers") if own else ()
            for method in METHODS:
                if method in item and not self._empty(item[method], f"{at}/{method}"):
                    yield self._operation(path, method, item[method], f"{at}/{method}", shared, hosts)
            for method, node in self._table(item, "additionalOperations", at).items():
                yield self._operation(path, method, node, f"{at}/additionalOperations/{escape(method)}", shared, hosts)

    def _empty(self, node: Json, pointer: str) -> bool:
        """Return whether a path item or an operation is missing or empty, and report it."""
        if node is None:
            self._notices.add(pointer, "this is empty, and is ignored", "describe it, or remove the key")
        return node is None

    def _table(self, node: Mapping[str, Json], key: str, pointer: str) -> Mapping[str, Json]:
        value = node.get(key)
        return {} if value is None else _mapping(value, f"{pointer}/{key}")

    def _object(self, node: Json, pointer: str) -> tuple[Mapping[str, Json], str]:
        """Follow a reference to an object of the document."""
        found, at = self._document.resolve(node, pointer)
        return _mapping(found, at), at

    def _operation(
        self,
        path: str,
        method: str,
        node: Mapping[str, Json],
        pointer: str,
        shared: list[Parameter],
        hosts: tuple[Server, ...],
    ) -> Operation:
        node = _mapping(node, pointer)
        own = list(self._parameters(node, pointer))
        security, signature = self._credentials(node, pointer)
        alternatives = [_key_headers(credentials) for credentials in security]
        overridden = {(parameter.location, parameter.name) for parameter in own}
        parameters = [*(p for p in shared if (p.location, p.name) not in overridden), *own]
        body = node.get("requestBody")
        given = node.get("servers") or ()
        read = dict(_extensions("operation" if self._section == "paths" else "webhook_operation", node, pointer))
        streaming = read.get("x-streaming")
        return Operation(
            id=str(node.get("operationId") or _made(method.upper(), path)),
            method=method.upper(),
            path=path,
            summary=str(node.get("summary", "")),
            description=str(node.get("description", "")),
            deprecated=bool(node.get("deprecated", False)),
            parameters=tuple(parameters if self._section == "webhooks" else self._placed(parameters, path, pointer)),
            request_body=None if body is None else self._request_body(body, f"{pointer}/requestBody"),
            responses={
                key.upper() if key != "default" else key: self._response(
                    key, value, f"{pointer}/responses/{escape(key)}", streaming
                )
                for key, value in self._table(node, "responses", pointer).items()
                if versions.is_status(key)
            },
            key_headers=next(filter(None, alternatives), ()),
            key_alternatives=() if () in alternatives else tuple(alternatives),
            key_queries=tuple(found.name for found in chain(*security) if found.place == "query"),
            security=security,
            pointer=pointer,
            extensions=read,
            servers=servers.read(given, f"{pointer}/servers") if given else hosts,
            signature=signature,
        )

    def _placed(self, parameters: list[Parameter], path: str, pointer: str) -> Iterator[Parameter]:
        """Yield the parameters that a request can have; those in the path are exactly those that its template names."""
        named = dict.fromkeys(PLACEHOLDER.findall(path))
        for parameter in parameters:
            if parameter.location != "path" or parameter.name in named:
                yield parameter
            else:
                message = f"the parameter {parameter.name!r} is not in the path {path}, and is ignored"
                self._notices.add(parameter.pointer, message, f"write {{{parameter.name}}} in it, or remove this")
        declared = {parameter.name for parameter in parameters if parameter.location == "path"}
        for name in (name for name in named if name not in declared):
            message = f"the path {path} has {{{name}}}, which is not declared; any string is accepted"
            self._notices.add(pointer, message, "declare it in `parameters`")
            node = {"name": name, "in": "path", "required": True}
            yield self._parameter(name, "path", node, pointer)

    def _parameters(self, node: Mapping[str, Json], pointer: str) -> Iterator[Parameter]:
        """Read the parameters of a path item or an operation, each once."""
        seen = set()
        for position, raw in enumerate(_list(node.get("parameters") or [], f"{pointer}/parameters")):
            value, at = self._object(raw, f"{pointer}/parameters/{position}")
            if not {"name", "in"} <= value.keys():
                raise DocumentInvalid("a parameter needs `name` and `in`", at)
            name, location = str(value["name"]), str(value["in"])
            if location == "header" and name.lower() in _NOT_PARAMETERS:
                continue
            if (name, location) in seen:
                message = f"the {location} parameter {name!r} is declared twice, and the first one counts"
                self._notices.add(f"{pointer}/parameters/{position}", message, "remove one of them")
                continue
            seen.add((name, location))
            yield self._parameter(name, location, value, at)

    def _parameter(self, name: str, location: str, node: Mapping[str, Json], pointer: str) -> Parameter:
        style = str(node.get("style") or ("form" if location in ("query", "cookie") else "simple"))
        schema, at = node.get("schema", True), f"{pointer}/schema"
        if content := self._content(node, pointer):
            media = next(iter(content.values()))
            kind = media_types.plain(media.name)
            schema, at = True if media.schema is None else media.schema, media.schema_pointer
            if location == "querystring" and kind == media_types.URLENCODED:
                location, style = "query", "form"  # the whole query is a form, whose fields are the properties
            elif media_types.is_json(kind):
                style = "json"
            else:
                style = "text"
                if not self._may_be_text(schema, at):
                    schema = True
                    message = f"a parameter in {kind} is not checked against its schema"
                    self._notices.add(pointer, message, "check it by other means")
        return Parameter(
            name=name,
            location=location,
            required=bool(node.get("required", False)),
            style=style,
            explode=bool(node.get("explode", style == "form")),
            schema=schema,
            pointer=pointer,
            schema_pointer=at,
            allow_empty=location == "query" and node.get("allowEmptyValue") is True,
        )

    def _may_be_text(self, schema: Json, pointer: str) -> bool:
        """Return whether all values of a schema can be text: it names neither objects nor arrays as its types."""
        found, _ = self._document.resolve(schema, pointer)
        types = found.get("type", "string") if isinstance(found, Mapping) else "string"
        return not {"object", "array"} & {*([types] if isinstance(types, str) else types)}

    def _request_body(self, node: Json, pointer: str) -> RequestBody:
        node, pointer = self._object(node, pointer)
        content = media_types.in_order(self._content(node, pointer))
        if not content:  # no media type is declared, so any may be sent
            content = {"*/*": MediaType("*/*", None, pointer, f"{pointer}/content", {}, {})}
        return RequestBody(bool(node.get("required", False)), content, pointer)

    def _response(self, key: str, node: Json, pointer: str, streaming: Streaming | None) -> Response:
        """Read a response; one that several operations share is read once."""
        node, pointer = self._object(node, pointer)
        streaming = streaming if key.startswith("2") else None
        found = self._responses.get((key, pointer, streaming))
        if found is None:
            name = key.upper() if key != "default" else key
            headers = self._headers(node, pointer)
            found = Response(name, self._content(node, pointer, streaming), headers, pointer)
            self._responses[key, pointer, streaming] = found
        return found

    def _headers(self, node: Mapping[str, Json], pointer: str) -> tuple[Parameter, ...]:
        """Read the headers of a response or a part, without `Content-Type`, which is described elsewhere."""
        found = []
        for name, raw in self._table(node, "headers", pointer).items():
            if name.lower() != "content-type":
                header, at = self._object(raw, f"{pointer}/headers/{escape(name)}")
                found.append(self._parameter(name, "header", header, at))
        return tuple(found)

    def _content(
        self, node: Mapping[str, Json], pointer: str, streaming: Streaming | None = None
    ) -> dict[str, MediaType]:
        found = {}
        declared = self._table(node, "content", pointer)
        several = Counter(map(media_types.plain, declared)) if len(declared) > 1 else {}
        for name, value in declared.items():
            value, at = self._object(value, f"{pointer}/content/{escape(name)}")  # noqa: PLW2901 - the same value, found
            examples = {
                key: example["value"]
                for key, given in self._table(value, "examples", at).items()
                if "value" in (example := self._object(given, f"{at}/examples/{escape(key)}")[0])
            }
            plain = media_types.plain(name)
            if several.get(plain, 1) > 1:  # distinguished only by its parameters
                plain = media_types.canonical(name)
            encoding = self._table(value, "encoding", at)
            headers = {
                key: self._headers(own, f"{at}/encoding/{escape(key)}")
                for key, own in encoding.items()
                if isinstance(own, Mapping) and "headers" in own
            }
            schema, schema_at, item = self._schema(media_types.plain(name), value, at)
            found[plain] = MediaType(plain, schema, at, schema_at, encoding, examples, headers, item, streaming)
        return found

    def _schema(self, name: str, node: Mapping[str, Json], pointer: str) -> tuple[Json, str, bool]:
        """Return the schema of a body or of an item of a stream, its pointer, and whether it is the schema of an item.

        In OpenAPI 3.2, `itemSchema` describes one item, and `schema` the whole stream as an array.
        """
        if "itemSchema" in node:
            return node["itemSchema"], f"{pointer}/itemSchema", True
        schema, at = node.get("schema"), f"{pointer}/schema"
        if name in media_types.STREAMS and str(self._document.raw.get("openapi", "")).startswith("3.2"):
            held, held_at = self._document.resolve(schema, at)
            if isinstance(held, Mapping) and held.get("type") == "array" and "items" in held:
                return held["items"], f"{held_at}/items", True
        return schema, at, False

    def _credentials(
        self, node: Mapping[str, Json], pointer: str
    ) -> tuple[tuple[tuple[Credential, ...], ...], Signature | None]:
        """Return the credentials of each security alternative, and the first signature that any of them requires."""
        given = node.get("security", self._security) or []
        schemes = self._table(self._table(self._document.raw, "components", ""), "securitySchemes", "/components")
        alternatives: list[tuple[Credential, ...]] = []
        signature: Signature | None = None
        for position, requirement in enumerate(_list(given, f"{pointer}/security")):
            found: list[Credential] = []
            for name in _mapping(requirement, f"{pointer}/security/{position}"):
                scheme, at = self._scheme(name, schemes, f"{pointer}/security/{position}/{escape(name)}")
                credential = _credential(name, scheme, at)
                if (signed := dict(_extensions("security_scheme", scheme, at)).get("x-signature")) is None:
                    found.append(credential)
                elif credential.place != "header":
                    raise DocumentInvalid("x-signature belongs to an apiKey in a header", f"{at}/x-signature")
                else:
                    signature = signature or replace(signed, header=credential.name, pointer=f"{at}/x-signature")
            alternatives.append(tuple(found))
        return tuple(alternatives), signature

    def _scheme(self, name: str, schemes: Mapping[str, Json], pointer: str) -> tuple[Mapping[str, Json], str]:
        """Return a security scheme by its name, or (since 3.2) by a reference; an empty one if it is not declared."""
        if name not in schemes and not name.startswith("#"):
            self._notices.add(pointer, f"no security scheme is called {name!r}", "declare it under `securitySchemes`")
            return {}, pointer
        if name in schemes:
            return self._object(schemes[name], f"/components/securitySchemes/{escape(name)}")
        return self._object({"$ref": name}, pointer)


def _credential(name: str, scheme: Mapping[str, Json], at: str) -> Credential:
    """Read a security scheme."""
    kind = scheme.get("type")
    if kind == "apiKey":
        if "name" not in scheme:
            raise DocumentInvalid("an API key needs a `name`", at)
        return Credential(name, _KEY_PLACES.get(str(scheme.get("in")), "other"), str(scheme["name"]))
    if kind == "http":
        return Credential(name, _HTTP_SCHEMES.get(str(scheme.get("scheme")).lower(), "other"))
    return Credential(name, "bearer" if kind in ("oauth2", "openIdConnect") else "other")


_KEY_PLACES: Mapping[str, CredentialPlace] = {"header": "header", "query": "query", "cookie": "cookie"}
_HTTP_SCHEMES: Mapping[str, CredentialPlace] = {"bearer": "bearer", "basic": "basic"}


def _key_headers(credentials: tuple[Credential, ...]) -> tuple[str, ...]:
    """Return the headers of a set of credentials that are all API keys in headers; none for any other set."""
    if any(found.place != "header" for found in credentials):
        return ()
    return tuple(found.name for found in credentials)


def _extensions(kind: str, node: Mapping[str, Json], pointer: str) -> Iterator[tuple[str, Any]]:
    """Read the extensions of an object of a kind."""
    for name, extension in extensions.of_kind(kind):
        value = node.get(name)
        if value is None or extension.reader is None:
            continue
        try:
            read = extension.reader(**{key: tuple(v) if isinstance(v, list) else v for key, v in value.items()})
            hash(read)  # an extension whose values are mappings is not one of ours
        except (AttributeError, TypeError) as error:
            raise DocumentInvalid(f"{name} is not understood: {error}", f"{pointer}/{name}") from None
        yield name, read
