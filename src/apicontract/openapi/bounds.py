"""The bounds and the listed values that several schemas together set for one value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from apicontract.openapi.operation import Json


class Interval(NamedTuple):
    """The numbers that the bounds admit; an open bound is not itself among them."""

    low: float | None
    low_open: bool
    high: float | None
    high_open: bool

    @classmethod
    def of(cls, schemas: Iterable[Mapping[str, Json]]) -> Interval:
        """Join `minimum`, `exclusiveMinimum`, `maximum` and `exclusiveMaximum`."""
        schemas = tuple(schemas)
        low, low_open = max(
            [(value, key[0] == "e") for key in ("minimum", "exclusiveMinimum") for value in numbers(schemas, key)],
            default=(None, False),
        )
        high, high_open = min(
            [(value, key[0] != "e") for key in ("maximum", "exclusiveMaximum") for value in numbers(schemas, key)],
            default=(None, True),
        )
        return cls(low, low_open, high, not high_open)


def is_number(value: Json) -> bool:
    """Return whether a value is a JSON number; a boolean is not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def numbers(schemas: Iterable[Mapping[str, Json]], keyword: str) -> list[float]:
    """Return the numbers under a keyword."""
    found = [schema[keyword] for schema in schemas if keyword in schema]
    return [value for value in found if is_number(value)]


def least(schemas: Iterable[Mapping[str, Json]], keyword: str) -> float | None:
    """Return the least number under a keyword, the one that counts for an upper bound; `None` without any."""
    return min(numbers(schemas, keyword), default=None)


def most(schemas: Iterable[Mapping[str, Json]], keyword: str) -> float | None:
    """Return the greatest number under a keyword, the one that counts for a lower bound; `None` without any."""
    return max(numbers(schemas, keyword), default=None)


def listed(schemas: Iterable[Mapping[str, Json]]) -> list[Json] | None:
    """Return the values that `const` and `enum` leave; `None` where neither is given."""
    schemas = tuple(schemas)
    lists = [[schema["const"]] for schema in schemas if "const" in schema]
    lists += [schema["enum"] for schema in schemas if isinstance(schema.get("enum"), list)]
    if not lists:
        return None
    return [value for value in lists[0] if all(any(same(value, v) for v in other) for other in lists[1:])]


def same(one: Json, other: Json) -> bool:
    """Return whether two values are equal in JSON Schema: 1 equals 1.0, and neither equals true."""
    return isinstance(one, bool) is isinstance(other, bool) and bool(one == other)
