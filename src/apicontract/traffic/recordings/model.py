"""A recorded exchange, and the errors of recordings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeAlias

from apicontract.openapi.violation import plain
from apicontract.wire.messages import Request, Response

Side: TypeAlias = Literal["request", "response"]

NO_HEADERS = "the recording has no headers, so headers are not checked, nor bodies whose media type they would declare"

_CREDENTIALS = re.compile(r"//[^/?#]*@")
_KINDS = {str: "text", bytes: "bytes", bool: "a boolean", int: "a number", float: "a number", list: "a list"}


class RecordingInvalid(ValueError):
    """A file is not a readable recording: what is wrong, on which line (from 1, if known), and the likely fix."""

    def __init__(self, message: str, line: int | None = None) -> None:
        """Put the line first; the message is kept on one line, because it can contain text from the file."""
        self.line = line
        self.message = plain(message)
        super().__init__(f"line {line}: {self.message}" if line else self.message)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A part of an exchange that the recording does not have, and that cannot be checked."""

    side: Side
    where: str
    """The location whose violations are unreliable, as in a violation; empty for a remark without effect."""
    why: str

    def covers(self, where: str) -> bool:
        """Return whether a violation at this location depends on the unknown part.

        `body` covers every form of a body.
        """
        roots = ("body", "form", "event") if self.where == "body" else (self.where,) if self.where else ()
        return any(where == root or where.startswith((f"{root}.", f"{root}[")) for root in roots)


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded exchange in neutral form."""

    index: int
    """Its position in the recording, from 1."""
    request: Request = field(repr=False)
    response: Response | None = field(repr=False)
    """`None` if there was no response: aborted, blocked, or the recording ended before."""
    line: int | None
    """The line of the file on which it starts, from 1."""
    label: str
    """Such as `exchange 3: GET https://…`, without query and credentials, which can contain a key."""
    unknown: tuple[Unknown, ...] = ()
    """The parts that the recording does not have."""
    complete: bool = True
    """Whether the body of the response came to its end; if not, its complete lines are checked."""
    cookies: tuple[str, ...] = field(default=(), repr=False)
    """The values of cookies that are listed beside the headers; no message shows them."""
    broken: str = ""
    """Why the server never responded, or ended its response early, if the recorder knows."""


def label(index: int, method: str, url: str) -> str:
    """Return the name of an exchange for messages."""
    return plain(f"exchange {index}: {method} {_shown(url)}")


def origin_of(url: str) -> str:
    """Return scheme and host of a URL for messages."""
    return plain("/".join(_shown(url).split("/", 3)[:3]))


def _shown(url: str) -> str:
    return _CREDENTIALS.sub("//", re.split("[?#]", url, maxsplit=1)[0])


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An entry of a recording that cannot be read; the others can."""

    index: int
    """Its position in the recording, from 1."""
    line: int | None
    reason: str
    """What is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Defect:
    """Stands for a value that cannot be read, in an entry whose rest was parsed."""

    message: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Around:
    """The context of an entry within its file."""

    attached: Callable[[str], bytes] | None = None
    """Returns the content of a separate file of the recorder, by name; raises `ValueError` with the reason."""
    beside: Mapping[str, Any] = field(default_factory=dict)
    """The values that come before the list of entries in the same object, such as `creator` of a HAR."""


_NOTHING = Around()


class At(NamedTuple):
    """A value of a recording with its location; all readers use it, so that values of a wrong type are reported."""

    value: Any
    where: str
    line: int | None
    around: Around = _NOTHING

    def invalid(self, message: str) -> RecordingInvalid:
        """Return an error for this location."""
        return RecordingInvalid(f"{self.where}: {message}", self.line)

    @property
    def given(self) -> bool:
        """Whether there is a value; null counts as missing."""
        return self.value is not None

    def member(self, name: str) -> At:
        """Return a member of a mapping; if it is missing, one without a value."""
        return At(self.mapping().get(name), f"{self.where}.{name}", self.line, self.around)

    def members(self) -> Iterator[tuple[str, At]]:
        """Yield the members of a mapping; nothing if it is missing."""
        for name, value in self.mapping().items() if self.given else ():
            yield name, At(value, f"{self.where}.{name}", self.line, self.around)

    def items(self) -> Iterator[At]:
        """Yield the items of a list; nothing if it is missing; raise `RecordingInvalid` for any other value."""
        if self.given and not isinstance(self.value, list):
            raise self._kind("a list")
        for index, value in enumerate(self.value or ()):
            yield At(value, f"{self.where}[{index}]", self.line, self.around)

    def mapping(self) -> dict[str, Any]:
        """Return the value if it is a mapping; raise `RecordingInvalid` for any other."""
        if not isinstance(self.value, dict):
            raise self._kind("a mapping")
        return self.value

    def text(self) -> str:
        """Return the value if it is a string; raise `RecordingInvalid` for any other."""
        if not isinstance(self.value, str):
            raise self._kind("text")
        return self.value

    def scalar(self) -> str:
        """Return a scalar as a string: a number or boolean as in the file, null as empty.

        Raises `RecordingInvalid` for a list or a mapping.
        """
        if isinstance(self.value, bytes):
            return self.value.decode("latin-1")
        if isinstance(self.value, dict | list | Defect):
            raise self._kind("text")
        if isinstance(self.value, bool):
            return str(self.value).lower()
        return "" if self.value is None else str(self.value)

    def integer(self) -> int:
        """Return a whole number, also if it is in quotes; raise `RecordingInvalid` for any other value."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value
        if isinstance(self.value, str) and re.fullmatch(r"-?[0-9]{1,9}", self.value, re.ASCII):
            return int(self.value)
        raise self._kind("a whole number")

    def _kind(self, wanted: str) -> RecordingInvalid:
        if isinstance(self.value, Defect):
            return RecordingInvalid(f"{self.where}: {self.value.message}", self.value.line)
        if not self.given:
            return self.invalid(f"{wanted} is needed, and is missing")
        return self.invalid(f"{wanted} is needed, not {_KINDS.get(type(self.value), 'a mapping')}")
