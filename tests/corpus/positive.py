"""Check requests that schemathesis considers valid: `python -m tests.corpus.positive DIR` (group `referee`).

They are drawn for some operations of each document of a folder. A violation that our checker reports is a fault of
ours, or has its reason in `EXPLAINED`. Exit status 1 for a fault, or for fewer requests than were requested.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from apicontract.checks.contract import Contract
from apicontract.openapi.violation import Violation
from apicontract.wire.messages import Headers, Request
from tests.corpus import documents
from tests.corpus.limits import TooLong, limit

BASE = "https://base.example/v0"
_SECONDS = 15.0
"""For the requests of one operation."""
Reason = Callable[[Violation, Any, Request], bool]


def _empty_list(violation: Violation, case: Any, _: Request) -> bool:
    """Whether a required field is missing that was drawn as an empty list."""
    name = violation.where.partition(".")[2]
    body = case.body if isinstance(case.body, Mapping) else {}
    return violation.where.startswith("form.") and violation.rule == "missing" and body.get(name) == []


def _null(violation: Violation, _: Any, request: Request) -> bool:
    """Whether a query has null as a text, perhaps among the items of a list."""
    return violation.where.startswith("query.") and bool(re.search("=(null|None)(&|$)", request.url))


EXPLAINED: Mapping[str, Reason] = {
    "a form cannot hold an empty list, so a list that is required is missing": _empty_list,
    "an object that is not exploded is sent as the names of its members alone": lambda violation, *_: (
        violation.where.startswith("query.") and "one value is meant" in violation.message
    ),
    "the items of a list are sent as parts of their own, though `encoding` says explode: false": lambda violation, *_: (
        violation.where.startswith("form.") and "join the items in one value" in violation.message
    ),
    "a query has no null; it is sent as the text `null` or `None`": _null,
    "of a union with a discriminator only the branch that it names is looked at; by oneOf exactly one must fit": (
        lambda violation, *_: violation.rule == "oneOf" and "fits more than one alternative" in violation.message
    ),
}
"""By reason: what it is the reason of."""


def written(case: Any) -> Request:
    """Write a case as schemathesis sends it itself, by requests."""
    import requests

    told = case.as_transport_kwargs(base_url=BASE)
    sent = requests.Request(**{key: value for key, value in told.items() if key != "cookies"}).prepare()
    body: Any = sent.body or b""
    content = body.encode() if isinstance(body, str) else bytes(body)
    return Request(str(sent.method), str(sent.url), Headers({k: str(v) for k, v in sent.headers.items()}), content)


def judged(path: Path, operations: int, each: int) -> Iterator[tuple[str, str]]:
    """Yield, for each request of a document, what it is of, and the reason of what ours says: empty for nothing."""
    import schemathesis
    from schemathesis.core.result import Ok

    document = documents.load(path)
    contract = Contract(document, base_url=BASE)
    raw = {key: value for key, value in json.loads(json.dumps(document.raw, default=str)).items() if key != "security"}
    config = schemathesis.Config.from_dict({"generation": {"mode": "positive", "with-security-parameters": False}})
    schema = schemathesis.openapi.from_dict(raw, config=config)
    found = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
    for operation in found[:: max(1, len(found) // operations)]:
        yield from _of_operation(contract, operation, each)


def _of_operation(contract: Contract, operation: Any, each: int) -> list[tuple[str, str]]:
    """Draw requests of one operation, and judge them; those that came in time count."""
    cases: list[tuple[str, str]] = []

    @seed(1)
    @settings(
        max_examples=each,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy())
    def draw(case: Any) -> None:
        request = written(case)
        violations = [one for one in contract.check_request(request) if one.pointer != "/security"]
        cases.append((operation.label, _reason(violations, case, request)))

    try:
        with limit(_SECONDS):
            draw()
    except TooLong:
        pass
    except Exception as error:  # noqa: BLE001 - whatever keeps the referee from drawing is no verdict
        sys.stdout.write(f"  {operation.label}: drawn no further: {type(error).__name__}\n")
    return cases


def _reason(violations: list[Violation], case: Any, request: Request) -> str:
    """Return why there are violations; nothing where there are none."""
    found = ""
    for violation in violations:
        why = next((why for why, fits in EXPLAINED.items() if fits(violation, case, request)), None)
        if why is None:
            return f"OURS: {violation}"
        found = found or why
    return found


def main(arguments: list[str]) -> int:
    """Draw, judge, and count."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.positive", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", help="documents of the folder whose names begin so; all if none is given")
    parser.add_argument("--operations", type=int, default=14, help="of a document, about")
    parser.add_argument("--each", type=int, default=9, help="requests of an operation")
    parser.add_argument("--requests", type=int, default=0, help="fail if there are fewer")
    options = parser.parse_intermixed_args(arguments)
    warnings.simplefilter("ignore")  # of deprecations, which schemathesis tells of each document
    reasons: Counter[str] = Counter()
    for path in documents.files(options.folder):
        if options.names and not path.name.startswith(tuple(options.names)):
            continue
        try:
            for label, reason in judged(path, options.operations, options.each):
                reasons[reason] += 1
                if reason.startswith("OURS"):
                    sys.stdout.write(f"  {path.name} {label}: {reason}\n")
        except Exception as error:  # noqa: BLE001 - a document that the referee does not read
            sys.stdout.write(f"  {path.name}: not read by schemathesis: {type(error).__name__}\n")
    total, wrong = reasons.total(), sum(n for reason, n in reasons.items() if reason.startswith("OURS"))
    sys.stdout.write(f"{total:,} requests, {reasons['']:,} without a violation, {wrong} are our fault\n")
    for reason in EXPLAINED:
        sys.stdout.write(f"- {reasons[reason]}: {reason}\n")
    return int(wrong > 0 or total < options.requests)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
