"""The command line: try mutants for some minutes, add the results to those of other days, and print the rates.

Exit status: 0 if every package can reach its gate, 1 if one no longer can, or if a fault planted by hand survives.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TextIO

from tests.mutants import byhand
from tests.mutants.choice import Record, recorded
from tests.mutants.mutant import Mutant
from tests.mutants.results import HEAD, Results, equivalent
from tests.mutants.sample import files, named, sample
from tests.mutants.tree import ROOT, Run, Tree, Verdict

GREEN, FAILED = 0, 1
WORKERS = 2


class Trials:
    """Tries mutants in several copies of the project at a time."""

    def __init__(self, record: Record, stdout: TextIO) -> None:
        """Take what tests are chosen by."""
        self._record, self._stdout, self._lock = record, stdout, Lock()

    def judge(self, tree: Tree, mutant: Mutant) -> Run:
        """Judge one mutant."""
        chosen = self._record.choose(mutant)
        content = mutant.applied((tree.root / mutant.file).read_bytes())
        try:
            compile(content, mutant.file, "exec")
        except SyntaxError:
            return Run(Verdict.BROKEN)
        return tree.judged(mutant.file, content, chosen.tests, chosen.limit)

    def each(
        self, mutants: Iterator[Mutant], trees: Sequence[Tree], until: float = inf
    ) -> Iterator[tuple[Mutant, Run]]:
        """Yield mutants with their verdicts until they, or the time, are over."""
        done: SimpleQueue[tuple[Mutant, Run] | None] = SimpleQueue()

        def work(tree: Tree) -> None:
            try:
                while time.monotonic() < until:
                    with self._lock:
                        mutant = next(mutants, None)
                    if mutant is None:
                        break
                    done.put((mutant, self.judge(tree, mutant)))
            finally:
                done.put(None)

        with ThreadPoolExecutor(len(trees)) as pool:
            futures = [pool.submit(work, tree) for tree in trees]
            ended = 0
            while ended < len(trees):
                found = done.get()
                if found is None:
                    ended += 1
                else:
                    yield found
            for future in futures:
                future.result()


def run(arguments: Sequence[str], stdout: TextIO) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="Try mutants; the tests must fail.")
    parser.add_argument("--minutes", type=float, default=12, help="how long mutants are tried (12)")
    parser.add_argument("--seed", help="what is drawn by: the date, and which run of that day it is")
    parser.add_argument(
        "--only", default="", metavar="TEXT", help="only files whose names hold this text; adds nothing"
    )
    parser.add_argument("--stale", action="store_true", help="choose tests by what was recorded of an earlier state")
    parser.add_argument("--rates", action="store_true", help="print the rates so far, and try nothing")
    options = parser.parse_args(arguments)
    results, packages = Results.read(), files(ROOT)
    seed = options.seed or results.unused(f"{datetime.now(UTC):%Y-%m-%d}")
    lost: list[str] = []
    if not options.rates:
        record = recorded(stale=options.stale)
        trials = Trials(record, stdout)
        with TemporaryDirectory(prefix="mutants-") as directory:
            places = [Path(directory) / str(number) for number in range(WORKERS)]
            for place in places:
                place.mkdir()
            trees = [Tree(place) for place in places]
            try:
                if not options.only:
                    lost = list(byhand.survivors(trees[0], record, stdout))
                    try_again(trials, trees, results, stdout)
                    results.write()
                until = time.monotonic() + options.minutes * 60
                for mutant, found in trials.each(sample(ROOT, seed, options.only), trees, until):
                    _note(mutant, found, results, seed, stdout)
                    if not options.only:
                        results.write()  # at once: a run may be ended early
            finally:
                for tree in trees:
                    tree.close()
    print(HEAD, file=stdout)
    rates = list(results.rates(packages))
    for rate in rates:
        print(rate, file=stdout)
    caught, tried = sum(rate.caught for rate in rates), sum(rate.tried for rate in rates)
    first = sum(rate.first for rate in rates)
    print(f"{caught} of {tried} mutants caught, {first} when tried first, {caught - first} since", file=stdout)
    return GREEN if not lost and all(rate.passes for rate in rates) else FAILED


def try_again(trials: Trials, trees: Sequence[Tree], results: Results, stdout: TextIO) -> None:
    """Try the survivors of earlier runs: those that are caught were learned from."""
    known, again = equivalent(), []
    for package, names in results.survivors.items():
        for name in [name for name in names if name not in known]:
            mutant = named(ROOT, name)
            if mutant is None:
                print(f"gone: {name}", file=stdout)
                results.forget(package, name)
            else:
                again.append(mutant)
    for mutant, run in trials.each(iter(again), trees):
        if run.verdict is Verdict.CAUGHT:
            results.learn(mutant.package, mutant.name)
            print(f"learned: {mutant.name} {run.test}", file=stdout, flush=True)


def _note(mutant: Mutant, run: Run, results: Results, day: str, stdout: TextIO) -> None:
    results.add(day, mutant.package, run.verdict, mutant.name)
    if run.verdict in (Verdict.SURVIVED, Verdict.RED) and mutant.name not in equivalent():
        where = f"{mutant.file}:{mutant.line}"
        print(f"{run.verdict.value}: {where} {mutant.name.partition(':')[2]} {run.test}", file=stdout, flush=True)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], sys.stdout))
