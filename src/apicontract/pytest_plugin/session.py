"""Floor 5: the hooks of a run that is watched: whose an exchange is, and where what is wrong with it is told.

What is wrong with the exchanges of a test is told when its call is over, those of its fixtures' setup included, as a
failure of its own (so `xfail`, `--pdb`, `-x` and reruns work as for any other); what comes later, at teardown, as an
error there. A test that failed by itself keeps its own failure, and gets a section beside it. What is sent while a
module is collected fails the collection of that module. What nobody could be blamed for fails the session.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterable
from typing import Any

import pytest

from apicontract.product import Product
from apicontract.pytest_plugin import messages
from apicontract.pytest_plugin.settings import INI, PRODUCT, Known, asked, bases_of, contract_of, known
from apicontract.pytest_plugin.watching import Scope, Watch

_PLUGIN = pytest.StashKey["ContractPlugin"]()
_TEXT = pytest.StashKey[str]()
WORKER = "apicontract"


def begin(config: pytest.Config, product: Product) -> Watch:
    """Watch the run, once; `pytest.UsageError` for settings that cannot be used."""
    if _PLUGIN not in config.stash:
        config.stash[PRODUCT] = product
        plugin = ContractPlugin(config)
        config.stash[_PLUGIN] = plugin
        plugin.watch.start()
        config.pluginmanager.register(plugin, "apicontract_watch")
    return config.stash[_PLUGIN].watch


def worker_told(config: pytest.Config, product: Product, told: dict[str, Any]) -> None:
    """Take what a worker of xdist has to tell."""
    begin(config, product)
    config.stash[_PLUGIN].workers.append(told)


class ContractPlugin:
    """The hooks."""

    def __init__(self, config: pytest.Config) -> None:
        """Read the settings."""
        self._config = config
        self._title = f"the {config.stash[PRODUCT].title} contract"
        self._everything = bool(config.option.contract or config.getini("contract"))
        contract = contract_of(config)
        try:
            self._known = known(contract, INI, config.getini(INI))
        except ValueError as error:
            raise pytest.UsageError(f"{INI}: {error}") from error
        self._entries: set[Known] = set(self._known)
        self.workers: list[dict[str, Any]] = []
        """What each process has to tell at its end."""
        self._late: list[str] = []
        outside = Scope("", "", 0, judged=self._everything, known=tuple(self._known))
        self.watch = Watch(contract, bases_of(config), outside)

    # A test

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        """Let what is sent from now on be this test's; what is wrong is told with its call."""
        wrong = ""
        try:
            self.watch.scope = self._scope(item)
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
        """Fail a test that passed and should not have."""
        try:
            result = yield
        except BaseException:
            self._note(item)
            raise
        self._fail(item)
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        """As for the call; then nothing more is this test's."""
        try:
            result = yield
        except BaseException:
            self._note(item)
            raise
        finally:
            self.watch.scope = self.watch.outside
        self._fail(item)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Put what is wrong beside a failure that hides it, such as that of a `unittest` case."""
        report = yield
        text = item.stash.get(_TEXT, None)
        if text is not None:
            del item.stash[_TEXT]
            raised = call.excinfo.value if call.excinfo else None
            if not isinstance(raised, pytest.fail.Exception) or raised.msg != text:
                report.sections.append((self._title, text))
        return report

    def _scope(self, item: pytest.Item) -> Scope:
        path, line, _ = item.reportinfo()
        enabled, own = asked(item, self.watch.contract)
        entries = [*self._known, *own]
        judged = self._everything if enabled is None else enabled
        if judged:
            self._entries.update(entries)
        threads = frozenset(threading.enumerate()) - {threading.current_thread()}
        return Scope(item.nodeid, str(path), (line or 0) + 1, judged=judged, known=tuple(entries), threads=threads)

    def _note(self, item: pytest.Item) -> str | None:
        incidents = self.watch.drain()
        if not incidents:
            return None
        item.stash[_TEXT] = messages.failure(incidents, item.nodeid, self._config)
        return item.stash[_TEXT]

    def _fail(self, item: pytest.Item) -> None:
        text = self._note(item)
        if text is not None:
            pytest.fail(text, pytrace=False)

    # The rest of the run

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self,
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Fail a module that breaks the contract when it is imported."""
        report = yield
        incidents = self.watch.drain()
        if incidents:
            report.outcome = "failed"
            report.longrepr = messages.failure(incidents, "", self._config)
        return report

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the session for what was told with no test, and give the controller of xdist what it must tell."""
        incidents = self.watch.drain()
        if incidents:
            self._late.append(messages.failure(incidents, "", self._config))
        told = {
            "late": self._late,
            "entries": _pairs(self._entries),
            "used": _pairs(self.watch.used),
            "unseen": self.watch.unseen,
        }
        if hasattr(self._config, "workeroutput"):
            self._config.workeroutput[WORKER] = told
            return
        self.workers.append(told)
        if any(worker["late"] for worker in self.workers) and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Tell what belongs to no test."""
        late = [text for worker in self.workers for text in worker["late"]]
        unseen = [text for worker in self.workers for text in worker["unseen"]]
        entries = {tuple(pair) for worker in self.workers for pair in worker["entries"]}
        used = {tuple(pair) for worker in self.workers for pair in worker["used"]}
        lines = [*late, *messages.unused(entries - used), *messages.unseen(unseen)]
        if lines:
            terminalreporter.section(self._title)
            for line in lines:
                terminalreporter.write_line(line)

    def pytest_unconfigure(self) -> None:
        """Leave httpx as it was."""
        self.watch.stop()


def _pairs(entries: Iterable[Known]) -> list[tuple[str, str]]:
    return [(entry.source, entry.entry) for entry in entries]
