"""Values of which nothing is known, looked at as what they turn out to be.

`isinstance` tells a type checker less: that a mapping is one of it does not know what.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeGuard


def is_mapping(value: object) -> TypeGuard[Mapping[str, Any]]:
    """Whether a value is a mapping; its keys are for the caller to look at."""
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[Sequence[Any]]:
    """Whether a value is a list or a tuple."""
    return isinstance(value, list | tuple)


def is_tuple(value: object) -> TypeGuard[tuple[Any, ...]]:
    """Whether a value is a tuple."""
    return isinstance(value, tuple)


def mapping(value: object) -> Mapping[str, Any]:
    """Return a mapping as it is, and an empty one for everything else."""
    return value if is_mapping(value) else {}
