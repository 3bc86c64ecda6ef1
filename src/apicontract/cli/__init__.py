"""The command line of a product: `run(product, arguments)`."""

from apicontract.cli.main import run

__all__ = ["run"]
