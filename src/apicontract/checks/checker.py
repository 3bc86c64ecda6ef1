"""Floor 3: an exchange, as bytes, against its operation: every violation, none twice, none hidden by another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from apicontract.checks.validation import Validators
from apicontract.openapi import media_types, strict_json
from apicontract.openapi import pointer as pointers
from apicontract.openapi.document import Document, Json, MediaType, Operation, Response
from apicontract.openapi.facts import Shape, shape_at, shapes_in
from apicontract.openapi.violation import Violation, excerpt
from apicontract.wire import forms, messages, parameters
from apicontract.wire.faults import Fault
from apicontract.wire.ndjson import Lines, Order
from apicontract.wire.parameters import decode_query


class _Plan:
    """What is the same for every request of an operation, worked out once."""

    def __init__(self, document: Document, operation: Operation) -> None:
        self._document, self._operation = document, operation
        self.headers = tuple(operation.parameters_in("header"))
        self.locations = {parameter.location for parameter in operation.parameters}
        """Where parameters are declared."""

    @cached_property
    def repeated(self) -> Mapping[str, Shape]:
        """The query parameters that are lists with a pair for each item."""
        shapes = shapes_in(self._document, self._operation, "query")
        exploded = (parameter.name for parameter in self._operation.parameters_in("query") if parameter.explode)
        return {name: shapes[name] for name in exploded if shapes[name].is_array}

    @cached_property
    def texts(self) -> Mapping[str, Mapping[str, Shape]]:
        """The arguments that are texts which hold JSON, by location and name."""
        found: dict[str, Mapping[str, Shape]] = {}
        for location in self.locations:
            shapes = shapes_in(self._document, self._operation, location)
            found[location] = {name: shape for name, shape in shapes.items() if shape.json_text is not None}
        body = self._operation.request_body
        content = None if body is None else next(iter(body.content.values()), None)
        if content is not None:
            found["body"] = shape_at(self._document, content.schema, content.schema_pointer).json_texts
        return found


class Checker:
    """Checks what goes over the wire against one document."""

    def __init__(self, document: Document) -> None:
        """Take the document; validators are compiled as they are needed."""
        self._document = document
        self.validators = Validators(document)
        self._plans: dict[str, _Plan] = {}

    # Requests

    def request(
        self,
        operation: Operation,
        segments: Mapping[str, str],
        query: str,
        request: messages.Request,
        read: dict[str, Json] | None = None,
    ) -> Iterator[Violation]:
        """Yield the violations of a request that was matched to its operation.

        `read` is filled with the instances as they come up: `path`, `query`, `header`, and `body` if one can be read.
        """
        read = {} if read is None else read
        plan = self._plan(operation)
        read.update(path={}, query={}, header={})
        if "path" in plan.locations:
            read["path"], faults = parameters.decode_path(self._document, operation, segments)
            yield from self._group(operation, plan, "path", read["path"], faults)
        if query or "query" in plan.locations:
            values, faults = decode_query(self._document, operation, query)
            values = {name: value for name, value in values.items() if name not in operation.key_queries}
            if values:
                self._unjoin(plan.repeated, values, "query", faults)
            read["query"] = values
            yield from self._group(operation, plan, "query", values, faults)
        if "header" in plan.locations:
            fields = {parameter.name: request.headers.get(parameter.name) for parameter in plan.headers}
            read["header"], faults = parameters.decode_headers(self._document, plan.headers, fields)
            yield from self._group(operation, plan, "header", read["header"], faults)
        absent = [[name for name in names if not _is_given(request, name)] for names in operation.key_alternatives]
        if absent and all(absent):
            missing = absent[0][0]
            yield Violation(operation.id, f"header.{missing}", "missing", "the API key is missing", "/security")
        yield from self._request_body(operation, request, read)

    def arguments(self, operation: Operation, arguments: Mapping[str, Any]) -> Iterator[Violation]:
        """Yield the violations of a request that is still an instance: `path`, `query`, `header`, perhaps `body`."""
        plan = self._plan(operation)
        for location in ("path", "query", "header"):
            yield from self._group(operation, plan, location, dict(arguments.get(location) or {}), [])
        declared = operation.request_body
        if "body" not in arguments:
            if declared and declared.required:
                yield Violation(operation.id, "body", "missing", "the request body is missing", declared.pointer)
        elif declared is None:
            yield Violation(operation.id, "body", "undeclared", "this operation takes no body", operation.pointer)
        else:
            content = next(iter(declared.content.values()))
            root = "form" if content.name in (media_types.FORM, media_types.URLENCODED) else "body"
            yield from self.instance(operation.id, content, arguments["body"], root)

    def conform(self, operation: Operation, arguments: Mapping[str, Any]) -> bool:
        """Whether one call of one validator finds nothing wrong, and there is no text that holds JSON of its own."""
        for location, texts in self._plan(operation).texts.items():
            held = arguments.get(location)
            if isinstance(held, dict) and any(isinstance(held.get(name), str) for name in texts):
                return False
        try:
            return self.validators.whole(operation).is_valid(arguments)
        except ValueError:  # something that is no JSON value, which is told where it stands
            return False

    def _plan(self, operation: Operation) -> _Plan:
        found = self._plans.get(operation.id)
        if found is None:
            found = self._plans[operation.id] = _Plan(self._document, operation)
        return found

    def _group(
        self, operation: Operation, plan: _Plan, location: str, values: dict[str, Json], faults: list[Fault]
    ) -> list[Violation]:
        """Return the faults of one location, then what the schemas say; one place is told once."""
        if not values and location not in plan.locations:
            return [fault.violation(operation.id) for fault in faults]
        found = self.validators.group_violations(operation, location, values)
        if faults:
            told = {fault.where for fault in faults}
            found = [*(fault.violation(operation.id) for fault in faults), *(v for v in found if v.where not in told)]
        for name, shape in plan.texts.get(location, {}).items():
            found += self._json_text(operation.id, shape, values.get(name), f"{location}.{name}")
        return found

    def _unjoin(self, lists: Mapping[str, Shape], values: dict[str, Json], root: str, faults: list[Fault]) -> None:
        """Take apart, in place, what was joined by commas or as JSON where the name had to be repeated."""
        for name, shape in lists.items():
            items = values.get(name)
            if isinstance(items, list) and len(items) == 1:
                found = forms.listed(items[0], shape.items, self.validators.at(shape.items.pointer).is_valid)
                if found is not None:
                    note = f"several items in one value; repeat {name!r} for each"
                    faults.append(Fault(f"{root}.{name}", "encoding", note, shape.pointer, items[0]))
                    values[name] = found

    def _request_body(
        self, operation: Operation, request: messages.Request, read: dict[str, Json]
    ) -> Iterator[Violation]:
        declared = operation.request_body
        if declared is None:
            if request.body:
                yield Violation(operation.id, "body", "undeclared", "this operation takes no body", operation.pointer)
            return
        if not request.body:
            if declared.required:
                yield Violation(operation.id, "body", "missing", "the request body is missing", declared.pointer)
            return
        coding = request.headers.get("content-encoding") or "identity"
        if coding.lower() != "identity":
            note = f"the body is in {coding!r}; no coding of requests is declared"
            yield Violation(operation.id, "header.content-encoding", "encoding", note, declared.pointer)
            return
        name, options = media_types.parse(request.headers.get("content-type") or "")
        content = media_types.find(declared.content, name)
        if content is None:
            note = f"{name or 'no content type'}; send {' or '.join(declared.content)}"
            yield Violation(operation.id, "header.content-type", "media_type", note, declared.pointer)
        elif name == media_types.FORM:
            instance, faults = forms.decode_multipart(
                self._document, content, request.body, options.get("boundary", "")
            )
            yield from self._form(operation, content, instance, faults, read)
        elif name == media_types.URLENCODED:
            instance, faults = forms.decode_urlencoded(self._document, content, request.body)
            yield from self._form(operation, content, instance, faults, read)
        elif media_types.is_json(name):
            yield from self._request_json(operation, content, request.body, options.get("charset", "utf-8"), read)

    def _request_json(
        self, operation: Operation, content: MediaType, body: bytes, charset: str, read: dict[str, Json]
    ) -> Iterator[Violation]:
        if charset.lower() not in ("utf-8", "utf8", "us-ascii"):
            note = f"JSON is UTF-8 (RFC 8259, section 8.1), not {charset}"
            yield Violation(operation.id, "header.content-type", "encoding", note, content.pointer)
            return
        try:
            value = strict_json.load(body.decode())
        except ValueError as error:
            yield Violation(operation.id, "body", "encoding", f"no JSON text: {error}", content.pointer)
        else:
            read["body"] = value
            yield from self.instance(operation.id, content, value, "body")

    def _form(
        self,
        operation: Operation,
        content: MediaType,
        instance: dict[str, Json],
        faults: list[Fault],
        read: dict[str, Json],
    ) -> Iterator[Violation]:
        lists = shape_at(self._document, content.schema, content.schema_pointer).lists
        self._unjoin(lists, instance, "form", faults)
        told = {fault.where for fault in faults}
        yield from [fault.violation(operation.id) for fault in faults]
        if "form" not in told:
            read["body"] = instance
            yield from [v for v in self.instance(operation.id, content, instance, "form") if v.where not in told]

    def instance(self, operation: str, content: MediaType, instance: Json, root: str) -> list[Violation]:
        """Return what the schema of a body says of an instance, and what the schemas of JSON in its texts say."""
        if content.schema is None:
            return []
        found = self.validators.violations(content.schema_pointer, instance, operation, root)
        texts = shape_at(self._document, content.schema, content.schema_pointer).json_texts
        if texts and isinstance(instance, dict):
            for name, shape in texts.items():
                found += self._json_text(operation, shape, instance.get(name), f"{root}.{name}")
        return found

    def each(self, operation: str, content: MediaType, root: str) -> Callable[[Json], list[Violation]]:
        """Return `instance` for many instances: one that conforms costs one question to the compiled validator."""

        def told(instance: Json) -> list[Violation]:
            return list(dict.fromkeys(self.instance(operation, content, instance, root)))

        def conform(instance: Json) -> list[Violation]:
            try:
                return [] if valid(instance) else told(instance)
            except ValueError:  # something that is no JSON value
                return told(instance)

        if content.schema is None or shape_at(self._document, content.schema, content.schema_pointer).json_texts:
            return told
        valid = self.validators.at(content.schema_pointer).is_valid
        return conform

    def _json_text(self, operation: str, shape: Shape, value: Json, root: str) -> list[Violation]:
        if shape.json_text is None or not isinstance(value, str):
            return []
        try:
            found = strict_json.load(value)
        except ValueError as error:
            return [Fault(root, "encoding", f"no JSON text: {error}", shape.pointer, value).violation(operation)]
        return self.validators.violations(shape.json_text.pointer, found, operation, root)

    # Responses

    def response(self, operation: Operation, response: messages.Response, streamed: bool | None) -> Iterator[Violation]:
        """Yield the violations of a response; `streamed` says whether a stream was asked for, `None` if unknown."""
        declared = operation.response(response.status) if 100 <= response.status <= 599 else None
        if declared is None:
            if not self._other_success(operation, response):
                named = {"default": "default (refusals only, 400 and above)"}
                known = ", ".join(named.get(key, key) for key in operation.responses)
                note = f"{response.status} is not declared; declared are {known}"
                yield Violation(operation.id, "status", "status", note, f"{operation.pointer}/responses")
            return
        fields = {header.name: response.headers.get(header.name) for header in declared.headers}
        headers, _ = parameters.decode_headers(self._document, declared.headers, fields)
        for header in declared.headers:
            if header.name in headers:
                place = f"header.{header.name.lower()}"
                yield from self.validators.violations(header.schema_pointer, headers[header.name], operation.id, place)
            elif header.required:
                note = f"the header {header.name} is missing"
                yield Violation(operation.id, f"header.{header.name.lower()}", "missing", note, header.pointer)
        yield from self._response_body(operation, declared, response, streamed)

    def _other_success(self, operation: Operation, response: messages.Response) -> bool:
        """Admit any empty 2xx where the documented success is empty: the sources name 204 and 200 (ledger A1)."""
        empty = any(key.startswith("2") and not found.content for key, found in operation.responses.items())
        return empty and not response.body and 200 <= response.status < 300

    def _response_body(
        self, operation: Operation, declared: Response, response: messages.Response, streamed: bool | None
    ) -> Iterator[Violation]:
        if not declared.content:
            if response.body:
                note = "this response has no body"
                yield Violation(operation.id, "body", "undeclared", note, declared.pointer)
            return
        name, _ = media_types.parse(response.headers.get("content-type") or "")
        content = self._content(operation, declared, name, streamed, response.body)
        if content is None and declared.key == "default":
            return  # a refusal that nobody documented: what is JSON must fit, and nothing is known of the rest
        if content is None:
            wanted = [known for known in declared.content if streamed is not False or known != media_types.NDJSON]
            note = f"{name or 'no content type'}; declared is {' or '.join(wanted)}"
            yield Violation(operation.id, "header.content-type", "media_type", note, declared.pointer)
            if name:
                return
            content = next(iter(declared.content.values()))
        if content.name == media_types.NDJSON:
            yield from self._events(operation, content, response.body)
        elif not response.body:
            yield Violation(operation.id, "body", "missing", "the response body is missing", content.pointer)
        elif media_types.is_json(name or content.name):
            try:
                value = load_json(response.body)
            except ValueError as error:
                yield Violation(operation.id, "body", "encoding", f"no JSON text: {error}", content.pointer)
            else:
                yield from self.instance(operation.id, content, value, "body")

    def _content(
        self, operation: Operation, declared: Response, name: str, streamed: bool | None, body: bytes
    ) -> MediaType | None:
        """Choose the media type by what was asked for: no source names that of a stream (ledger A12).

        Where it is not known what was asked for, a first line that is an event tells.
        """
        found, events = media_types.find(declared.content, name), declared.content.get(media_types.NDJSON)
        if operation.streaming is None or events is None:
            return found
        if streamed is None:
            streamed = (found or events) is events or self._begins_with_event(events, body)
        if streamed:
            return events
        return None if found is events else found

    def _begins_with_event(self, content: MediaType, body: bytes) -> bool:
        try:
            first = load_json(next(line for _, line in Lines().feed(body + b"\n")))
        except (StopIteration, ValueError):
            return False
        return isinstance(first, dict) and self._tag(content) in first

    def _tag(self, content: MediaType) -> str:
        """Return the name of the property that tells the events of a stream apart."""
        node, _ = self._document.resolve(content.schema, content.schema_pointer)
        return str((node.get("discriminator") or {}).get("propertyName", "")) if isinstance(node, Mapping) else ""

    def _events(self, operation: Operation, content: MediaType, body: bytes) -> Iterator[Violation]:
        """Yield the violations of a stream, line by line: each event by itself, then the order, then the end."""
        lines = Lines()
        order = None if operation.streaming is None else Order(operation.streaming, operation.pointer)
        tag = self._tag(content)
        same: list[Json] = []
        index = number = -1
        for index, (number, line) in enumerate([*lines.feed(body), *lines.close()]):
            place = f"event[{index}]"
            try:
                event = strict_json.load(line.decode())
            except ValueError as error:
                yield Violation(
                    operation.id, place, "encoding", f"line {number} is no JSON text: {error}", content.pointer
                )
                continue
            if content.schema is not None:
                yield from self.validators.violations(content.schema_pointer, event, operation.id, place)
            kind = event.get(tag) if isinstance(event, dict) else None
            fault = order.event(index, kind, number) if order and isinstance(kind, str) else None
            if fault:
                yield fault.violation(operation.id)
            if operation.streaming and operation.streaming.same:
                yield from self._same(operation, operation.streaming.same, event, place, same)
        fault = order.end(index + 1, max(number, 0)) if order else None
        if fault:
            yield fault.violation(operation.id)

    def _same(
        self, operation: Operation, pointer: str, event: Json, place: str, seen: list[Json]
    ) -> Iterator[Violation]:
        """Compare the value that all events of a stream must share with the first one seen."""
        value = pointers.find(event, pointer)
        if value is None:
            return
        if seen and value != seen[0]:
            fault = Fault(
                place + pointer.replace("/", "."),
                "sequence",
                f"differs from {excerpt(seen[0])} at the stream's beginning",
                f"{operation.pointer}/x-streaming/same",
                value,
            )
            yield fault.violation(operation.id)
        seen.append(value)


def _is_given(request: messages.Request, header: str) -> bool:
    return bool((request.headers.get(header) or "").strip())


def load_json(body: bytes) -> Json:
    """Parse the JSON of a response, which can be large: fast, and with no bound but the engine's own on its depth."""
    import pydantic_core  # noqa: PLC0415 - a program that only checks requests does not load it

    return pydantic_core.from_json(body, allow_inf_nan=False)
