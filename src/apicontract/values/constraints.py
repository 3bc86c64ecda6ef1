"""The constraints that several schemas together put on a value, by the kind of value.

Schemas that are made here can have additional keywords, for negations that JSON Schema cannot express:

    kinds          the kinds of value that are left; like `type`, but `number` is split into `integer` and `fraction`
    never          the negation of `enum` and `const`
    not_multiple, not_pattern, not_format, repeats     the negations of those keywords
    prefixItems    as in JSON Schema: schemas of the first items
    accept         a predicate for strings
    upload         the string is the name of a file, and an `Upload` stands for it
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

from apicontract.checks.assertions import asserts
from apicontract.openapi import bounds
from apicontract.openapi.document import Json
from apicontract.values.formats import FORMATS, holds_json
from apicontract.values.patterns import matching

Schema: TypeAlias = Any
"""A JSON Schema, possibly with the keywords above: a mapping or a boolean."""
Schemas: TypeAlias = tuple[Schema, ...]
"""Schemas that a value must all satisfy."""
Parts: TypeAlias = Sequence[Mapping[str, Json]]
"""Schemas without unions and conditions that must all be satisfied."""

KINDS = ("string", "integer", "fraction", "boolean", "array", "object", "null")
"""The kinds of value, the most readable first."""
TYPES: Mapping[str, tuple[str, ...]] = {"number": ("integer", "fraction")}
"""The kinds of each JSON type that differs from its kind."""


def kind_of(value: object) -> str:
    """Return the kind of a value; a file to upload counts as its name."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "integer" if value.is_integer() else "fraction"
        case list():
            return "array"
        case dict():
            return "object"
        case _:
            return "string"


def kinds_of_type(named: str | Iterable[str]) -> tuple[str, ...]:
    """Return the kinds of value that a `type` keyword admits."""
    return tuple(
        name for given in ([named] if isinstance(named, str) else named) for name in TYPES.get(given, (given,))
    )


def _all(parts: Parts, keyword: str) -> tuple[Json, ...]:
    return tuple(dict.fromkeys(part[keyword] for part in parts if keyword in part))


def _most(parts: Parts, keyword: str) -> int | None:
    found = bounds.least(parts, keyword)
    return None if found is None else int(found)


def _fewest(parts: Parts, keyword: str) -> int:
    return int(bounds.most(parts, keyword) or 0)


_FINITE = sys.float_info.max


@dataclass(frozen=True, slots=True)
class NumberConstraints:
    """The constraints on numbers."""

    low: float | None
    low_open: bool
    high: float | None
    high_open: bool
    multiples: tuple[float, ...]
    not_multiples: tuple[float, ...]

    @classmethod
    def of(cls, parts: Parts) -> NumberConstraints:
        """Join the constraints of the parts."""
        return cls(*bounds.Interval.of(parts), _all(parts, "multipleOf"), _all(parts, "not_multiple"))

    def integers(self) -> tuple[int | None, int | None]:
        """Return the least and the greatest integer; `None` for no bound."""
        low = None if self.low is None else math.floor(self.low) + 1 if self.low_open else math.ceil(self.low)
        high = None if self.high is None else math.ceil(self.high) - 1 if self.high_open else math.floor(self.high)
        return low, high

    def floats(self) -> tuple[float, float] | None:
        """Return the least and the greatest float; `None` if the range holds none."""
        low = -_FINITE if self.low is None else _beside(self.low, math.inf, is_open=self.low_open)
        high = _FINITE if self.high is None else _beside(self.high, -math.inf, is_open=self.high_open)
        return (low, high) if low <= high else None

    def has(self, kind: str) -> bool:
        """Return whether the range contains an integer, or a fraction."""
        if kind == "integer":
            low, high = self.integers()
            return low is None or high is None or low <= high
        if self.low is None or self.high is None:
            return True
        if self.low == self.high:
            return not (self.low_open or self.high_open or self.low % 1 == 0)
        return self.low < self.high

    def fits(self, value: float) -> bool:
        """Return whether a number is in the range."""
        if self.low is not None and (value < self.low or (self.low_open and value == self.low)):
            return False
        if self.high is not None and (value > self.high or (self.high_open and value == self.high)):
            return False
        return all(_is_multiple(value, step) for step in self.multiples) and not any(
            _is_multiple(value, step) for step in self.not_multiples
        )


