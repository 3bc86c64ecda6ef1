"""Floor 2: one scalar as text, as in a query, a path segment, a header or a form field.

Text has no types: `5` may be a number or a word. The shape of the schema decides, and where it admits both the number
wins, because that is what a server that reads the schema would see.
"""

from __future__ import annotations

import json
import math
import re

from twelvelabs_contract._document import Json
from twelvelabs_contract._shape import Shape

# RFC 8259, section 6: no leading zero, no plus sign, no bare point.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", re.ASCII)


def encode(value: Json) -> str:
    """Write a scalar: `true` and `false` in lower case, numbers as JSON has them, text as it is, null as nothing.

    Raises `ValueError` for what has no text form: NaN, infinities, lists and mappings.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return ""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} is no JSON number")
        return repr(value)
    raise ValueError(f"a {type(value).__name__} has no text form here; give text, a number or a boolean")


def decode(text: str, shape: Shape) -> Json:
    """Read a scalar as the shape admits it; text that fits no other type stays text, for the schema to judge."""
    types = shape.types
    if not types or types == {"string"}:
        return text
    if "boolean" in types and text in ("true", "false"):
        return text == "true"
    if types & {"integer", "number"} and (match := _NUMBER.fullmatch(text)):
        number = _number(match.group())
        if number is not None:
            return number
    if "null" in types and "string" not in types and text == "":
        return None
    return text


def _number(text: str) -> int | float | None:
    """Read a JSON number; `None` for one that Python cannot hold: an overflow, or more digits than it will convert."""
    try:
        value = int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def load_json(text: str | bytes) -> Json:
    """Parse JSON by RFC 8259; a key given twice, NaN and an over-deep nesting are a `ValueError`, as broken text is."""
    try:
        return json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"key {next(name for name in names if names.count(name) > 1)!r} is given twice")
    return found


def _refuse(name: str) -> Json:
    raise ValueError(f"{name} is no JSON number")
