"""Write `RESULTS.md`: what was measured, against what, on what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks import tell
from benchmarks.rounds import Results

HEAD = ("question", "side", "median", "quartiles", "rate, memory", "time beside ours", "target for ours", "result")


@dataclass
class Entry:
    """A question and what became of it."""

    name: str
    title: str
    note: str
    results: Results | None = None
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
    load: tuple[float, float]
    """Processes that wanted a core, before the run and after it."""
    seconds: float = 0.0
    scope: str = ""
    """What makes it less than a whole run; empty for a whole one."""
    entries: list[Entry] = field(default_factory=list)

    def summary(self) -> str:
        """Count the targets."""
        counts = [tell.met(entry.results) for entry in self.entries if entry.results is not None]
        failed = [entry.name for entry in self.entries if entry.failure]
        text = f"{sum(met for met, _ in counts)} of {sum(total for _, total in counts)} targets met"
        return f"{text}; not measured: {', '.join(failed)}" if failed else text

    def text(self) -> str:
        """Write the whole report."""
        return "\n".join([*self._beginning(), *self._tables(), *self._targets(), *self._notes(), *self._machine(), ""])

    def _beginning(self) -> list[str]:
        return [
            "# Results",
            "",
            "Written by `make bench`; change nothing here. Times are of the machine below and mean little elsewhere:",
            "what counts is the ratio to a peer in the same run. Each side is measured by pyperf in processes of its",
            "own, the sides in turn, so that what slows the machine down for a while slows all of them; ratios are",
            "medians of the rounds. All sides of a question get the same input, and gave the same answer before they",
            "were timed. A side that takes about a second or longer is timed once in each process, without a warm-up.",
            "",
            *([f"**{self.scope}**", ""] if self.scope else []),
            f"{self.summary()}. {self.seconds / 60:.1f} minutes in all.",
            "",
        ]

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
        missed = [
            f"- {entry.name}: {target.text}: {tell.verdict(entry.results, target)}"
            for entry in self.entries
            if entry.results is not None
            for target in entry.results.question.targets
            if (entry.results.of_limit(target) or 0) > 1
        ]
        return ["## Targets missed", "", *(missed or ["None."]), ""]

    def _notes(self) -> list[str]:
        lines = ["## The questions", ""]
        for entry in self.entries:
            lines += [f"### {entry.name}", "", f"{entry.title}. {entry.note}".strip(), ""]
            told = [*(tell.growth(entry.results) if entry.results else []), *entry.remarks]
            lines += [*(f"- {line}" for line in told), *([""] if told else [])]
            if entry.plot:
                lines += [f"![{entry.title}](plots/{entry.plot})", ""]
        return lines

    def _machine(self) -> list[str]:
        before, after = self.load
        rows = {**self.machine, "load before and after": f"{before:.1f}, {after:.1f}", "date": self.date}
        return [
            "## Machine and versions",
            "",
            *(f"- {name}: {value}" for name, value in rows.items()),
            f"- {', '.join(f'{name} {version}' for name, version in self.versions.items())}",
        ]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
