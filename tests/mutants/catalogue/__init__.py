"""The catalogue of code faults, by area."""

from __future__ import annotations

from tests.mutants.catalogue import (
    answers,
    arguments,
    checks,
    contract,
    drivers,
    forms,
    generated,
    pages,
    parameters,
    retries,
    schemas,
    settings,
    streams,
    text,
    uploads,
    waiting,
)
from tests.mutants.fault import Fault

CODE_FAULTS: tuple[Fault, ...] = (
    *text.FAULTS,
    *parameters.FAULTS,
    *forms.FAULTS,
    *streams.FAULTS,
    *checks.FAULTS,
    *contract.FAULTS,
    *schemas.FAULTS,
    *arguments.FAULTS,
    *settings.FAULTS,
    *answers.FAULTS,
    *pages.FAULTS,
    *retries.FAULTS,
    *uploads.FAULTS,
    *drivers.FAULTS,
    *generated.FAULTS,
    *waiting.FAULTS,
)
