"""The change log of the API, derived from the marks of its document."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from apicontract.changes.changelog import LoggedDay, change_log, markdown, text
from apicontract.checks.contract import Contract
from apicontract.cli.outcomes import CannotRun
from apicontract.openapi.editions import EditionUnknown
from apicontract.openapi.marks import BEGINNING, is_day

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def log(contract: Contract, since: str | None) -> list[LoggedDay]:
    """Return the changes since a day, a month, an edition or a release.

    Raises `CannotRun` with the reason if that fails.
    """
    document, editions = contract.marked, contract.editions
    if document is None or editions is None:
        raise CannotRun("the document has no marks that say what changed")
    try:
        if since is not None and since not in editions.names and _MONTH.fullmatch(since):
            since = f"{since}-01"
        if since is None or since <= editions.first:
            day = BEGINNING
        else:
            day = since if is_day(since) else editions.resolve(since)  # a day after the newest edition means the newest
    except EditionUnknown as error:
        raise CannotRun(f"--since: {error}") from None
    return change_log(document, day)


def _markdown(days: Sequence[LoggedDay]) -> Iterator[str]:
    yield from ("# Changes of the API", "")
    yield from ("Generated from the marks of the document by the command `changes --format markdown`.", "")
    yield from list(markdown(days))[:-1]


def _json(days: Sequence[LoggedDay]) -> Iterator[str]:
    found = [
        {
            "day": one.day,
            "by": one.source.by,
            "ledger": one.source.ledger,
            "changes": [change._asdict() for change in one.changes],
        }
        for one in days
    ]
    yield json.dumps(found, ensure_ascii=False, indent=2)


WRITERS: Mapping[str, Callable[[Sequence[LoggedDay]], Iterator[str]]] = {
    "text": text,
    "markdown": _markdown,
    "json": _json,
}
"""The formats of a change log."""
