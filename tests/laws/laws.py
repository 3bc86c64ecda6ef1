"""The definition of a law, and how it is run.

A law is a function of a trial: it draws what it needs, or takes one of its listed cases, calls the subject, and
requires its claim. `law` makes a test of it, with one item for each operation that it applies to and each subject. The
vendor's SDK is expected to break some laws, strictly, so that it is noticed when it no longer does: the reason names
the entry of the ledger.
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
import twelvelabs_api
import twelvelabs_api_2025_08
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.errors import StopTest, UnsatisfiedAssumption
from hypothesis.internal.conjecture.data import Status

from tests.laws import subjects
from tests.laws.defects import UNSENT, is_unsent, shows
from tests.laws.differences import different
from tests.laws.subjects import VENDOR, Subject
from tests.laws.trial import Broken, Trial, Vacuous, World
from tests.laws.trials import TRIALS
from tests.support.deep import DEEP
from tests.support.editions import contract_2025_08
from twelvelabs_contract import Contract, Operation
from twelvelabs_contract.strategies import RequestCase

LONG = frozenset({"analyze_async.tasks.create", "analyze_async.batches.create"})
"""Operations whose violations take seconds to enumerate; laws about requests include them only in deep runs.

Every feature of their schemas also occurs in `analyze` or `embed.v_2.tasks.create`.
"""
ENOUGH = 10
"""The number of examples after which it is checked whether a law assumes too much."""
FEW = 6
"""A law with at most this many operations runs all with the asynchronous client, else a third in a usual run."""
MOST = 60
"""The number of listed cases that a usual run tries for one operation, spread over the list."""


def _worlds() -> tuple[World, ...]:
    """Return the newest API, and the operations that were different in August 2025.

    With the vendor's SDK of its day in each.

    If the newest SDK is installed, it is the only subject, in a usual run with a twelfth of its operations. An edition
    has as many draws as the 28 operations had.
    """
    marked, august = Contract.load(), contract_2025_08()
    newest = Contract(marked.document)  # without its history, which is tested by test_editions
    if subjects.RELEASE != "1.0.0":
        some = frozenset(operation.id for operation in newest.operations[::12])
        return (World(newest, twelvelabs_api.models, (VENDOR,), "newest", some, 0.25, patience=400, refusals=DEEP),)
    of_august = (*subjects.AUGUST, VENDOR)
    return (
        World(newest, twelvelabs_api.models, subjects.NEWEST, "newest", effort=0.12),
        World(august, twelvelabs_api_2025_08.models, of_august, "2025-08", different(august, newest), effort=0.35),
    )


WORLDS = _worlds()

Check = Callable[[Trial], None]
Concerns = Callable[[World, Operation], bool]
Breaks = Callable[[World, Operation], str | None]
Cases = Callable[[World, Operation], Sequence[RequestCase]]


@dataclass(frozen=True, eq=False)
class Law:
    """One law: its claim, its operations, and where the vendor's SDK is known to break it."""

    group: str
    claim: str
    check: Check
    concerns: Concerns
    vendor: Breaks
    examples: int
    cases: Cases | None
    subjects: bool
    requests: bool
    """Whether the cases are valid and invalid requests of any kind, of which there are many."""
    usual: bool
    """Whether a usual run has all of its operations, because there are few."""
    counted: Counter[str] = field(default_factory=Counter)
    """The number of trials by subject: cases in which something was required."""

    def operations(self, world: World) -> Iterator[Operation]:
        """Yield the operations that this law applies to."""
        usual = None if DEEP or self.usual else world.usual
        return (
            operation
            for operation in world.contract.operations
            if (usual is None or operation.id in usual)
            and (DEEP or not self.requests or operation.id not in LONG)
            and self.concerns(world, operation)
        )

    def asked(self, world: World) -> tuple[Subject | None, ...]:
        """Return the subjects of this law."""
        return world.subjects if self.subjects else (None,)

    def reason(self, world: World, operation: Operation, subject: Subject | None) -> str | None:
        """Return why a subject is expected to break the law for an operation; `None` if it is expected to keep it."""
        if subject is not VENDOR:
            return None
        return UNSENT if is_unsent(operation) else self.vendor(world, operation)

    def name(self, subject: Subject | None) -> str:
        """Return the name under which trials are counted."""
        return "document" if subject is None else subject.name

    def run(
        self,
        world: World,
        operation: Operation,
        subject: Subject | None,
        *,
        shrink: bool = True,
        effort: float = 1,
    ) -> int:
        """Try the law on one operation, and return the number of trials.

        Raises `Broken` with the smallest case that was found; without `shrink`, with the first. `effort` multiplies the
        number of examples. Raises `Vacuous` if there was no trial, or if the assumptions of the law left less than half
        of the draws.
        """
        name = self.name(subject)
        effort *= 1 if DEEP else world.effort
        before = self.counted[name]
        if self.cases is None:
            self._draw(Trial(world, operation, subject), name, effort, shrink=shrink)
        else:
            # Our two clients share everything except sending: the asynchronous one has a third of the list, as the
            # newest SDK.
            cases = self.cases(world, operation)
            few = subject is not None and (subject.asynchronous or not world.refusals)
            step = 1 if DEEP else max(3 if few else 1, -(-len(cases) // (MOST // 3 if few else MOST)))
            self._list(cases[::step], Trial(world, operation, subject), name, shrink=shrink)
        if self.counted[name] == before:
            raise Vacuous(f"{self.claim}: nothing was required of {name} for {operation.id}")
        return self.counted[name] - before

    def _try(self, trial: Trial, name: str) -> None:
        """Check one case, and count it if anything was required."""
        try:
            self.check(trial)
        finally:
            self.counted[name] += trial.required > 0

    def _list(self, cases: Sequence[RequestCase], trial: Trial, name: str, *, shrink: bool) -> None:
        """Try every case of a list."""
        broken: list[Broken] = []
        for case in cases:
            try:
                self._try(replace(trial).on(case), name)
            except Broken as found:
                broken.append(found)
                if not shrink:
                    break
        if broken:
            raise min(broken, key=lambda found: len(str(found)))

    def _draw(self, trial: Trial, name: str, effort: float, *, shrink: bool) -> None:
        """Try what Hypothesis draws."""
        profile, drawn, left = settings(), 0, 0
        database, operation = profile.database, trial.operation
        if isinstance(database, DirectoryBasedExampleDatabase):
            # All laws run through the same function below, and each has its own database of examples.
            database = DirectoryBasedExampleDatabase(database.path / self.claim.replace(" ", "-") / operation.id)

        def tried(data: st.DataObject) -> None:
            nonlocal drawn, left
            drawn += 1
            try:
                self._try(replace(trial, data=data), name)
            except UnsatisfiedAssumption:
                left += 1
                raise
            except StopTest:  # by a draw that finds no value; not where Hypothesis tries too short an example
                left += data.conjecture_data.status is Status.INVALID
                raise

        # Hypothesis reads the source of what it runs each time, decorators included: here it is short.
        def holds(data: st.DataObject) -> None:
            tried(data)

        holds = settings(
            max_examples=max(1, round(self.examples * profile.max_examples * effort / 100)),
            database=database,
            phases=set(Phase) - {Phase.explain} if shrink else (Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        )(given(data=st.data())(holds))
        if profile.derandomize:
            holds = seed(zlib.crc32(f"{self.claim} {operation.id}".encode()))(holds)
        holds()
        if drawn >= ENOUGH and left * 2 > drawn:
            raise Vacuous(f"{self.claim}: what it assumes leaves out {left} of {drawn} examples for {operation.id}")


class UnexpectedFailure(Exception):
    """The vendor's SDK breaks a law where it is known to, but not in the known way."""


LAWS: list[Law] = []
"""The laws of all modules that have been imported."""


def all_laws() -> list[Law]:
    """Return every law, in the order of their modules."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        importlib.import_module(f"{__package__}.{path.stem}")
    return LAWS


def everything(world: World, operation: Operation) -> bool:
    """Apply to every operation."""
    return True


def one_of(number: int, *, first: int = 0) -> Concerns:
    """Apply to one of a number of operations in a usual run, and to all in a deep one."""

    def concerns(world: World, operation: Operation) -> bool:
        ids = [found.id for found in world.contract.operations]
        return DEEP or ids.index(operation.id) % number == first

    return concerns


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
    requests: bool = False,
    usual: bool = False,
) -> Callable[[Check], Callable[..., None]]:
    """Return a decorator that makes a law of a function, and a test of the law.

    `examples` is the number of draws for each operation and subject where the profile says 100; `cases` lists them
    instead; `requests` says that requests of any kind are drawn. `vendor` returns the reason for which the vendor's SDK
    breaks the law for an operation, if it does. `usual` says that every run tries it on all of its operations.
    """

    def made(check: Check) -> Callable[..., None]:
        drawn = requests or cases is not None
        found = Law(group, claim, check, concerns, vendor, examples, cases, subjects, drawn, usual)
        LAWS.append(found)

        items = [item for world in WORLDS for item in asked_of(found, world)]
        if not items and len(WORLDS) == 1:
            unasked = pytest.mark.skip(reason="of the newest API and its SDK, this is not asked")
            items = [pytest.param(WORLDS[0], "", None, marks=unasked)]

        @pytest.mark.parametrize(("world", "operation", "subject"), items)
        def test(world: World, operation: str, subject: Subject | None, request: pytest.FixtureRequest) -> None:
            concerned = world.contract.operation(operation)
            reason = found.reason(world, concerned, subject)
            name, before = found.name(subject), found.counted[found.name(subject)]
            try:
                found.run(world, concerned, subject, shrink=not reason, effort=world.patience if reason else 1)
            except Broken as broken:
                if not reason:
                    raise
                if not shows(reason, broken.error, broken.note):
                    raise UnexpectedFailure(reason) from broken
                # Explaining an expected failure would take most of the time.
                raise pytest.xfail.Exception(reason, pytrace=False) from None
            finally:
                reported = found.claim, world.name, name, found.counted[name] - before
                request.node.user_properties.append((TRIALS, reported))

        test.__doc__ = check.__doc__
        return test

    return made


def asked_of(found: Law, world: World) -> Iterator[Any]:
    """Yield what a test of a law is given: for each operation, its subjects, of which a usual run asks some."""
    operations = list(found.operations(world))
    for number, operation in enumerate(operations):
        for subject in found.asked(world):
            # The asynchronous client shares everything except sending, and a law of its own compares the two.
            if subject is not None and subject.asynchronous and len(operations) > FEW and number % 3 and not DEEP:
                continue
            reason = found.reason(world, operation, subject)
            marks = [pytest.mark.xfail(strict=True, raises=Broken, reason=reason)] if reason else []
            names = [world.name, operation.id, *([] if subject is None else [subject.name])]
            yield pytest.param(world, operation.id, subject, marks=marks, id="-".join(names))
