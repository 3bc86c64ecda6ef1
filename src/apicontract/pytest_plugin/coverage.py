"""Coverage of the contract by a test run: counted test by test, merged over xdist workers, reported.

Each process counts for itself. A worker passes its count to the controller as JSON when it ends, and the controller
adds them up, so that a run in several processes reports exactly the same as a run in one. If a worker crashes, its
count is lost, which the summary says.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from apicontract.checks.exchange import Verdict
from apicontract.coverage import Coverage, CoverageInvalid, Origin, reports
from apicontract.openapi.document import DocumentInvalid
from apicontract.openapi.violation import Violation, printable
from apicontract.pytest_plugin.monitor import Monitor, Owner
from apicontract.traffic.findings import Side
from apicontract.wire.messages import Exchange

TERMINAL = "-"
"""The report that is only the table in the terminal, which every run has."""
_WORKER = "apicontract_coverage"


class CoveragePlugin:
    """The hooks that count the coverage of a run, and report it."""

    def __init__(self, config: pytest.Config, monitor: Monitor) -> None:
        """Read the options; raise `pytest.UsageError` for invalid ones."""
        self._config = config
        self._monitor = monitor
        self._paths = _paths(config)
        self._least = _least(config)
        self._only = [name.strip() for given in config.option.contract_only or () for name in given.split(",")]
        try:
            self._coverage = Coverage(monitor.contract, self._only)
        except DocumentInvalid as error:
            raise pytest.UsageError(f"coverage of this document cannot be counted: {error}") from error
        except ValueError as error:
            raise pytest.UsageError(f"--contract-only: {error}") from error
        self._positions: dict[str, int] = {}
        self._lines: list[tuple[str, bool]] = []
        """Lines for the summary, and whether each fails the run."""
        monitor.observers.append(self.seen)

    # What is counted

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Store the order of the tests, which is the same in every process."""
        self._positions = {item.nodeid: position for position, item in enumerate(session.items)}

    def seen(self, exchange: Exchange, verdict: Verdict, owner: Owner) -> None:
        """Count an exchange for the test that sent it."""
        position = self._positions.get(owner.nodeid, len(self._positions))

        def ignored(violation: Violation) -> bool:
            side: Side = "request" if violation in verdict.request else "response"
            return any(entry.matches(violation, side=side) for entry in owner.ignored)

        try:
            origin = Origin(position, owner.nodeid) if owner.nodeid else None
            self._coverage.count(exchange, verdict, origin=origin, known=ignored)
        except DocumentInvalid as error:
            self._fault(f"an exchange was not counted, as the document cannot be used: {error}")

    # What is reported

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """Add the count of an xdist worker."""
        text = getattr(node, "workeroutput", {}).get(_WORKER)
        if text is None:
            name = getattr(getattr(node, "gateway", None), "id", "a worker")
            self._fault(f"{name} ended without its count ({error or 'it crashed'}); what it exercised is missing")
            return
        try:
            self._coverage.merge(Coverage.from_json(self._monitor.contract, text, self._only))
        except CoverageInvalid as invalid:
            self._fault(f"the count of a worker cannot be added: {invalid}")

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, object, object]:
        """Write the reports, and fail the session for too low a coverage.

        As the innermost wrapper, this runs after the last exchanges were seen, and before the summary is shown and
        before a worker sends its report.
        """
        result = yield
        if not self._config.option.collectonly:
            self._finish(session)
        return result

    def _finish(self, session: pytest.Session) -> None:
        if hasattr(self._config, "workeroutput"):
            self._config.workeroutput[_WORKER] = self._coverage.to_json()
            return
        for path in self._paths:
            try:
                reports.write(self._coverage, path)
            except OSError as error:
                self._fault(f"{path} cannot be written: {error.strerror or error}")
            else:
                self._lines.append((f"written: {_short(path, self._config)}", False))
        cells = self._coverage.summary().cells
        if self._least is not None and not cells.reaches(self._least):
            self._fault(f"coverage of {cells} is below the {self._least:g} % required by --contract-fail-under")
        if any(fails for _, fails in self._lines) and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show the table."""
        if self._config.option.collectonly:
            return
        terminalreporter.write_sep("=", f"contract coverage: {printable(self._coverage.document.name)}")
        width = shutil.get_terminal_size().columns
        marks: dict[str, dict[str, bool]] = {"good": {"green": True}, "bad": {"red": True}, "faint": {"light": True}}
        for line in reports.lines(self._coverage, width):
            terminalreporter.write_line(line.text, **marks.get(line.mark, {}))
        for text, fails in self._lines:
            terminalreporter.write_line(text, red=fails)

    def _fault(self, text: str) -> None:
        if (text, True) not in self._lines:
            self._lines.append((text, True))


def _paths(config: pytest.Config) -> list[Path]:
    """Return the files to write, relative to the directory in which pytest was started."""
    found = []
    for given in config.option.contract_report or ():
        if given != TERMINAL:
            path = Path(config.invocation_params.dir, given)
            try:
                reports.writable(path)
            except ValueError as error:
                raise pytest.UsageError(f"--contract-report={given}: {error}, or {TERMINAL}") from error
            found.append(path)
    return found


def _least(config: pytest.Config) -> float | None:
    given: float | None = config.option.contract_fail_under
    if given is not None and not 0 <= given <= 100:
        raise pytest.UsageError(f"--contract-fail-under={given:g}: a share in percent is needed, 0 to 100")
    return given


def _short(path: Path, config: pytest.Config) -> str:
    base = config.invocation_params.dir
    return str(path.relative_to(base)) if path.is_relative_to(base) else str(path)
