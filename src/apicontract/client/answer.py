"""The type of a call's result, and the marker for an omitted argument."""

from __future__ import annotations

import enum
from collections.abc import Hashable
from functools import cache, reduce
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar, Union, get_args, get_origin

if TYPE_CHECKING:
    from pydantic import BaseModel, TypeAdapter, ValidationError

T = TypeVar("T")


class Omit(enum.Enum):
    """The type of `OMIT`."""

    OMIT = "OMIT"

    def __repr__(self) -> str:
        return "OMIT"


OMIT: Final = Omit.OMIT
"""Marks an argument that is not given, because `None` would be sent as null."""


class Answer(Generic[T]):
    """Wraps the type that a response is parsed into: `Answer[models.Task]`. It is never instantiated.

    A parameter of type `type[T]` does not accept a union or an annotated type; `type[Answer[T]]` accepts any type.
    """


_adapters: dict[Hashable, tuple[object, TypeAdapter[Any]]] = {}


def adapter(answer: type[Answer[T]]) -> TypeAdapter[T]:
    """Return the pydantic adapter for the type of a response, created once for each type."""
    (wanted,) = get_args(answer)
    try:
        key: Hashable = wanted
        hash(wanted)
    except TypeError:  # an annotation with unhashable parts; the cache keeps it alive, so its id stays unique
        key = id(wanted)
    found = _adapters.get(key)
    if found is None:
        from pydantic import TypeAdapter  # noqa: PLC0415 - loaded by the first call, not by an import

        found = _adapters[key] = (wanted, TypeAdapter(wanted))
    return found[1]


def event_adapter(answer: type[Answer[T]]) -> TypeAdapter[T]:
    """Return the adapter for the declared events, without `UnknownEvent`, which would accept anything."""
    from apicontract.client.models import UnknownEvent  # noqa: PLC0415 - as above

    (wanted,) = get_args(answer)
    declared = [part for part in get_args(wanted) if part is not UnknownEvent]
    if get_origin(wanted) not in (Union, UnionType) or len(declared) == len(get_args(wanted)):
        return adapter(answer)
    union: Any = reduce(lambda left, right: left | right, declared)
    named: Any = Answer[union]
    reader: TypeAdapter[T] = adapter(named)
    return reader


@cache
def model_class() -> type[BaseModel]:
    """Return the base class of all models."""
    from pydantic import BaseModel  # noqa: PLC0415 - loaded by the first call, not by an import

    return BaseModel


def validation_error() -> type[ValidationError]:
    """Return pydantic's error class; for use in an `except`, where pydantic is already loaded."""
    from pydantic import ValidationError  # noqa: PLC0415 - loaded by the first call, not by an import

    return ValidationError
