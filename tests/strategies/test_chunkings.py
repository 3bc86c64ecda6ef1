"""Files and chunks: they include those that break careless readers."""

from __future__ import annotations

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from apicontract.values.uploads import CONTENTS, NAMES
from tests.strategies.documents import few, searching
from twelvelabs_contract.strategies import Upload, chunkings, uploads

DATA = "a é\r\nb".encode()


@few
@given(st.binary(max_size=40).flatmap(lambda data: st.tuples(st.just(data), chunkings(data))))
def test_chunks_joined_are_the_bytes(given_and_cut: tuple[bytes, list[bytes]]) -> None:
    data, chunks = given_and_cut
    assert b"".join(chunks) == data


@pytest.mark.parametrize(
    ("wanted", "simplest"),
    [
        (lambda chunks: True, [DATA]),
        (lambda chunks: b"" in chunks, [b"", DATA]),
        (lambda chunks: chunks == [bytes([byte]) for byte in DATA], [bytes([byte]) for byte in DATA]),
        (lambda chunks: chunks[0].endswith(b"\xc3"), [b"a \xc3", b"\xa9\r\nb"]),
        (lambda chunks: chunks[0].endswith(b"\r"), ["a é\r".encode(), b"\nb"]),
    ],
    ids=["whole", "empty", "one byte each", "inside a character", "inside a line end"],
)
def test_every_kind_of_cut_comes_up_and_shrinks(wanted: object, simplest: list[bytes]) -> None:
    assert callable(wanted)
    assert find(chunkings(DATA), lambda chunks: bool(wanted(chunks)), settings=searching) == simplest


def test_long_data_is_not_cut_into_single_bytes() -> None:
    """Up to 5,000 bytes it is, and from there on cut at a few places."""
    chunks = find(chunkings(bytes(5_001)), lambda chunks: len(chunks) > 3, settings=searching)
    assert len(chunks) == 4
    assert len(find(chunkings(bytes(5_000)), lambda chunks: len(chunks) > 13, settings=searching)) == 5_000
    with pytest.raises(NoSuchExample):
        find(chunkings(bytes(5_001)), lambda chunks: len(chunks) > 13, settings=settings(searching, max_examples=60))


@pytest.mark.parametrize("character", ['"', "\r", "\n", "\\", "ï", "日", ";"])
def test_names_of_files_have_what_ends_a_header(character: str) -> None:
    assert find(uploads(), lambda upload: character in upload.filename, settings=searching)


@pytest.mark.parametrize("size", [0, 1, 65_537, 1 << 20, 2 << 20])
def test_files_are_empty_small_and_large(size: int) -> None:
    assert find(uploads(), lambda upload: len(upload.content) >= size, settings=searching)


def test_an_upload_can_be_pasted() -> None:
    for upload in (Upload(name, content) for name in NAMES for content in (*CONTENTS, b"x" * (1 << 20))):
        assert eval(repr(upload), {"Upload": Upload}) == upload  # noqa: S307 - the text is ours
        assert len(repr(upload)) < 200
    assert eval(repr(Upload("a", b"", "text/plain")), {"Upload": Upload}).content_type == "text/plain"  # noqa: S307
