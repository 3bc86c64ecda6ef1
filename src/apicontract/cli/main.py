"""The command line, which loads only the requested command."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Annotated

import typer

from apicontract.cli.application import current
from apicontract.cli.outcomes import CANNOT_RUN, CONFORMS
from apicontract.cli.terminal import complain
from apicontract.openapi.document import DocumentInvalid
from apicontract.product import Product

MODULES: Mapping[str, Sequence[str]] = {
    "listing": ("operations", "show", "schemas"),
    "validating": ("validate",),
    "checking": ("check",),
    "serving": ("serve", "proxy"),
    "counting": ("coverage",),
    "writing": ("export", "document"),
    "comparing": ("diff", "upgrade", "changes", "drift"),
}
"""The commands of each module of `commands`, in the order of the help."""


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
        _command(_modules(arguments))(args=list(arguments), prog_name=product.name)
    except SystemExit as done:
        return done.code if isinstance(done.code, int) and 0 <= done.code <= CANNOT_RUN else CANNOT_RUN
    except KeyboardInterrupt:  # while the command was loaded
        complain("interrupted")
        return CANNOT_RUN
    except Exception as error:  # noqa: BLE001 - a fault of ours, which must not end with the 1 of violations
        traceback.print_exc()
        complain(f"a bug in this program, please report it with the lines above: {type(error).__name__}: {error}")
        return CANNOT_RUN
    return CONFORMS


def _modules(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the module that has the requested command; all modules if none has it, as for --help.

    What the other modules import takes longer to load than a thousand exchanges take to check.
    """
    asked = next((argument for argument in arguments if not argument.startswith("-")), None)
    return tuple(module for module, names in MODULES.items() if asked in names) or tuple(MODULES)


@cache
def _command(modules: tuple[str, ...]) -> Callable[..., object]:
    """Put the commands of modules together, once for all calls in a process: it takes longer than many of them."""
    app = typer.Typer(
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
        help="Check the requests to an HTTP API, and its responses, against its OpenAPI document.",
        epilog="Exit status: 0 everything conforms, 1 violations, 2 cannot run, or nothing to check.",
    )
    app.callback(invoke_without_command=True)(_options)
    for module in modules:
        app.add_typer(import_module(f"apicontract.cli.commands.{module}").commands)
    return typer.main.get_command(app)


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
