"""An example call of an operation, for curl, made of the document's own examples."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping

from apicontract.checks.contract import Contract
from apicontract.openapi import media_types
from apicontract.openapi.document import Document, Json, MediaType, Operation, Parameter
from apicontract.openapi.facts import Shape, shape_at
from apicontract.openapi.violation import printable
from apicontract.wire import parameters, scalars
from apicontract.wire.faults import EncodeError


def curl(contract: Contract, operation: Operation) -> str:
    """Return a command of several lines; a required value without an example is written as its name."""
    document = contract.document
    query = _query(document, operation)
    method = "" if operation.method == "GET" else f" -X {operation.method}"
    pieces = [f"curl{method} {_quoted(_base(document) + _path(document, operation) + query)}"]
    pieces += [f"-H {_quoted(f'{header}: KEY')}" for header in operation.key_headers]
    for parameter in operation.parameters_in("header"):
        if parameter.required:
            pieces.append(f"-H {_quoted(f'{parameter.name}: {text_of(_example(document, parameter))}')}")
    if operation.request_body and operation.request_body.content:
        pieces += _body(document, next(iter(operation.request_body.content.values())))
    return " \\\n  ".join(pieces)


def text_of(value: Json) -> str:
    """Write a value as a field of a form or a header holds it."""
    try:
        return scalars.encode(value)
    except ValueError:
        return json.dumps(value, ensure_ascii=False, default=str)


def _base(document: Document) -> str:
    return next(iter(document.servers), "")


def _path(document: Document, operation: Operation) -> str:
    values = {parameter.name: _example(document, parameter) for parameter in operation.parameters_in("path")}
    try:
        return parameters.encode_path(operation, values)
    except EncodeError:
        return operation.path


def _query(document: Document, operation: Operation) -> str:
    """Write the required parameters, or else the first that has an example: a call shows how, not everything."""
    declared = [p for p in operation.parameters_in("query") if p.name not in operation.key_queries]
    given = [(p, _given(document, p)) for p in declared]
    shown = [p for p in declared if p.required] or [p for p, value in given if value is not None][:1]
    try:
        found = parameters.encode_query(operation, {p.name: _example(document, p) for p in shown})
    except EncodeError:
        return ""
    return f"?{found}" if found else ""


def _example(document: Document, parameter: Parameter) -> Json:
    found = _given(document, parameter)
    if found is not None:
        return found
    shape = shape_at(document, parameter.schema, parameter.schema_pointer)
    schema, _ = document.resolve(parameter.schema, parameter.schema_pointer)
    if "string" not in shape.types and shape.types & {"integer", "number"} and isinstance(schema, Mapping):
        return schema.get("minimum", 1)
    return parameter.name.upper()


def _given(document: Document, parameter: Parameter) -> Json:
    """Return the example of a parameter, or of its schema, or its default; `None` where there is none."""
    node = document.at(parameter.pointer)
    if isinstance(node, Mapping):
        if "example" in node:
            return node["example"]
        for named in (node.get("examples") or {}).values():
            value, _ = document.resolve(named, parameter.pointer)
            return value.get("value") if isinstance(value, Mapping) else None
    schema, _ = document.resolve(parameter.schema, parameter.schema_pointer)
    if not isinstance(schema, Mapping):
        return None
    known = [*(schema.get("examples") or ()), *(schema.get("enum") or ())]
    return schema.get("default", known[0] if known else None)


def _body(document: Document, content: MediaType) -> Iterator[str]:
    value = next(iter(content.examples.values()), None)
    if value is None:
        yield f"-H {_quoted(f'content-type: {content.name}')} -d @body"
    elif content.name == media_types.FORM and isinstance(value, Mapping):
        yield from _fields(shape_at(document, content.schema, content.schema_pointer), value)
    elif content.name == media_types.URLENCODED and isinstance(value, Mapping):
        yield from (f"--data-urlencode {_quoted(f'{key}={text_of(item)}')}" for key, item in value.items())
    else:
        body = json.dumps(value, ensure_ascii=False, default=str)
        yield f"-H {_quoted(f'content-type: {content.name}')}"
        yield f"-d {_quoted(body)}"


def _fields(shape: Shape, value: Mapping[str, Json]) -> Iterator[str]:
    """Write a field for each item; `--form-string` takes text as it is, where `-F` reads `@` and `<` as files."""
    for key, given in value.items():
        own = shape.property(key)
        for item in given if own.is_array and isinstance(given, list) else [given]:
            is_file = (own.items if own.is_array else own).is_file
            yield (
                f"-F {_quoted(f'{key}=@{text_of(item)}')}"
                if is_file
                else (f"--form-string {_quoted(f'{key}={text_of(item)}')}")
            )


def _quoted(value: str) -> str:
    return shlex.quote(printable(value))
