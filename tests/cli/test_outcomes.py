"""Outcomes of a part of the input get the line numbers of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from apicontract.cli.outcomes import (
    Checked,
    Conforming,
    Groups,
    Outcome,
    PassedOver,
    Tally,
    Unreadable,
    Unrelated,
    moved,
    number,
)
from apicontract.cli.validate import _put
from apicontract.openapi.violation import Violation
from apicontract.traffic.findings import Finding


@pytest.mark.parametrize(("lines", "expected"), [(range(1, 4), range(11, 14)), ([1, 3], [11, 13]), ((), [])])
def test_payloads_that_conform_are_moved_down(lines: Sequence[int], expected: Sequence[int]) -> None:
    """A range stays one: a file of a million lines has no list of a million numbers."""
    assert moved(Conforming("a.ndjson", lines), 10) == Conforming("a.ndjson", expected)


def test_payloads_that_conform_are_joined_where_one_range_follows_another() -> None:
    """Not across lines that are no payloads."""
    outcomes: list[Outcome] = []
    ranges = (range(1, 3), range(3, 5), range(6, 8), [8, 10], range(11, 12))
    for lines in ranges:
        _put(outcomes, Conforming("a", lines))
    assert outcomes == [Conforming("a", lines) for lines in (range(1, 5), *ranges[2:])]


def test_what_is_wrong_says_the_line_in_the_whole() -> None:
    violation = Violation("a", "body", "type", "wrong", "/x")
    checked = Checked("a.ndjson", 2, "line 2", [Finding(violation, "a.ndjson", 2, "line 2", "payload")], ("body",))
    finding = Finding(violation, "a.ndjson", 12, "line 12", "payload")
    assert moved(checked, 10) == Checked("a.ndjson", 12, "line 12", [finding], ("body",))
    for outcome in (Checked("a.json", None, "a.json"), Unreadable("a.ndjson", "no JSON"), NO_ENTRY):
        assert moved(outcome, 10) == outcome


VIOLATION = Violation("a", "body", "type", "wrong", "/x")
FINDING = Finding(VIOLATION, "a", None, "a", "payload")
RIGHT, WRONG = Checked("a", 1, "line 1"), Checked("a", 2, "line 2", [FINDING, FINDING])
OTHER, NO_FILE, OVER = Unrelated("a", 1, "e", "no", ""), Unreadable("b", "no JSON"), PassedOver("c")
NO_ENTRY = Unreadable("a", "no method", 3, "exchange 2")


@pytest.mark.parametrize(
    ("outcomes", "interrupted", "said", "status"),
    [
        ([], False, "0 payloads checked", 2),
        ([RIGHT], False, "1 payload checked, no violation", 0),
        ([RIGHT], True, "interrupted: 1 payload checked, no violation", 2),
        ([WRONG], True, "interrupted: 1 payload checked, 2 violations in 1", 2),
        ([Conforming("a", range(1, 1001)), RIGHT], False, "1,001 payloads checked, no violation", 0),
        ([RIGHT, WRONG, WRONG], False, "3 payloads checked, 4 violations in 2", 1),
        ([WRONG._replace(findings=[FINDING])], False, "1 payload checked, 1 violation in 1", 1),
        ([RIGHT._replace(known=2), RIGHT], False, "2 payloads checked, no new violation, 2 known", 0),
        ([WRONG._replace(known=1)], False, "1 payload checked, 2 violations in 1, 1 known", 1),
        ([OTHER], False, "0 payloads checked; 1 payload of no operation, not checked", 2),
        ([OVER], False, "0 payloads checked; 1 file with nothing of this API", 0),
        (
            [OVER, OVER, OTHER],
            False,
            "0 payloads checked; 1 payload of no operation, not checked; 2 files with nothing of this API",
            0,
        ),
        ([RIGHT, NO_FILE], False, "1 payload checked, no violation; 1 file cannot be read", 2),
        ([WRONG, NO_FILE, NO_FILE], False, "1 payload checked, 2 violations in 1; 2 files cannot be read", 2),
        ([NO_ENTRY], False, "0 payloads checked; 1 payload cannot be read", 2),
        (
            [NO_ENTRY, NO_FILE, WRONG, OVER, NO_ENTRY],
            False,
            "1 payload checked, 2 violations in 1; 1 file with nothing of this API; 2 payloads cannot be read; "
            "1 file cannot be read",
            2,
        ),
    ],
)
def test_what_was_counted_is_said_on_a_line_and_is_the_status(
    outcomes: list[Outcome], interrupted: bool, said: str, status: int
) -> None:
    tally = Tally("payload", interrupted=interrupted)
    for outcome in outcomes:
        tally.count(outcome)
    assert (str(tally), tally.status) == (said, status)


def test_the_reasons_of_what_was_not_checked_are_counted_by_input() -> None:
    tally = Tally("exchange")
    for unknown in (("a", "b", "a"), ("a",), ()):
        tally.count(RIGHT._replace(unknown=unknown))
    assert dict(tally.unknown) == {"a": 2, "b": 1}


def test_exchanges_of_no_operation_are_grouped_by_file_and_other_host() -> None:
    groups = Groups()
    there = Unrelated("a", 3, "exchange 3", "another host", "https://x.test")
    for one in (there, replace(there, line=4, label="exchange 4"), replace(there, source="b"), OTHER, OTHER):
        groups.add(one)
    groups.add(replace(OTHER, line=2))
    assert [(group.title, group.size) for group in groups.all()] == [
        ("2 exchanges with https://x.test, the first is exchange 3", 2),
        ("exchange 3", 1),
        ("2 exchanges with , the first is e", 2),
        ("e", 1),
    ]


@pytest.mark.parametrize(("count", "said"), [(0, "0 files"), (1, "1 file"), (2, "2 files"), (12345, "12,345 files")])
def test_a_number_of_things(count: int, said: str) -> None:
    assert number(count, "file") == said
