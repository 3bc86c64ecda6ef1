"""The signature of a message: made from a secret and a body, and checked against them.

The header holds `name=value` pairs joined by commas: the time of signing, and one or more signatures, of which one must
be right, so that a sender can change its secret. The bytes of the body are signed: a body that was parsed and
serialised again has another signature.
"""

from __future__ import annotations

import hmac
import math
import re
from collections.abc import Iterator

from apicontract.openapi.operation import ALGORITHMS, Signature
from apicontract.wire.faults import Fault

STALE, WRONG = "stale", "signature"
"""The rules of a signing time that is too far away, and of signatures of which none is right."""

_SECONDS = re.compile(r"[0-9]{1,15}")


def sign(scheme: Signature, secret: bytes, body: bytes, now: int) -> str:
    """Return the header for a body that is signed at a time, in seconds since 1970."""
    digest = f"{scheme.signature}={_digest(scheme, secret, str(now), body)}"
    return digest if scheme.timestamp is None else f"{scheme.timestamp}={now},{digest}"


def check(scheme: Signature, secret: bytes, header: str | None, body: bytes, now: float) -> Iterator[Fault]:
    """Yield the faults of the header of a signed body; `now` is in seconds since 1970.

    No fault shows any part of the header or the secret. Signatures are compared in constant time.
    """
    place, pointer = f"header.{scheme.header}", scheme.pointer
    if header is None or not header.strip():
        yield Fault(place, "missing", "the signature is missing; the API signs every event", pointer)
        return
    try:
        time, signatures = _read(scheme, header)
    except ValueError as error:
        note = f"malformed: {error}; write {_form(scheme)}"
        yield Fault(place, "encoding", note, pointer)
        return
    if time is not None and scheme.tolerance is not None and abs(now - int(time)) > scheme.tolerance:
        seconds, side = math.ceil(abs(now - int(time))), "before" if int(time) < now else "after"
        away = f"signed {seconds} s {side} this machine's time"
        note = f"{away}, and {scheme.tolerance:g} s are tolerated: a replayed event, or a wrong clock"
        yield Fault(f"{place}.{scheme.timestamp}", STALE, note, pointer)
    right = _digest(scheme, secret, time or "", body).encode()
    if not any(hmac.compare_digest(given.encode(), right) for given in signatures):
        note = (
            "no signature matches this body and this secret: the secret is wrong, or header or body were"
            " changed; pass the bytes of the body as received, not as parsed"
        )
        yield Fault(f"{place}.{scheme.signature}", WRONG, note, pointer)


def _digest(scheme: Signature, secret: bytes, time: str, body: bytes) -> str:
    before, after = scheme.signed.replace("{timestamp}", time).split("{body}")
    return hmac.new(secret, before.encode() + body + after.encode(), ALGORITHMS[scheme.algorithm]).hexdigest()


def _read(scheme: Signature, header: str) -> tuple[str | None, list[str]]:
    """Return the time of signing as written, and the signatures; raise `ValueError` if one is missing or malformed."""
    values: dict[str, list[str]] = {}
    for part in header.split(","):
        name, equals, value = part.strip(" \t").partition("=")
        if not equals:
            raise ValueError("a part of it is not `name=value`")
        values.setdefault(name, []).append(value)
    times = [] if scheme.timestamp is None else values.get(scheme.timestamp, [])
    if scheme.timestamp is not None and len(times) != 1:
        raise ValueError(f"it has {len(times) or 'no'} `{scheme.timestamp}`")
    if times and not _SECONDS.fullmatch(times[0]):
        raise ValueError(f"`{scheme.timestamp}` is not a number of seconds")
    given = values.get(scheme.signature, [])
    if not given:
        raise ValueError(f"it has no `{scheme.signature}`")
    length = hmac.new(b"", b"", ALGORITHMS[scheme.algorithm]).digest_size * 2
    found = [value for value in given if re.fullmatch(f"[0-9a-f]{{{length}}}", value)]
    if not found:
        raise ValueError(f"`{scheme.signature}` does not have {length} lower-case hexadecimal digits")
    return (times[0] if times else None), found


def _form(scheme: Signature) -> str:
    digits = f"{scheme.signature}=<hexadecimal digits>"
    return digits if scheme.timestamp is None else f"{scheme.timestamp}=<seconds since 1970>,{digits}"
