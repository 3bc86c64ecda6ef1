"""A message that was judged, and how it is judged again on another day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from apicontract.openapi.operation import Json, Operation

if TYPE_CHECKING:
    from apicontract.checks.checkers import Checkers

Noun: TypeAlias = Literal["request", "response", "payload", "event"]

_NONE: Mapping[str, Json] = MappingProxyType({})


class Message(NamedTuple):
    """What the history of a document explains the violations of."""

    operation: Operation
    conforms: Callable[[Checkers, Operation], bool]
    """Whether it is right on another day."""
    noun: Noun = "request"
    received: bool = False
    """Whether it comes from the API, so that its violations name nothing of the request."""
    names: Mapping[str, Json] = _NONE
    """By rule, the thing that a violation of it names where its excerpt does not."""
    size: int = 0
    """The length of its body in bytes."""
    webhook: bool = False
    """Whether its operation is a webhook."""
