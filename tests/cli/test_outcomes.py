"""The outcomes of a part of the input take their place in the whole."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from apicontract.cli.outcomes import Checked, Conforming, Unreadable, moved
from apicontract.openapi.violation import Violation
from apicontract.traffic.findings import Finding


@pytest.mark.parametrize(("lines", "expected"), [(range(1, 4), range(11, 14)), ([1, 3], [11, 13]), ((), [])])
def test_payloads_that_conform_are_moved_down(lines: Sequence[int], expected: Sequence[int]) -> None:
    """A range stays one: a file of a million lines has no list of a million numbers."""
    assert moved(Conforming("a.ndjson", lines), 10) == Conforming("a.ndjson", expected)


def test_what_is_wrong_says_the_line_in_the_whole() -> None:
    violation = Violation("a", "body", "type", "wrong", "/x")
    checked = Checked("a.ndjson", 2, "line 2", [Finding(violation, "a.ndjson", 2, "line 2", "payload")], ("body",))
    finding = Finding(violation, "a.ndjson", 12, "line 12", "payload")
    assert moved(checked, 10) == Checked("a.ndjson", 12, "line 12", [finding], ("body",))
    for outcome in (Checked("a.json", None, "a.json"), Unreadable("a.ndjson", "no JSON")):
        assert moved(outcome, 10) == outcome
