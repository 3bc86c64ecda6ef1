"""Floor 5: what a run is told: the contract, the base URLs, and the violations that are known."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

from apicontract.checks.contract import Contract
from apicontract.openapi.base_urls import Bases
from apicontract.openapi.document import DocumentInvalid
from apicontract.openapi.violation import Violation
from apicontract.product import Product

PRODUCT = pytest.StashKey[Product]()
_CONTRACT = pytest.StashKey[Contract]()
INI = "contract_ignore"


def contract_of(config: pytest.Config) -> Contract:
    """Return the contract of a run, loaded once: the bundled one, or that of `--contract-spec`.

    Raises `pytest.UsageError` for a document that cannot be used.
    """
    if _CONTRACT not in config.stash:
        given = config.option.contract_spec
        named = config.getini("contract_spec")
        path = Path(config.invocation_params.dir, given) if given else named and Path(config.rootpath, named)
        try:
            config.stash[_CONTRACT] = config.stash[PRODUCT].load(path or None)
        except (OSError, DocumentInvalid) as error:
            raise pytest.UsageError(f"contract_spec: {given or named} cannot be used: {error}") from error
    return config.stash[_CONTRACT]


def base_urls(config: pytest.Config) -> list[str]:
    """Return the base URLs besides the document's: the run's, and that of the environment variable it names."""
    client = contract_of(config).document.raw.get("x-client")
    name = client.get("base_url_environment") if isinstance(client, Mapping) else None
    found = os.environ.get(name) if isinstance(name, str) else None
    given = [*(config.option.contract_base_url or ()), *config.getini("contract_base_url")]
    return [*given, found] if found else given


def bases_of(config: pytest.Config) -> Bases:
    """Return what is below the API; `pytest.UsageError` where that cannot be known."""
    contract = contract_of(config)
    try:
        bases = Bases(contract, base_urls(config))
    except ValueError as error:
        raise pytest.UsageError(f"contract_base_url: {error}") from error
    if not bases.named:
        raise pytest.UsageError("the document names no server with a host: name one by contract_base_url")
    return bases


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that lets violations pass: `OPERATION WHERE RULE`, of which the last ones can be left out.

    `*` is any text and `?` any character; `[` and `]` are themselves, as they are in `form.search_options[1]`. `-` is
    the operation of a request that belongs to none. The name of an operation can have spaces: `POST /pets body type`.
    """

    source: str
    """`contract_ignore`, or the id of the test, class or module whose marker has the entry."""
    entry: str

    def matches(self, violation: Violation) -> bool:
        """Whether the entry lets this violation pass."""
        return _pattern(self.entry).fullmatch(key(violation)) is not None


def key(violation: Violation) -> str:
    """Return what an entry is compared with; place and rule have no spaces."""
    return f"{violation.operation or '-'} {violation.where.replace(' ', '_')} {violation.rule}"


def known(contract: Contract, source: str, entries: Iterable[str]) -> list[Known]:
    """Read the entries of an allow list; `ValueError` for one that is no entry."""
    found = [" ".join(entry.split()) for entry in entries if entry.strip() and not entry.strip().startswith("#")]
    spaces = max((operation.id.count(" ") for operation in contract.operations), default=0)
    for entry in found:
        if entry.count(" ") > 2 + spaces:
            raise ValueError(f"{entry!r} is not OPERATION WHERE RULE, such as 'tasks.list query.page_limit maximum'")
    return [Known(source, entry) for entry in found]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a marker asks for."""

    enabled: bool
    ignore: Sequence[str]


def wish(enabled: bool = True, *more: object, ignore: str | Sequence[str] = (), **others: object) -> Wish:
    """Read the arguments of a marker; `TypeError` for others."""
    if more or others:
        wrong = ", ".join([*map(repr, more), *(f"{name}=" for name in others)])
        raise TypeError(f"contract(...) takes True or False, and ignore=[...], not {wrong}; did you mean ignore?")
    if not isinstance(enabled, bool):
        raise TypeError(f"True or False is needed first, not {enabled!r}; did you mean ignore={enabled!r}?")
    if not isinstance(ignore, Sequence) or not all(isinstance(entry, str) for entry in ignore):
        raise TypeError(f"ignore is a list of texts, not {ignore!r}")
    entries = (ignore,) if isinstance(ignore, str) else tuple(ignore)
    if not all(entry.strip() for entry in entries):
        raise ValueError("an entry of ignore is empty; write OPERATION WHERE RULE, or * for any violation")
    return Wish(enabled, entries)


def asked(item: pytest.Item, contract: Contract) -> tuple[bool | None, list[Known]]:
    """Return what the markers of a test ask for: whether it is checked, and what they let pass.

    The source of an entry is the place where it is written: a test, with all of its parameters, a class or a module.
    `TypeError` and `ValueError` for a marker that cannot be meant.
    """
    enabled: bool | None = None
    entries: list[Known] = []
    for node, marker in item.iter_markers_with_node("contract"):
        found = wish(*marker.args, **marker.kwargs)
        parameters = getattr(node, "callspec", None)
        place = node.nodeid.removesuffix(f"[{parameters.id}]") if parameters else node.nodeid
        entries += known(contract, place, found.ignore)
        enabled = found.enabled if enabled is None else enabled
    return enabled, entries


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
