"""The errors of a call, grouped by whose fault they are.

    ApiError                        the base of all; itself: the client cannot be set up (no key, no usable URL)
    ├── RequestInvalid              the caller's fault: an argument breaks the contract, and nothing was sent
    ├── StatusError                 the server returned an error response: any status outside 200 to 299
    │   ├── BadRequestError         400
    │   ├── UnauthorizedError       401
    │   ├── ForbiddenError          403
    │   ├── NotFoundError           404
    │   ├── ConflictError           409
    │   ├── GoneError               410
    │   ├── ContentTooLargeError    413
    │   ├── UnprocessableError      422
    │   ├── TooManyRequestsError    429
    │   └── ServerError             500 and above
    ├── ResponseInvalid             the server's response cannot be read
    │   ├── StreamInvalid           ... an event, the order of events, or the end of a stream
    │   └── PaginationInvalid       ... the token of the next page
    ├── UploadChanged               the caller's fault: the file or the arguments of an upload in parts changed
    ├── JobsFailed                  some of several jobs that were waited for together did not succeed
    └── JobError                    a job that was waited for did not succeed; every response could be read
        ├── JobFailed               ... it failed
        └── JobTimeout              ... it did not end in time, and continues

Outside the tree, `httpx.TransportError` (no connection, a timeout) and `OSError` (a file that cannot be opened or read)
are raised unchanged. No message shows the API key, and in the request of an error it is replaced by `[secure]`. The
response about a job that was waited for (`JobError.answer`) is unchanged.
"""

# pyright: reportIncompatibleVariableOverride=false
# An error of a subclass always has what an error of its base may lack: no operation, no status, no headers.

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import httpx

from apicontract.client.narrowing import mapping
from apicontract.client.retry import asked_wait
from apicontract.openapi.violation import Violation, plain

_REQUEST_ID_HEADERS = ("x-request-id", "request-id")
_BODY_LENGTH = 200
_MESSAGE_LENGTH = 2000
_MOST_JOBS = 5
"""The number of jobs that a message lists."""
_RATE_LIMIT = ("x-ratelimit-", "ratelimit-")


class ApiError(Exception):
    """A call failed, or the client cannot be set up."""

    operation: str | None = None
    """The operation's id; `None` if the client cannot be set up."""
    status_code: int | None = None
    headers: Mapping[str, str] | None = None
    """The headers of the response; `None` without one."""
    body: Any = None
    """The body of an error response: parsed JSON, else the string, `None` if it was empty."""

    @property
    def request_id(self) -> str | None:
        """The server's id for the request, if it sent one."""
        headers = self.headers or {}
        return next((headers[name] for name in _REQUEST_ID_HEADERS if name in headers), None)


class RequestInvalid(ApiError):
    """The arguments break the contract; nothing was sent."""

    def __init__(self, operation: str, violations: Sequence[Violation]) -> None:
        """Store every violation that was found."""
        self.operation: str = operation
        self.violations = tuple(violations)
        super().__init__(operation, self.violations)

    def __str__(self) -> str:
        return f"{self.operation}: nothing was sent, because{_lines(self.violations)}"


class StatusError(ApiError):
    """The server returned an error response."""

    def __init__(self, operation: str, response: httpx.Response, body: Any = None) -> None:
        """Store the response, and its parsed body."""
        self.operation: str = operation
        self.response = response
        self.status_code: int = response.status_code
        self.headers: httpx.Headers = response.headers
        self.body = body
        self.code, self.message = _explanation(body)
        self.details = mapping(mapping(body).get("error")).get("details", mapping(body).get("details"))
        """Additional details in the body, if there are any."""
        super().__init__(operation, response, body)

    @property
    def retry_after(self) -> float | None:
        """The seconds that the server asks the client to wait, counted from now if it gave a date.

        It is `None` if it did not ask.
        """
        return asked_wait(self.headers, time.time())

    @property
    def rate_limit(self) -> Mapping[str, str]:
        """The rate limit headers, by the end of their names, such as `limit`."""
        return {
            name.removeprefix(prefix): value
            for name, value in self.headers.items()
            for prefix in _RATE_LIMIT
            if name.startswith(prefix)
        }

    @property
    def request(self) -> httpx.Request:
        """The rejected request, without the API key."""
        return self.response.request

    def __str__(self) -> str:
        code = "" if self.code is None else f" {plain(str(self.code))}"
        number = f" (request id {plain(self.request_id)})" if self.request_id else ""
        text = plain(self.message or self._hint(), _MESSAGE_LENGTH)
        return f"{self.operation}: status {self.status_code}{code}: {text}{number}"

    def _hint(self) -> str:
        if self.response.has_redirect_location:
            return "a redirect, which is not followed so that the key stays with its host; check base_url"
        if self.body not in (None, ""):
            text = " ".join(str(self.body).split())
            return text if len(text) <= _BODY_LENGTH else f"{text[: _BODY_LENGTH - 1]}…"
        try:
            return HTTPStatus(self.status_code).phrase
        except ValueError:
            return "no explanation"


class BadRequestError(StatusError):
    """400: the server found an invalid argument."""


class UnauthorizedError(StatusError):
    """401: the API key is wrong or no longer valid."""


class ForbiddenError(StatusError):
    """403: the API key does not permit this."""


class NotFoundError(StatusError):
    """404: nothing has this identifier."""


class ConflictError(StatusError):
    """409: the state of a resource does not permit this now."""


