"""The command `twelvelabs-contract`."""

import signal
import sys

__all__ = ["main"]


def main() -> int:
    """Run the command line of this process and return the exit status."""
    heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heard:  # it ends the process without the traceback of an import
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from apicontract.cli import run  # noqa: PLC0415 - it takes long to load
    from twelvelabs_contract.product import PRODUCT  # noqa: PLC0415 - as above

    if heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return run(PRODUCT, sys.argv[1:])
