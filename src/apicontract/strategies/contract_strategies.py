"""The strategies of one contract, kept for as long as the contract is in use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Operation
from apicontract.strategies.filtering import filtered
from apicontract.strategies.instance_strategies import InstanceStrategies, Strategy
from apicontract.strategies.wire_schemas import WireSchemas
from apicontract.values.boundaries import NOTHING
from apicontract.values.constraints import Schema
from apicontract.values.document import values_of
from apicontract.values.uploads import names_of_uploads
from apicontract.values.vocabulary import LOCATIONS, NotUnderstood, check_operation, is_tried
from apicontract.wire import media
from apicontract.wire.messages import Request
from apicontract.wire.parameters import encode_path

_CONTRACTS = 16


@dataclass(frozen=True, slots=True, eq=False)
class ArgumentGroup:
    """One part of the arguments: the parameters of a location, or the body."""

    location: str
    root: str
    """How violations call it: the location, or `form`."""
    schema: Schema
    required: bool
    pointer: str
    tried: bool = False
    """Whether values are to be tried, as they are not made for all that is said of them."""


class ContractStrategies:
    """The strategies and values of the schemas of one contract, and the arguments of its operations."""

    def __init__(self, contract: Contract) -> None:
        """Take the contract; everything is computed when it is first needed."""
        self.contract = contract
        found = values_of(contract.document)
        self.alternatives, self.boundaries, self.mutations = found.alternatives, found.boundaries, found.mutations
        self.instances = InstanceStrategies(self.alternatives, self.boundaries)
        self.validators = contract.validators
        self.wire = WireSchemas(contract.document, self.validators)
        self._groups: dict[str, tuple[ArgumentGroup, ...]] = {}
        self.cache: dict[tuple[str, ...], Any] = {}
        """Finished strategies and lists, by what they are and what they are for."""

    def groups(self, operation: Operation) -> tuple[ArgumentGroup, ...]:
        """Return the groups of the arguments of an operation; `NotUnderstood` for what cannot be generated."""
        if operation.id not in self._groups:
            check_operation(self.contract.document, operation)
            document = self.contract.document
            found = [
                ArgumentGroup(
                    place,
                    place,
                    self.wire.parameters(declared),
                    True,
                    operation.pointer,
                    any(is_tried(document, one.schema, one.schema_pointer) for one in declared),
                )
                for place in LOCATIONS
                if (declared := tuple(operation.parameters_in(place)))
            ]
            if body := operation.request_body:
                content = next(iter(body.content.values()))
                root = media.codec(content.name).root
                tried = content.schema is not None and is_tried(document, content.schema, content.schema_pointer)
                found.append(
                    ArgumentGroup("body", root, self.wire.body(content), body.required, content.schema_pointer, tried)
                )
            for group in found:
                if self.boundaries.simplest(group.schema) is NOTHING:
                    raise NotUnderstood(
                        f"no value of the {group.root} was found that satisfies all that is said of it", group.pointer
                    )
            self._groups[operation.id] = tuple(found)
        return self._groups[operation.id]

    def strategy(
        self, operation: Operation, group: ArgumentGroup, schema: Schema, *, conforms: bool = True
    ) -> Strategy:
        """Return the strategy for a group under a schema; path values that lead to another operation are left out.

        What has to be tried conforms, or does not.
        """
        made = self.instances.of(schema)
        if group.tried:
            made = filtered(made, lambda values: self.conform(operation, group, values) is conforms)
        if group.location == "path" and self._has_rivals(operation):
            return filtered(made, lambda values: self.arrives(operation, values))
        return made

    def conform(self, operation: Operation, group: ArgumentGroup, values: Any) -> bool:
        """Whether the arguments of a group satisfy the schemas of the document."""
        if group.location != "body":
            return not self.validators.group_violations(operation, group.location, values)
        return not self.validators.violations(group.pointer, names_of_uploads(values), operation.id, group.root)

    def arrives(self, operation: Operation, values: dict[str, Any]) -> bool:
        """Whether a request with these path values is one of the operation: a literal path goes before a parameter."""
        if not self._has_rivals(operation) or "" in values.values():
            return True
        found = self.contract.find(
            Request(operation.method, self.contract.base_url(operation) + encode_path(operation, values))
        )
        return found is not None and found.id == operation.id

    def _has_rivals(self, operation: Operation) -> bool:
        own = operation.path.split("/")
        return any(
            other.id != operation.id and other.method == operation.method and _may_collide(own, other.path.split("/"))
            for other in self.contract.operations
        )


def _may_collide(one: list[str], other: list[str]) -> bool:
    """Whether two templates can be filled so that they are the same path."""
    return len(one) == len(other) and all(a == b or "{" in a or "{" in b for a, b in zip(one, other, strict=True))


@lru_cache(_CONTRACTS)
def strategies_of(contract: Contract) -> ContractStrategies:
    """Return the strategies of a contract."""
    return ContractStrategies(contract)
