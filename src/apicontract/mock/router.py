"""The router: it checks the requests to the API, and passes them to their operations."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from copy import deepcopy
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any, Self

import httpx
import respx
from respx.models import SideEffectError
from respx.patterns import M, Pattern, merge_patterns, parse_url_patterns

from apicontract.checks import adapters
from apicontract.checks.contract import Contract
from apicontract.mock.answers import AnswerMissing, HeldBack, httpx_response
from apicontract.mock.operation import Call, OperationMock
from apicontract.openapi import base_urls as bases
from apicontract.openapi.document import Json
from apicontract.openapi.violation import Violation
from apicontract.responder import Responder, StatefulResponder, webhook_request
from apicontract.traffic import taps
from apicontract.values.webhooks import URL

_NAME = "apicontract"


class _Operations(dict[str, OperationMock]):
    """The operations of the mock, each created on first use."""

    def __init__(self, responder: Responder) -> None:
        super().__init__()
        self._responder = responder

    def __missing__(self, operation_id: str) -> OperationMock:
        operation = self._responder.contract.operation(operation_id)
        found = self[operation_id] = OperationMock(self._responder, operation, self)
        return found


class _Api(respx.Route):
    """The last route, which handles requests to the API and ignores all others."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response | None]) -> None:
        super().__init__()
        self._answer = answer

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = object.__hash__

    def match(self, request: httpx.Request, **_: Any) -> httpx.Response | None:
        """Respond to a request; `None` if it does not belong to the API.

        Raises `SideEffectError` with any exception, which respx raises where the request was sent.
        """
        try:
            return self._answer(request)
        except Exception as error:  # respx records the call, and raises any exception where it was sent
            raise SideEffectError(self, origin=error) from error


