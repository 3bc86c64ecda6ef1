"""A progress bar on standard error, for people who wait for many bytes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from apicontract.cli.terminal import is_terminal

_WORTH_IT = 16 * 1024 * 1024
_STEP = 1024 * 1024


@contextmanager
def bytes_read(total: int | None) -> Iterator[Callable[[int], None]]:
    """Yield a function to call with the number of bytes read; `total` is `None` if it is unknown."""
    if not is_terminal(sys.stderr) or (total is not None and total < _WORTH_IT):
        yield _nothing
        return
    from rich import console, progress  # noqa: PLC0415 - most runs have no bar, and need not wait for it

    bar = progress.Progress(
        progress.TextColumn("checking"),
        progress.BarColumn(),
        progress.DownloadColumn(),
        progress.TransferSpeedColumn(),
        progress.TimeRemainingColumn(),
        console=console.Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = bar.add_task("", total=total)
    waiting = 0

    def advance(size: int) -> None:
        nonlocal waiting
        waiting += size
        if waiting >= _STEP:
            bar.advance(task, waiting)
            waiting = 0

    with bar:
        yield advance


def _nothing(size: int) -> None:
    """Ignore the size."""
