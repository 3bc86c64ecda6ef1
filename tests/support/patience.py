"""The maximum wait for an expected event: long enough for any machine, so that only one that never comes is late."""

from __future__ import annotations

PATIENCE = 120.0
"""Seconds."""
