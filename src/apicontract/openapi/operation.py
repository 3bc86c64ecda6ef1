"""The parts of an operation, as plain frozen objects with every reference followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from apicontract.openapi.servers import Server

Json: TypeAlias = Any
"""A JSON value. `Any`, because a recursive alias would make every reader of a document cast at each step."""


class Parameter(NamedTuple):
    """One declared parameter of an operation, or one declared header of a response."""

    name: str
    location: str
    """`path`, `query`, `header`, `cookie`, or `querystring` for a parameter that is the whole query."""
    required: bool
    style: str
    """An OpenAPI style; `json` for a parameter whose `content` is JSON, `text` for one with other content."""
    explode: bool
    schema: Json
    pointer: str
    """The pointer of the parameter, with references followed."""
    schema_pointer: str
    allow_empty: bool = False
    """Whether an empty value may be sent, whatever the schema requires (`allowEmptyValue`)."""


class MediaType(NamedTuple):
    """One media type of a body: its schema, and how form fields are encoded."""

    name: str
    schema: Json
    """`None` if the document has no schema."""
    pointer: str
    schema_pointer: str
    encoding: Mapping[str, Mapping[str, Json]]
    examples: Mapping[str, Json]
    part_headers: Mapping[str, tuple[Parameter, ...]] = MappingProxyType({})
    """The declared headers of the parts of a form, by field name."""
    item: bool = False
    """Whether the schema is that of one item of a stream (`itemSchema`)."""
    streaming: Streaming | None = None
    """The `x-streaming` of the operation, if this is a stream."""


class RequestBody(NamedTuple):
    """The declared request body of an operation."""

    required: bool
    content: Mapping[str, MediaType]
    pointer: str


class Response(NamedTuple):
    """One declared response: its key is a status, a range such as `4XX`, or `default`."""

    key: str
    content: Mapping[str, MediaType]
    headers: tuple[Parameter, ...]
    pointer: str


class Pagination(NamedTuple):
    """Where a listing has its items, and how it ends; `x-pagination` in `spec/README.md`."""

    style: str
    """`page` (numbers) or `token`."""
    parameter: str
    items: str
    total_pages: str | None = None
    next_token: str | None = None
    operation: str | None = None
    repeat: tuple[str, ...] = ()
    method: str | None = None


@dataclass(frozen=True, slots=True)
class Streaming:
    """Which flag selects the event stream, and what the stream looks like; `x-streaming`."""

    flag: str | None = None
    first: str | None = None
    last: tuple[str, ...] = ()
    """The values of the discriminator that end the stream; the document may write a single one as a string."""
    method: str | None = None
    same: str | None = None
    text: str | None = None
    end: str | None = None
    """The data of a server-sent event that ends the stream; it is not an event itself."""
    keepalive: tuple[str, ...] = ()
    """The values of the discriminator of events without content, which may come at any time."""
    number: str | None = None
    """Pointer to a whole number that grows from event to event."""
    event: str = "data"
    """Where a server-sent event has its discriminator: in the `data`, in the `event` `line`, or in `both`."""
    open: bool = False
    """Whether events with other values of the discriminator may come."""

    def __post_init__(self) -> None:
        """Accept a single name in place of a list; raise `TypeError` for an invalid `event` or `open`."""
        for name in ("last", "keepalive"):
            value = getattr(self, name)
            object.__setattr__(self, name, (value,) if isinstance(value, str) else tuple(value))
        if self.event not in ("data", "line", "both"):
            raise TypeError(f"`event` is data, line or both, not {self.event!r}")
        if not isinstance(self.open, bool):
            raise TypeError(f"`open` is true or false, not {self.open!r}")

    @property
    def ends(self) -> bool:
        """Whether the document defines how a stream ends."""
        return bool(self.last) or self.end is not None


class Waiting(NamedTuple):
    """How a response shows that a long job has ended; `x-waiting`."""

    method: str
    status: str
    done: tuple[str, ...]
    failed: tuple[str, ...]
    interval: float
    reason: str | None = None
    each: str | None = None
    """Pointer to the list whose items have a status each; the job has ended once all of them have."""
    refused: str | None = None
    """Pointer, within an item, to a value whose presence means that the item never gets a status."""
    together: str | None = None
    """The client method that waits for several jobs."""


class JobEvent(NamedTuple):
    """Which outcome of which job a webhook reports; `x-event`."""

    operation: str
    """The operation that returns the status of the job."""
    status: str
    """The status that the job ends with."""
    id: str
    """Pointer to the id of the event."""
    job: str
    """Pointer to the id of the job, within the object that describes it."""


class InParts(NamedTuple):
    """How a large file is uploaded in parts: this operation starts the upload, others continue it; `x-parts`."""

    method: str
    filename: str
    size: str
    session: str
    result: str
    retrieve: str
    part_size: str
    addresses: str
    number: str
    address: str
    more: str
    first: str
    many: str
    report: str
    parts: str
    part: str
    proof: str
    length: str
    most: int
    status: str
    state: str
    done: tuple[str, ...]
    lost: tuple[str, ...]
    position: str
    part_state: str
    arrived: tuple[str, ...]
    failed: tuple[str, ...]
    kind: str | None = None
    headers: str | None = None
    per_page: str | None = None
    find: str | None = None
    named: str | None = None
    found: str | None = None
    found_name: str | None = None
    found_size: str | None = None

    @classmethod
    def read(cls, *, count: str, index: str, **others: Any) -> InParts:
        """Take the keys of the extension; `count` and `index` are methods of tuples, so two fields are renamed."""
        return cls(many=count, position=index, **others)


class Large(NamedTuple):
    """Which operation uploads, in parts, the files that are too large for this one; `x-large`."""

    file: str
    most: int
    operation: str


ALGORITHMS = {"hmac-sha256": "sha256", "hmac-sha512": "sha512"}
"""The signature algorithms, with the digest of each."""


@dataclass(frozen=True, slots=True)
class Signature:
    """How a message is signed with a shared secret; `x-signature` of a security scheme."""

    algorithm: str
    """A key of `ALGORITHMS`; the digest is written in lower-case hexadecimal digits."""
    signature: str
    """The name of a signature in the header, which holds `name=value` pairs joined by commas. There may be several."""
    signed: str
    """What is signed: a template with `{body}`, the bytes of the body, and `{timestamp}` if there is one."""
    timestamp: str | None = None
    """The name of the time of signing in the header, in seconds since 1970."""
    tolerance: float | None = None
    """How many seconds that time may differ from the receiver's clock."""
    header: str = ""
    """The name of the header."""
    pointer: str = ""

    def __post_init__(self) -> None:
        """Raise `TypeError` for settings that cannot be checked or that protect nothing."""
        if self.algorithm not in ALGORITHMS:
            raise TypeError(f"algorithm {self.algorithm!r} is not known; known are {', '.join(ALGORITHMS)}")
        if self.signed.count("{body}") != 1 or self.signed.count("{timestamp}") != (self.timestamp is not None):
            raise TypeError(
                "`signed` needs {body} once, and {timestamp} once if a timestamp is named, or never if none is"
            )
        if (self.timestamp is None) != (self.tolerance is None):
            raise TypeError("timestamp and tolerance need each other")
        if self.timestamp == self.signature:
            raise TypeError("timestamp and signature need different names")


