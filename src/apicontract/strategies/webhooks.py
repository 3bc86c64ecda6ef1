"""Events of webhooks: valid and signed, or forged in all supported ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json
from apicontract.strategies.contract_strategies import strategies_of
from apicontract.values.webhooks import FORGERIES, Event, forge
from apicontract.wire import scalars
from apicontract.wire.messages import Request


@dataclass(frozen=True, slots=True)
class ForgedWebhook:
    """A request that must be rejected."""

    request: Request
    forgery: str
    """How it was forged: a name in `apicontract.values.webhooks.FORGERIES`."""
    rule: str
    """The rule of the violation."""


def webhooks(contract: Contract, name: str, *, secret: str | bytes | None, now: int) -> st.SearchStrategy[Request]:
    """Return the strategy for events of a webhook, by its name or id, that are valid at a time.

    `now` is in seconds since 1970. Payloads have undeclared properties if these are allowed. Raises `LookupError` for
    an unknown name, `NotUnderstood` for unsupported schemas.
    """
    return _events(contract, name, secret, now).map(Event.sent)


def forged_webhooks(
    contract: Contract, name: str, *, secret: str | bytes, now: int
) -> st.SearchStrategy[ForgedWebhook]:
    """Return the strategy for forged events of a webhook, each with one defect.

    Raises as `webhooks` does, and `LookupError` for a webhook that cannot be forged.
    """
    events = _events(contract, name, secret, now)
    kinds = [kind for kind in FORGERIES if _possible(contract, name, kind)]
    if not kinds:
        raise LookupError(f"{name} has no signature (x-signature), so none can be forged")
    drawn = st.tuples(events, st.sampled_from(kinds), st.integers(0, 10_000))
    return drawn.map(lambda one: ForgedWebhook(forge(*one), one[1], FORGERIES[one[1]].rule))


def _possible(contract: Contract, name: str, kind: str) -> bool:
    operation = contract.webhook(name)
    try:
        forge(Event(contract, operation, {"_": "_"}, {}, b"any" if operation.signature else None, 0), kind)
    except LookupError:
        return False
    return True


def _events(contract: Contract, name: str, secret: str | bytes | None, now: int) -> st.SearchStrategy[Event]:
    built, operation = strategies_of(contract), contract.webhook(name)
    key = secret.encode() if isinstance(secret, str) else secret
    if operation.signature is not None and not key:
        raise ValueError(f"{operation.id} is signed: pass secret=")
    groups = {group.location: built.strategy(operation, group, group.schema) for group in built.groups(operation)}
    parts = st.tuples(groups.get("body", st.none()), groups.get("header", st.just({})))

    def event(drawn: tuple[Json, Mapping[str, Json]]) -> Event:
        fields = {field: scalars.encode(value) for field, value in drawn[1].items()}
        return Event(contract, operation, drawn[0], fields, key if operation.signature else None, now)

    return parts.map(event)
