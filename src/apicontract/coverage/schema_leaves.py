"""A schema as a list of plain schemas, one for each combination of union branches, with joined keywords.

`allOf` and `$ref` are joined, `anyOf` and `oneOf` give one leaf for each branch. Conditions on values (`if`, `not`) are
ignored. That is enough to find bounds and lists of values; the validator decides whether a value fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from apicontract.openapi import bounds, media_types
from apicontract.openapi.document import Document, Json
from apicontract.openapi.keywords import UNIONS
from apicontract.openapi.pointer import escape

LocatedSchema = tuple[Json, str]
"""A schema and its pointer."""
MOST = 200
"""The maximum number of leaves of one place: more than practical unions have."""
ALL_TYPES = frozenset({"string", "integer", "number", "boolean", "array", "object", "null"})


@dataclass(frozen=True, slots=True)
class Union:
    """An `anyOf` or `oneOf`: its keyword, and its branches."""

    keyword: str
    branches: tuple[LocatedSchema, ...]
    pointer: str


@dataclass(frozen=True, slots=True)
class SchemaLeaf:
    """Plain schemas that a value satisfies together."""

    nodes: tuple[tuple[Mapping[str, Json], str], ...]

    @property
    def types(self) -> frozenset[str]:
        """The JSON types that are left; all of them if none is named."""
        left = ALL_TYPES
        for node, _ in self.nodes:
            if "type" in node:
                named = {node["type"]} if isinstance(node["type"], str) else set(map(str, node["type"] or ()))
                left &= frozenset(named | ({"integer"} if "number" in named else set()))
        return left

    @property
    def named(self) -> bool:
        """Whether any type is named."""
        return any("type" in node for node, _ in self.nodes)

    @property
    def schemas(self) -> Iterator[Mapping[str, Json]]:
        """The schemas without their pointers."""
        return (node for node, _ in self.nodes)

    def most(self, keyword: str) -> Any:
        """Return the greatest number under a keyword, the one that counts for a lower bound."""
        return bounds.most(self.schemas, keyword)

    def least(self, keyword: str) -> Any:
        """Return the least number under a keyword."""
        return bounds.least(self.schemas, keyword)

    @property
    def listed(self) -> list[Json] | None:
        """The values that `const` and `enum` leave; `None` if neither is given."""
        return bounds.listed(self.schemas)

    @property
    def required(self) -> frozenset[str]:
        """The names of the required properties."""
        return frozenset(str(name) for node, _ in self.nodes for name in _list(node, "required"))

    def properties(self) -> Iterator[tuple[str, LocatedSchema]]:
        """Yield the declared properties; a name may be repeated."""
        for node, pointer in self.nodes:
            for name, schema in _mapping(node, "properties").items():
                yield name, (schema, f"{pointer}/properties/{escape(name)}")

    def below(self, keyword: str) -> Iterator[LocatedSchema]:
        """Yield the non-trivial schemas under a keyword such as `items`."""
        for node, pointer in self.nodes:
            if isinstance(node.get(keyword), Mapping) and node[keyword]:
                yield node[keyword], f"{pointer}/{keyword}"

    def json_strings(self) -> Iterator[LocatedSchema]:
        """Yield the schemas of the JSON in a string."""
        for node, pointer in self.nodes:
            if media_types.is_json(str(node.get("contentMediaType", ""))):
                yield node.get("contentSchema", True), f"{pointer}/contentSchema"


class SchemaLeaves:
    """Finds the leaves and conditions of schemas of one document."""

    def __init__(self, document: Document) -> None:
        """Take the document, in which references are followed."""
        self._document = document
        self._joined: dict[str, list[tuple[Mapping[str, Json], str]]] = {}

    def leaves(self, schemas: Iterable[LocatedSchema]) -> list[SchemaLeaf]:
        """Return the leaves of schemas of which a value satisfies one."""
        found = (nodes for schema in schemas for nodes in self._leaves(schema, set()))
        return [SchemaLeaf(nodes) for nodes in islice(found, MOST)]

    def unions(self, schemas: Iterable[LocatedSchema]) -> list[Union]:
        """Return the unions in schemas, including those within branches of others."""
        found: dict[str, Union] = {}

        def visit(schema: LocatedSchema) -> None:
            for node, pointer in self.joined(schema):
                for keyword in UNIONS:
                    at = f"{pointer}/{keyword}"
                    if keyword in node and at not in found:
                        found[at] = Union(keyword, tuple(_branches(node, keyword, pointer)), at)
                        for branch in found[at].branches:
                            visit(branch)

        for schema in schemas:
            visit(schema)
        return list(found.values())

    def rules(self, schemas: Iterable[LocatedSchema], keyword: str) -> list[LocatedSchema]:
        """Return the values of a keyword in schemas that apply to every value."""
        return [
            (node[keyword], f"{pointer}/{keyword}")
            for schema in schemas
            for node, pointer in self.joined(schema)
            if isinstance(node.get(keyword), Mapping)
        ]

    def joined(self, schema: LocatedSchema) -> list[tuple[Mapping[str, Json], str]]:
        """Return a schema and those that it includes by `$ref` and `allOf`, each once."""
        if schema[1] in self._joined:
            return self._joined[schema[1]]
        found: dict[str, Mapping[str, Json]] = {}
        waiting = [schema]
        while waiting:
            node, pointer = waiting.pop(0)
            if isinstance(node, Mapping) and pointer not in found:
                found[pointer] = node
                if "$ref" in node:
                    waiting.append(self._document.resolve(node, pointer))
                waiting += _branches(node, "allOf", pointer)
        self._joined[schema[1]] = [(node, pointer) for pointer, node in found.items()]
        return self._joined[schema[1]]

    def _leaves(self, schema: LocatedSchema, entered: set[str]) -> Iterator[tuple[tuple[Mapping[str, Json], str], ...]]:
        """Yield the leaves of one schema: its own keywords, joined with each branch of each union.

        A branch is entered once, at its first occurrence: unions can be nested in each other.
        """
        if schema[0] is False:
            return
        own = self.joined(schema)
        alone = True
        for node, pointer in own:
            for branch in (*_branches(node, "anyOf", pointer), *_branches(node, "oneOf", pointer)):
                if branch[1] not in entered:
                    entered.add(branch[1])
                    for leaf in self._leaves(branch, entered):
                        alone = False
                        yield (*own, *leaf)
        if alone:
            yield tuple(own)


def _branches(node: Mapping[str, Json], keyword: str, pointer: str) -> list[LocatedSchema]:
    return [(branch, f"{pointer}/{keyword}/{position}") for position, branch in enumerate(_list(node, keyword))]


def _list(node: Mapping[str, Json], keyword: str) -> list[Json]:
    """Return the list under a keyword; the validator rejects anything else."""
    return node[keyword] if isinstance(node.get(keyword), list) else []


def _mapping(node: Mapping[str, Json], keyword: str) -> Mapping[str, Json]:
    return node[keyword] if isinstance(node.get(keyword), Mapping) else {}
