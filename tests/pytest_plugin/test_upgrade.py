"""The exchanges of a run that break at a later edition."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.history import HISTORY, install
from tests.support.running import PLUGINS, Consumer

TESTS = """
def library():
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"data": [], "total": 0}))
    return httpx.Client(transport=transport, base_url="https://library.example/v2", headers={"x-key": "k"})

def test_sorted():
    library().get("/books?sort=year")

def test_one_page():
    library().get("/books?page=1&draft=true")

@pytest.mark.contract(False)
def test_unchecked():
    library().get("/books?sort=title")
"""


@pytest.fixture
def library(consumer: Consumer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Consumer:
    """Return a consumer of an API with a history."""
    install(tmp_path, monkeypatch)
    consumer.tests(TESTS)
    return consumer


def test_what_breaks_is_listed_and_fails_no_test(library: Consumer) -> None:
    """With the line that sends, the day and what to use; at the end the editions at which every exchange is valid."""
    run = library.run(
        "--contract", "--contract-edition=2026-01", "--contract-upgrade-to=2026-07", "--contract-report=-"
    )
    assert "3 passed" in run.output
    lines = [line for line in run.output.splitlines() if line]
    at = next(n for n, line in enumerate(lines) if "what breaks from 2026-01-01 to 2026-07-01" in line)
    assert lines[at + 1].endswith("::test_sorted: GET https://library.example/v2/books")
    assert lines[at + 2].endswith("query.sort: `sort` was removed on 2026-03-01; use order")
    assert lines[at + 3] == "deprecated, until 2026-09-01: books.list query.draft; use state"
    assert "every exchange is valid at the edition of 2026-01-01 only" in lines
    assert "2 exchanges from 2026-01-01 to 2026-07-01: 1 breaks" in lines, "one test is not checked, only counted"


@pytest.mark.parametrize(
    ("option", "ini", "start"),
    [
        ("", "", "2026-01-01"),
        ("2026-03-01", "", "2026-03-01"),
        ("", "sdk-1.1", "2026-03-01"),
        ("2026-05-01", "2026-03-01", "2026-05-01"),
    ],
)
def test_it_begins_at_the_edition_that_is_named_or_at_the_oldest(
    library: Consumer, option: str, ini: str, start: str
) -> None:
    """By the command line, or by the settings."""
    library.write("pytest.ini", f"[pytest]\ncontract_edition = {ini}\n")
    given = [f"--contract-edition={option}"] if option else []
    output = library.run("--contract", "--contract-upgrade-to=2026-07", *given).output
    assert f"what breaks from {start} to 2026-07-01" in output
    assert f"2 exchanges from {start} to 2026-07-01: " in output


@pytest.mark.parametrize(("formats", "wrong"), [("true", True), ("false", False)])
def test_every_edition_is_read_as_the_settings_say(
    consumer: Consumer, monkeypatch: pytest.MonkeyPatch, formats: str, wrong: bool
) -> None:
    """From the file beside them, wherever pytest was started, and with formats or without."""
    schema = "x-since: 2026-05-01, schema: {type: string"
    text = HISTORY.read_text(encoding="utf-8")
    assert schema in text
    consumer.write("library.yaml", text.replace(schema, f"{schema}, format: date"))
    consumer.write("pytest.ini", f"[pytest]\ncontract_spec = library.yaml\ncontract_formats = {formats}\n")
    consumer.tests(TESTS.replace("page=1", "shelf=now"))
    (consumer.pytester.path / "sub").mkdir()
    monkeypatch.chdir(consumer.pytester.path / "sub")
    output = consumer.run("--contract", "--contract-edition=2026-05-01", "--contract-upgrade-to=2026-07", "..").output
    report = output.partition("what breaks from")[2]
    assert f"none breaks, {1 + wrong} wrong on 2026-05-01 already" in report
    assert ("query.shelf: the value is not" in report) is wrong


def test_the_line_that_sends_is_reported_beside_that_of_the_test(library: Consumer) -> None:
    library.write(
        "shelf.py",
        """
        import httpx
        def sorted_by(order):
            transport = httpx.MockTransport(lambda request: httpx.Response(200, json={"data": [], "total": 0}))
            with httpx.Client(transport=transport) as client:
                client.get(f"https://library.example/v2/books?sort={order}", headers={"x-key": "k"})
        """,
    )
    library.tests("import shelf\ndef test_shelf():\n    shelf.sorted_by('year')\n")
    output = library.run("--contract", "--contract-edition=2026-01", "--contract-upgrade-to=2026-07").output
    line = next(line for line in output.splitlines() if "::test_shelf: GET" in line)
    assert re.search(r"test_\w+\.py:\d+: .*::test_shelf: GET https://library.example/v2/books \(at shelf.py:6\)$", line)


def test_workers_of_xdist_tell_the_same(consumer: Consumer) -> None:
    """One report of all: each break once, by day, with one count."""
    consumer.tests(TESTS)
    given = ("--contract", f"--contract-spec={HISTORY}", "--contract-edition=2026-01", "--contract-upgrade-to=2026-07")
    alone = consumer.run(*given)
    spread = consumer.run(*given, "-n", "2", plugins=(*PLUGINS, "xdist.plugin"))
    assert _report(spread.output) == _report(alone.output)
    assert "2 exchanges from 2026-01-01 to 2026-07-01: 1 breaks" in _report(spread.output)


def _report(output: str) -> list[str]:
    lines = [line for line in output.splitlines() if line]
    at = next(n for n, line in enumerate(lines) if "what breaks from" in line)
    return lines[at + 1 : next(n for n, line in enumerate(lines) if line.startswith("every exchange is valid")) + 1]


def test_a_day_that_there_is_not(library: Consumer) -> None:
    assert "there is no edition 'later'" in library.run("--contract", "--contract-upgrade-to=later").output
