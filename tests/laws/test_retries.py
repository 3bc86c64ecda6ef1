"""Retries: a request that was rejected at once is sent again unchanged; one that may have taken effect is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import httpx
from hypothesis import strategies as st

from apicontract.openapi import media_types
from tests.laws.exchange import flagged, stream_of
from tests.laws.laws import law, one_of
from tests.laws.subjects import VENDOR, Arguments
from tests.laws.trial import Trial, World
from twelvelabs_contract import Operation
from twelvelabs_contract.strategies import boundary_cases, valid_requests

RETRIES = 3
"""What the clients are asked for; the vendor's SDK makes one of them (ledger S6)."""
BY_DEFAULT = 2
ONCE = "S6: of three retries one is made and by default none, and a creation that may have been done is done again"
STREAMED = "S6: what is read as a stream is not sent again"
BARE = "S5: a form that is sent again has lost its fields"
SAFE = ("DELETE", "GET", "PUT")
"""Of the methods of the documents those that may be repeated (RFC 9110, section 9.2.2)."""


class Failure(NamedTuple):
    """One way in which an attempt fails, and how often another may follow."""

    name: str
    happen: Callable[[httpx.Request], httpx.Response]
    always: bool = False
    """Whether any method may be sent again: the attempt did nothing."""
    never: bool = False
    wait: float | None = None
    """What the server says of when to come back, in seconds."""


def _status(code: int, **headers: str) -> Callable[[httpx.Request], httpx.Response]:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: httpx.Response(code, headers=fields, json={"code": "refused", "message": "not now"})


def _broken(error: type[httpx.TransportError]) -> Callable[[httpx.Request], httpx.Response]:
    def happen(request: httpx.Request) -> httpx.Response:
        raise error("it broke", request=request)

    return happen


FAILURES = (
    Failure("429", _status(429), always=True),
    Failure("429, in 7 s", _status(429, retry_after="7"), always=True, wait=7),
    Failure("429, in 40 s", _status(429, retry_after="40"), never=True),
    Failure("503, in 1 s", _status(503, retry_after="1"), always=True, wait=1),
    Failure("503", _status(503)),
    Failure("500", _status(500)),
    Failure("502", _status(502)),
    Failure("504", _status(504)),
    Failure("408", _status(408)),
    Failure("no connection", _broken(httpx.ConnectError), always=True),
    Failure("no connection in time", _broken(httpx.ConnectTimeout), always=True),
    Failure("no answer in time", _broken(httpx.ReadTimeout)),
    Failure("broken off", _broken(httpx.ReadError)),
    Failure("400", _status(400), never=True),
    Failure("404", _status(404), never=True),
    Failure("409", _status(409), never=True),
    Failure("501", _status(501), never=True),
)


def _again(world: World, operation: Operation) -> str | None:
    """Say why the vendor's SDK does not send a request again as it was."""
    if stream_of(operation) and not operation.streaming:  # no argument asks for one object in place of the stream
        return STREAMED
    body = operation.request_body
    return BARE if body is not None and media_types.FORM in body.content else None


def _as_often(world: World, operation: Operation) -> str:
    return ONCE


def _drawn(trial: Trial) -> Arguments:
    """Draw arguments; what a path may hold is a law of its own, and what a stream does as well."""
    case = trial.draw(valid_requests(trial.contract, trial.operation.id))
    least = boundary_cases(trial.contract, trial.operation.id)[0].arguments
    return flagged(trial.operation, {**case.arguments, "path": least["path"]}, streamed=False)


SEEN = ("method", "URL", "body", "header", "timeout")


def _written(request: httpx.Request) -> tuple[Any, ...]:
    """Return all of a request that a server sees, and the timeouts that it has."""
    return request.method, str(request.url), request.content, request.headers.raw, request.extensions.get("timeout")


@law("Retries", "a request that was refused arrives again as it was", concerns=one_of(3), vendor=_again, examples=8)
def test_a_refused_request_arrives_again_as_it_was(trial: Trial) -> None:
    """To the byte, headers and boundary included, after the wait that the server asked for; then it is answered."""
    arguments, wait = _drawn(trial), trial.draw(st.sampled_from([0, 1, 30]))
    good, left = trial.success(arguments), [_status(429, retry_after=str(wait))]
    trial.served_by(f"429, Retry-After: {wait}, and then a success")
    outcome = trial.call(
        arguments, lambda request: left.pop()(request) if left else good(request), options={"max_retries": RETRIES}
    )
    trial.require(len(outcome.requests) == 2, f"{len(outcome.requests)} attempts in place of 2")
    first, second = map(_written, outcome.requests)
    for what, here, there in zip(SEEN, first, second, strict=True):
        trial.require(here == there, f"the second attempt has another {what}: {there!r} in place of {here!r}")
    trial.require(outcome.waits == [wait], f"it waited {outcome.waits} in place of {wait} s")
    trial.require(trial.subject is VENDOR or outcome.error is None, "the answer to the second attempt was refused")


@law(
    "Retries",
    "what fails is sent again where that is safe, as often as asked",
    concerns=one_of(3),
    vendor=_as_often,
    examples=16,
)
def test_what_fails_is_sent_again_where_that_is_safe(trial: Trial) -> None:
    """By default twice; anything but a creation, and a creation where it was refused before it began.

    Between the attempts it waits for what the server says, or for less than a bound that doubles.
    """
    arguments, failure = _drawn(trial), trial.draw(st.sampled_from(FAILURES))
    limit = trial.draw(st.sampled_from([None, 0, RETRIES]))
    trial.served_by(f"{failure.name}, each time")
    outcome = trial.call(arguments, failure.happen, options={} if limit is None else {"max_retries": limit})
    most = BY_DEFAULT if limit is None else limit
    again = 0 if failure.never else most if failure.always or trial.operation.method.upper() in SAFE else 0
    count = len(outcome.requests)
    trial.require(count == again + 1, f"{count} attempts in place of {again + 1}")
    trial.require(len({repr(_written(one)) for one in outcome.requests}) == 1, "the attempts are not the same")
    trial.require(outcome.error is not None, "no error was raised")
    bounds = [0.5 * 2**number for number in range(again)]
    waited = len(outcome.waits) == again and all(
        0 <= wait <= bound if failure.wait is None else wait == failure.wait
        for wait, bound in zip(outcome.waits, bounds, strict=False)
    )
    trial.require(waited, f"it waited {outcome.waits}")
