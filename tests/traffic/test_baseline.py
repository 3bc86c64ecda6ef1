"""A baseline: which lines are entries, whose violations they know, until when, and how they are written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from apicontract.openapi.violation import Violation
from apicontract.traffic.baseline import HEAD, Baseline, BaselineInvalid, Known, place, source_of

DAY = dt.date(2027, 1, 31)
KEY = "tasks.list query.page_limit maximum"


def _loaded(tmp_path: Path, text: str, today: dt.date = DAY) -> Baseline:
    path = tmp_path / "known.txt"
    path.write_text(text, encoding="utf-8")
    return Baseline.load(path, today=today)


@pytest.mark.parametrize(
    ("line", "entry"),
    [
        (f"a.py: {KEY}", Known("a.py", KEY)),
        ("  a.py:   tasks.list  query.page_limit maximum  # ", Known("a.py", KEY)),
        (f"a.py: {KEY}  # why", Known("a.py", KEY, None, "why")),
        (f"a.py: {KEY}  # until 2027-01-31", Known("a.py", KEY, DAY)),
        (f"a.py: {KEY}  # until 2027-01-31: why: so", Known("a.py", KEY, DAY, "why: so")),
        (f"a.py: {KEY}  # why\u2028and\x0cso\x85on", Known("a.py", KEY, None, "why\u2028and\x0cso\x85on")),
        (f"a b: c.py: {KEY}", Known("a b: c.py", KEY)),
        ("a.py: POST /a b # c body type", Known("a.py", "POST /a b # c body type")),
    ],
)
def test_a_line_is_an_entry_and_is_written_as_it_is_read(tmp_path: Path, line: str, entry: Known) -> None:
    baseline = _loaded(tmp_path, f"# a comment\n\n   # another\n{line}\n")
    assert [*baseline.entries.values()] == [entry]
    baseline.write(tmp_path / "again.txt")
    assert (tmp_path / "again.txt").read_text() == f"{HEAD}{entry}\n"
    assert _loaded(tmp_path, str(entry)).entries == baseline.entries


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a.py tasks.list query.page maximum", "a line is `SOURCE: OPERATION WHERE RULE  # until DAY: REASON`, not"),
        ("a.py: tasks.list maximum", "a line is `SOURCE"),
        (f"a.py: {KEY}  # until tomorrow", "'tomorrow' after `until` is not a day (YYYY-MM-DD)"),
        (f"a.py: {KEY}  # until 2027-02-30: why", "'2027-02-30' after `until` is not a day"),
    ],
)
def test_a_line_that_is_none_is_refused_with_its_number(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(BaselineInvalid) as raised:
        _loaded(tmp_path, f"# a comment\n{line}\n")
    assert str(raised.value).startswith(f"known.txt:2: {said}")


@pytest.mark.parametrize(("days", "over"), [(-1, False), (0, False), (1, True)])
def test_an_entry_counts_on_its_last_day_and_not_after_it(days: int, over: bool) -> None:
    entries = [Known("b.py", KEY, DAY), Known("a.py", KEY, DAY), Known("c.py", KEY)]
    baseline = Baseline(entries, today=DAY + dt.timedelta(days))
    assert baseline.knows(("a.py", KEY)) is not over
    assert baseline.knows(("c.py", KEY))
    assert not baseline.knows(("d.py", KEY))
    assert [entry.source for entry in baseline.over()] == (["a.py", "b.py"] if over else [])


def test_what_is_fixed_is_known_of_sources_that_ran() -> None:
    baseline = Baseline([Known(source, KEY) for source in ("c.py", "a.py", "b.py", "d.py")], today=DAY)
    fixed = baseline.fixed([("b.py", KEY)], ["a.py", "b.py", "c.py"])
    assert [entry.source for entry in fixed] == ["a.py", "c.py"]


def test_what_is_added_again_keeps_its_comment_and_what_is_removed_is_gone() -> None:
    baseline = Baseline([Known("a.py", KEY, DAY, "why"), Known("b.py", KEY)], today=DAY + dt.timedelta(1))
    changed = baseline.changed(added=[("a.py", KEY), ("c.py", KEY)], removed=[Known("b.py", KEY), Known("x.py", KEY)])
    assert sorted(map(str, changed.entries.values())) == [f"a.py: {KEY}  # until 2027-01-31: why", f"c.py: {KEY}"]
    assert changed.over(), "the day is the same"


@pytest.mark.parametrize(
    ("nodeid", "source"),
    [
        ("a.py::test_it[1-[x]]", "a.py::test_it"),
        ("a.py::Case::test_it", "a.py::Case::test_it"),
        ("a.py::Case::test_it[b::c]", "a.py::Case::test_it"),
        ("a.py::test_it[]", "a.py::test_it"),
        ("a[b]/test_c.py::test_it", "a[b]/test_c.py::test_it"),
        ("a[b]/test_c.py::test_it[d]", "a[b]/test_c.py::test_it"),
        ("a[b].yaml::an item [c] of it", "a[b].yaml::an item [c] of it"),
        ("[1]", "[1]"),
        ("recording[1].har", "recording[1].har"),
        ("recording.har[1]", "recording.har[1]"),
        ("", ""),
    ],
)
def test_the_source_is_a_file_or_a_test_without_its_parameters(nodeid: str, source: str) -> None:
    assert source_of(nodeid) == source
    violation = Violation("tasks.list", "body.data[12].name[0]", "type", "message", "/pointer")
    assert place(nodeid, violation) == (source or "(no test)", "tasks.list body.data[].name[] type")
