"""Find the value at a JSON pointer in a response, in models and in plain values."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from apicontract.client.answer import model_class
from apicontract.openapi import pointer as pointers

if TYPE_CHECKING:
    from pydantic import BaseModel


def pick(value: Any, pointer: str) -> Any:
    """Return the value at a pointer (RFC 6901) of wire names; `None` if there is none."""
    for token in pointers.split(pointer):
        value = _step(value, token)
    return value.root if _is_root(value) else value


def _step(value: Any, name: str) -> Any:
    if _is_root(value):
        return _step(value.root, name)
    if isinstance(value, model_class()):
        field = fields_of(type(value)).get(name)
        return (value.model_extra or {}).get(name) if field is None else getattr(value, field)
    try:
        return pointers.step(value, name)
    except LookupError:
        return None


def _is_root(value: Any) -> bool:
    """Return whether a value is a model of a single value, pydantic's `RootModel`."""
    return getattr(value, "__pydantic_root_model__", False) is True


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, str]:
    """Return the attribute names of a model by wire name."""
    return {info.alias or name: name for name, info in model.model_fields.items()}
