"""How far the laws reach: their operations and cases, the draws and lists of a run, what is counted and printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from hypothesis import assume, settings
from hypothesis import strategies as st

from tests.laws import report, trials
from tests.laws.laws import LONG, MOST, WORLDS, Check, Law, all_laws, everything, nowhere
from tests.laws.subjects import NEWEST, RELEASE, VENDOR, Outcome, Subject
from tests.laws.trial import Broken, Trial, Vacuous, World, spelled
from tests.support.deep import DEEP
from twelvelabs_contract import Operation
from twelvelabs_contract.strategies import Broken as Tag
from twelvelabs_contract.strategies import RequestCase

pytestmark = pytest.mark.skipif(RELEASE != "1.0.0", reason="the newest SDK is the one subject of its process")

NEWEST_WORLD, AUGUST = WORLDS[0], WORLDS[-1]
OPERATION = NEWEST_WORLD.contract.operation("tasks.list")
EXTENT: dict[str, tuple[int, int]] = {
    "a request on a bound arrives as it was given": (28, 107),
    "any valid request arrives as it was given": (28, 0),
    "a request beyond a bound is refused, unsent": (28, 201),
    "any request that breaks a rule is refused, unsent": (21, 0),
    "an argument that is None is not sent": (18, 0),
    "a model arrives as the mapping that it was made of": (1, 10),
    "another reader of forms finds what ours finds": (4, 0),
    "the parts are those that the document demands": (4, 0),
    "any file arrives whole, and its name injects nothing": (4, 0),
    "a large upload stays in constant memory": (4, 1),
    "another checker of the document says the same": (24, 83),
    "every item once, in order, in as many requests as pages": (5, 0),
    "whatever a token holds, it comes back as it was given": (1, 0),
    "an empty page ends a listing that states no total": (4, 0),
    "an error on a page is raised after the items before it": (5, 0),
    "a token that comes again is an error, never a circle": (1, 0),
    "wrong totals end as documented, and never endlessly": (4, 0),
    "only what is read is fetched, item by item or page by page": (5, 0),
    "an identifier that can be no path segment is refused": (16, 0),
    "any other identifier is one path segment, and reads back equal": (16, 0),
    "the key is in its header and nowhere else": (28, 0),
    "every valid answer is read, and nothing is lost": (28, 0),
    "any empty success will do where none has a body": (6, 0),
    "a documented refusal is its own error, and says why": (28, 0),
    "a refusal documented as empty is its own error": (6, 0),
    "a refusal that nobody documented is its own error": (28, 0),
    "an answer that cannot be read is an error of its own": (22, 0),
    "a request that was refused arrives again as it was": (10, 0),
    "what fails is sent again where that is safe, as often as asked": (10, 0),
    "what means the same is judged the same": (28, 0),
    "two faults are both reported": (9, 0),
    "guard, plugin and recording tell what the checker tells": (10, 0),
    "both clients do the same": (14, 0),
    "a reader that is not ours finds in the bytes what was given": (14, 0),
    "the events that were sent arrive, however they are cut": (2, 0),
    "a stream that ends early is an error": (2, 0),
    "what is wrong is its own error, after all before it": (2, 0),
    "the checker finds exactly what is wrong with one": (2, 0),
    "the checker finds exactly what is wrong": (28, 438),
    "the checker finds exactly what is wrong with any request": (28, 0),
    "the checker finds exactly what is wrong with arguments that no request can show": (19, 77),
    "all engines agree": (28, 360),
    "all engines agree on any request": (28, 0),
}
"""By law: of the 28 operations of August 2025 those that it concerns, and how many cases it lists for some."""
SOME = ("tasks.list", "indexes.create", "indexes.videos.update", "embed.create", "analyze")


@pytest.mark.skipif(DEEP, reason="a deep run tries more")
def test_each_law_concerns_its_operations_and_lists_its_cases() -> None:
    """Of a document that does not change any more, so that no law loses a part of it unseen."""
    world = replace(AUGUST, usual=None)
    found = {}
    for law in all_laws():
        operations = list(law.operations(world))
        listed = [operation for operation in operations if operation.id in SOME]
        cases = sum(len(law.cases(world, operation)) for operation in listed) if law.cases else 0
        found[law.claim] = len(operations), cases
    assert found == EXTENT


def made(check: Check, **more: Any) -> Law:
    """Return a law."""
    given = {"examples": 100, "cases": None, "subjects": True, "requests": False, "usual": False, **more}
    return Law("Bounds", "a claim", check, everything, nowhere, **given)


def kept(trial: Trial) -> None:
    """Keep a law."""
    trial.draw(st.integers(0, 10**12))
    trial.require(condition=True, note="never")


@pytest.mark.skipif(DEEP, reason="a deep run tries more")
def test_a_usual_run_has_the_operations_of_its_world() -> None:
    """All of them if the law says so; operations whose requests take seconds only where none are drawn."""
    two = {OPERATION.id, *sorted(LONG)[:1]}
    world = replace(NEWEST_WORLD, usual=frozenset(two))
    every = {operation.id for operation in world.contract.operations}
    for more, ids in (
        ({}, two),
        ({"usual": True}, every),
        ({"requests": True}, {OPERATION.id}),
        ({"usual": True, "requests": True}, every - LONG),
    ):
        assert {operation.id for operation in made(kept, **more).operations(world)} == ids, more


def listing(number: int) -> Callable[[World, Operation], Sequence[RequestCase]]:
    """List so many cases."""
    return lambda world, operation: [RequestCase(world.contract, operation.id, {"query": {}})] * number


@pytest.mark.skipif(DEEP, reason="a deep run tries more")
@pytest.mark.parametrize(
    ("number", "refusals", "counts"),
    [
        (1, True, (1, 1, 1)),
        (20, True, (20, 7, 20)),
        (MOST, True, (60, 20, 60)),
        (MOST + 1, True, (31, 16, 31)),
        (200, True, (50, 20, 50)),
        (200, False, (20, 20, 50)),
    ],
)
def test_a_usual_run_spreads_over_a_list(number: int, *, refusals: bool, counts: tuple[int, int, int]) -> None:
    """A client that shares all but the sending has a third of it, and a law without clients as much as ours."""
    world = replace(NEWEST_WORLD, refusals=refusals)
    law = made(lambda trial: trial.require(condition=True, note="never"), cases=listing(number))
    assert tuple(law.run(world, OPERATION, subject) for subject in (*NEWEST, None)) == counts


@pytest.mark.skipif(DEEP, reason="a deep run tries more")
@pytest.mark.parametrize(("examples", "effort", "share"), [(100, 1, 1.0), (50, 1, 0.5), (100, 0.5, 0.5), (1, 0.01, 0)])
def test_a_run_draws_as_often_as_was_asked(examples: int, effort: float, share: float) -> None:
    """In the share of the world, and at least once."""
    law = made(kept, examples=examples)
    expected = max(1, round(settings().max_examples * share))
    assert law.run(replace(NEWEST_WORLD, effort=1), OPERATION, NEWEST[0], effort=effort) == expected
    half = max(1, round(settings().max_examples * share / 2))
    assert law.run(replace(NEWEST_WORLD, effort=0.5), OPERATION, NEWEST[0], effort=effort) == half


@pytest.mark.parametrize(("step", "fails"), [(2, False), (3, True)])
def test_a_law_may_leave_out_half_of_its_draws(step: int, *, fails: bool) -> None:
    drawn = iter(range(10**6))

    def check(trial: Trial) -> None:
        trial.draw(st.integers(0, 10**12))
        assume(next(drawn) % step == 0)
        trial.require(condition=True, note="never")

    law, world = made(check), replace(NEWEST_WORLD, effort=1)
    if fails:
        with pytest.raises(Vacuous, match="leaves out"):
            law.run(world, OPERATION, NEWEST[0])
    else:
        law.run(world, OPERATION, NEWEST[0])


def test_of_a_list_the_smallest_case_is_reported_and_without_shrinking_the_first() -> None:
    tried = []

    def check(trial: Trial) -> None:
        tried.append(trial.listed.arguments["query"]["a"])
        trial.require(condition=False, note=tried[-1])

    def cases(world: World, operation: Operation) -> list[RequestCase]:
        return [RequestCase(world.contract, operation.id, {"query": {"a": text}}) for text in ("bbb", "c", "aa")]

    law = made(check, cases=cases)
    for shrink, note, seen in ((True, "c", ["bbb", "c", "aa"]), (False, "bbb", ["bbb"])):
        tried.clear()
        with pytest.raises(Broken) as broken:
            law.run(NEWEST_WORLD, OPERATION, NEWEST[0], shrink=shrink)
        assert (broken.value.note, tried) == (note, seen)


def test_only_the_sdk_of_the_vendor_is_expected_to_break_a_law() -> None:
    law = replace(made(kept), vendor=lambda world, operation: "S1: words")
    assert [law.reason(NEWEST_WORLD, OPERATION, one) for one in (*NEWEST, None, VENDOR)] == [None] * 3 + ["S1: words"]
    unsent = NEWEST_WORLD.contract.operation("data_connectors.authorize_connection")
    assert str(law.reason(NEWEST_WORLD, unsent, VENDOR)).startswith("S22: ")


def test_a_broken_law_tells_all_that_is_needed_to_see_it_again() -> None:
    case = RequestCase(
        AUGUST.contract,
        "tasks.list",
        {"path": {}, "query": {"page": 0}, "header": {}},
        Tag("query.page", "minimum", "query.page: 0 is below 1"),
    )
    trial = Trial(NEWEST_WORLD, OPERATION, NEWEST[0]).on(case)
    trial.arguments, trial.server = case.arguments, "a server"
    assert str(Broken("a note", trial)).splitlines() == [
        "tasks.list: a note",
        "  parameter query.page",
        "  rule      minimum",
        "  pointer   #/components/parameters/Page/schema/minimum",
        "  server    a server",
        "  call      client.tasks.list(page=0)",
        "  request   httpx.Request('GET', 'https://api.twelvelabs.io/v1.3/tasks?page=0', "
        "headers={'x-api-key': 'tlk_test'})",
    ]
    request = httpx.Request("PUT", "https://a.test", headers={"x-api-key": "k", "accept": "b"}, content=b"c")
    trial.outcome = Outcome(requests=[request] * 4, error=ValueError("d"))
    lines = str(Broken("a note", trial)).splitlines()
    again = "httpx.Request('PUT', 'https://a.test', headers={'x-api-key': 'k'}, content=b'c')"
    assert lines[6:] == [f"  request   {again}", *[f"            {again}"] * 2, "  error     ValueError('d')"]


@pytest.mark.parametrize(
    ("length", "end"), [(3999, ")"), (4000, "  # and 0 bytes more)"), (4001, "  # and 1 bytes more)")]
)
def test_of_a_large_body_the_beginning_is_written(length: int, end: str) -> None:
    content = b"c" * length
    expected = f"httpx.Request('PUT', 'https://a.test', headers={{}}, content={content[:4000]!r}{end}"
    assert spelled(httpx.Request("PUT", "https://a.test", content=content)) == expected


def config(*places: Path | str, **chosen: Any) -> Any:
    """Return the configuration of a run of some places."""
    return SimpleNamespace(option=SimpleNamespace(**chosen), args=[str(place) for place in places])


def told(claim: str, world: str, subject: str, count: int, when: str = "call") -> Any:
    """Return the report of a test."""
    return SimpleNamespace(when=when, user_properties=[("other", 1), (trials.TRIALS, [claim, world, subject, count])])


def finished(plugin: trials.Trials, status: int = 0) -> tuple[int, list[str]]:
    """End a run; return its status and what is printed."""
    session: Any = SimpleNamespace(exitstatus=status)
    plugin.pytest_sessionfinish(session, status)
    lines: list[str] = []
    reporter: Any = SimpleNamespace(section=lines.append, write_line=lambda line, **_: lines.append(line))
    plugin.pytest_terminal_summary(reporter)
    return session.exitstatus, lines


FULL = [(claim, world, subject) for claim in ("one", "other") for world, two in trials.ASKED.items() for subject in two]


@pytest.fixture
def _two_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trials, "claims", lambda: {"one", "other"})


@pytest.mark.usefixtures("_two_claims")
def test_a_whole_run_fails_that_has_not_tried_all() -> None:
    """Of whatever contains the laws; a run that has failed, or of which something was chosen, says no more."""
    for place in (trials.HERE, trials.HERE.parent, trials.HERE.parents[1]):
        whole, lacking = trials.Trials(config(place)), trials.Trials(config(place))
        for claim, world, subject in FULL:
            whole.pytest_runtest_logreport(told(claim, world, subject, 600))
            whole.pytest_runtest_logreport(told(claim, world, subject, 1, "setup"))
            lacking.pytest_runtest_logreport(told(claim, world, subject, 600 * (subject != "vendor")))
        assert finished(whole) == (
            0,
            [
                "6,000 trials of 2 laws",
                "one: async 1,200, sync 1,200, vendor 600",
                "other: async 1,200, sync 1,200, vendor 600",
            ],
        )
        status, lines = finished(lacking)
        assert status == 1
        assert lines[-2:] == [f"FAILED {claim}: no trial with vendor in 2025-08" for claim in ("one", "other")]
        assert finished(lacking, 2)[0] == 2


@pytest.mark.usefixtures("_two_claims")
@pytest.mark.parametrize(
    "asked",
    [
        config(trials.HERE / "test_bounds.py"),
        config(trials.HERE.parent / "wire"),
        *(config(trials.HERE, **{name: "x"}) for name in ("keyword", "markexpr", "lf", "maxfail", "collectonly")),
    ],
)
def test_a_run_of_a_part_need_not_try_all(asked: Any) -> None:
    plugin = trials.Trials(asked)
    plugin.pytest_runtest_logreport(told("one", "newest", "sync", 1))
    assert finished(plugin) == (0, [])


class Naming(Subject):
    """A subject that has only a name."""

    def __init__(self, name: str) -> None:
        """Take the name."""
        super().__init__(name, lambda: None)


def broken_by(*names: str) -> Check:
    """Return the check of a law that is broken by some subjects, for one operation."""

    def check(trial: Trial) -> None:
        wrong = trial.asked.name in names and trial.operation.id == OPERATION.id
        trial.require(not wrong, f"a `note`|{'x' * 200}")

    return check


THREE = (OPERATION.id, "tasks.retrieve", "tasks.delete")


def of_three(check: Check, **more: Any) -> Law:
    """Return a law of three operations."""
    return replace(made(check, **more), concerns=lambda world, operation: operation.id in THREE)


@pytest.fixture
def two() -> World:
    """Return a world of two subjects."""
    return replace(NEWEST_WORLD, subjects=(NEWEST[0], VENDOR), usual=None, name="a day")


def test_a_row_says_which_subject_keeps_a_law(two: World) -> None:
    """With the operations for which it is broken, the smallest call, and what was not expected."""
    law = of_three(broken_by("sync"), cases=listing(2))
    law = replace(law, vendor=lambda world, operation: "S1: words" if operation.id == OPERATION.id else None)
    ours, theirs = (report.tried(two, law, subject) for subject in two.subjects)
    assert (ours.cases, ours.operations, ours.broken) == (6, 3, 1)
    assert ours.cell == f"breaks for 1 of 3 operations: ``: a 'note'/{'x' * 110}…"
    assert ours.surprises == [f"tasks.list breaks it: : a 'note'/{'x' * 110}…"]
    assert (theirs.operations, theirs.broken, theirs.cell) == (3, 0, "keeps")
    assert theirs.surprises == ["tasks.list keeps it, against S1: words"]
    ours.broken = 3
    assert ours.cell == f"breaks: {ours.smallest}"


@pytest.mark.parametrize(("wrong", "status"), [(("vendor",), 1), ((), 0)])
def test_the_report_prints_a_table_and_what_was_not_expected(
    wrong: tuple[str, ...],
    status: int,
    two: World,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    laws = [of_three(broken_by(*wrong), cases=listing(2)), of_three(kept, subjects=False)]
    monkeypatch.setattr(report, "WORLDS", (two,))
    monkeypatch.setattr(report, "SUBJECTS", ())
    monkeypatch.setattr(report, "all_laws", lambda: laws)
    assert report.main() == status
    out, err = capsys.readouterr()
    title, cells = out.splitlines()[1], out.splitlines()[5]
    assert title == "Edition a day"
    assert out.splitlines()[3] == "| law | our client | the vendor's SDK 1.0.0 |"
    assert cells.startswith("| *Bounds:* a claim | keeps | " + ("breaks for 1 of 3" if wrong else "keeps |"))
    assert len(out.splitlines()) == 6
    assert f"1 laws, 12 cases, {len(wrong)} surprises" in err
    assert ("a claim (a day, vendor): tasks.list breaks it" in err) is bool(wrong)
