"""The units of coverage: a cell is one thing that a test run can do with one operation."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal[
    "call", "presence", "bound", "value", "alternative", "media_type", "status", "response_media_type", "event", "page"
]
"""What a cell is about. `call`: the operation; `presence`: an argument present or absent; `bound`: a value on a bound
or next to one; `value`: a listed value; `alternative`: one branch of a union or a rule between fields; `media_type`:
of the request; `page`: the first page of a listing, a later one, the last one. All others are about the response."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that can be exercised; it is identified by operation, place and case."""

    operation: str
    place: str
    """The location, as in a violation: `query.page_limit`, `body.models[].model_name`; an item is `[]`, an undeclared
    key is `.*`. Or `operation`, `status`, `content-type`, `events`, `pages`."""
    case: str
    """Such as `present`, `min 1`, `max + 1 = 51`, `"ready"`, `200`."""
    kind: Kind
    refusal: bool = False
    """Whether the contract rejects it: a value beyond a bound or outside a list, a truncated stream."""

    @property
    def key(self) -> tuple[str, str, str]:
        """The identity of the cell within a document."""
        return self.operation, self.place, self.case


class Origin(NamedTuple):
    """The test that an exchange was seen in."""

    position: int
    """Its position in the collection, so that the first test is known whichever process ran it."""
    test: str
    """The node id."""


@dataclass(frozen=True, slots=True)
class Hit:
    """How often a cell was exercised, in exchanges, and the first test that did."""

    count: int = 0
    first: Origin | None = None

    def plus(self, other: Hit) -> Hit:
        """Add the counts of another run."""
        origins = [origin for origin in (self.first, other.first) if origin is not None]
        return Hit(self.count + other.count, min(origins, default=None))


@dataclass(frozen=True, slots=True)
class Found:
    """A violation, and how often the same one occurred: in the same place, by the same rule."""

    operation: str
    side: str
    """`request` or `response`."""
    where: str
    """The location, without the indices of lists and streams."""
    rule: str
    message: str
    """The message of the first one."""
    hit: Hit

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The identity of equal violations."""
        return self.operation, self.side, self.where, self.rule

    def plus(self, other: Found) -> Found:
        """Add the counts of another run."""
        first = min(self, other, key=lambda one: (one.hit.first is None, one.hit.first or (), one.message))
        return replace(first, hit=self.hit.plus(other.hit))


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of a number of cells were exercised."""

    covered: int
    total: int

    @property
    def percent(self) -> float:
        """The share in percent, rounded down to a tenth, so that 100 means that nothing is missing; 100 of nothing."""
        return math.floor(1000 * self.covered / self.total) / 10 if self.total else 100.0

    def reaches(self, percent: float) -> bool:
        """Return whether the exact share is at least a percentage."""
        return 100 * self.covered >= percent * self.total

    def __str__(self) -> str:
        return f"{self.percent:.1f} %"


@dataclass(frozen=True, slots=True)
class Summary:
    """The result of a run, in three figures."""

    cells: Figure
    """The coverage: calls, arguments and their values, and responses that the contract admits."""
    refusals: Figure
    """How many of the invalid values and streams were tried."""
    operations: Figure
    """How many operations were called."""


def figures(hits: Iterable[tuple[Cell, Hit]]) -> Summary:
    """Sum up cells and how often they were exercised."""
    counted = {"cells": [0, 0], "refusals": [0, 0], "operations": [0, 0]}
    for cell, hit in hits:
        names = ["refusals" if cell.refusal else "cells", *(["operations"] if cell.kind == "call" else [])]
        for name in names:
            counted[name][0] += hit.count > 0
            counted[name][1] += 1
    return Summary(*(Figure(*counted[name]) for name in ("cells", "refusals", "operations")))
