"""The facts that the document states for an operation: every keyword except descriptions, with references followed.

Unknown keywords are included: everything that is not an annotation becomes a fact, so that a constraint which no row
states is reported as invented by the document.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from typing import Any

from tests.facts.comparison import RULE_KEYWORDS, Fact
from tests.facts.stated import labels

ANNOTATIONS = frozenset(("$comment", "description", "example", "externalDocs", "summary", "tags", "title"))
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_ROOTS = {"application/json": "body", "multipart/form-data": "form"}


class Reading:
    """Reads a raw document: the nodes of its operations, their facts, and the schemas that have rules."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self.operations: dict[str, tuple[str, str, Mapping[str, Any], Mapping[str, Any]]] = {}
        """Method, path, operation and path item, by operation id."""
        for path, item in raw["paths"].items():
            for method in (key for key in item if key in _METHODS):
                identity = item[method].get("operationId", f"{method.upper()} {path}")
                if identity in self.operations:
                    identity = f"{method.upper()} {path}, which calls itself {identity}"
                self.operations[identity] = (method.upper(), path, item[method], item)
        self.objects: dict[tuple[str, str], Mapping[str, Any]] = {}
        """The object schemas that were read, by operation and place."""
        self._operation = ""

    def found(self, operation: str) -> Iterator[Fact]:
        """Yield everything that the document says of an operation."""
        self._operation = operation
        method, path, node, item = self.operations[operation]
        yield "operation", "method", method
        yield "operation", "path", path
        yield from (("path item", key, item[key]) for key in item if key not in {*_METHODS, *ANNOTATIONS, "parameters"})
        for key, value in node.items():
            if key == "responses":
                for status, response in value.items():
                    yield from self._response(str(status), self._resolve(response))
            elif key == "requestBody":
                yield from self._request_body(self._resolve(value))
            elif key in ("x-pagination", "x-streaming", "x-waiting"):
                yield from ((key, name, detail) for name, detail in value.items())
            elif key == "deprecated":
                if value:
                    yield "operation", "deprecated", value
            elif key not in {*ANNOTATIONS, "operationId", "parameters"}:
                yield "operation", key, value
        for parameter in (*item.get("parameters", ()), *node.get("parameters", ())):
            yield from self._parameter(self._resolve(parameter))

    def inlined(self, node: Any) -> Any:
        """Return a schema with what it refers to put in its place; request schemas do not contain themselves."""
        if isinstance(node, Mapping):
            return {key: self.inlined(value) for key, value in self._resolve(node).items()}
        return [self.inlined(item) for item in node] if isinstance(node, list) else node

    def _resolve(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in node:
            target: Any = self._raw
            for token in node["$ref"].removeprefix("#/").split("/"):
                target = target[token.replace("~1", "/").replace("~0", "~")]
            beside = {key: value for key, value in node.items() if key != "$ref"}
            told_twice = {f"{key} beside $ref": beside[key] for key in beside.keys() & target.keys() - ANNOTATIONS}
            node = {**beside, **target, **told_twice}
        return node

    def _parameter(self, node: Mapping[str, Any]) -> Iterator[Fact]:
        location = node["in"]
        place = f"{location}.{node['name']}"
        yield place, "declared", True
        usual_style = "form" if location in ("query", "cookie") else "simple"
        style = node.get("style", usual_style)
        explode = node.get("explode", style == "form")
        schema = node.get("schema", {})
        if "type" not in (resolved := self._resolve(schema)) or resolved["type"] in ("array", "object"):
            yield place, "style", style
            yield place, "explode", explode
        elif style != usual_style:
            yield place, "style", style
        for key, value in node.items():
            if key in ("required", "deprecated"):
                if value:
                    yield place, key, value
            elif key not in {*ANNOTATIONS, "name", "in", "schema", "style", "explode"}:
                yield place, key, value
        yield from self._schema(place, schema)

    def _request_body(self, node: Mapping[str, Any]) -> Iterator[Fact]:
        for media_type, content in node["content"].items():
            place = _ROOTS.get(media_type, media_type)
            yield place, "media type", media_type
            for key, value in node.items():
                if key not in {*ANNOTATIONS, "content"} and (key, value) != ("required", False):
                    yield place, key, value
            yield from self._content(place, content)

    def _response(self, status: str, node: Mapping[str, Any]) -> Iterator[Fact]:
        yield status, "declared", True
        for key, value in node.items():
            if key == "headers":
                for name, raw in value.items():
                    place, header = f"{status} header {name}", self._resolve(raw)
                    yield place, "declared", True
                    yield from self._schema(place, header.get("schema", {}))
                    yield from ((place, k, v) for k, v in header.items() if k not in {*ANNOTATIONS, "schema"})
            elif key == "content":
                for media_type, content in value.items():
                    yield f"{status} {media_type}", "declared", True
                    yield from self._content(f"{status} {media_type}", content)
            elif key not in ANNOTATIONS:
                yield status, key, value

    def _content(self, place: str, node: Mapping[str, Any]) -> Iterator[Fact]:
        yield from ((place, key, node[key]) for key in node if key not in {*ANNOTATIONS, "examples", "schema"})
        yield from self._schema(place, node.get("schema", {}))

    def _schema(self, place: str, node: Any) -> Iterator[Fact]:
        if isinstance(node, bool):
            yield place, "schema", node
            return
        node = self._resolve(node)
        if "type" not in node and ("anyOf" in node or "oneOf" in node):
            node = yield from self._union(place, node)
        elif node.get("type") == "object":
            self.objects[self._operation, place] = node
        yield from self._properties(place, node)
        told_elsewhere = {*ANNOTATIONS, "properties", "required"}
        if node.get("type") == "object":
            told_elsewhere |= RULE_KEYWORDS
        for key, value in node.items():
            if key == "items":
                yield from self._schema(f"{place}[]", value)
            elif key == "contentSchema":
                yield from self._schema(f"{place}:json", value)
            elif key == "additionalProperties" and not isinstance(value, bool):
                yield f"{place}.*", "declared", True
                yield from self._schema(f"{place}.*", value)
            elif key not in told_elsewhere and (key, value) != ("deprecated", False):
                yield place, key, value

    def _properties(self, place: str, node: Mapping[str, Any]) -> Iterator[Fact]:
        properties, required = node.get("properties", {}), node.get("required", ())
        for name in sorted({*properties, *required}):
            if name in properties:
                yield f"{place}.{name}", "declared", True
                yield from self._schema(f"{place}.{name}", properties[name])
            if name in required:
                yield f"{place}.{name}", "required", True

    def _union(self, place: str, node: Mapping[str, Any]) -> Generator[Fact, None, Mapping[str, Any]]:
        """Yield the alternatives of a union, and return what else the schema says."""
        rest = dict(node)
        keyword = "oneOf" if "oneOf" in node else "anyOf"
        alternatives = rest.pop(keyword)
        discriminator = rest.pop("discriminator", None)
        if len(alternatives) == 2 and alternatives[1] == {"type": "string"} and _is_open_list(alternatives[0]):
            yield place, "type", "string"
            yield place, "known", alternatives[0]["enum"]
        elif discriminator is not None:
            mapping = discriminator.get("mapping", {})
            yield from (
                (place, f"discriminator {key}", discriminator[key]) for key in discriminator if key != "mapping"
            )
            yield place, keyword, tuple(mapping)
            if {reference: {"$ref": reference} for reference in mapping.values()} != {
                one.get("$ref"): one for one in alternatives
            }:
                yield place, f"{keyword} other than the mapping", alternatives
            for value, reference in mapping.items():
                yield from self._schema(f"{place}<{value}>", {"$ref": reference})
        else:
            names = labels([str(self._resolve(one).get("type", "any")) for one in alternatives])
            yield place, keyword, names
            for name, one in zip(names, alternatives, strict=True):
                yield from self._schema(f"{place}<{name}>", one)
        return rest


def _is_open_list(schema: Mapping[str, Any]) -> bool:
    return schema.keys() == {"type", "enum"} and schema["type"] == "string"
