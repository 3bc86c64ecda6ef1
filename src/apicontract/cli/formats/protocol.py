"""What an output format is given, and what it must do."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol, TextIO, TypeAlias

from apicontract.checks.contract import Contract
from apicontract.cli.outcomes import Outcome, Tally
from apicontract.product import Product


class Output(NamedTuple):
    """What is written to, and about what."""

    stream: TextIO
    contract: Contract
    product: Product
    """What is named as the tool."""


class Report(Protocol):
    """Takes outcomes one at a time, as they come, so that none needs them all; then the count of them."""

    def add(self, outcome: Outcome) -> None:
        """Take one outcome."""

    def end(self, tally: Tally) -> None:
        """Write what is left."""


Format: TypeAlias = Callable[[Output], Report]
