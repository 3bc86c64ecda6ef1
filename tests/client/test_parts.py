"""Sending a file in parts: what is sent, what is kept on disk, and what an error says."""

from __future__ import annotations

import json
import os
import pickle
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from twelvelabs_api import AsyncTwelveLabs, TwelveLabs

from apicontract.client import (
    BadRequestError,
    ForbiddenError,
    JobFailed,
    JobTimeout,
    NotFoundError,
    RequestInvalid,
    ResponseInvalid,
    ServerError,
    UploadChanged,
)
from apicontract.client.part_files import OptionalStateFile, Part, State, StateFile
from apicontract.client.part_requests import Sending
from apicontract.client.parts import Await, Send
from apicontract.client.sync_parts import SyncParts
from tests.client.conftest import KEY, World, done
from tests.client.streaming import Wire
from tests.support.patience import PATIENCE
from tests.support.storage import ASSET, SESSION, Session, Storage

Before = Callable[[httpx.Request], httpx.Response | None]
FILM = bytes(range(61))
"""Eight parts."""


class Uploads:
    """A client before a service, and a file to send."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.storage = Storage()
        self.path = folder / "film.mp4"
        self.path.write_bytes(FILM)
        self.before: Before = lambda _: None
        """What answers, or fails, in place of the service."""
        self.messages: list[tuple[int, int | None]] = []
        self.hooks: Any = {}
        """The event hooks of the httpx client."""

    @property
    def state(self) -> Path:
        return self.path.with_name("film.mp4.upload")

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.world.requests.append(request)
        if (found := self.before(request)) is not None:
            return found
        target = request.url.raw_path.decode()
        status, body, headers = self.storage.answer(request.method, target, dict(request.headers), request.content)
        content: Any = {"content": body} if isinstance(body, bytes) else {"json": body}
        return httpx.Response(status, headers=headers, **content)

    def client(self, **settings: Any) -> Any:
        async def later(request: httpx.Request) -> httpx.Response:
            await request.aread()
            return self.answer(request)

        def now(request: httpx.Request) -> httpx.Response:
            request.read()
            return self.answer(request)

        client: Any
        headers = {"cookie": "mine=1", "x-default": "1"}
        if self.world.asynchronous:
            http = httpx.AsyncClient(transport=httpx.MockTransport(later), headers=headers, auth=("me", "secret"))
            client = AsyncTwelveLabs(api_key=KEY, httpx_client=http, **settings)

            async def sleep(seconds: float) -> None:
                self.world.waits.append(seconds)

            client._sleep = sleep
            http.event_hooks = self.hooks
        else:
            over = httpx.Client(transport=httpx.MockTransport(now), headers=headers, auth=("me", "secret"))
            client = TwelveLabs(api_key=KEY, httpx_client=over, **settings)
            client._sleep = self.world.waits.append
            over.event_hooks = self.hooks
        return client

    def send(self, path: Any = None, **given: Any) -> Any:
        """Send the file."""
        client = self.client()
        arguments = {"progress": lambda *seen: self.messages.append(seen), **given}
        path = self.path if path is None else path
        return self.world.do(lambda: client.multipart_upload.upload_file(path, **arguments))

    @property
    def session(self) -> Session:
        return self.storage.sessions[f"{SESSION}0"]

    @property
    def puts(self) -> list[str]:
        return [request.url.path.rpartition("/")[2] for request in self.world.requests if request.method == "PUT"]


@pytest.fixture
def uploads(world: World, tmp_path: Path) -> Uploads:
    return Uploads(world, tmp_path)


def failing(uploads: Uploads, number: str, *answers: Any) -> None:
    """Answer the first attempts at a part with these, and leave the others to the storage."""
    left = list(answers)

    def before(request: httpx.Request) -> httpx.Response | None:
        if request.method != "PUT" or request.url.path.rpartition("/")[2] != number or not left:
            return None
        found = left.pop(0)
        if isinstance(found, Exception):
            raise found
        answered: httpx.Response = found
        return answered

    uploads.before = before


def broken_off(uploads: Uploads, after: int) -> None:
    """Break an upload off once some parts have arrived."""

    def progress(sent: int, _: int | None) -> None:
        if sent >= after * 8:
            raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        uploads.send(progress=progress, parallel=1)
    assert uploads.state.exists()


def test_whole_file_arrives_in_parts(uploads: Uploads) -> None:
    """Each part once, reported once; the asset is returned, and the state is gone."""
    asset = uploads.send()
    assert (asset.id, asset.status) == (f"{ASSET}0", "processing")
    assert uploads.storage.whole() == FILM
    assert set(uploads.session.arrivals.values()) == set(uploads.session.reported.values()) == {1}
    assert uploads.messages[0] == (0, 61)
    assert uploads.messages[-1] == (61, 61)
    assert len(uploads.messages) == 9
    assert sorted(path.name for path in uploads.path.parent.iterdir()) == ["film.mp4"]


def test_begin_has_what_the_path_tells(uploads: Uploads) -> None:
    uploads.send(user_metadata={"take": 3})
    begun = json.loads(uploads.world.requests[0].content)
    assert begun == {"filename": "film.mp4", "type": "video", "total_size": 61, "user_metadata": {"take": 3}}


def test_additional_properties_belong_to_the_beginning(uploads: Uploads) -> None:
    """And to none of the calls that follow, which have other bodies or none; the other options hold for all."""
    uploads.storage.first = 1
    more: Any = {"additional_body_parameters": {"fresh": 1}, "additional_headers": {"x-trace": "t"}}
    assert uploads.send(request_options=more, reuse=True).id == f"{ASSET}0"
    asked = [request for request in uploads.world.requests if request.method != "PUT"]
    assert {request.headers["x-trace"] for request in asked} == {"t"}
    bodies = [json.loads(request.content) for request in asked if request.content]
    assert [body.get("fresh") for body in bodies] == [1, *[None] * (len(bodies) - 1)]
    assert len(bodies) > 2
    broken_off(uploads, 3)
    assert uploads.send(request_options=more).id == f"{ASSET}1"


def test_storage_sees_what_the_service_asks_for_and_nothing_else(uploads: Uploads) -> None:
    """No key, no cookie, no default header, no credentials of the httpx client."""
    uploads.send()
    assert uploads.storage.keys == []
    kinds = {frozenset(headers) for headers in uploads.storage.sent}
    assert kinds == {frozenset({"host", "content-type", "content-length", "x-upload"})}
    assert {headers["content-type"] for headers in uploads.storage.sent} == {"application/octet-stream"}
    assert {headers["host"] for headers in uploads.storage.sent} == {"parts.example.com"}


def test_content_type_of_the_service_is_sent(uploads: Uploads) -> None:
    """And a header that follows from the body is not taken from it."""
    uploads.storage.headers = {"Content-Type": "video/mp4"}
    uploads.send()
    assert {headers["content-type"] for headers in uploads.storage.sent} == {"video/mp4"}


def test_addresses_and_reports_come_in_batches(uploads: Uploads) -> None:
    """Fifty at most, and as few requests as that takes."""
    uploads.path.write_bytes(bytes(8 * 130))
    uploads.send(parallel=3)
    assert uploads.storage.asked == [(3, 50), (53, 50), (103, 28)]
    posts = [json.loads(request.content) for request in uploads.world.requests if request.method == "POST"]
    assert [len(sent["completed_chunks"]) for sent in posts if "completed_chunks" in sent] == [50, 50, 30]


def test_upload_is_taken_up_where_it_was_broken_off(uploads: Uploads) -> None:
    """By an error of the caller's own function here; what has arrived is not sent again."""
    broken_off(uploads, 3)
    kept = json.loads(uploads.state.read_text())
    assert sorted(kept["arrived"]) == ["1", "2", "3"]
    assert stat.S_IMODE(uploads.state.stat().st_mode) == 0o600
    assert KEY not in uploads.state.read_text()
    assert "s3cret" not in uploads.state.read_text()
    uploads.send()
    assert uploads.messages[0] == (24, 61)
    assert uploads.storage.whole() == FILM
    assert {uploads.session.arrivals[number] for number in (1, 2, 3)} == {1}
    assert set(uploads.session.reported.values()) == {1}
    assert len(uploads.storage.sessions) == 1


