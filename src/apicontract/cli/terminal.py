"""Text for people: coloured on a terminal, plain elsewhere. Plain text does not load rich, which `console` needs."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Self, TextIO

from apicontract.openapi.violation import printable

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDTH = 100
"""The maximum width of text; longer lines are hard to read."""
_PLAIN_WIDTH = 80
_COLOURS = ("FORCE_COLOR", "TTY_COMPATIBLE")
"""The variables of the environment that make rich write colours into anything."""


def prose(text: str) -> str:
    """Return text of a document on one line."""
    return printable(" ".join(text.split()))


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is an open terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def terminal_width(stream: TextIO) -> int | None:
    """Return the width of a terminal in characters; `None` for other streams, whose lines have no limit."""
    if not is_terminal(stream):
        return None
    from apicontract.cli import console  # noqa: PLC0415 - slow to import

    return console.width(stream)


def folded(lines: Iterable[str], width: int | None) -> Iterator[str]:
    """Wrap lines at spaces, with continuation lines indented; lines with commands to copy stay whole."""
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()) + 2)
        if width is None or len(line) <= width or line.lstrip().startswith("curl "):
            yield line
        else:
            yield from textwrap.wrap(
                line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
            )


def show(*renderables: RenderableType, wrap: bool = True) -> None:
    """Write to standard output; without wrapping, each line of a text or row of a table stays one line."""
    from apicontract.cli import console  # noqa: PLC0415 - slow to import

    columns = _width(sys.stdout) if wrap else None
    sys.stdout.write(console.rendered(*renderables, terminal=is_terminal(sys.stdout), columns=columns))


class Styled:
    """Text in parts that each have a style of rich, or none; every line of it stays one line."""

    def __init__(self, text: str = "", style: str = "") -> None:
        """Start with one part."""
        self.parts = [(text, style)]

    def append(self, text: str, style: str = "") -> Self:
        """Add a part, and return all."""
        self.parts.append((text, style))
        return self

    def written(self, stream: TextIO) -> str:
        """Return the lines for a stream, with colours if it is a terminal, unless the environment decides otherwise."""
        if is_terminal(stream) or any(name in os.environ for name in _COLOURS):
            from apicontract.cli import console  # noqa: PLC0415 - slow to import

            return console.coloured(self.parts, terminal=is_terminal(stream))
        shown = "".join("\n".join(map(printable, text.split("\n"))) for text, _ in self.parts)
        return "".join(f"{line.rstrip()}\n" for line in f"{shown}\n".splitlines())


def write_json(value: Any) -> None:
    """Write a value to standard output as JSON."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode(errors="backslashreplace"))  # JSON is UTF-8, whatever the locale
    sys.stdout.buffer.flush()


def complain(message: str) -> None:
    """Write an error to standard error, if there is one."""
    if sys.stderr is not None and not sys.stderr.closed:
        sys.stderr.write(Styled("error: ", "bold red").append(printable(message)).written(sys.stderr))


def note(message: str) -> None:
    """Write a remark to standard error."""
    if sys.stderr is not None and not sys.stderr.closed:
        sys.stderr.write(Styled(printable(message)).written(sys.stderr))


def _width(stream: TextIO) -> int:
    width = terminal_width(stream)
    if width is None:
        given = os.environ.get("COLUMNS", "")
        return int(given) if given.isdecimal() and 20 <= int(given) <= WIDTH else _PLAIN_WIDTH
    return min(width, WIDTH)
