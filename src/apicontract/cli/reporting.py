"""Count the outcome of each input, and write it in an output format."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import closing

from apicontract.checks.contract import Contract
from apicontract.cli import storage
from apicontract.cli.formats import FORMATS, Output
from apicontract.cli.interruption import UntilCtrlC
from apicontract.cli.outcomes import CANNOT_RUN, Checked, Outcome, Tally, Unreadable
from apicontract.cli.terminal import complain
from apicontract.product import Product


class Reporting:
    """Writes to standard output; errors and the summary come at the end."""

    def __init__(self, contract: Contract, product: Product, form: str, unit: str, findings: str | None = None) -> None:
        """Start with no outcomes; `unit` is what is counted, such as `exchange`.

        `findings` is the path of a Parquet file.
        """
        self._findings = None if findings is None else storage.findings_file(findings)
        self.tally = Tally(unit)
        self._chosen = FORMATS[form](Output(sys.stdout, contract, product))
        self._errors: list[str] = []

    def all(self, outcomes: Generator[Outcome]) -> int:
        """Write the outcome of each input as it comes, errors and the counts at the end; return the exit status."""
        with UntilCtrlC(outcomes) as heeding:
            with closing(outcomes):
                for outcome in heeding:
                    self.add(outcome)
            self.tally.interrupted = heeding.interrupted
            return self.end("; name their base URL with --base-url")

    def add(self, outcome: Outcome) -> None:
        """Take one outcome."""
        self.tally.count(outcome)
        self._chosen.add(outcome)
        if self._findings is not None and isinstance(outcome, Checked):
            for finding in outcome.findings:
                self._findings.add(finding)
        if isinstance(outcome, Unreadable):
            self._errors.append(f"{outcome.place}: {outcome.message}")

    def end(self, hint: str = "") -> int:
        """Write the rest, and return the exit status; `hint` is advice for the case that nothing was checked."""
        tally = self.tally
        if self._findings is not None:
            self._findings.close()
        self._chosen.end(tally)
        read = not (tally.unreadable or tally.unread or tally.interrupted)
        if tally.status == CANNOT_RUN and not tally.checked and read:
            of = " of this API" if tally.unrelated else ""
            hint = hint if tally.unrelated else ""
            self._errors.append(f"nothing was checked: no {tally.unit}{of} in the input{hint}")
        for error in self._errors:
            complain(error)
        return tally.status
