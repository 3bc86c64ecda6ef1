"""Floor 4: everything that can be wrong with a request of an operation, one thing at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from apicontract.openapi import media_types
from apicontract.openapi.document import MediaType, Operation
from apicontract.openapi.facts import Shape, shape_at
from apicontract.openapi.violation import where
from apicontract.strategies.case import Alteration, Broken, Twist
from apicontract.strategies.catalogue import Catalogue, Group
from apicontract.values.boundaries import NOTHING
from apicontract.values.constraints import Schema
from apicontract.values.violating import Break
from apicontract.wire import scalars

_VALUES = 10
"""How many values of one breach go into the finite list."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One thing that is wrong with a request, and how to make such requests."""

    tag: Broken
    location: str
    schema: Schema | None
    """The schema of the arguments at the location; `None` for none at all."""
    breach: Break | None = None
    twist: Twist | None = None
    added: Mapping[str, Any] = field(default_factory=dict)
    shows: Callable[[Any], bool] | None = None
    """Whether the fault can be seen for the values of the location."""

    def values(self, known: Catalogue) -> Iterator[Any]:
        """Yield the simplest values of the location that are wrong in this way."""
        if self.schema is None:
            yield None
        elif self.breach is None:
            found = known.edges.simplest(self.schema)
            if found is not NOTHING and (self.shows is None or self.shows(found)):
                yield found
        else:
            leaves = islice(known.edges.variants(self.breach.leaf), _VALUES)
            found = [known.edges.simplest(self.breach.wrap(leaf)) for leaf in leaves]
            right = [value for value in found if value is not NOTHING]
            # A value that breaks one schema can be among the few that another one admits.
            simplest = known.edges.simplest(self.schema)
            yield from right or ([] if simplest is NOTHING else [simplest])


def plans(known: Catalogue, operation: Operation) -> Iterator[Plan]:
    """Yield what can be wrong: the arguments group by group, then what happens to them on their way."""
    for group in known.groups(operation):
        for breach in known.breaks.of(group.schema, texts=1):
            if _told(operation, group) and _shows(known, operation, group, breach):
                place = where(group.root, breach.path)
                tag = Broken(place, breach.rule, f"{place}: {breach.about}")
                yield Plan(tag, group.location, breach.schema, breach)
        yield from _twists(known, operation, group)
    for name in operation.key_headers:
        left = {other for other in operation.key_headers if other != name}
        if operation.key_alternatives and not any(left.issuperset(names) for names in operation.key_alternatives):
            tag = Broken(f"header.{name}", "missing", "the API key is missing")
            yield Plan(tag, "", None, twist=Twist("no_key", "header", name))
    if operation.request_body is None:
        tag = Broken("body", "undeclared", "a body where none is declared")
        yield Plan(tag, "body", None, added={"body": {}})
    elif operation.request_body.required:
        yield Plan(Broken("body", "missing", "the body is missing"), "body", None)


def _told(operation: Operation, group: Group) -> bool:
    """Whether the checker looks at the group: at bodies only where they are JSON or a form."""
    content = next(iter(operation.request_body.content), "") if operation.request_body else ""
    return group.location != "body" or group.root == "form" or media_types.is_json(content)


def _shows(known: Catalogue, operation: Operation, group: Group, breach: Break) -> bool:
    """Whether a breach can be put on the wire and told there."""
    if len(breach.path) != 1 or group.location == "body":
        return True
    if group.location == "path":
        return breach.rule not in ("missing", "undeclared")  # a path with other segments is another path
    # Other headers are none of the contract's business; another key belongs to the object that takes them all.
    return breach.rule != "undeclared" or (group.location == "query" and not _takes_all(known, operation))


def _takes_all(known: Catalogue, operation: Operation) -> bool:
    """Whether a query parameter is an object whose keys are parameters themselves."""
    return any(
        parameter.style == "form"
        and parameter.explode
        and shape_at(known.contract.document, parameter.schema, parameter.schema_pointer).is_object
        for parameter in operation.parameters_in("query")
    )


