"""Figures in words: times, rates, ratios, sizes of memory, and what became of a target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.fit import exponent, last_step
from benchmarks.model import Target
from benchmarks.rounds import Measured, Ratio, Results

_UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns"))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    question: str
    side: str
    median: str
    spread: str
    rate: str
    ratio: str
    """How the side's time compares with ours."""
    target: str = ""
    verdict: str = ""


def seconds(value: float) -> str:
    """Write a time with three figures."""
    scale, unit = next(((scale, unit) for scale, unit in _UNITS if value >= scale), _UNITS[-1])
    return f"{figures(value / scale)} {unit}"


def figures(value: float) -> str:
    """Write a number with three figures, and with thousands apart."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def megabytes(value: int) -> str:
    """Write a size of memory."""
    return f"{value / 2**20:,.0f} MiB"


def rows(results: Results) -> Iterator[Row]:
    """Yield the lines of a question: each side at each size, and its target where it has one."""
    question = results.question
    for (side, size), found in results.measured.items():
        label = question.name if len(question.sizes) == 1 else f"{question.name} {size:,}"
        ours = results.at(question.ours, size)
        targets = [
            target
            for target in question.targets
            if size == (target.size or question.sizes[0]) and side == (target.peer or target.ours)
        ]
        yield Row(
            label,
            side,
            seconds(found.median),
            spread(found),
            rate(results, found, size),
            "" if ours is None or side == question.ours else ratio(found, ours),
            "; ".join(target.text for target in targets),
            "; ".join(verdict(results, target) for target in targets),
        )


def spread(found: Measured) -> str:
    """Write the quartiles as parts of the median."""
    low, high = found.spread
    return f"-{1 - low / found.median:.0%} +{high / found.median - 1:.0%}"


def rate(results: Results, found: Measured, size: int) -> str:
    """Write how many of what is done in a second, and the memory of a command that has a size."""
    told = []
    if results.question.per is not None:
        count, unit = results.question.per(size)
        told.append(f"{figures(count / found.median)} {unit}/s")
    if found.peak is not None and results.question.growth is not None:
        told.append(megabytes(found.peak))
    return ", ".join(told)


def ratio(side: Measured, ours: Measured) -> str:
    """Write how many times our time a side takes, with the quartiles of the rounds."""
    found = Ratio.of(side, ours)
    between = "" if len(ours.rounds) < 3 else f" ({figures(found.low)} to {figures(found.high)})"
    return f"{figures(found.median)}x{between}"


def verdict(results: Results, target: Target) -> str:
    """Say whether a target is met, and how much of what it allows we take; a miss is a miss."""
    part = results.of_limit(target)
    if part is None:
        return "not measured"
    return f"{'met' if part <= 1 else 'MISSED'}, {part:.0%} of the limit"


def met(results: Results) -> tuple[int, int]:
    """Count the targets met, and all that there are."""
    parts = [results.of_limit(target) for target in results.question.targets]
    return sum(part is not None and part <= 1 for part in parts), len(parts)


def growth(results: Results) -> list[str]:
    """Say how cost grows, side by side, and how memory does where it was measured."""
    asked = results.question.growth
    if asked is None:
        return []
    told = []
    for side in results.question.sides:
        costs = results.over(side.name)
        if asked.of == "seconds" and len(costs) > 1:
            fitted, last = exponent(costs), last_step(costs)
            kind = "linear or better" if fitted <= LINEAR else "WORSE THAN LINEAR"
            told.append(f"{side.name}: exponent {fitted:.2f}: {kind} (between the two largest sizes {last:.2f})")
        peaks = [found.peak for (name, _), found in results.measured.items() if name == side.name]
        if len(peaks) > 1 and peaks[0] is not None and peaks[-1] is not None:
            sizes = results.question.sizes_of(side)
            told.append(
                f"{side.name}: peak memory {megabytes(peaks[0])} at {sizes[0]:,} and {megabytes(peaks[-1])} at "
                f"{sizes[-1]:,} {asked.along}: {(peaks[-1] - peaks[0]) / 2**20:+,.0f} MiB"
            )
    return told


LINEAR = 1.1
"""The largest exponent that counts as linear: a tenth is what the spread of two figures makes of an exact 1."""
