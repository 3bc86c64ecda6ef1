"""Handle the effects of response hooks of the caller's httpx client: errors for a status, and unread bodies.

A hook that calls `raise_for_status`, which the documentation of httpx suggests, ends `send` with an `HTTPStatusError`.
Its response is taken from that error, and is handled like any other: it decides about a further attempt, and becomes
the same error as without the hook.
"""

from __future__ import annotations

from collections.abc import Callable

import httpx


class BodyUnread(httpx.DecodingError):
    """A response was closed or consumed by a hook before its body was read."""

    def __init__(self) -> None:
        """Set the message."""
        super().__init__("a response hook left it unread")


def refused(
    error: httpx.HTTPStatusError, request: httpx.Request, masked: Callable[[httpx.Request], httpx.Request]
) -> httpx.Response:
    """Return the error response that a hook raised.

    An error about a success is raised on, with a request that was masked; an error about another request, which the
    hook itself sent, is raised on as it is.
    """
    response = error.response
    try:
        ours = response.request is request
    except RuntimeError:  # a response that the hook made up has no request
        ours = False
    if ours and not response.is_success:
        return response
    if ours:
        error.request = response.request = masked(request)
    raise error
