"""Violations to ignore: entries such as those of `contract_ignore` and of the marker's `ignore`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from apicontract.checks.contract import Contract
from apicontract.openapi.violation import Violation
from apicontract.traffic.findings import Side

_METHOD = re.compile(r"[A-Z*?]+ [/*?]")
"""How the name of a request without an operation begins."""


@dataclass(frozen=True, slots=True)
class IgnoreEntry:
    """An entry that ignores violations: `OPERATION WHERE RULE`, of which the last parts can be omitted.

    `*` matches any text and `?` any character; `[` and `]` are literal, as in `form.search_options[1]`. The name of an
    operation can contain spaces: `POST /pets body type`. A request without an operation is named by its method and
    path, as in `POST /assets path undeclared`, and `-` matches any of them. WHERE can begin with the side, which tells
    two headers of one name apart: `response.header.content-type`.
    """

    source: str
    """`contract_ignore`, or the id of the test, class or module whose marker has the entry."""
    entry: str

    def matches(self, violation: Violation, name: str = "", side: Side = "request") -> bool:
        """Return whether the entry ignores a violation; `name` is that of a request without an operation."""
        pattern = _pattern(self.entry)
        sided = replace(violation, where=f"{side}.{violation.where}")
        keys = {ignore_key(one, of) for one in (violation, sided) for of in (name, "")}
        return any(pattern.fullmatch(key) is not None for key in keys)


def ignore_key(violation: Violation, name: str = "") -> str:
    """Return the string that an entry is compared with; location and rule contain no spaces."""
    return f"{violation.operation or name or '-'} {violation.where.replace(' ', '_')} {violation.rule}"


def ignore_entries(contract: Contract, source: str, entries: Iterable[str]) -> list[IgnoreEntry]:
    """Parse entries; raise `ValueError` for an invalid one."""
    found = [" ".join(entry.split()) for entry in entries if entry.strip() and not entry.strip().startswith("#")]
    spaces = max((operation.id.count(" ") for operation in contract.operations), default=0)
    for entry in found:
        if entry.count(" ") > 2 + (max(spaces, 1) if _METHOD.match(entry) else spaces):
            raise ValueError(f"{entry!r} is not OPERATION WHERE RULE, such as 'tasks.list query.page_limit maximum'")
    return [IgnoreEntry(source, entry) for entry in found]


@lru_cache(maxsize=1024)
def _pattern(entry: str) -> re.Pattern[str]:
    """Compile an entry: up to two last words are location and rule, and all before them the operation."""
    words = entry.split()
    ways = [[" ".join(words[:n]), *words[n:], "*", "*"][:3] for n in range(max(1, len(words) - 2), len(words) + 1)]

    def read(word: str, any_one: str) -> str:
        return "".join({"*": f"{any_one}*", "?": any_one}.get(c) or re.escape(c) for c in word)

    return re.compile(
        "|".join(f"{read(name, '.')} {read(where, '[^ ]')} {read(rule, '[^ ]')}" for name, where, rule in ways)
    )
