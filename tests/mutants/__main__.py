"""The command line: plant every fault, and say which survive.

Exit status: 0 if all are caught, 1 if one survives or has no place any more, 2 if the suite is red without a fault.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from tests.mutants.document import document_faults
from tests.mutants.hunt import Hunt, Outcome, Result
from tests.mutants.judge import bundled

CAUGHT, SURVIVED, RED = 0, 1, 2
WORKERS = 2


class Report:
    """Prints results as they come, and counts them."""

    def __init__(self, stdout: TextIO, *, every: bool) -> None:
        """Print every result, or only those that are to be acted on."""
        self._stdout = stdout
        self._every = every
        self._kinds: Counter[str] = Counter()
        self.results: list[Result] = []

    def add(self, kind: str, result: Result) -> None:
        """Take a result."""
        self._kinds[kind] += 1
        self.results.append(result)
        if self._every:
            print(f"{result.outcome.value:<9}{result.label}\n         {result.line}", file=self._stdout, flush=True)

    def end(self, seconds: float) -> int:
        """Print the summary and return the exit status."""
        outcomes = Counter(result.outcome for result in self.results)
        rows = {
            "faults": f"{len(self.results)} ({', '.join(f'{count} {kind}' for kind, count in self._kinds.items())})",
            "caught": f"{outcomes[Outcome.CAUGHT]}",
            "survivors": f"{outcomes[Outcome.SURVIVED]}",
            "cannot be planted": f"{outcomes[Outcome.BROKEN]}",
            "seconds": f"{seconds:.0f}",
        }
        if not outcomes[Outcome.BROKEN]:
            del rows["cannot be planted"]
        for result in self.results:
            if result.outcome is not Outcome.CAUGHT:
                print(
                    f"{result.outcome.value}: {result.label}\n    {result.change}\n    {result.line}", file=self._stdout
                )
        for name, value in rows.items():
            print(f"{name:<24}{value}", file=self._stdout)
        return CAUGHT if outcomes[Outcome.CAUGHT] == len(self.results) else SURVIVED


def run(arguments: Sequence[str], stdout: TextIO) -> int:
    """Run the command line and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="Plant faults; the tests must fail.")
    parser.add_argument("--only", default="", metavar="TEXT", help="only faults whose file and name hold this text")
    parser.add_argument("--list", action="store_true", help="name the faults and plant none")
    options = parser.parse_args(arguments)
    document = [fault for fault in document_faults(bundled()) if options.only in fault.label]
    if options.list:
        for label in (fault.label for fault in document):
            print(label, file=stdout)
        return CAUGHT
    started = time.monotonic()
    report = Report(stdout, every=stdout.isatty())
    with TemporaryDirectory(prefix="mutants-") as directory, Hunt(Path(directory), WORKERS) as hunt:
        red = hunt.without_a_fault()
        if red:
            print("the suite is red without a fault:", *red, sep="\n  ", file=stdout)
            return RED
        for result in hunt.document_faults(document):
            report.add("document", result)
    return report.end(time.monotonic() - started)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], sys.stdout))
