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

import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote

from apicontract.openapi import strict_json
from apicontract.openapi.document import Document, Json, Operation, Parameter
from apicontract.openapi.facts import shape_at
from apicontract.wire import scalars
from apicontract.wire.faults import EncodeError, Fault

_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "|", "simple": ","}
# These two delimiters are percent-encoded on their way by most clients, so an item that holds one has no wire form.
AMBIGUOUS = {"spaceDelimited": " ", "pipeDelimited": "|"}
_DOT_SEGMENTS = (".", "..")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


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
    if not values:
        return ""
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
    instance = {}
    for parameter in operation.parameters_in("path"):
        raw = segments.get(parameter.name)
        if raw is not None:
            place = f"path.{parameter.name}"
            instance[parameter.name] = _read_simple(document, parameter, raw, "path", faults)
            if (wrong := percent_fault(raw)) is not None:
                faults.append(Fault(place, "encoding", wrong, parameter.pointer, raw))
            if unquote(raw) in _DOT_SEGMENTS:
                message = "a dot segment, which clients and servers take for a step up the path"
                faults.append(Fault(place, "encoding", message, parameter.pointer, raw))
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


def _simple(parameter: Parameter, value: Json, faults: list[Fault], location: str) -> str:
    """Write a value in style `simple`; a path segment is percent-encoded, a header is not."""
    keep = quote if location == "path" else _as_is
    try:
        if parameter.style == "json":
            return keep(json.dumps(value, ensure_ascii=False, allow_nan=False), safe="")
        if isinstance(value, list | tuple):
            return ",".join(keep(scalars.encode(item), safe="") for item in value)
        if isinstance(value, Mapping):
            joint = "=" if parameter.explode else ","
            return ",".join(f"{keep(k, safe='')}{joint}{keep(scalars.encode(v), safe='')}" for k, v in value.items())
        return keep(scalars.encode(value), safe="")
    except ValueError as error:
        faults.append(Fault(f"{location}.{parameter.name}", "encoding", str(error), parameter.pointer))
        return "?"


def _as_is(value: str, safe: str) -> str:
    """Leave a header's text alone."""
    return value + safe


def _query_pairs(parameter: Parameter, value: Json, fixed: set[str], faults: list[Fault]) -> Iterator[str]:
    name, place = quote(parameter.name, safe=""), f"query.{parameter.name}"
    try:
        if parameter.style == "json":
            yield f"{name}={quote(json.dumps(value, ensure_ascii=False, allow_nan=False), safe='')}"
        elif isinstance(value, Mapping):
            members = {key: quote(scalars.encode(item), safe="") for key, item in value.items()}
            if parameter.style == "deepObject":
                yield from (f"{name}[{quote(key, safe='')}]={item}" for key, item in members.items())
            elif parameter.explode:
                if "" in members:
                    faults.append(
                        Fault(place, "encoding", "an empty key has no name to be sent under", parameter.pointer)
                    )
                # `page[x]` would be read as a way to write `page`.
                taken = sorted(key for key in members if key.partition("[")[0] in fixed)
                if taken:
                    message = f"{', '.join(map(repr, taken))} would overwrite the parameter of the same name"
                    faults.append(Fault(place, "encoding", message, parameter.pointer))
                yield from (f"{quote(key, safe='')}={item}" for key, item in members.items())
            else:
                flat = (f"{quote(key, safe='')},{item}" for key, item in members.items())
                yield f"{name}={','.join(flat)}"
        elif isinstance(value, list | tuple):
            items = [quote(scalars.encode(item), safe="") for item in value]
            if parameter.explode:
                yield from (f"{name}={item}" for item in items)
            elif items:
                held = AMBIGUOUS.get(parameter.style)
                if held and any(held in str(item) for item in value):
                    faults.append(
                        Fault(place, "encoding", f"an item cannot hold {held!r}, the delimiter", parameter.pointer)
                    )
                yield f"{name}={_DELIMITERS[parameter.style].join(items)}"
        else:
            yield f"{name}={quote(scalars.encode(value), safe='')}"
    except ValueError as error:
        faults.append(Fault(place, "encoding", str(error), parameter.pointer))


def _read_simple(document: Document, parameter: Parameter, raw: str, location: str, faults: list[Fault]) -> Json:
    shape = shape_at(document, parameter.schema, parameter.schema_pointer)
    read = unquote if location == "path" else str
    if parameter.style == "json":
        return read_json(read(raw), f"{location}.{parameter.name}", parameter, faults)
    if shape.is_array:
        return [scalars.decode(read(item), shape.items) for item in raw.split(",")] if raw else []
    if shape.is_object:
        steps = raw.split(",")
        pairs = (
            [s.partition("=")[::2] for s in steps] if parameter.explode else list(zip(*[iter(steps)] * 2, strict=False))
        )
        return {read(key): scalars.decode(read(value), shape.property(read(key))) for key, value in pairs}
    return scalars.decode(read(raw), shape)


def read_json(raw: str, place: str, parameter: Parameter, faults: list[Fault]) -> Json:
    """Read a parameter whose `content` is JSON; text that is none stays text."""
    try:
        return strict_json.load(raw)
    except ValueError as error:
        faults.append(Fault(place, "encoding", f"no JSON text: {error}", parameter.pointer, raw))
        return raw


def percent_fault(raw: str) -> str | None:
    """Say what is wrong with percent-encoded text (RFC 3986, section 2.1), if anything is."""
    if "%" not in raw:
        return None
    if _BARE_PERCENT.search(raw):
        return "a percent sign without two hexadecimal digits; write it as %25"
    try:
        unquote(raw, errors="strict")
    except UnicodeDecodeError:
        return "the percent-encoded bytes are no UTF-8"
    return None