CredentialPlace: TypeAlias = Literal["header", "query", "cookie", "bearer", "basic", "other"]
"""Where an API key is sent; `bearer` and `basic` are in `Authorization`; `other` is not supported by the client."""


class Credential(NamedTuple):
    """A credential that a security scheme requires."""

    scheme: str
    """The name of the security scheme."""
    place: CredentialPlace
    name: str = ""
    """The name of the header, query parameter or cookie."""


@dataclass(frozen=True, slots=True, repr=False)
class Operation:
    """One method on one path, or one webhook."""

    id: str
    """The dotted client path, such as `tasks.list`; `GET /tasks` if the document has no `operationId`."""
    method: str
    """Upper case."""
    path: str
    """The template, such as `/tasks/{task_id}`, relative to the server's path; for a webhook, its name."""
    summary: str
    description: str
    deprecated: bool
    parameters: tuple[Parameter, ...]
    request_body: RequestBody | None
    responses: Mapping[str, Response]
    key_headers: tuple[str, ...]
    """Headers that carry an API key, of the first security alternative that has any."""
    key_alternatives: tuple[tuple[str, ...], ...]
    """The sets of such headers of which one must be complete; empty if a request may use other credentials, or none."""
    key_queries: tuple[str, ...]
    """Query parameters that carry an API key."""
    security: tuple[tuple[Credential, ...], ...]
    """The alternative sets of credentials; an empty set means that a request may have none."""
    pointer: str
    extensions: Mapping[str, Any]
    """The settings of each `x-` extension, by its name."""
    servers: tuple[Server, ...] = ()
    """The servers of the operation or its path; empty if those of the document apply."""
    signature: Signature | None = None
    """How its requests are signed, if they are."""
    _located: Mapping[str, tuple[Parameter, ...]] = field(init=False, compare=False)
    """The parameters by location."""

    def __post_init__(self) -> None:
        """Group the parameters by location once, because every call needs them so."""
        located: dict[str, tuple[Parameter, ...]] = {}
        for parameter in self.parameters:
            located[parameter.location] = (*located.get(parameter.location, ()), parameter)
        object.__setattr__(self, "_located", located)

    def __repr__(self) -> str:
        return f"<Operation {self.id}: {self.method} {self.path}>"

    @property
    def pagination(self) -> Pagination | None:
        """How to get from one page to the next; `None` if this is not a listing."""
        return self.extensions.get("x-pagination")

    @property
    def streaming(self) -> Streaming | None:
        """How a stream is requested, starts and ends; `None` if the operation has no stream."""
        return self.extensions.get("x-streaming")

    @property
    def streaming_flag(self) -> str | None:
        """The property of a request that asks for a stream; `None` if there is none."""
        return self.streaming.flag if self.streaming else None

    @property
    def waiting(self) -> Waiting | None:
        """How a long job ends; `None` if this operation does not report the status of one."""
        return self.extensions.get("x-waiting")

    @property
    def job_event(self) -> JobEvent | None:
        """Which outcome of which job this webhook reports; `None` if it reports none."""
        return self.extensions.get("x-event")

    @property
    def in_parts(self) -> InParts | None:
        """How a large file is uploaded in parts; `None` if this operation does not start such an upload."""
        return self.extensions.get("x-parts")

    @property
    def large(self) -> Large | None:
        """How files that are too large for this operation are uploaded; `None` if there is no way."""
        return self.extensions.get("x-large")

    def parameters_in(self, location: str) -> Iterator[Parameter]:
        """Yield the parameters of one location in document order."""
        return iter(self._located.get(location, ()))

    def response(self, status: int) -> Response | None:
        """Find the declared response for a status: the status itself, its range, or `default`; else `None`."""
        by_key = self.responses
        return by_key.get(str(status)) or by_key.get(f"{status // 100}XX") or by_key.get("default")
