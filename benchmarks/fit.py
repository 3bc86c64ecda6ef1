"""The exponent of growth: the slope of a straight line through the figures on logarithmic scales."""

from __future__ import annotations

import math
from collections.abc import Mapping


def exponent(costs: Mapping[int, float]) -> float:
    """Fit `cost = a * size ** exponent` by least squares of the logarithms; `ValueError` for fewer than two sizes."""
    if len(costs) < 2:
        raise ValueError("an exponent needs two sizes or more")
    points = [(math.log(size), math.log(cost)) for size, cost in costs.items()]
    middle_x = math.fsum(x for x, _ in points) / len(points)
    middle_y = math.fsum(y for _, y in points) / len(points)
    along = math.fsum((x - middle_x) ** 2 for x, _ in points)
    return math.fsum((x - middle_x) * (y - middle_y) for x, y in points) / along


def last_step(costs: Mapping[int, float]) -> float:
    """Return the exponent between the two largest sizes, where what is paid once no longer hides the growth."""
    return exponent({size: costs[size] for size in sorted(costs)[-2:]})
