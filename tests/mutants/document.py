"""Document faults: each constraint of the bundled document removed, or moved by one step.

They are found by walking the document by kinds of objects, so that a new operation or bound is included, and a word
that only looks like a keyword (a property named `type`, a value of an example) is not taken for one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any, Final, TypeAlias

from tests.mutants import keywords

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

Tokens: TypeAlias = tuple[str | int, ...]


class Gone(Enum):
    """Stands for a value that is taken away, where null is a value."""

    GONE = "gone"


GONE: Final = Gone.GONE


@dataclass(frozen=True, slots=True)
class DocumentFault:
    """One change of the document: what stands at a place becomes something else."""

    tokens: Tokens
    value: Any
    """What stands there instead, or `GONE`."""
    kind: str
    """What kind of change it is, such as `maximum + 1`; one of each kind is planted for real."""
    detail: str = ""
    """Which of several changes of a kind at the place."""

    @property
    def label(self) -> str:
        """The place and the kind."""
        return f"document: #{pointer(self.tokens)}: {self.kind}" + (f" ({self.detail})" if self.detail else "")

    @property
    def change(self) -> str:
        """What stands there instead."""
        return "removed" if self.value is GONE else f"becomes {json.dumps(self.value)[:120]}"

    def applied(self, raw: Any) -> Any:
        """Return the changed document; what is not on the way to the place is shared with the given one."""
        return _changed(raw, self.tokens, self.value)


def pointer(tokens: Tokens) -> str:
    """Write tokens as a JSON pointer."""
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in tokens)


def document_faults(raw: Mapping[str, Any]) -> list[DocumentFault]:
    """Return every fault of a document, in its order."""
    return list(_Walk(raw).faults())


Faults: TypeAlias = Iterator[DocumentFault]


class _Walk:
    """Walks a document from its root."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self._shared: Mapping[str, Any] = raw["components"].get("responses", {})

    def faults(self) -> Faults:
        raw = self._raw
        for index, server in enumerate(raw["servers"]):
            yield DocumentFault(("servers", index, "url"), f"{server['url']}0", "server moved")
        yield DocumentFault(("security",), GONE, "security removed")
        for name in raw["x-client"]:
            yield DocumentFault(("x-client", name), f"{raw['x-client'][name]}_", "x-client changed")
        for path, item in raw["paths"].items():
            yield _renamed(("paths",), raw["paths"], path, f"{path}s", "path changed")
            for method in (key for key in item if key in METHODS):
                yield from self._operation(("paths", path), method, item)
        components = raw["components"]
        for name, scheme in components["securitySchemes"].items():
            for key in ("type", "in", "name"):
                place = ("components", "securitySchemes", name, key)
                yield DocumentFault(place, f"{scheme[key]}s", f"{key} of the key changed")
        for section, walk in (
            ("parameters", self._parameter),
            ("responses", self._response),
            ("headers", self._header),
        ):
            for name, component in components.get(section, {}).items():
                yield from walk(("components", section, name), component)
        for name, schema in components["schemas"].items():
            yield from self._schema(("components", "schemas", name), schema)

    def _operation(self, at: Tokens, method: str, item: Mapping[str, Any]) -> Faults:
        operation, here = item[method], (*at, method)
        yield DocumentFault(here, GONE, "operation removed")
        yield _renamed(at, item, method, next(other for other in METHODS if other not in item), "method changed")
        yield DocumentFault((*here, "operationId"), f"{operation['operationId']}s", "operation renamed")
        yield _turned((*here, "deprecated"), operation, "deprecated turned")
        for extension in (key for key in operation if key.startswith("x-")):
            yield DocumentFault((*here, extension), GONE, f"{extension} removed")
            inside = operation[extension]
            for key, value in inside.items() if isinstance(inside, Mapping) else ():
                place = (*here, extension, key)
                moved = [*value, "page"] if isinstance(value, list) else f"{value}s"
                yield DocumentFault(place, GONE, f"{extension} {key} removed")
                yield DocumentFault(place, moved, f"{extension} {key} changed")
        for index, parameter in enumerate(operation.get("parameters", ())):
            yield DocumentFault((*here, "parameters", index), GONE, "parameter removed")
            if "$ref" not in parameter:
                yield from self._parameter((*here, "parameters", index), parameter)
        if body := operation.get("requestBody"):
            yield DocumentFault((*here, "requestBody"), GONE, "request body removed")
            yield _turned((*here, "requestBody", "required"), body, "required body turned")
            yield from self._content((*here, "requestBody", "content"), body["content"])
        yield from self._responses((*here, "responses"), operation["responses"])

    def _responses(self, at: Tokens, responses: Mapping[str, Any]) -> Faults:
        for status, response in responses.items():
            yield DocumentFault((*at, status), GONE, "status removed")
            if status.isdigit():
                step = next(str(code) for code in range(int(status) + 1, 999) if str(code) not in responses)
                yield _renamed(at, responses, status, step, "status + 1")
            if "$ref" not in response:
                yield from self._response((*at, status), response)
                continue
            own = self._shared[response["$ref"].rpartition("/")[2]]
            # Responses that differ in words and examples alone are the same constraint.
            others = (name for name, other in self._shared.items() if _bare(other) != _bare(own))
            for name in islice(others, 1):
                place = (*at, status, "$ref")
                yield DocumentFault(place, f"#/components/responses/{name}", "another response")

    def _response(self, at: Tokens, response: Mapping[str, Any]) -> Faults:
        for name, header in response.get("headers", {}).items():
            yield DocumentFault((*at, "headers", name), GONE, "header removed")
            if "$ref" not in header:
                yield from self._header((*at, "headers", name), header)
        if "content" in response:
            yield from self._content((*at, "content"), response["content"])
        else:
            yield DocumentFault((*at, "content"), {"application/json": {"schema": True}}, "content added")

    def _header(self, at: Tokens, header: Mapping[str, Any]) -> Faults:
        yield _turned((*at, "required"), header, "required header turned")
        yield from self._schema((*at, "schema"), header["schema"])

    def _content(self, at: Tokens, content: Mapping[str, Any]) -> Faults:
        for name, media in content.items():
            yield DocumentFault((*at, name), GONE, "media type removed")
            yield _renamed(at, content, name, "application/xml", "media type changed")
            if "encoding" in media:
                yield DocumentFault((*at, name, "encoding"), GONE, "encoding removed")
            if "schema" in media:
                yield DocumentFault((*at, name, "schema"), GONE, "schema of a body removed")
                yield from self._schema((*at, name, "schema"), media["schema"])

    def _parameter(self, at: Tokens, parameter: Mapping[str, Any]) -> Faults:
        location = parameter["in"]
        yield DocumentFault((*at, "name"), f"{parameter['name']}s", "parameter renamed")
        yield DocumentFault((*at, "in"), "query" if location != "query" else "header", "location changed")
        yield _turned((*at, "required"), parameter, "required parameter turned")
        style = parameter.get("style", "form" if location in ("query", "cookie") else "simple")
        yield DocumentFault((*at, "style"), "deepObject" if style == "form" else "label", "style changed")
        if self._resolved(parameter["schema"]).get("type") in ("array", "object"):
            explode = parameter.get("explode", style == "form")
            yield DocumentFault((*at, "explode"), not explode, "explode turned")
        yield from self._schema((*at, "schema"), parameter["schema"])

    def _schema(self, at: Tokens, schema: Any) -> Faults:
        if not isinstance(schema, Mapping):
            return
        for keyword, value in schema.items():
            for step in keywords.steps(keyword, value, schema):
                moved = GONE if step.gone else step.value
                yield DocumentFault((*at, *step.tokens), moved, step.kind, step.detail)
        for tokens, below in keywords.subschemas(schema):
            yield from self._schema((*at, *tokens), below)

    def _resolved(self, schema: Any) -> Any:
        while "$ref" in schema:
            node: Any = self._raw
            for token in schema["$ref"].split("/")[1:]:
                node = node[token.replace("~1", "/").replace("~0", "~")]
            schema = node
        return schema


