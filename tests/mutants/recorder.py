"""A pytest plugin that records which lines each test runs, and how long it takes, to choose tests by.

Each process writes one file into the folder that the environment names. Lines that a test runs in another process are
not recorded; `choice` has a fallback for them.
"""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

from tests.mutants.tree import MUTATED

FOLDER = "MUTANTS_RECORD"
"""The variable of the environment that names the folder."""
MOST = 30
"""How many tests are kept for one line: the quickest, those of other functions first."""


class Recorder:
    """Records the tests of this process."""

    def __init__(self, root: Path, folder: Path) -> None:
        """Begin to record."""
        self._root, self._folder = root, folder
        self._seconds: dict[str, float] = {}
        sources = [str(root / place) for place in MUTATED]
        self._coverage = coverage.Coverage(data_file=None, config_file=False, source=sources)
        self._coverage.start()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Record one test under its name."""
        self._coverage.switch_context(item.nodeid)
        started = time.process_time()
        try:
            return (yield)
        finally:
            self._seconds[item.nodeid] = round(time.process_time() - started, 4)
            self._coverage.switch_context("")

    @pytest.hookimpl(tryfirst=True)  # a worker is ended soon after it has said that it is done
    def pytest_sessionfinish(self) -> None:
        """Write what was recorded."""
        self._coverage.stop()
        data, lines = self._coverage.get_data(), {}
        for path in data.measured_files():
            found = data.contexts_by_lineno(path)
            kept = {line: kept for line, tests in found.items() if (kept := self._kept([t for t in tests if t]))}
            lines[Path(path).relative_to(self._root).as_posix()] = kept
        name = self._folder / f"{os.getpid()}.json"
        # Of all tests: one that runs no line may still look at what a module holds once it is imported.
        name.write_text(json.dumps({"seconds": self._seconds, "lines": lines}), encoding="utf-8")

    def _kept(self, tests: list[str]) -> list[str]:
        """Return the quickest tests, one of each function before a second of any."""
        turns: dict[str, int] = defaultdict(int)
        ranked: list[tuple[int, str]] = []
        for test in sorted(tests, key=lambda name: (self._seconds.get(name, 0), name)):
            function = test.partition("[")[0]
            ranked.append((turns[function], test))
            turns[function] += 1
        return [test for _, test in sorted(ranked, key=lambda pair: pair[0])[:MOST]]


def pytest_configure(config: pytest.Config) -> None:
    """Record if the environment says where to; with xdist, in the workers."""
    folder = os.environ.get(FOLDER)
    if folder and (hasattr(config, "workerinput") or not config.getoption("numprocesses", None)):
        config.pluginmanager.register(Recorder(config.rootpath, Path(folder)), "recorder")