class GoneError(StatusError):
    """410: the resource no longer exists, such as a token that has expired."""


class ContentTooLargeError(StatusError):
    """413: the request is larger than the service accepts."""


class UnprocessableError(StatusError):
    """422: the request can be read, but breaks a rule that the schemas do not state."""


class TooManyRequestsError(StatusError):
    """429: the rate limit, with or without a body (ledger A11); see `retry_after` and `rate_limit`."""


class ServerError(StatusError):
    """500 and above: the server failed."""


class ResponseInvalid(ApiError):
    """The server's response cannot be read; the request may have taken effect."""

    def __init__(self, operation: str, violations: Sequence[Violation], response: httpx.Response | None = None) -> None:
        """Store the violations, and the response if it is known."""
        self.operation: str = operation
        self.violations = tuple(violations)
        self.response = response
        if response is not None:
            self.status_code = response.status_code
            self.headers = response.headers
        super().__init__(operation, self.violations, response)

    def __str__(self) -> str:
        number = f", request id {self.request_id}" if self.request_id else ""
        status = "" if self.status_code is None else f" (status {self.status_code}{number})"
        return f"{self.operation}: the response{status} cannot be read:{_lines(self.violations)}"


class StreamInvalid(ResponseInvalid):
    """A stream failed after the events that were delivered."""

    def __init__(
        self, operation: str, violations: Sequence[Violation], response: httpx.Response | None = None, line: int = 0
    ) -> None:
        """Store the number of the line, counted from 1; 0 before the first."""
        super().__init__(operation, violations, response)
        self.line = line
        self.args = (operation, self.violations, response, line)


class PaginationInvalid(ResponseInvalid):
    """A listing cannot be continued: the token of its next page was seen before, or is not a string."""


class UploadChanged(ApiError):
    """The file or the arguments of an upload in parts have changed since it was started; nothing more was sent."""

    def __init__(self, operation: str, path: str, what: str) -> None:
        """Store the path of the file, and what has changed."""
        self.operation: str = operation
        self.path = path
        self.what = what
        super().__init__(operation, path, what)

    def __str__(self) -> str:
        return f"{self.operation}: the upload of {self.path} cannot continue: {self.what}"


class JobError(ApiError):
    """A job did not succeed."""

    def __init__(self, operation: str, status: Any, answer: Any, detail: Any = None) -> None:
        """Store the status of the job and the last response."""
        self.operation: str = operation
        self.status = status
        self.answer = answer
        super().__init__(operation, status, answer, detail)


class JobFailed(JobError):
    """The job failed; `reason` is the API's explanation, if there is one."""

    def __init__(self, operation: str, status: Any, answer: Any, reason: str | None = None) -> None:
        """Store the reason beside status and response."""
        super().__init__(operation, status, answer, reason)
        self.reason = reason

    def __str__(self) -> str:
        return (
            f"{self.operation}: the job has status {self.status!r}: {self.reason or 'no reason is given; see answer'}"
        )


class JobTimeout(JobError):
    """The job did not end in time; it continues, and can be waited for again."""

    def __init__(self, operation: str, status: Any, answer: Any, timeout: float | None = None) -> None:
        """Store the seconds waited."""
        super().__init__(operation, status, answer, timeout)
        self.timeout = timeout

    def __str__(self) -> str:
        last = "there was no response" if self.answer is None else f"its last status was {self.status!r}"
        return f"{self.operation}: the job did not end within {self.timeout:g} s; {last}, and it continues"


class JobsFailed(ApiError):
    """Some of several jobs did not succeed; all of them have ended or timed out."""

    def __init__(self, operation: str, done: Mapping[str, Any], failed: Mapping[str, Exception]) -> None:
        """Store the last responses for the jobs that succeeded, and the errors of the others, by identifier."""
        self.operation: str = operation
        self.done = done
        self.failed = failed
        super().__init__(operation, done, failed)

    def __str__(self) -> str:
        shown = "".join(f"\n  {plain(name)}: {error}" for name, error in list(self.failed.items())[:_MOST_JOBS])
        more = len(self.failed) - _MOST_JOBS
        rest = f"\n  and {more} more" if more > 0 else ""
        count = f"{len(self.failed)} of {len(self.failed) + len(self.done)} jobs did not succeed"
        return f"{self.operation}: {count}:{shown}{rest}"


_BY_STATUS: Mapping[int, type[StatusError]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    410: GoneError,
    413: ContentTooLargeError,
    422: UnprocessableError,
    429: TooManyRequestsError,
}


def status_error(operation: str, response: httpx.Response, body: Any) -> StatusError:
    """Return the error for the status of a response."""
    other = ServerError if response.status_code >= 500 else StatusError
    return _BY_STATUS.get(response.status_code, other)(operation, response, body)


def _explanation(body: Any) -> tuple[str | int | None, str | None]:
    """Return code and message of a body of the documented form (ledger A10), also if wrapped (A85); else nothing."""
    held = mapping(body)
    if not held.keys() & {"code", "error_code", "message"}:
        held = mapping(held.get("error"))
    code, message = held.get("code", held.get("error_code")), held.get("message")
    known = isinstance(code, str | int) and not isinstance(code, bool)
    return (code if known else None), (message if isinstance(message, str) else None)


def _lines(violations: Sequence[Violation]) -> str:
    return "".join(f"\n  {replace(violation, operation=None)}" for violation in violations)