@pytest.mark.parametrize("change", ["grown", "shrunk", "first part", "touched", "last part"])
def test_changed_file_is_noticed(uploads: Uploads, change: str) -> None:
    """By its size, and by the bytes that were sent; what else is different does not matter, as it was not sent yet."""
    broken_off(uploads, 3)
    content = {
        "grown": FILM + b"x",
        "shrunk": FILM[:-1],
        "first part": b"x" + FILM[1:],
        "touched": FILM,
        "last part": FILM[:-1] + b"x",
    }[change]
    uploads.path.write_bytes(content)
    os.utime(uploads.path, ns=(1, 1))
    if change in ("touched", "last part"):
        uploads.send()
        assert uploads.storage.whole() == content
        return
    with pytest.raises(UploadChanged) as caught:
        uploads.send()
    said = {"grown": "61 bytes", "shrunk": "has 60 now", "first part": "part 1 of 8 is not what was sent"}[change]
    assert said in str(caught.value)
    assert str(uploads.path) in str(caught.value)
    assert caught.value.__notes__ == [f"resume=False starts again; the state of the upload is in {uploads.state}"]
    assert len(uploads.storage.sessions) == 1
    uploads.send(resume=False)
    assert uploads.storage.whole(f"{SESSION}1") == content


def test_file_that_is_written_to_meanwhile_is_noticed(uploads: Uploads) -> None:
    def progress(*_: Any) -> None:
        uploads.path.write_bytes(b"x" * 61)
        os.utime(uploads.path, ns=(1, 1))

    with pytest.raises(UploadChanged, match="it was written to while it was sent"):
        uploads.send(progress=progress, parallel=1)


