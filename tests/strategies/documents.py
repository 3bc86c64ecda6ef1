"""The operations that the strategies are tested on, and the number of examples for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.support.deep import DEEP
from tests.support.orchard import contract_of
from twelvelabs_contract import Violation

few = settings(
    max_examples=15,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.filter_too_much],
)
"""As many examples as every operation gets; the laws try more."""
searching = settings(few, max_examples=1000, phases=[Phase.generate, Phase.shrink])
"""For `find`: one example is enough, and nobody needs it explained."""


def operations() -> Iterator[Any]:
    """Yield a parameter for each operation of each document; in a usual run, for one of two where laws try them all."""
    for name in ("bundled", "orchard"):
        for operation in contract_of(name).operations[:: 2 if name == "bundled" and not DEEP else 1]:
            yield pytest.param(contract_of(name), operation.id, id=f"{name}-{operation.id}")


every_operation = pytest.mark.parametrize(("contract", "operation"), list(operations()))


def reported(violations: list[Violation]) -> list[tuple[str, str]]:
    """Reduce violations to place and rule."""
    return [(violation.where, violation.rule) for violation in violations]


def everything(made: st.SearchStrategy[Any], wanted: set[Any], key: Callable[[Any], Any]) -> set[Any]:
    """Draw until all that is wanted has come up, so that luck decides nothing, or for long; return what has."""
    found: set[Any] = set()

    @settings(few, max_examples=40, phases=[Phase.generate], derandomize=False)
    @given(made)
    def draw(value: Any) -> None:
        found.add(key(value))

    for number in range(40):
        if number == 0 or found != wanted:
            seed(number)(draw)()
    return found
