"""What response hooks of the caller's httpx client leave behind: errors of a status, and bodies that were not read.

A hook that calls `raise_for_status`, which the documentation of httpx suggests, ends `send` with an `HTTPStatusError`.
Its response is the response to the request like any other, so it is taken from the error: it decides about a further
attempt, and becomes the error that it is without the hook.
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
