"""Which requests are sent again, how often, and after which wait; nothing here sleeps."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from apicontract.client import Answer, ServerError, StatusError, TooManyRequestsError
from apicontract.client.retry import BACKOFF_BASE, BACKOFF_BOUND, LONGEST_WAIT, Retry
from tests.client.conftest import World, answer, sequence
from tests.client.tiny_api import Note

NOW = 1_700_000_000.0
"""Tue, 14 Nov 2023 22:13:20 GMT."""


def policy(method: str = "GET", limit: int = 9, chance: float = 1.0) -> Retry:
    """Make a policy whose clock stands and whose dice are loaded."""
    return Retry(method, limit, clock=lambda: NOW, chance=lambda: chance)


def wait(outcome: Any, method: str = "GET", attempt: int = 0, **settings: Any) -> float | None:
    """Ask a policy about one attempt."""
    return policy(method, **settings).wait(attempt, outcome, repeatable=True)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "POST", "PATCH"])
@pytest.mark.parametrize("status", [200, 302, 400, 401, 404, 408, 409, 425, 429, 500, 501, 502, 503, 504])
def test_statuses_that_are_tried_again(method: str, status: int) -> None:
    """What refused before it began; for idempotent methods also what failed on the way."""
    again = {429} if method in ("POST", "PATCH") else {408, 429, 500, 502, 503, 504}
    assert (wait(httpx.Response(status), method) is not None) is (status in again)
    later = httpx.Response(status, headers={"retry-after": "1"})
    assert (wait(later, method) is not None) is (status in again | {503})


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_unreadable_wait_does_not_make_a_creation_safe(method: str) -> None:
    """A 503 must say when to come back."""
    assert wait(httpx.Response(503, headers={"retry-after": "soon"}), method) is None
    assert wait(httpx.Response(503, headers={"retry-after-ms": "100"}), method) == 0.1


@pytest.mark.parametrize(
    ("error", "get", "post"),
    [
        (httpx.ConnectError, True, True),
        (httpx.ConnectTimeout, True, True),
        (httpx.PoolTimeout, True, True),
        (httpx.ReadTimeout, True, False),
        (httpx.WriteTimeout, True, False),
        (httpx.ReadError, True, False),
        (httpx.RemoteProtocolError, True, False),
        (httpx.ProxyError, True, False),
        (httpx.LocalProtocolError, False, False),
        (httpx.UnsupportedProtocol, False, False),
    ],
)
def test_transport_errors_that_are_tried_again(error: type[httpx.TransportError], get: bool, post: bool) -> None:
    """A connection that never opened did nothing; our own mistake would be made again."""
    assert (wait(error("broken"), "GET") is not None) is get
    assert (wait(error("broken"), "POST") is not None) is post


def test_nothing_is_tried_again_beyond_the_limit_or_without_the_bytes() -> None:
    """N retries are N + 1 attempts at most."""
    assert wait(httpx.Response(503), attempt=1, limit=2) is not None
    assert wait(httpx.Response(503), attempt=2, limit=2) is None
    assert wait(httpx.Response(503), limit=0) is None
    assert policy().wait(0, httpx.Response(503), repeatable=False) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 0 "}, 0.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after": "30"}, LONGEST_WAIT),
        ({"retry-after": "30.1"}, None),
        ({"retry-after": "3600"}, None),
        ({"retry-after": "99999999999999999999"}, None),
        ({"retry-after": "9" * 5000}, None),
        ({"retry-after": "86400.0000000000000001"}, None),
        ({"retry-after": f"1.{'0' * 400}1"}, 1.0),
        ({"retry-after-ms": "9" * 400}, None),
        ({"retry-after-ms": "30001"}, None),
        ({"retry-after-ms": "250"}, 0.25),
        ({"retry-after-ms": " 250\t"}, 0.25),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after": "Tue, 14 Nov 2023 22:13:25 GMT"}, 5.0),
        ({"retry-after": "Tue, 14 Nov 2023 22:13:25 -0000"}, 5.0),
        ({"retry-after": "Tue, 14 Nov 2023 23:13:25 GMT"}, None),
        ({"retry-after": "Tue, 14 Nov 2023 22:00:00 GMT"}, 0.0),
    ],
)
def test_server_decides_the_wait(headers: dict[str, str], seconds: float | None) -> None:
    """In seconds, milliseconds or as a date; longer than half a minute is not waited for, and nothing is sent."""
    assert wait(httpx.Response(429, headers=headers)) == seconds
    assert wait(httpx.Response(503, headers=headers)) == seconds


@pytest.fixture(params=["UTC0", "EST5", "JST-9"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run a test in a zone of time: that of GMT, one that is behind it, one that is ahead."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a process cannot be set here")
    with monkeypatch.context() as environment:
        environment.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@pytest.mark.parametrize(
    "date",
    [
        "Tue, 14 Nov 2023 22:13:25 GMT",
        "Tue, 14 Nov 2023 22:13:25 -0000",
        "Tue, 14 Nov 2023 23:13:25 +0100",
        "Tuesday, 14-Nov-23 22:13:25 GMT",
        "Tue Nov 14 22:13:25 2023",
    ],
)
def test_date_is_in_gmt_wherever_the_program_runs(date: str, zone: str) -> None:
    """In each of the three forms of RFC 9110, section 5.6.7, and with another offset, which is no HTTP date."""
    assert wait(httpx.Response(429, headers={"retry-after": date})) == 5.0, zone


BEYOND = ("Tue, 14 Nov 99999999999999999999 22:13:20 GMT", "Tue, 14 Nov 2023 22:13:25 +9999999999999999")
"""Dates that are not of this calendar."""


@pytest.mark.parametrize("value", ["", "soon", "-5", "nan", "inf", "1e9", "Tue, 99 Nov 2023 22:13:25 GMT", *BEYOND])
def test_unreadable_wait_is_no_wait(value: str) -> None:
    """What cannot be read is as good as absent."""
    assert wait(httpx.Response(429, headers={"retry-after": value, "retry-after-ms": value})) == BACKOFF_BASE


@pytest.mark.parametrize(
    ("attempts", "seconds", "repeatable", "said"),
    [
        (1, "30", True, []),
        (1, "31", True, ["asks for a wait of 31 s"]),
        (1, "31", False, ["cannot be rewound"]),
        (2, "31", True, ["this was attempt 2 of 3", "asks for a wait of 31 s"]),
        (2, "30", False, ["this was attempt 2 of 3", "cannot be rewound"]),
        (3, "31", True, ["this was attempt 3 of 3"]),
        (3, "31", False, ["this was attempt 3 of 3"]),
    ],
)
def test_notes_say_why_there_was_no_other_attempt(
    attempts: int, seconds: str, repeatable: bool, said: list[str]
) -> None:
    """Only if there could have been one."""
    refused = httpx.Response(429, headers={"retry-after": seconds})
    notes = list(policy(limit=2).notes(attempts, refused, repeatable=repeatable))
    assert [part in note for part, note in zip(said, notes, strict=True)] == [True] * len(said)


def test_backoff_doubles_up_to_its_bound_and_is_drawn_from_nothing() -> None:
    """Full jitter: anything between nothing and the bound."""
    bounds = [wait(httpx.ConnectError("no"), attempt=attempt, limit=2000) for attempt in (0, 1, 2, 3, 4, 5, 1500)]
    assert bounds == [0.5, 1.0, 2.0, 4.0, 8.0, 8.0, BACKOFF_BOUND]
    assert wait(httpx.ConnectError("no"), chance=0.0) == 0.0
    assert wait(httpx.ConnectError("no"), attempt=2, chance=0.25) == 0.5


def retrieve(client: Any, **options: Any) -> Callable[[], Any]:
    """Make a call that can be repeated."""
    return lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"}, options=options)


def test_call_succeeds_after_failures(world: World) -> None:
    """The client waits as the policy says, then sends the same request."""
    client = world.client(
        sequence(answer(status=429, **{"retry-after": "3"}), httpx.ReadTimeout("slow"), answer({"_id": "n"}))
    )
    assert world.do(retrieve(client)).id == "n"
    assert len(world.requests) == 3
    assert world.waits[0] == 3
    assert 0 <= world.waits[1] <= 1


def test_last_outcome_stands(world: World) -> None:
    """After the last attempt its own error is raised, not a summary."""
    client = world.client(sequence(httpx.ConnectError("no"), answer(status=503), answer(status=500)))
    with pytest.raises(ServerError, match="status 500"):
        world.do(retrieve(client))
    client = world.client(sequence(answer(status=503), httpx.ConnectError("no route")), max_retries=1)
    with pytest.raises(httpx.ConnectError, match="no route"):
        world.do(retrieve(client))


def test_call_decides_its_own_number_of_retries(world: World) -> None:
    """`request_options` win over the client's setting, in both directions."""
    client = world.client(lambda _: answer(status=429))
    with pytest.raises(TooManyRequestsError):
        world.do(retrieve(client, max_retries=0))
    assert len(world.requests) == 1
    with pytest.raises(TooManyRequestsError):
        world.do(retrieve(client, max_retries=4))
    assert len(world.requests) == 6


