"""Read recorded traffic (HAR 1.2, VCR cassettes, nock, NDJSON) as exchanges, and check them against a contract.

    for checked in check_all(contract, read(path), source=str(path)):
        print(checked.label, checked.operation, *checked.findings)

The kinds are recognised by content; `kinds` explains how to add one. `read` yields the exchanges one by one: it holds
the bytes of the file, but parses one exchange at a time.
"""

from apicontract.traffic.recordings.check import CheckedExchange, check, check_all
from apicontract.traffic.recordings.kinds import RECORDINGS, Kind
from apicontract.traffic.recordings.model import Recorded, RecordingInvalid, Unknown, Unreadable
from apicontract.traffic.recordings.read import read

__all__ = [
    "RECORDINGS",
    "CheckedExchange",
    "Kind",
    "Recorded",
    "RecordingInvalid",
    "Unknown",
    "Unreadable",
    "check",
    "check_all",
    "read",
]
