"""Generate values that satisfy a schema and values that violate it, without Hypothesis."""

from apicontract.values.vocabulary import NotUnderstood

__all__ = ["NotUnderstood"]
