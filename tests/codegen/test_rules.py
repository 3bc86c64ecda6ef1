"""All problems of an invalid document are reported, word for word, and none causes a traceback."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from codegen.bundle import load
from codegen.form import cleaned
from codegen.resolve import resolve
from codegen.rules import check
from codegen.view import View
from codegen.yaml12 import read
from tests.codegen.edits import RIGHT, Case, cases, changed, edited, reported

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
OTHER_VALUES: tuple[Any, ...] = (
    None,
    5,
    "x",
    [],
    {},
    True,
    [1],
    {"a": 1},
    [{}],
    {"$ref": 7},
    ["a", "a"],
    {"type": "object"},
)


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edited(tmp_path_factory.mktemp("document"), [])


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in cases()])
def test_a_wrong_document_gives_exactly_these_problems(case: Case, spec: Path) -> None:
    """Every case of the folder `wrong` is reported with file, line, pointer, message and fix."""
    with changed(spec, case.edits):
        assert reported(spec) == case.problems
    assert case.problems, "a case is wrong"


def test_the_right_document_has_no_problem() -> None:
    """The document that every case starts from is right: what a case reports, its change has caused."""
    assert reported(RIGHT) == []


def test_other_documents_are_right_too(spec: Path) -> None:
    """No rule asks for more than it says."""
    source, _ = read(ROOT / "tests/codegen/also_right.yaml", "also_right.yaml")
    assert source is not None
    for name, edits in source.data.items():
        with changed(spec, edits):
            assert reported(spec) == [], name


@pytest.mark.deep  # `make` generates by the same rules, with --strict
def test_the_document_of_this_project_has_no_problem() -> None:
    """The contract itself keeps all rules."""
    assert reported(ROOT / "spec") == []


def test_an_open_operation_needs_no_401(tmp_path: Path) -> None:
    """Only a secured operation can refuse a key."""
    refused = "      '401': {$ref: '../common/responses.yaml#/Refused'}\n"
    open_ = {
        "file": "paths/ask.yaml",
        "old": "    operationId: ask\n",
        "new": "    operationId: ask\n    security: []\n",
    }
    assert reported(edited(tmp_path, [{"file": "paths/ask.yaml", "old": refused, "new": ""}, open_])) == []


def test_all_problems_are_reported_at_once_and_in_order(tmp_path: Path) -> None:
    """Problems of several rules come together, sorted by file, then line."""
    edits = [edit for case in cases() if case.name in BUNDLE for edit in case.edits]
    problems = [problem for case in cases() if case.name in BUNDLE for problem in case.problems]
    found = reported(edited(tmp_path, edits))
    assert sorted(found) == sorted(problems)
    places = [problem.split(": ")[0].split(":") for problem in found]
    assert [(file, int(line)) for file, line in places] == sorted((file, int(line)) for file, line in places)


BUNDLE = (
    "document.security_in_the_query",
    "operations.summary",
    "objects.closed_response",
    "examples.parameter_and_header",
)


def test_no_value_of_the_wrong_form_ends_in_a_traceback() -> None:
    """Any place of a document can hold anything: the checks report, or have nothing to report."""
    bundle = load(RIGHT)
    for number, (path, value) in enumerate(_places(bundle.document)):
        if number % 6 == 0 and path:
            document = deepcopy(bundle.document)
            held: Any = document
            for key in path[:-1]:
                held = held[key]
            held[path[-1]] = deepcopy(OTHER_VALUES[number // 6 % len(OTHER_VALUES)])
            view = View(dataclasses.replace(bundle, document=document))
            check(view)
            resolve(view, "any_api")
            for problem in view.problems:
                assert "\n" not in str(problem), (path, value)


def test_what_is_not_understood_reaches_no_rule() -> None:
    """The cleaned copy holds known keys with values of the right form, and nothing else."""
    document = load(RIGHT).document
    found: list[str] = []
    copied, refused = cleaned(document | {"callbacks": {}, "tags": 5}, lambda _, message, __: found.append(message))
    assert "callbacks" not in copied
    assert "tags" not in copied
    assert list(refused) == [("tags",), ("callbacks",)]
    assert len(found) == 2
    assert copied == {key: value for key, value in document.items() if key != "tags"}


@pytest.mark.parametrize("seed", ["0", "7"])
def test_problems_do_not_depend_on_the_hash_seed(seed: str, tmp_path: Path) -> None:
    """No order of a set reaches a report."""
    edits = [edit for case in cases() if case.name in BUNDLE for edit in case.edits]
    spec = edited(tmp_path, edits)
    program = "import sys; from tests.codegen.edits import *; print(chr(10).join(reported(Path(sys.argv[1]))))"
    run = subprocess.run(
        [sys.executable, "-c", program, str(spec)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines() == reported(spec)


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    yield path, value
    for key, held in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _places(held, (*path, key))
