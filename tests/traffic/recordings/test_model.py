"""A value of a recording at its place: what it is read as, what is said of one of another kind, and what is shown."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.traffic.recordings.model import At, Defect, RecordingInvalid, Unknown, label, origin_of


def _at(value: Any) -> At:
    return At(value, "entry", 7)


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", "a"), (b"\xe9", "é"), (True, "true"), (False, "false"), (5, "5"), (1.5, "1.5"), (None, ""), ("", "")],
)
def test_a_scalar_is_written_as_in_the_file(value: Any, text: str) -> None:
    assert _at(value).scalar() == text


@pytest.mark.parametrize(
    ("value", "number"),
    [(5, 5), (-5, -5), (0, 0), ("200", 200), ("-1", -1), ("007", 7), ("9" * 9, 999_999_999)],
)
def test_a_whole_number_may_be_in_quotes(value: Any, number: int) -> None:
    assert _at(value).integer() == number


@pytest.mark.parametrize("value", [True, 1.5, "1.5", "", " 1", "1\n", "9" * 10, "\N{ARABIC-INDIC DIGIT FIVE}", [], {}])
def test_what_is_no_whole_number_is_refused(value: Any) -> None:
    with pytest.raises(RecordingInvalid, match=r"^line 7: entry: a whole number is needed, not "):
        _at(value).integer()


@pytest.mark.parametrize(
    ("value", "kind"),
    [("a", "text"), (b"a", "bytes"), (True, "a boolean"), (1, "a number"), (1.5, "a number"), ([], "a list")],
)
def test_what_is_of_another_kind_is_named(value: Any, kind: str) -> None:
    for read, wanted in (("mapping", "a mapping"), ("text", "text"), ("items", "a list"), ("members", "a mapping")):
        if kind == wanted:
            continue
        with pytest.raises(RecordingInvalid) as raised:
            list(getattr(_at(value), read)() or ())
        assert str(raised.value) == f"line 7: entry: {wanted} is needed, not {kind}"
        assert raised.value.line == 7


def test_what_is_missing_is_empty_or_said_to_be() -> None:
    missing = _at({"a": None, "b": [1]}).member("a")
    assert (missing.given, list(missing.items()), list(missing.members()), missing.scalar()) == (False, [], [], "")
    assert _at({}).member("c").where == "entry.c"
    assert [(item.value, item.where, item.line) for item in _at({"b": [1]}).member("b").items()] == [
        (1, "entry.b[0]", 7)
    ]
    assert [(name, item.where) for name, item in _at({"x": 1}).members()] == [("x", "entry.x")]
    for read, wanted in (("mapping", "a mapping"), ("text", "text"), ("integer", "a whole number")):
        with pytest.raises(RecordingInvalid, match=f"^line 7: entry.a: {wanted} is needed, and is missing$"):
            getattr(missing, read)()


def test_a_value_that_could_not_be_parsed_says_why_with_its_own_line() -> None:
    for read in ("mapping", "text", "integer", "scalar"):
        with pytest.raises(RecordingInvalid, match=r"^line 9: entry: broken$"):
            getattr(_at(Defect("broken", 9)), read)()
    assert str(RecordingInvalid("no\nline")) == r"no\nline"
    assert str(RecordingInvalid("no line", 0)) == "no line"


@pytest.mark.parametrize(
    ("url", "shown", "origin"),
    [
        ("https://u:p@a.test/b?c=d#e", "https://a.test/b", "https://a.test"),
        ("https://a.test#u@v", "https://a.test", "https://a.test"),
        ("https://a.test/b@c/d", "https://a.test/b@c/d", "https://a.test"),
        ("//u@a.test/b", "//a.test/b", "//a.test"),
        ("/b?c", "/b", "/b"),
    ],
)
def test_no_query_and_no_credentials_are_shown(url: str, shown: str, origin: str) -> None:
    assert label(3, "GET", url) == f"exchange 3: GET {shown}"
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    ("unknown", "where", "covered"),
    [
        ("body", "body", True),
        ("body", "body.a", True),
        ("body", "form.a[0]", True),
        ("body", "event[3].x", True),
        ("body", "bodyless", False),
        ("body", "header.a", False),
        ("form.a", "form.a", True),
        ("form.a", "form.a[1]", True),
        ("form.a", "form.a.b", True),
        ("form.a", "form.ab", False),
        ("form.a", "body", False),
        ("", "body", False),
        ("", "", False),
    ],
)
def test_what_is_unknown_covers_its_place_and_what_is_in_it(unknown: str, where: str, covered: bool) -> None:
    assert Unknown("request", unknown, "why").covers(where) is covered
