"""The command that checks recordings."""

from __future__ import annotations

from typing import Annotated

import typer

from apicontract.cli import check as checking
from apicontract.cli.application import Edition, Spec, current, exits, load
from apicontract.cli.baseline import BaselineOptions
from apicontract.cli.commands.options import (
    BaselineFile,
    Dask,
    FailUnder,
    Findings,
    FinishedFolder,
    Format,
    Jobs,
    NoFormats,
    Only,
    PruneBaseline,
    Reports,
    UpdateBaseline,
)
from apicontract.cli.jobs import Spread
from apicontract.cli.outcomes import CannotRun
from apicontract.cli.reporting import Reporting

commands = typer.Typer()


def _unknown(given: str) -> str:
    if given in ("fail", "warn", "ignore"):
        return given
    raise typer.BadParameter(f"{given!r} is not one of 'fail', 'warn', 'ignore'.")


@commands.command(short_help="Check recorded traffic: HAR, VCR cassettes, nock, NDJSON.")
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
    report: Reports = None,
    fail_under: FailUnder = None,
    only: Only = None,
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
    counter = None
    if counts:
        from apicontract.cli.coverage import Counter  # noqa: PLC0415 - most runs count nothing

        counter = Counter(contract, report or (), fail_under, only)
    outcomes = checking.check(
        contract, files, unknown=unknown, others=pass_others, counter=counter, spread=Spread(jobs, dask, finished)
    )
    status = Reporting(contract, current.get(), form, "exchange", findings).all(known.applied(outcomes))
    return max(status, counter.finish()) if counter is not None else status
