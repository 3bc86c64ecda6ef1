"""Payload files, opened one after the other, and what the contract says of each payload."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from io import BufferedReader, FileIO
from pathlib import Path
from typing import Any

from apicontract.checks.stream import CheckedEvent
from apicontract.cli.lines import lines
from apicontract.cli.outcomes import STDIN, CannotRun, Checked, Conforming, Outcome, Unreadable
from apicontract.cli.progress import bytes_read
from apicontract.traffic import payloads
from apicontract.traffic.findings import Finding

LINE_SUFFIXES = (".ndjson", ".jsonl")
_BLOCK = 1024 * 1024


def validate(checker: payloads.PayloadChecker, files: Sequence[str], *, by_line: bool) -> Generator[Outcome]:
    """Check every payload of every file; `-` is standard input."""
    inputs = named(files)
    with bytes_read(_total_size(files)) as advance:
        for file, source in inputs:
            try:
                with opened(file) as stream:
                    if checker.is_stream(stream.peek()):
                        yield from (_event(source, event) for event in checker.stream(stream, advance))
                        continue
                    each = by_line or Path(file).suffix.lower() in LINE_SUFFIXES
                    if each:
                        for block in payloads.blocks(stream):
                            yield from judged(checker, source, block)
                            advance(block.size)
                        continue
                    payload = payloads.document(stream)
                    yield _checked(checker, source, payload)
                    advance(payload.size)
            except OSError as error:
                yield Unreadable(source, why(error))


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


def _total_size(files: Sequence[str]) -> int | None:
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
