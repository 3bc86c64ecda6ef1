"""What becomes of an event, whatever framework received it."""

from __future__ import annotations

import os
from typing import Any

from twelvelabs_contract import Contract

CONTRACT = Contract.load()
UNKNOWN = ("undeclared", "not_yet", "removed")


def received(request: Any) -> tuple[int, str]:
    """Return status and text of the answer; every 2xx ends the delivery, every other one is tried again."""
    violations = CONTRACT.check_webhook(request, secret=os.environ["TWELVELABS_WEBHOOK_SECRET"])
    if any(violation.where == "body.type" and violation.rule in UNKNOWN for violation in violations):
        return 202, "not known here"  # newer than this program; it was signed all the same
    if violations:
        return 400, "\n".join(map(str, violations))
    return 204, ""
