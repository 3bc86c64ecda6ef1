"""What all commands share: the application, common options, the document that is meant, and the exit status."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Annotated, ParamSpec, TextIO

import typer

from apicontract.checks.contract import Contract
from apicontract.cli import validate as validating
from apicontract.cli.outcomes import CANNOT_RUN, CONFORMS, CannotRun
from apicontract.cli.terminal import complain
from apicontract.openapi.document import DocumentInvalid
from apicontract.openapi.editions import EditionUnknown
from apicontract.openapi.notices import notice_lines
from apicontract.product import Product

_P = ParamSpec("_P")

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Check what is sent to an HTTP API, and what comes back, against its OpenAPI 3.1 document.",
    epilog="Exit status: 0 everything conforms, 1 violations, 2 cannot run, or nothing to check.",
)

Spec = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Another OpenAPI document (3.0 to 3.2), YAML or JSON.", show_default="bundled"),
]

Edition = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="A day (YYYY-MM-DD), or a name of an edition or release.", show_default="newest"),
]


current: ContextVar[Product] = ContextVar("product")
"""Whose command line runs."""


def exits(command: Callable[_P, int]) -> Callable[_P, None]:
    """Turn what a command returns, and what stops it, into an exit status: bad input is reported, never a traceback."""

    @functools.wraps(command)
    def wrapped(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            status = command(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:
            _forget(sys.stdout)  # whoever read it has seen enough, but for a verdict, which comes last
            status = CANNOT_RUN if "form" in kwargs else CONFORMS
        except KeyboardInterrupt:
            complain("interrupted")
            status = CANNOT_RUN
        except CannotRun as error:
            complain(str(error))
            status = CANNOT_RUN
        except DocumentInvalid as error:
            complain(f"the document cannot be used: {error}")
            status = CANNOT_RUN
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
            if kwargs.get("spec") is None:
                raise  # the bundled document is ours, and so is the fault
            # What a reader of documents trips over where a value has another type than OpenAPI gives it.
            complain(f"--spec {kwargs['spec']}: not as OpenAPI has it: {type(error).__name__}: {error}")
            status = CANNOT_RUN
        except OSError as error:
            complain(f"{error.filename or 'standard output'}: {validating.why(error)}")
            _forget(sys.stdout)
            status = CANNOT_RUN
        raise typer.Exit(status)

    return wrapped


def _forget(stream: TextIO) -> None:
    """Send what is still in a stream nowhere, so that the interpreter does not fail on it when it ends."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
    except (OSError, ValueError):  # no file at all, as in a test
        return


def load(spec: str | None, edition: str | None, base_url: str | None = None, *, formats: bool = True) -> Contract:
    """Load the document that is meant: a file, or else that of the product; `CannotRun` says why it cannot be."""
    try:
        if spec is None:
            return current.get().load(edition=edition, base_url=base_url, formats=formats)
        contract = Contract.load(Path(spec), edition=edition, base_url=base_url, formats=formats)
        for line in notice_lines(contract.notices):
            typer.echo(f"{spec}: {line}", err=True)
        return contract  # noqa: TRY300 - what is shown can fail to be written, too
    except EditionUnknown as error:
        raise CannotRun(f"--edition: {error}") from None
    except OSError as error:
        raise CannotRun(f"--spec {spec}: {validating.why(error)}") from None
    except DocumentInvalid as error:
        raise CannotRun(f"--spec {spec}: {error}") from None


def one_of(*names: str) -> Callable[[str], str]:
    """Return what refuses a value that is none of some names."""

    def parse(given: str) -> str:
        if given in names:
            return given
        raise typer.BadParameter(f"{given!r} is not one of {', '.join(map(repr, names))}.")

    return parse
