"""The benchmarks: the compared programs agree, and the figures are computed as described. Nothing is timed."""

from __future__ import annotations

import cProfile
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

NO_PEERS = "the peers are not installed; `make bench` installs the extra `bench`"
for peer in ("matplotlib", "msgspec", "openapi_core", "openapi_python_client", "psutil", "schemathesis"):
    pytest.importorskip(peer, reason=NO_PEERS)
pyperf = pytest.importorskip("pyperf", reason=NO_PEERS)

from benchmarks import catalogue, inputs, machine, synthetic, tell  # noqa: E402 - only with the extra
from benchmarks.__main__ import run  # noqa: E402 - as above
from benchmarks.fit import fit  # noqa: E402 - as above
from benchmarks.model import OURS, Answer, Disagreement, Question, Side, Target, Work, agree  # noqa: E402 - as above
from benchmarks.questions import requests  # noqa: E402 - as above
from benchmarks.report import Entry, Report  # noqa: E402 - as above
from benchmarks.rounds import ROOT, Measured, Results  # noqa: E402 - as above
from twelvelabs_contract import Contract  # noqa: E402 - as above

HERE = Path(catalogue.__file__).parent
LARGE = {"codegen-nothing", "scale-codegen", "tests", "upload", "upload-async"}
"""Their smallest size is a whole run of something that other tests run, or takes a second at the least."""


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
        assert OURS in sides
        assert {target.peer for target in question.targets} - {None} <= sides
        assert set(question.once) <= set(question.sizes[1:])
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


def test_a_side_is_asked_only_at_its_sizes_and_at_small_ones() -> None:
    sides = (_side("a", {"x": 1}), replace(_side("b", {"x": 2}), sizes=(1, 100)))
    question = Question("q", "", sides, sizes=(1, 10, 100), small=(0,))
    agree(question, 10)
    for size in (0, 1, 100):
        with pytest.raises(Disagreement):
            agree(question, size)


