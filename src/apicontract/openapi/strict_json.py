"""JSON by RFC 8259, where the standard library is more generous than the text is clear."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any


class KeyRepeated(ValueError):
    """An object gives a key twice: of two readers, each can have another value."""


class NoNumber(ValueError):
    """A value is NaN or Infinity, which JSON has not."""


def load(text: str | bytes) -> Any:
    """Parse JSON.

    A `ValueError` says which: broken text, a key given twice, a number that is none or too large, nested too deeply.
    """
    try:
        if isinstance(text, bytes):
            text = text.decode(json.detect_encoding(text), "surrogatepass")  # as `json.loads` does
        return DECODER.decode(whole(text))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except ValueError as error:
        if (said := reason(error)) != str(error):
            raise ValueError(said) from None
        raise


def load_fast(body: bytes) -> Any:
    """Parse the JSON of a response, which can be large.

    Of a key given twice the last counts, and its depth has no bound but the engine's own.
    """
    try:
        return _engine()(body, allow_inf_nan=False)
    except ValueError:
        if (repaired := whole_bytes(body)) == body:
            raise
        return _engine()(repaired, allow_inf_nan=False)


def may_hold_no_number(text: bytes) -> bool:
    """Whether NaN or Infinity is in a text, be it in a string."""
    return text.count(b"NaN") > 0 or text.count(b"Infinity") > 0  # faster than `in`


def whole(text: str) -> str:
    """Write each half of a surrogate pair that stands alone as U+FFFD, as everyone does who encodes text.

    RFC 8259 (section 8.2) admits one: a service that cuts its text into events can cut an emoji in two.
    """
    return re.sub(_ESCAPE, _replaced, text) if "\\u" in text and re.search(_SURROGATE, text) else text


def whole_bytes(text: bytes) -> bytes:
    """As `whole`, for text that was not decoded."""
    if b"\\u" in text and re.search(_SURROGATE.encode(), text):
        return re.sub(_ESCAPE.encode(), _replaced_bytes, text)
    return text


_PAIR = r"u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALF = r"u[dD][89a-fA-F][0-9a-fA-F]{2}"
_SURROGATE = r"\\u[dD][89a-fA-F]"
_ESCAPE = rf"(?s)\\(?:{_PAIR}|({_HALF})|.)"
"""Patterns of what few texts have; the first that has it compiles them."""


def _replaced(found: re.Match[str]) -> str:
    return "\\ufffd" if found[1] else found[0]


def _replaced_bytes(found: re.Match[bytes]) -> bytes:
    return b"\\ufffd" if found[1] else found[0]


@cache
def _engine() -> Callable[..., Any]:
    import pydantic_core  # noqa: PLC0415 - a program that only checks requests does not load it

    return pydantic_core.from_json


def reason(error: ValueError) -> str:
    """Say why text was not parsed, of a number longer than Python converts without its advice to programmers."""
    return "a number has too many digits" if "set_int_max_str_digits" in str(error) else str(error)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        often = Counter(name for name, _ in pairs)
        raise KeyRepeated(f"key {next(name for name in often if often[name] > 1)!r} is given twice")
    return found


def _refuse(name: str) -> Any:
    raise NoNumber(f"{name} is not a JSON number")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(f"{digits[:40]} is too large for a number")
    return value


DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_finite)
"""Parses as `load` does; `raw_decode` parses one value that other text follows."""
