"""Fixtures of the plugin's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from apicontract.pytest_plugin.monitor import Monitor, Owner
from apicontract.wire.messages import Exchange
from tests.support.running import Consumer
from twelvelabs_contract import Contract


@pytest.fixture
def consumer(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Consumer:
    """Return a project to write tests into and run."""
    return Consumer(pytester, monkeypatch)


@pytest.fixture
def monitor(contract: Contract) -> Iterator[Monitor]:
    """Monitor what this process sends, with no pytest run around it, and no other edition to explain a violation."""
    plain = Contract(contract.document)
    monitor = Monitor(plain, plain.base_urls(), Owner("test", __file__, 1, checked=True))
    monitor.start()
    yield monitor
    monitor.stop()


@pytest.fixture
def seen(monitor: Monitor) -> list[Exchange]:
    """Return the exchanges that were seen, as an observer has them."""
    seen: list[Exchange] = []
    monitor.observers.append(lambda exchange, *_: seen.append(exchange))
    return seen
