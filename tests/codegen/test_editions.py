"""The rules of the generator on every day of a document."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from codegen import editions
from codegen.bundle import load
from codegen.problems import DocumentWrong

if TYPE_CHECKING:
    from pathlib import Path

LIST = """\
editions:
  - {day: 2026-01-01, name: 2026-01, package: things_2026_01, witness: the first release}
  - {day: 2026-07-01, name: 2026-07, package: things, witness: the newest release}
days:
  2026-03-01: {ledger: E1}
  2026-05-01: {ledger: E2}
"""
ROOT = """\
openapi: 3.1.0
info:
  title: Things
  version: '1'
servers: [{url: https://things.example.com/v1}]
tags: [{name: things}]
x-client: {class: Things, api_key_environment: THINGS_KEY, base_url_environment: THINGS_URL}
paths:
  /things/{id}:
    get:
      operationId: things.retrieve
      tags: [things]
      summary: Read a thing
      description: Read one thing.
      parameters:
        - name: id
          in: path
          required: true
          description: The thing.
          example: a
          schema:
            type: string
            maxLength: 5
            x-was: [{until: 2026-05-01, maxLength: ~, minLength: 2}, {until: 2026-03-01, minLength: ~}]
        - name: page
          in: query
          description: The page.
          x-since: 2026-03-01
          example: 0
          schema: {type: integer, minimum: 1}
      responses:
        '204': {description: Done.}
        default: {description: Wrong.}
"""


def spec(folder: Path, root: str = ROOT, listed: str | None = LIST) -> Path:
    """Write a document."""
    found = folder / "spec"
    shutil.rmtree(found, ignore_errors=True)
    found.mkdir()
    (found / "openapi.yaml").write_text(root)
    if listed is not None:
        (found / editions.FILE).write_text(listed)
    return found


def problems(folder: Path) -> list[str]:
    """Return what is said of a document."""
    return [str(problem) for problem in editions.check(editions.attached(load(folder), folder))]


def test_each_problem_is_said_once_with_its_days(tmp_path: Path) -> None:
    """Rule 17: at the file and line of the marked text, also where the projection has it elsewhere."""
    assert problems(spec(tmp_path)) == [
        "spec/openapi.yaml:20: #/paths/~1things~1{id}/get/parameters/0/example: the example does not fit its schema: "
        '"a" is shorter than 2 characters (from 2026-03-01 until 2026-05-01); '
        "correct it, or the schema, or add x-until: 2026-03-01 or x-since: 2026-05-01",
        "spec/openapi.yaml:29: #/paths/~1things~1{id}/get/parameters/1/example: the example does not fit its schema: "
        "0 is less than the minimum of 1 (from 2026-03-01 on); "
        "correct it, or the schema, or add x-until: 2026-03-01",
    ]


def test_problems_of_marks_have_file_and_line(tmp_path: Path) -> None:
    """Rule 16: those of the list lead into its file."""
    root = (
        ROOT.replace("example: 0", "example: 1")
        .replace("example: a", "example: abc")
        .replace("minLength: ~}", "minLength: 2}")
    )
    listed = LIST + "  2026-06-01: {ledger: E3}\n"
    assert problems(spec(tmp_path, root, listed)) == [
        "spec/editions.yaml:7: #/days/2026-06-01: no mark names 2026-06-01; "
        "mark what changed on it, or remove it from the days",
        "spec/openapi.yaml:24: #/paths/~1things~1{id}/get/parameters/0/schema/x-was/1/minLength: "
        "'minLength' has this value already; remove it from the entry",
    ]


def test_marks_that_cannot_be_read_are_said_alone(tmp_path: Path) -> None:
    """There is no projection to look at."""
    assert problems(spec(tmp_path, ROOT.replace("x-since: 2026-03-01", "x-since: March"))) == [
        "spec/openapi.yaml:28: #/paths/~1things~1{id}/get/parameters/1/x-since: 'March' is not a day; "
        "write it as 2026-04-02, without quotes",
    ]


def test_a_wrong_list_is_refused(tmp_path: Path) -> None:
    """All problems of it, with file and line."""
    folder = spec(tmp_path, listed=LIST.replace("ledger: E1", "leger: E1").replace("2026-07-01", "2025-07-01"))
    with pytest.raises(DocumentWrong) as caught:
        editions.attached(load(folder), folder)
    assert str(caught.value).splitlines() == [
        "spec/editions.yaml:3: #/editions/1/day: 2025-07-01 follows 2026-01-01; write the newest edition last",
        "spec/editions.yaml:5: #/days/2026-03-01: 2026-03-01 has no source; write {ledger: ENTRY}",
    ]
    folder = spec(tmp_path, listed="editions: [")
    with pytest.raises(DocumentWrong, match=r"spec/editions\.yaml:2: #/editions: this is not valid YAML"):
        editions.attached(load(folder), folder)


def test_a_document_without_a_list_is_as_it_was(tmp_path: Path) -> None:
    """A document of one day."""
    folder = spec(tmp_path, listed=None)
    bundle = load(folder)
    assert editions.attached(bundle, folder) is bundle


def test_the_list_travels_in_the_document(tmp_path: Path) -> None:
    """Last, and its file is not called unused."""
    folder = spec(tmp_path)
    bundle = editions.attached(load(folder), folder)
    assert [*bundle.document][-1] == "x-editions"
    assert bundle.unused == ()
    assert "x-editions" not in editions.projected(bundle, "2026-07-01").document
