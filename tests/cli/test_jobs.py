"""`--jobs`: several processes give the results of one, in the same order, even if a process dies."""

from __future__ import annotations

import json
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apicontract.cli import jobs
from apicontract.cli import validate as validating
from apicontract.cli.jobs import Died, Here, Processes, Spread, in_order
from apicontract.cli.outcomes import Unreadable
from apicontract.traffic import payloads
from tests.cli.conftest import HEEDING_CTRL_C, HOST, Run, entry, har
from tests.support.patience import PATIENCE
from twelvelabs_contract import Contract

PLACE = ("--schema", "PageInfo")
GOOD, BAD = b'{"page": 1}', b'{"page": "x"}'


def _answers(part: int) -> tuple[int, int, bool]:
    if part < 0:
        os._exit(1)
    deaf = not hasattr(signal, "pthread_sigmask") or signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    return part, os.getpid(), deaf


def test_results_come_in_order_and_those_of_a_process_that_died_are_not_lost() -> None:
    """No process hears Ctrl-C, not even before it has begun."""
    here = Here()
    parts: list[int | Here] = [1, 2, here, 3, -1, *range(4, 20)]
    found = list(in_order(Processes(_answers, 2), parts))
    assert [part for part, _ in found] == parts
    reported = {part: result for part, result in found if isinstance(part, int)}
    assert isinstance(reported.pop(-1), Died)
    assert [result[0] for result in reported.values()] == [1, 2, 3, *range(4, 20)]
    assert os.getpid() not in {result[1] for result in reported.values()}
    assert all(result[2] for result in reported.values())


def test_whoever_wants_no_more_leaves_no_process_behind() -> None:
    before = set(multiprocessing.active_children())
    with closing(in_order(Processes(_answers, 2), range(1000))) as found:
        assert next(found)[1][0] == 0
    assert set(multiprocessing.active_children()) <= before


def _waits(_: int) -> None:
    time.sleep(PATIENCE)


def test_a_wait_for_processes_that_is_interrupted_ends_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the exit of Python would wait for them, forever if they have nothing to do."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    pool = Processes(_waits, 1)
    begun = pool.submit(0)
    monkeypatch.setattr(ProcessPoolExecutor, "shutdown", interrupted)
    with pytest.raises(KeyboardInterrupt):
        pool.close()
    assert isinstance(begun.exception(PATIENCE), pool.broken)


