"""Compare two documents, or two days of one: what differs, what it breaks, and an exchange that shows it."""

from apicontract.changes.compare import compare
from apicontract.changes.difference import BREAKING, SEVERITIES, Comparison, Difference, Effect, Severity, Witness

__all__ = ["BREAKING", "SEVERITIES", "Comparison", "Difference", "Effect", "Severity", "Witness", "compare"]
