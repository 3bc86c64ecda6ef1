"""Violations, reduced to location and rule."""

from __future__ import annotations

from twelvelabs_contract import Contract, Request, Response, Violation


def places(violations: list[Violation]) -> list[tuple[str, str]]:
    """Reduce violations to place and rule, in a fixed order."""
    return sorted((violation.where, violation.rule) for violation in violations)


def exchanged(contract: Contract, request: Request, response: Response) -> list[tuple[str, str]]:
    return [(violation.where, violation.rule) for violation in contract.check_exchange(request, response)]
