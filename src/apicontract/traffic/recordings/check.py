"""Check recorded exchanges against a contract.

A recording differs from the actual traffic in four ways that matter here:

- Parts can be missing (`Recorded.unknown`): a violation that depends on them is left out, and the result says what was
  not checked.
- Keys are removed from recordings before they are shared. A key header with an empty value counts as a key. If no
  request has a key, they were removed (as by `filter_headers` of vcrpy), so a missing key is reported as unknown; if
  any request has one, another request without one is a violation.
- It can contain events that the API sent to a webhook, at any URL; they are recognised by the header of their
  signature. Their payload is checked, but not their signature, because a recording has no secret.
- It can contain other traffic. A request to another host is not a violation, and neither is an OPTIONS that the
  document does not declare, such as a browser's CORS preflight; both are listed with the reason. Any other request
  that matches no operation is a violation, and so is one to a host of the API that is not below a server of the
  document: another scheme or version is a mistake, not another API.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from apicontract.checks.contract import Contract
from apicontract.checks.credentials import cookies_set
from apicontract.checks.exchange import arrived, broken_off, needs_the_end, unknown_name
from apicontract.openapi.operation import Operation
from apicontract.openapi.routing import NoMatch
from apicontract.openapi.secrets import Secrets, secrets
from apicontract.openapi.violation import Violation, without
from apicontract.traffic.findings import Finding
from apicontract.traffic.recordings.model import Recorded, Side, Unknown, Unreadable, origin_of
from apicontract.wire.messages import Headers, Request

_GIVEN = "taken out"
"""Stands for a key that was removed; it is too short to be searched for as a secret."""
_SECURITY = "/security"
_NO_SECRET = Unknown("request", "", "the signature: a recording has no secret")
_NO_END = Unknown("response", "", "the end of the body: the response is incomplete, and is checked as far as it came")
_PREFLIGHT = "a browser asks by itself whether it may send a request (CORS preflight), which is no call of the API"
_NO_RESPONSE = Unknown("response", "", "not recorded: the request was aborted or blocked, or the capture ended")


@dataclass(frozen=True, slots=True)
class CheckedExchange:
    """The result of checking one recorded exchange."""

    index: int
    label: str
    line: int | None
    operation: str | None
    """The operation's id; `None` for an exchange without an operation, and for an event of a webhook."""
    no_operation: Violation | None
    """Why it has no operation. This is a violation only if it is also in `findings`: other hosts are not checked."""
    findings: tuple[Finding, ...]
    unknown: tuple[Unknown, ...]
    """The parts that the recording does not have, which were not checked."""
    origin: str = ""
    """Scheme and host of a request to another host; empty for any other."""
    unreadable: str = ""
    """Why it cannot be read; empty if it can."""


def check(contract: Contract, recorded: Recorded, *, source: str = "") -> CheckedExchange:
    """Check the request and the response of one exchange; `source` names the file in the findings."""

    def findings(side: Side, violations: Iterable[Violation], name: str = "") -> Iterator[Finding]:
        for violation in violations:
            if not any(item.side == side and item.covers(violation.where) for item in recorded.unknown):
                yield Finding(without(violation, held()), source, recorded.line, label, side, name)

    def held() -> Secrets:
        set_ones = cookies_set(recorded.response) if recorded.response else ()
        return secrets(*sorted({*recorded.cookies, *set_ones}))

    request, response = recorded.request, recorded.response
    label = contract.without_keys(recorded.label, request)
    route = contract.route(request)
    place = (recorded.index, label, recorded.line)
    if isinstance(route, NoMatch):
        violations = contract.unrouted(route, request)
        elsewhere = violations[0].where == "url"
        webhook = contract.find_webhook(request) if elsewhere else None
        if webhook is not None:
            event = webhook.path if isinstance(webhook, Operation) else None
            wrong = tuple(findings("request", contract.check_webhook(request, secret=None, event=event)))
            return CheckedExchange(*place, None, None, wrong, (*recorded.unknown, _NO_SECRET))
        name = unknown_name(contract, request, route, violations[0])
        if elsewhere and contract.has_host(request.url):
            elsewhere = False
            path = urlsplit(request.url).path.replace(" ", "_")
            name = contract.without_keys(f"{request.method} {path}", request)
            said = f"not in this document ({contract.title}): {violations[0].message}"
            violations = [replace(violations[0], message=said)]
        own = [] if elsewhere or request.method == "OPTIONS" else violations
        if not elsewhere and _is_preflight(request):
            violations = [replace(violations[0], message=_PREFLIGHT)]
        found = tuple(findings("request", own, name))
        origin = origin_of(request.url) if elsewhere else ""
        return CheckedExchange(*place, None, violations[0], found, recorded.unknown, origin)
    operation = route.operation
    request = _with_keys(request, operation)
    reading = contract.read_routed(route, request)
    found = tuple(findings("request", reading.violations))
    notices = (contract.without_keys(notice, request) for notice in reading.notices)
    unknown = (*recorded.unknown, *(Unknown("request", "", notice) for notice in notices))
    broken = [broken_off(route, response, contract.without_keys(recorded.broken, request))] if recorded.broken else []
    if response is None:
        found += tuple(findings("response", broken))
        return CheckedExchange(*place, operation.id, None, found, unknown if broken else (*unknown, _NO_RESPONSE))
    seen = response if recorded.complete else arrived(response)
    answer = contract.read_response(seen, operation, streamed=reading.streamed, request=request)
    came = answer.violations
    if not recorded.complete:
        unknown = (*unknown, _NO_END)
        came = tuple(violation for violation in came if not needs_the_end(violation))
    found += (*findings("response", came), *findings("response", broken))
    return CheckedExchange(*place, operation.id, None, found, unknown)


