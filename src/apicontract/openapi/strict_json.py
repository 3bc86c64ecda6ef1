"""JSON by RFC 8259, where the standard library is more lenient."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, NamedTuple


class KeyRepeated(ValueError):
    """An object has a duplicate key: two readers may see different values."""


class NoNumber(ValueError):
    """A value is NaN or Infinity, which are not JSON."""


class Reader(NamedTuple):
    """A fast reader: it accepts nothing that the standard library rejects, except duplicate keys.

    The one of pydantic reads a number that is too large as an infinity, and also writes it as one.
    """

    one: Callable[[bytes], Any]
    many: Callable[[Sequence[bytes]], list[Any]]
    write: Callable[[Any], bytes]


def load(text: str | bytes) -> Any:
    """Parse JSON.

    Raises `ValueError` for invalid JSON, a duplicate key, a number that is NaN, infinite or too large, and nesting that
    is too deep.
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
    """Parse JSON as `load` does, with the standard library, which reports the reason where a fast reader only fails."""
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
    """Parse the JSON of a response, which can be large, in UTF-8; of duplicate keys, the last one counts.

    Raises `ValueError` for text that is not JSON.
    """
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
    """Parse many texts as `load` (`unique`) or `load_fast` would; `None` if one of them needs to be parsed alone."""
    try:
        values = _reader().many(texts)
        return values if not unique or _is_unique(b",".join(texts), values) else None
    except _UNSURE:
        return None


def _is_unique(text: bytes, value: Any) -> bool:
    """Return whether no key is duplicated, as far as counting can show it.

    When the value is serialised again, a duplicate key disappears together with its quotes. No other quote appears or
    disappears, except an escaped one. Most services write as it is written here, and nothing has to be counted.
    """
    written = _reader().write(value)
    if written == text:
        return True
    known = (b"\\" not in text or b"\\u0022" not in text) and b"Infinity" not in written
    return known and text.count(b'"') == written.count(b'"')


def may_hold_no_number(text: bytes) -> bool:
    """Return whether a text contains NaN or Infinity, possibly in a string."""
    # One letter is found many times as fast as a word.
    return (b"N" in text and b"NaN" in text) or (b"I" in text and b"Infinity" in text)


def whole(text: str) -> str:
    """Replace each escape of a lone surrogate in JSON by that of U+FFFD, the replacement character.

    RFC 8259 (section 8.2) permits lone surrogates: a service that splits text into events can split an emoji.
    """
    return re.sub(_ESCAPE, _replaced, text) if "\\u" in text and re.search(_SURROGATE, text) else text


def whole_bytes(text: bytes) -> bytes:
    """Replace lone surrogates as `whole` does, in text that is not decoded."""
    if b"\\u" in text and re.search(_SURROGATE.encode(), text):
        return re.sub(_ESCAPE.encode(), _replaced_bytes, text)
    return text


_PAIR = r"u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_HALF = r"u[dD][89a-fA-F][0-9a-fA-F]{2}"
_SURROGATE = r"\\u[dD][89a-fA-F]"
_ESCAPE = rf"(?s)\\(?:{_PAIR}|({_HALF})|.)"
"""Patterns that few texts need; they are compiled on first use."""


def _replaced(found: re.Match[str]) -> str:
    return "\\ufffd" if found[1] else found[0]


def _replaced_bytes(found: re.Match[bytes]) -> bytes:
    return b"\\ufffd" if found[1] else found[0]


@cache
def _reader() -> Reader:
    """Return the fastest reader that is installed; it is loaded on first use."""
    try:
        return with_msgspec()
    except ImportError:
        return with_pydantic()


def with_msgspec() -> Reader:
    """Return the reader of msgspec, the fastest one, which the extra `bulk` installs."""
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
        return list(map(one if named else from_json, texts))  # calls without its option are faster

    return Reader(one, many, partial(to_json, inf_nan_mode="constants"))


_UNSURE = (ValueError, OverflowError, RecursionError)
"""Exceptions of the fast readers."""


def reason(error: ValueError) -> str:
    """Return why a text could not be parsed; for a number with too many digits, in words for users."""
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
"""Parses as `load` does; `raw_decode` parses one value that may be followed by other text."""
_LENIENT = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)
