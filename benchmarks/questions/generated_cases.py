"""How many request cases does a strategy generate in a second, and how many of them are valid and not seen before?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from benchmarks import checkers, inputs
from benchmarks.model import Answer, Effort, Question, Remarks, Side, Work
from benchmarks.targets import TARGETS

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from twelvelabs_contract import Request

Strategies: TypeAlias = "list[SearchStrategy[Any]]"
EACH = 100
"""Cases of each operation: what Hypothesis and schemathesis both try unless set otherwise."""
OPERATIONS = 28
_BOUNDARY = re.compile(r"boundary=([^;]+)")


def draw(strategy: SearchStrategy[Any], count: int) -> list[Any]:
    """Draw cases with Hypothesis, and keep them; nothing is shrunk and nothing stored."""
    from hypothesis import HealthCheck, Phase, given, settings

    drawn: list[Any] = []

    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def take(case: Any) -> None:
        drawn.append(case)

    take()
    return drawn


def _our_strategies() -> Strategies:
    from twelvelabs_contract.strategies import valid_requests

    contract = checkers.contract()
    return [valid_requests(contract, operation.id) for operation in contract.operations]


def _schemathesis_strategies() -> Strategies:
    """Make the strategies of schemathesis for valid requests; our side draws no API key either."""
    import schemathesis
    from schemathesis.core.result import Ok

    reported = {"generation": {"mode": "positive", "with-security-parameters": False}}
    schema = schemathesis.openapi.from_dict(inputs.document(), config=schemathesis.Config.from_dict(reported))
    return [found.ok().as_strategy() for found in schema.get_all_operations() if isinstance(found, Ok)]


def _side(name: str, strategies: Callable[[], Strategies]) -> Side:
    def setup(size: int) -> Work:
        made = strategies()
        for strategy in made:  # a strategy is worked out when it is first drawn from; that is paid once
            draw(strategy, 2)

        def run() -> list[list[Any]]:
            return [draw(strategy, size) for strategy in made]

        def answer() -> Answer:
            found = run()
            return {"operations": len(found), "enough cases": all(len(cases) >= size for cases in found)}

        return Work(run, answer)

    return Side(name, setup, slow=True)


def _our_wire(case: Any) -> Request:
    request: Request = case.request(key=inputs.KEY)
    return request


def _schemathesis_wire(case: Any) -> Request:
    """Send a case of schemathesis as it sends it itself, by requests, with a key."""
    import requests

    from twelvelabs_contract import Headers, Request

    reported = case.as_transport_kwargs(base_url=inputs.BASE)
    reported["headers"] = {**reported.get("headers", {}), "x-api-key": inputs.KEY}
    reported.pop("cookies", None)
    sent = requests.Request(**reported).prepare()
    body: Any = sent.body or b""
    content = body.encode() if isinstance(body, str) else bytes(body)
    return Request(str(sent.method), str(sent.url), Headers({k: str(v) for k, v in sent.headers.items()}), content)


def _identity(request: Request) -> tuple[str, str, bytes]:
    """Tell requests apart by what they say; the boundary of a form says nothing."""
    found = _BOUNDARY.search(request.headers.get("content-type") or "")
    body = request.body.replace(found[1].strip('"').encode(), b"") if found else request.body
    return request.method, request.url, body


def judged(name: str, strategies: Strategies, wire: Callable[[Any], Request], each: int) -> tuple[str, int]:
    """Generate once more, and judge each case by the contract. Returns a remark, and how many are worth something."""
    contract = checkers.contract()
    cases = [case for strategy in strategies for case in draw(strategy, each)]
    distinct = set()
    refused: Counter[str] = Counter()
    broken = size = 0
    for case in cases:
        request = wire(case)
        size += len(request.url) + len(request.body)
        violations = contract.check_request(request)
        broken += bool(violations)
        refused.update({f"{violation.where} ({violation.rule})" for violation in violations})
        if not violations:
            distinct.add(_identity(request))
    share = len(distinct) / len(cases)
    why = "; ".join(f"{place}: {count}" for place, count in refused.most_common(5))
    text = (
        f"{name}: of {len(cases):,} cases the contract refuses {broken:,} ({broken / len(cases):.1%}"
        f"{', most often ' + why if why else ''}); {len(distinct):,} ({share:.0%}) are valid and differ from each "
        f"other; a case has {size / len(cases):,.0f} bytes of URL and body on average"
    )
    return text, len(distinct)


def remarks(each: int = EACH) -> Remarks:
    """Say what the cases of both sides are worth."""
    ours, our_count = judged("ours", _our_strategies(), _our_wire, each)
    theirs, their_count = judged("schemathesis", _schemathesis_strategies(), _schemathesis_wire, each)
    return Remarks((ours, theirs), {"ours": our_count, "schemathesis": their_count})


QUESTIONS = (
    Question(
        "cases",
        "Generate valid request cases: 100 for each of the 28 operations",
        (_side("ours", _our_strategies), _side("schemathesis", _schemathesis_strategies)),
        sizes=(EACH,),
        targets=TARGETS["cases"],
        expected={"operations": OPERATIONS, "enough cases": True},
        per=lambda size: (OPERATIONS * size, "cases"),
        effort=Effort(processes=3),
        remarks=remarks,
        small=(1,),
        note="Both draw from their strategies under the same settings of Hypothesis: no database, nothing shrunk, the "
        "strategies drawn from before. Neither draws an API key. How many cases are valid and differ from each "
        "other is counted in a run of its own, and shown as a rate besides.",
    ),
)
