"""The options of a single call."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypedDict, TypeVar

import httpx

from apicontract.client.narrowing import is_mapping, mapping
from apicontract.client.retry import LONGEST_WAIT
from apicontract.guess import nearest
from apicontract.wire.faults import Fault

T = TypeVar("T")

Callback: TypeAlias = Callable[[T], object]
"""A function that is called with each response while waiting; an awaitable that it returns is awaited."""
Progress: TypeAlias = Callable[[int, int | None], object]
"""A function that is called with the bytes sent so far, and their total, or `None` if that is unknown."""
BARE = "apicontract.bare"
"""The extension that marks a request without any headers of the client that sends it."""


class RequestOptions(TypedDict, total=False):
    """Settings that can differ in one call from those of the client.

    The `additional_` options are for values that the contract does not declare, such as a parameter that is newer than
    it. They are sent unchanged; a name that the operation declares is rejected, because it is an argument.

    `max_retry_wait_in_seconds` is the maximum wait that the server may ask for before a request is sent again (30).
    `upload_progress` is called with the bytes sent so far, for a form with files, and their total number, or `None` if
    that is unknown; it starts again with each attempt. If it returns an awaitable, the asynchronous client awaits it.
    """

    timeout_in_seconds: float
    max_retries: int
    max_retry_wait_in_seconds: float
    upload_progress: Progress
    additional_headers: Mapping[str, str]
    additional_query_parameters: Mapping[str, Any]
    additional_body_parameters: Mapping[str, Any]


def without_body(given: RequestOptions | None) -> RequestOptions | None:
    """Return the options of a call without those for its body, for the calls that follow from it."""
    if not given:
        return None
    kept: RequestOptions = {**given}
    kept.pop("additional_body_parameters", None)
    return kept


@dataclass(frozen=True, slots=True)
class Options:
    """The checked settings of one call."""

    timeout: httpx.Timeout
    max_retries: int
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    query: Mapping[str, Any] = field(default_factory=dict[str, Any])
    body: Mapping[str, Any] = field(default_factory=dict[str, Any])
    longest_wait: float = LONGEST_WAIT
    progress: Progress | None = None


_NAMES = tuple(RequestOptions.__annotations__)
_ADDITIONAL = ("additional_headers", "additional_query_parameters", "additional_body_parameters")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, section 5.6.2
FRAMING = frozenset({"content-length", "content-type", "host", "transfer-encoding"})
"""Headers that are computed from the URL or the body."""


def read_options(
    given: Mapping[str, Any] | None, timeout: float | httpx.Timeout | None, max_retries: int, pointer: str
) -> tuple[Options, list[Fault]]:
    """Read the options of a call on top of the settings of the client; an option that is `None` counts as omitted."""
    values: dict[str, Any] = {str(name): value for name, value in mapping(given).items() if value is not None}
    faults = [Fault(f"options.{name}", "undeclared", _unknown(name), pointer) for name in values if name not in _NAMES]
    if given is not None and not isinstance(given, Mapping):
        faults.append(Fault("options", "type", f"a mapping is needed, not {type(given).__name__}", pointer))

    def refuse(name: str, message: str) -> None:
        faults.append(Fault(f"options.{name}", "type", message, pointer))

    if not is_count(values.setdefault("max_retries", max_retries)):
        refuse("max_retries", "a whole number of 0 or more is needed")
    if "timeout_in_seconds" in values and not is_duration(values["timeout_in_seconds"]):
        refuse("timeout_in_seconds", "a number above 0 is needed")
        del values["timeout_in_seconds"]
    longest = values.setdefault("max_retry_wait_in_seconds", LONGEST_WAIT)
    if longest != 0 and not is_duration(longest):
        refuse("max_retry_wait_in_seconds", "a number of 0 or more is needed")
    if "upload_progress" in values and not callable(values["upload_progress"]):
        refuse("upload_progress", "a function of two numbers is needed")
    for name in _ADDITIONAL:
        found = values.setdefault(name, {})
        if not is_mapping(found) or not all(isinstance(key, str) for key in found):
            refuse(name, "a mapping with names as keys is needed")
            values[name] = {}
    headers = {key: value for key, value in mapping(values["additional_headers"]).items() if value is not None}
    query, body = values["additional_query_parameters"], values["additional_body_parameters"]
    progress = values.get("upload_progress")
    seconds = httpx.Timeout(values.get("timeout_in_seconds", timeout))
    return Options(seconds, values["max_retries"], headers, query, body, longest, progress), faults


def header_fault(name: str, value: object, pointer: str) -> Fault | None:
    """Return what is wrong with an additional header, without showing the value, which may be a secret.

    Returns `None` if nothing is.
    """
    message = None
    if not _TOKEN.fullmatch(name):
        message = "not a header name"
    elif name.lower() in FRAMING:
        message = "this header is computed from the URL or the body"
    elif not is_header_value(value):
        message = "a header value must be printable ASCII, without white space around it"
    return None if message is None else Fault(f"header.{name}", "encoding", message, pointer)


def is_header_value(value: object) -> bool:
    """Return whether a value can be sent in a header."""
    return isinstance(value, str) and value.isascii() and value.isprintable() and value == value.strip()


def is_count(value: object) -> bool:
    """Return whether a value is a whole number of 0 or more."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_duration(value: object) -> bool:
    """Return whether a value is a number of seconds above 0."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < math.inf


def _unknown(name: str) -> str:
    near = nearest(name, _NAMES)
    if near is None:  # a word of it, as other clients have it: `timeout`, `extra_headers`
        having = [known for known in _NAMES if not {*name.split("_")}.isdisjoint(known.split("_"))]
        near = having[0] if len(having) == 1 else None
    return f"not an option of a call{f'; did you mean {near!r}?' if near else ''}"
