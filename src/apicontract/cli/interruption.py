"""Ctrl-C ends the wait for more, and never half a report."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator, Iterator
from types import FrameType
from typing import Generic, TypeVar

_T = TypeVar("_T")


class UntilCtrlC(Generic[_T]):
    """Items until Ctrl-C comes, which breaks off nothing but the wait for the next item.

    What is done with an item, and with the result inside of `with`, is done in full; only a second Ctrl-C ends
    everything at once.
    """

    def __init__(self, items: Generator[_T]) -> None:
        """Take the items."""
        self._items = items
        self._waiting = self._heard = False
        self.interrupted = False

    def __enter__(self) -> UntilCtrlC[_T]:
        """Listen, unless the signal is ignored or means something else here."""
        default = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if default and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._hear)
            self._heard = True
        return self

    def __exit__(self, *_: object) -> None:
        if self._heard:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def __iter__(self) -> Iterator[_T]:
        try:
            while not self.interrupted:
                self._waiting = True
                item = next(self._items)
                self._waiting = False
                yield item
        except StopIteration:
            pass
        except KeyboardInterrupt:
            self.interrupted = True
        finally:
            self._waiting = False

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        again, self.interrupted = self.interrupted, True
        if self._waiting or again:
            raise KeyboardInterrupt
