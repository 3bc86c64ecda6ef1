"""Responses: a valid one is read without loss, and an error response becomes an error with what the server said."""

from __future__ import annotations

import json
from typing import Any

import httpx
from hypothesis import strategies as st

from apicontract.openapi.violation import plain
from tests.laws.exchange import JSON, flagged, same, stream_of
from tests.laws.laws import law
from tests.laws.subjects import Outcome
from tests.laws.trial import Trial, World
from twelvelabs_contract import Headers, Operation, Response
from twelvelabs_contract.strategies import boundary_cases, responses

ERRORS = {
    400: "BadRequestError",
    401: "UnauthorizedError",
    403: "ForbiddenError",
    404: "NotFoundError",
    409: "ConflictError",
    410: "GoneError",
    413: "ContentTooLargeError",
    422: "UnprocessableError",
    429: "TooManyRequestsError",
}
UNNAMED = "S15: a refusal without JSON, and 401 whatever it holds, is not its own error"
HIDDEN = "S8: a listing does not show what the server says of the pages"
NARROW = (
    *("indexes.videos.retrieve", "indexes.indexed_assets.retrieve", "assets.create", "assets.retrieve"),
    *("search.create", "search.retrieve"),
    *(f"knowledge_stores.{name}" for name in ("create", "retrieve", "search", "update")),
    *(f"knowledge_store_items.{name}" for name in ("create", "retrieve")),
    *(f"knowledge_store_item_collections.{name}" for name in ("create", "retrieve", "update", "add_items")),
)
OTHER_BODIES = (
    b"",
    b" ",
    b"<html><body>Bad gateway</body></html>",
    b"\xff\xfe",
    b"null",
    b"[]",
    b'"text"',
    b"5",
    b'{"detail": "other"}',
    b'{"code": 7, "message": ["text"]}',
)
"""Bodies of refusals that nobody documented."""


def _error(status: int) -> str:
    return ERRORS.get(status, "ServerError" if status >= 500 else "StatusError")


def _statuses(operation: Operation, *, success: bool, body: bool) -> list[int]:
    """Return the documented statuses of an operation, with or without a body."""
    found: list[int] = []
    for key, declared in operation.responses.items():
        if bool(declared.content) is body and key.startswith("2") is success:
            found += [int(key)] if key.isdigit() else [418] if key == "4XX" else [500]
    return found


def _succeeds(world: World, operation: Operation) -> bool:
    return bool(_statuses(operation, success=True, body=True))


def _reads(world: World, operation: Operation) -> bool:
    """Whether a success holds JSON, which can be malformed."""
    return any(JSON in found.content for key, found in operation.responses.items() if key.startswith("2"))


def _is_silent(world: World, operation: Operation) -> bool:
    return not _succeeds(world, operation)


def _is_refused(world: World, operation: Operation) -> bool:
    return bool(_statuses(operation, success=False, body=True))


def _is_refused_in_silence(world: World, operation: Operation) -> bool:
    return bool(_statuses(operation, success=False, body=False))


def _unnamed(world: World, operation: Operation) -> str:
    return UNNAMED


def _unread(world: World, operation: Operation) -> str | None:
    """Say why the vendor's SDK does not give an answer back as it came."""
    if operation.pagination and operation.pagination.style == "page":
        return HIDDEN
    if not _reads(world, operation) and _succeeds(world, operation):
        return "S25: the results of a batch are read line by line, and what is no JSON is dropped"
    if world.name == "newest" and operation.id in NARROW:
        return "S28: what the metadata of an answer may be is narrower than what the API may answer"
    return None


def _ask(trial: Trial, response: Response) -> Outcome:
    """Make the simplest call, answered by a response."""
    trial.served_by(f"{response.status} {dict(response.headers.items)} {response.body!r}")
    least = boundary_cases(trial.contract, trial.operation.id)[0].arguments
    made = httpx.Response(response.status, headers=list(response.headers.items), content=response.body)
    return trial.call(flagged(trial.operation, least, streamed=False), lambda _: made)


@law("Responses", "every valid answer is read, and nothing is lost", vendor=_unread, examples=7)
def test_every_valid_answer_is_read(trial: Trial) -> None:
    """The dumped model is the payload again, unknown keys and unknown values of open lists included."""
    every = [status for body in (True, False) for status in _statuses(trial.operation, success=True, body=body)]
    response = trial.draw(responses(trial.contract, trial.operation.id, trial.draw(st.sampled_from(every))))
    outcome = _ask(trial, response)
    trial.require(outcome.error is None, "a valid answer was refused")
    expected: Any = response.body or None
    read = outcome.value
    if expected and _reads(trial.world, trial.operation):
        expected = json.loads(response.body)
    elif stream_of(trial.operation):
        expected, read = [json.loads(line) for line in response.body.splitlines()], outcome.items
    trial.require(same(read, expected), f"{read} was read")


