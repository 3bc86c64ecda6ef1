"""`x-parts` and `x-large` must agree with the operations that they name; each becomes a method or an argument."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen.__main__ import Wanted, generate
from tests.codegen.edits import edited, reported

FILMS = Path(__file__).with_name("films.yaml").read_text()
SCHEMAS = """\
Film:
  type: object
  description: A film.
  properties:
    id: {type: string, description: Its identifier.}
    name: {type: string, description: Its name.}
    bytes: {type: integer, description: Its size.}
FilmBegin:
  type: object
  description: A film to come.
  additionalProperties: false
  required: [name, bytes]
  properties:
    name: {type: string, minLength: 1, description: Its name.}
    bytes: {type: integer, minimum: 1, description: Its size.}
FilmUpload:
  type: object
  description: An upload.
  properties:
    session: {type: string, description: Its identifier.}
    film: {type: string, description: The film it becomes.}
    part: {type: integer, description: Size of a part.}
    urls:
      type: array
      description: Where parts go.
      items: {$ref: '#/FilmUrl'}
FilmUrl:
  type: object
  description: Where a part goes.
  properties:
    number: {type: integer, description: The part.}
    url: {type: string, description: The address.}
FilmPage:
  type: object
  description: A page of films.
  properties:
    data:
      type: array
      description: The films.
      items: {$ref: '#/Film'}
    pages: {$ref: 'notes.yaml#/Pages'}
FilmMore:
  type: object
  description: The parts.
  additionalProperties: false
  properties:
    first: {type: integer, minimum: 1, description: The first.}
    count: {type: integer, minimum: 1, maximum: 50, description: How many.}
FilmReport:
  type: object
  description: What has arrived.
  additionalProperties: false
  properties:
    parts:
      type: array
      description: The parts.
      items: {$ref: '#/FilmReported'}
FilmReported:
  type: object
  description: A part that has arrived.
  additionalProperties: false
  properties:
    number: {type: integer, minimum: 1, description: The part.}
    proof: {type: string, description: The proof.}
    bytes: {type: integer, minimum: 1, description: Its size.}
FilmParts:
  type: object
  description: A page of parts.
  properties:
    state: {type: string, description: State of the upload.}
    parts:
      type: array
      description: The parts.
      items: {$ref: '#/FilmPart'}
    pages: {$ref: 'notes.yaml#/Pages'}
FilmPart:
  type: object
  description: A part.
  properties:
    number: {type: integer, description: The part.}
    state: {type: string, description: Its state.}
FilmSmall:
  type: object
  description: A small film.
  additionalProperties: false
  required: [file]
  properties:
    file: {type: string, format: binary, description: The film.}
