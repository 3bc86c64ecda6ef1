"""Facts that hold for all values of a schema, which reveal most contradictions at once.

The choices of two rules usually contradict each other in a listed value, a required property or a kind of value,
perhaps a few properties deep. These facts are collected and joined here, and combinations that they exclude are not
tried. They never exclude a value that fits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from apicontract.openapi.document import Json
from apicontract.values.constraints import KINDS, Schema, kind_of, kinds_of_type
from apicontract.values.recursion import Kept

_DEPTH = 4
"""The maximum depth of properties for which facts are collected."""

_Value = tuple[bool, Json]
"""A scalar, preceded by whether it is a boolean, because Python treats `True` as 1."""


@dataclass(frozen=True, slots=True)
class Known:
    """Facts about a value; without kinds, there is no such value."""

    kinds: frozenset[str] = frozenset(KINDS)
    only: frozenset[_Value] | None = None
    """The values that are left, if they are listed."""
    never: frozenset[_Value] = frozenset()
    required: frozenset[str] = frozenset()
    members: Mapping[str, Known] | None = None
    """The facts about properties, if they are present."""

    @property
    def possible(self) -> bool:
        """Whether a kind of value is left."""
        return bool(self.kinds)

    def joined(self, other: Known) -> Known:
        """Return the facts about a value for which both hold."""
        if other is ANYTHING or self is other:
            return self
        if self is ANYTHING:
            return other
        kinds, never = self.kinds & other.kinds, self.never | other.never
        only = self.only if other.only is None else other.only if self.only is None else self.only & other.only
        if only is not None and (never or only is not self.only):
            only -= never
            kinds &= {kind_of(value) for _, value in only}
        if not kinds:
            return NOTHING
        required = self.required | other.required
        members = self.members
        if members and other.members:
            both = {name: members[name].joined(found) for name, found in other.members.items() if name in members}
            members = {**members, **other.members, **both}
        members = members or other.members
        if members and any(name in members and not members[name].kinds for name in required):
            kinds -= {"object"}
        return Known(kinds, only, never, required, members) if kinds else NOTHING


ANYTHING = Known()
NOTHING = Known(frozenset())


class Facts:
    """The facts about the schemas of one document."""

    def __init__(self, follow: Callable[[Mapping[str, Json]], Schema], kept: Kept) -> None:
        """Take a function that follows the `$ref` of a schema, and the cache."""
        self._follow = follow
        self._found: dict[tuple[int, int], tuple[Schema, Known]] = kept.new()

    def of(self, schema: Schema, depth: int = _DEPTH) -> Known:
        """Return the facts of a schema, including those of its `allOf`, its `$ref` and its properties."""
        if isinstance(schema, bool):
            return ANYTHING if schema else NOTHING
        key = id(schema), depth
        if key not in self._found:
            self._found[key] = schema, ANYTHING  # for a recursive schema
            self._found[key] = schema, self._read(schema, depth)
        return self._found[key][1]

    def _read(self, schema: Mapping[str, Json], depth: int) -> Known:
        found = _plain(schema)
        if depth and "properties" in schema:
            read = {name: self.of(inner, depth - 1) for name, inner in schema["properties"].items()}
            members = {name: member for name, member in read.items() if member is not ANYTHING}
            found = found.joined(Known(members=members)) if members else found
        inner = [self._follow(schema)] if "$ref" in schema else []
        for other in (*inner, *schema.get("allOf", ()), *([schema["wire"]] if "wire" in schema else [])):
            found = found.joined(self.of(other, depth))
        return found


def _plain(schema: Mapping[str, Json]) -> Known:
    """Read the keywords that list values, kinds and names."""
    found = ANYTHING
    if "type" in schema:
        found = replace(found, kinds=frozenset(kinds_of_type(schema["type"])))
    if "kinds" in schema:
        found = found.joined(Known(frozenset(schema["kinds"])))
    for listed in (schema.get("enum"), [schema["const"]] if "const" in schema else None):
        if (values := _scalars(listed)) is not None:
            found = found.joined(Known(only=values))
    refused = schema.get("not")
    if isinstance(refused, Mapping) and len(refused) == 1:
        refused = [refused["const"]] if "const" in refused else refused.get("enum")
        found = found.joined(Known(never=_scalars(refused) or frozenset()))
    if "never" in schema:
        found = found.joined(Known(never=_scalars(schema["never"]) or frozenset()))
    return found.joined(Known(required=frozenset(schema["required"]))) if "required" in schema else found


def _scalars(values: Json) -> frozenset[_Value] | None:
    """Return listed values; `None` if there is no list, or if it contains other values than scalars."""
    if not isinstance(values, list | tuple) or any(isinstance(value, list | dict) for value in values):
        return None
    return frozenset((isinstance(value, bool), value) for value in values)
