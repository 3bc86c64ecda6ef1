"""The two ends of a call: how a server would decode a request, and how it would respond."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx

from apicontract.openapi import media_types
from apicontract.openapi.document import MediaType
from apicontract.openapi.facts import Shape, shape_at
from apicontract.openapi.routing import Match
from apicontract.wire import forms, media, parameters
from apicontract.wire.parameters import decode_query
from tests.laws.subjects import Arguments, Handler
from twelvelabs_contract import Contract, Operation, Request

JSON = "application/json"


def same(one: Any, other: Any) -> bool:
    """Return whether two values are the same JSON: 1 is 1.0, and neither is true."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) is isinstance(other, bool) and bool(one == other)


def difference(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return the differences between two requests, by place; the word `nothing` stands for a missing value."""
    found: dict[str, Any] = {}
    for location in {**one, **other}:
        here, there = one.get(location, {}), other.get(location, {})
        if not isinstance(here, Mapping) or not isinstance(there, Mapping):
            here, there = {"": here}, {"": there}
        for name in {**here, **there}:
            if name not in here or name not in there or not same(here[name], there[name]):
                found[f"{location}.{name}".rstrip(".")] = here.get(name, "nothing")
    return found


def fields(contract: Contract, operation: Operation) -> Mapping[str, Shape]:
    """Return the shapes of the properties of a request body; none if there is no body."""
    if operation.request_body is None:
        return {}
    content = next(iter(operation.request_body.content.values()))
    return shape_at(contract.document, content.schema, content.schema_pointer).properties


def required(contract: Contract, operation: Operation) -> list[str]:
    """Return the names of the properties that a request body must have."""
    if operation.request_body is None:
        return []
    content = next(iter(operation.request_body.content.values()))
    schema, _ = contract.document.resolve(content.schema, content.schema_pointer)
    return list(schema.get("required", ()))


def reached(contract: Contract, request: httpx.Request) -> Match | None:
    """Return the operation that a request reaches, with what is in its URL; `None` if it reaches none."""
    found = contract.route(Request(request.method, str(request.url)))
    return found if isinstance(found, Match) else None


def arrived(contract: Contract, request: httpx.Request) -> tuple[str, dict[str, Any]]:
    """Decode a request as a server would: the operation's id, and its arguments by location, with files as names."""
    found = reached(contract, request)
    if found is None:
        return "", {}
    operation, document = found.operation, contract.document
    values: dict[str, Any] = {
        "path": parameters.decode_path(document, operation, found.segments)[0],
        "query": decode_query(document, operation, found.query)[0],
        "header": parameters.decode_headers(
            document,
            tuple(operation.parameters_in("header")),
            {parameter.name: request.headers.get(parameter.name) for parameter in operation.parameters_in("header")},
        )[0],
    }
    if operation.request_body and request.content:
        name, options = media_types.parse(request.headers.get("content-type", ""))
        content = media_types.find(operation.request_body.content, name)
        if content and name == media_types.FORM:
            values["body"] = forms.decode_multipart(document, content, request.content, options.get("boundary", ""))[0]
        else:
            values["body"] = json.loads(request.content)
    return operation.id, values


def flag(operation: Operation, contract: Contract) -> bool:
    """Return whether an operation streams if the request does not say."""
    if operation.streaming is None or operation.request_body is None:
        return False
    content = next(iter(operation.request_body.content.values()))
    schema, _ = contract.document.resolve(content.schema, content.schema_pointer)
    return bool(schema["properties"][operation.streaming.flag].get("default"))


def sent(contract: Contract, operation: Operation, arguments: Arguments) -> dict[str, Any]:
    """Return what must be received for some arguments: themselves and the stream flag, which is always sent.

    The flag (ledger A14) is false if the stream is not one of those that the laws support.
    """
    found = {location: arguments.get(location, {}) for location in ("path", "query", "header")}
    if "body" in arguments:
        found["body"] = arguments["body"]
        if operation.streaming and isinstance(found["body"], Mapping):
            found["body"] = {operation.streaming.flag: flag(operation, contract), **found["body"]}
    return found


def stream_of(operation: Operation) -> MediaType | None:
    """Return the media type of the stream of an operation; `None` if it has none."""
    contents = (media.stream_of(declared.content) for key, declared in operation.responses.items() if key[0] == "2")
    return next(filter(None, contents), None)


def streams(contract: Contract, operation: Operation, arguments: Arguments) -> bool:
    """Return whether a call asks for a stream."""
    body = sent(contract, operation, arguments).get("body")
    return operation.streaming is not None and isinstance(body, Mapping) and bool(body[operation.streaming.flag])


def decided(contract: Contract, operation: Operation, arguments: Arguments) -> Arguments:
    """Return whether the method of a call decides that it streams."""
    if operation.streaming is None or not operation.streaming.method:
        return arguments
    return flagged(operation, arguments, streamed=streams(contract, operation, arguments))


def flagged(operation: Operation, arguments: Arguments, *, streamed: bool) -> dict[str, Any]:
    """Return arguments that ask for a stream, or for one object, if the operation has both."""
    found = dict(arguments)
    if operation.streaming and operation.streaming.flag:
        found["body"] = {**found["body"], operation.streaming.flag: streamed}
    return found


def success(operation: Operation) -> tuple[int, Any]:
    """Return the documented success of an operation, and its first example; `None` if it has no body.

    The example is `bytes` if it is not JSON.
    """
    key, declared = next((key, found) for key, found in operation.responses.items() if key.startswith("2"))
    if not declared.content:
        return int(key), None
    content = declared.content.get(JSON)
    if content is None:
        return int(key), str(next(iter(next(iter(declared.content.values())).examples.values()))).encode()
    return int(key), next(iter(content.examples.values()))


def answers(operation: Operation, *, streamed: bool = False) -> Handler:
    """Respond to each request with a documented success."""
    status, payload = success(operation)
    content = stream_of(operation)
    if streamed and content is not None:
        text = str(next(iter(content.examples.values())))
        return lambda _: httpx.Response(status, headers={"content-type": content.name}, text=text)
    return lambda _: answer(status, payload)


def answer(status: int, payload: Any) -> httpx.Response:
    """Return a JSON response, one of bytes, or one without a body."""
    if payload is None:
        return httpx.Response(status)
    if isinstance(payload, bytes):
        return httpx.Response(status, content=payload)
    return httpx.Response(status, headers={"content-type": JSON}, content=json.dumps(payload).encode())
