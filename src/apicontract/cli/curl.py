"""Example calls of operations with curl, from the document's own examples."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Document, Json, MediaType, Operation, Parameter
from apicontract.openapi.facts import shape_at
from apicontract.openapi.violation import printable
from apicontract.wire import media, scalars
from apicontract.wire.messages import Request
from apicontract.wire.multipart import Part
from apicontract.wire.requests import ByHand, write_request


def curl(contract: Contract, operation: Operation) -> str:
    """Return a command of several lines; a required value without an example is written as its name."""
    document = contract.document
    headers = [parameter for parameter in operation.parameters_in("header") if parameter.required]
    arguments: dict[str, Any] = {
        location: {parameter.name: _example(document, parameter) for parameter in shown}
        for location, shown in (
            ("path", operation.parameters_in("path")),
            ("query", _shown(document, operation)),
            ("header", headers),
        )
    }
    content = next(iter(operation.request_body.content.values()), None) if operation.request_body else None
    body = next(iter(content.examples.values()), None) if content else None
    files: dict[str, list[Part]] = {}
    if content is not None and body is not None:
        arguments["body"] = body
        files = _files(document, content, body)
    written = write_request(document, operation, arguments, files=files, by_hand=ByHand())
    method = "" if operation.method == "GET" else f" -X {operation.method}"
    pieces = [f"curl{method} {_quoted(next(iter(document.servers), '') + written.target)}"]
    pieces += [f"-H {_quoted(f'{header}: KEY')}" for header in operation.key_headers]
    pieces += [f"-H {_quoted(f'{name}: {value}')}" for name, value in written.headers]
    if content is not None and written.body is None:
        pieces.append(f"-H {_quoted(f'content-type: {content.name}')} -d @body")
    elif content is not None and written.body is not None:
        pieces += _body(content, written.body)
    return " \\\n  ".join(pieces)


def sent(request: Request, body: media.Encoded | None) -> str:
    """Return the command that sends a request, on one line."""
    method = "" if request.method == "GET" else f" -X {request.method}"
    pieces = [f"curl{method} {_quoted(request.url)}"]
    form = body is not None and bool(body.parts)
    pieces += [f"-H {_quoted(f'{k}: {v}')}" for k, v in request.headers.items if not (form and k == "content-type")]
    if body is not None and form:
        pieces += _parts(body, files=body.content_type.startswith("multipart/"))
    elif body is not None:
        pieces.append(f"-d {_quoted(body.bytes.decode(errors='replace'))}")
    return " ".join(pieces)


def _shown(document: Document, operation: Operation) -> list[Parameter]:
    """Return the required query parameters, or else the first one with an example: the call is an illustration."""
    declared = [p for p in operation.parameters_in("query") if p.name not in operation.key_queries]
    required = [parameter for parameter in declared if parameter.required]
    return required or [parameter for parameter in declared if _given(document, parameter) is not None][:1]


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
    """Return the example of a parameter, or the default of its schema, or the first of its examples and its values.

    Returns `None` if it has none.
    """
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


def _files(document: Document, content: MediaType, body: Json) -> dict[str, list[Part]]:
    """Return the parts of the file properties, whose examples are names."""
    found: dict[str, list[Part]] = {}
    shape = shape_at(document, content.schema, content.schema_pointer)
    for name, value in body.items() if media.codec(content.name).files and isinstance(body, Mapping) else ():
        own = shape.property(name)
        if (own.items if own.is_array else own).is_file:
            items = value if own.is_array and isinstance(value, list) else [value]
            found[name] = [Part(name, b"", filename=scalars.text(item)) for item in items]
    return found


def _body(content: MediaType, body: media.Encoded) -> Iterator[str]:
    if body.parts:
        yield from _parts(body, files=media.codec(content.name).files)
    else:
        yield f"-H {_quoted(f'content-type: {content.name}')}"
        yield f"-d {_quoted(body.bytes.decode())}"


def _parts(body: media.Encoded, *, files: bool) -> Iterator[str]:
    """Yield the fields of a form as options.

    `--form-string` sends a string literally, whereas `-F` interprets `@` and `<`.
    """
    for part in body.parts:
        text = part.content.decode() if isinstance(part.content, bytes) else ""
        if part.filename is not None:
            yield f"-F {_quoted(f'{part.name}=@{part.filename}')}"
        else:
            yield f"{'--form-string' if files else '--data-urlencode'} {_quoted(f'{part.name}={text}')}"


def _quoted(value: str) -> str:
    return shlex.quote(printable(value))
