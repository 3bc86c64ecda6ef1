"""Compare the vendor's own OpenAPI documents with ours of their days, and each with the next one.

`make references DIR=…` compares, and fails if the table of differences (`documents.txt`) is not what it finds. A
difference between a document of the vendor and ours of its day must be a decision of the ledger (`DOCUMENTS` in
`readings`). A change from one of its documents to the next must be a marked change of ours between the two days, or
else a place at which one of the two differs from ours, which the ledger explains. The documents themselves stay
out of this repository; the table names places, rules and values, and holds no sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from apicontract.changes import compare
from apicontract.openapi.document import Document
from tests.references.examples import documents
from tests.references.readings import BETWEEN, DOCUMENTS, Departure
from tests.support.editions import contract_of

TABLE = Path(__file__).parent / "documents.txt"
SHORT = 50
LEDGER, MARK, NOTHING = "ledger", "mark", "nothing"


class Fact(NamedTuple):
    """Something that one document says otherwise than another."""

    route: str
    where: str
    rule: str
    effect: str
    message: str


@dataclass(frozen=True, slots=True)
class Table:
    """What the documents of some days say otherwise: than ours, and than the one before, with what explains that."""

    ours: Mapping[Fact, Sequence[str]]
    """The days on which a document of the vendor says so."""
    vendors: Mapping[tuple[Fact, str], Sequence[str]]
    """The days of the later documents, by what explains it."""


def between(old: Document, new: Document) -> list[Fact]:
    """Return what one document says otherwise than another; words are no fact."""
    return list(
        dict.fromkeys(
            Fact(f"{d.method} {d.path}", d.where, d.rule, d.effect, _short(d.message))
            for d in compare(old, new, webhooks=False).differences
            if d.effect != "words" and (d.where, d.rule) != ("events", "event")  # an extension of ours
        )
    )


def drawn(folder: Path) -> Table:
    """Compare the documents of a directory."""
    ours: dict[Fact, list[str]] = {}
    vendors: dict[tuple[Fact, str], list[str]] = {}
    known: dict[str, list[Fact]] = {}
    read = {day: Document(document) for day, document in documents(folder)}
    for day, theirs in read.items():
        known[day] = between(contract_of(day).document, theirs)
        for fact in known[day]:
            ours.setdefault(fact, []).append(day)
    for before, day in pairwise(read):
        changed = between(contract_of(before).document, contract_of(day).document)
        for fact in between(read[before], read[day]):
            reason = explanation(fact, changed, [*known[before], *known[day]])
            vendors.setdefault((fact, reason), []).append(day)
    return Table(ours, vendors)


def explanation(fact: Fact, changed: Iterable[Fact], departures: Iterable[Fact]) -> str:
    """Say what explains a change: one of ours between the two days, or a place that one of the two has otherwise."""
    if any(_touches(one, fact) for one in changed):
        return MARK
    if any(one.explains(*fact) for one in BETWEEN):
        return LEDGER
    return LEDGER if any(_touches(one, fact) for one in departures) else NOTHING


def _touches(one: Fact, other: Fact) -> bool:
    """Whether two facts are about the same place, or one is about what holds the other."""
    if _shape(one.route) != _shape(other.route):
        return False
    return one.rule == "operation" or _holds(one.where, other.where) or _holds(other.where, one.where)


def _holds(outer: str, inner: str) -> bool:
    return inner == outer or inner.startswith((f"{outer}.", f"{outer}["))


def _shape(route: str) -> str:
    return "/".join("{}" if "{" in step else step for step in route.split("/"))


def departure(fact: Fact) -> Departure | None:
    """Return the decision of the ledger that explains what a document of the vendor says otherwise than ours."""
    return next((one for one in DOCUMENTS if one.explains(*fact)), None)


def written(table: Table) -> str:
    """Write a table: its days, and a line for each fact with a number for each of its days."""
    every = sorted({day for days in (*table.ours.values(), *table.vendors.values()) for day in days})
    number = {day: str(position) for position, day in enumerate(every)}

    def numbered(days: Iterable[str]) -> str:
        return " ".join(number[day] for day in days)

    lines = ["\t".join(every)]
    lines += ["\t".join(("ours", *fact, numbered(days))) for fact, days in table.ours.items()]
    lines += ["\t".join((why, *fact, numbered(days))) for (fact, why), days in table.vendors.items()]
    return "\n".join(lines) + "\n"


def loaded(text: str) -> Table:
    """Read a table."""
    ours: dict[Fact, Sequence[str]] = {}
    vendors: dict[tuple[Fact, str], Sequence[str]] = {}
    first, *lines = text.splitlines()
    every = first.split("\t")
    for line in lines:
        kind, *cells, numbers = line.split("\t")
        fact, days = Fact(*cells), [every[int(number)] for number in numbers.split()]
        if kind == "ours":
            ours[fact] = days
        else:
            vendors[fact, kind] = days
    return Table(ours, vendors)


def _short(message: str) -> str:
    """Keep of a message what was and is, without the sentences that a schema can hold."""
    flat = " ".join(message.split())
    return flat if len(flat) <= SHORT else f"{flat[: SHORT - 1]}…"


def unexplained(table: Table) -> Iterator[str]:
    """Yield what nothing explains."""
    for fact, days in table.ours.items():
        if departure(fact) is None:
            yield f"{days[0]}: {fact.route}: {fact.where}: {fact.message} [{fact.rule}, {fact.effect}]"
    for (fact, why), days in table.vendors.items():
        if why == NOTHING:
            yield f"up to {days[0]}: {fact.route}: {fact.where}: {fact.message} [{fact.rule}, {fact.effect}]"


def main(folder: Path, *, writes: bool) -> int:
    """Compare, and print what is not explained and whether the table is another; 1 if so."""
    table = drawn(folder)
    left = list(unexplained(table))
    text = written(table)
    if writes:
        TABLE.write_text(text, encoding="utf-8")
    same = TABLE.exists() and TABLE.read_text(encoding="utf-8") == text
    print(*left, sep="\n" if left else "")
    print(
        f"vendor's documents: {len(table.ours)} differences to ours and {len(table.vendors)} to the one before, "
        f"{len(left)} not explained{'' if same else '; documents.txt differs'}"
    )
    return int(bool(left) or not same)
