"""Read YAML 1.2 (core schema) and JSON into plain data, with the line of every key and item.

PyYAML's C parser supplies the events; its own composer is not used, because it implements YAML 1.1 (`no` is false
there, and `12:30` a number), keeps the last of two equal keys, and raises an error instead of collecting all of them.
What YAML allows and JSON cannot express (tags, keys that are not strings, not-a-number, merge keys) is reported, never
guessed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from apicontract.openapi.pointer import fragment
from codegen.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Json: TypeAlias = Any
"""A JSON value. `Any`, because a recursive alias would make every reader of a document cast at each step."""

MAX_DEPTH = 64
"""The maximum nesting depth; ordinary documents have about twenty levels."""
MAX_ALIASED = 10_000
"""The maximum number of values that the aliases of one file may repeat in total: a few kilobytes could expand to
gigabytes."""

_Event: TypeAlias = Any
"""An event of PyYAML, whose type stubs do not declare the attributes of each event."""

Mark: TypeAlias = tuple[int, "dict[str, Mark] | list[Mark] | None"]
"""The line of a value (of its key, if it has one), and the marks of its members."""

_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_DECIMAL = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NUMBER_STARTS = frozenset("+-.0123456789")
# libyaml ends a line at the last three, as in YAML 1.1: it would silently turn them into spaces.
_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\x85\u2028\u2029]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_TYPE_NAMES = {type(None): "null", bool: "a boolean", int: "an integer", float: "a number"}


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was read: its data, and the location of each part."""

    file: str
    data: dict[str, Json]
    mark: Mark

    def at(self, tokens: tuple[str, ...]) -> Location:
        """Locate a pointer; the line is that of the deepest existing part."""
        line, held = self.mark
        for token in tokens:
            found: Mark | None = None
            if isinstance(held, dict):
                found = held.get(token)
            elif isinstance(held, list) and token.isdecimal() and int(token) < len(held):
                found = held[int(token)]
            if found is None:
                break
            line, held = found
        return Location(self.file, line, fragment(tokens))


def read(path: Path, file: str) -> tuple[Source | None, list[Problem]]:
    """Read one file, named `file` in problems; `None` if it cannot be used at all."""
    whole = Location(file, 1, fragment(()))
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None, [whole.problem("the file does not exist", "write it, or correct the name")]
    except OSError as error:
        return None, [whole.problem(f"the file cannot be read: {error.strerror}", "make it a readable file")]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        found = f"byte 0x{error.object[error.start]:02x} is not UTF-8"
        return None, [Location(file, line, whole.pointer).problem(found, "save the file as UTF-8")]
    if text.startswith("\ufeff"):
        return None, [whole.problem("the file begins with a byte order mark", "save it as UTF-8 without one")]
    if wrong := _NOT_TEXT.search(text):
        line = len(_LINE_END.findall(text, 0, wrong.start())) + 1
        found = f"character U+{ord(wrong[0]):04X} is not allowed in the text of a document"
        return None, [Location(file, line, whole.pointer).problem(found, "write it as an escape, in double quotes")]
    return _parse(text, file)


def _parse(text: str, file: str) -> tuple[Source | None, list[Problem]]:
    composer = _Composer(text, file)
    try:
        value, mark = composer.document()
    except _Unreadable:
        return None, composer.problems
    except yaml.MarkedYAMLError as error:
        mark_ = error.problem_mark or error.context_mark
        reason = ", ".join(part for part in (error.context, error.problem) if part)
        composer.report(mark_.line + 1 if mark_ else 1, f"this is not valid YAML: {reason}", "correct the syntax")
        return None, composer.problems
    except yaml.YAMLError as error:
        composer.report(1, f"this is not valid YAML: {error}", "correct the syntax")
        return None, composer.problems
    if not isinstance(value, dict):
        held = "nothing" if value is None else "a list" if isinstance(value, list) else "a single value"
        composer.report(1, f"the file contains {held}, not a mapping", "begin it with a key")
        return None, composer.problems
    return Source(file, value, mark), composer.problems


class _Unreadable(Exception):
    """Nothing after this place can be read; the problem is already reported."""


@dataclass(frozen=True, slots=True)
class _Anchored:
    value: Json
    held: dict[str, Mark] | list[Mark] | None
    size: int


