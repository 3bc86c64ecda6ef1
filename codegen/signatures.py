"""Turn the parameters and the body of an operation into keyword arguments, grouped by location."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from apicontract.openapi.media_types import FORM, JSON
from codegen import descriptions, names
from codegen.api import Argument, Group
from codegen.types import is_model

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from codegen.types import Types
    from codegen.view import Operation, Place, View

LOCATIONS = ("path", "query", "header", "cookie", "body")


class Signature(NamedTuple):
    """The arguments of a method, required ones first, and where they are sent."""

    arguments: tuple[Argument, ...]
    groups: tuple[Group, ...]
    remarks: tuple[str, ...]


class _Given(NamedTuple):
    """An input of the caller: a parameter, a property of the body, or the whole body (no wire name)."""

    location: str
    wire: str
    node: Place
    schema: Place
    required: bool
    exploded: bool
    raw: str | None = None
    """The annotation of a body that is sent unchanged."""


class Signatures:
    """Makes the signatures of operations."""

    def __init__(self, view: View, types: Types) -> None:
        self._view = view
        self._types = types

    def read(self, operation: Operation, fixed: Mapping[str, bool], flag: str | None = None) -> Signature:
        """Return the signature, in which some body properties can be fixed instead of arguments.

        `flag` is a body property that is an argument, but never omitted: its default is that of its schema.
        """
        arguments: list[Argument] = []
        groups: dict[str, list[tuple[str, str]]] = {}
        whole: str | None = None
        taken: dict[str, _Given] = {}
        for given in sorted(self._given(operation), key=lambda given: LOCATIONS.index(given.location)):
            members = groups.setdefault(given.location, [])
            if given.location == "body" and given.wire in fixed:
                members.append((given.wire, str(fixed[given.wire])))
                continue
            name = self._name(given, operation, taken)
            if name is None:
                continue
            arguments.append(self._argument(name, given, is_flag=given.location == "body" and given.wire == flag))
            if given.wire:
                members.append((given.wire, name))
            else:
                whole = name
        arguments.sort(key=lambda argument: argument.default is not None)
        grouped = tuple(
            Group(location, tuple(members), whole if location == "body" else None)
            for location, members in groups.items()
        )
        return Signature(tuple(arguments), grouped, tuple(self._remarks(operation, fixed)))

    def property(self, operation: Operation, wire: str) -> Place | None:
        """Return the schema of a property of the body; `None` if the body has no such property."""
        schema = self._body_schema(operation)
        found = schema.below("properties", wire) if schema else None
        return self._view.resolve(found) if found is not None and found.value != {} else None

    def _name(self, given: _Given, operation: Operation, taken: dict[str, _Given]) -> str | None:
        name = names.identifier(given.wire, names.ARGUMENT_NAMES) if given.wire else "body"
        if self._view.adopted:
            name = _free(given, taken)
        if name is None:
            found = f"no argument name can be derived from {given.wire!r}"
            self._view.report(given.node.tokens, found, "give it a name with ASCII letters, of at most 100 characters")
        elif name in taken:
            first = taken[name]
            found = (
                f"{_words(first)} and {_words(given)} of {operation.id!r} would both be the argument {name!r} "
                f"({self._view.where(first.node.tokens)})"
            )
            self._view.report(given.node.tokens, found, "rename one of them")
        else:
            taken[name] = given
            return name
        return None

    def _argument(self, name: str, given: _Given, *, is_flag: bool) -> Argument:
        note = descriptions.brief(self._view, given.schema, given.node)
        deprecated = descriptions.deprecation(given.node, given.schema, self._view.resolve(given.schema))
        if deprecated:
            note = f"{note} {deprecated}"
        if is_flag:
            default = self._view.resolve(given.schema).below("default").value is True
            return Argument(name, "bool", str(default), note)
        annotation = given.raw or self._types.argument(given.schema, exploded=given.exploded)
        if given.required:
            return Argument(name, annotation, None, note)
        if self._types.nullable(given.schema):
            either = f"{annotation.removesuffix(' | None')} | Omit | None"
            return Argument(name, either, "OMIT", f"{note} `None` is sent as null.", deprecated)
        return Argument(name, f"{annotation} | None", "None", note, deprecated)

    def _given(self, operation: Operation) -> Iterator[_Given]:
        yield from self._parameters(operation)
        for name, media in list(operation.body.items())[:1]:  # a duplicate is already reported
            target = self._view.resolve(media.below("schema"))
            if name not in (JSON, FORM):
                required = operation.request.below("required").value is True
                yield _Given("body", "", media, media.below("schema"), required, exploded=False, raw=_raw(name))
                return
            if not is_model(target):
                required = operation.request.below("required").value is True
                yield _Given("body", "", media, media.below("schema"), required, exploded=False)
                return
            for wire, held in target.entries("properties"):
                yield _Given("body", wire, held, held, wire in target.texts("required"), exploded=name == FORM)

    def _parameters(self, operation: Operation) -> Iterator[_Given]:
        for node in operation.parameters:
            location, name = node.text("in"), node.text("name")
            if location not in LOCATIONS[:-1] or not name:
                continue  # reported already
            style = node.text("style") or ("form" if location in ("query", "cookie") else "simple")
            exploded = location == "query" and style == "form" and node.below("explode").value is not False
            required = node.below("required").value is True
            yield _Given(location, name, node, node.below("schema"), required, exploded)

    def _body_schema(self, operation: Operation) -> Place | None:
        """Return the schema of the body, with its reference followed; `None` without a body."""
        return next((self._view.resolve(media.below("schema")) for media in operation.body.values()), None)

    def _remarks(self, operation: Operation, fixed: Mapping[str, bool]) -> Iterator[str]:
        schema = self._body_schema(operation)
        for _, group in schema.entries("x-exclusive") if schema else ():
            members = [wire for wire in group.value if isinstance(wire, str) and wire not in fixed]
            spelled = [names.identifier(wire, names.ARGUMENT_NAMES) or wire for wire in members]
            yield "Give at most one of " + ", ".join(f"`{name}`" for name in spelled) + "."


def _free(given: _Given, taken: Collection[str]) -> str:
    """Return a name for an argument in another's document, with its location if the name is taken."""
    name = "body"
    if given.wire:
        name = names.identifier(names.shortened(given.wire) or "value", names.ARGUMENT_NAMES) or name
    first, number = name, 1
    while name in taken:
        name = f"{given.location}_{first.rstrip('_')}" + (f"_{number}" if number > 1 else "")
        number += 1
    return name


def _raw(media_type: str) -> str:
    """Return the annotation of a body of which only the media type is known."""
    return "bytes | str" if media_type.startswith("text/") else "bytes"


def _words(given: _Given) -> str:
    return f"the {given.location} {given.wire!r}" if given.wire else "the body"
