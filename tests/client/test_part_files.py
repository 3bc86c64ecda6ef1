"""A file that is sent in parts: what is read of it, what is noticed, and what is kept of its upload on disk."""

from __future__ import annotations

import json
import os
import stat
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apicontract.client import UploadChanged
from apicontract.client.part_files import (
    PIECE,
    Arrived,
    LocalFile,
    OptionalStateFile,
    Part,
    State,
    StateFile,
    plan,
)
from apicontract.client.uploads import UploadRefused

KEPT: dict[str, Any] = {
    "version": 1,
    "about": {"the operation": "o"},
    "size": 61,
    "session": "s",
    "result": "r",
    "part_size": 8,
    "headers": {"x-upload": "yes"},
    "arrived": {"1": ["e", 7, True]},
}
"""A state as it is on disk."""
WRONG: list[dict[str, Any]] = [
    {"version": 0},
    {"version": 2},
    {"version": "1"},
    {"session": ""},
    {"session": 5},
    {"session": None},
    {"result": None},
    {"size": 0},
    {"size": "61"},
    {"size": 6.5},
    {"part_size": 0},
    {"part_size": -8},
    {"part_size": None},
    {"about": []},
    {"about": "o"},
    {"headers": None},
    {"headers": ["x-upload"]},
    {"arrived": None},
    {"arrived": [["e", 7, True]]},
    {"arrived": {"one": ["e", 7, True]}},
    {"arrived": {"1": []}},
    {"arrived": {"1": ["e", 7, True, 5]}},
    {"arrived": {"1": 5}},
]
"""What no state has."""


@pytest.mark.parametrize(
    ("size", "part_size", "parts"),
    [
        (1, 8, [(1, 0, 1)]),
        (8, 8, [(1, 0, 8)]),
        (9, 8, [(1, 0, 8), (2, 8, 1)]),
        (16, 8, [(1, 0, 8), (2, 8, 8)]),
    ],
)
def test_plan_covers_the_file_once(size: int, part_size: int, parts: list[tuple[int, int, int]]) -> None:
    assert plan(size, part_size) == parts


@pytest.mark.skipif(os.name == "nt", reason="a name is text there")
def test_name_of_a_file_is_text(tmp_path: Path) -> None:
    """Of any alphabet; a byte that is none of UTF-8 is replaced by a mark, not left out."""
    for name, shown in ((b"a b.mp4", "a b.mp4"), ("żółw🐢.mp4".encode(), "żółw🐢.mp4"), (b"a\xff.mp4", "a\ufffd.mp4")):
        path = os.path.join(os.fsencode(tmp_path), name)
        try:
            with open(path, "wb") as file:
                file.write(b"x")
        except OSError:  # not every disk takes every name
            continue
        assert LocalFile("o", os.fsdecode(path)).name == shown