"""
PATHS = ("/films", "/films/{id}", "/films/{id}/film")


def document(folder: Path, films: str) -> Path:
    """Add films to the right document."""
    added = "".join(f"  {path}: {{$ref: 'paths/films.yaml#/{path.replace('/', '~1')}'}}\n" for path in PATHS)
    return edited(
        folder,
        [
            {"file": "openapi.yaml", "old": "components:\n", "new": f"{added}components:\n"},
            {"file": "paths/films.yaml", "new": films},
            {"file": "schemas/films.yaml", "new": SCHEMAS},
        ],
    )


def test_what_agrees_has_no_problem(tmp_path: Path) -> None:
    assert reported(document(tmp_path, FILMS)) == []


@pytest.mark.parametrize(
    ("key", "was", "value", "said"),
    [
        ("filename", "name", "title", "'title' is not a property of the request of 'films.begin'; correct the name"),
        ("first", "first", "from", "'from' is not a property of the request of 'films.more'; correct the name"),
        ("parts", "parts", "pieces", "'pieces' is not a property of the request of 'films.report'; correct the name"),
        ("proof", "proof", "etag", "'etag' is not a property of an item of 'parts'; correct the name"),
        ("retrieve", "films.get", "films.give", "there is no operation 'films.give'; correct the operationId"),
        (
            "more",
            "films.more",
            "films.list",
            "'films.list' has 0 path parameters, and must have one; name an operation with one path parameter",
        ),
        (
            "session",
            "/session",
            "session",
            "the pointer 'session' leads to no property in the response of 'films.begin'; write it as /name/name",
        ),
        (
            "address",
            "/url",
            "/uri",
            "the pointer '/uri' leads to no property in an item of '/urls' of 'films.begin'; write it as /name/name",
        ),
        (
            "status",
            "films.parts",
            "films.get",
            "'films.get' is not a listing by page; name an operation with x-pagination of style page",
        ),
        (
            "index",
            "/number",
            "/index",
            "the pointer '/index' leads to no property in an item of 'films.parts'; write it as /name/name",
        ),
        ("per_page", "page_limit", "limit", "'limit' is not a query parameter of 'films.parts'; correct the name"),
        ("named", "name", "title", "'title' is not a query parameter of 'films.list'; correct the name"),
        ("done", "[whole]", "whole", "'done' is not a list of strings; write a list of names"),
    ],
)
def test_what_does_not_agree_is_reported(tmp_path: Path, key: str, was: str, value: str, said: str) -> None:
    assert FILMS.count(f"      {key}: {was}\n") == 1
    films = FILMS.replace(f"      {key}: {was}\n", f"      {key}: {value}\n")
    problems = [problem.partition(": ")[2] for problem in reported(document(tmp_path, films))]
    assert f"#/~1films/post/x-parts/{key}: {said}" in problems


FINDING = ("find", "named", "found", "found_name", "found_size")


@pytest.mark.parametrize("left", [FINDING[:1], FINDING[1:2], FINDING[:-1]])
def test_keys_that_find_an_earlier_file_go_together(tmp_path: Path, left: tuple[str, ...]) -> None:
    missing = [key for key in FINDING if key not in left]
    films = "".join(line for line in FILMS.splitlines(keepends=True) if line.split(":")[0].strip() not in missing)
    (problem,) = reported(document(tmp_path, films))
    lacks = f"of the keys that find an earlier file, {', '.join(missing)} is missing"
    assert problem.endswith(f"{lacks}; give all of them, or none")


@pytest.mark.parametrize(
    ("was", "value", "said"),
    [
        ("file: file", "file: film", "'film' is not a property of the request of 'films.small'; correct the name"),
        (
            "operation: films.begin",
            "operation: films.get",
            "'films.get' is not an operation with x-parts; name one that starts an upload in parts",
        ),
    ],
)
def test_large_files_need_an_operation_that_takes_them(tmp_path: Path, was: str, value: str, said: str) -> None:
    assert FILMS.count(was) == 1
    (problem,) = reported(document(tmp_path, FILMS.replace(was, value)))
    assert problem.endswith(said)


def test_argument_that_is_another_one_already_is_reported(tmp_path: Path) -> None:
    spec = document(tmp_path, FILMS)
    schemas = spec / "schemas" / "films.yaml"
    size = "    bytes: {type: integer, minimum: 1, description: Its size.}\n"
    more = size.replace("bytes", "parallel")
    schemas.write_text(SCHEMAS.replace(f"{size}FilmUpload", f"{size}{more}FilmUpload"))
    (problem,) = reported(spec)
    assert "'parallel' is an argument of 'films.begin', and of every method that uploads a file in parts" in problem


def test_methods_take_a_path_and_what_it_does_not_tell(tmp_path: Path) -> None:
    """Without the keys that find an earlier file, there is no `reuse`."""
    first, _, rest = FILMS.partition("      find: films.list\n")
    films = first + rest[rest.index("    requestBody") :]
    files = generate(document(tmp_path, films), Wanted(package="notes_api", strict=True))["notes_api"]
    text = files["films.py"].decode()
    signature = text[text.index("def upload(") : text.index('"""', text.index("def upload("))]
    assert "path: FilePath," in signature
    assert "name: str | None = None," in signature
    assert "bytes:" not in signature
    assert "reuse" not in signature
    assert ") -> _api.models.Film:" in signature
    assert "in_parts: bool = False" in text
    assert "as by `films.upload`" in " ".join(text.split())
