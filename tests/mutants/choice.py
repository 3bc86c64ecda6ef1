"""Select the tests for a mutant: those recorded to run its line, the nearest and the fastest first."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.mutants.mutant import Mutant
from tests.mutants.recorder import FOLDER
from tests.mutants.recorder import MOST as KEPT
from tests.mutants.tree import MUTATED, ROOT

RECORD = ROOT / ".mutants" / "tests.json.gz"
"""Where it is kept what the tests run, for the state of the project of which it was recorded."""
WATCHED = (*MUTATED, "generated", "spec", "tests")
LEFT = ("tests/mutants", "tests/test_benchmarks.py", "tests/laws/test_newest_sdk.py", "tests/test_layers.py")
"""Tests that judge no mutant: of the harness itself, of what is not there, of long runs, and of form alone."""
FOLDERS: Mapping[str, str | tuple[str, ...]] = {
    "apicontract": "tests/test_",
    "apicontract.bulk": ("tests/bulk/", "tests/cli/test_bulk.py"),
    "twelvelabs_contract": ("tests/test_", "tests/cli/", "tests/product/"),
}
"""How the names of tests begin that are the nearest of a package without a folder of its own."""
MOST = 24
SECONDS = 6.0
"""How many tests judge one mutant, and how long they take without it, in seconds of the processor."""
MOST_NEAR = 600
SECONDS_NEAR = 20.0
"""The same, of a line that more tests run than were kept for it: those of its package are asked too."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Tests in the order in which they run, and how long they take."""

    tests: tuple[str, ...]
    seconds: float

    @property
    def limit(self) -> float:
        """How many seconds of the processor they have with a fault: as long again and more, and the start."""
        return 30 + 5 * self.seconds


class Record:
    """What was recorded."""

    def __init__(self, seconds: Mapping[str, float], lines: Mapping[str, Mapping[str, list[str]]]) -> None:
        """Take how long tests take, and by file and line, which run it."""
        self._seconds, self._lines = seconds, lines

    def runs(self, mutant: Mutant) -> bool:
        """Whether a test was seen to run the line of a mutant."""
        return str(mutant.line) in self._lines.get(mutant.file, {})

    def choose(self, mutant: Mutant) -> Chosen:
        """Return the tests for a mutant.

        What is run when a module is imported belongs to no test: those that run anything of the file judge it; and
        where another process runs the file, the tests of its package. Where none was seen to run the line, or more than
        were kept for it, the tests of its package judge it after these, one of each function before a second of any:
        the quickest are not the nearest.
        """
        lines = self._lines.get(mutant.file, {})
        found: list[str] = lines.get(str(mutant.line), [])
        if not found:
            found = self._spread(lines.values())
        folder = FOLDERS.get(mutant.package, f"tests/{mutant.package.rpartition('.')[2]}/")
        if not found:
            found = [test for test in self._seconds if test.startswith(folder)]
        near = [test for test in found if test.startswith(folder)]
        first = [*near[: MOST // 2], *(test for test in found if test not in near), *near[MOST // 2 :]]
        if lines.get(str(mutant.line)) and len(found) < KEPT:
            return self._fitting(first, MOST, SECONDS)
        few = self._fitting(first, MOST, SECONDS / 2).tests
        turns = Counter[str]()
        ranked: list[tuple[int, str]] = []
        for test in sorted(self._seconds, key=self._seconds.__getitem__):
            function = test.partition("[")[0]
            if test.startswith(folder) and test not in few:
                ranked.append((turns[function], test))
                turns[function] += 1
        return self._fitting([*few, *(test for _, test in sorted(ranked, key=itemgetter(0)))], MOST_NEAR, SECONDS_NEAR)

    def _spread(self, lists: Iterable[list[str]]) -> list[str]:
        """Take tests of all lines by turns."""
        pending, found = [list(tests) for tests in lists], dict[str, None]()
        while pending:
            found.update((tests.pop(0), None) for tests in pending)
            pending = [tests for tests in pending if tests]
        return list(found)

    def _fitting(self, tests: list[str], most: int, seconds: float) -> Chosen:
        """Return the first tests that there is time for."""
        chosen: list[str] = []
        total = 0.0
        for test in tests:
            if len(chosen) < most and total + self._seconds[test] <= seconds:
                chosen.append(test)
                total += self._seconds[test]
        return Chosen(tuple(chosen), total)


def digest() -> str:
    """Return what tells one state of the project from another."""
    found = hashlib.sha256()
    for place in WATCHED:
        for path in sorted((ROOT / place).rglob("*")):
            if path.suffix in (".py", ".yaml", ".json") and not {"__pycache__", "mutants"} & {*path.parts}:
                found.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


def recorded(*, stale: bool = False) -> Record:
    """Return what is recorded for this state of the project; if it is not yet, that takes some minutes.

    With `stale`, what was recorded of any state will do.
    """
    if RECORD.exists():
        kept = json.loads(gzip.decompress(RECORD.read_bytes()))
        if stale or kept["digest"] == digest():
            return Record(kept["seconds"], kept["lines"])
    print("recording which tests run which lines: some minutes, once for each state of the project", file=sys.stderr)
    with TemporaryDirectory(prefix="record-") as folder:
        options = ["-q", "-p", "no:cacheprovider", "-p", "tests.mutants.recorder", "-n", "2", "--dist", "worksteal"]
        command = [sys.executable, "-m", "pytest", *options, *(f"--ignore={path}" for path in LEFT)]
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, FOLDER: folder}, capture_output=True, check=False)
        if done.returncode:
            raise SystemExit(f"the tests fail without a fault:\n{done.stdout.decode()[-4000:]}")
        seconds, lines = merged(sorted(Path(folder).glob("*.json")))
    keep(seconds, lines)
    return Record(seconds, lines)


def merged(files: Iterable[Path]) -> tuple[dict[str, float], dict[str, dict[str, list[str]]]]:
    """Join what several processes have recorded."""
    seconds: dict[str, float] = {}
    lines: dict[str, dict[str, list[str]]] = {}
    for file in files:
        found = json.loads(file.read_text(encoding="utf-8"))
        seconds |= found["seconds"]
        for path, by_line in found["lines"].items():
            for line, tests in by_line.items():
                lines.setdefault(path, {}).setdefault(line, []).extend(tests)
    for by_line in lines.values():
        for tests in by_line.values():
            tests.sort(key=seconds.__getitem__)
    return seconds, lines


def keep(seconds: Mapping[str, float], lines: Mapping[str, Mapping[str, list[str]]]) -> None:
    """Keep a record for later runs."""
    RECORD.parent.mkdir(exist_ok=True)
    text = json.dumps({"digest": digest(), "seconds": seconds, "lines": lines})
    RECORD.write_bytes(gzip.compress(text.encode()))
