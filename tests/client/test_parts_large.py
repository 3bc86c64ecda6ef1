"""Files that are too large for one request are uploaded in parts."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from apicontract.client import (
    BadRequestError,
    RequestInvalid,
)
from tests.client.sent_parts import FILM, Uploads, failing
from tests.support.storage import ASSET


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
    with pytest.raises(RequestInvalid, match="an upload in parts does not accept this") as caught:
        large(method="url", url="https://a.example/film.mp4", settings=settings)
    assert [violation.where for violation in caught.value.violations] == ["form.url"]
    assert uploads.world.requests == []


@pytest.mark.parametrize("metadata", ["{bad", "", '{"take": NaN}'])
def test_metadata_that_cannot_be_read_is_refused_without_validation(
    uploads: Uploads, large: Callable[..., Any], metadata: str
) -> None:
    with pytest.raises(RequestInvalid, match=r"form\.user_metadata: invalid JSON"):
        large(user_metadata=metadata, settings={"validate": False})
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
    assert caught.value.__notes__[1].endswith("parts have arrived; this could not be stored on disk")


@pytest.mark.parametrize("path", ["a\0b", "\ud800.mp4"])
def test_path_that_no_file_can_have_is_refused_as_for_a_small_one(
    uploads: Uploads, large: Callable[..., Any], path: str
) -> None:
    with pytest.raises(RequestInvalid, match="a path cannot contain a null character or a lone surrogate") as caught:
        large(file=path)
    assert [violation.where for violation in caught.value.violations] == ["form.file"]
    assert uploads.world.requests == []


def test_large_file_goes_on_where_an_earlier_call_ended(uploads: Uploads, large: Callable[..., Any]) -> None:
    """As any upload in parts: what has arrived is not sent again."""
    failing(uploads, "8", *[httpx.Response(400)] * 2)
    with pytest.raises(BadRequestError) as caught:
        large()
    assert caught.value.__notes__[1].endswith("the same call sends only the others")
    uploads.before = lambda _: None
    assert large().id == f"{ASSET}0"
    assert uploads.storage.whole() == FILM
    assert set(uploads.session.arrivals.values()) == {1}
    assert not uploads.state.exists()