def unreadable(entry: Unreadable, *, source: str = "") -> CheckedExchange:
    """Return an unreadable entry as one finding, so that it is not ignored silently."""
    name = f"exchange {entry.index}"
    violation = Violation(None, "recording", "unreadable", f"not checked, as it cannot be read: {entry.reason}", "")
    finding = Finding(violation, source, entry.line, name, "payload")
    return CheckedExchange(entry.index, name, entry.line, None, None, (finding,), (), unreadable=entry.reason)


def check_all(
    contract: Contract, exchanges: Iterable[Recorded | Unreadable], *, source: str = ""
) -> Iterator[CheckedExchange]:
    """Check the exchanges of one recording in order.

    Results are delayed as long as no request has had a key and one lacks it: later requests show whether keys were
    removed.
    """
    held: list[CheckedExchange] = []
    keyed = False
    for recorded in exchanges:
        if isinstance(recorded, Unreadable):
            checked = unreadable(recorded, source=source)
        else:
            checked = check(contract, recorded, source=source)
            keyed = keyed or _has_key(contract, checked, recorded)
        if not keyed and (held or _lacks_key(checked)):
            held.append(checked)
            continue
        yield from held
        held.clear()
        yield checked
    yield from (_excused(checked) for checked in held)


def _is_preflight(request: Request) -> bool:
    """Return whether a browser sent a request on its own (Fetch, section 3.3.2)."""
    return request.method == "OPTIONS" and request.headers.get("access-control-request-method") is not None


def _with_keys(request: Request, operation: Operation) -> Request:
    """Fill in the keys whose value was removed."""
    names = {name.lower() for names in operation.key_alternatives for name in names}
    fields = request.headers.items
    if all(value.strip() for name, value in fields if name in names):
        return request
    return replace(request, headers=Headers([(k, _GIVEN if k in names and not v.strip() else v) for k, v in fields]))


def _has_key(contract: Contract, checked: CheckedExchange, recorded: Recorded) -> bool:
    if checked.operation is None:
        return False
    alternatives = contract.operation(checked.operation).key_alternatives
    return any(recorded.request.headers.get(name) is not None for names in alternatives for name in names)


def is_about_key(violation: Violation) -> bool:
    """Return whether a violation reports a missing key."""
    return violation.rule == "missing" and violation.pointer == _SECURITY


def _lacks_key(checked: CheckedExchange) -> bool:
    return any(is_about_key(finding.violation) for finding in checked.findings)


def _excused(checked: CheckedExchange) -> CheckedExchange:
    """Turn missing keys from violations into unknown parts."""
    why = "no request of this recording has a key: the keys were removed, or never sent"
    keys = [f for f in checked.findings if is_about_key(f.violation)]
    kept = tuple(finding for finding in checked.findings if finding not in keys)
    return replace(
        checked, findings=kept, unknown=(*checked.unknown, *(Unknown("request", f.violation.where, why) for f in keys))
    )
