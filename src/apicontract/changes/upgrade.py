"""Find which exchanges break at a later edition, on which day, what to use instead, and on which days none breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json, Operation
from apicontract.openapi.editions import Editions
from apicontract.openapi.life import REMOVED
from apicontract.openapi.marks import INSTEAD, SUNSET, Day
from apicontract.openapi.violation import Violation, printable
from apicontract.wire.messages import Request

Side = Literal["request", "response"]


@dataclass(frozen=True, slots=True)
class Sent:
    """An exchange of a test or a recording, and its violations."""

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
    """The first day on which it is invalid."""
    known_by: bool
    """Whether the exact day is unknown, and it happened by that day."""
    side: Side
    violation: Violation
    """The violation on the last day; it names what to use instead, if the document does."""


class Wrong(NamedTuple):
    """A violation that an exchange has on the last day, and had on the first day already."""

    sent: Sent
    side: Side
    violation: Violation


class Deprecation(NamedTuple):
    """Something deprecated that an exchange uses."""

    name: str
    """Such as `tasks.create` or `search.create form.threshold`."""
    instead: str | None
    day: Day | None
    """The announced day of the removal; `None` if there is none."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The result of an upgrade between two days."""

    start: Day
    end: Day
    sent: int
    wrong: tuple[Wrong, ...]
    """The exchanges that are invalid on the last day, and were so on the first day already."""
    breaks: tuple[Break, ...]
    deprecated: tuple[Deprecation, ...]
    right: tuple[Day, ...]
    """The days, of those on which something changed, since which every exchange is valid, the oldest first."""


@dataclass(frozen=True, slots=True)
class Days:
    """The contracts of one API by day, each loaded on first use."""

    editions: Editions
    load: Callable[[Day], Contract]
    _loaded: dict[Day, Contract] = field(default_factory=dict, repr=False)

    def contract(self, day: Day) -> Contract:
        """Return the contract on a day."""
        day = self.editions.in_force(day)
        if day not in self._loaded:
            self._loaded[day] = self.load(day)
        return self._loaded[day]

    def between(self, start: Day, end: Day) -> list[Day]:
        """Return the first of two days, and the later ones on which something changed."""
        return [start, *(day for day in self.editions.days if start < day <= end)]


def upgrade(exchanges: Iterable[Sent], days: Days, start: Day, end: Day) -> Upgrade:
    """Find what breaks between two days, and what is deprecated on the last one."""
    exchanges = list(exchanges)
    between = days.between(start, end)
    every = days.between(days.editions.first, days.editions.newest)
    breaks: list[Break] = []
    wrong: list[Wrong] = []
    for sent in exchanges:
        found = sent.judge(days.contract(end))
        before = sent.judge(days.contract(start)) if found else ()
        known = {_key(side, violation) for side, violation in before}
        wrong += [Wrong(sent, side, violation) for side, violation in found if _key(side, violation) in known]
        new = [(side, violation) for side, violation in found if _key(side, violation) not in known]
        breaks += _dated(sent, new, days, between)
    return Upgrade(
        start,
        end,
        len(exchanges),
        tuple(wrong),
        tuple(sorted(breaks, key=lambda one: one.day)),
        tuple(dict.fromkeys(one for sent in exchanges for one in deprecations(days.contract(end), sent.request))),
        tuple(day for day in every if not any(sent.judge(days.contract(day)) for sent in exchanges)),
    )


def _dated(sent: Sent, new: Sequence[tuple[Side, Violation]], days: Days, between: Sequence[Day]) -> Iterator[Break]:
    """Find the day since which an exchange has each of its violations."""
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
    """Return the part of a violation that is the same on every day.

    Message and rule are left out, because they can be explanations.
    """
    return side, violation.where, violation.excerpt or ""


def deprecations(contract: Contract, request: Request) -> Iterator[Deprecation]:
    """Yield the deprecated things that a request uses: its operation, its parameters, the fields of its body."""
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


