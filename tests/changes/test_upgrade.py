"""Exchanges between two days: the day of each break, breaks that follow from others, and merged reports."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from apicontract.changes.upgrade import Days, Sent, Side, Upgrade, lines, merged, report, upgrade
from apicontract.checks.contract import Contract
from apicontract.openapi.life import REMOVED
from tests.support.history import BASE, HISTORY
from twelvelabs_contract import Headers, Request, Violation


@cache
def _contract(day: str | None = None) -> Contract:
    return Contract.load(HISTORY, edition=day)


def _days() -> Days:
    editions = _contract().editions
    assert editions is not None
    return Days(editions, _contract)


def _sent(target: str, line: int | None = 1) -> Sent:
    request = Request("GET", f"{BASE}{target}", Headers({"x-key": "k"}))

    def judge(contract: Contract) -> Sequence[tuple[Side, Violation]]:
        return [("request", violation) for violation in contract.check_request(request)]

    return Sent("calls.har", line, f"GET {target}", request, judge)


def _upgraded(*targets: str, start: str = "2026-01-01", end: str = "2026-07-01") -> Upgrade:
    return upgrade([_sent(target, line) for line, target in enumerate(targets, 1)], _days(), start, end)


def test_a_break_has_the_first_day_since_which_it_is_wrong() -> None:
    found = _upgraded("/books?sort=a", "/books?page=1")
    assert [(one.sent.line, one.day, one.known_by, one.violation.where) for one in found.breaks] == [
        (1, "2026-03-01", False, "query.sort")
    ]
    assert (found.sent, found.wrong, found.right) == (2, (), ("2026-01-01",))


def test_what_was_wrong_before_is_no_break_and_is_counted() -> None:
    found = _upgraded("/books?page=99", "/books?page=99&sort=a")
    assert [(one.sent.line, one.violation.where) for one in found.breaks] == [(2, "query.sort")]
    assert [(one.sent.line, one.violation.where) for one in found.wrong] == [(1, "query.page"), (2, "query.page")]
    assert found.right == ()
    said = list(lines(report(found)))
    assert said[-2] == "2 exchanges from 2026-01-01 to 2026-07-01: 1 breaks, 2 wrong on 2026-01-01 already"
    assert sum("  on 2026-01-01 already: the request: books.list: query.page: " in line for line in said) == 2


def test_what_no_edition_has_is_said_to_be_wrong_from_the_beginning() -> None:
    said = list(lines(report(_upgraded("/boks"))))
    assert said[1].startswith("  on 2026-01-01 already: the request: path: not in this document")
    assert said[2] == "1 exchange from 2026-01-01 to 2026-07-01: none breaks, 1 wrong on 2026-01-01 already"


def test_days_in_between_are_those_on_which_something_changed() -> None:
    days = _days()
    assert days.between("2026-02-10", "2026-03-15") == ["2026-02-10", "2026-03-01"]
    assert days.between("2026-03-01", "2026-03-01") == ["2026-03-01"]
    assert days.contract("2026-02-10") is days.contract("2026-01-01")


def _gone(where: str, **changed: Any) -> dict[str, Any]:
    return {
        "operation": "books.list",
        "where": where,
        "rule": REMOVED,
        "message": "was removed",
        "pointer": "/x",
    } | changed


@pytest.mark.parametrize(
    ("other", "left"),
    [
        (_gone("body"), ["body.a"]),
        (_gone("body", rule="oneOf"), ["body", "body.a"]),
        (_gone("bod"), ["bod", "body.a"]),
        (_gone("body.b"), ["body.b", "body.a"]),
    ],
)
def test_what_a_part_that_is_gone_explains_of_the_whole_is_not_reported_again(
    other: dict[str, Any], left: list[str]
) -> None:
    """A request that has to give `exactly one of` two things breaks once by the day on which one of them goes."""

    def judge(contract: Contract) -> Sequence[tuple[Side, Violation]]:
        broken = contract.edition is not None and contract.edition.day > "2026-01-01"
        return [("request", Violation(**held)) for held in (other, _gone("body.a"))] if broken else []

    sent = Sent("a", None, "GET", Request("GET", f"{BASE}/books", Headers({})), judge)
    found = report(upgrade([sent], _days(), "2026-01-01", "2026-07-01"))
    assert [one["violation"].split(": ")[1] for one in found["breaks"]] == left
    assert found["broken"] == 1


@pytest.mark.parametrize(
    ("wrong_on", "day"),
    [
        (["2026-03-01", "2026-05-01", "2026-07-01"], "2026-03-01"),
        (["2026-05-01", "2026-07-01"], "2026-05-01"),
        (["2026-03-01", "2026-07-01"], "2026-07-01"),
    ],
)
def test_what_was_right_in_between_breaks_when_it_is_wrong_for_good(wrong_on: list[str], day: str) -> None:
    violation = Violation(None, "query.a", "maximum", "too great", "/x", "51")

    def judge(contract: Contract) -> Sequence[tuple[Side, Violation]]:
        return [("request", violation)] if contract.edition and contract.edition.day in wrong_on else []

    sent = Sent("a", None, "GET", Request("GET", f"{BASE}/books", Headers({})), judge)
    (found,) = upgrade([sent], _days(), "2026-01-01", "2026-07-01").breaks
    assert found.day == day


def test_breaks_are_in_the_order_of_their_days_and_counted_by_exchange() -> None:
    def of(since: str, *places: str) -> Sent:
        def judge(contract: Contract) -> Sequence[tuple[Side, Violation]]:
            if contract.edition is None or contract.edition.day < since:
                return []
            return [("request", Violation(None, place, "maximum", "too great", "/x")) for place in places]

        return Sent(since, None, "GET", Request("GET", f"{BASE}/books"), judge)

    sent = [of("2026-07-01", "query.a"), of("2026-03-01", "query.a", "query.b"), of("2026-05-01", "query.a")]
    found = upgrade(sent, _days(), "2026-01-01", "2026-07-01")
    assert [one.day for one in found.breaks] == ["2026-03-01", "2026-03-01", "2026-05-01", "2026-07-01"]
    assert (report(found)["broken"], len(report(found)["breaks"])) == (3, 4)


def test_the_breaks_of_one_exchange_stand_together() -> None:
    found = report(_upgraded("/books?page=1", "/books?sort=a"))
    reported = list(lines(found))
    assert reported[0] == "calls.har:2: GET /books?sort=a"
    assert reported[1].startswith("  2026-03-01: the request: books.list: query.sort: ")
    twice = {**found, "breaks": found["breaks"] * 2}
    assert list(lines(twice)) == [reported[0], reported[1], reported[1], *reported[2:]]
    assert reported[-2] == "2 exchanges from 2026-01-01 to 2026-07-01: 1 breaks"


@pytest.mark.parametrize(
    ("targets", "line"),
    [
        (["/books"], "1 exchange from 2026-01-01 to 2026-07-01: none breaks"),
        (["/books?sort=a", "/books?sort=b"], "2 exchanges from 2026-01-01 to 2026-07-01: 2 break"),
        (["/books?page=99"], "1 exchange from 2026-01-01 to 2026-07-01: none breaks, 1 wrong on 2026-01-01 already"),
    ],
)
def test_a_report_counts(targets: list[str], line: str) -> None:
    assert list(lines(report(_upgraded(*targets))))[-2] == line


def test_reports_of_parts_are_put_together() -> None:
    """By day; what is deprecated once; right is what is right in every part."""
    one, other = report(_upgraded("/books?draft=true&sort=a")), report(_upgraded("/books?draft=true", "/books?page=99"))
    both = merged([other, one])
    assert (both["exchanges"], both["broken"], both["wrong_before"]) == (3, 1, 1)
    assert (len(both["breaks"]), len(both["deprecated"]), both["right"]) == (1, 1, [])
    assert merged([one]) == one
    late = {**one, "breaks": [{**one["breaks"][0], "day": "2026-05-01"}]}
    assert [held["day"] for held in merged([late, one])["breaks"]] == ["2026-03-01", "2026-05-01"]


def _broken(line: int | None, exchange: str, **more: Any) -> dict[str, Any]:
    return {"source": "a.har", "line": line, "exchange": exchange, "side": "request", "violation": "v"} | more


REPORT: dict[str, Any] = {
    "from": "2026-01-01",
    "to": "2026-07-01",
    "exchanges": 1,
    "broken": 2,
    "wrong_before": 1,
    "breaks": [
        _broken(1, "GET /a", day="2026-03-01", by=False),
        _broken(1, "GET /a", day="2026-05-01", by=True, side="response"),
        _broken(1, "GET /b", day="2026-05-01", by=False),
        _broken(None, "GET /b", day="2026-05-01", by=False),
    ],
    "wrong": [_broken(2, "GET /b")],
    "deprecated": [
        {"name": "a", "instead": "b", "day": "2026-09-01"},
        {"name": "c", "instead": None, "day": None},
    ],
    "right": ["2026-01-01", "2026-03-01"],
}


def test_a_report_in_lines_groups_what_one_exchange_breaks() -> None:
    assert list(lines(REPORT)) == [
        "a.har:1: GET /a",
        "  2026-03-01: the request: v",
        "  by 2026-05-01: the response: v",
        "a.har:1: GET /b",
        "  2026-05-01: the request: v",
        "a.har: GET /b",
        "  2026-05-01: the request: v",
        "a.har:2: GET /b",
        "  on 2026-01-01 already: the request: v",
        "deprecated, until 2026-09-01: a; use b",
        "deprecated, no day yet: c",
        "1 exchange from 2026-01-01 to 2026-07-01: 2 break, 1 wrong on 2026-01-01 already",
        "every exchange is valid at editions from 2026-01-01 to 2026-03-01",
    ]
    for right, said in (
        ([], "no edition accepts every exchange"),
        (["2026-03-01"], "every exchange is valid at the edition of 2026-03-01 only"),
    ):
        assert list(lines({**REPORT, "right": right}))[-1] == said


def test_numbers_of_parts_are_added_and_days_are_right_in_all_of_them() -> None:
    """In either order; the breaks by day, what is deprecated once."""
    other = {**REPORT, "exchanges": 4, "broken": 0, "wrong_before": 5, "right": ["2026-03-01", "2026-07-01"]}
    for both in (merged([REPORT, other]), merged([other, REPORT])):
        assert (both["exchanges"], both["broken"], both["wrong_before"]) == (5, 2, 6)
        assert both["right"] == ["2026-03-01"]
        assert [one["day"] for one in both["breaks"]] == ["2026-03-01"] * 2 + ["2026-05-01"] * 6
        assert (len(both["wrong"]), both["deprecated"]) == (2, REPORT["deprecated"])


def test_violations_of_one_place_are_told_apart_by_their_values_and_dated_each() -> None:
    """Each since the first day from which on it never stopped; whether the day is exact is that of the day."""
    wrong = {"1": ["2026-03-01", "2026-05-01", "2026-07-01"], "2": ["2026-03-01", "2026-07-01"], "3": ["2026-07-01"]}
    wrong["0"] = ["2026-01-01", "2026-07-01"]

    def judge(contract: Contract) -> Sequence[tuple[Side, Violation]]:
        day = contract.edition.day if contract.edition is not None else ""
        return [
            ("request", Violation("o", "query.q", "enum", "m", "/x", value)) for value in wrong if day in wrong[value]
        ]

    sent = Sent("a", 5, "GET", Request("GET", f"{BASE}/books", Headers({})), judge)
    found = upgrade([sent], _days(), "2026-01-01", "2026-07-01")
    days = _days()
    assert {one.violation.excerpt: one.day for one in found.breaks} == {
        "1": "2026-03-01",
        "2": "2026-07-01",
        "3": "2026-07-01",
    }
    assert [one.day for one in found.breaks] == sorted(one.day for one in found.breaks)
    assert [one.violation.excerpt for one in found.wrong] == ["0"]
    for one in found.breaks:
        assert one.known_by is (one.day in days.editions.changes and days.editions.changes[one.day].by)


def test_what_is_deprecated_is_named_once_whoever_uses_it() -> None:
    found = _upgraded("/books?draft=true", "/books?draft=false")
    assert len(found.deprecated) == len(set(found.deprecated)) == 1


@pytest.mark.parametrize(
    ("whole", "part", "left"),
    [
        (REMOVED, REMOVED, ["o: body.a: m"]),
        ("enum", "enum", ["o: body: m [enum]", "o: body.a: m [enum]"]),
        ("enum", REMOVED, ["o: body: m [enum]", "o: body.a: m"]),
    ],
)
def test_only_what_is_removed_explains_the_whole_and_goes_without_its_rule(
    whole: str, part: str, left: list[str]
) -> None:
    def judge(contract: Contract) -> Sequence[tuple[Side, Violation]]:
        if contract.edition is None or contract.edition.day == "2026-01-01":
            return []
        found = [Violation("o", "body", whole, "m", "/x"), Violation("o", "body.a", part, "m", "/y")]
        return [("request", violation) for violation in found]

    sent = Sent("a", None, "GET", Request("GET", f"{BASE}/books", Headers({})), judge)
    found = report(upgrade([sent], _days(), "2026-01-01", "2026-07-01"))
    assert [one["violation"] for one in found["breaks"]] == left
