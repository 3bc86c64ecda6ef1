"""What a law is, and how it is run.

A law is a function of a trial: it draws what it needs, or takes one of the cases that are listed for it, calls the
subject, and requires what must hold. `law` makes a test of it, with one item for each operation that it concerns and
each subject. The vendor's SDK is expected to break some laws, strictly, so the day that it keeps one is noticed: the
reason names the entry of the ledger.
"""

from __future__ import annotations

import importlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
import twelvelabs_api_2025_08
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.laws.subjects import SUBJECTS, VENDOR, Subject
from tests.laws.trial import Broken, Trial, World
from tests.support.editions import contract_2025_08
from twelvelabs_contract import Operation
from twelvelabs_contract.strategies import RequestCase

TWELVELABS = World(contract_2025_08(), twelvelabs_api_2025_08.models, SUBJECTS)
PATIENCE = 10
"""How many times as many examples are drawn where one is expected to fail; the first that does is the last."""

Check = Callable[[Trial], None]
Concerns = Callable[[World, Operation], bool]
Breaks = Callable[[World, Operation], str | None]
Cases = Callable[[World, Operation], Sequence[RequestCase]]


@dataclass(frozen=True, eq=False)
class Law:
    """One law: what it claims, of which operations, and where the vendor's SDK is known to break it."""

    group: str
    claim: str
    check: Check
    concerns: Concerns
    vendor: Breaks
    examples: int
    cases: Cases | None
    subjects: bool
    counted: Counter[str] = field(default_factory=Counter)
    """How many cases were run, by subject."""

    def operations(self, world: World) -> Iterator[Operation]:
        """Yield the operations that this law concerns."""
        return (operation for operation in world.contract.operations if self.concerns(world, operation))

    def asked(self, world: World) -> tuple[Subject | None, ...]:
        """Return the subjects that this law asks."""
        return world.subjects if self.subjects else (None,)

    def run(
        self,
        world: World,
        operation: Operation,
        subject: Subject | None,
        *,
        shrink: bool = True,
        effort: float = 1,
    ) -> int:
        """Try the law on one operation, and return how many cases were tried.

        `Broken` is raised with the smallest case that was found; without `shrink`, with the first. `effort` says how
        many times as many examples are drawn.
        """
        name = "document" if subject is None else subject.name
        before = self.counted[name]
        if self.cases is None:
            self._draw(Trial(world, operation, subject), name, effort, shrink=shrink)
        else:
            self._list(self.cases(world, operation), Trial(world, operation, subject), name, shrink=shrink)
        return self.counted[name] - before

    def _list(self, cases: Sequence[RequestCase], trial: Trial, name: str, *, shrink: bool) -> None:
        """Try every case of a list."""
        broken: list[Broken] = []
        for case in cases:
            self.counted[name] += 1
            try:
                self.check(replace(trial).on(case))
            except Broken as found:
                broken.append(found)
                if not shrink:
                    break
        if broken:
            raise min(broken, key=lambda found: len(str(found)))

    def _draw(self, trial: Trial, name: str, effort: float, *, shrink: bool) -> None:
        """Try what Hypothesis draws."""
        profile = settings()
        database, operation = profile.database, trial.operation
        if isinstance(database, DirectoryBasedExampleDatabase):
            # All laws run through the same function below, and each keeps its own examples.
            database = DirectoryBasedExampleDatabase(database.path / self.claim.replace(" ", "-") / operation.id)

        @settings(
            max_examples=max(1, round(self.examples * profile.max_examples * effort / 100)),
            database=database,
            phases=set(Phase) - {Phase.explain} if shrink else (Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        )
        @given(data=st.data())
        def holds(data: st.DataObject) -> None:
            self.counted[name] += 1
            self.check(replace(trial, data=data))

        if profile.derandomize:
            holds = seed(zlib.crc32(f"{self.claim} {operation.id}".encode()))(holds)
        holds()


LAWS: list[Law] = []
"""The laws of the modules that were imported so far."""


def all_laws() -> list[Law]:
    """Return every law, in the order of their modules."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        importlib.import_module(f"{__package__}.{path.stem}")
    return LAWS


def everything(world: World, operation: Operation) -> bool:
    """Concern every operation."""
    return True


def nowhere(world: World, operation: Operation) -> str | None:
    """Expect the law to be kept."""
    return None


def law(
    group: str,
    claim: str,
    *,
    concerns: Concerns = everything,
    vendor: Breaks = nowhere,
    examples: int = 25,
    cases: Cases | None = None,
    subjects: bool = True,
) -> Callable[[Check], Callable[..., None]]:
    """Make a law of a function, and a test of the law.

    `examples` is how many are drawn for each operation and subject where the profile says 100; `cases` lists them
    instead. `vendor` gives the reason for which the vendor's SDK breaks the law for an operation, if it does.
    """

    def made(check: Check) -> Callable[..., None]:
        found = Law(group, claim, check, concerns, vendor, examples, cases, subjects)
        LAWS.append(found)

        @pytest.mark.parametrize(("operation", "subject"), list(_items(found, TWELVELABS)))
        def test(operation: str, subject: Subject | None) -> None:
            concerned = TWELVELABS.contract.operation(operation)
            if subject is not VENDOR or not found.vendor(TWELVELABS, concerned):
                found.run(TWELVELABS, concerned, subject)
                return
            try:
                found.run(TWELVELABS, concerned, subject, shrink=False, effort=PATIENCE)
            except Broken as broken:
                # To show the way to what is expected would take most of the time.
                raise broken.with_traceback(None) from None

        test.__doc__ = check.__doc__
        return test

    return made


def _items(found: Law, world: World) -> Iterator[Any]:
    for operation in found.operations(world):
        for subject in found.asked(world):
            reason = found.vendor(world, operation) if subject is VENDOR else None
            marks = [pytest.mark.xfail(strict=True, raises=Broken, reason=reason)] if reason else []
            name = operation.id if subject is None else f"{operation.id}-{subject.name}"
            yield pytest.param(operation.id, subject, marks=marks, id=name)
