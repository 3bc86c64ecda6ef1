"""One made-up key, and every place that could show it."""

from __future__ import annotations

import asyncio
import copy
import logging
import pickle
import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from apicontract.client import Answer, ApiError
from tests.client.conftest import World, answer, done, each
from tests.client.streaming import BEGIN, about, lines, text
from tests.client.tiny_api import AsyncTiny, Event, Note, Tiny
from tests.support.misbehaving import Connection, Received, refusing, serving
from tests.support.patience import PATIENCE

CANARY = "tlk_CANARY_0123456789"
TELL: dict[str, Any] = {"body": {"prompt": "p", "stream": True}}


def shown(error: BaseException, *, variables: bool = True) -> str:
    """Put together all that can be read of an error: with the variables of every frame, pickled, and its parts."""
    full = traceback.TracebackException.from_exception(error, capture_locals=variables)
    chained: traceback.TracebackException | None = full
    while chained is not None:
        ours = [frame for frame in chained.stack if "/tests/" not in frame.filename]  # a test knows the key
        chained.stack = traceback.StackSummary.from_list(ours)
        chained = chained.__cause__ or chained.__context__
    parts = [getattr(error, name, None) for name in ("request", "response", "headers", "body", "violations", "answer")]
    parts += [getattr(part, "headers", None) for part in parts]
    seen = ["".join(full.format()), str(error), repr(error), repr(vars(error)), *map(repr, parts)]
    if not isinstance(error, httpx.HTTPError):
        seen.append(pickle.dumps(error).decode("latin-1"))
    return "\n".join(seen)


def retrieve(client: Any) -> Any:
    return client.call("notes.retrieve", Answer[Note], path={"note_id": "n"})


def list_wrongly(client: Any, page: str = "many") -> Any:
    return client.pages("notes.list", Answer[Any], Answer[Any], query={"page": page, "page_limit": 0})


async def search_in_a_circle(client: Any) -> Any:
    body = {"query": "q"}
    pager = await done(client.pages("search.create", Answer[dict[str, Any]], Answer[Any], body=body))
    return [item async for item in each(pager)]


def upload(client: Any) -> Any:
    return client.call("uploads.create", Answer[Note], body={"file": b"x" * 1_000_000})


async def tell(client: Any) -> Any:
    stream = await done(client.stream("tell", Answer[Event], **TELL))
    return [event async for event in each(stream)]


def reset(_: Received, connection: Connection) -> None:
    connection.reset()


def half(_: Received, connection: Connection) -> None:
    connection.head(content_length="100", content_type="application/json")
    connection.send(b'{"_id":')
    connection.close()


def silent(_: Received, connection: Connection) -> None:
    assert connection.gone()
    connection.close()


def echo(received: Received, connection: Connection) -> None:
    """Send the key back, in every place there is."""
    key = received.headers["x-api-key"]
    connection.answer(400, {"code": key, "message": f"the key {key} is wrong"})


def unreadable(received: Received, connection: Connection) -> None:
    connection.answer(200, {"_id": [received.headers["x-api-key"]]})


def half_a_stream(_: Received, connection: Connection) -> None:
    connection.head(transfer_encoding="chunked")
    connection.chunked([lines(BEGIN, text("a"))], end=False)
    connection.reset()


def short_stream(_: Received, connection: Connection) -> None:
    connection.answer(200, lines(BEGIN, text("a")))


FAILURES: dict[str, tuple[Callable[[Any], Any], Callable[[Received, Connection], None]]] = {
    "refused": (retrieve, echo),
    "unreadable": (retrieve, unreadable),
    "nothing was sent": (list_wrongly, echo),
    "reset": (retrieve, reset),
    "reset while sending": (upload, reset),
    "half an answer": (retrieve, half),
    "no answer": (retrieve, silent),
    "half a stream": (tell, half_a_stream),
    "a stream without its end": (tell, short_stream),
}


