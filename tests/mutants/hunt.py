"""Plants faults in several copies of the project at a time."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Self, TypeVar

from tests.mutants.document import DocumentFault
from tests.mutants.fault import CannotPlant, Planting
from tests.mutants.judge import FACTS, findings
from tests.mutants.tree import Run, Tree, Verdict, suite

T = TypeVar("T")


class Outcome(enum.Enum):
    """What became of a fault."""

    CAUGHT = "caught"
    SURVIVED = "SURVIVED"
    BROKEN = "BROKEN"
    """It could not be planted, or the tests that it names could not be run."""


_OUTCOMES = {
    Verdict.GREEN: Outcome.SURVIVED,
    Verdict.RED: Outcome.CAUGHT,
    Verdict.HANGS: Outcome.CAUGHT,
    Verdict.BROKEN: Outcome.BROKEN,
}


@dataclass(frozen=True, slots=True)
class Result:
    """A fault, and what became of it."""

    label: str
    change: str
    outcome: Outcome
    line: str
    """The test that caught it, or why it was not planted."""


class Hunt:
    """Runs plantings in copies of the project, as many at a time as there are workers."""

    def __init__(self, directory: Path, workers: int) -> None:
        """Copy the project once for each worker."""
        self._trees: SimpleQueue[Tree] = SimpleQueue()
        for number in range(workers):
            (place := directory / str(number)).mkdir()
            self._trees.put(Tree(place))
        self._workers = workers
        self._pool = ThreadPoolExecutor(workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def without_a_fault(self) -> list[str]:
        """Run the whole suite as it is, and return what fails."""

        def check(part: str) -> Run:
            return self._in_a_tree(lambda tree: tree.pytest([part], cache=True))

        runs = self._pool.map(check, suite())
        return [run.line for run in runs if run.verdict is not Verdict.GREEN]

    def document_faults(self, faults: Sequence[DocumentFault]) -> Iterator[Result]:
        """Judge document faults the short way; plant those for real that it misses, and one of each kind."""
        kinds: set[str] = set()
        missed: list[DocumentFault] = []
        samples: list[DocumentFault] = []
        for fault, told in findings(faults, self._workers):
            if told is None:
                missed.append(fault)
            elif fault.kind not in kinds:
                kinds.add(fault.kind)
                samples.append(fault)
            else:
                yield Result(fault.label, fault.change, Outcome.CAUGHT, told)
        yield from self._each(samples, lambda fault: self._in_a_tree(lambda tree: confirm(tree, fault)))
        yield from self._each(missed, lambda fault: self._in_a_tree(lambda tree: plant(tree, fault, suite())))

    def _each(self, faults: Sequence[T], plant_one: Callable[[T], Result]) -> Iterator[Result]:
        futures = [self._pool.submit(plant_one, fault) for fault in faults]
        for future in as_completed(futures):
            yield future.result()

    def _in_a_tree(self, work: Callable[[Tree], T]) -> T:
        tree = self._trees.get()
        try:
            return work(tree)
        finally:
            self._trees.put(tree)


def plant(tree: Tree, fault: Planting, tests: Sequence[str]) -> Result:
    """Plant a fault and run the tests that it names; if they stay green, run the whole suite."""
    with ExitStack() as stack:
        try:
            stack.enter_context(tree.planted(fault))
        except CannotPlant as error:
            return Result(fault.label, fault.change, Outcome.BROKEN, str(error))
        run = tree.pytest(tests)
        if run.verdict is Verdict.GREEN and tests != suite():
            run = tree.pytest(suite())
    return Result(fault.label, fault.change, _OUTCOMES[run.verdict], run.line)


def confirm(tree: Tree, fault: DocumentFault) -> Result:
    """Plant a fault that was caught the short way, and make sure that pytest catches it too."""
    with tree.planted(fault):
        run = tree.pytest([FACTS])
    if run.caught:
        return Result(fault.label, fault.change, Outcome.CAUGHT, run.line)
    return Result(fault.label, fault.change, Outcome.BROKEN, f"`judge` says that it is caught, but pytest: {run.line}")