def test_server_that_asks_for_a_long_wait_is_not_asked_again(world: World) -> None:
    """Its error stands at once."""
    client = world.client(lambda _: answer(status=429, **{"retry-after": "3600"}))
    with pytest.raises(TooManyRequestsError) as caught:
        world.do(retrieve(client))
    assert caught.value.headers["retry-after"] == "3600"
    assert (len(world.requests), world.waits) == (1, [])


@pytest.mark.parametrize("outcome", [408, 500, 503, httpx.ReadTimeout("slow"), httpx.ReadError("broken")])
def test_creation_is_not_repeated_where_it_may_have_been_done(world: World, outcome: Any) -> None:
    """Two notes would be worse than none."""
    client = world.client(sequence(answer(status=outcome) if isinstance(outcome, int) else outcome))
    with pytest.raises((StatusError, httpx.TransportError)):
        world.do(lambda: client.call("notes.create", Answer[Note], body={"title": "t"}))
    assert len(world.requests) == 1
    assert world.waits == []


def test_creation_is_repeated_where_it_was_refused(world: World) -> None:
    """The body is the same each time."""
    refused = answer(status=503, **{"retry-after": "0"})
    client = world.client(sequence(refused, httpx.ConnectError("no"), answer({"_id": "n"}, status=201)))
    world.do(lambda: client.call("notes.create", Answer[Note], body={"title": "t"}))
    assert world.bodies == [b'{"title":"t"}'] * 3