def _renamed(at: Tokens, mapping: Mapping[str, Any], old: str, new: str, kind: str) -> DocumentFault:
    renamed = {new if key == old else key: value for key, value in mapping.items()}
    return DocumentFault(at, renamed, kind, old)


def _turned(at: Tokens, owner: Mapping[str, Any], kind: str) -> DocumentFault:
    """Turn a flag whose absence means false."""
    return DocumentFault(at, GONE if owner.get(str(at[-1])) else True, kind)


def _bare(node: Any) -> Any:
    """Leave out what constrains nothing."""
    if isinstance(node, Mapping):
        return {key: _bare(value) for key, value in node.items() if key not in keywords.ANNOTATIONS}
    return node


def _changed(node: Any, tokens: Tokens, value: Any) -> Any:
    """Copy what is on the way to a place, and change what stands there."""
    if not tokens:
        return value
    first, *rest = tokens
    if isinstance(node, list):
        position = int(first)
        below = [] if value is GONE and not rest else [_changed(node[position], tuple(rest), value)]
        return [*node[:position], *below, *node[position + 1 :]]
    if not rest and value is GONE:
        if first not in node:
            raise KeyError(first)
        return {key: held for key, held in node.items() if key != first}
    return {**node, first: _changed(node[first] if rest else None, tuple(rest), value)}