class _Composer:
    """Builds data and marks from the events of one file."""

    def __init__(self, text: str, file: str) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._next: Callable[[], _Event] = yaml.CSafeLoader(text).get_event
        self._path: list[str] = []
        self._anchors: dict[str, _Anchored | None] = {}  # None while the value is still incomplete
        self._size = 0
        self._aliased = 0

    def report(self, line: int, message: str, fix: str) -> None:
        self.problems.append(Problem(self._file, line, fragment(self._path), message, fix))

    def document(self) -> tuple[Json, Mark]:
        """Build the only document of the file."""
        self._next()  # the start of the stream
        start = self._next()
        if isinstance(start, yaml.StreamEndEvent):
            return None, (1, None)
        if start.version not in (None, (1, 2)):
            self.report(1, f"the file declares YAML {'.'.join(map(str, start.version))}", "remove the %YAML line")
        value, mark = self._value(self._next(), None)
        self._next()  # the end of the document
        more = self._next()
        if not isinstance(more, yaml.StreamEndEvent):
            self.report(more.start_mark.line + 1, "a second document begins here", "keep one document in a file")
        return value, (1, mark[1])

    def _value(self, event: _Event, line: int | None) -> tuple[Json, Mark]:
        """Build the value that begins with an event; `line` is that of its key."""
        line = event.start_mark.line + 1 if line is None else line
        if isinstance(event, yaml.AliasEvent):
            return self._alias(str(event.anchor), line)
        if event.tag is not None:
            self.report(line, f"the tag {event.tag} is not understood", "remove it")
        anchor, before = event.anchor, self._size
        if anchor is not None:
            self._anchors[anchor] = None
        self._size += 1
        held: dict[str, Mark] | list[Mark] | None = None
        value: Json
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event.value, line) if event.implicit[0] else event.value
        else:
            if len(self._path) >= MAX_DEPTH:
                self.report(line, f"more than {MAX_DEPTH} levels are nested here", "flatten the document")
                raise _Unreadable
            value, held = self._mapping() if isinstance(event, yaml.MappingStartEvent) else self._sequence()
        if anchor is not None:
            self._anchors[anchor] = _Anchored(value, held, self._size - before)
        return value, (line, held)

    def _alias(self, name: str, line: int) -> tuple[Json, Mark]:
        if name not in self._anchors:
            self.report(line, f"the alias *{name} has no anchor before it", f"write &{name} at the value it repeats")
            return None, (line, None)
        anchored = self._anchors[name]
        if anchored is None:
            self.report(line, f"the alias *{name} is inside its own anchor", "write a $ref instead")
            return None, (line, None)
        self._size += anchored.size
        self._aliased += anchored.size
        if self._aliased > MAX_ALIASED:
            self.report(line, f"aliases repeat more than {MAX_ALIASED} values", "write a $ref instead")
            raise _Unreadable
        return anchored.value, (line, anchored.held)

    def _sequence(self) -> tuple[list[Json], list[Mark]]:
        items: list[Json] = []
        marks: list[Mark] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            self._path.append(str(len(items)))
            value, mark = self._value(event, None)
            self._path.pop()
            items.append(value)
            marks.append(mark)
        return items, marks

    def _mapping(self) -> tuple[dict[str, Json], dict[str, Mark]]:
        items: dict[str, Json] = {}
        marks: dict[str, Mark] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            line = event.start_mark.line + 1
            key = self._key(event, line)
            self._path.append(key)
            if key in items:
                found = f"the key {key!r} is given twice, first in line {marks[key][0]}"
                self.report(line, found, "remove one of them")
            value, mark = self._value(self._next(), line)
            self._path.pop()
            items.setdefault(key, value)
            marks.setdefault(key, mark)
        return items, marks

    def _key(self, event: _Event, line: int) -> str:
        """Build a key; one that is not a string is reported, and its source text is used instead."""
        if isinstance(event, yaml.ScalarEvent) and event.anchor is None and event.tag is None:
            text = str(event.value)  # nearly every key is a plain word, and needs none of the following
            if not event.implicit[0] or (text not in _WORDS and text[0] not in _NUMBER_STARTS and text != "<<"):
                return text
        if isinstance(event, yaml.AliasEvent):
            self.report(line, f"the key is the alias *{event.anchor}", "write the key out")
            return f"*{event.anchor}"
        if not isinstance(event, yaml.ScalarEvent):
            kind = "mapping" if isinstance(event, yaml.MappingStartEvent) else "list"
            self.report(line, f"the key is a {kind}, not text", "write the key as text")
            self._value(event, line)
            return f"({kind})"
        text = str(event.value)
        plain = event.implicit[0]
        if plain and text == "<<":
            self.report(line, "the merge key << is not part of YAML 1.2", "write the keys out, or use a $ref")
        problems = len(self.problems)
        key, _ = self._value(event, line)
        if len(self.problems) == problems and not isinstance(key, str):
            self.report(line, f"the key {text!r} is {_TYPE_NAMES[type(key)]}, not text", f"quote it: '{text}'")
        return text

    def _scalar(self, text: str, line: int) -> Json:
        """Resolve a plain scalar by the core schema (YAML 1.2.2, section 10.3.2)."""
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _NUMBER_STARTS:
            return text
        if _DECIMAL.fullmatch(text):
            number = int(text) if len(text) <= 20 else None
        elif _BASED.fullmatch(text):
            number = int(text, 0) if len(text) <= 24 else None
        elif _FLOAT.fullmatch(text) and math.isfinite(float(text)):
            return float(text)
        elif _FLOAT.fullmatch(text) or _NOT_FINITE.fullmatch(text):
            self.report(line, f"{text} is not a number that JSON can hold", "quote it if it is text, or write a number")
            return text
        else:
            return text
        if number is None or not -(2**63) <= number < 2**64:
            self.report(line, f"{text} does not fit in 64 bits", "quote it if it is text")
            return text
        return number
