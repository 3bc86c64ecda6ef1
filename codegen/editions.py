"""Check a document on every day that it describes: its marks, and all rules on each projection.

A problem is reported once, with the first and the last day on which it occurs. If the same part was valid before, or is
valid later, the likely fix is a mark, which the problem names.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from apicontract.openapi import mark_problems
from apicontract.openapi.editions import Editions, EditionsInvalid
from apicontract.openapi.pointer import fragment
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
        self._bundles: list[Bundle] = []

    def problems(self) -> list[Problem]:
        """Return each problem once, with its days."""
        for number, day in enumerate(self._days):
            bundle = self._bundle.on(day)
            self._bundles.append(bundle)
            if not number or bundle.document != self._bundles[number - 1].document:
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
        place = self._tokens[problem], self._bundles[last]
        if first and _is_there(*place, self._bundles[first - 1]):
            fix += f", or add x-until: {self._days[first]} to it"
        elif until and _is_there(*place, self._bundles[last + 1]):
            fix += f", or add x-since: {until} to it"
        return replace(problem, message=f"{problem.message} ({span})", fix=fix)


def _is_there(tokens: Tokens, bundle: Bundle, other: Bundle) -> bool:
    """Return whether a place of one day is part of the document on another day, in a list at any position."""
    held: Json = other.document
    there: Tokens = ()
    for length, token in enumerate(tokens, 1):
        step = _position(tokens[:length], bundle, there, other, len(held)) if isinstance(held, list) else token
        if isinstance(held, list) and step is not None:
            held = held[int(step)]
        elif isinstance(held, dict) and token in held:
            held = held[token]
        else:
            return False
        there = (*there, step or token)
    return True


def _position(item: Tokens, bundle: Bundle, there: Tokens, other: Bundle, length: int) -> str | None:
    """Return the position of an item of one day in the list on another day; `None` if it is not there."""
    if bundle.at(fragment(item[:-1])) != other.at(fragment(there)):  # the mark gives the whole list another value
        return item[-1] if item[-1].isdecimal() and int(item[-1]) < length else None
    wanted = bundle.at(fragment(item))
    return next((str(n) for n in range(length) if other.at(fragment((*there, str(n)))) == wanted), None)
