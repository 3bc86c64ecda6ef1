"""Event streams that break: each fault once, with what the checker must report of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeAlias

from hypothesis import assume
from hypothesis import strategies as st

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json
from apicontract.openapi.violation import where
from apicontract.strategies.contract_strategies import ContractStrategies, strategies_of
from apicontract.strategies.instance_strategies import Strategy
from apicontract.strategies.request_case import Broken
from apicontract.strategies.streams import EventStrategies, EventStream, event_strategies, sequences, written
from apicontract.values.constraints import Schema
from apicontract.values.events import holder_of, share
from apicontract.values.negation import undeclared_name
from apicontract.values.violating import Mutation

BAD_LINES = (
    b"oops",
    b"{",
    b'{"a": 1,}',
    b'{"a": 1} {"b": 2}',
    b"{'a': 1}",
    b'{"a": NaN}',
    b'{"a": "\x01"}',
    b'{"a": "\xff"}',
    b"data: {}",
    b"\xef\xbb\xbf",
)
"""Lines that are no JSON: words, a cut, trailing commas, two values, other quotes, NaN, a bare control character, bytes
that are no UTF-8, server-sent events, a byte order mark."""

Lines: TypeAlias = list[Json | bytes]
Faulty: TypeAlias = tuple[Lines, int, tuple[Broken, ...]]
"""The lines of a stream, how many of them come before the fault, and what is wrong."""
Fault: TypeAlias = Callable[[st.DrawFn, EventStrategies, Lines], Faulty]
"""Breaks the events of a valid stream."""


def broken_event_streams(contract: Contract, operation: str) -> st.SearchStrategy[EventStream]:
    """Return the strategy for event streams that break in one place.

    They are truncated (after an event, or in the last line), reordered, go on after the end, or have an unknown event,
    one without its kind, a bad line, a value that its schema refuses, or a value that should be shared and is not.
    `tags` says what the checker must report, `events` what comes before the fault. Raises as `event_streams` does.
    """
    built, origin = strategies_of(contract), event_strategies(contract, operation)
    key = "broken streams", operation
    if key not in built.cache:
        built.cache[key] = list(_faults(built, origin))
    return _broken(origin, _Faults(built.cache[key]))


class _Faults(list[Fault]):
    """The faults of a stream, which would fill pages."""

    def __repr__(self) -> str:
        return f"<{len(self)} faults>"


@st.composite
def _broken(draw: st.DrawFn, origin: EventStrategies, faults: _Faults) -> EventStream:
    fault = draw(st.sampled_from(faults))
    lines, good, tags = fault(draw, origin, draw(sequences(origin)))
    body, numbers = draw(written(lines, origin.declared.framing))
    if fault is _cut:
        body = body.rstrip()
        body = body[: draw(st.integers(body.rfind(b"\n") + 2, len(body) - 1))]
    line = numbers[min(good, len(numbers) - 1)] if numbers else 0
    declared, name = origin.declared, origin.declared.content.name
    return EventStream(declared.operation.id, declared.status, tuple(lines[:good]), body, tags, line, name)


def _faults(built: ContractStrategies, origin: EventStrategies) -> Iterator[Fault]:
    yield _bad_line
    if origin.declared.streaming:
        yield from (_truncated, _cut, _without_first, _second_first, _reordered, _after_the_end)
        holders = dict(_holders(built, origin))
        if origin.declared.shared and len(holders) > 1:
            yield partial(_differing, built, holders)
    if origin.declared.tag:
        yield from (_unknown_kind, _without_kind, _no_object)
        mutations = [
            (kind, found) for kind, branch in origin.declared.kinds.items() for found in built.mutations.of(branch)
        ]
        reported = [(kind, found) for kind, found in mutations if found.path and found.path[0] != origin.declared.tag]
        if reported:
            yield partial(_mutation, built, reported)


def _holders(built: ContractStrategies, origin: EventStrategies) -> Iterator[tuple[str, Strategy]]:
    """Yield the kinds of events that can have the shared value, with the strategy for those that do."""
    holding: Schema = True
    for step in reversed(origin.declared.shared):
        holding = {"required": [step], "properties": {step: holding}}
    for kind, branch in origin.declared.kinds.items():
        meant = {"type": "object", "properties": {origin.declared.tag: {"const": kind}}}
        if built.alternatives.possible(branch, holding, meant):
            yield kind, built.instances.of(branch, holding, meant)


# Lines that are wrong by themselves


def _insert(
    draw: st.DrawFn, origin: EventStrategies, events: Lines, line: Json | bytes, rule: str, *steps: str
) -> Faulty:
    """Insert a line after the first event and before the last, or anywhere if there is no order."""
    low, high = (1, len(events) - 1) if origin.declared.streaming else (0, len(events))
    index = draw(st.integers(low, high))
    tag = Broken(where(f"event[{index}]", steps), rule, f"event {index} is {line!r}")
    return [*events[:index], line, *events[index:]], index, (tag,)


def _bad_line(draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    return _insert(draw, origin, events, draw(st.sampled_from(BAD_LINES)), "encoding")


def _unknown_kind(draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    tag = origin.declared.tag
    event = {tag: undeclared_name(dict(origin.declared.kinds))}
    return _insert(draw, origin, events, event, origin.declared.union, tag)


def _without_kind(draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    return _insert(draw, origin, events, {}, "missing", origin.declared.tag)


def _no_object(draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    return _insert(draw, origin, events, draw(st.sampled_from([5, "text", [], None, True])), origin.declared.union)


def _mutation(
    built: ContractStrategies,
    mutations: list[tuple[str, Mutation]],
    draw: st.DrawFn,
    origin: EventStrategies,
    events: Lines,
) -> Faulty:
    """Put in an event that its schema refuses: in place of the first or the last, or between them."""
    kind, mutation = mutations[draw(st.integers(0, len(mutations) - 1))]
    tag, shared = origin.declared.tag, origin.declared.shared
    event = draw(built.instances.of(mutation.schema, {"required": [tag], "properties": {tag: {"const": kind}}}))
    streaming = origin.declared.streaming
    if streaming and kind == streaming.first:
        lines, index = [event, *events[1:]], 0
    elif streaming and kind in streaming.last:
        lines, index = [*events[:-1], event], len(events) - 1
    else:
        lines, index, _ = _insert(draw, origin, events, event, mutation.rule)
    if mutation.path == origin.declared.shared:
        # The broken value is not what the others share, and that would be reported as well.
        for holder in (
            found for line in lines if line is not event and (found := holder_of(line, origin.declared.shared))
        ):
            del holder[origin.declared.shared[-1]]
        valid = built.validators.at(origin.declared.content.schema_pointer).is_valid
        assume(all(valid(line) for line in lines if line is not event))
    else:
        share(lines, shared)
    return lines, index, (Broken(where(f"event[{index}]", mutation.path), mutation.rule, mutation.about),)


def _differing(
    built: ContractStrategies, holders: Mapping[str, Strategy], draw: st.DrawFn, origin: EventStrategies, events: Lines
) -> Faulty:
    """Give one event another value where all share one."""
    tag, shared = origin.declared.tag, origin.declared.shared
    kinds = [str(event[tag]) for event in events if isinstance(event, dict)]
    if len(holders.keys() & set(kinds)) < 2:
        between = [kind for kind in holders if kind not in kinds]
        kinds[1:1] = [draw(st.sampled_from(between))]
    whole = {kind: origin.values[kind] for kind in kinds}
    lines: Lines = [draw(holders.get(kind, whole[kind])) for kind in kinds]
    share(lines, shared)
    index = draw(st.sampled_from([i for i, line in enumerate(lines) if holder_of(line, shared)][1:]))
    holder = holder_of(lines[index], shared) or {}
    value = holder[shared[-1]]
    holder[shared[-1]] = f"{value}s" if isinstance(value, str) else draw(built.instances.of(True))
    valid = built.validators.at(origin.declared.content.schema_pointer).is_valid
    assume(valid(lines[index]) and holder[shared[-1]] not in (value, None))
    place = where(f"event[{index}]", shared)
    return lines, index, (Broken(place, "sequence", f"another {shared[-1]} than in the events before"),)


# The order of events


def _sequence(index: int) -> Broken:
    return Broken(f"event[{index}]", "sequence", f"event {index} is out of order")


def _truncation(index: int) -> Broken:
    return Broken(f"event[{index}]", "truncated", f"the stream ends after {index} events")


def _truncated(draw: st.DrawFn, _origin: EventStrategies, events: Lines) -> Faulty:
    count = draw(st.integers(0, len(events) - 1))
    return events[:count], count, (_truncation(count),)


def _cut(_draw: st.DrawFn, _origin: EventStrategies, events: Lines) -> Faulty:
    """Leave the cut to who has the bytes: the last line loses its end."""
    last = len(events) - 1
    return events, last, (Broken(f"event[{last}]", "encoding", "the last line is cut"), _truncation(last + 1))


def _without_first(_draw: st.DrawFn, _origin: EventStrategies, events: Lines) -> Faulty:
    return events[1:], 0, (_sequence(0),)


def _second_first(draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    lines, index, _ = _insert(draw, origin, events, draw(_kind(origin, "first")), "sequence")
    share(lines, origin.declared.shared)
    return lines, index, (_sequence(index),)


def _reordered(_draw: st.DrawFn, _origin: EventStrategies, events: Lines) -> Faulty:
    return [events[1], events[0], *events[2:]], 0, (_sequence(0), _sequence(1))


def _after_the_end(draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    lines = [*events, draw(st.one_of(list(origin.values.values())))]
    share(lines, origin.declared.shared)
    return lines, len(events), (_sequence(len(events)),)


def _kind(origin: EventStrategies, end: str) -> Strategy:
    """Return the strategy for the first or the last event."""
    return origin.values[getattr(origin.declared.streaming, end)]
