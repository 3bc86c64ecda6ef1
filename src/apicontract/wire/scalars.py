"""One scalar as text, as in a query, a path segment, a header or a form field.

Text has no types: `5` may be a number or a string. The schema decides; if it admits both, the value is read as a
number, as a server that follows the schema would.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from functools import partial
from urllib.parse import unquote

from apicontract.openapi.document import Json
from apicontract.openapi.facts import Shape

# RFC 8259, section 6: no leading zero, no plus sign, no bare point.
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", re.ASCII)


def encode(value: Json) -> str:
    """Encode a scalar: booleans in lower case, numbers as in JSON, strings unchanged, null as the empty string.

    Raises `ValueError` for values without a text form: NaN, infinities, lists and mappings.
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
            raise ValueError(f"{value} is not a JSON number")
        return repr(value)
    raise ValueError(f"{type(value).__name__} cannot be encoded here; give a string, a number or a boolean")


def text(value: Json) -> str:
    """Return a value as a string; one that is not a scalar as JSON."""
    try:
        return encode(value)
    except ValueError:
        return json.dumps(value, ensure_ascii=False, default=str)


def decode(text: str, shape: Shape) -> Json:
    """Decode a scalar by the types that the shape admits; text that fits no other type stays a string."""
    if shape.is_text:
        return text
    types = shape.types
    if "boolean" in types and text in ("true", "false"):
        return text == "true"
    if types & {"integer", "number"} and (match := _NUMBER.fullmatch(text)):
        number = _number(match.group())
        if number is not None:
            return number
    if "null" in types and "string" not in types and text == "":
        return None
    return text


def decoder(shape: Shape) -> Callable[[str], Json]:
    """Return a function that decodes scalars as `decode` does, for one shape."""
    return str if shape.is_text else partial(decode, shape=shape)


def _number(text: str) -> int | float | None:
    """Parse a JSON number; `None` if Python cannot represent it: an overflow, or too many digits."""
    try:
        if text.lstrip("-").isdigit():
            return int(text)
    except ValueError:
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def unquote_form(raw: str) -> str:
    """Decode percent-encoding, and `+` as a space, as in a form (WHATWG URL, section 5.1)."""
    return unquote(raw.replace("+", " "))