@pytest.mark.parametrize("waits", ["before another attempt", "before another question"])
def test_cancelled_wait_sends_nothing_more(waits: str) -> None:
    """Whether the client waits for a server or for a job; the clock stands."""
    world, sleeping = World(asynchronous=True), asyncio.Event()

    async def sleep(seconds: float) -> None:
        world.waits.append(seconds)
        sleeping.set()
        await asyncio.Event().wait()  # which nobody sets

    client = world.client(lambda _: answer({"state": "going"}) if "question" in waits else answer(status=503))
    client._sleep, client._clock = sleep, lambda: 0.0
    waiting: Any = {"sleep_interval": 5.0, "timeout": None, "callback": None}

    async def work() -> None:
        if "question" in waits:
            await client.wait("jobs.retrieve", Answer[dict[str, Any]], path={"job_id": "j"}, waiting=waiting)
        else:
            await retrieve(client)()

    async def cancelled() -> None:
        task = asyncio.create_task(work())
        await sleeping.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    world.run(cancelled())
    assert (len(world.requests), len(world.waits)) == (1, 1)


def test_timeout_of_a_call_is_that_of_each_attempt(world: World) -> None:
    """Not of all of them together: a wait does not shorten it."""
    client = world.client(sequence(answer(status=503), httpx.ReadTimeout("slow"), answer({"_id": "n"})))
    world.do(retrieve(client, timeout_in_seconds=2.5))
    timeouts = [request.extensions["timeout"] for request in world.requests]
    assert timeouts == [dict.fromkeys(("connect", "read", "write", "pool"), 2.5)] * 3
