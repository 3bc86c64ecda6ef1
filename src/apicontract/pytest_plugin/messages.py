"""The message of a failed test: the line that sent the request, the violations, who is wrong, and what to do."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import pytest

from apicontract.checks.exchange import DOCUMENT
from apicontract.openapi.life import NOT_YET, REMOVED
from apicontract.openapi.violation import printable
from apicontract.pytest_plugin.monitor import ExchangeFinding, Sender
from apicontract.pytest_plugin.settings import INI, PRODUCT, contract_of
from apicontract.traffic.ignores import ignore_key
from apicontract.wire.messages import Response

SHOWN = 25
"""The number of violations that one failure shows; the others are counted."""
BODIES = 5
"""The number of unchecked bodies that are listed."""

_OWN = Path(__file__).parents[1]
_LOOPBACK = ("127.0.0.1", "[::1]", "localhost")


def failure(findings: Sequence[ExchangeFinding], nodeid: str, config: pytest.Config) -> str:
    """Return the message for findings; the first line has the essentials, as pytest's summary shows it."""
    texts = dict.fromkeys(
        (_head(finding, nodeid, config), str(finding.violation), ignore_key(finding.violation, finding.name))
        for finding in findings
    )
    first = printable(ignore_key(findings[0].violation, findings[0].name))
    more = f", and {len(texts) - 1} more" if len(texts) > 1 else ""
    lines = [f"contract: {first}{more}"]
    shown = list(texts)[:SHOWN]
    for head, group in groupby(shown, lambda text: text[0]):
        lines += ["", head]
        lines += [f"  - {violation}" for _, violation, _ in group]
    if len(texts) > SHOWN:
        lines += ["", f"and {len(texts) - SHOWN} more"]
    if any(finding.side == "request" and _is_refused(finding.exchange.response) for finding in findings):
        lines += ["", "to send it on purpose: @pytest.mark.contract(False), or on_purpose() for this one"]
    words = ", ".join(dict.fromkeys(printable(json.dumps(word, ensure_ascii=False)) for _, _, word in shown))
    lines += ["", f"to let it pass: @pytest.mark.contract(ignore=[{words}]), or a line of {INI} for each"]
    return "\n".join(lines)


def _is_refused(response: Response | None) -> bool:
    return response is not None and 400 <= response.status < 500


def _head(finding: ExchangeFinding, nodeid: str, config: pytest.Config) -> str:
    place, through = places(finding.sender, config)
    exchange, owner, thread = finding.exchange, finding.sender.owner, finding.sender.thread
    other = ""
    if owner.nodeid != nodeid:
        other = f" (sent by {f'{owner.nodeid}, and finished after it' if owner.nodeid else 'no test'})"
    elif thread:
        other = f" (sent by the thread {thread}, which began before this test and can be another test's)"
    operation = finding.violation.operation
    status = f", status {exchange.response.status}" if finding.side == "response" and exchange.response else ""
    return "\n".join(
        [
            printable(f"{place}{other}: {exchange.label}{status}"),
            f"  {_blame(finding, f' (at {through})' if through else '', operation, config)}",
        ]
    )


def _blame(finding: ExchangeFinding, through: str, operation: str | None, config: pytest.Config) -> str:
    """Return who is wrong, and what to do about it."""
    rule, contract = finding.violation.rule, contract_of(config)
    if rule == DOCUMENT:
        return "the DOCUMENT cannot be used for this exchange; fix it"
    if finding.side == "request":
        if operation is None and finding.violation.where == "url":
            return f"the CODE is wrong: this is not a URL of the API; fix the URL{through}"
        if operation is None:
            return f"the OPERATION is unknown: a mistake in the path, or newer than the document{through}"
        if rule == REMOVED:
            return f"the CODE is older than {contract.title}, which no longer takes this; fix what is sent{through}"
        if rule == NOT_YET:
            return f"the CODE is newer than {contract.title}; choose a later edition, or fix what is sent{through}"
        return f"the CODE is wrong: the API does not take this request; fix what is sent{through}"
    host = finding.exchange.label.partition("://")[2].partition("/")[0]
    if not finding.exchange.real or host.rpartition(":")[0] in _LOOPBACK or host in _LOOPBACK:
        if rule == REMOVED:
            return f"the FIXTURE is older than {contract.title}, which no longer sends this; fix the mock"
        if rule == NOT_YET:
            return f"the FIXTURE is newer than {contract.title}; choose a later edition, or fix the mock"
        fixture, response = config.stash[PRODUCT].mock_fixture, finding.exchange.response
        fix = "the API never sends this; fix the mock"
        if rule == "media_type" and response is not None and response.headers.get("content-type") is None:
            wanted = finding.violation.message.rpartition("declared is ")[2].partition(" or ")[0]
            only = "; requests_mock sets none for json=" if "requests_mock" in sys.modules else ""
            fix = f'it has no content type{only}; give the mock headers={{"content-type": "{wanted}"}}'
        return f"the FIXTURE is wrong: {fix}, or answer with the fixture {fixture}"
    return "the API or the CONTRACT is wrong: this came over the network; report it to whoever maintains the document"


def places(sender: Sender, config: pytest.Config) -> tuple[str, str]:
    """Return the test's own line, and the line of the project that sent the request, if it is another."""
    trace, owner = sender.trace, sender.owner
    through = next((frame for frame in trace if _is_of_project(frame[0], config.rootpath)), None)
    own = trace[-1] if trace and trace[-1][0] == owner.path else None
    own = own or next((frame for frame in trace if Path(frame[0]).name == "conftest.py"), None)
    place = own or ((owner.path, owner.line) if owner.path else through) or ("<unknown>", 0)
    return _shown(place, config), _shown(through, config) if through and through != place else ""


def _is_of_project(file: str, root: Path) -> bool:
    path = Path(file)
    return path.is_relative_to(root) and "site-packages" not in path.parts and not path.is_relative_to(_OWN)


def _shown(place: tuple[str, int], config: pytest.Config) -> str:
    """Return file and line, relative to where pytest was started; a file outside of the project by its name alone."""
    path = Path(place[0])
    if not path.is_relative_to(config.rootpath):
        return f"{path.name}:{place[1]}"
    return f"{Path(os.path.relpath(path, config.invocation_params.dir)).as_posix()}:{place[1]}"


def unused(entries: Iterable[tuple[str, str]]) -> list[str]:
    """Report entries that matched nothing; the tests that they are for may not have been run."""
    return [
        printable(f"{source}: {entry!r} matched nothing; it can be removed, if every test ran")
        for source, entry in sorted(entries)
    ]


def unknown(seen: Sequence[str]) -> list[str]:
    """Report requests that match no operation, if they are only a warning."""
    return [printable(f"not in the document: {text}") for text in dict.fromkeys(seen)]


def unseen(bodies: Sequence[str]) -> list[str]:
    """Report bodies that were not checked."""
    if not bodies:
        return []
    shown = list(dict.fromkeys(bodies))[:BODIES]
    more = ["  …"] if len(set(bodies)) > BODIES else []
    return [
        f"bodies not checked, because larger than 64 MiB, or not sent or read to the end: {len(bodies)}",
        *(printable(f"  {body}") for body in shown),
        *more,
    ]
