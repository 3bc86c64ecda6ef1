"""Coverage of a consumer's test run: the tests that are counted, several processes, the exit status, the options."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apicontract.pytest_plugin.coverage import CoveragePlugin
from tests.coverage.documents import query, raw
from tests.support.editions import DOCUMENT_2025_08
from tests.support.running import PLUGINS, Consumer, Run

TESTS = {
    "test_smallest": 'client().get("/tasks", params={"page_limit": 1})',
    "test_last": 'client().get("/tasks", params={"page_limit": 50, "status": ["ready", "failed"]})',
    "test_too_many": (
        'client({"code": "parameter_invalid", "message": "No."}, 400).get("/tasks", params={"page_limit": 51})'
    ),
    "test_analyze": (
        'client({"id": "a", "data": "b"}).post("/analyze", json={"video_id": ID, "prompt": "Why?", "stream": False})'
    ),
}
OWN = {
    "test_smallest": {"query.page_limit: min 1", "query.status: absent"},
    "test_last": {
        "query.page_limit: max 50",
        "query.status: present",
        'query.status[]: "ready"',
        'query.status[]: "failed"',
    },
    "test_too_many": {"query.page_limit: max + 1 = 51", "status: 400", "response: 400 application/json"},
}
"""What each test of `tasks.list` exercises and no other does."""


@pytest.fixture
def consumer(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Consumer:
    """Return a project with the tests."""
    found = Consumer(pytester, monkeypatch)
    found.write("pytest.ini", f"[pytest]\ncontract_spec = {DOCUMENT_2025_08}\n")
    write(found)
    return found


def write(consumer: Consumer, *left_out: str) -> None:
    """Write the tests, but for some."""
    consumer.tests("".join(f"\n\ndef {name}():\n    {TESTS[name]}\n" for name in TESTS if name not in left_out))


def covered(consumer: Consumer, *args: str, code: int = 0) -> dict[str, dict[str, str]]:
    """Run the tests, and return the first test of each cell that was exercised, by operation and cell."""
    run = consumer.run("--contract-report=coverage.json", *args)
    assert run.code == code, run.output
    written = json.loads((consumer.pytester.path / "coverage.json").read_text("utf-8"))
    tests = [row["test"].partition("::")[2] for row in written["tests"]]
    return {
        operation["id"]: {
            f"{cell['place']}: {cell['case']}": tests[cell["test"]] for cell in operation["cells"] if cell["count"]
        }
        for operation in written["operations"]
    }


def test_a_run_counts_what_its_tests_exercise_and_remembers_which_did(consumer: Consumer) -> None:
    found = covered(consumer)
    assert {operation for operation, cells in found.items() if cells} == {"tasks.list", "analyze"}
    for name, cells in OWN.items():
        assert {cell for cell, test in found["tasks.list"].items() if test == name} >= cells
    assert found["tasks.list"]["operation: called"] == "test_smallest"
    assert found["analyze"]["body.stream: false"] == "test_analyze"


@pytest.mark.parametrize("name", list(OWN))
def test_deleting_a_test_lowers_exactly_its_cells(consumer: Consumer, name: str) -> None:
    before = covered(consumer)
    write(consumer, name)
    after = covered(consumer)
    lost = before["tasks.list"].keys() - after["tasks.list"].keys()
    assert lost == OWN[name]
    assert not after["tasks.list"].keys() - before["tasks.list"].keys()
    assert {k: v.keys() for k, v in before.items() if k != "tasks.list"} == {
        k: v.keys() for k, v in after.items() if k != "tasks.list"
    }


def test_several_processes_report_what_one_does(consumer: Consumer) -> None:
    files = [consumer.pytester.path / f"coverage{suffix}" for suffix in (".json", ".html", ".xml")]
    options = [f"--contract-report={file.name}" for file in files]
    one = consumer.run(*options)
    before = [file.read_bytes() for file in files]
    two = consumer.run(*options, "-n", "2", plugins=(*PLUGINS, "xdist.plugin"))
    assert "2 workers" in two.output
    assert [file.read_bytes() for file in files] == before
    assert section(one) == section(two)


def section(run: Run) -> list[str]:
    """Return the lines of the summary."""
    lines = run.output.splitlines()
    begin = next(index for index, line in enumerate(lines) if "contract coverage: " in line)
    end = next(index for index, line in enumerate(lines[begin:], begin) if line.startswith("written"))
    return [line.rstrip() for line in lines[begin + 1 : end]]


def test_the_summary(consumer: Consumer) -> None:
    lines = section(consumer.run("--contract-report=coverage.html"))
    assert lines[0].split() == ["operation", "covered", "cells", "refusals"]
    assert [line.split()[0] for line in lines[1:3]] == ["analyze", "tasks.list"]
    assert "operations called 2/28, refusals tried 1/98" in " ".join(lines)


@pytest.mark.parametrize(("least", "code"), [("0", 0), ("4.13", 0), ("4.14", 1), ("100", 1)])
def test_too_low_a_coverage_fails_the_run(consumer: Consumer, least: str, code: int) -> None:
    run = consumer.run(f"--contract-fail-under={least}")
    assert run.code == code
    assert (f"is below the {least} % required by --contract-fail-under" in run.output) is bool(code)


def test_a_reason_why_the_count_is_incomplete_is_said_once() -> None:
    plugin = object.__new__(CoveragePlugin)
    plugin._lines = [("x", False)]
    for text in ("x", "y", "x"):
        plugin._fault(text)
    assert plugin._lines == [("x", False), ("x", True), ("y", True)]


def test_the_scope_says_which_operations_count(consumer: Consumer) -> None:
    run = consumer.run("--contract-report=-", "--contract-only=search.*, tasks.list", "--contract-only=indexes.delete")
    assert "operations called 1/4," in run.output
    run = consumer.run("--contract-report=-", "--contract-only=task.*")
    assert run.code == pytest.ExitCode.USAGE_ERROR
    assert "ERROR: --contract-only: " in run.output


def test_a_failed_run_stays_one(consumer: Consumer) -> None:
    consumer.tests("\ndef test_it():\n    assert False\n")
    assert consumer.run("--contract-fail-under=0").code == 1


def test_a_run_without_tests_stays_one(consumer: Consumer) -> None:
    consumer.tests("")
    assert consumer.run("--contract-fail-under=50").code == pytest.ExitCode.NO_TESTS_COLLECTED


@pytest.mark.parametrize(
    ("option", "reported"),
    [
        (
            "--contract-report=coverage.txt",
            "--contract-report=coverage.txt: the suffix must be one of .html, .json, .xml, or -",
        ),
        ("--contract-report=folder.xml", "--contract-report=folder.xml: it is a directory; name a file"),
        ("--contract-report=file.json/a.html", "--contract-report=file.json/a.html: file.json is not a directory"),
        ("--contract-fail-under=101", "--contract-fail-under=101: a share in percent is needed, 0 to 100"),
        ("--contract-fail-under=nan", "--contract-fail-under=nan: a share in percent is needed, 0 to 100"),
    ],
)
def test_an_option_that_cannot_be_meant_is_refused_before_any_test_runs(
    consumer: Consumer, option: str, reported: str
) -> None:
    (consumer.pytester.path / "folder.xml").mkdir()
    consumer.write("file.json", "{}")
    run = consumer.run(option)
    assert run.code == pytest.ExitCode.USAGE_ERROR
    assert reported in run.output
    assert not run.tests


def test_the_terminal_alone(consumer: Consumer) -> None:
    run = consumer.run("--contract-report=-")
    assert run.code == 0
    assert "operations called 2/28" in run.output.replace("\n  ", " ")
    assert not [path for path in consumer.pytester.path.iterdir() if path.suffix in (".json", ".html", ".xml")]


def test_a_report_that_cannot_be_written_is_reported_and_fails_the_run(consumer: Consumer) -> None:
    consumer.tests("\ndef test_it():\n    open('taken', 'w').close()  # a file where a folder is needed\n")
    run = consumer.run("--contract-report=taken/coverage.html")
    assert run.code == 1
    assert "cannot be written: " in run.output
    assert "Traceback" not in run.output


def test_collecting_alone_reports_nothing(consumer: Consumer) -> None:
    run = consumer.run("--contract-report=coverage.json", "--contract-fail-under=100", "--collect-only")
    assert run.code == 0
    assert not (consumer.pytester.path / "coverage.json").exists()


def test_coverage_is_counted_whether_or_not_the_contract_is_checked(consumer: Consumer) -> None:
    unchecked = covered(consumer)
    checked = covered(consumer, "--contract", code=1)  # of the page_limit that is one too many
    assert checked == unchecked


def test_a_known_violation_does_not_take_the_request_out_of_the_count(consumer: Consumer) -> None:
    consumer.tests(
        """
        @pytest.mark.contract(ignore=["tasks.list query.extra"])
        def test_known():
            client().get("/tasks", params={"page_limit": 50, "extra": 1})

        def test_unknown():
            client().get("/tasks", params={"page_limit": 1, "extra": 1})
        """
    )
    found = covered(consumer)["tasks.list"]
    assert found["query.page_limit: max 50"] == "test_known"
    assert "query.page_limit: min 1" not in found


def test_what_is_sent_at_teardown_is_its_tests(consumer: Consumer) -> None:
    consumer.tests(
        """
        @pytest.fixture
        def cleaned():
            yield
            client().get("/tasks")

        def test_it(cleaned):
            pass

        def test_next():
            pass
        """
    )
    assert covered(consumer)["tasks.list"]["operation: called"] == "test_it"


def test_another_document(consumer: Consumer, tmp_path: Path) -> None:
    consumer.write("things.json", json.dumps(raw(query(limit={"type": "integer", "maximum": 9}))))
    consumer.tests(
        """
        def test_it():
            transport = httpx.MockTransport(lambda request: httpx.Response(204))
            httpx.Client(transport=transport).get("https://api.example/things", params={"limit": 9})
        """
    )
    found = covered(consumer, "--contract-spec=things.json")
    assert found == {
        "op": dict.fromkeys(["operation: called", "query.limit: present", "query.limit: max 9"], "test_it")
    }


def test_no_key_is_in_a_report(consumer: Consumer) -> None:
    names = ["coverage.json", "coverage.html", "coverage.xml"]
    run = consumer.run(*(f"--contract-report={name}" for name in names))
    for text in [run.output, *((consumer.pytester.path / name).read_text("utf-8") for name in names)]:
        assert "tlk_made_up_for_tests" not in text


class Node:
    """A worker of xdist, as the controller sees it when it is gone."""

    def __init__(self, **output: str) -> None:
        """Say what it left."""
        self.workeroutput = output
        self.gateway = type("Gateway", (), {"id": "gw1"})


@pytest.mark.parametrize(
    ("node", "error", "reported"),
    [
        (Node(), None, "gw1 ended without its count (it crashed); what it exercised is missing"),
        (Node(), "no memory", "gw1 ended without its count (no memory); what it exercised is missing"),
        (Node(apicontract_coverage="{"), None, "the count of a worker cannot be added: this is invalid JSON"),
    ],
)
def test_the_count_of_a_worker_that_is_lost_is_reported_and_fails_the_run(
    consumer: Consumer, monkeypatch: pytest.MonkeyPatch, node: Node, error: str | None, reported: str
) -> None:
    def lost(self: CoveragePlugin, session: pytest.Session) -> None:
        self.pytest_testnodedown(node, error)
        original(self, session)

    original = CoveragePlugin._finish
    monkeypatch.setattr(CoveragePlugin, "_finish", lost)
    run = consumer.run("--contract-report=-")
    assert reported in run.output
    assert run.code == 1


def test_a_report_is_named_as_seen_from_where_pytest_was_started(consumer: Consumer, tmp_path: Path) -> None:
    """One elsewhere by its whole path; none of them is a failure."""
    consumer.tests("def test_it(): client().get('/tasks')\n")
    (consumer.pytester.path / "out").mkdir()
    elsewhere = tmp_path / "r.json"
    run = consumer.run("--contract-report=out/r.json", f"--contract-report={elsewhere}")
    written = [line for line in run.output.splitlines() if line.startswith("written: ")]
    assert (run.code, written) == (0, [f"written: {Path('out', 'r.json')}", f"written: {elsewhere}"])
    assert elsewhere.read_bytes() == (consumer.pytester.path / "out" / "r.json").read_bytes()
