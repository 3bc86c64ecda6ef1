"""Lazily imported names of a module (PEP 562), so that expensive imports happen on first use."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any


def lazy_names(module: str, homes: Mapping[str, str]) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` for a module whose names are attributes of the modules that `homes` gives.

    A name whose home is a submodule with that name refers to the submodule itself.
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
    """Return both for a module whose names are all in one other module, as generated packages need it."""
    return lazy_names(module, dict.fromkeys(offered, source))


def missing_extra(module: str, package: str, extra: str) -> str:
    """Return a message with the extra that installs a package which a module needs."""
    from importlib.metadata import distribution, packages_distributions  # noqa: PLC0415 - slow, and rarely needed

    own = packages_distributions().get(__name__.partition(".")[0])  # `None` for a clone that is used in place
    built = distribution(own[0]).read_text("direct_url.json") if own else None
    from_clone = not own or '"dir_info"' in (built or "")
    how = f"pip install '.[{extra}]' in the clone" if from_clone or not own else f"pip install '{own[0]}[{extra}]'"
    return f"{module} needs {package}, which the extra `{extra}` brings: {how}"
