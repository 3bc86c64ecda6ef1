"""Floor 4: texts that are as is said of them: a few that can be read, and a strategy for more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from hypothesis import strategies as st

from apicontract.strategies.fitting import fitting
from apicontract.strategies.formats import FORMATS
from apicontract.strategies.patterns import matching, python_pattern
from apicontract.values.alternatives import Way
from apicontract.values.constraints import Text

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
"""Texts that mean something to some encoder or reader, the readable ones first."""

_REMEMBERED = 4096
_ROOM = 30
"""How much longer than the shortest a text without a bound gets."""


@lru_cache(_REMEMBERED)
def samples(way: Way) -> tuple[str, ...]:
    """Return texts of a way, the simplest first; empty if none of those that were tried fits."""
    return tuple(text for text in dict.fromkeys(_candidates(way)) if way.fits(text))


def bounds(way: Way) -> Iterator[tuple[str, str]]:
    """Yield the shortest and the longest text of a way, with the name of the bound."""
    text = way.text
    for about, length in (("shortest", text.shortest), ("longest", text.longest)):
        if length is not None:
            padded = (_padded(sample, length) for sample in samples(way))
            right = (value for value in padded if len(value) == length and way.fits(value))
            found = next(right, None)
            if found is not None:
                yield about, found


def strategy(way: Way) -> st.SearchStrategy[str]:
    """Return a strategy for the texts of a way; a filter only for what cannot be made otherwise."""
    known = samples(way)
    made = _made(way)
    more = made if way.text.free and not way.never else fitting(made, way.fits)
    return _known_or_more(known, more) if known else more


@st.composite
def _known_or_more(draw: st.DrawFn, known: tuple[str, ...], more: st.SearchStrategy[str]) -> str:
    """Take a known text four times of five: one number decides, and zero is the simplest."""
    index = draw(st.integers(0, len(known) + len(known) // 4))
    return known[index] if index < len(known) else draw(more)


def _made(way: Way) -> st.SearchStrategy[str]:
    text = way.text
    if text.formats:
        return FORMATS[text.formats[0]].more()
    if text.patterns:
        return _matching(text.patterns[0])
    return _plain(text)


def _plain(text: Text) -> st.SearchStrategy[str]:
    return st.text(min_size=text.shortest, max_size=text.shortest + _ROOM if text.longest is None else text.longest)


def _candidates(way: Way) -> Iterator[str]:
    text = way.text
    yield from (hint for hint in way.hints if isinstance(hint, str))
    for name in text.formats:
        yield from FORMATS[name].right
    for name in text.not_formats:
        yield from FORMATS[name].wrong
    for pattern in text.patterns:
        yield from matching(pattern)
    # What is close to a value that is ruled out is what gets sent by mistake.
    for value in way.never:
        if isinstance(value, str):
            yield from (f"{value}s", value.upper(), f" {value}", value[:-1])
    for word in WORDS:
        yield word
        if word and len(word) < text.shortest:
            yield _padded(word, text.shortest)
        elif text.longest is not None:
            yield word[: text.longest]


def _padded(text: str, length: int) -> str:
    """Bring a text to a length: cut, or repeat its last character."""
    return text[:length] + (text[-1:] or "a") * (length - len(text))


def _matching(pattern: str) -> st.SearchStrategy[str]:
    return st.from_regex(python_pattern(pattern))
