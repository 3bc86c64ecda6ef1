"""The end of a run."""

from __future__ import annotations

import threading

import pytest

from apicontract.pytest_plugin.session import ContractPlugin


class _Left:
    """A thread that a test has left behind, or that was there before."""

    def __init__(self, *, daemon: bool) -> None:
        self.daemon = daemon
        self.waited: list[float] = []

    def join(self, seconds: float) -> None:
        self.waited.append(seconds)


def test_threads_that_tests_left_behind_are_waited_for_a_second_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """But for those that the interpreter does not wait for either."""
    before, daemon, other = _Left(daemon=False), _Left(daemon=True), _Left(daemon=False)
    monkeypatch.setattr(threading, "enumerate", lambda: [threading.current_thread(), before, daemon, other])
    plugin = object.__new__(ContractPlugin)
    plugin._threads = frozenset({before})  # type: ignore[arg-type]
    plugin._wait_for_threads()
    assert (before.waited, daemon.waited) == ([], [])
    (seconds,) = other.waited
    assert 0 <= seconds <= 1
