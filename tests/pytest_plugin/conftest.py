"""Fixtures for the tests of the plugin."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from apicontract.pytest_plugin.monitor import Monitor, Owner
from apicontract.wire.messages import Exchange
from tests.support.running import Consumer
from twelvelabs_contract import Contract


@pytest.fixture
def consumer(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Consumer:
    """Return a project in which tests can be written and run."""
    return Consumer(pytester, monkeypatch)


@pytest.fixture
def monitor(contract: Contract) -> Iterator[Monitor]:
    """Monitor this process without a pytest run around it, and without other editions to explain violations."""
    plain = Contract(contract.document)
    monitor = Monitor(plain, plain.base_urls(), Owner("test", __file__, 1, checked=True))
    monitor.start()
    yield monitor
    monitor.stop()


@pytest.fixture
def seen(monitor: Monitor) -> list[Exchange]:
    """Return the exchanges that an observer of the monitor has received."""
    seen: list[Exchange] = []
    monitor.observers.append(lambda exchange, *_: seen.append(exchange))
    return seen
