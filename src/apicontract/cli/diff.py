"""Show the differences between two documents, or two days of one, as text, JSON or Markdown."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from apicontract.changes import SEVERITIES, Comparison, Difference, Severity, Witness, compare
from apicontract.checks.contract import Contract
from apicontract.cli import curl
from apicontract.cli.outcomes import CannotRun, number
from apicontract.cli.terminal import note
from apicontract.cli.validate import why
from apicontract.openapi.document import DocumentInvalid
from apicontract.openapi.editions import EditionUnknown
from apicontract.openapi.violation import printable

FAILS: Mapping[str, tuple[Severity, ...]] = {
    "breaking": ("major",),
    "undecided": ("major", "undecided"),
    "any": SEVERITIES,
}
"""The values of `--fail-on`, and the severities that then fail."""
_TITLES: Mapping[Severity, str] = {
    "major": "breaks clients",
    "undecided": "undecided: neither proved to be equal nor shown to differ",
    "minor": "breaks nothing",
    "patch": "words",
}


def load(given: str, load_edition: Callable[..., Contract]) -> Contract:
    """Load one side: a file, or else an edition of the bundled document.

    Raises `CannotRun` with the reason if that fails.
    """
    path = Path(given)
    try:
        if path.suffix in (".json", ".yaml", ".yml") or path.is_file():
            return Contract.load(path)
        contract = load_edition(edition=given)
        if contract.editions and (remark := contract.editions.remark(given)):
            note(remark)
        return contract  # noqa: TRY300 - what is shown can fail to be written, too
    except EditionUnknown as error:
        raise CannotRun(f"{given}: no such file, and {error}") from None
    except OSError as error:
        raise CannotRun(f"{given}: {why(error)}") from None
    except DocumentInvalid as error:
        raise CannotRun(f"{given}: {error}") from None


def differences(old: Contract, new: Contract, only: list[str]) -> Comparison:
    """Compare two documents; raise `CannotRun` for an operation that neither has."""
    known = {name for side in (old, new) for name in (*side.document.operations, *side.document.webhooks)}
    for name in only:
        if name not in known:
            raise CannotRun(f"no operation {name!r} on either side")
    return compare(old.document, new.document, only)


def text(comparison: Comparison) -> Iterator[str]:
    """Yield the lines of plain text."""
    for severity in SEVERITIES:
        found = comparison.of(severity)
        if found:
            yield f"{severity}: {len(found)} ({_TITLES[severity]})"
        for difference in found:
            yield f"  {title(difference)}"
            if difference.witness is not None:
                yield from (f"      {line}" for line in _shown(difference.witness))
            for side, pointer in difference.pointers.items():
                yield f"      {side}: #{pointer}"
        if found:
            yield ""
    yield summary(comparison)


def markdown(comparison: Comparison) -> Iterator[str]:
    """Yield the lines of Markdown."""
    for severity in SEVERITIES:
        found = comparison.of(severity)
        if found:
            yield from (f"## {severity.capitalize()}: {_TITLES[severity]} ({len(found)})", "")
        for difference in found:
            yield f"- **{difference.operation or 'the document'}** `{difference.where}`: {difference.message}"
            yield f"  ({difference.effect})"
            if difference.witness is not None:
                yield from ("", "  ```sh", *(f"  {line}" for line in _shown(difference.witness)), "  ```", "")
        if found:
            yield ""
    yield summary(comparison)


def as_json(comparison: Comparison) -> Iterator[str]:
    """Yield the lines of a JSON document."""
    found = {
        "severity": comparison.severity,
        "operations": comparison.operations,
        "webhooks": comparison.webhooks,
        "equal": comparison.equal,
        "differences": [_member(difference) for difference in comparison.differences],
    }
    yield json.dumps(found, ensure_ascii=False, indent=2)


WRITERS: Mapping[str, Callable[[Comparison], Iterator[str]]] = {"text": text, "json": as_json, "markdown": markdown}
"""The formats of a comparison."""


def summary(comparison: Comparison) -> str:
    """Return the counts of a comparison on one line."""
    counts = [f"{len(found)} {severity}" for severity in SEVERITIES if (found := comparison.of(severity))]
    compared = number(comparison.operations, "operation")
    compared += f" and {number(comparison.webhooks, 'webhook')}" if comparison.webhooks else ""
    return f"{compared}, {comparison.equal} of them equal: {', '.join(counts) or 'no difference'}"


def title(difference: Difference) -> str:
    """Return a difference on one line."""
    operation = f"{difference.operation}: " if difference.operation else ""
    return printable(f"{operation}{difference.where}: {difference.message} [{difference.effect}]")


def _shown(witness: Witness) -> Iterator[str]:
    """Yield the lines of an exchange, and the violation that the other side finds in it."""
    yield curl.sent(witness.request, witness.body)
    if witness.response is not None:
        body = witness.response.body.decode(errors="replace")
        kind = witness.response.headers.get("content-type")
        yield printable(f"# response: {witness.response.status} {kind or ''} {body}".rstrip())
    other = "new" if witness.right == "old" else "old"
    yield printable(
        f"# valid in {witness.right}; in {other}: {witness.violations[0].where}: {witness.violations[0].message}"
    )


def _member(difference: Difference) -> dict[str, Any]:
    witness = difference.witness
    shown: dict[str, Any] | None = None
    if witness is not None:
        shown = {
            "right": witness.right,
            "curl": curl.sent(witness.request, witness.body),
            "violations": [str(violation) for violation in witness.violations],
        }
        if witness.response is not None:
            shown["response"] = {
                "status": witness.response.status,
                "headers": dict(witness.response.headers.items),
                "body": witness.response.body.decode(errors="replace"),
            }
    return {
        "operation": difference.operation,
        "method": difference.method,
        "path": difference.path,
        "where": difference.where,
        "rule": difference.rule,
        "message": difference.message,
        "effect": difference.effect,
        "severity": difference.severity,
        "breaking": difference.breaking,
        "pointers": {side: f"#{pointer}" for side, pointer in difference.pointers.items()},
        "witness": shown,
    }
