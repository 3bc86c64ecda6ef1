"""Responses that fit the document, and payloads of its named schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from apicontract.checks.contract import Contract
from apicontract.openapi import media_types
from apicontract.openapi.document import Json, MediaType, Parameter
from apicontract.openapi.document import Response as Declared
from apicontract.openapi.pointer import escape
from apicontract.strategies.contract_strategies import ContractStrategies, strategies_of
from apicontract.strategies.filtering import filtered
from apicontract.strategies.instance_strategies import Strategy
from apicontract.values.vocabulary import check_schema, is_tried
from apicontract.wire import media
from apicontract.wire.messages import Headers, Response
from apicontract.wire.styles import HEADER, style_of


def responses(contract: Contract, operation: str, status: int) -> st.SearchStrategy[Response]:
    """Return the strategy for responses of an operation that fit what is declared for a status.

    Bodies have keys that nobody declared, and values that an open enum does not list; where no body is declared, it is
    empty. The declared headers are there, or not where they are optional. An operation that can also stream answers
    without a stream here (see `event_streams`). Raises `LookupError` for an unknown operation or a status that it does
    not declare, `NotUnderstood` for schemas outside the vocabulary.
    """
    built, found = strategies_of(contract), contract.operation(operation)
    declared = found.response(status)
    if declared is None:
        raise LookupError(f"{operation} declares no response {status}; declared are {', '.join(found.responses)}")
    key = "responses", operation, str(status)
    if key not in built.cache:
        built.cache[key] = _of(built, declared, status)
    strategy: st.SearchStrategy[Response] = built.cache[key]
    return strategy


def payloads(contract: Contract, schema: str) -> Strategy:
    """Return the strategy for JSON values of a named component schema.

    Raises `LookupError` for a name that the document does not have, `NotUnderstood` as `responses` does.
    """
    if schema not in contract.document.schemas:
        raise LookupError(f"no schema {schema!r} in the document")
    built = strategies_of(contract)
    return _instances(built, contract.document.schemas[schema], f"/components/schemas/{escape(schema)}")


def _instances(built: ContractStrategies, schema: Any, pointer: str) -> Strategy:
    """Return the strategy for the values of a schema; those that have to be tried are."""
    document = built.contract.document
    check_schema(document, schema, pointer)
    made = built.instances.of(schema)
    return filtered(made, built.validators.at(pointer).is_valid) if is_tried(document, schema, pointer) else made


def _of(built: ContractStrategies, declared: Declared, status: int) -> st.SearchStrategy[Response]:
    for header in declared.headers:
        check_schema(built.contract.document, header.schema, header.schema_pointer)
    headers = built.instances.of(built.wire.parameters(declared.headers)) if declared.headers else st.just({})
    content = media.preferred(declared.content)
    if content is None:
        return _responses(status, "", declared.headers, headers, st.just(b""))
    name = media_types.concrete(content.name)
    return _responses(status, name, declared.headers, headers, _bodies(built, content))


def _bodies(built: ContractStrategies, content: MediaType) -> st.SearchStrategy[bytes]:
    document, codec = built.contract.document, media.codec(content.name)
    schema: Any = True if content.schema is None else content.schema
    if codec.stream is not None:
        event = _instances(built, schema, content.schema_pointer).map(_written)
        return st.lists(event, max_size=4).map(codec.stream(document, content).join)
    if codec.carrier == "json":
        context = media.Context(document, content)
        made = _instances(built, schema, content.schema_pointer)
        return made.map(lambda value: codec.encode(value, context).bytes)
    if codec.carrier == "text":
        made = built.instances.of(built.wire.body(content))
        return made.map(lambda value: codec.encode(value, media.Context(document, content)).bytes)
    return st.binary(min_size=1, max_size=100)


def _written(event: Json) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode()


@st.composite
def _responses(
    draw: st.DrawFn,
    status: int,
    content_type: str,
    declared: Sequence[Parameter],
    headers: st.SearchStrategy[Mapping[str, Json]],
    body: st.SearchStrategy[bytes],
) -> Response:
    named = [("content-type", content_type)] if content_type else []
    values = draw(headers)
    fields = [(header.name, _field(header, values[header.name])) for header in declared if header.name in values]
    return Response(status, Headers([*named, *fields]), draw(body))


def _field(header: Parameter, value: Json) -> str:
    ((_, field),) = style_of(header).encode(header, value, HEADER)
    return field
