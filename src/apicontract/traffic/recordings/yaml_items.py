"""Read the exchanges of a cassette in YAML one at a time, with the line of each.

YAML can construct arbitrary objects, and a cassette is an untrusted file. So only the parser of PyYAML is used: its
events (libyaml's, if available) are combined here into strings, bytes, numbers, lists and mappings, and nothing else.

- Only the few tags that cassettes need are accepted. vcrpy wrote a body that was a `BytesIO` or an iterator as a Python
  object, and formerly its requests and their headers too; only the data of these is used, and nothing is called.
- Plain scalars are null, booleans and whole numbers by YAML 1.2; a date, `no`, `1.50` and `1_000` are strings. Keys are
  strings as written; duplicates are an error.
- An alias shares the value of its anchor, which must be complete, so there is no cycle. The number of values without
  aliases is limited to a multiple of the file's size, so that nine lines cannot expand to a billion values.
- The depth is limited: libyaml itself takes quadratic time for nested brackets.
- An error in one exchange that is still YAML is stored in its place (`Defect`), and the others are read.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Collection, Iterator
from typing import Any

from apicontract.traffic.recordings.kinds import NoRecording, Place, none_of_them
from apicontract.traffic.recordings.model import Around, At, Defect, RecordingInvalid

MAX_DEPTH = 100
_GROWTH, _ALLOWANCE = 10, 10_000
"""The maximum number of values of a file: a number for each of its bytes, and a minimum for any file."""

_TAG = "tag:yaml.org,2002:"
_PYTHON, _RUBY = f"{_TAG}python/", "!ruby/"
_BINARY = {f"{_TAG}binary", "!binary"}
_TEXT_TAGS = {
    None,
    "!",
    f"{_TAG}str",
    f"{_TAG}float",
    f"{_PYTHON}str",
    f"{_PYTHON}unicode",
    f"{_RUBY}sym",
    f"{_RUBY}symbol",
}
_HELD = {
    f"{_PYTHON}object/new:_io.BytesIO": "state",
    f"{_PYTHON}object/apply:builtins.iter": "args",
    f"{_PYTHON}object/apply:__builtin__.frozenset": "",
    f"{_PYTHON}object/apply:builtins.frozenset": "",
}
"""The calls that recorders wrote, and the key of the arguments, of which the first is used; nothing is called."""
_LIST_TAGS = {None, "!", f"{_TAG}seq", f"{_PYTHON}tuple", *_HELD}
_MAP_TAGS = {
    None,
    "!",
    f"{_TAG}map",
    f"{_PYTHON}object:vcr.request.Request",
    *(f"{_RUBY}struct:VCR::{name}" for name in ("HTTPInteraction", "Request", "Response", "ResponseStatus")),
    *_HELD,
}
_NULL = re.compile(r"~|null|Null|NULL|")
_BOOLEAN = re.compile(r"(true|True|TRUE)|false|False|FALSE")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})", re.ASCII)


def entries(data: bytes, places: Collection[Place]) -> Iterator[tuple[Place, At]]:
    """Yield the value of each exchange with the place of its list, at the top.

    Raises `NoRecording` if there is none, and `RecordingInvalid` for one that cannot be read.
    """
    import yaml  # noqa: PLC0415 - a HAR needs none

    events = iter(_Events(data, yaml))
    build = _Builder(events, _GROWTH * len(data) + _ALLOWANCE, yaml)
    first = build.next()
    found = False
    if isinstance(first, yaml.SequenceStartEvent) and () in places:
        for item in _items(build, "", Around(), yaml):
            found = True
            yield (), item
    elif isinstance(first, yaml.MappingStartEvent):
        beside: dict[str, Any] = {}
        for key, event in build.members(first):
            if (key,) in places:
                found = True
                if not isinstance(event, yaml.SequenceStartEvent):
                    raise RecordingInvalid(f"{key}: a list is needed", _line(event))
                yield from (((key,), item) for item in _items(build, key, Around(beside=beside), yaml))
            else:
                beside[key] = build.value(event)
    else:
        raise NoRecording(none_of_them(), _line(first))
    build.finish()
    if not found:
        raise NoRecording(none_of_them())
    if isinstance(last := build.next(), yaml.DocumentStartEvent):
        raise RecordingInvalid("a second document begins; a cassette has only one", _line(last))


def _items(build: _Builder, where: str, around: Around, yaml: Any) -> Iterator[At]:
    """Yield the items of a list that has begun; an error in one does not affect the others."""
    build.finish()
    for index, item in enumerate(build.until(yaml.SequenceEndEvent)):
        value = build.value(item)
        defect, build.defect = build.defect, None
        yield At(defect or value, f"{where}[{index}]", _line(item), around)


class _Events:
    """The parser's events from the first node on; its errors are converted."""

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
            raise RecordingInvalid(f"not YAML: {reason}", mark.line + 1 if mark else None) from None
        except (
            yaml.YAMLError,
            UnicodeError,
        ) as error:  # not text, or characters that YAML does not allow
            raise RecordingInvalid(f"not YAML: {str(error).splitlines()[0]}") from None


