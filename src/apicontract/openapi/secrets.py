"""Secrets, such as API keys, which no message and no report may show.

This is the one place that finds them in what is to be shown. A secret can come back from anywhere: out of a header or a
body that repeats it, in lower case, percent-encoded, escaped as in JSON (also twice) or as in HTML, or cut off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

MIN_LENGTH = 8
"""The minimum length of a secret that is searched for. Shorter ones only occur in tests, where hiding them would hide
ordinary words.

A prefix of this length is hidden too, and a shorter one if the text was cut off there ("…").
"""
_SHORTEST_CUT = 4
_TOKEN = r"[^\s\"'<>&,;(){}\[\]]*"  # noqa: S105 - a pattern: what follows the beginning of a secret
_ESCAPES = r"\\{1,8}"
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}


class Secrets:
    """Replaces secrets in text."""

    def __init__(self, secrets: Iterable[str], instead: str = "[secret]") -> None:
        """Take the secrets, and the replacement."""
        found = sorted({secret for secret in secrets if len(secret) >= MIN_LENGTH}, key=len, reverse=True)
        self._secrets = found
        self._count = len(found)
        self._instead = instead
        self._marks = ("%", "\\", "&" if any(set(secret) & _ENTITIES.keys() for secret in found) else "&#")
        self._beginnings = [secret[:_SHORTEST_CUT].lower() for secret in found]

    # Compiling a pattern takes longer than anything else here: 2 ms for each 10 characters. Few texts need one.

    @cached_property
    def _text(self) -> re.Pattern[str]:
        return re.compile("|".join(map(_pattern, self._secrets)))

    @cached_property
    def _bytes(self) -> re.Pattern[bytes]:
        return re.compile(self._text.pattern.encode("utf-8", "surrogatepass"))

    def __repr__(self) -> str:
        return f"<{self._count} secrets>"

    def text(self, text: str) -> str:
        """Return a text with its secrets replaced."""
        if not self._count or (text.isascii() and not self._may_be_in(text)):
            return text
        return self._text.sub(self._instead, text)

    def content(self, content: bytes) -> bytes:
        """Return UTF-8 text with its secrets replaced."""
        if not self._count or (content.isascii() and not self._may_be_in(content.decode("ascii"))):
            return content
        return self._bytes.sub(self._instead.encode(), content)

    def _may_be_in(self, text: str) -> bool:
        """Check quickly whether a text may contain a secret; most do not."""
        if any(mark in text for mark in self._marks):
            return True
        lower = text.lower()
        return any(beginning in lower for beginning in self._beginnings)


@lru_cache(maxsize=64)
def secrets(*found: str, instead: str = "[secret]") -> Secrets:
    """Return an object that replaces these secrets; cached, because the same few occur again and again."""
    return Secrets(found, instead)


def _pattern(secret: str) -> str:
    """Return a pattern for a secret, for its beginning with whatever follows, and for one that was cut off."""
    characters = [_character(character) for character in secret]
    start, rest = "".join(characters[:MIN_LENGTH]), "".join(characters[MIN_LENGTH:])
    cut = "".join(characters[:_SHORTEST_CUT]) + _optional(characters[_SHORTEST_CUT : MIN_LENGTH - 1])
    return f"{start}(?:{rest}|{_TOKEN})|{cut}(?=…)"


def _optional(characters: Sequence[str]) -> str:
    return f"(?:{characters[0]}{_optional(characters[1:])})?" if characters else ""


def _character(character: str) -> str:
    """Return a pattern for one character, in either case and any encoding."""
    ways = {_ESCAPES + re.escape(short) for short in (character, json.dumps(character)[2:-1]) if len(short) == 1}
    ways |= {r"\+"} if character == " " else set()
    ways |= {_ENTITIES[character]} if character in _ENTITIES else set()
    for one in (character.lower(), character.upper()):
        units = one.encode("utf-16-be", "surrogatepass")
        ways.add(re.escape(one))
        ways.add("".join(f"%(?:25){{0,4}}{_hex(byte)}" for byte in one.encode("utf-8", "surrogatepass")))
        ways.add("".join(f"{_ESCAPES}u{_hex(*units[at : at + 2])}" for at in range(0, len(units), 2)))
        number = ord(one) if len(one) == 1 else ord(character)
        ways |= {f"&#0{{0,6}}{number};", f"&#[xX]0{{0,6}}{_any_case(f'{number:x}')};"}
    return f"(?:{'|'.join(sorted(ways, key=len, reverse=True))})"


def _hex(*numbers: int) -> str:
    return _any_case("".join(f"{number:02x}" for number in numbers))


def _any_case(digits: str) -> str:
    return "".join(f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in digits)
