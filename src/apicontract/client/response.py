"""From a response that was read to a value, or to the error that it means."""

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
from apicontract.client.request import PreparedRequest
from apicontract.openapi import strict_json
from apicontract.openapi.violation import Violation, excerpt, where, without

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")

_MOST = 10
"""How many violations of one response are reported: a wrong list can have thousands."""
_RULES = {
    "literal_error": "enum",
    "union_tag_invalid": "oneOf",
    "union_tag_not_found": "missing",
    "extra_forbidden": "undeclared",
    "json_invalid": "encoding",
}


def read(call: PreparedRequest, adapter: TypeAdapter[T], response: httpx.Response) -> T:
    """Read the body of a success; `ResponseInvalid` says where it cannot be read."""
    if not response.content and _is_empty(call, response):
        return adapter.validate_python(None)
    if response.content:  # which no variable holds, as tracebacks show those, and it can repeat the key
        try:
            # As `adapter.validate_json` does, without its options.
            instance: T = read_json(adapter.validator.validate_json, response.content)
        except validation_error() as error:
            found = unreadable(call, error, response.content, "body", _body_pointer(call, response))
        else:
            # Of a key that no model declares pydantic takes NaN and Infinity.
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
    """Whether a response of this status has no body by the document, though others have."""
    declared = call.operation.response(response.status_code)
    return declared is not None and not declared.content


def read_json(read: Callable[[bytes], T], content: bytes) -> T:
    """Read JSON into a model; half of a surrogate pair, which pydantic refuses, is U+FFFD as it is to the checks."""
    try:
        return read(content)
    except validation_error():
        if (repaired := strict_json.whole_bytes(content)) == content:
            raise
        return read(repaired)


def failure(
    call: PreparedRequest, outcome: httpx.Response | httpx.TransportError, attempts: int
) -> httpx.TransportError | StatusError:
    """Return the error that an error response means, or what the transport raised, with notes on the attempts."""
    error: httpx.TransportError | StatusError
    if isinstance(outcome, httpx.TransportError):
        with suppress(RuntimeError):  # a hook can raise one that knows no request
            outcome.request = masked(call, outcome.request)
        error = _without_frames(outcome)
        error.add_note(f"in a call of {call.operation.id}")
    else:
        error = status_error(call.operation.id, outcome, _body(clean(call, outcome)))
    for note in call.retry.notes(attempts, outcome, repeatable=call.repeatable):
        error.add_note(note)
    return error


def _without_frames(error: httpx.TransportError) -> httpx.TransportError:
    """Drop the frames of an error and of its causes: the HTTP client's own hold the bytes sent, and so the key.

    What the caller is handling meanwhile is among the causes too, and stays as it is.
    """
    pending: list[BaseException | None] = [error]
    seen = {id(sys.exception())}
    while pending:
        if (found := pending.pop()) is not None and id(found) not in seen:
            seen.add(id(found))
            found.__traceback__ = None
            pending += [found.__cause__, found.__context__]
    return error


def without_body(call: PreparedRequest, error: httpx.DecodingError, response: httpx.Response) -> httpx.Response:
    """Return an error response whose body cannot be decoded as one without a body; a success is useless without it."""
    mask(call, response)
    error.request = response.request
    if response.is_success:
        found = without_keys(call, undecodable(call, error, response))
        raise ResponseInvalid(call.operation.id, found, response) from error
    fields = [(name, value) for name, value in response.headers.multi_items() if name != "content-encoding"]
    return httpx.Response(response.status_code, headers=fields, request=response.request)


def undecodable(call: PreparedRequest, error: httpx.DecodingError, response: httpx.Response) -> list[Violation]:
    """Report a body whose content coding is broken, or that is too large."""
    if isinstance(error, TooLarge):
        return [Violation(call.operation.id, "body", "limit", str(error), _body_pointer(call, response))]
    coding = response.headers.get("content-encoding", "")
    message = f"the content coding {coding!r} cannot be undone: {error}"
    return [Violation(call.operation.id, "body", "encoding", message, _body_pointer(call, response))]


