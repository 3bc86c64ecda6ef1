"""Each fact of the document that is no bound, of all its days, stands in `forms.tsv` too."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import twelvelabs_api

from tests.facts import forms, today

GONE = object()


@pytest.fixture(scope="module")
def marked() -> Any:
    """Return the document of all days, with its marks."""
    return json.loads((Path(twelvelabs_api.__file__).parent / "editions.json").read_text(encoding="utf-8"))


def differences(document: Any) -> list[tuple[str, ...]]:
    """Return the rows that only the table has, and those that only the document has."""
    stated, found = {tuple(row) for row in today.rows(forms.TABLE, 3)}, {*forms.found(document)}
    return [*sorted(stated - found), *sorted(found - stated)]


def test_the_document_says_what_the_table_has_and_nothing_else(marked: Any) -> None:
    assert differences(marked) == []


def test_each_row_stands_once() -> None:
    places = [(place, tells) for place, tells, _ in today.rows(forms.TABLE, 3)]
    assert len(places) == len(set(places))


LIST = ("paths", "/assets", "get")
VIDEO = ("components", "schemas", "AnalyzeRequest", "properties", "video")
PLANTED: list[tuple[str, tuple[str | int, ...], Any]] = [
    ("a format", ("components", "schemas", "AssetDetail", "properties", "created_at", "format"), "date"),
    ("a format that is gone", ("components", "schemas", "AssetDetail", "properties", "created_at", "format"), GONE),
    ("where a property leads", VIDEO, {"$ref": "#/components/schemas/TextInputRequest"}),
    ("a mark beside a reference", (*VIDEO, "deprecated"), True),
    ("what an answer carries", (*LIST, "responses", "401", "$ref"), "#/components/responses/Forbidden"),
    ("a media type", (*LIST, "responses", "200", "content", "text/html"), {}),
    ("a header", (*LIST, "responses", "200", "headers", "X-Api-Version"), GONE),
    ("the way of a listing", (*LIST, "x-pagination", "total_pages"), "/page_info/total_results"),
    ("what follows in a page", ("paths", "/analyze/batches/{batch_id}", "get", "x-waiting", "interval"), 1),
    ("a union", ("components", "schemas", "TemporalSegmentation", "oneOf"), []),
    ("a discriminator", ("components", "schemas", "TemporalSegmentation", "discriminator", "mapping", "fixed"), GONE),
    ("an open object", ("components", "schemas", "AnalyzeRequest", "additionalProperties"), GONE),
    ("the key", ("security",), []),
    ("what signs an event", ("components", "securitySchemes", "WebhookSignature", "x-signature", "tolerance"), 600),
    ("the job of an event", ("webhooks", "analyze.task.ready", "post", "x-event", "job"), "/id"),
    ("the address", ("servers", 0, "url"), "https://api.twelvelabs.io/v1.2"),
    ("the day of an edition", ("x-editions", "editions", 0, "day"), "2025-08-28"),
    ("a number in a text", ("paths", "/analyze/batches", "post", "description"), "At most 100 videos, in 24 hours."),
    ("what takes the place", ("components", "schemas", "SearchItem", "properties", "confidence", "x-instead"), "score"),
]


@pytest.mark.parametrize(("path", "value"), [planted[1:] for planted in PLANTED], ids=[one[0] for one in PLANTED])
def test_a_difference_is_reported(marked: Any, path: tuple[str | int, ...], value: Any) -> None:
    changed = copy.deepcopy(marked)
    parent = changed
    for token in path[:-1]:
        parent = parent[token]
    if value is GONE:
        del parent[path[-1]]
    else:
        parent[path[-1]] = value
    assert differences(changed)
