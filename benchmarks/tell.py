"""Figures in words: times, rates, ratios, sizes of memory, and what became of a target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.fit import Fit, fit
from benchmarks.model import OURS, Target
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
    """How many times as fast as the side we are."""
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
        ours = results.at(OURS, size)
        targets = [target for target in question.targets if size == question.sizes[0] and side == (target.peer or OURS)]
        yield Row(
            label,
            side,
            seconds(found.median),
            spread(found),
            rate(results, found, size),
            "" if ours is None or side == OURS else ratio(Ratio.of(found.rounds, ours.rounds)),
            "; ".join(target.text for target in targets),
            "; ".join(verdict(results, target) for target in targets),
        )
    yield from _worth(results)


def _worth(results: Results) -> Iterator[Row]:
    """Yield a line for each side: the same runs, but only what of them is worth something is counted."""
    times = {}
    for side, count in results.worth.items():
        found = results.at(side)
        if found is None:
            continue
        times[side] = [time / count for time in found.rounds]
        compared = "" if side == OURS else ratio(Ratio.of(times[side], times[OURS]))
        each = f"{figures(count / found.median)} distinct valid/s"
        label = f"{results.question.name}, distinct and valid"
        yield Row(label, side, seconds(found.median), spread(found), each, compared)


def spread(found: Measured) -> str:
    """Write the quartiles as parts of the median."""
    if found.bench.get_nvalue() == 1:
        return "one run"
    low, high = found.spread
    return f"-{1 - low / found.median:.0%} +{high / found.median - 1:.0%}"


def rate(results: Results, found: Measured, size: int) -> str:
    """Write how many of what is done in a second, and the memory of a command that has a size."""
    reported = []
    if results.question.per is not None:
        count, unit = results.question.per(size)
        reported.append(f"{figures(count / found.median)} {unit}/s")
    if found.peak is not None and results.question.growth is not None:
        reported.append(megabytes(found.peak))
    return ", ".join(reported)


def ratio(found: Ratio) -> str:
    """Write how many times as fast as a side we are, with the quartiles of the rounds."""
    between = "" if found.rounds < 3 else f" ({figures(found.low)} to {figures(found.high)})"
    return f"{figures(found.median)}x{between}"


MET, MISSED, CLOSE = "met", "MISSED", "too close to tell"


def outcome(reached: Ratio) -> str:
    """Say what became of a target; between its quartiles the rounds do not agree."""
    if reached.rounds >= 3 and reached.low <= 1 <= reached.high:
        return CLOSE
    return MET if reached.median >= 1 else MISSED


def verdict(results: Results, target: Target) -> str:
    """Say whether a target is met, and how much of the asked speed we reach; a miss is a miss."""
    reached = results.reached(target)
    if reached is None:
        return "not measured"
    between = "one run" if reached.rounds == 1 else f"{reached.low:.0%} to {reached.high:.0%}"
    return f"{outcome(reached)}, {reached.median:.0%} of the asked speed ({between})"


def outcomes(results: Results) -> list[str]:
    """Say what became of each target."""
    found = [results.reached(target) for target in results.question.targets]
    return ["not measured" if reached is None else outcome(reached) for reached in found]


def growth(results: Results) -> list[str]:
    """Say how cost grows, side by side, and how memory does where it was measured."""
    asked = results.question.growth
    if asked is None:
        return []
    reported = []
    for side in results.question.sides:
        found = fit(results.over(side.name)) if asked.of == "seconds" else None
        if found is not None:
            reported.append(f"{side.name}: {fitted(found)}")
        peaks = [one.peak for (name, _), one in results.measured.items() if name == side.name]
        if len(peaks) > 1 and peaks[0] is not None and peaks[-1] is not None:
            sizes = results.question.sizes_of(side)
            reported.append(
                f"{side.name}: peak memory {megabytes(peaks[0])} at {sizes[0]:,} and {megabytes(peaks[-1])} at "
                f"{sizes[-1]:,} {asked.along}: {(peaks[-1] - peaks[0]) / 2**20:+,.0f} MiB"
            )
    return reported


def fitted(found: Fit) -> str:
    """Write an exponent with its standard error, and what is paid whatever the size."""
    kind = "WORSE THAN LINEAR" if found.worse else "not worse than linear"
    start = f" after {seconds(found.start)}" if found.start else ""
    return f"exponent {found.exponent:.2f} ± {found.error:.2f}{start}: {kind}"
