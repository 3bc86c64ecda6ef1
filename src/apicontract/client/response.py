"""Turn a response into a value, or into an error."""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

import httpx

from apicontract.client import decoding
from apicontract.client.answer import validation_error
from apicontract.client.decoding import TooLarge
from apicontract.client.errors import ResponseInvalid, StatusError, status_error
from apicontract.client.hooks import BodyUnread
from apicontract.client.request import PreparedRequest
from apicontract.openapi import strict_json
from apicontract.openapi.violation import Violation, excerpt, where, without

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")

_LOST = "apicontract.lost"
"""The extension of an error response that says why its body is missing."""
_MOST = 10
"""The maximum number of violations that are reported for one response: a list can have thousands."""
_RULES = {
    "literal_error": "enum",
    "union_tag_invalid": "oneOf",
    "union_tag_not_found": "missing",
    "extra_forbidden": "undeclared",
    "json_invalid": "encoding",
}


def read(call: PreparedRequest, adapter: TypeAdapter[T], response: httpx.Response) -> T:
    """Parse the body of a success; raise `ResponseInvalid` with the locations that cannot be read."""
    if not response.content and _is_empty(call, response):
        return adapter.validate_python(None)
    if response.content:  # not stored in a variable, which tracebacks show, because it can repeat the key
        try:
            # Like `adapter.validate_json`, without its options.
            instance: T = read_json(adapter.validator.validate_json, response.content)
        except validation_error() as error:
            found = unreadable(call, error, response.content, "body", _body_pointer(call, response))
        else:
            # pydantic accepts NaN and Infinity in fields that no model declares.
            odd = strict_json.may_hold_no_number(response.content)
            found = no_json(call, response.content, "body", _body_pointer(call, response)) if odd else []
            if not found:
                return instance
    else:
        found = [Violation(call.operation.id, "body", "missing", "the body is empty", _body_pointer(call, response))]
    mask(call, response)
    clean(call, response)
    raise ResponseInvalid(call.operation.id, without_keys(call, found), response)


def _is_empty(call: PreparedRequest, response: httpx.Response) -> bool:
    """Return whether the document declares no body for this status, although it does for others."""
    declared = call.operation.response(response.status_code)
    return declared is not None and not declared.content


def read_json(read: Callable[[bytes], T], content: bytes) -> T:
    """Parse JSON into a model; a lone surrogate, which pydantic rejects, becomes U+FFFD as in the checks."""
    try:
        return read(content)
    except validation_error():
        if (repaired := strict_json.whole_bytes(content)) == content:
            raise
        return read(repaired)


def failure(
    call: PreparedRequest, outcome: httpx.Response | httpx.TransportError, attempts: int
) -> httpx.TransportError | StatusError:
    """Return the error for an error response, or the transport's own error, with notes on the attempts."""
    error: httpx.TransportError | StatusError
    if isinstance(outcome, httpx.TransportError):
        with suppress(RuntimeError):  # a hook can raise one without a request
            outcome.request = masked(call, outcome.request)
        error = _without_frames(outcome)
        error.add_note(f"in a call of {call.operation.id}")
    else:
        error = status_error(call.operation.id, outcome, _body(clean(call, outcome)))
        if _LOST in outcome.extensions:
            error.add_note(outcome.extensions[_LOST])
    for note in call.retry.notes(attempts, outcome, repeatable=call.repeatable):
        error.add_note(note)
    return error


def _without_frames(error: httpx.TransportError) -> httpx.TransportError:
    """Remove the frames of an error and of its causes: those of the HTTP client hold the sent bytes, and so the key.

    The exception that the caller is handling is among the causes too, and is left unchanged.
    """
    pending: list[BaseException | None] = [error]
    seen = {id(sys.exception())}
    while pending:
        if (found := pending.pop()) is not None and id(found) not in seen:
            seen.add(id(found))
            found.__traceback__ = None
            pending += [found.__cause__, found.__context__]
    return error


def without_body(
    call: PreparedRequest, error: httpx.DecodingError | httpx.TransportError, response: httpx.Response
) -> httpx.Response:
    """Return an error response without its body, which cannot be read or broke off.

    The status and the headers are known, so they decide about a further attempt, and about the error. For a success,
    raises `error` if the body broke off, and `ResponseInvalid` if it cannot be read.
    """
    mask(call, response)
    if isinstance(error, httpx.TransportError):
        if response.is_success:
            raise error
        lost = f"the body of the error response broke off: {type(error).__name__}: {error}"
    elif response.is_success:
        error.request = response.request
        found = without_keys(call, undecodable(call, error, response))
        raise ResponseInvalid(call.operation.id, found, response) from error
    else:
        lost = f"the body of the error response cannot be read: {error}"
    fields = [(name, value) for name, value in response.headers.multi_items() if name != "content-encoding"]
    extensions = {_LOST: call.keys.text(lost)}
    return httpx.Response(response.status_code, headers=fields, request=response.request, extensions=extensions)


