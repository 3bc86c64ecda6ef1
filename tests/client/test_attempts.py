"""The options for attempts, the notes about them, and the progress of an upload."""

from __future__ import annotations

import io
import pickle
import threading
import traceback
from pathlib import Path
from typing import Any

import httpx
import pytest

from apicontract.client import (
    Answer,
    RequestInvalid,
    ServerError,
    StatusError,
    TooManyRequestsError,
    UnauthorizedError,
)
from apicontract.client.uploads import CHUNK
from tests.client.conftest import World, answer, sequence
from tests.client.files import Opening, Pipe
from tests.client.streaming import Wire
from tests.client.tiny_api import Event, Note


def upload(client: Any, options: Any = None, **body: Any) -> Any:
    """Make the call that sends a form."""
    return lambda: client.call("uploads.create", Answer[Note], body=body, options=options)


def retrieve(client: Any, **options: Any) -> Any:
    """Make a call that can be repeated."""
    return lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"}, options=options)


def notes(error: BaseException) -> list[str]:
    """Return what is noted on an error."""
    return getattr(error, "__notes__", [])


@pytest.mark.parametrize(
    ("asked", "longest", "waits"),
    [
        ("31", 31, [31.0]),
        ("31", 30.9, []),
        ("3600", 7200.5, [3600.0]),
        ("1", 0, []),
        ("0", 0, [0.0]),
        ("30", None, [30.0]),
    ],
)
def test_caller_says_how_long_a_server_may_ask_for(
    world: World, asked: str, longest: float | None, waits: list[float]
) -> None:
    """Up to the bound, inclusive, it is waited for; beyond it, there is no other attempt."""
    client = world.client(sequence(answer(status=429, **{"retry-after": asked}), answer({"_id": "n"})))
    options = {} if longest is None else {"max_retry_wait_in_seconds": longest}
    if waits:
        assert world.do(retrieve(client, **options)).id == "n"
    else:
        with pytest.raises(TooManyRequestsError) as caught:
            world.do(retrieve(client, max_retries=1, **options))
        wait = f"a wait of {asked} s, and max_retry_wait_in_seconds is {longest:g}"
        assert notes(caught.value) == [f"not sent again: the server asks for {wait}"]
    assert world.waits == waits


@pytest.mark.parametrize("given", [-1, float("inf"), "5", True, float("nan")])
def test_wait_that_is_no_number_of_seconds_is_refused(world: World, given: Any) -> None:
    with pytest.raises(RequestInvalid, match=r"options\.max_retry_wait_in_seconds: a number of 0 or more is needed"):
        world.do(retrieve(world.client(lambda _: answer({"_id": "n"})), max_retry_wait_in_seconds=given))


def test_last_error_says_how_many_attempts_there_were(world: World) -> None:
    """Of a refusal, and of what the transport raises; a call that was tried once says nothing."""
    client = world.client(lambda _: answer(status=500))
    with pytest.raises(ServerError) as refused:
        world.do(retrieve(client))
    assert notes(refused.value) == ["this was attempt 3 of 3"]
    assert "this was attempt 3 of 3" in "".join(traceback.format_exception(refused.value))
    assert notes(pickle.loads(pickle.dumps(refused.value))) == notes(refused.value)  # noqa: S301 - our own bytes
    with pytest.raises(ServerError) as once:
        world.do(retrieve(client, max_retries=0))
    assert notes(once.value) == []
    client = world.client(sequence(*[httpx.ConnectError("no")] * 3))
    with pytest.raises(httpx.ConnectError) as broken:
        world.do(retrieve(client))
    assert notes(broken.value) == ["in a call of notes.retrieve", "this was attempt 3 of 3"]


