"""All ways in which a request of an operation can be invalid, one at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from apicontract.openapi import media_types
from apicontract.openapi.document import MediaType, Operation
from apicontract.openapi.facts import Shape, shape_at
from apicontract.openapi.violation import where
from apicontract.strategies.contract_strategies import ArgumentGroup, ContractStrategies
from apicontract.strategies.request_case import Broken
from apicontract.strategies.twists import Alteration, Twist
from apicontract.values.boundaries import NOTHING
from apicontract.values.constraints import Schema
from apicontract.values.violating import Mutation
from apicontract.wire import media, scalars
from apicontract.wire.forms import styled_field
from apicontract.wire.styles import is_spread

_VALUES, _VALUES_INSIDE = 10, 4
"""How many values of one mutation are in the finite list, for an argument and for a part of one.

If the same schema was broken in the same way at another place, there is only one.
"""


@dataclass(frozen=True, slots=True)
class Defect:
    """One way in which a request is invalid, and how to make such requests."""

    tag: Broken
    location: str
    schema: Schema | None
    """The schema of the arguments at the location; `None` for no arguments at all."""
    mutation: Mutation | None = None
    twist: Twist | None = None
    added: Mapping[str, Any] = field(default_factory=dict)
    shows: Callable[[Any], bool] | None = None
    """Whether the fault is visible for the values of the location."""

    @property
    def violated(self) -> tuple[tuple[str, str], ...]:
        """Where the arguments themselves violate which rule; empty if only their encoding is wrong."""
        return () if self.mutation is None else ((self.tag.where, self.tag.rule),)

    def values(self, built: ContractStrategies, operation: Operation, *, again: bool = False) -> Iterator[Any]:
        """Yield the simplest values of the location that are invalid in this way, and in no other.

        Only one, if other places had some.
        """
        group = next((group for group in built.groups(operation) if group.location == self.location), None)
        if self.schema is None or group is None:
            yield None
        elif self.mutation is None:
            found = built.simplest(operation, group, self.schema)
            if found is not NOTHING and (self.shows is None or self.shows(found)):
                yield found
        else:
            limit = 1 if again else _VALUES if len(self.mutation.path) < 2 else _VALUES_INSIDE
            for value in built.mutations.values(self.mutation, limit):
                if not group.tried or built.violated(operation, group, value) == [*self.violated]:
                    yield value


def defects(built: ContractStrategies, operation: Operation) -> Iterator[Defect]:
    """Yield the defects: of the arguments, group by group, then of their encoding."""
    for group in built.groups(operation):
        for mutation in built.mutations.of(group.schema, json_depth=1):
            if mutation.rule == "format" and not built.contract.formats:
                continue
            if _is_checked(built, operation, group) and _is_visible(built, operation, group, mutation):
                place = where(group.root, mutation.path)
                tag = Broken(place, mutation.rule, f"{place}: {mutation.about}")
                found = Defect(tag, group.location, mutation.schema, mutation)
                if not group.tried or any(True for _ in found.values(built, operation)):
                    yield found
        yield from _twists(built, operation, group)
    for name in operation.key_headers:
        left = {other for other in operation.key_headers if other != name}
        if operation.key_alternatives and not any(left.issuperset(names) for names in operation.key_alternatives):
            tag = Broken(f"header.{name}", "missing", "the API key is missing")
            yield Defect(tag, "", None, twist=Twist("no_key", "header", name))
    if operation.request_body is None:
        tag = Broken("body", "undeclared", "a body where none is declared")
        yield Defect(tag, "body", None, added={"body": {}})
    elif operation.request_body.required:
        yield Defect(Broken("body", "missing", "the body is missing"), "body", None)


def _is_checked(built: ContractStrategies, operation: Operation, group: ArgumentGroup) -> bool:
    """Return whether the checker looks at the group: at bodies only if they are JSON, a form, or a scalar as text."""
    if group.location != "body" or operation.request_body is None:
        return True
    content = next(iter(operation.request_body.content.values()))
    carrier = media.codec(content.name).carrier
    return carrier in ("json", "fields") or (
        carrier == "text" and media.is_scalar_text(built.contract.document, content)
    )


def _is_visible(built: ContractStrategies, operation: Operation, group: ArgumentGroup, mutation: Mutation) -> bool:
    """Return whether a mutation can be encoded, and reported at this location."""
    if len(mutation.path) != 1 or group.location == "body":
        return True
    if group.location == "path":
        return mutation.rule not in ("missing", "undeclared")  # a path with other segments is another path
    # Other headers are not checked; another query name belongs to the object that takes them all.
    return mutation.rule != "undeclared" or (group.location == "query" and not _takes_all(built, operation))


def _takes_all(built: ContractStrategies, operation: Operation) -> bool:
    """Return whether a query parameter is an object whose keys are parameters themselves."""
    return any(
        is_spread(parameter) and shape_at(built.contract.document, parameter.schema, parameter.schema_pointer).is_object
        for parameter in operation.parameters_in("query")
    )


def _twists(built: ContractStrategies, operation: Operation, group: ArgumentGroup) -> Iterator[Defect]:
    document = built.contract.document
    if group.location == "query":
        for parameter in operation.parameters_in("query"):
            shape = shape_at(document, parameter.schema, parameter.schema_pointer)
            kind = "array" if shape.is_array else "object" if shape.is_object else "scalar"
            if parameter.style == "form" and (kind == "scalar" or parameter.explode):
                yield from _named(built, group, parameter.name, shape, _QUERY[kind])
    elif group.location == "path":
        for parameter in operation.parameters_in("path"):
            shape = shape_at(document, parameter.schema, parameter.schema_pointer)
            scalar = parameter.style == "simple" and not shape.is_array
            yield from _named(built, group, parameter.name, shape, _PATH if scalar else ())
    elif group.location == "body" and operation.request_body:
        content = next(iter(operation.request_body.content.values()))
        yield from _bodies(built, operation, group, content)
        if group.root == "form":
            for name, shape in shape_at(document, content.schema, content.schema_pointer).properties.items():
                if styled_field(content, name, shape) is None:
                    yield from _named(built, group, name, shape, _field_alterations(content, shape))


_JOINED = ("joined", "listed")
_ARRAYS: tuple[Alteration, ...] = ("brackets", "joined", "listed")
_QUERY: Mapping[str, tuple[Alteration, ...]] = {
    "array": _ARRAYS,
    "object": ("brackets", "listed"),
    "scalar": ("twice", "no_text", "percent"),
}
_PATH: tuple[Alteration, ...] = ("no_text", "percent", "dots")


def _field_alterations(content: MediaType, shape: Shape) -> tuple[Alteration, ...]:
    parts = media.codec(content.name).files
    if shape.is_file or (shape.is_array and shape.items.is_file):
        return ("nameless",) if parts else ()
    if shape.is_array:
        return () if shape.items.is_object else _ARRAYS
    return ("twice", "named", "no_text") if parts and shape.types else ("twice",)


def _named(
    built: ContractStrategies, group: ArgumentGroup, name: str, shape: Shape, alterations: tuple[Alteration, ...]
) -> Iterator[Defect]:
    """Yield the defects that alter one parameter or field, which must be present for that."""
    place = where(group.root, [name])
    for alteration in alterations:
        several = {"minItems": 2} if shape.is_array and alteration in _JOINED else True
        if shape.is_object and alteration == "brackets":
            several = {"maxProperties": 1}  # each key in brackets would be reported
        present = {"required": [name], "properties": {name: several}}
        schema = {"allOf": [group.schema, present]}
        shows = _joins(built, shape, name, alteration) if alteration in _JOINED and shape.is_array else None
        found = built.boundaries.simplest(schema)
        if found is not NOTHING and (shows is None or shows(found)):
            tag = Broken(place, "encoding", f"{place}: {alteration}")
            twist = Twist(alteration, group.location, name)
            yield Defect(tag, group.location, schema, twist=twist, shows=shows)


def _joins(built: ContractStrategies, shape: Shape, name: str, alteration: Alteration) -> Callable[[Any], bool]:
    """Return a function that checks that joined items can be recognised: joined, they must not be a valid item."""
    valid = built.validators.at(shape.items.pointer).is_valid

    def shows(values: Mapping[str, Any]) -> bool:
        items = values[name]
        if alteration == "listed":
            return not isinstance(items, list) or not valid(json.dumps(items))
        joined = ",".join(map(scalars.encode, items))
        pieces = [scalars.decode(piece.strip(), shape.items) for piece in joined.split(",")]
        return pieces == items and not valid(joined)

    return shows


def _bodies(
    built: ContractStrategies, operation: Operation, group: ArgumentGroup, content: MediaType
) -> Iterator[Defect]:
    """Yield the defects of a body as a whole."""
    declared = operation.request_body.content if operation.request_body else {}
    found: list[tuple[str, str, Alteration]] = []
    if not any("*" in name for name in declared):
        found.append(("header.content-type", "media_type", "media_type"))
    codec = media.codec(content.name)
    if codec.files:
        found.append(("form", "encoding", "no_boundary"))
    if media_types.is_json(media_types.plain(content.name)):
        found.append(("body", "encoding", "no_json"))
    for place, rule, alteration in found:
        yield Defect(Broken(place, rule, alteration), "body", group.schema, twist=Twist(alteration))
    filled = {"allOf": [group.schema, {"type": "object", "minProperties": 1}]}
    if media_types.is_json(media_types.plain(content.name)) and built.boundaries.simplest(filled) is not NOTHING:
        yield Defect(Broken("body", "encoding", "key_twice"), "body", filled, twist=Twist("key_twice"))
