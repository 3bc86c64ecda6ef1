"""A checked message, and how to check it again on another day."""

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
    """A message whose violations the history of a document can explain."""

    operation: Operation
    conforms: Callable[[Checkers, Operation], bool]
    """Returns whether it conforms on another day, given the checkers and the operation of that day."""
    noun: Noun = "request"
    received: bool = False
    """Whether it comes from the API, so that its violations do not name anything in a request."""
    names: Mapping[str, Json] = _NONE
    """What a violation of a rule names, by rule, where its excerpt does not have it."""
    size: int = 0
    """The length of its body in bytes."""
    webhook: bool = False
    """Whether its operation is a webhook."""
