"""The days and editions of an API: which days a mark may name, and which days have a name.

The list is written by hand as `editions.yaml` beside the document, and is copied unchanged into the bundled document as
`x-editions`. An edition is the API on one day. The last edition is the newest and the default.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apicontract.guess import nearest
from apicontract.openapi import marks
from apicontract.openapi.marks import BEGINNING, EDITIONS, Day, is_day
from apicontract.openapi.pointer import fragment
from apicontract.openapi.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apicontract.openapi.objects import Json


class EditionsInvalid(ValueError):
    """The list of editions is invalid; `problems` has every problem, at least one."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, problems)))


class EditionUnknown(ValueError):
    """There is no edition of this name or day; the message lists the known ones."""


@dataclass(frozen=True, slots=True)
class Change:
    """A day on which something in the API changed."""

    ledger: str
    """The ledger entry with the evidence."""
    by: bool = False
    """Whether the change is only known to have happened by that day, not on it."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The API on one day, for which a client is generated and tested."""

    day: Day
    name: str
    package: str
    """The name of the generated package."""
    witness: str
    """The evidence that the API was like this, in words."""


@dataclass(frozen=True, slots=True)
class Editions:
    """The editions of one document, oldest first, the names of other days, and every day on which something changed."""

    editions: tuple[Edition, ...]
    releases: Mapping[str, Day]
    changes: Mapping[Day, Change]
    """The changes by day, oldest first."""

    @classmethod
    def read(cls, data: Json) -> Editions:
        """Read the content of `editions.yaml`, or of `x-editions` in a bundled document.

        Raises `EditionsInvalid` with every problem; its pointers lead into the data.
        """
        reader = _Reader()
        found = reader.read(data)
        if found is None or reader.problems:
            raise EditionsInvalid(reader.problems)
        return found

    @classmethod
    def of(cls, document: Mapping[str, Json]) -> Editions:
        """Return the editions of a document; if it lists none, the days that its marks name.

        Raises `EditionsInvalid`; its pointers lead into the document.
        """
        if EDITIONS not in document:
            return cls((), {}, {day: Change("") for day in marks.days(document)})
        try:
            return cls.read(document[EDITIONS])
        except EditionsInvalid as error:
            inside = [problem._replace(pointer=f"#/{EDITIONS}{problem.pointer[1:]}") for problem in error.problems]
            raise EditionsInvalid(inside) from None

    @property
    def first(self) -> Day:
        """The day of the oldest edition."""
        return self.editions[0].day if self.editions else BEGINNING

    @property
    def newest(self) -> Day:
        """The day of the newest edition."""
        return self.editions[-1].day if self.editions else max(self.changes, default=BEGINNING)

    @property
    def days(self) -> tuple[Day, ...]:
        """The first day, and every later day on which something changed; a document is checked on each of them."""
        return (self.first, *(day for day in self.changes if day > self.first))

    @property
    def announced(self) -> tuple[Day, ...]:
        """The days after the newest edition."""
        return tuple(day for day in self.changes if day > self.newest)

    @property
    def names(self) -> Mapping[str, Day]:
        """The days that have a name, of a release or of an edition, by that name."""
        return {**self.releases, **{known.name: known.day for known in self.editions}}

    def resolve(self, edition: str | None = None) -> Day:
        """Return the day of an edition.

        It can be given as a day, as the name of an edition or release, as `newest` or `oldest`, or as `None` for the
        newest. A day after the newest edition means the newest. Raises `EditionUnknown` for
        any other name, and for a day before the first edition.
        """
        if edition is None:
            return self.newest
        names = self.names
        ends = {"oldest": self.first, "newest": self.newest}
        if edition in ends and edition not in names:
            return ends[edition]
        if edition in names:
            return names[edition]
        if not is_day(edition):
            near = f"{edition}-01" if is_day(f"{edition}-01") else nearest(edition, (*names, *ends))
            hint = f"did you mean {near!r}? " if near else ""
            known = f"known are {', '.join(names)}, and" if names else "known is"
            raise EditionUnknown(f"there is no edition {edition!r}; {hint}{known} any day written as YYYY-MM-DD")
        if edition < self.first:
            oldest = f"{self.editions[0].name} of {self.first}" if self.editions else self.first
            raise EditionUnknown(f"{edition} is before the first edition, {oldest}; the API of that day is not known")
        return min(edition, self.newest) if self.editions else edition

    def remark(self, edition: str | None) -> str:
        """Return a remark if a day is after the newest edition, which is then used; otherwise an empty text."""
        newest = self.newest
        if edition is None or not self.editions or edition in self.names or not is_day(edition) or edition <= newest:
            return ""
        return f"{edition} is after the newest edition, {newest}, which is used"

    def in_force(self, day: Day) -> Day:
        """Return the day of the last change up to a day: the projection of both days is the same."""
        return max(known for known in self.days if known <= day)

    def named(self, day: Day) -> str | None:
        """Return the name of the edition of exactly this day; `None` if it has no name."""
        return next((edition.name for edition in self.editions if edition.day == day), None)

    def on(self, day: Day) -> str:
        """Return when a change happened: `on 2026-04-02`, or `by 2026-04-11` if the exact day is unknown."""
        change = self.changes.get(day)
        return f"{'by' if change and change.by else 'on'} {day}"


