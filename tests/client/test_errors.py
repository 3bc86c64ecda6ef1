"""What the text of an error says, up to which length, and what it holds."""

from __future__ import annotations

import pickle
from typing import Any

import httpx
import pytest

from apicontract.client import errors
from apicontract.client.errors import (
    JobFailed,
    JobsFailed,
    JobTimeout,
    ResponseInvalid,
    ServerError,
    StatusError,
    StreamInvalid,
    status_error,
)
from apicontract.client.response import _rule, _without_frames
from apicontract.openapi.violation import Violation


def _error(body: Any = None, status: int = 400, **headers: str) -> StatusError:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return StatusError("op", httpx.Response(status, headers=fields), body)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("a" * 200, "a" * 200),
        ("a" * 201, f"{'a' * 199}…"),
        (" a \n b ", "a b"),
        ([1], "[1]"),
        (0, "0"),
        (None, "Bad Request"),
        ("", "Bad Request"),
        ({"message": "m" * 2000}, "m" * 2000),
        ({"message": "m" * 2001}, f"{'m' * 1999}…"),
        ({"message": ""}, "{'message': ''}"),
        ({"message": 5}, "{'message': 5}"),
        ({"error": {"message": "inner"}}, "inner"),
        ({"message": "outer", "error": {"message": "inner"}}, "outer"),
    ],
)
def test_the_text_is_the_message_else_the_body_else_the_name_of_the_status(body: Any, text: str) -> None:
    assert str(_error(body)) == f"op: status 400: {text}"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"code": "a", "error_code": "b"}, "a"),
        ({"error_code": "b"}, "b"),
        ({"code": 7}, 7),
        ({"code": 0}, 0),
        ({"code": True}, None),
        ({"code": None, "error_code": "b"}, None),
        ({"code": [1]}, None),
        ({"error": {"code": "c"}}, "c"),
        ({"error": {"error_code": "c"}}, "c"),
        ({"error": "text"}, None),
        ({"message": "m", "error": {"code": "c"}}, None),
        ([], None),
    ],
)
def test_the_code_is_a_text_or_a_number(body: Any, code: Any) -> None:
    found = _error(body)
    assert found.code == code
    assert (f"status 400 {code}:" in str(found)) is (code is not None)


@pytest.mark.parametrize(
    ("body", "details"),
    [
        ({"details": 1}, 1),
        ({"error": {"details": 2}, "details": 1}, 2),
        ({"error": {"x": 1}, "details": 1}, 1),
        ({"error": "x", "details": 1}, 1),
        ({}, None),
        (None, None),
    ],
)
def test_details_are_those_of_the_error_or_beside_it(body: Any, details: Any) -> None:
    assert _error(body).details == details


def test_what_the_headers_say() -> None:
    found = _error(x_request_id="a", request_id="b", x_ratelimit_limit="1", ratelimit_reset="2", x_other="3")
    assert (found.request_id, found.rate_limit) == ("a", {"limit": "1", "reset": "2"})
    assert str(found) == "op: status 400: Bad Request (request id a)"
    assert _error(request_id="b").request_id == "b"
    assert (_error().request_id, _error().rate_limit) == (None, {})


def test_statuses_without_a_name_and_redirects_are_explained() -> None:
    assert str(_error(status=499)) == "op: status 499: no explanation"
    assert "a redirect, which is not followed" in str(_error("body", status=302, location="/a"))
    assert str(_error(status=302)) == "op: status 302: Found"


@pytest.mark.parametrize(
    ("status", "name"),
    [
        *((400, "BadRequestError"), (401, "UnauthorizedError"), (403, "ForbiddenError"), (404, "NotFoundError")),
        *((409, "ConflictError"), (410, "GoneError"), (413, "ContentTooLargeError"), (422, "UnprocessableError")),
        *((429, "TooManyRequestsError"), (499, "StatusError"), (500, "ServerError"), (599, "ServerError")),
        *((402, "StatusError"), (302, "StatusError")),
    ],
)
def test_each_status_has_its_class(status: int, name: str) -> None:
    found = status_error("op", httpx.Response(status), None)
    assert type(found).__name__ == name
    assert isinstance(found, ServerError) is (status >= 500)


def test_of_many_jobs_five_are_named() -> None:
    for count, rest in ((5, ""), (6, "\n  and 1 more"), (7, "\n  and 2 more")):
        failed = {f"j{number}": ValueError(str(number)) for number in range(count)}
        shown = "".join(f"\n  j{number}: {number}" for number in range(5))
        assert str(JobsFailed("op", {"done": 1}, failed)) == (
            f"op: {count} of {count + 1} jobs did not succeed:{shown}{rest}"
        )


def test_a_job_that_did_not_succeed_says_why() -> None:
    assert str(JobFailed("op", "failed", {}, "why")) == "op: the job has status 'failed': why"
    assert str(JobFailed("op", "failed", {})) == "op: the job has status 'failed': no reason is given; see answer"
    late = "op: the job did not end within 2.5 s; "
    assert str(JobTimeout("op", "x", {}, 2.5)) == f"{late}its last status was 'x', and it continues"
    assert str(JobTimeout("op", None, None, 2.50)) == f"{late}there was no response, and it continues"
    assert "within 60 s" in str(JobTimeout("op", None, None, 60.0))


@pytest.mark.parametrize("line", [0, 7])
def test_an_error_of_a_stream_keeps_its_line_when_it_is_pickled(line: int) -> None:
    found = StreamInvalid("op", [Violation("op", "body", "type", "m", "/p")], None, line)
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - of this test
    assert (again.line, again.violations, str(again)) == (line, found.violations, str(found))


def test_a_response_that_cannot_be_read_is_named_by_status_and_id() -> None:
    violations = [
        Violation("op", "body.a", "type", "it is wrong", "/p"),
        Violation("op", "body.b", "type", "too", "/q"),
    ]
    lines = "\n  body.a: it is wrong [type, #/p]\n  body.b: too [type, #/q]"
    assert str(ResponseInvalid("op", violations)) == f"op: the response cannot be read:{lines}"
    for headers, shown in (({}, " (status 200)"), ({"x-request-id": "r"}, " (status 200, request id r)")):
        found = ResponseInvalid("op", violations, httpx.Response(200, headers=headers))
        assert str(found) == f"op: the response{shown} cannot be read:{lines}"
    assert str(errors.RequestInvalid("op", violations)) == f"op: nothing was sent, because{lines}"


@pytest.mark.parametrize(
    ("kind", "rule"),
    [
        *((kind, "type") for kind in ("int_type", "string_type", "int_parsing", "int_from_float", "date_parsing")),
        ("literal_error", "enum"),
        ("union_tag_invalid", "oneOf"),
        ("union_tag_not_found", "missing"),
        ("extra_forbidden", "undeclared"),
        ("json_invalid", "encoding"),
        ("missing", "missing"),
        ("type_other", "type_other"),
    ],
)
def test_what_pydantic_finds_is_named_as_json_schema_does(kind: str, rule: str) -> None:
    assert _rule(kind) == rule


def test_no_error_behind_another_keeps_its_frames() -> None:
    def failing(behind: Exception | None, cause: Exception | None, name: str) -> httpx.TransportError:
        try:
            try:
                if behind is not None:
                    raise behind
            finally:
                raise httpx.ConnectError(name) from cause
        except httpx.ConnectError as error:
            return error

    first, second = failing(None, None, "1"), failing(None, None, "2")
    last = failing(first, second, "3")
    assert _without_frames(last) is last
    assert (last.__context__, last.__cause__) == (first, second)
    assert [one.__traceback__ for one in (last, first, second)] == [None] * 3
