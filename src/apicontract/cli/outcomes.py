"""The outcomes of inputs, and their summary, which decides the exit status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeAlias

from apicontract.traffic.findings import Finding

CONFORMS, VIOLATIONS, CANNOT_RUN = 0, 1, 2

STDIN = "<stdin>"
"""The name of standard input in place of a file."""


class CannotRun(Exception):
    """The command cannot run; the message has the reason, and what to do."""


class Checked(NamedTuple):
    """A payload or an exchange that was checked."""

    source: str
    line: int | None
    label: str
    findings: Sequence[Finding] = ()
    unknown: Sequence[str] = ()
    """The parts that could not be checked, because the input does not have them."""
    known: int = 0
    """The number of violations that a baseline let pass."""


class Conforming(NamedTuple):
    """Payloads of one file that all conform, one on each line."""

    source: str
    lines: Sequence[int]
    unit: str = "line"
    """The unit of the numbers: a line, from 1, or `row group 0, row`, from 0."""

    def label(self, number: int) -> str:
        """Return the name of one of them."""
        return f"{self.unit} {number}"


@dataclass(frozen=True, slots=True)
class Unrelated:
    """An exchange outside of the contract, such as one with another host."""

    source: str
    line: int | None
    label: str
    reason: str
    origin: str
    """Scheme and host of a request to another host; empty for any other."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file that is not of this API, if such files are permitted."""

    source: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that cannot be read, completely or after some place, or one entry of it, whose others can."""

    source: str
    reason: str
    line: int | None = None
    """The line on which the entry starts."""
    label: str = "file"
    """The name of the entry."""

    @property
    def is_entry(self) -> bool:
        """Whether the rest of the file can be read."""
        return self.label != "file"

    @property
    def place(self) -> str:
        """The file, and the line of an entry."""
        return self.source if self.line is None else f"{self.source}:{self.line}"

    @property
    def message(self) -> str:
        """The reason, with the name of an entry."""
        return f"{self.label} cannot be read: {self.reason}" if self.is_entry else self.reason


Outcome: TypeAlias = Checked | Conforming | Unrelated | PassedOver | Unreadable


class Judged(NamedTuple):
    """The outcomes of a part of the input."""

    outcomes: list[Outcome]
    """The outcomes, with lines numbered from 1 at the start of the part."""
    lines: int = 0
    size: int = 0
    """The number of bytes read."""


def moved(outcome: Outcome, lines: int) -> Outcome:
    """Return the outcome of a payload, moved down by a number of lines."""
    if isinstance(outcome, Conforming):
        numbers = outcome.lines
        more = range(numbers.start + lines, numbers.stop + lines) if isinstance(numbers, range) else None
        return outcome._replace(lines=[number + lines for number in numbers] if more is None else more)
    if not isinstance(outcome, Checked) or outcome.line is None or not lines:
        return outcome
    line = outcome.line + lines
    label = f"line {line}"
    findings = [replace(finding, line=line, label=label) for finding in outcome.findings]
    return outcome._replace(line=line, label=label, findings=findings)


@dataclass(slots=True)
class Group:
    """Exchanges in one file with one other host, or a single one without an operation."""

    first: Unrelated
    size: int = 0

    @property
    def title(self) -> str:
        """Its name for messages."""
        if self.size == 1:
            return self.first.label
        return f"{number(self.size, 'exchange')} with {self.first.origin}, the first is {self.first.label}"


class Groups:
    """Exchanges that belong to no operation, grouped by recording and host, in the order of the first of each."""

    def __init__(self) -> None:
        """Start with no groups."""
        self._found: dict[tuple[str, str], Group] = {}

    def add(self, outcome: Unrelated) -> None:
        """Count one."""
        key = (outcome.source, outcome.origin or f"{outcome.line} {outcome.label}")
        self._found.setdefault(key, Group(outcome)).size += 1

    def all(self) -> list[Group]:
        """Return the groups."""
        return list(self._found.values())


@dataclass(slots=True)
class Tally:
    """The number of inputs for each outcome; `unit` says what was checked, such as `payload`."""

    unit: str
    checked: int = 0
    broken: int = 0
    violations: int = 0
    known: int = 0
    unrelated: int = 0
    passed_over: int = 0
    unreadable: int = 0
    """The number of files that cannot be read, completely or after some place."""
    unread: int = 0
    """The number of entries that cannot be read, of files whose others can."""
    unknown: Counter[str] = field(default_factory=Counter)
    """The number of inputs with an unchecked part, by reason."""
    interrupted: bool = False

    def count(self, outcome: Outcome) -> None:
        """Count one outcome."""
        match outcome:
            case Checked():
                self.checked += 1
                if outcome.findings:
                    self.broken += 1
                    self.violations += len(outcome.findings)
                self.known += outcome.known
                self.unknown.update(dict.fromkeys(outcome.unknown, 1))
            case Conforming():
                self.checked += len(outcome.lines)
            case Unrelated():
                self.unrelated += 1
            case PassedOver():
                self.passed_over += 1
            case Unreadable(is_entry=True):
                self.unread += 1
            case Unreadable():
                self.unreadable += 1

    @property
    def status(self) -> int:
        """The exit status.

        If nothing was checked, that is not a success, because a wrong path or base URL has this effect, unless files
        may be of other APIs.
        """
        if self.unreadable or self.unread or self.interrupted or not (self.checked or self.passed_over):
            return CANNOT_RUN
        return VIOLATIONS if self.violations else CONFORMS

    def __str__(self) -> str:
        """Return the summary line."""
        said = f"{number(self.checked, self.unit)} checked"
        if self.violations:
            said += f", {number(self.violations, 'violation')} in {self.broken:,}"
        elif self.checked:
            said += f", no {'new ' if self.known else ''}violation"
        if self.known:
            said += f", {self.known:,} known"
        if self.unrelated:
            said += f"; {number(self.unrelated, self.unit)} of no operation, not checked"
        if self.passed_over:
            said += f"; {number(self.passed_over, 'file')} with nothing of this API"
        if self.unread:
            said += f"; {number(self.unread, self.unit)} cannot be read"
        if self.unreadable:
            said += f"; {number(self.unreadable, 'file')} cannot be read"
        return f"interrupted: {said}" if self.interrupted else said


def number(count: int, unit: str) -> str:
    """Return a number of things: `1 payload`, `2,000 payloads`."""
    return f"{count:,} {unit}{'' if count == 1 else 's'}"
