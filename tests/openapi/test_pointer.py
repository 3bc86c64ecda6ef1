"""JSON pointers, the bounds that schemas set together, notices, and what an interval of a mark holds."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi import bounds, pointer
from apicontract.openapi.bounds import Interval, least, most
from apicontract.openapi.marks import Holding, days, interval, may_be_in
from apicontract.openapi.notices import Notices, notice_lines
from apicontract.openapi.problems import Problem


@pytest.mark.parametrize(
    ("token", "escaped"), [("a/b", "a~1b"), ("a~b", "a~0b"), ("~1", "~01"), ("/~", "~1~0"), ("", "")]
)
def test_a_token_is_escaped(token: str, escaped: str) -> None:
    """RFC 6901, sections 3 and 4: `~01` is `~1`, not a slash."""
    assert (pointer.escape(token), pointer.unescape(escaped)) == (escaped, token)
    assert pointer.split(f"/a/{escaped}") == ("a", token)
    assert pointer.fragment(("a", token)) == f"#/a/{escaped}"


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("", {"a": [5, {"0": 6}]}),
        ("/a/0", 5),
        ("/a/1/0", 6),
        ("/a/2", None),
        ("/a/-1", None),
        ("/a/\u0661", None),
        ("/b", None),
        ("/a/0/x", None),
    ],
)
def test_a_pointer_is_followed(at: str, found: Any) -> None:
    assert pointer.find({"a": [5, {"0": 6}]}, at) == found


@pytest.mark.parametrize(
    ("schemas", "found"),
    [
        ([{}], Interval(None, False, None, False)),
        ([{"minimum": 1}, {"minimum": 2}], Interval(2, False, None, False)),
        ([{"minimum": 2, "exclusiveMinimum": 2}], Interval(2, True, None, False)),
        ([{"minimum": 2, "exclusiveMinimum": 1}], Interval(2, False, None, False)),
        ([{"maximum": 2, "exclusiveMaximum": 2}], Interval(None, False, 2, True)),
        ([{"maximum": 1, "exclusiveMaximum": 2}], Interval(None, False, 1, False)),
        ([{"maximum": True, "minimum": "1"}], Interval(None, False, None, False)),
    ],
)
def test_the_tighter_bound_counts_and_an_open_one_is_tighter(schemas: Any, found: Interval) -> None:
    assert Interval.of(schemas) == found


@pytest.mark.parametrize(
    ("schemas", "found"),
    [
        ([{}], None),
        ([{"const": None}], [None]),
        ([{"enum": [1, True, "a"]}, {"enum": [1.0, "a"]}], [1, "a"]),
        ([{"const": 1}, {"enum": [True]}], []),
    ],
)
def test_the_values_that_all_lists_leave(schemas: Any, found: Any) -> None:
    assert bounds.listed(schemas) == found


def test_notices_are_counted_where_they_say_the_same() -> None:
    notices = Notices()
    for place, message in (("/a", "m"), ("/b", "n"), ("/c", "m"), ("/d", "m"), ("/e", "n")):
        notices.add(place, message, "fix")
    assert notices.found() == (
        Problem("#/a", "m (and in 2 more places)", "fix"),
        Problem("#/b", "n (and in 1 more place)", "fix"),
    )
    ten = [Problem("#", "m", "fix")] * 10
    assert [*notice_lines(ten)] == ["#: m; fix"] * 10
    for more, said in ((1, "and 1 more notice"), (2, "and 2 more notices")):
        lines = [*notice_lines([*ten, *ten[:more]])]
        assert lines == [*["#: m; fix"] * 10, f"{said} (`Contract.notices` has all)"]
    notices.add("/f", "m", "another fix")
    assert notices.found()[-1] == Problem("#/f", "m", "another fix")


def test_the_days_of_a_value_begin_with_its_first_and_end_before_its_last() -> None:
    held = Holding("enum", [], "2026-03-01", "2026-05-01", ())
    known = ("2026-02-28", "2026-03-01", "2026-04-30", "2026-05-01")
    assert [day for day in known if held.on("enum", day)] == ["2026-03-01", "2026-04-30"]
    assert not held.on("type", "2026-03-01")
    assert held._replace(until=None).on("enum", "2026-05-01")
    assert interval({"x-since": "1.2", "x-until": "2026-05-01"}) == (None, "2026-05-01")
    assert interval({"x-since": "2026-02-30"}) == (None, None)


@pytest.mark.parametrize(
    "word", ["description", "summary", "title", "externalDocs", "deprecated", "operationId", "tags"]
)
def test_words_are_no_rules(word: str) -> None:
    """On a day on which only words changed, nothing has to be checked again."""
    raw = {"paths": {"/a": {"get": {"x-was": [{"until": "2026-03-01", word: "a"}]}}}}
    assert (days(raw), days(raw, words=False)) == (["2026-03-01"], [])
    assert days({"paths": {"/a": {"get": {"x-was": [{"until": "2026-03-01", "responses": {}}]}}}}, words=False) == [
        "2026-03-01"
    ]


@pytest.mark.parametrize("text", [b"x-since", b"x-was", b"x-editions", "{}".encode("utf-16"), "{}".encode("utf-32-be")])
def test_marks_may_be_in_what_names_one_or_cannot_be_searched(text: bytes) -> None:
    assert may_be_in(text)
    assert not may_be_in(b'{"x-sinces": 1}'.replace(b"since", b"sinc"))


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([], (None, None)),
        ([3], (3, 3)),
        ([3, 1, 2], (1, 3)),
        ([2.5, "1", True, None, 9], (2.5, 9)),
        ([False], (None,) * 2),
    ],
)
def test_of_several_numbers_the_one_that_counts_is_the_least_or_the_greatest(values: Any, found: Any) -> None:
    schemas = [{"maxLength": value} for value in values]
    assert (least([*schemas, {}], "maxLength"), most([{}, *schemas], "maxLength")) == found
