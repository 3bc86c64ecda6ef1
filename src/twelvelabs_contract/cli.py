"""The command `twelvelabs-contract`."""

import sys

from apicontract.cli import run
from twelvelabs_contract.product import PRODUCT

__all__ = ["main"]


def main() -> int:
    """Run the command line of this process and return the exit status."""
    return run(PRODUCT, sys.argv[1:])
