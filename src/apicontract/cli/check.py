"""Recordings, read one after the other, and what the contract says of each exchange."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from apicontract.checks.contract import Contract
from apicontract.cli.outcomes import CannotRun, Checked, Outcome, Unreadable, Unrelated
from apicontract.cli.validate import named, opened, why
from apicontract.openapi import base_urls
from apicontract.traffic import recordings


def check(contract: Contract, files: Sequence[str]) -> Generator[Outcome]:
    """Check every exchange of every recording, `-` is standard input; one of no operation is an outcome too."""
    for file, source in named(files):
        try:
            with opened(file) as stream:
                data = stream.read()
            for checked in recordings.check_all(contract, recordings.read(data), source=source):
                if checked.no_operation is not None and not checked.findings:
                    yield Unrelated(source, checked.line, checked.label, checked.no_operation.message)
                    continue
                unknown = tuple(
                    f"{item.side} {item.where}: {item.why}" if item.where else f"{item.side}: {item.why}"
                    for item in checked.unknown
                )
                yield Checked(source, checked.line, checked.label, checked.findings, unknown)
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
