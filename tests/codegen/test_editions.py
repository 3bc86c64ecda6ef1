"""A document of several days: each edition becomes a package, and so can any other day."""

from __future__ import annotations

import ast
import contextlib
import dataclasses
import json
import subprocess
import sys
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from apicontract.openapi.projection import project
from codegen import editions
from codegen.__main__ import DIFFERENT, DONE, WRONG, run
from codegen.bundle import load
from codegen.problems import DocumentWrong
from tests.codegen.conftest import snapshot
from tests.codegen.edits import changed, edited, reported

ROOT = Path(__file__).parents[2]
EDITIONS = """
editions:
  - {day: 2026-01-01, name: '2026-01', package: notes_2026_01, witness: the first release}
  - {day: 2026-07-01, name: '2026-07', package: notes_api, witness: the newest release}
releases: {sdk-1.1: 2026-03-01}
days:
  2026-03-01: {ledger: E1}
  2026-05-01: {ledger: E2}
  2026-09-01: {ledger: E3}
"""
EDITS = [
    {"file": "editions.yaml", "new": EDITIONS},
    {
        "file": "openapi.yaml",
        "old": "/search: {$ref: 'paths/search.yaml#/~1search'}",
        "new": "/search: {$ref: 'paths/search.yaml#/~1search', x-since: 2026-03-01}",
    },
    {
        "file": "paths/notes.yaml",
        "old": "    operationId: notes.delete\n",
        "new": "    operationId: notes.delete\n    x-until: 2026-09-01\n    x-instead: notes.create\n",
    },
    {
        "file": "paths/notes.yaml",
        "old": "      - name: colour\n        in: query\n",
        "new": "      - name: colour\n        deprecated: true\n        x-instead: page\n"
        "        x-was: [{until: 2026-05-01, deprecated: ~}]\n        in: query\n",
    },
]


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a document of five days."""
    return edited(tmp_path_factory.mktemp("marked"), EDITS)


@pytest.fixture(scope="module")
def written(spec: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write its editions, and one day between them."""
    out = tmp_path_factory.mktemp("written")
    assert codegen(spec, out)[0] == DONE
    assert codegen(spec, out, "--edition", "2026-04-15", "--package", "notes_april") == (DONE, "wrote 7 files\n", "")
    return out


def codegen(spec: Path, out: Path, *more: str) -> tuple[int, str, str]:
    """Run the command line and return the exit status and what it said."""
    stdout, stderr = StringIO(), StringIO()
    status = run(["--spec", str(spec), "--out", str(out), *more], stdout, stderr)
    return status, stdout.getvalue(), stderr.getvalue()


def methods(module: Path) -> dict[str, list[tuple[list[str], list[str]]]]:
    """Return arguments and decorators of each function of the first class of a module, overloads included."""
    found: dict[str, list[tuple[list[str], list[str]]]] = {}
    holder = next(node for node in ast.parse(module.read_text()).body if isinstance(node, ast.ClassDef))
    for node in holder.body:
        if isinstance(node, ast.FunctionDef):
            arguments = [argument.arg for argument in node.args.kwonlyargs if argument.arg != "request_options"]
            found.setdefault(node.name, []).append((arguments, [ast.unparse(mark) for mark in node.decorator_list]))
    return found


def test_each_edition_becomes_its_package(written: Path) -> None:
    held = {path.name for path in written.iterdir() if path.is_dir()}
    assert held == {"notes_2026_01", "notes_api", "notes_april"}
    for package in held:
        searching = methods(written / package / "search.py")
        assert ("create" in searching, "retrieve" in searching) == (package != "notes_2026_01", True)


def test_the_newest_package_holds_the_marked_document_and_each_its_plain_one(spec: Path, written: Path) -> None:
    """Compact, since programs read it; the plain one of any day is a projection of it."""
    text = (written / "notes_api" / "editions.json").read_text()
    marked = json.loads(text)
    assert text == json.dumps(marked, separators=(",", ":"), ensure_ascii=False) + "\n"
    assert marked == load(spec).document
    assert [entry["package"] for entry in marked["x-editions"]["editions"]] == ["notes_2026_01", "notes_api"]
    for package, day in (("notes_2026_01", "2026-01-01"), ("notes_april", "2026-04-15"), ("notes_api", "2026-07-01")):
        plain = json.loads((written / package / "openapi.json").read_text())
        assert plain == project(marked, day)
        assert not any(mark in json.dumps(plain) for mark in ("x-since", "x-until", "x-was", "x-editions"))
        assert (written / package / "editions.json").exists() is (package == "notes_api")


