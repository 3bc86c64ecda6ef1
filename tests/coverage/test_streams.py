"""Events are counted in every format: each kind, the end, and a stream that is cut off."""

from __future__ import annotations

import pytest

from apicontract.coverage import Coverage
from tests.support import streams
from tests.support.streams import BASE, BEGIN, DONE, END, ONE, PIECE, SSE, event
from twelvelabs_contract import Headers, Request, Response

KINDS = {"begin", "piece", "alive", "end", "failed"}


def counted(operation: str, body: str, media_type: str = SSE) -> tuple[set[str], set[str]]:
    """Return the cells of the events of an operation, and those that a response exercises."""
    coverage = Coverage(streams.contract())
    request = Request("GET", f"{BASE}/{operation}", Headers([]))
    coverage.exchange(request, Response(200, Headers({"content-type": media_type}), body.encode()))
    cells = [
        (cell.case, hit.count)
        for cell, hit in coverage.cells()
        if (cell.operation, cell.place) == (operation, "events")
    ]
    return {case for case, _ in cells}, {case for case, count in cells if count}


WHOLE = "end of the stream"
ALL = {*KINDS, WHOLE, "cut off before the end"}
ENDED = BEGIN + PIECE + END + DONE
FAILED = BEGIN + event("new", 2) + event("failed", 3) + DONE


@pytest.mark.parametrize(
    ("operation", "body", "media_type", "cells", "hit"),
    [
        ("sse.all", ENDED, SSE, ALL, {"begin", "piece", "end", WHOLE}),
        ("sse.all", FAILED, SSE, ALL, {"begin", "failed", WHOLE}),
        ("lines.results", ONE, streams.JSONL, {"an event"}, {"an event"}),
        ("lines.results", "", streams.JSONL, {"an event"}, set()),
        ("sse.text", "data: a\n\n", SSE, {"an event"}, {"an event"}),
    ],
)
def test_each_kind_of_event_is_a_case(
    operation: str, body: str, media_type: str, cells: set[str], hit: set[str]
) -> None:
    """A stream whose events have no kinds has one case; an event of another kind is none."""
    assert counted(operation, body, media_type) == (cells, hit)