def report(found: Upgrade) -> dict[str, Json]:
    """Return an upgrade as JSON, without breaks that follow from another break of the same exchange."""
    kept = [one for one in found.breaks if not any(_follows(one, other) for other in found.breaks)]
    return {
        "from": found.start,
        "to": found.end,
        "exchanges": found.sent,
        "broken": len({id(one.sent) for one in kept}),
        "wrong_before": len({id(one.sent) for one in found.wrong}),
        "breaks": [
            {
                **_placed(one.sent),
                "day": one.day,
                "by": one.known_by,
                "side": one.side,
                "violation": _said(one.violation),
            }
            for one in kept
        ],
        "wrong": [{**_placed(one.sent), "side": one.side, "violation": _said(one.violation)} for one in found.wrong],
        "deprecated": [one._asdict() for one in found.deprecated],
        "right": list(found.right),
    }


def _placed(sent: Sent) -> dict[str, Json]:
    return {"source": sent.source, "line": sent.line, "exchange": sent.label}


def _follows(one: Break, other: Break) -> bool:
    """Return whether a break about a whole (`exactly one of video, image`) follows from the removal of a part of it."""
    return (
        (one.sent, one.day, one.side) == (other.sent, other.day, other.side)
        and one.violation.rule == other.violation.rule == REMOVED
        and other.violation.where.startswith(f"{one.violation.where}.")
    )


def merged(reports: Sequence[dict[str, Json]]) -> dict[str, Json]:
    """Merge the reports of parts of a run; at least one."""
    first = reports[0]
    counts = {key: sum(one[key] for one in reports) for key in ("exchanges", "broken", "wrong_before")}
    breaks = sorted((held for one in reports for held in one["breaks"]), key=lambda held: str(held["day"]))
    wrong = [held for one in reports for held in one["wrong"]]
    deprecated = {tuple(held.items()): held for one in reports for held in one["deprecated"]}
    right = [day for day in first["right"] if all(day in one["right"] for one in reports)]
    found = {"breaks": breaks, "wrong": wrong, "deprecated": list(deprecated.values()), "right": right}
    return {**first, **counts, **found}


def lines(found: Mapping[str, Json]) -> Iterator[str]:
    """Yield the lines of a report; the breaks of one exchange are grouped."""
    head = None
    for one in (*found["breaks"], *found["wrong"]):
        place = f"{one['source']}:{one['line']}" if one["line"] else one["source"]
        if head != (place, one["exchange"]):
            head = (place, one["exchange"])
            yield printable(f"{place}: {one['exchange']}")
        when = f"{'by ' if one['by'] else ''}{one['day']}" if "day" in one else f"on {found['from']} already"
        yield printable(f"  {when}: the {one['side']}: {one['violation']}")
    for what in found["deprecated"]:
        until = f"until {what['day']}" if what["day"] else "no day yet"
        instead = f"; use {what['instead']}" if what["instead"] else ""
        yield printable(f"deprecated, {until}: {what['name']}{instead}")
    sent, broken = found["exchanges"], found["broken"]
    wrong = f", {found['wrong_before']} wrong on {found['from']} already" if found["wrong_before"] else ""
    counted = f"{sent} exchange{'' if sent == 1 else 's'} from {found['from']} to {found['to']}"
    yield f"{counted}: {broken or 'none'} break{'s' if broken < 2 else ''}{wrong}"
    yield right_days(found["right"])


def right_days(right: Sequence[Day]) -> str:
    """Describe at which editions every exchange is valid."""
    if not right:
        return "no edition accepts every exchange"
    if len(right) == 1:
        return f"every exchange is valid at the edition of {right[0]} only"
    return f"every exchange is valid at editions from {right[0]} to {right[-1]}"


def _said(violation: Violation) -> str:
    operation = f"{violation.operation}: " if violation.operation else ""
    rule = "" if violation.rule == REMOVED else f" [{violation.rule}]"
    return f"{operation}{violation.where}: {violation.message}{rule}"
