"""Secrets are looked for from one length on, whoever looks."""

from __future__ import annotations

from apicontract.openapi import secrets

SHORTEST = "tlk_1234"


def test_a_secret_is_masked_and_found_from_one_length_on() -> None:
    assert len(SHORTEST) == secrets.MIN_LENGTH
    assert secrets.mask(b"key=tlk_1234, key=tlk_123", [SHORTEST, SHORTEST[:-1]], b"*") == b"key=*, key=tlk_123"
    assert secrets.shows("a key tlk_1234", SHORTEST)
    assert secrets.shows("the beginning of one: tlk_1234", f"{SHORTEST}5678")
    assert not secrets.shows("a key tlk_123", SHORTEST[:-1])
