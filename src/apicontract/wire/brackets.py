"""Names with keys in brackets, `name[key][inner]` and `name[]`, read as the members and items of one value.

OpenAPI describes one level of them (`deepObject`); clients also send deeper ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from apicontract.openapi.document import Json
from apicontract.openapi.facts import Shape

T = TypeVar("T")


def split(name: str) -> tuple[str, list[str]]:
    """Split `name[a][b]` into the name and the keys; there are no keys if the brackets do not end the name."""
    before, bracket, inside = name.partition("[")
    return (before, inside[:-1].split("][")) if bracket and inside.endswith("]") else (name, [])


def nested(
    members: Sequence[tuple[list[str], T]],
    shape: Shape,
    read: Callable[[T, Shape], Json],
    twice: Callable[[list[T]], None],
) -> Json:
    """Build a value from its members; `twice` is called with the values of a key that may have only one."""
    values = [held for keys, held in members if not keys]
    if values:
        if shape.is_array or (
            1 < len(values) == len(members) and not shape.types
        ):  # a schema that admits anything admits a list
            return [read(held, shape.items) for held in values]
        if len(members) > 1:
            twice(values)
        return read(values[0], shape)
    groups: dict[str, list[tuple[list[str], T]]] = {}
    for at, (keys, held) in enumerate(members):
        key = keys[0] if keys[0] or not shape.is_array else f"item {at}"
        groups.setdefault(key, []).append((keys[1:], held))
    if shape.is_array:
        return [nested(group, shape.items, read, twice) for group in groups.values()]
    return {key: nested(group, shape.property(key), read, twice) for key, group in groups.items()}
