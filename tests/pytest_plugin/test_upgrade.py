"""What of a run breaks at a later edition."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.history import install
from tests.support.running import Consumer

TESTS = """
def library():
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"data": [], "total": 0}))
    return httpx.Client(transport=transport, base_url="https://library.example/v2", headers={"x-key": "k"})

def test_sorted():
    library().get("/books?sort=year")

def test_one_page():
    library().get("/books?page=1&draft=true")
"""


@pytest.fixture
def library(consumer: Consumer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Consumer:
    """Return a consumer of an API with a history."""
    install(tmp_path, monkeypatch)
    consumer.tests(TESTS)
    return consumer


def test_what_breaks_is_listed_and_fails_no_test(library: Consumer) -> None:
    """With the line that sends, the day and what to use; at the end the editions at which everything is right."""
    run = library.run("--contract", "--contract-edition=2026-01", "--contract-upgrade-to=2026-07")
    assert "2 passed" in run.output
    lines = [line for line in run.output.splitlines() if line]
    at = next(n for n, line in enumerate(lines) if "what breaks from 2026-01-01 to 2026-07-01" in line)
    assert "::test_sorted: GET https://library.example/v2/books" in lines[at + 1]
    assert lines[at + 2].endswith("query.sort: `sort` was removed on 2026-03-01; use order")
    assert lines[at + 3] == "deprecated, until 2026-09-01: books.list query.draft; use state"
    assert "everything is right at the edition of 2026-01-01 alone" in lines


def test_a_day_that_there_is_not(library: Consumer) -> None:
    assert "there is no edition 'later'" in library.run("--contract", "--contract-upgrade-to=later").output