def test_other_arguments_are_another_upload(uploads: Uploads) -> None:
    broken_off(uploads, 3)
    with pytest.raises(UploadChanged, match="started with another enable_hls, another user_metadata"):
        uploads.send(enable_hls=True, user_metadata={"a": 1})


def test_state_may_be_elsewhere(uploads: Uploads) -> None:
    where = uploads.path.with_name("elsewhere.json")
    seen: list[bool] = []
    uploads.send(state=where, progress=lambda *_: seen.append(where.exists() and not uploads.state.exists()))
    assert all(seen)
    assert not where.exists()


@pytest.mark.parametrize(
    "text",
    ["", "no JSON", "[]", "{}", '{"version": 2}', '{"version": 1, "session": "s"}', '{"version": 1, "session": 5}'],
)
def test_state_of_another_hand_is_begun_anew(uploads: Uploads, text: str) -> None:
    uploads.state.write_text(text)
    uploads.send()
    assert uploads.storage.whole() == FILM


@pytest.mark.parametrize("how", ["forgotten", "expired", "failed"])
def test_upload_that_the_service_has_given_up_is_begun_anew(uploads: Uploads, how: str) -> None:
    broken_off(uploads, 3)
    if how == "forgotten":
        del uploads.storage.sessions[f"{SESSION}0"]
        uploads.storage.sessions["other"] = Session(1, "other")
    else:
        uploads.session.status = how
    uploads.send()
    assert uploads.storage.whole(f"{SESSION}1") == FILM


def test_upload_that_was_complete_is_not_sent_again(uploads: Uploads) -> None:
    """The process died after the last report: the asset is there already."""

    def before(request: httpx.Request) -> httpx.Response | None:
        if request.method == "GET" and "multipart" not in request.url.path:
            raise KeyboardInterrupt
        return None

    uploads.before = before
    with pytest.raises(KeyboardInterrupt):
        uploads.send()
    uploads.before = lambda _: None
    uploads.world.requests.clear()
    assert uploads.send().id == f"{ASSET}0"
    assert [request.method for request in uploads.world.requests] == ["GET", "GET"]
    assert not uploads.state.exists()


def test_expired_addresses_are_renewed_all_at_once(uploads: Uploads) -> None:
    """A part whose fresh address is refused as well is an error."""
    uploads.storage.first = 8
    uploads.storage.expired = {str(number) for number in range(1, 9)}
    uploads.send(parallel=1)
    assert uploads.storage.whole() == FILM
    assert len(uploads.storage.asked) <= 2


def test_part_that_is_always_refused_is_an_error(uploads: Uploads) -> None:
    """Which says what was refused, how far the upload is, and nothing of the address."""
    uploads.storage.expired = {str(number) for number in range(100)}
    with pytest.raises(ForbiddenError) as caught:
        uploads.send(parallel=1)
    assert "status 403" in str(caught.value)
    assert "Request has expired" in str(caught.value)
    notes = caught.value.__notes__
    assert notes[0].startswith("part 1 of 8, after 2 attempts") or notes[0].startswith("part 2 of 8")
    assert notes[1] == "0 parts have arrived; the same call sends only the others"
    assert "s3cret" not in repr(caught.value.request.url)
    assert "s3cret" not in str(caught.value) + repr(caught.value.__dict__)


