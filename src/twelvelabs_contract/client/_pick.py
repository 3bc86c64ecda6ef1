"""Floor 3: the value at a JSON pointer of an answer, whether that part of it became a model or stayed plain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel, RootModel

from twelvelabs_contract._document import unescape


def pick(value: Any, pointer: str) -> Any:
    """Return what stands at a pointer (RFC 6901) whose names are wire names; `None` if nothing does."""
    for token in pointer.split("/")[1:]:
        value = _step(value, unescape(token))
    return value.root if isinstance(value, RootModel) else value


def _step(value: Any, name: str) -> Any:
    if isinstance(value, RootModel):
        return _step(value.root, name)
    if isinstance(value, BaseModel):
        field = _fields(type(value)).get(name)
        return (value.model_extra or {}).get(name) if field is None else getattr(value, field)
    if isinstance(value, Mapping):
        return value.get(name)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes) and name.isdecimal():
        return value[int(name)] if int(name) < len(value) else None
    return None


@cache
def _fields(model: type[BaseModel]) -> Mapping[str, str]:
    """Map the wire names of a model to the names of its attributes."""
    return {info.alias or name: name for name, info in model.model_fields.items()}
