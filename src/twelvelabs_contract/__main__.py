"""`python -m twelvelabs_contract` is the command `twelvelabs-contract`."""

import sys

from twelvelabs_contract.cli import main

if __name__ == "__main__":
    sys.exit(main())
