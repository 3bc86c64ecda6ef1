"""Encode requests without any client: by the writer of the contract, or by hand for an alteration."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from apicontract.checks.contract import Contract
from apicontract.openapi import media_types
from apicontract.openapi.document import Document, Json, Operation
from apicontract.strategies.twists import Twist
from apicontract.values.uploads import Upload
from apicontract.wire import scalars
from apicontract.wire.messages import Headers, Request
from apicontract.wire.multipart import Part
from apicontract.wire.requests import ByHand, write_request

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
    """Encode the arguments of an operation as a request."""
    operation = contract.operation(operation_id)
    base = (contract.base_url(operation) if base_url is None else base_url).rstrip("/")
    base = base if "://" in base else f"http://localhost{base}"
    files = _files(arguments.get("body"))
    by_hand = _by_hand(contract.document, operation, arguments, files, twist)
    written = write_request(contract.document, operation, arguments, files=files, by_hand=by_hand)
    left_out = twist.name if twist is not None and twist.alteration == "no_key" else None
    headers = [(name, key) for name in operation.key_headers if name != left_out]
    headers += written.headers
    body = b""
    if written.body is not None:
        body, content_type = _altered_body(written.body.bytes, written.body.content_type, arguments["body"], twist)
        headers.append(("content-type", content_type))
    return Request(operation.method, f"{base}{written.target}", Headers(headers), body)


def _files(body: Any) -> dict[str, list[Part]]:
    """Return the parts of the file properties."""
    found: dict[str, list[Part]] = {}
    for name, value in body.items() if isinstance(body, dict) else ():
        items = value if isinstance(value, list) else [value]
        if any(isinstance(item, Upload) for item in items):
            found[name] = [Part(name, item.content, item.filename, item.content_type) for item in items]
    return found


def _by_hand(
    document: Document,
    operation: Operation,
    arguments: Mapping[str, Any],
    files: Mapping[str, Sequence[Part]],
    twist: Twist | None,
) -> ByHand:
    """Encode the one argument that a twist alters; all others are left to the writer."""
    if twist is None or not twist.name:
        return ByHand()
    match twist.location:
        case "path":
            return ByHand(path={twist.name: _RAW[twist.alteration]})
        case "query":
            return ByHand(query={twist.name: _altered(twist.name, arguments["query"][twist.name], twist)})
        case "body":
            value = arguments["body"][twist.name]
            alone = write_request(document, operation, {"body": {twist.name: value}}, files=files, by_hand=ByHand())
            return ByHand(parts={twist.name: _twisted(alone.body.parts if alone.body else (), value, twist)})
        case _:
            return ByHand()


def _altered(name: str, value: Json, twist: Twist) -> list[str]:
    """Encode a query parameter in one of the wrong ways that clients use."""
    match twist.alteration:
        case "brackets" if isinstance(value, dict):
            return [
                f"{quote(f'{name}[{key}]', safe='')}={quote(scalars.text(item), safe='')}"
                for key, item in value.items()
            ]
        case "brackets":
            return [f"{quote(name + '[]', safe='')}={quote(scalars.text(item), safe='')}" for item in value]
        case "joined":
            return [f"{quote(name, safe='')}={','.join(quote(scalars.text(item), safe='') for item in value)}"]
        case "listed":
            return [f"{quote(name, safe='')}={quote(json.dumps(value), safe='')}"]
        case "no_text" | "percent":
            return [f"{quote(name, safe='')}={_RAW[twist.alteration]}"]
        case _:
            return [f"{quote(name, safe='')}={quote(scalars.text(value), safe='')}"] * 2


def _altered_body(written: bytes, content_type: str, body: Any, twist: Twist | None) -> tuple[bytes, str]:
    match twist.alteration if twist is not None else None:
        case "media_type":
            content_type = "application/x-unheard-of"
        case "no_boundary":
            content_type = media_types.FORM
        case "no_json":
            written += b"]"
        case "key_twice":
            first = json.dumps(dict([next(iter(body.items()))]), ensure_ascii=False)[:-1]
            written = f"{first}, {written[1:].decode()}".encode()
    return written, content_type


def _twisted(own: Sequence[Part], value: Any, twist: Twist) -> list[Part]:
    """Encode the parts of one field in one of the wrong ways that clients use."""
    name = twist.name
    match twist.alteration:
        case "brackets":
            return [Part(f"{name}[]", part.content) for part in own]
        case "joined":
            return [Part(name, ",".join(map(scalars.text, value)).encode())]
        case "listed":
            return [Part(name, json.dumps(value).encode())]
        case "nameless":
            return [Part(name, part.content, None, part.content_type) for part in own]
        case "named":
            return [Part(name, part.content, "field.txt") for part in own]
        case "no_text":
            return [Part(name, _NO_UTF_8)]
        case _:
            return [*own, *own]
