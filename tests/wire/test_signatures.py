"""The signature of a message: its header, and each fault of a header."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from apicontract.openapi.operation import Signature
from apicontract.wire.signatures import check, sign

TIMED = Signature("hmac-sha256", "v1", "{timestamp}.{body}", "t", 300, "X-Sign", "/x-signature")
PLAIN = Signature("hmac-sha512", "s", "{body}", None, None, "X-Sign", "/x-signature")
SECRET, BODY, NOW = b"secret", b"{timestamp} \xff", 1000
GOOD = hmac.new(SECRET, b"1000." + BODY, hashlib.sha256).hexdigest()
FORM = "write t=<seconds since 1970>,v1=<hexadecimal digits>"
NONE_MATCHES = "no signature matches this body and this secret: the secret is wrong, or header or body were changed"


def test_a_header_has_the_time_and_the_digest_of_time_and_body() -> None:
    assert sign(TIMED, SECRET, BODY, NOW) == f"t=1000,v1={GOOD}"
    assert sign(PLAIN, SECRET, BODY, NOW) == f"s={hmac.new(SECRET, BODY, hashlib.sha512).hexdigest()}"
    ending = Signature("hmac-sha256", "v1", "{body};{timestamp}", "t", 300)
    assert sign(ending, SECRET, b"a", 5) == f"t=5,v1={hmac.new(SECRET, b'a;5', hashlib.sha256).hexdigest()}"


@pytest.mark.parametrize("scheme", [TIMED, PLAIN])
def test_what_is_signed_passes_and_no_other_body_secret_or_time_does(scheme: Signature) -> None:
    header = sign(scheme, SECRET, BODY, NOW)
    assert [*check(scheme, SECRET, header, BODY, NOW)] == []
    for secret, body in ((b"Secret", BODY), (SECRET, BODY + b" "), (SECRET, b"")):
        (fault,) = check(scheme, secret, header, body, NOW)
        assert (fault.where, fault.rule) == (f"header.X-Sign.{scheme.signature}", "signature")


@pytest.mark.parametrize(
    ("header", "faults"),
    [
        (f"t=1000,v1={GOOD}", []),
        (f" v1={GOOD} ,\tt=1000", []),
        (f"t=1000,v1={'0' * 64},v1={GOOD},v1=short", []),
        (f"t=1000,v0=a=b,v1={GOOD}", []),
        (None, ["missing the signature is missing; the API signs every event"]),
        ("  ", ["missing the signature is missing; the API signs every event"]),
        (f"t=1000,v1={GOOD},", [f"encoding malformed: a part of it is not `name=value`; {FORM}"]),
        (f"v1={GOOD}", [f"encoding malformed: it has no `t`; {FORM}"]),
        (f"t=1000,t=1000,v1={GOOD}", [f"encoding malformed: it has 2 `t`; {FORM}"]),
        (f"t=now,v1={GOOD}", [f"encoding malformed: `t` is not a number of seconds; {FORM}"]),
        (f"t=-1,v1={GOOD}", [f"encoding malformed: `t` is not a number of seconds; {FORM}"]),
        (f"t={'1' * 16},v1={GOOD}", [f"encoding malformed: `t` is not a number of seconds; {FORM}"]),
        ("t=1000", [f"encoding malformed: it has no `v1`; {FORM}"]),
        (
            f"t=1000,v1={GOOD.upper()}",
            [f"encoding malformed: `v1` does not have 64 lower-case hexadecimal digits; {FORM}"],
        ),
        (f"t=1000,v1={GOOD}0", [f"encoding malformed: `v1` does not have 64 lower-case hexadecimal digits; {FORM}"]),
        (f"t=1001,v1={GOOD}", [f"signature {NONE_MATCHES}"]),
        (
            f"t={'1' * 15},v1={GOOD}",
            ["stale signed 111111111110111 s after this machine's time", f"signature {NONE_MATCHES}"],
        ),
    ],
)
def test_each_fault_of_a_header_is_told(header: str | None, faults: list[str]) -> None:
    """None shows any part of the header; the form that is meant is shown."""
    found = [*check(TIMED, SECRET, header, BODY, NOW)]
    assert len(found) == len(faults)
    assert all(f"{one.rule} {one.message}".startswith(said) for one, said in zip(found, faults, strict=True))
    places = {"stale": "header.X-Sign.t", "signature": "header.X-Sign.v1"}
    assert all((one.where, one.pointer) == (places.get(one.rule, "header.X-Sign"), "/x-signature") for one in found)
    assert GOOD not in "".join(one.message for one in found)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (1300, None),
        (700, None),
        (1300.5, "signed 301 s before this machine's time, and 300 s are tolerated"),
        (1301, "signed 301 s before this machine's time, and 300 s are tolerated"),
        (699, "signed 301 s after this machine's time, and 300 s are tolerated"),
        (699.9, "signed 301 s after this machine's time, and 300 s are tolerated"),
    ],
)
def test_a_time_is_stale_beyond_its_tolerance_in_whole_seconds(now: float, said: str | None) -> None:
    found = [one.message for one in check(TIMED, SECRET, f"t=1000,v1={GOOD}", BODY, now)]
    assert [one.partition(":")[0] for one in found] == ([] if said is None else [said])
