"""Floor 2: parameters by OpenAPI style, encoded and decoded.

The styles, with `a` = [x, y] and `o` = {k: v}, as the OpenAPI 3.1 Specification has them ("Style Values"):

    where   style            explode  array           object
    path    simple           any      x,y             k,v  (explode: k=v)
    query   form             true     a=x&a=y         k=v
    query   form             false    a=x,y           o=k,v
    query   spaceDelimited   false    a=x%20y
    query   pipeDelimited    false    a=x|y
    query   deepObject       true                     o[k]=v
    header  simple           any      x,y             k,v  (explode: k=v)

A comma that delimits is bare on the wire and percent-encoded inside a value, so the split comes before the unquoting:
the text `a%2Cb` is one item. A key that no parameter declares goes to the exploded object, if
the operation has one, and is `undeclared` otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote

from twelvelabs_contract._document import Document, Json, Operation, Parameter
from twelvelabs_contract._shape import Shape, shape_at
from twelvelabs_contract._violation import excerpt
from twelvelabs_contract._wire import text
from twelvelabs_contract._wire.faults import EncodeError, Fault

_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "|", "simple": ","}
# These two delimiters are percent-encoded on their way by most clients, so an item that holds one has no wire form.
_AMBIGUOUS = {"spaceDelimited": " ", "pipeDelimited": "|"}
_DOT_SEGMENTS = (".", "..")


def encode_path(operation: Operation, values: Mapping[str, Json]) -> str:
    """Fill the path template: each value becomes one percent-encoded segment.

    Raises `EncodeError` for an absent or empty value, and for `.` and `..`, which no encoding protects: clients and
    servers resolve them as steps up the path (RFC 3986, section 5.2.4), and the call would reach another operation.
    """
    path, faults = operation.path, []
    for parameter in operation.parameters_in("path"):
        place, value = f"path.{parameter.name}", values.get(parameter.name)
        if value is None:
            faults.append(Fault(place, "missing", f"{parameter.name!r} is missing", parameter.pointer))
            continue
        segment = _simple(parameter, value, faults, "path")
        if segment == "":
            faults.append(
                Fault(
                    place,
                    "minLength",
                    "empty, so the request would reach another path",
                    parameter.schema_pointer,
                    value,
                )
            )
        if segment in _DOT_SEGMENTS:
            faults.append(
                Fault(
                    place,
                    "encoding",
                    "a dot segment, so the request would reach another path",
                    parameter.pointer,
                    value,
                )
            )
        path = path.replace("{" + parameter.name + "}", segment)
    if faults:
        raise EncodeError(*faults)
    return path


def encode_query(operation: Operation, values: Mapping[str, Json]) -> str:
    """Write the query string of the given values, without the question mark; `EncodeError` tells every refusal."""
    faults: list[Fault] = []
    fixed = {parameter.name for parameter in operation.parameters_in("query")}
    pairs: list[str] = []
    for parameter in operation.parameters_in("query"):
        if parameter.name in values:
            pairs.extend(_query_pairs(parameter, values[parameter.name], fixed, faults))
    if faults:
        raise EncodeError(*faults)
    return "&".join(pairs)


def encode_headers(operation: Operation, values: Mapping[str, Json]) -> list[tuple[str, str]]:
    """Write the declared headers of the given values; a CR or LF in a value is refused."""
    faults: list[Fault] = []
    found: list[tuple[str, str]] = []
    for parameter in operation.parameters_in("header"):
        if parameter.name in values:
            value = _simple(parameter, values[parameter.name], faults, "header")
            if not value.isprintable():
                faults.append(
                    Fault(
                        f"header.{parameter.name}",
                        "encoding",
                        "a header cannot hold control characters",
                        parameter.pointer,
                    )
                )
            found.append((parameter.name, value))
    if faults:
        raise EncodeError(*faults)
    return found


def decode_path(
    document: Document, operation: Operation, segments: Mapping[str, str]
) -> tuple[dict[str, Json], list[Fault]]:
    """Read the raw segments, by parameter name, into the instance of `path`."""
    faults: list[Fault] = []
    instance = {
        parameter.name: _read_simple(document, parameter, segments[parameter.name], "path", faults)
        for parameter in operation.parameters_in("path")
        if parameter.name in segments
    }
    return instance, faults


def decode_headers(
    document: Document, parameters: Iterator[Parameter] | tuple[Parameter, ...], headers: Mapping[str, str | None]
) -> tuple[dict[str, Json], list[Fault]]:
    """Read the declared headers into the instance of `header`; others are none of the contract's business."""
    faults: list[Fault] = []
    instance = {}
    for parameter in parameters:
        value = headers.get(parameter.name)
        if value is not None:
            instance[parameter.name] = _read_simple(document, parameter, value, "header", faults)
    return instance, faults


