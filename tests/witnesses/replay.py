"""Check the requests of a release against the document of its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.support.editions import contract_of
from tests.witnesses.defects import Defect, explained
from tests.witnesses.releases import RELEASES
from tests.witnesses.store import Recorded, load
from twelvelabs_contract import Contract, Headers, Request, Violation


@dataclass(slots=True)
class Replay:
    """What the requests of a release are to the document of its day."""

    release: str
    requests: int = 0
    operations: set[str] = field(default_factory=set)
    unknown: list[Recorded] = field(default_factory=list)
    """Requests of no operation that no defect explains."""
    broken: list[tuple[Recorded, Violation | None]] = field(default_factory=list)
    """Violations, and calls that sent nothing (`None`), that no defect explains."""
    defects: dict[Defect, int] = field(default_factory=dict)


def replay(release: str) -> Replay:
    """Check a release against the document of the day that it came out."""
    contract = contract_of(RELEASES[release].day.isoformat())
    result = Replay(release)
    for one in load(release):
        result.requests += one.sent
        for violation in _violations(contract, one, result):
            defect = explained(release, one, violation)
            if defect:
                result.defects[defect] = result.defects.get(defect, 0) + 1
            elif violation and violation.operation is None:
                result.unknown.append(one)
            else:
                result.broken.append((one, violation))
    return result


def _violations(contract: Contract, one: Recorded, result: Replay) -> Iterator[Violation | None]:
    if not one.sent:
        yield None
        return
    request = Request(one.verb, one.url, Headers(one.headers), one.body)
    operation = contract.find(request)
    if operation:
        result.operations.add(operation.id)
    yield from contract.check_request(request)
