"""Omitted flags, and deprecations: in the generated code, and through both generated clients."""

from __future__ import annotations

import ast
import asyncio
import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from twelvelabs_api_2025_08 import AsyncStream, AsyncTwelveLabs, Stream, TwelveLabs

from apicontract.client import OMIT
from codegen.__main__ import Wanted, generate
from codegen.text import sentences
from tests.codegen.conftest import BOOKSHOP, Package

EVENTS = (
    b'{"event_type": "stream_start", "metadata": {"generation_id": "g"}}\n'
    b'{"event_type": "text_generation", "text": "A dog."}\n'
    b'{"event_type": "stream_end", "metadata": {"generation_id": "g"}}\n'
)
Run = Callable[..., tuple[bool, str | None]]


def server(request: httpx.Request) -> httpx.Response:
    """Answer as the API does: with a stream, unless the body asks for none."""
    body = json.loads(request.content)
    assert body.get("stream", True) in (True, False)
    if body.get("stream", True):
        return httpx.Response(200, content=EVENTS, headers={"content-type": "application/x-ndjson"})
    return httpx.Response(200, json={"id": "g", "data": "A dog."})


def run_sync(**given: Any) -> tuple[bool, str | None]:
    """Call `generate`; tell whether the answer is a stream, and its text."""
    with TwelveLabs(api_key="k", httpx_client=httpx.Client(transport=httpx.MockTransport(server))) as client:
        found = client.generate(video_id="v", prompt="p", **given)
        return (True, found.text()) if isinstance(found, Stream) else (False, found.data)


def run_async(**given: Any) -> tuple[bool, str | None]:
    """Call `generate` of the asynchronous client, the same way."""

    async def run() -> tuple[bool, str | None]:
        http = httpx.AsyncClient(transport=httpx.MockTransport(server))
        async with http, AsyncTwelveLabs(api_key="k", httpx_client=http) as client:
            found = await client.generate(video_id="v", prompt="p", **given)
            return (True, await found.text()) if isinstance(found, AsyncStream) else (False, found.data)

    return asyncio.run(run())


@pytest.mark.parametrize("run", [run_sync, run_async], ids=["sync", "async"])
@pytest.mark.parametrize(
    ("given", "streams"),
    [
        ({}, True),
        ({"stream": True}, True),
        ({"stream": None}, True),
        ({"stream": OMIT}, True),
        ({"stream": False}, False),
    ],
    ids=str,
)
def test_a_client_reads_the_kind_of_answer_that_the_flag_asks_for(
    run: Run, given: dict[str, Any], streams: bool
) -> None:
    """`None` is not sent, so the server's default holds; a wrong guess would lose a call that was paid for."""
    assert run(**given) == (streams, "A dog.")


def conditions(files: dict[str, bytes]) -> list[str]:
    """Return what each method of the clients asks before it calls."""
    tree = ast.parse(files["_client.py"])
    return [ast.unparse(node.test) for node in ast.walk(tree) if isinstance(node, ast.If)]


def test_the_condition_follows_the_default_of_the_document(bookshop: Package, tmp_path: Path) -> None:
    assert conditions(bookshop.files) == ["live is True"] * 2
    text = (BOOKSHOP / "spec" / "openapi.yaml").read_text()
    (line,) = (line for line in text.splitlines() if line.strip().startswith("live:"))
    assert "default: false" in line
    (tmp_path / "openapi.yaml").write_text(text.replace(line, line.replace("default: false", "default: true")))
    assert conditions(generate(tmp_path, Wanted(package="bookshop_api"))["bookshop_api"]) == ["live is not False"] * 2


@pytest.mark.parametrize("default", [None, False, True])
def test_a_flag_has_the_default_of_the_document_and_is_false_without_one(tmp_path: Path, default: bool | None) -> None:
    text = (BOOKSHOP / "spec" / "openapi.yaml").read_text()
    said = "" if default is None else f"default: {str(default).lower()}, "
    (tmp_path / "openapi.yaml").write_text(
        text.replace("live: {type: boolean, default: false, ", f"live: {{type: boolean, {said}")
    )
    client = generate(tmp_path, Wanted(package="bookshop_api"))["bookshop_api"]["_client.py"]
    assert set(defaults(client, "live")) - {"...", None} == {str(bool(default))}


def defaults(source: bytes, argument: str) -> list[str | None]:
    """Return the defaults of an argument in every function that has it; `None` for one without."""
    found: list[str | None] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            pairs = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            found += [
                None if default is None else ast.unparse(default) for one, default in pairs if one.arg == argument
            ]
    return found


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("nullable", [True, False])
def test_what_is_required_has_no_default_whether_it_may_be_null_or_not(
    tmp_path: Path,
    required: bool,
    nullable: bool,
) -> None:
    text = (BOOKSHOP / "spec" / "openapi.yaml").read_text()
    if required:
        notes = "      description: Notes on a book.\n"
        text = text.replace(notes, f"{notes}      required: [rating]\n")
    if not nullable:
        text = text.replace("rating: {type: [integer, 'null'],", "rating: {type: integer,")
        text = text.replace("value: {rating: null, ", "value: {rating: 1, ")
    (tmp_path / "openapi.yaml").write_text(text)
    files = generate(tmp_path, Wanted(package="bookshop_api"))["bookshop_api"]
    (found,) = {default for path in files if path.startswith("books/") for default in defaults(files[path], "rating")}
    assert found == (None if required else "OMIT" if nullable else "None")


def test_what_is_deprecated_says_so_where_it_is_called_and_in_its_docstring(bookshop: Package) -> None:
    """In the words of the document where it has some; overloads say nothing, as their body speaks for them."""
    said: dict[str, list[str]] = {}
    for path in ("_client.py", "books/__init__.py", "finds.py"):
        for node in ast.walk(ast.parse(bookshop.files[path])):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for call in node.decorator_list:
                    if isinstance(call, ast.Call):
                        said.setdefault(node.name, []).append(ast.literal_eval(call.args[0]))
                        assert said[node.name][-1] in (ast.get_docstring(node) or "").splitlines()
    assert said == {
        "advise": ["Deprecated since May; `/finds` knows more."] * 2,
        "delete": ["Deprecated: new programs should not call it."] * 2,
    }


@pytest.mark.parametrize("kind", [TwelveLabs, AsyncTwelveLabs])
def test_a_deprecated_method_has_the_mark_and_is_called_as_any_other(kind: type[TwelveLabs | AsyncTwelveLabs]) -> None:
    """Without a warning: here warnings are errors, and the calls above would have failed."""
    assert getattr(kind.generate, "__deprecated__", "").startswith("Deprecated since July 30, 2025: `/analyze`")
    assert not hasattr(kind.analyze, "__deprecated__")
    assert inspect.iscoroutinefunction(kind.generate) is (kind is AsyncTwelveLabs)
    assert list(inspect.signature(kind.generate).parameters)[1:3] == ["video_id", "prompt"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("One.", ["One."]),
        ("One, e.g. 1.5. Two\nlines? No end", ["One, e.g. 1.5.", "Two lines?", "No end."]),
        ("..", [".."]),
    ],
)
def test_a_description_falls_into_its_sentences(text: str, found: list[str]) -> None:
    assert list(sentences(text)) == found