class _Builder:
    """Builds values from events, recursively up to `MAX_DEPTH`."""

    def __init__(self, events: Iterator[Any], bound: int, yaml: Any) -> None:
        self._events = events
        self._bound = bound
        self._size = 0
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._yaml = yaml
        self.defect: Defect | None = None
        """The first recoverable error of the values that were built since it was last taken."""

    def finish(self) -> None:
        """Raise the error, if an error cannot be tolerated."""
        if self.defect:
            raise RecordingInvalid(self.defect.message, self.defect.line)

    def _defective(self, message: str, event: Any) -> None:
        self.defect = self.defect or Defect(message, _line(event))

    def _allow(self, event: Any, tags: Collection[str | None]) -> None:
        if event.tag not in tags:
            name = str(event.tag).replace(_TAG, "!!")
            self._defective(f"the tag {name} is not supported: a cassette is data, not objects", event)

    def next(self) -> Any:
        """Return the next event; `None` after the last."""
        return next(self._events, None)

    def until(self, end: type) -> Iterator[Any]:
        """Yield the first event of each node, up to the end of the list or mapping."""
        while not isinstance(event := self.next(), end):
            yield event

    def members(self, start: Any, depth: int = 0) -> Iterator[tuple[str, Any]]:
        """Yield the keys of a mapping that has begun, each with the first event of its value."""
        self._allow(start, _MAP_TAGS)
        seen: set[str] = set()
        for event in self.until(self._yaml.MappingEndEvent):
            if not isinstance(event, self._yaml.ScalarEvent) or event.tag not in _TEXT_TAGS:
                self._defective("a key must be plain text", event)
                self.value(event, depth + 1)
                self.value(self.next(), depth + 1)
                continue
            key = event.value
            if key in seen:
                self._defective(f"key {key!r} is given twice", event)
            if key == "<<" and event.implicit[0]:
                self._defective("a merge key is not YAML 1.2; write the members out", event)
            seen.add(key)
            yield key, self.next()

    def value(self, event: Any, depth: int = 0) -> Any:
        """Build the value that starts with an event; raise `RecordingInvalid` for one that is not accepted."""
        before = self._size
        self._count(1, event)
        if depth > MAX_DEPTH:
            raise RecordingInvalid(f"nested more than {MAX_DEPTH} deep", _line(event))
        if isinstance(event, self._yaml.AliasEvent):
            return self._alias(event)
        if isinstance(event, self._yaml.ScalarEvent):
            value = self._scalar(event)
        elif isinstance(event, self._yaml.SequenceStartEvent):
            self._allow(event, _LIST_TAGS)
            value = [self.value(item, depth + 1) for item in self.until(self._yaml.SequenceEndEvent)]
            value = _held(event.tag, value)
        else:
            value = {key: self.value(inner, depth + 1) for key, inner in self.members(event, depth)}
            value = _held(event.tag, value)
        if event.anchor:
            self._anchors[event.anchor] = value, self._size - before
        return value

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            self._defective(f"alias {event.anchor!r} comes before the end of what it names", event)
            return None
        value, size = self._anchors[event.anchor]
        self._count(size, event)
        return value

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if event.tag in _BINARY:
            try:
                return base64.b64decode("".join(text.split()), validate=True)
            except (binascii.Error, ValueError):
                self._defective("!!binary is not base64", event)
                return text
        plain, tag = event.implicit[0], event.tag
        if tag in _TEXT_TAGS and not (plain and tag is None):
            return text
        if tag in (None, f"{_TAG}null") and _NULL.fullmatch(text):
            return None
        if tag in (None, f"{_TAG}bool") and (truth := _BOOLEAN.fullmatch(text)):
            return bool(truth[1])
        if tag in (None, f"{_TAG}int") and _INTEGER.fullmatch(text):
            return int(text)
        self._allow(event, _TEXT_TAGS)
        return text

    def _count(self, size: int, event: Any) -> None:
        self._size += size
        if self._size > self._bound:
            raise RecordingInvalid("the aliases expand to too many values for the size of the file", _line(event))


def _held(tag: str | None, value: Any) -> Any:
    """Return what a recorder wrote as a call holds: the bytes of a buffer, the items of a set; others are unchanged."""
    if tag not in _HELD:
        return value
    held = value.get(_HELD[tag]) if isinstance(value, dict) else value
    return held[0] if isinstance(held, list) and held else None


def _line(event: Any) -> int | None:
    return event.start_mark.line + 1 if event is not None else None
