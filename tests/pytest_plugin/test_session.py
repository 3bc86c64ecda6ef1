"""The end of a run and of a mock, where a baseline and a document are, and which exchanges an upgrade is made of."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from apicontract.mock import AnswerMissing
from apicontract.pytest_plugin import upgrade
from apicontract.pytest_plugin.baseline import baseline_of
from apicontract.pytest_plugin.mock_fixture import _forget_what_was_told
from apicontract.pytest_plugin.monitor import Owner, Sender
from apicontract.pytest_plugin.session import ContractPlugin
from apicontract.pytest_plugin.settings import PRODUCT, contract_of
from apicontract.pytest_plugin.upgrade import UpgradePlugin
from apicontract.wire.messages import Exchange, Request


class _Left:
    """A thread that a test has left behind, or that was there before."""

    def __init__(self, *, daemon: bool) -> None:
        self.daemon = daemon
        self.waited: list[float] = []

    def join(self, seconds: float) -> None:
        self.waited.append(seconds)


def test_threads_that_tests_left_behind_are_waited_for_a_second_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """But for those that the interpreter does not wait for either."""
    before, daemon, other = _Left(daemon=False), _Left(daemon=True), _Left(daemon=False)
    monkeypatch.setattr(threading, "enumerate", lambda: [threading.current_thread(), before, daemon, other])
    plugin = object.__new__(ContractPlugin)
    plugin._threads = frozenset({before})  # type: ignore[arg-type]
    plugin._wait_for_threads()
    assert (before.waited, daemon.waited) == ([], [])
    (seconds,) = other.waited
    assert 0 <= seconds <= 1


@pytest.mark.parametrize(
    ("option", "ini", "path"),
    [
        ("a.txt", "", "/project/tests/a.txt"),
        ("", "b.txt", "/project/b.txt"),
        ("a.txt", "b.txt", "/project/tests/a.txt"),
        ("/c.txt", "", "/c.txt"),
    ],
)
def test_a_baseline_is_where_pytest_was_started_or_beside_the_ini_file(option: str, ini: str, path: str) -> None:
    config: Any = SimpleNamespace(
        option=SimpleNamespace(contract_baseline=option, contract_baseline_update=True, contract_baseline_prune=False),
        getini={"contract_baseline": ini}.__getitem__,
        invocation_params=SimpleNamespace(dir=Path("/project/tests")),
        rootpath=Path("/project"),
    )
    found = baseline_of(config)
    assert found is not None
    assert found._path == Path(path)


@pytest.mark.parametrize(
    ("option", "ini", "path"),
    [
        ("", "", None),
        ("a.json", "", "/project/tests/a.json"),
        ("", "b.json", "/project/b.json"),
        ("a.json", "b.json", "/project/tests/a.json"),
        ("/c.json", "b.json", "/c.json"),
        ("", "/c.json", "/c.json"),
    ],
)
@pytest.mark.parametrize(
    ("editions", "edition"), [(("", ""), None), (("1", ""), "1"), (("", "2"), "2"), (("1", "2"), "1")]
)
def test_a_document_is_where_pytest_was_started_or_beside_the_ini_file(
    option: str, ini: str, path: str | None, editions: tuple[str, str], edition: str | None
) -> None:
    """And read at the edition that the command line names before the settings; once in a run."""
    loaded: list[tuple[Path | None, dict[str, Any]]] = []

    def load(given: Path | None, **named: Any) -> object:
        loaded.append((given, named))
        return loaded

    config: Any = SimpleNamespace(
        option=SimpleNamespace(contract_spec=option, contract_edition=editions[0]),
        getini={"contract_spec": ini, "contract_edition": editions[1], "contract_formats": False}.__getitem__,
        invocation_params=SimpleNamespace(dir=Path("/project/tests")),
        rootpath=Path("/project"),
        stash=pytest.Stash(),
    )
    config.stash[PRODUCT] = SimpleNamespace(load=load)
    assert contract_of(config) is contract_of(config)
    assert loaded == [(path and Path(path), {"edition": edition, "formats": False})]


@pytest.mark.parametrize(("place", "source", "line"), [("a.py:7", "a.py", 7), ("<unknown>:0", "<unknown>", None)])
def test_an_exchange_from_an_unknown_place_has_no_line(
    place: str, source: str, line: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "places", lambda *_: (place, "b.py:3"))
    plugin = object.__new__(UpgradePlugin)
    plugin._config, plugin._sent = cast("Any", None), []
    exchange = Exchange(Request("GET", "https://a.test"), None, True, True, frozenset(), "GET https://a.test")
    for checked in (False, True):
        plugin._see(exchange, Sender(Owner("", "", 1, checked=checked), (), ""))
    (sent,) = plugin._sent
    assert (sent.source, sent.line, sent.label) == (source, line, "no test: GET https://a.test (at b.py:3)")


@pytest.mark.parametrize("way", ["itself", "cause", "context", "context of the cause", "circle"])
def test_a_missing_answer_that_failed_the_test_is_not_raised_again(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    missing, outer, middle = AnswerMissing("missing"), ValueError("outer"), ValueError("middle")
    last: BaseException = outer
    match way:
        case "itself":
            last = missing
        case "cause":
            outer.__cause__ = missing
        case "context":
            outer.__context__ = missing
        case "context of the cause":
            outer.__cause__, middle.__context__ = middle, missing
        case "circle":
            outer.__cause__, middle.__cause__ = middle, outer
    told: list[Any] = []
    monkeypatch.setattr(sys, "last_value", last, raising=False)
    _forget_what_was_told(cast("Any", SimpleNamespace(forget_missing=told.append)))
    assert any(error is missing for error in told[0]) is (way != "circle")


def test_a_run_without_a_failure_forgets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.delattr(sys, "last_value", raising=False)
    _forget_what_was_told(cast("Any", SimpleNamespace(forget_missing=told.append)))
    assert told == [[]]
