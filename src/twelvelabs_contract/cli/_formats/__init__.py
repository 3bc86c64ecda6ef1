"""Floor 5: the output formats of `validate` and `check`; each is written as results come, so none needs them all."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol, TextIO

from twelvelabs_contract._contract import Contract
from twelvelabs_contract.cli._formats.github import GitHub
from twelvelabs_contract.cli._formats.json import Json
from twelvelabs_contract.cli._formats.junit import JUnit
from twelvelabs_contract.cli._formats.sarif import Sarif
from twelvelabs_contract.cli._formats.text import Text
from twelvelabs_contract.cli._outcome import Outcome, Tally

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


def report(chosen: Format, stream: TextIO, contract: Contract) -> Report:
    """Return the report of a format."""
    match chosen:
        case Format.TEXT:
            return Text(stream)
        case Format.JSON:
            return Json(stream, contract)
        case Format.JUNIT:
            return JUnit(stream)
        case Format.SARIF:
            return Sarif(stream)
        case Format.GITHUB:
            return GitHub(stream)
