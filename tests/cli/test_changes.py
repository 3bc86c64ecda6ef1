"""`diff`, `upgrade` and `changes`: arguments in; status, text, JSON and Markdown out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apicontract.cli.diff import differences
from apicontract.cli.main import run
from apicontract.cli.outcomes import CannotRun
from apicontract.openapi.document import Document
from tests.cli.conftest import Done, Run, entry, har
from tests.support.history import BASE, HISTORY
from twelvelabs_contract import Contract
from twelvelabs_contract.product import PRODUCT


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Return a command line whose bundled document has a history."""
    monkeypatch.chdir(tmp_path)

    def load(path: Path | None = None, **named: Any) -> Contract:
        return Contract.load(path or HISTORY, **named)

    def started(*arguments: str) -> Done:
        return Done(run(PRODUCT._replace(load=load), arguments), *capsys.readouterr())

    return started


def test_two_editions_side_by_side(library: Run) -> None:
    """What breaks first; each with a command that shows it, and what the other edition says of that."""
    done = library("diff", "2026-01", "2026-03-01")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0].startswith("major: ")
    at = lines.index("  books.list: query.sort: 'sort' is no longer declared [requests narrower]")
    assert lines[at + 1] == f"      curl '{BASE}/books?sort=a' -H 'x-key: KEY'"
    assert lines[at + 2].startswith("      # valid in old; in new: query.sort: 'sort' is not declared")
    assert lines[at + 3] == "      old: #/paths/~1books/get/parameters/1"
    assert "  books.list: 200 body: 'total' is required [answers narrower]" in lines
    assert lines[-1].endswith(" minor")
    assert " of them equal: " in lines[-1]


def test_an_edition_and_itself(library: Run) -> None:
    done = library("diff", "2026-01", "2026-01-15", "--fail-on", "any")
    assert (done.status, done.out.partition(": ")[2]) == (0, "no difference\n")


@pytest.mark.parametrize(
    ("new", "fail_on", "status"),
    [
        ("2026-03-01", "breaking", 1),
        ("2026-03-01", "undecided", 1),
        ("2026-03-01", "any", 1),
        ("2026-05-01", "any", 1),
        ("2026-01", "any", 0),
    ],
)
def test_the_exit_status_is_what_was_asked_for(library: Run, new: str, fail_on: str, status: int) -> None:
    assert library("diff", "2026-01", new, "--fail-on", fail_on).status == status
    assert library("diff", "2026-01", new).status == 0


def test_as_json_and_markdown(library: Run) -> None:
    found = json.loads(library("diff", "2026-01", "2026-03-01", "--format", "json").out)
    assert found["severity"] == "major"
    gone = next(d for d in found["differences"] if d["where"] == "query.sort")
    assert (gone["effect"], gone["breaking"], gone["witness"]["right"]) == ("requests narrower", True, "old")
    assert gone["witness"]["curl"].startswith("curl ")
    assert gone["pointers"] == {"old": "#/paths/~1books/get/parameters/1"}
    answered = next(d for d in found["differences"] if d["where"] == "200 body")
    assert json.loads(answered["witness"]["response"]["body"]) == {"data": []}
    text = library("diff", "2026-01", "2026-03-01", "--format", "markdown").out
    assert text.startswith("## Major: breaks clients (")
    assert "- **books.list** `query.sort`: 'sort' is no longer declared" in text


def test_files_and_one_operation(library: Run, tmp_path: Path) -> None:
    raw = json.loads(json.dumps(Contract.load(HISTORY).document.raw))
    raw["paths"]["/books"]["get"]["parameters"][0]["schema"]["maximum"] = 49
    (tmp_path / "new.json").write_text(json.dumps(raw))
    done = library("diff", "2026-07", "new.json", "--operation", "books.list")
    assert done.out.splitlines()[1] == "  books.list: query.page: maximum was 50, is 49 [requests narrower]"
    assert done.out.splitlines()[-1] == "1 operation, 0 of them equal: 1 major"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["2027", "2026-07"], "2027: no such file, and there is no edition '2027'"),
        *(
            (["2026-01", f"no.{suffix}"], f"no.{suffix}: no such file or directory")
            for suffix in ("yaml", "yml", "json")
        ),
        (["2026-01", "2026-07", "--operation", "books"], "no operation 'books' on either side"),
    ],
)
def test_what_cannot_be_compared(library: Run, arguments: list[str], message: str) -> None:
    done = library("diff", *arguments)
    assert done.status == 2
    assert message in done.err


