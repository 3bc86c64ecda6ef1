"""What of a run's exchanges breaks at a later edition: `--contract-upgrade-to=DAY`. No test fails by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from apicontract.changes.upgrade import Days, Sent, Side, lines, right_days, upgrade
from apicontract.checks.contract import Contract
from apicontract.checks.exchange import judge
from apicontract.openapi.editions import EditionUnknown
from apicontract.openapi.violation import Violation
from apicontract.product import Product
from apicontract.pytest_plugin.monitor import Monitor, Sender
from apicontract.wire.messages import Exchange

WORKER = "apicontract_upgrade"


class UpgradePlugin:
    """Keeps the exchanges of a run, and judges them at its end."""

    def __init__(self, config: pytest.Config, monitor: Monitor, product: Product) -> None:
        """Read the settings; `pytest.UsageError` for a day that there is not."""
        self._config = config
        self._sent: list[Sent] = []
        self.workers: list[dict[str, Any]] = []
        contract, to = monitor.contract, config.option.contract_upgrade_to
        editions = contract.editions
        if editions is None or contract.edition is None:
            raise pytest.UsageError("--contract-upgrade-to: the document has no editions")
        try:
            self._end = editions.resolve(to)
        except EditionUnknown as error:
            raise pytest.UsageError(f"--contract-upgrade-to: {error}") from error
        self._start = contract.edition.day
        if config.option.contract_edition is None and not config.getini("contract_edition"):
            self._start = editions.first
        spec = config.option.contract_spec or config.getini("contract_spec") or None
        self._days = Days(editions, lambda day: product.load(spec, edition=day))
        self._known = self._days.between(editions.first, editions.newest)
        monitor.senders.append(self._see)

    def _see(self, exchange: Exchange, sender: Sender) -> None:
        if not sender.owner.checked:
            return
        file, line = sender.trace[-1] if sender.trace else (sender.owner.path, sender.owner.line)
        path = Path(file)
        place = path.relative_to(self._config.rootpath) if path.is_relative_to(self._config.rootpath) else path
        test = sender.owner.nodeid or "no test"
        label = f"{test}: {exchange.label}"
        self._sent.append(Sent(place.as_posix(), line, label, exchange.request, _judge(exchange)))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Judge what was sent, here or in the workers of xdist."""
        if not self._sent and not hasattr(self._config, "workeroutput"):
            return
        found = upgrade(self._sent, self._days, self._start, self._end)
        report = {"breaks": list(lines(found))[:-1], "right": list(found.right)}
        if hasattr(self._config, "workeroutput"):
            self._config.workeroutput[WORKER] = report
        else:
            self.workers.append(report)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take the report of a worker of xdist."""
        report = getattr(node, "workeroutput", {}).get(WORKER)
        if report is not None:
            self.workers.append(report)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Write what breaks, and at which editions nothing does."""
        if not self.workers:
            return
        terminalreporter.section(f"what breaks from {self._start} to {self._end}")
        for line in self._lines():
            terminalreporter.write_line(line)

    def _lines(self) -> Iterator[str]:
        for worker in self.workers:
            yield from worker["breaks"]
        yield right_days([day for day in self._known if all(day in w["right"] for w in self.workers)])


def _judge(exchange: Exchange) -> Callable[[Contract], Sequence[tuple[Side, Violation]]]:
    def judged(contract: Contract) -> Sequence[tuple[Side, Violation]]:
        verdict = judge(contract, exchange)
        both: tuple[tuple[Side, list[Violation]], ...] = (("request", verdict.request), ("response", verdict.response))
        return [(side, violation) for side, violations in both for violation in violations]

    return judged
