"""Floor 2: a raw query string as the instance of `query`; the inverse of `parameters.encode_query`.

A name that is declared goes to its parameter. `name[key]` is a member of a `deepObject`; of any other parameter it is a
mistake, told as `encoding` and then read as if it had been written right, so that one mistake is one fault. What is
left goes to the exploded object, if the operation has one, and is `undeclared` otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator

from apicontract.openapi.document import Document, Json, Operation, Parameter
from apicontract.openapi.facts import Shape, shapes_in
from apicontract.openapi.violation import excerpt
from apicontract.wire import scalars
from apicontract.wire.faults import Fault
from apicontract.wire.parameters import AMBIGUOUS, percent_fault, read_json
from apicontract.wire.scalars import unquote_form as _unquote


def decode_query(document: Document, operation: Operation, query: str) -> tuple[dict[str, Json], list[Fault]]:
    """Read a raw query string into the instance of `query`."""
    if not query:
        return {}, []
    reader = _Reader(document, operation)
    for key, value in _pairs(query, reader.faults, operation):
        reader.add(key, value)
    return reader.instance(), reader.faults


class _Reader:
    """Sorts the pairs of one query by parameter, then reads each parameter as a whole."""

    def __init__(self, document: Document, operation: Operation) -> None:
        self.faults: list[Fault] = []
        self._operation = operation
        self._declared = {parameter.name: parameter for parameter in operation.parameters_in("query")}
        self._shapes = shapes_in(document, operation, "query")
        self._raw: dict[str, list[str]] = {}
        self._members: dict[str, dict[str, str]] = {}
        self._rest: dict[str, list[str]] = {}
        objects = (name for name, shape in self._shapes.items() if shape.is_object)
        exploded = (n for n in objects if self._declared[n].style == "form" and self._declared[n].explode)
        self._open = next(exploded, None)

    def add(self, key: str, value: str) -> None:
        """Take one pair: the name unquoted, the value raw."""
        name, bracket = _bracketed(key)
        if key in self._declared:
            if key == self._open or self._declared[key].style == "deepObject":
                self.faults.append(_spelling_fault(self._declared[key], self._shapes[key], key))
            else:
                self._raw.setdefault(key, []).append(value)
        elif bracket is not None and name in self._declared:
            self._add_member(name, bracket, key, value)
        else:
            self._rest.setdefault(key, []).append(value)

    def _add_member(self, name: str, bracket: str, key: str, value: str) -> None:
        parameter, shape = self._declared[name], self._shapes[name]
        if parameter.style != "deepObject":
            self.faults.append(_spelling_fault(parameter, shape, key))
        if not shape.is_object:
            self._raw.setdefault(name, []).append(value)
            return
        members = self._members.setdefault(name, {})
        if bracket in members:
            message = f"{excerpt(key)} is given twice"
            self.faults.append(Fault(f"query.{name}", "encoding", message, parameter.pointer))
        members[bracket] = value

    def instance(self) -> dict[str, Json]:
        """Return what was read."""
        found: dict[str, Json] = {}
        for name, parameter in self._declared.items():
            shape = self._shapes[name]
            if name in self._raw:
                found[name] = _read(parameter, shape, self._raw[name], self.faults)
            if name in self._members:
                members = self._members[name].items()
                found[name] = {key: scalars.decode(_unquote(value), shape.property(key)) for key, value in members}
        for key, values in self._rest.items():
            if self._open is None:
                found[key] = _unquote(values[0])
                continue
            shape = self._shapes[self._open].property(key)
            found.setdefault(self._open, {})[key] = scalars.decode(_unquote(values[0]), shape)
            if len(values) > 1:
                message = f"given {len(values)} times; one value is meant"
                self.faults.append(Fault(f"query.{key}", "encoding", message, self._operation.pointer))
        return found


def _read(parameter: Parameter, shape: Shape, values: list[str], faults: list[Fault]) -> Json:
    place = f"query.{parameter.name}"
    if parameter.style == "json":
        return read_json(_unquote(values[0]), place, parameter, faults)
    if shape.is_array:
        if parameter.explode or len(values) > 1:
            if not parameter.explode:
                faults.append(Fault(place, "encoding", "repeated; join the items in one value", parameter.pointer))
            return [scalars.decode(_unquote(value), shape.items) for value in values]
        if not values[0]:
            return []
        held = AMBIGUOUS.get(parameter.style)
        items = _unquote(values[0]).split(held) if held else [_unquote(item) for item in values[0].split(",")]
        return [scalars.decode(item, shape.items) for item in items]
    if len(values) > 1:
        message = f"given {len(values)} times; one value is meant"
        faults.append(Fault(place, "encoding", message, parameter.pointer, [_unquote(value) for value in values]))
    if shape.is_object:
        steps = values[0].split(",")
        return {
            _unquote(k): scalars.decode(_unquote(v), shape.property(_unquote(k)))
            for k, v in zip(*[iter(steps)] * 2, strict=False)
        }
    return scalars.decode(_unquote(values[0]), shape)


def _pairs(query: str, faults: list[Fault], operation: Operation) -> Iterator[tuple[str, str]]:
    """Yield the names, unquoted, and the values, still raw, of a query string."""
    for piece in query.split("&"):
        if piece:
            name, _, value = piece.partition("=")
            if (wrong := percent_fault(piece)) is not None:
                faults.append(Fault(f"query.{_unquote(name)}", "encoding", wrong, operation.pointer))
            yield _unquote(name), value


def _bracketed(key: str) -> tuple[str, str | None]:
    """Split `name[inside]`; the second is `None` where there are no brackets."""
    name, bracket, inside = key.partition("[")
    return (name, inside[:-1]) if bracket and inside.endswith("]") else (key, None)


def _spelling_fault(parameter: Parameter, shape: Shape, key: str) -> Fault:
    if parameter.style == "deepObject":
        fix = f"write {parameter.name}[key]=value"
    elif shape.is_object:
        fix = "write each key as a parameter of its own, key=value"
    elif shape.is_array:
        fix = f"repeat the name, {parameter.name}=a&{parameter.name}=b"
    else:
        fix = f"write {parameter.name}=value"
    return Fault(
        f"query.{parameter.name}", "encoding", f"{excerpt(key)} is not how this is sent; {fix}", parameter.pointer
    )
