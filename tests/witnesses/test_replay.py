"""The law of the witnesses: each release conforms to the document of its day, but for defects that have a name."""

from __future__ import annotations

import inspect

import pytest

from tests.witnesses import RELEASES, load
from tests.witnesses.defects import unused
from tests.witnesses.replay import Replay, contract_of, replay
from twelvelabs_contract import Contract

by_edition = pytest.mark.skipif(
    "edition" not in inspect.signature(Contract.load).parameters, reason="the document has no editions yet"
)


@pytest.fixture(scope="module")
def replays() -> dict[str, Replay]:
    return {}


def _replay(replays: dict[str, Replay], release: str) -> Replay:
    if release not in replays:
        replays[release] = replay(release)
    return replays[release]


@by_edition
@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.xdist_group("witnesses")
def test_a_release_conforms_at_its_day(replays: dict[str, Replay], release: str) -> None:
    """Every request belongs to an operation of that day and keeps its rules, and every call sends one."""
    found = _replay(replays, release)
    assert [f"{one.verb} {one.url}" for one in found.unknown] == []
    assert [f"{one.method}({one.given[0]}): {violation or one.error}" for one, violation in found.broken] == []


@by_edition
@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.xdist_group("witnesses")
def test_a_release_calls_every_operation_of_its_day(replays: dict[str, Replay], release: str) -> None:
    """What the vendor's SDK of a day cannot call is an operation that the document of that day should not have."""
    found = _replay(replays, release)
    operations = {operation.id for operation in contract_of(RELEASES[release].day).operations}
    assert operations - found.operations == NOT_CALLED.get(release, set())


@by_edition
@pytest.mark.xdist_group("witnesses")
def test_every_defect_shows(replays: dict[str, Replay]) -> None:
    """A defect that explains nothing is mended, or was never one."""
    assert unused(defect for release in RELEASES for defect in _replay(replays, release).defects) == []


@pytest.mark.parametrize("release", RELEASES)
def test_no_key_and_no_machine_is_in_a_recording(release: str) -> None:
    for one in load(release):
        assert dict(one.headers).get("x-api-key", KEY) == KEY
        assert b"/tmp/" not in one.body


KEY = "tlk_made_up_for_witnesses"
NOT_CALLED: dict[str, set[str]] = {
    **dict.fromkeys(
        ("python-1.3.1", "python-1.3.3", "python-1.3.4", "python-1.3.5", "python-1.3.6"),
        {"data_connectors.authorize_connection"},  # ledger S22
    ),
    # SDK 1.3.3, of the same day, has the transcription.
    "python-1.3.2": {"assets.retrieve_transcription", "data_connectors.authorize_connection"},
}
"""Operations that a release has no working method for, though the document of its day has them."""
