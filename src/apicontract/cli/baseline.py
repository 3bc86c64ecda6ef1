"""The baseline of `validate` and `check`: known violations do not count, and fixed ones are reported."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from apicontract.cli.outcomes import CannotRun, Checked, Conforming, Outcome
from apicontract.cli.terminal import note
from apicontract.traffic.baseline import Baseline, BaselineInvalid, Place, place
from apicontract.traffic.findings import Finding

OPTION = "--baseline"


@dataclass(frozen=True, slots=True)
class BaselineOptions:
    """The options of a baseline: its file, whether violations are added to it, and whether fixed ones are removed."""

    file: str | None
    update: bool
    prune: bool

    def applied(self, outcomes: Generator[Outcome]) -> Generator[Outcome]:
        """Remove known violations from the outcomes; at the end, update the file if requested.

        Raises `CannotRun` for a file that is missing or invalid, and for an update without a file.
        """
        if self.file is None:
            if self.update or self.prune:
                raise CannotRun(f"which baseline? give {OPTION} FILE too")
            return outcomes
        path = Path(self.file)
        try:
            baseline = Baseline() if self.update and not path.exists() else Baseline.load(path)
        except FileNotFoundError:
            raise CannotRun(f"{OPTION} {path}: no such file; --update-baseline creates it") from None
        except BaselineInvalid as error:
            raise CannotRun(f"{OPTION}: {error}") from None
        return self._applied(outcomes, path, baseline)

    def _applied(self, outcomes: Generator[Outcome], path: Path, baseline: Baseline) -> Generator[Outcome]:
        found: set[Place] = set()
        ran: set[str] = set()

        def counts(finding: Finding) -> bool:
            at = place(finding.source, finding.violation, finding.name)
            found.add(at)
            return not (baseline.knows(at) or (self.update and at not in baseline.entries))

        for outcome in outcomes:
            if isinstance(outcome, Checked):
                ran.add(outcome.source)
                left = tuple(filter(counts, outcome.findings))
                yield outcome._replace(findings=left, known=len(outcome.findings) - len(left))
            else:
                if isinstance(outcome, Conforming):
                    ran.add(outcome.source)
                yield outcome
        fixed = baseline.fixed(found, ran)
        for entry in baseline.over():
            note(f"baseline: {entry}: it has expired")
        if self.update or self.prune:
            added = found - set(baseline.entries) if self.update else set()
            baseline.changed(added=added, removed=fixed if self.prune else ()).write(path)
            note(f"baseline: {path}: {len(added)} added, {len(fixed) if self.prune else 0} removed")
        for entry in () if self.prune else fixed:
            note(f"baseline: {entry}: fixed; --prune-baseline removes it")
