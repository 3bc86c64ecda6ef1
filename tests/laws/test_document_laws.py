"""The laws that ask no client find what is wrong with the checker, with a door to it, and between two clients.

Each requirement is broken, with its own words, where just that is wrong; and each spelling by a checker that it sways.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from apicontract.pytest_plugin.monitor import Monitor
from apicontract.traffic import recordings
from apicontract.transport import ContractTransport
from apicontract.wire import forms
from tests.laws.laws import WORLDS, all_laws
from tests.laws.subjects import NEWEST, RELEASE
from tests.laws.trial import Broken, World
from tests.laws.wrong import ADDED, FOUND, Meddling, Wrong, items, said, sent, value
from twelvelabs_contract import Violation

pytestmark = pytest.mark.skipif(RELEASE != "1.0.0", reason="the newest SDK is the one subject of its process")

EFFORT = 40
VERDICTS = "tests.laws.test_verdicts"
OTHER = Violation("tasks.list", "query.other", "other", "A violation that there is not.", "", None)


class Checker:
    """A contract that says something else in one of its answers."""

    def __init__(self, contract: Any, **answers: Callable[..., Any]) -> None:
        """Take the contract, and what is done to the answers of its methods."""
        self._contract = contract
        self._answers = answers

    def __getattr__(self, name: str) -> Any:
        """Return what the contract has."""
        found = getattr(self._contract, name)
        if name not in self._answers:
            return found
        return lambda *given, **named: self._answers[name](found(*given, **named), *given)


def broken(claim: str, operation: str, world: Any = WORLDS[0], effort: float = EFFORT) -> str:
    """Return the note with which a law is broken that asks no client."""
    law = next(law for law in all_laws() if law.claim == claim)
    with pytest.raises(Broken) as found:
        law.run(world, world.contract.operation(operation), None, shrink=False, effort=effort)
    return found.value.note


def wrongly(**answers: Callable[..., Any]) -> World:
    """Return the newest world with a checker that says something else."""
    contract: Any = Checker(WORLDS[0].contract, **answers)
    return replace(WORLDS[0], contract=contract)


def nothing(found: Any, *_: Any) -> Any:
    """Find nothing."""
    return []


def more(found: Any, *_: Any) -> Any:
    """Find something else too."""
    return [*found, OTHER]


def fewer(found: Any, *_: Any) -> Any:
    """Find the first thing only."""
    return found[:1]


EXACT = "the checker finds exactly what is wrong"
EXACT_TOO = "the checker finds exactly what is wrong with any request"
UNSEEN = "the checker finds exactly what is wrong with arguments that no request can show"
STREAM = "the checker finds exactly what is wrong with one"


@pytest.mark.parametrize(
    ("claim", "operation", "method", "note"),
    [
        (EXACT, "tasks.list", "check_request", "of the bytes"),
        (EXACT, "tasks.list", "check_arguments", "of the instance"),
        (EXACT_TOO, "tasks.list", "check_request", "of the bytes"),
        (EXACT_TOO, "tasks.list", "check_arguments", "of the instance"),
        (UNSEEN, "tasks.list", "check_arguments", "of the instance"),
        (STREAM, "analyze", "check_response", "the checker tells"),
        ("any empty success will do where none has a body", "tasks.delete", "check_response", "the checker refuses"),
    ],
)
def test_a_checker_that_finds_less_or_more_is_found(claim: str, operation: str, method: str, note: str) -> None:
    law = next(law for law in all_laws() if law.claim == claim)
    for change in (more,) if law.subjects else (nothing, more):
        world = wrongly(**{method: change})
        with pytest.raises(Broken) as found:
            law.run(
                world, world.contract.operation(operation), NEWEST[0] if law.subjects else None, shrink=False, effort=20
            )
        assert note in found.value.note


def test_a_checker_that_stops_at_the_first_fault_is_found() -> None:
    world = wrongly(check_request=fewer)
    assert "is found in place of" in broken("two faults are both reported", "tasks.list", world)


def _names(request: Any) -> list[str]:
    """Return the declared names in a query."""
    names = [name for name, _ in parse_qsl(urlsplit(request.url).query, keep_blank_values=True)]
    return [name for name in names if name in DECLARED]


def _kind(request: Any) -> str:
    return request.headers.get("content-type") or ""


DECLARED = [one.name for one in WORLDS[0].contract.operation("tasks.list").parameters_in("query")]
SWAYED: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "the order of parameters": (
        "tasks.list",
        lambda request: _names(request) != sorted(_names(request), key=DECLARED.index),
    ),
    "an escape in a query": ("tasks.list", lambda request: bool(re.search("=.*%(?:3[0-9]|[46][1-9])", request.url))),
    "an escape in small letters": ("tasks.list", lambda request: bool(re.search("=.*%[46][a-f]", request.url))),
    "the order of headers": (
        "indexes.create",
        lambda request: [name.lower() for name, _ in request.headers.items][:1] == ["content-type"],
    ),
    "the case of a media type": ("indexes.create", lambda request: _kind(request).startswith("APPLICATION/JSON")),
    "a charset": ("indexes.create", lambda request: "charset" in _kind(request).lower()),
    "white space around JSON": ("indexes.create", lambda request: request.body.startswith(b" \r\n")),
    "white space within JSON": ("indexes.create", lambda request: b"{\n" in request.body),
    "another boundary": ("assets.create", lambda request: "boundary=\"'quotes'\"" in _kind(request)),
}


@pytest.mark.parametrize("spelling", SWAYED)
def test_a_checker_that_a_spelling_sways_is_found(spelling: str) -> None:
    operation, sways = SWAYED[spelling]

    def swayed(found: Any, request: Any) -> Any:
        return [*found, OTHER] if sways(request) else found

    world = wrongly(check_request=swayed)
    assert "is reported" in broken("what means the same is judged the same", operation, world)


BOTH = "both clients do the same"
CLIENTS: dict[str, Wrong] = {
    "value": value(lambda _: {"other": 1}),
    "error": FOUND,
    "text": said(lambda _: ("other", {})),
    "notes": said(lambda error: (str(error), {"__notes__": ["other"]})),
    "bytes": sent(ADDED),
    "items": items(lambda held: [*held, 1]),
}


@pytest.mark.parametrize("what", CLIENTS)
def test_two_clients_that_do_not_do_the_same_are_found(what: str) -> None:
    other = Meddling(CLIENTS[what])
    other.name = "async"
    world = replace(WORLDS[0], subjects=(NEWEST[0], other))
    assert broken(BOTH, "tasks.retrieve", world).startswith(f"{what}: ")


@pytest.mark.parametrize("door", ["guard", "plugin", "recording"])
def test_a_door_that_tells_something_else_is_found(door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if door == "guard":

        def deaf(inner: Any, **given: Any) -> ContractTransport:
            return ContractTransport(inner, **{**given, "on_violation": lambda _: None})

        monkeypatch.setattr("tests.laws.test_spellings.ContractTransport", deaf)
    elif door == "plugin":
        monkeypatch.setattr(Monitor, "drain", lambda _: [])
    else:
        monkeypatch.setattr(recordings, "check", lambda *_: SimpleNamespace(findings=[]))
    note = broken("guard, plugin and recording tell what the checker tells", "analyze")
    assert note.startswith(f"the {door} tells [] in place of ")


READERS = "another reader of forms finds what ours finds"


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (lambda values: dict(list(values.items())[1:]), "is read in place of"),
        (lambda values: dict.fromkeys(values, "other"), "is read as"),
    ],
)
def test_a_reader_of_forms_that_reads_something_else_is_found(
    change: Callable[[Any], Any], note: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = forms.decode_multipart

    def decode(*given: Any) -> Any:
        values, *rest = real(*given)
        return change(values), *rest

    monkeypatch.setattr("tests.laws.test_multipart.forms", SimpleNamespace(decode_multipart=decode))
    assert note in broken(READERS, "assets.create")


ENGINES, ENGINES_TOO = "all engines agree", "all engines agree on any request"


@pytest.mark.parametrize("claim", [ENGINES, ENGINES_TOO])
def test_engines_that_do_not_agree_are_found(claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two validators, and the model: one that accepts all, and one that accepts nothing."""
    with monkeypatch.context() as patch:
        patch.setattr(f"{VERDICTS}.Engines.agree", lambda *_: False)
        assert broken(claim, "indexes.create").startswith("two engines disagree on")
    for accepts, said_of in ((True, "accepts"), (False, "refuses")):
        with monkeypatch.context() as patch:
            patch.setattr(f"{VERDICTS}._accepts", lambda *_, accepts=accepts: accepts)
            assert broken(claim, "indexes.create").startswith(f"the model {said_of} ")


def test_two_engines_disagree_where_one_is_told_less() -> None:
    """Each of the two is asked."""
    engines = import_module(VERDICTS).Engines(WORLDS[0].contract)
    pointer = "/components/schemas/IndexesCreateRequest"
    assert engines.agree(pointer, {})
    engines._others[pointer] = SimpleNamespace(is_valid=lambda _: True)
    assert not engines.agree(pointer, {})


@pytest.mark.parametrize("errors", [[], ["wrong"]])
def test_another_checker_that_says_something_else_is_found(errors: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "tests.laws.test_other_checker._other", lambda _: SimpleNamespace(iter_request_errors=lambda _: iter(errors))
    )
    note = broken("another checker of the document says the same", "tasks.list", WORLDS[-1])
    assert note == f"openapi-core finds {errors!r}"
