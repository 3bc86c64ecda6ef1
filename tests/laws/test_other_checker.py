"""Verdicts: openapi-core, which shares no code with the checker, agrees, except where it is known to be wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from openapi_core import OpenAPI
from openapi_core.testing import MockRequest

from tests.laws.laws import law
from tests.laws.trial import Trial, World
from tests.support.deep import DEEP
from twelvelabs_contract import Contract, Operation, Request
from twelvelabs_contract.strategies import RequestCase, boundary_cases, invalid_cases

MOST = 24
"""How many requests of an operation it judges, at some milliseconds each; in a deep run all."""


def _agree(case: RequestCase) -> bool:
    """Whether openapi-core 0.23 decides a case; what it does not is compared with nothing.

    It passes over how a request is encoded, over what is not declared outside of a body, and over a body where none is
    declared; it takes `True` for a boolean in a query, and refuses an empty text in one.
    """
    if case.tag is None:
        return "" not in case.arguments["query"].values()
    if case.tag.rule in ("encoding", "media_type"):
        return False
    if case.tag.rule == "undeclared":
        return case.tag.where.startswith("body.")
    return not ("query" in case.tag.where and case.tag.rule == "type" and "boolean" in case.tag.description)


def _cases(world: World, operation: Operation) -> Sequence[RequestCase]:
    """Return every kind of breach at least once, and as many right requests."""
    right = [case for case in boundary_cases(world.contract, operation.id) if _agree(case)]
    seen: dict[tuple[str, str], list[RequestCase]] = {}
    for case in invalid_cases(world.contract, operation.id):
        if case.tag and _agree(case):
            seen.setdefault((case.tag.rule, case.tag.where if DEEP else case.tag.where.split(".")[0]), []).append(case)
    wrong = [case for found in seen.values() for case in (found if DEEP else found[:2])]
    return [*right, *wrong] if DEEP else [*right[:: -(-len(right) // (MOST // 2))], *wrong[: MOST // 2]]


def _concerns(world: World, operation: Operation) -> bool:
    """Leave out forms, whose files it does not read, and objects in brackets, which it refuses where they are absent.

    In a usual run, all but the smaller document too.
    """
    json_alone = operation.request_body is None or "application/json" in operation.request_body.content
    in_brackets = any(parameter.style == "deepObject" for parameter in operation.parameters)
    return json_alone and not in_brackets and (DEEP or world.name == "2025-08")


@cache
def _other(contract: Contract) -> OpenAPI:
    return OpenAPI.from_dict(json.loads(json.dumps(contract.document.raw)))


def _written(request: Request) -> MockRequest:
    url = urlsplit(request.url)
    query: Any = parse_qsl(url.query, keep_blank_values=True)  # its type says dict, its werkzeug takes pairs
    kind = request.headers.get("content-type") or ""
    host, headers = f"{url.scheme}://{url.netloc}", dict(request.headers.items)
    return MockRequest(
        host, request.method, url.path, args=query, headers=headers, data=request.body, content_type=kind
    )


@law(
    "Bounds",
    "another checker of the document says the same",
    subjects=False,
    cases=_cases,
    concerns=_concerns,
)
def test_another_checker_says_the_same(trial: Trial) -> None:
    """On bounds, and of each rule that is broken."""
    case = trial.listed
    found = list(_other(trial.contract).iter_request_errors(_written(case.request())))
    trial.require(bool(found) is (case.tag is not None), f"openapi-core finds {found!r}")
