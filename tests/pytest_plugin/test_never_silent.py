"""A run reports what it has checked, so that a run without checks does not look like one without violations."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from apicontract.pytest_plugin.settings import unknown_of
from tests.support.running import Consumer

LINE = "contract: "
MIXED = """
import requests
import responses

def test_httpx():
    client().get("/tasks")
    client().get("https://example.com/")

def test_requests():
    with responses.RequestsMock() as mock:
        mock.add("GET", URL + "/tasks", json=PAGE)
        requests.get(URL + "/tasks?page_limit=51", headers={"x-api-key": KEY})
"""


def _line(output: str) -> str:
    return next(line for line in output.splitlines() if line.startswith(LINE) and "checked" in line)


@pytest.mark.parametrize("args", [(), ("-n", "2")], ids=["one process", "two workers"])
def test_the_line_counts_by_library(consumer: Consumer, args: tuple[str, ...]) -> None:
    consumer.tests(MIXED)
    plugins = ("twelvelabs_contract.pytest_plugin", *(("xdist.plugin",) if args else ()))
    run = consumer.run("--contract", *args, plugins=plugins)
    assert _line(run.output).startswith(
        "contract: 2 exchanges checked (httpx 1, requests 1), 1 finding, 1 with other hosts (example.com 1); "
    )
    assert "code is wrong" in run.output.lower()


@pytest.mark.parametrize("ask", ["", "option", "ini"])
def test_nothing_checked_is_a_warning_or_a_failure(consumer: Consumer, ask: str) -> None:
    consumer.tests("def test_it(): client().get('http://localhost/')\n")
    given = {"": [], "option": ["--contract-require"], "ini": ["-o", "contract_require=true"]}[ask]
    run = consumer.run("--contract", *given)
    assert run.code == (pytest.ExitCode.TESTS_FAILED if ask else pytest.ExitCode.OK)
    line = _line(run.output)
    assert line.startswith("contract: no exchange with the API was checked, 1 with other hosts (localhost 1); ")
    assert "(observed: " in line
    assert "httpx" in line
    assert line.endswith("what other processes send is not seen)")
    assert consumer.run("--contract", *given, "--collect-only").code == pytest.ExitCode.OK, "nothing was to be sent"
    red, yellow = "\x1b[31m", "\x1b[33m"
    shown = consumer.run("--contract", *given, "--color=yes").output
    assert f"{red if ask else yellow}contract: no exchange with the API was checked" in shown


def test_a_run_that_is_not_checked_says_nothing(consumer: Consumer) -> None:
    consumer.tests("def test_it(): client().get('/nowhere')\n")
    assert LINE not in consumer.run().output


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (["--contract-edition=2030"], "--contract-edition"),
        (["--contract-unknown=warn", "--contract-spec=no.yaml"], "--contract-spec, --contract-unknown"),
        (["--contract-base-url=http://localhost", "--contract-baseline=b"], "--contract-base-url, --contract-baseline"),
    ],
)
def test_options_without_checks_are_said_to_have_no_effect(consumer: Consumer, given: list[str], named: str) -> None:
    consumer.tests("def test_it(): client().get('/nowhere')\n")
    run = consumer.run(*given)
    assert run.code == pytest.ExitCode.OK
    assert f"contract: nothing was checked, so {named} had no effect; add --contract\n" in run.output


@pytest.mark.parametrize("test", ["@pytest.mark.contract\ndef test_it(): pass", "def test_it(twelvelabs_mock): pass"])
def test_a_marker_and_the_fixture_use_the_options(consumer: Consumer, test: str) -> None:
    consumer.tests(f"{test}\n")
    assert "had no effect" not in consumer.run("--contract-edition=2025-08").output


@pytest.mark.parametrize(("unknown", "code"), [("fail", 1), ("warn", 0), ("ignore", 0)])
@pytest.mark.parametrize("ask", ["option", "ini"])
def test_what_becomes_of_unknown_operations(consumer: Consumer, unknown: str, code: int, ask: str) -> None:
    consumer.tests("def test_it():\n    client().get('/task')\n    client().get('/tasks')\n")
    given = [f"--contract-unknown={unknown}"] if ask == "option" else ["-o", f"contract_unknown={unknown}"]
    run = consumer.run("--contract", *given)
    assert run.code == code
    assert ("not in the document: GET /task: " in run.output) == (unknown == "warn")


@pytest.mark.parametrize(("asked", "ini"), [("pass", "fail"), (None, "pass"), (None, "")])
def test_no_other_word_says_what_becomes_of_them(asked: str | None, ini: str) -> None:
    config: Any = SimpleNamespace(option=SimpleNamespace(contract_unknown=asked), getini=lambda _: ini)
    with pytest.raises(pytest.UsageError, match=f"^contract_unknown is fail, warn or ignore, not '{asked or ini}'$"):
        unknown_of(config)


def test_a_narrow_ignore_of_an_unknown_operation(consumer: Consumer) -> None:
    consumer.tests(
        """
        @pytest.mark.contract(ignore=["POST /assets2 path undeclared"])
        def test_known(): client(status=201).post("/assets2")

        @pytest.mark.contract(ignore=["POST /assets2 path undeclared"])
        def test_other(): client(status=201).post("/assets3")
        """
    )
    assert consumer.run("--contract").outcomes() == {"test_known": "passed", "test_other": "failed"}


def test_one_exchange_that_is_wrong_on_purpose(consumer: Consumer) -> None:
    consumer.tests(
        """
        from twelvelabs_contract.traffic import on_purpose

        def test_meant():
            with on_purpose("tasks.list query.page_limit maximum"):
                client({"code": "parameter_invalid", "message": "no"}, 400).get("/tasks?page_limit=51")

        def test_other():
            with on_purpose("tasks.list query.page_limit maximum"):
                client({"code": "parameter_invalid", "message": "no"}, 400).get("/tasks?page_limit=51")
            client().get("/tasks?page_limit=51")

        def test_answer():
            with on_purpose():
                client({"data": 5}).get("/tasks?page_limit=51")
        """
    )
    run = consumer.run("--contract")
    assert run.outcomes() == {"test_meant": "passed", "test_other": "failed", "test_answer": "failed"}
    assert "body.data" in run.tests["test_answer"].failure
    assert "page_limit" not in run.tests["test_answer"].failure


def test_the_frames_of_the_taps_are_in_no_traceback(consumer: Consumer) -> None:
    consumer.tests(
        """
        def test_it():
            def refuse(request):
                raise httpx.ConnectError("no route")
            httpx.Client(transport=httpx.MockTransport(refuse)).get(URL + "/tasks", headers={"x-api-key": KEY})
        """
    )
    run = consumer.run("--contract")
    assert "no route" in run.output
    assert "apicontract" not in run.output.replace("twelvelabs_contract", "")


@pytest.mark.parametrize(("given", "code"), [("true", 1), ("false", 0)])
def test_formats_can_be_switched_off(consumer: Consumer, given: str, code: int, tmp_path: Path) -> None:
    parameter = {"name": "day", "in": "query", "schema": {"type": "string", "format": "date"}}
    item = {"get": {"parameters": [parameter], "responses": {"200": {"description": "", "content": {"*/*": {}}}}}}
    raw = {"openapi": "3.1.0", "servers": [{"url": "https://api.twelvelabs.io/v1.3"}], "paths": {"/tasks": item}}
    spec = tmp_path / "own.json"
    spec.write_text(json.dumps(raw), encoding="utf-8")
    consumer.tests("def test_it(): client().get('/tasks?day=today')\n")
    assert consumer.run("--contract", f"--contract-spec={spec}", "-o", f"contract_formats={given}").code == code


def test_an_exchange_that_is_required_is_missed_without_any_other_option(consumer: Consumer) -> None:
    consumer.tests(
        """
        def test_it():
            client().get("/tasks?page_limit=51")
        """
    )
    assert consumer.run("--contract-require").code == pytest.ExitCode.TESTS_FAILED


@pytest.mark.parametrize("option", ["--contract-require", "--contract-fail-under=50"])
def test_a_run_that_ends_in_another_way_keeps_its_exit_status(consumer: Consumer, option: str) -> None:
    """What is missing is no failure of tests where there were none to run."""
    consumer.tests("def test_it(): pass\n")
    assert consumer.run(option, "-k", "other").code == pytest.ExitCode.NO_TESTS_COLLECTED
    consumer.tests("import nothing_of_that_name\n")
    assert consumer.run(option).code == pytest.ExitCode.INTERRUPTED


@pytest.mark.parametrize(
    "options", [["--contract"], ["--contract-require"], ["--contract-fail-under=50"], ["--contract-report=r.json"]]
)
def test_a_run_that_only_collects_says_and_writes_nothing(consumer: Consumer, options: list[str]) -> None:
    consumer.tests("def test_it(): client().get('/tasks')\n")
    run = consumer.run("--contract", *options, "--collect-only")
    assert run.code == pytest.ExitCode.OK
    assert "checked" not in run.output
    assert "contract coverage" not in run.output
    assert not (consumer.pytester.path / "r.json").exists()
