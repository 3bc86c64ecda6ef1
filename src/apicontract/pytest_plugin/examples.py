"""Tests of Hypothesis: the exchanges of each example are checked with it, so that Hypothesis shrinks and shows it."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest


def is_property(item: pytest.Item) -> bool:
    """Return whether a test runs examples of Hypothesis."""
    return _handle(item) is not None


@contextmanager
def each_example(item: pytest.Item, after: Callable[[BaseException | None], None]) -> Iterator[None]:
    """Call `after` at the end of each example, with the exception that ended it; do nothing for another test.

    `hypothesis.inner_test` is what Hypothesis offers to plugins of pytest for this.
    """
    handle = _handle(item)
    if handle is None:
        yield
        return
    inner = handle.inner_test
    handle.inner_test = _followed(inner, after)
    try:
        yield
    finally:
        handle.inner_test = inner


def _handle(item: pytest.Item) -> Any:
    handle = getattr(getattr(item, "obj", None), "hypothesis", None)
    return handle if callable(getattr(handle, "inner_test", None)) else None


def _followed(inner: Callable[..., Any], after: Callable[[BaseException | None], None]) -> Callable[..., Any]:
    if inspect.iscoroutinefunction(inner):

        @functools.wraps(inner)
        async def later(*args: Any, **named: Any) -> None:
            __tracebackhide__ = True
            try:
                await inner(*args, **named)
            except BaseException as error:
                after(error)
                raise
            after(None)

        return later

    @functools.wraps(inner)
    def now(*args: Any, **named: Any) -> Any:
        __tracebackhide__ = True
        try:
            result = inner(*args, **named)
        except BaseException as error:
            after(error)
            raise
        after(None)
        return result  # Hypothesis refuses a test that returns something

    return now
