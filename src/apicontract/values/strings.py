"""Strings that satisfy an alternative: a few readable ones, and those on the bounds of length."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from apicontract.openapi.schema_form import counts_many
from apicontract.values.alternatives import Alternative
from apicontract.values.formats import FORMATS
from apicontract.values.patterns import LONGEST, matching

WORDS = (
    "a",
    "word",
    "two words",
    "naïve 日本語 🎬",
    "a/b?c=d&e#f%20+;,",
    "a,b",
    'quote " and \\ backslash',
    "True",
    "null",
    "0",
    "-1.5",
    "[]",
    "{}",
    "..",
    " space around ",
    "line\nfeed\r\nand\ttab",
    "separators \u2028 \u2029 \x85 \x0b \x0c \x1c",
    "nul \x00",
    "\u00e9 and e\u0301",
    "\ufeffmark",
    "",
)
"""Strings with a special meaning to some encoder or parser, the most readable first."""

_REMEMBERED = 4096


@lru_cache(_REMEMBERED)
def samples(alternative: Alternative) -> tuple[str, ...]:
    """Return strings of an alternative, the simplest first; empty if none of the candidates fits."""
    return tuple(text for text in dict.fromkeys(_candidates(alternative)) if alternative.fits(text))


def bounds(alternative: Alternative) -> Iterator[tuple[str, str]]:
    """Yield the shortest and the longest string of an alternative, with the name of the bound."""
    text = alternative.string
    for about, length in (("shortest", text.shortest), ("longest", text.longest)):
        if length is not None:
            padded = (_padded(sample, length) for sample in samples(alternative))
            right = (value for value in padded if len(value) == length and alternative.fits(value))
            found = next(right, None) if length <= LONGEST or not any(map(counts_many, text.patterns)) else None
            if found is not None:
                yield about, found


def _candidates(alternative: Alternative) -> Iterator[str]:
    text = alternative.string
    yield from (value for value in alternative.only or () if isinstance(value, str))
    yield from (hint for hint in alternative.examples if isinstance(hint, str))
    for name in text.formats:
        yield from FORMATS[name].valid
    for name in text.not_formats:
        yield from FORMATS[name].invalid
    for pattern in text.patterns:
        yield from matching(pattern)
    # A common mistake is a value close to an excluded one.
    for value in alternative.never:
        if isinstance(value, str):
            yield from (f"{value}s", value.upper(), f" {value}", value[:-1])
    for pattern in text.not_patterns:
        for value in islice(matching(pattern), 1):
            yield from (f" {value}", f"{value} ", value[:-1], value[1:])
    for word in WORDS:
        yield word
        if word and len(word) < text.shortest:
            yield _padded(word, text.shortest)
        elif text.longest is not None:
            yield word[: text.longest]


def _padded(text: str, length: int) -> str:
    """Cut a string to a length, or extend it by its last character."""
    return text[:length] + (text[-1:] or "a") * (length - len(text))
