"""The settings of a run and of its tests: the contract, the base URLs, and the markers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from apicontract.checks.contract import Contract
from apicontract.openapi.base_urls import BaseUrls, of_environment
from apicontract.openapi.document import DocumentInvalid
from apicontract.openapi.editions import EditionUnknown
from apicontract.product import Product
from apicontract.traffic.ignores import IgnoreEntry, ignore_entries

PRODUCT = pytest.StashKey[Product]()
_CONTRACT = pytest.StashKey[Contract]()
INI = "contract_ignore"


def contract_of(config: pytest.Config) -> Contract:
    """Return the contract of a run, loaded once: the bundled one, or that of `--contract-spec`, at its edition.

    Raises `pytest.UsageError` for an unusable document, and for an edition that it does not have.
    """
    if _CONTRACT not in config.stash:
        edition = config.option.contract_edition or config.getini("contract_edition") or None
        config.stash[_CONTRACT] = contract_at(config, edition)
    return config.stash[_CONTRACT]


def contract_at(config: pytest.Config, edition: str | None) -> Contract:
    """Load the contract of a run at any edition; raise `pytest.UsageError` as `contract_of` does."""
    given = config.option.contract_spec
    named = config.getini("contract_spec")
    path = Path(config.invocation_params.dir, given) if given else named and Path(config.rootpath, named)
    try:
        return config.stash[PRODUCT].load(path or None, edition=edition, formats=config.getini("contract_formats"))
    except EditionUnknown as error:
        raise pytest.UsageError(f"contract_edition: {error}") from error
    except (OSError, DocumentInvalid) as error:
        raise pytest.UsageError(f"contract_spec: {given or named} cannot be used: {error}") from error


def other_base_urls(config: pytest.Config) -> list[str]:
    """Return the additional base URLs: those of the run, and that of the environment variable in the document."""
    given = [*(config.option.contract_base_url or ()), *config.getini("contract_base_url")]
    return [*given, *of_environment(contract_of(config).document.raw)]


def unknown_of(config: pytest.Config) -> str:
    """Return how to treat requests that match no operation: `fail`, `warn` or `ignore`.

    Raises `pytest.UsageError` for any other word.
    """
    found = config.option.contract_unknown or config.getini("contract_unknown")
    if found not in ("fail", "warn", "ignore"):
        raise pytest.UsageError(f"contract_unknown is fail, warn or ignore, not {found!r}")
    return str(found)


def base_urls_of(config: pytest.Config) -> BaseUrls:
    """Return the base URLs of the API; raise `pytest.UsageError` if there are none, or for an invalid one."""
    contract = contract_of(config)
    try:
        bases = contract.base_urls(other_base_urls(config))
    except ValueError as error:
        raise pytest.UsageError(f"contract_base_url: {error}") from error
    if not bases.named:
        raise pytest.UsageError("the document names no server with a host: name one by contract_base_url")
    return bases


@dataclass(frozen=True, slots=True)
class MarkerArguments:
    """The arguments of a marker."""

    enabled: bool
    ignore: Sequence[str]


def marker_arguments(
    enabled: bool = True, *more: object, ignore: str | Sequence[str] = (), **others: object
) -> MarkerArguments:
    """Read the arguments of a marker; raise `TypeError` for invalid ones."""
    if more or others:
        wrong = ", ".join([*map(repr, more), *(f"{name}=" for name in others)])
        raise TypeError(f"contract(...) takes True or False, and ignore=[...], not {wrong}; did you mean ignore?")
    if not isinstance(enabled, bool):
        raise TypeError(f"the first argument must be True or False, not {enabled!r}; did you mean ignore={enabled!r}?")
    if not isinstance(ignore, Sequence) or not all(isinstance(entry, str) for entry in ignore):
        raise TypeError(f"ignore is a list of strings, not {ignore!r}")
    entries = (ignore,) if isinstance(ignore, str) else tuple(ignore)
    if not all(entry.strip() for entry in entries):
        raise ValueError("an entry of ignore is empty; write OPERATION WHERE RULE, or * for any violation")
    return MarkerArguments(enabled, entries)


def marker_settings(item: pytest.Item, contract: Contract) -> tuple[bool | None, list[IgnoreEntry]]:
    """Return the settings in the markers of a test: whether it is checked, and what is ignored.

    The source of an entry is the place where it is written: a test, with all of its parameters, a class or a module.
    Raises `TypeError` and `ValueError` for an invalid marker.
    """
    enabled: bool | None = None
    entries: list[IgnoreEntry] = []
    for node, marker in item.iter_markers_with_node("contract"):
        found = marker_arguments(*marker.args, **marker.kwargs)
        parameters = getattr(node, "callspec", None)
        place = node.nodeid.removesuffix(f"[{parameters.id}]") if parameters else node.nodeid
        entries += ignore_entries(contract, place, found.ignore)
        enabled = found.enabled if enabled is None else enabled
    return enabled, entries
