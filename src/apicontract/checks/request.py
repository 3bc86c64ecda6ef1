"""Check a request, as bytes or as arguments, against its operation: report every violation exactly once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from apicontract.checks.instances import Instances
from apicontract.checks.validation import Validators
from apicontract.openapi import media_types, strict_json
from apicontract.openapi.document import Document, Json, MediaType, Operation, RequestBody
from apicontract.openapi.facts import Shape, shape_at, shapes_in
from apicontract.openapi.routing import Match
from apicontract.openapi.violation import Violation, where
from apicontract.wire import codings, forms, media, messages, multipart, parameters
from apicontract.wire.faults import UNREAD, Fault
from apicontract.wire.usual import UsualForm, UsualQuery

_MOST = 128 * 1024 * 1024
"""The maximum decoded size, in bytes, of a body with a content coding."""
_NO_BODY = "this operation is declared without a body"
_JSON = frozenset({media_types.JSON, f"{media_types.JSON};charset=utf-8"})
"""How nearly everyone names JSON, without spaces and in lower case."""


class _OperationFacts:
    """Facts that are the same for every request of an operation, computed once."""

    def __init__(self, document: Document, operation: Operation) -> None:
        self._document, self._operation = document, operation
        self.headers = tuple(operation.parameters_in("header"))
        self.may_be_empty = [parameter.name for parameter in operation.parameters if parameter.allow_empty]
        self.locations = {parameter.location for parameter in operation.parameters}
        """The locations that have declared parameters."""

    @cached_property
    def is_usual(self) -> bool:
        """Whether `conforms` can read the parameters at every location that has any."""
        return self.locations <= {"path", "query", "header"}

    @cached_property
    def query(self) -> UsualQuery:
        """The reader of its queries (see `wire.usual`)."""
        return UsualQuery(self._document, self._operation)

    @cached_property
    def content(self) -> MediaType | None:
        """The first declared media type of its body; `None` if there is none."""
        body = self._operation.request_body
        return None if body is None else next(iter(body.content.values()), None)

    @cached_property
    def takes_text(self) -> bool:
        """Whether its body can be text, which can be empty."""
        body = self._operation.request_body
        return body is not None and any(media.codec(name).carrier == "text" for name in body.content)

    @cached_property
    def form(self) -> UsualForm | None:
        """The reader of its body (see `wire.usual`); `None` if that is not a multipart form."""
        content = self.content
        form = content is not None and content.name == media_types.FORM and content.schema is not None
        return UsualForm(self._document, content) if content is not None and form else None

    @cached_property
    def repeated(self) -> Mapping[str, Shape]:
        """The query parameters that are arrays with one pair for each item."""
        shapes = shapes_in(self._document, self._operation, "query")
        exploded = (parameter.name for parameter in self._operation.parameters_in("query") if parameter.explode)
        return {name: shapes[name] for name in exploded if shapes[name].is_array}

    @cached_property
    def json_texts(self) -> Mapping[str, Mapping[str, Shape]]:
        """The arguments that are strings which hold JSON, by location and name."""
        found: dict[str, Mapping[str, Shape]] = {}
        for location in self.locations:
            shapes = shapes_in(self._document, self._operation, location)
            found[location] = {name: shape for name, shape in shapes.items() if shape.json_text is not None}
        if (content := self.content) is not None:
            found["body"] = shape_at(self._document, content.schema, content.schema_pointer).json_texts
        return {location: texts for location, texts in found.items() if texts}


class RequestChecker:
    """Checks requests against one document."""

    def __init__(self, document: Document, validators: Validators, instances: Instances) -> None:
        """Take the document; validators are compiled when they are needed."""
        self._document = document
        self._validators = validators
        self._instances = instances
        self._facts: dict[str, _OperationFacts] = {}

    def conforms(self, match: Match, request: messages.Request, read: dict[str, Json]) -> bool:
        """Return whether a request in the most common form conforms, with one reading and one call of a validator.

        If it does, `read` is filled as `check` would fill it. `False` proves nothing: `check` decides. Even then,
        `read` has a JSON body that was parsed.
        """
        operation = match.operation
        facts = self._facts_of(operation)
        if not facts.is_usual:
            return False
        query = facts.query.read(match.query)
        if query is None:
            return False
        found: dict[str, Json] = {"path": {}, "query": query, "header": {}}
        faults: list[Fault] = []
        if match.segments:
            found["path"], faults = parameters.decode_path(self._document, operation, match.segments)
        if facts.headers:
            fields = {parameter.name: request.headers.get(parameter.name) for parameter in facts.headers}
            found["header"], wrong = parameters.decode_headers(self._document, facts.headers, fields)
            faults = faults or wrong
        if faults or not _has_keys(operation, request):
            return False
        if request.body or operation.request_body is not None:
            body = self._usual_body(facts, request, read)
            if body is not media.UNREAD:
                found["body"] = body
            elif request.body or operation.request_body is None or operation.request_body.required or facts.takes_text:
                return False
        if not self.conform(operation, found):
            return False
        read.update(found)
        return True

    def _usual_body(self, facts: _OperationFacts, request: messages.Request, read: dict[str, Json]) -> Json:
        """Read a body of the first declared media type; `UNREAD` in case of doubt. Parsed JSON is in `read` too."""
        content, given = facts.content, request.headers.get("content-type") or ""
        if not request.body or content is None or request.headers.get("content-encoding") is not None:
            return media.UNREAD
        if content.name == media_types.JSON and given.lower().replace("; ", ";") in _JSON:
            try:
                read["body"] = strict_json.load(request.body.decode())
            except ValueError:
                return media.UNREAD
            return read["body"]
        boundary = multipart.boundary_of(given) if facts.form is not None else None
        form = facts.form.read(request.body, boundary) if facts.form is not None and boundary is not None else None
        return media.UNREAD if form is None else form

    def check(
        self, match: Match, request: messages.Request, read: dict[str, Json] | None = None
    ) -> Iterator[Violation]:
        """Yield the violations of a request whose operation is known.

        `read` is filled with the decoded values: `path`, `query`, `header`, and `body` if it can be decoded. A JSON
        body that it already has is not parsed again.
        """
        operation, segments, query = match.operation, match.segments, match.query
        read = {} if read is None else read
        facts = self._facts_of(operation)
        read.update(path={}, query={}, header={})
        if "path" in facts.locations:
            read["path"], faults = parameters.decode_path(self._document, operation, segments)
            yield from self._group(operation, facts, "path", read["path"], faults)
        if (query or "query" in facts.locations) and "querystring" not in facts.locations:
            values, faults = parameters.decode_query(self._document, operation, query)
            values = {name: value for name, value in values.items() if name not in operation.key_queries}
            if values:
                self._unjoin(facts.repeated, values, "query", faults)
            read["query"] = values
            yield from self._group(operation, facts, "query", values, faults)
        if "header" in facts.locations:
            fields = {parameter.name: request.headers.get(parameter.name) for parameter in facts.headers}
            read["header"], faults = parameters.decode_headers(self._document, facts.headers, fields)
            yield from self._group(operation, facts, "header", read["header"], faults)
        if "querystring" in facts.locations:
            yield from self._whole_query(operation, facts, query)
        if "cookie" in facts.locations:
            cookies, faults = parameters.decode_cookies(
                self._document, operation, "; ".join(v for n, v in request.headers.items if n == "cookie")
            )
            yield from self._group(operation, facts, "cookie", cookies, faults)
        if not _has_keys(operation, request):
            missing = next(name for name in operation.key_alternatives[0] if not _is_given(request, name))
            yield Violation(operation.id, f"header.{missing}", "missing", "the API key is missing", "/security")
        yield from self._body(operation, request, read)

    def _whole_query(self, operation: Operation, facts: _OperationFacts, query: str) -> list[Violation]:
        """Check a query that is one value (`in: querystring`)."""
        (parameter,) = list(operation.parameters_in("querystring"))[:1]
        faults: list[Fault] = []
        shape = shape_at(self._document, parameter.schema, parameter.schema_pointer)
        values = {}
        if query:
            values[parameter.name] = parameters.read_values(parameter, shape, [query], faults, "querystring")
        return self._group(operation, facts, "querystring", values, faults)

    def arguments(self, operation: Operation, arguments: Mapping[str, Any]) -> Iterator[Violation]:
        """Yield the violations of arguments that are not encoded yet: values by location, and perhaps a `body`."""
        facts = self._facts_of(operation)
        for location in ("path", "query", "header", "cookie"):
            yield from self._group(operation, facts, location, dict(arguments.get(location) or {}), [])
        declared = operation.request_body
        if "body" not in arguments:
            if declared and declared.required:
                yield Violation(operation.id, "body", "missing", "the request body is missing", declared.pointer)
        elif declared is None:
            yield Violation(operation.id, "body", "undeclared", _NO_BODY, operation.pointer)
        else:
            content = next(iter(declared.content.values()))
            codec, body = media.codec(content.name), arguments["body"]
            if not (isinstance(body, bytes) and codec.carrier in ("text", "bytes")):  # opaque strings
                yield from self._instances.check(operation.id, content, body, codec.root)

    def conform(self, operation: Operation, arguments: Mapping[str, Any]) -> bool:
        """Return whether one call of one validator accepts the arguments, and no string holds JSON."""
        for location, texts in self._facts_of(operation).json_texts.items():
            held = arguments.get(location)
            if isinstance(held, dict) and any(isinstance(held.get(name), str) for name in texts):
                return False
        try:
            return self._validators.whole(operation).is_valid(arguments)
        except ValueError:  # not a JSON value, which is reported with its location
            return False

    def _facts_of(self, operation: Operation) -> _OperationFacts:
        found = self._facts.get(operation.id)
        if found is None:
            found = self._facts[operation.id] = _OperationFacts(self._document, operation)
        return found

    def _group(
        self, operation: Operation, facts: _OperationFacts, location: str, values: dict[str, Json], faults: list[Fault]
    ) -> list[Violation]:
        """Return the faults of one location, then the violations of its schemas; one place is reported once."""
        if not values and location not in facts.locations:
            return [fault.violation(operation.id) for fault in faults]
        found = self._validators.group_violations(operation, location, values)
        if location == "query" and found and facts.may_be_empty:
            empty = {f"query.{name}" for name in facts.may_be_empty if values.get(name) == ""}
            found = [violation for violation in found if violation.where not in empty]
        if faults:
            known = {fault.where for fault in faults}
            found = [*(fault.violation(operation.id) for fault in faults), *(v for v in found if v.where not in known)]
        texts = facts.json_texts.get(location)
        return found + self._instances.json_texts(operation.id, texts, values, location) if texts else found

    def _unjoin(self, lists: Mapping[str, Shape], values: dict[str, Json], root: str, faults: list[Fault]) -> None:
        """Split, in place, values that were joined by commas or as JSON although the name had to be repeated."""
        for name, shape in lists.items():
            items = values.get(name)
            if isinstance(items, list) and len(items) == 1:
                if shape.types - {"array", "null"} and self._is_single(shape, items):
                    values[name] = items[0]
                    continue
                found = forms.listed(items[0], shape.items, self._validators.at(shape.items.pointer).is_valid)
                if found is not None:
                    note = f"several items in one value; repeat {name!r} for each"
                    faults.append(Fault(f"{root}.{name}", "encoding", note, shape.pointer, items[0]))
                    values[name] = found

    def _is_single(self, shape: Shape, items: list[Json]) -> bool:
        """Return whether the schema admits the item, and not the list that it is read as."""
        valid = self._validators.at(shape.pointer).is_valid
        return not valid(items) and valid(items[0])

    def _body(self, operation: Operation, request: messages.Request, read: dict[str, Json]) -> Iterator[Violation]:
        declared = operation.request_body
        if declared is None:
            if request.body:
                yield Violation(operation.id, "body", "undeclared", _NO_BODY, operation.pointer)
            return
        name, options = media_types.parse(request.headers.get("content-type") or "")
        content = media_types.find(declared.content, name, options)
        if not request.body:
            if content is not None and media.codec(name).carrier == "text":  # the text may be empty
                yield from self._content(
                    operation, media.codec(name), media.Context(self._document, content, options), b"", read
                )
            elif declared.required:
                yield Violation(operation.id, "body", "missing", "the request body is missing", declared.pointer)
            return
        try:
            body = decoded(request)
        except LookupError:
            return  # an unknown coding: the body cannot be checked
        except ValueError as error:
            place, note = "header.content-encoding", f"the body is in a content coding {error}"
            yield Violation(operation.id, place, "encoding", note, declared.pointer)
            return
        if content is None:
            note = f"{name or 'no content type'}; send {' or '.join(declared.content)}"
            yield Violation(operation.id, "header.content-type", "media_type", note, declared.pointer)
            yield from self._otherwise(operation, declared, name, options, body)
        else:
            context = media.Context(self._document, content, options)
            yield from self._content(operation, media.codec(name), context, body, read)

    def _otherwise(
        self, operation: Operation, declared: RequestBody, name: str, options: Mapping[str, str], body: bytes
    ) -> Iterator[Violation]:
        """Yield the other violations of a body whose media type is wrong, but that can be decoded all the same.

        That is the case for JSON if JSON is declared, and for one kind of form if the other is declared.
        """
        content = media.preferred(declared.content)
        own, given = media.codec(content.name if content else ""), media.codec(name)
        form = own.carrier == given.carrier == "fields"
        if content is None or not (form or media_types.is_json(media_types.plain(content.name))):
            return
        context = media.Context(self._document, content, options if form else {})
        instance, faults = (given if form else own).decode(body, context)
        if isinstance(instance, dict | list) and not faults:
            yield from self._instances.check(operation.id, content, instance, own.root)

    def _content(
        self, operation: Operation, codec: media.Codec, context: media.Context, body: bytes, read: dict[str, Json]
    ) -> Iterator[Violation]:
        content = context.content
        if "body" in read and codec.carrier == "json":
            yield from self._instances.check(operation.id, content, read["body"], codec.root)
            return
        instance, faults = codec.decode(body, context)
        if instance is not media.UNREAD and codec.carrier == "fields":
            lists = shape_at(self._document, content.schema, content.schema_pointer).lists
            self._unjoin(lists, instance, codec.root, faults)
        unread = tuple(fault.where for fault in faults if fault.rule == UNREAD)
        for fault in faults:
            if fault.rule != UNREAD:
                yield fault.violation(operation.id)
        if instance is not media.UNREAD:
            read["body"] = instance
            found = self._instances.check(operation.id, content, instance, codec.root)
            if found and faults:
                known = {fault.where for fault in faults}
                found = [v for v in found if v.where not in known and not (unread and v.where.startswith(unread))]
            yield from found
            if content.part_headers and codec.files:
                yield from self._part_headers(operation, context, body)

    def _part_headers(self, operation: Operation, context: media.Context, body: bytes) -> Iterator[Violation]:
        """Check the headers that an Encoding Object declares of the parts of a form."""
        for part in multipart.parse(body, context.options.get("boundary", "")):
            declared = context.content.part_headers.get(part.name, ())
            fields = {header.name: (part.headers or {}).get(header.name.lower()) for header in declared}
            for header in declared:
                place = f"{where('form', [part.name])}.header.{header.name.lower()}"
                values, faults = parameters.decode_headers(self._document, (header,), fields)
                yield from (fault._replace(where=place).violation(operation.id) for fault in faults)
                if header.name in values and header.schema is not True and not faults:
                    value = values[header.name]
                    yield from self._validators.violations(header.schema_pointer, value, operation.id, place)
                elif header.name not in values and header.required:
                    note = f"the part has no header {header.name}"
                    yield Violation(operation.id, place, "missing", note, header.pointer)


def decoded(request: messages.Request) -> bytes:
    """Decode the content codings of a request.

    Raises `LookupError` for an unknown one, `ValueError` for invalid bytes.
    """
    body = request.body
    for coding in reversed(codings.named(request.headers.get("content-encoding"))):
        if coding not in codings.KNOWN:
            raise LookupError(coding)
        body = codings.decode_one(coding, body, _MOST)
    return body


def coding_notice(operation: Operation, request: messages.Request) -> str | None:
    """Return a remark about the content coding of a body, if the document does not declare such a header."""
    names = codings.named(request.headers.get("content-encoding"))
    declared = any(parameter.name.lower() == "content-encoding" for parameter in operation.parameters_in("header"))
    if not names or not request.body or operation.request_body is None or declared:
        return None
    unknown = [name for name in names if name not in codings.KNOWN]
    known = f"; {', '.join(unknown)} is not decoded here, so it was not checked" if unknown else ""
    return f"the request body is in {', '.join(names)}, which the document does not mention{known}"


def content_of(operation: Operation, request: messages.Request) -> MediaType | None:
    """Return the declared media type of the body of a request; `None` if its own is not declared."""
    name, options = media_types.parse(request.headers.get("content-type") or "")
    return None if operation.request_body is None else media_types.find(operation.request_body.content, name, options)


def _has_keys(operation: Operation, request: messages.Request) -> bool:
    """Return whether a request has the key headers of one security alternative; true if none is required."""
    for names in operation.key_alternatives:
        for name in names:
            if not _is_given(request, name):
                break
        else:
            return True
    return not operation.key_alternatives


def _is_given(request: messages.Request, header: str) -> bool:
    value = request.headers.get(header)
    return value is not None and bool(value.strip())
