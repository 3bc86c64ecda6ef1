"""The table of failing uploads: the required results of our clients, and the observed ones of the vendor's SDK."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.client.upload_failures import FAILURES, attempt, rows, table

PAGE = Path(__file__).parents[2] / "docs" / "uploads.md"
OUTCOMES = {
    "broken off after half": "ReadError; then complete",
    "expired address": "complete",
    "lost `ETag`": "complete",
    "no `ETag` ever": "ResponseInvalid; then complete",
    "403 for one part": "ForbiddenError; then complete",
    "reset in mid-part": "complete",
    "changed file": "UploadChanged; then UploadChanged",
    "full disk": "OSError; then complete",
}


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("subject", ["sync", "async"])
def test_every_failure_has_its_outcome(failure: str, subject: str) -> None:
    """And nothing that is known to have arrived is sent again.

    The one part that was under way when the call ended may have arrived unseen: that depends on which thread is quick.
    """
    row = attempt(failure, subject)
    assert row.sent_again <= 1
    assert replace(row, sent_again=0).told == OUTCOMES[failure]
    assert row.whole or failure == "changed file"


def test_manual_has_the_outcomes() -> None:
    page = PAGE.read_text()
    assert [failure for failure in FAILURES if f"| {failure} | {OUTCOMES[failure]} |" not in page] == []


@pytest.mark.deep
def test_table_of_the_manual_is_what_is_seen() -> None:
    """Beside the vendor's SDK, which takes a process for each line."""
    assert "\n".join(table(list(rows()))) in PAGE.read_text()
