"""What a document says about one operation, as plain frozen objects with every reference followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from apicontract.openapi.servers import Server

Json: TypeAlias = Any
"""A JSON value. `Any`, because a recursive alias would make every reader of a document cast at each step."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One declared parameter of an operation, or one declared header of a response."""

    name: str
    location: str
    """`path`, `query`, `header`, `cookie`, or `querystring` for one that is the whole query."""
    required: bool
    style: str
    """An OpenAPI style; `json` for a parameter whose `content` is JSON, `text` for one of another content."""
    explode: bool
    schema: Json
    pointer: str
    """Where the parameter is, references followed."""
    schema_pointer: str
    allow_empty: bool = False
    """Whether an empty value may be sent, whatever the schema says (`allowEmptyValue`)."""


class MediaType(NamedTuple):
    """One media type of a body: its schema, and how form fields are encoded."""

    name: str
    schema: Json
    """`None` when the document gives none."""
    pointer: str
    schema_pointer: str
    encoding: Mapping[str, Mapping[str, Json]]
    examples: Mapping[str, Json]
    part_headers: Mapping[str, tuple[Parameter, ...]] = MappingProxyType({})
    """The declared headers of the parts of a form, by the name of the field."""
    item: bool = False
    """Whether the schema is that of an item of a stream in so many words (`itemSchema`)."""
    streaming: Streaming | None = None
    """What the operation says of its stream, if this is one."""


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
    """Where a listing keeps its items and its end; `x-pagination` in `spec/README.md`."""

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
    """The kinds of which one is the last event; the document may name one as a string."""
    method: str | None = None
    same: str | None = None
    text: str | None = None
    end: str | None = None
    """The data of server-sent events that ends the stream, and is no event."""
    keepalive: tuple[str, ...] = ()
    """The kinds of events that may come anywhere."""
    number: str | None = None
    """Pointer to a whole number that grows from event to event."""
    event: str = "data"
    """Where a server-sent event has its kind: in the `data`, in the `event` `line`, or in `both`."""
    open: bool = False
    """Whether events of other kinds than the declared ones may come."""

    def __post_init__(self) -> None:
        """Take one name in place of a list."""
        for name in ("last", "keepalive"):
            value = getattr(self, name)
            object.__setattr__(self, name, (value,) if isinstance(value, str) else tuple(value))
        if self.event not in ("data", "line", "both"):
            raise TypeError(f"`event` is data, line or both, not {self.event!r}")
        if not isinstance(self.open, bool):
            raise TypeError(f"`open` is true or false, not {self.open!r}")

    @property
    def ends(self) -> bool:
        """Whether something shows that a stream is complete."""
        return bool(self.last) or self.end is not None


class Waiting(NamedTuple):
    """How a response shows that a long job is over; `x-waiting`."""

    method: str
    status: str
    done: tuple[str, ...]
    failed: tuple[str, ...]
    interval: float
    reason: str | None = None
    each: str | None = None
    """Pointer to the list whose items have the status each; the job is over once all of them are."""
    refused: str | None = None
    """Pointer, within an item, to what one has that will never have a status."""
    together: str | None = None
    """The client method that waits for several jobs."""


class JobEvent(NamedTuple):
    """Which end of which job a webhook tells of; `x-event`."""

    operation: str
    """The operation that returns the status of the job."""
    status: str
    """The status that ends it so."""
    id: str
    """Pointer to the id of the event."""
    job: str
    """Pointer to the id of the job, which is among what the event says of it."""


@dataclass(frozen=True, slots=True)
class InParts:
    """How a large file goes up in parts: this operation begins it, others go on; `x-parts`."""

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
    count: str
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
    index: str
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


class Large(NamedTuple):
    """Which operation sends a file in parts that this one does not take; `x-large`."""

    file: str
    most: int
    operation: str


ALGORITHMS = {"hmac-sha256": "sha256", "hmac-sha512": "sha512"}
"""The algorithms of signatures, and the digest of each."""


