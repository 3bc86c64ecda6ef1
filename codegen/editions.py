"""Check a document on every day that it describes: its marks, and all rules on each projection.

A problem is reported once, with the first and the last day on which it occurs. If the same part was valid before, or is
valid later, the likely fix is a mark, which the problem names.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from apicontract.openapi import mark_problems
from apicontract.openapi.editions import Editions, EditionsInvalid
from codegen import resolve, rules
from codegen.problems import DocumentWrong, Problem
from codegen.view import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apicontract.openapi.marks import Day
    from apicontract.openapi.objects import Json
    from codegen.api import Api
    from codegen.bundle import Bundle
    from codegen.view import Tokens


def listed(bundle: Bundle) -> Editions:
    """Return the editions of a document; without a list, the days of its marks. Raises `DocumentWrong`."""
    try:
        return Editions.of(bundle.document)
    except EditionsInvalid as error:
        problems = [bundle.at(problem.pointer).problem(problem.message, problem.fix) for problem in error.problems]
        raise DocumentWrong(problems) from None


def check(bundle: Bundle) -> None:
    """Raise `DocumentWrong` with every problem of the document on any day."""
    known = listed(bundle)
    found = [bundle.at(p.pointer).problem(p.message, p.fix) for p in mark_problems.problems(bundle.document, known)]
    if not mark_problems.readable(bundle.document, known):  # the projection onto a day is not known
        raise DocumentWrong(found)
    by_day = _Days(bundle, known.days).problems()
    found += [problem for problem in by_day if not any(mark.holds(problem) for mark in found)]
    if found:
        raise DocumentWrong(found)


def read(bundle: Bundle, package: str = "") -> tuple[Api | None, View]:
    """Check the projection of a document onto one day, and resolve the code of a package."""
    view = View(bundle)
    rules.check(view)
    checked = [*view.problems]
    api = resolve.resolve(view, package)
    # The rules report a problem better, if they report one at the same place or inside it.
    view.problems[len(checked) :] = [
        problem for problem in view.problems[len(checked) :] if not any(problem.holds(better) for better in checked)
    ]
    return api, view


class _Days:
    """The problems of a document by day."""

    def __init__(self, bundle: Bundle, days: Sequence[Day]) -> None:
        self._bundle = bundle
        self._days = days
        self._found: dict[Problem, list[int]] = {}
        self._tokens: dict[Problem, Tokens] = {}
        self._documents: list[Json] = []

    def problems(self) -> list[Problem]:
        """Return each problem once, with its days."""
        for number, day in enumerate(self._days):
            bundle = self._bundle.on(day)
            self._documents.append(bundle.document)
            if not number or bundle.document != self._documents[number - 1]:
                _, view = read(bundle)
            for problem in set(view.problems):
                self._found.setdefault(problem, []).append(number)
                self._tokens[problem] = view.places.get(problem, ())
        return [self._dated(problem, numbers) for problem, numbers in self._found.items()]

    def _dated(self, problem: Problem, numbers: list[int]) -> Problem:
        first, last = numbers[0], numbers[-1]
        if len(numbers) == len(self._days):
            return problem
        until = self._days[last + 1] if last + 1 < len(self._days) else None
        span = " ".join([f"from {self._days[first]}"] * bool(first) + [f"until {until}"] * bool(until))
        fix = problem.fix
        tokens = self._tokens[problem]
        if first and self._is_there(tokens, first - 1):
            fix += f", or add x-until: {self._days[first]} to it"
        elif until and self._is_there(tokens, last + 1):
            fix += f", or add x-since: {until} to it"
        return replace(problem, message=f"{problem.message} ({span})", fix=fix)

    def _is_there(self, tokens: Tokens, number: int) -> bool:
        """Return whether a place is part of the document on another day."""
        held = self._documents[number]
        for token in tokens:
            if isinstance(held, list) and token.isdecimal() and int(token) < len(held):
                held = held[int(token)]
            elif isinstance(held, dict) and token in held:
                held = held[token]
            else:
                return False
        return True
