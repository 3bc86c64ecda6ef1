"""The `deprecated` decorator of generated methods (PEP 702).

Type checkers see the standard decorator, whose types they know. At run time it only sets the same attribute: no
warning, because a user who turns warnings into errors would lose a call that still works, and no `typing_extensions`,
which takes time to import.
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
        """Store the message in the attribute `__deprecated__` of a method."""

        def mark(method: Method) -> Method:
            method.__deprecated__ = message
            return method

        return mark
