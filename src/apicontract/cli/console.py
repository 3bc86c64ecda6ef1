"""Output by rich, which is loaded where there are tables or colours; data is never interpreted as markup."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from apicontract.openapi.violation import printable

_ENDLESS = 10_000
_NONE = ("0", "false")
"""The values of `FORCE_COLOR` that mean no colours, as for Node; rich takes them for a yes."""


def width(stream: TextIO) -> int:
    """Return the width of a terminal in characters, at least 20."""
    return max(20, Console(file=stream).width)


def coloured(parts: Sequence[tuple[str, str]], *, terminal: bool) -> str:
    """Return text in parts, each with its style; each line stays one line."""
    return rendered(Text.assemble(*parts), terminal=terminal)


def rendered(*renderables: RenderableType, terminal: bool, columns: int | None = None) -> str:
    """Return the text of some width, with colours for a terminal, unless the environment decides otherwise."""
    console = Console(
        file=_Output(terminal=terminal),
        width=columns or _ENDLESS,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        force_terminal=False if os.environ.get("FORCE_COLOR", "").lower() in _NONE else None,
    )
    with console.capture() as captured:
        for renderable in renderables:
            console.print(_Escaped(renderable), soft_wrap=isinstance(renderable, Text) and columns is None)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


class _Output(io.StringIO):
    """Stands for the stream that the text is written to, so that rich asks the environment as it does there."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


class _Escaped:
    """Text to show, with the characters that control a terminal escaped: any of it can come from a document."""

    def __init__(self, shown: RenderableType) -> None:
        self._shown = shown

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for text, style, control in console.render(self._shown, options):
            yield Segment("\n".join(map(printable, text.split("\n"))), style, control)
