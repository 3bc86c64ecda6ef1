"""A folder with the finished parts of a run, so that an interrupted run can be resumed."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from apicontract.cli.outcomes import (
    CannotRun,
    Checked,
    Conforming,
    Judged,
    Outcome,
    PassedOver,
    Unreadable,
    Unrelated,
)
from apicontract.openapi.violation import Violation
from apicontract.traffic.findings import Finding

_RUN = "run.json"
_KINDS: dict[str, Callable[..., Outcome]] = {
    kind.__name__: kind for kind in (Checked, Conforming, PassedOver, Unreadable, Unrelated)
}


class Finished:
    """The folder of one run."""

    def __init__(self, folder: str, identity: object) -> None:
        """Open or create it; raise `CannotRun` for the folder of another run, with other files or another place."""
        import hashlib  # noqa: PLC0415 - slow to import, and rarely needed

        self._folder = Path(folder)
        digest = hashlib.sha256(json.dumps(identity, default=str, sort_keys=True).encode()).hexdigest()
        run = self._folder / _RUN
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            known = json.loads(run.read_bytes()) if run.exists() else None
            if known is None and any(self._folder.iterdir()):
                raise CannotRun(f"--finished {folder}: not empty, and not the folder of a run; give a new one")
            if known is not None and known != {"run": digest}:
                why = "other files, another document, or another place in it"
                raise CannotRun(f"--finished {folder}: the folder of another run ({why}); give a new one")
            self._write(run, {"run": digest})
        except (OSError, ValueError) as error:
            raise CannotRun(f"--finished {folder}: {error}") from None

    def kept(
        self,
        parts: Iterable[Any],
        run: Callable[[Iterator[Any]], Generator[tuple[Any, Any]]],
        here: type[Any],
    ) -> Generator[tuple[Any, Any]]:
        """Run the parts that are not finished, store each result, and yield all in order."""

        class Known(here):  # type: ignore[misc]  # the base is known at run time alone
            """A part that is already finished."""

            def __init__(self, part: Any) -> None:
                self.part = part

        def left() -> Iterator[Any]:
            for number, part in enumerate(parts):
                yield Known(part) if self._at(number).exists() and not isinstance(part, here) else part

        results = run(left())
        try:
            for number, (part, result) in enumerate(results):
                if isinstance(part, Known):
                    yield part.part, _read(json.loads(self._at(number).read_bytes()))
                    continue
                if isinstance(result, Judged):
                    self._write(self._at(number), _written(result))
                yield part, result
        finally:
            results.close()

    def _at(self, number: int) -> Path:
        return self._folder / f"{number:08}.json"

    def _write(self, path: Path, value: object) -> None:
        """Write a file atomically."""
        begun = path.with_suffix(".begun")
        begun.write_text(json.dumps(value), encoding="utf-8")
        begun.replace(path)


def _written(judged: Judged) -> dict[str, Any]:
    return {"lines": judged.lines, "size": judged.size, "outcomes": [_flat(outcome) for outcome in judged.outcomes]}


def _flat(outcome: Outcome) -> list[Any]:
    if isinstance(outcome, Conforming) and isinstance(outcome.lines, range):
        told: dict[str, Any] = {
            **outcome._asdict(),
            "lines": {"start": outcome.lines.start, "stop": outcome.lines.stop},
        }
    elif isinstance(outcome, Checked):
        told = {**outcome._asdict(), "findings": [asdict(finding) for finding in outcome.findings]}
    else:
        told = outcome._asdict() if isinstance(outcome, tuple) else asdict(outcome)
    return [type(outcome).__name__, told]


def _read(value: dict[str, Any]) -> Judged:
    return Judged([_outcome(*given) for given in value["outcomes"]], value["lines"], value["size"])


def _outcome(kind: str, told: dict[str, Any]) -> Outcome:
    if kind == "Checked":
        told["findings"] = [Finding(**{**f, "violation": Violation(**f["violation"])}) for f in told["findings"]]
    if kind == "Conforming" and isinstance(told["lines"], dict):
        told["lines"] = range(told["lines"]["start"], told["lines"]["stop"])
    return _KINDS[kind](**told)
