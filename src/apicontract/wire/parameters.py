"""Encode and decode the parameters of a request: path, query, headers and cookies (the styles are in `styles`).

A query name that is declared belongs to its parameter. `name[key]` is a member of a `deepObject`; for any other
parameter it is a mistake, reported as `encoding` and then read as if it had been written correctly, so that one mistake
is one fault. All other names belong to the exploded object, if the operation has one, and are `undeclared` otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from urllib.parse import quote, unquote

from apicontract.openapi.document import Document, Json, Operation, Parameter
from apicontract.openapi.facts import Shape, shape_at, shapes_in
from apicontract.openapi.violation import excerpt
from apicontract.wire import brackets, scalars
from apicontract.wire.faults import EncodeError, Fault
from apicontract.wire.styles import HEADER, QUERY, SEGMENT, Quoting, is_spread, style_of

_DOT_SEGMENTS = (".", "..")
_PLAIN = re.compile(r"[^{}]+(?![^{]*\})")
"""The parts of a path template that are not parameter names."""
_IN_PATH = "%/:@!$&'()*+,;=~?"
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_unquote = QUERY.unquote

# Path


def encode_path(operation: Operation, values: Mapping[str, Json], by_hand: Mapping[str, str] | None = None) -> str:
    """Fill the path template: each value becomes one percent-encoded segment.

    Raises `EncodeError` for a missing or empty value, and for `.` and `..`, which encoding does not protect: clients
    and servers resolve them as steps up the path (RFC 3986, section 5.2.4), and the call would reach another operation.
    With `by_hand`, nothing is rejected: its raw segments are used, and invalid values are written unchanged.
    """
    path, faults = _template(operation.path), []
    for parameter in operation.parameters_in("path"):
        name, value = parameter.name, values.get(parameter.name)
        own: list[Fault] = []
        if by_hand is None or name in values:
            segment = by_hand[name] if by_hand and name in by_hand else _segment(parameter, value, own)
            segment = SEGMENT.quote(scalars.text(value)) if by_hand is not None and own else segment
            path = path.replace("{" + name + "}", segment)
        faults += own
    if faults and by_hand is None:
        raise EncodeError(*faults)
    return path


@lru_cache(maxsize=4096)
def _template(path: str) -> str:
    """Return a path template as it is sent: encoded, and without the fragment after `#`."""
    return _PLAIN.sub(lambda found: quote(found[0], safe=_IN_PATH), path.partition("#")[0])


def _segment(parameter: Parameter, value: Json, faults: list[Fault]) -> str:
    place = f"path.{parameter.name}"
    if value is None:
        faults.append(Fault(place, "missing", f"{parameter.name!r} is missing", parameter.pointer))
        return ""
    segment = _encoded(parameter, value, SEGMENT, faults)
    if segment == "":
        message = "empty, so the request would reach another path"
        faults.append(Fault(place, "minLength", message, parameter.schema_pointer, value))
    if segment in _DOT_SEGMENTS:
        message = "a dot segment, so the request would reach another path"
        faults.append(Fault(place, "encoding", message, parameter.pointer, value))
    return segment


def decode_path(
    document: Document, operation: Operation, segments: Mapping[str, str]
) -> tuple[dict[str, Json], list[Fault]]:
    """Decode the raw path segments, given by parameter name."""
    faults: list[Fault] = []
    instance = {}
    for parameter in operation.parameters_in("path"):
        raw = segments.get(parameter.name)
        if raw is not None:
            place = f"path.{parameter.name}"
            instance[parameter.name] = _decoded(document, parameter, raw, SEGMENT, faults)
            if (wrong := percent_fault(raw)) is not None:
                faults.append(Fault(place, "encoding", wrong, parameter.pointer, raw))
            if unquote(raw) in _DOT_SEGMENTS:
                message = "a dot segment, which clients and servers treat as a step up the path"
                faults.append(Fault(place, "encoding", message, parameter.pointer, raw))
    return instance, faults


# Query


def encode_query(
    operation: Operation, values: Mapping[str, Json], by_hand: Mapping[str, Sequence[str]] | None = None
) -> str:
    """Encode values as a query string, without the question mark; raise `EncodeError` with every fault.

    With `by_hand`, nothing is rejected: its raw pieces are used, and invalid and undeclared values are written
    unchanged.
    """
    if not values:
        return ""
    faults: list[Fault] = []
    pieces: list[str] = []
    left = dict(values)
    for parameter in operation.parameters_in("query"):
        name = parameter.name
        if name in left and not (by_hand and name in by_hand):
            own: list[Fault] = []
            written = _pieces(operation, parameter, left[name], own)
            if by_hand is None or not own:
                pieces += written
                del left[name]
            faults += own
    if by_hand is not None:
        for name, value in left.items():
            pieces += by_hand.get(name) or [f"{QUERY.quote(name)}={QUERY.quote(scalars.text(value))}"]
    elif faults:
        raise EncodeError(*faults)
    return "&".join(pieces)


def _pieces(operation: Operation, parameter: Parameter, value: Json, faults: list[Fault]) -> list[str]:
    if isinstance(value, Mapping) and is_spread(parameter):
        faults.extend(_spread_faults(operation, parameter, value))
    try:
        return [f"{name}={raw}" for name, raw in style_of(parameter).encode(parameter, value, QUERY)]
    except ValueError as error:
        faults.append(Fault(f"query.{parameter.name}", "encoding", str(error), parameter.pointer))
        return []


def _spread_faults(operation: Operation, parameter: Parameter, value: Mapping[str, Json]) -> Iterator[Fault]:
    place = f"query.{parameter.name}"
    if "" in value:
        yield Fault(place, "encoding", "an empty key cannot be sent", parameter.pointer)
    fixed = {other.name for other in operation.parameters_in("query")}
    # `page[x]` would be read as `page`.
    taken = sorted(key for key in value if key.partition("[")[0] in fixed)
    if taken:
        message = f"{', '.join(map(repr, taken))} would overwrite the parameter of the same name"
        yield Fault(place, "encoding", message, parameter.pointer)


def decode_query(document: Document, operation: Operation, query: str) -> tuple[dict[str, Json], list[Fault]]:
    """Decode a raw query string."""
    if not query:
        return {}, []
    found = _Query(document, operation)
    for key, value in _pairs(query, found.faults, operation):
        found.add(key, value)
    return found.instance(), found.faults


class _Query:
    """Sorts the pairs of a query by parameter, then decodes each parameter as a whole."""

    def __init__(self, document: Document, operation: Operation) -> None:
        self.faults: list[Fault] = []
        self._operation = operation
        self._declared = {parameter.name: parameter for parameter in operation.parameters_in("query")}
        self._shapes = shapes_in(document, operation, "query")
        self._raw: dict[str, list[str]] = {}
        self._members: dict[str, list[tuple[list[str], str]]] = {}
        self._rest: dict[str, list[str]] = {}
        objects = (name for name, shape in self._shapes.items() if shape.is_object)
        self._open = [name for name in objects if is_spread(self._declared[name])]
        """The exploded objects, which accept all names that are not declared."""

    def add(self, key: str, value: str) -> None:
        """Take one pair: the name decoded, the value raw."""
        name, keys = brackets.split(key)
        if key in self._declared:
            spread = key in self._open or style_of(self._declared[key]).bracketed
            empty = value == "" and self._declared[key].allow_empty
            if spread and not empty and self._shapes[key].types <= {"object", "null"}:
                self.faults.append(_spelling_fault(self._declared[key], self._shapes[key], key))
            else:
                self._raw.setdefault(key, []).append(value)
        elif keys and name in self._declared:
            self._add_member(name, keys, key, value)
        else:
            self._rest.setdefault(key, []).append(value)

    def _add_member(self, name: str, keys: list[str], key: str, value: str) -> None:
        parameter, shape = self._declared[name], self._shapes[name]
        if not style_of(parameter).bracketed:
            self.faults.append(_spelling_fault(parameter, shape, key))
        if shape.is_object:
            self._members.setdefault(name, []).append((keys, value))
        else:
            self._raw.setdefault(name, []).append(value)

    def instance(self) -> dict[str, Json]:
        """Return the decoded values."""
        found: dict[str, Json] = {}
        for name, parameter in self._declared.items():
            shape = self._shapes[name]
            if parameter.allow_empty and self._raw.get(name) == [""]:
                found[name] = ""
            elif name in self._raw:
                found[name] = read_values(parameter, shape, self._raw[name], self.faults)
            if name in self._members:
                if name in self._raw:
                    self._both(parameter)
                found[name] = brackets.nested(self._members[name], shape, _member, partial(self._twice, parameter))
        for key, values in self._rest.items():
            owner = self._owner(key)
            if owner is None:
                found[key] = _unquote(values[0])
                continue
            members: list[tuple[list[str], str]] = [([], value) for value in values]
            read = brackets.nested(members, self._shapes[owner].property(key), _member, partial(self._again, key))
            if not isinstance(found.setdefault(owner, {}), dict):
                self._both(self._declared[owner])
                found[owner] = {}
            found[owner][key] = read
        return found

    def _owner(self, key: str) -> str | None:
        """Return the exploded object that a name belongs to: one that declares it, else one that is open, else any."""
        shapes = [(name, self._shapes[name]) for name in self._open]
        declaring = (name for name, shape in shapes if key in shape.properties)
        return next(declaring, next((name for name, shape in shapes if shape.additional), next(iter(self._open), None)))

    def _both(self, parameter: Parameter) -> None:
        message = "given both as one value and by its keys; give only one"
        self.faults.append(Fault(f"query.{parameter.name}", "encoding", message, parameter.pointer))

    def _again(self, key: str, values: list[str]) -> None:
        message = f"given {len(values)} times; one value is meant"
        self.faults.append(Fault(f"query.{key}", "encoding", message, self._operation.pointer))

    def _twice(self, parameter: Parameter, values: list[str]) -> None:
        message = f"a key is given {len(values)} times; one value is meant"
        self.faults.append(Fault(f"query.{parameter.name}", "encoding", message, parameter.pointer))


def _member(raw: str, shape: Shape) -> Json:
    return scalars.decode(_unquote(raw), shape)


def read_values(
    parameter: Parameter, shape: Shape, values: list[str], faults: list[Fault], root: str = "query"
) -> Json:
    """Decode the raw values of one name: one, or one for each item of a list; faults are located below `root`."""
    place, style = f"{root}.{parameter.name}", style_of(parameter)
    if parameter.style not in ("json", "text"):
        if shape.is_array and (parameter.explode or len(values) > 1):
            if not parameter.explode:
                faults.append(Fault(place, "encoding", "repeated; join the items in one value", parameter.pointer))
            return [scalars.decode(_unquote(value), shape.items) for value in values]
        if len(values) > 1:
            message = f"given {len(values)} times; one value is meant"
            faults.append(Fault(place, "encoding", message, parameter.pointer, [_unquote(value) for value in values]))
    if style.bracketed:  # the members of an object have their own names
        return scalars.decode(_unquote(values[0]), shape)
    try:
        return style.decode(parameter, shape, values[0], QUERY)
    except ValueError as error:
        raw = _unquote(values[0])
        faults.append(Fault(place, "encoding", str(error), parameter.pointer, raw))
        return raw


def _pairs(query: str, faults: list[Fault], operation: Operation) -> Iterator[tuple[str, str]]:
    """Yield the names, decoded, and the raw values of a query string."""
    for piece in query.split("&"):
        if piece:
            name, _, value = piece.partition("=")
            if (wrong := percent_fault(piece)) is not None:
                faults.append(Fault(f"query.{_unquote(name)}", "encoding", wrong, operation.pointer))
            yield _unquote(name), value


def _spelling_fault(parameter: Parameter, shape: Shape, key: str) -> Fault:
    if style_of(parameter).bracketed:
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


# Headers


def encode_headers(operation: Operation, values: Mapping[str, Json], *, lenient: bool = False) -> list[tuple[str, str]]:
    """Encode values as the declared headers; raise `EncodeError` with every value that cannot be encoded.

    With `lenient`, nothing is rejected: if a value cannot be encoded, all are written unchanged.
    """
    faults: list[Fault] = []
    found: list[tuple[str, str]] = []
    for parameter in operation.parameters_in("header"):
        if parameter.name in values:
            value = _encoded(parameter, values[parameter.name], HEADER, faults)
            if not value.isprintable():
                faults.append(
                    Fault(
                        f"header.{parameter.name}",
                        "encoding",
                        "a header cannot contain control characters",
                        parameter.pointer,
                    )
                )
            found.append((parameter.name, value))
    if faults and lenient:
        return [(name, scalars.text(value)) for name, value in values.items()]
    if faults:
        raise EncodeError(*faults)
    return found


def decode_headers(
    document: Document, parameters: Iterable[Parameter], headers: Mapping[str, str | None]
) -> tuple[dict[str, Json], list[Fault]]:
    """Decode the declared headers; other headers are ignored."""
    faults: list[Fault] = []
    instance = {}
    for parameter in parameters:
        value = headers.get(parameter.name)
        if value is not None:
            instance[parameter.name] = _decoded(document, parameter, value, HEADER, faults)
    return instance, faults


# Cookies


def encode_cookies(operation: Operation, values: Mapping[str, Json], *, lenient: bool = False) -> list[tuple[str, str]]:
    """Encode values as one `Cookie` header, if there are any; raise `EncodeError` with every fault.

    With `lenient`, nothing is rejected: a value that cannot be encoded is written unchanged.
    """
    faults: list[Fault] = []
    pairs: list[tuple[str, str]] = []
    for parameter in operation.parameters_in("cookie"):
        if parameter.name in values:
            value = values[parameter.name]
            try:
                pairs += style_of(parameter).encode(parameter, value, QUERY)
            except ValueError as error:
                faults.append(Fault(f"cookie.{parameter.name}", "encoding", str(error), parameter.pointer))
                pairs.append((QUERY.quote(parameter.name), QUERY.quote(scalars.text(value))))
    if faults and not lenient:
        raise EncodeError(*faults)
    return [("Cookie", "; ".join(f"{name}={raw}" for name, raw in pairs))] if pairs else []


def decode_cookies(document: Document, operation: Operation, header: str) -> tuple[dict[str, Json], list[Fault]]:
    """Decode the declared cookies of a `Cookie` header; other cookies are ignored."""
    faults: list[Fault] = []
    given: dict[str, list[str]] = {}
    for piece in header.split(";"):
        name, _, value = piece.strip().partition("=")
        given.setdefault(unquote(name), []).append(value.removeprefix('"').removesuffix('"'))
    shapes = shapes_in(document, operation, "cookie")
    instance: dict[str, Json] = {}
    for parameter in operation.parameters_in("cookie"):
        name, shape = parameter.name, shapes[parameter.name]
        members = shape.properties.keys() & given if shape.is_object and parameter.explode else set()
        if name in given:
            instance[name] = read_values(parameter, shape, given[name], faults, "cookie")
        elif members:  # each member is a cookie of its own
            instance[name] = {key: scalars.decode(_unquote(given[key][0]), shape.property(key)) for key in members}
    return instance, faults


# One raw string: a path segment or a header


def _encoded(parameter: Parameter, value: Json, quoting: Quoting, faults: list[Fault]) -> str:
    try:
        ((_, raw),) = style_of(parameter).encode(parameter, value, quoting)
    except ValueError as error:
        faults.append(Fault(f"{parameter.location}.{parameter.name}", "encoding", str(error), parameter.pointer))
        return "?"
    return raw


def _decoded(document: Document, parameter: Parameter, raw: str, quoting: Quoting, faults: list[Fault]) -> Json:
    shape = shape_at(document, parameter.schema, parameter.schema_pointer)
    try:
        return style_of(parameter).decode(parameter, shape, raw, quoting)
    except ValueError as error:
        text = quoting.unquote(raw)
        place = f"{parameter.location}.{parameter.name}"
        faults.append(Fault(place, "encoding", str(error), parameter.pointer, text))
        return text


def percent_fault(raw: str) -> str | None:
    """Return what is wrong with percent-encoded text (RFC 3986, section 2.1); `None` if it is valid."""
    if "%" not in raw:
        return None
    if _BARE_PERCENT.search(raw):
        return "a percent sign without two hexadecimal digits; write it as %25"
    try:
        unquote(raw, errors="strict")
    except UnicodeDecodeError:
        return "the percent-encoded bytes are not UTF-8"
    return None
