"""The requests of releases of the vendor's SDK at the newest edition: each break with its day and what to use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from apicontract.changes.upgrade import Days, Sent, Side, report, upgrade
from apicontract.checks.contract import Contract as AnyContract
from tests.support.editions import contract_of
from tests.witnesses.releases import RELEASES
from tests.witnesses.store import load
from twelvelabs_contract import Contract, Headers, Request, Violation

pytestmark = pytest.mark.deep

BREAKS = """
2025-08-28 indexes.videos.update: method: `PUT /indexes/{index_id}/videos/{video_id}` was removed on 2025-08-28; use indexes.videos.update
2026-02-12 generate: path: `POST /generate` was removed on 2026-02-12; use analyze
2026-02-15 gist: path: `POST /gist` was removed on 2026-02-15; use analyze
2026-02-15 summarize: path: `POST /summarize` was removed on 2026-02-15; use analyze
2026-03-30 indexes.create: body.models[0].model_name: the value is not one of "marengo3.0"; this request was valid until 2026-03-29
2026-04-02 embed.create: form.text_truncate: `text_truncate` was removed on 2026-04-02
2026-04-02 search.create: form.adjust_confidence_level: `adjust_confidence_level` was removed on 2026-04-02
2026-04-02 search.create: form.sort_option: `sort_option` was removed on 2026-04-02
2026-04-02 search.create: form.threshold: `threshold` was removed on 2026-04-02
2026-04-11 tasks.transfers.create: path: `POST /tasks/transfers/import/{integration_id}` was removed by 2026-04-11; use imports.import_files
2026-04-11 tasks.transfers.get_logs: path: `GET /tasks/transfers/import/{integration_id}/logs` was removed by 2026-04-11; use imports.list_imports
2026-04-11 tasks.transfers.get_status: path: `GET /tasks/transfers/import/{integration_id}/status` was removed by 2026-04-11; use imports.retrieve_import
2026-08-19 analyze: body.video_id: `video_id` was removed on 2026-08-19; use video
2026-08-19 indexes.create: body.models[0].model_name: `pegasus1.2` was removed on 2026-08-19
""".strip().splitlines()  # noqa: E501 - a line each
"""What breaks of SDK 1.0.0; the entries of these days in the ledger, E1 to E22, have the sources."""
DEPRECATED = {
    "embed.create": "embed.v_2.create",
    "embed.tasks.create": "embed.v_2.tasks.create",
    "embed.tasks.list": "embed.v_2.tasks.list",
    "embed.tasks.status": "embed.v_2.tasks.retrieve",
    "indexes.videos.delete": "indexes.indexed_assets.delete",
    "indexes.videos.list": "indexes.indexed_assets.list",
    "indexes.videos.retrieve": "indexes.indexed_assets.retrieve",
    "indexes.videos.update": "indexes.indexed_assets.update",
    "tasks.create": "indexes.indexed_assets.create",
    "tasks.delete": "indexes.indexed_assets.delete",
    "tasks.list": "indexes.indexed_assets.list",
    "tasks.retrieve": "indexes.indexed_assets.retrieve",
}


def _upgraded(release: str) -> dict[str, Any]:
    def judge(contract: AnyContract, request: Request) -> Sequence[tuple[Side, Violation]]:
        return [("request", violation) for violation in contract.check_request(request)]

    sent = []
    for line, one in enumerate(load(release), 1):
        if one.sent:
            request = Request(one.verb, one.url, Headers(one.headers), one.body)
            label = " ".join((one.method, *one.given))
            sent.append(Sent(release, line, label, request, lambda contract, sent=request: judge(contract, sent)))  # type: ignore[misc]
    editions = Contract.load().editions
    assert editions is not None
    return report(upgrade(sent, Days(editions, contract_of), RELEASES[release].day.isoformat(), editions.newest))


@pytest.mark.parametrize(
    ("release", "since", "exchanges"), [("python-1.0.0", "2025", 62), ("python-1.2.1", "2026-03", 41)]
)
def test_what_a_release_sent_breaks_as_the_ledger_says_and_nothing_else(
    release: str, since: str, exchanges: int
) -> None:
    found = _upgraded(release)
    reported = sorted({f"{one['day']} {one['violation']}".removesuffix(" [enum]") for one in found["breaks"]})
    assert reported == [line for line in BREAKS if line >= since]
    assert all(one["source"] == release and one["line"] for one in found["breaks"])
    assert {one["name"]: one["instead"] for one in found["deprecated"]} == DEPRECATED
    assert found["broken"] == exchanges
