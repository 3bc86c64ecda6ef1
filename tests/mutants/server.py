"""Start runs of pytest in a copy of the project: each is a fork of a process that has imported the dependencies.

Reads a line of JSON for each run, and writes one.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import signal
import sys
import time
from contextlib import suppress
from typing import Any

from tests.support import patience

LIBRARIES = (
    *("aiohttp", "anyio", "anyio._backends._asyncio", "asyncio", "concurrent.futures", "email.parser", "httpx"),
    *("hypothesis", "hypothesis.strategies", "jsonschema", "jsonschema_rs", "pydantic", "pytest", "pytest_httpx"),
    *(
        "requests",
        "requests_mock",
        "respx",
        "responses",
        "rich.console",
        "rich.table",
        "twelvelabs",
        "typer",
        "typer.testing",
    ),
    *("urllib3", "uvicorn", "vcr", "werkzeug", "xdist", "yaml"),
)
MEMORY = 6 * 1024**3
PATIENCE = 3
"""How many seconds may pass for one of the processor: others run beside, but what sleeps for ever costs them all."""
WAIT = 20.0
"""Seconds that a test waits here for what must come, in place of the minutes that it has on a slow machine."""


class Witness:
    """Notes the first test that fails, and whether anything could not be collected."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.test = ""
        self.uncollected = False

    def pytest_collectreport(self, report: Any) -> None:
        """Note what cannot be collected."""
        self.uncollected |= bool(report.failed)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note what fails."""
        if report.failed and not self.test:
            self.test = report.nodeid


def _child(tests: list[str], seconds: float, answer: int) -> None:
    import pytest

    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    limit = max(1, round(seconds))
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    patience.PATIENCE = WAIT  # before any module of tests takes it from there
    witness = Witness()
    # Without rewritten assertions it starts sooner, and why a test fails does not matter here.
    options = ["-x", "-q", "--tb=no", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:randomly"]
    status = pytest.main([*options, *tests], plugins=[witness])
    if status == pytest.ExitCode.OK:
        verdict = "survived"
    elif status == pytest.ExitCode.TESTS_FAILED and witness.test and not witness.uncollected:
        verdict = "caught"
    else:
        verdict = "broken"
    os.write(answer, json.dumps({"verdict": verdict, "test": witness.test}).encode())


def run(tests: list[str], seconds: float) -> dict[str, str]:
    """Run tests in a fork, and return the verdict."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(reading)
            _child(tests, seconds, writing)
        finally:
            os._exit(0)
    os.close(writing)
    end, ended = time.monotonic() + seconds * PATIENCE, False
    while not ended and time.monotonic() < end:
        ended = os.waitpid(process, os.WNOHANG)[0] != 0
        time.sleep(0 if ended else 0.02)
    answer = os.read(reading, 100_000) if ended else b""
    os.close(reading)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)  # with what it has started
    if not ended:
        os.waitpid(process, 0)
    # Without an answer it was ended: by a limit, as a fault in Python code has no other way to end its process so.
    found: dict[str, str] = json.loads(answer) if answer else {"verdict": "slow", "test": ""}
    return found


def main() -> None:
    """Answer every line."""
    for name in LIBRARIES:
        importlib.import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        print(json.dumps(run(asked["tests"], asked["seconds"])), flush=True)


if __name__ == "__main__":
    main()
