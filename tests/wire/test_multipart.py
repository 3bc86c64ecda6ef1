"""Parts are parsed back unchanged, and nothing in them can begin another part or header."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apicontract.wire import multipart
from apicontract.wire.multipart import Multipart, Part
from tests.support.texts import TEXT

# A name that spells an escape itself is read as what the escape stands for, as browsers have it.
FILE_NAMES = TEXT.filter(lambda name: not any(escape in name for escape in ("%22", "%0D", "%0A")))


PARTS = st.lists(st.builds(Part, FILE_NAMES, st.binary(), st.none() | FILE_NAMES, st.none() | st.just("image/png")))


@given(PARTS)
def test_parts_read_back_equal(parts: list[Part]) -> None:
    body = b"".join(Multipart(parts, "b0undary").chunks())
    assert multipart.parse(body, "b0undary") == parts


@pytest.mark.parametrize("contents", [[b""], [b"", b""], [b"x", b"", b"\r\n"], [b"", b"\r\n\r\n", b"--bx", b""]])
@pytest.mark.parametrize("before", [b"", b"\r\n", b"for readers of mail\r\n", b"--bx\r\n"])
@pytest.mark.parametrize("after", [b"", b"\r\n", b"and more\r\n--b\r\n"])
def test_content_may_be_empty_wherever_it_is(contents: list[bytes], before: bytes, after: bytes) -> None:
    """Whatever is around the parts, or after a boundary on its line, and however long the body is."""
    for space, large in ((b"", 0), (b" \t", 0), (b"", 16 * 1024), (b" \t", 16 * 1024)):
        parts = [Part(f"p{number}", content) for number, content in enumerate(contents)]
        parts += [Part("long", b"x" * large)] if large else []
        body = b"".join(Multipart(parts, "b").chunks()).replace(b"--b\r\n", b"--b" + space + b"\r\n")
        assert multipart.parse(before + body + after, "b") == parts


@given(PARTS, st.text("abc'()+_,-./:=?0123", min_size=1, max_size=70))
def test_the_length_is_known_before_the_first_byte(parts: list[Part], boundary: str) -> None:
    whole = Multipart(parts, boundary)
    assert whole.length == sum(map(len, whole.chunks()))


@given(st.lists(st.tuples(st.text("abc-_ ", min_size=1).map(str.strip).filter(bool), st.binary()), min_size=1))
def test_an_independent_parser_sees_the_same_parts(fields: list[tuple[str, bytes]]) -> None:
    """The standard library's MIME parser, which nobody here wrote, finds every part whole."""
    whole = Multipart([Part(name, content, "f.bin", "application/octet-stream") for name, content in fields], "xyz-123")
    head = f"Content-Type: {whole.content_type}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + b"".join(whole.chunks()))
    found = [(part.get_param("name", header="content-disposition"), part) for part in message.iter_parts()]
    assert [name for name, _ in found] == [name for name, _ in fields]
    for (_, part), (_, content) in zip(found, fields, strict=True):
        # That parser reads lines, so it cannot tell the line ends inside binary content apart.
        assert _lines(part.get_payload(decode=True)) == _lines(content)


def _lines(content: Any) -> list[bytes]:
    return bytes(content).splitlines()


@given(TEXT, TEXT)
def test_no_name_can_begin_a_header_or_a_part(name: str, filename: str) -> None:
    head = Part(name, b"", filename, "image/png").head()
    assert head.count(b"\r\n") == 3
    assert b"\r" not in head.replace(b"\r\n", b"")
    assert b"\n" not in head.replace(b"\r\n", b"")


def test_a_content_type_cannot_begin_a_header() -> None:
    with pytest.raises(ValueError, match="control characters"):
        Part("a", b"", "f", "image/png\r\nX: y").head()


