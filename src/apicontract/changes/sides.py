"""Combine two documents, so that one schema can refer to both, to find values that distinguish them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Final, Literal, TypeAlias

from apicontract.changes.forms import Form, Forms
from apicontract.checks.assertion_form import FAMILIES, Direction, assertions
from apicontract.openapi import references
from apicontract.openapi.document import Document, Json
from apicontract.openapi.rebuild import Rebuild
from apicontract.values.boundaries import NOTHING, Boundary
from apicontract.values.constraints import Schema
from apicontract.values.document import DocumentValues
from apicontract.values.vocabulary import NotUnderstood

Side: TypeAlias = Literal["old", "new"]
Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]

SIDES: tuple[Side, Side] = ("old", "new")
OTHER: Mapping[Side, Side] = {"old": "new", "new": "old"}
IN_TEXT: Final = -1
"""The step from a string to the JSON in it."""
_TRIED = 24
_PATIENCE = 400
"""The maximum number of combinations of rules that a search tries, about half a second."""
_FULLEST = 40
_BOUNDARIES = 400


class Pair:
    """The old and the new document, as validators of messages in one direction see them."""

    def __init__(self, old: Document, new: Document, direction: Direction, forms: Forms) -> None:
        """Take the documents, and their shared formulas."""
        self._seen = {"old": assertions(old, direction), "new": assertions(new, direction)}
        self._forms = forms
        self._boundaries: dict[tuple[Side, str], tuple[Boundary, ...]] = {}

    def node(self, side: Side, pointer: str) -> Json:
        """Return the value at a pointer of one of the documents."""
        return references.at(self._seen[side][0], pointer)

    def root(self, side: Side, pointer: str) -> str:
        """Return the pointer into the document for a pointer into its compared form."""
        return self._seen[side][1].get(pointer, pointer)

    def form(self, side: Side, schema: Json) -> Form:
        """Return the formulas of a schema of one of the documents."""
        return self._forms.of(self._seen[side][0], schema)

    def at(self, pointer: str) -> Json:
        """Return the value at a pointer that begins with the name of the side."""
        return references.at(self._joined, pointer)

    def reference(self, side: Side, pointer: str) -> Schema:
        """Return a reference to the schema at a pointer of one of the documents."""
        return {"$ref": f"#/{side}{pointer}"}

    def values(self, *schemas: Schema, most: int = _TRIED) -> Iterator[Json]:
        """Yield values that probably fit all of some schemas, the simplest first; few, and perhaps none."""
        self._values.alternatives.patience = _PATIENCE
        try:
            yield from islice(self._values.boundaries.each(*schemas), most)
        except (NotUnderstood, RecursionError, LookupError, ValueError):
            return

    def impossible(self, *schemas: Schema) -> bool:
        """Return whether it is known that no value fits all of some schemas."""
        self._values.alternatives.patience = _PATIENCE
        try:
            found = next(self._values.alternatives.each(*schemas), None)
        except (NotUnderstood, RecursionError, LookupError, ValueError):
            return False
        return found is None and self._values.alternatives.whole

    def fullest(self, side: Side, pointer: str) -> Iterator[Json]:
        """Yield values of a schema with every possible property, one for each way to satisfy it; perhaps none."""
        self._values.alternatives.patience = _PATIENCE
        try:
            for alternative in islice(self._values.alternatives.each(self.reference(side, pointer)), _FULLEST):
                found = self._values.boundaries.filled(alternative, {}, optional=True)
                if found is not NOTHING:
                    yield found
        except (NotUnderstood, RecursionError, LookupError, ValueError):
            return

    def boundaries(self, side: Side, pointer: str) -> tuple[Boundary, ...]:
        """Return the values on the bounds of a schema."""
        key = side, pointer
        if key not in self._boundaries:
            self._values.alternatives.patience = 4 * _PATIENCE
            try:
                found = self._values.boundaries.of(self.reference(side, pointer))[:_BOUNDARIES]
            except (NotUnderstood, RecursionError, LookupError, ValueError):
                found = ()
            self._boundaries[key] = found
        return self._boundaries[key]

    @cached_property
    def _values(self) -> DocumentValues:
        return DocumentValues(self)

    @cached_property
    def _joined(self) -> Mapping[str, Json]:
        return {side: _renamed(seen, side) for side, (seen, _) in self._seen.items()}


def _renamed(document: Mapping[str, Json], side: str) -> Mapping[str, Json]:
    """Return a document in which references between schemas begin with the name of a side."""

    def change(kind: str, node: Json, path: list[str]) -> Json:  # noqa: ARG001 - what a walk calls
        if kind != "schema" or not isinstance(node, dict) or not str(node.get("$ref", "")).startswith("#/"):
            return node
        return {**node, "$ref": f"#/{side}{references.target_of(node['$ref'])}"}

    rebuild = Rebuild(change)
    found: Mapping[str, Json] = rebuild.document(document)
    if FAMILIES in document:  # at a place that only validators know
        families = rebuild.document({"components": {"schemas": document[FAMILIES]}})["components"]["schemas"]
        return {**found, FAMILIES: families}
    return found


def placed(path: Path, schema: Schema) -> Schema:
    """Return the schema of values that have, at a path, a value that fits a schema."""
    for step in reversed(path):
        if step == IN_TEXT:
            schema = {"kinds": ("string",), "contentMediaType": "application/json", "contentSchema": schema}
        elif isinstance(step, int):
            schema = {"kinds": ("array",), "minItems": 1, "prefixItems": [schema]}
        else:
            schema = {"kinds": ("object",), "required": [step], "properties": {step: schema}}
    return schema