def test_what_is_deprecated_on_the_day_names_what_to_use(written: Path) -> None:
    """An operation whose end is announced, and an argument: PEP 702 marks the overload that takes it."""
    first, last = (methods(written / package / "notes.py") for package in ("notes_2026_01", "notes_api"))
    assert first["delete"] == [(["note_id"], [])]
    assert first["list"] == [(["page", "page_limit", "colour"], [])]
    said = "Deprecated and removed on 2026-09-01: use `notes.create`."
    assert last["delete"] == [(["note_id"], [f"deprecated({said!r})"])]
    assert last["list"] == [
        (["page", "page_limit"], ["overload"]),
        (["page", "page_limit", "colour"], ["overload", "deprecated('`colour`: Deprecated: use `page`.')"]),
        (["page", "page_limit", "colour"], []),
    ]
    assert "- `colour`: Only notes of these colours. Deprecated: use `page`." in (
        (written / "notes_api" / "notes.py").read_text()
    )


@pytest.mark.deep
def test_type_checkers_report_a_deprecated_argument_where_it_is_given(written: Path, tmp_path: Path) -> None:
    use = tmp_path / "use.py"
    use.write_text(
        "from notes_api import Notebook\n"
        "client = Notebook(api_key='k')\n"
        "notes = client.notes.list(page=1)\n"
        "old = client.notes.list(colour='red')  # type: ignore[deprecated]\n"
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", str(tmp_path / "cache")]
    command += ["--enable-error-code=deprecated", "--explicit-package-bases", str(use), str(written / "notes_api")]
    path = {"MYPYPATH": f"{ROOT / 'src'}:{written}"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=path, cwd=tmp_path)
    assert "Success: no issues found" in done.stdout, done.stdout + done.stderr


def test_a_second_run_has_nothing_to_do(spec: Path, written: Path) -> None:
    before = snapshot(written)
    assert codegen(spec, written) == (DONE, "up to date\n", "")
    assert codegen(spec, written, "--edition", "2026-04-15", "--package", "notes_april") == (DONE, "up to date\n", "")
    assert snapshot(written) == before


def test_a_name_of_an_edition_or_release_is_a_day(spec: Path, written: Path, tmp_path: Path) -> None:
    assert codegen(spec, tmp_path, "--edition", "2026-01")[0] == DONE
    assert codegen(spec, tmp_path, "--edition", "sdk-1.1", "--package", "notes_april")[0] == DONE
    for package in ("notes_2026_01", "notes_april"):
        assert [held[0] for held in snapshot(tmp_path / package).values()] == [
            held[0] for held in snapshot(written / package).values()
        ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--edition", "2026-02", "--package", "p"), "there is no edition '2026-02'"),
        (("--edition", "2025-12-31", "--package", "p"), "before the first edition, 2026-01 of 2026-01-01"),
        (("--edition", "2026-04-15"), "no package is listed for 2026-04-15; name it with --package"),
    ],
)
def test_an_edition_that_cannot_be_written_is_refused(
    arguments: tuple[str, ...], said: str, spec: Path, tmp_path: Path
) -> None:
    status, printed, problems = codegen(spec, tmp_path, *arguments)
    assert (status, printed) == (WRONG, "")
    assert said in problems
    assert problems.endswith("nothing was written\n")
    assert list(tmp_path.iterdir()) == []


def test_a_package_of_an_edition_needs_a_name_that_python_can_import(tmp_path: Path) -> None:
    edits = [{**EDITS[0], "new": EDITIONS.replace("notes_2026_01", "class")}, *EDITS[1:]]
    status, _, problems = codegen(edited(tmp_path, edits), tmp_path / "out")
    assert status == WRONG
    assert "'class' cannot be the name of a package" in problems
    assert not (tmp_path / "out").exists()


def test_check_reports_the_differences_of_every_package(spec: Path, tmp_path: Path) -> None:
    assert codegen(spec, tmp_path)[0] == DONE
    (tmp_path / "notes_api" / "editions.json").write_bytes(b"{}")
    front = (tmp_path / "notes_2026_01" / "__init__.py").read_bytes()
    (tmp_path / "notes_2026_01" / "ask.py").write_bytes(front)  # as a run wrote it once
    assert codegen(spec, tmp_path, "--check") == (
        DIFFERENT,
        "stale: notes_2026_01/ask.py\ndiffers: notes_api/editions.json\n",
        "",
    )
    assert codegen(spec, tmp_path) == (DONE, "wrote 1 file, removed 1\n", "")


NEVER, FROM, UNTIL = "", "        x-since: 2026-05-01\n", "        x-until: 2026-05-01\n"
DEEP, LAST = "      - name: deep\n        in: query\n", "        schema: {type: boolean}\n        example: true\n"


def query(name: str, mark: str, example: str = "true") -> str:
    """Return a parameter, which is wrong if its example is no boolean."""
    return f"      - name: {name}\n        in: query\n{mark}        description: One.\n{LAST.replace('true', example)}"


