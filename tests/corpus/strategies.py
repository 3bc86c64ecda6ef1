"""Count the operations for which requests can be drawn, in a folder: `python -m tests.corpus.strategies DIR`.

For each operation, valid requests are drawn and checked, and invalid ones if there are any. A valid request with a
violation, or an invalid one without, is a fault of ours.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument, Unsatisfiable

from apicontract.checks.contract import Contract
from apicontract.strategies import invalid_requests, valid_requests
from apicontract.strategies.request_case import RequestCase
from apicontract.values.vocabulary import NotUnderstood
from tests.corpus import documents


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of one operation."""

    operation: str
    why_not: str = ""
    """Why nothing can be drawn; empty where something is."""
    wrong: str = ""
    """A verdict of the checker that is not the one of the strategy; empty where they agree."""


def drawn(contract: Contract, operation: str, examples: int = 3, *, invalid: bool = True) -> Drawn:
    """Draw requests of an operation, and check them."""
    try:
        wrong = _wrong(valid_requests(contract, operation), examples, valid=True)
        if invalid and not wrong:
            wrong = _wrong(invalid_requests(contract, operation), examples, valid=False)
    except NotUnderstood as error:
        return Drawn(operation, why_not=str(error))
    except Unsatisfiable:
        return Drawn(operation, why_not="no example was found")
    except InvalidArgument as error:
        return Drawn(operation, wrong=str(error))
    return Drawn(operation, wrong=wrong)


def _wrong(strategy: st.SearchStrategy[RequestCase], examples: int, *, valid: bool) -> str:
    found: list[str] = []

    @seed(0)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def check(case: RequestCase) -> None:
        violations = case.contract.check_request(case.request())
        if bool(violations) is valid:
            found.append(f"{case!r:.300}: {'; '.join(map(str, violations)) or 'no violation'}")

    check()
    return found[0] if found else ""


def measure(contract: Contract, report: Callable[[Drawn], None], examples: int = 3) -> Counter[str]:
    """Draw requests of every operation of a document, and count them: `drawn`, `not drawn`, `wrong`."""
    counts: Counter[str] = Counter()
    for operation in contract.operations:
        found = drawn(contract, operation.id, examples)
        counts["wrong" if found.wrong else "not drawn" if found.why_not else "drawn"] += 1
        if found.wrong or found.why_not:
            report(found)
    return counts


def main(arguments: list[str]) -> int:
    """Print a line for each document, and one for each operation that does not fit; return 1 if any is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.strategies")
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="documents of the folder whose names begin so; all if none is given")
    parser.add_argument("--examples", type=int, default=3)
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_intermixed_args(arguments)
    total: Counter[str] = Counter()
    for path in documents.files(options.folder):
        if options.names and not path.name.startswith(tuple(options.names)):
            continue
        contract = Contract(documents.load(path))
        began = time.perf_counter()

        def report(found: Drawn, name: str = path.name) -> None:
            if not options.quiet or found.wrong:
                sys.stdout.write(f"  {name} {found.operation}: {found.wrong or found.why_not}\n")

        counts = measure(contract, report, options.examples)
        total += counts
        sys.stdout.write(f"{_line(path.name, counts)}, {time.perf_counter() - began:.1f} s\n")
        sys.stdout.flush()
    sys.stdout.write(f"{_line('all', total)}\n")
    return int(total["wrong"] > 0)


def _line(name: str, counts: Counter[str]) -> str:
    return f"{name}: {counts['drawn']} of {counts.total()} drawn, {counts['not drawn']} not, {counts['wrong']} wrong"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
