"""Simple strings that match a regular expression, in the syntax that all engines share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

_Make: TypeAlias = Callable[[int, int], str]
"""Makes a string: each repetition is extended by the first number, each choice is taken by turn."""

_TURNS, _MORE = 4, 40
LONGEST = 2_000
"""The maximum length of a generated string.

`(a{9999}){9999}` would not fit in memory, and matching counted repetitions takes the engine time for each character
times each repetition.
"""
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "d": "0", "w": "a", "s": " "}
_CODES = {"x": 2, "u": 4}
_CATEGORIES = {"Lu": "A", "Uppercase_Letter": "A", "N": "0", "Nd": "0", "P": "-", "S": "+", "Z": " ", "Zs": " "}
"""An example character for Unicode categories; `_OTHERS` has those of all other classes."""
_OTHERS = "a0 -_Z."
_REPEATS = {"?": (0, 1), "*": (0, None), "+": (1, None)}


def matching(pattern: str) -> Iterator[str]:
    """Yield candidate strings for a pattern, the shortest first; none for a pattern with other syntax.

    The engine decides whether they match: some patterns match no string.
    """
    try:
        make = _Reader(pattern).whole()
    except (ValueError, IndexError):
        return
    try:
        for more in range(_MORE):
            yield from (make(more, turn) for turn in range(_TURNS))
    except _TooLong:
        return


class _TooLong(Exception):
    """A string would be longer than `LONGEST`."""


class _Reader:
    """Parses a pattern by recursive descent, and builds a function that generates strings for each part."""

    def __init__(self, pattern: str) -> None:
        self._rest = pattern

    def whole(self) -> _Make:
        """Parse the whole pattern; raise `ValueError` for what is not supported."""
        make = self._choice()
        if self._rest:
            raise ValueError(f"unread: {self._rest!r}")
        return make

    def _take(self, count: int = 1) -> str:
        taken, self._rest = self._rest[:count], self._rest[count:]
        if not taken:
            raise ValueError("the pattern ends too early")
        return taken

    def _choice(self) -> _Make:
        options = [self._sequence()]
        while self._rest.startswith("|"):
            self._take()
            options.append(self._sequence())
        return lambda more, turn: options[turn % len(options)](more, turn)

    def _sequence(self) -> _Make:
        parts: list[_Make] = []
        while self._rest and self._rest[0] not in "|)":
            parts.append(self._repeated(self._atom()))
        return lambda more, turn: "".join(part(more, turn) for part in parts)

    def _repeated(self, atom: _Make) -> _Make:
        least, most = self._repeat()
        if self._rest.startswith("?"):
            self._take()  # a lazy repetition matches the same strings

        def repeated(more: int, turn: int) -> str:
            text, count = atom(more, turn), least + more if most is None else min(least + more, most)
            if len(text) * count > LONGEST:
                raise _TooLong
            return text * count

        return repeated

    def _repeat(self) -> tuple[int, int | None]:
        if self._rest[:1] in _REPEATS and self._rest:
            return _REPEATS[self._take()]
        if not self._rest.startswith("{"):
            return 1, 1
        bounds, _, self._rest = self._rest[1:].partition("}")
        least, comma, most = bounds.partition(",")
        return int(least or 0), (int(most) if most else None) if comma else int(least)

    def _atom(self) -> _Make:
        character = self._take()
        match character:
            case "(":
                if self._rest.startswith("?"):
                    if self._take(2) != "?:":
                        raise ValueError("a group that looks around, or has a name")
                inner = self._choice()
                self._take()
                return inner
            case "[":
                return self._class()
            case "^" | "$":
                return _made("")
            case ".":
                return _made("a")
            case "\\":
                return _made(self._escaped())
            case _:
                return _made(character)

    def _escaped(self) -> str:
        character = self._take()
        if character in "pP" and self._rest.startswith("{"):
            name, _, self._rest = self._rest[1:].partition("}")
            return _CATEGORIES.get(name, "a") if character == "p" else "-"
        if character in _CODES:
            return chr(int(self._take(_CODES[character]), 16))
        return _ESCAPES.get(character, character)

    def _class(self) -> _Make:
        negated = self._rest.startswith("^")
        if negated:
            self._take()
        ranges: list[tuple[str, str]] = []
        while not self._rest.startswith("]"):
            low = self._member()
            high = low
            if self._rest.startswith("-") and self._rest[1] != "]":
                self._take()
                high = self._member()
            ranges.append((low, high))
        self._take()
        if not negated:
            return _made(ranges[0][0])
        others = [c for c in _OTHERS if not any(low <= c <= high for low, high in ranges)]
        return _made(others[0])

    def _member(self) -> str:
        character = self._take()
        return self._escaped() if character == "\\" else character


def _made(text: str) -> _Make:
    return partial(_constant, text)


def _constant(text: str, more: int, turn: int) -> str:
    del more, turn
    return text
