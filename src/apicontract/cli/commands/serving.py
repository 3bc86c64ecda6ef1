"""The commands that answer on a port."""

from __future__ import annotations

from typing import Annotated

import typer

from apicontract.cli import serve as serving
from apicontract.cli.application import Edition, Spec, current, exits, load
from apicontract.cli.commands.options import Format, NoFormats

commands = typer.Typer()

Host = Annotated[
    str, typer.Option("--host", metavar="ADDRESS", help="The address to listen on; 0.0.0.0 is all of them.")
]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, metavar="N", help="The port to listen on; 0 is any.")]
FailOnViolation = Annotated[bool, typer.Option("--fail-on-violation", help="Exit with 1 if there were violations.")]


@commands.command(short_help="Serve the API on a port.")
@exits
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    pace: Annotated[float, typer.Option(min=0, max=60, metavar="SECONDS", help="Wait between events of a stream.")] = 0,
    seed: Annotated[int, typer.Option(metavar="N", help="Choose other documented examples; 0 is the first.")] = 0,
    faults: Annotated[str | None, typer.Option(metavar="FILE", help="A script of intentional faults (YAML).")] = None,
    state: Annotated[bool, typer.Option("--state", help="Remember what is created.")] = False,
    job_seconds: Annotated[
        float | None,
        typer.Option(min=0, metavar="SECONDS", help="With --state: the duration of a job.", show_default="2"),
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(metavar="ORIGIN", help="An origin whose web pages may call it, besides this machine; '*' is any."),
    ] = None,
    webhook: Annotated[
        str | None, typer.Option(metavar="URL", help="With --state: send the events of jobs that end there.")
    ] = None,
    webhook_secret: Annotated[
        str | None, typer.Option(metavar="SECRET", envvar="WEBHOOK_SECRET", help="The secret that signs the events.")
    ] = None,
    fail_on_violation: FailOnViolation = False,
    form: Format = "text",
    no_formats: NoFormats = False,
    edition: Edition = None,
    spec: Spec = None,
) -> int:
    """Respond as the API would, to clients in any language, and check their requests.

    Violations are written to standard error as they occur, and to standard output when SIGINT or SIGTERM ends it. A
    request can ask for a fault: `X-Contract-Fault: status=503, delay=0.5, cut=20, garbage`. With --state, POST
    /_contract/clock {"advance": 30} advances jobs, POST /_contract/end {"job": "…", "status": "failed"} ends one, POST
    /_contract/reset forgets, and GET /_contract/state shows.
    """
    contract = load(spec, edition, formats=not no_formats)
    make = serving.application(
        contract,
        faults=faults,
        pace=pace,
        seed=seed,
        state=state,
        job_seconds=job_seconds,
        origins_allowed=allow_origin or (),
        webhook=webhook,
        secret=webhook_secret,
    )
    return serving.serve(contract, current.get(), make, host=host, port=port, form=form, fail=fail_on_violation)


@commands.command(short_help="Forward to the API, and check requests and responses.")
@exits
def proxy(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="The base URL of the API.")],
    record: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write each exchange, without keys: .har, else NDJSON.")
    ] = None,
    block: Annotated[bool, typer.Option("--block", help="Block violations; else only report them.")] = False,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    fail_on_violation: FailOnViolation = False,
    form: Format = "text",
    no_formats: NoFormats = False,
    edition: Edition = None,
    spec: Spec = None,
) -> int:
    """Forward the requests of clients in any language to the API, and check requests and responses.

    Violations are written as by `serve`; an API that does not respond, or ends its response early, is one. With
    --block, an invalid request gets 400 (401, 404) and is not forwarded, and an invalid response becomes a 502. `check`
    finds the same violations in a recording.
    """
    contract = load(spec, edition, formats=not no_formats)
    product = current.get()
    make, close = serving.proxy(contract, product, to, record, block=block)
    return serving.serve(
        contract,
        product,
        make,
        host=host,
        port=port,
        form=form,
        fail=fail_on_violation,
        close=close,
        remark=serving.elsewhere(contract, to),
    )
