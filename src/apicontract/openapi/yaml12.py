"""YAML by the 1.2 core schema: `no`, `on` and dates are strings, and every key is a string, as in JSON.

The events come from libyaml if PyYAML was built with it, which is many times faster; the values are built here, so they
are the same without it. Merge keys (`<<`) belong to YAML 1.1, but documents use them, so they are merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

MAX_DEPTH = 500
"""The maximum nesting depth."""
MAX_ALIASED = 2_000_000
"""The maximum number of values that aliases may repeat in total: a few kilobytes could otherwise fill the memory."""

_WORDS: Mapping[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_STARTS = frozenset("+-.0123456789")
_DECIMAL = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_MERGE: Any = object()
_TAGS = "tag:yaml.org,2002:"
_PLAIN = frozenset({None, "!", *(_TAGS + name for name in ("map", "seq", "str", "int", "float", "bool", "null"))})


def load(text: bytes) -> Any:
    """Parse one YAML document; raise `ValueError`, with the position, for invalid YAML or a duplicate key."""
    import yaml  # noqa: PLC0415 - only documents in YAML need it, and the bundled one is JSON

    try:
        return _Builder(yaml).build(text)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise ValueError(place + " ".join(str(getattr(error, "problem", None) or error).split())) from None


class _Open:
    """A mapping or list that is being read."""

    __slots__ = ("anchor", "began", "key", "merged", "value")

    def __init__(self, value: Any, anchor: str | None, began: int) -> None:
        self.value = value
        self.anchor = anchor
        self.began = began
        self.key: Any = None
        """The key whose value comes next."""
        self.merged: list[Any] = []


class _Builder:
    """Builds the value of one document from its events."""

    def __init__(self, yaml: Any) -> None:
        self._yaml = yaml
        self._stack = [_Open([], None, 0)]
        """The open mappings and lists, the innermost last; the first one holds the document."""
        self._anchors: dict[str, tuple[Any, int]] = {}
        """By anchor, a value and the number of values in it."""
        self._count = 0
        self._aliased = 0

    def _events(self, text: bytes) -> Iterator[Any]:
        yaml = self._yaml
        return iter(yaml.parse(text, yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader))

    def _wrong(self, message: str, event: Any) -> Exception:
        error: Exception = self._yaml.constructor.ConstructorError(None, None, message, event.start_mark)
        return error

    def build(self, text: bytes) -> Any:
        """Return the value of the only document; `None` if the text has none."""
        yaml = self._yaml
        scalar, alias = yaml.ScalarEvent, yaml.AliasEvent
        starts = {yaml.MappingStartEvent: dict, yaml.SequenceStartEvent: list}
        ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        stack = self._stack
        for event in self._events(text):
            kind = type(event)
            if kind is scalar:
                top = stack[-1]
                if top.key is None and type(top.value) is dict:
                    self._key(top, event)
                else:
                    self._put(self._scalar(event), event)
            elif kind in starts:
                self._open(starts[kind](), event)
            elif kind in ends:
                self._put(self._close(), event)
            elif kind is alias:
                self._put(self._alias(event), event)
            elif kind is yaml.DocumentStartEvent and stack[0].value:
                raise self._wrong("a second document begins; only one is allowed", event)
        return stack[0].value[0] if stack[0].value else None

    def _open(self, value: Any, event: Any) -> None:
        """Start a mapping or a list."""
        self._refuse_key(event)
        if event.tag not in _PLAIN:
            raise self._wrong(f"the tag {event.tag!r} is not JSON", event)
        if len(self._stack) > MAX_DEPTH:
            raise self._wrong("nested too deeply", event)
        self._stack.append(_Open(value, event.anchor, self._count))
        self._anchors.pop(event.anchor, None)  # it cannot contain itself

    def _close(self) -> Any:
        """End the innermost mapping or list, and return it."""
        done = self._stack.pop()
        value = done.value
        for more in done.merged:
            value = {**more, **value}
        self._count += 1
        if done.anchor:
            self._anchors[done.anchor] = value, self._count - done.began
        return value

    def _put(self, value: Any, event: Any) -> None:
        """Add a value to the innermost mapping or list: as an item, or under its key."""
        top = self._stack[-1]
        if type(top.value) is list:
            top.value.append(value)
            return
        if top.key is _MERGE:
            self._merge(top, value, event)
        else:
            top.value[top.key] = value
        top.key = None

    def _refuse_key(self, event: Any) -> None:
        top = self._stack[-1]
        if top.key is None and type(top.value) is dict:
            raise self._wrong("a key must be plain text", event)

    def _key(self, top: _Open, event: Any) -> None:
        """Use a scalar as a key, with the text as written (`200:`)."""
        if event.value == "<<" and event.implicit[0]:
            top.key = _MERGE
            return
        if event.value in top.value:
            raise self._wrong(f"key {event.value!r} twice", event)
        top.key = event.value
        if event.anchor:
            self._anchors[event.anchor] = event.value, 1

    def _merge(self, top: _Open, value: Any, event: Any) -> None:
        held = value if isinstance(value, list) else [value]
        if not all(isinstance(one, dict) for one in held):
            raise self._wrong("a merge key needs a mapping, or a list of them", event)
        top.merged += held

    def _alias(self, event: Any) -> Any:
        self._refuse_key(event)
        if event.anchor not in self._anchors:
            raise self._wrong(f"no value before this is named {event.anchor!r}", event)
        value, size = self._anchors[event.anchor]
        self._count += size
        self._aliased += size
        if self._aliased > MAX_ALIASED:
            raise self._wrong("aliases expand to too many values", event)
        return value

    def _scalar(self, event: Any) -> Any:
        text, tag = event.value, event.tag
        if tag is None:
            value = _resolved(text) if event.implicit[0] else text
        elif tag in _PLAIN:
            value = text if tag in ("!", f"{_TAGS}str") else _resolved(text)
        else:
            raise self._wrong(f"the tag {tag!r} is not JSON", event)
        self._count += 1
        if event.anchor:
            self._anchors[event.anchor] = value, 1
        return value


def _resolved(text: str) -> Any:
    """Return the value of a plain scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_STARTS:
        if _DECIMAL.fullmatch(text):
            return int(text)
        if _BASED.fullmatch(text):
            return int(text[2:], 8 if text[1] == "o" else 16)
        if _FLOAT.fullmatch(text):
            return float(text)
    return text
