"""The page of the manual that says what changed is what the document says."""

from __future__ import annotations

from pathlib import Path

from apicontract.cli.changes import WRITERS, log
from twelvelabs_contract import Contract

PAGE = Path(__file__).parents[2] / "docs" / "changes.md"


def test_the_page_is_what_the_marks_say() -> None:
    """`twelvelabs-contract changes --format markdown > docs/changes.md` writes it anew."""
    assert PAGE.read_text().splitlines() == list(WRITERS["markdown"](log(Contract.load(), None)))
