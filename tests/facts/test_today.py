"""The tables of facts and days and the document agree both ways, and each status of a job is known to the wait."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
import twelvelabs_api

from tests.facts import today

PACKAGE = Path(twelvelabs_api.__file__).parent
ROOT = Path(__file__).parents[2]
SOURCES = ("S", "O", "T", "V")

# Operation -> the statuses with which a job goes on, those with which it is done, and those with which it has failed.
WAITING: dict[str, tuple[set[str], set[str], set[str]]] = {
    "tasks.retrieve": ({"uploading", "validating", "pending", "queued", "indexing"}, {"ready"}, {"failed"}),
    "embed.tasks.status": ({"processing"}, {"ready"}, {"failed"}),
    "embed.v_2.tasks.retrieve": ({"processing"}, {"ready"}, {"failed"}),
    "indexes.indexed_assets.retrieve": ({"validating", "pending", "queued", "indexing"}, {"ready"}, {"failed"}),
    "assets.retrieve": ({"processing"}, {"ready"}, {"failed"}),
    "analyze_async.tasks.retrieve": ({"queued", "pending", "processing"}, {"ready"}, {"failed", "canceled"}),
    "analyze_async.batches.retrieve": (
        {"pending", "processing", "canceling"},
        {"completed"},
        {"canceled", "expired"},
    ),
    "imports.retrieve_import": ({"processing"}, {"ready", "failed"}, set()),
}


@pytest.fixture(scope="module")
def newest() -> Any:
    """Return the newest document."""
    return json.loads((PACKAGE / "openapi.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def marked() -> Any:
    """Return the document of all days, with its marks."""
    return json.loads((PACKAGE / "editions.json").read_text(encoding="utf-8"))


def differences(document: Any) -> list[str]:
    found = today.found(document)
    stated = today.stated(found)
    return [
        f"{place}: {keyword}: expected {stated.get((place, keyword))}, found {found.get((place, keyword))}"
        for place, keyword in sorted(stated.keys() | found.keys())
        if stated.get((place, keyword)) != found.get((place, keyword))
    ]


def test_the_newest_document_says_what_the_table_states_and_nothing_else(newest: Any) -> None:
    assert differences(newest) == []


def test_what_went_is_as_the_table_states(newest: Any, marked: Any) -> None:
    found = {(*row, value) for row, value in today.found(marked).items() - today.found(newest).items()}
    stated = {tuple(row) for row in today.rows(today.GONE, 3)}
    assert (sorted(stated - found), sorted(found - stated)) == ([], [])


def test_each_row_stands_once_with_a_source() -> None:
    """A source is a letter of the head of `today.py`, or an entry of the ledger."""
    ledger = (ROOT / "spec" / "DEVIATIONS.md").read_text(encoding="utf-8")
    entries = set(re.findall(r"^\*\*([A-Z]\d+[a-z]?)\.", ledger, re.MULTILINE))
    rows = today.rows(today.TABLE, 4)
    assert {source for *_, source in rows} - entries <= {*SOURCES}
    assert len({(place, keyword) for place, keyword, *_ in rows}) == len(rows)


PLANTED: list[tuple[tuple[str, ...], Any, str]] = [
    (
        ("components", "schemas", "RequestAdditionalPresignedUrlsRequest", "properties", "count", "maximum"),
        100,
        "RequestAdditionalPresignedUrlsRequest.count: maximum: expected 50, found 100",
    ),
    (
        ("components", "parameters", "PageLimit", "schema", "maximum"),
        51,
        "assets.list query.page_limit: maximum: expected 50, found 51",
    ),
    (
        ("components", "parameters", "AssetId", "schema", "maxLength"),
        24,
        "assets.retrieve path.asset_id: maxLength: expected None, found 24",
    ),
    (
        ("components", "schemas", "AnalyzeRequest", "properties", "novelty"),
        {"type": "string"},
        "AnalyzeRequest: properties: expected",
    ),
]


@pytest.mark.parametrize(("path", "value", "line"), PLANTED, ids=[planted[2] for planted in PLANTED])
def test_a_difference_is_reported(newest: Any, path: tuple[str, ...], value: Any, line: str) -> None:
    changed = copy.deepcopy(newest)
    parent = changed
    for token in path[:-1]:
        parent = parent[token]
    parent[path[-1]] = value
    assert any(told.startswith(line) for told in differences(changed))


def test_a_moved_day_is_another_mark(marked: Any) -> None:
    changed = copy.deepcopy(marked)
    changed["components"]["schemas"]["AnalyzeRequest"]["properties"]["max_tokens"]["x-was"][2]["until"] = "2026-06-04"
    assert set(today.marks(changed)) - set(today.marks(marked)) == {
        ("AnalyzeRequest.max_tokens", "maximum", "2026-06-04", "65536")
    }


def test_each_mark_has_the_day_of_the_table(marked: Any) -> None:
    """A mark that moves to another day, comes, goes, or has another value before that day, is in one of the two."""
    stated, found = (
        ["\t".join(row) for row in today.rows(today.DAYS, 4)],
        ["\t".join(row) for row in today.marks(marked)],
    )
    assert len(stated) == len(set(stated))
    assert (sorted(set(stated) - set(found)), sorted(set(found) - set(stated))) == ([], [])


def test_each_status_of_a_job_goes_on_or_ends_the_wait(newest: Any) -> None:
    """A listed status that is in none of the three, or a wait that ends with others, is a difference."""
    assert today.waiting(newest) == {
        operation: (going_on | done | failed, done, failed) for operation, (going_on, done, failed) in WAITING.items()
    }