@dataclass(frozen=True, slots=True)
class Signature:
    """How a message is signed with a secret that both sides know; `x-signature` of a security scheme."""

    algorithm: str
    """A key of `ALGORITHMS`; the digest is written in lower-case hexadecimal digits."""
    signature: str
    """The name that a signature has in the header, which holds `name=value` joined by commas. There may be several."""
    signed: str
    """What is signed: a string with `{body}`, the bytes of the body, and `{timestamp}` if there is one."""
    timestamp: str | None = None
    """The name that the time of signing has in the header, in seconds since 1970."""
    tolerance: float | None = None
    """How many seconds that time may be away from the receiver's clock."""
    header: str = ""
    """The name of the header."""
    pointer: str = ""

    def __post_init__(self) -> None:
        """Refuse what could not be checked, or would protect nothing; `TypeError` says what."""
        if self.algorithm not in ALGORITHMS:
            raise TypeError(f"algorithm {self.algorithm!r} is not known; known are {', '.join(ALGORITHMS)}")
        if self.signed.count("{body}") != 1 or self.signed.count("{timestamp}") != (self.timestamp is not None):
            raise TypeError("`signed` needs {body} once, and {timestamp} once if there is a timestamp, else not")
        if (self.timestamp is None) != (self.tolerance is None):
            raise TypeError("timestamp and tolerance need each other")
        if self.timestamp == self.signature:
            raise TypeError("timestamp and signature need different names")


CredentialPlace: TypeAlias = Literal["header", "query", "cookie", "bearer", "basic", "other"]
"""Where an API key is; `bearer` and `basic` are in `Authorization`, and `other` is what no client of ours sends."""


@dataclass(frozen=True, slots=True)
class Credential:
    """What a security scheme asks a request to carry."""

    scheme: str
    """The name that the document gives the scheme."""
    place: CredentialPlace
    name: str = ""
    """Of the header, query parameter or cookie."""


@dataclass(frozen=True, slots=True, repr=False)
class Operation:
    """One method on one path, or one webhook."""

    id: str
    """The dotted client path, such as `tasks.list`; `GET /tasks` where a document gives no `operationId`."""
    method: str
    """Upper case."""
    path: str
    """The template, such as `/tasks/{task_id}`, below the server's own path; of a webhook, its name."""
    summary: str
    description: str
    deprecated: bool
    parameters: tuple[Parameter, ...]
    request_body: RequestBody | None
    responses: Mapping[str, Response]
    key_headers: tuple[str, ...]
    """Headers that carry an API key, of the first alternative that has any."""
    key_alternatives: tuple[tuple[str, ...], ...]
    """The sets of such headers of which one must be complete; empty where a request may do without, or with another
    kind of credentials."""
    key_queries: tuple[str, ...]
    """Query parameters that carry an API key."""
    security: tuple[tuple[Credential, ...], ...]
    """The sets of credentials of which a request has one; one without any says that a request may do without."""
    pointer: str
    extensions: Mapping[str, Any]
    """What was read of each `x-` extension, by its name."""
    servers: tuple[Server, ...] = ()
    """Its own servers, or those of its path; none where the document's are meant."""
    signature: Signature | None = None
    """How its requests are signed, if they are."""
    _located: Mapping[str, tuple[Parameter, ...]] = field(init=False, compare=False)
    """The parameters by location."""

    def __post_init__(self) -> None:
        """Sort the parameters by location once, as every call asks for those of one."""
        located: dict[str, tuple[Parameter, ...]] = {}
        for parameter in self.parameters:
            located[parameter.location] = (*located.get(parameter.location, ()), parameter)
        object.__setattr__(self, "_located", located)

    def __repr__(self) -> str:
        return f"<Operation {self.id}: {self.method} {self.path}>"

    @property
    def pagination(self) -> Pagination | None:
        """How to get from one page to the next; `None` if this is no listing."""
        return self.extensions.get("x-pagination")

    @property
    def streaming(self) -> Streaming | None:
        """How a stream is asked for, begins and ends; `None` if there is none."""
        return self.extensions.get("x-streaming")

    @property
    def streaming_flag(self) -> str | None:
        """The property of a request that asks for a stream; `None` where nothing in it does."""
        return self.streaming.flag if self.streaming else None

    @property
    def waiting(self) -> Waiting | None:
        """What ends a long job; `None` if this operation reports on none."""
        return self.extensions.get("x-waiting")

    @property
    def job_event(self) -> JobEvent | None:
        """Which end of which job this webhook tells of; `None` if this is none, or the document does not say."""
        return self.extensions.get("x-event")

    @property
    def in_parts(self) -> InParts | None:
        """How a large file goes up in parts; `None` if this operation begins no such upload."""
        return self.extensions.get("x-parts")

    @property
    def large(self) -> Large | None:
        """What sends the files that are too large for this operation; `None` if nothing does."""
        return self.extensions.get("x-large")

    def parameters_in(self, location: str) -> Iterator[Parameter]:
        """Yield the parameters of one location in document order."""
        return iter(self._located.get(location, ()))

    def response(self, status: int) -> Response | None:
        """Find the declared response: the status itself, then its range, then `default`, which is for all others."""
        by_key = self.responses
        return by_key.get(str(status)) or by_key.get(f"{status // 100}XX") or by_key.get("default")
