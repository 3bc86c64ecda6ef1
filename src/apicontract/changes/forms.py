"""A schema as a formula of what it admits, so that two ways to write the same rule become the same object.

Theory of operation
-------------------
A keyword applies to one kind of value, and values of other kinds satisfy it. So a schema is, for each kind, a formula
over that kind's rules only: `{"type": ["string", "null"], "maxLength": 5}` is "at most 5 long" for strings, true for
null and false for all others, and so is the `anyOf` of the two. `allOf` is a conjunction, `anyOf` a disjunction, `if`
is "not if, or then", a list of values is a set, annotations are removed, and references are followed.

Two documents share one table of formulas. Equal formulas are one object, so comparing equal subtrees is a comparison of
two identities. Implication (`implies`) is proved by cases, each rule by itself: "no" means not proved. Every "yes" is
right; for the others, a value that distinguishes the two schemas is searched.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from apicontract.checks.assertions import asserts
from apicontract.openapi.document import Json
from apicontract.openapi.references import at, target_of
from apicontract.values.constraints import KINDS, kind_of, kinds_of_type
from apicontract.values.formats import FORMATS

_NUMBERS = ("integer", "fraction")
_FORMATS = frozenset(
    {*FORMATS, "idn-email", "idn-hostname", "iri", "iri-reference", "uri-template", "json-pointer"}
    | {"relative-json-pointer", "regex", "binary"}
)
"""The formats that distinguish values: those that are asserted, and those of files."""
_COUNTS: Final = {
    "minLength": ("string", "maxLength", -1),
    "maxLength": ("string", "minLength", 1),
    "minItems": ("array", "maxItems", -1),
    "maxItems": ("array", "minItems", 1),
    "minProperties": ("object", "maxProperties", -1),
    "maxProperties": ("object", "minProperties", 1),
}
"""Keyword of a size -> kind, the opposite keyword, and the step to it."""

_WHOLE: Final = ("contentMediaType", "contentEncoding", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties")
"""Keywords that are compared as written: only equality is proved."""
_EXPANDED = 3
"""The maximum number of overlapping branches that are written as "exactly one"."""
_DEPTH = 40
_STEPS = 400
"""The maximum number of steps of a proof: enough for one rule written in two ways, and cheap if there is none."""

_PATIENCE = 10


class Node:
    """One formula; equal formulas are the same object."""

    __slots__ = ("args", "serial", "tag")

    def __init__(self, tag: str, args: tuple[Any, ...], serial: int) -> None:
        self.tag = tag
        self.args = args
        self.serial = serial

    def __repr__(self) -> str:
        return f"{self.tag}({', '.join(map(repr, self.args))})" if self.args else self.tag


Form = tuple[Node, ...]
"""The formulas of a schema, in the order of `KINDS`."""


@dataclass(slots=True)
class Forms:
    """The formulas of the schemas of two documents."""

    _nodes: dict[tuple[str, tuple[Any, ...]], Node] = field(default_factory=dict)
    _known: dict[tuple[int, int], tuple[Json, Json, Form]] = field(default_factory=dict)
    """Forms by the identities of document and schema, which are kept alive so that their ids stay unique."""
    _entered: list[tuple[int, int]] = field(default_factory=list)
    _lowest: list[int] = field(default_factory=list)
    _joined: dict[frozenset[Node], Node] = field(default_factory=dict)
    _implied: dict[tuple[Node, Node], bool] = field(default_factory=dict)
    _steps: int = 0

    @property
    def true(self) -> Node:
        """The formula that every value satisfies."""
        return self.node("true")

    @property
    def false(self) -> Node:
        """The formula that no value satisfies."""
        return self.node("false")

    def node(self, tag: str, *args: Any) -> Node:
        """Return the unique formula with these parts."""
        key = (tag, args)
        found = self._nodes.get(key)
        if found is None:
            found = self._nodes[key] = Node(tag, args, len(self._nodes))
        return found

    def of(self, document: Mapping[str, Json], schema: Json, reference: str = "") -> Form:
        """Return the formulas of a schema of a document; `reference` is the pointer that led to it."""
        if isinstance(schema, bool) or not isinstance(schema, Mapping):
            return (self.false if schema is False else self.true,) * len(KINDS)
        key = (id(document), id(schema))
        if key in self._known:
            return self._known[key][2]
        if key in self._entered:
            depth = self._entered.index(key)
            self._lowest[-1] = min(self._lowest[-1], depth)
            return (self.node("again", len(self._entered) - depth, reference),) * len(KINDS)
        self._entered.append(key)
        self._lowest.append(len(self._entered))
        found = self._conjoined(self._read(document, schema))
        self._entered.pop()
        lowest = self._lowest.pop()
        if lowest >= len(self._entered):  # the result of a schema that refers only to itself is final
            self._known[key] = document, schema, found
        elif self._lowest:
            self._lowest[-1] = min(self._lowest[-1], lowest)
        return found

    def equal(self, one: Form, other: Form) -> bool:
        """Return whether two schemas are proved to admit the same values."""
        return one == other or (self.included(one, other) and self.included(other, one))

    def included(self, one: Form, other: Form, *, patient: bool = False) -> bool:
        """Return whether it is proved that every value of one schema fits another.

        `patient` permits a longer search, for when nothing else is left to try.
        """
        self._steps = _STEPS * (_PATIENCE if patient else 1)
        if patient:
            self._implied = {key: proved for key, proved in self._implied.items() if proved}
        return self._included(one, other)

    # From schemas to formulas

    def _read(self, document: Mapping[str, Json], schema: Mapping[str, Json]) -> Iterable[Form]:
        """Yield the formulas of each keyword of a schema."""

        def below(inner: Json) -> Form:
            return self.of(document, inner)

        for keyword, value in schema.items():
            reader = _READERS.get(keyword)
            if reader is not None:
                yield reader(self, schema, value, below)
            elif keyword == "$ref":
                yield self.of(document, at(document, target_of(value)), value)
            elif keyword in _COUNTS:
                yield self._count(keyword, value)
            elif keyword in _WHOLE:
                yield self._everywhere(self.node("whole", keyword, text(value)))
        if "contentSchema" in schema and "contentMediaType" in schema:
            yield self._only("string", self.node("content", below(schema["contentSchema"])))

    def _everywhere(self, node: Node) -> Form:
        return (node,) * len(KINDS)

    def _only(self, kind: str, node: Node) -> Form:
        return tuple(node if known == kind else self.true for known in KINDS)

    def _count(self, keyword: str, value: Json) -> Form:
        kind, _, step = _COUNTS[keyword]
        value = int(value)
        return self._only(kind, self.true if step < 0 and value <= 0 else self.node(keyword, value))

    def _type(self, _: Mapping[str, Json], value: Json, __: Callable[[Json], Form]) -> Form:
        kinds = kinds_of_type(value)
        return tuple(self.true if kind in kinds else self.false for kind in KINDS)

    def _enum(self, _: Mapping[str, Json], value: Json, __: Callable[[Json], Form]) -> Form:
        return tuple(self._in(kind, {text(item) for item in value if kind_of(item) == kind}) for kind in KINDS)

    def _const(self, schema: Mapping[str, Json], value: Json, below: Callable[[Json], Form]) -> Form:
        return self._enum(schema, [value], below)

    def _in(self, kind: str, values: set[str]) -> Node:
        if not values:
            return self.false
        if (kind == "null") or (kind == "boolean" and len(values) == 2):
            return self.true
        return self.node("in", frozenset(values))

    def _bound(self, tag: str, value: Json, *, opened: bool) -> Form:
        limit = number(value)
        return tuple(
            self._limit(tag, limit, opened=opened, whole=kind == "integer") if kind in _NUMBERS else self.true
            for kind in KINDS
        )

    def _limit(self, tag: str, limit: float, *, opened: bool, whole: bool) -> Node:
        if whole and tag == "low":
            return self.node(tag, math.floor(limit) + 1 if opened else math.ceil(limit), False)
        if whole:
            return self.node(tag, math.ceil(limit) - 1 if opened else math.floor(limit), False)
        return self.node(tag, limit, opened)

    def _multiple(self, _: Mapping[str, Json], value: Json, __: Callable[[Json], Form]) -> Form:
        step = number(value)
        integer = self.true if step == 1 else self.node("multipleOf", step)
        found = {"integer": integer, "fraction": self.false if step == int(step) else self.node("multipleOf", step)}
        return tuple(found.get(kind, self.true) for kind in KINDS)

    def _format(self, _: Mapping[str, Json], value: Json, __: Callable[[Json], Form]) -> Form:
        return self._only("string", self.node("format", value) if value in _FORMATS else self.true)

    def _every(self, _: Mapping[str, Json], value: Json, below: Callable[[Json], Form]) -> Form:
        return self._conjoined(map(below, value))

    def _any(self, _: Mapping[str, Json], value: Json, below: Callable[[Json], Form]) -> Form:
        return tuple(self.any(*column) for column in zip(*map(below, value), strict=True))

    def _one(self, _: Mapping[str, Json], value: Json, below: Callable[[Json], Form]) -> Form:
        columns = zip(*map(below, value), strict=True)
        return tuple(self._exactly_one(column, kind) for column, kind in zip(columns, KINDS, strict=True))

    def _exactly_one(self, branches: tuple[Node, ...], kind: str) -> Node:
        left = [branch for branch in branches if branch is not self.false]
        if left.count(self.true) > 1:
            return self.false
        disjoint = all(
            self.all(one, other) is self.false for number, one in enumerate(left) for other in left[number + 1 :]
        )
        if disjoint:
            return self.any(*left)
        if len(left) <= _EXPANDED:
            others = [[self.no(other, kind) for other in left if other is not branch] for branch in left]
            if len({id(branch) for branch in left}) == len(left):
                return self.any(*(self.all(one, *rest) for one, rest in zip(left, others, strict=True)))
        return self.node("one", tuple(sorted(left, key=lambda node: node.serial)))

    def _not(self, _: Mapping[str, Json], value: Json, below: Callable[[Json], Form]) -> Form:
        return self._negated(below(value))

    def _negated(self, form: Form) -> Form:
        return tuple(self.no(node, kind) for node, kind in zip(form, KINDS, strict=True))

    def _if(self, schema: Mapping[str, Json], value: Json, below: Callable[[Json], Form]) -> Form:
        condition = below(value)
        refused = self._negated(condition)
        then, otherwise = below(schema.get("then", True)), below(schema.get("else", True))
        return tuple(
            self.all(self.any(unmet, a), self.any(met, b))
            for met, unmet, a, b in zip(condition, refused, then, otherwise, strict=True)
        )

    def _required(self, _: Mapping[str, Json], value: Json, __: Callable[[Json], Form]) -> Form:
        return self._only("object", self.all(*(self.node("has", name) for name in value)))

    def _dependent(self, _: Mapping[str, Json], value: Json, __: Callable[[Json], Form]) -> Form:
        rules = (
            self.any(self._property(name, self._nothing()), self.node("has", other))
            for name, needed in value.items()
            for other in needed
        )
        return self._only("object", self.all(*rules))

    def _nothing(self) -> Form:
        return self._everywhere(self.false)

    def _property(self, name: str, form: Form) -> Node:
        return self.true if form == self._everywhere(self.true) else self.node("property", name, form)

    def _properties(self, _: Mapping[str, Json], value: Json, below: Callable[[Json], Form]) -> Form:
        return self._only("object", self.all(*(self._property(name, below(inner)) for name, inner in value.items())))

    def _by_pattern(self, _: Mapping[str, Json], value: Json, below: Callable[[Json], Form]) -> Form:
        rules = (self.node("patterned", pattern, below(inner)) for pattern, inner in value.items())
        return self._only("object", self.all(*rules))

    def _others(self, schema: Mapping[str, Json], value: Json, below: Callable[[Json], Form]) -> Form:
        form = below(value)
        if form == self._everywhere(self.true):
            return form
        names, patterns = frozenset(schema.get("properties", ())), frozenset(schema.get("patternProperties", ()))
        return self._only("object", self.node("others", names, patterns, form))

    def _names(self, _: Mapping[str, Json], value: Json, below: Callable[[Json], Form]) -> Form:
        form = below(value)
        strings = form[KINDS.index("string")]
        return self._only("object", self.true if strings is self.true else self.node("names", form))

    def _items(self, schema: Mapping[str, Json], value: Json, below: Callable[[Json], Form]) -> Form:
        form = below(value)
        whole = form == self._everywhere(self.true)
        return self._only("array", self.true if whole else self.node("items", len(schema.get("prefixItems", ())), form))

    def _first(self, _: Mapping[str, Json], value: Json, below: Callable[[Json], Form]) -> Form:
        return self._only("array", self.all(*(self.node("item", n, below(inner)) for n, inner in enumerate(value))))

    def _contains(self, schema: Mapping[str, Json], value: Json, below: Callable[[Json], Form]) -> Form:
        least, most = schema.get("minContains", 1), schema.get("maxContains")
        return self._only("array", self.node("contains", below(value), least, most))

    def _unique(self, _: Mapping[str, Json], value: Json, __: Callable[[Json], Form]) -> Form:
        return self._only("array", self.node("unique") if value else self.true)

    def _conjoined(self, forms: Iterable[Form]) -> Form:
        columns = zip(*[self._everywhere(self.true), *forms], strict=True)
        return tuple(self.all(*column) for column in columns)

    # Formulas

    def all(self, *nodes: Node) -> Node:
        """Return the conjunction of formulas of one kind of value; `false` if they obviously contradict each other."""
        key = frozenset(nodes)
        if key not in self._joined:
            self._joined[key] = self._all_of(nodes)
        return self._joined[key]

    def _all_of(self, nodes: Iterable[Node]) -> Node:
        left: set[Node] = set()
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if node.tag == "and":
                waiting += node.args[0]
            elif node.tag == "false":
                return node
            elif node.tag != "true":
                left.add(node)
        merged = _merged(self, left)
        if merged is None:
            return self.false
        left = merged
        for choice in [node for node in left if node.tag == "or"]:
            if any(member in left for member in choice.args[0]):
                left.discard(choice)
        if not left:
            return self.true
        return next(iter(left)) if len(left) == 1 else self.node("and", frozenset(left))

    def any(self, *nodes: Node) -> Node:
        """Return the disjunction of formulas of one kind of value."""
        left: set[Node] = set()
        values: set[str] = set()
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if node.tag == "or":
                waiting += node.args[0]
            elif node.tag == "true":
                return node
            elif node.tag == "in":
                values |= node.args[0]
            elif node.tag != "false":
                left.add(node)
        if values:
            left.add(self._in("boolean" if values == {"true", "false"} else "", values))
        if self.true in left:
            return self.true
        for node in [node for node in left if node.tag == "and"]:
            if not left.isdisjoint(node.args[0]):  # a choice without a condition includes the same one with it
                left.discard(node)
        if any(self.node("not", node) in left for node in left):
            return self.true
        if not left:
            return self.false
        return next(iter(left)) if len(left) == 1 else self._factored(left)

    def _factored(self, left: set[Node]) -> Node:
        """Factor out what all branches of a disjunction share."""
        sets = [node.args[0] if node.tag == "and" else frozenset([node]) for node in left]
        shared = frozenset.intersection(*sets)
        if not shared:
            return self.node("or", frozenset(left))
        return self.all(*shared, self.any(*(self.all(*(members - shared)) for members in sets)))

    def no(self, node: Node, kind: str) -> Node:
        """Return the negation of a formula of a kind of value."""
        tag, args = node.tag, node.args
        if tag in ("true", "false"):
            return self.false if tag == "true" else self.true
        if tag == "not":
            found: Node = args[0]
            return found
        if tag in ("and", "or"):
            return (self.any if tag == "and" else self.all)(*(self.no(member, kind) for member in args[0]))
        if tag in ("low", "high"):
            other = "high" if tag == "low" else "low"
            return self._limit(other, args[0], opened=not args[1], whole=kind == "integer")
        if tag in _COUNTS:
            _, other, step = _COUNTS[tag]
            return self.node(other, args[0] + step)
        if tag == "has":
            return self.node("property", args[0], self._nothing())
        if tag == "property":
            return self.all(self.node("has", args[0]), self._property(args[0], self._negated(args[1])))
        return self.node("not", node)

    # Proofs

    def _included(self, one: Form, other: Form) -> bool:
        return one == other or all(self._implies(a, b, k) for a, b, k in zip(one, other, KINDS, strict=True))

    def _implies(self, one: Node, other: Node, kind: str, depth: int = 0) -> bool:
        """Return whether it is proved that one formula of a kind implies another."""
        if one is other or one.tag == "false" or other.tag == "true":
            return True
        if one.tag == "true" and other.tag not in ("or", "and"):
            return False
        self._steps -= 1
        if depth > _DEPTH or self._steps < 0:
            return False
        key = (one, other)
        if key not in self._implied:
            self._implied[key] = False  # in progress
            self._implied[key] = self._proved(one, other, kind, depth + 1)
        return self._implied[key]

    def _proved(self, one: Node, other: Node, kind: str, depth: int) -> bool:
        if other.tag == "and":
            return all(self._implies(one, member, kind, depth) for member in other.args[0])
        if one.tag in ("or", "one"):
            return all(self._implies(member, other, kind, depth) for member in one.args[0])
        parts = one.args[0] if one.tag == "and" else frozenset([one])
        if other.tag != "or":
            if self._rule(parts, other, depth) or self.all(one, self.no(other, kind)) is self.false:
                return True
            return self._by_cases(parts, other, kind, depth)
        # The cheapest first: equal rules, then each case by itself, then the rules of a branch one by one.
        if any((member.args[0] if member.tag == "and" else {member}) <= parts for member in other.args[0]):
            return True
        if self._by_cases(parts, other, kind, depth):
            return True
        if any(self._implies(one, member, kind, depth) for member in other.args[0]):
            return True
        for member in sorted(other.args[0], key=lambda node: node.serial):
            rest = self.any(*(other.args[0] - {member}))
            if self._implies(self.all(one, self.no(member, kind)), rest, kind, depth):
                return True
        return False

    def _by_cases(self, parts: frozenset[Node], other: Node, kind: str, depth: int) -> bool:
        """Return whether a formula follows from every alternative of one of the parts."""
        for choice in sorted((part for part in parts if part.tag in ("or", "one")), key=lambda node: node.serial):
            others = parts - {choice}
            members: Iterable[Node] = choice.args[0]
            if all(self._implies(self.all(*others, member), other, kind, depth) for member in members):
                return True
        return False

    def _rule(self, parts: frozenset[Node], other: Node, depth: int) -> bool:
        """Return whether one rule follows from several together."""
        tag, args = other.tag, other.args
        listed = next((part.args[0] for part in parts if part.tag == "in"), None)
        if listed is not None and all(holds(json.loads(value), other) for value in listed):
            return True
        for part in parts:
            if part.tag == tag and self._follows(part, other, depth):
                return True
        if tag == "property":
            return any(
                part.tag == "others" and not part.args[1] and args[0] not in part.args[0]
                and self._within(part.args[2], args[1], depth)
                for part in parts
            )  # fmt: skip
        if tag == "others":
            return self._all_others(parts, args[0], args[1], args[2], depth)
        return False

    def _follows(self, part: Node, other: Node, depth: int) -> bool:
        """Return whether one rule follows from another of the same keyword."""
        mine, args = part.args, other.args
        match other.tag:
            case "low":
                return bool(mine[0] > args[0] or (mine[0] == args[0] and (mine[1] or not args[1])))
            case "high":
                return bool(mine[0] < args[0] or (mine[0] == args[0] and (mine[1] or not args[1])))
            case "minLength" | "minItems" | "minProperties":
                return bool(mine[0] >= args[0])
            case "maxLength" | "maxItems" | "maxProperties":
                return bool(mine[0] <= args[0])
            case "multipleOf":
                return bool(args[0] and math.remainder(mine[0], args[0]) == 0)
            case "in":
                return bool(mine[0] <= args[0])
            case "property" | "patterned" | "item" | "items":
                return bool(mine[0] == args[0]) and self._within(mine[1], args[1], depth)
            case "names" | "content":
                return self._within(mine[0], args[0], depth)
            case "contains":
                return self._within(mine[0], args[0], depth) and mine[1] >= args[1] and mine[2] == args[2] is None
        return False

    def _within(self, one: Form, other: Form, depth: int) -> bool:
        return one == other or all(self._implies(a, b, k, depth) for a, b, k in zip(one, other, KINDS, strict=True))

    def _all_others(
        self, parts: frozenset[Node], names: frozenset[str], patterns: frozenset[str], form: Form, depth: int
    ) -> bool:
        """Return whether every property besides some names has a form."""
        for part in parts:
            if part.tag == "others" and part.args[1] == patterns and self._within(part.args[2], form, depth):
                own = {p.args[0]: p.args[1] for p in parts if p.tag == "property"}
                anything = self._everywhere(self.true)
                if all(self._within(own.get(name, anything), form, depth) for name in part.args[0] - names):
                    return True
        return False


_READERS: Mapping[str, Callable[[Forms, Mapping[str, Json], Json, Callable[[Json], Form]], Form]] = {
    "type": Forms._type,
    "enum": Forms._enum,
    "const": Forms._const,
    "minimum": lambda forms, _, value, __: forms._bound("low", value, opened=False),
    "exclusiveMinimum": lambda forms, _, value, __: forms._bound("low", value, opened=True),
    "maximum": lambda forms, _, value, __: forms._bound("high", value, opened=False),
    "exclusiveMaximum": lambda forms, _, value, __: forms._bound("high", value, opened=True),
    "multipleOf": Forms._multiple,
    "pattern": lambda forms, _, value, __: forms._only("string", forms.node("pattern", value)),
    "format": Forms._format,
    "allOf": Forms._every,
    "anyOf": Forms._any,
    "oneOf": Forms._one,
    "not": Forms._not,
    "if": Forms._if,
    "required": Forms._required,
    "dependentRequired": Forms._dependent,
    "properties": Forms._properties,
    "patternProperties": Forms._by_pattern,
    "additionalProperties": Forms._others,
    "propertyNames": Forms._names,
    "items": Forms._items,
    "prefixItems": Forms._first,
    "contains": Forms._contains,
    "uniqueItems": Forms._unique,
}
"""The formula of each keyword, by its name; all others do not validate."""


def _merged(forms: Forms, nodes: set[Node]) -> set[Node] | None:
    """Join the rules of one keyword; `None` if they contradict each other."""
    found: dict[Any, Node] = {}
    for node in nodes:
        key, join = _joint(node)
        found[key] = join(forms, found[key], node) if key in found else node
    for name in [key[1] for key in found if isinstance(key, tuple) and key[0] == "property"]:
        if ("has", name) in found and all(part is forms.false for part in found["property", name].args[1]):
            return None
    low, high = found.get("low"), found.get("high")
    if low and high and (low.args[0] > high.args[0] or (low.args[0] == high.args[0] and (low.args[1] or high.args[1]))):
        return None
    for least, most in (("minLength", "maxLength"), ("minItems", "maxItems"), ("minProperties", "maxProperties")):
        if least in found and most in found and found[least].args[0] > found[most].args[0]:
            return None
    if any(most in found and found[most].args[0] < 0 for most in ("maxLength", "maxItems", "maxProperties")):
        return None
    left = set(found.values())
    if any(node.tag == "not" and node.args[0] in left for node in left):
        return None
    if "in" in found:
        rules = [node for node in left if node.tag != "in"]
        values = {value for value in found["in"].args[0] if not any(refuses(json.loads(value), r) for r in rules)}
        if not values:
            return None
        left = {node for node in rules if not all(holds(json.loads(value), node) for value in values)}
        left.add(forms.node("in", frozenset(values)))
    return left - {forms.true}


Join = Callable[[Forms, Node, Node], Node]


def _joint(node: Node) -> tuple[Any, Join]:
    """Return the key under which a rule is joined with others, and how."""
    match node.tag:
        case "low" | "minLength" | "minItems" | "minProperties":
            return node.tag, lambda _, one, other: max(one, other, key=lambda n: (n.args[0], n.args[1:]))
        case "high":
            return node.tag, lambda _, one, other: min(one, other, key=lambda n: (n.args[0], not n.args[1]))
        case "maxLength" | "maxItems" | "maxProperties":
            return node.tag, lambda _, one, other: min(one, other, key=lambda n: n.args[0])
        case "in":
            return node.tag, lambda forms, one, other: forms.node("in", one.args[0] & other.args[0])
        case "property" | "patterned" | "item" | "items":
            return (node.tag, node.args[0]), _both
        case "has":
            return (node.tag, node.args[0]), lambda _, one, __: one
        case _:
            return node, lambda _, one, __: one


def _both(forms: Forms, one: Node, other: Node) -> Node:
    form = tuple(forms.all(a, b) for a, b in zip(one.args[1], other.args[1], strict=True))
    return forms.node(one.tag, one.args[0], form)


def holds(value: Json, node: Node) -> bool:
    """Return whether a scalar is known to satisfy a formula of its kind."""
    return _judged(value, node) is True


def refuses(value: Json, node: Node) -> bool:
    """Return whether a scalar is known to violate a formula of its kind."""
    return _judged(value, node) is False


def _judged(value: Json, node: Node) -> bool | None:
    """Evaluate a formula for a scalar of its kind; `None` if that is undecided."""
    tag, args = node.tag, node.args
    if tag in ("true", "false"):
        return tag == "true"
    if tag == "not":
        inner = _judged(value, args[0])
        return None if inner is None else not inner
    if tag in ("and", "or"):
        judged = [_judged(value, member) for member in args[0]]
        decisive = tag == "or"
        return decisive if decisive in judged else None if None in judged else not decisive
    if isinstance(value, list | dict):
        return text(value) in args[0] if tag == "in" else None
    match tag:
        case "in":
            return text(value) in args[0]
        case "low":
            return bool(value > args[0] or (value == args[0] and not args[1]))
        case "high":
            return bool(value < args[0] or (value == args[0] and not args[1]))
        case "minLength":
            return bool(len(value) >= args[0])
        case "maxLength":
            return bool(len(value) <= args[0])
        case "pattern" | "multipleOf":
            return _asserted(tag, args[0], value)
        case "format":
            return None if args[0] == "binary" else _asserted(tag, args[0], value)
    return None


def _asserted(keyword: str, limit: Json, value: Json) -> bool | None:
    try:
        return asserts(keyword, limit, value)
    except ValueError:  # a pattern that the engine cannot compile
        return None


def number(value: float) -> float:
    """Return a number so that 1 and 1.0 are equal and identical in type."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def shortened(written: str, most: int) -> str:
    """Cut a text that is longer than a maximum at a space, or within a word that is too long."""
    if len(written) <= most:
        return written
    kept, space, _ = written[: most - 1].rpartition(" ")
    return f"{kept} …" if space and len(kept) > most // 2 else f"{written[: most - 1]}…"


def text(value: Json) -> str:
    """Serialise a value so that equal strings mean values that are equal in JSON Schema."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False)


def _plain(value: Json) -> Json:
    if isinstance(value, float):
        return number(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {key: _plain(held) for key, held in value.items()} if isinstance(value, dict) else value
