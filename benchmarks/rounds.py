"""Measure a question: in each round one process of every side, in an order that turns around from round to round."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import pyperf

from benchmarks.model import OURS, Disagreement, Effort, Question, Side, Target

ROOT = Path(__file__).parents[1]


class Unmeasured(Exception):
    """A question could not be measured; the text says why."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The values of one side at one size."""

    bench: pyperf.Benchmark

    @property
    def median(self) -> float:
        """The median of all values, in seconds."""
        return float(self.bench.median())

    @property
    def spread(self) -> tuple[float, float]:
        """The quartiles of all values, in seconds."""
        return float(self.bench.percentile(25)), float(self.bench.percentile(75))

    @property
    def rounds(self) -> list[float]:
        """The median of each round, in seconds, in the order of the rounds."""
        return [median(run.values) for run in self.bench.get_runs()]

    @property
    def peak(self) -> int | None:
        """The most memory that the command took, in bytes; `None` if it was no command."""
        found = [run.get_metadata().get("command_max_rss", 0) for run in self.bench.get_runs()]
        return max(found) or None


@dataclass(frozen=True, slots=True)
class Ratio:
    """How two sides compare, round by round, so that what slows the machine down for a while slows both."""

    median: float
    low: float
    high: float
    rounds: int

    @classmethod
    def of(cls, upper: Sequence[float], lower: Sequence[float]) -> Ratio:
        """Divide the times of one side by those of another, in the rounds that both took part in."""
        found = sorted(a / b for a, b in zip(upper, lower, strict=False))
        return cls(median(found), found[len(found) // 4], found[-1 - len(found) // 4], len(found))


@dataclass(frozen=True, slots=True)
class Results:
    """All that was measured of a question."""

    question: Question
    measured: dict[tuple[str, int], Measured]
    worth: Mapping[str, int] = field(default_factory=dict)
    """As in `Remarks`."""

    def at(self, side: str, size: int | None = None) -> Measured | None:
        """Return what was measured of a side, at the first size unless another is given."""
        return self.measured.get((side, self.question.sizes[0] if size is None else size))

    def over(self, side: str) -> dict[int, list[float]]:
        """Return the rounds of a side, by size."""
        return {size: found.rounds for (name, size), found in self.measured.items() if name == side}

    def reached(self, target: Target) -> Ratio | None:
        """Return how much of the asked speed we reach: the time allowed by that taken; under 1 it is missed."""
        ours = self.at(OURS)
        peer = self.at(target.peer) if target.peer else None
        if ours is None or (target.peer and peer is None):
            return None
        theirs = [0.0] * len(ours.rounds) if peer is None else peer.rounds
        return Ratio.of([time * target.times + target.plus for time in theirs], ours.rounds)


def measure(question: Question, effort: Effort, say: Callable[[str], None]) -> Results:
    """Let the sides agree, then measure them. Raises `Disagreement`, or `Unmeasured` with what a worker wrote."""
    _agree(question)
    runs: dict[tuple[str, int], list[pyperf.Run]] = {}
    with TemporaryDirectory(prefix="bench-") as directory:
        workers = [_Workers(question, side, effort, Path(directory)) for side in question.sides]
        for turn in range(effort.processes):
            for worker in _turned(workers, turn):
                for size, run in worker.measured(turn):
                    runs.setdefault((worker.side.name, size), []).append(run)
            say(".")
    order = [(side.name, size) for side in question.sides for size in question.sizes_of(side)]
    return Results(question, {key: Measured(pyperf.Benchmark(runs[key])) for key in order})


def _turned(workers: Sequence[_Workers], turn: int) -> Sequence[_Workers]:
    """Let another one begin in each round, and every second round go the other way."""
    begin = turn // 2 % len(workers)
    order = [*workers[begin:], *workers[:begin]]
    return order if turn % 2 == 0 else order[::-1]


class _Workers:
    """Starts the worker processes of one side."""

    def __init__(self, question: Question, side: Side, effort: Effort, directory: Path) -> None:
        """Find out how many runs make a value long enough; a slow side's one run does."""
        self.side = side
        self._question = question
        self._effort = effort
        self._file = directory / "runs.json"
        self._loops: dict[int, int] = {}
        if not side.slow:
            calibration = self._start("--calibrate-loops", "--warmups", "1", "--values", "1")
            self._loops = {size: run.get_loops() for size, run in calibration}

    def measured(self, turn: int) -> Iterator[tuple[int, pyperf.Run]]:
        """Start a worker, and yield its run at each size that this round has."""
        sizes = [size for size in self._question.sizes_of(self.side) if turn == 0 or size not in self._question.once]
        if not sizes or (self.side.rounds is not None and turn >= self.side.rounds):
            return iter(())
        loops = json.dumps({str(size): count for size, count in self._loops.items()})
        values = "1" if self.side.slow else str(self._effort.values)
        warmups = "0" if self.side.slow else "1"
        return self._start(
            *("--loops", "1", "--loops-of", loops, "--sizes", json.dumps(sizes), "--warmups", warmups),
            *("--values", values),
        )

    def _start(self, *options: str) -> Iterator[tuple[int, pyperf.Run]]:
        self._file.unlink(missing_ok=True)
        command = [self._question.name, self.side.name, "--worker"]
        command += ["--min-time", str(self._effort.min_time), "--output", str(self._file), *options]
        done = worker(*command)
        if done.returncode:
            raise Unmeasured(f"{self.side.name} failed: {last_line(done.stderr or done.stdout)}")
        for bench in pyperf.BenchmarkSuite.load(str(self._file)).get_benchmarks():
            (run,) = bench.get_runs()
            yield int(bench.get_name().rpartition("/")[2]), run


def worker(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a worker to its end, as users run programs: bytecode is kept, and the peers' own tools are found."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), environment.get("PATH", os.defpath)))
    command = (sys.executable, "-m", "benchmarks.worker", *arguments)
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def _agree(question: Question) -> None:
    done = worker(question.name, "--agree")
    if done.returncode == 1 and "Traceback" not in done.stderr:
        raise Disagreement(done.stderr.strip())
    if done.returncode:
        raise Unmeasured(f"the sides cannot be compared: {last_line(done.stderr)}")


def last_line(text: str) -> str:
    """Return what a program said at last: of a traceback, the error."""
    lines = text.strip().splitlines()
    return lines[-1] if lines else "no message"
