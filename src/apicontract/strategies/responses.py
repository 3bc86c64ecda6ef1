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
from apicontract.wire import scalars
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
    content = _content(declared)
    if content is None:
        return _responses(status, "", headers, st.just(b""))
    name = "application/octet-stream" if "*" in content.name else content.name
    return _responses(status, name, headers, _bodies(built, content))


def _content(declared: Declared) -> MediaType | None:
    """Choose the media type: JSON if there is any, a stream only if there is nothing else."""
    found = list(declared.content.values())
    order = (
        [c for c in found if media_types.is_json(c.name)] + [c for c in found if c.name != media_types.NDJSON] + found
    )
    return order[0] if order else None


def _bodies(built: ContractStrategies, content: MediaType) -> st.SearchStrategy[bytes]:
    schema: Any = True if content.schema is None else content.schema
    check_schema(built.contract.document, schema, content.schema_pointer)
    if media_types.is_json(content.name):
        return built.instances.of(schema).map(_written)
    if content.name == media_types.NDJSON:
        return st.lists(built.instances.of(schema).map(_written), max_size=4).map(b"\n".join)
    texts = st.text(min_size=1, max_size=100).map(str.encode)
    return texts if content.name.startswith("text/") else st.binary(min_size=1, max_size=100)


def _written(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


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
