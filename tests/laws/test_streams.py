"""Streams of every format: all events are received however the bytes are cut, and an error is reported, never a gap.

NDJSON, JSON Lines and server-sent events are under the same laws; the document declares how a stream ends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

import httpx
from hypothesis import assume
from hypothesis import strategies as st

from apicontract.openapi.media_types import SSE
from tests.laws.exchange import flagged, same, stream_of
from tests.laws.laws import law
from tests.laws.subjects import Chunks, Outcome
from tests.laws.trial import Trial, World
from tests.support.sse import by_the_text
from twelvelabs_contract import Operation
from twelvelabs_contract.strategies import EventStream, boundary_cases, broken_event_streams, chunkings, event_streams

LOST, LOST_TOO = "S11: streams lose events in silence", "S25: streams lose events in silence, the new ones too"
OF_THE_STREAM = ("encoding", "sequence", "truncated")
"""The rules of a stream itself; others are those of an event's schema."""


def _streams(world: World, operation: Operation) -> bool:
    return stream_of(operation) is not None


def _lost(world: World, operation: Operation) -> str:
    return LOST_TOO if operation.id in ("responses.create", "analyze_async.batches.results") else LOST


def _tag(trial: Trial) -> str:
    """Return the property that tells events apart; empty if nothing does."""
    content = stream_of(trial.operation)
    assert content is not None
    schema, _ = trial.contract.document.resolve(content.schema, content.schema_pointer)
    return str(schema.get("discriminator", {}).get("propertyName", ""))


def _read(trial: Trial, stream: EventStream, pieces: Sequence[bytes]) -> Outcome:
    trial.served_by(f"{[*pieces]!r}")
    least = boundary_cases(trial.contract, trial.operation.id)[0].arguments
    arguments = flagged(trial.operation, least, streamed=True)
    headers = {"content-type": stream.content_type}
    return trial.call(
        arguments, lambda _: httpx.Response(stream.status, headers=headers, stream=Chunks(pieces)), how="items"
    )


@law(
    "Streams",
    "the events that were sent arrive, however they are cut",
    concerns=_streams,
    usual=True,
    vendor=_lost,
    examples=70,
)
def test_the_events_arrive_however_they_are_cut(trial: Trial) -> None:
    """Cut inside of characters and ends of lines, with blank lines, separators in texts, comments, a mark before it."""
    stream = trial.draw(event_streams(trial.contract, trial.operation.id))
    outcome = _read(trial, stream, trial.draw(chunkings(stream.body)))
    trial.require(outcome.error is None, "the stream broke off")
    trial.require(
        same(outcome.items, list(stream.events)), f"{len(outcome.items)} of {len(stream.events)} events arrived"
    )


@law("Streams", "a stream that ends early is an error", concerns=_streams, usual=True, vendor=_lost, examples=40)
def test_a_stream_that_ends_early_is_an_error(trial: Trial) -> None:
    """Wherever it ends: between events, or inside of one. What was complete before is delivered."""
    stream = trial.draw(event_streams(trial.contract, trial.operation.id))
    assume(stream.body.strip())
    body = stream.body[: trial.draw(st.integers(0, len(stream.body.rstrip()) - 1))]
    complete, rule = _left_of_events(trial, body) if stream.content_type == SSE else _left_of_lines(trial, body)
    assume(rule)  # a stream whose end nothing shows is a shorter one
    trial.parameter, trial.rule = f"event[{len(complete)}]", rule
    outcome = _read(trial, stream, trial.draw(chunkings(body)))
    trial.require(same(outcome.items, complete), f"{len(outcome.items)} events were delivered, of {len(complete)}")
    trial.require(outcome.error is not None, "no error was raised")
    found = [(violation.where, violation.rule) for violation in getattr(outcome.error, "violations", ())]
    trial.require(found[:1] == [(trial.parameter, rule)], f"the error tells {found}")


def _left_of_lines(trial: Trial, body: bytes) -> tuple[list[Any], str]:
    """Return the events that are left of a stream of lines, and which rule it breaks; none if it is whole."""
    lines = [line for line in body.split(b"\n") if line.strip()]
    complete = [event for line in lines for event in _parsed(line)]
    missing = "truncated" if trial.operation.streaming else ""
    return complete, missing if len(complete) == len(lines) else "encoding"


def _left_of_events(trial: Trial, body: bytes) -> tuple[list[Any], str]:
    """Do the same for server-sent events, by a reader that is not ours."""
    found, unfinished = by_the_text(body)
    end = trial.operation.streaming and trial.operation.streaming.end
    complete = [json.loads(data) for _, _, data, _, _ in found if data != end]
    return complete, "truncated" if unfinished or len(complete) == len(found) else ""


def _parsed(line: bytes) -> list[Any]:
    try:
        return [json.loads(line)]
    except ValueError:
        return []


@law(
    "Streams",
    "what is wrong is its own error, after all before it",
    concerns=_streams,
    usual=True,
    vendor=_lost,
    examples=60,
)
def test_what_is_wrong_is_an_error(trial: Trial) -> None:
    """Truncated, malformed, unknown, out of order, after the end: each names its line, and nothing good is lost."""
    stream = trial.draw(broken_event_streams(trial.contract, trial.operation.id))
    first = stream.tags[0]
    # What else an event's schema refuses is for the checker: the client reads it as far as it can (ledger A33).
    assume(first.rule in OF_THE_STREAM or first.where.partition(".")[2] in ("", _tag(trial)))
    trial.parameter, trial.rule = first.where, first.rule
    outcome = _read(trial, stream, trial.draw(chunkings(stream.body)))
    given = f"{len(outcome.items)} events were delivered, of the {len(stream.events)} before the fault"
    trial.require(same(outcome.items, list(stream.events)), given)
    trial.require(outcome.error is not None, "no error was raised")
    trial.require(type(outcome.error).__name__ == "StreamInvalid", "the error is no StreamInvalid")
    found = [(violation.where, violation.rule) for violation in getattr(outcome.error, "violations", ())]
    event, _, tag = first.where.partition(".")
    place, rule = first.where, first.rule
    if rule not in OF_THE_STREAM:
        # A model tells an event of a wrong kind by the event, not by its tag, and what is no object by its type.
        place, rule = event, rule if tag else "type"
    trial.require(found and found[0][0].startswith(place) and found[0][1] == rule, f"the error tells {found}")
    reported = str(outcome.error)
    named = re.search(rf"line {stream.line}\b", reported) is not None
    trial.require(named, f"the error does not name line {stream.line}")


@law(
    "Streams",
    "the checker finds exactly what is wrong with one",
    concerns=_streams,
    usual=True,
    subjects=False,
    examples=120,
)
def test_the_checker_finds_exactly_what_is_wrong(trial: Trial) -> None:
    """Each line by itself, then the order, then the end."""
    kind = trial.draw(st.sampled_from((event_streams, broken_event_streams)))
    stream = trial.draw(kind(trial.contract, trial.operation.id))
    trial.served_by(f"{stream.body!r}")
    found = trial.contract.check_response(stream.response(), operation=trial.operation.id)
    reported, expected = [(v.where, v.rule) for v in found], [(tag.where, tag.rule) for tag in stream.tags]
    trial.require(reported == expected, f"the checker tells {reported} in place of {expected}")
