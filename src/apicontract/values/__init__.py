"""What fits a schema and what breaks it, without Hypothesis."""

from apicontract.values.vocabulary import NotUnderstood

__all__ = ["NotUnderstood"]
