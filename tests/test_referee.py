"""The referee's report is evaluated right: explained, unexplained and missing findings."""

from __future__ import annotations

from tests.referee import EXPLAINED, found, verdict

_HEAD = "_____________________________ {} _____________________________"


def _report(*findings: tuple[str, str], count: str = "12,000") -> str:
    blocks = [
        f"{_HEAD.format(operation)}\n{name}\n"
        if name.endswith("Error")
        else f"{_HEAD.format(operation)}\n1. ID\n\n- {name}\n"
        for operation, name in findings
    ]
    return "\n".join([*blocks, "Test cases:", f"  {count} generated, 1 found 1 unique failure", ""])


def test_what_is_explained_is_no_fault() -> None:
    report = _report(*EXPLAINED)
    assert found(report) == set(EXPLAINED)
    assert verdict(report, 10_000) == []


def test_what_is_new_what_is_gone_and_what_is_too_little_are_faults() -> None:
    kept = next(iter(EXPLAINED))
    report = _report(kept, ("GET /tasks", "ST101 Server error"), count="99")
    assert verdict(report, 100) == [
        "GET /tasks: ST101 Server error",
        *(
            f"explained, and not found: {operation}: {name}"
            for operation, name in sorted(EXPLAINED)
            if (operation, name) != kept
        ),
        "99 cases, and 100 were asked for",
    ]
