"""The commands and their options; they are implemented in the modules beside this one."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer

from apicontract.checks.contract import Contract
from apicontract.cli import check as checking
from apicontract.cli import comparisons, output_schemas
from apicontract.cli import coverage as counting
from apicontract.cli import export as exporting
from apicontract.cli import show as showing
from apicontract.cli import validate as validating
from apicontract.cli.application import Edition, Spec, app, current, exits, load
from apicontract.cli.baseline import BaselineOptions
from apicontract.cli.formats import FORMATS
from apicontract.cli.jobs import Spread
from apicontract.cli.outcomes import CANNOT_RUN, CONFORMS, CannotRun, Outcome
from apicontract.cli.reporting import Reporting
from apicontract.cli.terminal import complain
from apicontract.openapi.document import DocumentInvalid
from apicontract.product import Product
from apicontract.traffic import payloads


def _format(given: str) -> str:
    if given in FORMATS:
        return given
    raise typer.BadParameter(f"{given!r} is not one of {', '.join(map(repr, FORMATS))}.")


Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar=f"<{'|'.join(FORMATS)}>",
        parser=_format,
        help="The format of standard output.",
    ),
]

NoFormats = Annotated[bool, typer.Option("--no-formats", help="Do not check any `format`.")]


Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", min=1, metavar="N", help="The number of processes.", show_default="all cores, for large input"
    ),
]


Dask = Annotated[
    str | None,
    typer.Option("--dask", metavar="ADDRESS", help="Check on a Dask cluster; 'local' is one of this machine."),
]
FinishedFolder = Annotated[
    str | None,
    typer.Option("--finished", metavar="DIR", help="Store finished parts there, to resume the same run."),
]
Findings = Annotated[
    str | None, typer.Option("--findings", metavar="FILE", help="Write all findings to this Parquet file, too.")
]


def _listing(given: str) -> str:
    if given in ("text", "json"):
        return given
    raise typer.BadParameter(f"{given!r} is not one of 'text', 'json'.")


Listing = Annotated[
    str, typer.Option("--format", metavar="<text|json>", parser=_listing, help="For people, or for programs.")
]

BaselineFile = Annotated[
    str | None, typer.Option("--baseline", metavar="FILE", help="Known violations, which do not count.")
]
UpdateBaseline = Annotated[bool, typer.Option("--update-baseline", help="Add the current violations to the baseline.")]
PruneBaseline = Annotated[bool, typer.Option("--prune-baseline", help="Remove fixed violations from the baseline.")]


def _unknown(given: str) -> str:
    if given in ("fail", "warn", "ignore"):
        return given
    raise typer.BadParameter(f"{given!r} is not one of 'fail', 'warn', 'ignore'.")


def run(product: Product, arguments: Sequence[str]) -> int:
    """Run the command line of a product and return the exit status: 0 conforms, 1 violations, 2 cannot run."""
    current.set(product)
    if sys.stdout is None or sys.stdout.closed:
        complain("standard output is closed")
        return CANNOT_RUN
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        _command()(args=list(arguments), prog_name=product.name)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) and 0 <= done.code <= CANNOT_RUN else CANNOT_RUN
    except Exception as error:  # noqa: BLE001 - a fault of ours, which must not end with the 1 of violations
        traceback.print_exc()
        complain(f"a bug in this program, please report it with the lines above: {type(error).__name__}: {error}")
        return CANNOT_RUN
    return CONFORMS


@cache
def _command() -> Callable[..., object]:
    """Put the commands together, once for all calls in a process: it takes longer than many of them."""
    return typer.main.get_command(app)


def _status(given: str) -> int:
    if len(given) == 3 and given.isascii() and given.isdecimal() and "100" <= given <= "599":
        return int(given)
    raise typer.BadParameter(f"a status is a number from 100 to 599, not {given!r}")


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.", is_eager=True)] = False,
) -> None:
    if version:
        product = current.get()
        sys.stdout.write(f"{product.name} {product.version}{_bundled(product)}\n")
        raise typer.Exit


def _bundled(product: Product) -> str:
    """Return the name of the bundled document and its edition."""
    try:
        contract = product.load()
    except DocumentInvalid:
        return ""
    return f" ({contract.title})" if contract.edition else ""


def _write_json(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode(errors="backslashreplace"))  # JSON is UTF-8, whatever the locale
    sys.stdout.buffer.flush()


@app.command(short_help="List the operations.")
@exits
def operations(listing: Listing = "text", edition: Edition = None, spec: Spec = None) -> int:
    """List the operations and webhooks of the document, those of a resource together."""
    contract = load(spec, edition)
    if listing == "json":
        _write_json(showing.operations_json(contract))
    else:
        showing.operations(contract)
    return CONFORMS


@app.command(short_help="Show one operation.")
@exits
def show(
    operation: Annotated[str, typer.Argument(help="Such as tasks.list, or a webhook.")],
    listing: Listing = "text",
    edition: Edition = None,
    spec: Spec = None,
) -> int:
    """Show everything about one operation or webhook."""
    contract = load(spec, edition)
    try:
        found = contract.described(showing.spelt(contract, operation))
    except LookupError as error:
        raise CannotRun(f"{error} (`operations` lists all)") from None
    if listing == "json":
        _write_json(showing.operation_json(contract, found))
    else:
        showing.operation(contract, found)
    return CONFORMS


def _own(given: str) -> str:
    if given in output_schemas.OWN:
        return given
    raise typer.BadParameter(f"{given!r} is not one of {', '.join(map(repr, output_schemas.OWN))}.")


@app.command(short_help="List the schemas.")
@exits
def schemas(
    listing: Listing = "text",
    own: Annotated[
        str | None,
        typer.Option(
            "--own", metavar="NAME", parser=_own, help="Print the schema of an output or input of this program."
        ),
    ] = None,
    edition: Edition = None,
    spec: Spec = None,
) -> int:
    """List the component schemas of the document, which `validate --schema` takes by name.

    With --own, print a JSON Schema of this program's own: of an output in JSON (findings, operations, operation,
    schemas, diff, upgrade, changes, coverage, exchange), or of files of a document, for editors (spec, spec-paths,
    spec-schemas and others).
    """
    if own is not None:
        _write_json(output_schemas.own_schema(own))
        return CONFORMS
    contract = load(spec, edition)
    if listing == "json":
        _write_json(showing.schemas_json(contract))
    else:
        showing.schemas(contract)
    return CONFORMS


@app.command(short_help="Check JSON payloads in files.")
@exits
def validate(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files of payloads; - is standard input.")],
    operation: Annotated[
        str | None, typer.Option(metavar="ID", help="Check bodies of this operation or webhook.")
    ] = None,
    status: Annotated[
        int | None,
        typer.Option(metavar="N", parser=_status, help="With --operation: its response bodies of this status."),
    ] = None,
    schema: Annotated[str | None, typer.Option(metavar="NAME", help="Check against this component schema.")] = None,
    lines: Annotated[
        bool, typer.Option("--lines", help="One payload a line, as in files that end in .ndjson or .jsonl.")
    ] = False,
    column: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of Parquet files with the payloads.")
    ] = None,
    jobs: Jobs = None,
    dask: Dask = None,
    finished: FinishedFolder = None,
    findings: Findings = None,
    baseline: BaselineFile = None,
    update_baseline: UpdateBaseline = False,
    prune_baseline: PruneBaseline = False,
    form: Format = "text",
    no_formats: NoFormats = False,
    edition: Edition = None,
    spec: Spec = None,
) -> int:
    """Check JSON payloads: each file is one JSON document, or with --lines, .ndjson or .jsonl one payload a line.

    A payload may have up to 128 MiB; a file of lines has no limit. A duplicate key is a violation, except in
    responses (--status), where the last one counts, as JSON readers have it.
    """
    if operation is not None and schema is not None:
        raise CannotRun("--operation and --schema were both given; give one of them")
    if operation is None and schema is None:
        raise CannotRun("give --operation ID, with or without --status N, or --schema NAME")
    if status is not None and operation is None:
        raise CannotRun("--status belongs to --operation; a schema has none")
    contract = load(spec, edition, formats=not no_formats)
    operation = operation and showing.spelt(contract, operation)
    try:
        checker = payloads.PayloadChecker(contract, operation=operation, status=status, schema=schema)
    except LookupError as error:
        raise CannotRun(showing.instead(contract, str(error), operation)) from None
    known = BaselineOptions(baseline, update_baseline, prune_baseline)
    reading, spread = validating.Columns(lines, column), Spread(jobs, dask, finished)
    outcomes = validating.validate(checker, files, reading, spread)
    return _report(contract, form, "payload", known.applied(outcomes), findings)


@app.command(short_help="Check recorded traffic: HAR, VCR cassettes, nock, NDJSON.")
@exits
def check(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE…", help="HAR files, cassettes, recordings; - is standard input."),
    ],
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="The base URL of the recorded API, if not that of the document.")
    ] = None,
    unknown: Annotated[
        str,
        typer.Option(
            metavar="<fail|warn|ignore>",
            parser=_unknown,
            help="How to treat a request that matches no operation: a mistake, or newer than the document.",
        ),
    ] = "fail",
    pass_others: Annotated[
        bool, typer.Option("--pass-others", help="Skip files that contain nothing of this API, and count them.")
    ] = False,
    baseline: BaselineFile = None,
    update_baseline: UpdateBaseline = False,
    prune_baseline: PruneBaseline = False,
    report: counting.Reports = None,
    fail_under: counting.FailUnder = None,
    only: counting.Only = None,
    jobs: Jobs = None,
    dask: Dask = None,
    finished: FinishedFolder = None,
    findings: Findings = None,
    form: Format = "text",
    no_formats: NoFormats = False,
    edition: Edition = None,
    spec: Spec = None,
) -> int:
    """Check recorded traffic: each request and each response of HAR, VCR cassettes, nock, and of `proxy`."""
    contract = load(spec, edition, checking.base_url(base_url), formats=not no_formats)
    known = BaselineOptions(baseline, update_baseline, prune_baseline)
    counts = bool(report) or fail_under is not None
    if only is not None and not counts:
        raise CannotRun("--only belongs to --report and --fail-under; everything is checked")
    counter = counting.Counter(contract, report or (), fail_under, only) if counts else None
    outcomes = checking.check(
        contract, files, unknown=unknown, others=pass_others, counter=counter, spread=Spread(jobs, dask, finished)
    )
    status = _report(contract, form, "exchange", known.applied(outcomes), findings)
    return max(status, counter.finish()) if counter is not None else status


Host = Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Listen there; other machines reach 0.0.0.0.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, metavar="N", help="Listen there; 0 is any free port.")]
FailOnViolation = Annotated[bool, typer.Option("--fail-on-violation", help="Exit with 1 if there were violations.")]


@app.command(short_help="Serve the API on a port.")
@exits
def serve(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    pace: Annotated[float, typer.Option(min=0, max=60, metavar="SECONDS", help="Between two events of a stream.")] = 0,
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
    from apicontract.cli import serve as serving  # noqa: PLC0415 - no other command needs what answers

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


@app.command(short_help="Forward to the API, and check requests and responses.")
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
    from apicontract.cli import serve as serving  # noqa: PLC0415 - no other command needs what answers

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


@app.command(short_help="Merge the coverage of several runs.")
@exits
def coverage(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Reports in JSON, of pytest or of check.")],
    report: counting.Reports = None,
    fail_under: counting.FailUnder = None,
    only: counting.Only = None,
    edition: Edition = None,
    spec: Spec = None,
) -> int:
    """Merge the coverage of several runs, each written as JSON, and show what is missing."""
    contract = load(spec, edition)
    return counting.merged(contract, files, counting.Counter(contract, report or (), fail_under, only))


@app.command(short_help="Write JSON Schemas for other validators.")
@exits
def export(
    directory: Annotated[str, typer.Argument(metavar="DIR", help="A new or empty directory.")],
    edition: Edition = None,
    spec: Spec = None,
) -> int:
    """Write one self-contained JSON Schema (2020-12) for each payload and each component, for other validators."""
    written, left_out = exporting.export(load(spec, edition), Path(directory), made_by=current.get().name)
    for line in left_out:
        complain(f"not written: {line}")
    sys.stdout.write(f"wrote {written} schemas and index.json to {directory}\n")
    return CONFORMS


@app.command(short_help="Print the document of a day, as plain OpenAPI.")
@exits
def document(edition: Edition = None, spec: Spec = None) -> int:
    """Print the document as JSON, for other tools: plain OpenAPI, without marks, as the API was on a day."""
    _write_json(load(spec, edition).document.raw)
    return CONFORMS


app.add_typer(comparisons.commands)


def _report(contract: Contract, form: str, unit: str, outcomes: Generator[Outcome], findings: str | None = None) -> int:
    """Write what becomes of each input as it comes, errors and the count at the end; return the exit status."""
    reporting = Reporting(contract, current.get(), form, unit, findings)
    with closing(outcomes):
        try:
            for outcome in outcomes:
                reporting.add(outcome)
        except KeyboardInterrupt:
            reporting.tally.interrupted = True
    return reporting.end("; name their base URL with --base-url")
