"""The hooks of a checked run: they assign exchanges to tests, and report the violations.

The violations of a test, including those of its fixtures' setup, are reported at the end of its call as a failure (so
`xfail`, `--pdb`, `-x` and reruns work as usual); later ones, at teardown, are an error there. A test that failed by
itself keeps its own failure, and gets an additional section. Violations while a module is collected fail the collection
of that module. Violations without an owner fail the session.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Generator, Iterable
from typing import Any

import pytest

from apicontract.openapi.notices import notice_lines
from apicontract.openapi.violation import printable
from apicontract.product import Product
from apicontract.pytest_plugin import messages
from apicontract.pytest_plugin.baseline import baseline_of
from apicontract.pytest_plugin.examples import each_example, is_property
from apicontract.pytest_plugin.monitor import ExchangeFinding, Monitor, Owner
from apicontract.pytest_plugin.settings import INI, PRODUCT, base_urls_of, contract_of, marker_settings, unknown_of
from apicontract.traffic.ignores import IgnoreEntry, ignore_entries
from apicontract.traffic.summary import NOT_TAPPED, Seen, imported, why_nothing
from apicontract.traffic.taps import libraries

_PLUGIN = pytest.StashKey["ContractPlugin"]()
LEFT_BEHIND = 1.0
"""Seconds that a run waits at its end for threads that tests left behind."""
_TEXT = pytest.StashKey[str]()
WORKER = "apicontract"


def begin(config: pytest.Config, product: Product) -> Monitor:
    """Start to monitor the run, once; raise `pytest.UsageError` for invalid settings."""
    if _PLUGIN not in config.stash:
        config.stash[PRODUCT] = product
        plugin = ContractPlugin(config)
        config.stash[_PLUGIN] = plugin
        plugin.monitor.start()
        config.pluginmanager.register(plugin, "apicontract_monitor")
    return config.stash[_PLUGIN].monitor


def add_worker(config: pytest.Config, product: Product, report: dict[str, Any]) -> None:
    """Take the report of an xdist worker."""
    begin(config, product)
    config.stash[_PLUGIN].workers.append(report)


class ContractPlugin:
    """The hooks of a run that checks exchanges."""

    def __init__(self, config: pytest.Config) -> None:
        """Read the settings."""
        self._config = config
        self._title = f"the {config.stash[PRODUCT].title} contract"
        self._everything = bool(config.option.contract or config.getini("contract"))
        contract = contract_of(config)
        try:
            self._ignored = ignore_entries(contract, INI, config.getini(INI))
        except ValueError as error:
            raise pytest.UsageError(f"{INI}: {error}") from error
        self._entries: set[IgnoreEntry] = set(self._ignored)
        self.workers: list[dict[str, Any]] = []
        """The report of each process, made at its end."""
        self._late: list[str] = []
        self._threads = frozenset(threading.enumerate())
        outside = Owner("", "", 0, checked=self._everything, ignored=tuple(self._ignored))
        self.monitor = Monitor(contract, base_urls_of(config), outside)
        self.monitor.unknown = unknown_of(config)
        self.monitor.baseline = baseline_of(config)
        self._written: list[str] = []

    # A test

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        """Assign exchanges to this test from now on; violations are reported with its call."""
        wrong = ""
        try:
            self.monitor.owner = self._owner(item)
        except (TypeError, ValueError) as error:
            wrong = f"@pytest.mark.contract: {error}"
        try:
            result = yield
        except BaseException:
            self._note(item)
            raise
        if wrong:
            pytest.fail(wrong, pytrace=False)
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Fail a test that passed despite violations."""
        apart = self.monitor.drain() if is_property(item) else []
        known = len(apart)

        def after(error: BaseException | None) -> None:
            """Fail an example that passed; keep the findings of the last that failed, or that `assume` rejected."""
            if error is None:
                self._fail(item)
            elif findings := self.monitor.drain():
                apart[known:] = findings

        try:
            with each_example(item, after):
                result = yield
        except BaseException as error:
            text = item.stash.get(_TEXT, None)
            alone = self._note(item, apart) is None
            if text and alone and isinstance(error, pytest.fail.Exception) and error.msg == text:
                # The falsifying example, which pytest leaves out of a failure that is shown without its traceback.
                item.stash[_TEXT] = error.msg = "\n\n".join([text, *getattr(error, "__notes__", ())])
            raise
        self._fail(item, apart)
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        """Fail a teardown that passed despite violations; then end the assignment to this test."""
        try:
            result = yield
        except BaseException:
            self._note(item)
            raise
        finally:
            self.monitor.owner = self.monitor.outside
            if self.monitor.baseline is not None:
                self.monitor.baseline.ran.add(item.nodeid)
        self._fail(item)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Add violations to the report of a failure that hides them, such as that of a `unittest` case."""
        report = yield
        text = item.stash.get(_TEXT, None)
        if text is not None:
            del item.stash[_TEXT]
            raised = call.excinfo.value if call.excinfo else None
            if not isinstance(raised, pytest.fail.Exception) or raised.msg != text:
                report.sections.append((self._title, text))
        return report

    def _owner(self, item: pytest.Item) -> Owner:
        path, line, _ = item.reportinfo()
        enabled, own = marker_settings(item, self.monitor.contract)
        entries = [*self._ignored, *own]
        checked = self._everything if enabled is None else enabled
        if checked:
            self._entries.update(entries)
        threads = frozenset(threading.enumerate()) - {threading.current_thread()}
        return Owner(item.nodeid, str(path), (line or 0) + 1, checked=checked, ignored=tuple(entries), threads=threads)

    def _note(self, item: pytest.Item, apart: Iterable[ExchangeFinding] = ()) -> str | None:
        findings = [*apart, *self.monitor.drain()]
        if not findings:
            return None
        item.stash[_TEXT] = messages.failure(findings, item.nodeid, self._config)
        return item.stash[_TEXT]

    def _fail(self, item: pytest.Item, apart: Iterable[ExchangeFinding] = ()) -> None:
        __tracebackhide__ = True
        text = self._note(item, apart)
        if text is not None:
            pytest.fail(text, pytrace=False)

    # The rest of the run

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self,
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Fail a module that breaks the contract when it is imported."""
        report = yield
        findings = self.monitor.drain()
        if findings:
            report.outcome = "failed"
            report.longrepr = messages.failure(findings, "", self._config)
        return report

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the session for violations without a test, and report to the xdist controller."""
        self._wait_for_threads()
        findings = self.monitor.drain()
        if findings:
            self._late.append(messages.failure(findings, "", self._config))
        report = {
            "late": self._late,
            "entries": _pairs(self._entries),
            "used": _pairs(self.monitor.used),
            "unseen": self.monitor.unseen,
            "unknown": self.monitor.unknown_seen,
            "releases": sorted(self.monitor.releases),
            "hooked": imported(libraries()),
            "deaf": imported(NOT_TAPPED),
            "followed": dict(self.monitor.seen.followed),
            "others": dict(self.monitor.seen.others),
            "findings": self.monitor.seen.findings,
            "known": self.monitor.seen.known,
            "baseline": self.monitor.baseline.report() if self.monitor.baseline else None,
        }
        if hasattr(self._config, "workeroutput"):
            self._config.workeroutput[WORKER] = report
            return
        self.workers.append(report)
        if self.monitor.baseline is not None:
            reports = [worker["baseline"] for worker in self.workers if worker["baseline"]]
            self._written = self.monitor.baseline.finish(reports)
        late = any(worker["late"] for worker in self.workers)
        if (late or self._lacks_exchanges()) and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def _wait_for_threads(self) -> None:
        """Wait briefly for threads that tests left behind: the interpreter waits for them anyway, when it exits."""
        end = time.monotonic() + LEFT_BEHIND
        for thread in set(threading.enumerate()) - self._threads:
            if not thread.daemon and thread is not threading.current_thread():
                thread.join(max(0.0, end - time.monotonic()))

    def _seen(self) -> Seen:
        seen = Seen()
        for worker in self.workers:
            followed, others = Counter(worker["followed"]), Counter(worker["others"])
            seen.add(Seen(followed, others, worker["findings"], worker["known"]))
        return seen

    def _lacks_exchanges(self) -> bool:
        """Return whether exchanges are required, and none was checked."""
        required = self._config.option.contract_require or self._config.getini("contract_require")
        return bool(required) and not self._config.option.collectonly and not self._seen().followed

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Report what was checked, and violations without a test."""
        if self._everything and not self._config.option.collectonly:
            self._summarize(terminalreporter)
        late = [text for worker in self.workers for text in worker["late"]]
        unseen = [text for worker in self.workers for text in worker["unseen"]]
        entries = {tuple(pair) for worker in self.workers for pair in worker["entries"]}
        used = {tuple(pair) for worker in self.workers for pair in worker["used"]}
        unknown = [text for worker in self.workers for text in worker["unknown"]]
        notices = [printable(f"the document: {line}") for line in notice_lines(self.monitor.contract.notices)]
        lines = [
            *late,
            *messages.unknown(unknown),
            *messages.unused(entries - used),
            *messages.unseen(unseen),
            *self._written,
            *notices,
        ]
        if lines:
            terminalreporter.section(self._title)
            for line in lines:
                terminalreporter.write_line(line)

    def _summarize(self, terminal: pytest.TerminalReporter) -> None:
        """Write the line that summarises the checks, with a warning if there were none."""
        contract, seen = self.monitor.contract, self._seen()
        line = f"contract: {seen.line(contract.title)}"
        if seen.followed:
            terminal.write_line(line)
        else:
            hooked, deaf = ([name for worker in self.workers for name in worker[key]] for key in ("hooked", "deaf"))
            fails = self._lacks_exchanges()
            terminal.write_line(f"{line} ({why_nothing(hooked, deaf)})", red=fails, yellow=not fails)
        given = self._config.option.contract_edition or self._config.getini("contract_edition")
        if given and contract.editions and (remark := contract.editions.remark(given)):
            terminal.write_line(f"contract_edition: {remark}")
        for release in sorted({name for worker in self.workers for name in worker["releases"]}):
            fitting = contract.edition_of(release)
            if fitting is not None:
                terminal.write_line(
                    f"contract: requests of SDK {printable(release)}, which fits --contract-edition={fitting}"
                )

    def pytest_unconfigure(self) -> None:
        """Restore the HTTP libraries."""
        self.monitor.stop()


def _pairs(entries: Iterable[IgnoreEntry]) -> list[tuple[str, str]]:
    return [(entry.source, entry.entry) for entry in entries]
