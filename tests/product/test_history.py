"""Explanations by other days of the document: for each thing that was removed or added, and for SDK 1.0.0 today."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from apicontract.openapi.document import Document
from apicontract.openapi.life import NOT_YET, REMOVED, Lives
from apicontract.openapi.violation import Violation
from tests.support.editions import contract_of, needs_editions
from tests.witnesses import load
from twelvelabs_contract import Contract, Headers, Request
from twelvelabs_contract.contract import bundled

pytestmark = needs_editions

FIRST, MIDDLE, LAST = "2025-08-05", "2026-04-02", "2026-10-06"

OPERATIONS = {
    "summarize": "`POST /summarize` was removed on 2026-02-15; use analyze",
    "gist": "`POST /gist` was removed on 2026-02-15; use analyze",
    "generate": "`POST /generate` was removed on 2026-02-12; use analyze",
    "indexes.videos.update": (
        "`PUT /indexes/{index_id}/videos/{video_id}` was removed on 2025-08-28; use indexes.videos.update"
    ),
    "tasks.transfers.create": (
        "`POST /tasks/transfers/import/{integration_id}` was removed by 2026-04-11; use imports.import_files"
    ),
    "tasks.transfers.get_status": (
        "`GET /tasks/transfers/import/{integration_id}/status` was removed by 2026-04-11; use imports.retrieve_import"
    ),
    "tasks.transfers.get_logs": (
        "`GET /tasks/transfers/import/{integration_id}/logs` was removed by 2026-04-11; use imports.list_imports"
    ),
}
"""The operations of SDK 1.0.0 that the API no longer has, and what is said of each."""

PARAMETERS = {
    "analyze body.video_id": "`video_id` was removed on 2026-08-19; use video",
    "embed.create form.text_truncate": "`text_truncate` was removed on 2026-04-02",
    "search.create form.adjust_confidence_level": "`adjust_confidence_level` was removed on 2026-04-02",
    "search.create form.sort_option": "`sort_option` was removed on 2026-04-02",
    "search.create form.threshold": "`threshold` was removed on 2026-04-02",
}
"""Its parameters of those operations that are left."""


def sent(release: str) -> list[Request]:
    """Return what a release sent."""
    return [Request(one.verb, one.url, Headers(one.headers), one.body) for one in load(release) if one.sent]


def test_what_sdk_1_0_0_sends_and_the_api_no_longer_takes() -> None:
    """Each of 7 operations and 5 parameters, with its day; at its own edition nothing was removed."""
    newest, first = Contract.load(), contract_of(FIRST)
    violations = [violation for request in sent("python-1.0.0") for violation in newest.check_request(request)]
    removed = [violation for violation in violations if violation.rule == REMOVED]
    gone = {v.operation: v.message for v in removed if v.where in ("path", "method")}
    parameters = {f"{v.operation} {v.where}": v.message for v in removed if v.pointer.endswith("additionalProperties")}
    form = {f"{v.operation} {v.where}": v.message for v in removed if v.where.startswith("form.")}
    assert gone == OPERATIONS
    assert parameters | form == PARAMETERS
    assert not any(violation.operation is None for violation in violations)
    found = {violation.rule for request in sent("python-1.0.0") for violation in first.check_request(request)}
    assert not found & {REMOVED, NOT_YET}


@pytest.mark.parametrize("day", [FIRST, MIDDLE, LAST])
def test_every_operation_of_another_day_is_known(day: str) -> None:
    """By its id, and with the day on which it came or went; none is said to be unknown."""
    lives, contract = Lives(json.loads(bundled("editions.json").read_bytes())), contract_of(day)
    absent = lives.absent(day)
    assert absent
    for one in absent:
        url = contract.servers[0] + re.sub(r"\{[^}]*\}", "0123456789abcdef", one.path)
        (found,) = contract.check_request(Request(one.method.upper(), url))
        assert (found.operation, found.rule, found.message) == (one.id, *one.explanation)
        assert re.search(r"(was removed|was added|by|on|since) \d{4}-\d\d-\d\d", found.message)


@pytest.mark.parametrize("release", ["python-1.0.0", "python-1.2.2", "python-1.3.6"])
@pytest.mark.parametrize("day", [FIRST, MIDDLE, LAST])
def test_the_same_violations_as_by_the_plain_document_of_the_day(release: str, day: str) -> None:
    """The history gives words, and takes no violation away; only an operation that is gone gets its id."""

    def found(violations: list[Violation]) -> list[tuple[str, str, str | None]]:
        return [(violation.where, violation.pointer, violation.excerpt) for violation in violations]

    contract = contract_of(day)
    plain = Contract(Document(contract.document.raw))
    for request in sent(release):
        assert found(contract.check_request(request)) == found(plain.check_request(request))


def test_the_plain_document_of_an_edition_is_the_one_that_is_generated() -> None:
    """By projection of the marked document, byte for byte."""
    generated = bundled().parents[1]
    for package, edition in (("twelvelabs_api", "2026-10"), ("twelvelabs_api_2025_08", "2025-08")):
        text = json.dumps(contract_of(edition).document.raw, ensure_ascii=False, indent=2) + "\n"
        assert Path(generated, package, "openapi.json").read_text(encoding="utf-8") == text
