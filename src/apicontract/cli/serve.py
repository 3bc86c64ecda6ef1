"""Serve the API of the document on a port of this machine, and report the violations of requests."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from urllib.parse import urlsplit

from apicontract.checks.contract import Contract
from apicontract.cli.outcomes import CONFORMS, CannotRun, Checked
from apicontract.cli.reporting import Reporting
from apicontract.cli.terminal import note
from apicontract.openapi import base_urls
from apicontract.openapi.violation import printable
from apicontract.product import Product
from apicontract.responder import Responder, StatefulResponder
from apicontract.server import (
    Application,
    FaultInvalid,
    Judged,
    Proxy,
    Recorder,
    Report,
    Script,
    ServerMissing,
    Webhooks,
    cors,
    run,
)
from apicontract.server.asgi import Endpoint


def _script(contract: Contract, file: str | None) -> Script:
    """Read the script of faults; raise `CannotRun` for an invalid one."""
    try:
        return Script(contract) if file is None else Script.read(contract, file)
    except FaultInvalid as error:
        raise CannotRun(f"--faults: {error}") from None


def serve(
    contract: Contract,
    product: Product,
    make: Callable[[Callable[[Judged], None]], Endpoint],
    *,
    host: str,
    port: int,
    form: str,
    fail: bool,
    close: Callable[[], None] = lambda: None,
    remark: str = "",
) -> int:
    """Serve an endpoint until a signal comes, write the findings, and return the exit status.

    `make` returns the endpoint, given a function that receives each exchange. Without `fail`, neither violations nor
    the absence of requests is a failure. `close` is called at the end. `remark` is written once it listens.
    """
    reporting = Reporting(contract, product, form, "exchange")

    def report(judged: Judged) -> None:
        for finding in judged.findings:
            note(f"{judged.label}: {finding.side}: {printable(str(finding.violation))}")
        for why in judged.unknown:
            note(f"{judged.label}: not checked: {printable(why)}")
        reporting.add(Checked(judged.source, None, judged.label, judged.findings, judged.unknown))

    base = contract.servers[0].partition("//")[2].partition("/")[2]

    def listening(address: str) -> None:
        note(f"{contract.title} at {address}{f'/{base}' if base else ''} (Ctrl-C stops)")
        if remark:
            note(remark)

    try:
        run(make(report), host=host, port=port, listening=listening)
    except ServerMissing as error:
        raise CannotRun(str(error)) from None
    except OSError as error:
        raise CannotRun(f"cannot listen on {host}, port {port}: {error.strerror or error}") from None
    finally:
        close()
    if not fail and not reporting.tally.checked:
        return CONFORMS
    status = reporting.end()
    return status if fail else CONFORMS


def application(
    contract: Contract,
    *,
    faults: str | None,
    pace: float,
    seed: int,
    state: bool,
    job_seconds: float | None,
    origins_allowed: Collection[str],
    webhook: str | None,
    secret: str | None,
) -> Callable[..., Endpoint]:
    """Return a function that makes the application, after everything that may be invalid was read.

    With `state`, a job takes `job_seconds`, and its event is sent to `webhook`, signed with the secret.
    """
    try:
        cors.origins(origins_allowed)
    except ValueError as error:
        raise CannotRun(f"--allow-origin: {error}") from None
    known = _script(contract, faults)

    def made(report: Report, responder: Responder, webhooks: Webhooks | None) -> Endpoint:
        return Application(
            contract,
            report=report,
            script=known,
            pace=pace,
            responder=responder,
            webhooks=webhooks,
            origins_allowed=origins_allowed,
        )

    if not state:
        if webhook is not None:
            raise CannotRun("--webhook belongs to --state: without state there are no jobs that end")
        if job_seconds is not None:
            raise CannotRun("--job-seconds belongs to --state: without state there are no jobs")
        responder = Responder(contract, seed=seed)
        return lambda report: made(report, responder, None)
    stateful = StatefulResponder(contract, seed=seed, job_seconds=2.0 if job_seconds is None else job_seconds)

    def sender(report: Report) -> Webhooks | None:
        try:
            return None if webhook is None else Webhooks(stateful, webhook, report=report, secret=secret)
        except ValueError as error:
            raise CannotRun(f"--webhook, --webhook-secret: {error}") from None

    sender(lambda _: None)
    return lambda report: made(report, stateful, sender(report))


def elsewhere(contract: Contract, to: str) -> str:
    """Return a remark if a proxy sends requests to another base path than that of the document; else nothing."""
    base, path = urlsplit(contract.servers[0]).path.rstrip("/"), urlsplit(to).path.rstrip("/")
    if base == path:
        return ""
    own = base or "/"
    return f"{own}… is forwarded to {path or '/'}… of the API; if the API is below {own} too, --to must end in it"


def proxy(
    contract: Contract, product: Product, to: str, record: str | None, *, block: bool
) -> tuple[Callable[[Callable[[Judged], None]], Endpoint], Callable[[], None]]:
    """Return a function that makes the proxy, and one that completes its recording.

    Raises `CannotRun` for an invalid base URL, or an existing file.
    """
    try:
        base_urls.split(to)
    except ValueError as error:
        raise CannotRun(f"--to: {error}") from None
    if record is None:
        return lambda report: Proxy(contract, to, report=report, block=block), lambda: None
    try:
        recorder = Recorder(contract, Path(record), product.name)
    except FileExistsError:
        raise CannotRun(f"--record {record}: there is such a file; name a new one") from None
    return lambda report: Proxy(contract, to, report=report, block=block, record=recorder.write), recorder.close