@pytest.mark.parametrize("name", FAILURES)
def test_no_error_shows_the_key(world: World, name: str, caplog: pytest.LogCaptureFixture) -> None:
    """Over real sockets: texts, tracebacks with all variables, pickles, and the debug logs of everything below."""
    call, behave = FAILURES[name]
    caplog.set_level(logging.DEBUG)
    with serving(behave) as server:

        async def work() -> None:
            client: Any = (AsyncTiny if world.asynchronous else Tiny)(
                api_key=CANARY,
                base_url=server.url,
                timeout=httpx.Timeout(PATIENCE, read=0.3 if behave is silent else PATIENCE),
                max_retries=0,
            )
            try:
                await done(call(client))
            finally:
                await done(client.close())

        with pytest.raises((ApiError, httpx.TransportError)) as caught:
            world.run(work())
        if name != "nothing was sent":
            server.wait_for(1)
            assert server.requests[0].headers["x-api-key"] == CANARY
    # The frames of this test and of the event loop are not ours; they know the client, and not the key.
    assert CANARY not in shown(caught.value)
    assert CANARY not in caplog.text
    assert CANARY not in "".join(repr(vars(record)) for record in caplog.records)


ESCAPED = "".join(f"\\u{ord(c):04x}" for c in CANARY)
REPEATED: dict[str, tuple[Callable[[Any], Any], dict[str, Any]]] = {
    "a redirect elsewhere": (retrieve, {"status_code": 302, "headers": {"location": f"http://evil.example/{CANARY}"}}),
    "a wrong type": (retrieve, {"json": {"_id": [CANARY]}}),
    "a wrong type, escaped": (retrieve, {"content": f'{{"_id": ["{ESCAPED}"]}}'.encode()}),
    "an error response, escaped": (retrieve, {"status_code": 401, "content": f'{{"message": "{ESCAPED}"}}'.encode()}),
    "an error response, percent-encoded": (retrieve, {"status_code": 401, "json": {"message": f"%74{CANARY[1:]}"}}),
    "the reason phrase": (
        retrieve,
        {"status_code": 401, "json": {}, "extensions": {"reason_phrase": f"Bad {CANARY}".encode()}},
    ),
    "a header in lower case": (retrieve, {"status_code": 401, "headers": {"x-said": CANARY.lower()}}),
    "a content coding": (retrieve, {"headers": {"content-encoding": CANARY}, "content": b"x"}),
    "the kind of an event": (tell, {"content": lines(BEGIN, f'{{"event_type": "{CANARY}"}}')}),
    "the kind of an event, escaped": (tell, {"content": lines(BEGIN, f'{{"event_type": "{ESCAPED}"}}')}),
    "a broken event": (tell, {"content": lines(BEGIN, f'{{"event_type": "{CANARY}')}),
    "what events share": (tell, {"content": lines(BEGIN, about("a"), about(CANARY))}),
    "a token of pages": (search_in_a_circle, {"json": {"data": [], "page_info": {"next_page_token": CANARY}}}),
    "an argument": (lambda client: list_wrongly(client, CANARY), {}),
    "an argument in the address": (
        lambda client: client.call("notes.retrieve", Answer[Note], path={"note_id": CANARY}),
        {"status_code": 404},
    ),
}


@pytest.mark.parametrize("name", REPEATED)
def test_no_error_shows_a_key_that_is_sent_back(world: World, name: str) -> None:
    """Whatever place it is in, and however it is written there."""
    call, answered = REPEATED[name]
    client = world.client(lambda _: httpx.Response(**{"status_code": 200, **answered}), api_key=CANARY, max_retries=0)
    with pytest.raises((ApiError, httpx.TransportError)) as caught:
        world.do(lambda: call(client))
    given = name.startswith("an argument")  # which its caller knows, and so the variables
    seen = shown(caught.value, variables=not given).replace("\\\\", "\\").lower()
    for way in (CANARY, ESCAPED, f"%74{CANARY[1:]}"):
        assert way.lower() not in seen
    response = getattr(caught.value, "response", None)
    assert response is None or response.next_request is None
    assert CANARY not in repr(getattr(response, "extensions", None))


