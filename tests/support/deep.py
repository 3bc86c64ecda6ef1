"""Whether this is `make test-deep`, which tests all operations of all editions, large files, and slow cases."""

from __future__ import annotations

import os

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