_FORKED = """
import os, sys, threading
from apicontract.cli.jobs import Processes, in_order

def parent(part):
    return os.getppid()

if __name__ == "__main__":
    print([found == os.getpid() for _, found in in_order(Processes(parent, 1), [0])])
    until = threading.Event()
    def parts():
        threading.Thread(target=until.wait).start()
        yield 0
    print([found == os.getpid() for _, found in in_order(Processes(parent, 1), parts())])
    until.set()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="nobody says how many threads there are")
def test_a_process_is_forked_only_from_one_that_has_no_other_thread(tmp_path: Path) -> None:
    """To divide Parquet starts one, for example."""
    script = tmp_path / "script.py"
    script.write_text(_FORKED)
    done = subprocess.run(
        [sys.executable, "-W", "error:This process:DeprecationWarning", str(script)],
        check=True,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.stdout.split("\n")[:2] == ["[True]", "[False]"]


@pytest.mark.parametrize("much", [False, True])
@pytest.mark.parametrize(
    ("spread", "here"),
    [
        (Spread(jobs=1), True),
        (Spread(jobs=2), False),
        (Spread(jobs=1, finished="parts"), False),
        (Spread(jobs=1, dask="local"), False),
    ],
)
def test_what_is_asked_for_decides_where_work_is_run(spread: Spread, *, here: bool, much: bool) -> None:
    """Parts that are stored, or sent elsewhere, are made even for one process."""
    assert spread.is_here(much) is here


@pytest.mark.parametrize(("much", "processors", "here"), [(False, 2, True), (True, 2, False), (True, 1, True)])
def test_otherwise_the_size_of_the_input_does(
    monkeypatch: pytest.MonkeyPatch, *, much: bool, processors: int, here: bool
) -> None:
    monkeypatch.setattr(jobs, "cores", lambda: processors)
    assert Spread().is_here(much) is here


def _wrong(part: int) -> int:
    return 1 // part


def test_a_fault_of_ours_is_not_taken_for_a_process_that_died() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_order(Processes(_wrong, 1), [1, 0]))


@pytest.fixture
def inputs(tmp_path: Path) -> list[str]:
    """Return files of every kind: lines, also blank, long or the last; a document, and one that is not there."""
    long = b'{"page": 1, "more": "%s"}' % (b"x" * 500)
    lines = [GOOD, b"", BAD, b" \r", GOOD + b"\r", long, BAD, b"nothing", *[GOOD] * 40, BAD, b'{"page": 1, "page": 2}']
    made = {
        "a.ndjson": b"\n".join(lines),
        "blank.ndjson": b"\n" * 700 + BAD + b"\n",
        "b.json": b'{"page":\n\n"x"}',
        "c.jsonl": b"\n".join(reversed(lines)) + b"\n",
        "empty.ndjson": b"",
    }
    for name, text in made.items():
        (tmp_path / name).write_bytes(text)
    return [*list(made)[:2], "missing.ndjson", "-", *list(made)[2:], "."]


@pytest.mark.parametrize("form", ["json", "junit"])
def test_two_processes_tell_what_one_tells(
    cli: Run, inputs: list[str], form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validating, "SLICE", 64)
    given = ("validate", *inputs, *PLACE, "--format", form)
    one, two = (cli(*given, "--jobs", jobs, stdin=BAD) for jobs in (1, 2))
    assert two == one
    assert one.out.count("is not of type") >= 6


@pytest.mark.parametrize("options", [(), ("--unknown", "ignore"), ("--pass-others",)])
def test_two_processes_tell_of_recordings_what_one_tells(cli: Run, options: tuple[str, ...]) -> None:
    bad = har(entry(f"{HOST}/tasks?page_limit=51", {"data": 1}), entry("https://example.com/", 1), name="bad.har")
    strange = har(entry(f"{HOST}/nothing", {}), name="strange.har")
    Path("none.har").write_bytes(b"{}")
    files = (bad, har(name="good.har"), "none.har", "-", strange, "missing.har", bad)
    one, two = (cli("check", *files, *options, "--format", "json", "--jobs", n, stdin=b"[") for n in (1, 2))
    assert two == one
    assert len(one.findings) >= 4


def test_what_is_exercised_is_counted_by_one_process(cli: Run) -> None:
    done = cli("check", har(name="a.har"), "--report", "r.json", "--jobs", 2)
    assert done.status == 2
    assert "leave out --jobs" in done.err


def test_a_stream_is_checked_as_one(cli: Run) -> None:
    Path("s.ndjson").write_bytes(b'{"event_type": "stream_start"}\n{"event_type": "text_generation", "text": 5}\n')
    given = ("validate", "s.ndjson", "--operation", "analyze", "--status", 200, "--format", "json")
    one, two = (cli(*given, "--jobs", jobs) for jobs in (1, 2))
    assert two == one
    assert len(one.findings) == 2


@settings(max_examples=100)
@given(st.lists(st.sampled_from([b"", b"1", b"22", b"x" * 9, b"\r"]), max_size=12), st.booleans(), st.data())
def test_the_slices_of_a_file_are_all_its_lines(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], ended: bool, data: st.DataObject
) -> None:
    text = b"\n".join(lines) + b"\n" * ended
    path = tmp_path_factory.getbasetemp() / "slices.ndjson"
    path.write_bytes(text)
    cuts = sorted({0, len(text), *data.draw(st.lists(st.integers(0, len(text)), max_size=5))})
    found: list[tuple[int, bytes]] = []
    before = counted = 0
    for begin, end in pairwise(cuts):
        with validating.opened(str(path)) as stream:
            for block in payloads.blocks(stream, size=data.draw(st.integers(1, 8)), begin=begin, end=end):
                numbers, texts = block.payloads()
                found += [(before + number, line) for number, line in zip(numbers, texts, strict=True)]
                counted += block.lines
        before = counted
    assert found == [(number, line) for number, line in enumerate(text.split(b"\n"), 1) if line.strip()]


def test_what_was_lost_with_its_process_is_reported_and_the_lines_below_keep_their_numbers(
    cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies_once(spread: Spread, work: Any, parts: Iterator[Any], _: object) -> Iterator[tuple[Any, Any]]:
        assert spread.jobs == 3
        for number, part in enumerate(parts):
            yield part, Died() if number == 1 else work(part)

    monkeypatch.setattr(Spread, "results", dies_once)
    monkeypatch.setattr(validating, "SLICE", 30)
    Path("a.ndjson").write_bytes((GOOD + b"\n") * 9 + BAD)
    done = cli("validate", "a.ndjson", *PLACE, "--jobs", 3, "--format", "json")
    assert done.status == 2
    assert "a.ndjson: bytes 30 to 60 were not checked: the process that checked it died twice" in done.err
    assert [finding["line"] for finding in done.findings] == [10]
    assert json.loads(done.out)["summary"]["checked"] == 8


def test_a_checker_is_pickled_with_its_place(contract: Contract) -> None:
    checker = payloads.PayloadChecker(contract, operation="tasks.list", status=200, limit=7)
    sent = pickle.loads(pickle.dumps(checker))  # noqa: S301 - our own bytes
    for payload in (payloads.Payload(1, b'{"data": 1}', 11), payloads.Payload(1, None, 8)):
        assert sent(payload) == checker(payload) != []


@pytest.mark.parametrize("jobs", ["0", "-1", "x"])
def test_a_number_of_processes_is_one_at_least(cli: Run, jobs: str) -> None:
    assert cli("validate", "a.json", *PLACE, "--jobs", jobs).status == 2


@pytest.mark.skipif(os.name == "nt", reason="sessions of processes are of POSIX")
def test_no_process_outlives_the_one_that_started_it() -> None:
    """However that ends: here by a signal that it does not handle."""
    program = (
        "from apicontract.cli.jobs import Processes, in_order\n"
        "for part, _ in in_order(Processes(abs, 2), range(1_000_000)):\n"
        "    print(part, flush=True)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout
        assert process.stdout.readline() == b"0\n"
        process.terminate()
        assert process.wait(PATIENCE) == -signal.SIGTERM
    late = time.monotonic() + PATIENCE
    with pytest.raises(ProcessLookupError):  # noqa: PT012 - it is raised once the last process is gone
        while time.monotonic() < late:
            os.killpg(process.pid, 0)
            time.sleep(0.01)


@pytest.mark.deep
def test_ctrl_c_ends_all_processes_and_tells_what_was_found_so_far(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    with path.open("wb") as file:
        file.write(BAD + b"\n")
        for _ in range(400):
            file.write((GOOD + b"\n") * 100_000)
    options = (*PLACE, "--jobs", "2", "--format", "json")
    with subprocess.Popen(
        (sys.executable, "-u", "-c", HEEDING_CTRL_C, "validate", str(path), *options),  # as it is written, at once
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.read(1) == b"{"  # the first slice was done
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.stdout.read(), process.stderr.read()
        assert process.wait(PATIENCE) == 2
    assert b"Traceback" not in err
    assert json.loads(b"{" + out)["summary"]["interrupted"]


@pytest.mark.parametrize("part", [{}, {"end": 10}, {"group": 0}])
def test_a_file_that_is_gone_when_its_part_is_checked_is_named(part: dict[str, int], tmp_path: Path) -> None:
    """It was there when it was divided."""
    checker = payloads.PayloadChecker(Contract.load(), operation="tasks.list", status=200)
    gone = validating._Input(str(tmp_path / "gone.ndjson"), "the input", by_line=True, column=None)
    (outcome,) = validating._judge(checker, validating._Part(gone, **part)).outcomes
    assert isinstance(outcome, Unreadable)
    assert outcome.source == "the input"
