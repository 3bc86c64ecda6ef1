"""The `Contract`, the public interface of the checks."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from apicontract.checks import adapters
from apicontract.checks.adapters import AnyRequest, AnyResponse, AnyWebhook
from apicontract.checks.checkers import Checkers
from apicontract.checks.message import Message
from apicontract.checks.request import coding_notice, content_of
from apicontract.checks.response import Answer
from apicontract.checks.validation import FURTHER, MOST
from apicontract.guess import nearest
from apicontract.openapi import base_urls, marks, media_types, strict_json
from apicontract.openapi import pointer as pointers
from apicontract.openapi.base_urls import BaseUrls
from apicontract.openapi.document import Document, Json, MediaType, Operation, parse
from apicontract.openapi.problems import Problem
from apicontract.openapi.routing import Match, NoMatch, Routes
from apicontract.openapi.secrets import secrets
from apicontract.openapi.servers import Server
from apicontract.openapi.violation import Violation, excerpt, plain, without
from apicontract.wire import media
from apicontract.wire.media import UNREAD

if TYPE_CHECKING:
    from apicontract.checks.credentials import Credentials
    from apicontract.checks.history import ContractEdition, History
    from apicontract.checks.stream import CheckedEvent
    from apicontract.checks.webhooks import Types
    from apicontract.openapi.editions import Editions
    from apicontract.wire.messages import Request, Response


class Reading(NamedTuple):
    """A request as decoded for the schemas of its operation."""

    operation: Operation
    arguments: Mapping[str, Any]
    """Mappings for `path`, `query` and `header`, and `body` if there is a readable one; the value of a file is its
    name."""
    violations: tuple[Violation, ...]
    content: MediaType | None = None
    """The declared media type of its body."""
    streamed: bool | None = None
    """Whether it asks for an event stream; `None` if that is unknown."""
    notices: tuple[str, ...] = ()
    """Remarks that are not violations, about things the document does not mention, such as a content coding of the
    body."""


class Contract:
    """A loaded document that checks requests, responses and payloads.

    Every check returns the list of all violations, which is empty if the input conforms. It raises no exception for
    invalid input, only for a request whose body can no longer be read (`BodyUnreadable`), and for a document that turns
    out to be unusable where it is first needed (`DocumentInvalid`). An API key in a request is never shown in a
    violation.

    A contract can be shared between threads. It can be pickled at any time: only its document is stored.
    """

    def __init__(
        self, document: Document, *, base_url: str | None = None, history: History | None = None, formats: bool = True
    ) -> None:
        """Take a document; `base_url` replaces the servers that it names, such as a proxy or a local stand-in.

        `history` is the marked document that it is a projection of; `formats` says whether `format` is asserted, for
        the formats in `checks.formats.ASSERTED`. Raises `ValueError` if `base_url` is not one.
        """
        if base_url is not None:
            base_urls.split(base_url)
        self.document = document
        self._base_url = base_url
        self._history = history
        self.operations: tuple[Operation, ...] = tuple(document.operations.values())
        """The operations, in document order."""
        self.servers = (base_url.rstrip("/"),) if base_url else document.servers
        """The base URLs of the API."""
        self.formats = formats
        """Whether `format` is asserted."""
        self._checkers = Checkers(document, formats=formats)
        self.validators = self._checkers.validators
        """The compiled validators of its schemas."""
        self._hosts = (Server(base_url),) if base_url else document.hosts
        self._routes = Routes(self.operations, self._hosts, only=base_url is not None)

    @classmethod
    def load(
        cls, path: str | Path, *, edition: str | None = None, base_url: str | None = None, formats: bool = True
    ) -> Self:
        """Load any OpenAPI file (3.0 to 3.2, YAML or JSON), with the files in its folder that it refers to.

        A document with editions is read at one of them: a day (`YYYY-MM-DD`), a name from its list of editions, or
        `None` for the newest. `formats=False` does not assert any `format`. Raises `FileNotFoundError`,
        `EditionUnknown`, which lists the known editions, or `DocumentInvalid`, with the problem and its pointer.
        """
        source = Path(path)
        text = source.read_bytes()
        raw = parse(text, source)
        if edition is None and not marks.may_be_in(text):
            return cls(Document(raw), base_url=base_url, formats=formats)
        from apicontract.checks import history as histories  # noqa: PLC0415 - only for a document of several days

        document, history = histories.read(raw, source.name, edition, formats=formats)
        return cls(document, base_url=base_url, history=history, formats=formats)

    @cached_property
    def _packed(self) -> bytes:
        import pickle  # noqa: PLC0415 - most contracts stay in their process
        import zlib  # noqa: PLC0415 - most contracts stay in their process

        return zlib.compress(pickle.dumps((self.document, self._base_url, self._history, self.formats)), 1)

    def __reduce__(self) -> tuple[Callable[..., Contract], tuple[type[Contract], bytes]]:
        """Pickle the document, which is small enough to send with each task; compiled validators are not included."""
        return _unpacked, (type(self), self._packed)

    @cached_property
    def identity(self) -> tuple[str, ...]:
        """A key that is equal for equal contracts: a digest of the document, its edition and options."""
        import hashlib  # noqa: PLC0415 - slow to import, and rarely needed

        digest = hashlib.sha256(json.dumps(self.document.raw, sort_keys=True).encode()).hexdigest()
        return digest, str(self.edition), str(self.formats), *self.servers

    @cached_property
    def _credentials(self) -> Credentials:
        from apicontract.checks.credentials import Credentials  # noqa: PLC0415 - for what is shown, such as a violation

        return Credentials(self.operations)

    @property
    def notices(self) -> tuple[Problem, ...]:
        """Parts of the document that are not read literally, and parts that cannot be checked."""
        return self.document.notices + self._checkers.unusable

    @property
    def edition(self) -> ContractEdition | None:
        """The day of this contract; `None` for a document without editions."""
        return None if self._history is None else self._history.edition

    @property
    def editions(self) -> Editions | None:
        """All editions of the document, and every day on which something changed; `None` for a document without any."""
        return None if self._history is None else self._history.editions

    @property
    def marked(self) -> Mapping[str, Any] | None:
        """The document of all days, with its marks; `None` for a document without any."""
        return None if self._history is None else self._history.document

    def edition_of(self, release: str) -> str | None:
        """Return the name of the edition for a release of an SDK; `None` if it is this one, or unknown."""
        return None if self._history is None else self._history.edition_of(release)

    @property
    def title(self) -> str:
        """The title of the document with its day, or else its version."""
        info = self.document.raw.get("info")
        info = info if isinstance(info, Mapping) else {}
        title = str(info.get("title") or "the document")
        when = f"as of {self.edition.day}" if self.edition else str(info.get("version", ""))
        return plain(f"{title} {when}".rstrip())

    def operation(self, operation_id: str) -> Operation:
        """Return an operation by its id; raise `LookupError` if the document does not have it."""
        found = self.document.operations.get(operation_id)
        if found is None:
            absent = None if self._history is None else self._history.absent(operation_id)
            why = f"no operation {operation_id!r} in the document: {absent.explanation.message}" if absent else ""
            raise LookupError(why or _unknown("operation", operation_id, self.document.operations))
        return found

    def webhook(self, name: str) -> Operation:
        """Return a webhook by its name or its id; raise `LookupError` if the document does not have it."""
        known = self.document.webhooks
        found = known.get(name) or next((webhook for webhook in known.values() if webhook.path == name), None)
        if found is None:
            absent = [] if self._history is None else [absent for absent, _ in self._history.webhooks()]
            why = next((a.explanation.message for a in absent if name in (a.id, a.path)), "")
            names = dict.fromkeys(spelling for webhook in known.values() for spelling in (webhook.path, webhook.id))
            unknown = f"no webhook {name!r} in the document: {why}" if why else _unknown("webhook", name, names)
            raise LookupError(unknown)
        return found

    def described(self, name: str) -> Operation:
        """Return an operation by its id, or a webhook by its name or id; raise `LookupError` as `operation` does."""
        known = self.document.webhooks
        webhook = name in known or any(webhook.path == name for webhook in known.values())
        return self.webhook(name) if webhook else self.operation(name)

    @property
    def webhook_types(self) -> Types | None:
        """How the events of its webhooks are distinguished; `None` if the document has at most one, or does not say."""
        return self._checkers.webhooks.types

    def base_url(self, operation: Operation) -> str:
        """Return the base URL of an operation: the first server of the operation, else of the document."""
        own = operation.servers if self._hosts is self.document.hosts else ()
        return own[0].url if own else self.servers[0]

    def base_urls(self, others: Iterable[str] = ()) -> BaseUrls:
        """Return the base URLs of the API: those of its servers, and `others`, such as that of a proxy."""
        own = self._hosts is self.document.hosts
        more = dict.fromkeys(server for operation in self.operations for server in operation.servers) if own else ()
        return BaseUrls((*self._hosts, *more), own=own, others=others)

    @cached_property
    def _own_urls(self) -> BaseUrls:
        return self.base_urls()

    def has_host(self, url: str) -> bool:
        """Return whether a URL is on a host of the API, whatever its scheme and path; no, if the document names none.

        If only `base_url` names the host, the URL must be below that base URL. Returns `False` for an invalid URL.
        """
        try:
            return self._own_urls.named and self._own_urls.find(url) is not None
        except ValueError:
            return False

    def find(self, request: AnyRequest) -> Operation | None:
        """Return the operation of a request, by its method and URL; `None` if there is none."""
        found = self.route(adapters.request(request))
        return found.operation if isinstance(found, Match) else None

    def route(self, request: Request, response: Response | None = None) -> Match | NoMatch:
        """Find the operation of a request and the raw values of its path, or the reason why there is none.

        Of several operations that differ only in the fragment of the path, which is not sent (`/tokens#refresh`),
        return the first without violations in the request and the response, else the one with the fewest.
        """
        found = self._routes.match(request.method, request.url)
        if isinstance(found, NoMatch) or not found.others:
            return found

        def broken(match: Match) -> tuple[int, int]:
            reading = self.read_routed(match, request)
            if response is None:
                return len(reading.violations), 0
            answer = self.read_response(response, match.operation, streamed=reading.streamed)
            return len(reading.violations), len(answer.violations)

        best = min((found, *found.others), key=broken)
        return best._replace(others=tuple(one for one in (found, *found.others) if one.operation is not best.operation))

    def read(self, request: AnyRequest) -> Reading | None:
        """Decode a request and check it; `None` if it matches no operation.

        The decoded arguments are those that `check_arguments` takes; they may be invalid.
        """
        neutral = adapters.request(request)
        found = self.route(neutral)
        return None if isinstance(found, NoMatch) else self.read_routed(found, neutral)

    def read_routed(self, match: Match, request: Request) -> Reading:
        """Decode and check a request whose operation is known."""
        arguments: dict[str, Any] = {}
        violations = self._of_request(match, request, arguments)
        operation = match.operation
        return Reading(
            operation,
            arguments,
            tuple(violations),
            content_of(operation, request),
            self.streamed(operation, request, arguments),
            tuple(filter(None, [coding_notice(operation, request)])),
        )

    def read_response(
        self, response: Response, operation: Operation, *, streamed: bool | None = None, request: Request | None = None
    ) -> Answer:
        """Decode a response and check it; `streamed` says whether a stream was requested, `None` if that is unknown.

        The keys in the request, and the cookies of both, are not shown in any violation.
        """
        answer = Answer()
        if self._checkers.responses.conforms(operation, response, answer):
            return answer
        found = self._checkers.responses.check(operation, response, streamed, answer)

        def message() -> Message:
            def conforms(checkers: Checkers, operation: Operation) -> bool:
                return not any(checkers.responses.check(operation, response, streamed, Answer(body=answer.body)))

            named = {"status": response.status}
            return Message(operation, conforms, "response", True, named, len(response.body))

        answer.violations = tuple(self._gathered(found, request, message, response))
        return answer

    def check_request(self, request: AnyRequest) -> list[Violation]:
        """Check a request as it is sent: path, query, headers and body."""
        neutral = adapters.request(request)
        found = self.route(neutral)
        if isinstance(found, NoMatch):
            return self.unrouted(found, neutral)
        return self._of_request(found, neutral, {})

    def _of_request(self, match: Match, request: Request, arguments: dict[str, Any]) -> list[Violation]:
        """Return the violations of a request whose operation was found, and fill `arguments` with what is read."""
        if self._checkers.requests.conforms(match, request, arguments):
            return []
        found = self._checkers.requests.check(match, request, arguments)
        return self._gathered(found, request, lambda: _message(match, request, arguments))

    def check_response(
        self, response: AnyResponse, *, operation: str | None = None, request: AnyRequest | None = None
    ) -> list[Violation]:
        """Check a response: status, headers, body or stream.

        The operation is that of the request (given, or known to the response), or is given by its id. The request is
        not checked, but it is a violation if it matches no operation. Raises `ValueError` without a request and an id,
        and `LookupError` for an unknown id.
        """
        request = adapters.sent(response) if request is None else adapters.request(request)
        came = adapters.response(response)
        if operation is not None:
            found = self.operation(operation)
        elif request is None:
            raise ValueError("this response does not know its request; name its operation, or use check_exchange")
        else:
            match = self.route(request, came)
            if isinstance(match, NoMatch):
                return self.unrouted(match, request)
            found = match.operation
        streamed = self.streamed(found, request)
        return list(self.read_response(came, found, streamed=streamed, request=request).violations)

    def check_exchange(self, request: AnyRequest, response: AnyResponse) -> list[Violation]:
        """Check a request and the response to it."""
        neutral, came = adapters.request(request), adapters.response(response)
        found = self.route(neutral, came)
        if isinstance(found, NoMatch):
            return self.unrouted(found, neutral)
        reading = self.read_routed(found, neutral)
        answer = self.read_response(came, found.operation, streamed=reading.streamed, request=neutral)
        return list(dict.fromkeys((*reading.violations, *answer.violations)))

    def check_webhook(
        self, request: AnyWebhook, *, secret: str | bytes | None, now: float | None = None, event: str | None = None
    ) -> list[Violation]:
        """Check an event that a webhook has sent: its signature, then its payload.

        `request` is that of a framework, or a tuple of its headers and the bytes of its body; if such headers have no
        content type, it is assumed to be right. `secret` is the signing secret; with `None`, signatures are not
        checked. `now` is the time in seconds since 1970, by default that of the clock. `event` is the name of the
        webhook, needed if the document does not say how its webhooks are distinguished.

        If the signature is wrong, nothing else is reported. The secret is not shown in any violation. Raises
        `LookupError` for an event that cannot be distinguished or a webhook that the document does not have, and
        `ValueError` for an empty secret, or for a secret if no webhook of the document has a signature, and `TypeError`
        for a secret or a body of another type.
        """
        from apicontract.checks.webhooks import received  # noqa: PLC0415 - few users check webhooks
        from apicontract.wire import signatures  # noqa: PLC0415 - few users check webhooks

        neutral = adapters.webhook(request)
        checker = self._checkers.webhooks
        if not self.document.webhooks:
            raise LookupError(f"the document has no webhooks ({self.title})")
        key = secret.encode() if isinstance(secret, str) else secret
        if not isinstance(key, bytes | None):
            raise TypeError(f"the secret is a string or bytes, not {type(key).__name__}")
        if key is not None and (not key or checker.signature is None):
            why = (
                "the document does not say how its webhooks are signed (x-signature)" if key else "the secret is empty"
            )
            raise ValueError(f"{why}; to check payloads alone, give secret=None")
        found = checker.find(neutral) if event is None else self.webhook(event)
        operation = None if isinstance(found, Violation) else found
        scheme = checker.signature if operation is None else operation.signature
        violations: list[Violation] = []
        if key is not None and scheme is not None:
            at = time.time() if now is None else now
            faults = signatures.check(scheme, key, neutral.headers.get(scheme.header), neutral.body, at)
            violations = [fault.violation(None if operation is None else operation.id) for fault in faults]
        if not violations:
            violations = (
                [self._of_no_webhook(found)]
                if isinstance(found, Violation)
                else self._event(found, received(found, neutral) if isinstance(request, tuple) else neutral)
            )
        taken = secrets(*([] if key is None else [key.decode(errors="replace")]))
        return [without(violation, taken) for violation in violations]

    def find_webhook(self, request: AnyRequest) -> Operation | Violation | None:
        """Return the webhook whose event a request is, at any URL; `None` if it is not an event, or that is unknown.

        The signature header identifies an event. If it belongs to none of the webhooks, return a violation with the
        reason.
        """
        neutral, checker = adapters.request(request), self._checkers.webhooks
        if checker.signature is None or neutral.headers.get(checker.signature.header) is None:
            return None
        try:
            return checker.find(neutral)
        except LookupError:
            return None

    def _event(self, operation: Operation, request: Request) -> list[Violation]:
        arguments: dict[str, Any] = {}
        found = self._checkers.webhooks.check(operation, request, arguments)

        def message() -> Message:
            def conforms(checkers: Checkers, operation: Operation) -> bool:
                return not any(checkers.webhooks.check(operation, request))

            return Message(operation, conforms, "event", True, {}, len(request.body), webhook=True)

        return self._gathered(found, request, message)

    def _of_no_webhook(self, violation: Violation) -> Violation:
        """Add to the violation of an event without a webhook that it is an event on another day, if it is."""
        from apicontract.checks.webhooks import listed_values  # noqa: PLC0415 - few users check webhooks

        types = self._checkers.webhooks.types
        if self._history is None or types is None or violation.rule != "undeclared":
            return violation
        for absent, checkers in self._history.webhooks():
            document = checkers.document
            listed = (listed_values(document, sent) for sent in document.operations.values())
            if any(
                excerpt(value) == violation.excerpt for values in listed for value in values.get(types.property, ())
            ):
                rule, message = absent.explanation
                return replace(violation, operation=absent.id, rule=rule, message=message)
        return violation

    def unrouted(self, found: NoMatch, request: Request) -> list[Violation]:
        """Report a request that matches no operation."""
        violation = Violation(None, found.where, "undeclared", found.message, "/paths", excerpt(found.value))
        if self._history is not None and found.path:
            absent = self._history.operation(request.method, found.path)
            if absent is not None:
                rule, message = absent.explanation
                violation = replace(violation, operation=absent.id, rule=rule, message=message)
            else:
                violation = replace(violation, message=f"not in this document ({self.title}): {self._guess(found)}")
        return self._gathered([violation], request)

    def without_keys(self, text: str, request: Request) -> str:
        """Return a text without the keys and other credentials of a request."""
        return self._credentials.of(request).text(text)

    def check_payload(
        self, payload: Json, *, schema: str | None = None, operation: str | None = None, status: int | None = None
    ) -> list[Violation]:
        """Check a JSON value: against a named component, or a request or response body of an operation.

        `status` selects the response body. `operation` can also be a webhook, and a stream is given as the list of its
        events. Raises `LookupError` for an unknown name, or if the document has no JSON there.
        """
        return self.payload_checker(schema, operation, status)(payload)

    def check_arguments(self, operation: Operation, arguments: Mapping[str, Any]) -> list[Violation]:
        """Check the arguments of a request before it is encoded: `path`, `query`, `header`, and `body` if any."""
        if self._checkers.requests.conform(operation, arguments):
            return []

        def conforms(checkers: Checkers, operation: Operation) -> bool:
            return not any(checkers.requests.arguments(operation, arguments))

        return self._gathered(
            self._checkers.requests.arguments(operation, arguments), explained=lambda: Message(operation, conforms)
        )

    def streamed(
        self, operation: Operation, request: Request | None, arguments: Mapping[str, Any] | None = None
    ) -> bool | None:
        """Return whether a request asks for an event stream; `None` if that is unknown.

        `arguments` are those of the request, if it was decoded, so that its body is not parsed again.
        """
        flag = operation.streaming_flag
        if not isinstance(flag, str) or request is None or operation.request_body is None:
            return None
        content = next(iter(operation.request_body.content.values()))
        try:
            body = arguments["body"] if arguments and "body" in arguments else strict_json.load(request.body.decode())
        except ValueError:
            return None
        node, _ = self.document.resolve(content.schema, content.schema_pointer)
        default = pointers.find(node, f"/properties/{pointers.escape(flag)}/default")
        value = body.get(flag, default) if isinstance(body, dict) else None
        return value if isinstance(value, bool) else None

    def payload_checker(
        self, schema: str | None, operation: str | None, status: int | None
    ) -> Callable[[Json], list[Violation]]:
        """Return a function that checks payloads at one place.

        Raises `TypeError` unless exactly one of `schema` and `operation` is given, and `LookupError` for a name that
        the document does not have.
        """
        if (schema is None) == (operation is None) or (status is not None and operation is None):
            raise TypeError("give schema=, or operation= with or without status=")
        if schema is not None:
            if schema not in self.document.schemas:
                raise LookupError(_unknown("schema", schema, self.document.schemas))
            at = f"/components/schemas/{pointers.escape(schema)}"
            return lambda payload: self.validators.violations(at, payload, None, "body")
        found = self.described(operation or "")
        webhook = found.id in self.document.webhooks
        received = webhook or status is not None
        check = self._checkers.payloads(found, status, received=received)
        if self._history is None:
            return check

        def explained(payload: Json) -> list[Violation]:
            def conforms(checkers: Checkers, operation: Operation) -> bool:
                try:
                    return not checkers.payloads(operation, status, received=received)(payload)
                except LookupError:
                    return False

            return self._gathered(
                check(payload), explained=lambda: Message(found, conforms, "payload", received, webhook=webhook)
            )

        return explained

    def conformity(
        self, schema: str | None, operation: str | None, status: int | None
    ) -> Callable[[list[Json]], bool] | None:
        """Return a function that says, in one call of compiled code, whether all of many payloads conform.

        Returns `None` if each has to be checked by itself. The function may return `False` for conforming payloads;
        `payload_checker` decides.
        """
        if schema is not None:
            return self.validators.conformity(f"/components/schemas/{pointers.escape(schema)}")
        found = self.described(operation or "")
        received = status is not None or found.id in self.document.webhooks
        return self._checkers.conformity(found, status, received=received)

    def stream_of(self, operation: str, status: int) -> MediaType | None:
        """Return the event stream that an operation declares for a status, if any.

        Raises `LookupError` as `operation` does.
        """
        response = self.operation(operation).response(status)
        return None if response is None else media.stream_of(response.content)

    def check_stream(self, chunks: Iterable[bytes], operation: str, status: int) -> Iterator[CheckedEvent]:
        """Check a stream of any size as it arrives; yield each event, and at the end what is missing.

        Raises `LookupError` for an unknown operation, and for one that declares no stream for the status.
        """
        found, content = self.operation(operation), self.stream_of(operation, status)
        if content is None:
            raise LookupError(f"{operation} documents no stream for status {status}")
        check = self._checkers.responses.stream(found, content)
        for event in chain(chain.from_iterable(map(check.feed, chunks)), check.close()):
            if not event.violations or event.event is UNREAD:
                yield event
                continue

            def conforms(checkers: Checkers, operation: Operation, instance: Json = event.event) -> bool:
                return checkers.event_conforms(operation, status, instance)

            message = Message(found, conforms, "payload", True)
            yield event._replace(violations=self._gathered(event.violations, explained=partial(_same, message)))

    def _guess(self, found: NoMatch) -> str:
        """Return a likely reason for a request that no edition has."""
        if found.where == "method":
            return f"a mistake in the method, or newer than the document; {found.message}"
        nearest = self._routes.nearest(found.path)
        hint = f"; the nearest known path is {nearest}" if nearest else ""
        return f"a mistake in the path, or newer than the document{hint}"

    def _gathered(
        self,
        violations: Iterable[Violation],
        request: Request | None = None,
        explained: Callable[[], Message] | None = None,
        response: Response | None = None,
    ) -> list[Violation]:
        """Remove duplicate violations, and the credentials of the exchange from all of them.

        `explained` returns the message that is checked, if another edition may explain the violations.
        """
        found = _bounded(violations)
        if found and self._history is not None and explained is not None:
            found = list(dict.fromkeys(self._history.explain(found, explained())))
        if found and (request is not None or response is not None):
            taken = self._credentials.of(request, response)
            found = list(dict.fromkeys(without(violation, taken) for violation in found))
        return found


@lru_cache(maxsize=8)
def _unpacked(kind: type[Contract], packed: bytes) -> Contract:
    """Restore a pickled contract; a process that receives the same one repeatedly restores it once."""
    import pickle  # noqa: PLC0415 - most contracts stay in their process
    import zlib  # noqa: PLC0415 - most contracts stay in their process

    document, base_url, history, formats = pickle.loads(zlib.decompress(packed))  # noqa: S301 - part of a pickle itself
    return kind(document, base_url=base_url, history=history, formats=formats)


def _same(message: Message) -> Message:
    return message


def _bounded(violations: Iterable[Violation]) -> list[Violation]:
    """Remove duplicate violations.

    After the first `MOST` the others are only counted, as a small body can have millions.
    """
    found: dict[Violation, None] = {}
    further, least = 0, ""
    for violation in violations:
        if violation.rule == FURTHER:
            further, least = further + 1, "at least "
        elif len(found) < MOST:
            found[violation] = None
        elif violation not in found:
            further += 1
    if further:
        last = next(reversed(found))
        message = f"and {least}{further:,} further violations; only the first {MOST:,} of one message are reported"
        found[replace(last, where=last.where.partition("[")[0], message=message, excerpt=None)] = None
    return list(found)


def _message(match: Match, request: Request, arguments: Mapping[str, Any]) -> Message:
    """Return a request for the history to check; `arguments` are those that were decoded."""
    body = {"body": arguments["body"]} if "body" in arguments else {}

    def conforms(checkers: Checkers, operation: Operation) -> bool:
        return not any(checkers.requests.check(match._replace(operation=operation), request, dict(body)))

    name, _ = media_types.parse(request.headers.get("content-type") or "")
    return Message(match.operation, conforms, names={"media_type": name}, size=len(request.body))


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"no {kind} {name!r} in the document{f'; did you mean {near!r}?' if near else ''}"