def test_upload_that_cannot_be_rewound_says_so(world: World) -> None:
    """The error is the server's; the note says why it was not tried again, and what to give instead."""
    client = world.client(lambda _: answer(status=429))
    with pytest.raises(TooManyRequestsError) as caught:
        world.do(upload(client, file=("a", Pipe(b"abc"))))
    fix = "give a path, bytes or a file that can seek"
    assert notes(caught.value) == [f"not sent again: the upload was read and cannot be rewound; {fix}"]
    assert len(world.requests) == 1
    with pytest.raises(TooManyRequestsError) as last:
        world.do(upload(client, file=("a", Pipe(b"abc")), options={"max_retries": 0}))
    assert notes(last.value) == []  # it was the last attempt in any case


@pytest.mark.parametrize("status", [400, 500])
def test_nothing_is_said_of_an_upload_that_would_not_be_repeated_anyway(world: World, status: int) -> None:
    """Neither a wrong request nor a creation that may have been done."""
    client = world.client(lambda _: answer(status=status))
    with pytest.raises(Exception, match=f"status {status}") as caught:
        world.do(upload(client, file=("a", Pipe(b"abc"))))
    assert notes(caught.value) == []


@pytest.mark.parametrize("file", ["path", "text", "open", "bytes", "tuple"])
def test_every_attempt_is_the_same_to_the_byte(world: World, tmp_path: Path, file: str) -> None:
    """Boundary, fields, file and headers, however the file was given."""
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(range(256)) * 1000)
    refusals: list[httpx.Response | Exception] = [
        answer(status=429),
        httpx.ConnectError("no"),
        answer(status=503, **{"retry-after": "1"}),
    ]
    client = world.client(sequence(*refusals, answer({"_id": "n"})), max_retries=3)
    with path.open("rb") as opened:
        forms = {"path": path, "text": str(path), "open": opened, "bytes": b"abc", "tuple": ("a.mp4", path, "video/x")}
        world.do(upload(client, file=forms[file], name="n", extra=[b"1", path]))
        assert not opened.closed
    assert len(world.bodies) == 4
    assert len(set(world.bodies)) == 1
    assert len({request.headers["content-type"] for request in world.requests}) == 1
    assert len({request.headers["content-length"] for request in world.requests}) == 1


def test_progress_counts_what_was_sent(world: World, tmp_path: Path) -> None:
    """From the first piece to all of the body; the total is the length that the request names."""
    path = tmp_path / "film.mp4"
    path.write_bytes(b"x" * (3 * CHUNK + 5))
    transport, seen = Opening(failures=1), list[tuple[int, int | None]]()
    client = world.over(transport)
    world.do(upload(client, {"upload_progress": lambda sent, total: seen.append((sent, total))}, file=path))
    total = int(transport.length)
    assert [of for _, of in seen] == [total] * len(seen)
    sent = [so_far for so_far, _ in seen]
    assert sent == sorted(sent)
    assert (sent[-1], len(seen)) == (total, len(transport.sizes))
    assert [later - earlier for earlier, later in zip([0, *sent], sent, strict=False)] == transport.sizes


def test_progress_of_what_has_no_known_length_has_no_total(world: World) -> None:
    seen: list[tuple[int, int | None]] = []
    transport = Opening(failures=0)
    client = world.over(transport)
    world.do(upload(client, {"upload_progress": lambda *reported: seen.append(reported)}, file=("a", Pipe(b"abc"))))
    assert {total for _, total in seen} == {None}
    assert seen[-1][0] == sum(transport.sizes)


