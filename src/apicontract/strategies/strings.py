"""Strategies for the strings of an alternative."""

from __future__ import annotations

import re

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from apicontract.openapi.schema_form import counts_many
from apicontract.strategies.filtering import filtered
from apicontract.strategies.formats import STRATEGIES
from apicontract.values import strings
from apicontract.values.alternatives import Alternative
from apicontract.values.constraints import StringConstraints

_LONGEST = 1000
"""The minimum length of strings that are repeated characters or samples, because Hypothesis draws characters one by
one."""
_ROOM = 30
"""The maximum extra length of a string without an upper bound."""
_VISIBLE = "".join(map(chr, range(0x20, 0x7F)))
"""The visible characters of ASCII, and the space."""
_OTHERS = ("\0", "\n", "\x7f", "\x85", "é", "日", "🎬")
"""One of each kind of all others."""


def strategy(alternative: Alternative) -> st.SearchStrategy[str]:
    """Return a strategy for the strings of an alternative, with a filter only if there is no other way."""
    known = strings.samples(alternative)
    patterns = alternative.string.patterns
    if known and patterns and (min(map(len, known)) > _LONGEST or any(map(counts_many, patterns))):
        return st.sampled_from(known)
    made = _made(alternative)
    more = made if alternative.string.free and not alternative.never else filtered(made, alternative.fits)
    return _known_or_more(known, more) if known else more


@st.composite
def _known_or_more(draw: st.DrawFn, known: tuple[str, ...], more: st.SearchStrategy[str]) -> str:
    """Draw a known string in four of five cases; one number decides, and zero is the simplest."""
    index = draw(st.integers(0, len(known) + len(known) // 4))
    return known[index] if index < len(known) else draw(more)


def _made(alternative: Alternative) -> st.SearchStrategy[str]:
    text = alternative.string
    if text.formats:
        return STRATEGIES[text.formats[0]]()
    for pattern in text.patterns:
        try:
            made = st.from_regex(re.compile(python_pattern(pattern)), alphabet=_characters(text))
            made.validate()
        except (re.error, InvalidArgument):  # Python or Hypothesis does not support it, so only samples are used
            continue
        return made
    return _plain(text)


def _plain(text: StringConstraints) -> st.SearchStrategy[str]:
    characters = _characters(text)
    if text.shortest > _LONGEST:  # more than Hypothesis can draw one by one
        return characters.map(lambda character: character * text.shortest)
    most = text.shortest + _ROOM if text.longest is None else text.longest
    return st.text(characters, min_size=text.shortest, max_size=most)


def _characters(text: StringConstraints) -> st.SearchStrategy[str]:
    """Return the characters of a string: if it can hold only visible ones of ASCII, as a header, those that it can.

    Drawn from all of Unicode, most strings would not fit.
    """

    def held(character: str) -> bool:
        return all(accept(f"a{character}a") for accept in text.accept)

    if not text.accept or any(map(held, _OTHERS)) or not any(map(held, _VISIBLE)):
        return st.characters(codec="utf-8")
    return st.characters(categories=(), include_characters="".join(filter(held, _VISIBLE)))


def python_pattern(pattern: str) -> str:
    r"""Convert a pattern for Python, where `$` also matches before a final line feed, unlike `\Z`."""
    found, escaped, inside = "", False, False
    for character in pattern:
        inside = character == "[" or (inside and character != "]") if not escaped else inside
        found += "\\Z" if character == "$" and not escaped and not inside else character
        escaped = character == "\\" and not escaped
    return found
