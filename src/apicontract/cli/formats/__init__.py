"""Floor 5: the output formats of `validate` and `check`; each is written as results come, so none needs them all."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol, TextIO

from apicontract.checks.contract import Contract
from apicontract.cli.formats.github import GitHub
from apicontract.cli.formats.json import Json
from apicontract.cli.formats.junit import JUnit
from apicontract.cli.formats.sarif import Sarif
from apicontract.cli.formats.text import Text
from apicontract.cli.outcomes import Outcome, Tally
from apicontract.product import Product

__all__ = ["Format", "Report", "report"]


class Format(StrEnum):
    """How results are written."""

    TEXT = "text"
    JSON = "json"
    JUNIT = "junit"
    SARIF = "sarif"
    GITHUB = "github"


class Report(Protocol):
    """Takes outcomes one at a time, then the count of them."""

    def add(self, outcome: Outcome) -> None:
        """Take one outcome."""

    def end(self, tally: Tally) -> None:
        """Write what is left."""


def report(chosen: Format, stream: TextIO, contract: Contract, product: Product) -> Report:
    """Return the report of a format."""
    match chosen:
        case Format.TEXT:
            return Text(stream)
        case Format.JSON:
            return Json(stream, contract)
        case Format.JUNIT:
            return JUnit(stream, product.name)
        case Format.SARIF:
            return Sarif(stream, product)
        case Format.GITHUB:
            return GitHub(stream)
