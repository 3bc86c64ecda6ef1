"""What a question is: sides that do the same work, and what their figures are held against."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Answer: TypeAlias = Mapping[str, Any]
"""What a side found, by what was asked. Sides must agree wherever both were asked: a parser knows no bounds."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a side does again and again, made ready: nothing that is done once is in it."""

    run: Callable[[], Any] | tuple[str, ...]
    """One run, timed as a whole: a function (a coroutine function if the side is asynchronous), or the command of a
    process, whose peak memory is then measured too."""
    answer: Callable[[], Answer]
    """The same code once more, for what it finds; never timed."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of those who do the work."""

    name: str
    setup: Callable[[int], Work]
    """Makes the work ready for a size. It imports what the side needs, so that no side carries another's modules."""
    asynchronous: bool = False
    slow: bool = False
    """Whether one run takes long beside the other sides: it is timed once a process, after a run on a small size."""
    sizes: tuple[int, ...] | None = None
    """The sizes that it takes part in; every size of the question unless given."""
    rounds: int | None = None
    """The rounds that it takes part in, the first ones; every round unless given."""


@dataclass(frozen=True, slots=True)
class Target:
    """What must hold of our median: at most `times` that of the peer, and `plus` seconds; without a peer, `plus`."""

    peer: str | None
    times: float = 0.0
    plus: float = 0.0
    why: str = ""
    """Why it is missed, as far as that is known; shown only when it is."""

    @property
    def text(self) -> str:
        """The target in words, as a speed where it is one: larger is better."""
        extra = f"{self.plus:g} s" if self.plus >= 1 else f"{self.plus * 1000:g} ms"
        if self.peer is None:
            return f"at most {extra}"
        if self.plus:
            return f"at most {self.peer} + {extra}"
        return f"{round(1 / self.times, 2):g}x {self.peer}"


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: processes of each side, values of each process, and the shortest time of a value."""

    processes: int = 5
    """One a round."""
    values: int = 4
    min_time: float = 0.05
    """In seconds; a value is the mean of as many runs as this takes."""


CLOSE = Effort(processes=15, values=2, min_time=0.02)
"""For targets near their limit: many short rounds."""
QUICK = Effort(processes=2, values=2, min_time=0.01)
"""To see that everything works; its figures mean little."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The scale that a question is asked on, for its plot."""

    along: str
    """What the sizes count, such as `items on the page`."""
    of: str = "seconds"
    """What is drawn: `seconds` of one run, with the fitted exponent, or `rate`, the units of `per` in a second."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """What a reader should know besides the times."""

    lines: Sequence[str]
    worth: Mapping[str, int]
    """How many of what one run of each side does is worth something; shown as a rate of its own."""


OURS = "ours"
"""The name of our side."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to find out."""

    name: str
    """For `make bench ONLY=…`: the name, or the part before a dash, which stands for all that begin so."""
    title: str
    sides: tuple[Side, ...]
    sizes: tuple[int, ...] = (1,)
    targets: tuple[Target, ...] = ()
    """Each of the first size."""
    once: tuple[int, ...] = ()
    """Sizes that take so long that only the first round has them."""
    expected: Answer = field(default_factory=dict)
    """What every side must find, so that they cannot agree on nonsense."""
    per: Callable[[int], tuple[float, str]] | None = None
    """How many of what one run does, such as `(20_000, "events")`, for figures a second."""
    growth: Growth | None = None
    effort: Effort = field(default_factory=Effort)
    remarks: Callable[[], Remarks] | None = None
    """Finds out, after the timing, what a reader should know besides. Called in a process of its own."""
    note: str = ""
    """What a reader must know of how it was asked."""
    judged: tuple[int, ...] | None = None
    """The sizes at which the answers are held against each other; all sizes unless given."""
    small: tuple[int, ...] | None = None
    """Sizes for the smoke test; the first size unless given, and none where even that takes too long."""

    def side(self, name: str) -> Side:
        """Return a side by its name."""
        return next(side for side in self.sides if side.name == name)

    def sizes_of(self, side: Side) -> tuple[int, ...]:
        """Return the sizes that a side takes part in."""
        return self.sizes if side.sizes is None else side.sizes


class Disagreement(Exception):
    """The sides of a question do not give the same answer, so their times cannot be compared."""


def agree(question: Question, size: int) -> None:
    """Ask every side once. Raises `Disagreement`, which says who found what."""
    reported: dict[str, tuple[str, Any]] = {key: ("expected", value) for key, value in question.expected.items()}
    asked: set[str] = set()
    for side in question.sides:
        if size in question.sizes and size not in question.sizes_of(side):
            continue
        answer = side.setup(size).answer()
        asked |= answer.keys()
        for key, found in answer.items():
            other, known = reported.setdefault(key, (side.name, found))
            if found != known:
                raise Disagreement(
                    f"{question.name} ({size}): {key}: {side.name} found {_short(found)}, {other} {_short(known)}"
                )
    if missing := question.expected.keys() - asked:
        raise Disagreement(f"{question.name} ({size}): no side was asked for {', '.join(sorted(missing))}")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 300 else f"{text[:300]}… ({len(text)} characters)"