def test_paths_are_those_of_the_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another working directory in the middle of an upload changes neither the file nor the place of its state."""
    (tmp_path / "film.mp4").write_bytes(b"abc")
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path)
    file, kept = LocalFile("o", "film.mp4"), StateFile("film.state")
    monkeypatch.chdir(tmp_path / "other")
    assert b"".join(file.pieces(Part(1, 0, 3))) == b"abc"
    kept.write(State({}, 3, "s", "r", 2))
    assert (file.path, kept.path) == (str(tmp_path / "film.mp4"), str(tmp_path / "film.state"))
    assert (tmp_path / "film.state").is_file()


def test_only_a_regular_file_is_taken(tmp_path: Path) -> None:
    with pytest.raises(UploadRefused, match="this path is not a file; only a file can be sent in parts"):
        LocalFile("o", tmp_path)
    with pytest.raises(FileNotFoundError):
        LocalFile("o", tmp_path / "none")


def test_part_of_many_pieces_has_one_checksum(tmp_path: Path) -> None:
    """However it is read: to be compared, or to be sent."""
    content = bytes(range(256)) * 2048
    assert len(content) == 2 * PIECE
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    file, part = LocalFile("o", path), Part(1, 5, len(content) - 5)
    sent = file.read(part)
    pieces = []
    while (piece := sent.next()) is not None:
        pieces.append(piece)
    assert [len(piece) for piece in pieces] == [PIECE, PIECE - 5]
    assert file.checksum(part) == sent.checksum == zlib.crc32(content[5:])
    assert file.checksum(Part(1, 0, 3)) == 0x0854897F


@pytest.mark.parametrize("moment", ["before the first piece", "after the first piece", "after the last piece"])
@pytest.mark.parametrize("change", ["other bytes", "more bytes"])
def test_file_that_is_written_to_is_noticed(tmp_path: Path, moment: str, change: str) -> None:
    """Whenever that is while a part is read, with the same size or another."""
    path = tmp_path / "film.mp4"
    path.write_bytes(b"x" * (PIECE + 2))
    os.utime(path, ns=(1, 1))
    file = LocalFile("o", path)

    def touch() -> None:
        with path.open("r+b") as opened:
            opened.seek(0, os.SEEK_END if change == "more bytes" else os.SEEK_SET)
            opened.write(b"y")
        os.utime(path, ns=(1, 1 if change == "more bytes" else 2))

    pieces, seen = file.pieces(Part(1, 0, PIECE + 1)), list[int]()
    taken = {"before the first piece": 0, "after the first piece": 1, "after the last piece": 2}[moment]
    seen += [len(next(pieces)) for _ in range(taken)]
    touch()
    with pytest.raises(UploadChanged) as caught:
        seen.extend(map(len, pieces))
    assert str(caught.value) == f"o: the upload of {path} cannot continue: it was written to while it was sent"
    assert (caught.value.operation, caught.value.path) == ("o", str(path))
    assert len(seen) == (0 if taken == 0 else 2)


def test_file_that_becomes_shorter_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"x" * (PIECE + 2))
    pieces = LocalFile("o", path).pieces(Part(1, 0, PIECE + 1))
    next(pieces)
    os.truncate(path, PIECE)
    with pytest.raises(UploadChanged, match="it became shorter while it was sent"):
        next(pieces)


def test_state_is_a_small_file_for_its_owner(tmp_path: Path) -> None:
    """Of JSON, with all that is needed to go on."""
    kept = StateFile(tmp_path / "s")
    state = State({"the operation": "o"}, 61, "s", "r", 8, {"x-upload": "yes"}, {1: Arrived("e", 7, reported=True)})
    kept.write(state)
    assert json.loads((tmp_path / "s").read_text()) == KEPT
    assert stat.S_IMODE((tmp_path / "s").stat().st_mode) == 0o600
    assert kept.read() == state
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


@pytest.mark.parametrize("left", ["", "{", "x" * 9999])
@pytest.mark.parametrize("kind", [StateFile, OptionalStateFile])
def test_what_an_interrupted_write_left_is_replaced(tmp_path: Path, kind: type[StateFile], left: str) -> None:
    """Shorter than the state that is written next, or longer."""
    (tmp_path / "s.new").write_text(left)
    kept, states = (
        kind(tmp_path / "s"),
        [State({}, 61, "s", "r", 8, {}, {1: Arrived("e", 7)}), State({}, 3, "t", "", 2)],
    )
    for state in states:
        kept.write(state)
        assert kept.read() == state
        assert [path.name for path in tmp_path.iterdir()] == ["s"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"null",
        b'"s"',
        *(json.dumps({**KEPT, **wrong}).encode() for wrong in WRONG),
        *(json.dumps({name: value for name, value in KEPT.items() if name != left}).encode() for left in KEPT),
    ],
)
def test_file_that_is_no_state_is_none(tmp_path: Path, content: bytes) -> None:
    """Of another version or another hand, or cut: the upload begins anew, and nothing is raised."""
    (tmp_path / "s").write_bytes(content)
    assert StateFile(tmp_path / "s").read() is None
    assert OptionalStateFile(tmp_path / "s").read() is None


def _in_a_file(folder: Path) -> Path:
    (folder / "file").write_bytes(b"")
    return folder / "file" / "s"


@pytest.mark.parametrize(
    ("place", "error"),
    [
        (lambda folder: folder, IsADirectoryError),
        (_in_a_file, NotADirectoryError),
        (lambda folder: folder / "none" / "s", FileNotFoundError),
    ],
)
def test_place_that_keeps_no_state_is_an_error_unless_it_is_optional(
    tmp_path: Path, place: Callable[[Path], Path], error: type[OSError]
) -> None:
    """A directory, a path below a file, a directory that is not there: the first error stands, with what to do."""
    path, state = place(tmp_path), State({}, 3, "s", "r", 2)
    with pytest.raises(error) as caught:
        StateFile(path).write(state)
    assert caught.value.__notes__ == [
        f"the state of the upload cannot be stored in {path}; free some space, or pass another `state`"
    ]
    optional = OptionalStateFile(path)
    optional.write(state)
    assert not optional.is_kept
    assert not os.path.exists(f"{path}.new")
    assert optional.read() is None
    optional.remove()


def test_optional_state_is_kept_again_once_there_is_room(tmp_path: Path) -> None:
    """So the message of a later error says that the next call goes on from there."""
    path = tmp_path / "later" / "s"
    kept = OptionalStateFile(path)
    assert kept.is_kept
    kept.write(State({}, 3, "s", "r", 2))
    assert not kept.is_kept
    path.parent.mkdir()
    kept.write(State({}, 3, "s", "r", 2))
    assert kept.is_kept
    assert kept.read() == State({}, 3, "s", "r", 2)
    kept.remove()
    assert kept.read() is None
