"""Stateful responses: created resources can be retrieved, listed, updated and deleted, and jobs end.

Theory of operation
-------------------
A record has the id of one resource (`resources`) and the fields that the caller set. It has no payload: each response
is built on request, from a documented example of that operation, which is updated with the fields of the record that
the schema of the response declares and whose values it admits. So a response always conforms, and a field that the API
sets keeps the value of the example. One that a caller can set, and did not, is left out, or has its default, unless the
schema of the response requires it.

- The response to a creation gets a new id wherever one of its links leads to a resource. A response that links to a
  resource which nobody has created (the second one of an upload) creates it; deleted resources stay deleted.
- An operation on a resource, or below it, gets a 404 if the resource does not exist. Deleting one deletes everything
  below it.
- A job has the statuses that the document lists, each for the same time; `advance` advances the clock. An action whose
  response has a failed status sets it for the job, and `end` sets any final one. `events` are the webhook events of
  jobs that ended.
- A listing has the existing resources, the newest first, in pages of the requested size; a query parameter with the
  name of a property filters by equality. Other filters and sorting are ignored, because the document does not define
  them.

Without resources in a document, all this does nothing. Responses depend only on the previous requests, the seed, and
the clock.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from apicontract.checks.contract import Contract
from apicontract.openapi.bounds import is_number
from apicontract.openapi.document import Json, MediaType, Operation
from apicontract.openapi.facts import Shape, shape_at
from apicontract.openapi.links import BODY, Exchange
from apicontract.openapi.pointer import find, split
from apicontract.responder import responses
from apicontract.responder.job_events import JobEnded, JobEvents
from apicontract.responder.payloads import laid, put, renewed
from apicontract.responder.requests import ReceivedRequest
from apicontract.responder.resources import Resource, Resources, enumerated
from apicontract.responder.responder import Responder
from apicontract.responder.responses import AnswerInvalid
from apicontract.wire import media
from apicontract.wire.messages import Response

MOST = 10_000
"""The maximum number of records; a further creation gets a 503."""
PAGE = 10
"""The number of items on a page if the document does not say."""
_FURTHEST = 10**9
"""Seconds by which the clock can be moved on: 30 years."""
_GONE, _FULL = 404, 503


@dataclass(slots=True)
class Record:
    """One existing resource."""

    resource: Resource
    key: tuple[str, ...]
    """The values of its path parameters."""
    fields: dict[str, Json]
    """The fields that callers set, by property."""
    born: float
    final: str | None = None
    """The final status that was set explicitly, if any."""
    gone: bool = False
    rendered: dict[tuple[str, str | None], Json] = field(default_factory=dict)
    """Cached payloads by operation and status, until a field changes."""


class StatefulResponder(Responder):
    """A responder with state."""

    def __init__(
        self,
        contract: Contract,
        *,
        seed: int = 0,
        job_seconds: float = 2.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the contract, the duration of a job in seconds, and a clock in seconds."""
        super().__init__(contract, seed=seed)
        self.resources = Resources(contract)
        self.job_events = JobEvents(contract, self.resources)
        self._job_seconds = job_seconds
        self._clock = clock
        self.reset()

    def reset(self) -> None:
        """Reset all state, including ids and the clock."""
        self._records: dict[tuple[str, tuple[str, ...]], Record] = {}
        self._running: dict[tuple[str, tuple[str, ...]], Record] = {}
        self._count = 0
        self._ahead = 0.0

    def advance(self, seconds: float) -> None:
        """Advance the clock; raise `ValueError` for a negative step, or if it is then more than 10**9 seconds ahead."""
        if not seconds >= 0:
            raise ValueError(f"the clock goes forward only, not by {seconds}")
        if seconds > _FURTHEST - self._ahead:
            raise ValueError(f"the clock goes no further than {_FURTHEST} seconds")
        self._ahead += seconds

    def records(self) -> dict[str, list[dict[str, Json]]]:
        """Return the existing resources by the template of their path: path parameters, status and fields."""
        found: dict[str, list[dict[str, Json]]] = {}
        for record in self._records.values():
            if not record.gone:
                path = dict(zip(record.resource.names, record.key, strict=True))
                shown = {"path": path, "status": self._status(record), "fields": record.fields}
                found.setdefault(record.resource.path, []).append(shown)
        return found

    # Requests

    def success(self, received: ReceivedRequest, operation: Operation) -> Response:
        """Respond to a valid request, and record its effects."""
        needed = self.resources.needed(operation)
        records = [self._record(resource, received.path) for resource in needed]
        if any(record is None for record in records):
            missing = next(resource for resource, record in zip(needed, records, strict=True) if record is None)
            sentence = f"{missing.names[-1]}: nothing has this id"
            return self.error_with(_GONE, sentence, operation)
        created = self.resources.created(operation)
        if created is not None and len(self._records) >= MOST:
            return self.error_with(_FULL, f"{MOST:,} resources were created, which is the maximum", operation)
        record = records[-1] if records else None
        status, declared = responses.success(operation)
        content = responses.content_of(declared, streamed=received.streamed)
        if content is not None and media.codec(content.name).carrier != "json":
            return super().success(received, operation)
        if record is not None:
            self._change(record, operation, received)
        payload = self._payload(received, operation, record, created, content)
        if content is not None and payload is not None:
            self._remember(received, operation, created, payload)
        elif content is not None:
            return super().success(received, operation)
        return responses.build(self.contract, status, declared, content, payload)

    def _record(self, resource: Resource, path: Mapping[str, Json]) -> Record | None:
        found = self._records.get((resource.path, tuple(str(path.get(name)) for name in resource.names)))
        return None if found is None or found.gone else found

    def _payload(
        self,
        received: ReceivedRequest,
        operation: Operation,
        record: Record | None,
        created: Resource | None,
        content: MediaType | None,
    ) -> Json:
        """Return the body of a response; `None` if there is none, or if no record applies."""
        if content is None:
            return None
        if created is not None:
            return self._creation(received, operation, created, content)
        if (listed := self.resources.listed(operation)) is not None:
            return self._listing(received, operation, listed, content)
        if record is not None:
            return self._view(record, operation, content)
        return None

    # The effects of a request

    def _change(self, record: Record, operation: Operation, received: ReceivedRequest) -> None:
        """Update or delete a record, if the operation does so."""
        below = operation.path.removeprefix(record.resource.path)
        if operation.method == "DELETE" and not below:
            for other in self._records.values():
                if other.key[: len(record.key)] == record.key and record.resource.holds(other.resource.path):
                    other.gone = True
            return
        name = below.removeprefix("/").replace("-", "_")
        if operation.method in ("PUT", "PATCH") and not below and isinstance(received.body, dict):
            self._merge(record, received.body, deep=operation.method == "PATCH")
        elif below and name in self._shape(record.resource.retrieve).properties:
            if operation.method == "DELETE":
                self._merge(record, {name: {}}, deep=False)
            elif operation.method in ("PUT", "PATCH") and isinstance(received.body, dict):
                given = received.body[name] if [*received.body] == [name] else received.body
                self._merge(record, {name: given}, deep=operation.method == "PATCH")

    def _merge(self, record: Record, given: Mapping[str, Json], *, deep: bool) -> None:
        for name, value in given.items():
            held = record.fields.get(name)
            if deep and isinstance(held, dict) and isinstance(value, dict):
                joined = {**held, **value}
                record.fields[name] = {key: one for key, one in joined.items() if one is not None}
            else:
                record.fields[name] = value
        record.rendered.clear()

    def _creation(self, received: ReceivedRequest, operation: Operation, created: Resource, content: MediaType) -> Json:
        """Return the response to a creation, with the given fields, and a new id at each link to a resource."""
        payload = deepcopy(self.answers.first(operation, responses.success(operation)[0], *self._declared(operation)))
        given = {**received.path, **(received.body if isinstance(received.body, dict) else {})}
        schema = content.schema, content.schema_pointer
        payload = laid(self.contract, payload, given, *schema, settable=created.settable)
        for pointer in dict.fromkeys(self._identifiers(operation)):
            old = find(payload, pointer)
            if isinstance(old, str):
                self._count += 1
                put(payload, pointer, renewed(old, f"{self._seed} {self._count}"))
        return payload

    def _declared(self, operation: Operation) -> tuple[Any, MediaType]:
        declared = responses.success(operation)[1]
        content = responses.content_of(declared, streamed=False)
        assert content is not None  # noqa: S101 - asked for only where there is one
        return declared, content

    def _identifiers(self, operation: Operation) -> Iterator[str]:
        """Yield the pointers to ids of resources in the response of an operation."""
        for link in self.resources.links[operation.id]:
            resource = self.resources.all.get(link.operation.path)
            expression = link.parameters.get(resource.names[-1]) if resource else None
            if isinstance(expression, str) and expression.startswith(BODY):
                yield expression.removeprefix(BODY)

    def _remember(
        self, received: ReceivedRequest, operation: Operation, created: Resource | None, payload: Json
    ) -> None:
        """Record the created resource, and any others that a response links to."""
        exchange = Exchange(received.path, received.query, received.body, payload)
        for link in self.resources.links[operation.id]:
            resource = self.resources.all.get(link.operation.path)
            if resource is None:
                continue
            values = [link.value(name, exchange) for name in resource.names]
            key = tuple(str(value) for value in values)
            if None in values or (resource.path, key) in self._records or len(self._records) >= MOST:
                continue
            said = self._said(received, resource, payload) if resource is created else {}
            fields = {**said, **dict(zip(resource.names[:-1], values, strict=False)), resource.id_name: values[-1]}
            record = self._records[resource.path, key] = Record(resource, key, fields, self._now())
            if resource.path in self.job_events.paths:
                self._running[resource.path, key] = record

    def _said(self, received: ReceivedRequest, resource: Resource, payload: Json) -> dict[str, Json]:
        """Return the fields of a new resource, from the response and the request.

        Fields whose values in the response are listed describe a status at that time, and are not stored.
        """
        _, content = self._declared(resource.create)
        properties = shape_at(self.contract.document, content.schema, content.schema_pointer).properties
        answered = payload if isinstance(payload, dict) else {}
        lasting = {
            name: value
            for name, value in answered.items()
            if name in properties and not enumerated(self.contract.document, properties[name])
        }
        return {**lasting, **(received.body if isinstance(received.body, dict) else {})}

    # The responses

    def _view(self, record: Record, operation: Operation, content: MediaType) -> Json:
        """Return a record as the response of an operation; an action that ends it says so."""
        status = self._status(record)
        waiting = record.resource.waiting
        acts = operation.method == "POST"
        key = operation.id, None if acts else status
        if key not in record.rendered:
            examples = self.answers.examples(operation, responses.success(operation)[0], *self._declared(operation))
            pointer = waiting.status if waiting else None
            fitting = [one for one in examples if not acts and pointer and find(one, pointer) == status]
            base = (fitting or list(examples) or [None])[0]
            if base is None:
                base = self.answers.first(operation, responses.success(operation)[0], *self._declared(operation))
            stated = {} if acts or pointer is None or status is None else {pointer: status}
            schema, settable = (content.schema, content.schema_pointer), record.resource.settable
            record.rendered[key] = laid(self.contract, base, record.fields, *schema, stated, settable)
        payload = record.rendered[key]
        if acts and waiting is not None and find(payload, waiting.status) in waiting.failed:
            record.final = find(payload, waiting.status)
        return payload

    def _listing(self, received: ReceivedRequest, operation: Operation, resource: Resource, content: MediaType) -> Json:
        """Return the requested page of a listing."""
        shape = shape_at(self.contract.document, content.schema, content.schema_pointer)
        pagination = operation.pagination
        pointer = pagination.items if pagination else self._only_list(shape)
        if pointer is None:
            return None
        for token in split(pointer):
            shape = shape.property(token)
        parents = tuple(str(received.path.get(name)) for name in resource.names[:-1])
        there = [
            record
            for record in reversed(self._records.values())
            if record.resource is resource and not record.gone and record.key[:-1] == parents
        ]
        items = [self._item(record, operation, pointer, shape.items) for record in there]
        items = [item for item in items if _kept(item, received.query, operation)]
        status = responses.success(operation)[0]
        examples = self.answers.examples(operation, status, *self._declared(operation))
        if pagination is None or pagination.style != "page":
            whole = deepcopy(examples[0]) if examples else {}
            put(whole, pointer, items)
            return whole
        size = self._size(operation, received)
        pages = [items[at : at + size] for at in range(0, len(items), size)] or [[]]
        try:
            return self.answers.listing(operation, pages).page(received)
        except AnswerInvalid:  # the document requires more of a page than of its items
            return None

    def _only_list(self, shape: Shape) -> str | None:
        lists = [name for name, one in shape.properties.items() if one.is_array]
        return f"/{lists[0]}" if len(lists) == 1 else None

    def _item(self, record: Record, operation: Operation, pointer: str, shape: Shape) -> Json:
        """Return a record as an item of a listing."""
        status = self._status(record)
        key = operation.id, status
        if key not in record.rendered:
            code = responses.success(operation)[0]
            examples = self.answers.examples(operation, code, *self._declared(operation))
            known = [item for example in examples for item in find(example, pointer) or ()]
            waiting = record.resource.waiting
            alike = [item for item in known if waiting and find(item, waiting.status) == status]
            base = (alike or known or [{}])[0]
            stated = {waiting.status: status} if waiting and status else {}
            settable = record.resource.settable
            record.rendered[key] = laid(self.contract, base, record.fields, *shape.given, stated, settable)
        return record.rendered[key]

    def _shape(self, operation: Operation) -> Shape:
        _, content = self._declared(operation)
        return shape_at(self.contract.document, content.schema, content.schema_pointer)

    def _size(self, operation: Operation, received: ReceivedRequest) -> int:
        """Return the size of a page: the only integer in the query with a bound, besides the page number."""
        own = operation.pagination.parameter if operation.pagination else ""
        for parameter in operation.parameters_in("query"):
            schema, _ = self.contract.document.resolve(parameter.schema, parameter.schema_pointer)
            if parameter.name == own or not isinstance(schema, Mapping):
                continue
            if schema.get("type") in ("integer", "number") and "maximum" in schema:
                given = received.query.get(parameter.name, schema.get("default"))
                return int(given) if is_number(given) and given >= 1 else PAGE
        return PAGE

    # Jobs that end

    def end(self, job: str, status: str) -> None:
        """End a job by its id; raise `LookupError` for an unknown job, or a status that is not final."""
        known: dict[str, None] = {}
        for record in self._records.values():
            waiting = record.resource.waiting
            if waiting is not None and record.key[-1] == job and not record.gone:
                known |= dict.fromkeys((*waiting.done, *waiting.failed))
                if status in known:
                    record.final = status
                    return
        raise LookupError(f"no job {job!r}" if not known else f"{status!r} ends no job; known are {', '.join(known)}")

    def events(self) -> list[JobEnded]:
        """Return the events of jobs that ended since the last call, in the order of their creation.

        A job that was deleted before it ended sends nothing.
        """
        found: list[JobEnded] = []
        for key, record in [*self._running.items()]:
            status, waiting = self._status(record), record.resource.waiting
            over = waiting is not None and status in (*waiting.done, *waiting.failed)
            if not over and not record.gone:
                continue
            del self._running[key]
            webhook = self.job_events.of(record.resource, status or "")
            if webhook is not None and not record.gone:
                retrieve = record.resource.retrieve
                shown = self._view(record, retrieve, self._declared(retrieve)[1])
                self._count += 1
                number = f"{self._seed} {self._count}"
                found.append(JobEnded(webhook, self.job_events.payload(webhook, key[1][-1], shown, number)))
        return found

    def next_end(self) -> float | None:
        """Return the seconds until the next job with an event ends on its own; `None` if there is none."""
        left = [record.born + self._job_seconds - self._now() for record in self._running.values()]
        return max(min(left), 0.0) if left else None

    # Time

    def _now(self) -> float:
        return self._clock() + self._ahead

    def _status(self, record: Record) -> str | None:
        """Return the current status of a job; `None` if that is not defined."""
        statuses = record.resource.statuses
        if record.final is not None or not statuses:
            return record.final
        steps = len(statuses) - 1
        passed = self._now() - record.born
        if passed >= self._job_seconds:
            return statuses[-1]
        # Without a previous status, a job keeps the one with which it was created.
        return statuses[int(passed / self._job_seconds * steps)] if steps else None


def _kept(item: Json, query: Mapping[str, Json], operation: Operation) -> bool:
    """Return whether an item matches the query in all of its strings that the query names."""
    named = {parameter.name for parameter in operation.parameters_in("query")}
    if not isinstance(item, dict):
        return True
    for name in named & item.keys() & query.keys():
        wanted, held = query[name], item[name]
        if isinstance(held, str) and held not in (wanted if isinstance(wanted, list) else [wanted]):
            return False
    return True
