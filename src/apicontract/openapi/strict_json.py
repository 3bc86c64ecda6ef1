"""JSON by RFC 8259, where the standard library is more generous than the text is clear."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, NamedTuple


class KeyRepeated(ValueError):
    """An object gives a key twice: of two readers, each can have another value."""


class NoNumber(ValueError):
    """A value is NaN or Infinity, which JSON has not."""


class Reader(NamedTuple):
    """A fast reader: it takes nothing that the standard library refuses, but for a key given twice.

    That of pydantic reads a number that is too large as an infinity; it is written as one, too.
    """

    one: Callable[[bytes], Any]
    many: Callable[[Sequence[bytes]], list[Any]]
    write: Callable[[Any], bytes]


def load(text: str | bytes) -> Any:
    """Parse JSON.

    A `ValueError` says which: broken text, a key given twice, a number that is none or too large, nested too deeply.
    """
    try:
        encoded = text if isinstance(text, bytes) else text.encode()
        value = _reader().one(encoded)
        if _is_unique(encoded, value):
            return value
    except _UNSURE:
        pass
    return load_slowly(text)


def load_slowly(text: str | bytes) -> Any:
    """Parse JSON as `load` does, with the standard library, which knows why where the fast reader only refuses."""
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
    """Parse the JSON of a response, which can be large: UTF-8, and of a key given twice the last counts."""
    try:
        return _reader().one(body)
    except _UNSURE:
        pass
    try:
        return _LENIENT.decode(whole(body.decode()))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except UnicodeDecodeError:
        raise
    except ValueError as error:
        raise ValueError(reason(error)) from None


def load_many(texts: Sequence[bytes], *, unique: bool) -> list[Any] | None:
    """Parse many texts, as `load` (`unique`) or `load_fast` would; `None` if that cannot be said of all at once."""
    try:
        values = _reader().many(texts)
        return values if not unique or _is_unique(b",".join(texts), values) else None
    except _UNSURE:
        return None


def _is_unique(text: bytes, value: Any) -> bool:
    """Whether no key was given twice, as far as that can be told by counting.

    A key that is given again takes its quotes along when the value is written anew. No other quote comes or goes, but
    for one that was written as its number.
    """
    written = _reader().write(value)
    known = b"\\u0022" not in text and b"Infinity" not in written
    return known and text.count(b'"') == written.count(b'"')


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
def _reader() -> Reader:
    """Return the fastest reader that is installed; a program that reads no JSON loads none."""
    try:
        return with_msgspec()
    except ImportError:
        return with_pydantic()


def with_msgspec() -> Reader:
    """Return the reader that is fastest, where it is installed: the extra `bulk` brings it."""
    import msgspec  # noqa: PLC0415 - see `_reader`

    decode = msgspec.json.Decoder().decode
    return Reader(decode, lambda texts: list(map(decode, texts)), msgspec.json.Encoder().encode)


def with_pydantic() -> Reader:
    """Return the reader that comes with pydantic."""
    from pydantic_core import from_json, to_json  # noqa: PLC0415 - as above

    one = partial(from_json, allow_inf_nan=False)

    def many(texts: Sequence[bytes]) -> list[Any]:
        text = b",".join(texts)
        named = b"NaN" in text or b"Infinity" in text
        return list(map(one if named else from_json, texts))  # without its option it is called in less time

    return Reader(one, many, partial(to_json, inf_nan_mode="constants"))


_UNSURE = (ValueError, OverflowError, RecursionError)
"""What a fast reader raises."""


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
_LENIENT = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)
