"""Whether this is `make test-deep`, which tries all operations of all editions, large files, and what takes long."""

from __future__ import annotations

import os

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
