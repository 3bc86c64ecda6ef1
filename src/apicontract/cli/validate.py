"""Payload files, opened one after the other, and what the contract says of each payload."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any, NamedTuple

from apicontract.checks.stream import CheckedEvent
from apicontract.cli.jobs import LOST, Died, Here, cores, in_order
from apicontract.cli.lines import lines
from apicontract.cli.outcomes import STDIN, CannotRun, Checked, Conforming, Outcome, Unreadable, moved
from apicontract.cli.progress import bytes_read
from apicontract.traffic import payloads
from apicontract.traffic.findings import Finding

LINE_SUFFIXES = (".ndjson", ".jsonl")
LARGE = 256 * 1024 * 1024
"""From how many bytes on several processes are worth their start."""
SLICE = 8 * 1024 * 1024
"""How many bytes of lines one process checks at a time."""
_BLOCK = 1024 * 1024


def validate(
    checker: payloads.PayloadChecker, files: Sequence[str], *, by_line: bool, jobs: int | None = None
) -> Generator[Outcome]:
    """Check every payload of every file; `-` is standard input.

    `jobs` is how many processes do it; `None` for as many as the machine has cores where there is much to do.
    """
    inputs = [_Input(file, source, by_line) for file, source in named(files)]
    total = total_size(files)
    jobs = jobs or (cores() if (total or 0) >= LARGE else 1)
    with bytes_read(total) as advance:
        if jobs == 1:
            for given in inputs:
                yield from _checked_here(checker, given, advance)
        else:
            yield from _in_processes(checker, inputs, jobs, advance)


class _Input(NamedTuple):
    file: str
    source: str
    by_line: bool

    @property
    def has_lines(self) -> bool:
        """Whether each line is a payload."""
        return self.by_line or Path(self.file).suffix.lower() in LINE_SUFFIXES


def _checked_here(checker: payloads.PayloadChecker, given: _Input, advance: Callable[[int], None]) -> Iterator[Outcome]:
    """Check one file in this process."""
    source = given.source
    try:
        with opened(given.file) as stream:
            if checker.is_stream(stream.peek()):
                yield from (_event(source, event) for event in checker.stream(stream, advance))
            elif given.has_lines:
                for block in payloads.blocks(stream):
                    yield from judged(checker, source, block)
                    advance(block.size)
            else:
                payload = payloads.document(stream)
                yield _checked(checker, source, payload)
                advance(payload.size)
    except OSError as error:
        yield Unreadable(source, why(error))


class _Whole(Here):
    """A file that is checked in one piece, in this process: a stream, or what can be read once."""

    def __init__(self, given: _Input) -> None:
        self.given = given


class _Slice(NamedTuple):
    """Some lines of a file, or a file that is one payload."""

    given: _Input
    begin: int = 0
    end: int | None = None
    """`None` for a file that is one payload."""


class _Judged(NamedTuple):
    outcomes: list[Outcome]
    """With lines numbered from 1."""
    lines: int
    size: int


def _slices(checker: payloads.PayloadChecker, inputs: Sequence[_Input]) -> Iterator[_Slice | Here]:
    """Cut files into what one process does at a time; a file that cannot be opened is told where its turn comes."""
    for given in inputs:
        try:
            status = os.stat(given.file) if given.file != "-" else None
            if status is None or not stat.S_ISREG(status.st_mode):
                yield _Whole(given)
                continue
            with opened(given.file) as stream:
                is_stream = checker.is_stream(stream.peek())
        except OSError:
            yield _Whole(given)
            continue
        if is_stream:
            yield _Whole(given)
        elif given.has_lines:
            for begin in range(0, status.st_size, SLICE):
                yield _Slice(given, begin, min(begin + SLICE, status.st_size))
        else:
            yield _Slice(given)


def _judge(checker: payloads.PayloadChecker, part: _Slice) -> _Judged:
    """Check a slice, in whatever process."""
    file, source, _ = part.given
    if part.end is None:
        sizes: list[int] = []
        outcomes = list(_checked_here(checker, part.given, sizes.append))
        return _Judged(outcomes, 0, sum(sizes))
    outcomes, count, size = [], 0, 0
    try:
        with opened(file) as stream:
            for block in payloads.blocks(stream, begin=part.begin, end=part.end):
                outcomes += judged(checker, source, block)
                count += block.lines
                size += block.size
    except OSError as error:
        outcomes.append(Unreadable(source, why(error)))
    return _Judged(outcomes, count, size)


def _in_processes(
    checker: payloads.PayloadChecker, inputs: Sequence[_Input], jobs: int, advance: Callable[[int], None]
) -> Iterator[Outcome]:
    """Check files in several processes; what is told, and its order, is what one would tell."""
    before = 0
    for part, found in in_order(partial(_judge, checker), _slices(checker, inputs), jobs):
        if isinstance(part, _Whole):
            yield from _checked_here(checker, part.given, advance)
            continue
        assert isinstance(part, _Slice)  # noqa: S101 - there is nothing else
        result: _Judged = found
        if isinstance(found, Died):
            result = _Judged([_lost(part)], 0 if part.end is None else _count(part), (part.end or 0) - part.begin)
        before = before if part.begin else 0
        yield from (moved(outcome, before) for outcome in result.outcomes)
        before += result.lines
        advance(result.size)


def _lost(part: _Slice) -> Unreadable:
    what = "it was" if part.end is None else f"bytes {part.begin:,} to {part.end:,} were"
    return Unreadable(part.given.source, f"{what} not checked: {LOST}")


def _count(part: _Slice) -> int:
    """Count the lines of a slice that was not checked, so that those after it have their numbers."""
    with opened(part.given.file) as stream:
        return sum(block.lines for block in payloads.blocks(stream, begin=part.begin, end=part.end))


def named(files: Sequence[str]) -> list[tuple[str, str]]:
    """Return each file and what it is called in a result; `CannotRun` for standard input twice."""
    if files.count("-") > 1:
        raise CannotRun("standard input can be read once; give - one time")
    return [(file, STDIN if file == "-" else file) for file in files]


def why(error: OSError) -> str:
    """Say what the system says, without the path, which is reported beside it."""
    text = error.strerror or str(error)
    hint = "; name the files in it" if isinstance(error, IsADirectoryError) else ""
    return f"{text[:1].lower()}{text[1:]}{hint}"


def total_size(files: Sequence[str]) -> int | None:
    """Return how many bytes there are to read; `None` where that is not known before, as of a pipe."""
    total = 0
    for file in files:
        try:
            status = os.stat(file) if file != "-" else os.fstat(0)
        except OSError:
            continue
        if not stat.S_ISREG(status.st_mode):
            return None
        total += status.st_size
    return total


def opened(file: str) -> AbstractContextManager[BufferedReader]:
    """Open a file, or standard input for `-`."""
    if file != "-":
        return BufferedReader(FileIO(file), _BLOCK)
    if sys.stdin is None or sys.stdin.closed:
        raise OSError("standard input is closed")
    given: Any = sys.stdin.buffer
    return nullcontext(given if isinstance(given, BufferedReader) else BufferedReader(given))


def _event(source: str, event: CheckedEvent) -> Checked:
    label = f"line {event.line}"
    return Checked(
        source, event.line, label, [Finding(v, source, event.line, label, "payload") for v in event.violations]
    )


def judged(checker: payloads.PayloadChecker, source: str, block: payloads.Block) -> Iterator[Outcome]:
    """Judge the payloads of a block, each that does not conform by itself, and those between together."""
    if block.text is None:
        yield _checked(checker, source, payloads.Payload(block.line, None, block.size))
        return
    numbers, texts = block.payloads()
    after = 0
    for at, violations in checker.wrong(texts, numbers.__getitem__):
        if after < at:
            yield Conforming(source, numbers[after:at])
        line, label = numbers[at], f"line {numbers[at]}"
        yield Checked(source, line, label, [Finding(v, source, line, label, "payload") for v in violations])
        after = at + 1
    if after < len(numbers):
        yield Conforming(source, numbers[after:])


def _checked(checker: payloads.PayloadChecker, source: str, payload: payloads.Payload) -> Checked:
    label = "document" if payload.line is None else f"line {payload.line}"
    found = checker(payload)
    at = lines(payload.text, {v.where for v in found}) if found and payload.text and payload.line is None else {}
    findings = [Finding(v, source, payload.line or at.get(v.where), label, "payload") for v in found]
    return Checked(source, payload.line, label, findings)
