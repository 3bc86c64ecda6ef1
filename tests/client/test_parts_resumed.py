"""Uploads in parts: the state on disk, and how an upload is resumed."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import httpx
import pytest

from apicontract.client import (
    BadRequestError,
    UploadChanged,
)
from apicontract.client.part_files import OptionalStateFile, State, StateFile
from tests.client.conftest import KEY
from tests.client.sent_parts import FILM, Uploads, broken_off
from tests.support.storage import ASSET, SESSION, Session


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


@pytest.mark.parametrize(
    "change", ["grown", "shrunk", "first part", "second part", "two parts", "touched", "last part"]
)
def test_changed_file_is_noticed(uploads: Uploads, change: str) -> None:
    """By its size, and by the bytes that were sent; what else is different does not matter, as it was not sent yet."""
    broken_off(uploads, 3)
    content = {
        "grown": FILM + b"x",
        "shrunk": FILM[:-1],
        "first part": b"x" + FILM[1:],
        "second part": FILM[:15] + b"x" + FILM[16:],
        "two parts": FILM[:8] + b"x" * 9 + FILM[17:],
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
    said = {
        "grown": "it had 61 bytes when the upload was started, and has 62 now",
        "shrunk": "it had 61 bytes when the upload was started, and has 60 now",
        "first part": "part 1 of 8 has changed",
    }.get(change, "part 2 of 8 has changed since it was sent")
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


def test_same_arguments_in_another_order_are_the_same_upload(uploads: Uploads) -> None:
    def stop(*_: Any) -> None:
        raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        uploads.send(progress=stop, user_metadata={"a": 1, "b": 2})
    uploads.send(user_metadata={"b": 2, "a": 1})
    assert list(uploads.storage.sessions) == [f"{SESSION}0"]


@pytest.mark.parametrize("what", ["the operation", "the address"])
def test_upload_of_another_service_is_not_asked_about(uploads: Uploads, what: str) -> None:
    """Its identifier means nothing there, whatever else is different."""
    broken_off(uploads, 3)
    kept = json.loads(uploads.state.read_text())
    kept["about"] |= {what: "another", "filename": "another"}
    uploads.state.write_text(json.dumps(kept))
    uploads.world.requests.clear()
    with pytest.raises(UploadChanged, match="the upload was started at another URL or with another operation"):
        uploads.send()
    assert uploads.world.requests == []


def test_upload_that_was_begun_at_another_address_is_not_asked_about(uploads: Uploads) -> None:
    broken_off(uploads, 3)
    uploads.world.requests.clear()
    client = uploads.client(base_url="https://other.example/v1.3")
    with pytest.raises(UploadChanged, match="the upload was started at another URL or with another operation"):
        uploads.world.do(lambda: client.multipart_upload.upload_file(uploads.path))
    assert uploads.world.requests == []


@pytest.mark.parametrize(("status", "asked"), [("active", [1, 2]), ("failed", [1])])
def test_all_pages_of_the_parts_that_the_service_has_are_read(uploads: Uploads, status: str, asked: list[int]) -> None:
    """As few as there can be; none but the first of an upload that is over."""
    uploads.path.write_bytes(bytes(8 * 51))
    broken_off(uploads, 45)
    uploads.session.status = status
    uploads.world.requests.clear()
    uploads.send(parallel=1)
    told = [
        one.url.params for one in uploads.world.requests if one.url.path.endswith(f"{SESSION}0") and one.method == "GET"
    ]
    first = told[: len(asked)]
    assert max(int(one["page"]) for one in told) == len(asked)
    assert [(int(one["page"]), one["page_limit"]) for one in first] == [(page, "50") for page in asked]
    assert status == "active" or len(told) == 1
    assert status == "failed" or set(uploads.session.reported.values()) == {1}


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


@pytest.mark.parametrize("how", ["forgotten", "gone", "expired", "failed"])
def test_upload_that_the_service_has_given_up_is_begun_anew(uploads: Uploads, how: str) -> None:
    broken_off(uploads, 3)
    if how == "forgotten":
        del uploads.storage.sessions[f"{SESSION}0"]
        uploads.storage.sessions["other"] = Session(1, "other")
    elif how == "gone":
        uploads.before = lambda request: httpx.Response(410) if request.url.path.endswith(f"{SESSION}0") else None
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


def test_state_that_cannot_be_read_or_removed_is_none(tmp_path: Path) -> None:
    """If it is optional."""
    kept = OptionalStateFile(tmp_path)
    assert kept.read() is None
    kept.remove()
    kept.write(State({}, 5, "one", "r", 2))
    assert not kept.is_kept
    assert tmp_path.is_dir()


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
