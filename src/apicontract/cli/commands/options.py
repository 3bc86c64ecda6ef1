"""The options that several commands take."""

from __future__ import annotations

from typing import Annotated

import typer

from apicontract.cli.formats import FORMATS


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
Reports = Annotated[
    list[str] | None,
    typer.Option(
        "--report", metavar="FILE", help="Write the coverage of the contract: .html, .json, .xml; may be repeated."
    ),
]
FailUnder = Annotated[
    float | None,
    typer.Option(metavar="PERCENT", min=0, max=100, help="Fail if the coverage is lower."),
]
Only = Annotated[
    str | None,
    typer.Option(metavar="NAMES", help="The operations that count, such as 'search.*,tasks.*'.", show_default="all"),
]
