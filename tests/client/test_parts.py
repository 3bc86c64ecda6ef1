"""Uploads in parts: the requests, and the files that can be sent."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from apicontract.client import (
    RequestInvalid,
)
from tests.client.conftest import KEY
from tests.client.sent_parts import FILM, Uploads, broken_off
from tests.support.storage import ASSET, SESSION, Storage


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


def test_earlier_file_is_looked_for_on_all_pages(uploads: Uploads) -> None:
    """By its name; the first that fits is taken."""
    pages = [
        [{"_id": "a", "filename": "film.mp4", "size": 60}],
        [{"_id": "b", "filename": "film.mp4", "size": 61}, {"_id": "c", "filename": "film.mp4", "size": 61}],
        [{"_id": "d", "filename": "film.mp4", "size": 61}],
    ]

    def before(request: httpx.Request) -> httpx.Response | None:
        if not request.url.path.endswith("/assets"):
            return None
        number = int(request.url.params["page"])
        info = {"limit_per_page": 1, "page": number, "total_page": 3, "total_results": 4}
        return httpx.Response(200, json={"data": pages[number - 1], "page_info": info})

    uploads.before = before
    assert uploads.send(reuse=True).id == "b"
    asked = [request.url.params for request in uploads.world.requests if request.url.path.endswith("/assets")]
    assert [(one["filename"], one["page"]) for one in asked] == [("film.mp4", str(page)) for page in (1, 2, 3)]


def test_wrong_argument_that_is_the_key_is_not_shown(uploads: Uploads) -> None:
    with pytest.raises(RequestInvalid, match=r"parallel: a whole number of 1 or more is needed") as caught:
        uploads.send(parallel=KEY, retries="x")
    assert KEY not in str(caught.value)
    assert [violation.where for violation in caught.value.violations] == ["parallel", "retries"]


def test_answers_are_distinguished() -> None:
    """The service of these tests refuses what it should."""
    storage = Storage()
    storage.begin(20)
    more = f"/v1.3/assets/multipart-uploads/{SESSION}0/presigned-urls"
    assert storage.answer("POST", more, {}, b'{"start":3,"count":2}').status == 400
    wrong = {"chunk_index": 1, "proof": "p", "proof_type": "etag", "chunk_size": 8}
    assert storage.report(f"{SESSION}0", [wrong]).status == 400
    assert storage.report(f"{SESSION}0", []).status == 400
