"""Violations that are known and let pass: entries such as those of `contract_ignore` and of the marker's `ignore`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from apicontract.checks.contract import Contract
from apicontract.openapi.violation import Violation

_METHOD = re.compile(r"[A-Z*?]+ [/*?]")
"""How the name of a request begins that belongs to no operation."""


@dataclass(frozen=True, slots=True)
class IgnoreEntry:
    """An entry that lets violations pass: `OPERATION WHERE RULE`, of which the last ones can be left out.

    `*` is any text and `?` any character; `[` and `]` are themselves, as they are in `form.search_options[1]`. The name
    of an operation can have spaces: `POST /pets body type`. A request that belongs to no operation has the name that
    it would have, such as `POST /assets path undeclared`, and `-` is any of them.
    """

    source: str
    """`contract_ignore`, or the id of the test, class or module whose marker has the entry."""
    entry: str

    def matches(self, violation: Violation, name: str = "") -> bool:
        """Whether the entry lets this violation pass; `name` is that of a request that belongs to no operation."""
        pattern = _pattern(self.entry)
        keys = {ignore_key(violation, name), ignore_key(violation)}
        return any(pattern.fullmatch(key) is not None for key in keys)


def ignore_key(violation: Violation, name: str = "") -> str:
    """Return what an entry is compared with; place and rule have no spaces."""
    return f"{violation.operation or name or '-'} {violation.where.replace(' ', '_')} {violation.rule}"


def ignore_entries(contract: Contract, source: str, entries: Iterable[str]) -> list[IgnoreEntry]:
    """Read entries; `ValueError` for one that is no entry."""
    found = [" ".join(entry.split()) for entry in entries if entry.strip() and not entry.strip().startswith("#")]
    spaces = max((operation.id.count(" ") for operation in contract.operations), default=0)
    for entry in found:
        if entry.count(" ") > 2 + (max(spaces, 1) if _METHOD.match(entry) else spaces):
            raise ValueError(f"{entry!r} is not OPERATION WHERE RULE, such as 'tasks.list query.page_limit maximum'")
    return [IgnoreEntry(source, entry) for entry in found]


@lru_cache(maxsize=1024)
def _pattern(entry: str) -> re.Pattern[str]:
    """Read an entry: the last two words, one or none of it are place and rule, and all before them the operation."""
    words = entry.split()
    ways = [[" ".join(words[:n]), *words[n:], "*", "*"][:3] for n in range(max(1, len(words) - 2), len(words) + 1)]

    def read(word: str, any_one: str) -> str:
        return "".join({"*": f"{any_one}*", "?": any_one}.get(c) or re.escape(c) for c in word)

    return re.compile(
        "|".join(f"{read(name, '.')} {read(where, '[^ ]')} {read(rule, '[^ ]')}" for name, where, rule in ways)
    )
