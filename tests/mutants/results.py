"""The outcomes of all mutants so far, by day and package, and the rates that follow."""

from __future__ import annotations

import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from math import sqrt
from pathlib import Path

from tests.mutants.tree import Verdict

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
EQUIVALENT = HERE / "equivalent.toml"
GATES = {"apicontract.checks": 0.95, "apicontract.client": 0.95, "apicontract.wire": 0.95}
"""What the upper end of the interval must reach."""
GATE = 0.85
_Z = 1.96
"""For 95 % of intervals to hold the rate."""


def interval(caught: int, tried: int) -> tuple[float, float]:
    """Return Wilson's interval for the rate."""
    if not tried:
        return 0.0, 1.0
    rate, square = caught / tried, _Z * _Z
    middle = rate + square / (2 * tried)
    reach = _Z * sqrt(rate * (1 - rate) / tried + square / (4 * tried * tried))
    return max(0.0, (middle - reach) / (1 + square / tried)), min(1.0, (middle + reach) / (1 + square / tried))


def equivalent() -> dict[str, str]:
    """Return the mutants that change nothing that can be seen, with the reason."""
    found: dict[str, str] = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return found


@dataclass
class Results:
    """Counts of verdicts by day and package, and which mutants survived."""

    days: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)
    survivors: dict[str, list[str]] = field(default_factory=dict)
    """By package, in the order in which they were found."""
    learned: dict[str, list[str]] = field(default_factory=dict)
    """Those that survived once, and were caught when they were tried again: a test was written for their kind."""

    @classmethod
    def read(cls, path: Path = RESULTS) -> Results:
        """Read the committed file."""
        raw = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        days = {day: {name: Counter(found) for name, found in by.items()} for day, by in raw.get("days", {}).items()}
        return cls(days, raw.get("survivors", {}), raw.get("learned", {}))

    def write(self, path: Path = RESULTS) -> None:
        """Write the file: a line for each day and package, and one for each survivor."""
        raw = {
            "days": {
                day: {name: dict(sorted(found.items())) for name, found in sorted(by.items())}
                for day, by in sorted(self.days.items())
            },
            "survivors": dict(sorted(self.survivors.items())),
            "learned": dict(sorted(self.learned.items())),
        }
        lines: list[str] = []
        for line in json.dumps(raw, indent=1, ensure_ascii=False).splitlines():
            inside = line.startswith("    ") or (line.startswith("   }") and lines)
            if inside:
                lines[-1] += " " * (not lines[-1].endswith("{") and not line.endswith("}")) + line.strip()
            else:
                lines.append(line)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    def add(self, day: str, package: str, verdict: Verdict, name: str) -> None:
        """Take a verdict."""
        self.days.setdefault(day, {}).setdefault(package, Counter())[verdict.value] += 1
        if verdict is Verdict.SURVIVED:
            self.survivors.setdefault(package, []).append(name)

    def learn(self, package: str, name: str) -> None:
        """Move a survivor to those that were caught later."""
        self.forget(package, name)
        self.learned.setdefault(package, []).append(name)

    def forget(self, package: str, name: str) -> None:
        """Leave out a survivor that there is no more: its code was changed."""
        self.survivors[package].remove(name)

    def unused(self, day: str) -> str:
        """Return the name of a run of a day that no run before had: another run must not try the same mutants again."""
        names = chain([day], (f"{day} {number}" for number in count(2)))
        return next(name for name in names if name not in self.days)

    def totals(self) -> dict[str, Counter[str]]:
        """Return the counts of all days, by package."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for by_package in self.days.values():
            for package, counts in by_package.items():
                found[package].update(counts)
        return found

    def rates(self, packages: Iterable[str]) -> Iterator[Rate]:
        """Yield the rate of each package, those that were never tried included."""
        known, totals = equivalent(), self.totals()
        for package in sorted(packages):
            found, survivors = totals.get(package, Counter[str]()), self.survivors.get(package, ())
            same = sum(name in known for name in survivors)
            caught, learned = found["caught"], len(self.learned.get(package, ()))
            yield Rate(package, caught, learned, len(survivors) - same, same, found["broken"], found["slow"])


@dataclass(frozen=True, slots=True)
class Rate:
    """How many mutants of a package were caught."""

    package: str
    first: int
    """Caught when they were tried first."""
    learned: int
    """Caught when they were tried again."""
    survived: int
    equivalent: int
    broken: int
    slow: int

    @property
    def caught(self) -> int:
        """How many the tests catch now."""
        return self.first + self.learned

    @property
    def tried(self) -> int:
        """How many the tests have judged."""
        return self.caught + self.survived

    @property
    def ends(self) -> tuple[float, float]:
        """The interval."""
        return interval(self.caught, self.tried)

    @property
    def passes(self) -> bool:
        """Whether the rate may be high enough, for all that is known."""
        return self.ends[1] >= GATES.get(self.package, GATE)

    def __str__(self) -> str:
        low, high = self.ends
        rate = f"{self.caught / self.tried:6.1%}" if self.tried else "   -  "
        failed = "" if self.passes else f"  below {GATES.get(self.package, GATE):.0%}"
        return (
            f"{self.package:<28}{self.tried:>6}{self.caught:>8}{self.learned:>9}{self.survived:>10}  {rate}"
            f"  {low:4.0%} to {high:4.0%}{self.equivalent:>12}{self.broken:>8}{self.slow:>6}{failed}"
        )


HEAD = (
    f"{'package':<28}{'tried':>6}{'caught':>8}{'learned':>9}{'survived':>10}  {'rate':>6}  {'95 % interval':<12}"
    f"{'equivalent':>11}{'broken':>8}{'slow':>6}"
)
