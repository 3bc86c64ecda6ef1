"""Floor 5: the command line `twelvelabs-contract`; `python -m twelvelabs_contract` is the same."""

from twelvelabs_contract.cli._main import main

__all__ = ["main"]
