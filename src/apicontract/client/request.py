"""Turn an operation and its arguments into a request that is ready to be sent, or report all of its errors.

    arguments ──▶ instance ──▶ checked against the document ──▶ encoded ──▶ PreparedRequest
                  (ArgumentReader)  (Contract.check_arguments)   (write_request)

Each step collects its errors, and one `RequestInvalid` reports them all. A location is reported only by the earliest
step that finds an error there, because later errors at the same location follow from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from secrets import token_hex
from typing import Any, TypeVar
from urllib.parse import quote

import httpx

from apicontract.client.answer import OMIT
from apicontract.client.arguments import ArgumentReader, Arguments, is_absent, listed, page_number
from apicontract.client.body import Body
from apicontract.client.compiled import CompiledOperation, compiled, retry_for
from apicontract.client.credentials import Carried
from apicontract.client.errors import RequestInvalid
from apicontract.client.narrowing import is_list, is_mapping, mapping
from apicontract.client.options import Options, Progress, header_fault, is_header_value, read_options
from apicontract.client.retry import Retry
from apicontract.client.settings import Settings
from apicontract.client.uploads import Upload
from apicontract.openapi.document import Document, Json, Operation
from apicontract.openapi.secrets import Secrets, secrets
from apicontract.openapi.violation import Violation, where, without
from apicontract.wire import scalars
from apicontract.wire.faults import EncodeError, Fault
from apicontract.wire.media import Encoded
from apicontract.wire.multipart import Multipart, Part
from apicontract.wire.requests import Written, write_request

T = TypeVar("T")

_LENGTH = frozenset({b"content-length", b"transfer-encoding"})
"""Headers that state the length of a body; each request has its own."""


@dataclass(slots=True)
class PreparedRequest:
    """A request that can be sent, and sent again while `repeatable`. It must be closed when the call is over."""

    operation: Operation
    document: Document
    url: httpx.URL
    headers: Sequence[tuple[str, str]] = field(repr=False)
    content: bytes | Multipart = field(repr=False)
    uploads: Sequence[Upload] = field(repr=False)
    timeout: httpx.Timeout
    retry: Retry
    credentials: Carried = field(repr=False)
    progress: Progress | None = None
    deadline: float | None = None

    @property
    def repeatable(self) -> bool:
        """Whether the same bytes can be sent again."""
        return not self.uploads or all(upload.repeatable for upload in self.uploads)

    @property
    def keys(self) -> Secrets:
        """Removes the API keys of this request from anything that is shown."""
        return keys_of(self.operation, self.headers, self.credentials)

    def is_late(self, time: float) -> bool:
        """Return whether it is too late to send the request, at a time of the client's clock."""
        return self.deadline is not None and time >= self.deadline

    def request(
        self, http: httpx.Client | httpx.AsyncClient, stream: httpx.SyncByteStream | httpx.AsyncByteStream
    ) -> httpx.Request:
        """Build the request for an httpx client: its headers and cookies are defaults, its parameters are ignored."""
        ours = {name.encode(): value.encode() for name, value in self.headers}
        without = _LENGTH | ours.keys()
        theirs = [pair for pair in http.headers.raw if pair[0].lower() not in without]
        host = [] if "host" in http.headers else [(b"Host", self.url.netloc)]
        request = httpx.Request(
            self.operation.method,
            self.url,
            headers=[*host, *theirs, *ours.items()],
            cookies=http.cookies,
            stream=stream,
            extensions={"timeout": self.timeout.as_dict()},
        )
        if isinstance(stream, httpx.ByteStream):
            request.read()  # for transports and hooks that read its content
        return request

    def close(self) -> None:
        """Close the files that were opened for this call."""
        for upload in self.uploads:
            upload.close()


def keys_of(operation: Operation, headers: Sequence[tuple[str, str]], carried: Carried) -> Secrets:
    """Return an object that removes the API keys of an operation, in headers or elsewhere, from text."""
    names = {name.lower() for name in operation.key_headers}
    given = (value for name, value in headers if name in names)
    return secrets(*given, *carried.secrets, instead="[API key]")


@lru_cache(maxsize=128)
def _parsed(url: str) -> httpx.URL:
    """Parse a URL, with a cache: parsing takes httpx as long as everything else that is done for a small request."""
    return httpx.URL(url)


def prepare(settings: Settings, operation_id: str, arguments: Arguments) -> PreparedRequest:
    """Build a request; raise `RequestInvalid` with every violation, or `OSError` for a file that cannot be opened."""
    return _Builder(settings, compiled(settings, operation_id), arguments).build()


