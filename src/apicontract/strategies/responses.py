"""Responses that fit the document, and payloads of its named schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from apicontract.checks.contract import Contract
from apicontract.openapi import media_types
from apicontract.openapi.document import Json, MediaType
from apicontract.openapi.document import Response as Declared
from apicontract.strategies.contract_strategies import ContractStrategies, strategies_of
from apicontract.strategies.instance_strategies import Strategy
from apicontract.values.vocabulary import check_schema
from apicontract.wire import media, scalars
from apicontract.wire.messages import Headers, Response


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
    check_schema(contract.document, contract.document.schemas[schema], f"/components/schemas/{schema}")
    return built.instances.of(contract.document.schemas[schema])


def _of(built: ContractStrategies, declared: Declared, status: int) -> st.SearchStrategy[Response]:
    for header in declared.headers:
        check_schema(built.contract.document, header.schema, header.schema_pointer)
    headers = built.instances.of(built.wire.parameters(declared.headers)) if declared.headers else st.just({})
    content = media.preferred(declared.content)
    if content is None:
        return _responses(status, "", headers, st.just(b""))
    return _responses(status, media_types.concrete(content.name), headers, _bodies(built, content))


def _bodies(built: ContractStrategies, content: MediaType) -> st.SearchStrategy[bytes]:
    document, codec = built.contract.document, media.codec(content.name)
    schema: Any = True if content.schema is None else content.schema
    check_schema(document, schema, content.schema_pointer)
    if codec.stream is not None:
        return st.lists(built.instances.of(schema).map(_written), max_size=4).map(codec.stream.join)
    if codec.carrier == "json":
        context = media.Context(document, content)
        return built.instances.of(schema).map(lambda value: codec.encode(value, context).bytes)
    if codec.carrier == "text":
        return st.text(min_size=1, max_size=100).map(str.encode)
    return st.binary(min_size=1, max_size=100)


def _written(event: Json) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode()


@st.composite
def _responses(
    draw: st.DrawFn,
    status: int,
    content_type: str,
    headers: st.SearchStrategy[Mapping[str, Json]],
    body: st.SearchStrategy[bytes],
) -> Response:
    named = [("content-type", content_type)] if content_type else []
    fields = [(name, _field(value)) for name, value in draw(headers).items()]
    return Response(status, Headers([*named, *fields]), draw(body))


def _field(value: Json) -> str:
    return ",".join(map(scalars.encode, value)) if isinstance(value, list) else scalars.encode(value)
