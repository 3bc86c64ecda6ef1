"""Secrets, such as API keys, which no message and no report may show."""

from __future__ import annotations

from collections.abc import Iterable

MIN_LENGTH = 8
"""The length from which on a secret is looked for. Shorter ones exist only in tests: hiding them would hide words.

So much of the beginning is hidden, too."""


def shows(text: str, secret: str) -> bool:
    """Whether a text shows a secret, or the beginning of one that was cut."""
    return len(secret) >= MIN_LENGTH and secret[:MIN_LENGTH] in text


def mask(content: bytes, secrets: Iterable[str], instead: bytes) -> bytes:
    """Replace secrets in what is shown."""
    for secret in secrets:
        if len(secret) >= MIN_LENGTH:
            content = content.replace(secret.encode(), instead)
    return content
