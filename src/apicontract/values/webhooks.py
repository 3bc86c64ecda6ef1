"""Events as a webhook sends them, signed, and ways to forge one.

To add a way, write a function that makes the request, and register it in `FORGERIES` with the rule that rejects it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json, MediaType, Operation
from apicontract.openapi.operation import Signature
from apicontract.wire import media, signatures
from apicontract.wire.messages import Headers, Request

URL = "http://localhost/webhook"
"""The default URL that events are sent to; the real one belongs to the receiver."""


@dataclass(frozen=True, slots=True, repr=False)
class Event:
    """An event of a webhook that can be signed; it is never shown, because it knows the secret."""

    contract: Contract
    operation: Operation
    payload: Json
    fields: Mapping[str, str]
    """The headers that the document declares."""
    secret: bytes | None
    """`None` if the webhook has no signature."""
    now: int
    """The time of receipt, in seconds since 1970."""
    url: str = URL

    @property
    def content(self) -> MediaType:
        """The media type of the body; raises `LookupError` for a webhook without one."""
        body = self.operation.request_body
        if body is None:
            raise LookupError(f"{self.operation.id} has no body")
        return next(iter(body.content.values()))

    @property
    def scheme(self) -> Signature:
        """Its signature scheme; raises `LookupError` if it has none."""
        if self.operation.signature is None or self.secret is None:
            raise LookupError(f"{self.operation.id} has no signature (x-signature), so none can be forged")
        return self.operation.signature

    def sent(self) -> Request:
        """Return the request as the API sends it."""
        return self.request(None if self.operation.signature is None or self.secret is None else self.header())

    def header(self, secret: bytes | None = None, at: int | None = None) -> str:
        """Return the signature header, possibly with another secret or at another time."""
        key = self.secret if secret is None else secret
        return signatures.sign(self.scheme, key or b"", self.encoded().bytes, self.now if at is None else at)

    def encoded(self) -> media.Encoded:
        """Return the encoded body."""
        content = self.content
        return media.codec(content.name).encode(self.payload, media.Context(self.contract.document, content))

    def request(self, header: str | None, body: bytes | None = None) -> Request:
        """Return a request with or without a signature, possibly with another body."""
        encoded = self.encoded()
        fields = {**self.fields, "content-type": encoded.content_type}
        if header is not None:
            fields[self.scheme.header] = header
        return Request(self.operation.method, self.url, Headers(fields), encoded.bytes if body is None else body)


@dataclass(frozen=True, slots=True)
class Forgery:
    """A way to forge an event."""

    rule: str
    """The rule of the violation."""
    make: Callable[[Event, int], Request]
    """Makes the request; the number selects the byte to change, for any length."""


def _unsigned(event: Event, _: int) -> Request:
    event.scheme  # noqa: B018 - what has no signature lacks none
    return event.request(None)


def _moved(sign: int) -> Callable[[Event, int], Request]:
    """Return a function that signs an event just outside of the tolerance, before (-1) or after (1).

    The number that the function takes adds seconds to the distance from the time of receipt.
    """

    def make(event: Event, at: int) -> Request:
        if event.scheme.tolerance is None:
            raise LookupError(f"{event.operation.id} is signed without a time")
        return event.request(event.header(at=event.now + sign * (int(event.scheme.tolerance) + 1 + at)))

    return make


def _wrong_key(event: Event, _: int) -> Request:
    return event.request(event.header(secret=b"not " + (event.secret or b"")))


def _changed_body(event: Event, at: int) -> Request:
    changed = bytearray(event.encoded().bytes)
    changed[at % len(changed)] ^= 1
    return event.request(event.header(), bytes(changed))


def _changed_signature(event: Event, at: int) -> Request:
    before, name, digits = event.header().rpartition(f"{event.scheme.signature}=")
    at %= len(digits)
    return event.request(f"{before}{name}{digits[:at]}{int(digits[at], 16) ^ 1:x}{digits[at + 1 :]}")


def _changed_time(event: Event, _: int) -> Request:
    if event.scheme.timestamp is None:
        raise LookupError(f"{event.operation.id} is signed without a time")
    written = f"{event.scheme.timestamp}={event.now}"
    return event.request(event.header(at=event.now - 1).replace(f"{event.scheme.timestamp}={event.now - 1}", written))


def _malformed(event: Event, _: int) -> Request:
    return event.request(event.header()[:-1])


def _unknown_type(event: Event, at: int) -> Request:
    types = event.contract.webhook_types
    if types is None:
        raise LookupError("the document does not say what distinguishes its webhooks")
    unknown = next(f"unknown.{n}" for n in range(at, at + len(types.operations) + 1) if f"unknown.{n}" not in types[1])
    return replace(event, payload={**event.payload, types.property: unknown}).sent()


FORGERIES: dict[str, Forgery] = {
    "unsigned": Forgery("missing", _unsigned),
    "malformed": Forgery("encoding", _malformed),
    "stale": Forgery(signatures.STALE, _moved(-1)),
    "early": Forgery(signatures.STALE, _moved(1)),
    "wrong_key": Forgery(signatures.WRONG, _wrong_key),
    "changed_body": Forgery(signatures.WRONG, _changed_body),
    "changed_signature": Forgery(signatures.WRONG, _changed_signature),
    "changed_time": Forgery(signatures.WRONG, _changed_time),
    "unknown_type": Forgery("undeclared", _unknown_type),
}
"""The ways to forge an event, by name."""


def forge(event: Event, name: str, at: int = 0) -> Request:
    """Return a forged event.

    Raises `LookupError` for an unknown name, or if the webhook does not have what is forged.
    """
    found = FORGERIES.get(name)
    if found is None:
        raise LookupError(f"no forgery {name!r}; known are {', '.join(FORGERIES)}")
    return found.make(event, at)
