"""The benchmarks: the sides of every question agree, and the figures are worked out as they say. Nothing is timed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

NO_PEERS = "the peers are not installed; `make bench` installs the extra `bench`"
for peer in ("matplotlib", "msgspec", "openapi_core", "openapi_python_client", "psutil", "schemathesis"):
    pytest.importorskip(peer, reason=NO_PEERS)
pyperf = pytest.importorskip("pyperf", reason=NO_PEERS)

from benchmarks import catalogue, fit, synthetic, tell  # noqa: E402 - only with the extra
from benchmarks.__main__ import run  # noqa: E402 - as above
from benchmarks.model import Answer, Disagreement, Question, Side, Target, Work, agree  # noqa: E402 - as above
from benchmarks.report import Entry, Report  # noqa: E402 - as above
from benchmarks.rounds import Measured, Results  # noqa: E402 - as above

HERE = Path(catalogue.__file__).parent
LARGE = {"codegen-nothing", "scale-codegen", "tests"}
"""Their smallest size is a whole run of something that other tests run."""


@pytest.mark.parametrize("name", sorted(set(catalogue.ALL) - LARGE))
def test_the_sides_of_a_question_agree(name: str) -> None:
    question = catalogue.question(name)
    sizes = question.sizes[:1] if question.small is None else question.small
    assert sizes
    for size in sizes:
        agree(question, size)


def test_every_question_has_a_place_and_a_side_of_ours() -> None:
    assert {path.stem for path in (HERE / "questions").glob("[!_]*.py")} == set(catalogue.NAMES)
    for name in catalogue.ALL:
        question = catalogue.question(name)
        sides = {side.name for side in question.sides}
        assert question.ours in sides
        assert {target.peer for target in question.targets} - {None} <= sides
        assert (question.small == ()) == (name in LARGE)


def _side(name: str, answer: Answer) -> Side:
    return Side(name, lambda _: Work(dict, lambda: answer))


def test_sides_that_disagree_are_not_timed() -> None:
    """What only one was asked is its own affair; what both were asked must be the same, and what is expected."""
    agree(Question("q", "", (_side("a", {"x": 1, "y": 2}), _side("b", {"x": 1})), expected={"y": 2}), 1)
    with pytest.raises(Disagreement, match=r"x: b found 2, a 1"):
        agree(Question("q", "", (_side("a", {"x": 1}), _side("b", {"x": 2}))), 1)
    with pytest.raises(Disagreement, match=r"x: a found 1, expected 2"):
        agree(Question("q", "", (_side("a", {"x": 1}),), expected={"x": 2}), 1)
    with pytest.raises(Disagreement, match="no side was asked for z"):
        agree(Question("q", "", (_side("a", {"x": 1}),), expected={"z": 1}), 1)


def test_the_exponent_of_a_power_is_found() -> None:
    assert fit.exponent({10: 2e-5, 100: 2e-4, 1000: 2e-3}) == pytest.approx(1.0)
    assert fit.exponent({10: 3.0, 100: 300.0}) == pytest.approx(2.0)
    assert fit.last_step({1: 1.0, 10: 1.0, 100: 10.0}) == pytest.approx(1.0)
    with pytest.raises(ValueError, match="two sizes"):
        fit.exponent({10: 1.0})


def _measured(side: str, rounds: list[float]) -> Measured:
    runs = [
        pyperf.Run([value] * 3, metadata={"name": side, "unit": "second"}, collect_metadata=False) for value in rounds
    ]
    return Measured(pyperf.Benchmark(runs))


def _results(ours: list[float], peer: list[float], *targets: Target) -> Results:
    question = Question("q", "A question", (_side("ours", {}), _side("peer", {})), targets=targets)
    return Results(question, {("ours", 1): _measured("ours", ours), ("peer", 1): _measured("peer", peer)})


def test_ratios_are_those_of_the_rounds() -> None:
    """A machine that is ten times slower in one round slows both sides, and changes no ratio."""
    results = _results([1.0, 10.0, 1.0], [2.0, 20.0, 2.0], Target("peer", times=0.5), Target("peer", times=1 / 4))
    assert [results.of_limit(target) for target in results.question.targets] == [1.0, 2.0]
    rows = list(tell.rows(results))
    assert [row.ratio for row in rows] == ["", "2.00x (2.00 to 2.00)"]
    assert rows[1].verdict == "met, 100% of the limit; MISSED, 200% of the limit"
    assert tell.met(results) == (1, 2)


def test_targets_say_what_they_ask_for() -> None:
    assert Target("peer", times=1.3).text == "at most 1.3 times peer"
    assert Target("peer", times=1 / 50).text == "50 times as fast as peer"
    assert Target("peer", times=1, plus=0.1).text == "at most peer + 100 ms"
    assert Target(None, plus=0.3).text == "at most 300 ms"
    results = _results([0.2], [0.15], Target("peer", times=1, plus=0.1), Target(None, plus=0.1))
    assert [results.of_limit(target) for target in results.question.targets] == pytest.approx([0.8, 2.0])


def test_the_report_shows_a_miss_as_a_miss_and_a_failure_as_one() -> None:
    results = _results([2.0, 2.0], [1.0, 1.0], Target("peer", times=1.5))
    report = Report({"cores": "2"}, {"peer": "1.0"}, "2025-01-01", (0.1, 0.2))
    report.entries = [Entry("q", "A question", "", results), Entry("r", "Another", "", failure="the sides disagree")]
    text = report.text()
    assert "0 of 1 targets met; not measured: r" in text
    assert "| at most 1.5 times peer | MISSED, 133% of the limit |" in text
    assert "not measured: the sides disagree" in text
    assert "- q: at most 1.5 times peer: MISSED" in text


def test_a_question_is_chosen_by_its_name_or_its_beginning() -> None:
    assert catalogue.chosen("ndjson") == ("ndjson", "ndjson-event", "ndjson-chunk")
    assert catalogue.chosen("page, ndjson-event") == ("ndjson-event", "page")
    assert catalogue.chosen("") == catalogue.ALL
    with pytest.raises(LookupError, match="did you mean 'ndjson'"):
        catalogue.chosen("ndjsn")


def test_a_name_that_there_is_not_ends_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--only", "nothing-such"]) == 2
    assert "no question 'nothing-such'" in capsys.readouterr().err


@pytest.mark.parametrize("count", [28, 100])
def test_a_synthetic_document_has_as_many_operations_as_asked_for(count: int) -> None:
    made: dict[str, Any] = synthetic.operations(count)
    ids = [operation["operationId"] for item in made["paths"].values() for operation in synthetic.operations_of(item)]
    assert len(set(ids)) == len(ids) == count
