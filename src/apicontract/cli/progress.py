"""A progress bar on standard error, for people who wait for many bytes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from apicontract.cli.terminal import is_terminal

_WORTH_IT = 16 * 1024 * 1024
_STEP = 1024 * 1024
_PAUSE = 0.1
"""The least number of seconds between two drawings."""


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
        auto_refresh=False,  # which takes a thread, and processes are forked only from a program without others
    )
    task = bar.add_task("", total=total)
    waiting, drawn = 0, 0.0

    def advance(size: int) -> None:
        nonlocal waiting, drawn
        waiting += size
        if waiting >= _STEP:
            bar.advance(task, waiting)
            waiting = 0
            if (now := time.monotonic()) >= drawn + _PAUSE:
                bar.refresh()
                drawn = now

    with bar:
        yield advance


def _nothing(size: int) -> None:
    """Ignore the size."""
