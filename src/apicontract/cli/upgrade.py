"""Check recordings against a later edition: which exchange breaks on which day, why, and what to use instead."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from apicontract.changes.upgrade import Days, Sent, Side, lines, report, upgrade
from apicontract.checks.contract import Contract
from apicontract.cli.outcomes import CannotRun
from apicontract.cli.terminal import note
from apicontract.cli.validate import named, opened, why
from apicontract.openapi.document import Json
from apicontract.openapi.editions import EditionUnknown
from apicontract.openapi.violation import Violation
from apicontract.traffic import recordings
from apicontract.wire.messages import Request

_KEYS = "/security"
"""The pointer of a missing key, which is removed from recordings before they are shared."""


def run(load: Callable[[str | None], Contract], files: Sequence[str], start: str | None, end: str) -> dict[str, Json]:
    """Check recordings at every edition between two; raise `CannotRun` with the reason if that is not possible."""
    newest = load(None)
    editions = newest.editions
    if editions is None:
        raise CannotRun("the document has no editions: there is nothing to upgrade to")
    try:
        days = [editions.first if start is None else editions.resolve(start), editions.resolve(end)]
    except EditionUnknown as error:
        raise CannotRun(str(error)) from None
    for option, given in (("--edition", start), ("--to", end)):
        if remark := editions.remark(given):
            note(f"{option}: {remark}")
    if days[0] > days[1]:
        raise CannotRun(f"{days[1]} is before {days[0]}; give the later edition as --to")
    exchanges = [sent for file, source in named(files) for sent in _read(newest, file, source)]
    if not exchanges:
        raise CannotRun("no exchange of this API in the input; name its base URL with --base-url")
    return report(upgrade(exchanges, Days(editions, load), *days))


def _read(newest: Contract, file: str, source: str) -> Iterator[Sent]:
    """Yield the exchanges with the API in one recording."""
    bases = newest.base_urls()
    try:
        with opened(file) as stream:
            data = stream.read()
        for recorded in recordings.read(data, folder=None if file == "-" else Path(file).parent):
            if isinstance(recorded, recordings.Unreadable):
                note(not_read(source, recorded))
            elif bases.find(recorded.request.url) is not None and not _is_preflight(newest, recorded.request):
                yield Sent(source, recorded.line, recorded.label, recorded.request, _judge(recorded))
    except recordings.RecordingInvalid as error:
        raise CannotRun(f"{source}: {error}") from None
    except OSError as error:
        raise CannotRun(f"{source}: {why(error)}") from None


def _is_preflight(newest: Contract, request: Request) -> bool:
    """Return whether a browser sent a request on its own, which no edition needs to have."""
    return request.method == "OPTIONS" and newest.find(request) is None


def not_read(source: str, entry: recordings.Unreadable) -> str:
    """Return a message for an unreadable entry of a recording, so that it does not count as valid."""
    place = source if entry.line is None else f"{source}:{entry.line}"
    return f"{place}: exchange {entry.index} cannot be read: {entry.reason}"


def _judge(recorded: recordings.Recorded) -> Callable[[Contract], Sequence[tuple[Side, Violation]]]:
    def judge(contract: Contract) -> Sequence[tuple[Side, Violation]]:
        found = recordings.check(contract, recorded).findings
        sides: Mapping[str, Side] = {"request": "request", "response": "response"}
        return [(sides[one.side], one.violation) for one in found if one.violation.pointer != _KEYS]

    return judge


def _json(found: Mapping[str, Json]) -> Iterator[str]:
    yield json.dumps(found, ensure_ascii=False, indent=2)


WRITERS: Mapping[str, Callable[[Mapping[str, Json]], Iterator[str]]] = {"text": lines, "json": _json}
"""The formats of a report."""
