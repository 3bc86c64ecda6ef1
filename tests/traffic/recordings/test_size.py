"""Recordings of real size: time grows with the size, and one exchange at a time is in memory."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from apicontract.traffic.recordings import read
from tests.traffic.recordings.exchanges import Exchange, cassette, good, har_bytes

Writer = Callable[[Sequence[Exchange]], bytes]


def _embedding(kilobytes: int) -> Exchange:
    """Return an answer of about so many kilobytes."""
    found = next(exchange for exchange in good() if exchange.operation == "embed.tasks.retrieve")
    body = json.dumps({"floats": [0.123456 + number for number in range(100 * kilobytes)]}).encode()
    return replace(found, response_body=body)


@pytest.mark.parametrize("write", [har_bytes, cassette], ids=["HAR", "cassette"])
def test_one_exchange_at_a_time_is_in_memory(tmp_path: Path, write: Writer) -> None:
    """What is held is the file, once as bytes and once as text where it is JSON; not the values of all of it."""
    path = tmp_path / "recording"
    path.write_bytes(write([_embedding(1)]))
    assert len(list(read(path))) == 1  # what the first recording of all loads is there
    path.write_bytes(write([_embedding(50)] * 40))
    size = path.stat().st_size
    tracemalloc.start()
    try:
        count = sum(1 for _ in read(path))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 40
    assert peak < 2.5 * size


def test_a_har_of_1000_exchanges_takes_a_moment(tmp_path: Path) -> None:
    """20 MB take a fifth of a second; a reader that goes back to the beginning for each exchange takes minutes."""
    path = tmp_path / "recording.har"
    path.write_bytes(har_bytes([_embedding(20)] * 1000))
    assert path.stat().st_size > 15_000_000
    before = time.thread_time()
    exchanges = list(read(path))
    assert time.thread_time() - before < 5
    assert [exchange.index for exchange in exchanges] == list(range(1, 1001))
    lines = [exchange.line or 0 for exchange in exchanges]
    assert lines == list(range(lines[0], lines[0] + 1000 * (lines[1] - lines[0]), lines[1] - lines[0]))
