"""Intentional faults of a server: an error response, a delay, a closed connection, garbage bytes.

A script is a YAML or JSON file with a list of rules; the first one that matches a call is its fault:

    - {operation: tasks.retrieve, calls: [1, 2], status: 503}
    - {operation: search.create, delay: 2.5}
    - {operation: analyze, cut: 100}
    - {operation: '*', garbage: true, calls: [7]}

A request can ask for a fault by the header `X-Contract-Fault: status=503, delay=0.5`, which takes precedence over the
script.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apicontract.checks.contract import Contract
from apicontract.openapi import yaml12
from apicontract.openapi.document import Json

FAULT_HEADER = "x-contract-fault"
"""The request header that asks for a fault."""
LONGEST_DELAY = 600.0
"""The maximum delay of a response in seconds."""
_ANY = "*"
_RULE = frozenset({"operation", "calls"})
_KINDS = ("status", "delay", "cut", "garbage")


class FaultInvalid(ValueError):
    """A fault that cannot be made: where it was asked for, and why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in one response."""

    status: int | None = None
    """The status of an error response in place of the normal one."""
    delay: float = 0.0
    """Seconds before the response begins."""
    cut: int | None = None
    """The number of bytes of the body after which the connection is closed."""
    garbage: bool = False
    """Whether the second half of the body is replaced by bytes that are neither text nor JSON."""

    @classmethod
    def of(cls, settings: Mapping[str, Json], where: str) -> Fault:
        """Read a fault; raise `FaultInvalid` for an invalid one."""
        if unknown := [name for name in settings if name not in _KINDS]:
            raise FaultInvalid(f"{where}: unknown fault {unknown[0]!r}; known are {', '.join(_KINDS)}")
        if not settings:
            raise FaultInvalid(f"{where}: a fault is needed: {', '.join(_KINDS)}")
        status, delay = settings.get("status"), settings.get("delay", 0.0)
        cut, garbage = settings.get("cut"), settings.get("garbage", False)
        if status is not None and not (_is_int(status) and 400 <= status <= 599):
            raise FaultInvalid(f"{where}: status is a number from 400 to 599, not {status!r}")
        if not (_is_int(delay) or isinstance(delay, float)) or not 0 <= delay <= LONGEST_DELAY:
            raise FaultInvalid(f"{where}: delay is in seconds, from 0 to {LONGEST_DELAY:g}, not {delay!r}")
        if cut is not None and not (_is_int(cut) and cut >= 0):
            raise FaultInvalid(f"{where}: cut is a number of bytes, not {cut!r}")
        if not isinstance(garbage, bool):
            raise FaultInvalid(f"{where}: garbage is true or false, not {garbage!r}")
        return cls(status, float(delay), cut, garbage)

    @classmethod
    def of_header(cls, value: str) -> Fault:
        """Read a fault from the value of a header; raise `FaultInvalid` for an invalid one."""
        where = f"header {FAULT_HEADER}"
        settings: dict[str, Json] = {}
        for item in filter(None, (item.strip() for item in value.split(","))):
            name, equals, given = (part.strip() for part in item.partition("="))
            try:
                settings[name] = yaml12.load(given.encode()) if equals else True
            except ValueError as error:
                raise FaultInvalid(f"{where}: {name}: {error}") from None
        return cls.of(settings, where)

    def spoilt(self, body: bytes) -> bytes:
        """Return a body, its second half replaced by bytes that are neither text nor JSON if this fault has garbage."""
        kept = len(body) // 2
        return body[:kept] + (b"\xff\x00" * len(body))[: len(body) - kept] if self.garbage else body


class Script:
    """The faults of future calls, which are counted by operation."""

    def __init__(self, contract: Contract, rules: Iterable[Json] = (), *, where: str = "faults") -> None:
        """Take the rules.

        Raises `FaultInvalid` for one with an unknown operation, or a fault that the operation cannot have.
        """
        self._calls: Counter[str] = Counter()
        self._rules = [_rule(contract, rule, f"{where}[{index}]") for index, rule in enumerate(rules)]

    @classmethod
    def read(cls, contract: Contract, path: str | Path) -> Script:
        """Read a script; raise `FaultInvalid` for an invalid one, `OSError` for a file that cannot be read."""
        try:
            rules = yaml12.load(Path(path).read_bytes())
        except ValueError as error:
            raise FaultInvalid(f"{path}: {error}") from None
        if not isinstance(rules, list):
            raise FaultInvalid(f"{path}: a list of rules is needed, such as `- {{operation: '*', status: 503}}`")
        return cls(contract, rules, where=str(path))

    def next(self, operation: str) -> Fault | None:
        """Count a call of an operation, and return its fault if it has one."""
        self._calls[operation] += 1
        number = self._calls[operation]
        for name, calls, fault in self._rules:
            if name in (operation, _ANY) and (calls is None or number in calls):
                return fault
        return None


def _rule(contract: Contract, rule: Json, where: str) -> tuple[str, Sequence[int] | None, Fault]:
    if not isinstance(rule, Mapping):
        raise FaultInvalid(f"{where}: a mapping is needed, such as {{operation: '*', status: 503}}")
    name, calls = rule.get("operation"), rule.get("calls")
    if not isinstance(name, str):
        raise FaultInvalid(f"{where}: operation is the id of an operation, or '*', not {name!r}")
    if calls is not None and not (isinstance(calls, list) and all(_is_int(call) and call > 0 for call in calls)):
        raise FaultInvalid(f"{where}: calls is a list of numbers from 1, not {calls!r}")
    fault = Fault.of({key: value for key, value in rule.items() if key not in _RULE}, where)
    if name != _ANY:
        try:
            operation = contract.operation(name)
        except LookupError as error:
            raise FaultInvalid(f"{where}: {error}") from None
        if fault.status is not None and operation.response(fault.status) is None:
            raise FaultInvalid(
                f"{where}: {name} has no response {fault.status}; it has {', '.join(operation.responses)}"
            )
    return name, calls, fault


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
