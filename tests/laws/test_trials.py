"""The trials that a run of the laws must include, and the report if some are missing."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import twelvelabs_api
from hypothesis import assume
from hypothesis import strategies as st

from tests.laws.defects import shows
from tests.laws.laws import WORLDS, Law, all_laws, everything, nowhere
from tests.laws.subjects import NEWEST, RELEASE, VENDOR, Arguments, Ours, Outcome
from tests.laws.trial import Broken, Trial, Vacuous
from tests.laws.trials import ASKED, claims, missing
from twelvelabs_contract import Operation
from twelvelabs_contract.strategies import RequestCase

WORLD = WORLDS[0]
OPERATION = WORLD.contract.operations[0]
BOTH = "both clients do the same"
"""The law that asks two clients."""


def _law(check: object) -> Law:
    return Law("Bounds", "claim", check, everything, nowhere, 100, None, subjects=False, requests=False, usual=False)  # type: ignore[arg-type]


def test_a_law_that_requires_nothing_fails() -> None:
    with pytest.raises(Vacuous, match="nothing was required"):
        _law(lambda trial: None).run(WORLD, OPERATION, None)


def test_a_law_that_requires_nothing_of_one_operation_fails_whatever_it_has_required_of_another() -> None:
    def check(trial: Trial) -> None:
        if trial.operation is OPERATION:
            trial.require(condition=True, note="never")

    law = _law(check)
    law.run(WORLD, OPERATION, None)
    with pytest.raises(Vacuous, match="nothing was required"):
        law.run(WORLD, WORLD.contract.operations[1], None)


@pytest.mark.parametrize(("kept", "fails"), [(20, True), (40, True), (60, False), (101, False)])
def test_a_law_that_assumes_too_much_fails(kept: int, fails: bool) -> None:
    """That is, more than half of what is drawn."""

    def check(trial: Trial) -> None:
        assume(zlib.crc32(str(trial.draw(st.integers(0, 10**9))).encode()) % 101 < kept)
        trial.require(condition=True, note="never")

    with pytest.raises(Vacuous, match="leaves out") if fails else nullcontext():
        _law(check).run(WORLD, OPERATION, None, effort=10)


def test_a_law_of_which_something_is_required_is_counted() -> None:
    assert _law(lambda trial: trial.require(trial.draw(st.booleans()) in (True, False), "")).run(
        WORLD, OPERATION, None
    ) in (1, 2)


@pytest.mark.parametrize(
    ("found", "reported"),
    [
        ({("newest", "sync"): 4, ("newest", "async"): 4}, []),
        ({("newest", "document"): 4}, []),
        ({("newest", "sync"): 4}, ["claim: no trial with async in newest"]),
        ({("newest", "sync"): 4, ("newest", "async"): 0}, ["claim: no trial with async in newest"]),
        ({("newest", "document"): 0}, ["claim: no trial with document in newest"]),
        ({("2025-08", "sync"): 4, ("2025-08", "async"): 4}, ["claim: no trial with vendor in 2025-08"]),
    ],
)
def test_what_was_not_tried_is_reported(found: dict[tuple[str, str], int], reported: list[str]) -> None:
    assert list(missing({"claim": found}, {"claim"})) == reported


class Idle(Ours):
    """A client that does nothing."""

    def call(self, *_: Any, **__: Any) -> Outcome:
        """Send nothing, and return nothing."""
        return Outcome()


@pytest.mark.parametrize("claim", [*sorted(law.claim for law in all_laws() if law.subjects), BOTH])
@pytest.mark.skipif(RELEASE != "1.0.0", reason="the newest SDK is the one subject of its process")
def test_a_client_that_does_nothing_breaks_each_law(claim: str) -> None:
    """Or the law would ask nothing of any client."""
    law = next(law for law in all_laws() if law.claim == claim)
    idle = Idle("async", twelvelabs_api.AsyncTwelveLabs, asynchronous=True)
    world = replace(WORLD, subjects=(NEWEST[0], idle))
    with pytest.raises((Broken, IndexError, ValueError)):  # the last two where a law looks at the request
        law.run(world, next(law.operations(world)), idle if law.subjects else None, shrink=False)


class Forgetful(Ours):
    """A client that leaves out what may be left out of a query: what it sends is valid, and not what it was given."""

    def call(self, operation: Operation, arguments: Arguments, *rest: Any, **named: Any) -> Outcome:
        """Call without a query."""
        return super().call(operation, {**arguments, "query": {}}, *rest, **named)


ARRIVES = "a request on a bound arrives as it was given"


@pytest.mark.parametrize("claim", [ARRIVES, "any valid request arrives as it was given"])
def test_a_client_that_sends_less_than_it_was_given_breaks_the_law(claim: str) -> None:
    law = next(law for law in all_laws() if law.claim == claim)
    forgetful = Forgetful("sync", twelvelabs_api.TwelveLabs, asynchronous=False)
    with pytest.raises(Broken, match="in place of what was given"):
        law.run(WORLD, WORLD.contract.operation("tasks.list"), forgetful, shrink=False, effort=20)


def test_a_law_without_a_test_is_reported() -> None:
    assert list(missing({}, {"claim"})) == ["claim: not tried"]


def test_every_law_is_counted_by_what_it_claims() -> None:
    assert claims() == {law.claim for law in all_laws()}


@pytest.mark.skipif(RELEASE != "1.0.0", reason="the newest SDK is the one subject of its process")
def test_every_world_has_its_subjects() -> None:
    assert {world.name: {subject.name for subject in world.subjects} for world in WORLDS} == ASKED


def test_another_failure_is_not_the_expected_one() -> None:
    assert shows("S12: words", type("ApiError", (Exception,), {})(), "the answer was not refused as ResponseInvalid")
    assert not shows("S12: words", AttributeError("crash"), "the answer was not refused as ResponseInvalid")
    assert not shows("S12: words", None, "the answer was not refused as ResponseInvalid")
    assert shows("S3: words", None, "the request body is missing")
    assert not shows("S3: words", KeyError("x"), "the request body is missing")
    assert not shows("S12: words", type("Api", (Exception,), {})(), "the answer was not refused as ResponseInvalid")
    assert not shows("S12: words", type("ApiErrors", (Exception,), {})(), "the answer was not refused")
    assert not shows("S1: words", None, "2 requests in place of one")


def _broken(claim: str, operation: str, arguments: Mapping[str, Any], *draws: Any) -> Broken:
    """Return how the vendor's SDK breaks a law with a listed case, or with what is drawn."""
    law = next(law for law in all_laws() if law.claim == claim)
    world = WORLDS[-1]
    left = iter(draws)
    drawn: Any = SimpleNamespace(draw=lambda _: next(left))
    trial = Trial(world, world.contract.operation(operation), VENDOR, drawn)
    with pytest.raises(Broken) as broken:
        law.check(trial.on(RequestCase(world.contract, operation, arguments)))
    return broken.value


