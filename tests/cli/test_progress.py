"""The bar for people who wait: on a terminal alone, for many bytes, on standard error."""

from __future__ import annotations

import threading

import pytest
from rich.progress import Progress

from apicontract.cli import progress

MIB = 1 << 20


@pytest.mark.parametrize(
    ("is_terminal", "total", "shown"),
    [
        (True, None, True),
        (True, 16 * MIB, True),
        (True, 16 * MIB - 1, False),
        (False, None, False),
        (False, 99 * MIB, False),
    ],
)
def test_a_bar_is_shown_for_many_bytes_and_moves_on_by_mebibytes(
    is_terminal: bool,
    total: int | None,
    shown: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    moved: list[float] = []
    monkeypatch.setattr(progress, "is_terminal", lambda _: is_terminal)
    monkeypatch.setattr(Progress, "advance", lambda _, __, size: moved.append(size))
    threads = threading.active_count()
    with progress.bytes_read(total) as advance:
        assert threading.active_count() == threads
        for size in (MIB // 2, MIB // 2 - 1, 1, MIB, 2 * MIB, 1):
            advance(size)
    assert moved == ([MIB, MIB, 2 * MIB] if shown else [])
    assert capsys.readouterr().out == ""
