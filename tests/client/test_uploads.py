"""Forms and the files in them."""

from __future__ import annotations

import asyncio
import contextlib
import io
import os
import threading
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from apicontract.client import (
    Answer,
    RequestInvalid,
    TooManyRequestsError,
)
from apicontract.client.uploads import CHUNK, Upload, UploadRefused, open_part
from apicontract.wire.multipart import Part
from tests.client.conftest import World, answer
from tests.client.files import Opening, Pipe, parts, upload
from tests.client.tiny_api import Note
from tests.support.patience import PATIENCE

BytesIO = "an open file, made for each test"


class Whole:
    """A file that can be read only as a whole."""

    def read(self) -> bytes:
        return b"abc"


class Asynchronous:
    """A file of anyio, aiofiles or trio; a reading that nobody awaits would be a warning, which is an error here."""

    async def read(self, size: int) -> bytes:
        return b"abc"[:size]


def refused(world: World, **body: Any) -> list[tuple[str, str, str]]:
    """Return place, rule and message of each violation of a form that must not be sent."""
    with pytest.raises(RequestInvalid) as caught:
        upload(world, **body)
    assert world.requests == []
    return [(violation.where, violation.rule, violation.message) for violation in caught.value.violations]


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Write a file of a few chunks."""
    path = tmp_path / "film.mp4"
    path.write_bytes(os.urandom(3 * CHUNK + 7))
    return path


def test_fields_are_text_and_lists_repeat(world: World) -> None:
    """Booleans in lower case, JSON as text, a single item wrapped; `None` is absent."""
    upload(world, url="https://e.example/v", labels="one", count=6, loud=True, filter={"a": 1}, name=None)
    assert parts(world) == [
        Part("url", b"https://e.example/v"),
        Part("labels", b"one"),
        Part("count", b"6"),
        Part("loud", b"true"),
        Part("filter", b'{"a": 1}'),
    ]
    assert world.requests[0].headers["content-length"] == str(len(world.bodies[0]))
    upload(world, url="https://e.example/v", labels=["one", "two"])
    assert parts(world)[1:] == [Part("labels", b"one"), Part("labels", b"two")]


@pytest.mark.parametrize("as_text", [True, False])
def test_path_is_opened_and_closed_again(world: World, film: Path, as_text: bool) -> None:
    """A text is a path, not the content (ledger S14); an unclosed file would be a warning, which is an error here."""
    upload(world, file=str(film) if as_text else film, name="n")
    assert parts(world) == [Part("name", b"n"), Part("file", film.read_bytes(), "film.mp4", "video/mp4")]
    assert world.requests[0].headers["content-length"] == str(len(world.bodies[0]))


def test_open_file_is_sent_from_where_it_stands_and_left_open(world: World, film: Path) -> None:
    """What was read before is not sent."""
    with film.open("rb") as file:
        file.seek(100)
        upload(world, file=file)
        assert not file.closed
    assert parts(world) == [Part("file", film.read_bytes()[100:], "film.mp4", "video/mp4")]


@pytest.mark.parametrize(
    ("given", "name", "kind"),
    [
        (b"RIFF", "upload", "application/octet-stream"),
        (bytearray(b"RIFF"), "upload", "application/octet-stream"),
        (BytesIO, "upload", "application/octet-stream"),
        (("a.wav", b"RIFF"), "a.wav", "audio/x-wav"),
        (("a.wav", b"RIFF", "audio/wav"), "a.wav", "audio/wav"),
        (("a.wav", BytesIO, None), "a.wav", "audio/x-wav"),
        ((None, b"RIFF"), "upload", "application/octet-stream"),
        (("", b"RIFF"), "upload", "application/octet-stream"),
        (("", b"RIFF", ""), "upload", "application/octet-stream"),
        ((None, b"RIFF", "a/b"), "upload", "a/b"),
        (("a.WAV", b"RIFF"), "a.WAV", "audio/x-wav"),
        (("a.json", b"RIFF"), "a.json", "application/json"),
        (("a.json.gz", b"RIFF"), "a.json.gz", "application/octet-stream"),
        (("a.txt.bz2", b"RIFF"), "a.txt.bz2", "application/octet-stream"),
        (("a.nothing-known", b"RIFF"), "a.nothing-known", "application/octet-stream"),
        (("a.tar.gz", b"RIFF"), "a.tar.gz", "application/octet-stream"),
    ],
)
def test_name_and_type_are_given_or_guessed(world: World, given: Any, name: str, kind: str) -> None:
    """A file part always has a name, or it would look like a text field (ledger S14)."""
    if given is BytesIO:
        given = io.BytesIO(b"RIFF")
    elif isinstance(given, tuple):
        given = tuple(io.BytesIO(b"RIFF") if step is BytesIO else step for step in given)
    upload(world, file=given)
    assert parts(world) == [Part("file", b"RIFF", name, kind)]


def test_several_files_of_one_field(world: World, film: Path) -> None:
    """A list of files is one part for each."""
    upload(world, url="https://e.example/v", extra=[b"a", ("b.png", b"b"), film])
    assert [part.filename for part in parts(world)[1:]] == ["upload", "b.png", "film.mp4"]
    upload(world, url="https://e.example/v", extra=b"a")
    assert [part.filename for part in parts(world)[1:]] == ["upload"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (5, "int is not a file; give a path, an open binary file or bytes"),
        (io.StringIO("text"), "a file in text mode; open it in mode 'rb'"),
        (("a.txt", "text"), "the content of a tuple is a string; give bytes, an open file or a path object"),
        (("a.txt",), "a tuple must be (name, content) or (name, content, media type)"),
        ((1, b"a"), "a tuple must be (name, content) or (name, content, media type)"),
        (Whole(), "this file cannot be read: Whole.read() takes 1 positional argument but 2 were given"),
        (Asynchronous(), "this file is asynchronous; give its path, an open binary file or bytes"),
        ("a\0b", "a path cannot contain a null character or a lone surrogate"),
        ("\ud800", "a path cannot contain a null character or a lone surrogate"),
        (Path("a\0b"), "a path cannot contain a null character or a lone surrogate"),
    ],
)
def test_what_is_no_file_is_refused(world: World, given: Any, message: str) -> None:
    """The message says what to give instead."""
    assert refused(world, file=given) == [("form.file", "type", message)]


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("directory", "is a directory, and not a file$"),
        ("fifo", "is a named pipe, and not a file; open it, and give the open file"),
        ("/dev/zero", "is a device, and not a file; open it"),
        ("/dev/null", "is a device, and not a file; open it"),
    ],
)
@pytest.mark.parametrize("as_text", [True, False])
def test_a_path_to_no_file_is_refused_at_once(tmp_path: Path, kind: str, message: str, as_text: bool) -> None:
    """It would block before anything is sent, or never end."""
    path = Path(kind) if kind.startswith("/") else tmp_path / kind
    if kind == "directory":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    with pytest.raises(UploadRefused, match=message):
        open_part("file", str(path) if as_text else path)
    with pytest.raises(UploadRefused, match=message):
        open_part("file", ("name", path))


def test_closed_file_is_refused(world: World, film: Path) -> None:
    """Nothing can be read from it."""
    file = film.open("rb")
    file.close()
    assert refused(world, file=file)[0][0] == "form.file"


def test_media_type_cannot_break_out_of_its_header(world: World) -> None:
    """Control characters are refused."""
    assert refused(world, file=("a", b"a", "text/plain\r\nx: y"))[0][:2] == ("form", "encoding")


def test_file_that_cannot_be_opened_fails_before_anything_is_sent(world: World, film: Path, tmp_path: Path) -> None:
    """As `open` does; what was opened before is closed."""
    with pytest.raises(FileNotFoundError):
        upload(world, file=tmp_path / "none.mp4")
    with pytest.raises(FileNotFoundError):
        upload(world, url="https://e.example/v", extra=[film, tmp_path / "none.mp4"])
    assert world.requests == []


def test_refused_form_closes_what_it_opened(world: World, film: Path) -> None:
    """A violation elsewhere leaves no file open."""
    assert refused(world, file=film, count="many")[0][0] == "form.count"


def test_only_one_of_an_exclusive_group(world: World, film: Path) -> None:
    """The document names them (`x-exclusive`, ledger A30); without validation both are sent."""
    assert refused(world, file=film, url="https://e.example/v") == [
        ("form", "x-exclusive", "give only one of file, url")
    ]
    upload(world, file=film, url="https://e.example/v", validate=False)
    assert [part.name for part in parts(world)] == ["url", "file"]


def test_missing_alternative_is_reported(world: World) -> None:
    """Cross-field rules of the schema hold for forms."""
    assert [place for place, *_ in refused(world, name="n")] == ["form"]


def test_retry_sends_the_same_bytes(world: World, film: Path) -> None:
    """Same boundary, same fields, the file from where it stood (ledger S5)."""
    with film.open("rb") as file:
        file.seek(10)
        upload(world, [answer(status=429)], file=file, name="n")
    assert len(world.bodies) == 2
    assert world.bodies[0] == world.bodies[1]
    assert world.requests[0].headers == world.requests[1].headers
    assert parts(world)[1].content == film.read_bytes()[10:]


def test_upload_that_cannot_be_rewound_is_sent_once(world: World) -> None:
    """Half an upload is worse than an error; its length is not known."""
    with pytest.raises(TooManyRequestsError):
        upload(world, [answer(status=429)], file=("a", Pipe(b"abc")))
    assert len(world.requests) == 1
    assert "content-length" not in world.requests[0].headers
    assert world.requests[0].headers["transfer-encoding"] == "chunked"
    assert parts(world)[0].content == b"abc"


def over(world: World, transport: Opening, **body: Any) -> None:
    """Send a form over a transport."""
    client = world.over(transport)
    world.do(lambda: client.call("uploads.create", Answer[Note], body=body))


def test_upload_that_was_not_begun_can_be_sent_again(world: World) -> None:
    """Where no connection opened, nothing was read."""
    transport = Opening(failures=2)
    over(world, transport, file=("a", Pipe(b"abc")))
    assert len(world.waits) == 2
    assert 3 in transport.sizes


def test_file_is_sent_in_pieces_of_known_length(world: World, film: Path) -> None:
    """However large the file is, the memory that it takes is one piece."""
    transport = Opening(failures=0)
    over(world, transport, file=film)
    assert max(transport.sizes) == CHUNK
    assert str(sum(transport.sizes)) == transport.length


def test_event_loop_never_reads(world: World) -> None:
    """Reading a file blocks, so the asynchronous client reads in other threads."""
    pipe = Pipe(b"abc" * CHUNK)
    over(world, Opening(failures=0), file=("a", pipe))
    assert (threading.get_ident() in pipe.readers) is not world.asynchronous


def test_growing_file_is_sent_as_long_as_it_was(tmp_path: Path) -> None:
    """The length was already sent."""
    path = tmp_path / "log"
    path.write_bytes(b"abc")
    with path.open("rb") as file:
        source = Upload(file, ours=False)
        path.write_bytes(b"abcdef")
        assert b"".join(source.chunks()) == b"abc"
        assert b"".join(source.chunks()) == b"abc"


@pytest.mark.parametrize("ours", [False, True])
def test_file_that_becomes_shorter_is_an_error(world: World, tmp_path: Path, ours: bool) -> None:
    """The length was reported, and what follows cannot be made up."""
    path = tmp_path / "film"
    path.write_bytes(b"x" * 100_000)

    def cut(sent: int, _: int | None) -> None:
        if sent < 70_000:
            path.write_bytes(b"x" * 70_000)

    client = world.client(lambda _: answer({"_id": "n"}))
    options: Any = {"upload_progress": cut}
    with path.open("rb") as file:
        form = {"file": path if ours else file}
        with pytest.raises(OSError, match="shorter while it was sent: 30,000 bytes are missing"):
            world.do(lambda: client.call("uploads.create", Answer[Note], body=form, options=options))
    assert world.requests == []


def test_file_that_is_not_ready_is_an_error(world: World) -> None:
    """A reader that does not block says so with `None`, which is not the end."""

    class NotReady(Pipe):
        def read(self, size: int | None = -1, /) -> Any:
            return self._content.read(size) or (None if size else b"")

    with pytest.raises(BlockingIOError, match="open it in blocking mode"):
        upload(world, file=NotReady(b"abc"))
    assert world.requests == []


def test_file_at_its_end_is_refused(world: World, tmp_path: Path) -> None:
    """It was written or sent before; one that is empty from the beginning is meant so."""
    path = tmp_path / "film"
    with path.open("w+b") as file:
        upload(world, file=file)
        assert parts(world)[0].content == b""
        file.write(b"abc")
        world.requests.clear()
        ((place, rule, message),) = refused(world, file=file)
        assert (place, rule) == ("form.file", "type")
        assert message == "this file is at its end, so nothing of it would be sent; seek(0) first"


def test_tuple_is_one_file_of_several_and_a_list_is_many(world: World) -> None:
    """The name of a file is never sent as a file of its own; a wrong one of many is named by its number."""
    for given, names in (
        (("a.png", b"1"), ["a.png"]),
        ([("a.png", b"1"), ("b.png", b"2", "x/y"), b"3"], ["a.png", "b.png", "upload"]),
        (b"3", ["upload"]),
        ([], []),
    ):
        upload(world, url="https://e.example/v", extra=given)
        assert [part.filename for part in parts(world) if part.name == "extra"] == names
    world.requests.clear()
    found = refused(world, url="https://e.example/v", extra=[b"1", 5, ("a", "text")])
    assert [place for place, _, _ in found] == ["form.extra[1]", "form.extra[2]"]


@pytest.mark.parametrize("wrong", [{}, {"name": {"a": 1}}, {"labels": "none"}])
def test_all_files_of_a_call_are_closed(
    world: World, film: Path, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any]
) -> None:
    """However many there are, also if the arguments are refused."""
    made: list[Upload] = []
    real = Upload.__init__

    def recorded(self: Upload, file: Any, *, ours: bool) -> None:
        real(self, file, ours=ours)
        made.append(self)

    monkeypatch.setattr(Upload, "__init__", recorded)
    with contextlib.suppress(RequestInvalid):
        upload(world, file=film, extra=[film, str(film), ("a", film)], **wrong)
    assert [one._file.closed for one in made] == [True] * 4


def test_form_is_sent_again_only_if_all_of_its_files_can_be(world: World, film: Path) -> None:
    """One that cannot go back is enough, whichever it is."""
    for files in ({"file": film, "extra": [Pipe(b"a")]}, {"file": ("a", Pipe(b"a")), "extra": [film]}):
        world.requests.clear()
        with pytest.raises(TooManyRequestsError):
            upload(world, [answer(status=429)], **files)
        assert len(world.requests) == 1
    world.requests.clear()
    upload(world, [answer(status=429)], file=film, extra=[film, b"a"])
    assert len(world.requests) == 2


def test_file_beyond_its_end_is_at_its_end(tmp_path: Path) -> None:
    """Where a seek may lead; an empty one is sent."""
    path = tmp_path / "film.mp4"
    path.write_bytes(b"abc")
    with path.open("rb") as file:
        for position, length in ((0, 3), (2, 1)):
            file.seek(position)
            assert Upload(file, ours=False).length == length
        for position in (3, 4, 100):
            file.seek(position)
            with pytest.raises(UploadRefused, match="this file is at its end, so nothing of it would be sent"):
                Upload(file, ours=False)
    assert Upload(io.BytesIO(), ours=False).length == 0


@pytest.mark.parametrize("error", [OSError, ValueError])
def test_file_that_cannot_find_its_end_is_of_unknown_length(error: type[Exception]) -> None:
    """It is sent from where it stands, and again from there."""

    class Endless(io.BytesIO):
        def seek(self, position: int, whence: int = 0, /) -> int:
            if whence == os.SEEK_END:
                raise error("there is no end")
            return super().seek(position)

    file = Endless(b"abcdef")
    file.seek(2)
    upload = Upload(file, ours=False)
    assert (upload.length, upload.repeatable) == (None, True)
    assert [b"".join(upload.chunks()) for _ in range(2)] == [b"cdef"] * 2


@pytest.mark.parametrize("error", [OSError, AttributeError])
@pytest.mark.parametrize("what", ["seekable", "tell"])
def test_file_whose_position_is_unknown_is_read_once(error: type[Exception], what: str) -> None:
    """As a pipe is: from where it stands, and not again."""

    def failing(*_: object) -> int:
        raise error("there is no position")

    file = io.BytesIO(b"abcdef")
    file.seek(2)
    upload = Upload(type("Pipe", (), {"read": file.read, "seekable": file.seekable, what: failing})(), ours=False)
    assert (upload.length, upload.repeatable) == (None, True)
    assert (b"".join(upload.chunks()), upload.repeatable) == (b"cdef", False)


def test_form_is_sent_again_by_an_authentication_of_httpx(world: World, tmp_path: Path) -> None:
    """It asks for the same request twice; the bytes are the same."""
    path = tmp_path / "film"
    path.write_bytes(b"abc")

    class Twice(httpx.Auth):
        def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
            yield request
            yield request

    client = world.client(lambda _: answer({"_id": "n"}))
    client._http.auth = Twice()
    world.do(lambda: client.call("uploads.create", Answer[Note], body={"file": path}))
    assert len(world.bodies) == 2
    assert world.bodies[0] == world.bodies[1]


def test_pipe_is_read_once() -> None:
    """A second reading would yield nothing, which is not the same bytes."""
    pipe: Any = Pipe(b"abc")
    source = Upload(pipe, ours=False)
    assert source.repeatable
    assert list(source.chunks()) == [b"abc"]
    assert not source.repeatable
    with pytest.raises(OSError, match="cannot be read again"):
        list(source.chunks())


def test_each_form_has_its_own_boundary(world: World) -> None:
    """One that is known beforehand could be put into a file."""
    for _ in range(2):
        upload(world, url="https://e.example/v")
    assert len({request.headers["content-type"] for request in world.requests}) == 2


def test_length_is_that_of_what_is_left_of_a_file(world: World, film: Path) -> None:
    with film.open("rb") as file:
        file.seek(100)
        upload(world, file=file)
    assert int(world.requests[0].headers["content-length"]) == len(world.bodies[0])
    assert parts(world)[0].content == film.read_bytes()[100:]


def test_refused_upload_leaves_an_open_file_where_it_stood(world: World, film: Path) -> None:
    """Measuring it moves it, and moves it back."""
    with film.open("rb") as file:
        file.seek(100)
        assert refused(world, file=file, count="many")[0][0] == "form.count"
        assert file.tell() == 100


class Asked(os.PathLike[str]):
    """A path that remembers which threads asked for it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.threads: set[int] = set()

    def __fspath__(self) -> str:
        self.threads.add(threading.get_ident())
        return str(self._path)