def test_refusal_of_a_part_whose_body_breaks_off_is_that_refusal(uploads: Uploads) -> None:
    """So that the address is renewed at once, and an error has the status."""

    def cut() -> httpx.Response:
        return httpx.Response(403, stream=Wire(b"<Err", error=httpx.ReadError("gone")))

    failing(uploads, "2", cut())
    uploads.send(parallel=1)
    assert uploads.storage.whole() == FILM
    assert uploads.world.waits == []
    failing(uploads, "2", cut(), cut())
    with pytest.raises(ForbiddenError, match="status 403"):
        uploads.send(parallel=1)


def test_refusal_of_a_part_that_a_hook_raises_is_that_refusal(uploads: Uploads) -> None:
    """As by `raise_for_status` in a response hook: the address is renewed, and no error shows its query."""

    def sync_hook(response: httpx.Response) -> None:
        response.raise_for_status()

    async def async_hook(response: httpx.Response) -> None:
        response.raise_for_status()

    uploads.hooks = {"response": [async_hook if uploads.world.asynchronous else sync_hook]}
    failing(uploads, "2", httpx.Response(403))
    uploads.send(parallel=1)
    assert uploads.storage.whole() == FILM
    assert uploads.puts.count("2") == 2
    uploads.storage.expired = {str(number) for number in range(100)}
    with pytest.raises(ForbiddenError) as caught:
        uploads.send(parallel=1)
    assert "s3cret" not in repr(caught.value.request.url)


def test_part_whose_answer_breaks_off_is_sent_again(uploads: Uploads) -> None:
    failing(uploads, "2", httpx.Response(200, stream=Wire(b"", error=httpx.ReadError("gone")), headers={"etag": "e"}))
    uploads.send(parallel=1)
    assert uploads.storage.whole() == FILM
    assert uploads.puts.count("2") == 2


def test_lost_etag_is_sent_again(uploads: Uploads) -> None:
    failing(uploads, "2", httpx.Response(200), httpx.Response(200, headers={"etag": '""'}))
    uploads.send()
    assert uploads.storage.whole() == FILM
    assert uploads.puts.count("2") == 3


def test_etag_that_never_comes_is_an_error(uploads: Uploads) -> None:
    failing(uploads, "2", *[httpx.Response(200)] * 9)
    with pytest.raises(ResponseInvalid, match="part 2: the response has no ETag, which proves that the part arrived"):
        uploads.send(retries=2)
    assert uploads.puts.count("2") == 3


@pytest.mark.parametrize("what", [httpx.WriteError("reset"), httpx.ReadTimeout("late"), 500, 503, 429, 408])
def test_what_passes_is_sent_again(uploads: Uploads, what: Any) -> None:
    found = httpx.Response(what, headers={"retry-after": "2"}) if isinstance(what, int) else what
    failing(uploads, "3", found, found)
    uploads.send()
    assert uploads.storage.whole() == FILM
    assert uploads.puts.count("3") == 3
    assert len(uploads.world.waits) == 2
    assert not isinstance(what, int) or uploads.world.waits == [2.0, 2.0]


def test_what_does_not_pass_is_the_error_it_is(uploads: Uploads) -> None:
    """And the next call goes on from there."""
    failing(uploads, "3", *[httpx.WriteError("reset")] * 3)
    with pytest.raises(httpx.WriteError, match="reset") as caught:
        uploads.send(retries=2, parallel=1)
    assert caught.value.__notes__[0] == "part 3 of 8, after 3 attempts"
    assert "s3cret" not in str(caught.value.request.url)
    uploads.before = lambda _: None
    uploads.send()
    assert uploads.storage.whole() == FILM
    assert set(uploads.session.reported.values()) == {1}


@pytest.mark.parametrize("noted", [True, False])
@pytest.mark.parametrize("what", [httpx.ReadError("gone"), 500])
def test_report_without_an_answer_is_asked_about(uploads: Uploads, noted: bool, what: Any) -> None:
    """So that nothing is reported twice, whether the service took note or not."""
    left = [what, what]

    def before(request: httpx.Request) -> httpx.Response | None:
        if request.method != "POST" or "completed_chunks" not in request.content.decode() or not left:
            return None
        found = left.pop()
        if noted:
            given = request.content
            uploads.storage.answer("POST", request.url.path, {}, given)
        if isinstance(found, Exception):
            raise found
        return httpx.Response(found)

    uploads.before = before
    uploads.send()
    assert uploads.storage.whole() == FILM
    assert set(uploads.session.reported.values()) == {1}


