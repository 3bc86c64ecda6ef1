"""The programs are complete, and the synchronous and asynchronous ones agree; `make lint` runs the type checkers."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from twelvelabs_api_2025_08 import AsyncTwelveLabs, TwelveLabs

from apicontract.client import AsyncResource, RequestOptions, SyncResource

SOURCE = "".join(Path(__file__).with_name(f"{name}.py").read_text() for name in ("programs", "programs_later"))
TREE = ast.parse(SOURCE)
NOW = "lambda task: print(task.status)"
"""What the first half has for a callback; the second has one that is awaited."""


def methods(owner: Any, path: str = "") -> Iterator[tuple[str, set[str]]]:
    """Yield the dotted path of every method of a client, and its arguments."""
    own: dict[str, Any] = dict(owner.__class__.__dict__)
    for name, held in own.items():
        if name.startswith("_"):
            continue
        if inspect.isfunction(held):
            yield f"{path}{name}", set(inspect.signature(held).parameters) - {"self", "request_options"}
        elif isinstance(found := getattr(owner, name), SyncResource | AsyncResource):
            yield from methods(found, f"{path}{name}.")


def used() -> dict[str, set[str]]:
    """Return the arguments that the programs give to each method, over all of its calls, apart for each world."""
    found: dict[str, set[str]] = {}
    for function in TREE.body:
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            world = "async " if isinstance(function, ast.AsyncFunctionDef) else ""
            for node in ast.walk(function):
                if isinstance(node, ast.Call) and (text := ast.unparse(node.func)).startswith("client."):
                    given = {keyword.arg for keyword in node.keywords if keyword.arg} - {"request_options"}
                    found.setdefault(world + text.removeprefix("client."), set()).update(given)
    return found


@pytest.mark.parametrize("kind", [TwelveLabs, AsyncTwelveLabs])
def test_every_argument_of_every_method_is_used(kind: type[TwelveLabs | AsyncTwelveLabs]) -> None:
    world = "async " if kind is AsyncTwelveLabs else ""
    seen, declared = used(), dict(methods(kind(api_key="made up")))
    assert len(declared) == 32
    assert {path: seen.get(world + path) for path in declared} == declared


def test_every_option_is_used() -> None:
    assert [name for name in RequestOptions.__annotations__ if f'"{name}"' not in SOURCE] == []


def test_both_halves_are_the_same_program() -> None:
    """But for what awaiting takes."""
    texts = {
        function.name: re.sub(r"\basync |\bawait |Async|_later\b", "", ast.unparse(function)).replace(NOW, "reported")
        for function in TREE.body
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name != "reported"
    }
    assert len(texts) == 12
    assert [name for name in texts if texts[name] != texts[f"{name.removesuffix('_later')}_later"]] == []


def test_hover_text_shows_what_is_bounded() -> None:
    """A docstring names each argument of its method, and of the bounded ones the bounds."""
    client = TwelveLabs(api_key="made up")
    for path, names in methods(client):
        held: Any = client
        for step in path.split("."):
            held = getattr(held, step)
        text = inspect.getdoc(held) or ""
        assert names <= set(re.findall(r"^- `(\w+)`:", text, re.MULTILINE)), path
    limits = {"page_limit": "1 to 50", "temperature": "0 to 1", "adjust_confidence_level": "0 to 1"}
    for method in (client.tasks.list, client.analyze, client.search.create):
        text = " ".join((inspect.getdoc(method) or "").split())
        for name, bounds in limits.items():
            assert f"`{name}`" not in text or bounds in text.partition(f"`{name}`")[2][:200], name