def _recording(*targets: str) -> str:
    return har(*(entry(f"{BASE}{target}", {"data": [], "total": 0}) for target in targets))


def test_what_of_a_recording_breaks(library: Run) -> None:
    """Each break has its line, day, reason and replacement; then deprecations and the valid editions."""
    done = library("upgrade", "--to", "2026-07", _recording("/books?sort=a", "/books?page=1&draft=true"))
    assert done.status == 1
    lines = done.out.splitlines()
    assert "exchange 1: GET https://library.example/v2/books" in lines[0]
    assert lines[1] == (
        "  2026-03-01: the request: books.list: query.sort: `sort` was removed on 2026-03-01; use order"
    )
    assert "deprecated, until 2026-09-01: books.list query.draft; use state" in lines
    assert lines[-2] == "2 exchanges from 2026-01-01 to 2026-07-01: 1 breaks"
    assert lines[-1] == "every exchange is valid at the edition of 2026-01-01 only"


def test_what_breaks_as_json(library: Run) -> None:
    done = library("upgrade", "--to", "2026-07", "--format", "json", _recording("/books?sort=a"))
    found = json.loads(done.out)
    assert [(one["day"], one["side"]) for one in found["breaks"]] == [("2026-03-01", "request")]
    assert found["right"] == ["2026-01-01"]


def test_one_day_can_be_asked_for_and_what_a_browser_sends_by_itself_is_no_exchange(library: Run) -> None:
    asked = entry(f"{BASE}/books", {"data": [], "total": 0})
    before = entry(f"{BASE}/books", {}, status=204)
    before["request"]["method"] = "OPTIONS"
    done = library("upgrade", "--edition", "2026-03-01", "--to", "2026-03-01", har(before, asked))
    assert (done.status, done.out.splitlines()[0]) == (0, "1 exchange from 2026-03-01 to 2026-03-01: none breaks")


def test_nothing_breaks(library: Run) -> None:
    done = library("upgrade", "--to", "2026-07", _recording("/books?page=1"))
    assert done.status == 0
    assert done.out.endswith("every exchange is valid at editions from 2026-01-01 to 2026-07-01\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "yesterday"], "there is no edition 'yesterday'"),
        (["--to", "2026-01", "--edition", "2026-07"], "2026-01-01 is before 2026-07-01"),
    ],
)
def test_what_cannot_be_upgraded(library: Run, arguments: list[str], message: str) -> None:
    done = library("upgrade", *arguments, _recording("/books"))
    assert done.status == 2
    assert message in done.err


def test_the_change_log(library: Run) -> None:
    """By day, with the entry of the ledger; words are no change."""
    lines = library("changes").out.splitlines()
    assert lines[0] == "2026-03-01 (E1)"
    assert "  gone    books.list query.sort: the parameter `sort` is gone; use order" in lines
    assert "  new     books.update: `PATCH /books/{book}` is new" in lines
    assert "  changed books.list 200: required with total" in lines
    assert "by 2026-05-01 (E2)" in lines


def test_nothing_has_changed_since_a_day_to_come(library: Run) -> None:
    done = library("changes", "--since", "2099-01-01")
    assert (done.status, done.out) == (0, "")
    assert done.err == "nothing is known to have changed since 2099-01-01\n"


def _attached() -> str:
    """Write a recording whose bodies are in files beside it, and one entry that cannot be read."""
    Path("answer.json").write_text('{"data": [], "total": 0, "next": "x"}')
    Path("broken.json").write_text('{"data": 1}')
    entries = [entry(f"{BASE}/books?sort=a", {}), entry(f"{BASE}/books?sort=b", {}), {"request": 1}]
    for held, file in zip(entries, ("answer.json", "broken.json"), strict=False):
        held["response"]["content"] = {"mimeType": "application/json", "_file": file}
    return har(*entries)


