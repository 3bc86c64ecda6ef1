"""The registry of taps, and their activation: while there is a listener or a gate, once their library is imported.

If a library is never imported, neither it nor its tap is loaded: a finder on `sys.meta_path` waits for the import. Each
activation installs new hooks. An old hook that is kept alive by another wrapper does nothing any more, so an exchange
is never followed twice.
"""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from apicontract.traffic.taps.protocol import Follow, Gate, Listener, Tap

TAPS: dict[str, str] = {
    "aiohttp": "apicontract.traffic.taps.aiohttp:tap",
    "aioresponses.core": "apicontract.traffic.taps.aiohttp:tap_aioresponses",
    "http.client": "apicontract.traffic.taps.http_client:tap",
    "httpcore2": "apicontract.traffic.taps.httpx:tap_httpcore2",
    "httpx": "apicontract.traffic.taps.httpx:tap",
    "httpx2": "apicontract.traffic.taps.httpx:tap_httpx2",
    "requests": "apicontract.traffic.taps.requests:tap",
    "requests_mock.adapter": "apicontract.traffic.taps.requests:tap_requests_mock",
    "urllib3": "apicontract.traffic.taps.urllib3:tap",
    "vcr.stubs": "apicontract.traffic.taps.http_client:tap_vcr",
    "vcr.stubs.aiohttp_stubs": "apicontract.traffic.taps.aiohttp:tap_vcr",
}
"""The tap of each library: the import name of the library, and the place of the tap, as `module:function`.

Mocks that replace a hooked function have a tap of their own; others need none.
"""
_NOT_FOR_USERS = ("aioresponses.core", "httpcore2", "requests_mock.adapter", "vcr.stubs", "vcr.stubs.aiohttp_stubs")
"""The taps of mocks, and of the layers below a library."""

_listeners: list[Listener] = []
_gates: list[Gate] = []
_switched_on: list[_Taps] = []


def libraries() -> list[str]:
    """Return the libraries of `TAPS` that users send requests with."""
    return [name for name in TAPS if name not in _NOT_FOR_USERS]


def start(listener: Listener) -> None:
    """Start to pass exchanges to a listener, only to the latest one.

    Raises `TapUnusable` if a library cannot be tapped.
    """
    _switch_on()
    _listeners.append(listener)


def stop(listener: Listener) -> None:
    """Stop passing exchanges to a listener; when the last one stops, the libraries are restored."""
    if listener in _listeners:
        _listeners.remove(listener)
    _switch_off()


def hold_back(gate: Gate) -> None:
    """Call a gate for each request that is about to go to a network; raise `TapUnusable` as `start` does.

    This does not include httpx, whose mocks handle everything that it sends.
    """
    _switch_on()
    _gates.append(gate)


def let_go(gate: Gate) -> None:
    """Stop calling a gate."""
    if gate in _gates:
        _gates.remove(gate)
    _switch_off()


def _switch_on() -> None:
    if not _switched_on:
        _switched_on.append(_Taps())


def _switch_off() -> None:
    if _switched_on and not _listeners and not _gates:
        _switched_on.pop().close()


class _Taps(MetaPathFinder):
    """All taps, activated."""

    def __init__(self) -> None:
        self._hooks = ExitStack()
        self._waiting = dict(TAPS)
        self._on = True
        sys.meta_path.insert(0, self)
        try:
            for library in TAPS:
                if library in sys.modules:
                    self._tap(library)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Remove every hook."""
        self._on = False
        sys.meta_path.remove(self)
        self._hooks.close()

    def listening(self) -> Listener | None:
        """Return the latest listener; `None` for threads that outlive the taps."""
        return _listeners[-1] if self._on and _listeners else None

    def gates(self) -> Sequence[Gate]:
        """Return the gates."""
        return tuple(_gates) if self._on else ()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a library with the other finders, and activate its tap once it is loaded."""
        if fullname not in self._waiting:
            return None
        others = (finder.find_spec(fullname, path, target) for finder in sys.meta_path if finder is not self)
        spec = next(filter(None, others), None)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, self._tap)
        return spec

    def _tap(self, library: str) -> None:
        where = self._waiting.pop(library, None)
        if where is not None and self._on:
            tap: Tap = pkgutil.resolve_name(where)
            self._hooks.enter_context(tap(Follow(self.listening, self.gates)))


class _Loader(Loader):
    """Loads a module with its own loader, then reports it; the module never sees this loader."""

    def __init__(self, loader: Loader, loaded: Callable[[str], None]) -> None:
        self._loader = loader
        self._loaded = loaded

    def __getattr__(self, name: str) -> Any:
        """Behave like its own loader for callers that only search for a library (`importlib.util.find_spec`)."""
        return getattr(self._loader, name)

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        own: Any = module
        own.__loader__ = own.__spec__.loader = self._loader
        self._loader.exec_module(module)
        self._loaded(module.__name__)