class _Reader:
    """Reads the list, and collects its problems."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def read(self, data: Json) -> Editions | None:
        if not isinstance(data, dict):
            self._report((), "the list of editions is not a mapping", "begin it with 'editions:'")
            return None
        for key in data:
            if key not in ("editions", "releases", "days"):
                self._report((key,), f"the key {key!r} is not understood", "write editions, releases or days")
        editions = self._editions(data.get("editions"))
        changes = self._changes(data.get("days", {}))
        releases = self._releases(data.get("releases", {}), editions)
        return Editions(tuple(editions), releases, changes) if not self.problems else None

    def _editions(self, listed: Json) -> list[Edition]:
        found: list[Edition] = []
        if not isinstance(listed, list) or not listed:
            self._report(("editions",), "there is no list of editions", "list at least one, the newest last")
            return found
        keys = ("day", "name", "package", "witness")
        for number, item in enumerate(listed):
            at = ("editions", str(number))
            if not self._keys(item, at, keys):
                continue
            edition = Edition(*(item[key] for key in keys))
            if not is_day(edition.day):
                self._report((*at, "day"), f"{edition.day!r} is not a day", "write it as 2026-04-02")
            elif found and edition.day <= found[-1].day:
                self._report((*at, "day"), f"{edition.day} follows {found[-1].day}", "write the newest edition last")
            for key in ("name", "package"):
                if any(getattr(edition, key) == getattr(other, key) for other in found):
                    self._report((*at, key), f"two editions have the {key} {item[key]!r}", "rename one of them")
            if is_day(edition.name):
                self._report((*at, "name"), f"the name {edition.name!r} is a day", "write another name")
            found.append(edition)
        return found

    def _keys(self, item: Json, at: tuple[str, ...], keys: tuple[str, ...]) -> bool:
        """Report an entry that is not a mapping of exactly these keys to strings."""
        before = len(self.problems)
        if not isinstance(item, dict):
            self._report(at, "the edition is not a mapping", f"write {{{', '.join(keys)}}}")
            return False
        for key in keys:
            if not isinstance(item.get(key), str) or not item[key]:
                self._report((*at, key) if key in item else at, f"the edition has no {key!r}", "write it as a string")
        for key in item:
            if key not in keys:
                self._report((*at, key), f"the key {key!r} is not understood", f"write {', '.join(keys)}")
        return len(self.problems) == before

    def _changes(self, listed: Json) -> dict[Day, Change]:
        if not isinstance(listed, dict):
            self._report(("days",), "the days are not a mapping", "write {DAY: {ledger: ENTRY}}")
            return {}
        found: dict[Day, Change] = {}
        for day, item in listed.items():
            at = ("days", day)
            if not is_day(day):
                self._report(at, f"{day!r} is not a day", "write it as 2026-04-02")
            elif found and day <= max(found):
                self._report(at, f"{day} follows {max(found)}", "write the days in order")
            if not isinstance(item, dict) or not isinstance(item.get("ledger"), str):
                self._report(at, f"{day} has no source", "write {ledger: ENTRY}")
                continue
            for key in item:
                if key not in ("ledger", "by"):
                    self._report((*at, key), f"the key {key!r} is not understood", "write ledger, or by: true")
            if not isinstance(item.get("by", False), bool):
                self._report((*at, "by"), f"'by' is {item['by']!r}", "write true, or remove it")
                continue
            found[day] = Change(item["ledger"], item.get("by", False))
        return found

    def _releases(self, listed: Json, editions: list[Edition]) -> dict[str, Day]:
        if not isinstance(listed, dict):
            self._report(("releases",), "the releases are not a mapping", "write {NAME: DAY}")
            return {}
        names = {edition.name: edition.day for edition in editions}
        for name, day in listed.items():
            at = ("releases", name)
            if not is_day(day):
                self._report(at, f"{day!r} is not a day", "write it as 2026-04-02")
            elif editions and day < editions[0].day:
                self._report(at, f"{day} is before the first edition", "remove the release, or add an edition")
            if is_day(name) or names.get(name, day) != day:
                self._report(at, f"the name {name!r} already means another day", "rename it")
        return dict(listed)

    def _report(self, tokens: tuple[str, ...], message: str, fix: str) -> None:
        self.problems.append(Problem(fragment(tokens), message, fix))