def test_progress_begins_anew_with_each_attempt(world: World) -> None:
    """What was sent before counts for nothing."""
    seen: list[int] = []
    client = world.client(sequence(answer(status=429), answer({"_id": "n"})))
    world.do(upload(client, {"upload_progress": lambda sent, _: seen.append(sent)}, file=io.BytesIO(b"abc")))
    assert seen[: len(seen) // 2] == seen[len(seen) // 2 :]
    assert seen[-1] == len(world.bodies[0])


def test_progress_is_reported_in_the_thread_of_the_caller(world: World) -> None:
    """Also where the file is read in another one; and it may be awaited there."""
    threads: list[int] = []

    async def later(*_: Any) -> None:
        threads.append(threading.get_ident())

    def now(*_: Any) -> None:
        threads.append(threading.get_ident())

    for progress in (now, later) if world.asynchronous else (now,):
        threads.clear()
        world.do(upload(world.over(Opening(failures=0)), {"upload_progress": progress}, file=b"abc"))
        assert set(threads) == {threading.get_ident()}


def test_error_of_the_progress_function_ends_the_upload(world: World) -> None:
    """It is how a caller stops one."""

    def stop(*_: Any) -> None:
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        world.do(upload(world.over(Opening(failures=0)), {"upload_progress": stop}, file=b"abc"))


def test_progress_must_be_a_function(world: World) -> None:
    with pytest.raises(RequestInvalid, match=r"options\.upload_progress: a function of two numbers is needed"):
        world.do(upload(world.client(lambda _: answer()), {"upload_progress": 5}, file=b"abc"))


def test_progress_is_not_reported_where_no_file_goes(world: World) -> None:
    """A body that is small is sent at once."""
    seen: list[Any] = []
    client = world.client(lambda _: answer({"_id": "n"}, status=201))
    options: Any = {"upload_progress": lambda *reported: seen.append(reported)}
    world.do(lambda: client.call("notes.create", Answer[Note], body={"title": "t"}, options=options))
    assert seen == []


def cut(status: int, **headers: str) -> httpx.Response:
    """Make a response whose connection breaks within the body."""
    wire = Wire(b'{"code": "c", "mess', error=httpx.RemoteProtocolError("peer closed connection"))
    return httpx.Response(status, stream=wire, headers=headers)


def test_refusal_whose_body_breaks_off_is_tried_again_like_any_other(world: World) -> None:
    """Its status and its headers arrived, and they decide; so a creation that was refused is sent again too."""
    client = world.client(sequence(cut(429, **{"retry-after": "7"}), cut(503), answer({"_id": "n"})))
    assert world.do(retrieve(client)).id == "n"
    assert world.waits[0] == 7.0
    client = world.client(sequence(cut(429), answer({"_id": "n"})))
    assert world.do(lambda: client.call("notes.create", Answer[Note], body={"title": "t"})).id == "n"


@pytest.mark.parametrize(("status", "kind"), [(401, UnauthorizedError), (429, TooManyRequestsError)])
def test_refusal_whose_body_breaks_off_is_the_error_of_its_status(
    world: World, status: int, kind: type[StatusError]
) -> None:
    """Which says that the body is missing, and keeps the headers."""
    client = world.client(lambda _: cut(status, **{"x-request-id": "r", "retry-after": "0"}))
    with pytest.raises(kind) as caught:
        world.do(lambda: client.call("notes.create", Answer[Note], body={"title": "t"}, options={"max_retries": 0}))
    assert (caught.value.status_code, caught.value.body, caught.value.request_id) == (status, None, "r")
    assert caught.value.retry_after == 0
    lost = "the body of the error response broke off: RemoteProtocolError: peer closed connection"
    assert notes(caught.value) == [lost]
    assert notes(pickle.loads(pickle.dumps(caught.value))) == [lost]  # noqa: S301 - our own bytes


def test_refusal_of_a_stream_whose_body_breaks_off_is_the_error_of_its_status(world: World) -> None:
    client = world.client(lambda _: cut(401))
    with pytest.raises(UnauthorizedError):
        world.do(lambda: client.stream("tell", Answer[Event], body={"prompt": "p", "stream": True}))


def test_note_counts_the_attempts_that_there_might_have_been(world: World) -> None:
    """A deadline can end a call before they are used up."""
    client = world.client(lambda _: answer(status=503, **{"retry-after": "4"}), max_retries=5)
    client._clock = lambda: sum(world.waits)
    call = {"path": {"note_id": "n"}, "deadline": 10.0}
    with pytest.raises(ServerError) as caught:
        world.do(lambda: client.call("notes.retrieve", Answer[Note], **call))
    assert notes(caught.value) == ["this was attempt 3 of 6"]
