"""Multipart: an independent parser sees exactly the parts that the document requires, whatever they contain."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.datastructures import FileStorage
from werkzeug.formparser import FormDataParser

from apicontract.openapi import media_types
from apicontract.openapi.facts import Shape
from apicontract.wire import forms
from apicontract.wire.multipart import Multipart, Part
from tests.laws.exchange import fields, same
from tests.laws.laws import law
from tests.laws.trial import Trial, World
from twelvelabs_contract import Operation
from twelvelabs_contract.strategies import RequestCase, Upload, boundary_cases, uploads, valid_requests


@dataclass(frozen=True)
class Seen:
    """A part, as the standard library's reader of e-mail sees it."""

    name: str
    content: bytes
    filename: str | None
    content_type: str | None
    headers: tuple[str, ...]


def read(body: bytes, content_type: str) -> list[Seen]:
    """Take a body apart with the standard library, which knows MIME from e-mail and nothing of us."""
    message = BytesParser(policy=compat32).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    parts = message.get_payload()
    if not isinstance(parts, list) or message.defects:
        raise ValueError(f"no multipart body: {message.defects}")
    return [_seen(part) for part in parts if isinstance(part, Message)]


def _seen(part: Message) -> Seen:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or part.defects:
        raise ValueError(f"no part: {part.defects}")
    head = Message()
    for key, value in part.raw_items():
        # E-mail has no letters beyond ASCII in its headers; forms have them as UTF-8 (RFC 7578, section 5.1).
        head[key] = str(value).encode("ascii", "surrogateescape").decode()
    name, filename = (head.get_param(key, header="content-disposition") for key in ("name", "filename"))
    kind = head.get("content-type")
    return Seen(_text(name) or "", content, _text(filename), kind, tuple(map(str.lower, head)))


def _text(value: Any) -> str | None:
    """Read a parameter as browsers write it, with three characters percent-encoded (WHATWG HTML)."""
    return None if value is None else str(value).replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")


def demanded(shapes: Mapping[str, Shape], body: Mapping[str, Any]) -> Iterator[tuple[str, Any, Shape]]:
    """Yield the parts that the document demands of the fields of a form: an array is one part an item."""
    for name, value in body.items():
        shape = shapes[name]
        for item in value if shape.is_array and isinstance(value, list) else [value]:
            yield name, item, shape.items if shape.is_array else shape


def fits(seen: Seen, value: Any, shape: Shape) -> bool:
    """Whether a part says a value."""
    if isinstance(value, Upload):
        typed = value.content_type is None or seen.content_type == value.content_type
        return seen.content == value.content and seen.filename == value.filename and typed
    text = seen.content.decode()
    if seen.filename is not None:
        return False
    if isinstance(value, str):
        return text == value
    if shape.is_object:
        return same(json.loads(text), value)
    if isinstance(value, bool):
        return text == ("true" if value else "false")
    return same(json.loads(text), value)


def _is_form(world: World, operation: Operation) -> bool:
    return operation.request_body is not None and media_types.FORM in operation.request_body.content


def _parts(trial: Trial, arguments: Mapping[str, Any]) -> list[Seen]:
    outcome = trial.call(arguments, trial.success(arguments))
    trial.require(outcome.error is None, "a valid form was refused")
    (request,) = outcome.requests
    try:
        return read(request.content, request.headers["content-type"])
    except ValueError as error:
        trial.require(condition=False, note=f"the body cannot be read: {error}")
        raise


@law("Multipart", "another reader of forms finds what ours finds", concerns=_is_form, subjects=False, examples=20)
def test_another_reader_finds_what_ours_finds(trial: Trial) -> None:
    """The form of any valid request, as werkzeug reads it, and as our reader does for the checker."""
    case = trial.draw(valid_requests(trial.contract, trial.operation.id))
    trial.on(case)
    request, shapes = case.request(), fields(trial.contract, trial.operation)
    kind, options = media_types.parse(request.headers.get("content-type") or "")
    other = FormDataParser(silent=False, stream_factory=lambda *_, **__: io.BytesIO())
    _, texts, files = other.parse(io.BytesIO(request.body), kind, len(request.body), dict(options))
    content = media_types.find(trial.operation.request_body.content, kind) if trial.operation.request_body else None
    ours: dict[str, Any] = {}
    if content is not None:
        ours = forms.decode_multipart(trial.contract.document, content, request.body, options["boundary"])[0]
    trial.require({*texts, *files} == ours.keys(), f"{[*texts, *files]} is read in place of {[*ours]}")
    for name, value, shape in demanded(shapes, ours):
        seen = files.getlist(name) if shape.is_file else texts.getlist(name)
        found = [_text(one.filename) or "" if isinstance(one, FileStorage) else one for one in seen]
        trial.require(any(_says(text, value, shape) for text in found), f"{name} is read as {found}, of {value!r}")


def _says(text: str, value: Any, shape: Shape) -> bool:
    """Whether a text of a form says a value; that of a file is its name."""
    if isinstance(value, str):
        return text == value
    return same(json.loads(text), value)


