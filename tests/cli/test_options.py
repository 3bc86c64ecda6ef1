"""The options of a document have the same meaning in every command that takes them."""

from __future__ import annotations

import inspect
import itertools
from importlib import import_module
from typing import Any

import pytest

from apicontract.checks.contract import Contract
from apicontract.cli.main import MODULES, run
from apicontract.openapi.document import DocumentInvalid
from tests.cli.conftest import Run
from twelvelabs_contract.product import PRODUCT

NEEDED = {
    "check": ["-"],
    "coverage": ["a.json"],
    "drift": ["--against", "other.json"],
    "export": ["schemas"],
    "proxy": ["--to", "http://localhost:1"],
    "show": ["tasks.list"],
    "upgrade": ["-", "--to", "newest"],
    "validate": ["-", "--schema", "PageInfo"],
}
"""What a command cannot do without."""
GIVEN: dict[str, tuple[str | None, dict[str, str | bool]]] = {
    "edition": ("2025-08", {"edition": "2025-08"}),
    "base_url": ("https://api.example/v9", {"base_url": "https://api.example/v9"}),
    "no_formats": (None, {"formats": False}),
}
"""Of each option: its value, and what the document is loaded with."""
USUAL: dict[str, str | bool | None] = {"edition": None, "base_url": None, "formats": True}
COMMANDS = {
    command.name or command.callback.__name__: inspect.signature(command.callback).parameters
    for module in MODULES
    for command in import_module(f"apicontract.cli.commands.{module}").commands.registered_commands
}
LATER = {("upgrade", "edition")}
"""What is loaded only once the newest document has said which editions there are."""


@pytest.mark.parametrize("spec", [False, True])
@pytest.mark.parametrize(
    ("command", "options"),
    [
        (name, options)
        for name, parameters in COMMANDS.items()
        if "spec" in parameters
        for known in [[option for option in GIVEN if option in parameters and (name, option) not in LATER]]
        for options in itertools.chain([()], ((option,) for option in known), [tuple(known)] * (len(known) > 1))
    ],
)
def test_each_command_loads_the_document_as_its_options_say(
    command: str,
    options: tuple[str, ...],
    spec: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The one that was shipped, or that of `--spec`: each option alone, and all together."""
    loaded: list[tuple[tuple[str, ...], dict[str, Any]]] = []

    def load(*path: object, **named: Any) -> Contract:
        loaded.append((tuple(map(str, path)), named))
        raise DocumentInvalid("not read here", "")

    monkeypatch.setattr(Contract, "load", load)
    words = [word for name in options for word in (f"--{name.replace('_', '-')}", GIVEN[name][0]) if word is not None]
    file = ["--spec", "d.json"] if spec else []
    assert run(PRODUCT._replace(load=load), [command, *NEEDED.get(command, []), *words, *file]) == 2
    assert "not read here" in capsys.readouterr().err
    wanted = dict(USUAL)
    for name in options:
        wanted.update(GIVEN[name][1])
    assert loaded == [(("d.json",) if spec else (), wanted)]


@pytest.mark.parametrize("command", ["serve", "proxy"])
@pytest.mark.parametrize(
    ("words", "address", "status"),
    [
        ((), ("127.0.0.1", 8000), 0),
        (("--host", "::1"), ("::1", 8000), 0),
        (("--port", "65535"), ("127.0.0.1", 65535), 0),
        (("--port", "0", "--fail-on-violation"), ("127.0.0.1", 0), 2),
        (("--fail-on-violation", "--format", "json"), ("127.0.0.1", 8000), 2),
    ],
)
def test_what_answers_listens_where_the_options_say(
    cli: Run,
    command: str,
    words: tuple[str, ...],
    address: tuple[str, int],
    status: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without a request there is nothing to fail for, unless `--fail-on-violation` asks for a result."""
    listening: list[tuple[str, int]] = []

    def stopped_at_once(_: object, *, host: str, port: int, **__: object) -> None:
        listening.append((host, port))

    monkeypatch.setattr("apicontract.cli.serve.run", stopped_at_once)
    done = cli(command, *NEEDED.get(command, []), *words)
    assert (done.status, listening) == (status, [address])
    assert done.out.startswith("{") == ("json" in words)