def test_bodies_beside_a_recording_are_read_and_an_entry_that_cannot_be_is_told(library: Run) -> None:
    done = library("upgrade", "--to", "2026-07", _attached())
    assert "2 exchanges from 2026-01-01 to 2026-07-01: 2 break, 1 wrong on 2026-01-01 already" in done.out.splitlines()
    assert "exchange 3 cannot be read: log.entries[2].request: a mapping is needed" in done.err
    done = library("drift", "--against", "calls.har")
    assert "GET /books: 200 body.next: only the response has it [property]" in done.out.splitlines()
    assert "exchange 3 cannot be read" in done.err


def test_the_change_log_since_a_month(library: Run) -> None:
    assert library("changes", "--since", "2026-05").out.startswith("by 2026-05-01 (E2)\n")
    found = json.loads(library("changes", "--since", "2026-05", "--format", "json").out)
    assert next(one["day"] for one in found) == "2026-05-01"
    assert library("changes", "--since", "spring").status == 2


def test_drift_of_recorded_traffic(library: Run, tmp_path: Path) -> None:
    """An operation, a parameter and a field of an answer that the document has not; what is known does not count."""
    answer = {"data": [], "total": 0, "next": "x"}
    har(entry(f"{BASE}/books?colour=red", answer), entry(f"{BASE}/maps", {}), entry(f"{BASE}/books", answer))
    done = library("drift", "--against", "calls.har")
    assert done.status == 1
    lines = [line.partition(";")[0].partition(" [")[0] for line in done.out.splitlines()]
    assert lines[:2] == [
        "GET /books: query.colour: 'colour' is not declared",
        "GET /books: 200 body.next: only the response has it",
    ]
    assert lines[2].startswith("GET /v2/maps: path: not in this document")
    assert lines[3:] == ["3 not known"]
    known = ["GET /books query.colour undeclared  # E1", "GET /v2/maps *  # E2", "", "# answers"]
    known += ["GET /books * property  # E3"]
    (tmp_path / "known.txt").write_text("\n".join([*known, "GET /gone *  # E4"]))
    done = library("drift", "--against", "calls.har", "--known", "known.txt")
    assert (done.status, done.out) == (0, "known, and not found any more: GET /gone *\n0 not known\n")


def test_drift_of_a_document(library: Run, tmp_path: Path) -> None:
    raw = json.loads(json.dumps(Contract.load(HISTORY).document.raw))
    raw["paths"]["/books"]["get"]["parameters"][0]["schema"]["maximum"] = 99
    (tmp_path / "theirs.json").write_text(json.dumps(raw))
    done = library("drift", "--against", "theirs.json")
    assert (
        done.out == "GET /books: query.page: in the other, for requests: maximum was 50, is 99 [maximum]\n1 not known\n"
    )
    assert library("drift", "--against", "theirs.json", "--edition", "2026-01").status == 1


@pytest.mark.parametrize(
    ("file", "known", "message"),
    [
        ("no.json", None, "no.json: "),
        ("text.har", None, "neither an OpenAPI document nor a recording"),
        ("calls.har", "GET /books *", "line 1: state why it is known"),
    ],
)
def test_what_cannot_be_compared_with(library: Run, tmp_path: Path, file: str, known: str | None, message: str) -> None:
    har(entry(f"{BASE}/books", {}))
    (tmp_path / "text.har").write_text('{"a": 1}')
    (tmp_path / "known.txt").write_text(known or "")
    done = library("drift", "--against", file, "--known", "known.txt")
    assert done.status == 2
    assert message in done.err


def test_a_webhook_can_be_named_as_an_operation() -> None:
    told = {"post": {"operationId": "told", "responses": {"2XX": {"description": ""}}}}
    old, new = (Contract(Document({"openapi": "3.1.0", "paths": {}, "webhooks": w})) for w in ({}, {"told": told}))
    found = differences(old, new, ["told"])
    assert (found.operations, found.webhooks, [one.rule for one in found.differences]) == (0, 1, ["webhook"])
    with pytest.raises(CannotRun, match=r"^no operation 'tell' on either side$"):
        differences(old, new, ["told", "tell"])
