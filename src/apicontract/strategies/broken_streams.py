"""Event streams that break: one fault each, with the rule that the checker must report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from functools import partial
from typing import Any, TypeAlias

from hypothesis import assume
from hypothesis import strategies as st

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json, Streaming
from apicontract.openapi.violation import where
from apicontract.strategies.contract_strategies import ContractStrategies, strategies_of
from apicontract.strategies.instance_strategies import Strategy
from apicontract.strategies.request_case import Broken
from apicontract.strategies.streams import (
    EventStrategies,
    EventStream,
    Raw,
    dressed,
    event_strategies,
    mark_of,
    sequence,
    survives,
    written,
)
from apicontract.values.constraints import Schema
from apicontract.values.events import holder_of, number, share
from apicontract.values.negation import undeclared_name
from apicontract.values.violating import Mutation
from apicontract.wire.framing import Framing

NO_UTF8 = b'{"a": "\xff"}'
BAD_TEXTS = (
    b"oops",
    b"{",
    b'{"a": 1,}',
    b'{"a": 1} {"b": 2}',
    b"{'a': 1}",
    b'{"a": NaN}',
    b'{"a": "\x01"}',
    NO_UTF8,
    b"data: {}",
    b"\xef\xbb\xbf",
)
"""Invalid JSON: words, a truncated value, trailing commas, two values, single quotes, NaN, an unescaped control
character, bytes that are not UTF-8, server-sent events, a byte order mark."""

Lines: TypeAlias = list[Json | bytes | Raw]
Faulty: TypeAlias = tuple[Lines, int, tuple[Broken, ...]]
"""The events of a stream, how many of them come before the fault, and the fault."""
Fault: TypeAlias = Callable[[st.DrawFn, EventStrategies, Lines], Faulty]
"""Breaks the events of a valid stream."""


def broken_event_streams(contract: Contract, operation: str) -> st.SearchStrategy[EventStream]:
    """Return the strategy for event streams that break in one place.

    They are truncated (after an event, or within the last one), reordered, continue after the end, or have an unknown
    event, one without its type or with another one on its `event` line, invalid JSON, a value that violates its schema,
    a number that does not grow, or a shared value that differs. `tags` has the rules that the checker must report,
    `events` the events before the fault. Raises as `event_streams` does.
    """
    built, origin = strategies_of(contract), event_strategies(contract, operation)
    key = "broken streams", operation
    if key not in built.cache:
        built.cache[key] = _broken(origin, _Faults(_faults(built, origin)))
    strategy: st.SearchStrategy[EventStream] = built.cache[key]
    return strategy


class _Faults:
    """The faults of a stream, with a short `repr`, and the strategy for one of them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self._faults = tuple(faults)
        self.one = st.sampled_from(self._faults)

    def __repr__(self) -> str:
        return f"<{len(self._faults)} faults>"


@st.composite
def _broken(draw: st.DrawFn, origin: EventStrategies, faults: _Faults) -> EventStream:
    fault = draw(faults.one)
    declared, framing = origin.declared, origin.declared.framing
    lines, good, tags = fault(draw, origin, [deepcopy(event) for event in sequence(draw, origin)])
    body, numbers, last = written(draw, lines, origin)
    if fault is _cut:
        start, stop = last
        start += body[start:stop].rfind(b"\n") + 1 if not framing.open_ended else 0  # a comment is not part of an event
        body = body[: draw(st.integers(start + 1, stop - 1))]
    body = dressed(draw, body, origin)
    line = numbers[min(good, len(numbers) - 1)] if numbers else 0
    events = tuple(event for event in lines[:good] if not isinstance(event, Raw))
    name = declared.content.name
    return EventStream(declared.operation.id, declared.status, events, body, tags, line, name)


def _faults(built: ContractStrategies, origin: EventStrategies) -> Iterator[Fault]:
    declared, streaming = origin.declared, origin.declared.streaming or Streaming()
    yield _bad_text
    if not declared.framing.opaque:
        yield _no_number
    yield from _faults_of_order(declared.framing, streaming)
    holders = dict(_holders(built, origin)) if declared.shared else {}
    if len(holders) > 1:
        yield partial(_differing, built, holders)
    if declared.tag and not declared.framing.opaque:
        yield _no_object
        if streaming.event != "line":
            yield _without_kind
        if streaming.event == "both":
            yield _other_kind
        if not streaming.open:
            yield _unknown_kind
    mutations = [(kind, found) for kind, branch in declared.kinds.items() for found in built.mutations.of(branch)]
    tag = declared.tag
    tagged = {kind: {"required": [tag], "properties": {tag: {"const": kind}}} for kind in declared.kinds}
    reported = [(kind, found, tagged[kind]) for kind, found in mutations if found.path and found.path[0] != tag]
    if reported:
        yield partial(_mutation, built, reported)