def unreadable(
    call: PreparedRequest, error: ValidationError, content: bytes, root: str, pointer: str
) -> list[Violation]:
    """Report what pydantic found, without showing anything of a text in which the key was sent back."""
    if broken := no_json(call, content, root, pointer):
        return broken
    shown = call.keys.content(content) == content
    found: list[Violation] = []
    for detail in error.errors(include_url=False, include_context=False)[:_MOST]:
        place = where(root, detail["loc"])
        told = detail["input"]
        if detail["type"] == "json_invalid":  # nested more deeply than pydantic reads
            told = content[:1000].decode(errors="replace")
        text = excerpt(told) if shown and detail["type"] != "missing" else None
        found.append(Violation(call.operation.id, place, _rule(detail["type"]), detail["msg"], pointer, text))
    if error.error_count() > _MOST:
        more = f"and {error.error_count() - _MOST} more"
        found.append(Violation(call.operation.id, root, "type", more, pointer))
    return found


def no_json(call: PreparedRequest, content: bytes, root: str, pointer: str) -> list[Violation]:
    """Report a text that is invalid JSON; pydantic itself reads NaN and Infinity, and would tell of something else."""
    try:
        strict_json.load_fast(content)
    except ValueError as broken:
        text = excerpt(content[:1000].decode(errors="replace")) if call.keys.content(content) == content else None
        return [Violation(call.operation.id, root, "encoding", f"invalid JSON: {broken}", pointer, text)]
    return []


def without_keys(call: PreparedRequest, violations: Sequence[Violation]) -> list[Violation]:
    """Take the key out of what is reported, should a server have sent it back."""
    return [without(violation, call.keys) for violation in violations]


def _rule(kind: str) -> str:
    """Name a kind of pydantic's errors as the rule of the document that it stands for, where there is one."""
    if kind.endswith(("_type", "_parsing")) or kind == "int_from_float":
        return "type"
    return _RULES.get(kind, kind)


def mask(call: PreparedRequest, response: httpx.Response) -> None:
    """Take the key out of the request that a response shows, and out of its head, should a server send it back."""
    keys = call.keys
    response.request = masked(call, response.request)
    response.next_request = None  # what would follow a redirect, with the key in it
    for name, value in response.headers.multi_items():
        if (shown := keys.text(value)) != value:
            response.headers[name] = shown
    if isinstance(phrase := response.extensions.get("reason_phrase"), bytes):
        response.extensions["reason_phrase"] = keys.content(phrase)


def masked(call: PreparedRequest, request: httpx.Request) -> httpx.Request:
    """Copy a request without its key, for errors and streams; the one that was sent stays whole, for event hooks."""
    keys = call.keys
    found = copy.copy(request)  # as for pickling: without its stream and extensions
    found.headers = request.headers.copy()
    carried = call.credentials
    names = [*call.operation.key_headers, *(name for name, _ in carried.headers), *["cookie"] * bool(carried.cookies)]
    found.headers.update({name: "[secure]" for name in names if name in request.headers})
    if carried.query:
        kept = [(n, v) for n, v in request.url.params.multi_items() if (n, v) not in carried.query]
        found.url = request.url.copy_with(params=[*kept, *((name, "[secure]") for name, _ in carried.query)])
    if (shown := keys.text(str(found.url))) != str(found.url):  # an argument is the key
        found.url = httpx.URL(shown)
    return found


def clean(call: PreparedRequest, response: httpx.Response) -> bytes:
    """Take the key out of a body that was read, and return the body."""
    content = call.keys.content(response.content)
    if content != response.content:
        decoding.put(response, content)
    return content


def _body(content: bytes) -> Any:
    """Read an error response's body: JSON whatever its media type, else text, `None` if it is empty."""
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
