"""Check responses made from the schemas of the vendor's own OpenAPI documents against our document of their day.

The later documents of the vendor have no examples. So the smallest and the largest value of each response schema are
made, with each branch of a union and each listed value in turn, and with null wherever it is admitted. Our document
must accept every response that the vendor declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from twelvelabs_contract import Contract

Json = Any

METHODS = ("get", "put", "post", "patch", "delete")
MOMENT, IDENTIFIER = "2026-07-30T12:00:00Z", "66d0c1a2b3d4e5f601234567"
TURNS = 40
"""How many branches and listed values are tried; no list is longer."""
NULL = -1
"""The turn in which everything is null that may be."""
DEPTH = 9
"""Schemas that contain themselves are followed so far."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, and what our document says of it; `None` if the operation has no such status with a body."""

    operation: str
    status: int
    value: Json
    violations: tuple[str, ...] | None


def check(contract: Contract, vendor: Json) -> Iterator[Answer]:
    """Yield every answer that is made of a document of the vendor, checked."""
    ours = {(operation.method.lower(), _shape(operation.path)): operation.id for operation in contract.operations}
    for path, item in vendor["paths"].items():
        for method in METHODS:
            operation = ours.get((method, _shape(path))) if method in item else None
            if operation:
                for status, schema in _schemas(vendor, item[method]):
                    for value in values(vendor, schema):
                        yield Answer(operation, status, value, _violations(contract, operation, status, value))


def explained(answer: Answer, known: Iterable[tuple[str, int]]) -> bool:
    """Say whether an answer is one that is known to differ."""
    return any(answer.status == status and fnmatchcase(answer.operation, operation) for operation, status in known)


def _violations(contract: Contract, operation: str, status: int, value: Json) -> tuple[str, ...] | None:
    try:
        return tuple(map(str, contract.check_payload(value, operation=operation, status=status)))
    except LookupError:
        return None


def _schemas(vendor: Json, operation: Json) -> Iterator[tuple[int, Json]]:
    for status, response in operation["responses"].items():
        media = _resolved(vendor, response).get("content", {}).get("application/json")
        if media and str(status).isdecimal():
            yield int(status), media.get("schema", {})


def _shape(path: str) -> str:
    """Return a path without the names of its parameters, which the vendor changes, and without the version."""
    return re.sub(r"\{[^}]*\}", "{}", re.sub(r"^/v1\.3", "", path))


def values(document: Json, schema: Json) -> list[Json]:
    """Return values of a schema: the least and the largest, by each branch and listed value, and with nulls."""
    found: list[Json] = []
    for turn, full in (*((turn, full) for full in (False, True) for turn in range(TURNS)), (NULL, True)):
        value = _Values(document, turn, full).of(schema)
        if value not in found:
            found.append(value)
    return found


@dataclass(frozen=True, slots=True)
class _Values:
    """One way to choose: branches and listed values by `turn`, all properties and items if `full`."""

    document: Json
    turn: int
    full: bool

    def of(self, node: Json, depth: int = 0) -> Json:
        schema = _resolved(self.document, node)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return schema["enum"][self.turn % len(schema["enum"])]
        kinds = _kinds(schema)
        if self.turn == NULL and "null" in kinds:
            return None
        parts = [*self._parts(schema, depth)]
        plain = [part for part in parts if not isinstance(part, dict)]
        if plain:
            return plain[0]
        if parts or "properties" in schema or "object" in kinds:
            return self._object(schema, parts, depth)
        if "array" in kinds:
            return [self.of(schema.get("items", {}), depth + 1)] if self.full and depth < DEPTH else []
        return _scalar(schema, kinds, full=self.full)

    def _parts(self, schema: Json, depth: int) -> Iterator[Json]:
        for part in schema.get("allOf", ()):
            value = self.of(part, depth)
            if isinstance(value, dict) or _kinds(_resolved(self.document, part)):
                yield value
        for branches in (schema.get("oneOf", []), schema.get("anyOf", [])):
            others = [one for one in branches if _kinds(_resolved(self.document, one)) != ["null"]]
            if len(others) < len(branches) and self.turn == NULL:
                yield None
            elif others:
                rest = _Values(self.document, self.turn // len(others), self.full)
                yield rest.of(others[self.turn % len(others)], depth)

    def _object(self, schema: Json, parts: list[Json], depth: int) -> Json:
        made: dict[str, Json] = {}
        for part in parts:
            made |= part
        deeper = self.full and depth < DEPTH
        for name, property_ in schema.get("properties", {}).items():
            if deeper or name in schema.get("required", ()):
                value = self.of(property_, depth + 1)
                # Plain strings here; the prose, and other documents of the vendor, say what they are.
                made[name] = (
                    {"_at": MOMENT, "_id": IDENTIFIER}.get(name[-3:], value) if value in ("", "text") else value
                )
        extra = schema.get("additionalProperties")
        if deeper and isinstance(extra, dict) and not schema.get("properties"):
            made["key"] = self.of(extra, depth + 1)
        return made


def _kinds(schema: Json) -> list[str]:
    stated = schema.get("type", [])
    return ([stated] if isinstance(stated, str) else list(stated)) + (["null"] if schema.get("nullable") else [])


def _scalar(schema: Json, kinds: list[str], *, full: bool) -> Json:
    if "integer" in kinds or "number" in kinds:
        return schema.get("maximum", 7) if full else schema.get("minimum", 0)
    if "boolean" in kinds:
        return full
    if "[0-9a-fA-F]{24}" in schema.get("pattern", ""):
        return IDENTIFIER
    formats = {"date-time": MOMENT, "date": MOMENT[:10], "uri": "https://media.example.com/a"}
    return formats.get(schema.get("format", ""), "text" if full else "")


def _resolved(document: Json, node: Json) -> Json:
    while "$ref" in node:
        found = document
        for token in node["$ref"].removeprefix("#/").split("/"):
            found = found[token.replace("~1", "/").replace("~0", "~")]
        node = found
    return node