def decode_query(document: Document, operation: Operation, query: str) -> tuple[dict[str, Json], list[Fault]]:
    """Read a raw query string into the instance of `query`.

    A bracketed name of a declared parameter (`status[]=`, `user_metadata[k]=`) is an `encoding` fault, and its value is
    read as if it had been written right, so that one mistake is one fault.
    """
    faults: list[Fault] = []
    declared = {parameter.name: parameter for parameter in operation.parameters_in("query")}
    shapes = {name: shape_at(document, p.schema, p.schema_pointer) for name, p in declared.items()}
    raw: dict[str, list[str]] = {}
    members: dict[str, dict[str, str]] = {}
    rest: dict[str, list[str]] = {}
    catch_all = next((n for n, p in declared.items() if p.style == "form" and p.explode and shapes[n].is_object), None)
    for key, value in _pairs(query, faults, operation):
        name, bracket = _bracketed(key)
        if key in declared and key != catch_all:
            raw.setdefault(key, []).append(value)
        elif bracket is not None and name in declared:
            parameter = declared[name]
            if parameter.style != "deepObject":
                faults.append(_bracket_fault(parameter, shapes[name], key))
            if shapes[name].is_object:
                members.setdefault(name, {})[bracket] = value
            else:
                raw.setdefault(name, []).append(value)
        else:
            rest.setdefault(key, []).append(value)
    instance: dict[str, Json] = {}
    for name, parameter in declared.items():
        if name in raw:
            instance[name] = _read_query(parameter, shapes[name], raw[name], faults)
        if name in members:
            instance[name] = {k: text.decode(_unquote(v), shapes[name].property(k)) for k, v in members[name].items()}
    for key, values in rest.items():
        shape = shapes[catch_all].property(key) if catch_all else None
        found: Json = text.decode(_unquote(values[0]), shape) if shape else _unquote(values[0])
        if shape and catch_all:
            instance.setdefault(catch_all, {})[key] = found
        else:
            instance[key] = found
        if len(values) > 1 and shape:
            faults.append(
                Fault(f"query.{key}", "encoding", f"given {len(values)} times; one value is meant", operation.pointer)
            )
    return instance, faults


def _simple(parameter: Parameter, value: Json, faults: list[Fault], location: str) -> str:
    """Write a value in style `simple`; a path segment is percent-encoded, a header is not."""
    keep = quote if location == "path" else _as_is
    try:
        if isinstance(value, list | tuple):
            return ",".join(keep(text.encode(item), safe="") for item in value)
        if isinstance(value, Mapping):
            joint = "=" if parameter.explode else ","
            return ",".join(f"{keep(k, safe='')}{joint}{keep(text.encode(v), safe='')}" for k, v in value.items())
        return keep(text.encode(value), safe="")
    except ValueError as error:
        faults.append(Fault(f"{location}.{parameter.name}", "encoding", str(error), parameter.pointer))
        return "?"


def _as_is(value: str, safe: str) -> str:
    """Leave a header's text alone."""
    return value + safe