@law("Responses", "any empty success will do where none has a body", concerns=_is_silent, examples=5)
def test_any_empty_success_will_do(trial: Trial) -> None:
    """Sources disagree on the status of these (ledger A1)."""
    response = Response(trial.draw(st.sampled_from([200, 201, 202, 203, 204, 205, 206, 226])))
    found = trial.contract.check_response(response, operation=trial.operation.id)
    trial.require(not found, f"the checker refuses an empty success: {found}")
    outcome = _ask(trial, response)
    trial.require(outcome.error is None and outcome.value is None, "an empty success was refused")
    trial.require(len(outcome.requests) == 1, f"{len(outcome.requests)} requests in place of one")


@law(
    "Responses",
    "a documented refusal is its own error, and says why",
    concerns=_is_refused,
    vendor=_unnamed,
    examples=7,
)
def test_a_documented_refusal_is_its_own_error(trial: Trial) -> None:
    """Its text has the status, the code and the message, as they are or with what is not printable escaped."""
    status = trial.draw(st.sampled_from(_statuses(trial.operation, success=False, body=True)))
    response = trial.draw(responses(trial.contract, trial.operation.id, status))
    _refused(trial, response)
    body: Any = json.loads(response.body)
    held = trial.asked.dumped(getattr(trial.outcome.error, "body", None))
    trial.require(same(held, body), "the error does not hold the body")
    reported = str(trial.outcome.error)
    names = ("code", "error_code", "message")
    said = body if body.keys() & {*names} else body.get("error", {})
    for name in names:
        value = str(said.get(name, ""))
        trial.require(
            value in reported or plain(value, 2000) in reported, f"the {name} is not in the text {reported!r}"
        )


@law(
    "Responses",
    "a refusal documented as empty is its own error",
    concerns=_is_refused_in_silence,
    vendor=_unnamed,
    examples=5,
)
def test_an_empty_refusal_is_its_own_error(trial: Trial) -> None:
    status = trial.draw(st.sampled_from(_statuses(trial.operation, success=False, body=False)))
    _refused(trial, trial.draw(responses(trial.contract, trial.operation.id, status)))


@law("Responses", "a refusal that nobody documented is its own error", vendor=_unnamed, examples=6)
def test_an_undocumented_refusal_is_its_own_error(trial: Trial) -> None:
    """An empty body, HTML, other JSON: whatever comes, the status tells."""
    status = trial.draw(st.sampled_from([*ERRORS, 418, 500, 502, 503]))
    body = trial.draw(st.sampled_from(OTHER_BODIES))
    kind = trial.draw(st.sampled_from((JSON, "text/html", "")))
    _refused(trial, Response(status, Headers({"content-type": kind} if kind else {}), body))


def _refused(trial: Trial, response: Response) -> None:
    outcome = _ask(trial, response)
    trial.require(outcome.error is not None, "the refusal was taken for a success")
    name, reported = trial.asked.error_name(outcome.error), str(outcome.error)
    trial.require(name == _error(response.status), f"the error is a {name}, not a {_error(response.status)}")
    trial.require(getattr(outcome.error, "status_code", None) == response.status, "the error has another status")
    trial.require(str(response.status) in reported, f"the status is not in the text {reported!r}")
    trial.require(len(outcome.requests) == 1, f"{len(outcome.requests)} requests in place of one")


@law(
    "Responses",
    "an answer that cannot be read is an error of its own",
    concerns=_reads,
    vendor=lambda world, operation: "S12: a success that cannot be read is raised as a refusal",
    examples=10,
)
def test_an_answer_that_cannot_be_read_is_an_error(trial: Trial) -> None:
    """A success without its body, HTML under it, JSON cut short: never a value, and never another exception."""
    status = _statuses(trial.operation, success=True, body=True)[0]
    body = trial.draw(st.sampled_from([b"", b"<html>", b"{", b"[]", b'"text"', b"\xff", b'{"a": NaN']))
    outcome = _ask(trial, Response(status, Headers({"content-type": JSON}), body))
    trial.require(type(outcome.error).__name__ == "ResponseInvalid", "the answer was not refused as ResponseInvalid")
    trial.require(getattr(outcome.error, "status_code", None) == status, "the error has another status")
