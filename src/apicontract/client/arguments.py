"""Convert the arguments of a generated method into the instance that the schemas validate."""

from __future__ import annotations

import base64
import enum
import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from apicontract.client.answer import OMIT, model_class
from apicontract.client.options import RequestOptions
from apicontract.openapi.document import Json
from apicontract.openapi.facts import Shape
from apicontract.openapi.violation import where
from apicontract.wire import scalars
from apicontract.wire.faults import Fault

if TYPE_CHECKING:
    from pydantic import BaseModel


class Arguments(TypedDict, total=False):
    """The arguments of a call by location, keyed by wire name."""

    path: Mapping[str, Any]
    query: Mapping[str, Any]
    header: Mapping[str, Any]
    cookie: Mapping[str, Any]
    body: Any
    """A mapping for an object (JSON or a form), else any JSON value."""
    options: RequestOptions | None
    deadline: float | None
    """The time after which the request is not sent again, on the clock of the client."""


class ArgumentReader:
    """Converts arguments into JSON values; arguments that cannot be converted are collected in `faults`.

    Nothing is added: defaults of the document are left to the server, and missing values stay missing.
    """

    def __init__(self) -> None:
        """Start without faults."""
        self.faults: list[Fault] = []

    def fields(self, given: Mapping[str, Any], shape_of: Callable[[str], Shape], root: str) -> dict[str, Json]:
        """Read the arguments of one location, without the omitted ones."""
        found: dict[str, Json] = {}
        for name, value in given.items():
            shape = shape_of(name)
            if not is_absent(value, shape):
                found[name] = self.value(value, shape, where(root, [name]))
        return found

    def value(self, given: object, shape: Shape, place: str, *, model: bool = False) -> Json:
        """Read one value; with `model`, it is part of a model, where a null for a declared key counts as omitted."""
        try:
            return self._value(given, shape, place, model=model)
        except RecursionError:
            return self._refuse(place, "encoding", "nested too deeply, or contains itself", shape)

    def _value(self, given: object, shape: Shape, place: str, *, model: bool) -> Json:
        kind = type(given)
        if kind is str or ((kind is int or kind is bool) and shape.json_text is None):
            return given  # most arguments
        if isinstance(given, model_class()):
            try:
                dumped = _dumped(given)
            except ValueError as error:  # a recursive model, or one built with values that are not JSON
                return self._refuse(place, "type", str(error), shape)
            return self._value(dumped, shape, place, model=True)
        if isinstance(given, enum.Enum):
            return self._value(given.value, shape, place, model=model)
        if shape.json_text is not None and given is not None and not isinstance(given, str):
            text = self._json_text(given, shape.json_text, place, model=model)
            return base64.b64encode(text.encode()).decode() if shape.in_base64 else text
        if isinstance(given, Mapping):
            return self._mapping(given, shape, place, model=model)  # pyright: ignore[reportUnknownArgumentType] - of any
        if isinstance(given, Sequence) and not isinstance(given, str | bytes | bytearray | memoryview):
            return self._items(given, shape.items, place, model=model)  # pyright: ignore[reportUnknownArgumentType] - of any
        return self._scalar(given, shape, place)  # pyright: ignore[reportUnknownArgumentType] - of any

    def _scalar(self, given: object, shape: Shape, place: str) -> Json:
        """Read a scalar; a subclass of `str` or of a number becomes the plain type."""
        if given is None or isinstance(given, bool):
            return given
        if isinstance(given, str):
            return str.__str__(given)
        if isinstance(given, int):
            return int.__int__(given)
        if not isinstance(given, float):
            return self._refuse(place, "type", f"{type(given).__name__} is not a JSON value", shape)
        if not math.isfinite(given):
            return self._refuse(place, "encoding", f"{given} is not a JSON number", shape)
        if given.is_integer() and shape.types & {"integer", "number"} == {"integer"}:
            return int(given)  # `1.0` is an integer in JSON Schema, but not to every server
        return float.__float__(given)

    def _items(self, given: Sequence[Any], shape: Shape, place: str, *, model: bool) -> list[Json]:
        return [self._value(item, shape, f"{place}[{index}]", model=model) for index, item in enumerate(given)]

    def _mapping(self, given: Mapping[Any, Any], shape: Shape, place: str, *, model: bool) -> dict[str, Json]:
        found: dict[str, Json] = {}
        for name, value in given.items():
            if not isinstance(name, str):
                self._refuse(place, "type", f"the key {name!r} is not a string", shape)
                continue
            own = shape.property(name)
            if value is OMIT or (model and name in shape.properties and is_absent(value, own)):
                continue
            found[name] = self._value(value, own, where(place, [name]), model=model)
        return found

    def _json_text(self, given: object, shape: Shape, place: str, *, model: bool) -> str:
        return json.dumps(self._value(given, shape, place, model=model), ensure_ascii=False)

    def _refuse(self, place: str, rule: str, message: str, shape: Shape) -> None:
        self.faults.append(Fault(place, rule, message, shape.pointer))


def is_absent(value: object, shape: Shape) -> bool:
    """Return whether an argument is omitted: `OMIT`, or `None` if null cannot be sent."""
    return value is OMIT or (value is None and not shape.nullable)


def listed(value: Any, shape: Shape) -> Any:
    """Wrap a single value in a list, if only a list is admitted."""
    one = isinstance(value, str | int | float | enum.Enum)
    return [value] if one and shape.is_array and shape.types <= {"array", "null"} else value


def page_number(value: object, shape: Shape) -> int | None:
    """Read the number of a page as a server would, also from `2.0` or `"2"`; `None` if it is not a whole number."""
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, str):
        value = scalars.decode(value, shape)
    if isinstance(value, bool) or not isinstance(value, int | float) or value % 1:
        return None
    return int(value)


def _dumped(model: BaseModel) -> Json:
    """Dump a model under its wire names, without fields that were never set."""
    return model.model_dump(mode="json", by_alias=True, exclude_unset=True, warnings=False)