def test_the_programs_of_the_peers_load_nothing_of_ours() -> None:
    code = "import sys, benchmarks.by_hand; print(sorted({'httpx', 'pydantic', 'twelvelabs_api'} & set(sys.modules)))"
    done = subprocess.run((sys.executable, "-c", code), cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_messages_differ_from_each_other() -> None:
    lines = inputs.stream(events=200, size=10).splitlines()
    assert len(set(lines)) == len(lines) == 202
    assert len({json.loads(line)["text"].ljust(10) for line in lines[1:-1]}) == 200
    assert len({requests.search(number).content_type for number in range(50)}) == 50
    assert {len(json.loads(line)["text"]) for line in lines[1:-1]} == {10}


def test_the_exponent_of_a_power_is_found() -> None:
    """What is paid once hides no growth, and what a few figures leave open is no verdict."""
    found = fit({size: [5.0 + 2e-3 * size**1.5] for size in (10, 100, 1000, 10_000, 100_000)})
    assert found is not None
    assert (found.start, found.exponent, found.error) == pytest.approx((5.0, 1.5, 0.0), abs=1e-2)
    assert found.worse
    straight = fit({size: [2e-4 * size * noise for noise in (0.9, 1.0, 1.15)] for size in (10, 100, 1000, 10_000)})
    assert straight is not None
    assert straight.exponent == pytest.approx(1.0, abs=0.05)
    assert 0.01 < straight.error < 0.2
    assert not straight.worse
    assert fit({10: [1.0], 100: [10.0], 1000: [100.0]}) is None


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
    results = _results([1.0, 10.0, 1.0], [2.0, 20.0, 2.0], Target("peer", times=0.6), Target("peer", times=1 / 4))
    assert [reached and reached.median for reached in map(results.reached, results.question.targets)] == [1.2, 0.5]
    rows = list(tell.rows(results))
    assert [row.ratio for row in rows] == ["", "2.00x (2.00 to 2.00)"]
    met, missed = "met, 120% of the asked speed (120% to 120%)", "MISSED, 50% of the asked speed (50% to 50%)"
    assert rows[1].verdict == f"{met}; {missed}"
    assert tell.outcomes(results) == ["met", "MISSED"]


def test_a_side_may_take_part_in_the_first_rounds_only() -> None:
    results = _results([1.0, 1.0, 1.0, 9.0], [2.0, 2.0, 2.0], Target("peer", times=1))
    assert next(row.ratio for row in tell.rows(results) if row.ratio) == "2.00x (2.00 to 2.00)"


def test_what_the_rounds_do_not_agree_on_is_too_close_to_tell() -> None:
    results = _results([1.0] * 5, [0.9, 0.98, 1.01, 1.02, 1.1], Target("peer", times=1))
    assert tell.outcomes(results) == ["too close to tell"]
    (verdict,) = (row.verdict for row in tell.rows(results) if row.verdict)
    assert verdict == "too close to tell, 101% of the asked speed (98% to 102%)"


def test_targets_say_what_they_ask_for() -> None:
    assert Target("peer", times=1.3).text == "0.77x peer"
    assert Target("peer", times=1 / 50).text == "50x peer"
    assert Target("peer", times=1, plus=0.1).text == "at most peer + 100 ms"
    assert Target(None, plus=0.3).text == "at most 300 ms"
    assert Target(None, plus=120).text == "at most 120 s"
    results = _results([0.2], [0.15], Target("peer", times=1, plus=0.1), Target(None, plus=0.1))
    reached = [found and found.median for found in map(results.reached, results.question.targets)]
    assert reached == pytest.approx([1.25, 0.5])


def test_one_value_has_no_spread() -> None:
    run = pyperf.Run([1.0], metadata={"name": "q", "unit": "second"}, collect_metadata=False)
    assert tell.spread(Measured(pyperf.Benchmark([run]))) == "one run"


def test_what_is_worth_something_has_a_rate_of_its_own() -> None:
    results = replace(_results([1.0], [2.0]), worth={"ours": 50, "peer": 25})
    last = list(tell.rows(results))[-1]
    assert (last.question, last.rate, last.ratio) == ("q, distinct and valid", "12.5 distinct valid/s", "4.00x")


def test_the_report_shows_a_miss_as_a_miss_and_a_failure_as_one() -> None:
    results = _results([2.0, 2.0], [1.0, 1.0], Target("peer", times=1.5, why="Because."), Target("peer", times=3))
    report = Report({"cores": "2"}, {"peer": "1.0"}, "2025-01-01", 2, "v1-3-gabc-dirty")
    report.entries = [
        Entry("q", "A question", "", results, load=1.2, unsteadiness=1.5),
        Entry("r", "Another", "", load=0.9, failure="the sides disagree"),
    ]
    text = report.text()
    assert "1 of 2 targets met, 1 missed; not measured: r" in text
    assert "| 0.67x peer; 0.33x peer | MISSED, 75% of the asked speed (75% to 75%); met, 150% of" in text
    assert "not measured: the sides disagree" in text
    assert "- q: 0.67x peer: MISSED, 75% of the asked speed (75% to 75%). Because." in text
    assert "Commit: v1-3-gabc-dirty." in text
    assert "one in ten took 1.00 to 1.50 times (median 1.25) the shortest" in text
    assert "was above 1 before q (1.2). Measure again" in text
    report.entries[0].load = 1.0
    assert "busy" not in report.text()


def test_our_own_process_is_no_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("psutil.getloadavg", lambda: (1.0, 0.0, 0.0))
    assert machine.load() == 1.0
    assert machine.load(busy=3600) == pytest.approx(0.0)


def test_a_machine_that_halts_now_and_then_is_unsteady(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 4.0] * 8)  # begin and end: one in five takes four times
    monkeypatch.setattr("time.perf_counter", lambda: next(ticks))
    assert machine.unsteadiness() == 4.0


def test_a_question_is_chosen_by_its_name_or_its_beginning() -> None:
    assert catalogue.chosen("ndjson") == ("ndjson", "ndjson-event", "ndjson-chunk")
    assert catalogue.chosen("page, ndjson-event") == ("ndjson-event", "page")
    assert catalogue.chosen("") == catalogue.ALL
    with pytest.raises(LookupError, match="did you mean 'ndjson'"):
        catalogue.chosen("ndjsn")


def test_a_name_that_there_is_not_ends_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--only", "nothing-such"]) == 2
    assert "no question 'nothing-such'" in capsys.readouterr().err


def test_an_operation_takes_as_many_calls_to_load_in_a_large_document(tmp_path: Path) -> None:
    """So the time of loading grows no faster than memory becomes dearer."""
    counted: list[float] = []
    for operations in (75, 300):
        path = tmp_path / f"{operations}.json"
        path.write_text(json.dumps(synthetic.operations(operations)))
        profile = cProfile.Profile()
        profile.runcall(Contract.load, path)
        counted.append(sum(entry.callcount for entry in profile.getstats()) / operations)
    assert counted[1] < 1.05 * counted[0]


@pytest.mark.parametrize("count", [28, 100])
def test_a_synthetic_document_has_as_many_operations_as_asked_for(count: int) -> None:
    made: dict[str, Any] = synthetic.operations(count)
    ids = [operation["operationId"] for item in made["paths"].values() for operation in synthetic.operations_of(item)]
    assert len(set(ids)) == len(ids) == count
