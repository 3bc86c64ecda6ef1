"""What coverage is counted in: a cell, one thing that a test run can do with one operation, or not do."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

Kind: TypeAlias = Literal[
    "call", "presence", "bound", "value", "alternative", "media_type", "status", "response_media_type", "event", "page"
]
"""What a cell is about. `call`: the operation; `presence`: an argument given or left out; `bound`: a value on a bound
or one beside it; `value`: a listed value; `alternative`: one way out of a union or a rule between fields; `media_type`:
of the request; `page`: the first page of a listing, a later one, the last one. The rest are the response's."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing that can be exercised; operation, place and case together name it."""

    operation: str
    place: str
    """As a violation says where: `query.page_limit`, `body.models[].model_name`; an item is `[]`, a key that nobody
    declares is `.*`. Or `operation`, `status`, `content-type`, `events`, `pages`."""
    case: str
    """Such as `present`, `min 1`, `max + 1 = 51`, `"ready"`, `200`."""
    kind: Kind
    refusal: bool = False
    """Whether the contract refuses it: a value beside a bound or a list, a stream that is cut off."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What names the cell in a document."""
        return self.operation, self.place, self.case


class Origin(NamedTuple):
    """The test that an exchange was seen in."""

    position: int
    """In the collection, so that the first one is known whichever process ran it."""
    test: str
    """The node id."""


@dataclass(frozen=True, slots=True)
class Hit:
    """How often a cell was exercised, in exchanges, and by which test first."""

    count: int = 0
    first: Origin | None = None

    def plus(self, other: Hit) -> Hit:
        """Add what another run saw."""
        origins = [origin for origin in (self.first, other.first) if origin is not None]
        return Hit(self.count + other.count, min(origins, default=None))


@dataclass(frozen=True, slots=True)
class Found:
    """A violation, and how often there was one like it: in the same place, by the same rule."""

    operation: str
    side: str
    """`request` or `response`."""
    where: str
    """The place, with the indices of lists and streams left out."""
    rule: str
    message: str
    """What the first one says."""
    hit: Hit

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What one like it has too."""
        return self.operation, self.side, self.where, self.rule

    def plus(self, other: Found) -> Found:
        """Add what another run found."""
        first = min(self, other, key=lambda one: (one.hit.first is None, one.hit.first or (), one.message))
        return replace(first, hit=self.hit.plus(other.hit))


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of a number of cells were exercised."""

    covered: int
    total: int

    @property
    def percent(self) -> float:
        """The share in percent, rounded down to a tenth: 100 is said only where nothing is missing; of nothing, 100."""
        return math.floor(1000 * self.covered / self.total) / 10 if self.total else 100.0

    def reaches(self, percent: float) -> bool:
        """Whether the share, not rounded, is at least so many percent."""
        return 100 * self.covered >= percent * self.total

    def __str__(self) -> str:
        return f"{self.percent:.1f} %"


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a run, in three figures."""

    cells: Figure
    """What the contract admits: calls, arguments and their values, and what can come back. This is the coverage."""
    refusals: Figure
    """What the contract refuses, and was tried all the same."""
    operations: Figure
    """How many operations were called."""


def figures(hits: Iterable[tuple[Cell, Hit]]) -> Summary:
    """Sum up cells and how often they were hit."""
    counted = {"cells": [0, 0], "refusals": [0, 0], "operations": [0, 0]}
    for cell, hit in hits:
        names = ["refusals" if cell.refusal else "cells", *(["operations"] if cell.kind == "call" else [])]
        for name in names:
            counted[name][0] += hit.count > 0
            counted[name][1] += 1
    return Summary(*(Figure(*counted[name]) for name in ("cells", "refusals", "operations")))
