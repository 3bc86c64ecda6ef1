"""Read payload files one after the other, and check each payload."""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from io import BufferedReader, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from apicontract.cli import storage
from apicontract.cli.jobs import HERE, LOST, Here, Spread
from apicontract.cli.lines import lines
from apicontract.cli.outcomes import STDIN, CannotRun, Checked, Conforming, Judged, Outcome, Unreadable, moved
from apicontract.cli.progress import bytes_read
from apicontract.traffic import payloads
from apicontract.traffic.findings import Finding

if TYPE_CHECKING:
    from apicontract.checks.stream import CheckedEvent

LINE_SUFFIXES = (".ndjson", ".jsonl")
LARGE = 256 * 1024 * 1024
"""The size of the input, in bytes, from which it is worth starting several processes."""
SLICE = 8 * 1024 * 1024
"""The number of bytes of lines that one process checks at a time."""
_BLOCK = 1024 * 1024


class Columns(NamedTuple):
    """How to read files whose suffix does not say enough."""

    by_line: bool = False
    """Whether each line of any file is a payload."""
    column: str | None = None
    """The Parquet column with the payloads; `None` for the only one, or the one called `payload`."""


def validate(
    checker: payloads.PayloadChecker, files: Sequence[str], reading: Columns, spread: Spread = HERE
) -> Generator[Outcome]:
    """Check every payload of every file; `-` is standard input."""
    inputs = [_Input(file, source, *reading) for file, source in named(files)]
    total = total_size(files)
    with bytes_read(total) as advance:
        if spread.is_here((total or 0) >= LARGE):
            for given in inputs:
                yield from _checked_here(checker, given, advance)
        else:
            yield from _elsewhere(checker, inputs, spread, advance)


class _Input(NamedTuple):
    file: str
    source: str
    by_line: bool
    column: str | None

    @property
    def has_lines(self) -> bool:
        """Whether each line is a payload."""
        return self.by_line or Path(storage.uncompressed(self.file)).suffix.lower() in LINE_SUFFIXES

    @property
    def has_rows(self) -> bool:
        """Whether it is Parquet."""
        return Path(self.file).suffix.lower() in storage.ROW_SUFFIXES


def _checked_here(checker: payloads.PayloadChecker, given: _Input, advance: Callable[[int], None]) -> Iterator[Outcome]:
    """Check one file in this process."""
    source = given.source
    try:
        if given.has_rows:
            for group in range(storage.row_groups(given.file)):
                yield from _rows(checker, given, group)
            return
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
    except storage.Broken as error:
        yield Unreadable(source, str(error))


class _Whole(Here):
    """A file that is checked as a whole, in this process: a stream, or one that can be read only once."""

    def __init__(self, given: _Input) -> None:
        self.given = given


class _Part(NamedTuple):
    """A whole file, some of its lines, or a row group, which one process checks."""

    given: _Input
    begin: int = 0
    end: int | None = None
    """The end of a part with lines; `None` for anything else."""
    group: int | None = None


def _parts(checker: payloads.PayloadChecker, inputs: Sequence[_Input]) -> Iterator[_Part | Here]:
    """Divide files into parts for one process each; a file that cannot be opened is reported in its turn."""
    for given in inputs:
        try:
            if given.has_rows:
                yield from (_Part(given, group=group) for group in range(storage.row_groups(given.file)))
                continue
            size = storage.size(given.file)
            if size is None:
                yield _Whole(given)
                continue
            with opened(given.file) as stream:
                is_stream = checker.is_stream(stream.peek())
        except (OSError, storage.Broken):
            yield _Whole(given)
            continue
        if is_stream:
            yield _Whole(given)
        elif given.has_lines and storage.uncompressed(given.file) == given.file:
            for begin in range(0, size, SLICE):
                yield _Part(given, begin, min(begin + SLICE, size))
        else:
            yield _Part(given)


def _judge(checker: payloads.PayloadChecker, part: _Part) -> Judged:
    """Check a part, in any process."""
    given = part.given
    size = 0
    block: payloads.Block | None = None
    outcomes: list[Outcome] = []
    try:
        if part.group is not None:
            return Judged(list(_rows(checker, given, part.group)))
        if part.end is None:
            sizes: list[int] = []
            return Judged(list(_checked_here(checker, given, sizes.append)), 0, sum(sizes))
        with opened(given.file) as stream:
            for block in payloads.blocks(stream, begin=part.begin, end=part.end):
                for outcome in judged(checker, given.source, block):
                    _put(outcomes, outcome)
                size += block.size
    except OSError as error:
        outcomes.append(Unreadable(given.source, why(error)))
    except storage.Broken as error:
        outcomes.append(Unreadable(given.source, str(error)))
    return Judged(outcomes, 0 if block is None else block.line - 1 + block.lines, size)


