"""Output for people: coloured on a terminal, plain text elsewhere; data is never interpreted as markup."""

from __future__ import annotations

import io
import json
import os
import sys
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from apicontract.openapi.violation import printable

WIDTH = 100
"""The maximum width of text; longer lines are hard to read."""
_PLAIN_WIDTH = 80


def prose(text: str) -> str:
    """Return text of a document on one line."""
    return printable(" ".join(text.split()))


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is an open terminal."""
    return stream is not None and not stream.closed and stream.isatty()


def terminal_width(stream: TextIO) -> int | None:
    """Return the width of a terminal in characters; `None` for other streams, whose lines have no limit."""
    return max(20, Console(file=stream).width) if is_terminal(stream) else None


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
    sys.stdout.write(rendered(*renderables, stream=sys.stdout, wrap=wrap))


def rendered(*renderables: RenderableType, stream: TextIO, wrap: bool = True) -> str:
    """Return the text for a stream, with colours only if it is a terminal or the environment requests them."""
    console = Console(
        file=io.StringIO(),
        force_terminal=True if is_terminal(stream) else None,
        width=_width(stream) if wrap else 10_000,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        for renderable in renderables:
            console.print(_Escaped(renderable), soft_wrap=isinstance(renderable, Text) and not wrap)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


class _Escaped:
    """Text to show, with the characters that control a terminal escaped: any of it can come from a document."""

    def __init__(self, shown: RenderableType) -> None:
        self._shown = shown

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for text, style, control in console.render(self._shown, options):
            yield Segment("\n".join(map(printable, text.split("\n"))), style, control)


def write_json(value: Any) -> None:
    """Write a value to standard output as JSON."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode(errors="backslashreplace"))  # JSON is UTF-8, whatever the locale
    sys.stdout.buffer.flush()


def complain(message: str) -> None:
    """Write an error to standard error, if there is one."""
    if sys.stderr is not None and not sys.stderr.closed:
        sys.stderr.write(
            rendered(Text.assemble(("error: ", "bold red"), printable(message)), stream=sys.stderr, wrap=False)
        )


def note(message: str) -> None:
    """Write a remark to standard error."""
    if sys.stderr is not None and not sys.stderr.closed:
        sys.stderr.write(rendered(Text(printable(message)), stream=sys.stderr, wrap=False))


def _width(stream: TextIO) -> int:
    if not is_terminal(stream):
        given = os.environ.get("COLUMNS", "")
        return int(given) if given.isdecimal() and 20 <= int(given) <= WIDTH else _PLAIN_WIDTH
    return max(20, min(Console(file=stream).width, WIDTH))
