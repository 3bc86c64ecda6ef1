"""Requests as bytes, past any client: by the encoders of the contract, and by hand where those refuse."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from apicontract.checks.contract import Contract
from apicontract.openapi import media_types
from apicontract.openapi.document import Document, Json, MediaType, Operation, Parameter
from apicontract.openapi.facts import shape_at
from apicontract.strategies.twists import Twist
from apicontract.values.uploads import Upload
from apicontract.wire import parameters, scalars
from apicontract.wire.faults import EncodeError
from apicontract.wire.forms import encode_form
from apicontract.wire.messages import Headers, Request
from apicontract.wire.multipart import Multipart, Part

BOUNDARY = "boundary-of-the-parts"
_NO_UTF_8 = b"\xff"
_RAW = {"no_text": "%FF", "percent": "%zz", "dots": ".."}


def request(
    contract: Contract,
    operation_id: str,
    arguments: Mapping[str, Any],
    twist: Twist | None,
    base_url: str | None,
    key: str,
) -> Request:
    """Write the arguments of an operation as a request."""
    operation = contract.operation(operation_id)
    base = (contract.servers[0] if base_url is None else base_url).rstrip("/")
    base = base if "://" in base else f"http://localhost{base}"
    query = _query(operation, arguments["query"], twist)
    left_out = twist.name if twist is not None and twist.alteration == "no_key" else None
    headers = [(name, key) for name in operation.key_headers if name != left_out]
    headers += _headers(operation, arguments["header"])
    body = b""
    if "body" in arguments:
        body, content_type = _body(contract.document, operation, arguments["body"], twist)
        headers.append(("content-type", content_type))
    url = f"{base}{_path(operation, arguments['path'], twist)}"
    return Request(operation.method, f"{url}?{query}" if query else url, Headers(headers), body)


def _path(operation: Operation, values: Mapping[str, Json], twist: Twist | None) -> str:
    path = operation.path
    for parameter in operation.parameters_in("path"):
        if parameter.name in values:
            altered = twist is not None and (twist.location, twist.name) == ("path", parameter.name)
            segment = (
                _RAW[twist.alteration] if twist is not None and altered else _segment(operation, parameter, values)
            )
            path = path.replace("{" + parameter.name + "}", segment)
    return path


def _segment(operation: Operation, parameter: Parameter, values: Mapping[str, Json]) -> str:
    alone = replace(operation, path="{" + parameter.name + "}", parameters=(parameter,))
    try:
        return parameters.encode_path(alone, values)
    except EncodeError:
        return quote(_text(values[parameter.name]), safe="")


def _query(operation: Operation, values: Mapping[str, Json], twist: Twist | None) -> str:
    declared = {parameter.name for parameter in operation.parameters_in("query")}
    altered = twist.name if twist is not None and twist.location == "query" else None
    pieces = []
    for name, value in values.items():
        if twist is not None and name == altered:
            pieces += _altered(name, value, twist)
        elif name in declared:
            pieces.append(_declared(operation, name, value))
        else:
            pieces.append(f"{quote(name, safe='')}={quote(_text(value), safe='')}")
    return "&".join(piece for piece in pieces if piece)


def _declared(operation: Operation, name: str, value: Json) -> str:
    try:
        return parameters.encode_query(operation, {name: value})
    except EncodeError:
        return f"{quote(name, safe='')}={quote(_text(value), safe='')}"


def _altered(name: str, value: Json, twist: Twist) -> list[str]:
    """Write a query parameter in one of the ways that are seen in the wild, and wrong."""
    match twist.alteration:
        case "brackets" if isinstance(value, dict):
            return [f"{quote(f'{name}[{key}]', safe='')}={quote(_text(item), safe='')}" for key, item in value.items()]
        case "brackets":
            return [f"{quote(name + '[]', safe='')}={quote(_text(item), safe='')}" for item in value]
        case "joined":
            return [f"{quote(name, safe='')}={','.join(quote(_text(item), safe='') for item in value)}"]
        case "listed":
            return [f"{quote(name, safe='')}={quote(json.dumps(value), safe='')}"]
        case "no_text" | "percent":
            return [f"{quote(name, safe='')}={_RAW[twist.alteration]}"]
        case _:
            return [f"{quote(name, safe='')}={quote(_text(value), safe='')}"] * 2


def _headers(operation: Operation, values: Mapping[str, Json]) -> list[tuple[str, str]]:
    try:
        return parameters.encode_headers(operation, values)
    except EncodeError:
        return [(name, _text(value)) for name, value in values.items()]


def _body(document: Document, operation: Operation, body: Any, twist: Twist | None) -> tuple[bytes, str]:
    content = next(iter(operation.request_body.content.values())) if operation.request_body else None
    name = "application/json" if content is None else content.name
    if content is not None and name in (media_types.FORM, media_types.URLENCODED) and isinstance(body, dict):
        parts = _parts(document, content, body, twist)
        if name == media_types.FORM:
            form = Multipart(parts, _boundary(parts))
            written, name = b"".join(form.chunks()), form.content_type
        else:
            written = urlencode([(part.name, part.content) for part in parts]).encode()
    elif isinstance(body, str) and content is not None and not media_types.is_json(name):
        written = body.encode()
    else:
        written = json.dumps(body, ensure_ascii=False).encode()
    match twist.alteration if twist is not None else None:
        case "media_type":
            name = "application/x-unheard-of"
        case "no_boundary":
            name = media_types.FORM
        case "no_json":
            written += b"]"
        case "key_twice":
            first = json.dumps(dict([next(iter(body.items()))]), ensure_ascii=False)[:-1]
            written = f"{first}, {written[1:].decode()}".encode()
    return written, name


def _parts(document: Document, content: MediaType, body: Mapping[str, Any], twist: Twist | None) -> list[Part]:
    """Write the parts of a form; the fields that the encoder refuses are written one by one."""
    shape = shape_at(document, content.schema, content.schema_pointer)
    parts: list[Part] = []
    for name, value in body.items():
        own = shape.property(name)
        items = value if own.is_array and isinstance(value, list) else [value]
        if any(isinstance(item, Upload) for item in items):
            parts += [Part(name, item.content, item.filename, item.content_type) for item in items]
        else:
            try:
                parts += encode_form(document, content, {name: value})
            except EncodeError:
                parts.append(Part(name, _text(value).encode()))
    altered = twist is not None and twist.location == "body" and twist.name
    return _twisted(parts, body, twist) if twist is not None and altered else parts


def _twisted(parts: list[Part], body: Mapping[str, Any], twist: Twist) -> list[Part]:
    """Write the parts of one field in one of the ways that are seen in the wild, and wrong."""
    name, value = twist.name, body[twist.name]
    own = [part for part in parts if part.name == name]
    match twist.alteration:
        case "brackets":
            changed = [Part(f"{name}[]", part.content) for part in own]
        case "joined":
            changed = [Part(name, ",".join(map(_text, value)).encode())]
        case "listed":
            changed = [Part(name, json.dumps(value).encode())]
        case "nameless":
            changed = [Part(name, part.content, None, part.content_type) for part in own]
        case "named":
            changed = [Part(name, part.content, "field.txt") for part in own]
        case "no_text":
            changed = [Part(name, _NO_UTF_8)]
        case _:
            changed = own * 2
    before = [part for part in parts if part.name != name]
    return [*before, *changed]


def _boundary(parts: list[Part]) -> str:
    """Choose a boundary that no content holds."""
    boundary = BOUNDARY
    while any(boundary.encode() in part.content for part in parts if isinstance(part.content, bytes)):
        boundary += "-"
    return boundary


def _text(value: Json) -> str:
    """Write a value as text, also one that has no such form."""
    try:
        return scalars.encode(value)
    except ValueError:
        return json.dumps(value, ensure_ascii=False)