def test_content_may_hold_the_boundary() -> None:
    """Text that looks like the delimiter is content, unless it is the delimiter to the letter."""
    content = b"--xyz inside\r\n--xyzz\r\n--xy"
    assert multipart.parse(b"".join(Multipart([Part("a", content)], "xyz").chunks()), "xyz") == [Part("a", content)]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "does not have the boundary"),
        (b"junk", "does not have the boundary"),
        (b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n", "closing boundary"),
        (b"--b\r\na: b\r\n--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--", "no empty line"),
        (b'--b\r\nContent-Disposition: form-data; name="a\r\n\r\nx\r\n--b--\r\n', "with a name"),
        (b"--b\r\nContent-Disposition: form-data; name=a b\r\n\r\nx\r\n--b--\r\n", "with a name"),
        (b"--b\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--b--\r\n", "with a name"),
        (
            b"--b\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            b"eA==\r\n--b--\r\n",
            "no transfer encoding",
        ),
        (b"--b\r\n--b--\r\n", "no empty line"),
        (b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n--b--\r\n", "no empty line"),
        (b"\r\n--b\r\nContent-Disposition: form-data; name=a\r\n\r\n--b--\r\n", "no empty line"),
        (b"--b\nContent-Disposition: form-data; name=a\n\nx\n--b--\n", "does not have the boundary"),
        (b"--b\r\nContent-Disposition: form-data; name=a\r\nx\r\n--b--\r\n", "no empty line"),
        (b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n", "with a name"),
        (b"--b\r\nno colon\r\n\r\nx\r\n--b--\r\n", "not a header line"),
    ],
)
def test_a_body_outside_the_grammar_is_reported(body: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        multipart.parse(body, "b")


@pytest.mark.parametrize(
    "body",
    [
        b"\r\n--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b--",
        b'--b \t\r\ncontent-disposition:Form-Data ; Name = "a" ;\r\n\r\nx\r\n--b-- \r\n\r\n',
        b"--b\r\nContent-Disposition: form-data; name*=utf-8'en'%61\r\n\r\nx\r\n--b--\r\n",
    ],
)
def test_the_spellings_that_the_grammar_leaves_open_are_read(body: bytes) -> None:
    assert multipart.parse(body, "b") == [Part("a", b"x")]


@pytest.mark.parametrize(
    ("sent", "read"), [("%22", '"'), ("%0D", "\r"), ("%0A", "\n"), ("a%0D%0Ab%22", 'a\r\nb"'), ("%41%0a", "%41%0a")]
)
def test_what_browsers_escape_in_a_name_is_read(sent: str, read: str) -> None:
    """And nothing else: a percent sign is one of the name."""
    names = f'name="{sent}"; filename="{sent}"'
    body = f"--b\r\nContent-Disposition: form-data; {names}\r\n\r\nx\r\n--b--\r\n".encode()
    assert multipart.parse(body, "b") == [Part(read, b"x", read)]


def test_hostile_parts_cost_no_more_than_their_length() -> None:
    """Backslashes in a name and lines that almost are delimiters: what was exponential and quadratic once."""
    part = b'--b\r\nContent-Disposition: form-data; name="' + b"\\" * 50_001 + b'"\r\n\r\nx\r\n--b--\r\n'
    with pytest.raises(ValueError, match="with a name"):
        multipart.parse(part, "b")
    content = b"\r\n--bx" * 200_000
    (found,) = multipart.parse(b"".join(Multipart([Part("a", content)], "b").chunks()), "b")
    assert found.content == content


@given(st.binary(), st.sampled_from(["b", "", "é", "x" * 71]))
def test_no_bytes_crash_the_parser(body: bytes, boundary: str) -> None:
    for whole in (body, b"--b\r\n" + body, b"--b\r\n" + body + b"\r\n--b--\r\n"):
        try:
            multipart.parse(whole, boundary)
        except ValueError:
            continue


class Pieces:
    """A source of pieces that counts how often it is read."""

    length = 6

    def __init__(self) -> None:
        self.reads = 0

    def chunks(self) -> Iterator[bytes]:
        self.reads += 1
        yield from (b"abc", b"def")


def test_a_source_is_read_piece_by_piece_and_again_for_a_retry() -> None:
    source = Pieces()
    whole = Multipart([Part("f", source, "f.bin")], "b")
    assert source.reads == 0
    first, second = b"".join(whole.chunks()), b"".join(whole.chunks())
    assert first == second
    assert len(first) == whole.length
    assert source.reads == 2


@pytest.mark.parametrize("name", ["a\\b", "\\", 'a\\"b', "100%25", "%41", "%"])
def test_a_name_is_read_as_it_was_written(name: str) -> None:
    """No percent sign is touched but those of the three escapes."""
    parts = [Part(name, b"", name)]
    assert multipart.parse(b"".join(Multipart(parts, "b").chunks()), "b") == parts


def test_a_backslash_is_doubled() -> None:
    assert b'; name="a\\\\b"\r\n' in Part("a\\b", b"").head()


def test_a_boundary_is_a_line() -> None:
    """Its text inside a line divides nothing, and the last one is marked as such."""
    part = Part("a", b"x--b\r\ny")
    assert multipart.parse(b"".join(Multipart([part], "b").chunks()), "b") == [part]
    with pytest.raises(ValueError, match="the closing boundary is missing"):
        multipart.parse(b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b\r\n", "b")


def test_a_line_like_a_delimiter_may_begin_a_part() -> None:
    """A line that only begins like a delimiter, right after one, is the first header line of the part."""
    body = b"--b\r\n--bx: y\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--bz\r\n--b--\r\n"
    assert multipart.parse(body, "b") == [Part("a", b"\r\n--bz")]


def test_what_is_around_the_parts_is_ignored() -> None:
    """RFC 2046, section 5.1.1: a preamble and an epilogue."""
    body = b"".join(Multipart([Part("a", b"x")], "b").chunks())
    assert [part.name for part in multipart.parse(b"for readers of mail\r\n" + body + b"and more", "b")] == ["a"]


def test_a_folded_header_is_one_line() -> None:
    head = b'Content-Disposition: form-data;\r\n  name="a"\r\nContent-Type: text/plain;\r\n\tcharset=utf-8'
    (part,) = multipart.parse(b"--b\r\n" + head + b"\r\n\r\nx\r\n--b--\r\n", "b")
    assert (part.name, part.content_type) == ("a", "text/plain; charset=utf-8")


@pytest.mark.parametrize(
    ("disposition", "filename"),
    [
        ("filename=plain.txt", "plain.txt"),
        ('filename="two words.txt"', "two words.txt"),
        ("filename*=UTF-8''caf%C3%A9.txt", "café.txt"),
        ("filename*=UTF-8'en'caf%C3%A9.txt; filename=cafe.txt", "café.txt"),
        ("filename=cafe.txt; filename*=UTF-8''caf%C3%A9.txt", "café.txt"),
        ("FILENAME=cafe.txt; FileName*=utf-8''caf%C3%A9.txt", "café.txt"),
    ],
)
def test_the_name_of_a_file_in_all_letters_goes_before_the_plain_one(disposition: str, filename: str) -> None:
    """RFC 6266, section 4.3: whichever comes first."""
    body = f'--b\r\nContent-Disposition: form-data; name="a"; {disposition}\r\n\r\nx\r\n--b--\r\n'.encode()
    (part,) = multipart.parse(body, "b")
    assert (part.name, part.filename, part.content) == ("a", filename, b"x")


@pytest.mark.parametrize(("coding", "read"), [("7bit", True), ("8BIT", True), ("Binary", True), ("base64", False)])
def test_a_coding_that_changes_nothing_may_be_named(coding: str, read: bool) -> None:
    head = f'Content-Disposition: form-data; name="a"\r\ncontent-transfer-encoding: {coding}'
    with nullcontext() if read else pytest.raises(ValueError, match="needs no transfer encoding"):
        assert multipart.parse(f"--b\r\n{head}\r\n\r\nx\r\n--b--\r\n".encode(), "b")[0].content == b"x"


def test_a_boundary_is_one_that_no_content_in_memory_has() -> None:
    """Whichever part has it, and however often; the same parts get the same one."""
    usual = multipart.free_boundary([Part("a", b"x"), Part("b", b"")])
    assert multipart.free_boundary([]) == usual
    for contents in ((usual,), ("x", f"a{usual}b"), ("x", f"{usual}-", "y"), (usual, f"{usual}--")):
        parts = [Part("a", content.encode()) for content in contents]
        boundary = multipart.free_boundary(parts)
        assert boundary.startswith(usual)
        assert not any(boundary in content for content in contents)
        assert multipart.free_boundary(parts) == boundary
        assert multipart.parse(b"".join(Multipart(parts, boundary).chunks()), boundary) == parts


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ('form-data; name="a"', ("a", None)),
        ("FORM-Data ; NAME=a ; FileName=b", ("a", "b")),
        ('form-data; name="a"; name="b"', ("a", None)),
        ('form-data; name=""', ("", None)),
        ('form-data; name="a;b=c"; filename=""', ("a;b=c", "")),
        ("form-data; name=a; filename*=UTF-8'en'%C3%A9'x", ("a", "é'x")),
        ('form-data; name="%22%0D%0A%25"', ("a", None)),
        ("form-data; name=a; ", ("a", None)),
    ],
)
def test_the_name_of_a_part_is_in_its_disposition(header: str, found: tuple[str, str | None]) -> None:
    """Parameter names have any case, and the first of several counts; so does the first field of a name."""
    if "%22" in header:
        found = ('"\r\n%25', None)
    lines = f"content-disposition: {header}\r\nContent-Disposition: form-data; name=z\r\nX-A: 1\r\nx-a: 2".encode()
    name, filename, fields = multipart.head(lines)
    assert ((name, filename), fields["x-a"], [*fields]) == (found, "1", ["content-disposition", "x-a"])


@pytest.mark.parametrize("after", [b"", b" ", b"\t ", b"x", b"-", b"--x"])
@pytest.mark.parametrize("long", [False, True])
def test_white_space_may_follow_a_boundary_on_its_line_and_nothing_else(after: bytes, long: bool) -> None:
    """However long the body is; a line that only begins like a boundary is content."""
    content = b"x" * (20_000 if long else 1)
    head = b'Content-Disposition: form-data; name="a"\r\n\r\n'
    body = b"--b\r\n" + head + content + b"\r\n--b" + after + b"\r\n" + head + b"y\r\n--b--\r\n"
    found = [part.content for part in multipart.parse(body, "b")]
    if after.strip():
        assert found == [content + b"\r\n--b" + after + b"\r\n" + head + b"y"]
    else:
        assert found == [content, b"y"]
