"""The exchanges of a cassette in YAML, one at a time, with the line of each.

YAML is a language to build objects with; a cassette is a stranger's file. So nothing of PyYAML above its parser is
used: the parser's events (libyaml's, where it is there) are put together here into text, bytes, numbers, lists and
mappings, and into nothing else.

- A tag is one of the few that cassettes need, or the file is refused. vcrpy wrote a body that was a `BytesIO` or an
  iterator as a Python object; of these only the bytes are taken, and nothing is called.
- Plain scalars are null, booleans and whole numbers by YAML 1.2; a date, `no`, `1.50` and `1_000` are text. Keys are
  text as written, and none is twice.
- An alias shares the value of its anchor, which must be complete, so there is no cycle. What the file would be without
  aliases is counted, and bounded by a multiple of its size, so nine lines cannot stand for a billion values.
- Depth is bounded: libyaml itself takes quadratic time for brackets in brackets.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection, Iterator
from typing import Any

from apicontract.traffic.recordings.kinds import Place, none_of_them
from apicontract.traffic.recordings.model import At, RecordingInvalid

MAX_DEPTH = 100
_GROWTH, _ALLOWANCE = 10, 10_000
"""How many values a file may stand for: so many for each of its bytes, and so many for any file."""

_TAG = "tag:yaml.org,2002:"
_BINARY = f"{_TAG}binary"
_TEXT_TAGS = {None, "!", f"{_TAG}str", f"{_TAG}float", f"{_TAG}python/str", f"{_TAG}python/unicode"}
_LIST_TAGS = {None, "!", f"{_TAG}seq", f"{_TAG}python/tuple"}
_BUFFER, _ITERATOR = f"{_TAG}python/object/new:_io.BytesIO", f"{_TAG}python/object/apply:builtins.iter"
_MAP_TAGS = {None, "!", f"{_TAG}map", _BUFFER, _ITERATOR}
_NULL = re.compile(r"~|null|Null|NULL|")
_BOOLEAN = re.compile(r"(true|True|TRUE)|false|False|FALSE")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)


def entries(data: bytes, places: Collection[Place]) -> Iterator[tuple[Place, At]]:
    """Yield the value of each exchange with the place of its list, at the top; `RecordingInvalid` if there is none."""
    import yaml  # noqa: PLC0415 - a HAR needs none

    events = iter(_Events(data, yaml))
    build = _Builder(events, _GROWTH * len(data) + _ALLOWANCE, yaml)
    first = build.next()
    if not isinstance(first, yaml.MappingStartEvent):
        old = isinstance(first, yaml.SequenceStartEvent)
        hint = "; a bare list is a cassette of vcrpy before 1.0: record it again" if old else ""
        raise RecordingInvalid(none_of_them() + hint, _line(first))
    found = False
    for key, event in build.members(first):
        if (key,) in places:
            found = True
            if not isinstance(event, yaml.SequenceStartEvent):
                raise RecordingInvalid(f"{key}: a list is needed", _line(event))
            for index, item in enumerate(build.until(yaml.SequenceEndEvent)):
                yield (key,), At(build.value(item), f"{key}[{index}]", _line(item))
        else:
            build.value(event)
    if isinstance(last := build.next(), yaml.DocumentStartEvent):
        raise RecordingInvalid("a second document begins; a cassette is one", _line(last))
    if not found:
        raise RecordingInvalid(none_of_them())


class _Events:
    """The parser's events from the first node on, with its errors as ours."""

    def __init__(self, data: bytes, yaml: Any) -> None:
        self._yaml = yaml
        self._data = data

    def __iter__(self) -> Iterator[Any]:
        yaml = self._yaml
        skipped = (yaml.StreamStartEvent, yaml.DocumentEndEvent, yaml.StreamEndEvent)
        begun = False
        try:
            for event in yaml.parse(self._data, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
                if isinstance(event, yaml.DocumentStartEvent) and not begun:
                    begun = True
                elif not isinstance(event, skipped):
                    yield event
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            reason = error.problem or error.context or "it cannot be parsed"
            raise RecordingInvalid(f"no YAML: {reason}", mark.line + 1 if mark else None) from None
        except (yaml.YAMLError, UnicodeError) as error:  # bytes that are no text, or characters that YAML has not
            raise RecordingInvalid(f"no YAML: {str(error).splitlines()[0]}") from None


class _Builder:
    """Puts events together into values; the recursion is as deep as `MAX_DEPTH`."""

    def __init__(self, events: Iterator[Any], bound: int, yaml: Any) -> None:
        self._events = events
        self._bound = bound
        self._size = 0
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._yaml = yaml

    def next(self) -> Any:
        """Return the next event; `None` after the last."""
        return next(self._events, None)

    def until(self, end: type) -> Iterator[Any]:
        """Yield the first event of each node, up to the end of the list or mapping."""
        while not isinstance(event := self.next(), end):
            yield event

    def members(self, start: Any) -> Iterator[tuple[str, Any]]:
        """Yield the keys of a mapping that has begun, each with the first event of its value."""
        _allow(start, _MAP_TAGS)
        seen: set[str] = set()
        for event in self.until(self._yaml.MappingEndEvent):
            if not isinstance(event, self._yaml.ScalarEvent) or event.tag not in _TEXT_TAGS:
                raise RecordingInvalid("a key must be plain text", _line(event))
            key = event.value
            if key in seen:
                raise RecordingInvalid(f"key {key!r} is given twice", _line(event))
            if key == "<<" and event.implicit[0]:
                raise RecordingInvalid("a merge key is not YAML 1.2; write the members out", _line(event))
            seen.add(key)
            yield key, self.next()

    def value(self, event: Any, depth: int = 0) -> Any:
        """Build the value that an event begins."""
        before = self._size
        self._count(1, event)
        if depth > MAX_DEPTH:
            raise RecordingInvalid(f"nested more than {MAX_DEPTH} deep", _line(event))
        if isinstance(event, self._yaml.AliasEvent):
            return self._alias(event)
        if isinstance(event, self._yaml.ScalarEvent):
            value = _scalar(event)
        elif isinstance(event, self._yaml.SequenceStartEvent):
            _allow(event, _LIST_TAGS)
            value = [self.value(item, depth + 1) for item in self.until(self._yaml.SequenceEndEvent)]
        else:
            value = {key: self.value(inner, depth + 1) for key, inner in self.members(event)}
            value = _held(event.tag, value)
        if event.anchor:
            self._anchors[event.anchor] = value, self._size - before
        return value

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            raise RecordingInvalid(f"alias {event.anchor!r} comes before the end of what it names", _line(event))
        value, size = self._anchors[event.anchor]
        self._count(size, event)
        return value

    def _count(self, size: int, event: Any) -> None:
        self._size += size
        if self._size > self._bound:
            raise RecordingInvalid("the aliases stand for too many values; is this a trap?", _line(event))


def _scalar(event: Any) -> Any:
    if event.tag == _BINARY:
        try:
            return base64.b64decode("".join(event.value.split()), validate=True)
        except (binascii.Error, ValueError):
            raise RecordingInvalid("!!binary is no base64", _line(event)) from None
    text: str = event.value
    plain, tag = event.implicit[0], event.tag
    if tag in _TEXT_TAGS and not (plain and tag is None):
        return text
    if tag in (None, f"{_TAG}null") and _NULL.fullmatch(text):
        return None
    if tag in (None, f"{_TAG}bool") and (truth := _BOOLEAN.fullmatch(text)):
        return bool(truth[1])
    if tag in (None, f"{_TAG}int") and _INTEGER.fullmatch(text):
        return int(text)
    _allow(event, _TEXT_TAGS)
    return text


def _held(tag: str | None, value: dict[str, Any]) -> Any:
    """Take the content out of a body that vcrpy wrote as a Python object: a buffer's bytes, an iterator's chunks."""
    if tag not in (_BUFFER, _ITERATOR):
        return value
    held = value.get("state" if tag == _BUFFER else "args")
    return held[0] if isinstance(held, list) and held else None


def _allow(event: Any, tags: set[str | None]) -> None:
    if event.tag not in tags:
        name = str(event.tag).replace(_TAG, "!!")
        raise RecordingInvalid(f"the tag {name} is not read: a cassette is data, not objects", _line(event))


def _line(event: Any) -> int | None:
    return event.start_mark.line + 1 if event is not None else None
