"""Floor 3: names of a module that come with their first use (PEP 562): models cost more to load than all else."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable
from typing import Any


def on_demand(module: str, offered: Iterable[str], source: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Make `__getattr__` and `__dir__` of a module: a name that it offers and does not have yet is one of `source`.

    If `source` is a submodule, its own name means the submodule itself.
    """
    known = frozenset(offered)

    def load(name: str) -> Any:
        if name not in known:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        found: Any = importlib.import_module(source)
        if f"{module}.{name}" != source:
            found = getattr(found, name)
        setattr(sys.modules[module], name, found)
        return found

    def names() -> list[str]:
        return sorted({*vars(sys.modules[module]), *known})

    return load, names
