"""What becomes of each input, counted and written as it comes, in a format of the command line."""

from __future__ import annotations

import sys

from apicontract.checks.contract import Contract
from apicontract.cli.formats import FORMATS, Output
from apicontract.cli.outcomes import CANNOT_RUN, Outcome, Tally, Unreadable
from apicontract.cli.terminal import complain
from apicontract.product import Product


class Reporting:
    """Writes to standard output; errors and the count come at the end."""

    def __init__(self, contract: Contract, product: Product, form: str, unit: str) -> None:
        """Begin with nothing; `unit` says what is counted, such as `exchange`."""
        self.tally = Tally(unit)
        self._chosen = FORMATS[form](Output(sys.stdout, contract, product))
        self._errors: list[str] = []

    def add(self, outcome: Outcome) -> None:
        """Take one outcome."""
        self.tally.count(outcome)
        self._chosen.add(outcome)
        if isinstance(outcome, Unreadable):
            self._errors.append(f"{outcome.source}: {outcome.reason}")

    def end(self, hint: str = "") -> int:
        """Write what is left, and return the exit status; `hint` is what to do where nothing was related."""
        tally = self.tally
        self._chosen.end(tally)
        if tally.status == CANNOT_RUN and not tally.checked and not tally.unreadable and not tally.interrupted:
            of = " of this API" if tally.unrelated else ""
            hint = hint if tally.unrelated else ""
            self._errors.append(f"nothing was checked: no {tally.unit}{of} in the input{hint}")
        for error in self._errors:
            complain(error)
        return tally.status