def _faults_of_order(framing: Framing, streaming: Streaming) -> Iterator[Fault]:
    if streaming.ends:
        yield _truncated
    if streaming.ends or not framing.open_ended:
        yield _cut
    if streaming.first:
        yield from (_without_first, _second_first, _reordered)
    if streaming.last:
        yield _after_the_end
    if framing.mark:
        yield from (_without_mark, _early_mark, _after_the_mark, _second_mark)
    if streaming.number:
        yield _shrinking


def _holders(built: ContractStrategies, origin: EventStrategies) -> Iterator[tuple[str, Strategy]]:
    """Yield the types of events that can have the shared value, with the strategy for those that do."""
    holding: Schema = True
    for step in reversed(origin.declared.shared):
        holding = {"required": [step], "properties": {step: holding}}
    for kind, branch in origin.declared.kinds.items():
        meant = {"type": "object", "properties": {origin.declared.tag: {"const": kind}}}
        if built.alternatives.possible(branch, holding, meant):
            yield kind, built.instances.of(branch, holding, meant)


# Events that are invalid themselves


def _insert(
    draw: st.DrawFn, origin: EventStrategies, events: Lines, line: Json | bytes | Raw, rule: str, *steps: str
) -> Faulty:
    """Insert an event after the first and before the last, or anywhere if the stream has no order."""
    streaming = origin.declared.streaming or Streaming()
    index = draw(st.integers(bool(streaming.first), len(events) - bool(streaming.last)))
    tag = Broken(where(f"event[{index}]", steps), rule, f"event {index} is {line!r}")
    return _numbered(origin, [*events[:index], line, *events[index:]]), index, (tag,)


def _numbered(origin: EventStrategies, lines: Lines) -> Lines:
    """Assign numbers to rearranged events, and to the end mark."""
    number([line for line in lines if not isinstance(line, bytes | Raw)], origin.declared.numbered)
    return [*lines, *mark_of(origin.declared)]