class ContractMock(respx.MockRouter):
    """A respx router in which every operation of the API answers with a response that fits the contract.

        mock["tasks.list"].pages([[{"_id": "t1"}], [{"_id": "t2"}]])
        ...
        assert mock["tasks.list"].calls[0].query["page_limit"] == 50

    By default, an operation responds with the first documented example of its success; a listing responds page by page,
    and ends. A request that breaks the contract is rejected as the API documents: with 401 without a key, with 404 for
    an unknown path, else with 400, and a message that lists every violation.

    Nothing is sent to the real API while the mock is active. It only responds to httpx; a request of another library
    (httpx2, requests, urllib3, aiohttp, http.client) to the API, without a mock of its own, raises `HeldBack`, unless a
    route of yours lets it through: `mock.route(host="api.example.com").pass_through()`.

    It is also a respx router: your own routes take precedence over the operations, `mock.routes` has them, `mock.calls`
    is respx's list of all exchanges, and respx handles requests to other hosts. A route is a full URL, or a path below
    the API's base URL: `mock.get("/tasks").respond(503)`. Its responses are only checked with `--contract`.
    """

    def __init__(
        self,
        contract: Contract,
        *,
        base_urls: Sequence[str] = (),
        ignore: Callable[[Violation], bool] | None = None,
        assert_all_called: bool = False,
        state: bool = False,
        **settings: Any,
    ) -> None:
        """Take the contract.

        `base_urls` are base URLs of the API besides those in the document, such as that of a proxy; the one in the
        environment variable that the document names for its client (`x-client`) is added. A violation for which
        `ignore` returns true does not reject a request. With `state`, created resources can be retrieved, listed,
        updated and deleted, and `mock.state` advances jobs. All others are arguments of respx; `assert_all_called`
        concerns your own routes. Raises `ValueError` for an invalid base URL.
        """
        if settings.get("base_url") is not None:
            bases.split(settings["base_url"])
        super().__init__(assert_all_called=assert_all_called, **settings)
        self.contract = contract
        self._state = StatefulResponder(self.contract) if state else None
        self._responder = self._state or Responder(self.contract)
        self._operations = _Operations(self._responder)
        base_urls = tuple(dict.fromkeys((*base_urls, *bases.of_environment(self.contract.document.raw))))
        self._addresses = self.contract.base_urls(base_urls)
        self._below = () if settings.get("base_url") else (*self.contract.servers, *base_urls)
        self._ignore = ignore or (lambda _: False)
        self._violations: list[Violation] = []
        self._missing: AnswerMissing | HeldBack | None = None
        self._api = _Api(self._answer)
        super().add(self._api, name=_NAME)

    def __getitem__(self, name: str) -> OperationMock:  # type: ignore[override]  # respx's are its own routes
        """Return an operation by its id; raise `LookupError` if the document does not have it.

        Your own routes with a name are in `mock.routes[name]`.
        """
        return self._operations[name]

    @property
    def state(self) -> StatefulResponder:
        """The state, as in `mock.state.advance(30)`; raises `LookupError` for a mock without `state`."""
        if self._state is None:
            raise LookupError("this mock has no state; make it with state=True")
        return self._state

    @property
    def violations(self) -> tuple[Violation, ...]:
        """The violations of all requests received so far, including those that match no operation."""
        return tuple(self._violations)

    def webhook(
        self,
        name: str,
        *,
        secret: str | bytes | None,
        payload: Json = None,
        forgery: str | None = None,
        now: float | None = None,
        url: str = URL,
    ) -> httpx.Request:
        """Return an event as the API sends it to a webhook, for your code to receive; see `webhook_request`.

        `forgery` makes one that must be rejected: `unsigned`, `malformed`, `stale`, `early`, `wrong_key`,
        `changed_body`, `changed_signature`, `changed_time`, `unknown_type`. A later `now` makes a second delivery.
        """
        made = webhook_request(self.contract, name, secret=secret, payload=payload, forgery=forgery, now=now, url=url)
        return httpx.Request(made.method, made.url, headers=list(made.headers.items), content=made.body)

    def job_events(
        self, *, secret: str | bytes | None, now: float | None = None, url: str = URL
    ) -> list[httpx.Request]:
        """Return the webhook events of jobs that ended since the last call; the mock needs `state=True`.

        After `mock.state.advance(30)`, pass each of them to your code: its `headers`, and its body as `content`.
        """
        return [
            self.webhook(ended.webhook.id, secret=secret, payload=ended.payload, now=now, url=url)
            for ended in self.state.events()
        ]

    def route(self, *patterns: Pattern, name: str | None = None, **lookups: Any) -> respx.Route:
        """Create a route of your own. A path without a host matches as it is, and below each base URL of the API."""
        pattern = M(*patterns, **lookups)
        if any(part.key == "path" for part in pattern if part):  # respx handles routes with a host
            below = [merge_patterns(deepcopy(pattern), **parse_url_patterns(url, exact=False)) for url in self._below]
            pattern = reduce(or_, below, pattern)
        return super().route(pattern, name=name)

    def add(self, route: respx.Route, *, name: str | None = None) -> respx.Route:
        """Add a route of your own, which takes precedence over the operations."""
        self.pop(_NAME, None)
        found = super().add(route, name=name)
        super().add(self._api, name=_NAME)
        return found

    def assert_all_called(self) -> None:
        """Fail if a route of your own was not called."""
        missed = [route for route in self.routes if route is not self._api and not route.called]
        assert missed == [], "RESPX: some routes were not called!"  # noqa: S101 - as respx does it

    def reset(self) -> None:
        """Forget all calls, created resources, and missing responses; the settings of operations are kept."""
        super().reset()
        if self._state is not None:
            self._state.reset()
        self._violations.clear()
        self._missing = None
        for operation in self._operations.values():
            operation.forget()

    def forget_missing(self, raised: Container[BaseException | None]) -> None:
        """Do not raise a missing response again when the mock stops, if it was already reported."""
        if self._missing in raised:
            self._missing = None

    def start(self) -> None:
        """Start to respond, and to block requests of other libraries."""
        super().start()
        taps.hold_back(self._hold_back)

    def stop(self, clear: bool = True, reset: bool = True, quiet: bool = False) -> None:
        """Stop.

        Unless `quiet`, raise the first `AnswerMissing` or `HeldBack` again, as the code may have swallowed it.
        """
        taps.let_go(self._hold_back)
        missing, self._missing = self._missing, None
        try:
            super().stop(clear=clear, reset=reset, quiet=quiet)
        finally:
            if missing is not None and not quiet:
                raise missing

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        return self

    def _hold_back(self, library: str, method: str, url: str) -> None:
        """Raise `HeldBack` if a library is about to send a request to the real API, unless a route lets it through."""
        if self._addresses.find(url) is None:
            return
        sent = httpx.Request(method, url)
        if any(route.pattern and route.pattern.match(sent) for route in self.routes if route.is_pass_through):
            return
        error = HeldBack(
            f"{method} {url.partition('?')[0]} was not sent: {library} would send it to the real API, because this "
            f"mock intercepts httpx only. Use a mock of {library}, or let it through: "
            f'mock.route(host="{sent.url.host}").pass_through()'
        )
        self._missing = self._missing or error
        raise error

    def _answer(self, request: httpx.Request) -> httpx.Response | None:
        url = self._addresses.find(str(request.url))
        if url is None:
            return None
        neutral = replace(adapters.request(request), url=url)
        received = self._responder.receive(neutral)
        self._violations.extend(received.violations)
        violations = [violation for violation in received.violations if not self._ignore(violation)]
        error = self._responder.error_for(received, violations)
        if received.operation is not None:
            operation = self._operations[received.operation.id]
            operation.record(
                Call(received.path, received.query, received.header, received.body, received.violations, request)
            )
            if error is None:
                try:
                    return operation.answer(received, request)
                except AnswerMissing as missing:
                    self._missing = self._missing or missing
                    raise
        return None if error is None else httpx_response(error, request)