def test_event_loop_opens_no_file(world: World, film: Path) -> None:
    """Opening one can block as reading it can."""
    asked = Asked(film)
    upload(world, file=asked)
    assert (threading.get_ident() in asked.threads) is not world.asynchronous


class Slow(os.PathLike[str]):
    """A path that answers once it may: on a network drive, say."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.asked, self.may = threading.Event(), threading.Event()

    def __fspath__(self) -> str:
        self.asked.set()
        assert self.may.wait(PATIENCE)
        return str(self.path)


def test_file_of_a_cancelled_call_is_closed(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the thread that opened it, as the task that waited for it is gone: cancelled by asyncio, not by anyio."""
    world, closed, close = World(asynchronous=True), threading.Event(), Upload.close
    opened: list[Upload] = []

    def closing(upload: Upload) -> None:
        opened.append(upload)
        close(upload)
        closed.set()

    monkeypatch.setattr(Upload, "close", closing)
    client, path = world.client(lambda _: answer({"_id": "n"})), Slow(film)

    async def work() -> None:
        call = asyncio.create_task(client.call("uploads.create", Answer[Note], body={"file": path}))
        assert await asyncio.to_thread(path.asked.wait, PATIENCE)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert not closed.is_set()
        path.may.set()
        assert await asyncio.to_thread(closed.wait, PATIENCE)

    world.run(work())
    assert opened[0]._file.closed
    assert world.requests == []


def test_file_of_a_call_that_is_cancelled_as_it_is_opened_is_closed(
    film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the task: the thread has finished, and its result is not taken any more."""
    world = World(asynchronous=True)
    made: list[Any] = []

    async def run_sync(work: Callable[[], Any]) -> None:
        made.append(work())
        raise asyncio.CancelledError

    monkeypatch.setattr("apicontract.client.handover.anyio.to_thread.run_sync", run_sync)
    client = world.client(lambda _: answer({"_id": "n"}))
    with pytest.raises(asyncio.CancelledError):
        world.do(lambda: client.call("uploads.create", Answer[Note], body={"file": film}))
    assert [upload._file.closed for upload in made[0].uploads] == [True]
