"""The harness: every fault has its place, every change is one, and the verdicts are what pytest says."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any

import pytest

from tests.mutants import keywords
from tests.mutants.__main__ import CAUGHT, SURVIVED, Report, run
from tests.mutants.document import FILE, GONE, DocumentFault, document_faults
from tests.mutants.hunt import Outcome, Result, plant
from tests.mutants.judge import bundled, finding
from tests.mutants.tree import Tree, Verdict

DOCUMENT_FAULTS = document_faults(bundled())


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """Return one copy of the project."""
    return Tree(tmp_path_factory.mktemp("copy"))


def test_no_fault_is_planted_twice() -> None:
    labels = Counter(fault.label for fault in DOCUMENT_FAULTS)
    assert [label for label, count in labels.items() if count > 1] == []


def test_every_document_fault_is_a_change() -> None:
    raw = bundled()
    assert [fault.label for fault in DOCUMENT_FAULTS if fault.applied(raw) == raw] == []
    assert document_faults(raw) == DOCUMENT_FAULTS


def test_every_constraint_has_a_fault() -> None:
    """Each keyword of each schema that constrains anything is removed, moved, or taken apart."""
    planted = {fault.tokens[: len(fault.tokens) - depth] for fault in DOCUMENT_FAULTS for depth in range(4)}
    found = _constraints(bundled()["components"]["schemas"], ("components", "schemas"))
    assert [place for place in found if place not in planted] == []


def _constraints(schemas: Any, at: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    pending = [((*at, name), schema) for name, schema in schemas.items()]
    while pending:
        place, schema = pending.pop()
        if isinstance(schema, dict):
            found += [(*place, keyword) for keyword in schema if keyword not in keywords.ANNOTATIONS]
            pending += [((*place, *tokens), below) for tokens, below in keywords.subschemas(schema)]
    return found


def test_a_keyword_that_nothing_is_known_of_is_told() -> None:
    """A new keyword of the document must have its faults, or be named as one that constrains nothing."""
    with pytest.raises(LookupError):
        list(keywords.steps("unevaluatedItems", {}, {}))
    assert list(keywords.steps("description", "words", {})) == []


@pytest.mark.parametrize(
    ("tokens", "value", "expected"),
    [
        (("a", 0), GONE, {"a": [2], "b": {"c": None}}),
        (("a", 1), 3, {"a": [1, 3], "b": {"c": None}}),
        (("b", "c"), GONE, {"a": [1, 2], "b": {}}),
        (("b", "d"), None, {"a": [1, 2], "b": {"c": None, "d": None}}),
    ],
)
def test_a_change_leaves_the_given_document_alone(tokens: Any, value: Any, expected: Any) -> None:
    raw = {"a": [1, 2], "b": {"c": None}}
    assert DocumentFault(tokens, value, "kind").applied(raw) == expected
    assert raw == {"a": [1, 2], "b": {"c": None}}


def test_facts_tell_a_changed_document_and_no_other() -> None:
    raw = bundled()
    assert finding(raw) is None
    fault = next(fault for fault in DOCUMENT_FAULTS if fault.kind == "maximum + 1")
    assert "maximum" in (finding(fault.applied(raw)) or "")


def test_a_copy_is_caught_with_its_fault_and_green_without(tree: Tree) -> None:
    """What is imported there is the copy, and what was planted is taken out again."""
    tests = ("tests/facts",)
    fault = next(fault for fault in DOCUMENT_FAULTS if fault.kind == "maximum + 1")
    before = (tree.root / FILE).read_bytes()
    assert plant(tree, fault, tests).outcome is Outcome.CAUGHT
    assert (tree.root / FILE).read_bytes() == before
    assert tree.pytest(tests).verdict is Verdict.GREEN


def test_what_cannot_be_run_is_told(tree: Tree) -> None:
    fault = DOCUMENT_FAULTS[0]
    assert plant(tree, fault, ("tests/none.py",)).outcome is Outcome.BROKEN


def test_a_run_fails_if_a_fault_survives() -> None:
    for outcome, status in ((Outcome.CAUGHT, CAUGHT), (Outcome.SURVIVED, SURVIVED), (Outcome.BROKEN, SURVIVED)):
        stdout = io.StringIO()
        report = Report(stdout, every=False)
        report.add("document", Result("file: name", "a becomes b", outcome, "line"))
        assert report.end(1.0) == status
        assert ("file: name" in stdout.getvalue()) is (outcome is not Outcome.CAUGHT)


def test_faults_are_chosen_by_name() -> None:
    stdout = io.StringIO()
    label = DOCUMENT_FAULTS[0].label
    assert run(["--list", "--only", label], stdout) == CAUGHT
    assert label in stdout.getvalue().splitlines()
