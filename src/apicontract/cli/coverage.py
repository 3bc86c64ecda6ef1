"""Count the coverage of recordings, and merge the coverage of several runs."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from rich.text import Text

from apicontract.checks.contract import Contract
from apicontract.cli.outcomes import CONFORMS, VIOLATIONS, CannotRun
from apicontract.cli.terminal import complain, note, show
from apicontract.coverage import Coverage, CoverageInvalid, Origin, reports
from apicontract.openapi.document import DocumentInvalid
from apicontract.openapi.violation import Violation
from apicontract.traffic.recordings import Recorded, Unreadable
from apicontract.traffic.recordings.check import is_about_key

_STYLES = {"good": "green", "bad": "red", "faint": "dim", "plain": ""}


class Counter:
    """Counts exchanges as they are read, and writes reports at the end."""

    def __init__(self, contract: Contract, files: Sequence[str], fail_under: float | None, only: str | None) -> None:
        """Check the options; raise `CannotRun` for invalid ones."""
        self._paths = [Path(file) for file in files]
        self._least = fail_under
        for path in self._paths:
            try:
                reports.writable(path)
            except ValueError as error:
                raise CannotRun(f"--report {path}: {error}") from None
        self.scope = [name.strip() for name in only.split(",")] if only else []
        try:
            self.coverage = Coverage(contract, self.scope)
        except DocumentInvalid:
            raise
        except ValueError as error:
            raise CannotRun(f"--only: {error}") from None
        self._position = 0

    def counting(self, exchanges: Iterable[Recorded | Unreadable], source: str) -> Iterator[Recorded | Unreadable]:
        """Count recorded exchanges, and pass them on."""
        for recorded in exchanges:
            self._position += 1
            if isinstance(recorded, Recorded):
                place = source if recorded.line is None else f"{source}:{recorded.line}"
                unseen = {item.side for item in recorded.unknown if item.where == "body"}
                origin = Origin(self._position, place)
                self.coverage.exchange(
                    recorded.request, recorded.response, origin=origin, unseen=unseen, known=_is_excused(recorded)
                )
            yield recorded

    def finish(self) -> int:
        """Write the reports; return `VIOLATIONS` if the coverage is too low."""
        for path in self._paths:
            reports.write(self.coverage, path)
            note(f"written: {path}")
        cells = self.coverage.summary().cells
        if self._least is None or cells.reaches(self._least):
            return CONFORMS
        complain(f"coverage of {cells} is below the {self._least:g} % required by --fail-under")
        return VIOLATIONS


def _is_excused(recorded: Recorded) -> Callable[[Violation], bool]:
    """Return a function that accepts violations due to missing parts of a recording, including removed keys."""
    unknown = [item for item in recorded.unknown if item.where]
    return lambda found: is_about_key(found) or any(item.covers(found.where) for item in unknown)


def merged(contract: Contract, files: Sequence[str], counter: Counter) -> int:
    """Merge the coverage that earlier runs wrote as JSON, and show it; raise `CannotRun` for an invalid file."""
    for file in files:
        try:
            counter.coverage.merge(Coverage.from_json(contract, Path(file).read_bytes(), counter.scope))
        except CoverageInvalid as error:
            raise CannotRun(f"{file}: {error}") from None
    for line in reports.lines(counter.coverage, shutil.get_terminal_size().columns):
        show(Text(line.text, _STYLES[line.mark]), wrap=False)
    sys.stdout.flush()
    return counter.finish()
