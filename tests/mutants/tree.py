"""A copy of the project to plant faults in, and runs of pytest there, in processes with the dependencies imported."""

from __future__ import annotations

import enum
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
MUTATED = ("src/apicontract", "src/twelvelabs_contract", "codegen")
"""What is mutated."""
LEFT = shutil.ignore_patterns(".*", "__pycache__", "build", "dist")
"""What the copy does not need; `.venv` is shared."""
_MANY_SECONDS_LATER = 10


class Verdict(enum.Enum):
    """What became of a fault."""

    CAUGHT = "caught"
    SURVIVED = "survived"
    BROKEN = "broken"
    """Nothing could be collected: no test has judged."""
    SLOW = "slow"
    """The tests took too long: no test has judged."""
    RED = "red"
    """The same tests fail without the fault, or are not there."""


@dataclass(frozen=True, slots=True)
class Run:
    """What the tests said."""

    verdict: Verdict
    test: str = ""
    """The one that failed."""


class Tree:
    """One copy of the project, and the process in it that starts runs of pytest."""

    def __init__(self, directory: Path) -> None:
        """Copy the project into a directory, and start the process."""
        self.root = directory / "project"
        self._green: set[str] = set()
        """Tests that were seen to pass without a fault."""
        self._planted = 0
        shutil.copytree(ROOT, self.root, ignore=LEFT)
        for name in (".ci", ".github", ".pre-commit-hooks.yaml", ".venv"):
            if (ROOT / name).exists():
                (self.root / name).symlink_to(ROOT / name)
        path = os.pathsep.join(str(self.root / part) for part in ("src", "generated", "."))
        dropped = ("PYTEST_ADDOPTS", "PYTHONDONTWRITEBYTECODE")
        kept = {name: value for name, value in os.environ.items() if name not in dropped}
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.mutants.server"],
            cwd=self.root,
            env=kept | {"PYTHONPATH": path, "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """End the process."""
        if self._server.stdin and self._server.stdout:
            self._server.stdin.close()
            self._server.stdout.close()
        self._server.wait()

    @contextmanager
    def planted(self, file: str, content: bytes) -> Iterator[None]:
        """Give a file another content for the time of the block."""
        path = self.root / file
        before, times = path.read_bytes(), path.stat()
        try:
            path.write_bytes(content)
            # Python tells whether its cache is current by size and whole seconds, which may be equal by chance: also
            # those of two faults in one file, so each has a time of its own.
            self._planted += 1
            os.utime(path, (times.st_atime, times.st_mtime + _MANY_SECONDS_LATER * self._planted))
            yield
        finally:
            path.write_bytes(before)
            os.utime(path, (times.st_atime, times.st_mtime))

    def pytest(self, tests: Sequence[str], seconds: float) -> Run:
        """Run tests in order up to the first that fails, in so many seconds of the processor."""
        if self._server.stdin is None or self._server.stdout is None:
            raise RuntimeError("the process has no streams")
        self._server.stdin.write(json.dumps({"tests": [*tests], "seconds": seconds}) + "\n")
        self._server.stdin.flush()
        answer = json.loads(self._server.stdout.readline())
        return Run(Verdict(answer["verdict"]), answer["test"])

    def judged(self, file: str, content: bytes, tests: Sequence[str], seconds: float) -> Run:
        """Say what tests make of a changed file; what fails them must pass without the change."""
        if not tests:
            return Run(Verdict.SURVIVED)
        with self.planted(file, content):
            run = self.pytest(tests, seconds)
        if run.verdict not in (Verdict.CAUGHT, Verdict.BROKEN) or run.test in self._green:
            return run
        before = [*tests[: tests.index(run.test)], run.test] if run.test in tests else tests
        plain = self.pytest(before, seconds)
        if plain.verdict is not Verdict.SURVIVED:
            return Run(Verdict.RED, plain.test)
        self._green.update(before)
        return run
