"""A problem says where it is, and what it holds or spoils."""

from __future__ import annotations

import pytest

from codegen.problems import DocumentWrong, Problem


def at(pointer: str, file: str = "a.yaml", line: int = 1) -> Problem:
    """Return a problem at a place."""
    return Problem(file, line, pointer, "wrong", "correct it")


@pytest.mark.parametrize(
    ("outer", "inner", "holds", "spoils"),
    [
        ("#/a", "#/a", True, True),
        ("#/a", "#/a/b", True, True),
        ("#/a/b", "#/a", False, False),
        ("#/a", "#/ab", False, False),
        ("#", "#/a", True, True),
        ("#/a/$ref", "#/a", False, True),
        ("#/a/$ref", "#/a/b", False, True),
        ("#/a/$ref", "#/ab", False, False),
        ("#/a/$ref", "#/a/$ref", True, True),
    ],
)
def test_a_problem_holds_what_is_inside_its_place(outer: str, inner: str, *, holds: bool, spoils: bool) -> None:
    """A reference that was not followed spoils all of what has it; another file, nothing."""
    assert (at(outer).holds(at(inner)), at(outer).spoils(at(inner))) == (holds, spoils)
    assert not at(outer).holds(at(inner, "b.yaml"))
    assert not at(outer).spoils(at(inner, "b.yaml"))


def test_a_problem_is_one_line_with_its_place() -> None:
    assert str(at("#/a", line=1)) == "a.yaml:1: #/a: wrong; correct it"
    assert str(at("#/a", line=12)) == "a.yaml:12: #/a: wrong; correct it"
    assert str(at("#/a", line=0)) == "a.yaml: #/a: wrong; correct it"


def test_problems_are_sorted_by_file_and_line_and_stand_once() -> None:
    given = [at("#/b", "b.yaml", 2), at("#/a", "b.yaml", 10), at("#/c", "b.yaml", 2), at("#/z"), at("#/z")]
    assert DocumentWrong(given).problems == (given[3], given[0], given[2], given[1])
    with pytest.raises(ValueError, match="at least one"):
        DocumentWrong([])
