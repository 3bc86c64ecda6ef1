"""Run the command `twelvelabs-contract` as `python -m twelvelabs_contract`."""

import sys

from twelvelabs_contract.cli import main

if __name__ == "__main__":
    sys.exit(main())
