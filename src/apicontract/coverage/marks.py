"""Floor 4: what is worth trying with one value: the bounds of a schema, what lies beside them, and what it lists.

Each mark has a test, which says of a value whether it is meant. A mark that no value can hit is not made: a limit that
another rule excludes, a value that cannot arrive, a neighbour of a bound that some other branch admits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from apicontract.coverage.cells import Kind
from apicontract.coverage.leaves import Leaf
from apicontract.openapi.bounds import Interval, same
from apicontract.openapi.document import Json
from apicontract.openapi.violation import excerpt
from apicontract.wire.carriers import Carrier

Predicate: TypeAlias = Callable[[Json], bool]

_SAMPLES: dict[str, Json] = {
    "string": "text", "integer": 1, "number": 1.5, "boolean": True, "array": [], "object": {}
}  # fmt: skip
_LONGEST = 100_000
"""Up to which length a text is written to ask whether it is refused."""


class Mark(NamedTuple):
    """One thing to try with a value."""

    case: str
    kind: Kind
    refusal: bool
    test: Predicate


def marks(leaves: Sequence[Leaf], carrier: Carrier, admits: Predicate) -> Iterator[Mark]:
    """Yield the marks of a value that satisfies one of the leaves; `admits` asks the validator of them all."""
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


def _numbers(leaf: Leaf, carrier: Carrier, admits: Predicate) -> Iterator[Mark]:
    if not leaf.types & {"integer", "number"}:
        return
    bounds = Interval.of(leaf.schemas)
    for low in (True, False):
        limit, is_open = bounds[:2] if low else bounds[2:]
        if limit is None:
            continue
        found = _neighbours(leaf, limit, is_open, low) if "number" not in leaf.types else _edge(limit, is_open, low)
        for mark, value in found:
            if carrier.holds(value) and admits(value) is not mark.refusal:
                yield mark


def _neighbours(leaf: Leaf, limit: float, is_open: bool, low: bool) -> Iterator[tuple[Mark, Json]]:
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


def _number(case: str, wanted: int, *, refusal: bool = False) -> Mark:
    return Mark(case, "bound", refusal, lambda value: _is_number(value) and value == wanted)


def _edge(limit: float, is_open: bool, low: bool) -> Iterator[tuple[Mark, Json]]:
    """Yield the bound itself, and all that lies beyond it: a fraction has no neighbour."""
    name, side = ("min", "below") if low else ("max", "above")
    shown = excerpt(limit)
    if is_open:
        mark = Mark(
            f"{shown} or {side}", "bound", True, lambda v: _is_number(v) and (v <= limit if low else v >= limit)
        )
        yield mark, limit
    else:
        yield Mark(f"{name} {shown}", "bound", False, lambda value: _is_number(value) and value == limit), limit
        beyond = Mark(f"{side} {shown}", "bound", True, lambda v: _is_number(v) and (v < limit if low else v > limit))
        yield beyond, limit - 1 if low else limit + 1


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# Lengths and counts


def _sizes(leaf: Leaf, carrier: Carrier, admits: Predicate) -> Iterator[Mark]:
    """Yield the marks of the length of a text, the items of a list, the keys of an object."""
    if "string" in leaf.types and carrier.holds("text"):
        low, high = leaf.most("minLength"), leaf.least("maxLength")
        for length, bound, beyond in _beside(low, high, 0):
            refused = beyond and (length > _LONGEST or not admits("x" * length))
            if refused or not beyond:
                case = f"length {length}" if beyond else f"{bound} length {length}"
                yield Mark(case, "bound", beyond, _long(length))
    if "array" in leaf.types and carrier.holds([]):
        for count, bound, beyond in _beside(leaf.most("minItems"), leaf.least("maxItems"), carrier.fewest):
            case = _plural(count, "item") if beyond else f"{bound} {_plural(count, 'item')}"
            yield Mark(case, "bound", beyond, _counting(list, count))
    if "object" in leaf.types and carrier.holds({}):
        for count, bound, beyond in _beside(leaf.most("minProperties"), leaf.least("maxProperties"), 0):
            case = _plural(count, "key") if beyond else f"{bound} {_plural(count, 'key')}"
            yield Mark(case, "bound", beyond, _counting(dict, count))


def _beside(low: float | None, high: float | None, fewest: int) -> Iterator[tuple[int, str, bool]]:
    """Yield the sizes on the bounds and beside them: the size, which bound, whether it is beyond the bound."""
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


def _listed(values: Sequence[Json], carrier: Carrier, admits: Predicate) -> Iterator[Mark]:
    """Yield a mark for each listed value, and one for what is in no list if that is refused."""
    distinct = [value for index, value in enumerate(values) if not any(same(value, v) for v in values[:index])]
    cases: set[str] = set()
    for position, value in enumerate(distinct):
        if carrier.holds(value) and admits(value):
            case = excerpt(value)
            case = f"{case} ({position + 1})" if case in cases else case
            cases.add(case)
            yield Mark(case, "value", False, _equal(value))
    others = [other for other in (f"not {excerpt(distinct[0])}", -1.5) if carrier.holds(other)] if distinct else []
    if others and not any(admits(other) for other in others):
        yield Mark("another value", "value", True, lambda value: not any(same(value, v) for v in distinct))


def _equal(wanted: Json) -> Predicate:
    return lambda value: same(value, wanted)


def _kinds(types: frozenset[str], carrier: Carrier) -> Iterator[Mark]:
    """Yield the marks of booleans and null, and of each kind of value where there is a choice of kinds."""
    if "boolean" in types:
        yield from (Mark(excerpt(v), "value", False, _equal(v)) for v in (True, False) if carrier.holds(v))
    if "null" in types and carrier.holds(None):
        yield Mark("null", "value", False, lambda value: value is None)
    kinds = [kind for kind in _SAMPLES if kind in types and not (kind == "integer" and "number" in types)]
    if len(kinds) > 1:
        for kind in kinds:
            if carrier.holds(_SAMPLES[kind]):
                yield Mark(f"as {kind}", "alternative", False, is_kind(kind))


def is_kind(kind: str) -> Predicate:
    """Return the test of a JSON type."""
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
            return lambda value: _is_number(value) and (isinstance(value, int) or value.is_integer())
        case _:
            return _is_number
