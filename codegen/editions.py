"""The document on every day: its list of editions, what is wrong with its marks, and the rules on each projection.

Each problem is reported once, with the first and the last day on which it is one, at the place in the marked text that
it comes from. Where a problem begins or ends on a day, the fix names the mark that would end it too.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from apicontract.openapi import mark_problems
from apicontract.openapi.editions import KEY, Editions, EditionsInvalid
from apicontract.openapi.marks import SINCE, UNTIL
from apicontract.openapi.projection import origin, project
from codegen import rules
from codegen.problems import DocumentWrong, to_tokens
from codegen.yaml12 import read

if TYPE_CHECKING:
    from pathlib import Path

    from apicontract.openapi.marks import Day
    from codegen.bundle import Bundle
    from codegen.problems import Problem

FILE = "editions.yaml"


def attached(bundle: Bundle, spec: Path) -> Bundle:
    """Return a marked document with the list of editions of its directory, under `x-editions`, last.

    A directory without a list gives the document as it is. Raises `DocumentWrong` with every problem of the list.
    """
    if not (spec / FILE).is_file():
        return bundle
    source, problems = read(spec / FILE, f"{spec.name}/{FILE}")
    if source is None or problems:
        raise DocumentWrong(problems)
    try:
        Editions.read(source.data)
    except EditionsInvalid as error:
        found = [source.at(to_tokens(p.pointer)).problem(p.message, p.fix) for p in error.problems]
        raise DocumentWrong(found) from None
    unused = tuple(problem for problem in bundle.unused if problem.file != source.file)
    origins = {**bundle._origins, (KEY,): (source, ())}
    return replace(bundle, document={**bundle.document, KEY: source.data}, unused=unused, _origins=origins)


def projected(bundle: Bundle, day: Day) -> Bundle:
    """Return the document of a day; its places lead to the text of the marked one."""
    moved: dict[tuple[str, ...], tuple[str, ...]] = {}
    document = project(bundle.document, day, moved)
    origins = dict(bundle._origins)
    for place in moved:
        come = origin(place, moved)
        length = next(length for length in range(len(come), -1, -1) if come[:length] in bundle._origins)
        source, prefix = bundle._origins[come[:length]]
        origins[place] = (source, (*prefix, *come[length:]))
    return replace(bundle, document=document, _origins=origins)


def check(bundle: Bundle) -> list[Problem]:
    """Return every problem of a marked document, sorted by file and line: of its marks, then of what it is on any day.

    Marks whose days cannot be read are reported alone: they are not understood on any day.
    """
    editions = Editions.of(bundle.document)
    of_marks = mark_problems.problems(bundle.document, editions)
    found = [bundle.at(problem.pointer).problem(problem.message, problem.fix) for problem in of_marks]
    if not mark_problems.readable(bundle.document, editions):
        return sorted(found)
    days = editions.days
    wrong: dict[Problem, list[Day]] = {}
    for day in days:
        for problem in rules.check(projected(bundle, day)):
            wrong.setdefault(problem, []).append(day)
    return sorted([*found, *(_dated(problem, on, days) for problem, on in wrong.items())])


def _dated(problem: Problem, on: list[Day], days: tuple[Day, ...]) -> Problem:
    """Say between which days a problem is one, and which mark would end it."""
    if len(on) == len(days):
        return problem
    end = dict(pairwise(days)).get(on[-1])
    since = f"from {on[0]} on" if on[0] != days[0] else ""
    until = f"until {end}" if end else ""
    marks = [f"{UNTIL}: {on[0]}"] * bool(since) + [f"{SINCE}: {end}"] * bool(until)
    message = f"{problem.message} ({' '.join(filter(None, (since.removesuffix(' on') if until else since, until)))})"
    return replace(problem, message=message, fix=f"{problem.fix}, or add {' or '.join(marks)}")
