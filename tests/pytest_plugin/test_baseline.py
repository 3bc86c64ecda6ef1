"""A suite with many known violations passes, and a new one fails with its own message."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.running import Consumer

FIFTY = """
@pytest.mark.parametrize("number", range(2))
def test_list(number): client().get(f"/tasks?page_limit={51 + number}")
""" + "".join(f"\ndef test_known_{n}(): client().get('/tasks?page={-n}')\n" for n in range(1, 50))
NEW = "\ndef test_new(): client().get('/tasks?sort_by=size')\n"
FILE = "contract.baseline"


@pytest.fixture
def known(consumer: Consumer) -> Path:
    """Return the baseline of a consumer with fifty known violations."""
    consumer.tests(FIFTY)
    assert consumer.run("--contract").code == pytest.ExitCode.TESTS_FAILED
    run = consumer.run("--contract", f"--contract-baseline={FILE}", "--contract-baseline-update")
    assert run.code == pytest.ExitCode.OK, run.output
    assert f"baseline: {FILE}: 50 added, 0 removed" in run.output
    return consumer.pytester.path / FILE


def test_what_is_known_passes_and_what_is_new_fails(consumer: Consumer, known: Path) -> None:
    lines = known.read_text().splitlines()[1:]
    assert len(lines) == 50
    assert lines == sorted(lines)
    assert "test_it.py::test_known_1: tasks.list query.page minimum" in lines
    assert "test_it.py::test_list: tasks.list query.page_limit maximum" in lines
    quiet = consumer.run("--contract", f"--contract-baseline={FILE}")
    assert quiet.code == pytest.ExitCode.OK
    assert "no finding, 51 known" in quiet.output

    consumer.tests("# one line more\n" + FIFTY.replace("51 +", "99 +") + NEW)
    run = consumer.run("--contract", "-o", f"contract_baseline={FILE}")
    assert [name for name, outcome in run.outcomes().items() if outcome != "passed"] == ["test_new"]
    assert run.tests["test_new"].failure.startswith("contract: tasks.list query.sort_by enum\n")
    assert "query.page" not in run.tests["test_new"].failure


def test_what_was_fixed_is_found_and_pruned(consumer: Consumer, known: Path) -> None:
    consumer.tests(FIFTY.replace("?page=-1'", "?page=1'"))
    run = consumer.run("--contract", f"--contract-baseline={FILE}")
    line = "test_it.py::test_known_1: tasks.list query.page minimum"
    assert run.code == pytest.ExitCode.OK
    assert f"baseline: {line}: fixed; --contract-baseline-prune removes it" in run.output
    assert run.output.count(": fixed;") == 1

    run = consumer.run("--contract", f"--contract-baseline={FILE}", "--contract-baseline-prune", "-k", "known_2")
    assert line in known.read_text(), "a test that was not run has not been fixed"

    run = consumer.run("--contract", f"--contract-baseline={FILE}", "--contract-baseline-prune")
    assert f"baseline: {FILE}: 0 added, 1 removed" in run.output
    assert line not in known.read_text()
    assert len(known.read_text().splitlines()) == 50


def test_an_entry_ends_with_its_day_and_keeps_its_reason(consumer: Consumer, known: Path) -> None:
    text = known.read_text()
    line = "test_it.py::test_known_3: tasks.list query.page minimum"
    known.write_text(text.replace(f"{line}\n", f"{line}  # until 2999-01-01: the next release\n"))
    assert consumer.run("--contract", f"--contract-baseline={FILE}").code == pytest.ExitCode.OK

    known.write_text(text.replace(f"{line}\n", f"{line}  # until 2020-01-01: the last release\n"))
    run = consumer.run("--contract", f"--contract-baseline={FILE}", "--contract-baseline-update")
    assert [name for name, outcome in run.outcomes().items() if outcome != "passed"] == ["test_known_3"]
    assert f"baseline: {line}  # until 2020-01-01: the last release: it has expired" in run.output

    consumer.tests(FIFTY + NEW)
    consumer.run("--contract", f"--contract-baseline={FILE}", "--contract-baseline-update")
    assert f"{line}  # until 2020-01-01: the last release\n" in known.read_text()
    assert "test_it.py::test_new: tasks.list query.sort_by enum\n" in known.read_text()


def test_a_run_without_violations_writes_an_empty_file_that_the_next_run_reads(consumer: Consumer) -> None:
    consumer.tests("def test_it(): pass\n")
    given = ("--contract", f"--contract-baseline={FILE}")
    assert "0 added, 0 removed" in consumer.run(*given, "--contract-baseline-update").output
    assert consumer.run(*given).code == pytest.ExitCode.OK


def test_workers_make_the_same_file(consumer: Consumer, known: Path) -> None:
    text = known.read_text()
    known.unlink()
    plugins = ("twelvelabs_contract.pytest_plugin", "xdist.plugin")
    given = ("--contract", f"--contract-baseline={FILE}", "--contract-baseline-update", "-n", "2")
    assert consumer.run(*given, plugins=plugins).code == pytest.ExitCode.OK
    assert known.read_text() == text


@pytest.mark.parametrize(
    ("args", "text", "message"),
    [
        (("--contract-baseline=none",), "", "there is no such file; --contract-baseline-update writes it"),
        (("--contract-baseline-prune",), "", "which baseline? give --contract-baseline=FILE too"),
        (("--contract-baseline=wrong",), "tasks.list query.page\n", "wrong:1: a line is `SOURCE: OPERATION WHERE RULE"),
        (("--contract-baseline=wrong",), "a: b c d  # until May\n", "wrong:1: 'May' after `until` is not a day"),
    ],
)
def test_a_baseline_that_cannot_be_used(consumer: Consumer, args: tuple[str, ...], text: str, message: str) -> None:
    consumer.tests("def test_it(): pass\n")
    consumer.write("wrong", text)
    run = consumer.run("--contract", *args)
    assert run.code == pytest.ExitCode.USAGE_ERROR
    assert message in run.output


def test_a_baseline_that_cannot_be_written_is_said_with_the_reason(consumer: Consumer) -> None:
    """As the operating system gives it."""
    consumer.tests("\ndef test_one(): client().get('/tasks?page=-1')\n")
    file = consumer.pytester.path / "missing" / FILE
    run = consumer.run("--contract", f"--contract-baseline={file}", "--contract-baseline-update")
    assert f"baseline: {FILE} cannot be written: No such file or directory" in run.output
