"""Fixtures of the plugin's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from apicontract.openapi.base_urls import Bases
from apicontract.pytest_plugin.watching import Scope, Watch
from apicontract.wire.messages import Exchange
from tests.support.running import Consumer
from twelvelabs_contract import Contract


@pytest.fixture
def consumer(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Consumer:
    """Return a project to write tests into and run."""
    return Consumer(pytester, monkeypatch)


@pytest.fixture
def watch(contract: Contract) -> Iterator[Watch]:
    """Watch what this process sends, with no pytest run around it."""
    watch = Watch(contract, Bases(contract), Scope("test", __file__, 1, judged=True))
    watch.start()
    yield watch
    watch.stop()


@pytest.fixture
def seen(watch: Watch) -> list[Exchange]:
    """Return the exchanges that were seen, as an observer has them."""
    seen: list[Exchange] = []
    watch.observers.append(lambda exchange, *_: seen.append(exchange))
    return seen
