"""`--edition` of every command, `document`, and the edition in every output."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from apicontract.cli.main import run
from tests.cli.conftest import Done, Run, entry, har
from tests.support.history import BASE, HISTORY, install, on
from twelvelabs_contract.product import PRODUCT

NEWEST = "Library API as of 2026-07-01"


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Return a function that runs the command as it is shipped, with the newest document."""
    monkeypatch.chdir(tmp_path)

    def started(*arguments: str) -> Done:
        return Done(run(PRODUCT, arguments), *capsys.readouterr())

    return started


@pytest.fixture
def library(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a command line whose bundled document has a history."""
    install(tmp_path, monkeypatch)
    return cli


def test_the_version_names_the_edition(library: Run) -> None:
    """The document's, beside the program's own."""
    assert library("--version").out.endswith(f" ({NEWEST})\n")


def test_the_version_needs_no_document(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is not generated yet, the program says its own."""
    monkeypatch.setattr("twelvelabs_contract.contract.PACKAGE", "no_such_package")
    done = cli("--version")
    assert (done.status, done.out.count("\n"), "as of" in done.out) == (0, 1, False)


@pytest.mark.parametrize("edition", [None, "2026-01", "sdk-1.1", "2026-04-30"])
@pytest.mark.parametrize("source", ["bundled", "file"])
def test_the_document_of_a_day(library: Run, edition: str | None, source: str) -> None:
    """Plain OpenAPI as JSON: what the contract of that day was loaded from."""
    spec = ["--spec", str(HISTORY)] if source == "file" else []
    done = library("document", *(["--edition", edition] if edition else []), *spec)
    assert done.status == 0
    assert done.out == json.dumps(on(edition).document.raw, ensure_ascii=False, indent=2) + "\n"


def test_the_bundled_document_is_printed_as_it_is(cli: Run) -> None:
    """Byte for byte, so that it can be compared with the file."""
    import twelvelabs_api

    file = Path(twelvelabs_api.__file__ or "").with_name("openapi.json")
    assert cli("document").out == file.read_text(encoding="utf-8")


def test_a_day_after_the_newest_edition_is_said_to_mean_it(library: Run) -> None:
    said = "2030-01-01 is after the newest edition, 2026-07-01, which is used\n"
    assert library("operations", "--edition", "2030-01-01").err == f"--edition: {said}"
    assert library("diff", "2026-01", "2030-01-01").err == said
    assert library("operations", "--edition", "newest").err == ""


def test_operations_of_a_day(library: Run) -> None:
    """Those of that day, under the name of the document and the day."""
    newest, first = library("operations").out, library("operations", "--edition", "2026-01").out
    assert "loans.create" in first
    assert "loans.create" not in newest
    assert newest.splitlines()[-1] == f"4 operations of {NEWEST}"
    assert first.splitlines()[-1] == "5 operations of Library API as of 2026-01-01"


def test_one_operation_of_a_day(library: Run) -> None:
    """One that another edition has is said to be that."""
    done = library("show", "loans.create")
    assert (done.status, done.out) == (2, "")
    assert "no operation 'loans.create' in the document: `POST /loans` was removed by 2026-05-01" in done.err
    assert library("show", "loans.create", "--edition", "2026-01").status == 0


def test_export_of_a_day(library: Run) -> None:
    """The schemas of that day."""
    assert library("export", "schemas", "--edition", "2026-01").status == 0
    assert "leaflet" in "".join(path.read_text() for path in Path("schemas").rglob("*.json"))


def test_payloads_of_a_day(library: Run) -> None:
    """Right by one edition, and explained by another."""
    Path("book.json").write_text('{"title": "a", "author": "b"}')
    arguments = ("validate", "--operation", "books.create", "book.json")
    assert library(*arguments, "--edition", "2026-01").status == 0
    done = library(*arguments)
    assert done.status == 1
    assert "`author` was removed by 2026-05-01; use authors" in done.out


def recording() -> str:
    """Write a recording with a removed parameter."""
    return har(entry(f"{BASE}/books?sort=year", {"data": [], "total": 1}))


def outputs(library: Run, *arguments: str) -> dict[str, Any]:
    """Check a recording in every format; return the outputs."""
    return {form: library("check", recording(), "--format", form, *arguments).out for form in FORMATS}


FORMATS = ("text", "json", "junit", "sarif")


def test_every_format_names_the_edition(library: Run) -> None:
    """Beside the results."""
    found = outputs(library)
    assert found["text"].splitlines()[-1].endswith(f"({NEWEST})")
    contract = {
        "title": "Library API",
        "version": "2",
        "edition": {"day": "2026-07-01", "name": "2026-07"},
    }
    assert json.loads(found["json"])["contract"] == contract
    assert ET.fromstring(found["junit"]).get("name") == f"twelvelabs-contract: {NEWEST}"  # noqa: S314 - our own
    (run,) = json.loads(found["sarif"])["runs"]
    assert run["properties"] == {"contract": contract}
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["removed"]


def test_a_document_without_editions_is_named_as_before(cli: Run, tmp_path: Path) -> None:
    """By title and version, in the formats that name it."""
    (tmp_path / "plain.json").write_text(json.dumps(on().document.raw))
    found = outputs(cli, "--spec", "plain.json")
    assert "as of" not in "".join(found.values())
    assert json.loads(found["json"])["contract"] == {"title": "Library API", "version": "2"}
    assert "properties" not in json.loads(found["sarif"])["runs"][0]


@pytest.mark.parametrize(
    "arguments",
    [
        ["operations"],
        ["show", "books.list"],
        ["validate", "x.json", "--schema", "Book"],
        ["check", "x.har"],
        ["export", "out"],
        ["document"],
    ],
)
def test_an_edition_that_there_is_not(library: Run, arguments: list[str]) -> None:
    """Of every command: which there are."""
    done = library(*arguments, "--edition", "sdk-9")
    assert (done.status, done.out) == (2, "")
    assert "--edition: there is no edition 'sdk-9'; " in done.err.replace("\n", " ")
    assert "known are sdk-1.0, sdk-1.1, 2026-01, 2026-07, and any day written as YYYY-MM-DD" in done.err
