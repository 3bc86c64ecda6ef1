"""The cases to try with one value: the bounds of a schema, the values next to them, and the listed values.

Each case has a check whether a value matches it. A case that no value can match is left out: a bound that another rule
excludes, a value that cannot be transmitted, a neighbour of a bound that another branch admits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from apicontract.coverage.cells import Kind
from apicontract.coverage.schema_leaves import SchemaLeaf
from apicontract.openapi.bounds import Interval, is_number, same
from apicontract.openapi.document import Json
from apicontract.openapi.violation import excerpt
from apicontract.wire.carriers import Carrier

Predicate: TypeAlias = Callable[[Json], bool]

SAMPLES: Mapping[str, Json] = {
    "string": "text",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "array": [],
    "object": {},
    "null": None,
}
"""A value of each type."""
_LONGEST = 100_000
"""The maximum length of a string that is generated to check whether it is rejected."""


class ValueCase(NamedTuple):
    """One case to try with a value."""

    case: str
    kind: Kind
    refusal: bool
    test: Predicate


def value_cases(leaves: Sequence[SchemaLeaf], carrier: Carrier, admits: Predicate) -> Iterator[ValueCase]:
    """Yield the cases of a value that satisfies one of the leaves; `admits` is the validator for all of them."""
    if carrier.is_file:
        return
    listed = [leaf.listed for leaf in leaves]
    for leaf, values in zip(leaves, listed, strict=True):
        if values is None:
            yield from _numbers(leaf, carrier, admits)
            yield from _sizes(leaf, carrier, admits)
    yield from _listed([value for values in listed for value in values or ()], carrier, admits)
    for leaf, values in zip(leaves, listed, strict=True):
        if values is None and leaf.named:
            yield from _kinds(leaf.types, carrier)


# Numbers


def _numbers(leaf: SchemaLeaf, carrier: Carrier, admits: Predicate) -> Iterator[ValueCase]:
    if not leaf.types & {"integer", "number"}:
        return
    bounds = Interval.of(leaf.schemas)
    for low in (True, False):
        limit, is_open = bounds[:2] if low else bounds[2:]
        if limit is None:
            continue
        found = _neighbours(leaf, limit, is_open, low) if "number" not in leaf.types else _bound(limit, is_open, low)
        for case, value in found:
            if carrier.holds(value) and admits(value) is not case.refusal:
                yield case


def _neighbours(leaf: SchemaLeaf, limit: float, is_open: bool, low: bool) -> Iterator[tuple[ValueCase, Json]]:
    """Yield the last integer within a bound, and the first one beyond it."""
    step = leaf.most("multipleOf")
    step = int(step) if step is not None and step >= 1 and float(step).is_integer() else 1
    if low:
        last = (math.floor(limit) + 1 if is_open else math.ceil(limit)) if math.isfinite(limit) else 0
        last = -(-last // step) * step
        yield _number(f"min {last}", last), last
        yield _number(f"min - {step} = {last - step}", last - step, refusal=True), last - step
    else:
        last = (math.ceil(limit) - 1 if is_open else math.floor(limit)) if math.isfinite(limit) else 0
        last = last // step * step
        yield _number(f"max {last}", last), last
        yield _number(f"max + {step} = {last + step}", last + step, refusal=True), last + step


def _number(case: str, wanted: int, *, refusal: bool = False) -> ValueCase:
    return ValueCase(case, "bound", refusal, lambda value: is_number(value) and value == wanted)


def _bound(limit: float, is_open: bool, low: bool) -> Iterator[tuple[ValueCase, Json]]:
    """Yield the cases of a bound that has no nearest value, as numbers may be fractions.

    They are the bound itself and anything beyond it, as one case if the bound is exclusive.
    """
    name, side = ("min", "below") if low else ("max", "above")
    shown = excerpt(limit)
    if is_open:
        case = ValueCase(
            f"{shown} or {side}", "bound", True, lambda v: is_number(v) and (v <= limit if low else v >= limit)
        )
        yield case, limit
    else:
        yield ValueCase(f"{name} {shown}", "bound", False, lambda value: is_number(value) and value == limit), limit
        beyond = ValueCase(
            f"{side} {shown}", "bound", True, lambda v: is_number(v) and (v < limit if low else v > limit)
        )
        yield beyond, limit - 1 if low else limit + 1


# Lengths and counts


def _sizes(leaf: SchemaLeaf, carrier: Carrier, admits: Predicate) -> Iterator[ValueCase]:
    """Yield the cases for the length of a string, the items of a list, the keys of an object."""
    if "string" in leaf.types and carrier.holds("text"):
        low, high = leaf.most("minLength"), leaf.least("maxLength")
        for length, bound, beyond in _beside(low, high, 0):
            refused = beyond and (length > _LONGEST or not admits("x" * length))
            if refused or not beyond:
                case = f"length {length}" if beyond else f"{bound} length {length}"
                yield ValueCase(case, "bound", beyond, _long(length))
    if "array" in leaf.types and carrier.holds([]):
        for count, bound, beyond in _beside(leaf.most("minItems"), leaf.least("maxItems"), carrier.fewest):
            case = _plural(count, "item") if beyond else f"{bound} {_plural(count, 'item')}"
            yield ValueCase(case, "bound", beyond, _counting(list, count))
    if "object" in leaf.types and carrier.holds({}):
        for count, bound, beyond in _beside(leaf.most("minProperties"), leaf.least("maxProperties"), 0):
            case = _plural(count, "key") if beyond else f"{bound} {_plural(count, 'key')}"
            yield ValueCase(case, "bound", beyond, _counting(dict, count))


def _beside(low: float | None, high: float | None, fewest: int) -> Iterator[tuple[int, str, bool]]:
    """Yield the sizes on the bounds and next to them: the size, the name of the bound, whether it is invalid."""
    if low is not None:
        yield from ((int(low), "min", False), (int(low) - 1, "min", True))[: 2 if low - 1 >= fewest else 1]
    if high is not None:
        yield from ((int(high), "max", False), (int(high) + 1, "max", True))[0 if high >= fewest else 1 :]


def _long(length: int) -> Predicate:
    return lambda value: isinstance(value, str) and len(value) == length


def _counting(kind: type[list[Json] | dict[str, Json]], count: int) -> Predicate:
    return lambda value: isinstance(value, kind) and len(value) == count


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


# Listed values and kinds


def _listed(values: Sequence[Json], carrier: Carrier, admits: Predicate) -> Iterator[ValueCase]:
    """Yield a case for each listed value, and one for unlisted values if they are rejected."""
    distinct = [value for index, value in enumerate(values) if not any(same(value, v) for v in values[:index])]
    cases: set[str] = set()
    for position, value in enumerate(distinct):
        if carrier.holds(value) and admits(value):
            case = excerpt(value)
            case = f"{case} ({position + 1})" if case in cases else case
            cases.add(case)
            yield ValueCase(case, "value", False, _equal(value))
    others = [other for other in (f"not {excerpt(distinct[0])}", -1.5) if carrier.holds(other)] if distinct else []
    if others and not any(admits(other) for other in others):
        yield ValueCase("another value", "value", True, lambda value: not any(same(value, v) for v in distinct))


def _equal(wanted: Json) -> Predicate:
    return lambda value: same(value, wanted)


def _kinds(types: frozenset[str], carrier: Carrier) -> Iterator[ValueCase]:
    """Yield the cases of booleans and null, and of each type if several are allowed."""
    if "boolean" in types:
        yield from (ValueCase(excerpt(v), "value", False, _equal(v)) for v in (True, False) if carrier.holds(v))
    if "null" in types and carrier.holds(None):
        yield ValueCase("null", "value", False, lambda value: value is None)
    kinds = types - {"null"} - ({"integer"} if "number" in types else set())
    if len(kinds) > 1:
        for kind in (kind for kind in SAMPLES if kind in kinds):
            if carrier.holds(SAMPLES[kind]):
                yield ValueCase(f"as {kind}", "alternative", False, is_kind(kind))


def is_kind(kind: str) -> Predicate:
    """Return a check for a JSON type."""
    match kind:
        case "string":
            return lambda value: isinstance(value, str)
        case "boolean":
            return lambda value: isinstance(value, bool)
        case "array":
            return lambda value: isinstance(value, list)
        case "object":
            return lambda value: isinstance(value, dict)
        case "null":
            return lambda value: value is None
        case "integer":
            return lambda value: is_number(value) and (isinstance(value, int) or value.is_integer())
        case _:
            return is_number
