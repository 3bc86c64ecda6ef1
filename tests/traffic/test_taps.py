"""A tap of another library is one class and one function outside of `src`; the library is restored at the end."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from importlib.abc import Loader
from pathlib import Path
from typing import Any

import pytest

from apicontract.pytest_plugin.monitor import Monitor, Owner
from apicontract.traffic import taps
from apicontract.wire.messages import Exchange, Headers, Request, Response
from twelvelabs_contract import Contract

URL = "https://api.twelvelabs.io/v1.3/tasks?page_limit=51"
LIBRARY = """
def send(method, url):
    if method == "FAIL":
        raise OSError("no network")
    return 200, b'{"data": 1}'
"""


class ToyPending:
    """An exchange of a library whose one function is `send(method, url)`."""

    def __init__(self, method: str, url: str, done: taps.Done) -> None:
        self.request, self.done = Request(method, url, Headers({"x-api-key": "key"})), done

    def so_far(self) -> Exchange:
        return Exchange(self.request, None, False, False, frozenset(), "toy")

    def settle(self) -> None:
        pass

    def end(self, answer: tuple[int, bytes] | None) -> None:
        response = answer and Response(answer[0], Headers({"content-type": "application/json"}), answer[1])
        self.done(Exchange(self.request, response or None, bool(answer), False, frozenset(), "toy"))


def toy_tap(follow: taps.Follow) -> AbstractContextManager[None]:
    """Tap the toy library."""

    def wrapped(original: Any) -> Any:
        def send(method: str, url: str) -> Any:
            sending = taps.Sending("toy", method, url)
            pending, answer = follow.begin(sending, lambda known, done: ToyPending(method, known, done)), None
            follow.leave("toy", method, url)
            try:
                answer = original(method, url)
            finally:
                if pending is not None:
                    pending.end(answer)
            return answer

        return send

    return taps.replaced(sys.modules["toy_http"], "send", wrapped, needs="toy 1", version="0")


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """Return the name of a library that can be imported, and has a tap."""
    (tmp_path / "toy_http.py").write_text(LIBRARY)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setitem(taps.TAPS, "toy_http", f"{__name__}:toy_tap")
    yield "toy_http"
    sys.modules.pop("toy_http", None)


@pytest.fixture
def monitor(contract: Contract) -> Monitor:
    """Return a monitor that has not begun."""
    return Monitor(contract, contract.base_urls(), Owner("test", __file__, 1, checked=True))


def test_an_added_library_is_one_that_users_send_with_and_a_mock_is_none(toy: str) -> None:
    assert taps.libraries() == ["aiohttp", "http.client", "httpx", "httpx2", "requests", "urllib3", toy]


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_added_library_is_seen_wherever_it_is_imported(toy: str, monitor: Monitor, when: str) -> None:
    assert sum(len(inspect.getsource(part).splitlines()) for part in (ToyPending, toy_tap)) <= 40
    finders = list(sys.meta_path)
    if when == "before":
        importlib.import_module(toy)
    monitor.start()
    try:
        library = importlib.import_module(toy)
        assert library.send("GET", URL) == (200, b'{"data": 1}')
        with pytest.raises(OSError, match="no network"):
            library.send("FAIL", URL)
        assert library.send("GET", "https://example.com/") == (200, b'{"data": 1}')
    finally:
        monitor.stop()
    found = [(finding.side, finding.violation.where) for finding in monitor.drain()]
    assert found == [("request", "query.page_limit"), ("response", "body.data"), ("request", "method")]
    assert sys.meta_path == finders
    assert library.__spec__ is not None
    assert library.__loader__ is library.__spec__.loader
    assert library.send.__name__ == "send"
    assert library.send.__module__ == "toy_http"


def test_a_tap_that_fails_leaves_no_other_on(toy: str, monitor: Monitor, monkeypatch: pytest.MonkeyPatch) -> None:
    library, finders = importlib.import_module(toy), list(sys.meta_path)
    send = library.send
    monkeypatch.setitem(taps.TAPS, "json", f"{__name__}:no_such_tap")
    with pytest.raises(AttributeError, match="no_such_tap"):
        monitor.start()
    assert library.send is send
    assert sys.meta_path == finders


def test_a_library_that_is_never_imported_is_not_loaded(toy: str, monitor: Monitor, tmp_path: Path) -> None:
    monitor.start()
    try:
        spec = importlib.util.find_spec(toy)
        assert spec is not None
        assert isinstance(spec.loader, Loader)
        assert spec.loader.get_filename(toy) == str(tmp_path / "toy_http.py")  # type: ignore[attr-defined]
    finally:
        monitor.stop()
    assert toy not in sys.modules


def test_a_library_that_cannot_be_tapped_is_an_error_where_it_is_imported(
    toy: str, monitor: Monitor, tmp_path: Path
) -> None:
    """It is none that says that the module is missing, which programs take for leave to go on without it."""
    finders = list(sys.meta_path)
    (tmp_path / "toy_http.py").write_text("")
    monitor.start()
    try:
        with pytest.raises(taps.TapUnusable, match="needs toy 1; 0 has no send"):
            importlib.import_module(toy)
    finally:
        monitor.stop()
    assert sys.meta_path == finders


def test_a_hook_that_outlives_its_taps_asks_no_gate(toy: str) -> None:
    """One that another wrapper keeps alive is below that of the next taps, which asks once."""
    library, asked = importlib.import_module(toy), list[str]()

    def gate(library: str, method: str, url: str) -> None:
        asked.append(f"{library} {method} {url}")

    taps.hold_back(gate)
    ours = library.send
    library.send = partial(ours)  # type: ignore[attr-defined] # a module that is made here
    taps.let_go(gate)
    assert library.send("GET", URL) == (200, b'{"data": 1}')
    assert asked == []
    taps.hold_back(gate)
    library.send("GET", URL)
    taps.let_go(gate)
    assert asked == [f"toy GET {URL}"]


@pytest.mark.parametrize("first", ["listener", "gate"])
def test_taps_stay_on_until_the_last_listener_and_gate_are_gone(toy: str, monitor: Monitor, first: str) -> None:
    """Whichever of them ends first; one that ends twice, or that never began, ends nothing else."""
    library = importlib.import_module(toy)
    untapped = library.send

    def gate(*_: str) -> None:
        """Let everything through."""

    monitor.start()
    taps.hold_back(gate)
    tapped = library.send
    for _ in range(2):
        monitor.stop() if first == "listener" else taps.let_go(gate)
        assert library.send is tapped is not untapped
    taps.let_go(gate) if first == "listener" else monitor.stop()
    assert library.send is untapped
