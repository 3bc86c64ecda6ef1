"""How a generated method says that it is deprecated (PEP 702).

To type checkers it is the decorator that they know, and they have its types themselves. At run time it leaves the same
mark and nothing else: no warning, because whoever asks for warnings made errors would lose a call that still works, and
no `typing_extensions`, which takes time to load.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

__all__ = ["deprecated"]

if TYPE_CHECKING:
    from typing_extensions import deprecated
else:
    Method = TypeVar("Method", bound=Callable)

    def deprecated(message: str) -> Callable[[Method], Method]:
        """Keep the message as the attribute `__deprecated__` of a method."""

        def mark(method: Method) -> Method:
            method.__deprecated__ = message
            return method

        return mark
