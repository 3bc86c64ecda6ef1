"""What is written to people: coloured on a terminal, plain text elsewhere, and data never taken for markup."""

from __future__ import annotations

import io
import os
import sys
import textwrap
from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.console import Console, RenderableType
from rich.text import Text

from apicontract.openapi.violation import printable

WIDTH = 100
"""The widest that text for reading gets; lines of a wide terminal are hard to follow."""
_PLAIN_WIDTH = 80


def prose(text: str) -> str:
    """Put text of a document on one line."""
    return printable(" ".join(text.split()))


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at a stream; one that is closed has nobody."""
    return stream is not None and not stream.closed and stream.isatty()


def terminal_width(stream: TextIO) -> int | None:
    """Return how many characters a line of a terminal has; `None` for what is none, where lines have no bound."""
    return max(20, Console(file=stream).width) if is_terminal(stream) else None


def folded(lines: Iterable[str], width: int | None) -> Iterator[str]:
    """Fold lines at spaces to a width, what follows indented under its line; a command to be copied stays as it is."""
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
    """Return what a stream is to be sent, with colours only if it is a terminal or the environment asks for them."""
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
            console.print(renderable, soft_wrap=isinstance(renderable, Text) and not wrap)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def complain(message: str) -> None:
    """Write an error to standard error, if there is one."""
    if sys.stderr is not None and not sys.stderr.closed:
        sys.stderr.write(
            rendered(Text.assemble(("error: ", "bold red"), printable(message)), stream=sys.stderr, wrap=False)
        )


def note(message: str) -> None:
    """Write to standard error what is neither a result nor an error."""
    if sys.stderr is not None and not sys.stderr.closed:
        sys.stderr.write(rendered(Text(printable(message)), stream=sys.stderr, wrap=False))


def _width(stream: TextIO) -> int:
    if not is_terminal(stream):
        given = os.environ.get("COLUMNS", "")
        return int(given) if given.isdecimal() and 20 <= int(given) <= WIDTH else _PLAIN_WIDTH
    return max(20, min(Console(file=stream).width, WIDTH))
