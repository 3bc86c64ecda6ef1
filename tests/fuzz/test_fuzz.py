"""Every reader is tried a little, with the inputs that `make fuzz` begins with."""

from __future__ import annotations

import pytest

from tests.fuzz.targets import TARGETS, Target

FEW = {"document-resolve": 3, "document-generate": 1, "document-load": 8, "document-yaml": 6}


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_what_is_read_is_read_or_refused(target: Target) -> None:
    for data in target.seeds() if target.name != "document-generate" else ():  # which the generator's tests do
        target.read(data)
    for number in range(1, FEW.get(target.name, 15) + 1):
        target.read(target.input("0", number))


@pytest.mark.parametrize("target", [TARGETS["json"], TARGETS["har"]], ids=lambda target: target.name)
def test_an_input_is_made_again_by_its_number(target: Target) -> None:
    made = [[target.input("1", number) for number in range(50)] for _ in range(2)]
    assert made[0] == made[1]
    assert len(set(made[0])) > 40
