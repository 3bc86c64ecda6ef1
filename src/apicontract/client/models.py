"""The base classes of the generated models."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class ClosedModel(BaseModel):
    """An object in a request: undeclared keys are rejected, and no value is converted."""

    model_config = ConfigDict(
        extra="forbid", strict=True, defer_build=True, populate_by_name=True, protected_namespaces=()
    )


class OpenModel(BaseModel):
    """An object in a response: undeclared keys are kept in `model_extra`; NaN is rejected, as it is not JSON."""

    model_config = ConfigDict(
        extra="allow", allow_inf_nan=False, defer_build=True, populate_by_name=True, protected_namespaces=()
    )


class UnknownEvent(OpenModel):
    """An event of a type that the document does not list; its fields are in `model_extra`."""