def _bad_text(draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    texts = (NO_UTF8,) if origin.declared.framing.opaque else BAD_TEXTS
    return _insert(draw, origin, events, draw(st.sampled_from(texts)), "encoding")


def _no_number(draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    """Insert an event that is valid except for NaN or Infinity in an undeclared property."""
    event = draw(origin.other)
    assume(isinstance(event, dict))
    members = json.dumps(event)[1:-1]
    name, number = undeclared_name(event), draw(st.sampled_from(("NaN", "Infinity", "-Infinity")))
    text = f'{{{members}{", " if members else ""}"{name}": {number}}}'
    return _insert(draw, origin, events, text.encode(), "encoding")


def _other_kind(draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    """Write another type on the `event` line than in the data."""
    index = draw(st.integers(0, len(events) - 1))
    lines = _numbered(origin, events)
    event: Any = events[index]
    own = {event[origin.declared.tag]: None}  # an event of an undeclared type may have the very name that would be used
    other = undeclared_name({**origin.declared.kinds, **own}).encode()
    lines[index] = Raw(b"event: " + other + b"\ndata: " + json.dumps(events[index]).encode())
    place = where(f"event[{index}]", [origin.declared.tag])
    return lines, index, (Broken(place, "const", "another kind on the `event` line"),)


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
    mutations: list[tuple[str, Mutation, Schema]],
    draw: st.DrawFn,
    origin: EventStrategies,
    events: Lines,
) -> Faulty:
    """Insert an event that violates its schema: in place of the first or the last, or between them."""
    kind, mutation, tagged = mutations[draw(st.integers(0, len(mutations) - 1))]
    shared = origin.declared.shared
    event = draw(built.instances.of(mutation.schema, tagged))
    streaming, numbered = origin.declared.streaming or Streaming(), origin.declared.numbered
    event = deepcopy(event)
    given = holder_of(event, numbered)
    value = given[numbered[-1]] if given and mutation.path == numbered else None
    if kind == streaming.first:
        lines, index = _numbered(origin, [event, *events[1:]]), 0
    elif kind in streaming.last:
        lines, index = _numbered(origin, [*events[:-1], event]), len(events) - 1
    else:
        lines, index, _ = _insert(draw, origin, events, event, mutation.rule)
    if given and value is not None:
        assume(not isinstance(value, int | float))  # which would violate the order of numbers as well
        given[numbered[-1]] = value
    assume(not origin.declared.framing.opaque or survives(origin.declared.framing, event))
    if mutation.path == shared:
        # The broken value would differ from the shared value, which would be reported as well.
        for holder in (found for line in lines if line is not event and (found := holder_of(line, shared))):
            del holder[shared[-1]]
        valid = built.validators.at(origin.declared.content.schema_pointer).is_valid
        assume(all(valid(line) for line in lines if line is not event and not isinstance(line, bytes | Raw)))
    else:
        share(lines, shared)
    return lines, index, (Broken(where(f"event[{index}]", mutation.path), mutation.rule, mutation.about),)


def _differing(
    built: ContractStrategies, holders: Mapping[str, Strategy], draw: st.DrawFn, origin: EventStrategies, events: Lines
) -> Faulty:
    """Give one event a different value where all must share one."""
    tag, shared = origin.declared.tag, origin.declared.shared
    kinds = [str(event[tag]) for event in events if isinstance(event, dict) and event[tag] in origin.values]
    streaming = origin.declared.streaming or Streaming()
    between = [kind for kind in holders if kind not in (streaming.first, *streaming.last)]
    wanted = 2 - sum(kind in holders for kind in kinds)
    if wanted > 0 and between:
        kinds[1:1] = draw(st.lists(st.sampled_from(between), min_size=wanted, max_size=wanted))
    elif wanted > 0:
        kinds[-1] = draw(st.sampled_from([kind for kind in holders if kind in streaming.last]))
    whole = {kind: origin.values[kind] for kind in kinds}
    lines: Lines = [deepcopy(draw(holders.get(kind, whole[kind]))) for kind in kinds]
    share(lines, shared)
    lines = _numbered(origin, lines)
    holding = [i for i, line in enumerate(lines) if holder_of(line, shared)]
    assume(len(holding) > 1)
    index = draw(st.sampled_from(holding[1:]))
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
    count = draw(st.integers(0, max(0, len(events) - 1)))
    return events[:count], count, (_truncation(count),)


def _cut(_draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    """Truncate the stream in its last event or its end mark; the bytes are cut later."""
    lines, last = [*events, *mark_of(origin.declared)], len(events) - 1
    assume(lines)
    if not origin.declared.framing.open_ended:
        last = len(lines) - 1
        return lines, last, (_truncation(last),)
    return lines, last, (Broken(f"event[{last}]", "encoding", "the last line is cut"), _truncation(last + 1))


def _without_first(_draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    lines = events[1:]
    assume(lines and not _carries_nothing(origin, lines[0]))
    return _numbered(origin, lines), 0, (_sequence(0),)


def _second_first(draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    first = (origin.declared.streaming or Streaming()).first or ""
    lines, index, _ = _insert(draw, origin, events, deepcopy(draw(origin.values[first])), "sequence")
    share(lines, origin.declared.shared)
    return lines, index, (_sequence(index),)


def _reordered(_draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    assume(len(events) > 1 and not _carries_nothing(origin, events[1]))
    return _numbered(origin, [events[1], events[0], *events[2:]]), 0, (_sequence(0), _sequence(1))


def _after_the_end(draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    lines = [*events, deepcopy(draw(origin.other))]
    share(lines, origin.declared.shared)
    return _numbered(origin, lines), len(events), (_sequence(len(events)),)


def _without_mark(_draw: st.DrawFn, _origin: EventStrategies, events: Lines) -> Faulty:
    return events, len(events), (_truncation(len(events)),)


def _early_mark(draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    """Put the end mark before the last event; each event after it is out of order."""
    assume(events)
    index = draw(st.integers(0, len(events) - 1))
    late = tuple(_sequence(at) for at in range(index, len(events)))
    lines = [*events[:index], *mark_of(origin.declared), *events[index:]]
    if (origin.declared.streaming or Streaming()).last:
        return lines, index, (_truncation(index), *late)
    return lines, index + 1, late


def _after_the_mark(draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    event = deepcopy(draw(origin.other))
    share([*events, event], origin.declared.shared)
    numbers = [line for line in (*events, event) if isinstance(line, dict)]
    number(numbers, origin.declared.numbered)
    return [*events, *mark_of(origin.declared), event], len(events) + 1, (_sequence(len(events)),)


def _second_mark(_draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    mark = mark_of(origin.declared)
    return [*events, *mark, *mark], len(events) + 1, (_sequence(len(events)),)


def _shrinking(draw: st.DrawFn, origin: EventStrategies, events: Lines) -> Faulty:
    """Give an event a number that is not greater than the previous one."""
    steps = origin.declared.numbered
    holding = [index for index, event in enumerate(events) if holder_of(event, steps) is not None]
    assume(len(holding) > 1)
    position = draw(st.integers(1, len(holding) - 1))
    index, before = holding[position], holder_of(events[holding[position - 1]], steps) or {}
    target = holder_of(events[index], steps) or {}
    target[steps[-1]] = before[steps[-1]] - draw(st.integers(0, 1))
    for offset, at in enumerate(holding[position + 1 :], 1):
        (holder_of(events[at], steps) or {})[steps[-1]] = target[steps[-1]] + offset
    place = where(f"event[{index}]", steps)
    return [*events, *mark_of(origin.declared)], index, (Broken(place, "sequence", "a number that does not grow"),)


def _carries_nothing(origin: EventStrategies, event: Json) -> bool:
    streaming = origin.declared.streaming or Streaming()
    return isinstance(event, dict) and event.get(origin.declared.tag) in streaming.keepalive