def _twists(known: Catalogue, operation: Operation, group: Group) -> Iterator[Plan]:
    document = known.contract.document
    if group.location == "query":
        for parameter in operation.parameters_in("query"):
            shape = shape_at(document, parameter.schema, parameter.schema_pointer)
            kind = "array" if shape.is_array else "object" if shape.is_object else "scalar"
            if parameter.style == "form" and (kind == "scalar" or parameter.explode):
                yield from _named(known, group, parameter.name, shape, _QUERY[kind])
    elif group.location == "path":
        for parameter in operation.parameters_in("path"):
            shape = shape_at(document, parameter.schema, parameter.schema_pointer)
            scalar = parameter.style == "simple" and not shape.is_array
            yield from _named(known, group, parameter.name, shape, _PATH if scalar else ())
    elif group.location == "body" and operation.request_body:
        content = next(iter(operation.request_body.content.values()))
        yield from _bodies(known, operation, group, content)
        if group.root == "form":
            for name, shape in shape_at(document, content.schema, content.schema_pointer).properties.items():
                yield from _named(known, group, name, shape, _field_alterations(content, shape))


_JOINED = ("joined", "listed")
_ARRAYS: tuple[Alteration, ...] = ("brackets", "joined", "listed")
_QUERY: Mapping[str, tuple[Alteration, ...]] = {
    "array": _ARRAYS,
    "object": ("brackets", "listed"),
    "scalar": ("twice", "no_text", "percent"),
}
_PATH: tuple[Alteration, ...] = ("no_text", "percent", "dots")


def _field_alterations(content: MediaType, shape: Shape) -> tuple[Alteration, ...]:
    parts = content.name == media_types.FORM
    if shape.is_file or (shape.is_array and shape.items.is_file):
        return ("nameless",) if parts else ()
    if shape.is_array:
        return () if shape.items.is_object else _ARRAYS
    return ("twice", "named", "no_text") if parts and shape.types else ("twice",)


def _named(
    known: Catalogue, group: Group, name: str, shape: Shape, alterations: tuple[Alteration, ...]
) -> Iterator[Plan]:
    """Yield the plans that alter one parameter or field, which must be present for that."""
    place = where(group.root, [name])
    for alteration in alterations:
        several = {"minItems": 2} if shape.is_array and alteration in _JOINED else True
        if shape.is_object and alteration == "brackets":
            several = {"maxProperties": 1}  # each key in brackets would be told
        present = {"required": [name], "properties": {name: several}}
        schema = {"allOf": [group.schema, present]}
        shows = _joins(known, shape, name, alteration) if alteration in _JOINED and shape.is_array else None
        found = known.edges.simplest(schema)
        if found is not NOTHING and (shows is None or shows(found)):
            tag = Broken(place, "encoding", f"{place}: {alteration}")
            twist = Twist(alteration, group.location, name)
            yield Plan(tag, group.location, schema, twist=twist, shows=shows)


def _joins(known: Catalogue, shape: Shape, name: str, alteration: Alteration) -> Callable[[Any], bool]:
    """Tell whether the checker can know that items were joined: what they give together is no item itself."""
    valid = known.validators.at(shape.items.pointer).is_valid

    def shows(values: Mapping[str, Any]) -> bool:
        items = values[name]
        if alteration == "listed":
            return not isinstance(items, list) or not valid(json.dumps(items))
        joined = ",".join(map(scalars.encode, items))
        pieces = [scalars.decode(piece.strip(), shape.items) for piece in joined.split(",")]
        return pieces == items and not valid(joined)

    return shows


def _bodies(known: Catalogue, operation: Operation, group: Group, content: MediaType) -> Iterator[Plan]:
    """Yield what can be wrong with a body as a whole."""
    declared = operation.request_body.content if operation.request_body else {}
    found: list[tuple[str, str, Alteration]] = []
    if not any("*" in name for name in declared):
        found.append(("header.content-type", "media_type", "media_type"))
    if content.name == media_types.FORM:
        found.append(("form", "encoding", "no_boundary"))
    if media_types.is_json(content.name):
        found.append(("body", "encoding", "no_json"))
    for place, rule, alteration in found:
        yield Plan(Broken(place, rule, alteration), "body", group.schema, twist=Twist(alteration))
    filled = {"allOf": [group.schema, {"type": "object", "minProperties": 1}]}
    if media_types.is_json(content.name) and known.edges.simplest(filled) is not NOTHING:
        yield Plan(Broken("body", "encoding", "key_twice"), "body", filled, twist=Twist("key_twice"))
