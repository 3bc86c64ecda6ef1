"""Recordings, read one after the other, and what the contract says of each exchange."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

from apicontract.checks.contract import Contract
from apicontract.cli.coverage import Counter
from apicontract.cli.outcomes import CannotRun, Checked, Outcome, Unreadable, Unrelated
from apicontract.cli.validate import named, opened, why
from apicontract.openapi import base_urls
from apicontract.traffic import recordings


def check(
    contract: Contract, files: Sequence[str], *, unknown: str = "fail", counter: Counter | None = None
) -> Generator[Outcome]:
    """Check every exchange of every recording, `-` is standard input; one of no operation is an outcome too.

    `unknown` says what becomes of a request to the API that no operation has: it fails, is listed, or is left out.
    `counter` counts what the exchanges exercise.
    """
    for file, source in named(files):
        try:
            with opened(file) as stream:
                data = stream.read()
            folder = None if file == "-" else Path(file).parent
            exchanges = recordings.read(data, folder=folder)
            if counter is not None:
                exchanges = counter.counting(exchanges, source)
            for checked in recordings.check_all(contract, exchanges, source=source):
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
        except recordings.RecordingInvalid as error:
            yield Unreadable(source, str(error))
        except OSError as error:
            yield Unreadable(source, why(error))


def base_url(given: str | None) -> str | None:
    """Return a base URL as it was given; `CannotRun` for a string that is none."""
    try:
        if given is not None:
            base_urls.split(given)
    except ValueError as error:
        raise CannotRun(f"--base-url: {error}") from None
    return given
