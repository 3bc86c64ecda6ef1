"""A hostile document gives a clear problem, or code of the same form as that of any other document."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml

from codegen import bundle, emit, layout, output_guard
from codegen.__main__ import WRONG, run
from codegen.resolve import resolve
from codegen.view import View
from tests.codegen.allowed import intruders
from tests.codegen.conftest import BOOKSHOP, HOSTILE, PAYLOADS, Package, document

ROOT = Path(__file__).parents[2]
TEXTS = ("title", "version", "summary", "description", "pattern", "format", "default", "example", "$comment")


def attempt(spec: Path, out: Path) -> tuple[int, str]:
    """Run the generator and return its status and what it says of problems."""
    errors = StringIO()
    status = run(["--strict", "--spec", str(spec), "--out", str(out), "--package", "hostile_api"], StringIO(), errors)
    return status, errors.getvalue()


def poisoned(value: Any, payloads: Iterator[str]) -> Any:
    """Put a payload into every place of a document that holds free text, and beside every listed value and property."""
    if isinstance(value, list):
        return [poisoned(item, payloads) for item in value]
    if not isinstance(value, dict):
        return value
    new: dict[str, Any] = {}
    for key, held in value.items():
        if key in TEXTS and isinstance(held, str):
            new[key] = next(payloads)
        elif key == "enum":
            new[key] = [*held, next(payloads)]
        elif key == "properties":
            new[key] = {name: poisoned(schema, payloads) for name, schema in held.items()}
            new[key][f"{next(payloads)}x{len(held)}"] = {"type": "string", "default": next(payloads)}
        elif key == "examples":
            new[key] = held
        else:
            new[key] = poisoned(held, payloads)
    return new


@pytest.mark.parametrize("rotation", range(3))
def test_every_text_of_a_document_may_be_hostile(rotation: int, bookshop: Package, tmp_path: Path) -> None:
    """The rules are not asked here: what writes has to be safe by itself."""
    count = rotation * 7

    def payloads() -> Iterator[str]:
        nonlocal count
        while True:
            count += 1
            yield PAYLOADS[count % len(PAYLOADS)].replace("\ud800", "")

    friendly = json.loads(bookshop.files["openapi.json"])
    (tmp_path / "openapi.json").write_text(json.dumps(poisoned(friendly, payloads())))
    read = bundle.load(tmp_path)
    api = resolve(View(read), "bookshop_api")
    assert api is not None
    files = layout.lay_out(emit.emit(api, read.document))
    assert count > 140
    assert output_guard.forbidden(files, "bookshop_api") == []
    for path, content in files.items():
        if path.endswith(".py"):
            assert list(intruders(content, "bookshop_api")) == []


def test_hostile_texts_change_words_and_no_code(hostile_strings: Package) -> None:
    """What a text would run, had it come out of its quotes, is nowhere but inside quotes."""
    for path, content in hostile_strings.files.items():
        if path.endswith(".py"):
            tree = ast.parse(content)
            called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
            assert called <= {"Field", "Strings", "AsyncStrings", "deprecated", "on_demand", "self._client.call"}
            assert "__import__" not in {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def test_importing_hostile_code_runs_nothing(hostile_strings: Package, hostile_names: Package) -> None:
    """Nor does building every model, which resolves every annotation."""
    program = (
        "import builtins, importlib, pkgutil, sys, pydantic\n"
        "for name in ('strings_api', 'names_api'):\n"
        "    package = importlib.import_module(name)\n"
        "    for module in pkgutil.walk_packages(package.__path__, f'{name}.'):\n"
        "        importlib.import_module(module.name)\n"
        "    for schema in package.models.__all__:\n"
        "        pydantic.TypeAdapter(getattr(package.models, schema)).json_schema()\n"
        "assert not hasattr(builtins, 'broken')\n"
        "print('nothing ran')\n"
    )
    path = f"{ROOT / 'src'}:{hostile_strings.parent}:{hostile_names.parent}"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": path},
    )
    assert (done.stdout, done.stderr) == ("nothing ran\n", "")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("clashes", "x-client/class: the client class cannot be called 'Pager'"),
        (
            "clashes",
            "'some-thing' and the query 'someThing' of 'things.get_one' would both be the argument 'some_thing'",
        ),
        ("clashes", "the path 'id' and the query 'id' of 'things.get_one' would both be the argument 'id'"),
        ("clashes", "no argument name can be derived from '!?'"),
        ("clashes", "'things.get_one' and 'things.get_one_' are both things.get_one in Python"),
        ("clashes", "things and a group of methods on it would both be the class Things"),
        ("clashes", "the schema Things and the class of things have the same name"),
        ("clashes", "the properties '_id' and 'id' of Things are both called 'id' in Python"),
        ("clashes", "the schema 'None' cannot be the name of a class"),
        ("clashes", "'timeout' is an argument of 'jobs.get', and of every method that waits"),
        ("cycles", "every value of the schema 'Tree' contains another one, without end"),
        ("cycles", "the schema 'Ring' refers to itself"),
        ("remote", "the $ref 'https://evil.example.com/schemas.yaml#/Thing' leads out of"),
        ("remote", "the $ref '../../../../../../etc/passwd#/Thing' leads out of the spec directory"),
        ("laughs", "aliases repeat more than"),
    ],
)
def test_a_clear_problem_is_reported(name: str, message: str, tmp_path: Path) -> None:
    """With file and line, and nothing is written."""
    status, said = attempt(document(name, tmp_path), tmp_path / "out")
    assert status == WRONG
    assert message in said
    assert all(re.match(r"spec/openapi\.yaml:\d+: #", line) for line in said.splitlines()[:-1])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Question": {"type": "object"', '"Question": {"type": "strin"'),  # what has the flag of a stream
        ('"#/components/schemas/Question"', f'"{"a" * 300}#/Question"'),
    ],
)
def test_one_fault_is_a_problem_and_no_traceback(old: str, new: str, tmp_path: Path) -> None:
    friendly = json.dumps(yaml.safe_load((BOOKSHOP / "spec" / "openapi.yaml").read_text()))
    assert old in friendly
    (tmp_path / "openapi.json").write_text(friendly.replace(old, new))
    status, said = attempt(tmp_path, tmp_path / "out")
    assert status == WRONG
    assert said.endswith("nothing was written\n")


def test_every_hostile_document_is_tested() -> None:
    assert {path.stem for path in HOSTILE.iterdir()} == {"clashes", "cycles", "laughs", "names", "remote", "strings"}


@pytest.mark.parametrize(("depth", "expected"), [(20, 0), (200, WRONG), (5000, WRONG)])
def test_a_deep_document_is_read_or_refused(depth: int, expected: int, bookshop: Package, tmp_path: Path) -> None:
    """Never with a traceback."""
    items = '{"description": "Deep.", "type": "array", "items": ' * depth + '{"type": "string"}' + "}" * depth
    text = json.dumps(json.loads(bookshop.files["openapi.json"]))
    (tmp_path / "openapi.json").write_text(text.replace('"reason": {', f'"deep": {items}, "reason": {{'))
    status, said = attempt(tmp_path, tmp_path / "out")
    assert status == expected, said
    assert said == "" or said.endswith("nothing was written\n")


def test_a_union_too_wide_for_python_is_refused(bookshop: Package, tmp_path: Path) -> None:
    friendly = json.loads(bookshop.files["openapi.json"])
    wide = [{"type": "array", "items": {"type": "string", "enum": [f"v{i}"]}} for i in range(2000)]
    friendly["components"]["schemas"]["Refusal"]["properties"]["wide"] = {"description": "Wide.", "anyOf": wide}
    (tmp_path / "openapi.json").write_text(json.dumps(friendly))
    status, said = attempt(tmp_path, tmp_path / "out")
    assert status == WRONG
    assert "a union of 2000 schemas is too wide; keep at most 100" in said