def _beside(bound: float, inwards: float, *, is_open: bool) -> float:
    """Return the first float that a bound admits in a direction: above 2**53, a bound can lie between two floats."""
    try:
        found = float(bound)
    except OverflowError:
        found = math.inf if bound > 0 else -math.inf
    outside = found < bound if inwards > 0 else found > bound
    return math.nextafter(found, inwards) if outside or (is_open and found == bound) else found


def _is_multiple(value: float, step: float) -> bool:
    """Return whether a number is a multiple for every engine: some divide floats, others decimals."""
    return asserts("multipleOf", step, value) and float(value / step).is_integer()


@dataclass(frozen=True, slots=True)
class StringConstraints:
    """The constraints on strings; lengths are in characters."""

    shortest: int
    longest: int | None
    patterns: tuple[str, ...]
    not_patterns: tuple[str, ...]
    formats: tuple[str, ...]
    not_formats: tuple[str, ...]
    accept: tuple[Callable[[str], bool], ...]
    content: Schemas
    """The schemas of the JSON that the string holds, if it holds JSON."""
    in_base64: bool
    """Whether that JSON is in base64."""
    upload: bool

    @classmethod
    def of(cls, parts: Parts) -> StringConstraints:
        """Join the constraints of the parts."""
        return cls(
            shortest=_fewest(parts, "minLength"),
            longest=_most(parts, "maxLength"),
            patterns=_all(parts, "pattern"),
            not_patterns=_all(parts, "not_pattern"),
            formats=tuple(name for name in _all(parts, "format") if name in FORMATS),
            not_formats=_all(parts, "not_format"),
            accept=_all(parts, "accept"),
            content=tuple(part.get("contentSchema", True) for part in parts if holds_json(part)),
            in_base64=any(holds_json(part) and "contentEncoding" in part for part in parts),
            upload=any("upload" in part for part in parts),
        )

    @property
    def free(self) -> bool:
        """Whether every string of a valid length fits."""
        return not (self.patterns or self.not_patterns or self.formats or self.not_formats or self.accept)

    def fits(self, value: str) -> bool:
        """Return whether a string fits; JSON within it is not checked."""
        if len(value) < self.shortest or (self.longest is not None and len(value) > self.longest):
            return False
        return (
            all(asserts("pattern", pattern, value) for pattern in self.patterns)
            and all(asserts("format", name, value) for name in self.formats)
            and not any(asserts("pattern", pattern, value) for pattern in self.not_patterns)
            and not any(asserts("format", name, value) for name in self.not_formats)
            and all(accept(value) for accept in self.accept)
        )


@dataclass(frozen=True, slots=True)
class ArrayConstraints:
    """The constraints on arrays."""

    fewest: int
    most: int | None
    unique: bool
    repeats: bool
    first: tuple[Schemas, ...]
    """The schemas of the first items."""
    rest: Schemas
    contains: tuple[Schema, ...]
    placed: frozenset[int] = frozenset()
    """The indices of first items that must satisfy another schema of `contains`."""

    @classmethod
    def of(cls, parts: Parts) -> ArrayConstraints:
        """Join the constraints of the parts, and make room for the items that `contains` and `repeats` require."""
        count = max((len(part.get("prefixItems", ())) for part in parts), default=0)
        first = tuple(tuple(_item(part, index) for part in parts if _has_items(part)) for index in range(count))
        wanted: dict[str, list[Schema]] = {}
        for part in (part for part in parts if "contains" in part):
            found = [part["contains"]] * int(part.get("minContains", 1))
            wanted[repr(part["contains"])] = max(found, wanted.get(repr(part["contains"]), []), key=len)
        contains = tuple(schema for found in wanted.values() for schema in found)
        repeats = any("repeats" in part for part in parts)
        return cls(
            fewest=max(_fewest(parts, "minItems"), len(contains), 2 if repeats else 0),
            most=_most(parts, "maxItems"),
            unique=any(part.get("uniqueItems") for part in parts),
            repeats=repeats,
            first=first,
            rest=tuple(part["items"] for part in parts if "items" in part),
            contains=contains,
        )


