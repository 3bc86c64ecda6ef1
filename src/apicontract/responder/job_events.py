"""The events that a job sends to a webhook when it ends, as the document declares (`x-event`)."""

from __future__ import annotations

from copy import deepcopy
from typing import NamedTuple

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json, Operation
from apicontract.openapi.facts import shape_at
from apicontract.openapi.pointer import find, split
from apicontract.responder.payloads import laid, put, renewed
from apicontract.responder.resources import Resource, Resources
from apicontract.responder.webhooks import example_of


class JobEnded(NamedTuple):
    """The event of a job that has ended."""

    webhook: Operation
    payload: Json


class JobEvents:
    """Which webhook reports which outcome of which resource, and its payload."""

    def __init__(self, contract: Contract, resources: Resources) -> None:
        """Read the webhooks; one that belongs to no resource is never sent."""
        self._contract = contract
        self._webhooks: dict[tuple[str, str], Operation] = {}
        for webhook in contract.document.webhooks.values():
            told = webhook.job_event
            operation = contract.document.operations.get(told.operation) if told else None
            needed = resources.needed(operation) if operation else []
            if told is not None and needed and needed[-1].waiting is not None:
                self._webhooks[needed[-1].path, told.status] = webhook
        self.paths = frozenset(path for path, _ in self._webhooks)
        """The paths of the resources that have an event."""
        self.signed = any(webhook.signature for webhook in self._webhooks.values())
        """Whether a secret is needed."""

    def of(self, resource: Resource, status: str) -> Operation | None:
        """Return the webhook that reports an outcome; `None` if there is none."""
        return self._webhooks.get((resource.path, status))

    def payload(self, webhook: Operation, job: str, shown: Json, number: str) -> Json:
        """Return the payload for a job: the example, updated with the API's own response about the job, and an id.

        Raises `LookupError` for a webhook that does not report a job.
        """
        told, body = webhook.job_event, webhook.request_body
        if told is None or body is None:
            raise LookupError(f"{webhook.id} does not report a job")
        content = next(iter(body.content.values()))
        payload = deepcopy(example_of(self._contract, webhook))
        parent = told.job.rpartition("/")[0]
        shape = shape_at(self._contract.document, content.schema, content.schema_pointer)
        for token in split(parent):
            shape = shape.property(token)
        about = laid(self._contract, find(payload, parent), shown if isinstance(shown, dict) else {}, *shape.given)
        if parent:
            put(payload, parent, about)
        else:
            payload = about
        put(payload, told.job, job)
        put(payload, told.id, renewed(str(find(payload, told.id)), number))
        return payload
