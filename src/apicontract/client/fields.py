"""The value at a JSON pointer of an answer, whether that part of it became a model or stayed plain."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from apicontract.client.answer import model_class
from apicontract.openapi import pointer as pointers

if TYPE_CHECKING:
    from pydantic import BaseModel


def pick(value: Any, pointer: str) -> Any:
    """Return the value at a pointer (RFC 6901) whose names are wire names; `None` if there is none."""
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
    """Whether a value is a model that stands for a single value, as pydantic marks its `RootModel`."""
    return getattr(value, "__pydantic_root_model__", False) is True


@cache
def fields_of(model: type[BaseModel]) -> Mapping[str, str]:
    """Map the wire names of a model to the names of its attributes."""
    return {info.alias or name: name for name, info in model.model_fields.items()}