def undecodable(call: PreparedRequest, error: httpx.DecodingError, response: httpx.Response) -> list[Violation]:
    """Return the violation of a body whose content coding is broken, that is too large, or that nobody can read."""
    if isinstance(error, TooLarge | BodyUnread):
        rule = "limit" if isinstance(error, TooLarge) else "missing"
        return [Violation(call.operation.id, "body", rule, str(error), _body_pointer(call, response))]
    coding = response.headers.get("content-encoding", "")
    message = f"the content coding {coding!r} cannot be decoded: {error}"
    return [Violation(call.operation.id, "body", "encoding", message, _body_pointer(call, response))]


def unreadable(
    call: PreparedRequest, error: ValidationError, content: bytes, root: str, pointer: str
) -> list[Violation]:
    """Return the violations that pydantic found, without showing the key if the text repeats it."""
    if broken := no_json(call, content, root, pointer):
        return broken
    shown = call.keys.content(content) == content
    found: list[Violation] = []
    for detail in error.errors(include_url=False, include_context=False)[:_MOST]:
        place = where(root, detail["loc"])
        told = detail["input"]
        if detail["type"] == "json_invalid":  # nested more deeply than pydantic supports
            told = content[:1000].decode(errors="replace")
        text = excerpt(told) if shown and detail["type"] != "missing" else None
        found.append(Violation(call.operation.id, place, _rule(detail["type"]), detail["msg"], pointer, text))
    if error.error_count() > _MOST:
        more = f"and {error.error_count() - _MOST} more"
        found.append(Violation(call.operation.id, root, "type", more, pointer))
    return found


def no_json(call: PreparedRequest, content: bytes, root: str, pointer: str) -> list[Violation]:
    """Return the violation of a body that is not JSON.

    Pydantic accepts NaN and Infinity, and would report something else.
    """
    try:
        strict_json.load_fast(content)
    except ValueError as broken:
        text = excerpt(content[:1000].decode(errors="replace")) if call.keys.content(content) == content else None
        return [Violation(call.operation.id, root, "encoding", f"invalid JSON: {broken}", pointer, text)]
    return []


def without_keys(call: PreparedRequest, violations: Sequence[Violation]) -> list[Violation]:
    """Remove the key from violations, in case the server repeated it."""
    return [without(violation, call.keys) for violation in violations]


def _rule(kind: str) -> str:
    """Return the JSON Schema keyword for a type of pydantic's errors, if there is one."""
    if kind.endswith(("_type", "_parsing")) or kind == "int_from_float":
        return "type"
    return _RULES.get(kind, kind)


def mask(call: PreparedRequest, response: httpx.Response) -> None:
    """Remove the key from the request of a response, and from its headers in case the server repeated it."""
    keys = call.keys
    response.request = masked(call, response.request)
    response.next_request = None  # the request that would follow a redirect has the key in it
    for name, value in response.headers.multi_items():
        if (shown := keys.text(value)) != value:
            response.headers[name] = shown
    if isinstance(phrase := response.extensions.get("reason_phrase"), bytes):
        response.extensions["reason_phrase"] = keys.content(phrase)


def masked(call: PreparedRequest, request: httpx.Request) -> httpx.Request:
    """Copy a request without its key, for errors and streams; the original stays complete, for event hooks."""
    keys = call.keys
    found = copy.copy(request)  # without its stream and extensions, as for pickling
    found.headers = request.headers.copy()
    carried = call.credentials
    names = [*call.operation.key_headers, *(name for name, _ in carried.headers), *["cookie"] * bool(carried.cookies)]
    found.headers.update({name.lower(): "[secure]" for name in names if name in request.headers})
    if carried.query:
        kept = [(n, v) for n, v in request.url.params.multi_items() if (n, v) not in carried.query]
        found.url = request.url.copy_with(params=[*kept, *((name, "[secure]") for name, _ in carried.query)])
    if (shown := keys.text(str(found.url))) != str(found.url):  # if an argument is the key
        found.url = httpx.URL(shown)
    return found


def clean(call: PreparedRequest, response: httpx.Response) -> bytes:
    """Remove the key from a body that was read, and return the body."""
    content = call.keys.content(response.content)
    if content != response.content:
        decoding.put(response, content)
    return content


def _body(content: bytes) -> Any:
    """Parse the body of an error response: JSON whatever its media type, else a string, `None` if it is empty."""
    import pydantic_core  # noqa: PLC0415 - loaded by the first call, not by an import

    if not content.strip():
        return None
    try:
        return pydantic_core.from_json(strict_json.whole_bytes(content))
    except ValueError:
        return content.decode(errors="replace")


def _body_pointer(call: PreparedRequest, response: httpx.Response) -> str:
    declared = call.operation.response(response.status_code)
    content: Mapping[str, Any] = {} if declared is None else declared.content
    return next((found.pointer for found in content.values()), call.operation.pointer)
