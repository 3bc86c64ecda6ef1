"""The law of the witnesses: each release conforms to the document of its day, except for named defects."""

from __future__ import annotations

from functools import cache

import pytest

from tests.support.editions import contract_of, needs_editions
from tests.witnesses import RELEASES, load
from tests.witnesses.defects import unused
from tests.witnesses.replay import Replay, replay


@cache
def replayed(release: str) -> Replay:
    return replay(release)


@needs_editions
@pytest.mark.parametrize("release", RELEASES)
def test_a_release_conforms_at_its_day(release: str) -> None:
    """Every request belongs to an operation of that day and keeps its rules, and every call sends one."""
    found = replayed(release)
    assert [f"{one.verb} {one.url}" for one in found.unknown] == []
    assert [f"{one.method}({one.given[0]}): {violation or one.error}" for one, violation in found.broken] == []


@needs_editions
@pytest.mark.parametrize("release", RELEASES)
def test_a_release_calls_every_operation_of_its_day(release: str) -> None:
    """What the vendor's SDK of a day cannot call is an operation that the document of that day should not have."""
    found = replayed(release)
    operations = {operation.id for operation in contract_of(RELEASES[release].day.isoformat()).operations}
    assert operations - found.operations == NOT_CALLED.get(release, set())


@needs_editions
def test_every_defect_shows() -> None:
    """A defect that explains nothing is mended, or was never one."""
    assert unused(defect for release in RELEASES for defect in replayed(release).defects) == []


@pytest.mark.parametrize("release", RELEASES)
def test_no_key_and_no_machine_is_in_a_recording(release: str) -> None:
    for one in load(release):
        assert dict(one.headers).get("x-api-key", KEY) == KEY
        assert b"/tmp/" not in one.body


KEY = "tlk_made_up_for_witnesses"
NOT_CALLED: dict[str, set[str]] = {
    **{f"python-1.3.{number}": {"data_connectors.authorize_connection"} for number in (1, 3, 4, 5, 6)},  # ledger S22
    # SDK 1.3.3, of the same day, has the transcription.
    "python-1.3.2": {"assets.retrieve_transcription", "data_connectors.authorize_connection"},
}
"""Operations that a release has no working method for, though the document of its day has them."""
