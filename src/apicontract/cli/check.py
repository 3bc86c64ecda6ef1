"""Read recordings one after the other, and check each exchange."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from apicontract.checks.contract import Contract
from apicontract.cli import storage
from apicontract.cli.jobs import HERE, LOST, Here, Spread
from apicontract.cli.outcomes import STDIN, CannotRun, Checked, Judged, Outcome, PassedOver, Unreadable, Unrelated
from apicontract.cli.validate import named, opened, total_size, why
from apicontract.openapi import base_urls
from apicontract.traffic import recordings
from apicontract.traffic.recordings.kinds import NoRecording

if TYPE_CHECKING:
    from apicontract.cli.coverage import Counter

LARGE = 16 * 1024 * 1024
"""The size of the input, in bytes, from which it is worth starting several processes."""
_HIDING = (b"PK", b"\x1f\x8b", b"\xff\xfe", b"\xfe\xff")
"""How files without readable URLs begin: zip, gzip, UTF-16."""
_URL = re.compile(rb"(?i)https?://[^\s\"'<>\\]+")


def check(
    contract: Contract,
    files: Sequence[str],
    *,
    unknown: str = "fail",
    others: bool = False,
    counter: Counter | None = None,
    spread: Spread = HERE,
) -> Generator[Outcome]:
    """Check every exchange of every recording; `-` is standard input.

    An exchange without an operation is an outcome too.

    `unknown` says how to treat a request to the API that matches no operation: it fails, is listed, or is left out.
    `others` permits files of other APIs, and files that are not recordings: they are skipped. `counter` counts
    coverage, in one process. With several processes, each file is checked by one of them.
    """
    inputs = named(files)
    if counter is not None and spread not in (HERE, Spread(jobs=1)):
        raise CannotRun("coverage is counted by one process; leave out --jobs, --dask and --finished")
    much = counter is None and len(files) > 1 and (total_size(files) or 0) >= LARGE
    if spread.is_here(much):
        for file, source in inputs:
            yield from _checked(contract, file, source, unknown, others, counter)
        return
    work = partial(_judge, contract, unknown, others)
    parts = (_Stdin() if file == "-" else file for file, _ in inputs)
    identity = [contract.identity, unknown, others, [(file, storage.state(file)) for file in files]]
    for part, found in spread.results(work, parts, identity):
        if isinstance(part, _Stdin):
            yield from _checked(contract, "-", STDIN, unknown, others, None)
        elif isinstance(found, Judged):
            yield from found.outcomes
        else:
            yield Unreadable(str(part), f"it was not checked: {LOST}")


class _Stdin(Here):
    """Standard input, which only this process can read."""


def _judge(contract: Contract, unknown: str, others: bool, file: str) -> Judged:
    return Judged(list(_checked(contract, file, file, unknown, others, None)))


def _checked(
    contract: Contract, file: str, source: str, unknown: str, others: bool, counter: Counter | None
) -> Iterator[Outcome]:
    """Check the exchanges of one recording."""
    own = not others
    try:
        with opened(file) as stream:
            data = stream.read()
        if others and not _names(contract, data):
            yield PassedOver(source)
            return
        folder = None if file == "-" or storage.is_remote(file) else Path(file).parent
        exchanges = recordings.read(data, folder=folder)
        if counter is not None:
            exchanges = counter.counting(exchanges, source)
        for checked in recordings.check_all(contract, exchanges, source=source):
            own = own or not checked.origin
            if checked.unreadable:
                yield Unreadable(source, checked.unreadable, checked.line, checked.label)
                continue
            passes = unknown != "fail" and any(finding.name for finding in checked.findings)
            if passes and unknown == "ignore":
                continue
            if checked.no_operation is not None and (passes or not checked.findings):
                reason = checked.no_operation.message
                yield Unrelated(source, checked.line, checked.label, reason, checked.origin)
                continue
            unseen = tuple(
                f"{item.side} {item.where}: {item.why}" if item.where else f"{item.side}: {item.why}"
                for item in checked.unknown
            )
            yield Checked(source, checked.line, checked.label, checked.findings, unseen)
        if not own:
            yield PassedOver(source)
    except recordings.RecordingInvalid as error:
        yield PassedOver(source) if others and isinstance(error, NoRecording) else Unreadable(source, str(error))
    except OSError as error:
        yield Unreadable(source, why(error))


def _names(contract: Contract, data: bytes) -> bool:
    """Return whether a file contains a URL of the API or one of its events, or could, because it is compressed."""
    signatures = {webhook.signature.header for webhook in contract.document.webhooks.values() if webhook.signature}
    if data.startswith(_HIDING) or any(header.lower().encode() in data.lower() for header in signatures):
        return True
    find = contract.base_urls().find
    for url in {found[0] for found in _URL.finditer(data.replace(b"\\/", b"/"))}:
        with suppress(ValueError):  # an invalid port, for example
            if find(url.decode("latin-1")):
                return True
    return False


def base_url(given: str | None) -> str | None:
    """Return a base URL unchanged; raise `CannotRun` for an invalid one."""
    try:
        if given is not None:
            base_urls.split(given)
    except ValueError as error:
        raise CannotRun(f"--base-url: {error}") from None
    return given
