"""The page of the manual that says what changed is what the document says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from apicontract.changes.changelog import change_log
from apicontract.cli.changes import WRITERS, log
from twelvelabs_contract import Contract

HERE = Path(__file__).parents[2]
PAGE, LEDGER = HERE / "docs" / "changes.md", HERE / "spec" / "DEVIATIONS.md"


def test_the_page_is_what_the_marks_say() -> None:
    """`twelvelabs-contract changes --format markdown > docs/changes.md` writes it anew."""
    assert PAGE.read_text().splitlines() == list(WRITERS["markdown"](log(Contract.load(), None)))


ELSEWHERE = {"analyze", "summarize", "pegasus1.2", "request_params", "document_…", "analyze.task.canceled", "keepalive"}
"""What the ledger names beside what came: its owner, a field of a webhook, an event, a pattern of names."""


def test_what_came_by_the_ledger_is_new_on_that_day() -> None:
    marked = Contract.load().marked
    assert marked is not None
    new = {one.day: "\n".join(f"{one.where} {one.message}" for one in one.changes) for one in change_log(marked)}
    entries = re.findall(r"(?<=\n\n)\*\*E\d+\. (?:by )?([\d-]+)\.\*\* ((?:.+\n)+)", LEDGER.read_text("utf-8"))
    came = [
        (day, name)
        for day, text in entries
        for part in re.findall(r"(?:^|\. )Came: (.*?)(?=\. [A-Z*]|\.$)", " ".join(text.split()))
        for name in re.findall(r"`([^`]+)`", part)
        if name not in ELSEWHERE
    ]
    assert len(came) > 70
    assert [(day, name) for day, name in came if name not in new[day]] == []


def test_an_answer_and_the_events_that_stand_for_it_have_their_fields_since_the_same_day() -> None:
    """Of an operation that answers in one piece or as a stream."""
    marked = Contract.load().marked
    assert marked is not None
    since: dict[str, set[str | None]] = {}
    for operation in Contract.load().operations:
        if operation.streaming is not None and operation.streaming.flag is not None:
            for content in operation.responses["200"].content.values():
                held: list[Any] = [content.schema]
                for schema in held:  # those of a union are added on the way
                    named = marked["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
                    held += named.get("oneOf", ())
                    for name, own in named.get("properties", {}).items():
                        since.setdefault(f"{operation.id} {name}", set()).add(own.get("x-since"))
    assert {"2025-09-16"} in since.values()
    assert {name: days for name, days in since.items() if len(days) > 1} == {}


def test_a_header_came_on_the_same_day_in_all_responses_that_have_it() -> None:
    """The responses of one status are written twice where their bodies differ."""
    marked = Contract.load().marked
    assert marked is not None
    since: dict[str, set[str | None]] = {}
    for response in marked["components"]["responses"].values():
        for name, header in response.get("headers", {}).items():
            since.setdefault(name, set()).add(header.get("x-since"))
    assert {"2026-10-01"} in since.values()
    assert {name: days for name, days in since.items() if len(days) > 1} == {}
