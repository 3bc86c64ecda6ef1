"""Names of a module that come with their first use (PEP 562): what costs much to load is loaded when it is needed."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any


def lazy_names(module: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Make `__getattr__` and `__dir__` of a module: each name is an attribute of the module that `homes` gives for it.

    A name whose home is a submodule of that name means the submodule itself.
    """

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        found: Any = importlib.import_module(homes[name])
        if f"{module}.{name}" != homes[name]:
            found = getattr(found, name)
        setattr(sys.modules[module], name, found)
        return found

    def names() -> list[str]:
        return sorted({*vars(sys.modules[module]), *homes})

    return load, names


def on_demand(module: str, offered: Iterable[str], source: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Make both for a module whose names are all in one other module, as generated packages need it."""
    return lazy_names(module, dict.fromkeys(offered, source))


def missing_extra(module: str, package: str, extra: str) -> str:
    """Say which extra brings a package that a module needs."""
    return f"{module} needs {package}: install the extra `{extra}`"