def _put(outcomes: list[Outcome], outcome: Outcome) -> None:
    """Add the outcome of a block; conforming payloads are joined, so that little data is sent back."""
    last = outcomes[-1] if outcomes else None
    if isinstance(last, Conforming) and isinstance(outcome, Conforming):
        before, after = last.lines, outcome.lines
        if isinstance(before, range) and isinstance(after, range) and before.stop == after.start:
            outcomes[-1] = last._replace(lines=range(before.start, after.stop))
            return
    outcomes.append(outcome)


def _elsewhere(
    checker: payloads.PayloadChecker, inputs: Sequence[_Input], spread: Spread, advance: Callable[[int], None]
) -> Iterator[Outcome]:
    """Check files in several processes; the results and their order are the same as with one process."""
    before = 0
    identity = [checker.identity, SLICE, [(*given, storage.state(given.file)) for given in inputs]]
    for part, found in spread.results(partial(_judge, checker), _parts(checker, inputs), identity):
        if isinstance(part, _Whole):
            yield from _checked_here(checker, part.given, advance)
            continue
        result = found if isinstance(found, Judged) else _lost(part)
        before = before if part.begin else 0
        yield from (moved(outcome, before) for outcome in result.outcomes)
        before += result.lines
        advance(result.size)


def _rows(checker: payloads.PayloadChecker, given: _Input, group: int) -> Iterator[Outcome]:
    """Check the payloads of a row group."""
    unit = f"row group {group}, row"
    for first, numbers, wrong in storage.judged_rows(checker, given.file, group, given.column):
        after = 0
        for at, violations in wrong:
            if after < at:
                yield Conforming(given.source, [first + number for number in numbers[after:at]], unit)
            label = f"{unit} {first + numbers[at]}"
            findings = [Finding(v, given.source, None, label, "payload") for v in violations]
            yield Checked(given.source, None, label, findings)
            after = at + 1
        if after < len(numbers):
            rest = numbers[after:]
            plain = isinstance(rest, range)
            moved_on = range(first + rest[0], first + rest[-1] + 1) if plain else [first + number for number in rest]
            yield Conforming(given.source, moved_on, unit)


def _lost(part: _Part) -> Judged:
    """Return the outcome for a part that was not checked.

    Its lines are counted, so that later line numbers are right.
    """
    what = f"bytes {part.begin:,} to {part.end:,} were" if part.end is not None else "it was"
    what = what if part.group is None else f"row group {part.group} was"
    told: list[Outcome] = [Unreadable(part.given.source, f"{what} not checked: {LOST}")]
    if part.end is None:
        return Judged(told)
    with opened(part.given.file) as stream:
        lines = sum(block.lines for block in payloads.blocks(stream, begin=part.begin, end=part.end))
    return Judged(told, lines, part.end - part.begin)


def named(files: Sequence[str]) -> list[tuple[str, str]]:
    """Return each file with its name in results; raise `CannotRun` if standard input is given twice."""
    if files.count("-") > 1:
        raise CannotRun("standard input can be read once; give - one time")
    return [(file, STDIN if file == "-" else file) for file in files]


def why(error: OSError) -> str:
    """Return the system's message, without the path, which is reported separately."""
    text = error.strerror or str(error)
    hint = "; name the files in it" if isinstance(error, IsADirectoryError) else ""
    return f"{text[:1].lower()}{text[1:]}{hint}"


def total_size(files: Sequence[str]) -> int | None:
    """Return the number of bytes to read; `None` if it is unknown, as for a pipe."""
    total = 0
    for file in files:
        try:
            found = storage.size(file)
        except (OSError, storage.Broken):
            continue
        if found is None:
            return None
        total += found
    return total


def opened(file: str) -> AbstractContextManager[BufferedReader]:
    """Open a file: standard input for `-`, a local file, or one that only fsspec can read; `OSError` if that fails."""
    if storage.is_remote(file) or storage.uncompressed(file) != file:
        return storage.opened(file)
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
    """Check the payloads of a block; yield an outcome for each that does not conform, and one for those between."""
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
