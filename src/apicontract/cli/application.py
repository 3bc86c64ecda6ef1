"""The parts that all commands share: common options, the document, and the exit status."""

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
from apicontract.cli.terminal import complain, note
from apicontract.openapi.document import DocumentInvalid
from apicontract.openapi.editions import EditionUnknown
from apicontract.openapi.notices import notice_lines
from apicontract.product import Product

_P = ParamSpec("_P")

Spec = Annotated[
    str | None,
    typer.Option(metavar="FILE", help="Another OpenAPI document (3.0 to 3.2), YAML or JSON.", show_default="bundled"),
]

Edition = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="A day (YYYY-MM-DD), or a name of an edition or release.", show_default="newest"),
]


current: ContextVar[Product] = ContextVar("product")
"""The product whose command line runs."""


def exits(command: Callable[_P, int]) -> Callable[_P, None]:
    """Turn the result of a command, or its exception, into an exit status; bad input causes no traceback."""

    @functools.wraps(command)
    def wrapped(*args: _P.args, **kwargs: _P.kwargs) -> None:
        try:
            status = command(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:
            _forget(sys.stdout)  # the reader has closed the pipe; only a verdict, which comes last, is lost
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
                raise  # an error in the bundled document is a bug
            # Reading a document can fail in these ways if a value does not have the type that OpenAPI requires.
            complain(f"--spec {kwargs['spec']}: not valid OpenAPI: {type(error).__name__}: {error}")
            status = CANNOT_RUN
        except OSError as error:
            complain(f"{error.filename or 'standard output'}: {validating.why(error)}")
            _forget(sys.stdout)
            status = CANNOT_RUN
        raise typer.Exit(status)

    return wrapped


def _forget(stream: TextIO) -> None:
    """Discard the buffer of a stream, so that the interpreter does not fail to flush it at exit."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
    except (OSError, ValueError):  # not a real file, as in a test
        return


def load(spec: str | None, edition: str | None, base_url: str | None = None, *, formats: bool = True) -> Contract:
    """Load the document: a file, or else that of the product; raise `CannotRun` with the reason if that fails."""
    try:
        if spec is None:
            contract = current.get().load(edition=edition, base_url=base_url, formats=formats)
        else:
            contract = Contract.load(Path(spec), edition=edition, base_url=base_url, formats=formats)
        for line in notice_lines(contract.notices) if spec is not None else ():
            note(f"{spec}: {line}")
        if edition is not None and contract.editions and (remark := contract.editions.remark(edition)):
            note(f"--edition: {remark}")
        return contract  # noqa: TRY300 - what is shown can fail to be written, too
    except EditionUnknown as error:
        raise CannotRun(f"--edition: {error}") from None
    except OSError as error:
        raise CannotRun(f"--spec {spec}: {validating.why(error)}") from None
    except DocumentInvalid as error:
        raise CannotRun(f"--spec {spec}: {error}") from None


def one_of(*names: str) -> Callable[[str], str]:
    """Return a parser that raises `typer.BadParameter` for values other than some names."""

    def parse(given: str) -> str:
        if given in names:
            return given
        raise typer.BadParameter(f"{given!r} is not one of {', '.join(map(repr, names))}.")

    return parse
