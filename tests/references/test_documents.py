"""Each difference to the vendor's own documents is a decision, and each change in them is a change of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from apicontract.changes.changelog import change_log
from apicontract.openapi.document import Document
from tests.references import documents
from tests.references.readings import BETWEEN, DOCUMENTS
from twelvelabs_contract import Contract

LEDGER = (Path(__file__).parents[2] / "spec" / "DEVIATIONS.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def table() -> documents.Table:
    """Return the table that `make references` holds to the documents."""
    return documents.loaded(documents.TABLE.read_text(encoding="utf-8"))


def test_every_difference_is_explained(table: documents.Table) -> None:
    assert list(documents.unexplained(table)) == []
    assert len({day for days in table.ours.values() for day in days}) == 9
    assert len({day for days in table.vendors.values() for day in days}) == 7  # that of 2026-07-04 is as the one before


def test_every_departure_explains_a_difference(table: documents.Table) -> None:
    used = {documents.departure(fact) for fact in table.ours}
    assert [one for one in DOCUMENTS if one not in used] == []


def test_every_departure_is_an_entry_of_the_ledger() -> None:
    assert [
        one for one in (*DOCUMENTS, *BETWEEN) if not re.search(rf"^\*\*{one.ledger}\. ", LEDGER, re.MULTILINE)
    ] == []


def test_what_is_said_to_have_a_mark_has_one(table: documents.Table) -> None:
    """Of the days between two documents, the change log has at least one for each that changed with us."""
    marked = Contract.load().marked
    assert marked is not None
    days = [one.day for one in change_log(marked)]
    later = sorted({day for days in table.vendors.values() for day in days})
    before = dict(zip(later, ["2026-02-17", *later], strict=False))
    changed = {day for (_, why), found in table.vendors.items() if why == documents.MARK for day in found}
    assert [day for day in changed if not any(before[day] < one <= day for one in days)] == []


def test_a_table_that_was_written_reads_the_same(table: documents.Table) -> None:
    assert documents.loaded(documents.written(table)) == table


VENDOR = """
openapi: 3.1.0
info: {title: T, version: "1"}
servers: [{url: https://api.twelvelabs.io/v1.3}]
paths:
  /colours:
    get: {operationId: colours, responses: {"200": {description: All.}}}
"""


def test_what_nobody_explains_is_left() -> None:
    """An operation that the ledger does not know, in one document and between two."""
    old, new = (Document(yaml.safe_load(text)) for text in (VENDOR, VENDOR.replace("colours", "sounds")))
    (gone, came) = documents.between(old, new)
    assert [fact.route for fact in (gone, came)] == ["GET /colours", "GET /sounds"]
    assert documents.explanation(came, [], [gone]) == documents.NOTHING
    assert documents.explanation(came, [came], []) == documents.MARK
    assert documents.explanation(came, [], [came]) == documents.LEDGER
    left = list(
        documents.unexplained(documents.Table({came: ["2026-01-01"]}, {(gone, documents.NOTHING): ["2026-02-01"]}))
    )
    assert [line.partition(": ")[0] for line in left] == ["2026-01-01", "up to 2026-02-01"]


def test_documents_of_a_directory_are_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written is what is found again; a document that changed is noticed."""
    monkeypatch.setattr(documents, "TABLE", tmp_path / "documents.txt")
    (tmp_path / "vendor-2026-04-11.yaml").write_text(VENDOR)
    assert documents.main(tmp_path, writes=True) == 1
    assert "2026-04-11: GET /colours: path: GET /colours is new [operation, requests wider]" in capsys.readouterr().out
    documents.main(tmp_path, writes=False)
    assert "documents.txt differs" not in capsys.readouterr().out
    (tmp_path / "vendor-2026-04-11.yaml").write_text(VENDOR.replace("colours", "sounds"))
    assert documents.main(tmp_path, writes=False) == 1
    assert capsys.readouterr().out.endswith("not explained; documents.txt differs\n")
