"""Compare the document with another source: an OpenAPI document, or recorded traffic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from apicontract.changes.drift import Drift, KnownDrift, against_document, against_exchange, known_drift
from apicontract.checks.contract import Contract
from apicontract.cli.outcomes import CannotRun
from apicontract.cli.terminal import note
from apicontract.cli.upgrade import not_read
from apicontract.cli.validate import why
from apicontract.openapi.document import DocumentInvalid
from apicontract.traffic import recordings


def found(contract: Contract, files: Sequence[str]) -> Iterator[Drift]:
    """Yield the drift of each file; raise `CannotRun` for one that is neither a document nor a recording."""
    for file in files:
        try:
            data = Path(file).read_bytes()
            theirs = document(file)
            if theirs is not None:
                yield from against_document(contract.document, theirs.document)
                continue
            bases = contract.base_urls()
            for recorded in recordings.read(data, folder=Path(file).parent):
                if isinstance(recorded, recordings.Unreadable):
                    note(not_read(file, recorded))
                elif bases.find(recorded.request.url) is not None:
                    yield from against_exchange(contract, recorded.request, recorded.response)
        except recordings.RecordingInvalid as error:
            raise CannotRun(f"{file}: neither an OpenAPI document nor a recording: {error}") from None
        except OSError as error:
            raise CannotRun(f"{file}: {why(error)}") from None


def document(file: str) -> Contract | None:
    """Load a file that is an OpenAPI document; `None` for another one. Raises `CannotRun` for an invalid document."""
    try:
        return Contract.load(file)
    except DocumentInvalid as error:
        if error.pointer in ("", "/openapi"):  # where a document declares its version
            return None
        raise CannotRun(f"{file}: {error}") from None


def known(file: str | None) -> list[KnownDrift]:
    """Read the file of known drift; raise `CannotRun` if it cannot be read."""
    try:
        return [] if file is None else known_drift(Path(file).read_text(encoding="utf-8"))
    except OSError as error:
        raise CannotRun(f"--known {file}: {why(error)}") from None
    except ValueError as error:
        raise CannotRun(f"--known {file}: {error}") from None