def test_addresses_are_asked_for_again(uploads: Uploads) -> None:
    """Though by POST: asking twice for addresses does nothing twice."""
    left = [500, 502]

    def before(request: httpx.Request) -> httpx.Response | None:
        return httpx.Response(left.pop()) if request.url.path.endswith("presigned-urls") and left else None

    uploads.before = before
    uploads.send()
    assert uploads.storage.whole() == FILM
    uploads.before = lambda request: httpx.Response(500) if request.url.path.endswith("presigned-urls") else None
    with pytest.raises(ServerError):
        uploads.send(retries=1)


def test_part_that_the_service_lost_is_sent_again(uploads: Uploads) -> None:
    """Its status says `failed`, though it was reported."""
    messages: list[str] = []

    def finish(session: Session) -> None:
        if not messages:
            messages.append("failed")
        else:
            session.status = "completed"

    def before(request: httpx.Request) -> httpx.Response | None:
        if request.method == "GET" and "multipart" in request.url.path and messages == ["failed"]:
            messages.append("once")
            uploads.session.reported[2] = 0
            chunks = [{"index": n, "status": "failed" if n == 2 else "completed"} for n in range(1, 9)]
            del uploads.session.reported[2]
            return httpx.Response(200, json={"status": "active", "uploaded_chunks": chunks, "page_info": {}})
        return None

    uploads.storage.finish = finish
    uploads.before = before
    uploads.send()
    assert uploads.puts.count("2") == 2
    assert uploads.session.status == "completed"


def test_upload_that_becomes_complete_later_is_waited_for(uploads: Uploads) -> None:
    asked: list[int] = []

    def finish(_: Session) -> None:
        pass

    def before(request: httpx.Request) -> httpx.Response | None:
        if request.method == "GET" and "multipart" in request.url.path:
            asked.append(1)
            if len(asked) == 3:
                uploads.session.status = "completed"
        return None

    uploads.storage.finish, uploads.before = finish, before
    uploads.send()
    assert uploads.world.waits == [0.75]
    asked.clear()
    uploads.before = lambda _: None
    with pytest.raises(JobTimeout, match="the job did not end within"):
        uploads.send()


def test_upload_that_fails_at_the_end_is_an_error(uploads: Uploads) -> None:
    uploads.storage.finish = lambda session: setattr(session, "status", "failed")
    with pytest.raises(JobFailed, match="'failed': the upload has to be started again"):
        uploads.send()
    uploads.storage.finish = lambda session: setattr(session, "status", "completed")
    uploads.send()
    assert uploads.storage.whole(f"{SESSION}1") == FILM