@pytest.mark.parametrize("found", ["%", "a%zz", "%e9", "?", "#a", "a?b", "a/b", "..", "a\tb", "\x7f", "%41"])
@pytest.mark.skipif(RELEASE != "1.0.0", reason="the newest SDK is the one subject of its process")
def test_an_identifier_that_is_not_encoded_is_the_defect_of_its_name(found: str) -> None:
    video = {"path": {"index_id": found, "video_id": "v"}, "body": {"user_metadata": {"a": 1}}}
    for operation, arguments in (("tasks.delete", {"path": {"task_id": found}}), ("indexes.videos.update", video)):
        broken = _broken(ARRIVES, operation, arguments)
        assert shows("S4: words", broken.error, broken.note), broken.note
        assert not shows("S3: words", broken.error, broken.note)


@pytest.mark.parametrize("found", ["%41", "%2F", "c?d=e", "a/b", "#", "\x00", "\n"])
@pytest.mark.skipif(RELEASE != "1.0.0", reason="the newest SDK is the one subject of its process")
def test_a_token_that_is_not_encoded_is_the_defect_of_its_name(found: str) -> None:
    """And an argument that is left out is another one, whatever the token."""
    tokens = [found, *"abcde"]
    broken = _broken("whatever a token holds, it comes back as it was given", "search.create", {}, tokens)
    assert shows("S4: words", broken.error, broken.note), broken.note
    assert not shows("S9: words", broken.error, broken.note)


@pytest.mark.skipif(RELEASE != "1.0.0", reason="the newest SDK is the one subject of its process")
def test_an_argument_that_later_pages_lack_is_the_defect_of_its_name() -> None:
    body = {"index_id": "a", "search_options": ["visual"], "query_text": "a", "include_user_metadata": True}
    case = RequestCase(WORLDS[-1].contract, "search.create", {"body": body})
    claim = "every item once, in order, in as many requests as pages"
    broken = _broken(claim, "search.create", {}, [1, 1], case)
    assert shows("S9: words", broken.error, broken.note), broken.note
    assert not shows("S4: words", broken.error, broken.note)
