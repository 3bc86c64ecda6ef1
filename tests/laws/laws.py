"""What a law is, how it is run, and how it says that it is broken.

A law is a function of a trial: it draws what it needs, calls the subject, and requires what must hold. `law` makes a
test of it, with one item for each operation that it concerns and each subject. The vendor's SDK is expected to break
some laws, strictly, so the day that it keeps one is noticed: the reason names the entry of the ledger.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any, TypeVar

import httpx
import pytest
import twelvelabs_api
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase

from tests.laws import exchange
from tests.laws.subjects import SUBJECTS, VENDOR, Arguments, Handler, How, Outcome, Subject
from twelvelabs_contract import Contract, Operation
from twelvelabs_contract.strategies import RequestCase

T = TypeVar("T")
ServerT = TypeVar("ServerT")


@dataclass(frozen=True, eq=False)
class World:
    """A document, the models that were generated of it, and the clients that speak its API."""

    contract: Contract
    models: ModuleType
    subjects: tuple[Subject, ...]


TWELVELABS = World(Contract.load(), twelvelabs_api.models, SUBJECTS)


class Broken(AssertionError):
    """A law is broken."""

    def __init__(self, note: str, trial: Trial) -> None:
        """Say what happened, and everything that is needed to see it happen again."""
        self.note = note
        self.server = str(trial.server)
        self.call = trial.spelled_call()
        rows = {
            "parameter": trial.parameter,
            "rule": trial.rule,
            "pointer": f"#{trial.pointer}",
            "server": self.server,
            "call": self.call,
            "request": "\n            ".join(trial.spelled_requests()) or "none was sent",
            "error": "" if trial.outcome.error is None else repr(trial.outcome.error),
        }
        told = "".join(f"\n  {name:<10}{value}" for name, value in rows.items() if value)
        super().__init__(f"{trial.operation.id}: {note}{told}")


@dataclass
class Trial:
    """One example of a law: what is drawn, what is called, and what is required."""

    world: World
    operation: Operation
    subject: Subject | None
    data: st.DataObject | None = None
    parameter: str = ""
    rule: str = ""
    case: RequestCase | None = None
    server: object = ""
    """What the server does, where that is part of the trial."""
    arguments: Arguments = field(default_factory=dict)
    how: How = "answer"
    outcome: Outcome = field(default_factory=Outcome)

    @property
    def contract(self) -> Contract:
        """The contract."""
        return self.world.contract

    @property
    def pointer(self) -> str:
        """Where the rule stands in the document, if one is meant to be broken; else the operation."""
        found = [] if self.case is None else self.contract.check_request(self.case.request())
        return found[0].pointer if found else self.operation.pointer

    def on(self, case: RequestCase) -> Trial:
        """Say which case is tried."""
        self.case, self.parameter = case, case.about
        if case.tag is not None:
            self.parameter, self.rule = case.tag.where, case.tag.rule
        return self

    def served_by(self, server: ServerT) -> ServerT:
        """Say what the server does, for the report of a failure."""
        self.server = server
        return server

    def expected(self, arguments: Arguments) -> dict[str, Any]:
        """Return what must arrive of arguments."""
        return exchange.sent(self.contract, self.operation, arguments)

    def success(self, arguments: Arguments) -> Handler:
        """Answer a call as it asks to be answered."""
        return exchange.answers(self.operation, streamed=exchange.streams(self.contract, self.operation, arguments))

    def draw(self, strategy: st.SearchStrategy[T]) -> T:
        """Draw a value."""
        if self.data is None:
            raise TypeError("this law lists its cases")
        return self.data.draw(strategy)

    @property
    def listed(self) -> RequestCase:
        """The case, for a law that lists its cases."""
        if self.case is None:
            raise TypeError("this law draws its cases")
        return self.case

    def call(
        self,
        arguments: Arguments,
        handler: Handler,
        *,
        how: How = "answer",
        most: int | None = None,
        drain: Callable[[bytes], object] | None = None,
    ) -> Outcome:
        """Call the operation with the subject."""
        if self.subject is None:
            raise TypeError("this law asks no client")
        self.arguments, self.how = exchange.decided(self.contract, self.operation, arguments), how
        arguments = self.arguments
        self.outcome = self.subject.call(self.operation, arguments, handler, how=how, most=most, drain=drain)
        return self.outcome

    def require(self, condition: object, note: str) -> None:
        """Break the law unless a condition holds."""
        if not condition:
            raise Broken(note, self)

    def spelled_call(self) -> str:
        """Write the call of the client so that it can be pasted."""
        if self.subject is None or not self.arguments:
            return ""
        method, given = self.subject.method(self.operation, self.arguments, self.how)
        return f"client.{method}({', '.join(f'{name}={value!r}' for name, value in given.items())})"

    def spelled_requests(self) -> list[str]:
        """Write what was sent, or else the case as it would be sent past any client, so that it can be pasted."""
        if self.outcome.requests or self.case is None:
            return [spelled(request) for request in self.outcome.requests[:3]]
        request = self.case.request()
        headers = dict(request.headers.items)
        return [spelled(httpx.Request(request.method, request.url, headers=headers, content=request.body))]


def spelled(request: httpx.Request) -> str:
    """Write a request so that it can be pasted; of a large body its beginning."""
    kept = ("x-api-key", "content-type")
    headers = {name: value for name, value in request.headers.items() if name in kept}
    try:
        content = request.content
    except httpx.RequestNotRead:
        content = b""
    shown = f"{content!r}" if len(content) < 4000 else f"{content[:4000]!r}  # and {len(content) - 4000} bytes more"
    body = f", content={shown}" if content else ""
    return f"httpx.Request({request.method!r}, {str(request.url)!r}, headers={headers!r}{body})"


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

    def run(self, world: World, operation: Operation, subject: Subject | None, *, shrink: bool = True) -> int:
        """Try the law on one operation, and return how many cases were tried.

        `Broken` is raised with the smallest case that was found; without `shrink`, with the first.
        """
        name = "document" if subject is None else subject.name
        before = self.counted[name]
        if self.cases is None:
            self._draw(world, operation, subject, name, shrink=shrink)
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

    def _draw(self, world: World, operation: Operation, subject: Subject | None, name: str, *, shrink: bool) -> None:
        """Try what Hypothesis draws."""
        profile = settings()
        database = profile.database
        if isinstance(database, DirectoryBasedExampleDatabase):
            # All laws run through the same function below, and each keeps its own examples.
            database = DirectoryBasedExampleDatabase(database.path / self.claim.replace(" ", "-") / operation.id)

        @settings(
            max_examples=max(1, self.examples * profile.max_examples // 100) * (1 if shrink else PATIENCE),
            database=database,
            phases=set(Phase) - {Phase.explain} if shrink else (Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        )
        @given(data=st.data())
        def holds(data: st.DataObject) -> None:
            self.counted[name] += 1
            self.check(Trial(world, operation, subject, data))

        if profile.derandomize:
            holds = seed(zlib.crc32(f"{self.claim} {operation.id}".encode()))(holds)
        holds()


PATIENCE = 10
"""How many times as many examples are tried where one is expected to fail; the first that does is the last."""

LAWS: list[Law] = []
"""Every law, in the order of their modules."""


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
                found.run(TWELVELABS, concerned, subject, shrink=False)
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