def may_open_files(settings: Settings, operation_id: str) -> bool:
    """Return whether preparing a call of an operation may open files: whether it takes a form."""
    body = compiled(settings, operation_id).body
    return body is not None and body.form


class _Builder:
    """Builds one request."""

    def __init__(self, settings: Settings, operation: CompiledOperation, arguments: Arguments) -> None:
        self._settings = settings
        self._compiled = operation
        self._operation = operation.operation
        self._arguments = arguments
        self._reader = ArgumentReader()
        self._checked: list[Violation] = []
        self._encoding: list[Fault] = []
        self._body = None if operation.body is None else Body(operation.document, operation.body, self._reader)

    def build(self) -> PreparedRequest:
        try:
            return self._build()
        except BaseException:
            for upload in () if self._body is None else self._body.uploads:
                upload.close()
            raise

    def _build(self) -> PreparedRequest:
        settings, operation, given = self._settings, self._operation, self._arguments
        options = self._options(given.get("options"))
        path = self._parameters("path", given.get("path"))
        query = self._parameters("query", given.get("query"))
        self._encoding.extend(self._uncountable(query) if query else ())
        header = self._parameters("header", given.get("header"))
        cookie = self._parameters("cookie", given.get("cookie"))
        if cookie and not self._compiled.slots["cookie"]:
            self._fault("cookie", "undeclared", "this operation has no cookies")
        body = OMIT if self._body is None else self._body.read(given.get("body", OMIT))
        additional = self._additional_body(options.body) if options.body else {}
        instance: dict[str, Any] = {"path": path, "query": query, "header": header}
        if cookie or self._compiled.slots["cookie"]:
            instance["cookie"] = cookie
        if body is not OMIT:
            instance["body"] = body
        if settings.validate:
            self._checked = settings.api.contract.check_arguments(operation, instance)
            if self._body is not None and self._body.groups:
                self._checked += [fault.violation(operation.id) for fault in self._body.exclusive(body)]
        if additional and (body is OMIT or is_mapping(body)):
            instance["body"] = {**mapping(body), **additional}
        elif additional:
            message = "the body is not an object, so nothing can be added to it"
            self._fault("options.additional_body_parameters", "type", message)
        written = self._written(instance)
        carried, declared = self._compiled.credentials, written.headers
        pairs = [f"{quote(name, safe='')}={quote(key, safe='')}" for name, key in carried.query if name not in query]
        if options.query:
            pairs += self._additional_query(options.query)
        query_string = "&".join(filter(None, [written.query, *pairs])) if pairs else written.query
        if carried.cookies:
            declared = _with_cookies(declared, [f"{name}={key}" for name, key in carried.cookies if name not in cookie])
        headers = self._headers(declared, options)
        if self._reader.faults or self._checked or self._encoding:
            raise self._invalid()
        url = self._url(written.path, query_string)
        return PreparedRequest(
            operation,
            self._compiled.document,
            url,
            [*headers, *_framing(operation.method, written.body)],
            written.body.content if written.body else b"",
            () if self._body is None else self._body.uploads,
            options.timeout,
            self._compiled.retry if options is self._compiled.options else retry_for(operation, options),
            self._compiled.credentials,
            options.progress,
            given.get("deadline"),
        )

    def _url(self, path: str, query: str) -> httpx.URL:
        address = f"{self._compiled.base_url}{path}{f'?{query}' if query else ''}"
        try:
            return _parsed(address)
        except httpx.InvalidURL as error:
            place = "path" if len(path) > len(query) else "query"
            self._fault(place, "limit", f"the URL has {len(address):,} characters, and httpx rejects it: {error}")
            raise self._invalid() from None

    def _options(self, given: Mapping[str, Any] | None) -> Options:
        if given is None:
            return self._compiled.options
        settings = self._settings
        options, faults = read_options(given, settings.timeout, settings.max_retries, self._operation.pointer)
        self._reader.faults.extend(faults)
        return options

    def _invalid(self) -> RequestInvalid:
        """Return one error with everything that was found."""
        operation = self._operation.id
        steps: Iterable[list[Violation]] = (
            [fault.violation(operation) for fault in self._reader.faults],
            self._checked,
            [fault.violation(operation) for fault in self._encoding],
        )
        found: list[Violation] = []
        for step in steps:
            known = {violation.where for violation in found}
            found.extend(violation for violation in dict.fromkeys(step) if violation.where not in known)
        taken = keys_of(self._operation, self._compiled.headers, self._compiled.credentials)
        return RequestInvalid(operation, [without(violation, taken) for violation in found])

    def _fault(self, place: str, rule: str, message: str) -> None:
        self._reader.faults.append(Fault(place, rule, message, self._operation.pointer))

    def _written(self, arguments: Mapping[str, Any]) -> Written:
        files = None if self._body is None else self._body.files
        try:
            return write_request(self._compiled.document, self._operation, arguments, files=files, boundary=_boundary)
        except EncodeError as error:
            self._encoding.extend(error.faults)
            return Written("", "", (), None)

    def _parameters(self, location: str, given: Mapping[str, Any] | None) -> dict[str, Json]:
        found: dict[str, Json] = {}
        if not given:
            return found
        slots = self._compiled.slots[location]
        for name, value in given.items():
            slot = slots.get(name)
            shape = self._compiled.anything if slot is None else slot.shape
            if not is_absent(value, shape):
                place = where(location, [name]) if slot is None else slot.place
                held = listed(value, shape) if slot is not None and slot.repeats else value
                found[name] = self._reader.value(held, shape, place)
        return found

    def _uncountable(self, query: Mapping[str, Json]) -> Iterator[Fault]:
        """Yield a fault for a page number that cannot be incremented, which no schema rejects without validation."""
        pagination = self._operation.pagination
        if pagination is None or pagination.style != "page" or pagination.parameter not in query:
            return
        value, slot = query[pagination.parameter], self._compiled.slots["query"].get(pagination.parameter)
        if slot is not None and page_number(value, slot.shape) is None:
            message = "a whole number is needed, as the next page is counted from it"
            yield Fault(slot.place, "type", message, slot.pointer, value)

    def _additional_query(self, given: Mapping[str, Any]) -> Iterator[str]:
        place = "options.additional_query_parameters"
        self._declared(place, given, self._compiled.slots["query"])
        for name, value in given.items():
            items = value if is_list(value) else [] if value is None else [value]
            try:
                yield from [f"{quote(name, safe='')}={quote(scalars.encode(item), safe='')}" for item in items]
            except ValueError as error:
                self._fault(place, "encoding", f"{name!r}: {error}")

    def _additional_body(self, given: Mapping[str, Any]) -> dict[str, Json]:
        place = "options.additional_body_parameters"
        if self._compiled.body is None:
            self._fault(place, "undeclared", "this operation is declared without a body")
        else:
            self._declared(place, given, self._compiled.body.declared)
        anything = self._compiled.anything
        return self._reader.fields({k: v for k, v in given.items() if v is not None}, lambda _: anything, place)

    def _declared(self, place: str, given: Mapping[str, Any], declared: Iterable[str]) -> None:
        for name in sorted(given.keys() & set(declared)):
            self._fault(place, "undeclared", f"{name!r} is declared: give it as an argument")

    def _headers(self, declared: Sequence[tuple[str, str]], options: Options) -> Sequence[tuple[str, str]]:
        """Combine the declared headers, the key and the additional headers; the latter replace others."""
        if not declared and not options.headers:
            return self._compiled.headers
        operation = self._operation
        for name, value in declared:
            if not is_header_value(value):
                message = "a header value must be printable ASCII, without white space around it"
                self._encoding.append(Fault(f"header.{name}", "encoding", message, operation.pointer))
        names = [parameter.name.lower() for parameter in operation.parameters_in("header")]
        self._declared("options.additional_headers", {name.lower(): 0 for name in options.headers}, names)
        faults = (header_fault(name, value, operation.pointer) for name, value in options.headers.items())
        self._reader.faults.extend(fault for fault in faults if fault is not None)
        found = {name.lower(): value for name, value in [*declared, *self._compiled.headers, *options.headers.items()]}
        return list(found.items())


def _boundary(_: Sequence[Part]) -> str:
    """Choose a boundary that cannot be guessed, because the files are not read before they are sent."""
    return token_hex(16)


def _with_cookies(headers: Sequence[tuple[str, str]], more: Sequence[str]) -> Sequence[tuple[str, str]]:
    """Add cookies to an existing `Cookie` header."""
    written = [value for name, value in headers if name.lower() == "cookie"]
    return [*(pair for pair in headers if pair[0].lower() != "cookie"), ("cookie", "; ".join([*written, *more]))]


def _framing(method: str, body: Encoded | None) -> Iterator[tuple[str, str]]:
    """Yield the framing headers of a body.

    One of unknown length is chunked; a missing one has length 0, if the method expects a body.
    """
    if body is None:
        if method in ("POST", "PUT", "PATCH"):
            yield "content-length", "0"
        return
    yield "content-type", body.content_type
    length = len(body.content) if isinstance(body.content, bytes) else body.content.length
    yield ("transfer-encoding", "chunked") if length is None else ("content-length", str(length))
