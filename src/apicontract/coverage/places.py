"""One place in a request, its cells, and the places within it.

Theory of operation
-------------------
A `Place` is built once for each location of an operation (`query.page_limit`, `body.models[].model_name`) and is walked
in parallel with the instance of each request. If a location has several schemas, because a union has several branches,
they share one place, and a value is invalid only if none of them admits it.

Schemas can be recursive. A schema is not entered again within itself, and places end at a depth of `DEEPEST` below the
parameter or body, or less if there would be more than `MOST` cells: deeper values are covered as part of their parents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from apicontract.checks.validation import Validators
from apicontract.coverage.cells import Cell, Kind
from apicontract.coverage.schema_leaves import LocatedSchema, SchemaLeaf, SchemaLeaves, Union
from apicontract.coverage.value_cases import SAMPLES, Predicate, value_cases
from apicontract.openapi import strict_json
from apicontract.openapi.document import Document, Json
from apicontract.openapi.violation import where
from apicontract.wire.carriers import JSON, Carrier

DEEPEST = 6
MOST = 1_000
"""The maximum number of cells of one parameter or body, if it can have fewer."""


class _TooMany(Exception):
    """There are more cells than allowed."""


@dataclass(slots=True)
class Place:
    """The cells of one place."""

    absent: Cell | None = None
    present: Cell | None = None
    tests: list[tuple[Cell, Predicate]] = field(default_factory=list)
    members: dict[str, Place] = field(default_factory=dict)
    others: Place | None = None
    """Undeclared keys."""
    items: Place | None = None
    inside: Place | None = None
    """The JSON in a string."""

    def walk(self, value: Json) -> Iterator[Cell]:
        """Yield the cells that a value exercises; a cell may be repeated."""
        if self.present is not None:
            yield self.present
        yield from (cell for cell, test in self.tests if test(value))
        if isinstance(value, dict):
            yield from self._walk_object(value)
        elif isinstance(value, list) and self.items is not None:
            for item in value:
                yield from self.items.walk(item)
        elif isinstance(value, str) and self.inside is not None:
            try:
                held = strict_json.load(value)
            except ValueError:
                return
            yield from self.inside.walk(held)

    def _walk_object(self, value: Mapping[str, Json]) -> Iterator[Cell]:
        for name, member in self.members.items():
            if name in value:
                yield from member.walk(value[name])
            elif member.absent is not None:
                yield member.absent
        if self.others is not None:
            undeclared = [item for name, item in value.items() if name not in self.members]
            yield from chain.from_iterable(map(self.others.walk, undeclared))
            if not undeclared and self.others.absent is not None:
                yield self.others.absent


class Places:
    """Builds the places of one operation, and its cells in document order."""

    def __init__(self, document: Document, validators: Validators, operation: str) -> None:
        """Take the document, its validators, and the operation's id."""
        self._validators = validators
        self._leaves = SchemaLeaves(document)
        self._operation = operation
        self.cells: dict[tuple[str, str], Cell] = {}
        """The cells, by place and case."""
        self._deepest = DEEPEST
        self._room = float("inf")

    def cell(self, place: str, case: str, kind: Kind, *, refusal: bool = False) -> Cell:
        """Return the cell of a place and case; the same object for the same arguments."""
        if len(self.cells) >= self._room and (place, case) not in self.cells:
            raise _TooMany
        return self.cells.setdefault((place, case), Cell(self._operation, place, case, kind, refusal))

    def place(self, place: str, schema: LocatedSchema, carrier: Carrier, *, optional: bool | None) -> Place:
        """Return the place of a parameter or body; `optional` is `None` if presence has no cells."""
        before = dict(self.cells)
        for self._deepest in range(DEEPEST, -1, -1):
            self._room = len(before) + MOST if self._deepest else float("inf")
            try:
                return self._place(place, (schema,), carrier, optional, frozenset(), 0)
            except _TooMany:
                self.cells = dict(before)
            finally:
                self._room = float("inf")
        raise AssertionError("at depth 0 there is room for any number")  # pragma: no cover - as it says

    def _place(
        self,
        place: str,
        schemas: Sequence[LocatedSchema],
        carrier: Carrier,
        optional: bool | None,
        entered: frozenset[str],
        depth: int,
    ) -> Place:
        built = Place()
        if optional:
            built.absent = self.cell(place, "absent", "presence")
        if optional is not None:
            built.present = self.cell(place, "present", "presence")
        leaves = self._leaves.leaves(schemas)
        for case in value_cases(leaves, carrier, self._admits(schemas)):
            cell = self.cell(place, case.case, case.kind, refusal=case.refusal)
            if cell not in (known for known, _ in built.tests):
                built.tests.append((cell, case.test))
        built.tests += self._rules(place, schemas, carrier)
        structure = [leaf for leaf in leaves if entered.isdisjoint(_holders(leaf))]
        if depth < self._deepest and structure:
            entered |= {pointer for leaf in structure for pointer in _holders(leaf)}
            self._enter(built, place, structure, carrier, entered, depth + 1)
        return built

    def _enter(
        self,
        built: Place,
        place: str,
        leaves: Sequence[SchemaLeaf],
        carrier: Carrier,
        entered: frozenset[str],
        depth: int,
    ) -> None:
        """Add the places within a place."""
        required = frozenset.intersection(*(leaf.required for leaf in leaves))
        members: dict[str, dict[str, LocatedSchema]] = {}
        for name, schema in chain.from_iterable(leaf.properties() for leaf in leaves if carrier.holds({})):
            members.setdefault(name, {})[schema[1]] = schema
        for name, found in members.items():
            if any(schema is not False for schema, _ in found.values()):
                at, own = where(place, [name]), carrier.member(name)
                built.members[name] = self._place(at, [*found.values()], own, name not in required, entered, depth)
        others = _distinct(leaf.below("additionalProperties") for leaf in leaves)
        if others and carrier.holds({}):
            fewest = max(1 if carrier.form == "string" else 0, *(leaf.most("minProperties") or 0 for leaf in leaves))
            optional = fewest <= len(built.members)
            built.others = self._place(f"{place}.*", others, carrier.member(_UNDECLARED), optional, entered, depth)
        items = _distinct(leaf.below("items") for leaf in leaves)
        if items and carrier.holds([]):
            built.items = self._place(f"{place}[]", items, carrier.items(), None, entered, depth)
        held = _distinct(leaf.json_strings() for leaf in leaves)
        if held:
            built.inside = self._place(place, held, JSON, None, entered, depth)

    # Rules between fields, and unions

    def _rules(
        self, place: str, schemas: Sequence[LocatedSchema], carrier: Carrier
    ) -> Iterator[tuple[Cell, Predicate]]:
        for union in self._leaves.unions(schemas):
            yield from self._alternatives(place, union, carrier)
        required = frozenset.intersection(*(leaf.required for leaf in self._leaves.leaves(schemas) or [SchemaLeaf(())]))
        for rule, _ in self._leaves.rules(schemas, "dependentRequired"):
            for name, needed in rule.items():
                for other in [str(o) for o in needed or () if o not in required]:
                    cell = self.cell(place, f"{name} without {other}", "alternative", refusal=True)
                    yield cell, _with_but_without(name, other)
        for number, (node, pointer) in enumerate(self._leaves.rules(schemas, "if"), 1):
            names = ", ".join(map(str, node.get("required") or node.get("properties") or ("a condition",)))
            met = self._fits(pointer)
            for word, wanted in (("met", True), ("not met", False)):
                cell = self.cell(place, f"rule {number} on {names}: {word}", "alternative")
                yield cell, _giving(met, wanted)

    def _alternatives(self, place: str, union: Union, carrier: Carrier) -> Iterator[tuple[Cell, Predicate]]:
        """Yield one cell for each branch that is not a list of values, which have a cell each."""
        names = [self._name(branch) for branch in union.branches]
        is_rule = all(name.startswith("with ") for name in names)
        fits = [self._fits(pointer) for _, pointer in union.branches]
        for index, (branch, name) in enumerate(zip(union.branches, names, strict=True)):
            leaves = self._leaves.leaves([branch])
            carried = any(_carried(leaf, carrier) for leaf in leaves)
            if carried and not all(leaf.listed is not None for leaf in leaves):
                name = f"{name} ({index + 1})" if names.count(name) > 1 else name  # noqa: PLW2901 - the same name, told apart
                test = fits[index] if is_rule else _first(fits, index)
                yield self.cell(place, name, "alternative"), test
        if is_rule:
            none = self.cell(place, "with none of them", "alternative", refusal=True)
            yield none, lambda value: isinstance(value, dict) and not any(fit(value) for fit in fits)
        if is_rule and union.keyword == "oneOf":
            several = self.cell(place, "with more than one", "alternative", refusal=True)
            yield several, lambda value: isinstance(value, dict) and sum(fit(value) for fit in fits) > 1

    def _name(self, branch: LocatedSchema) -> str:
        """Return the name of a branch: what it requires, the component that it refers to, its title or its type."""
        node, pointer = branch
        unnamed = f"as alternative {int(pointer.rpartition('/')[2]) + 1}"
        if not isinstance(node, Mapping):
            return unnamed
        if "$ref" in node:
            return f"as {str(node['$ref']).rpartition('/')[2]}"
        if node.get("required") and not node.keys() & {"type", "title", "allOf"}:
            return f"with {', '.join(node['required'])}"
        named = node.get("title") or node.get("type")
        if isinstance(named, list):
            named = " or ".join(named)
        return f"as {named}" if named else unnamed

    def _fits(self, pointer: str) -> Predicate:
        """Return a function that checks values against a schema, which is compiled on first use."""

        def fits(value: Json) -> bool:
            try:
                return self._validators.at(pointer).is_valid(value)
            except ValueError:  # nested too deeply, or an unusable schema, which the check of a request reports
                return False

        return fits

    def _admits(self, schemas: Sequence[LocatedSchema]) -> Predicate:
        fits = [self._fits(pointer) for _, pointer in schemas]
        return lambda value: any(fit(value) for fit in fits)


_UNDECLARED = "\0"


def _holders(leaf: SchemaLeaf) -> set[str]:
    """Return the pointers of the schemas of a leaf that contain other schemas."""
    inner = ("properties", "items", "additionalProperties")
    return {pointer for node, pointer in leaf.nodes if any(isinstance(node.get(key), Mapping) for key in inner)}


def _distinct(schemas: Iterator[Iterator[LocatedSchema]]) -> list[LocatedSchema]:
    return list({schema[1]: schema for schema in chain.from_iterable(schemas)}.values())


def _carried(leaf: SchemaLeaf, carrier: Carrier) -> bool:
    return any(carrier.holds(SAMPLES[name]) for name in leaf.types)


def _with_but_without(name: str, other: str) -> Predicate:
    return lambda value: isinstance(value, dict) and name in value and other not in value


def _giving(test: Callable[[Json], bool], wanted: bool) -> Predicate:
    return lambda value: test(value) is wanted


def _first(fits: Sequence[Predicate], index: int) -> Predicate:
    """Return a check for the first branch that fits: what an earlier one admits belongs to that one."""
    return lambda value: fits[index](value) and not any(fit(value) for fit in fits[:index])
