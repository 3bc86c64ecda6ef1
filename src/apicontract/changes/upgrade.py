"""What breaks of exchanges that somebody has, on which day, and what to use instead; and on which days nothing does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json, Operation
from apicontract.openapi.editions import Editions
from apicontract.openapi.life import REMOVED
from apicontract.openapi.marks import INSTEAD, SUNSET, Day
from apicontract.openapi.violation import Violation
from apicontract.wire.messages import Request

Side = Literal["request", "response"]


@dataclass(frozen=True, slots=True)
class Sent:
    """An exchange of a test or a recording, and what a contract says of it."""

    source: str
    """The file or the test."""
    line: int | None
    label: str
    request: Request = field(repr=False)
    judge: Callable[[Contract], Sequence[tuple[Side, Violation]]] = field(repr=False)


class Break(NamedTuple):
    """A violation that an exchange has from some day on."""

    sent: Sent
    day: Day
    """The first day on which it is wrong."""
    known_by: bool
    """Whether it happened by that day, and nobody knows when."""
    side: Side
    violation: Violation
    """What is wrong, as the last day has it; it names what to use instead, if the document does."""


class Deprecation(NamedTuple):
    """Something that an exchange uses, and that will go."""

    name: str
    """Such as `tasks.create` or `search.create form.threshold`."""
    instead: str | None
    day: Day | None
    """The day that is announced; `None` where none is."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What becomes of exchanges between two days."""

    start: Day
    end: Day
    sent: int
    wrong: int
    """How many are wrong on the first day already."""
    breaks: tuple[Break, ...]
    deprecated: tuple[Deprecation, ...]
    right: tuple[Day, ...]
    """The days since which everything is right, of those on which something changed, the oldest first."""


@dataclass(frozen=True, slots=True)
class Days:
    """The contracts of one API by day, each loaded when it is first needed."""

    editions: Editions
    load: Callable[[Day], Contract]
    _loaded: dict[Day, Contract] = field(default_factory=dict, repr=False)

    def contract(self, day: Day) -> Contract:
        """Return the contract of a day."""
        day = self.editions.in_force(day)
        if day not in self._loaded:
            self._loaded[day] = self.load(day)
        return self._loaded[day]

    def between(self, start: Day, end: Day) -> list[Day]:
        """Return the first of two days, and those after it on which something changed."""
        return [start, *(day for day in self.editions.days if start < day <= end)]


def upgrade(exchanges: Iterable[Sent], days: Days, start: Day, end: Day) -> Upgrade:
    """Say what breaks of exchanges from one day to another, and what they use that is deprecated on the last one."""
    exchanges = list(exchanges)
    between = days.between(start, end)
    every = days.between(days.editions.first, days.editions.newest)
    breaks: list[Break] = []
    wrong = 0
    for sent in exchanges:
        found = sent.judge(days.contract(end))
        before = sent.judge(days.contract(start)) if found else ()
        wrong += bool(before)
        known = {_key(side, violation) for side, violation in before}
        new = [(side, violation) for side, violation in found if _key(side, violation) not in known]
        breaks += _dated(sent, new, days, between)
    return Upgrade(
        start,
        end,
        len(exchanges),
        wrong,
        tuple(sorted(breaks, key=lambda one: one.day)),
        tuple(dict.fromkeys(one for sent in exchanges for one in deprecations(days.contract(end), sent.request))),
        tuple(day for day in every if not any(sent.judge(days.contract(day)) for sent in exchanges)),
    )


def _dated(sent: Sent, new: Sequence[tuple[Side, Violation]], days: Days, between: Sequence[Day]) -> Iterator[Break]:
    """Find since which day an exchange has each of its violations."""
    since = {_key(side, violation): between[-1] for side, violation in new}
    left = set(since)
    for day in reversed(between[1:]):
        here = {_key(side, violation) for side, violation in sent.judge(days.contract(day))} if left else set()
        left &= here
        since |= dict.fromkeys(left, day)
    for side, violation in new:
        day = since[_key(side, violation)]
        change = days.editions.changes.get(day)
        yield Break(sent, day, change is not None and change.by, side, violation)


def _key(side: Side, violation: Violation) -> tuple[str, ...]:
    """Return what is the same of a violation on every day: words and rule are another's where a day explains it."""
    return side, violation.where, violation.excerpt or ""


def deprecations(contract: Contract, request: Request) -> Iterator[Deprecation]:
    """Yield what a request uses that is deprecated: its operation, its parameters, the fields of its body."""
    reading = contract.read(request)
    if reading is None:
        return
    operation, document = reading.operation, contract.document
    if operation.deprecated:
        yield _deprecation(operation.id, document.at(operation.pointer))
    for parameter in operation.parameters:
        if parameter.name in reading.arguments.get(parameter.location, {}):
            node = document.at(parameter.pointer)
            if isinstance(node, Mapping) and node.get("deprecated") is True:
                yield _deprecation(f"{operation.id} {parameter.location}.{parameter.name}", node)
    yield from _fields(contract, operation, reading.arguments.get("body"))


def _fields(contract: Contract, operation: Operation, body: Json) -> Iterator[Deprecation]:
    contents = operation.request_body.content.values() if operation.request_body else ()
    for content in contents:
        schema, _ = contract.document.resolve(content.schema, content.schema_pointer)
        properties = schema.get("properties", {}) if isinstance(schema, Mapping) else {}
        for name in body if isinstance(body, Mapping) else ():
            node = properties.get(name)
            if isinstance(node, Mapping) and node.get("deprecated") is True:
                yield _deprecation(f"{operation.id} {name}", node)


def _deprecation(name: str, node: Mapping[str, Json]) -> Deprecation:
    return Deprecation(name, node.get(INSTEAD), node.get(SUNSET))


def lines(found: Upgrade) -> Iterator[str]:
    """Yield a report for reading."""
    for one in found.breaks:
        place = f"{one.sent.source}:{one.sent.line}" if one.sent.line else one.sent.source
        when = f"{'by ' if one.known_by else ''}{one.day}"
        yield f"{place}: {one.sent.label}"
        yield f"  {when}: the {one.side}: {_said(one)}"
    for what in found.deprecated:
        when = f"until {what.day}" if what.day else "no day yet"
        yield f"deprecated, {when}: {what.name}{f'; use {what.instead}' if what.instead else ''}"
    broken = len({id(one.sent) for one in found.breaks})
    wrong = f", {found.wrong} wrong before" if found.wrong else ""
    yield f"{found.sent} exchanges from {found.start} to {found.end}: {broken} break{wrong}"
    yield right_days(found.right)


def right_days(right: Sequence[Day]) -> str:
    """Say at which editions everything is right."""
    if not right:
        return "everything is right at no edition"
    if len(right) == 1:
        return f"everything is right at the edition of {right[0]} alone"
    return f"everything is right at editions from {right[0]} to {right[-1]}"


def _said(one: Break) -> str:
    violation = one.violation
    operation = f"{violation.operation}: " if violation.operation else ""
    rule = "" if violation.rule == REMOVED else f" [{violation.rule}]"
    return f"{operation}{violation.where}: {violation.message}{rule}"
