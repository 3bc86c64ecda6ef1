"""Report which exchanges of a run break at a later edition: `--contract-upgrade-to=DAY`.

No test fails because of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from apicontract.changes.upgrade import Days, Sent, Side, lines, merged, report, upgrade
from apicontract.checks.contract import Contract
from apicontract.checks.exchange import judge
from apicontract.openapi.editions import EditionUnknown
from apicontract.openapi.violation import Violation
from apicontract.pytest_plugin.messages import places
from apicontract.pytest_plugin.monitor import Monitor, Sender
from apicontract.pytest_plugin.settings import contract_at
from apicontract.wire.messages import Exchange

WORKER = "apicontract_upgrade"


class UpgradePlugin:
    """Collects the exchanges of a run, and checks them at its end."""

    def __init__(self, config: pytest.Config, monitor: Monitor) -> None:
        """Read the settings; raise `pytest.UsageError` for an unknown day, or a document without editions."""
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
        self._days = Days(editions, lambda day: contract_at(config, day))
        monitor.senders.append(self._see)

    def _see(self, exchange: Exchange, sender: Sender) -> None:
        if not sender.owner.checked:
            return
        place, through = places(sender, self._config)
        source, _, line = place.rpartition(":")
        label = f"{sender.owner.nodeid or 'no test'}: {exchange.label}{f' (at {through})' if through else ''}"
        self._sent.append(Sent(source, int(line) or None, label, exchange.request, _judge(exchange)))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """Check the exchanges of this process, or merge those of xdist workers."""
        if not self._sent and not hasattr(self._config, "workeroutput"):
            return
        found = report(upgrade(self._sent, self._days, self._start, self._end))
        if hasattr(self._config, "workeroutput"):
            self._config.workeroutput[WORKER] = found
        else:
            self.workers.append(found)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take the report of an xdist worker."""
        found = getattr(node, "workeroutput", {}).get(WORKER)
        if found is not None:
            self.workers.append(found)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Report what breaks, and at which editions nothing does."""
        if not self.workers:
            return
        terminalreporter.section(f"what breaks from {self._start} to {self._end}")
        for line in lines(merged(self.workers)):
            terminalreporter.write_line(line)


def _judge(exchange: Exchange) -> Callable[[Contract], Sequence[tuple[Side, Violation]]]:
    def judged(contract: Contract) -> Sequence[tuple[Side, Violation]]:
        verdict = judge(contract, exchange)
        both: tuple[tuple[Side, list[Violation]], ...] = (("request", verdict.request), ("response", verdict.response))
        return [(side, violation) for side, violations in both for violation in violations]

    return judged
