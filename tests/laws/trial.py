"""One trial of a law, and the error for a broken law, with everything needed to reproduce it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, TypeVar, cast

import httpx
from hypothesis import assume
from hypothesis import strategies as st

from tests.laws import exchange
from tests.laws.subjects import Arguments, Handler, How, Outcome, Subject
from twelvelabs_contract import Contract, Operation
from twelvelabs_contract.strategies import RequestCase

T = TypeVar("T")
ServerT = TypeVar("ServerT")

TRIES = 12
"""How many values are drawn to find one for which a condition holds."""


@dataclass(frozen=True, eq=False)
class World:
    """A document, the models that were generated of it, and the clients that speak its API."""

    contract: Contract
    models: ModuleType
    subjects: tuple[Subject, ...]
    name: str = ""
    usual: frozenset[str] | None = None
    """The operations on which laws are run unless all are asked for; `None` for all."""
    effort: float = 1
    """How many times as many examples are drawn, unless many are asked for."""
    patience: float = 100
    """How many times as many again where a law is expected to be broken; the first that breaks it is the last."""
    refusals: bool = True
    """Whether it is asked what is refused unsent; in a usual run not of the newest SDK, which checks nothing either."""

    def __repr__(self) -> str:
        return self.name


class Broken(AssertionError):
    """A law is broken."""

    def __init__(self, note: str, trial: Trial) -> None:
        """Say what happened, and everything that is needed to see it happen again."""
        self.note = note
        self.server = str(trial.server)
        self.call = trial.spelled_call()
        self.error = trial.outcome.error
        """What the client raised, if it did."""
        rows = {
            "parameter": trial.parameter,
            "rule": trial.rule,
            "pointer": f"#{trial.pointer}",
            "server": self.server,
            "call": self.call,
            "request": "\n            ".join(trial.spelled_requests()) or "none was sent",
            "error": "" if trial.outcome.error is None else repr(trial.outcome.error),
        }
        reported = "".join(f"\n  {name:<10}{value}" for name, value in rows.items() if value)
        super().__init__(f"{trial.operation.id}: {note}{reported}")


class Vacuous(Exception):
    """A law tried nothing, or too little of what was drawn for it."""


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
    required: int = 0
    """How often something was required."""

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

    def draw_such(self, strategy: st.SearchStrategy[T], condition: Callable[[T], object]) -> T:
        """Draw a value for which a condition holds: the first of several. An `assume` would cost the whole trial."""
        found = next(filter(condition, (self.draw(strategy) for _ in range(TRIES))), None)
        assume(found is not None)
        return cast("T", found)

    @property
    def asked(self) -> Subject:
        """The subject, for a law that asks one."""
        if self.subject is None:
            raise TypeError("this law asks no client")
        return self.subject

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
        options: Mapping[str, Any] | None = None,
    ) -> Outcome:
        """Call the operation with the subject."""
        self.arguments, self.how = exchange.decided(self.contract, self.operation, arguments), how
        arguments = self.arguments
        self.outcome = self.asked.call(
            self.operation, arguments, handler, how=how, most=most, drain=drain, options=options
        )
        return self.outcome

    def require(self, condition: object, note: str) -> None:
        """Break the law unless a condition holds."""
        self.required += 1
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
