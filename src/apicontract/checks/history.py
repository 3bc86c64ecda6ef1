"""Explain violations by other editions of the document.

A contract is for one day. The marked document behind it, its history, has all days; it is loaded when it is first
needed, so conforming messages do not pay for it. A violation that names something (an operation, a parameter, a
property, a listed value, a media type, a status) is explained by the days on which that exists. Any other is explained
by the whole message, if that is valid on another day: a rule may be newer than a request that was never valid, so one
violation alone proves nothing. The checkers of a path are made once for each day on which a rule of it changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from apicontract.checks.checkers import Checkers
from apicontract.checks.message import Message
from apicontract.openapi import marks
from apicontract.openapi.document import Document, DocumentInvalid, Json, Operation
from apicontract.openapi.editions import Editions, EditionsInvalid, EditionUnknown
from apicontract.openapi.life import Absent, Explanation, Lives
from apicontract.openapi.projection import project
from apicontract.openapi.violation import Violation

JUDGED_AGAIN = 1024 * 1024
"""The maximum length, in bytes, of a body that is checked on other days too."""
_KEPT = 10_000
"""The number of explanations that are cached."""
_LISTED = ("enum", "const", "anyOf", "oneOf")
"""Rules whose violations name a value."""
_GUESS = re.compile(r"; did you mean .*\?$")


@dataclass(frozen=True, slots=True)
class ContractEdition:
    """The day of a contract."""

    day: str
    """As `YYYY-MM-DD`."""
    name: str | None
    """The name that was passed in, or that of the edition of exactly this day."""

    def __str__(self) -> str:
        return self.day if self.name is None else f"{self.day} ({self.name})"


def read(
    raw: Mapping[str, Json], name: str, edition: str | None = None, *, formats: bool = True
) -> tuple[Document, History | None]:
    """Read the raw document of a file; one with editions is projected onto a day, and returned with its history.

    Raises `DocumentInvalid`, and `EditionUnknown` for an edition that the document does not have.
    """
    if not _is_marked(raw):
        if edition is not None:
            raise EditionUnknown(f"there is no edition {edition!r}: {name} has no editions; leave the edition out")
        return Document(raw), None
    history = _history(raw, edition, formats)
    try:
        return Document(project(raw, history.edition.day)), history
    except EditionsInvalid as error:
        raise DocumentInvalid(f"the editions of {name} cannot be used: {error}", f"/{marks.EDITIONS}") from None


def _is_marked(raw: Mapping[str, Json]) -> bool:
    """Return whether a document has editions."""
    return (isinstance(editions := raw.get(marks.EDITIONS), dict) and "editions" in editions) or bool(marks.days(raw))


class History:
    """The marked document behind a contract."""

    def __init__(
        self, read: Callable[[], Mapping[str, Json]], edition: str | None = None, *, formats: bool = True
    ) -> None:
        """Take the reader of the marked document, the edition that was passed in, and whether `format` is asserted."""
        self._formats = formats
        self._read = read
        self._asked = edition
        self._checkers: dict[tuple[bool, str, str], Checkers | None] = {}
        self._things: dict[tuple[object, ...], Explanation | None] = {}

    def __reduce__(self) -> tuple[Callable[..., History], tuple[Mapping[str, Json], str | None, bool]]:
        """Pickle the marked document and the edition; everything else is computed from them."""
        return _history, (self._read(), self._asked, self._formats)

    @cached_property
    def edition(self) -> ContractEdition:
        """The day; raises `EditionUnknown` if the document does not have it."""
        known = self._lives.editions
        day = known.resolve(self._asked)
        return ContractEdition(day, self._asked if self._asked in known.names else known.named(day))

    @property
    def editions(self) -> Editions:
        """The editions of the document."""
        return self._lives.editions

    @property
    def document(self) -> Mapping[str, Json]:
        """The marked document."""
        return self._lives.document

    def edition_of(self, release: str) -> str | None:
        """Return the name of the edition for a release of an SDK; `None` if it is this one, or unknown."""
        editions = self._lives.editions
        for name in (name for name in editions.releases if name.rpartition("-")[2] == release):
            if editions.in_force(editions.releases[name]) != editions.in_force(self.edition.day):
                return name
        return None

    def explain(self, violations: Sequence[Violation], message: Message) -> list[Violation]:
        """Return the violations of a message, each with an explanation from another edition if there is one."""
        things = [self._thing(violation, message) for violation in violations]
        whole = None if all(things) else self._whole(message)
        return [
            _explained(violation, thing.message, thing.rule)
            if thing is not None
            else _explained(violation, f"{_GUESS.sub('', violation.message)}; {whole.message}", whole.rule)
            if whole is not None
            else violation
            for violation, thing in zip(violations, things, strict=True)
        ]

    def operation(self, method: str, path: str) -> Absent | None:
        """Find the operation of another day that a request matches; `None` if there is none."""
        return self._lives.match(method, path, self.edition.day)

    def absent(self, operation_id: str) -> Absent | None:
        """Find an operation of another day by its id; `None` if there is none."""
        return next((found for found in self._lives.absent(self.edition.day) if found.id == operation_id), None)

    def webhooks(self) -> Iterator[tuple[Absent, Checkers]]:
        """Yield the webhooks that exist only on other days, with the checkers of the nearest day."""
        for absent in self._webhooks.absent(self.edition.day):
            checkers = self._checkers_of(self._webhooks, absent.path, absent.day)
            if checkers is not None:
                yield absent, checkers

    @cached_property
    def _lives(self) -> Lives:
        return Lives(self._read())

    @cached_property
    def _webhooks(self) -> Lives:
        return Lives.of_webhooks(self._read())

    def _thing(self, violation: Violation, message: Message) -> Explanation | None:
        """Explain a violation by the thing that it names."""
        rule = violation.rule
        if rule in message.names:
            named = json.dumps(message.names[rule])
        elif message.received:
            return None
        elif rule in _LISTED and violation.excerpt is not None:
            named = violation.excerpt
        elif rule == "undeclared":
            named = "null"
        else:
            return None
        operation = message.operation
        key = (operation.method, operation.path, violation.where, rule, named)
        things = self._things
        if key in things:
            return things[key]
        if len(things) >= _KEPT:
            things = self._things = {}  # a new dict, because another thread may be reading the old one
        found = things[key] = self._look_up(operation, violation, named)
        return found

    def _look_up(self, operation: Operation, violation: Violation, named: str) -> Explanation | None:
        try:
            value = json.loads(named)
        except ValueError:  # a truncated excerpt is longer than any listed value
            return None
        at = (operation.method, operation.path, self.edition.day)
        return self._lives.thing(*at, violation.where, violation.rule, value)

    def _whole(self, message: Message) -> Explanation | None:
        """Explain a violation by a day on which the whole message is valid; `None` if there is none."""
        if message.size > JUDGED_AGAIN:
            return None
        path, method = message.operation.path, message.operation.method
        lives = self._webhooks if message.webhook else self._lives

        def conforms(day: str) -> bool:
            checkers = self._checkers_of(lives, path, day)
            found = [] if checkers is None else [o for o in checkers.document.operations.values() if o.method == method]
            try:
                return checkers is not None and bool(found) and message.conforms(checkers, found[0])
            except DocumentInvalid:  # the schema of the other day is invalid
                return False

        return lives.whole(path, self.edition.day, conforms, message.noun)

    def _checkers_of(self, lives: Lives, path: str, day: str) -> Checkers | None:
        key = (lives is self._lives, path, day)
        if key not in self._checkers:
            try:
                self._checkers[key] = Checkers(Document(lives.projection(path, day)), formats=self._formats)
            except DocumentInvalid:  # the document of the other day is invalid
                self._checkers[key] = None
        return self._checkers[key]


def _history(document: Mapping[str, Json], edition: str | None, formats: bool) -> History:
    return History(lambda: document, edition, formats=formats)


def _explained(violation: Violation, message: str, rule: str) -> Violation:
    return replace(violation, message=message, rule=rule)