def test_what_the_caller_is_handling_keeps_its_traceback(world: World) -> None:
    """It is among the causes of what is raised meanwhile, and none of ours."""

    def handle(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no way")

    client = world.client(handle, max_retries=0)
    handled: list[ValueError] = []
    try:
        int("mine")
    except ValueError as mine:
        handled.append(mine)
        with pytest.raises(httpx.ConnectError, match="no way"):
            world.do(lambda: retrieve(client))
    assert handled[0].__traceback__ is not None


def test_refused_connection_shows_no_key(world: World) -> None:
    async def work(url: str) -> None:
        client: Any = (AsyncTiny if world.asynchronous else Tiny)(api_key=CANARY, base_url=url, max_retries=0)
        try:
            await done(retrieve(client))
        finally:
            await done(client.close())

    with refusing() as url, pytest.raises(httpx.ConnectError) as caught:
        world.run(work(url))
    assert CANARY not in shown(caught.value)
    assert caught.value.request.headers["x-api-key"] == "[secure]"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("base_url", "ftp://x"),
        ("base_url", "http://x.example"),
        ("max_retries", -1),
        ("timeout", 0),
        ("httpx_client", 5),
    ],
)
@pytest.mark.parametrize("source", ["argument", "environment"])
def test_client_that_cannot_be_set_up_shows_no_key(
    world: World, setting: str, value: Any, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In no variable of the frames of the client itself."""
    settings: dict[str, Any] = {setting: value}
    if source == "environment":
        monkeypatch.setenv("TINY_KEY", CANARY)
    else:
        settings["api_key"] = CANARY
    kind = AsyncTiny if world.asynchronous else Tiny
    with pytest.raises(ApiError) as caught:
        kind(**settings)
    assert _inside(caught.value) == []


@pytest.mark.parametrize("key", [f" {CANARY}", f"{CANARY}\r\nx: y", f"{CANARY}é"])
@pytest.mark.parametrize("source", ["api_key", "TINY_KEY"])
def test_wrong_key_is_not_shown_either(key: str, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINY_KEY", key)
    with pytest.raises(ApiError, match=f"{source} is not an API key") as caught:
        Tiny(api_key=key if source == "api_key" else None)
    assert CANARY not in str(caught.value)
    assert _inside(caught.value) == []


def test_frames_below_the_client_are_not_kept(world: World) -> None:
    """What sends bytes has them in its variables, the key in the clear among them."""

    def handle(request: httpx.Request) -> httpx.Response:
        sent = [(name.encode(), value.encode()) for name, value in request.headers.items()]
        raise httpx.WriteError(f"{len(sent)} headers could not be sent", request=request)

    client = world.client(handle, api_key=CANARY, max_retries=0)
    with pytest.raises(httpx.WriteError, match="headers could not be sent") as caught:
        world.do(lambda: retrieve(client))
    assert CANARY not in shown(caught.value)


def _inside(error: BaseException) -> list[str]:
    """Return the frames, but for that of the test, whose variables show the key."""
    full = traceback.TracebackException.from_exception(error, capture_locals=True)
    return [frame.name for frame in full.stack if "test_" not in frame.filename and CANARY in str(frame.locals)]


def test_no_representation_shows_the_key(world: World) -> None:
    """Of a client, its settings, its resources, a pager, a stream, a request."""
    client = world.client(lambda _: answer({"data": []}), api_key=CANARY)
    pager = world.do(lambda: client.pages("notes.list", Answer[dict[str, Any]], Answer[Any]))
    things = [client, vars(client), client._settings, pager, vars(pager), pager._listing, vars(pager._listing)]
    assert CANARY not in "".join(map(repr, things))
    assert world.requests[0].headers["x-api-key"] == CANARY


def test_client_cannot_be_copied_into_a_pickle(world: World) -> None:
    """The key would be in it, and the connections could not be."""
    client = world.client(lambda _: answer())
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="Tiny has connections and the key, and cannot be copied; create another"):
            attempt(client)
    assert asyncio.iscoroutinefunction(client.close) is world.asynchronous
