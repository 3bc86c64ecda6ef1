"""The baseline of a run: known violations pass, new ones fail, and fixed ones are reported.

Each process applies the file by itself; the one that reports writes it, after all have reported their violations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from apicontract.openapi.violation import Violation
from apicontract.traffic.baseline import Baseline, BaselineInvalid, Place, place, source_of

OPTION = "--contract-baseline"


class RunBaseline:
    """A baseline, and the entries that matched."""

    def __init__(self, path: Path, *, update: bool, prune: bool) -> None:
        """Read the file; raise `pytest.UsageError` for an invalid one. It may be missing if it is to be updated."""
        self._path, self._update, self._prune = path, update, prune
        try:
            self._baseline = Baseline() if update and not path.exists() else Baseline.load(path)
        except FileNotFoundError:
            raise pytest.UsageError(
                f"{OPTION}={path.name}: there is no such file; {OPTION}-update writes it with the current violations"
            ) from None
        except (OSError, BaselineInvalid) as error:
            raise pytest.UsageError(f"{OPTION}: {error}") from error
        self._found: set[Place] = set()
        self.ran: set[str] = set()
        """The tests that were run to their end."""

    def lets_pass(self, nodeid: str, violation: Violation, name: str) -> bool:
        """Return whether a violation of a test is known, or is added by this run."""
        at = place(nodeid, violation, name)
        self._found.add(at)
        return self._baseline.knows(at) or (self._update and at not in self._baseline.entries)

    def report(self) -> dict[str, Any]:
        """Return the data that another process needs to finish."""
        ran = {source_of(nodeid) for nodeid in self.ran}
        return {"found": sorted(self._found), "ran": sorted(ran)}

    def finish(self, reports: Sequence[Mapping[str, Any]]) -> list[str]:
        """Write the file if requested, and return the lines to report."""
        found = {(source, key) for report in reports for source, key in report["found"]}
        ran = {source for report in reports for source in report["ran"]}
        fixed = self._baseline.fixed(found, ran)
        new = found - set(self._baseline.entries) if self._update else set()
        lines = [f"baseline: {entry}: it has expired" for entry in self._baseline.over()]
        if new or (self._prune and fixed) or (self._update and not self._path.exists()):
            changed = self._baseline.changed(added=new, removed=fixed if self._prune else ())
            try:
                changed.write(self._path)
            except OSError as error:
                return [*lines, f"baseline: {self._path.name} cannot be written: {error.strerror or error}"]
            lines.append(f"baseline: {self._path.name}: {len(new)} added, {len(fixed) if self._prune else 0} removed")
        if fixed and not self._prune:
            lines += [f"baseline: {entry}: fixed; {OPTION}-prune removes it" for entry in fixed]
        return lines


def baseline_of(config: pytest.Config) -> RunBaseline | None:
    """Return the baseline of a run; raise `pytest.UsageError` for contradictory options."""
    given = config.option.contract_baseline
    named = config.getini("contract_baseline")
    update, prune = config.option.contract_baseline_update, config.option.contract_baseline_prune
    if not given and not named:
        if update or prune:
            raise pytest.UsageError(f"which baseline? give {OPTION}=FILE too")
        return None
    path = Path(config.invocation_params.dir, given) if given else Path(config.rootpath, named)
    return RunBaseline(path, update=update, prune=prune)
