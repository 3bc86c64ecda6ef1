"""Ctrl-C: whenever it comes, what is written is a whole report, and says that there is more."""

from __future__ import annotations

import io
import signal
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import pytest

from apicontract.cli.formats import FORMATS
from apicontract.cli.interruption import UntilCtrlC
from apicontract.cli.outcomes import CANNOT_RUN, Checked, Outcome, Unreadable
from apicontract.cli.reporting import Reporting
from apicontract.traffic.findings import Finding
from apicontract.traffic.payloads import Payload, PayloadChecker
from twelvelabs_contract import Contract
from twelvelabs_contract.product import PRODUCT


@pytest.fixture(autouse=True)
def _heeded() -> Iterator[None]:
    """Have Ctrl-C do what it does at the beginning of a program, also in a run that is in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    signal.signal(signal.SIGINT, before)


class Interrupted(io.StringIO):
    """A standard output in the middle of whose writing Ctrl-C comes."""

    def __init__(self, *at: int) -> None:
        """Take the numbers of the writes, from 0."""
        super().__init__()
        self._at, self.writes = at, 0

    def write(self, text: str) -> int:
        """Write, and interrupt."""
        written = super().write(text)
        self.writes += 1
        if self.writes - 1 in self._at:
            signal.raise_signal(signal.SIGINT)
        return written


@pytest.fixture
def outcomes(contract: Contract) -> list[Outcome]:
    """Return outcomes of which two have findings."""
    found = PayloadChecker(contract, schema="PageInfo")(Payload(1, b'{"page": "x", "limit_per_page": "x"}', 9))
    assert len(found) == 2
    findings = [Finding(violation, "a", 1, "line 1", "payload") for violation in found]
    return [Checked("a", 1, "line 1", findings), Unreadable("b", "no such file"), Checked("c", 1, "line 1", findings)]


def _reported(contract: Contract, form: str, outcomes: Generator[Outcome], out: io.StringIO) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", out)
        patch.setattr("sys.stderr", io.StringIO())
        return Reporting(contract, PRODUCT, form, "payload").all(outcomes)


def _until(outcomes: list[Outcome], end: int) -> Generator[Outcome]:
    """Yield the first outcomes, and be interrupted at the next; not at all after the last."""
    yield from outcomes[:end]
    if end <= len(outcomes):
        raise KeyboardInterrupt


@pytest.mark.parametrize("form", FORMATS)
def test_ctrl_c_while_a_result_is_written_leaves_the_report_whole(
    contract: Contract, form: str, outcomes: list[Outcome]
) -> None:
    """It is the report of an interruption between two results, or of none."""
    whole = []
    for end in range(len(outcomes) + 2):
        out = Interrupted()
        assert _reported(contract, form, _until(outcomes, end), out) == CANNOT_RUN
        whole.append(out.getvalue())
    writes = out.writes
    found = []
    for at in range(writes):
        out = Interrupted(at)
        _reported(contract, form, _until(outcomes, len(outcomes) + 1), out)
        found.append(out.getvalue())
    assert [report for report in found if report not in whole] == []
    assert found[-1] == whole[-1]


def test_a_second_ctrl_c_ends_at_once(contract: Contract, outcomes: list[Outcome]) -> None:
    out = Interrupted(0, 1)
    with pytest.raises(KeyboardInterrupt):
        _reported(contract, "json", _until(outcomes, len(outcomes)), out)
    assert out.writes == 2


def test_ctrl_c_breaks_off_the_wait_for_the_next_item() -> None:
    ended = []

    def items() -> Generator[int]:
        try:
            yield 1
            signal.raise_signal(signal.SIGINT)
            yield 2
        finally:
            ended.append(True)

    with UntilCtrlC(items()) as heeding:
        assert list(heeding) == [1]
        assert heeding.interrupted
    assert ended


@contextmanager
def _ignored() -> Iterator[None]:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    """As it is for what a shell starts in the background."""
    with _ignored(), UntilCtrlC(_until([], 1)) as heeding:
        signal.raise_signal(signal.SIGINT)
        assert list(heeding) == []
        assert not heeding.interrupted
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_in_another_thread_there_is_no_signal_to_listen_to() -> None:
    found: list[list[Outcome]] = []

    def work() -> None:
        with UntilCtrlC(_until([], 1)) as heeding:
            found.append(list(heeding))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == [[]]
