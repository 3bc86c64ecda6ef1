"""Floor 5: `python -m twelvelabs_contract` is the command line."""

import sys

from twelvelabs_contract.cli import main

if __name__ == "__main__":
    sys.exit(main())