SINCE, BEFORE = "(from 2026-05-01); correct it, or the schema", "(until 2026-05-01); correct it, or the schema"
TRUE_IS, FIVE_IS = 'true is not of type "integer"', '5 is not of type "boolean"'
IN_A_LIST: dict[str, tuple[str, str, str]] = {
    "always": (query("new", NEVER), LAST + query("more", NEVER, "5"), f"{FIVE_IS}; correct it, or the schema"),
    "the last, which came": (NEVER, LAST + query("more", FROM, "5"), f"{FIVE_IS} {SINCE}"),
    "the last, which went": (NEVER, LAST + query("more", UNTIL, "5"), f"{FIVE_IS} {BEFORE}"),
    "before another, and came": (query("more", FROM, "5"), LAST, f"{FIVE_IS} {SINCE}"),
    "before another, and went": (query("more", UNTIL, "5"), LAST, f"{FIVE_IS} {BEFORE}"),
    "after one that came, and came": (query("new", FROM), LAST + query("more", FROM, "5"), f"{FIVE_IS} {SINCE}"),
    "after one that went, and went": (query("new", UNTIL), LAST + query("more", UNTIL, "5"), f"{FIVE_IS} {BEFORE}"),
    **{
        f"wrong since then, {name}": (
            before,
            f"        x-was: [{{until: 2026-05-01, schema: {{type: boolean}}}}]\n{LAST.replace('boolean', 'integer')}",
            f"{TRUE_IS} {SINCE}, or add x-until: 2026-05-01 to it",
        )
        for name, before in (
            ("the last", NEVER),
            ("after another", query("new", NEVER)),
            ("after one that came", query("new", FROM)),
            ("after one that went", query("new", UNTIL)),
        )
    },
    **{
        f"wrong until then, {name}": (
            before,
            f"        x-was: [{{until: 2026-05-01, example: 5}}]\n{LAST}",
            f"{FIVE_IS} {BEFORE}, or add x-since: 2026-05-01 to it",
        )
        for name, before in (
            ("the last", NEVER),
            ("after one that came", query("new", FROM)),
            ("after one that went earlier", query("new", UNTIL.replace("-05-", "-03-"))),
        )
    },
}


@pytest.mark.parametrize("name", IN_A_LIST)
def test_an_item_of_a_list_is_the_same_one_at_any_position(name: str, spec: Path) -> None:
    """What is wrong with it on some days is put right by a mark only if it is there on the others, too."""
    before, last, expected = IN_A_LIST[name]
    path = "paths/search.yaml"
    edits = [{"file": path, "old": LAST, "new": last}, {"file": path, "old": DEEP, "new": before + DEEP}]
    with changed(spec, edits):
        (problem,) = reported(spec)
    assert problem.partition("the example does not fit its schema: ")[2] == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ("[text, no]", "[text]", "(from 2026-05-01); declare it, or correct the name"),
        ("[text]", "[text, no]", "(until 2026-05-01); declare it, or correct the name"),
        ("[no]", "[text]", "(from 2026-05-01); declare it, or correct the name, or add x-until: 2026-05-01 to it"),
        ("[text]", "[no]", "(until 2026-05-01); declare it, or correct the name, or add x-since: 2026-05-01 to it"),
    ],
)
def test_of_two_lists_the_positions_are_compared(now: str, before: str, expected: str, spec: Path) -> None:
    """Where a mark gives the whole list another value, even one of another length."""
    new = f"    - required: {now}\n      x-was: [{{until: 2026-05-01, required: {before}}}]\n"
    with changed(spec, [{"file": "schemas/notes.yaml", "old": "    - required: [text]\n", "new": new}]):
        (problem,) = reported(spec)
    assert problem.partition("'no' is not a property of this object ")[2] == expected


def test_no_value_of_the_wrong_form_ends_in_a_traceback(spec: Path) -> None:
    """Marks and editions may hold anything, as all else in a document may."""
    bundle = load(spec)
    values: tuple[Any, ...] = (None, 5, "x", [], {}, [1], [{}], {"until": 5}, [{"until": "2026-03-01"}], "2026-03-01")
    places = [path for path in _places(bundle.document) if path]
    marks = [path for path in places if str(path[-1]).startswith("x-") or "x-editions" in path or "x-was" in path]
    for number, path in enumerate(marks + places[::29]):
        document = deepcopy(bundle.document)
        held: Any = document
        for key in path[:-1]:
            held = held[key]
        held[path[-1]] = values[number % len(values)]
        with contextlib.suppress(DocumentWrong):
            editions.check(dataclasses.replace(bundle, document=document))


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, held in entries for place in _places(held, (*path, key)))]
