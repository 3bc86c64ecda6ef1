"""Read the exchanges of a recording in JSON one at a time, with the line of each.

A recording can be large, and most of it is one list. The text is scanned from key to key for that list; each of its
items is parsed when it is requested, so nothing is parsed twice and the whole is never in memory as objects.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from apicontract.openapi import strict_json
from apicontract.traffic.recordings.kinds import NoRecording, Place, none_of_them
from apicontract.traffic.recordings.model import Around, At, Defect, RecordingInvalid

_SPACE = re.compile(r"[ \t\n\r]*")
_LENIENT = json.JSONDecoder(parse_int=len, parse_float=len)
"""Finds the end of a value that is JSON, but violates our stricter rules."""


def entries(data: bytes, places: Collection[Place]) -> Iterator[tuple[Place, At]]:
    """Yield the value of each exchange with the place of its list.

    Raises `RecordingInvalid` if there is no such list.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RecordingInvalid(f"not UTF-8 at byte {error.start}; export the recording again", line) from None
    walk = Walk(text)
    found = False

    def below(above: Place) -> Iterator[tuple[Place, At]]:
        nonlocal found
        beside: dict[str, Any] = {}
        for key in walk.members():
            place = (*above, key)
            if place in places:
                found = True
                around = Around(beside=beside)
                yield from ((place, item._replace(around=around)) for item in walk.items(".".join(place)))
            elif any(other[: len(place)] == place for other in places):
                yield from below(place)
            else:
                value = walk.value()
                if not isinstance(value, list):  # such as the pages of a browser, which are not needed
                    beside[key] = value

    if walk.begins() == "[" and () in places:
        for item in walk.items(""):
            found = True
            yield (), item
    else:
        yield from below(())
    if not found:
        raise NoRecording(none_of_them())
    walk.end()


class Walk:
    """A position in a JSON text that moves forward."""

    def __init__(self, text: str) -> None:
        """Start at the beginning."""
        self._text = text
        self._at = 0
        self._counted = 0
        self._line = 1
        self._read = strict_json.DECODER.raw_decode

    def members(self) -> Iterator[str]:
        """Yield the keys of an object, each with this position before its value.

        Raises `RecordingInvalid` for a key that is not a string or is given twice.
        """
        self._take("{", "an object")
        seen: set[str] = set()
        while not self._ends("}", first=not seen):
            key = self.value()
            if not isinstance(key, str):
                raise self._broken("a key is text")
            if key in seen:
                raise self._broken(f"key {key!r} is given twice")
            seen.add(key)
            self._take(":", "a colon")
            yield key

    def indices(self, where: str) -> Iterator[int]:
        """Yield the indices of an array, each with this position before its item."""
        self._take("[", f"{where}: a list")
        index = 0
        while not self._ends("]", first=index == 0):
            yield index
            index += 1

    def items(self, where: str) -> Iterator[At]:
        """Yield the items of an array."""
        for index in self.indices(where):
            line = self.line()
            yield At(self._item(line), f"{where}[{index}]", line)

    def _item(self, line: int) -> Any:
        """Parse an item; one that is lenient JSON (a duplicate key, NaN) does not affect the others."""
        begin = self._at
        try:
            return self.value()
        except RecordingInvalid as error:
            try:
                _, self._at = _LENIENT.raw_decode(self._text, begin)
            except (ValueError, StopIteration, RecursionError):
                raise error from None
            return Defect(error.message, line)

    def value(self) -> Any:
        """Parse the value at this position; raise `RecordingInvalid` if it is not JSON."""
        self._skip()
        try:
            found, self._at = self._read(self._text, self._at)
        except json.JSONDecodeError as error:
            self._at = error.pos
            raise self._broken(error.msg) from None
        except StopIteration:
            raise self._broken("a value is needed") from None
        except RecursionError:
            raise self._broken("nested too deeply") from None
        except ValueError as error:  # a duplicate key, NaN, a number with thousands of digits
            raise self._broken(strict_json.reason(error)) from None
        return found

    def end(self) -> None:
        """Raise `RecordingInvalid` if anything but white space follows."""
        self._skip()
        if self._at < len(self._text):
            raise self._broken("unexpected data after the end of the recording")

    def _ends(self, mark: str, *, first: bool) -> bool:
        """Skip the end of an object or array, or else the comma before its next member."""
        self._skip()
        if self._text[self._at : self._at + 1] == mark:
            self._at += 1
            return True
        if not first:
            self._take(",", f"a comma or {mark}")
        return False

    def _take(self, mark: str, wanted: str) -> None:
        self._skip()
        if self._text[self._at : self._at + 1] != mark:
            raise self._broken(f"{wanted} is needed")
        self._at += 1

    def _skip(self) -> None:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def begins(self) -> str:
        """Return the first character of the value at this position; empty at the end."""
        self._skip()
        return self._text[self._at : self._at + 1]

    def line(self) -> int:
        """Return the line of this position; each line is counted once."""
        self._skip()
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = max(self._counted, self._at)
        return self._line

    def _broken(self, reason: str) -> RecordingInvalid:
        if self._at >= len(self._text):
            reason = "the file ends too early; was it cut off?"
        return RecordingInvalid(f"invalid JSON: {reason}", self.line())