@law("Multipart", "the parts are those that the document demands", concerns=_is_form, examples=20)
def test_the_parts_are_those_that_the_document_demands(trial: Trial) -> None:
    """Repeated keys, lower-case booleans, numbers that read back equal, JSON text; no part for an absent value."""
    case = trial.draw(valid_requests(trial.contract, trial.operation.id))
    shapes, body = fields(trial.contract, trial.operation), case.arguments["body"]
    expected = list(demanded(shapes, body))
    parts = _parts(trial, case.arguments)
    found = sorted(part.name for part in parts)
    trial.require(found == sorted(name for name, _, _ in expected), f"parts {found}, of {body!r}")
    for name in shapes:
        seen = [part for part in parts if part.name == name]
        wanted = [(value, shape) for other, value, shape in expected if other == name]
        for part, (value, shape) in zip(seen, wanted, strict=True):
            trial.parameter = f"form.{name}"
            trial.require(fits(part, value, shape), f"{part} arrived in place of {value!r}")
            trial.require(set(part.headers) <= {"content-disposition", "content-type"}, f"headers {part.headers}")


def _files(world: World, operation: Operation) -> list[str]:
    return [name for name, shape in fields(world.contract, operation).items() if shape.is_file]


def _uploads(world: World, operation: Operation) -> bool:
    return _is_form(world, operation) and bool(_files(world, operation))


def _with_file(trial: Trial, file: object) -> tuple[str, dict[str, Any]]:
    """Return the name of a file field, and arguments in which it is the given file."""
    names = _files(trial.world, trial.operation)
    for case in boundary_cases(trial.contract, trial.operation.id):
        body = case.arguments["body"]
        for name in names:
            if name in body:
                trial.parameter = f"form.{name}"
                return name, {**case.arguments, "body": {**body, name: file}}
    raise LookupError(trial.operation.id)


@law("Multipart", "any file arrives whole, and its name injects nothing", concerns=_uploads, examples=8)
def test_any_file_arrives_whole(trial: Trial) -> None:
    """Names with quotes, line ends and any letters; contents that are empty, large, or look like a boundary."""
    upload = trial.draw(uploads())
    name, arguments = _with_file(trial, upload)
    parts = _parts(trial, arguments)
    trial.require(len(parts) == len(arguments["body"]), f"{len(parts)} parts: {parts}")
    (seen,) = [part for part in parts if part.name == name]
    shape = fields(trial.contract, trial.operation)[name]
    trial.require(fits(seen, upload, shape), f"{seen} arrived in place of {upload!r}")
    trial.require(set(seen.headers) == {"content-disposition", "content-type"}, f"headers {seen.headers}")


LARGE = 24 * 1024 * 1024
LITTLE = 4 * 1024 * 1024


class Zeros(io.RawIOBase):
    """A large file that is held nowhere."""

    def __init__(self) -> None:
        """Begin at the beginning."""
        self._at = 0

    def readable(self) -> bool:
        """Say that it is."""
        return True

    def seekable(self) -> bool:
        """Say that it is."""
        return True

    def tell(self) -> int:
        """Return where it stands."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go somewhere."""
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: LARGE}[whence]
        return self._at

    def read(self, size: int = -1) -> bytes:
        """Read zeros."""
        length = LARGE - self._at if size < 0 else min(size, LARGE - self._at)
        self._at += length
        return bytes(length)


def _one(world: World, operation: Operation) -> Sequence[RequestCase]:
    return boundary_cases(world.contract, operation.id)[:1]


@law("Multipart", "a large upload stays in constant memory", concerns=_uploads, cases=_one)
def test_a_large_upload_stays_in_constant_memory(trial: Trial) -> None:
    """It is read as it is sent, and its length is known beforehand."""
    _, arguments = _with_file(trial, ("large.mp4", Zeros(), "video/mp4"))
    sizes: list[int] = []
    _, small = _with_file(trial, ("small.mp4", b"x", "video/mp4"))
    trial.call(small, trial.success(small))  # so that what the first call of all loads is there
    tracemalloc.start()
    try:
        outcome = trial.call(arguments, trial.success(arguments), drain=lambda chunk: sizes.append(len(chunk)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    trial.require(outcome.error is None, "the upload was refused")
    trial.require(sum(sizes) == int(outcome.requests[0].headers["content-length"]), "the length is wrong")
    trial.require(sum(sizes) > LARGE, f"{sum(sizes)} bytes were sent")
    trial.require(peak < LITTLE, f"{peak} bytes of memory were in use")


BOUNDARIES = st.from_regex(r"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]", fullmatch=True)
"""RFC 2046, section 5.1.1."""


@example(boundary=" 0", before=b"", after=b"")
@given(boundary=BOUNDARIES, before=st.binary(max_size=20), after=st.binary(max_size=20))
def test_a_content_may_hold_the_boundary(boundary: str, before: bytes, after: bytes) -> None:
    """Any boundary of the grammar frames any content, also one that holds the delimiter within a line."""
    content = b"x" + before.replace(b"\n", b"").replace(b"\r", b"") + b"--" + boundary.encode() + after
    form = Multipart([Part("a", content, "a.bin", "video/mp4"), Part("b", b"text")], boundary)
    first, second = read(b"".join(form.chunks()), form.content_type)
    assert (first.name, first.content, first.filename) == ("a", content, "a.bin")
    assert (second.name, second.content, second.filename) == ("b", b"text", None)
    assert media_types.parse(form.content_type)[1] == {"boundary": boundary}