def test_state_that_cannot_be_kept_is_said_before_anything_is_sent(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("apicontract.client.part_files.os.fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        uploads.send()
    assert "pass another `state`" in caught.value.__notes__[0]
    assert uploads.world.requests == []
    assert sorted(path.name for path in uploads.path.parent.iterdir()) == ["film.mp4"]


def test_disk_that_fills_up_leaves_the_state_before(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the next call sends what was not kept, and no more."""
    real, seen = os.fsync, list[int]()

    def full(descriptor: int) -> None:
        seen.append(descriptor)
        if len(seen) > 4:
            raise OSError(28, "No space left on device")
        real(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr("apicontract.client.part_files.os.fsync", full)
        with pytest.raises(OSError, match="No space left"):
            uploads.send(parallel=1)
    assert len(json.loads(uploads.state.read_text())["arrived"]) == 2
    uploads.send()
    assert uploads.storage.whole() == FILM


def test_service_that_refuses_leaves_no_state(uploads: Uploads) -> None:
    uploads.before = lambda _: httpx.Response(400, json={"code": "c", "message": "m"})
    with pytest.raises(BadRequestError):
        uploads.send()
    assert not uploads.state.exists()


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"parallel": 0}, "parallel"),
        ({"retries": -1}, "retries"),
        ({"retries": True}, "retries"),
        ({"progress": 5}, "progress"),
        ({"type": "picture"}, "body.type"),
        ({"request_options": {"max_retries": -1}}, "options.max_retries"),
        ({"request_options": 5}, "options"),
    ],
)
def test_arguments_that_no_upload_can_be_made_of(uploads: Uploads, given: dict[str, Any], place: str) -> None:
    with pytest.raises(RequestInvalid) as caught:
        uploads.send(**given)
    assert [violation.where for violation in caught.value.violations] == [place]
    assert uploads.world.requests == []


def test_only_a_file_can_be_sent(uploads: Uploads) -> None:
    with pytest.raises(RequestInvalid, match="only a file can be sent in parts"):
        uploads.send(uploads.path.parent)
    with pytest.raises(FileNotFoundError):
        uploads.send(uploads.path.parent / "gone.mp4")
    uploads.path.write_bytes(b"")
    with pytest.raises(RequestInvalid, match=r"body\.total_size"):
        uploads.send()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"upload_id": None}, "body.upload_id: no identifier"),
        ({"asset_id": ""}, "body.asset_id: no identifier"),
        ({"chunk_size": 0}, "body.chunk_size: no part size"),
        ({"upload_urls": [{"chunk_index": 1, "url": "http://parts.example.com/1"}]}, "must begin with https://"),
        ({"upload_urls": [{"chunk_index": 1, "url": "no address"}]}, "must begin with https://"),
        ({"upload_urls": [{"chunk_index": 1, "url": "https://[::"}]}, "must begin with https://"),
    ],
)
def test_answer_that_no_part_can_be_sent_by(uploads: Uploads, wrong: dict[str, Any], said: str) -> None:
    begun = uploads.storage.begin(61).body

    def before(request: httpx.Request) -> httpx.Response | None:
        first = request.url.path.endswith("multipart-uploads")
        return httpx.Response(201, json={**begun, **wrong}) if first else None

    uploads.before = before
    with pytest.raises(ResponseInvalid) as caught:
        uploads.send()
    assert said in str(caught.value)
    assert uploads.storage.sent == []


def test_addresses_that_do_not_come_are_an_error(uploads: Uploads) -> None:
    uploads.before = lambda request: (
        httpx.Response(200, json={"upload_urls": []}) if request.url.path.endswith("presigned-urls") else None
    )
    with pytest.raises(ResponseInvalid, match="no URL for part 3"):
        uploads.send(parallel=1)


def test_earlier_file_of_the_same_name_and_size_is_found(uploads: Uploads) -> None:
    """If that is wished, and the service says so."""
    uploads.storage.assets = [
        {"_id": "a", "filename": "film.mp4", "size": 60},
        {"_id": "b", "filename": "my film.mp4", "size": 61},
        {"_id": "c", "filename": "film.mp4", "size": 61},
    ]
    assert uploads.send(reuse=True).id == "c"
    assert uploads.storage.sessions == {}
    assert uploads.send().id == f"{ASSET}0"
    uploads.storage.assets.pop()
    assert uploads.send(reuse=True).id == f"{ASSET}1"


@pytest.mark.parametrize("tuple_", [False, True])
def test_large_file_goes_up_in_parts_if_wished(uploads: Uploads, tuple_: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the method that takes small ones."""
    client = uploads.client()
    operation = client._settings.api.contract.operation("assets.create")
    monkeypatch.setitem(operation.extensions, "x-large", operation.large._replace(most=60))
    given = ("other.mp4", uploads.path) if tuple_ else str(uploads.path)
    metadata = '{"take": 3}'

    def send(**more: Any) -> Any:
        create = client.assets.create
        return uploads.world.do(lambda: create(method="direct", file=given, user_metadata=metadata, **more))

    assert send(in_parts=True).id == f"{ASSET}0"
    assert uploads.storage.whole() == FILM
    begun = json.loads(uploads.world.requests[0].content)
    name = "other.mp4" if tuple_ else "film.mp4"
    assert begun == {"filename": name, "type": "video", "total_size": 61, "user_metadata": {"take": 3}}
    uploads.before = lambda request: httpx.Response(201, json={"_id": request.headers["content-type"][:9]})
    assert send().id == "multipart"
    monkeypatch.setitem(operation.extensions, "x-large", operation.large._replace(most=61))
    assert send(in_parts=True).id == "multipart"


@pytest.fixture
def large(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Send the file, as one that is too large for the method that takes small ones."""

    def send(*, settings: Any = None, **given: Any) -> Any:
        client = uploads.client(**settings or {})
        operation = client._settings.api.contract.operation("assets.create")
        monkeypatch.setitem(operation.extensions, "x-large", operation.large._replace(most=60))
        arguments = {"method": "direct", "file": uploads.path, "in_parts": True, **given}
        return uploads.world.do(lambda: client.assets.create(**arguments))

    return send


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"user_metadata": "{bad"}, "form.user_metadata"),
        ({"method": "swim"}, "form.method"),
        ({"request_options": {"max_retries": -1}}, "options.max_retries"),
    ],
)
def test_arguments_of_a_large_file_are_those_of_a_small_one(
    uploads: Uploads, large: Callable[..., Any], given: dict[str, Any], place: str
) -> None:
    """They are checked as if the file were sent in one request."""
    with pytest.raises(RequestInvalid) as caught:
        large(**given)
    assert [violation.where for violation in caught.value.violations] == [place]
    with pytest.raises(RequestInvalid) as small:
        large(**given, in_parts=False)
    assert str(small.value) == str(caught.value)
    assert uploads.world.requests == []


@pytest.mark.parametrize("settings", [{}, {"validate": False}])
def test_argument_that_no_part_can_carry_is_refused(
    uploads: Uploads, large: Callable[..., Any], settings: dict[str, Any]
) -> None:
    """It would be lost without a word: here, the address that the caller meant in place of the file."""
    with pytest.raises(RequestInvalid, match="an upload in parts does not take this") as caught:
        large(method="url", url="https://a.example/film.mp4", settings=settings)
    assert [violation.where for violation in caught.value.violations] == ["form.url"]
    assert uploads.world.requests == []


def test_metadata_that_cannot_be_read_is_refused_without_validation(
    uploads: Uploads, large: Callable[..., Any]
) -> None:
    with pytest.raises(RequestInvalid, match=r"form\.user_metadata: invalid JSON"):
        large(user_metadata="{bad", settings={"validate": False})
    assert uploads.world.requests == []


def test_progress_of_a_large_file_is_reported(uploads: Uploads, large: Callable[..., Any]) -> None:
    """By the option for uploads, which every upload has."""
    seen: list[Any] = []
    large(request_options={"upload_progress": lambda *sent: seen.append(sent)})
    assert (seen[0], seen[-1], len(seen)) == ((0, 61), (61, 61), 9)
    seen.clear()
    uploads.send(progress=None, request_options={"upload_progress": lambda *sent: seen.append(sent)})
    assert seen[-1] == (61, 61)


@pytest.mark.parametrize("moment", [1, 4])
def test_large_file_on_a_disk_that_keeps_no_state_is_sent(
    uploads: Uploads, large: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    """As from a read-only mount: the method has no argument for another path."""
    real, seen = os.open, list[str]()

    def refusing(path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
        if str(path).endswith(".upload.new"):
            seen.append(path)
            if len(seen) >= moment:
                raise OSError(30, "Read-only file system")
        return real(path, flags, mode, **more)

    monkeypatch.setattr("apicontract.client.part_files.os.open", refusing)
    assert large().id == f"{ASSET}0"
    assert uploads.storage.whole() == FILM
    assert sorted(path.name for path in uploads.path.parent.iterdir()) == ["film.mp4"]
    failing(uploads, "3", *[httpx.Response(400)] * 2)
    with pytest.raises(BadRequestError) as caught:
        large()
    assert caught.value.__notes__[1].endswith("parts have arrived; that could not be kept on disk")


def test_state_that_cannot_be_read_or_removed_is_none(tmp_path: Path) -> None:
    """If it is optional."""
    kept = OptionalStateFile(tmp_path)
    assert kept.read() is None
    kept.remove()
    kept.write(State({}, 5, "one", "r", 2))
    assert not kept.is_kept
    assert tmp_path.is_dir()


def test_asynchronous_progress_is_awaited(tmp_path: Path) -> None:
    uploads = Uploads(World(asynchronous=True), tmp_path)
    seen: list[int] = []

    async def progress(sent: int, _: int | None) -> None:
        seen.append(sent)

    uploads.send(progress=progress)
    assert seen[-1] == 61


def test_cancelled_upload_can_be_taken_up(tmp_path: Path) -> None:
    """A task is cancelled while parts are under way."""
    import anyio

    uploads = Uploads(World(asynchronous=True), tmp_path)

    async def work() -> None:
        with anyio.CancelScope() as scope:

            async def progress(sent: int, _: int | None) -> None:
                if sent >= 16:
                    scope.cancel()
                    await anyio.sleep(0)

            await done(uploads.client().multipart_upload.upload_file(uploads.path, progress=progress, parallel=1))
        assert scope.cancelled_caught

    uploads.world.run(work())
    assert len(json.loads(uploads.state.read_text())["arrived"]) >= 2
    uploads.send()
    assert uploads.storage.whole() == FILM
    assert set(uploads.session.reported.values()) == {1}


@pytest.mark.parametrize("error", [KeyboardInterrupt, KeyError])
def test_interrupted_upload_does_not_wait_for_answers(tmp_path: Path, error: type[BaseException]) -> None:
    """Nor does the end of the program: the threads that wait are daemons."""
    uploads = Uploads(World(asynchronous=False), tmp_path)
    waiting, may = threading.Event(), threading.Event()
    answered: list[bool] = []

    def before(request: httpx.Request) -> None:
        if request.method == "PUT" and request.url.path.endswith("/1"):
            waiting.set()
            answered.append(may.wait(PATIENCE))

    def progress(sent: int, _: int | None) -> None:
        if sent:
            assert waiting.wait(PATIENCE)
            raise error

    uploads.before = before
    with pytest.raises(error):
        uploads.send(parallel=2, progress=progress)
    left = [thread for thread in threading.enumerate() if thread.name.startswith("part")]
    assert answered == []
    assert all(thread.daemon for thread in left)
    may.set()
    for thread in left:
        thread.join(PATIENCE)
    assert answered == [True]


def test_interrupted_upload_wakes_the_parts_that_pause() -> None:
    """By `time.sleep`, a wait of an hour would be one of an hour; a clock that the caller has replaced is used."""
    seen: list[float] = []

    def steps() -> Any:
        content: Any = SimpleNamespace(checksum=0)
        yield Send(Sending(Part(1, 0, 1), content, httpx.URL(), {}, httpx.Timeout(1), 3600.0))
        if seen:
            yield Await()
        raise KeyboardInterrupt

    def no_call(*_: Any) -> Any:
        raise AssertionError("nothing is sent")

    def run(sleep: Callable[[float], None]) -> None:
        upload: Any = SimpleNamespace(steps=steps, parallel=1, progress=None)
        with pytest.raises(KeyboardInterrupt):
            SyncParts(no_call, no_call, sleep).run(upload)

    interrupted = threading.Thread(target=run, args=[time.sleep], daemon=True)
    interrupted.start()
    interrupted.join(PATIENCE)
    assert not interrupted.is_alive()
    for thread in threading.enumerate():
        if thread.name.startswith("part"):
            thread.join(PATIENCE)
            assert not thread.is_alive()
    seen.append(0.0)
    run(seen.append)
    assert seen == [0.0, 3600.0]


def test_error_survives_pickling() -> None:
    error = UploadChanged("o", "/film.mp4", "it grew")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (str(copy), copy.__dict__) == (str(error), error.__dict__)


def test_state_file_is_replaced_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is cut leaves the one before."""
    kept = StateFile(tmp_path / "s")
    kept.write(State({}, 5, "one", "r", 2))

    def cut(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("apicontract.client.part_files.os.replace", cut)
        with pytest.raises(KeyboardInterrupt):
            kept.write(State({}, 5, "two", "r", 2))
    found = kept.read()
    assert found is not None
    assert found.session == "one"
    kept.remove()
    kept.remove()
    assert kept.read() is None


def test_unknown_session_in_mid_upload_is_reported(uploads: Uploads) -> None:
    def progress(sent: int, _: int | None) -> None:
        if sent == 16:
            uploads.storage.sessions.clear()

    uploads.before = lambda request: (
        httpx.Response(404, json={"code": "c", "message": "gone"})
        if request.url.path.endswith("presigned-urls") and uploads.session.arrivals.total() >= 2
        else None
    )
    with pytest.raises(NotFoundError, match="gone"):
        uploads.send(parallel=1)


def test_answers_are_distinguished() -> None:
    """The service of these tests refuses what it should."""
    storage = Storage()
    storage.begin(20)
    more = f"/v1.3/assets/multipart-uploads/{SESSION}0/presigned-urls"
    assert storage.answer("POST", more, {}, b'{"start":3,"count":2}').status == 400
    wrong = {"chunk_index": 1, "proof": "p", "proof_type": "etag", "chunk_size": 8}
    assert storage.report(f"{SESSION}0", [wrong]).status == 400
    assert storage.report(f"{SESSION}0", []).status == 400
