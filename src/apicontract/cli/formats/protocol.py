"""The interface of an output format."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol, TextIO, TypeAlias

from apicontract.checks.contract import Contract
from apicontract.cli.outcomes import Outcome, Tally
from apicontract.product import Product


class Output(NamedTuple):
    """The stream to write to, and the subject of the report."""

    stream: TextIO
    contract: Contract
    product: Product
    """The name of the tool."""


class Report(Protocol):
    """Takes outcomes one at a time, as they come, so that they need not be stored; then the summary."""

    def add(self, outcome: Outcome) -> None:
        """Take one outcome."""

    def end(self, tally: Tally) -> None:
        """Write the rest."""


Format: TypeAlias = Callable[[Output], Report]