def _query_pairs(parameter: Parameter, value: Json, fixed: set[str], faults: list[Fault]) -> Iterator[str]:
    name, place = quote(parameter.name, safe=""), f"query.{parameter.name}"
    try:
        if isinstance(value, Mapping):
            members = {key: quote(text.encode(item), safe="") for key, item in value.items()}
            if parameter.style == "deepObject":
                yield from (f"{name}[{quote(key, safe='')}]={item}" for key, item in members.items())
            elif parameter.explode:
                taken = sorted(fixed & members.keys())
                if taken:
                    message = f"{', '.join(map(repr, taken))} would overwrite the parameter of the same name"
                    faults.append(Fault(place, "encoding", message, parameter.pointer))
                yield from (f"{quote(key, safe='')}={item}" for key, item in members.items())
            else:
                flat = (f"{quote(key, safe='')},{item}" for key, item in members.items())
                yield f"{name}={','.join(flat)}"
        elif isinstance(value, list | tuple):
            items = [quote(text.encode(item), safe="") for item in value]
            if parameter.explode:
                yield from (f"{name}={item}" for item in items)
            elif items:
                held = _AMBIGUOUS.get(parameter.style)
                if held and any(held in str(item) for item in value):
                    faults.append(
                        Fault(place, "encoding", f"an item cannot hold {held!r}, the delimiter", parameter.pointer)
                    )
                yield f"{name}={_DELIMITERS[parameter.style].join(items)}"
        else:
            yield f"{name}={quote(text.encode(value), safe='')}"
    except ValueError as error:
        faults.append(Fault(place, "encoding", str(error), parameter.pointer))


def _read_simple(document: Document, parameter: Parameter, raw: str, location: str, faults: list[Fault]) -> Json:
    shape = shape_at(document, parameter.schema, parameter.schema_pointer)
    read = unquote if location == "path" else str
    if shape.is_array:
        return [text.decode(read(item), shape.items) for item in raw.split(",")] if raw else []
    if shape.is_object:
        steps = raw.split(",")
        pairs = (
            [s.partition("=")[::2] for s in steps] if parameter.explode else list(zip(*[iter(steps)] * 2, strict=False))
        )
        return {read(key): text.decode(read(value), shape.property(read(key))) for key, value in pairs}
    if location == "path" and "/" in raw:
        faults.append(
            Fault(f"path.{parameter.name}", "encoding", "a slash must be written %2F", parameter.pointer, raw)
        )
    return text.decode(read(raw), shape)


def _read_query(parameter: Parameter, shape: Shape, values: list[str], faults: list[Fault]) -> Json:
    place = f"query.{parameter.name}"
    if shape.is_array:
        if parameter.explode or len(values) > 1:
            if not parameter.explode:
                faults.append(Fault(place, "encoding", "repeated; join the items in one value", parameter.pointer))
            return [text.decode(_unquote(value), shape.items) for value in values]
        if not values[0]:
            return []
        held = _AMBIGUOUS.get(parameter.style)
        items = _unquote(values[0]).split(held) if held else [_unquote(item) for item in values[0].split(",")]
        return [text.decode(item, shape.items) for item in items]
    if len(values) > 1:
        message = f"given {len(values)} times; one value is meant"
        faults.append(Fault(place, "encoding", message, parameter.pointer, [_unquote(value) for value in values]))
    if shape.is_object:
        steps = values[0].split(",")
        return {
            _unquote(k): text.decode(_unquote(v), shape.property(_unquote(k)))
            for k, v in zip(*[iter(steps)] * 2, strict=False)
        }
    return text.decode(_unquote(values[0]), shape)


def _pairs(query: str, faults: list[Fault], operation: Operation) -> Iterator[tuple[str, str]]:
    """Yield the names, unquoted, and the values, still raw, of a query string."""
    for piece in query.split("&"):
        if piece:
            name, _, value = piece.partition("=")
            try:
                unquote(value.replace("+", " "), errors="strict")
            except UnicodeDecodeError:
                message = "the percent-encoded bytes are no UTF-8"
                faults.append(Fault(f"query.{_unquote(name)}", "encoding", message, operation.pointer))
            yield _unquote(name), value


def _unquote(raw: str) -> str:
    """Undo percent-encoding, and `+` for a space, as a form's reader would (WHATWG URL, section 5.1)."""
    return unquote(raw.replace("+", " "))


def _bracketed(key: str) -> tuple[str, str | None]:
    """Split `name[inside]`; the second is `None` where there are no brackets."""
    name, bracket, inside = key.partition("[")
    return (name, inside.removesuffix("]")) if bracket else (key, None)


def _bracket_fault(parameter: Parameter, shape: Shape, key: str) -> Fault:
    if shape.is_object:
        fix = "write each key as a parameter of its own, key=value"
    elif shape.is_array:
        fix = f"repeat the name, {parameter.name}=a&{parameter.name}=b"
    else:
        fix = f"write {parameter.name}=value"
    return Fault(f"query.{parameter.name}", "encoding", f"no brackets in {excerpt(key)}; {fix}", parameter.pointer)
