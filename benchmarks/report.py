"""Write `RESULTS.md`: what was measured, against what, on what."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks import tell
from benchmarks.rounds import Results

HEAD = ("question", "side", "median", "quartiles", "rate, memory", "our speed", "target for ours", "result")
BUSY = 0.5
"""Processes a core that want one besides ours, over which figures are not to be trusted."""


@dataclass
class Entry:
    """A question and what became of it."""

    name: str
    title: str
    note: str
    results: Results | None = None
    load: float = 0.0
    """Other processes that wanted a core before it was measured."""
    unsteadiness: float = 1.0
    """How many times as long as the shortest of some runs of the same loop one in ten took, before it was measured."""
    failure: str = ""
    """Why there are no figures."""
    remarks: Sequence[str] = ()
    plot: str = ""
    """The file name of its plot."""


@dataclass
class Report:
    """A whole run."""

    machine: dict[str, str]
    versions: dict[str, str]
    date: str
    cores: int
    commit: str
    seconds: float = 0.0
    scope: str = ""
    """What makes it less than a whole run; empty for a whole one."""
    entries: list[Entry] = field(default_factory=list)

    def summary(self) -> str:
        """Count the targets."""
        found = [what for entry in self.entries if entry.results for what in tell.outcomes(entry.results)]
        failed = [entry.name for entry in self.entries if entry.failure]
        text = f"{found.count(tell.MET)} of {len(found)} targets met, {found.count(tell.MISSED)} missed"
        text += f", {found.count(tell.CLOSE)} {tell.CLOSE}" if tell.CLOSE in found else ""
        return f"{text}; not measured: {', '.join(failed)}" if failed else text

    def text(self) -> str:
        """Write the whole report."""
        return "\n".join([*self._beginning(), *self._tables(), *self._targets(), *self._notes(), *self._machine(), ""])

    def _missed(self) -> list[str]:
        """Name the targets that are missed, before anything else."""
        missed = [
            f"{entry.name} ({tell.verdict(entry.results, target)}; asked is {target.text})"
            for entry in self.entries
            if entry.results is not None
            for target, what in zip(entry.results.question.targets, tell.outcomes(entry.results), strict=True)
            if what == tell.MISSED
        ]
        return [f"**Targets missed: {'; '.join(missed)}.**", ""] if missed else []

    def _beginning(self) -> list[str]:
        return [
            "# Results",
            "",
            *self._missed(),
            "Written by `make bench`; change nothing here. Times are of the machine below and mean little elsewhere:",
            "what counts is the ratio to a peer in the same run. Each side is measured by pyperf in processes of its",
            "own, the sides in turn, so that what slows the machine down for a while slows all of them; ratios are",
            "medians of the rounds, with their quartiles. All sides of a question get the same input, mostly many",
            "messages in turn, and gave the same answer before they were timed. A side that takes about a second or",
            "longer is timed once in each process, after a small run. In each process `gc.collect(); gc.freeze()`",
            "comes between the setup and the timing, and our Python was compiled to bytecode before.",
            "",
            "`our speed` is how many times as fast as that side we are, and targets are speeds as well: larger is",
            "better. Where the quartiles of the rounds lie on both sides of a target, it is too close to tell.",
            "",
            f"Commit: {self.commit or 'unknown'}.",
            "",
            *self._busy(),
            *([f"**{self.scope}**", ""] if self.scope else []),
            f"{self.summary()}. {self.seconds / 60:.1f} minutes in all.",
            "",
        ]

    def _busy(self) -> list[str]:
        limit = BUSY * self.cores
        busy = [f"{entry.name} ({entry.load:.1f})" for entry in self.entries if entry.load > limit]
        if not busy:
            return []
        text = f"**Measured on a busy machine: the load average, less our own process, was above {limit:g} before"
        return [f"{text} {', '.join(busy)}. Measure again on an idle one.**", ""]

    def _tables(self) -> list[str]:
        lines = ["## Figures", "", _line(HEAD), _line(["---"] * len(HEAD))]
        for entry in self.entries:
            if entry.results is None:
                lines.append(_line([entry.name, "", "", "", "", "", "", f"not measured: {entry.failure}"]))
                continue
            for row in tell.rows(entry.results):
                cells = [row.question, row.side, row.median, row.spread, row.rate, row.ratio, row.target, row.verdict]
                lines.append(_line(cells))
        return [*lines, ""]

    def _targets(self) -> list[str]:
        unsure = [
            f"- {entry.name}: {target.text}: {tell.verdict(entry.results, target)}. {target.why}".rstrip()
            for entry in self.entries
            if entry.results is not None
            for target, what in zip(entry.results.question.targets, tell.outcomes(entry.results), strict=True)
            if what in (tell.MISSED, tell.CLOSE)
        ]
        return ["## Targets missed, or too close to tell", "", *(unsure or ["None."]), ""]

    def _notes(self) -> list[str]:
        lines = ["## The questions", ""]
        for entry in self.entries:
            lines += [f"### {entry.name}", "", f"{entry.title}. {entry.note}".strip(), ""]
            reported = [*(tell.growth(entry.results) if entry.results else []), *entry.remarks]
            lines += [*(f"- {line}" for line in reported), *([""] if reported else [])]
            if entry.plot:
                lines += [f"![{entry.title}](plots/{entry.plot})", ""]
        return lines

    def _unsteadiness(self) -> str:
        found = sorted(entry.unsteadiness for entry in self.entries) or [1.0]
        return f"{found[0]:.2f} to {found[-1]:.2f} times (median {statistics.median(found):.2f})"

    def _machine(self) -> list[str]:
        load = max((entry.load for entry in self.entries), default=0.0)
        rows = {
            **self.machine,
            "largest load before a question, less our own process": f"{load:.1f}",
            "the same loop, 40 times before each question": f"one in ten took {self._unsteadiness()} the shortest",
            "date": self.date,
        }
        return [
            "## Machine and versions",
            "",
            *(f"- {name}: {value}" for name, value in rows.items()),
            f"- {', '.join(f'{name} {version}' for name, version in self.versions.items())}",
        ]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
