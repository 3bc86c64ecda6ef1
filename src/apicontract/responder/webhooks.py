"""Events as the API would send them to a webhook: signed, with the documented example, or forged on purpose."""

from __future__ import annotations

import time
from collections.abc import Mapping

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json, Operation
from apicontract.responder import responses
from apicontract.responder.responses import AnswerInvalid
from apicontract.values.examples import examples_at
from apicontract.values.webhooks import URL, Event, forge
from apicontract.wire.messages import Request


def webhook_request(
    contract: Contract,
    name: str,
    *,
    secret: str | bytes | None,
    payload: Json = None,
    forgery: str | None = None,
    now: float | None = None,
    url: str = URL,
) -> Request:
    """Return the request that the API sends for an event of a webhook, by its name or id.

    Without a payload, it has the first documented example, else the simplest value. `now` is the time of receipt in
    seconds since 1970, by default that of the clock; the request is signed at that time. For a second delivery, use the
    same call with a later `now`: it has the same payload, with the same id. `forgery` is a name in
    `apicontract.values.webhooks.FORGERIES`, such as `stale`, for a request that must be rejected.

    Raises `LookupError` for an unknown name, `ValueError` if a secret is needed, `AnswerInvalid` for a payload that
    breaks the contract, and `NoAnswer` if none can be generated.
    """
    operation = contract.webhook(name)
    if operation.signature is not None and not secret:
        raise ValueError(f"{operation.id} is signed: pass secret=")
    at = int(time.time() if now is None else now)
    key = secret.encode() if isinstance(secret, str) else secret
    fields = dict(responses.declared_headers(contract, operation.parameters_in("header")))
    event = Event(contract, operation, payload, fields, key if operation.signature else None, at, url)
    if payload is None:
        event = Event(contract, operation, example_of(contract, operation), fields, event.secret, at, url)
    sent = event.sent()
    found = contract.check_webhook(sent, secret=event.secret, now=at, event=operation.id)
    if found:
        note = f"{operation.id}: this payload is one that the real API could never send; correct it:"
        raise AnswerInvalid(note, found)
    return sent if forgery is None else forge(event, forgery)


def example_of(contract: Contract, operation: Operation) -> Json:
    """Return the first documented example of a webhook's payload, else the simplest value.

    Raises `NoAnswer` otherwise.
    """
    body, document = operation.request_body, contract.document
    content = next(iter(body.content.values())) if body else None
    if content is None or content.schema is None:
        return {}
    schema, pointer = content.schema, content.schema_pointer
    resolved, at = document.resolve(schema, pointer)
    found = examples_at(document, document.at(content.pointer), content.pointer)
    found = found or (examples_at(document, resolved, at) if isinstance(resolved, Mapping) else ())
    valid = contract.validators.at(pointer).is_valid
    return next(filter(valid, found), None) or responses.simplest(contract, schema, pointer, operation.id)
