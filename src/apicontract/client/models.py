"""The bases of the generated models."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class ClosedModel(BaseModel):
    """An object of a request: an undeclared key is refused, and nothing is converted."""

    model_config = ConfigDict(
        extra="forbid", strict=True, defer_build=True, populate_by_name=True, protected_namespaces=()
    )


class OpenModel(BaseModel):
    """An object of a response: an undeclared key is kept, in `model_extra`; JSON knows no NaN."""

    model_config = ConfigDict(
        extra="allow", allow_inf_nan=False, defer_build=True, populate_by_name=True, protected_namespaces=()
    )


class UnknownEvent(OpenModel):
    """An event of a kind that the document does not list, as it came; what it holds is in `model_extra`."""
