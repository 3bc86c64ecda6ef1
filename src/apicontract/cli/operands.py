"""The operations that a command is asked for by name."""

from __future__ import annotations

from apicontract.checks.contract import Contract


def spelt(contract: Contract, operation_id: str) -> str:
    """Return the spelling of an id in the document: `POST /pets` can be given as `post /pets`."""
    method, space, path = operation_id.partition(" ")
    found = f"{method.upper()}{space}{path}"
    return found if found in contract.document.operations and space else operation_id


_OTHERS = {"default": "", **{f"{first}XX": f"from {first}00" for first in range(1, 6)}}
"""The keys of responses that are not a single status, as messages name them."""


def instead(contract: Contract, error: str, operation_id: str | None) -> str:
    """Add to an error what can be checked instead."""
    if operation_id is None:
        return f"{error} (`show` names those of an operation, and `export` writes a file for each)"
    try:
        found = contract.described(operation_id)
    except LookupError:
        return f"{error} (`operations` lists all)"
    keys = [key for key, value in found.responses.items() if value.content]
    known = [f"--status {', '.join(key for key in keys if key.isdigit())}"] if keys else []
    known += [f"any other --status {_OTHERS[key]}".rstrip() for key in keys if key in _OTHERS]
    known += ["no --status for its request body"] if found.request_body else []
    return f"{error}; it accepts {', or '.join(known) or 'none at all'}"
