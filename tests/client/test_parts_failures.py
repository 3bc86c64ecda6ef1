"""Uploads in parts: parts that are sent again, and the messages of errors."""

from __future__ import annotations

import pickle
from typing import Any

import httpx
import pytest

from apicontract.client import (
    ForbiddenError,
    JobFailed,
    JobTimeout,
    NotFoundError,
    ResponseInvalid,
    ServerError,
    UploadChanged,
)
from tests.client.sent_parts import FILM, Uploads, failing
from tests.client.streaming import Wire
from tests.support.storage import SESSION, Session


def test_expired_addresses_are_renewed_all_at_once(uploads: Uploads) -> None:
    """A part whose fresh address is refused as well is an error."""
    uploads.storage.first = 8
    uploads.storage.expired = {str(number) for number in range(1, 9)}
    uploads.send(parallel=1)
    assert uploads.storage.whole() == FILM
    assert len(uploads.storage.asked) <= 2


@pytest.mark.parametrize(("first", "count", "made"), [(8, 1, 4), (4, 7, 7)])
def test_part_that_is_sent_again_needs_another_address(uploads: Uploads, first: int, count: int, made: int) -> None:
    """With it come those that are still missing, and no others; of two for a part, the later one is used."""
    uploads.storage.first = first
    failing(uploads, "2", httpx.Response(500))
    uploads.send(parallel=1)
    assert uploads.storage.whole() == FILM
    assert uploads.storage.asked == [(2, count)]
    (fourth,) = [one.url for one in uploads.world.requests if one.method == "PUT" and one.url.path.endswith("/4")]
    assert fourth.params["made"] == str(made)


def test_refused_address_ends_those_that_came_with_it_and_no_later_ones(uploads: Uploads) -> None:
    """Four are asked for anew with that of the refused part, which had been sent to the first batch."""
    uploads.storage.first = 8
    failing(uploads, "3", httpx.Response(500), httpx.Response(403))
    uploads.send(parallel=1)
    assert uploads.storage.whole() == FILM
    assert uploads.storage.asked == [(3, 1), (3, 6)]


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


@pytest.mark.parametrize("about", ["the part", "another request"])
def test_other_error_that_a_hook_raises_is_raised_on(uploads: Uploads, about: str) -> None:
    """About a part that arrived, it does not show the address; what the hook itself sent is not the part's answer."""
    other = httpx.Response(403, request=httpx.Request("GET", "https://other.example/a?b=c"))

    def sync_hook(response: httpx.Response) -> None:
        if response.request.method == "PUT":
            found = response if about == "the part" else other
            raise httpx.HTTPStatusError("mine", request=found.request, response=found)

    async def async_hook(response: httpx.Response) -> None:
        sync_hook(response)

    uploads.hooks = {"response": [async_hook if uploads.world.asynchronous else sync_hook]}
    with pytest.raises(httpx.HTTPStatusError, match="mine") as caught:
        uploads.send(parallel=1)
    assert uploads.puts[0] == "1"
    for request in (caught.value.request, caught.value.response.request):
        assert "s3cret" not in str(request.url)
        assert about == "the part" or str(request.url) == "https://other.example/a?b=c"


def test_redirect_of_a_part_is_not_followed(uploads: Uploads) -> None:
    """Whatever the httpx client does by itself: the file would go where the service has not sent it."""
    client = uploads.client()
    client._http.follow_redirects = True
    failing(uploads, "2", httpx.Response(307, headers={"location": "https://elsewhere.example/2?signature=s3cret"}))
    uploads.world.do(lambda: client.multipart_upload.upload_file(uploads.path, parallel=1))
    assert uploads.storage.whole() == FILM
    assert uploads.puts.count("2") == 2
    assert "elsewhere.example" not in {request.url.host for request in uploads.world.requests}


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


def test_report_that_always_fails_is_an_error(uploads: Uploads) -> None:
    """After as many attempts as a part has; the parts have arrived, and are not sent again."""

    def before(request: httpx.Request) -> httpx.Response | None:
        reports = request.method == "POST" and "completed_chunks" in request.content.decode()
        return httpx.Response(503, headers={"retry-after": "3"}) if reports else None

    uploads.before = before
    with pytest.raises(ServerError, match="status 503"):
        uploads.send(retries=2, parallel=1, request_options={"max_retries": 0})
    assert uploads.world.waits == [3.0, 3.0]
    assert uploads.puts == ["1", "2", "3", "4", "5", "6", "7", "8"]
    uploads.before = lambda _: None
    uploads.send()
    assert set(uploads.session.arrivals.values()) == set(uploads.session.reported.values()) == {1}


def test_each_report_has_attempts_of_its_own(uploads: Uploads) -> None:
    """A long upload has many, and what passes may come again."""
    failed: list[str] = []

    def before(request: httpx.Request) -> httpx.Response | None:
        text = request.content.decode() if request.method == "POST" else ""
        if "completed_chunks" not in text or text in failed:
            return None
        failed.append(text)
        return httpx.Response(503, headers={"retry-after": "3"})

    uploads.before = before
    uploads.path.write_bytes(bytes(8 * 51))
    uploads.send(retries=1, parallel=1, request_options={"max_retries": 0})
    assert uploads.world.waits == [3.0, 3.0]
    assert (len(failed), set(uploads.session.reported.values())) == (2, {1})