def _has_items(part: Mapping[str, Json]) -> bool:
    return "items" in part or "prefixItems" in part


def _item(part: Mapping[str, Json], index: int) -> Schema:
    first = part.get("prefixItems", ())
    return first[index] if index < len(first) else part.get("items", True)


_OF_OBJECTS = frozenset(
    {
        *("properties", "required", "patternProperties", "additionalProperties", "unevaluatedProperties"),
        *("propertyNames", "minProperties", "maxProperties"),
    }
)
"""The keywords that constrain objects; most schemas have none of them."""


@dataclass(frozen=True, slots=True)
class ObjectConstraints:
    """The constraints on objects."""

    schemas: Mapping[str, Schemas]
    """The declared or required properties that may be present, in document order."""
    required: frozenset[str]
    others: Schemas | None
    """The schemas of undeclared properties; `None` if there can be none."""
    names: Schemas
    patterns: tuple[str, ...]
    """The patterns whose matching properties are constrained."""
    fewest: int
    most: int | None

    @classmethod
    def of(cls, parts: Parts) -> ObjectConstraints:
        """Join the constraints of the parts; a property that one of them excludes is left out."""
        parts = [part for part in parts if not _OF_OBJECTS.isdisjoint(part)]
        required = tuple(name for part in parts for name in part.get("required", ()))
        patterns = tuple(pattern for part in parts for pattern in part.get("patternProperties", ()))
        matching = (name for pattern in patterns for name in names_of(pattern))
        names = dict.fromkeys((*(name for part in parts for name in part.get("properties", ())), *required, *matching))
        schemas = {name: _member(parts, name) for name in names}
        others = _all_schemas(parts, "additionalProperties") or _all_schemas(parts, "unevaluatedProperties")
        return cls(
            schemas={name: found for name, found in schemas.items() if False not in found},
            required=frozenset(required),
            others=None if False in others else others,
            names=_all_schemas(parts, "propertyNames"),
            patterns=patterns,
            fewest=_fewest(parts, "minProperties"),
            most=_most(parts, "maxProperties"),
        )

    @property
    def free(self) -> bool:
        """Whether every name that is not declared is allowed."""
        return not (self.schemas or self.patterns)

    def is_other(self, name: str) -> bool:
        """Return whether a name is allowed for an undeclared property, by itself or by a pattern."""
        return name not in self.schemas and not any(asserts("pattern", pattern, name) for pattern in self.patterns)

    @property
    def possible(self) -> bool:
        """Whether no property is both required and excluded, and the bounds on their number can be met."""
        if self.others is None and self.fewest > len(self.schemas):
            return False
        least = max(len(self.required), self.fewest)
        return self.required <= self.schemas.keys() and (self.most is None or least <= self.most)


def _member(parts: Parts, name: str) -> Schemas:
    found = []
    for part in parts:
        own = []
        if "patternProperties" in part:
            patterns = part["patternProperties"].items()
            own = [schema for pattern, schema in patterns if asserts("pattern", pattern, name)]
        if "properties" in part and name in part["properties"]:
            own.append(part["properties"][name])
        elif not own and "additionalProperties" in part:
            own.append(part["additionalProperties"])
        found += own
    return tuple(found)


def names_of(pattern: str) -> tuple[str, ...]:
    """Return two names that match a pattern, if any are found."""
    right = (name for name in matching(pattern) if asserts("pattern", pattern, name))
    return tuple(islice(dict.fromkeys(right), 2))


def _all_schemas(parts: Parts, keyword: str) -> Schemas:
    return tuple(part[keyword] for part in parts if keyword in part)
