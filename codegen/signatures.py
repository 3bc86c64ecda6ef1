"""Turn the parameters and the body of an operation into keyword arguments, grouped by where they travel."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from codegen import names, notes
from codegen.api import Argument, Group
from codegen.reader import Node
from codegen.types import is_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from codegen.reader import Reader
    from codegen.types import Types

LOCATIONS = ("path", "query", "header", "cookie", "body")
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


class Operation(NamedTuple):
    """One operation of the document, before anything is decided about it."""

    id: str
    method: str
    path: str
    node: Node
    item: Node

    @property
    def http(self) -> str:
        """The method and path, as a docstring names them."""
        return f"`{self.method.upper()} {self.path}`"


class Signature(NamedTuple):
    """The arguments of a method, required ones first, and what becomes of them."""

    arguments: tuple[Argument, ...]
    groups: tuple[Group, ...]
    remarks: tuple[str, ...]


class _Given(NamedTuple):
    """One thing that a caller gives: a parameter, a property of the body, or the whole body (no wire name)."""

    location: str
    wire: str
    node: Node
    schema: Node
    required: bool
    exploded: bool


class Signatures:
    """Reads signatures out of operations."""

    def __init__(self, reader: Reader, types: Types) -> None:
        self._reader = reader
        self._types = types

    def read(self, operation: Operation, fixed: Mapping[str, bool], flag: str | None = None) -> Signature:
        """Return the signature, where some body properties are fixed values instead of arguments.

        `flag` is a body property that is an argument, but never absent: its default is that of its schema.
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

    def property(self, operation: Operation, wire: str) -> Node | None:
        """Return the schema of a property of the body."""
        body = self._body(operation)
        schema = None if body is None else self._reader.follow(body.below("schema"))
        found = None if schema is None else schema.below("properties", wire)
        return self._reader.follow(found) if found is not None and found.value != {} else None

    def parameter(self, operation: Operation, location: str, wire: str) -> bool:
        """Tell whether an operation has a parameter."""
        return any((given.location, given.wire) == (location, wire) for given in self._parameters(operation))

    def _name(self, given: _Given, operation: Operation, taken: dict[str, _Given]) -> str | None:
        name = names.identifier(given.wire, names.ARGUMENT_NAMES) if given.wire else "body"
        if name is None:
            found = f"no name of an argument can be made of {given.wire!r}"
            self._reader.wrong(given.node, found, "give it a name with ASCII letters, of at most 100 characters")
        elif name in taken:
            first = taken[name]
            found = (
                f"{_words(first)} and {_words(given)} of {operation.id!r} would both be the argument {name!r} "
                f"({self._reader.where(first.node)})"
            )
            self._reader.wrong(given.node, found, "rename one of them")
        else:
            taken[name] = given
            return name
        return None

    def _argument(self, name: str, given: _Given, *, is_flag: bool) -> Argument:
        note = notes.brief(self._reader, given.schema, given.node)
        if is_flag:
            default = self._reader.follow(given.schema).below("default").value is True
            return Argument(name, "bool", str(default), note)
        annotation = self._types.argument(given.schema, exploded=given.exploded)
        if given.required:
            return Argument(name, annotation, None, note)
        if self._types.nullable(given.schema):
            either = f"{annotation.removesuffix(' | None')} | Omit | None"
            return Argument(name, either, "OMIT", f"{note} `None` is sent as null.")
        return Argument(name, f"{annotation} | None", "None", note)

    def _given(self, operation: Operation) -> Iterator[_Given]:
        yield from self._parameters(operation)
        media = self._body(operation)
        if media is None:
            return
        form = media.place[-1].lower() in _FORMS
        schema = media.below("schema")
        target = self._reader.follow(schema)
        if not is_model(target):
            if form:
                found = "the fields of a form are not declared"
                self._reader.wrong(schema, found, "make the schema a named object with properties")
            required = self._reader.follow(operation.node.below("requestBody")).below("required").value is True
            yield _Given("body", "", media, schema, required, exploded=False)
            return
        for wire, held in target.entries("properties"):
            yield _Given("body", wire, held, held, wire in target.texts("required"), exploded=form)

    def _parameters(self, operation: Operation) -> Iterator[_Given]:
        own = [self._reader.follow(node) for _, node in operation.node.entries("parameters")]
        overridden = {(node.text("in"), node.text("name")) for node in own}
        shared = [self._reader.follow(node) for _, node in operation.item.entries("parameters")]
        for node in [*(n for n in shared if (n.text("in"), n.text("name")) not in overridden), *own]:
            location, name = node.text("in"), node.text("name")
            if location not in LOCATIONS[:-1] or not name:
                self._reader.wrong(node, f"the parameter {name!r} in {location!r} is not understood", "correct it")
                continue
            style = node.text("style") or ("form" if location in ("query", "cookie") else "simple")
            exploded = location == "query" and style == "form" and node.below("explode").value is not False
            required = node.below("required").value is True
            yield _Given(location, name, node, node.below("schema"), required, exploded)

    def _body(self, operation: Operation) -> Node | None:
        """Return the media type object of the body, if there is one that can be written."""
        if not operation.node.has("requestBody"):
            return None
        body = self._reader.follow(operation.node.below("requestBody"))
        media = dict(body.entries("content"))
        known = [name for name in media if is_json(name.lower()) or name.lower() in _FORMS]
        if len(media) != 1 or known != list(media):
            found = f"a body of {', '.join(media) or 'no media type'} is not understood"
            self._reader.wrong(body, found, "declare exactly one media type: JSON or a form")
            return None
        return media[known[0]]

    def _remarks(self, operation: Operation, fixed: Mapping[str, bool]) -> Iterator[str]:
        media = self._body(operation)
        schema = None if media is None else self._reader.follow(media.below("schema"))
        for _, group in schema.entries("x-exclusive") if schema else ():
            members = [wire for wire in group.value if isinstance(wire, str) and wire not in fixed]
            spelled = [names.identifier(wire, names.ARGUMENT_NAMES) or wire for wire in members]
            yield "Give at most one of " + ", ".join(f"`{name}`" for name in spelled) + "."


def is_json(name: str) -> bool:
    """Tell whether a media type is JSON."""
    return name == "application/json" or name.endswith("+json")


def _words(given: _Given) -> str:
    return f"the {given.location} {given.wire!r}" if given.wire else "the body"