def test_options_of_the_call_hold_for_the_parts(uploads: Uploads) -> None:
    """Its timeout, and the longest wait that the storage may ask for."""
    failing(uploads, "3", httpx.Response(503, headers={"retry-after": "40"}))
    options: Any = {"timeout_in_seconds": 3, "max_retry_wait_in_seconds": 40}
    uploads.send(request_options=options)
    assert uploads.world.waits == [40.0]
    timeouts = [one.extensions["timeout"] for one in uploads.world.requests]
    assert timeouts == [dict.fromkeys(("connect", "read", "write", "pool"), 3)] * len(timeouts)
    failing(uploads, "3", httpx.Response(503, headers={"retry-after": "40"}))
    with pytest.raises(ServerError, match="status 503"):
        uploads.send()


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
    uploads.world.waits.clear()
    uploads.before = lambda _: None
    with pytest.raises(JobTimeout) as caught:
        uploads.send()
    # A quarter of an hour would be too long, and a request each half a second too many.
    assert [round(seconds, 2) for seconds in uploads.world.waits] == [0.75, 1.12, 1.69, 2.53, 3.8, 5.7, *[8.0] * 17]
    assert str(caught.value) == (
        "multipart_upload.get_status: the job did not end within 151.586 s; "
        "its last status was 'active', and it continues"
    )
    assert (caught.value.status, caught.value.answer["status"]) == ("active", "active")


@pytest.mark.parametrize("lost", [1, 8])
def test_part_that_the_service_could_not_store_is_sent_again(uploads: Uploads, lost: int) -> None:
    """The status of a part is not that of the upload, whichever part it is: also the last that the service lists."""
    left = ["failed"]

    def finish(session: Session) -> None:
        if not left:
            session.status = "completed"

    def before(request: httpx.Request) -> httpx.Response | None:
        if request.method == "GET" and "multipart" in request.url.path and left and len(uploads.session.reported) == 8:
            left.pop()
            del uploads.session.reported[lost]
            chunks = [{"index": n, "status": "failed" if n == lost else "completed"} for n in range(1, 9)]
            return httpx.Response(200, json={"status": "active", "uploaded_chunks": chunks, "page_info": {}})
        return None

    uploads.storage.finish, uploads.before = finish, before
    uploads.send()
    assert {number: uploads.puts.count(str(number)) for number in (1, 2, 8)} == {1: 1, 2: 1, 8: 1, lost: 2}
    assert uploads.session.status == "completed"


@pytest.mark.parametrize("asked", ["5", "0", None])
def test_part_that_is_sent_once_more_does_not_wait_as_long_as_before(uploads: Uploads, asked: str | None) -> None:
    """The storage asked for a time before the second sending, and not before the one after it."""
    left = ["failed"]
    headers = {} if asked is None else {"retry-after": asked}
    failing(uploads, "2", httpx.Response(503, headers=headers))
    once = uploads.before

    def before(request: httpx.Request) -> httpx.Response | None:
        if request.method == "GET" and "multipart" in request.url.path and left:
            left.pop()
            del uploads.session.reported[2]
            chunks = [{"index": n, "status": "failed" if n == 2 else "completed"} for n in range(1, 9)]
            return httpx.Response(200, json={"status": "active", "uploaded_chunks": chunks, "page_info": {}})
        return once(request)

    uploads.storage.finish = lambda session: None if left else setattr(session, "status", "completed")
    uploads.before = before
    uploads.send(parallel=1)
    assert uploads.puts.count("2") == 3
    waited = [seconds for seconds in uploads.world.waits if seconds]
    assert len(waited) == (0 if asked == "0" else 1)
    assert asked != "5" or waited == [5.0]


def test_upload_that_fails_at_the_end_is_an_error(uploads: Uploads) -> None:
    uploads.storage.finish = lambda session: setattr(session, "status", "failed")
    with pytest.raises(JobFailed, match="'failed': the upload has to be started again") as caught:
        uploads.send()
    assert (caught.value.status, caught.value.answer["status"]) == ("failed", "failed")
    uploads.storage.finish = lambda session: setattr(session, "status", "completed")
    uploads.send()
    assert uploads.storage.whole(f"{SESSION}1") == FILM


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"upload_id": None}, "body.upload_id: no identifier"),
        ({"asset_id": ""}, "body.asset_id: no identifier"),
        *(({"chunk_size": size}, "body.chunk_size: no part size") for size in (0, -1, None, True, "8", 7.5)),
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
    with pytest.raises(ResponseInvalid, match=r"no URL for part 3; a mock server, .* takes no file in parts"):
        uploads.send(parallel=1)


def test_unknown_session_in_mid_upload_is_reported(uploads: Uploads) -> None:
    uploads.before = lambda request: (
        httpx.Response(404, json={"code": "c", "message": "gone"})
        if request.url.path.endswith("presigned-urls")
        else None
    )
    with pytest.raises(NotFoundError, match="gone"):
        uploads.send(parallel=1)


def test_error_survives_pickling() -> None:
    error = UploadChanged("o", "/film.mp4", "it grew")
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (str(copy), copy.__dict__) == (str(error), error.__dict__)
