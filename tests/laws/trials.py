"""Count the trials of a run of the laws, by law and subject; fail the run if a law or a subject had none.

This is a pytest plugin for the process that prints; with xdist, the reports of the workers carry the counts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

TRIALS = "trials"
"""The property of a report that says how many trials there were: law, world, subject, and number."""
ASKED = {"newest": {"sync", "async"}, "2025-08": {"sync", "async", "vendor"}}
"""Which subjects every law asks in a usual run, by world."""
DOCUMENT = "document"
"""The subject of laws that ask no client."""
HERE = Path(__file__).parent

Counts = dict[str, Counter[tuple[str, str]]]


def missing(counts: Mapping[str, Mapping[tuple[str, str], int]], claims: set[str]) -> Iterator[str]:
    """Say which laws were not tried, or not with each subject, or in no trial at all."""
    for claim in sorted(claims - counts.keys()):
        yield f"{claim}: not tried"
    for claim, found in counts.items():
        for world in sorted({world for world, _ in found}):
            asked = {subject for at, subject in found if at == world}
            for subject in sorted((asked if asked == {DOCUMENT} else asked | ASKED[world]) - {""}):
                if not found.get((world, subject)):
                    yield f"{claim}: no trial with {subject} in {world}"


def claims() -> set[str]:
    """Return what the laws claim, as their modules are written."""
    every = "".join(path.read_text(encoding="utf-8") for path in sorted(HERE.glob("test_*.py")))
    return set(re.findall(r'^@law\(\s*"[^"]+",\s*"([^"]+)"', every, re.MULTILINE))


class Trials:
    """Counts."""

    def __init__(self, config: pytest.Config) -> None:
        """Take what was asked for."""
        self._config = config
        self._counts: Counts = defaultdict(Counter)
        self._missing: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the count of a test."""
        for name, value in report.user_properties if report.when == "call" else ():
            if name == TRIALS and isinstance(value, list | tuple):
                claim, world, subject, count = value
                self._counts[claim][world, subject] += count

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Fail a whole run in which a law or a subject tried nothing."""
        if self._is_whole() and exitstatus == pytest.ExitCode.OK:
            self._missing = list(missing(self._counts, claims()))
            if self._missing:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the counts."""
        if not self._is_whole() or not self._counts:
            return
        total = sum(sum(found.values()) for found in self._counts.values())
        terminalreporter.section(f"{total:,} trials of {len(self._counts)} laws")
        for claim, found in sorted(self._counts.items()):
            by_subject: Counter[str] = Counter()
            for (_, subject), count in found.items():
                by_subject[subject] += count
            reported = ", ".join(f"{subject} {count:,}" for subject, count in sorted(by_subject.items()))
            terminalreporter.write_line(f"{claim}: {reported}")
        for line in self._missing:
            terminalreporter.write_line(f"FAILED {line}", red=True)

    def _is_whole(self) -> bool:
        """Whether all laws were asked for, and nothing was chosen of them."""
        option = self._config.option
        chosen = any(getattr(option, name, None) for name in ("keyword", "markexpr", "lf", "maxfail", "collectonly"))
        places = {str(Path(argument).resolve()) for argument in self._config.args}
        return not chosen and bool(places & {str(HERE), str(HERE.parent), str(HERE.parents[1])})


def pytest_configure(config: pytest.Config) -> None:
    """Count in the process that prints."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Trials(config), "trials")
