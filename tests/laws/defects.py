"""Of which operations the vendor's SDKs are known to break a law: the reasons name entries of the ledger."""

from __future__ import annotations

from tests.laws.trial import World
from twelvelabs_contract import Operation

UNSENT = "S22: the path is joined to the base URL as if it were an address, and nothing is sent"


def is_unsent(operation: Operation) -> bool:
    """Whether the first segment of the path has a colon, which the SDK takes for the end of a scheme."""
    return ":" in operation.path.split("/")[1]


def free_ids(world: World, operation: Operation) -> list[str]:
    """Return the identifiers in a path that may be any text; others have a pattern, which keeps them harmless."""
    valid = world.contract.validators
    return [found.name for found in operation.parameters_in("path") if valid.at(found.schema_pointer).is_valid("a/b")]


def may_be_empty(world: World, operation: Operation) -> bool:
    """Whether an empty object is a right body."""
    if operation.request_body is None:
        return False
    content = next(iter(operation.request_body.content.values()))
    return bool(world.contract.validators.at(content.schema_pointer).is_valid({}))
