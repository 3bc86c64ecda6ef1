"""The exponent of growth: what is paid once, and a power of the size on top of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

SIZES = 4
"""The fewest sizes that an exponent is shown for."""
_EXPONENTS = np.linspace(0.0, 3.0, 3001)


@dataclass(frozen=True, slots=True)
class Fit:
    """`cost = start + factor * size ** exponent`, by least squares of the relative errors."""

    start: float
    exponent: float
    error: float
    """The standard error of the exponent."""

    @property
    def worse(self) -> bool:
        """Whether the figures say that growth is worse than linear: by more than two standard errors."""
        return self.exponent - 2 * self.error > 1


def fit(costs: Mapping[int, Sequence[float]]) -> Fit | None:
    """Fit the rounds of each size; `None` for fewer than four sizes."""
    if len(costs) < SIZES:
        return None
    points = np.array([(size, cost) for size, rounds in costs.items() for cost in rounds])
    sizes, found = points[:, 0] / points[:, 0].max(), points[:, 1]

    def linear(exponent: float) -> tuple[float, float, float]:
        """Return the start, which is not negative, the factor, and the sum of squares."""
        power = sizes**exponent / found
        columns = np.stack([1 / found, power], axis=1)
        start, factor = np.linalg.lstsq(columns, np.ones_like(found))[0]
        if start < 0:
            start, factor = 0.0, power.sum() / (power @ power)
        return float(start), float(factor), float(((columns @ (start, factor) - 1) ** 2).sum())

    exponent = float(min(_EXPONENTS, key=lambda tried: linear(tried)[2]))
    start, factor, squares = linear(exponent)
    slopes = [sizes**exponent / found, factor * sizes**exponent * np.log(sizes) / found]
    if start:
        slopes.append(found.min() / found)
    freedom = max(1, len(found) - len(slopes))
    covered = np.linalg.pinv(np.array(slopes) @ np.array(slopes).T) * squares / freedom
    return Fit(start, exponent, float(covered[1, 1] ** 0.5))
