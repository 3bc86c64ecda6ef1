"""A baseline: a file of known violations that are not fixed yet. Only new ones fail, and fixed ones are reported.

Each line is one entry: its source, the violation, and optionally a last day and a reason.

    tests/test_clips.py::test_search: search.create form.search_options[] encoding
    tests/test_clips.py::test_list: tasks.list query.page_limit maximum  # until 2027-01-31: fixed with the next release

An entry has no value, no line number and no list index, so it stays the same when these change. The lines are sorted,
so a diff shows what was added and removed. After its last day an entry has no effect.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from apicontract.openapi.violation import Violation
from apicontract.traffic.ignores import ignore_key

HEAD = "# Known violations of the contract. Add to a line: `  # until 2027-01-31: why it is not fixed yet`.\n"
NOWHERE = "(no test)"
"""The source of violations that belong to no test."""
_INDEX = re.compile(r"\[\d+\]")

_NOTE = re.compile(r"(?:until (?P<until>\S+?)(?::|\Z)\s*)?(?P<reason>.*)")


class BaselineInvalid(ValueError):
    """A file is not a valid baseline; the message has the line."""


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """One entry."""

    source: str
    """A file, or the id of a test without its parameters."""
    key: str
    """`OPERATION WHERE RULE`."""
    until: dt.date | None = None
    """The last day on which the entry applies."""
    reason: str = ""

    def __str__(self) -> str:
        """Return the entry as a line."""
        until = f"until {self.until}" if self.until else ""
        note = ": ".join(filter(None, [until, self.reason]))
        return f"{self.source}: {self.key}" + (f"  # {note}" if note else "")


Place = tuple[str, str]
"""Source and key."""


def place(source: str, violation: Violation, name: str = "") -> Place:
    """Return the place of a violation in a baseline; `name` is that of a request without an operation."""
    return source_of(source) or NOWHERE, _INDEX.sub("[]", ignore_key(violation, name))


def source_of(nodeid: str) -> str:
    """Return the source for a test or a file: a test without its parameters."""
    file, mark, name = nodeid.partition("::")
    return file + mark + (name.partition("[")[0] if name.endswith("]") else name)


class Baseline:
    """The known violations."""

    def __init__(self, entries: Iterable[Known] = (), *, today: dt.date | None = None) -> None:
        """Take the entries; `today` is compared with their last days."""
        self.entries = {(entry.source, entry.key): entry for entry in entries}
        self._today = today or dt.datetime.now(tz=dt.UTC).date()

    @classmethod
    def load(cls, path: Path, *, today: dt.date | None = None) -> Baseline:
        """Read a file; raise `BaselineInvalid` for an invalid one, `OSError` for a missing one."""
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise BaselineInvalid(f"{path.name}: not UTF-8") from error
        return cls((_read(line, f"{path.name}:{at}") for at, line in _lines(text)), today=today)

    def knows(self, place: Place) -> bool:
        """Return whether a violation is known, and the entry has not expired."""
        entry = self.entries.get(place)
        return entry is not None and not self._is_over(entry)

    def over(self) -> list[Known]:
        """Return the entries that have expired."""
        return sorted(filter(self._is_over, self.entries.values()), key=str)

    def fixed(self, found: Iterable[Place], ran: Iterable[str]) -> list[Known]:
        """Return the entries without a matching violation, for sources that were run."""
        found, ran = set(found), set(ran)
        return sorted((entry for at, entry in self.entries.items() if at not in found and at[0] in ran), key=str)

    def changed(self, *, added: Iterable[Place] = (), removed: Iterable[Known] = ()) -> Baseline:
        """Return a baseline with entries added and removed; the comments of the others are kept."""
        entries = {**{at: Known(*at) for at in added}, **self.entries}
        for entry in removed:
            entries.pop((entry.source, entry.key), None)
        return Baseline(entries.values(), today=self._today)

    def write(self, path: Path) -> None:
        """Write a file."""
        path.write_text(HEAD + "".join(f"{line}\n" for line in sorted(map(str, self.entries.values()))), "utf-8")

    def _is_over(self, entry: Known) -> bool:
        return entry.until is not None and entry.until < self._today


def _lines(text: str) -> Iterable[tuple[int, str]]:
    for at, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.lstrip().startswith("#"):
            yield at, line.strip()


def _read(line: str, at: str) -> Known:
    entry, _, note = f"{line} ".partition("  # ")
    source, mark, key = entry.rpartition(": ")
    match = _NOTE.fullmatch(note.strip())
    if not mark or len(key.split()) < 3 or match is None:
        raise BaselineInvalid(f"{at}: a line is `SOURCE: OPERATION WHERE RULE  # until DAY: REASON`, not {line!r}")
    try:
        until = match["until"] and dt.date.fromisoformat(match["until"])
    except ValueError:
        raise BaselineInvalid(f"{at}: {match['until']!r} after `until` is not a day (YYYY-MM-DD)") from None
    return Known(source.strip(), " ".join(key.split()), until or None, match["reason"].strip())
